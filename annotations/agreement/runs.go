package agreement

import (
	"slices"

	"glossator/annotations"
)

// A Coding is what one coder did with a text and a concept.
type Coding struct {
	Said      bool                  // whether they have said where it is: otherwise every unit is Missing
	Stretches []annotations.Stretch // where it is, in any order; they may overlap and may reach beyond the text
}

// Characters returns the code points of a text of some length as units, those
// in a row of which each coder says the same as one. Its cost grows with the
// number of stretches and not with the text.
func Characters(length int, codings []Coding) []Unit {
	merged := make([][]annotations.Stretch, len(codings))
	cuts := []int{0, length}
	for i, coding := range codings {
		merged[i] = Merge(coding.Stretches, length)
		for _, s := range merged[i] {
			cuts = append(cuts, s.Start, s.End)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var units []Unit
	next := make([]int, len(codings)) // the first stretch of each that does not end before the cut
	for i := 0; i+1 < len(cuts); i++ {
		u := Unit{Values: make([]int, len(codings)), Times: cuts[i+1] - cuts[i]}
		for k := range codings {
			for next[k] < len(merged[k]) && merged[k][next[k]].End <= cuts[i] {
				next[k]++
			}
			inside := next[k] < len(merged[k]) && merged[k][next[k]].Start <= cuts[i]
			u.Values[k] = value(codings[k].Said, inside)
		}
		units = append(units, u)
	}
	return units
}

// Passages returns passages, which do not overlap and are in the order of the
// text, as units: one is Yes for a coder some of whose stretches covers a part
// of it.
func Passages(passages []annotations.Stretch, codings []Coding) []Unit {
	units := make([]Unit, len(passages))
	for i := range passages {
		units[i] = Unit{Values: make([]int, len(codings)), Times: 1}
	}
	for k, coding := range codings {
		stretches, next := Merge(coding.Stretches, farthest(passages)), 0
		for i, p := range passages {
			for next < len(stretches) && stretches[next].End <= p.Start {
				next++
			}
			units[i].Values[k] = value(coding.Said, next < len(stretches) && stretches[next].Start < p.End)
		}
	}
	return units
}

func value(said, yes bool) int {
	switch {
	case !said:
		return Missing
	case yes:
		return Yes
	}
	return No
}

func farthest(passages []annotations.Stretch) int {
	if len(passages) == 0 {
		return 0
	}
	return passages[len(passages)-1].End
}

// Merge returns what stretches cover of a text of some length: in its order,
// none touching another, none empty.
func Merge(stretches []annotations.Stretch, length int) []annotations.Stretch {
	sorted := slices.Clone(stretches)
	slices.SortFunc(sorted, func(a, b annotations.Stretch) int { return a.Start - b.Start })
	merged := sorted[:0]
	for _, s := range sorted {
		s.Start, s.End = max(s.Start, 0), min(s.End, length)
		switch n := len(merged); {
		case s.Start >= s.End:
		case n > 0 && s.Start <= merged[n-1].End:
			merged[n-1].End = max(merged[n-1].End, s.End)
		default:
			merged = append(merged, s)
		}
	}
	return merged
}
