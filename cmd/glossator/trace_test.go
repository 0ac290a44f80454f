package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// TestTraces: a collector hears of each request by its route, in the trace of
// the proxy before, and of nothing that is private.
func TestTraces(t *testing.T) {
	var mu sync.Mutex
	var told strings.Builder
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		told.WriteString(r.URL.Path)
		_, _ = io.Copy(&told, r.Body)
	}))
	defer collector.Close()
	data := t.TempDir()
	s := serveData(t, data, "veryprivatetoken", "--no-digests", "--trace-endpoint", collector.URL)
	for _, path := range []string{"/s/veryprivatelink/feed.atom", "/api/search?q=veryprivatequery", "/veryprivatepath"} {
		_, _ = s.call(http.MethodGet, path, nil, nil)
	}
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/api/status", nil)
	request.Header.Set("Traceparent", "00-74726163656f66616e6f746865722121-7061726e74737061-01")
	request.Header.Set("User-Agent", "veryprivateagent")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	s.stop()
	mu.Lock()
	defer mu.Unlock()
	for _, want := range []string{
		"/v1/traces", "GET /s/:token/feed.atom", "GET /api/search", "GET app", "GET /api/status", "http.route",
		answer.Header.Get("X-Request-Id"), "traceofanother!!",
	} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("the collector is not told %q", want)
		}
	}
	if strings.Contains(told.String(), "veryprivate") {
		t.Errorf("the collector is told what is private:\n%q", told.String())
	}
}
