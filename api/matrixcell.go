package api

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

type matrixCellAnswer struct {
	Document store.DocumentSummary `json:"document"`
	Concept  conceptRef            `json:"concept"`
	Passages []cellPassage         `json:"passages"`
	People   []string              `json:"people"`
	Whole    []annotationAnswer    `json:"whole"`
}

// A cellPassage is a passage with what tags it so.
type cellPassage struct {
	Version   string `json:"version"`
	Language  string `json:"language"`
	Provision string `json:"provision"`
	Pinpoint  string `json:"pinpoint"`
	Heading   string `json:"heading,omitempty"`
	index.Span
	Begins string    `json:"begins"`
	Tags   []cellTag `json:"tags"`
}

type cellTag struct {
	ID       string       `json:"id"`
	Exact    string       `json:"exact"`
	Creator  string       `json:"creator"`
	Concepts []conceptRef `json:"concepts"`
	Note     string       `json:"note"`
}

// matrixCell serves what is behind a cell.
func (s *Server) matrixCell(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	id := c.QueryParam("document")
	documents, err := s.Store.DocumentsByID(ctx, asker, []string{id})
	if err != nil {
		return err
	}
	if _, ok := documents[id]; !ok {
		return fmt.Errorf("%w: there is no document %q", errNotFound, id)
	}
	tree, err := s.conceptTree(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(tree, func(k matrixConcept) bool { return k.ID == c.QueryParam("concept") })
	if at < 0 {
		return fmt.Errorf("%w: there is no concept %q", errNotFound, c.QueryParam("concept"))
	}
	concepts := []string{tree[at].ID}
	if c.QueryParam("rolled") == "true" {
		for _, narrower := range tree[at+1 : at+1+tree[at].Narrower] {
			concepts = append(concepts, narrower.ID)
		}
	}
	detail, err := s.Store.CellDetail(ctx, asker, id, concepts)
	if err != nil {
		return err
	}
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	answer := matrixCellAnswer{Document: documents[id], Concept: tree[at].conceptRef, Passages: []cellPassage{}, People: []string{}, Whole: []annotationAnswer{}}
	for _, p := range detail.Passages {
		v, err := s.Store.Version(ctx, asker, p.Version)
		if err != nil {
			return err
		}
		passage, err := passageOf(v, p.Provision)
		if err != nil {
			return err
		}
		one := cellPassage{
			Version: v.ID, Language: v.Language, Provision: passage.Provision, Pinpoint: passage.Pinpoint, Heading: passage.Heading,
			Span: passage.Span, Begins: stretch(passage.Text, 0, beginning), Tags: []cellTag{},
		}
		for _, n := range p.Annotations {
			name := names.users[n.Creator]
			one.Tags = append(one.Tags, cellTag{n.ID, stretch(n.Target.Exact, 0, quoted), name, names.refs(n.Concepts), n.Note})
			if !slices.Contains(answer.People, name) {
				answer.People = append(answer.People, name)
			}
		}
		answer.Passages = append(answer.Passages, one)
	}
	placed := make([]store.Placed, len(detail.Whole))
	for i, n := range detail.Whole {
		placed[i] = store.Placed{Annotation: n, Placement: annotations.Placement{Version: n.Version, State: annotations.Same}}
	}
	if answer.Whole, err = s.answerAnnotations(ctx, asker, placed); err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, answer)
}

// quoted is how much of what is tagged is shown, in code points.
const quoted = 600
