package api

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

func errNoMail() error {
	return fmt.Errorf("%w: no mail server is set up here; ask whoever runs this Glossator", errNotFound)
}

// forgotten sends a link to a new password, if there is an account and a letter
// can reach its owner. The answer is the same if not, and so is the time it takes:
// whether there is one is looked up later.
func (s *Server) forgotten(c echo.Context, _ annotations.Asker) error {
	given, err := body[struct {
		Account string `json:"account"`
	}](c)
	if err != nil {
		return err
	}
	if s.Letters == nil {
		return errNoMail()
	}
	address := c.RealIP()
	from, _ := neighbourhood(address)
	if wait := s.limits.attemptsFrom.take("letters " + from); wait > 0 {
		return &waitError{wait, "there were too many letters asked for from your address"}
	}
	if wait := s.limits.attemptsAs.take("letters " + annotations.NormalLabel(given.Account)); wait > 0 {
		return &waitError{wait, "there were too many letters asked for to this account"}
	}
	if err := s.Store.AskReset(c.Request().Context(), given.Account, address); err != nil {
		return err
	}
	s.Letters.wake()
	return c.NoContent(http.StatusAccepted)
}

func (s *Server) mailbox(c echo.Context, asker annotations.Asker) error {
	box, err := s.Store.Mailbox(c.Request().Context(), asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, box)
}

func (s *Server) setMailbox(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Address string `json:"address"`
	}](c)
	if err != nil {
		return err
	}
	if s.Letters == nil && given.Address != "" {
		return errNoMail()
	}
	if err := s.Store.AskMail(c.Request().Context(), asker, given.Address); err != nil {
		return err
	}
	if s.Letters != nil {
		s.Letters.wake()
	}
	return s.mailbox(c, asker)
}

func (s *Server) showMail(c echo.Context, _ annotations.Asker) error {
	address, err := s.Store.ShowMail(c.Request().Context(), c.Param("token"), c.RealIP())
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"address": address})
}
