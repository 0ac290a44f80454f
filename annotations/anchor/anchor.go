// Package anchor ties annotations to text: from a selection to selectors
// (Select), from selectors back to the place (Locate), and from one version's
// text to the next (Carry). All offsets are Unicode code points. It never
// guesses: what could stand in two places is an error or a lost placement.
//
// testdata/cases.json holds cases of Select and Locate that the browser's
// implementation runs too.
package anchor

import (
	"errors"
	"fmt"
	"slices"
	"unicode"

	"glossator/annotations"
)

// Context is how many code points before and after the quote a target keeps, at
// most.
const Context = 32

var (
	// ErrRange is returned for a selection that is not within the text.
	ErrRange = errors.New("the selection is not within the text")
	// ErrBlank is returned for a selection that holds nothing but white space.
	ErrBlank = errors.New("the selection holds no text")
	// ErrNotFound is returned for a quote that is not in the text.
	ErrNotFound = errors.New("the quote is not in the text")
	// ErrAmbiguous is returned for a quote that is in the text several times, so
	// that neither its position nor the words around it tell which is meant.
	ErrAmbiguous = errors.New("the quote is in the text several times, and it is not clear which is meant")
)

// A Span is a stretch of a text: code points from Start up to, not including,
// End.
type Span struct{ Start, End int }

// A Text is a version's text made ready for many calls.
type Text struct{ runes []rune }

// NewText makes a text ready.
func NewText(text string) *Text { return &Text{[]rune(text)} }

// Select returns the selectors of the stretch from start to end. The error is
// ErrRange or ErrBlank, wrapped with the figures.
func (t *Text) Select(start, end int) (annotations.Target, error) {
	if err := t.check(Span{start, end}); err != nil {
		return annotations.Target{}, err
	}
	return annotations.Target{
		Start:  start,
		End:    end,
		Exact:  string(t.runes[start:end]),
		Prefix: string(t.runes[max(0, start-Context):start]),
		Suffix: string(t.runes[end:min(len(t.runes), end+Context)]),
	}, nil
}

// Select is Text.Select for one call: it makes ready no more of the text than what
// is around the stretch.
func Select(text string, start, end int) (annotations.Target, error) {
	from := max(0, start-Context)
	target, err := (&Text{between(text, from, end+Context)}).Select(start-from, end-from)
	if err != nil { // which says figures of the whole text
		return NewText(text).Select(start, end)
	}
	target.Start, target.End = start, end
	return target, nil
}

// between returns the code points of a text from one up to another, as far as they
// are there.
func between(text string, from, to int) []rune {
	var runes []rune
	n := 0
	for _, r := range text {
		if n >= to {
			break
		}
		if n >= from {
			runes = append(runes, r)
		}
		n++
	}
	return runes
}

// check returns why a stretch cannot be selected, nil if it can.
func (t *Text) check(s Span) error {
	if s.Start < 0 || s.Start > s.End || s.End > len(t.runes) {
		return fmt.Errorf("%w: from %d to %d of %d characters", ErrRange, s.Start, s.End, len(t.runes))
	}
	if !slices.ContainsFunc(t.runes[s.Start:s.End], func(r rune) bool { return !unicode.IsSpace(r) }) {
		return fmt.Errorf("%w: from %d to %d there is only white space", ErrBlank, s.Start, s.End)
	}
	return nil
}

// Locate returns where the target's quote stands: at the target's position if
// the quote and what is known of the words around it are found there, otherwise
// at the only place that has both, otherwise at the only place that has the
// quote. The error is ErrNotFound or ErrAmbiguous.
func (t *Text) Locate(target annotations.Target) (Span, error) {
	exact, prefix, suffix := []rune(target.Exact), []rune(target.Prefix), []rune(target.Suffix)
	if len(exact) == 0 {
		return Span{}, ErrNotFound
	}
	inContext := func(start int) bool {
		end := start + len(exact)
		return t.has(start-len(prefix), prefix) && t.has(end, suffix)
	}
	if target.End == target.Start+len(exact) && t.has(target.Start, exact) && inContext(target.Start) {
		return Span{target.Start, target.End}, nil
	}
	places := t.find(exact)
	var good []int
	for _, start := range places {
		if inContext(start) {
			good = append(good, start)
		}
	}
	if len(good) == 0 {
		good = places
	}
	switch len(good) {
	case 0:
		return Span{}, ErrNotFound
	case 1:
		return Span{good[0], good[0] + len(exact)}, nil
	}
	return Span{}, ErrAmbiguous
}

// has reports whether part stands in the text at start.
func (t *Text) has(start int, part []rune) bool {
	if start < 0 || start+len(part) > len(t.runes) {
		return false
	}
	for i, r := range part {
		if t.runes[start+i] != r {
			return false
		}
	}
	return true
}

// find returns every place of part in the text, ascending; places may overlap.
func (t *Text) find(part []rune) []int {
	var places []int
	for start := range t.runes {
		if t.runes[start] == part[0] && t.has(start, part) {
			places = append(places, start)
		}
	}
	return places
}
