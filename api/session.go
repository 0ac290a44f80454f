package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

type sessionAnswer struct {
	SignedIn  bool        `json:"signedIn"`
	User      *userAnswer `json:"user,omitempty"`
	Open      bool        `json:"open"`
	Setup     bool        `json:"setup"`
	MayImport bool        `json:"mayImport"`
	MayManage bool        `json:"mayManage"`

	Groups   []store.GroupName `json:"groups"`
	Defaults store.Defaults    `json:"defaults"`
}

type userAnswer struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
}

func (s *Server) sessionOf(ctx context.Context, u annotations.User) (sessionAnswer, error) {
	asker, err := s.Store.AskerOf(ctx, u)
	if err != nil {
		return sessionAnswer{}, err
	}
	groups, err := s.Store.GroupNames(ctx, asker)
	if err != nil {
		return sessionAnswer{}, err
	}
	defaults, err := s.Store.DefaultsOf(ctx, asker)
	return sessionAnswer{
		SignedIn:  true,
		User:      &userAnswer{u.ID, u.Name, u.Role},
		Open:      s.Open,
		MayImport: asker.MayImport(),
		MayManage: asker.MayManage(),
		Groups:    groups,
		Defaults:  defaults,
	}, err
}

func (s *Server) session(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	if asker.SignedIn() {
		user, err := s.Store.User(ctx, asker.User)
		if err != nil {
			return err
		}
		return s.answerSession(c, http.StatusOK, user)
	}
	needed, err := s.Store.NeedsSetup(ctx)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, sessionAnswer{
		Open: s.Open, Setup: needed, Groups: []store.GroupName{}, Defaults: store.Defaults{Visibility: annotations.Private},
	})
}

func (s *Server) answerSession(c echo.Context, status int, user annotations.User) error {
	answer, err := s.sessionOf(c.Request().Context(), user)
	if err != nil {
		return err
	}
	return answerJSON(c, status, answer)
}

type credentials struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	Token    string `json:"token"` // for the first account only
}

func (s *Server) signIn(c echo.Context, _ annotations.Asker) error {
	given, err := body[credentials](c)
	if err != nil {
		return err
	}
	user, err := s.Store.SignIn(c.Request().Context(), given.Name, given.Password)
	if err != nil {
		return err
	}
	return s.begin(c, http.StatusOK, user)
}

func (s *Server) setUp(c echo.Context, _ annotations.Asker) error {
	given, err := body[credentials](c)
	if err != nil {
		return err
	}
	user, err := s.Store.CreateFirstUser(c.Request().Context(), given.Token, given.Name, given.Password)
	if err != nil {
		return err
	}
	return s.begin(c, http.StatusCreated, user)
}

func (s *Server) begin(c echo.Context, status int, user annotations.User) error {
	if err := s.signedIn(c, user); err != nil {
		return err
	}
	return s.answerSession(c, status, user)
}

func (s *Server) signOut(c echo.Context, _ annotations.Asker) error {
	ctx := c.Request().Context()
	if err := s.sessions.Destroy(ctx); err != nil {
		return fmt.Errorf("ending the session: %w", err)
	}
	s.sessions.WriteSessionCookie(ctx, c.Response(), "", time.Time{})
	return gone(c)
}
