package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/mail"
)

// errPost means that letters cannot go out at present.
var errPost = errors.New("letters do not go out")

// Letters are what a Server sends, and where their links lead.
type Letters struct {
	Post *mail.Post
	Site *url.URL // the address that people use
}

// link is the address of a screen with a token.
func (l *Letters) link(screen, token string) string { return l.Site.JoinPath(screen, token).String() }

// signed ends a letter.
func (l *Letters) signed(text string) string {
	return text + "\n-- \nGlossator, " + l.Site.String() + "\n"
}

func errNoMail() error {
	return fmt.Errorf("%w: no mail server is set up here; ask whoever runs this Glossator", errNotFound)
}

// full is what an error of the post is for whoever asks.
func full(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w; try again in some minutes", errPost, err)
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
	err = s.Letters.Post.Write(func(ctx context.Context) ([]mail.Letter, error) {
		resets, err := s.Store.Forgotten(ctx, given.Account, address)
		letters := make([]mail.Letter, len(resets))
		for i, reset := range resets {
			letters[i] = s.Letters.reset(reset)
		}
		return letters, err
	})
	if err != nil {
		return full(err)
	}
	return c.NoContent(http.StatusAccepted)
}

func (l *Letters) reset(r store.Reset) mail.Letter {
	return mail.Letter{To: r.Mail, Subject: "Choose a new password for Glossator", Text: l.signed(fmt.Sprintf(
		"Somebody, presumably you, has asked for a new password of the account %q.\n\nThis link leads to it, once and within %s:\n\n%s\n\n"+
			"If it was not you, do nothing: the password you have stays good.\n", r.Name, inHours(store.ResetTime), l.link("enter", r.Token)))}
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
	token, err := s.Store.AskMail(c.Request().Context(), asker, given.Address)
	if err != nil {
		return err
	}
	if token != "" {
		err := s.Letters.Post.Send(mail.Letter{To: given.Address, Subject: "Is this your address?", Text: s.Letters.signed(fmt.Sprintf(
			"Somebody with an account in Glossator, presumably you, wants letters to come here.\n\n"+
				"If that is right, open this link within %s:\n\n%s\n\nIf not, do nothing.\n", inHours(store.MailShownIn), s.Letters.link("mail", token)))})
		if err != nil {
			return full(err)
		}
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

// sendInvitation sends the link of an invitation to the site.
func (s *Server) sendInvitation(to string, link store.Entry, token string) error {
	return full(s.Letters.Post.Send(mail.Letter{To: to, Subject: "Your account in Glossator", Text: s.Letters.signed(fmt.Sprintf(
		"%s invites you to Glossator: full-text search and annotation of international agreements.\n\n"+
			"This link makes your account, once and until %s:\n\n%s\n", link.Creator, time.UnixMilli(link.Expires).UTC().Format("2 January 2006"),
		s.Letters.link("enter", token)))}))
}

func inHours(d time.Duration) string {
	if d == time.Hour {
		return "an hour"
	}
	return fmt.Sprintf("%.0f hours", d.Hours())
}
