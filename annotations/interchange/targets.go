package interchange

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"glossator/annotations"
)

type webTarget struct {
	Source   string        `json:"source"`
	Scope    string        `json:"scope"`
	Title    string        `json:"glossator:title"`
	Language string        `json:"glossator:language"`
	Passage  string        `json:"glossator:passage"`
	Pinpoint string        `json:"glossator:pinpoint"`
	Selector []webSelector `json:"selector,omitempty"`
}

type webSelector struct {
	Type   string  `json:"type"`
	Start  *int    `json:"start,omitempty"`
	End    *int    `json:"end,omitempty"`
	Exact  string  `json:"exact,omitempty"`
	Prefix *string `json:"prefix,omitempty"`
	Suffix *string `json:"suffix,omitempty"`
}

// target returns what a record is about: the annotation it answers, the version
// as a whole, a stretch of it or several.
func target(r Record) any {
	if r.ReplyTo != "" {
		if container, ok := strings.CutSuffix(r.Address, "/annotations/"+r.ID); ok {
			return container + "/annotations/" + r.ReplyTo
		}
		return urn(annotationURN, r.ReplyTo)
	}
	first := webTarget{
		Source: urn(versionURN, r.Version), Scope: urn(documentURN, r.Document), Title: r.DocumentTitle,
		Language: r.Language, Passage: r.Passage, Pinpoint: r.Pinpoint,
	}
	if r.Target == (annotations.Target{}) {
		return first
	}
	first.Selector = selectors(r.Target)
	if len(r.More) == 0 {
		return first
	}
	all := []webTarget{first}
	for _, t := range r.More {
		next := first
		next.Passage, next.Pinpoint, next.Selector = "", "", selectors(t)
		all = append(all, next)
	}
	return all
}

func selectors(t annotations.Target) []webSelector {
	return []webSelector{
		{Type: annotations.TextPosition, Start: &t.Start, End: &t.End},
		{Type: annotations.TextQuote, Exact: t.Exact, Prefix: &t.Prefix, Suffix: &t.Suffix},
	}
}

// stretches are where a record stands: the version, and from where to where.
func stretches(r Record) []any {
	found := []any{r.Version}
	if r.ReplyTo != "" {
		return []any{r.ReplyTo}
	}
	for _, t := range append([]annotations.Target{r.Target}, r.More...) {
		found = append(found, [2]int{t.Start, t.End})
	}
	return found
}

type foreignTarget struct {
	ID        string          `json:"id"`
	Source    json.RawMessage `json:"source"`
	Scope     json.RawMessage `json:"scope"`
	Items     json.RawMessage `json:"items"`
	Language  json.RawMessage `json:"language"`
	Selector  json.RawMessage `json:"selector"`
	RefinedBy json.RawMessage `json:"refinedBy"`

	Title    string `json:"glossator:title"`
	Tongue   string `json:"glossator:language"`
	Passage  string `json:"glossator:passage"`
	Pinpoint string `json:"glossator:pinpoint"`
}

// target reads what an annotation is about: targets of our own form at once,
// others as pointers.
func (r *Record) target(f foreign) error {
	if id := own(annotationURN, f.ReplyTo); id != "" {
		r.ReplyTo = id
		return nil
	}
	given := f.Target
	if len(f.OwnTarget) > 0 {
		given = f.OwnTarget
	}
	if plain, ok := plainTargets(given); ok {
		return r.plain(plain)
	}
	if err := r.point(given, 0); err != nil {
		return err
	}
	if len(r.Pointers) == 0 {
		return fmt.Errorf("%w: it has 0 targets", ErrFormat)
	}
	r.Document = r.Pointers[0].Source
	for _, s := range r.Pointers[0].Selectors {
		switch s.Kind {
		case annotations.TextPosition:
			r.Target.Start, r.Target.End = s.Start, s.End
		case annotations.TextQuote:
			r.Target.Exact, r.Target.Prefix, r.Target.Suffix = s.Exact, s.Prefix, s.Suffix
		}
	}
	return nil
}

// plain takes targets of our own form, of which there is at least one.
func (r *Record) plain(targets []webTarget) error {
	first := targets[0]
	r.DocumentTitle, r.Language, r.Passage, r.Pinpoint = first.Title, first.Language, first.Passage, first.Pinpoint
	r.Version, r.Document = own(versionURN, first.Source), own(documentURN, first.Scope)
	for i, t := range targets {
		if t.Source != first.Source {
			return fmt.Errorf("%w: its targets are in several versions; make an annotation for each", ErrFormat)
		}
		if len(t.Selector) == 0 {
			continue
		}
		place := annotations.Target{
			Start: *t.Selector[0].Start, End: *t.Selector[0].End,
			Exact: t.Selector[1].Exact, Prefix: *t.Selector[1].Prefix, Suffix: *t.Selector[1].Suffix,
		}
		if i == 0 {
			r.Target = place
		} else {
			r.More = append(r.More, place)
		}
	}
	return nil
}

// plainTargets reads targets that are just as selectors and target write them;
// ok is false for others.
func plainTargets(data json.RawMessage) (found []webTarget, ok bool) {
	for _, one := range list(data) {
		var t webTarget
		decoder := json.NewDecoder(strings.NewReader(string(one)))
		decoder.DisallowUnknownFields()
		if decoder.Decode(&t) != nil || own(versionURN, t.Source) == "" {
			return nil, false
		}
		whole := len(t.Selector) == 0 && len(list(data)) == 1
		if !whole && !plainSelectors(t.Selector) {
			return nil, false
		}
		found = append(found, t)
	}
	return found, len(found) > 0
}

func plainSelectors(s []webSelector) bool {
	return len(s) == 2 && s[0].Type == annotations.TextPosition && s[0].Start != nil && s[0].End != nil && s[0].Exact == "" &&
		s[1].Type == annotations.TextQuote && s[1].Start == nil && s[1].Exact != "" && s[1].Prefix != nil && s[1].Suffix != nil
}

// point adds pointers for targets.
func (r *Record) point(data json.RawMessage, depth int) error {
	for _, one := range list(data) {
		if words := strs(one); len(words) == 1 {
			r.Pointers = append(r.Pointers, annotations.Pointer{Source: words[0]})
			continue
		}
		var t foreignTarget
		if err := json.Unmarshal(one, &t); err != nil {
			return formatError("a target", err)
		}
		if len(t.Items) > 0 && depth < deepestBody {
			if err := r.point(t.Items, depth+1); err != nil {
				return err
			}
			continue
		}
		p, err := t.pointer()
		if err != nil {
			return err
		}
		r.Pointers = append(r.Pointers, p)
	}
	return nil
}

func (t foreignTarget) pointer() (annotations.Pointer, error) {
	p := annotations.Pointer{Source: iri(t.Source), Language: word(t.Language)}
	if p.Source == "" {
		p.Source = t.ID
	}
	if t.Tongue != "" {
		p.Language = t.Tongue
	}
	if p.Source == "" {
		return p, fmt.Errorf("%w: a target has neither an id nor a source", ErrFormat)
	}
	var err error
	p.Selectors, err = readSelectors(t.Selector, 0)
	if err == nil && len(p.Selectors) > 0 && len(t.RefinedBy) > 0 {
		p.Selectors[0].RefinedBy, err = readSelectors(t.RefinedBy, 1)
	}
	return p, err
}

type foreignSelector struct {
	Type      json.RawMessage `json:"type"`
	Start     *float64        `json:"start"`
	End       *float64        `json:"end"`
	Exact     string          `json:"exact"`
	Prefix    string          `json:"prefix"`
	Suffix    string          `json:"suffix"`
	Value     string          `json:"value"`
	From      json.RawMessage `json:"startSelector"`
	To        json.RawMessage `json:"endSelector"`
	RefinedBy json.RawMessage `json:"refinedBy"`
}

// deepestSelector bounds how deep a selector may be in others.
const deepestSelector = 8

func readSelectors(data json.RawMessage, depth int) ([]annotations.Selector, error) {
	if depth > deepestSelector {
		return nil, fmt.Errorf("%w: its selectors are nested more than %d times", ErrFormat, deepestSelector)
	}
	var found []annotations.Selector
	for _, one := range list(data) {
		var f foreignSelector
		if words := strs(one); len(words) == 1 {
			found = append(found, annotations.Selector{Kind: words[0]})
			continue
		}
		if err := json.Unmarshal(one, &f); err != nil {
			return nil, formatError("a selector", err)
		}
		s, err := f.selector(depth)
		if err != nil {
			return nil, err
		}
		found = append(found, s)
	}
	return found, nil
}

func (f foreignSelector) selector(depth int) (s annotations.Selector, err error) {
	kinds := strs(f.Type)
	for _, kind := range []string{annotations.TextPosition, annotations.TextQuote, annotations.Fragment, annotations.Range} {
		if slices.Contains(kinds, kind) {
			s.Kind = kind
		}
	}
	if s.Kind == "" && len(kinds) > 0 {
		s.Kind = kinds[0]
	}
	switch s.Kind {
	case annotations.TextPosition:
		if f.Start == nil || f.End == nil || *f.Start != float64(int(*f.Start)) || *f.End != float64(int(*f.End)) {
			return s, fmt.Errorf("%w: a TextPositionSelector needs a start and an end, whole numbers", ErrFormat)
		}
		s.Start, s.End = int(*f.Start), int(*f.End)
	case annotations.TextQuote:
		if s.Exact, s.Prefix, s.Suffix = f.Exact, f.Prefix, f.Suffix; s.Exact == "" {
			return s, fmt.Errorf("%w: a TextQuoteSelector has no exact words", ErrFormat)
		}
	case annotations.Fragment:
		s.Fragment = strings.TrimPrefix(f.Value, "#")
	case annotations.Range:
		if s.From, err = readSelectors(f.From, depth+1); err != nil {
			return s, err
		}
		if s.To, err = readSelectors(f.To, depth+1); err != nil {
			return s, err
		}
	}
	s.RefinedBy, err = readSelectors(f.RefinedBy, depth+1)
	return s, err
}
