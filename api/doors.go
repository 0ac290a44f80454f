package api

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// Doors are what programs of others come in by. Pages of other sites may ask
// there, too:
//
//   - for annotations that a stranger may read, at the Web Annotation Protocol:
//     they cannot send an API token along, and the browser sends no cookie;
//   - whatever an API token allows, at the Hypothesis API, which knows nobody
//     by a cookie.
const (
	hypothesisPath = "/hypothesis/"
	hypothesisAPI  = hypothesisPath + "api/"
)

// withoutCookies are the paths at which nobody is known by a cookie, so that a
// page of another site gains nothing by making a browser ask there.
func withoutCookies(path string) bool {
	return strings.HasPrefix(path, hypothesisAPI) || path == hypothesisPath+"oauth/revoke"
}

func reads(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// doors lets pages of other sites ask at the doors.
func (s *Server) doors(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h, request := c.Response().Header(), c.Request()
		switch path := request.URL.Path; {
		case withoutCookies(path):
			h.Set("Access-Control-Allow-Origin", "*")
			if request.Method == http.MethodOptions {
				h.Set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
				h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Hypothesis-Client-Version, X-Client-Id")
				h.Set("Access-Control-Max-Age", "600")
				return c.NoContent(http.StatusNoContent)
			}
		case strings.HasPrefix(path, protocolPath) && reads(request.Method):
			h.Set("Access-Control-Allow-Origin", "*")
			h.Set("Access-Control-Expose-Headers", "Allow, Content-Location, ETag, Link, Preference-Applied, Vary")
			if request.Method == http.MethodOptions {
				h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
				h.Set("Access-Control-Allow-Headers", "Accept, If-None-Match, Prefer")
				h.Set("Access-Control-Max-Age", "600")
			}
		}
		return next(c)
	}
}
