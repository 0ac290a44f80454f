package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

func (s *Server) people(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	people, err := s.Store.People(ctx, asker)
	if err != nil {
		return err
	}
	links, err := s.Store.Entries(ctx, asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"people": people, "links": links})
}

func (s *Server) updatePerson(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Role     string `json:"role"`
		Disabled *bool  `json:"disabled"`
	}](c)
	if err != nil {
		return err
	}
	ctx, user := c.Request().Context(), c.Param("user")
	if given.Role != "" {
		if err := s.Store.SetSiteRole(ctx, asker, user, given.Role); err != nil {
			return err
		}
	}
	if given.Disabled != nil {
		do := s.Store.Enable
		if *given.Disabled {
			do = s.Store.Disable
		}
		if err := do(ctx, asker, user); err != nil {
			return err
		}
	}
	return gone(c)
}

func (s *Server) invitePerson(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Role string `json:"role"`
		Days int    `json:"days"`
		Mail string `json:"mail"`
	}](c)
	if err != nil {
		return err
	}
	if given.Mail != "" && s.Letters == nil {
		return errNoMail()
	}
	link, token, err := s.Store.InvitePerson(c.Request().Context(), asker, given.Role, given.Days, given.Mail)
	if err != nil {
		return err
	}
	if given.Mail != "" {
		s.Letters.wake()
	}
	return answerEntry(c, link, token)
}

func (s *Server) resetPassword(c echo.Context, asker annotations.Asker) error {
	days, err := number(c, "days")
	if err != nil {
		return err
	}
	link, token, err := s.Store.ResetLink(c.Request().Context(), asker, c.Param("user"), days)
	if err != nil {
		return err
	}
	return answerEntry(c, link, token)
}

func answerEntry(c echo.Context, link store.Entry, token string) error {
	return answerJSON(c, http.StatusCreated, map[string]any{"link": link, "token": token, "path": "/enter/" + token})
}

func (s *Server) revokeEntry(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.RevokeEntry(c.Request().Context(), asker, c.Param("link")); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) entry(c echo.Context, _ annotations.Asker) error {
	link, err := s.Store.Entry(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, link)
}

// enter uses a link to an account up and signs in there.
func (s *Server) enter(c echo.Context, _ annotations.Asker) error {
	given, err := body[credentials](c)
	if err != nil {
		return err
	}
	user, err := s.Store.Enter(c.Request().Context(), c.Param("token"), given.Name, given.Password, c.RealIP())
	if err != nil {
		return err
	}
	return s.begin(c, http.StatusCreated, user, "by a link")
}
