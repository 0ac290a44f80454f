package fetch

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// page is what the test's servers give.
const page = "<html><title>Accord</title><p>Article 1. Quiet.</p></html>"

func fetcher() *Fetcher {
	return &Fetcher{Agent: "Glossator/test (+https://glossator.example)", AllowPrivate: true, Pause: time.Millisecond}
}

func serve(t *testing.T, handle http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	return server
}

func TestGet(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.UserAgent(), "Glossator/test") {
			t.Errorf("it says it is %q", r.UserAgent())
		}
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Last-Modified", "Mon, 02 Jan 2006 15:04:05 GMT")
		if r.Header.Get("If-None-Match") == `"one"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
			return
		}
		w.Header().Set("Content-Type", "Text/HTML; charset=utf-8")
		_, _ = fmt.Fprint(w, page)
	})
	f := fetcher()
	got, err := f.Get(t.Context(), server.URL+"/old", Known{})
	if err != nil || string(got.Data) != page || got.Type != "text/html" || got.Address != server.URL+"/new" || len(got.SHA256) != 64 {
		t.Fatalf("got %+v, %v", got, err)
	}
	again, err := f.Get(t.Context(), server.URL+"/old", Known{ETag: got.ETag, Modified: got.Modified})
	if err != nil || !again.Unchanged {
		t.Errorf("the second time: %+v, %v", again, err)
	}
}

// TestFailures holds that each way in which a server fails is told apart, and
// says what to do.
func TestFailures(t *testing.T) {
	slow := make(chan struct{})
	t.Cleanup(func() { close(slow) })
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/404":
			w.WriteHeader(http.StatusNotFound)
		case "/403":
			w.WriteHeader(http.StatusForbidden)
		case "/500":
			w.WriteHeader(http.StatusInternalServerError)
		case "/later":
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/short":
			w.Header().Set("Content-Length", "1000")
			_, _ = fmt.Fprint(w, page)
		case "/large":
			_, _ = fmt.Fprint(w, strings.Repeat("x", 5000))
		case "/declared":
			w.Header().Set("Content-Length", "5000")
			_, _ = fmt.Fprint(w, strings.Repeat("x", 5000))
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/slow":
			select {
			case <-slow:
			case <-r.Context().Done():
			}
		case "/hangs":
			w.Header().Set("Content-Length", "1000")
			_, _ = fmt.Fprint(w, page)
			w.(http.Flusher).Flush()
			select {
			case <-slow:
			case <-r.Context().Done():
			}
		}
	})
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	secure.Config.ErrorLog = nil
	for address, want := range map[string]struct {
		is    error
		words string
	}{
		server.URL + "/404":      {ErrNotThere, "look for its new address"},
		server.URL + "/403":      {ErrRefused, "open the address in a browser"},
		server.URL + "/500":      {ErrServer, "fetch again later"},
		server.URL + "/later":    {ErrServer, "left alone for 2h0m0s"},
		server.URL + "/short":    {ErrTruncated, "nothing of it was taken"},
		server.URL + "/large":    {ErrTooLarge, "import the parts"},
		server.URL + "/declared": {ErrTooLarge, "import the parts"},
		server.URL + "/round":    {ErrRedirects, "more than 5 times"},
		server.URL + "/file":     {ErrAddress, "anybody between"},
		server.URL + "/slow":     {ErrSlow, "fetch again later"},
		server.URL + "/hangs":    {ErrSlow, "fetch again later"},
		gone.URL:                 {ErrReach, "check the network"},
		secure.URL:               {ErrTLS, "nothing from it can be trusted"},
		"ftp://127.0.0.1/":       {ErrAddress, "not one of the web"},
		"https://":               {ErrAddress, "not one of the web"},
		strings.Replace(server.URL, "http", "https", 1): {ErrTLS, "nothing from it"},
	} {
		t.Run(address[strings.LastIndex(address, "/"):], func(t *testing.T) {
			f := fetcher()
			f.MaxSize, f.Timeout = 4000, 200*time.Millisecond
			got, err := f.Get(t.Context(), address, Known{})
			if !errors.Is(err, want.is) || !strings.Contains(err.Error(), want.words) {
				t.Errorf("%s: %v", address, err)
			}
			if got.Data != nil {
				t.Errorf("%s gave %q", address, got.Data)
			}
		})
	}
}

// TestTriesAgain holds that what may pass is asked for again, and nothing else.
func TestTriesAgain(t *testing.T) {
	asked := map[string]int{}
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		switch {
		case r.URL.Path == "/404":
			w.WriteHeader(http.StatusNotFound)
		case r.URL.Path == "/500":
			w.WriteHeader(http.StatusBadGateway)
		case asked[r.URL.Path] == 1:
			w.Header().Set("Content-Length", "1000")
			_, _ = fmt.Fprint(w, page)
		case asked[r.URL.Path] == 2:
			w.WriteHeader(http.StatusTooManyRequests)
		default:
			_, _ = fmt.Fprint(w, page)
		}
	})
	for path, want := range map[string]int{"/404": 1, "/500": Attempts, "/third": 3} {
		_, err := fetcher().Get(t.Context(), server.URL+path, Known{})
		if (err == nil) != (path == "/third") || asked[path] != want {
			t.Errorf("%s was asked for %d times: %v", path, asked[path], err)
		}
	}
}

func TestTrustedServer(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/down" {
			http.Redirect(w, r, "http://"+r.Host+"/", http.StatusFound)
			return
		}
		_, _ = fmt.Fprint(w, page)
	}))
	defer server.Close()
	f := fetcher()
	f.Roots = x509.NewCertPool()
	f.Roots.AddCert(server.Certificate())
	if got, err := f.Get(t.Context(), server.URL, Known{}); err != nil || string(got.Data) != page {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := f.Get(t.Context(), server.URL+"/down", Known{}); !errors.Is(err, ErrAddress) {
		t.Errorf("a redirect away from TLS: %v", err)
	}
}

// TestPrivate holds that private addresses are refused by number, by name and
// behind redirects.
func TestPrivate(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, page) })
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	for _, address := range []string{
		server.URL, "http://localhost:" + port, "http://[::1]:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://0.0.0.0:" + port,
		"http://10.0.0.1", "http://169.254.169.254/latest", "http://192.168.1.1", "http://[fd00::1]", "http://100.64.0.1",
	} {
		f := fetcher()
		f.AllowPrivate, f.Timeout = false, 2*time.Second
		_, err := f.Get(t.Context(), address, Known{})
		if !errors.Is(err, ErrPrivate) && !errors.Is(err, ErrReach) || err == nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2001:4860:4860::8888": true, "127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.0.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "::": false, "::1": false,
		"fe80::1": false, "fc00::1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false,
		"::7f00:1": false, "::ffff:0:7f00:1": false, "fec0::1": false, "100::1": false, "192.88.99.1": false,
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is public: %v", address, got)
		}
	}
	f := fetcher()
	f.AllowPrivate = false
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if _, err := f.transport().Do(request); !errors.Is(err, ErrPrivate) {
		t.Errorf("what a redirect leads to is dialled: %v", err)
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		w.WriteHeader(http.StatusBadGateway)
	})
	f := fetcher()
	f.Pause = time.Hour
	if _, err := f.Get(ctx, server.URL, Known{}); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "5": 5 * time.Second, "-5": 0, "soon": 0, "Fri, 02 Jan 2026 03:04:35 GMT": 30 * time.Second, "Thu, 01 Jan 2026 00:00:00 GMT": 0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q is %s, want %s", value, got, want)
		}
	}
}
