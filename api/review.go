package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/annotations/store"
)

type reviewAnswer struct {
	Annotation  annotationAnswer  `json:"annotation"`
	NowPinpoint string            `json:"nowPinpoint"`
	Wording     []pieceAnswer     `json:"wording"`
	Candidates  []candidateAnswer `json:"candidates"`
}

type candidateAnswer struct {
	Target   annotations.Target `json:"target"`
	Pinpoint string             `json:"pinpoint"`
	Wording  []pieceAnswer      `json:"wording"`
}

// review lists what has to be looked at since a text has changed.
func (s *Server) review(c echo.Context, asker annotations.Asker) error {
	offset, size, err := page(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	items, total, err := s.Store.Review(ctx, asker, c.Param("document"), offset, size)
	if err != nil {
		return err
	}
	placed := make([]store.Placed, len(items))
	for i, item := range items {
		placed[i] = item.Placed
	}
	answers, err := s.answerAnnotations(ctx, asker, placed)
	if err != nil {
		return err
	}
	known := pinpoints{}
	list := make([]reviewAnswer, len(items))
	for i, item := range items {
		v, err := s.Store.Version(ctx, asker, item.Placement.Version)
		if err != nil {
			return err
		}
		list[i] = reviewAnswer{
			Annotation: answers[i], NowPinpoint: known.of(v, item.Placement.Passage),
			Wording: answerPieces(item.Wording, []rune(item.Before), []rune(item.After)), Candidates: []candidateAnswer{},
		}
		for _, near := range item.Candidates {
			list[i].Candidates = append(list[i].Candidates, candidateAnswer{
				near.Target, known.of(v, near.Passage),
				answerPieces(anchor.Wording(item.Before, near.Target.Exact), []rune(item.Before), []rune(near.Target.Exact)),
			})
		}
	}
	return answerJSON(c, http.StatusOK, map[string]any{"total": total, "items": list})
}

// answerPieces puts pieces of two texts in words.
func answerPieces(pieces []anchor.Piece, before, after []rune) []pieceAnswer {
	answers := make([]pieceAnswer, len(pieces))
	for i, p := range pieces {
		text := after
		if p.State == anchor.Deleted {
			text = before
		}
		answers[i] = pieceAnswer{p.State, string(text[p.Start:p.End]), p.Line}
	}
	return answers
}

// reviewPlacement takes in what somebody decides about where an annotation
// stands.
func (s *Server) reviewPlacement(c echo.Context, asker annotations.Asker) error {
	decision, err := body[struct {
		Deed  string `json:"deed"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		Exact string `json:"exact"`
	}](c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	placed, err := s.Store.Decide(ctx, asker, c.Param("annotation"), c.Param("version"), store.Decision(decision))
	if err != nil {
		return err
	}
	answers, err := s.answerAnnotations(ctx, asker, []store.Placed{placed})
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, answers[0])
}
