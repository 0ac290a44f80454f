// Package agreement measures how far coders who worked apart said the same of
// the same things. Its figures are those of the literature: the share of
// agreement, Cohen's kappa and Krippendorff's alpha for nominal values.
package agreement

import (
	"maps"
	"slices"
)

// What a coder said of a unit. Nominal values are whatever whole numbers from
// 0 on; of a concept and a passage they are No and Yes.
const (
	Missing = -1 // nothing: not assigned, or not finished
	No      = 0
	Yes     = 1
)

// A Unit is something that was coded, or Times things in a row of which each
// coder said the same.
type Unit struct {
	Values []int // by coder, in the order that all units share
	Times  int
}

// Why a figure is not defined.
const (
	Defined     = ""
	NoUnits     = "no units"     // no two coders said something of the same unit
	NoVariation = "no variation" // all said the same of everything: there is no chance agreement to go beyond
	NotTwo      = "not two"      // kappa is of two coders
)

// A Figure is a number or why there is none; Value is 0 then.
type Figure struct {
	Value     float64
	Undefined string // Defined or why not
}

// Figures are what units say together.
type Figures struct {
	Units   int    // of which two coders or more said something
	Percent Figure // mean, over the pairs of coders, of the share of their common units on which they agree
	Kappa   Figure // of two coders
	Alpha   Figure // of any number of coders
	Yes     Figure // share of Yes in what was said of those units
	Pairs   []Pair // of coders with common units, in their order
}

// A Pair is what two coders say together.
type Pair struct {
	First, Second int // their places in Unit.Values
	Units         int // of which both said something
	Percent       Figure
	Kappa         Figure
}

// Measure returns the figures of units that have as many values as there are
// coders. Its cost grows with the number of different units, not with Times.
func Measure(units []Unit, coders int) Figures {
	units = distinct(units)
	figures := Figures{Kappa: Figure{Undefined: NotTwo}, Alpha: Alpha(units), Yes: Figure{Undefined: NoUnits}}
	said, yes := 0, 0
	for _, u := range units {
		here, of := 0, 0
		for _, value := range u.Values {
			if value != Missing {
				here++
			}
			if value == Yes {
				of++
			}
		}
		if here >= 2 {
			figures.Units += u.Times
			said, yes = said+here*u.Times, yes+of*u.Times
		}
	}
	if said > 0 {
		figures.Yes = Figure{Value: float64(yes) / float64(said)}
	}
	figures.Pairs = pairs(units, coders)
	figures.Percent = meanPercent(figures.Pairs)
	switch {
	case coders != 2:
	case len(figures.Pairs) == 0:
		figures.Kappa.Undefined = NoUnits
	default:
		figures.Kappa = figures.Pairs[0].Kappa
	}
	return figures
}

// distinct returns the units that differ, in an order of their own, each with
// how many times it is there.
func distinct(units []Unit) []Unit {
	sorted := slices.Clone(units)
	slices.SortFunc(sorted, func(a, b Unit) int { return slices.Compare(a.Values, b.Values) })
	all := sorted[:0]
	for _, u := range sorted {
		if n := len(all); n > 0 && slices.Equal(all[n-1].Values, u.Values) {
			all[n-1].Times += u.Times
			continue
		}
		all = append(all, u)
	}
	return all
}

func pairs(units []Unit, coders int) []Pair {
	all := []Pair{}
	for first := range coders {
		for second := first + 1; second < coders; second++ {
			p := Pair{First: first, Second: second}
			p.Units, p.Percent, p.Kappa = Kappa(units, first, second)
			if p.Units > 0 {
				all = append(all, p)
			}
		}
	}
	return all
}

func meanPercent(pairs []Pair) Figure {
	if len(pairs) == 0 {
		return Figure{Undefined: NoUnits}
	}
	sum := 0.0
	for _, p := range pairs {
		sum += p.Percent.Value
	}
	return Figure{Value: sum / float64(len(pairs))}
}

// Kappa returns on how many units both of two coders said something, the share
// of these on which they agree, and Cohen's kappa: that share beyond what their
// own frequencies would give by chance, (observed - expected) / (1 - expected).
//
// J. Cohen, "A coefficient of agreement for nominal scales", Educational and
// Psychological Measurement 20 (1960), 37-46.
func Kappa(units []Unit, first, second int) (common int, percent, kappa Figure) {
	agreed := 0
	mine, theirs := map[int]int{}, map[int]int{}
	for _, u := range units {
		a, b := u.Values[first], u.Values[second]
		if a == Missing || b == Missing || u.Times == 0 {
			continue
		}
		common += u.Times
		mine[a] += u.Times
		theirs[b] += u.Times
		if a == b {
			agreed += u.Times
		}
	}
	if common == 0 {
		none := Figure{Undefined: NoUnits}
		return 0, none, none
	}
	n := float64(common)
	observed, expected := float64(agreed)/n, 0.0
	for _, value := range slices.Sorted(maps.Keys(mine)) {
		expected += float64(mine[value]) / n * float64(theirs[value]) / n
	}
	if len(mine) == 1 && agreed == common {
		return common, Figure{Value: observed}, Figure{Undefined: NoVariation}
	}
	return common, Figure{Value: observed}, Figure{Value: (observed - expected) / (1 - expected)}
}

// Alpha returns Krippendorff's alpha for nominal values, 1 - observed / expected
// disagreement, from the coincidences of values within units; units of which
// fewer than two coders said something do not count.
//
// K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of
// Pennsylvania, 2011.
func Alpha(units []Unit) Figure {
	total, disagreed := 0.0, 0.0
	frequency := map[int]float64{}
	for _, u := range units {
		here, said := map[int]int{}, 0
		for _, value := range u.Values {
			if value != Missing {
				here[value]++
				said++
			}
		}
		if said < 2 || u.Times == 0 {
			continue
		}
		same := 0
		for value, n := range here {
			frequency[value] += float64(n * u.Times)
			same += n * (n - 1)
		}
		total += float64(said * u.Times)
		disagreed += float64(u.Times) * float64(said*(said-1)-same) / float64(said-1)
	}
	switch {
	case total == 0:
		return Figure{Undefined: NoUnits}
	case len(frequency) == 1:
		return Figure{Undefined: NoVariation}
	}
	expected := total * total
	for _, value := range slices.Sorted(maps.Keys(frequency)) {
		expected -= frequency[value] * frequency[value]
	}
	return Figure{Value: 1 - (total-1)*disagreed/expected}
}
