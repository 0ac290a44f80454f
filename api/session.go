package api

import (
	"errors"
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

	OpenID *openIDAnswer `json:"openid,omitempty"`
	Mail   bool          `json:"mail"`

	Passkeys passkeyPlace `json:"passkeys"`
}

type userAnswer struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
}

func (s *Server) sessionOf(c echo.Context, asker annotations.Asker, u annotations.User) (sessionAnswer, error) {
	ctx := c.Request().Context()
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
		OpenID:    s.openIDAnswer(),
		Mail:      s.Letters != nil,
		Passkeys:  s.passkeyPlace(c),
	}, err
}

func (s *Server) session(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	if asker.SignedIn() {
		user, err := s.Store.User(ctx, asker.User)
		if err != nil {
			return err
		}
		return s.answerSession(c, http.StatusOK, asker, user)
	}
	needed, err := s.Store.NeedsSetup(ctx)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, sessionAnswer{
		Open: s.Open, Setup: needed, Groups: []store.GroupName{}, Defaults: store.Defaults{Visibility: annotations.Private},
		OpenID: s.openIDAnswer(), Mail: s.Letters != nil, Passkeys: s.passkeyPlace(c),
	})
}

func (s *Server) answerSession(c echo.Context, status int, asker annotations.Asker, user annotations.User) error {
	answer, err := s.sessionOf(c, asker, user)
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
	user, err := s.checkPassword(c, given.Name, given.Password)
	if err != nil {
		return err
	}
	return s.begin(c, http.StatusOK, user, "by password")
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
	return s.begin(c, http.StatusCreated, user, "by the first link")
}

func (s *Server) begin(c echo.Context, status int, user annotations.User, how string) error {
	if err := s.signedIn(c, user, how); err != nil {
		return err
	}
	asker, err := s.Store.AskerOf(c.Request().Context(), user)
	if err != nil {
		return err
	}
	return s.answerSession(c, status, asker, user)
}

// signOut ends the session of the asker, if there is one.
func (s *Server) signOut(c echo.Context, asker annotations.Asker) error {
	if asker.Session != "" {
		if err := s.Store.EndSession(c.Request().Context(), asker, asker.Session); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	s.setSession(c, "", time.Time{})
	return gone(c)
}
