package api

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/labstack/echo/v4"

	"glossator/annotations/store"
)

// errCeremony is wrapped by what is wrong with a ceremony that is to end.
var errCeremony = errors.New("the ceremony is not good")

// mostEnded bounds how many ceremonies are remembered as ended.
const mostEnded = 1 << 16

// ceremonies are challenges on their way to an authenticator and back (WebAuthn,
// 1.3). The browser itself keeps what was begun, under a seal that it cannot
// make, so that nobody can use up the room of others; what is remembered here is
// which have ended, until they would have expired. None outlives the process.
type ceremonies struct {
	seal seal

	mu    sync.Mutex
	ended map[string]time.Time // when it expires, by challenge
}

func newCeremonies(seal seal) *ceremonies {
	return &ceremonies{seal: seal, ended: map[string]time.Time{}}
}

// begin returns what was begun under a seal that is good for one holder.
func (c *ceremonies) begin(holder string, begun *webauthn.SessionData) (string, error) {
	return c.seal.close("ceremony of "+holder, begun)
}

// end returns what was begun, this once. errCeremony if it was not begun for the
// holder, has expired or has ended before.
func (c *ceremonies) end(holder, sealed string) (begun webauthn.SessionData, err error) {
	err = c.seal.open("ceremony of "+holder, sealed, &begun)
	if errors.Is(err, errSeal) {
		return begun, fmt.Errorf("%w: it was not begun in this browser, or before the server was started anew; try again", errCeremony)
	}
	if err != nil {
		return begun, err
	}
	now := time.Now()
	if !now.Before(begun.Expires) {
		return begun, fmt.Errorf("%w: it took longer than %d minutes; try again", errCeremony, int(store.CeremonyTime.Minutes()))
	}
	return begun, c.spend(begun.Challenge, begun.Expires, now)
}

// spend notes that a challenge was used, once.
func (c *ceremonies) spend(challenge string, expires, now time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, before := c.ended[challenge]; before {
		return fmt.Errorf("%w: it has ended already; try again", errCeremony)
	}
	if len(c.ended) >= mostEnded {
		for other, until := range c.ended {
			if !now.Before(until) {
				delete(c.ended, other)
			}
		}
	}
	if len(c.ended) >= mostEnded {
		return &waitError{time.Minute, "too many people are signing in"}
	}
	c.ended[challenge] = expires
	return nil
}

// browserCookie names the cookie by which a browser is known again that has begun
// to sign in; by HTTPS it is of this host alone.
func (s *Server) browserCookie() string {
	if s.Secure {
		return "__Host-glossator-browser"
	}
	return "glossator-browser"
}

// browser returns what a browser is known by, "" if it has not begun to sign in.
func (s *Server) browser(c echo.Context) string {
	cookie, err := c.Cookie(s.browserCookie())
	if err != nil {
		return ""
	}
	return cookie.Value
}

// knownBrowser returns what the browser is known by from now on, until it is closed.
func (s *Server) knownBrowser(c echo.Context) string {
	known := s.browser(c)
	if known == "" {
		known = rand.Text()
		c.SetCookie(&http.Cookie{ //nolint:gosec // not Secure only where the public address is not by TLS
			Name: s.browserCookie(), Value: known, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteStrictMode,
		})
	}
	return known
}
