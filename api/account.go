package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

func (s *Server) ownSessions(c echo.Context, asker annotations.Asker) error {
	sessions, err := s.Store.OwnSessions(c.Request().Context(), asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"sessions": sessions})
}

func (s *Server) endSession(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.EndSession(c.Request().Context(), asker, c.Param("session")); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) endOtherSessions(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.EndOtherSessions(c.Request().Context(), asker); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) changePassword(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Password string `json:"password"`
		Next     string `json:"next"`
	}](c)
	if err != nil {
		return err
	}
	err = s.guess(c, "user "+asker.User, func() error {
		return s.Store.ChangePassword(c.Request().Context(), asker, given.Password, given.Next)
	})
	if err != nil {
		return err
	}
	return gone(c)
}

// confirm takes the password as proof that the asker is still who signed in.
func (s *Server) confirm(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Password string `json:"password"`
	}](c)
	if err != nil {
		return err
	}
	err = s.guess(c, "user "+asker.User, func() error {
		return s.Store.Confirm(c.Request().Context(), asker, given.Password)
	})
	if err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) tokens(c echo.Context, asker annotations.Asker) error {
	tokens, err := s.Store.Tokens(c.Request().Context(), asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"tokens": tokens})
}

func (s *Server) createToken(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Name  string `json:"name"`
		Scope string `json:"scope"`
		Days  int    `json:"days"`
	}](c)
	if err != nil {
		return err
	}
	token, secret, err := s.Store.CreateToken(c.Request().Context(), asker, given.Name, given.Scope, given.Days)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusCreated, map[string]any{"token": token, "secret": secret})
}

func (s *Server) revokeToken(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.RevokeToken(c.Request().Context(), asker, c.Param("token")); err != nil {
		return err
	}
	return gone(c)
}
