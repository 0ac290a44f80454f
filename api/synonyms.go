package api

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/index/query"
)

type synonymsAnswer struct {
	Text   string         `json:"text"`
	Edited bool           `json:"edited"`
	Groups []synonymGroup `json:"groups"`
}

type synonymGroup struct {
	Forms []string `json:"forms"`
	Adds  []string `json:"adds"`
}

func (s *Server) synonymsText(c echo.Context, _ annotations.Asker) error {
	ctx := c.Request().Context()
	text, edited, err := s.synonyms.Text(ctx)
	if err != nil {
		return err
	}
	synonyms, err := s.synonyms.Read(ctx)
	if err != nil {
		return err
	}
	answer := synonymsAnswer{Text: text, Edited: edited, Groups: make([]synonymGroup, len(synonyms.Groups))}
	for i, g := range synonyms.Groups {
		answer.Groups[i] = synonymGroup{g.Forms, some(g.Adds)}
	}
	return answerJSON(c, http.StatusOK, answer)
}

func (s *Server) writeSynonyms(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct{ Text string }](c)
	if err != nil {
		return err
	}
	if err := s.synonyms.Write(c.Request().Context(), given.Text); err != nil {
		return err
	}
	return s.synonymsText(c, asker)
}

func (s *Server) resetSynonyms(c echo.Context, asker annotations.Asker) error {
	if err := s.synonyms.Reset(c.Request().Context()); err != nil {
		return err
	}
	return s.synonymsText(c, asker)
}

func synonymWords(err error) string {
	var wrong *query.SynonymError
	errors.As(err, &wrong)
	return sentence(wrong.Error())
}
