package anchor

import (
	"errors"
	"fmt"
	"unicode"

	"glossator/annotations"
)

// ErrSelector is returned for selectors of which none says which words of a
// plain text are meant.
var ErrSelector = errors.New("no selector says which words are meant")

// deepestSelector bounds how often a selector may be refined.
const deepestSelector = 8

// Find returns the stretch that selectors mean which each say it in another
// way. A quote decides wherever there is one; a position then only tells which
// of several places is meant. provision returns where the provision with an id
// stands. The error is ErrNotFound, ErrAmbiguous, ErrRange, ErrBlank or
// ErrSelector, wrapped with what was looked for.
func (t *Text) Find(selectors []annotations.Selector, provision func(id string) (Span, bool)) (Span, error) {
	f := &search{t, provision}
	found, err := f.find(Span{0, len(t.runes)}, selectors, 0)
	if err != nil {
		return Span{}, err
	}
	return found, t.check(found)
}

// A search is for what selectors mean in a text.
type search struct {
	*Text
	provision func(id string) (Span, bool)
}

func (f *search) find(within Span, selectors []annotations.Selector, depth int) (Span, error) {
	if depth > deepestSelector {
		return Span{}, fmt.Errorf("%w: the selectors are refined more than %d times", ErrSelector, deepestSelector)
	}
	var quote, position, fragment, composed *annotations.Selector
	for i := range selectors {
		s := &selectors[i]
		switch {
		case len(s.RefinedBy) > 0 || s.Kind == annotations.Range:
			composed = s
		case s.Kind == annotations.TextQuote:
			quote = s
		case s.Kind == annotations.TextPosition:
			position = s
		case s.Kind == annotations.Fragment:
			fragment = s
		}
	}
	switch {
	case quote != nil:
		return f.quoted(within, quote, position, fragment)
	case composed != nil:
		return f.composed(within, *composed, depth)
	case position != nil:
		return f.positioned(within, *position)
	case fragment != nil:
		return f.inProvision(within, fragment.Fragment)
	}
	return Span{}, ErrSelector
}

// quoted finds a quote, in the provision that is named beside it if it is there.
func (f *search) quoted(within Span, quote, position, fragment *annotations.Selector) (Span, error) {
	target := annotations.Target{Exact: quote.Exact, Prefix: quote.Prefix, Suffix: quote.Suffix}
	if position != nil {
		target.Start, target.End = within.Start+position.Start, within.Start+position.End
	}
	if fragment != nil {
		if narrow, err := f.inProvision(within, fragment.Fragment); err == nil {
			if found, err := f.place(narrow, target); err == nil {
				return found, nil
			}
		}
	}
	return f.place(within, target)
}

func (f *search) positioned(within Span, s annotations.Selector) (Span, error) {
	if s.Start < 0 || s.Start > s.End || s.End > within.End-within.Start {
		return Span{}, fmt.Errorf("%w: from %d to %d of %d characters", ErrRange, s.Start, s.End, within.End-within.Start)
	}
	return Span{within.Start + s.Start, within.Start + s.End}, nil
}

func (f *search) inProvision(within Span, id string) (Span, error) {
	found, ok := f.provision(id)
	if !ok || found.Start < within.Start || found.End > within.End {
		return Span{}, fmt.Errorf("%w: there is no provision %q", ErrNotFound, id)
	}
	return found, nil
}

// composed finds a range, and what a refinement says within what it refines.
func (f *search) composed(within Span, s annotations.Selector, depth int) (Span, error) {
	refined := s.RefinedBy
	s.RefinedBy = nil
	var found Span
	var err error
	if s.Kind == annotations.Range {
		found, err = f.between(within, s, depth)
	} else {
		found, err = f.find(within, []annotations.Selector{s}, depth+1)
	}
	if err != nil || len(refined) == 0 {
		return found, err
	}
	return f.find(found, refined, depth+1)
}

func (f *search) between(within Span, s annotations.Selector, depth int) (Span, error) {
	from, err := f.find(within, s.From, depth+1)
	if err != nil {
		return Span{}, err
	}
	to, err := f.find(within, s.To, depth+1)
	if err != nil {
		return Span{}, err
	}
	if to.Start <= from.Start {
		return Span{}, fmt.Errorf("%w: the end of the range is at %d, its start at %d", ErrRange, to.Start, from.Start)
	}
	return Span{from.Start, to.Start}, nil
}

// place is Locate for a quote from elsewhere, in a part of the text: white
// space counts for nothing, as other renderings of the text break its lines
// elsewhere, and of the words around only those next to the quote need be the
// same.
func (f *search) place(within Span, target annotations.Target) (Span, error) {
	part := &Text{f.runes[within.Start:within.End]}
	shifted := target
	shifted.Start, shifted.End = target.Start-within.Start, target.End-within.Start
	found, err := part.Locate(shifted)
	if err != nil {
		found, err = part.loosely(shifted)
	}
	if err != nil {
		return Span{}, fmt.Errorf("%w: “%s”", err, shorten(target.Exact))
	}
	return Span{within.Start + found.Start, within.Start + found.End}, nil
}

// Of several places, the one whose surroundings are more like those that are
// given, by that many letters, is taken to be meant.
const (
	leastAround = 8
	leastApart  = 4
)

func (t *Text) loosely(target annotations.Target) (Span, error) {
	text, at := squeezed(t.runes)
	exact, _ := squeezed([]rune(target.Exact))
	prefix, _ := squeezed([]rune(target.Prefix))
	suffix, _ := squeezed([]rune(target.Suffix))
	if len(exact) == 0 {
		return Span{}, ErrNotFound
	}
	tight := &Text{text}
	places := tight.find(exact)
	if len(places) == 0 {
		return Span{}, ErrNotFound
	}
	best, second, chosen := -1, -1, 0
	for _, start := range places {
		like := tight.alikeBefore(start, prefix) + tight.alikeAfter(start+len(exact), suffix)
		if like > best {
			best, second, chosen = like, best, start
		} else if like > second {
			second = like
		}
	}
	whole := best == len(prefix)+len(suffix) && best > second
	if len(places) > 1 && !whole && (best < leastAround || best-second < leastApart) {
		return Span{}, ErrAmbiguous
	}
	return Span{at[chosen], at[chosen+len(exact)-1] + 1}, nil
}

// alikeBefore returns how many of the last letters of prefix stand before start.
func (t *Text) alikeBefore(start int, prefix []rune) int {
	n := 0
	for n < len(prefix) && n < start && t.runes[start-1-n] == prefix[len(prefix)-1-n] {
		n++
	}
	return n
}

// alikeAfter returns how many of the first letters of suffix stand at end.
func (t *Text) alikeAfter(end int, suffix []rune) int {
	n := 0
	for n < len(suffix) && end+n < len(t.runes) && t.runes[end+n] == suffix[n] {
		n++
	}
	return n
}

// squeezed returns a text without white space and characters that are not seen,
// and where each of its characters stands in the text.
func squeezed(text []rune) (tight []rune, at []int) {
	for i, r := range text {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			continue
		}
		tight, at = append(tight, r), append(at, i)
	}
	return tight, at
}

// shorten is how much of a quote an error repeats.
func shorten(text string) string {
	const shown = 80
	if runes := []rune(text); len(runes) > shown {
		return string(runes[:shown]) + "…"
	}
	return text
}
