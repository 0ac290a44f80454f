package interchange

import (
	"strings"
	"unicode/utf16"

	"glossator/annotations"
)

// A scale turns the positions of one source into code points of its text. The
// standard counts code points; some programs count UTF-16 units, some count a
// line break of two characters as one, some count the byte order mark.
type scale struct {
	runes []rune
	units []int // code point at each unit, and the length at the end
	shift int
}

// scaleOf returns the scale on which the excerpts that name selections fit best;
// the standard's, if there are no excerpts or none does better.
func scaleOf(text string, selections []refiSelection) scale {
	runes := []rune(text)
	best, most := scale{runes: runes, units: byCodePoint(runes)}, -1
	for _, units := range [][]int{byCodePoint(runes), byUTF16(runes), byCodePointOneBreak(runes), byUTF16OneBreak(runes)} {
		for _, shift := range []int{0, -1, 1} {
			s := scale{runes, units, shift}
			fits := 0
			for _, selection := range selections {
				if s.fits(selection) {
					fits++
				}
			}
			if fits > most {
				best, most = s, fits
			}
		}
	}
	return best
}

func byCodePoint(text []rune) []int {
	units := make([]int, len(text)+1)
	for i := range units {
		units[i] = i
	}
	return units
}

func byUTF16(text []rune) []int {
	return counted(text, func(_ int, r rune) int { return max(1, utf16.RuneLen(r)) })
}

func byCodePointOneBreak(text []rune) []int {
	return counted(text, func(i int, r rune) int { return 1 - halfBreak(text, i, r) })
}

func byUTF16OneBreak(text []rune) []int {
	return counted(text, func(i int, r rune) int { return max(1, utf16.RuneLen(r)) - halfBreak(text, i, r) })
}

// halfBreak is 1 for the second character of a line break of two.
func halfBreak(text []rune, i int, r rune) int {
	if r == '\n' && i > 0 && text[i-1] == '\r' {
		return 1
	}
	return 0
}

func counted(text []rune, size func(i int, r rune) int) []int {
	units := make([]int, 0, len(text)+1)
	for i, r := range text {
		for range size(i, r) {
			units = append(units, i)
		}
	}
	return append(units, len(text))
}

func (s scale) span(selection refiSelection) (start, end int, ok bool) {
	from, to := selection.Start+s.shift, selection.End+s.shift
	if from < 0 || to <= from || to >= len(s.units) {
		return 0, 0, false
	}
	start, end = s.units[from], s.units[to]
	if to > 0 && s.units[to-1] == end { // the end is inside of a character
		end++
	}
	return start, end, end > start
}

// fits reports whether a selection has an excerpt, and the text at its place
// begins with it.
func (s scale) fits(selection refiSelection) bool {
	named := strings.Join(strings.Fields(strings.TrimSuffix(strings.TrimSuffix(selection.Name, cut), "...")), " ")
	start, end, ok := s.span(selection)
	if !ok || len(named) < 3 {
		return false
	}
	quote := strings.Join(strings.Fields(string(s.runes[start:end])), " ")
	if named == quote {
		return true
	}
	return strings.HasPrefix(quote, named) && named != strings.TrimSpace(selection.Name)
}

// target returns the stretch that a selection means; where the excerpt is not at
// its place but stands once near it, the stretch is there.
func (s scale) target(selection refiSelection) (annotations.Target, bool) {
	start, end, ok := s.span(selection)
	if !ok {
		return annotations.Target{}, false
	}
	if !s.fits(selection) {
		if moved, found := s.drifted(selection, start, end); found {
			start, end = moved, moved+end-start
		}
	}
	if strings.TrimSpace(string(s.runes[start:end])) == "" {
		return annotations.Target{}, false
	}
	return annotations.Target{
		Start: start, End: end, Exact: string(s.runes[start:end]),
		Prefix: string(s.runes[max(0, start-32):start]), Suffix: string(s.runes[end:min(len(s.runes), end+32)]),
	}, true
}

// farthest is how far a position may have drifted, in code points.
const farthest = 2000

// drifted looks for a selection's excerpt, which has as many characters as the
// selection, near the place where it is not.
func (s scale) drifted(selection refiSelection, start, end int) (int, bool) {
	quote := []rune(selection.Name)
	if len(quote) != end-start || len(quote) < 8 {
		return 0, false
	}
	found := -1
	for at := max(0, start-farthest); at+len(quote) <= min(len(s.runes), end+farthest); at++ {
		if s.runes[at] == quote[0] && string(s.runes[at:at+len(quote)]) == selection.Name {
			if found >= 0 {
				return 0, false
			}
			found = at
		}
	}
	return found, found >= 0
}
