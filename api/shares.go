package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

func (s *Server) share(c echo.Context, asker annotations.Asker) error {
	days, err := number(c, "days")
	if err != nil {
		return err
	}
	share, token, err := s.Store.CreateShare(c.Request().Context(), asker, c.Param("search"), days)
	if err != nil {
		return err
	}
	path := "/s/" + token
	return answerJSON(c, http.StatusCreated, map[string]any{"id": share.ID, "expires": share.Expires, "token": token, "path": path, "feed": path + "/feed.atom"})
}

func (s *Server) revokeShare(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.RevokeShare(c.Request().Context(), asker, c.Param("search"), c.Param("share")); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) sharedSearch(c echo.Context, _ annotations.Asker) error {
	saved, owner, err := s.Store.SharedSearch(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{
		"name": saved.Name, "description": saved.Description, "address": saved.Address, "owner": owner, "created": saved.Created,
	})
}
