package api

import (
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

// Signing in with the Hypothesis client: it opens a window of ours, in which
// somebody allows it to act for them; the window tells it a code, with which it
// gets an API token. The code is told to our own pages alone, one of which the
// client's sidebar is.
const (
	codeLifetime  = time.Minute
	tokenLifetime = 30 * 24 * time.Hour // after which the client asks for another
	clientToken   = "Hypothesis client"

	clientTokenDays = 60
)

// grants are codes that were given and not yet used.
type grants struct {
	mu    sync.Mutex
	given map[string]grant
}

type grant struct {
	asker   annotations.Asker
	expires time.Time
}

// mostGrants bounds how many codes may be waiting.
const mostGrants = 1000

// give returns a code for the asker, good once and for a minute.
func (g *grants) give(asker annotations.Asker, now time.Time) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.given == nil {
		g.given = map[string]grant{}
	}
	for code, old := range g.given {
		if now.After(old.expires) {
			delete(g.given, code)
		}
	}
	if len(g.given) >= mostGrants {
		return "", fmt.Errorf("%w: too many people are signing in; try again in a minute", errForbidden)
	}
	code := rand.Text()
	g.given[code] = grant{asker, now.Add(codeLifetime)}
	return code, nil
}

// take returns whom a code was given to, and uses it up.
func (g *grants) take(code string, now time.Time) (annotations.Asker, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	given, ok := g.given[code]
	delete(g.given, code)
	return given.asker, ok && !now.After(given.expires)
}

//go:embed hypothesis/authorize.html
var authorizePage string

//go:embed hypothesis/authorize.js
var authorizeScript []byte

//go:embed hypothesis/page.css
var hypothesisStyle []byte

var authorizeTemplate = template.Must(template.New("authorize").Parse(authorizePage))

// An authorization is what the window shows.
type authorization struct {
	Origin, State, Name, Problem, Code string
}

// hypothesisAuthorize shows the window in which somebody allows the client to
// act for them.
func (s *Server) hypothesisAuthorize(c echo.Context, asker annotations.Asker) error {
	a := authorization{Origin: c.QueryParam("origin"), State: c.QueryParam("state")}
	if a.Origin != s.site(c) {
		return fmt.Errorf("%w: the client must run on a page of %s, not of %q", errForbidden, s.site(c), a.Origin)
	}
	if asker.SignedIn() {
		user, err := s.Store.User(c.Request().Context(), asker.User)
		if err != nil {
			return err
		}
		a.Name = user.Name
	}
	return showAuthorization(c, http.StatusOK, a)
}

func showAuthorization(c echo.Context, status int, a authorization) error {
	var page strings.Builder
	if err := authorizeTemplate.Execute(&page, a); err != nil {
		return fmt.Errorf("writing the page of an authorization: %w", err)
	}
	return c.HTML(status, page.String())
}

// hypothesisAllow answers what was said in the window: with a code for the
// client if it is allowed to act for whoever is signed in, or gave their name and
// password.
func (s *Server) hypothesisAllow(c echo.Context, asker annotations.Asker) error {
	a := authorization{Origin: s.site(c), State: c.FormValue("state")}
	if name := c.FormValue("name"); name != "" || !asker.SignedIn() {
		user, err := s.checkPassword(c, name, c.FormValue("password"))
		if p, _ := problemOf(err); errors.Is(err, store.ErrCredentials) || errors.Is(err, errTooMany) {
			a.Problem = p.Detail
			retryLater(c, err)
			return showAuthorization(c, p.Status, a)
		}
		if err != nil {
			return err
		}
		if asker, err = s.Store.AskerOf(c.Request().Context(), user); err != nil {
			return err
		}
		asker.Address = c.RealIP()
	}
	var err error
	if a.Code, err = s.grants.give(asker, time.Now()); err != nil {
		return err
	}
	return showAuthorization(c, http.StatusOK, a)
}

// hypothesisToken exchanges a code, an API token that a page was given for its
// reader, or the token the client has, for an API token.
func (s *Server) hypothesisToken(c echo.Context, _ annotations.Asker) error {
	ctx := c.Request().Context()
	switch kind := c.FormValue("grant_type"); kind {
	case "authorization_code":
		asker, ok := s.grants.take(c.FormValue("code"), time.Now())
		if !ok {
			return fmt.Errorf("%w: the code is used up or too old; sign in again", errRequest)
		}
		return s.answerToken(c, asker, annotations.ScopeAnnotate)
	case "refresh_token":
		old := c.FormValue("refresh_token")
		user, token, err := s.tokenUser(ctx, old)
		if err != nil {
			return err
		}
		if err := s.Store.RevokeTokenItself(ctx, old); err != nil {
			return err
		}
		asker, err := s.Store.AskerOf(ctx, user)
		if err != nil {
			return err
		}
		asker.Address = c.RealIP()
		return s.answerToken(c, asker, token.Scope)
	case "urn:ietf:params:oauth:grant-type:jwt-bearer":
		token := c.FormValue("assertion")
		if _, _, err := s.tokenUser(ctx, token); err != nil {
			return err
		}
		return answerJSON(c, http.StatusOK, tokenAnswer(token))
	default:
		return fmt.Errorf("%w: there is no grant_type %q", errRequest, kind)
	}
}

// answerToken answers with a new token for the client. It expires some time
// after the client is told to ask for another.
func (s *Server) answerToken(c echo.Context, asker annotations.Asker, scope string) error {
	_, token, err := s.Store.CreateToken(c.Request().Context(), asker, clientToken, scope, clientTokenDays)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, tokenAnswer(token))
}

func tokenAnswer(token string) map[string]any {
	return map[string]any{
		"access_token": token, "refresh_token": token, "token_type": "Bearer", "expires_in": int(tokenLifetime.Seconds()),
	}
}

// hypothesisRevoke ends the client's token.
func (s *Server) hypothesisRevoke(c echo.Context, _ annotations.Asker) error {
	if err := s.Store.RevokeTokenItself(c.Request().Context(), c.FormValue("token")); err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{})
}
