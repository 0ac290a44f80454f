package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"testing/synctest"

	"github.com/labstack/echo/v4"

	"glossator/annotations/store"
	"glossator/index"
)

func TestSlowSearch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forever := func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return 0, fmt.Errorf("searching: %w", ctx.Err())
		}
		_, err := bounded(t.Context(), forever)
		if p, known := problemOf(err); !known || p.Status != 503 || p.Detail == "" {
			t.Errorf("a search that takes too long is %+v (%v)", p, err)
		}
		answer := httptest.NewRecorder()
		retryLater(echo.New().NewContext(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil), answer), err)
		if wait := answer.Header().Get("Retry-After"); wait != "5" {
			t.Errorf("a search that takes too long is to be tried again after %q seconds", wait)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := bounded(gone, forever); errors.Is(err, errSlow) || !errors.Is(err, context.Canceled) {
			t.Errorf("a search nobody waits for is %v", err)
		}
	})
}

func TestWordsOfProblem(t *testing.T) {
	inner := fmt.Errorf("%w: there is no harbour", store.ErrNotFound)
	for _, test := range []struct {
		err    error
		status int
		detail string
	}{
		{inner, 404, "There is no harbour."},
		{store.ErrNotFound, 404, "Not found."},
		{fmt.Errorf("reading a harbour: %w", inner), 404, "There is no harbour."},
		{errors.Join(errors.New("rolling back"), fmt.Errorf("reading: %w", inner)), 404, "There is no harbour."},
		{fmt.Errorf("searching: %w", fmt.Errorf("%w: “a*” stands for too many words", index.ErrTooCostly)), 400, "“a*” stands for too many words."},
		{errors.New("a secret"), 500, "internal error; the log has more under the id of this request"},
	} {
		p, known := problemOf(test.err)
		if p.Status != test.status || p.Detail != test.detail || known != (test.status != 500) {
			t.Errorf("%v is answered %d %q", test.err, p.Status, p.Detail)
		}
	}
}

func TestWhence(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, test := range []struct {
		from, forwarded, want string
		proxies               []netip.Prefix
	}{
		{"192.0.2.1:5", "198.51.100.7", "192.0.2.1", nil},
		{"127.0.0.1:5", "198.51.100.7", "127.0.0.1", proxies},
		{"10.1.1.1:5", "198.51.100.7", "198.51.100.7", proxies},
		{"10.1.1.1:5", "203.0.113.9, 198.51.100.7, 10.2.2.2", "198.51.100.7", proxies},
		{"[::1]:5", "198.51.100.7", "198.51.100.7", proxies},
		{"192.0.2.1:5", "198.51.100.7", "192.0.2.1", proxies},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.RemoteAddr = test.from
		r.Header.Set("X-Forwarded-For", test.forwarded)
		if got := whence(test.proxies)(r); got != test.want {
			t.Errorf("from %s, forwarded for %s: %s, want %s", test.from, test.forwarded, got, test.want)
		}
	}
}

func TestShelfKeepsWhatWasUsedLast(t *testing.T) {
	s := newShelf(10)
	put := func(key string, size int) { s.put(key, pack("", "", key, make([]byte, size), false)) }
	put("a", 4)
	put("b", 4)
	s.get("a")
	put("c", 4)
	put("too large", 11)
	for key, want := range map[string]bool{"a": true, "b": false, "c": true, "too large": false} {
		if _, got := s.get(key); got != want {
			t.Errorf("%s is there: %v, want %v", key, got, want)
		}
	}
	if s.size != 8 {
		t.Errorf("the shelf counts %d bytes, want 8", s.size)
	}
}

func TestOpening(t *testing.T) {
	for _, test := range []struct{ text, want string }{{"été", "été"}, {"étés", "été…"}} {
		if got := opening(test.text, 3); got != test.want {
			t.Errorf("the opening of %q is %q, want %q", test.text, got, test.want)
		}
	}
}
