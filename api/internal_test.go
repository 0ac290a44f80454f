package api

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

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
