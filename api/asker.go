package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

const (
	sessionLifetime = 30 * 24 * time.Hour
	sessionUser     = "user"  // key of the User.ID in a session
	sessionEpoch    = "epoch" // key of the User.Epoch in which it began
)

func newSessions(s *store.Store, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = s.Sessions()
	m.Lifetime = sessionLifetime
	m.Cookie.Name = "glossator"
	m.Cookie.SameSite = http.SameSiteLaxMode
	if secure {
		m.Cookie.Name = "__Host-glossator"
		m.Cookie.Secure = true
	}
	return m
}

// asker returns who asks, by API token or else by session; the zero Asker if
// neither is there or the session is over, or where nobody is known by a cookie.
// A token that is not good is errSignIn. Afterwards the request's context carries the session.
func (s *Server) asker(c echo.Context) (annotations.Asker, error) {
	session := ""
	if cookie, err := c.Cookie(s.sessions.Cookie.Name); err == nil {
		session = cookie.Value
	}
	ctx, err := s.sessions.Load(c.Request().Context(), session)
	if err != nil {
		return annotations.Asker{}, fmt.Errorf("reading the session: %w", err)
	}
	c.SetRequest(c.Request().WithContext(ctx))

	if token, ok := bearer(c.Request()); ok {
		user, err := s.tokenUser(ctx, token)
		if err != nil {
			return annotations.Asker{}, err
		}
		return s.Store.AskerOf(ctx, user)
	}
	if withoutCookies(c.Request().URL.Path) {
		return annotations.Asker{}, nil
	}
	return s.sessionAsker(ctx)
}

// bearer returns the API token that a request was sent with.
func bearer(r *http.Request) (token string, ok bool) {
	return strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
}

// tokenUser returns whom an API token acts as; errSignIn if it is not good.
func (s *Server) tokenUser(ctx context.Context, token string) (annotations.User, error) {
	user, err := s.Store.TokenUser(ctx, token)
	if errors.Is(err, store.ErrNotFound) {
		err = fmt.Errorf("%w: this API token is not known or was revoked; make a new one", errSignIn)
	}
	return user, err
}

// sessionAsker returns whose session it is; the zero Asker if it is nobody's, or
// if the password has changed since it began.
func (s *Server) sessionAsker(ctx context.Context) (annotations.Asker, error) {
	id := s.sessions.GetString(ctx, sessionUser)
	if id == "" {
		return annotations.Asker{}, nil
	}
	user, err := s.Store.User(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && user.Epoch != s.sessions.GetInt64(ctx, sessionEpoch) {
		return annotations.Asker{}, nil
	}
	if err != nil {
		return annotations.Asker{}, err
	}
	return s.Store.AskerOf(ctx, user)
}

// may returns nil if the asker may call a route for w.
func (s *Server) may(asker annotations.Asker, w who) error {
	switch {
	case w == anyone, asker.SignedIn() && w <= member, w == reader && s.Open:
		return nil
	case !asker.SignedIn() && w == reader:
		return fmt.Errorf("%w: this installation is closed to strangers; sign in to read", errSignIn)
	case !asker.SignedIn():
		return fmt.Errorf("%w: sign in first; reading needs no account, this does", errSignIn)
	case w == editor && !asker.MayImport():
		return fmt.Errorf("%w: only editors and administrators may import documents, edit what is known of them, and edit synonyms; ask an administrator for that role", errForbidden)
	}
	return nil
}

// signedIn begins a new session for the user, so that a token known before the
// sign-in is worth nothing after it.
func (s *Server) signedIn(c echo.Context, user annotations.User) error {
	ctx := c.Request().Context()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renewing the session: %w", err)
	}
	s.sessions.Put(ctx, sessionUser, user.ID)
	s.sessions.Put(ctx, sessionEpoch, user.Epoch)
	token, expiry, err := s.sessions.Commit(ctx)
	if err != nil {
		return fmt.Errorf("keeping the session: %w", err)
	}
	s.sessions.WriteSessionCookie(ctx, c.Response(), token, expiry)
	return nil
}
