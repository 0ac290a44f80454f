package api

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

// log writes one line for each request, counts it and names its trace: the pattern of its route, never the
// path or the query, which may hold the token of a shared search. It is
// outermost: errors are answered here, once.
func (s *Server) log(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		s.metrics.underWay.Inc()
		defer s.metrics.underWay.Dec()
		id := rand.Text()[:16]
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		if err := next(c); err != nil {
			c.Error(err)
		}
		pattern := c.Path()
		if pattern == "" {
			pattern = "app"
		}
		took := time.Since(start)
		s.metrics.observe(c, pattern, took)
		span := trace.SpanFromContext(c.Request().Context())
		span.SetName(c.Request().Method + " " + pattern)
		span.SetAttributes(attribute.String("http.route", pattern), attribute.String("request", id))
		s.Logger.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
			slog.String("method", c.Request().Method),
			slog.String("route", pattern),
			slog.Int("status", c.Response().Status),
			slog.Int64("bytes", c.Response().Size),
			slog.Duration("took", took),
			slog.String("request", id))
		return nil
	}
}

// whence says where requests come from: from whoever connects or, if that is a
// proxy that is believed, from the last address it names that is none.
func whence(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, proxy := range proxies {
		bits := proxy.Addr().BitLen()
		trust = append(trust, echo.TrustIPRange(&net.IPNet{IP: proxy.Addr().AsSlice(), Mask: net.CIDRMask(proxy.Bits(), bits)}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// notApp are the beginnings of paths that the app does not have.
var notApp = []string{"/api/", protocolPath, hypothesisPath}

func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch r := recover(); r {
			case nil:
			case http.ErrAbortHandler:
				panic(r)
			default:
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		return next(c)
	}
}

// sameOrigin refuses writes that pages of other sites make a browser do with its
// cookie. Where only an API token counts there is nothing to be had that way.
func (s *Server) sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		_, token := bearer(c.Request())
		if !token && !withoutCookies(c.Request().URL.Path) && s.foreign.Check(c.Request()) != nil {
			return fmt.Errorf("%w: this request was made by a page of another site", errForbidden)
		}
		return next(c)
	}
}

// elsewhere gives the app everything that no route has and that is not under
// /api/ or at a door.
func (s *Server) elsewhere(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		path := c.Request().URL.Path
		if s.HypothesisClient != "" && strings.HasPrefix(path, "/read/") {
			c.Response().Header().Set("Content-Security-Policy", s.readerPolicy())
		}
		if errors.Is(err, echo.ErrNotFound) && !slices.ContainsFunc(notApp, func(prefix string) bool { return strings.HasPrefix(path, prefix) }) {
			return s.serveScreen(c)
		}
		return err
	}
}
