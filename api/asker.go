package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

// sessionCookie names the cookie that holds the token of a session. By HTTPS
// browsers take one of that name from this host alone.
func (s *Server) sessionCookie() string {
	if s.Secure {
		return "__Host-glossator"
	}
	return "glossator"
}

// setSession makes the browser keep the token of a session until it expires; ""
// makes it forget the one it has.
func (s *Server) setSession(c echo.Context, token string, expires time.Time) {
	cookie := &http.Cookie{ //nolint:gosec // not Secure only where the public address is not by TLS
		Name: s.sessionCookie(), Value: token, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode,
		Expires: expires, MaxAge: int(time.Until(expires).Seconds()),
	}
	if token == "" {
		cookie.Expires, cookie.MaxAge = time.Unix(1, 0), -1
	}
	c.SetCookie(cookie)
}

// sessionToken returns the token in the cookie, "" if there is none.
func (s *Server) sessionToken(c echo.Context) string {
	cookie, err := c.Cookie(s.sessionCookie())
	if err != nil {
		return ""
	}
	return cookie.Value
}

// asker returns who asks, by API token or else by session; a stranger if
// neither is there or the session is over, or where nobody is known by a cookie.
// A token that is not good is errSignIn.
func (s *Server) asker(c echo.Context) (annotations.Asker, error) {
	ctx, address := c.Request().Context(), c.RealIP()
	if secret, ok := bearer(c.Request()); ok {
		user, token, err := s.tokenUser(ctx, secret)
		if err != nil {
			return annotations.Asker{}, err
		}
		asker, err := s.Store.AskerOf(ctx, user)
		asker.Address = address
		return asker.Within(token.Scope), err
	}
	token := s.sessionToken(c)
	if token == "" || withoutCookies(c.Request().URL.Path) {
		return annotations.Asker{Address: address}, nil
	}
	user, session, err := s.Store.SessionUser(ctx, token, address)
	if errors.Is(err, store.ErrNotFound) {
		return annotations.Asker{Address: address}, nil
	}
	if err != nil {
		return annotations.Asker{}, err
	}
	asker, err := s.Store.AskerOf(ctx, user)
	asker.Session, asker.Address = session, address
	return asker, err
}

// bearer returns the API token that a request was sent with.
func bearer(r *http.Request) (token string, ok bool) {
	return strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
}

// tokenUser returns whom an API token acts as, and what it is; errSignIn if it
// is not good.
func (s *Server) tokenUser(ctx context.Context, secret string) (annotations.User, store.Token, error) {
	user, token, err := s.Store.TokenUser(ctx, secret)
	if errors.Is(err, store.ErrNotFound) {
		err = fmt.Errorf("%w: this API token is not known, has expired or was revoked; make a new one", errSignIn)
	}
	return user, token, err
}

// may returns nil if the asker may call a route for w by a method. It is the one
// place that decides so: handlers and the store decide about single things.
func (s *Server) may(asker annotations.Asker, w who, method string) error {
	reads := method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
	switch {
	case !reads && !asker.MayWrite():
		return fmt.Errorf("%w: this API token is for reading only; make one that may do more", errForbidden)
	case w == anyone, asker.SignedIn() && w <= member, w == reader && s.Open:
		return nil
	case !asker.SignedIn() && w == reader:
		return fmt.Errorf("%w: this installation is closed to strangers; sign in to read", errSignIn)
	case !asker.SignedIn():
		return fmt.Errorf("%w: sign in first; reading needs no account, this does", errSignIn)
	case w == owner && !asker.MayManageOwn():
		return fmt.Errorf("%w: this API token may not change how its owner signs in; one for everything may", errForbidden)
	case w == editor && !asker.MayImport():
		return fmt.Errorf("%w: only editors and administrators may import documents, edit what is known of them, and edit synonyms; ask an administrator for that role", errForbidden)
	case w == administrator && !asker.MayManage():
		return fmt.Errorf("%w: only administrators may do this", errForbidden)
	}
	return nil
}

// signedIn begins a new session for the user, who has proved how, so that a
// token known before the sign-in is worth nothing after it.
func (s *Server) signedIn(c echo.Context, user annotations.User, how string) error {
	request := c.Request()
	token, expires, err := s.Store.BeginSession(request.Context(), user, how, s.sessionToken(c), request.UserAgent(), c.RealIP())
	if err != nil {
		return err
	}
	s.setSession(c, token, expires)
	return nil
}
