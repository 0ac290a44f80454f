package api

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/query"
)

type suggestedAnswer struct {
	Document store.DocumentSummary `json:"document"`
	Hit      hitAnswer             `json:"hit"`
	Reasons  []string              `json:"reasons"`
}

// suggested lists passages like those tagged with a concept.
func (s *Server) suggested(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	size, err := number(c, "size")
	if err != nil {
		return err
	}
	concept, err := s.Store.Concept(ctx, asker, c.Param("concept"))
	if err != nil {
		return err
	}
	rejected, err := s.Store.Rejections(ctx, asker, concept.ID)
	if err != nil {
		return err
	}
	o := index.AlikeOptions{Audiences: asker.Audiences(), Limit: size}
	for _, key := range rejected {
		o.Unwanted = append(o.Unwanted, index.Passage{Version: key.Version, Provision: key.Provision}.ID())
	}
	alike, err := bounded(ctx, func(ctx context.Context) (*index.Alike, error) {
		return s.Engine.Alike(ctx, query.Value("concept", concept.Label), o)
	})
	if err != nil {
		return err
	}
	answers, err := s.answerAlike(ctx, asker, concept, alike.Passages)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{
		"concept":  refTo(concept),
		"examples": alike.Examples, "rejected": len(rejected), "suggestions": answers, "mark": alike.Mark,
	})
}

// answerAlike puts passages that may belong to a concept in words, without those
// that were tagged with it since they were indexed.
func (s *Server) answerAlike(ctx context.Context, asker annotations.Asker, concept annotations.Concept, all []index.Likely) ([]suggestedAnswer, error) {
	passages, in := make([]store.PassageKey, len(all)), map[string][]store.PassageKey{}
	for i, likely := range all {
		passages[i] = store.PassageKey{Version: likely.Version, Provision: likely.Provision}
		in[likely.Document] = append(in[likely.Document], passages[i])
	}
	documents, err := s.Store.DocumentsByID(ctx, asker, slices.Collect(maps.Keys(in)))
	if err != nil {
		return nil, err
	}
	found, err := s.Store.BriefsOn(ctx, asker, in)
	if err != nil {
		return nil, err
	}
	notes, err := hitNotes(found, sync.OnceValues(func() (names, error) { return s.names(ctx) }), uncut)
	if err != nil {
		return nil, err
	}
	answers := []suggestedAnswer{}
	for i, likely := range all {
		if tagged(found[passages[i]], concept.ID) {
			continue
		}
		reasons := make([]string, len(likely.Evidence))
		for i, evidence := range likely.Evidence {
			reasons[i] = evidence.Word
		}
		hit := index.Hit{
			Passage: likely.Passage, Spans: likely.Spans, CitedProvision: likely.Provision, CitedPinpoint: likely.Pinpoint,
			Snippet: mostMarked(likely.Span, likely.Spans, longestLook),
		}
		answers = append(answers, suggestedAnswer{documents[likely.Document], answerHit(hit, notes[passages[i]]), reasons})
	}
	return answers, nil
}

func tagged(all []store.Brief, concept string) bool {
	for _, n := range all {
		for _, id := range n.Concepts {
			if id == concept && !n.Absent {
				return true
			}
		}
	}
	return false
}

// longestLook is how much of a suggestion is shown, in code points.
const longestLook = 1200

// mostMarked returns the stretch of a passage, at most so long, that has the most
// marks: the passage if it is no longer.
func mostMarked(passage index.Span, marks []index.Span, longest int) index.Span {
	if passage.End-passage.Start <= longest {
		return passage
	}
	best, most := passage.Start, -1
	for i, mark := range marks {
		n := 0
		for _, other := range marks[i:] {
			if other.End > mark.Start+longest {
				break
			}
			n++
		}
		if n > most {
			best, most = mark.Start, n
		}
	}
	start := min(max(best-longest/20, passage.Start), passage.End-longest)
	return index.Span{Start: start, End: start + longest}
}

func (s *Server) reject(c echo.Context, asker annotations.Asker) error {
	key := store.PassageKey{Version: c.Param("version"), Provision: c.Param("provision")}
	if err := s.Store.Reject(c.Request().Context(), asker, c.Param("concept"), key); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) reconsider(c echo.Context, asker annotations.Asker) error {
	key := store.PassageKey{Version: c.Param("version"), Provision: c.Param("provision")}
	if err := s.Store.Reconsider(c.Request().Context(), asker, c.Param("concept"), key); err != nil {
		return err
	}
	return gone(c)
}
