package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

func (s *Server) colleagues(c echo.Context, asker annotations.Asker) error {
	size, err := number(c, "size")
	if err != nil {
		return err
	}
	people, err := s.Store.UsersNamed(c.Request().Context(), asker, c.QueryParam("text"), size)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"people": people})
}
