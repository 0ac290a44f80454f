package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/unicode/norm"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/query"
)

const (
	completionsShown = 5  // of one group
	valuesShown      = 12 // of a field that is being filled in
	lettersTyped     = 2  // before a word is completed
)

// A completion replaces the code points from Start to End of what was typed.
type completion struct {
	Label    string `json:"label"`
	Detail   string `json:"detail,omitempty"`
	Family   int    `json:"family,omitempty"` // of a concept
	Passages int    `json:"passages,omitempty"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Insert   string `json:"insert"`
}

type completionGroup struct {
	Name  string       `json:"name"`
	Items []completion `json:"items"`
}

func (s *Server) complete(c echo.Context, asker annotations.Asker) error {
	text := c.QueryParam("text")
	at := utf8.RuneCountInString(text)
	if c.QueryParam("at") != "" {
		var err error
		if at, err = number(c, "at"); err != nil {
			return err
		}
	}
	groups, err := s.completions(c.Request().Context(), asker, text, at)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"groups": groups})
}

// completions returns how a query may go on where one types in it.
func (s *Server) completions(ctx context.Context, asker annotations.Asker, text string, at int) ([]completionGroup, error) {
	groups := []completionGroup{}
	place, ok := query.PlaceAt(text, at)
	if !ok {
		return groups, nil
	}
	p := completing{Place: place, server: s, asker: asker, text: []rune(text), at: at}
	sources := []struct {
		name string
		find func(context.Context) ([]completion, error)
	}{
		{"words", p.words}, {"concepts", p.concepts}, {"groups", p.groups}, {"documents", p.documents}, {"parties", p.parties}, {"fields", p.fields},
	}
	switch {
	case place.Field != "":
		sources = sources[:1]
		sources[0].name, sources[0].find = "values", p.values
	case utf8.RuneCountInString(place.Typed) < lettersTyped:
		return groups, nil
	case place.Quoted:
		sources = sources[:1]
	}
	for _, source := range sources {
		items, err := source.find(ctx)
		if err != nil {
			return nil, err
		}
		if len(items) > 0 {
			groups = append(groups, completionGroup{source.name, items})
		}
	}
	return groups, nil
}

// A completing is a place in a text that is being completed for somebody.
type completing struct {
	query.Place
	server *Server
	asker  annotations.Asker
	text   []rune
	at     int
}

// item returns a completion from a code point on. One types on after a blank,
// unless what is inserted wants more.
func (p completing) item(start int, label, detail, insert string) completion {
	return completion{Label: label, Detail: detail, Start: start, End: p.End, Insert: insert}
}

// whole is item for what is complete with what it inserts.
func (p completing) whole(start int, label, detail, insert string) completion {
	if p.End == len(p.text) && !p.Quoted {
		insert += " "
	}
	return p.item(start, label, detail, insert)
}

// filter is whole for a field and its value.
func (p completing) filter(start int, label, field, value string) completion {
	term := query.Term{Field: field, Text: value}.String()
	return p.whole(start, label, term, term)
}

// each calls find for what has been typed and the words before it, the most
// words first, until there is enough. It leaves out what was found before.
func (p completing) each(find func(typed string, start int) ([]completion, error)) ([]completion, error) {
	var items []completion
	for _, start := range slices.Backward(p.Starts) {
		found, err := find(string(p.text[start:p.at]), start)
		if err != nil {
			return nil, err
		}
		for _, item := range found {
			known := slices.ContainsFunc(items, func(other completion) bool { return other.Insert == item.Insert })
			if !known && len(items) < completionsShown {
				items = append(items, item)
			}
		}
	}
	return items, nil
}

func (p completing) words(ctx context.Context) ([]completion, error) {
	words, err := p.server.Engine.Words(ctx, p.Typed, completionsShown+1)
	if err != nil {
		return nil, err
	}
	var items []completion
	for _, w := range words {
		if w.Word == strings.ToLower(p.Typed) || len(items) == completionsShown {
			continue
		}
		item := p.whole(p.Starts[0], w.Word, "", w.Word)
		item.Passages = w.Passages
		items = append(items, item)
	}
	return items, nil
}

func (p completing) documents(ctx context.Context) ([]completion, error) {
	return p.each(func(typed string, start int) ([]completion, error) {
		return p.documentsNamed(ctx, typed, start, completionsShown)
	})
}

func (p completing) documentsNamed(ctx context.Context, typed string, start, limit int) ([]completion, error) {
	documents, err := p.server.Store.DocumentsNamed(ctx, typed, limit)
	if err != nil {
		return nil, err
	}
	items := make([]completion, len(documents))
	for i, d := range documents {
		name := d.ShortTitle
		if name == "" {
			name = d.ID
		}
		items[i] = p.filter(start, d.Title, "in", name)
	}
	return items, nil
}

func (p completing) concepts(ctx context.Context) ([]completion, error) {
	return p.each(func(typed string, start int) ([]completion, error) { return p.conceptsNamed(ctx, typed, start) })
}

func (p completing) conceptsNamed(ctx context.Context, typed string, start int) ([]completion, error) {
	concepts, err := p.server.Store.Concepts(ctx, p.asker, typed, 0)
	if err != nil {
		return nil, err
	}
	var items []completion
	for _, concept := range concepts {
		if slices.ContainsFunc(append(concept.Aliases, concept.Label), func(name string) bool { return begins(name, typed) }) {
			item := p.filter(start, concept.Label, "concept", concept.Label)
			item.Family = concept.Family
			items = append(items, item)
		}
	}
	return items, nil
}

func (p completing) groups(ctx context.Context) ([]completion, error) {
	groups, err := p.server.Store.GroupNames(ctx, p.asker)
	if err != nil {
		return nil, err
	}
	return p.each(func(typed string, start int) ([]completion, error) { return p.groupsNamed(groups, typed, start), nil })
}

func (p completing) groupsNamed(groups []store.GroupName, typed string, start int) []completion {
	var items []completion
	for _, group := range groups {
		if begins(group.Name, typed) {
			items = append(items, p.filter(start, group.Name, "group", group.Name))
		}
	}
	return items
}

// people returns who may be meant by by: the asker, and whoever has written
// something that everybody may read or is in a group with the asker.
func (p completing) people(ctx context.Context) ([]completion, error) {
	names, err := p.server.Store.Colleagues(ctx, p.asker)
	if err != nil {
		return nil, err
	}
	if p.asker.SignedIn() {
		names = append([]string{query.Me}, names...)
	}
	known, err := p.server.valuesOf(ctx, "by")
	if err != nil {
		return nil, err
	}
	var items []completion
	for _, name := range names {
		if begins(name, p.Typed) {
			items = append(items, p.filter(p.Starts[0], name, "by", name))
		}
	}
	for _, item := range p.choose(known, "by", p.Typed, p.Starts[0]) {
		if !slices.Contains(names, item.Label) {
			items = append(items, item)
		}
	}
	return items, nil
}

func (p completing) parties(ctx context.Context) ([]completion, error) {
	parties, err := p.server.valuesOf(ctx, "party")
	if err != nil {
		return nil, err
	}
	return p.each(func(typed string, start int) ([]completion, error) {
		return p.choose(parties, "party", typed, start), nil
	})
}

// choose returns those values of a field of which a name begins as typed.
func (p completing) choose(values []index.FacetValue, field, typed string, start int) []completion {
	var items []completion
	for _, v := range values {
		if name := label(field, v.Value); begins(name, typed) || begins(v.Value, typed) {
			item := p.filter(start, name, field, v.Value)
			item.Passages = v.Passages
			items = append(items, item)
		}
	}
	return items
}

func (p completing) fields(context.Context) ([]completion, error) {
	var items []completion
	for _, field := range query.Fields {
		if strings.HasPrefix(field, strings.ToLower(p.Typed)) {
			items = append(items, p.item(p.Starts[0], field+":", "", field+":"))
		}
	}
	return items, nil
}

// values returns what the field that is being filled in may be.
func (p completing) values(ctx context.Context) (items []completion, err error) {
	switch p.Field {
	case "in":
		items, err = p.documentsNamed(ctx, p.Typed, p.Starts[0], valuesShown)
	case "concept":
		items, err = p.conceptsNamed(ctx, p.Typed, p.Starts[0])
	case "group":
		var groups []store.GroupName
		groups, err = p.server.Store.GroupNames(ctx, p.asker)
		items = p.groupsNamed(groups, p.Typed, p.Starts[0])
	case "by":
		items, err = p.people(ctx)
	case "has":
		items = p.oneOf("annotation", "concept", "digest", "note", "reply")
	case "coded", "tagged":
		items = p.oneOf("yes", "no")
	case "version":
		items = p.oneOf("current", "older", "all")
	case "year":
	default:
		var values []index.FacetValue
		values, err = p.server.valuesOf(ctx, p.Field)
		items = p.choose(values, p.Field, p.Typed, p.Starts[0])
	}
	return items[:min(valuesShown, len(items))], err
}

// oneOf returns those of a few values that begin as typed.
func (p completing) oneOf(values ...string) (items []completion) {
	for _, value := range values {
		if begins(value, p.Typed) {
			items = append(items, p.filter(p.Starts[0], value, p.Field, value))
		}
	}
	return items
}

// valuesOf returns the values that documents have in a field, the most passages
// first; none if they are not counted. They are counted once for each mark of
// the index.
func (s *Server) valuesOf(ctx context.Context, field string) ([]index.FacetValue, error) {
	mark, err := s.Engine.Mark(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the mark of the index: %w", err)
	}
	s.counted.Lock()
	defer s.counted.Unlock()
	if s.counted.facets == nil || s.counted.mark != mark {
		result, err := bounded(ctx, func(ctx context.Context) (*index.Result, error) {
			return s.Engine.Search(ctx, query.All{}, index.Options{Audiences: annotations.Asker{}.Audiences(), Facets: true})
		})
		if err != nil {
			return nil, err
		}
		s.counted.mark, s.counted.facets = mark, result.Facets
	}
	for _, facet := range s.counted.facets {
		if facet.Name == field {
			return facet.Values, nil
		}
	}
	return nil, nil
}

// begins reports whether each word of typed begins a word of name, in their
// order, case and accents apart.
func begins(name, typed string) bool {
	words := strings.FieldsFunc(plain(name), func(r rune) bool { return !query.InWord(r) })
	for _, beginning := range strings.FieldsFunc(plain(typed), func(r rune) bool { return !query.InWord(r) }) {
		at := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, beginning) })
		if at < 0 {
			return false
		}
		words = words[at+1:]
	}
	return true
}

// plain returns text in lower case and without accents.
func plain(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(text)) {
		if r < 0x300 || r > 0x36F {
			b.WriteRune(r)
		}
	}
	return b.String()
}
