package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

// A roundAnswer is a coding round with its ids put in words.
type roundAnswer struct {
	annotations.Round
	Concepts      []conceptRef    `json:"concepts"`
	Leader        creator         `json:"leader"`
	Adjudicator   creator         `json:"adjudicator"`
	Assignments   any             `json:"assignments,omitempty"` // by document instead
	Documents     []codedDocument `json:"documents"`
	MayLead       bool            `json:"mayLead"`
	MayAdjudicate bool            `json:"mayAdjudicate"`
}

// A codedDocument is a document of a round and who codes it.
type codedDocument struct {
	ID      string       `json:"id"`
	Title   string       `json:"title"`
	Version string       `json:"version"`
	Coders  []roundCoder `json:"coders"`
}

type roundCoder struct {
	creator
	Finished int64 `json:"finished"`
	Own      bool  `json:"own"`
}

// answerRounds puts rounds in words for the asker, their documents in the order
// of their titles.
func (s *Server) answerRounds(ctx context.Context, asker annotations.Asker, rounds []annotations.Round) ([]roundAnswer, error) {
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	titles, err := s.titles(ctx, asker, rounds...)
	if err != nil {
		return nil, err
	}
	answers := make([]roundAnswer, len(rounds))
	for i, r := range rounds {
		answers[i] = roundAnswer{
			Round: r, Concepts: names.refs(r.Concepts), Leader: names.creator(r.Leader), Adjudicator: names.creator(r.Adjudicator),
			Documents: []codedDocument{}, MayLead: asker.MayLead(r), MayAdjudicate: asker.MayAdjudicate(r),
		}
		for _, a := range r.Assignments {
			at := slices.IndexFunc(answers[i].Documents, func(d codedDocument) bool { return d.ID == a.Document })
			if at < 0 {
				at = len(answers[i].Documents)
				answers[i].Documents = append(answers[i].Documents, codedDocument{ID: a.Document, Title: titles[a.Document], Version: a.Version})
			}
			of := &answers[i].Documents[at]
			of.Coders = append(of.Coders, roundCoder{names.creator(a.Coder), a.Finished, a.Coder == asker.User})
		}
		for _, d := range answers[i].Documents {
			slices.SortFunc(d.Coders, func(a, b roundCoder) int { return strings.Compare(a.Name, b.Name) })
		}
		slices.SortStableFunc(answers[i].Documents, func(a, b codedDocument) int { return strings.Compare(a.Title, b.Title) })
	}
	return answers, nil
}

// titles returns what the documents of rounds are called, by id.
func (s *Server) titles(ctx context.Context, asker annotations.Asker, rounds ...annotations.Round) (map[string]string, error) {
	var ids []string
	for _, r := range rounds {
		for _, a := range r.Assignments {
			ids = append(ids, a.Document)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	titles := make(map[string]string, len(ids))
	for some := range slices.Chunk(ids, 200) {
		documents, err := s.Store.DocumentsByID(ctx, asker, some)
		if err != nil {
			return nil, err
		}
		for id, d := range documents {
			titles[id] = d.Name()
		}
	}
	return titles, nil
}

func (s *Server) answerRound(c echo.Context, status int, asker annotations.Asker, r annotations.Round) error {
	answers, err := s.answerRounds(c.Request().Context(), asker, []annotations.Round{r})
	if err != nil {
		return err
	}
	return answerJSON(c, status, answers[0])
}

func (s *Server) rounds(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	rounds, err := s.Store.Rounds(ctx, asker)
	if err != nil {
		return err
	}
	answers, err := s.answerRounds(ctx, asker, rounds)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"rounds": answers})
}

func (s *Server) round(c echo.Context, asker annotations.Asker) error {
	r, err := s.Store.Round(c.Request().Context(), asker, c.Param("round"))
	if err != nil {
		return err
	}
	return s.answerRound(c, http.StatusOK, asker, r)
}

func (s *Server) openRound(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		store.NewRound
		Documents []string `json:"documents"`
		Coders    []string `json:"coders"`
		Each      int      `json:"each"`
	}](c)
	if err != nil {
		return err
	}
	spread := annotations.Spread(given.Documents, given.Coders, given.Each)
	for _, document := range given.Documents {
		given.Assignments = append(given.Assignments, store.NewAssignment{Document: document, Coders: spread[document]})
	}
	r, err := s.Store.CreateRound(c.Request().Context(), asker, given.NewRound)
	if err != nil {
		return err
	}
	return s.answerRound(c, http.StatusCreated, asker, r)
}

func (s *Server) updateRound(c echo.Context, asker annotations.Asker) error {
	edit, err := body[store.RoundEdit](c)
	if err != nil {
		return err
	}
	r, err := s.Store.UpdateRound(c.Request().Context(), asker, c.Param("round"), edit)
	if err != nil {
		return err
	}
	return s.answerRound(c, http.StatusOK, asker, r)
}

func (s *Server) deleteRound(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.DeleteRound(c.Request().Context(), asker, c.Param("round")); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) finishDocument(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Document string `json:"document"`
		Finished bool   `json:"finished"`
	}](c)
	if err != nil {
		return err
	}
	r, err := s.Store.FinishDocument(c.Request().Context(), asker, c.Param("round"), given.Document, given.Finished)
	if err != nil {
		return err
	}
	return s.answerRound(c, http.StatusOK, asker, r)
}

// closedRounds returns which of the rounds that annotations were made in are
// closed.
func (s *Server) closedRounds(ctx context.Context, placed []store.Placed) (map[string]bool, error) {
	var ids []string
	for _, p := range placed {
		if p.Round != "" && !slices.Contains(ids, p.Round) {
			ids = append(ids, p.Round)
		}
	}
	if len(ids) == 0 {
		return map[string]bool{}, nil
	}
	return s.Store.ClosedRounds(ctx, ids)
}
