package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"glossator/annotations/store"
)

func TestPrivate(t *testing.T) {
	data := t.TempDir()
	s, err := store.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := openIndex(t.Context(), data, s)
	if err != nil {
		t.Fatal(err)
	}
	registry := prometheus.NewRegistry()
	defer opened.Close()
	engine := measured(opened, registry)
	people, err := serveCommand{}.handler(s, engine, &url.URL{Scheme: "http", Host: "localhost"}, nil, nil, registry)
	if err != nil {
		t.Fatal(err)
	}
	operators := private(s, engine, data, registry)
	ask := func(handler http.Handler, path string, status int, words ...string) {
		t.Helper()
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		if answer.Code != status {
			t.Errorf("%s: %d, want %d: %s", path, answer.Code, status, answer.Body)
		}
		for _, want := range words {
			if !strings.Contains(answer.Body.String(), want) {
				t.Errorf("%s does not say %q:\n%s", path, want, answer.Body)
			}
		}
	}
	ask(people, "/api/search?q=lantern", http.StatusOK)
	people.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "SPLIT", "/api/search", nil))
	ask(operators, "/healthz", http.StatusOK, "ok")
	ask(operators, "/readyz", http.StatusOK, `"ready":true`, `"indexed":0`)
	ask(operators, "/metrics", http.StatusOK,
		`glossator_request_seconds_count{method="GET",route="/api/search",status="200"} 1`,
		`glossator_request_seconds_count{method="other",route="/api/search",status="405"} 1`, "glossator_requests_under_way 0",
		"glossator_search_seconds_count 1", "glossator_searches_under_way 0", "glossator_index_seconds_count 0", "glossator_index_lag 0", "glossator_texts_unread 0", "glossator_letters_waiting 0",
		"glossator_mark 0", "glossator_index_mark 0", "glossator_store_bytes", "go_goroutines")
	ask(operators, "/debug/pprof/goroutine?debug=1", http.StatusOK, "goroutine profile")
	for _, path := range []string{"/metrics", "/debug/pprof/goroutine?debug=1", "/readyz"} {
		answer := httptest.NewRecorder()
		people.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		for _, secret := range []string{"go_goroutines", "goroutine profile", "indexed"} {
			if strings.Contains(answer.Body.String(), secret) {
				t.Errorf("%s tells people %q", path, secret)
			}
		}
	}

	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	ask(operators, "/healthz", http.StatusOK)
	ask(operators, "/readyz", http.StatusServiceUnavailable, `"ready":false`, "closed")
	ask(operators, "/metrics", http.StatusOK, "glossator_mark -1")
}
