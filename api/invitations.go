package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

func (s *Server) invite(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Role  string `json:"role"`
		Days  int    `json:"days"`
		Limit int    `json:"limit"`
	}](c)
	if err != nil {
		return err
	}
	invitation, token, err := s.Store.Invite(c.Request().Context(), asker, c.Param("group"), given.Role, given.Days, given.Limit)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusCreated, map[string]any{"invitation": invitation, "token": token, "path": "/join/" + token})
}

func (s *Server) revokeInvitation(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.RevokeInvitation(c.Request().Context(), asker, c.Param("group"), c.Param("invitation")); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) invited(c echo.Context, asker annotations.Asker) error {
	to, err := s.Store.Invited(c.Request().Context(), asker, c.Param("token"))
	if err != nil {
		return err
	}
	if to.Own == "" {
		to.Group = ""
	}
	return answerJSON(c, http.StatusOK, to)
}

func (s *Server) join(c echo.Context, asker annotations.Asker) error {
	group, err := s.Store.Join(c.Request().Context(), asker, c.Param("token"))
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, group)
}
