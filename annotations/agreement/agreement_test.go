package agreement

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// codes reads what coders said, a line for each: a letter or a digit is a
// value, a point is missing.
func codes(lines ...string) []Unit {
	units := make([]Unit, len(strings.Fields(lines[0])))
	for i := range units {
		units[i] = Unit{Values: make([]int, len(lines)), Times: 1}
	}
	for k, line := range lines {
		for i, word := range strings.Fields(line) {
			units[i].Values[k] = Missing
			if word != "." {
				units[i].Values[k] = int(word[0] - '0')
			}
		}
	}
	return units
}

// table reads the counts of a square table: rows are the first coder's values,
// columns the second's.
func table(rows ...[]int) []Unit {
	var units []Unit
	for first, row := range rows {
		for second, n := range row {
			units = append(units, Unit{Values: []int{first, second}, Times: n})
		}
	}
	return units
}

// The figures are those that the sources print.
func TestPublishedExamples(t *testing.T) {
	for _, test := range []struct {
		source string
		units  []Unit
		kappa  bool // whether the figure is kappa, otherwise alpha
		want   float64
	}{
		{
			"Krippendorff 2011, A: binary data, two observers, no missing data",
			codes("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), false, 0.095,
		},
		{
			"Krippendorff 2011, B: nominal data, two observers, no missing data",
			codes("a a b b d c c c e d d a", "b a b b b c c c e d d d"), false, 0.692,
		},
		{
			"Krippendorff 2011, C: nominal data, any number of observers, missing data",
			codes("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."), false, 0.743,
		},
		{"Cohen 1960, table 2b", table([]int{88, 14, 18}, []int{10, 40, 10}, []int{2, 6, 12}), true, 0.492},
		{
			"Feinstein and Cicchetti, J. Clin. Epidemiol. 43 (1990) 543-549: even totals, 85 per cent agreement",
			table([]int{40, 9}, []int{6, 45}), true, 0.70,
		},
		{
			"the same: uneven totals, 85 per cent agreement",
			table([]int{80, 10}, []int{5, 5}), true, 0.32,
		},
	} {
		t.Run(test.source, func(t *testing.T) {
			figures := Measure(test.units, len(test.units[0].Values))
			got := figures.Alpha
			digits := 1000.0
			if test.kappa {
				got = figures.Kappa
			}
			if test.want == math.Round(test.want*100)/100 {
				digits = 100
			}
			if got.Undefined != Defined || math.Round(got.Value*digits)/digits != test.want {
				t.Errorf("%.5f %s; the source prints %v", got.Value, got.Undefined, test.want)
			}
		})
	}
}

func TestWhereThereIsNoFigure(t *testing.T) {
	none, same := Figure{Undefined: NoUnits}, Figure{Undefined: NoVariation}
	for _, test := range []struct {
		name   string
		units  []Unit
		coders int
		want   Figures
	}{
		{"no units", nil, 2, Figures{Percent: none, Kappa: none, Alpha: none, Yes: none, Pairs: []Pair{}}},
		{"one coder", codes("0 1 1"), 1, Figures{Percent: none, Kappa: Figure{Undefined: NotTwo}, Alpha: none, Yes: none, Pairs: []Pair{}}},
		{
			"two who never coded the same", codes("0 1 .", ". . 1"), 2,
			Figures{Percent: none, Kappa: none, Alpha: none, Yes: none, Pairs: []Pair{}},
		},
		{"no variation", codes("0 0 0", "0 0 0"), 2, Figures{
			Units: 3, Percent: Figure{Value: 1}, Kappa: same, Alpha: same,
			Pairs: []Pair{{First: 0, Second: 1, Units: 3, Percent: Figure{Value: 1}, Kappa: same}},
		}},
		{"one says nothing but yes, the other nothing but no", codes("1 1", "0 0"), 2, Figures{
			Units: 2, Kappa: Figure{Value: 0}, Alpha: Figure{Value: -0.5}, Yes: Figure{Value: 0.5},
			Pairs: []Pair{{First: 0, Second: 1, Units: 2}},
		}},
		{"three coders have no kappa, their pairs have", codes("1 0", "1 0", "1 ."), 3, Figures{
			Units: 2, Percent: Figure{Value: 1}, Kappa: Figure{Undefined: NotTwo}, Alpha: Figure{Value: 1}, Yes: Figure{Value: 0.6},
			Pairs: []Pair{
				{First: 0, Second: 1, Units: 2, Percent: Figure{Value: 1}, Kappa: Figure{Value: 1}},
				{First: 0, Second: 2, Units: 1, Percent: Figure{Value: 1}, Kappa: same},
				{First: 1, Second: 2, Units: 1, Percent: Figure{Value: 1}, Kappa: same},
			},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Measure(test.units, test.coders)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// slowAlpha goes through every ordered pair of values within each unit and
// every ordered pair of all of them.
func slowAlpha(units []Unit) Figure {
	var all []int
	observed := 0.0
	for _, u := range units {
		for range u.Times {
			said := slices.DeleteFunc(slices.Clone(u.Values), func(v int) bool { return v == Missing })
			if len(said) < 2 {
				continue
			}
			all = append(all, said...)
			for i, a := range said {
				for k, b := range said {
					if i != k && a != b {
						observed += 1 / float64(len(said)-1)
					}
				}
			}
		}
	}
	n := float64(len(all))
	expected := 0.0
	for i, a := range all {
		for k, b := range all {
			if i != k && a != b {
				expected += 1 / (n - 1)
			}
		}
	}
	switch {
	case len(all) == 0:
		return Figure{Undefined: NoUnits}
	case expected == 0:
		return Figure{Undefined: NoVariation}
	}
	return Figure{Value: 1 - observed/expected}
}

// slowKappa counts how often two coders say the same, and how often two of
// their values taken by chance are the same.
func slowKappa(units []Unit) Figure {
	var first, second []int
	same, byChance := 0.0, 0.0
	for _, u := range units {
		for range u.Times {
			if u.Values[0] != Missing && u.Values[1] != Missing {
				first, second = append(first, u.Values[0]), append(second, u.Values[1])
			}
		}
	}
	n := float64(len(first))
	for i := range first {
		if first[i] == second[i] {
			same++
		}
		for k := range second {
			if first[i] == second[k] {
				byChance++
			}
		}
	}
	switch {
	case n == 0:
		return Figure{Undefined: NoUnits}
	case byChance == n*n:
		return Figure{Undefined: NoVariation}
	}
	return Figure{Value: (same/n - byChance/n/n) / (1 - byChance/n/n)}
}

func near(t *testing.T, name string, want, got Figure) {
	t.Helper()
	if want.Undefined != got.Undefined || math.Abs(want.Value-got.Value) > 1e-9 {
		t.Errorf("%s is %v; want %v", name, got, want)
	}
}

func TestMeasureIsTheSlowOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		coders, values := 2+r.IntN(3), 1+r.IntN(3)
		units := make([]Unit, r.IntN(12))
		for i := range units {
			units[i] = Unit{Times: r.IntN(4)}
			for range coders {
				units[i].Values = append(units[i].Values, r.IntN(values+1)-1)
			}
		}
		figures := Measure(units, coders)
		near(t, "alpha", slowAlpha(units), figures.Alpha)
		if coders == 2 {
			near(t, "kappa", slowKappa(units), figures.Kappa)
		}
		shuffled := slices.Clone(units)
		r.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
		if diff := cmp.Diff(figures, Measure(shuffled, coders)); diff != "" {
			t.Errorf("another order of the units: %s", diff)
		}
	}
}

// marks says of each code point whether a stretch covers it.
func marks(length int, coding Coding) []int {
	all := make([]int, length)
	for i := range all {
		all[i] = value(coding.Said, slices.ContainsFunc(coding.Stretches, func(s annotations.Stretch) bool { return s.Start <= i && i < s.End }))
	}
	return all
}

func TestUnitsAreThoseOfEachCharacter(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		length, codings := r.IntN(40), make([]Coding, 1+r.IntN(4))
		for k := range codings {
			codings[k].Said = r.IntN(5) > 0
			for range r.IntN(5) {
				start := r.IntN(length + 3)
				codings[k].Stretches = append(codings[k].Stretches, annotations.Stretch{Start: start, End: start + r.IntN(9)})
			}
		}
		columns := make([][]int, len(codings))
		for k, coding := range codings {
			columns[k] = marks(length, coding)
		}
		at := 0
		for _, u := range Characters(length, codings) {
			for range u.Times {
				for k := range codings {
					if columns[k][at] != u.Values[k] {
						t.Fatalf("at %d of %d, coder %d: %d; want %d in %+v", at, length, k, u.Values[k], columns[k][at], codings)
					}
				}
				at++
			}
		}
		if at != length {
			t.Fatalf("the units have %d code points of %d", at, length)
		}

		var passages []annotations.Stretch
		for start := r.IntN(3); start < length; start += r.IntN(3) {
			end := min(length, start+1+r.IntN(9))
			passages = append(passages, annotations.Stretch{Start: start, End: end})
			start = end
		}
		for i, u := range Passages(passages, codings) {
			for k := range codings {
				covered := slices.Contains(columns[k][passages[i].Start:passages[i].End], Yes)
				if want := value(codings[k].Said, covered); u.Values[k] != want || u.Times != 1 {
					t.Fatalf("passage %v, coder %d: %+v; want %d", passages[i], k, u, want)
				}
			}
		}
	}
}

func TestWords(t *testing.T) {
	for _, test := range []struct {
		name  string
		units []Unit
		want  []string
	}{
		{"nothing to compare", nil, []string{"nothing to compare"}},
		{"nothing tagged", table([]int{40}), []string{"Nobody tagged"}},
		{"all tagged", table([]int{0, 0}, []int{0, 40}), []string{"Everything is tagged"}},
		{"the same", table([]int{20, 0}, []int{0, 20}), []string{"Reliable"}},
		{"nearly the same", table([]int{18, 3}, []int{2, 17}), []string{"tentative"}},
		{"not the same", table([]int{10, 10}, []int{5, 15}), []string{"Not to be relied on", "sharpen"}},
		{"rare", table([]int{95, 2}, []int{2, 1}), []string{"Not to be relied on", "nearly all units"}},
		{"opposite", table([]int{1, 9}, []int{9, 1}), []string{"Less agreement than chance", "only 20 units"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Measure(test.units, 2).Words()
			for _, words := range test.want {
				if !strings.Contains(got, words) {
					t.Errorf("%q does not say %q", got, words)
				}
			}
		})
	}
}
