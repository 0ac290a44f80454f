package api_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/api"
)

// The policies of pages: of ours, and of what carries the Hypothesis client.
const (
	strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
	unframed = strict + "; frame-ancestors 'none'"
	reading  = "default-src 'none'; script-src 'self' https://client.example; style-src 'self' https://client.example 'unsafe-inline'; " +
		"img-src 'self' data:; font-src 'self' https://client.example; frame-src 'self'; connect-src 'self' https://client.example; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	sidebar = "default-src 'none'; script-src https://client.example; style-src https://client.example 'unsafe-inline'; " +
		"font-src https://client.example data:; img-src https: data: https://client.example; connect-src 'self' https://client.example; " +
		"form-action 'none'; base-uri 'none'"
)

// TestHeaders holds what each kind of answer tells browsers, whether it is a
// page, a file, an answer of the API, an error or what others may embed.
func TestHeaders(t *testing.T) {
	plain, client, framed := newSite(t), newSite(t, func(c *api.Config) { c.HypothesisClient = "https://client.example/" }),
		newSite(t, func(c *api.Config) {
			c.EmbeddedIn = []string{"https://faculty.example", "https://ministry.example:8443"}
		})
	common := map[string]string{
		"Content-Security-Policy": unframed, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
		"Permissions-Policy": "camera=(), geolocation=(), microphone=()", "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin",
	}
	for _, test := range []struct {
		site    *site
		request string
		status  int
		differs map[string]string // from common; "" is not there
	}{
		{plain, "GET /", 200, map[string]string{"Cache-Control": "no-cache"}},
		{plain, "GET /read/harbour-accord", 200, map[string]string{"Cache-Control": "no-cache"}},
		{plain, "GET /assets/app-1a2b.js", 200, map[string]string{"Cache-Control": "public, max-age=31536000, immutable"}},
		{plain, "GET /assets/none.js", 404, nil},
		{plain, "GET /api/search?q=harbour", 200, nil},
		{plain, "GET /api/search?q=(", 400, nil},
		{plain, "GET /api/session", 200, nil},
		{plain, "GET /api/nothing", 404, nil},
		{plain, "PUT /api/search", 403, nil},
		{plain, "POST /api/annotations", 403, nil},
		{plain, "GET /opensearch.xml", 200, map[string]string{"Cache-Control": "no-cache"}},
		{plain, "GET /annotations/", 200, map[string]string{"Access-Control-Allow-Origin": "*"}},
		{plain, "OPTIONS /annotations/", 204, map[string]string{"Access-Control-Allow-Origin": "*"}},
		{plain, "POST /annotations/", 403, nil},
		{plain, "GET /hypothesis/api/", 200, map[string]string{"Cross-Origin-Resource-Policy": "", "Access-Control-Allow-Origin": "*"}},
		{plain, "GET /hypothesis/oauth/authorize?origin=https://pages.example", 403, map[string]string{"Cross-Origin-Resource-Policy": ""}},
		{client, "GET /", 200, map[string]string{"Cache-Control": "no-cache"}},
		{client, "GET /read/harbour-accord", 200, map[string]string{"Cache-Control": "no-cache", "Content-Security-Policy": reading}},
		{client, "GET /hypothesis/app.html", 200, map[string]string{"Cross-Origin-Resource-Policy": "", "X-Frame-Options": "", "Content-Security-Policy": sidebar}},
		{client, "GET /hypothesis/embed.js", 200, map[string]string{"Cross-Origin-Resource-Policy": ""}},
		{framed, "GET /", 200, map[string]string{
			"Cache-Control": "no-cache", "X-Frame-Options": "", "Content-Security-Policy": strict + "; frame-ancestors https://faculty.example https://ministry.example:8443",
		}},
	} {
		method, path, _ := strings.Cut(test.request, " ")
		request, err := http.NewRequest(method, test.site.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Origin", "https://elsewhere.example")
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		want, got := map[string]string{}, map[string]string{}
		for _, name := range []string{
			"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control", "Permissions-Policy", "X-Frame-Options",
			"Cross-Origin-Resource-Policy", "Strict-Transport-Security", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials",
		} {
			value, differs := test.differs[name]
			if !differs {
				value = common[name]
			}
			want[name], got[name] = value, strings.Join(response.Header.Values(name), " and ")
		}
		if diff := cmp.Diff(want, got); diff != "" || response.StatusCode != test.status {
			t.Errorf("%s: %d, want %d: (-want +got)\n%s", test.request, response.StatusCode, test.status, diff)
		}
	}
}

// TestEmbeddedIn holds that what would widen the policy is no setting.
func TestEmbeddedIn(t *testing.T) {
	s := newSite(t)
	for _, origin := range []string{"*", "https://", "faculty.example", "https://a.example/path", "https://a.example; script-src *", "https://a.example,b", "javascript:1", ""} {
		if _, err := api.New(api.Config{Store: s.store, Engine: s.engine, Logger: discard, EmbeddedIn: []string{origin}}); err == nil {
			t.Errorf("%q may embed pages", origin)
		}
	}
}

// TestHypothesisClient holds that the client is at an address, and that nothing
// else gets into the policy with it.
func TestHypothesisClient(t *testing.T) {
	plain := newSite(t)
	for _, folder := range []string{"client", "https://", "ftp://client.example/", "https://client.example; script-src *", "https://client.example/?version=1", "https://client.example/?", "https://name:word@client.example/", "javascript:1"} {
		if _, err := api.New(api.Config{Store: plain.store, Engine: plain.engine, Logger: discard, HypothesisClient: folder}); err == nil {
			t.Errorf("the client may be at %q", folder)
		}
	}
	s := newSite(t, func(c *api.Config) { c.HypothesisClient = "https://client.example:8443/files" })
	response, page := s.get("stranger", "/hypothesis/app.html")
	if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src https://client.example:8443;") {
		t.Errorf("the policy of the sidebar: %s", policy)
	}
	if !strings.Contains(string(page), `"https://client.example:8443/files/build/boot.js"`) {
		t.Errorf("the sidebar does not load the client:\n%s", page)
	}
}

// TestProxies asks by plain HTTP, by HTTPS, and as through proxies: only one that
// is named is believed, about HTTPS as about the address.
func TestProxies(t *testing.T) {
	const here, elsewhere = "127.0.0.0/8", "203.0.113.0/24"
	for _, test := range []struct {
		name, proxies string
		tls           bool
		proto, given  string
		safe          bool
	}{
		{name: "plain"},
		{name: "tls", tls: true, safe: true},
		{name: "whoever says https", proto: "https"},
		{name: "whoever says https, with another proxy named", proxies: elsewhere, proto: "https", given: "198.51.100.1"},
		{name: "the proxy says https", proxies: here, proto: "https", given: "198.51.100.1", safe: true},
		{name: "the proxy says http", proxies: here, proto: "http", given: "198.51.100.1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var proxies []netip.Prefix
			if test.proxies != "" {
				proxies = append(proxies, netip.MustParsePrefix(test.proxies))
			}
			s := newSite(t, func(c *api.Config) { c.Proxies = proxies })
			url, client := s.URL, http.DefaultClient
			if test.tls {
				secure := httptest.NewTLSServer(s.Config.Handler)
				defer secure.Close()
				url, client = secure.URL, secure.Client()
			}
			request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/hypothesis/api/links", nil)
			request.Header.Set("X-Forwarded-Proto", test.proto)
			request.Header.Set("X-Forwarded-For", test.given)
			response, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if got := response.Header.Get("Strict-Transport-Security") != ""; got != test.safe {
				t.Errorf("browsers are to come by HTTPS alone: %v, want %v", got, test.safe)
			}
		})
	}
}

// TestCrossOrigin has pages of other sites make a browser write with its cookie.
func TestCrossOrigin(t *testing.T) {
	s := newSite(t)
	signedIn, err := s.client.Post(s.URL+"/api/session", "application/json", strings.NewReader(`{"name":"ada","password":"`+password+`"}`))
	if err != nil || signedIn.Body.Close() != nil || signedIn.StatusCode != http.StatusOK {
		t.Fatal(err, signedIn)
	}
	for _, test := range []struct {
		name, path string
		headers    []string
		want       int
	}{
		{"our page", "/api/searches", []string{"Sec-Fetch-Site", "same-origin"}, 201},
		{"no browser", "/api/searches", nil, 201},
		{"another site", "/api/searches", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a site beside", "/api/searches", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"another site in an old browser", "/api/searches", []string{"Origin", "https://elsewhere.example"}, 403},
		{"a page without an origin", "/api/searches", []string{"Origin", "null"}, 403},
		{"another site at the door", "/annotations/", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"another site in the window of a client", "/hypothesis/oauth/authorize", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"another site signs out", "/api/session", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"another site asks where no cookie counts", "/hypothesis/api/annotations", []string{"Sec-Fetch-Site", "cross-site"}, 401},
	} {
		request, _ := http.NewRequest(http.MethodPost, s.URL+test.path, strings.NewReader(`{"name":"n","description":"","address":"q=harbour"}`))
		request.Header.Set("Content-Type", "application/json")
		for i := 0; i+1 < len(test.headers); i += 2 {
			request.Header.Set(test.headers[i], test.headers[i+1])
		}
		response, err := s.client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != test.want {
			t.Errorf("%s: status %d, want %d", test.name, response.StatusCode, test.want)
		}
	}
}
