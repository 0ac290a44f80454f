package api

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/index/query"
)

func (s *Server) status(c echo.Context, _ annotations.Asker) error {
	ctx := c.Request().Context()
	counts, err := s.Store.Counts(ctx)
	if err != nil {
		return err
	}
	mark, err := s.Store.Mark(ctx)
	if err != nil {
		return err
	}
	indexed, err := s.Engine.Mark(ctx)
	if err != nil {
		return fmt.Errorf("reading the mark of the index: %w", err)
	}
	return answerJSON(c, http.StatusOK, map[string]any{
		"version":     s.Version,
		"documents":   counts.Documents,
		"passages":    counts.Passages,
		"annotations": counts.Annotations,
		"mark":        mark,
		"indexed":     indexed,
		"open":        s.Open,
	})
}

func (s *Server) describe(c echo.Context, _ annotations.Asker) error {
	c.Response().Header().Set("Cache-Control", askAgain)
	return answer(c, http.StatusOK, "application/yaml", openapi)
}

func (s *Server) explain(c echo.Context, _ annotations.Asker) error {
	q, err := query.Parse(c.QueryParam("q"))
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]string{"query": q.String(), "explanation": query.Explain(q)})
}

func (s *Server) syntax(c echo.Context, _ annotations.Asker) error {
	c.Response().Header().Set("Cache-Control", askAgain)
	return answer(c, http.StatusOK, "text/markdown; charset=utf-8", []byte(query.Manual))
}
