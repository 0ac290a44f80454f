package api

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/annotations/watch"
	"glossator/index"
	"glossator/index/query"
)

// searchTime is how long the engine may take for one request.
const searchTime = 10 * time.Second

type searchAnswer struct {
	Query       string         `json:"query"`
	Explanation string         `json:"explanation"`
	Synonyms    []string       `json:"synonyms"`
	Suggestions []suggestion   `json:"suggestions"`
	Partial     bool           `json:"partial"`
	Relaxed     string         `json:"relaxed,omitempty"`
	Passages    int            `json:"passages"`
	Documents   int            `json:"documents"`
	Page        int            `json:"page"`
	Size        int            `json:"size"`
	Groups      []groupAnswer  `json:"groups"`
	Facets      []facetAnswer  `json:"facets"`
	Clauses     []clauseAnswer `json:"clauses"`
	Mark        int64          `json:"mark"`
	Took        float64        `json:"took"`
}

type groupAnswer struct {
	Document store.DocumentSummary `json:"document"`
	Hits     []hitAnswer           `json:"hits"`
	Total    int                   `json:"total"`
	Places   []int                 `json:"places"`
}

type hitAnswer struct {
	Version       string        `json:"version"`
	Superseded    bool          `json:"superseded"`
	Language      string        `json:"language"`
	Provision     string        `json:"provision"`
	Pinpoint      string        `json:"pinpoint"`
	Number        string        `json:"number,omitempty"`
	Heading       string        `json:"heading,omitempty"`
	Cited         string        `json:"cited"`
	CitedPinpoint string        `json:"citedPinpoint"`
	Path          []index.Crumb `json:"path"`
	index.Span
	Spans       []index.Span `json:"spans"`
	Snippet     snippet      `json:"snippet"`
	Annotations []hitNote    `json:"annotations"`
}

type snippet struct {
	index.Span
	Text string `json:"text"`
}

// A hitNote is an annotation on a hit, in brief.
type hitNote struct {
	ID       string       `json:"id"`
	Concepts []conceptRef `json:"concepts"`
	Note     bool         `json:"note"`
	Excerpt  *excerpt     `json:"excerpt,omitempty"` // if the query found it by its words
	Creator  string       `json:"creator"`
}

// An excerpt is what of a note shows the words that were asked for.
type excerpt struct {
	index.Span
	Text  string       `json:"text"`
	Spans []index.Span `json:"spans"`
}

type clauseAnswer struct {
	Clause   string `json:"clause"`
	Passages int    `json:"passages"`
}

func (s *Server) search(c echo.Context, asker annotations.Asker) error {
	start := time.Now()
	ctx := c.Request().Context()
	options, pageNumber, err := searchOptions(c, asker)
	if err != nil {
		return err
	}
	asked, err := s.asked(c, asker)
	if err != nil {
		return err
	}
	search := func(q query.Query) (*index.Result, error) {
		return bounded(ctx, func(ctx context.Context) (*index.Result, error) { return s.Engine.Search(ctx, q, options) })
	}
	result, err := search(asked.Query)
	if err != nil {
		return err
	}
	shown, relaxed, err := s.orPartly(c, asker, asked.Typed, result, search)
	if err != nil {
		return err
	}
	answer := searchAnswer{
		Query: asked.Typed.String(), Explanation: query.Explain(asked.All), Synonyms: some(asked.Synonyms),
		Partial: relaxed != "", Relaxed: relaxed,
		Passages: shown.Passages, Documents: shown.Documents, Page: pageNumber, Size: options.Limit,
		Clauses: make([]clauseAnswer, len(result.Clauses)), Mark: shown.Mark,
	}
	for i, clause := range result.Clauses {
		answer.Clauses[i] = clauseAnswer{asked.Clauses[i].String(), clause.Passages}
	}
	called := sync.OnceValues(func() (names, error) { return s.names(ctx) })
	if answer.Groups, err = s.groups(ctx, asker, asked.Query, shown.Groups, called); err != nil {
		return err
	}
	if answer.Facets, err = facets(shown.Facets, called); err != nil {
		return err
	}
	answer.Suggestions = []suggestion{}
	if result.Passages == 0 {
		found, err := s.suggestions(ctx, asker, asked.Typed, c.QueryParams())
		if err != nil {
			return err
		}
		answer.Suggestions = some(found)
	}
	answer.Took = millisecondsSince(start)
	return answerSearch(c, &answer)
}

// asked returns what the parameters of a request ask.
func (s *Server) asked(c echo.Context, asker annotations.Asker) (watch.Asked, error) {
	return s.askedBy(c.Request().Context(), asker, c.QueryParams())
}

func (s *Server) askedBy(ctx context.Context, asker annotations.Asker, address url.Values) (watch.Asked, error) {
	synonyms, err := s.synonyms.Read(ctx)
	if err != nil {
		return watch.Asked{}, err
	}
	concepts, err := watch.Concepts(ctx, s.Store, address.Get("q"))
	if err != nil {
		return watch.Asked{}, err
	}
	asked, err := watch.FromAddress(address, synonyms, concepts)
	if err != nil {
		return watch.Asked{}, err
	}
	asked.Query, err = s.askedAs(ctx, asker, asked.Query)
	return asked, err
}

// askedAs returns q as the asker asks it: by:me is by them. Nobody is called
// “me”, so that a stranger, who has written nothing, finds nothing by it.
func (s *Server) askedAs(ctx context.Context, asker annotations.Asker, q query.Query) (query.Query, error) {
	if !asker.SignedIn() || !query.AsksMe(q) {
		return q, nil
	}
	user, err := s.Store.User(ctx, asker.User)
	if err != nil {
		return nil, err
	}
	return query.As(q, user.Name), nil
}

func millisecondsSince(start time.Time) float64 {
	return float64(time.Since(start).Microseconds()) / 1000
}

func searchOptions(c echo.Context, asker annotations.Asker) (o index.Options, pageNumber int, err error) {
	o = index.Options{Audiences: asker.Audiences(), Sort: c.QueryParam("sort"), Facets: c.QueryParam("facets") == "true"}
	if o.Offset, o.Limit, err = page(c); err != nil {
		return o, 0, err
	}
	o.PerDocument, err = number(c, "hits")
	return o, o.Offset/o.Limit + 1, err
}

// bounded runs a search of the engine. It is errSlow if that takes longer than
// searchTime.
func bounded[T any](ctx context.Context, run func(context.Context) (T, error)) (T, error) {
	return within(ctx, searchTime, run)
}

// within runs a search of the engine. It is errSlow if that takes longer than
// limit.
func within[T any](ctx context.Context, limit time.Duration, run func(context.Context) (T, error)) (T, error) {
	inTime, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	found, err := run(inTime)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return found, fmt.Errorf("%w: it was stopped after %v; make the query narrower, or leave out wildcards", errSlow, limit)
	}
	return found, err
}

// matchesIn returns the passages of a version that match q.
func (s *Server) matchesIn(c echo.Context, q query.Query, version string, asker annotations.Asker) ([]index.Hit, error) {
	return bounded(c.Request().Context(), func(ctx context.Context) ([]index.Hit, error) {
		return s.Engine.Matches(ctx, q, version, asker.Audiences())
	})
}

// groups adds to what the engine found what the store knows of it, with one
// question for each sort of thing.
func (s *Server) groups(ctx context.Context, asker annotations.Asker, q query.Query, hits []index.Group,
	called func() (names, error)) ([]groupAnswer, error) {
	ids := make([]string, len(hits))
	for i, g := range hits {
		ids[i] = g.Document
	}
	documents, err := s.Store.DocumentsByID(ctx, asker, ids)
	if err != nil {
		return nil, err
	}
	passages := map[string][]store.PassageKey{}
	for _, g := range hits {
		if documents[g.Document].Annotations == 0 {
			continue
		}
		for _, h := range g.Hits {
			passages[g.Document] = append(passages[g.Document], store.PassageKey{Version: h.Version, Provision: h.Provision})
		}
	}
	found, err := s.Store.BriefsOn(ctx, asker, passages)
	if err != nil {
		return nil, err
	}
	notes, err := hitNotes(found, called, func(note string) (index.Excerpt, error) { return s.Engine.Excerpt(q, note) })
	if err != nil {
		return nil, err
	}
	groups := make([]groupAnswer, len(hits))
	for i, g := range hits {
		groups[i] = groupAnswer{Document: documents[g.Document], Hits: make([]hitAnswer, len(g.Hits)), Total: g.Total, Places: some(g.Places)}
		for j, h := range g.Hits {
			groups[i].Hits[j] = answerHit(h, notes[store.PassageKey{Version: h.Version, Provision: h.Provision}])
		}
	}
	return groups, nil
}

func answerHit(h index.Hit, notes []hitNote) hitAnswer {
	return hitAnswer{
		Version: h.Version, Superseded: h.Superseded, Language: h.Language, Provision: h.Provision, Pinpoint: h.Pinpoint, Number: h.Number, Heading: h.Heading,
		Cited: h.CitedProvision, CitedPinpoint: h.CitedPinpoint, Path: some(h.Path), Span: h.Span, Spans: touching(h.Spans, h.Snippet),
		Snippet:     snippet{h.Snippet, stretch(h.Text, h.Snippet.Start-h.Start, h.Snippet.End-h.Start)},
		Annotations: some(notes),
	}
}

// touching returns those of some spans that have a part in a stretch, never nil.
func touching(spans []index.Span, stretch index.Span) []index.Span {
	some := make([]index.Span, 0, 8)
	for _, s := range spans {
		if s.Start < stretch.End && stretch.Start < s.End {
			some = append(some, s)
		}
	}
	return some
}

// stretch returns a part of text; the offsets are code points.
func stretch(text string, start, end int) string {
	from, n := len(text), 0
	for at := range text {
		if n == end {
			return text[min(from, at):at]
		}
		if n == start {
			from = at
		}
		n++
	}
	return text[from:]
}

// hitNotes sums up annotations on passages, with what cut takes from their notes.
func hitNotes(found map[store.PassageKey][]store.Brief, called func() (names, error),
	cut func(note string) (index.Excerpt, error)) (map[store.PassageKey][]hitNote, error) {
	notes := make(map[store.PassageKey][]hitNote, len(found))
	if len(found) == 0 {
		return notes, nil
	}
	names, err := called()
	if err != nil {
		return nil, err
	}
	for passage, on := range found {
		some := make([]hitNote, 0, len(on))
		for _, n := range on {
			note := hitNote{ID: n.ID, Concepts: names.refs(n.Concepts), Note: n.Note != "", Creator: names.users[n.Creator]}
			shown, err := cut(n.Note)
			if err != nil {
				return nil, err
			}
			if len(shown.Spans) > 0 {
				note.Excerpt = &excerpt{shown.Span, stretch(n.Note, shown.Start, shown.End), shown.Spans}
			}
			some = append(some, note)
		}
		notes[passage] = some
	}
	return notes, nil
}

// uncut takes nothing from notes.
func uncut(string) (index.Excerpt, error) { return index.Excerpt{}, nil }
