package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

// Bounds of tagging all hits.
const (
	mostTagged    = 5000 // hits at once
	mostStretches = 50   // of one hit
	contextShown  = 60   // code points before and after the stretches
	longestShown  = 400  // code points of a hit
)

type taggingAnswer struct {
	Passages  int             `json:"passages"`
	Documents int             `json:"documents"`
	Most      int             `json:"most"`
	Groups    []taggableGroup `json:"groups"`
}

type taggableGroup struct {
	Document string     `json:"document"`
	Name     string     `json:"name"`
	Hits     []taggable `json:"hits"`
}

// A taggable is a hit and what of it would be tagged.
type taggable struct {
	Version   string       `json:"version"`
	Language  string       `json:"language"`
	Provision string       `json:"provision"`
	Pinpoint  string       `json:"pinpoint"`
	Stretches []index.Span `json:"stretches"`
	Left      int          `json:"left"` // stretches that are too many
	Snippet   snippet      `json:"snippet"`
}

// tagging tells what of each hit of a search would be tagged.
func (s *Server) tagging(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	asked, err := s.asked(c, asker)
	if err != nil {
		return err
	}
	options := index.Options{Audiences: asker.Audiences(), Sort: c.QueryParam("sort")}
	found, err := bounded(ctx, func(ctx context.Context) (*taggingAnswer, error) {
		counted, err := s.Engine.Search(ctx, asked.Query, index.Options{Audiences: options.Audiences})
		if err != nil {
			return nil, err
		}
		answer := &taggingAnswer{Passages: counted.Passages, Documents: counted.Documents, Most: mostTagged, Groups: []taggableGroup{}}
		left := mostTagged
		err = s.Engine.Hits(ctx, asked.Query, options, func(h index.Hit) error {
			if left--; left < 0 {
				return errEnough
			}
			last := len(answer.Groups) - 1
			if last < 0 || answer.Groups[last].Document != h.Document {
				answer.Groups, last = append(answer.Groups, taggableGroup{Document: h.Document}), last+1
			}
			answer.Groups[last].Hits = append(answer.Groups[last].Hits, taggableOf(h, c.QueryParam("stretch")))
			return nil
		})
		if errors.Is(err, errEnough) {
			err = nil
		}
		return answer, err
	})
	if err != nil {
		return err
	}
	ids := make([]string, len(found.Groups))
	for i, g := range found.Groups {
		ids[i] = g.Document
	}
	documents, err := s.Store.DocumentsByID(ctx, asker, ids)
	if err != nil {
		return err
	}
	for i := range found.Groups {
		found.Groups[i].Name = documents[found.Groups[i].Document].Name()
	}
	return answerJSON(c, http.StatusOK, found)
}

func taggableOf(h index.Hit, what string) taggable {
	stretches := stretchesIn(h, what)
	left := max(len(stretches)-mostStretches, 0)
	stretches = stretches[:len(stretches)-left]
	shown := index.Span{Start: max(stretches[0].Start-contextShown, h.Start), End: min(stretches[len(stretches)-1].End+contextShown, h.End)}
	shown.End = min(shown.End, shown.Start+longestShown)
	return taggable{
		Version: h.Version, Language: h.Language, Provision: h.Provision, Pinpoint: h.Pinpoint, Stretches: stretches, Left: left,
		Snippet: snippet{shown, stretch(h.Text, shown.Start-h.Start, shown.End-h.Start)},
	}
}

// stretchesIn returns what of a hit is tagged, as offsets in the version's text,
// ascending: the words that match, the sentences or paragraphs they are in, or
// the passage. It is the passage too if no words match, as where a search asks
// for a field alone.
func stretchesIn(h index.Hit, what string) []index.Span {
	var starts []int
	switch {
	case what == "passage" || len(h.Spans) == 0:
		return []index.Span{h.Span}
	case what == "words":
		return h.Spans
	case what == "sentence":
		starts = index.Sentences(h.Text)
	default:
		starts = index.Paragraphs(h.Passage)
	}
	var stretches []index.Span
	for _, span := range h.Spans {
		s := around(span, h, starts)
		if last := len(stretches) - 1; last >= 0 && s.Start < stretches[last].End {
			stretches[last].End = max(stretches[last].End, s.End)
			continue
		}
		stretches = append(stretches, s)
	}
	return trimmed(stretches, h)
}

// around returns the units of a passage that a span is in; they begin at starts.
func around(span index.Span, h index.Hit, starts []int) index.Span {
	first, found := slices.BinarySearch(starts, span.Start-h.Start)
	if !found {
		first--
	}
	next, _ := slices.BinarySearch(starts, span.End-h.Start)
	s := index.Span{Start: h.Start, End: h.End}
	if first >= 0 {
		s.Start += starts[first]
	}
	if next < len(starts) {
		s.End = h.Start + starts[next]
	}
	return s
}

// trimmed returns stretches without the white space at their ends.
func trimmed(stretches []index.Span, h index.Hit) []index.Span {
	for i, s := range stretches {
		text := stretch(h.Text, s.Start-h.Start, s.End-h.Start)
		s.Start += utf8.RuneCountInString(text) - utf8.RuneCountInString(strings.TrimLeft(text, " \n\t\u00a0"))
		s.End -= utf8.RuneCountInString(text) - utf8.RuneCountInString(strings.TrimRight(text, " \n\t\u00a0"))
		stretches[i] = s
	}
	return stretches
}

// tagAll tags hits, all in one operation.
func (s *Server) tagAll(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Search     string   `json:"search"`
		Concepts   []string `json:"concepts"`
		Note       string   `json:"note"`
		Visibility string   `json:"visibility"`
		Group      string   `json:"group"`
		Hits       []struct {
			Version   string       `json:"version"`
			Stretches []index.Span `json:"stretches"`
		} `json:"hits"`
	}](c)
	if err != nil {
		return err
	}
	wanted := make([]store.NewAnnotation, len(given.Hits))
	for i, h := range given.Hits {
		wanted[i] = store.NewAnnotation{
			Version: h.Version, Concepts: given.Concepts, Note: given.Note, Visibility: given.Visibility, Group: given.Group,
		}
		for _, s := range h.Stretches {
			wanted[i].Targets = append(wanted[i].Targets, annotations.Target{Start: s.Start, End: s.End})
		}
	}
	what := "Hits of a search tagged"
	if given.Search != "" {
		what = fmt.Sprintf("Hits of “%s” tagged", given.Search)
	}
	operation, added, err := s.Store.CreateAnnotations(c.Request().Context(), asker, what, wanted)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusCreated, map[string]any{
		"operation": operation, "added": len(added), "there": len(wanted) - len(added),
	})
}
