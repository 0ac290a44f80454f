package api

import (
	"cmp"
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

type operationAnswer struct {
	ID     string `json:"id"`
	At     int64  `json:"at"`
	What   string `json:"what"`
	Undone int64  `json:"undone"`
	Count  int    `json:"count"`
}

type eventAnswer struct {
	Number     int64            `json:"number"`
	Deed       string           `json:"deed"`
	Who        creator          `json:"who"`
	At         int64            `json:"at"`
	Operation  string           `json:"operation"`
	Title      string           `json:"title"`
	Annotation annotationAnswer `json:"annotation"`
}

// operations lists what the asker has done.
func (s *Server) operations(c echo.Context, asker annotations.Asker) error {
	size, err := number(c, "size")
	if err != nil {
		return err
	}
	all, err := s.Store.Operations(c.Request().Context(), asker, size)
	if err != nil {
		return err
	}
	answers := make([]operationAnswer, len(all))
	for i, o := range all {
		answers[i] = operationAnswer(o)
	}
	return answerJSON(c, http.StatusOK, map[string]any{"operations": answers})
}

func (s *Server) undo(c echo.Context, asker annotations.Asker) error {
	return answerReverted(c, asker, s.Store.Undo)
}

func (s *Server) redo(c echo.Context, asker annotations.Asker) error {
	return answerReverted(c, asker, s.Store.Redo)
}

func answerReverted(c echo.Context, asker annotations.Asker,
	revert func(context.Context, annotations.Asker, string) (store.Reverted, error)) error {
	r, err := revert(c.Request().Context(), asker, c.Param("operation"))
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{
		"operation": operationAnswer(r.Operation), "changed": r.Changed, "kept": r.Kept,
	})
}

// annotationHistory lists what was done to an annotation.
func (s *Server) annotationHistory(c echo.Context, asker annotations.Asker) error {
	events, err := s.Store.History(c.Request().Context(), asker, c.Param("annotation"))
	if err != nil {
		return err
	}
	return s.answerEvents(c, asker, events)
}

// trash lists what was deleted of late.
func (s *Server) trash(c echo.Context, asker annotations.Asker) error {
	size, err := number(c, "size")
	if err != nil {
		return err
	}
	events, err := s.Store.Trash(c.Request().Context(), asker, size)
	if err != nil {
		return err
	}
	return s.answerEvents(c, asker, events)
}

func (s *Server) answerEvents(c echo.Context, asker annotations.Asker, events []store.Event) error {
	ctx := c.Request().Context()
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	placed, ids := make([]store.Placed, len(events)), make([]string, len(events))
	for i, e := range events {
		placed[i], ids[i] = own(e.Annotation), e.Annotation.Document
	}
	states, err := s.answerAnnotations(ctx, asker, placed)
	if err != nil {
		return err
	}
	documents, err := s.Store.DocumentsByID(ctx, asker, ids)
	if err != nil {
		return err
	}
	answers := make([]eventAnswer, len(events))
	for i, e := range events {
		about := documents[ids[i]].Document
		title := cmp.Or(about.ShortTitle, about.Title)
		answers[i] = eventAnswer{e.Number, e.Deed, names.creator(e.Who), e.At, e.Operation, title, states[i]}
	}
	return answerJSON(c, http.StatusOK, map[string]any{"events": answers})
}
