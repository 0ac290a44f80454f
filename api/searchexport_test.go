package api_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"glossator/api"
	"glossator/index"
	"glossator/index/query"
)

// A hitter is an engine whose hits are given.
type hitter struct {
	index.Engine
	hits func(ctx context.Context, visit func(index.Hit) error) error
}

func (h hitter) Hits(ctx context.Context, _ query.Query, _ index.Options, visit func(index.Hit) error) error {
	return h.hits(ctx, visit)
}

// Half of an export never looks like all of it: an error on the way is an answer
// of its own.
func TestExportThatFails(t *testing.T) {
	spools := t.TempDir()
	t.Setenv("TMPDIR", spools)
	cause := errors.New("a broken segment")
	s := newSite(t, func(c *api.Config) {
		c.Engine = hitter{c.Engine, func(_ context.Context, visit func(index.Hit) error) error {
			for range 1000 {
				if err := visit(index.Hit{Passage: index.Passage{Document: "harbour-accord", Version: "v", Provision: "art1"}}); err != nil {
					return err
				}
			}
			return cause
		}}
	})
	response, body := s.get("stranger", "/api/search/export?format=csv&q=network")
	if response.StatusCode != http.StatusInternalServerError || strings.Contains(string(body), "harbour-accord") ||
		response.Header.Get("Content-Disposition") != "" {
		t.Errorf("status %d, %v: %.200s", response.StatusCode, response.Header, body)
	}
	if left, err := os.ReadDir(spools); err != nil || len(left) > 0 {
		t.Errorf("%v are left behind, %v", left, err)
	}
}

// An export ends when nobody waits for it, and lets the next one begin.
func TestExportThatNobodyWaitsFor(t *testing.T) {
	started, ended := make(chan struct{}), make(chan error, 1)
	s := newSite(t, func(c *api.Config) {
		c.Engine = hitter{c.Engine, func(ctx context.Context, _ func(index.Hit) error) error {
			close(started)
			<-ctx.Done()
			ended <- ctx.Err()
			return ctx.Err()
		}}
	})
	ctx, cancel := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/api/search/export?format=csv&q=network", nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-started
		cancel()
	}()
	if response, err := http.DefaultClient.Do(request); err == nil {
		t.Errorf("it was answered: %s", response.Status)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the engine was stopped with %v", err)
	}
	response, body := s.get("stranger", "/api/concordance/export?q=network")
	if response.StatusCode != http.StatusOK {
		t.Errorf("the next export: status %d: %s", response.StatusCode, body)
	}
}

// All that searches takes the same filters.
func TestFiltersAreTheSameEverywhere(t *testing.T) {
	contract, err := openapi3.NewLoader().LoadFromFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	filters := func(path string) []string {
		var names []string
		for _, p := range contract.Paths.Value(path).Get.Parameters {
			if !slices.Contains([]string{"sort", "page", "size", "hits", "facets", "partial", "format"}, p.Value.Name) {
				names = append(names, p.Value.Name)
			}
		}
		slices.Sort(names)
		return names
	}
	want := filters("/api/search")
	for _, path := range []string{"/api/search/export", "/api/concordance", "/api/concordance/export"} {
		if diff := cmp.Diff(want, filters(path)); diff != "" {
			t.Errorf("%s (-/api/search +it):\n%s", path, diff)
		}
	}
}
