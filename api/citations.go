package api

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

const (
	mostCitations = 200
	openingLength = 240 // code points
)

type citationAnswer struct {
	Text       string                  `json:"text"`
	Written    bool                    `json:"written"`
	Status     string                  `json:"status"`
	Document   *store.DocumentSummary  `json:"document,omitempty"`
	Version    string                  `json:"version,omitempty"`
	Language   string                  `json:"language,omitempty"`
	Provision  string                  `json:"provision,omitempty"`
	Passage    string                  `json:"passage,omitempty"`
	Pinpoint   string                  `json:"pinpoint,omitempty"`
	Heading    string                  `json:"heading,omitempty"`
	Opening    string                  `json:"opening,omitempty"`
	Reason     string                  `json:"reason,omitempty"`
	Candidates []store.DocumentSummary `json:"candidates"`
}

func (s *Server) citations(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	lines := index.CitationLines(c.QueryParam("text"))
	if len(lines) > mostCitations {
		return fmt.Errorf("%w: there are %d lines; send at most %d at a time", errRequest, len(lines), mostCitations)
	}
	names, err := s.cited.of(ctx, s, asker)
	if err != nil {
		return err
	}
	cited := names.ResolveList(lines)
	answers := make([]citationAnswer, len(cited))
	for i := range cited {
		if answers[i], err = s.answerCited(ctx, asker, &cited[i]); err != nil {
			return err
		}
	}
	// One document after the other, so that its text is read once.
	order := make([]int, len(cited))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(cited[a].Document.ID, cited[b].Document.ID) })
	for _, i := range order {
		if cited[i].Status != index.Resolved {
			continue
		}
		if err := s.locate(ctx, asker, &cited[i], c.QueryParam("lang"), &answers[i]); err != nil {
			return err
		}
	}
	return answerJSON(c, http.StatusOK, map[string]any{"citations": answers})
}

// answerCited returns the answer as far as it is known without reading a text.
func (s *Server) answerCited(ctx context.Context, asker annotations.Asker, cited *index.Cited) (citationAnswer, error) {
	a := citationAnswer{
		Text: cited.Text, Written: cited.Written, Status: cited.Status, Reason: cited.Reason, Candidates: []store.DocumentSummary{},
	}
	ids := make([]string, len(cited.Candidates))
	for i, d := range cited.Candidates {
		ids[i] = d.ID
	}
	found, err := s.Store.DocumentsByID(ctx, asker, ids)
	if err != nil {
		return a, err
	}
	for _, id := range ids {
		if summary, ok := found[id]; ok {
			a.Candidates = append(a.Candidates, summary)
		}
	}
	return a, nil
}

// locate fills in where a citation of a known document leads to. What the text
// of the document does not have may be in another edition or in our digest.
func (s *Server) locate(ctx context.Context, asker annotations.Asker, cited *index.Cited, language string, a *citationAnswer) error {
	place, err := s.locateIn(ctx, asker, cited, cited.Document, language, a)
	if err != nil || place.Missing == "" {
		return err
	}
	a.Status, a.Reason = index.Partial, place.Missing
	for _, other := range cited.Others {
		elsewhere := *a
		found, err := s.locateIn(ctx, asker, cited, other, language, &elsewhere)
		if err != nil {
			return err
		}
		if found.Missing == "" {
			elsewhere.Reason = place.Missing + " " + inOther(other)
			*a = elsewhere
			return nil
		}
	}
	return nil
}

func inOther(d index.Document) string {
	if d.Digest {
		return "Our digest of the instrument has it."
	}
	return "Another edition here has it."
}

func (s *Server) locateIn(
	ctx context.Context, asker annotations.Asker, cited *index.Cited, document index.Document, language string, a *citationAnswer,
) (index.Place, error) {
	detail, err := s.Store.Document(ctx, asker, document.ID)
	if err != nil {
		return index.Place{}, err
	}
	a.Document = &detail.DocumentSummary
	summary, ok := versionIn(detail.Versions, language)
	if !ok {
		return index.Place{Provision: -1}, nil
	}
	v, err := s.Store.Version(ctx, asker, summary.ID)
	if err != nil {
		return index.Place{}, err
	}
	place := v.Locate(cited.Steps, textOf(document))
	a.Version, a.Language, a.Reason = v.ID, v.Language, place.Note
	if cited.Range {
		a.Reason = index.FirstOnly
	}
	if i := place.Provision; i >= 0 {
		p := v.Provisions[i]
		a.Provision, a.Pinpoint, a.Opening = p.ID, v.Pinpoint(i), v.Opening(i, openingLength)
		a.Passage, a.Heading = passageAt(v, i), headingAt(v, i)
	}
	return place, nil
}

// textOf names the text of a document as far as it is here.
func textOf(d index.Document) string {
	if strings.HasPrefix(d.Remarks, index.PartialText) {
		return "The part of “" + d.Name() + "” that is here"
	}
	return "“" + d.Name() + "”"
}

// versionIn returns the current version in a language, else in English, else the
// first; false if there are none.
func versionIn(versions []store.VersionSummary, language string) (store.VersionSummary, bool) {
	current := slices.DeleteFunc(slices.Clone(versions), func(v store.VersionSummary) bool { return !v.Current })
	for _, wanted := range []string{language, "en"} {
		for _, v := range current {
			if wanted != "" && strings.EqualFold(v.Language, wanted) {
				return v, true
			}
		}
	}
	if len(current) == 0 {
		return store.VersionSummary{}, false
	}
	return current[0], true
}

// passageAt returns the id of the passage that provision i is or is in, else of
// the first passage in it; "" if it has none.
func passageAt(v *index.Version, i int) string {
	for at := i; at >= 0; at = v.Provisions[at].Parent {
		if v.Provisions[at].Passage {
			return v.Provisions[at].ID
		}
	}
	for _, p := range v.Provisions[i:] {
		if p.Start < v.Provisions[i].End && p.Passage {
			return p.ID
		}
	}
	return ""
}

// headingAt returns the heading of provision i or of the nearest one around it
// within its passage.
func headingAt(v *index.Version, i int) string {
	for at := i; at >= 0; at = v.Provisions[at].Parent {
		if p := v.Provisions[at]; p.Heading != "" || p.Passage {
			return p.Heading
		}
	}
	return ""
}

// citedNames keeps what all documents are called for as long as that is true.
type citedNames struct {
	mu    sync.Mutex
	mark  int64 // of the store when state was true
	state store.LibraryState
	made  *index.Names
}

// of returns the names of all documents, also those that Config.Complete knows.
func (n *citedNames) of(ctx context.Context, s *Server, asker annotations.Asker) (*index.Names, error) {
	mark, err := s.Store.Mark(ctx)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.made != nil && n.mark == mark {
		return n.made, nil
	}
	state, err := s.Store.LibraryState(ctx)
	if err != nil {
		return nil, err
	}
	if n.made == nil || n.state != state {
		documents, err := s.Store.Library(ctx, asker)
		if err != nil {
			return nil, err
		}
		for i := range documents {
			known := index.Document{ID: documents[i].ID}
			s.Complete(&known)
			documents[i].Aliases = append(append(documents[i].Aliases, known.Title, known.ShortTitle), known.Aliases...)
		}
		n.made = index.NewNames(documents)
	}
	n.mark, n.state = mark, state
	return n.made, nil
}
