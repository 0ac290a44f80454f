package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

// An annotationAnswer is an annotation with its ids put in words.
type annotationAnswer struct {
	annotations.Annotation
	Pinpoint  string                `json:"pinpoint"`
	Concepts  []conceptRef          `json:"concepts"`
	Creator   creator               `json:"creator"`
	Editable  bool                  `json:"editable"`
	GroupName string                `json:"groupName,omitempty"`
	Operation string                `json:"operation,omitempty"`
	Placement annotations.Placement `json:"placement"`
}

type creator struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// answerAnnotations puts annotations in words for the asker, in their order.
func (s *Server) answerAnnotations(ctx context.Context, asker annotations.Asker, placed []store.Placed) ([]annotationAnswer, error) {
	if len(placed) == 0 {
		return []annotationAnswer{}, nil
	}
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	closed, err := s.closedRounds(ctx, placed)
	if err != nil {
		return nil, err
	}
	called, err := s.groupsCalled(ctx, asker, placed)
	if err != nil {
		return nil, err
	}
	known := pinpoints{}
	answers := make([]annotationAnswer, len(placed))
	for i, p := range placed {
		if p.Pinpoint == "" && p.Passage != "" {
			v, err := s.Store.Version(ctx, asker, p.Version)
			if err != nil {
				return nil, err
			}
			p.Pinpoint = known.of(v, p.Passage)
		}
		answers[i] = annotationAnswer{
			Annotation: p.Annotation, Pinpoint: p.Pinpoint, Concepts: names.refs(p.Concepts),
			Creator: names.creator(p.Creator), Editable: asker.MayEdit(p.Annotation) && !closed[p.Round], Placement: p.Placement,
			GroupName: called[p.Group],
		}
	}
	return answers, nil
}

// pinpoints are the citations of provisions by version and id.
type pinpoints map[string]map[string]string

// of returns the citation of a provision, "" if the version has none with that
// id.
func (known pinpoints) of(v *index.Version, provision string) string {
	citations, ok := known[v.ID]
	if !ok {
		citations = make(map[string]string, len(v.Provisions))
		for i, pinpoint := range v.Pinpoints() {
			citations[v.Provisions[i].ID] = pinpoint
		}
		known[v.ID] = citations
	}
	return citations[provision]
}

// own is an annotation as it stands in the version it was made on.
func own(n annotations.Annotation) store.Placed {
	at := annotations.Placement{Version: n.Version, State: annotations.Same, Target: n.Target, More: n.More, Passage: n.Passage}
	return store.Placed{Annotation: n, Placement: at}
}

// answerWritten writes an annotation that has just been written, with the
// operation.
func (s *Server) answerWritten(c echo.Context, status int, asker annotations.Asker, n annotations.Annotation) error {
	ctx := c.Request().Context()
	answers, err := s.answerAnnotations(ctx, asker, []store.Placed{own(n)})
	if err != nil {
		return err
	}
	if answers[0].Operation, err = s.Store.OperationOf(ctx, n.Number); err != nil {
		return err
	}
	return answerJSON(c, status, answers[0])
}

func (s *Server) margin(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	placed, err := s.Store.AnnotationsOf(ctx, asker, c.Param("version"))
	if err != nil {
		return err
	}
	answers, err := s.answerAnnotations(ctx, asker, placed)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"annotations": answers})
}

// annotationsIn returns the annotations that stand in a passage, or reach into
// it.
func (s *Server) annotationsIn(ctx context.Context, asker annotations.Asker, p index.Passage) ([]annotationAnswer, error) {
	placed, err := s.Store.AnnotationsOf(ctx, asker, p.Version)
	if err != nil {
		return nil, err
	}
	placed = slices.DeleteFunc(placed, func(n store.Placed) bool {
		return !slices.ContainsFunc(n.Placement.Stretches(), func(at annotations.Target) bool {
			return p.Start < at.End && at.Start < p.End
		})
	})
	return s.answerAnnotations(ctx, asker, placed)
}

func (s *Server) annotation(c echo.Context, asker annotations.Asker) error {
	n, err := s.Store.Annotation(c.Request().Context(), asker, c.Param("annotation"))
	if err != nil {
		return err
	}
	answers, err := s.answerAnnotations(c.Request().Context(), asker, []store.Placed{own(n)})
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, answers[0])
}

func (s *Server) createAnnotation(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Version    string               `json:"version"`
		Targets    []annotations.Target `json:"targets"`
		Document   string               `json:"document"`
		ReplyTo    string               `json:"replyTo"`
		Concepts   []string             `json:"concepts"`
		Absent     bool                 `json:"absent"`
		Note       string               `json:"note"`
		Visibility string               `json:"visibility"`
		Group      string               `json:"group"`
		Round      string               `json:"round"`
		Extra      json.RawMessage      `json:"extra"`
	}](c)
	if err != nil {
		return err
	}
	n, err := s.Store.CreateAnnotation(c.Request().Context(), asker, store.NewAnnotation(given))
	if err != nil {
		return err
	}
	return s.answerWritten(c, http.StatusCreated, asker, n)
}

func (s *Server) updateAnnotation(c echo.Context, asker annotations.Asker) error {
	edit, err := body[struct {
		Targets    *[]annotations.Target `json:"targets"`
		Concepts   *[]string             `json:"concepts"`
		Absent     *bool                 `json:"absent"`
		Note       *string               `json:"note"`
		Visibility *string               `json:"visibility"`
		Group      *string               `json:"group"`
		Extra      *json.RawMessage      `json:"extra"`
		Number     int64                 `json:"number"`
	}](c)
	if err != nil {
		return err
	}
	n, err := s.Store.UpdateAnnotation(c.Request().Context(), asker, c.Param("annotation"), store.AnnotationEdit(edit))
	if err != nil {
		return err
	}
	return s.answerWritten(c, http.StatusOK, asker, n)
}

func (s *Server) deleteAnnotation(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	number, err := s.Store.DeleteAnnotation(ctx, asker, c.Param("annotation"))
	if err != nil {
		return err
	}
	operation, err := s.Store.OperationOf(ctx, number)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]string{"operation": operation})
}

func (s *Server) restoreAnnotation(c echo.Context, asker annotations.Asker) error {
	n, err := s.Store.RestoreAnnotation(c.Request().Context(), asker, c.Param("annotation"))
	if err != nil {
		return err
	}
	return s.answerWritten(c, http.StatusOK, asker, n)
}
