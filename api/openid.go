package api

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/labstack/echo/v4"
	"golang.org/x/oauth2"

	"glossator/annotations"
	"glossator/annotations/store"
)

// Whoever signs in by OpenID Connect is sent to the provider with a journey,
// which the browser keeps sealed in a cookie, and comes back to a page with an
// outcome: the screen has words for it. It is the flow with a code, with PKCE
// (OpenID Connect Core 1.0, section 3.1; RFC 7636).
type outcome string

const (
	outcomeLost        outcome = "lost"        // the browser brought no journey of its own back
	outcomeRefused     outcome = "refused"     // somebody said no at the provider
	outcomeUnavailable outcome = "unavailable" // the provider does not answer
	outcomeFailed      outcome = "failed"      // the provider answered what cannot be trusted
	outcomeUnknown     outcome = "unknown"     // nobody here is connected to that account
	outcomeLate        outcome = "late"        // the invitation is not good any more
	outcomeDisabled    outcome = "disabled"    // the account here is disabled
	outcomeSetup       outcome = "setup"       // there is no account yet
	outcomeNamed       outcome = "named"       // signed in under another name than the provider's
	outcomeOthers      outcome = "others"      // connected to another account here
	outcomeConnected   outcome = "connected"
)

// A journey is what must be the same when somebody comes back.
type journey struct {
	State, Nonce, Verifier string
	Return                 string // where they go then, a path here
	Session                string // the session in which they connect an account, "" if they sign in
	Invitation             string // token of the link to an account that they take up, "" for none
	Expires                int64  // milliseconds UTC
}

type openIDAnswer struct {
	Label string `json:"label"`
	Ready bool   `json:"ready"`
}

// openIDAnswer tells of the provider; nil if there is none.
func (s *Server) openIDAnswer() *openIDAnswer {
	if s.OpenID == nil {
		return nil
	}
	_, err := s.OpenID.reached()
	return &openIDAnswer{s.OpenID.Label, err == nil}
}

func (s *Server) beginOpenID(c echo.Context, _ annotations.Asker) error {
	given, err := body[struct {
		Return     string `json:"return"`
		Invitation string `json:"invitation"`
	}](c)
	if err != nil {
		return err
	}
	if given.Invitation != "" && s.OpenID != nil {
		if _, err := s.Store.Invitation(c.Request().Context(), given.Invitation); err != nil {
			return err
		}
	}
	return s.depart(c, journey{Return: localPath(given.Return), Invitation: given.Invitation})
}

// connectOpenID begins to connect the asker's account. Only who has a session
// here can come back to it.
func (s *Server) connectOpenID(c echo.Context, asker annotations.Asker) error {
	switch {
	case s.OpenID == nil:
		return errNoOpenID()
	case asker.Session == "":
		return fmt.Errorf("%w: an account is connected in a browser, not by an API token", errForbidden)
	}
	if err := s.Store.MayConnect(c.Request().Context(), asker); err != nil {
		return err
	}
	return s.depart(c, journey{Return: "/account", Session: asker.Session})
}

// depart answers with the address at the provider to go to.
func (s *Server) depart(c echo.Context, j journey) error {
	if s.OpenID == nil {
		return errNoOpenID()
	}
	found, err := s.OpenID.reached()
	if err != nil {
		return err
	}
	j.State, j.Nonce, j.Verifier = rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	j.Expires = time.Now().Add(store.JourneyTime).UnixMilli()
	sealed, err := s.seal.close(forJourneys, j)
	if err != nil {
		return err
	}
	s.setJourney(c, sealed)
	return answerJSON(c, http.StatusOK, map[string]any{
		"address": found.oauth.AuthCodeURL(j.State, oidc.Nonce(j.Nonce), oauth2.S256ChallengeOption(j.Verifier)),
	})
}

func errNoOpenID() error {
	return fmt.Errorf("%w: no provider of OpenID Connect is set up here", errNotFound)
}

// returnOpenID ends a journey: the browser comes from the provider.
func (s *Server) returnOpenID(c echo.Context, asker annotations.Asker) error {
	if s.OpenID == nil {
		return errNoOpenID()
	}
	j, err := s.journey(c)
	s.setJourney(c, "")
	if err != nil || !same(c.QueryParam("state"), j.State) {
		return s.arrive(c, j, outcomeLost, err)
	}
	if issuer := c.QueryParam("iss"); issuer != "" && issuer != s.OpenID.Issuer { // RFC 9207
		return s.arrive(c, j, outcomeFailed, errors.New("another provider answers"))
	}
	if problem := c.QueryParam("error"); problem != "" {
		return s.arrive(c, j, refusals[problem], fmt.Errorf("the provider says %.40q", problem))
	}
	from, _ := neighbourhood(c.RealIP())
	if wait := s.limits.attemptsFrom.take(from); wait > 0 {
		return s.arrive(c, j, outcomeUnavailable, &waitError{wait, "too many attempts from one address"})
	}
	claimant, err := s.OpenID.claimant(c.Request().Context(), c.QueryParam("code"), j)
	switch {
	case errors.Is(err, errProvider), as[*url.Error](err):
		s.limits.attemptsFrom.giveBack(from)
		return s.arrive(c, j, outcomeUnavailable, err)
	case err != nil:
		return s.arrive(c, j, outcomeFailed, err)
	}
	s.limits.attemptsFrom.giveBack(from)
	if j.Session != "" {
		return s.connect(c, asker, j, claimant)
	}
	return s.admit(c, j, claimant)
}

// refusals are the errors of a provider that mean something to whoever signs in
// (RFC 6749, section 4.1.2.1, and OpenID Connect Core 1.0, section 3.1.2.6).
var refusals = map[string]outcome{
	"access_denied": outcomeRefused, "consent_required": outcomeRefused, "interaction_required": outcomeRefused, "login_required": outcomeRefused,
	"server_error": outcomeUnavailable, "temporarily_unavailable": outcomeUnavailable,
}

func (s *Server) admit(c echo.Context, j journey, claimant store.Claimant) error {
	to, err := s.Store.Admit(c.Request().Context(), claimant, j.Invitation, c.RealIP())
	switch {
	case errors.Is(err, store.ErrNotFound) && j.Invitation != "":
		return s.arrive(c, j, outcomeLate, err)
	case errors.Is(err, store.ErrNotFound):
		return s.arrive(c, j, outcomeUnknown, err)
	case errors.Is(err, store.ErrForbidden):
		return s.arrive(c, j, outcomeDisabled, err)
	case errors.Is(err, store.ErrConflict):
		return s.arrive(c, j, outcomeSetup, err)
	case err != nil:
		return err
	}
	if err := s.signedIn(c, to.User, "by OpenID Connect"); err != nil {
		return err
	}
	if to.Taken != "" {
		j.Invitation = ""
		return s.arrive(c, j, outcomeNamed, nil)
	}
	return c.Redirect(http.StatusSeeOther, j.Return)
}

func (s *Server) connect(c echo.Context, asker annotations.Asker, j journey, claimant store.Claimant) error {
	if asker.Session != j.Session {
		return s.arrive(c, j, outcomeLost, errors.New("somebody else is signed in now"))
	}
	switch err := s.Store.Connect(c.Request().Context(), asker, claimant); {
	case errors.Is(err, store.ErrConflict):
		return s.arrive(c, j, outcomeOthers, err)
	case errors.Is(err, store.ErrUnconfirmed):
		return s.arrive(c, j, outcomeLost, err)
	case err != nil:
		return err
	}
	return s.arrive(c, j, outcomeConnected, nil)
}

// arrive sends the browser to the page that tells the outcome; why is for the log.
func (s *Server) arrive(c echo.Context, j journey, o outcome, why error) error {
	if o == "" {
		o = outcomeFailed
	}
	if why != nil {
		s.Logger.LogAttrs(c.Request().Context(), slog.LevelWarn, "nobody signed in from the provider", slog.String("outcome", string(o)),
			slog.String("reason", why.Error()), slog.String("request", c.Response().Header().Get(echo.HeaderXRequestID)))
	}
	to := url.URL{Path: "/signin"}
	told := url.Values{"outcome": {string(o)}}
	switch {
	case j.Session != "":
		to.Path = j.Return
	case j.Invitation != "":
		to.Path = "/enter/" + j.Invitation
	case j.Return != "":
		told.Set("return", j.Return)
	}
	to.RawQuery = told.Encode()
	return c.Redirect(http.StatusSeeOther, to.String())
}

func (s *Server) identities(c echo.Context, asker annotations.Asker) error {
	identities, err := s.Store.Identities(c.Request().Context(), asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"identities": identities})
}

func (s *Server) disconnectIdentity(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.Disconnect(c.Request().Context(), asker, c.Param("identity")); err != nil {
		return err
	}
	return gone(c)
}

// journeyCookie names the cookie that holds a journey.
func (s *Server) journeyCookie() string { return s.sessionCookie() + "-openid" }

// setJourney makes the browser keep a sealed journey as long as it may take; ""
// makes it forget the one it has.
func (s *Server) setJourney(c echo.Context, sealed string) {
	cookie := &http.Cookie{ //nolint:gosec // not Secure only where the public address is not by TLS
		Name: s.journeyCookie(), Value: sealed, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(store.JourneyTime.Seconds()),
	}
	if sealed == "" {
		cookie.MaxAge = -1
	}
	c.SetCookie(cookie)
}

// journey opens the journey that the browser has kept.
func (s *Server) journey(c echo.Context) (j journey, err error) {
	cookie, err := c.Cookie(s.journeyCookie())
	if err != nil {
		return journey{}, errors.New("the browser kept nothing")
	}
	if err := s.seal.open(forJourneys, cookie.Value, &j); err != nil {
		return journey{}, err
	}
	if time.Now().UnixMilli() > j.Expires {
		return journey{}, errors.New("it took too long")
	}
	return j, nil
}

// forJourneys is what journeys are sealed for.
const forJourneys = "journey"

// same compares what only one side may know, in constant time. Nothing is the
// same as "".
func same(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// longestReturn is what a cookie has room for, in bytes.
const longestReturn = 2000

// localPath returns an address to go to if it is one of this site and not too
// long, and otherwise the front page. Browsers take a backslash for a slash and leave out control
// characters, so that either could lead elsewhere.
func localPath(address string) string {
	outside := func(r rune) bool { return r < ' ' || r == '\\' || r == 0x7f }
	u, err := url.Parse(address)
	if err != nil || len(address) > longestReturn || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsFunc(address, outside) {
		return "/"
	}
	return address
}
