package api

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
)

// policy lets the app run its own files and nothing else; text does not become
// markup, not even by its own hand.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'" + noMarkup

const noMarkup = "; require-trusted-types-for 'script'; trusted-types 'none'"

// transportSecurity makes browsers come by HTTPS alone for a year (RFC 6797).
const transportSecurity = "max-age=31536000"

// framing returns who may show the pages in a frame, as a directive of the
// policy. It fails for what is not the origin of a site.
func framing(origins []string) (string, error) {
	if len(origins) == 0 {
		return "; frame-ancestors 'none'", nil
	}
	for _, given := range origins {
		if _, path, ok := splitAddress(given); !ok || path != "" {
			return "", fmt.Errorf("api: %q is not the origin of a site, such as https://faculty.example.org", given)
		}
	}
	return "; frame-ancestors " + strings.Join(origins, " "), nil
}

// splitAddress splits an address by HTTP or HTTPS into its origin and its path. It
// is not ok with more than these, or with what would end a source in the policy.
func splitAddress(address string) (origin, path string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(address, ";, ") {
		return "", "", false
	}
	origin, path = u.Scheme+"://"+u.Host, u.EscapedPath()
	return origin, path, address == origin+path
}

// headers protects the browser's side. Answers of the API may differ from one
// asker to the next and are not kept, unless a handler says otherwise.
func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h, request := c.Response().Header(), c.Request()
		h.Set("Content-Security-Policy", s.policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if len(s.EmbeddedIn) == 0 {
			h.Set("X-Frame-Options", "DENY")
		}
		if !strings.HasPrefix(request.URL.Path, hypothesisPath) {
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
		}
		if s.byTLS(request) {
			h.Set("Strict-Transport-Security", transportSecurity)
		}
		return next(c)
	}
}

// byTLS reports whether a request came by HTTPS: here, or at a trusted proxy that
// says so.
func (s *Server) byTLS(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && r.Header.Get("X-Forwarded-Proto") == "https" && anyContains(s.Proxies, peer.Addr().Unmap())
}

func anyContains(ranges []netip.Prefix, at netip.Addr) bool {
	for _, r := range ranges {
		if r.Contains(at) {
			return true
		}
	}
	return false
}
