package api_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"glossator/api"
)

var discard = slog.New(slog.DiscardHandler)

// limited returns a site where three searches, and three attempts to sign in that
// fail, are allowed in an hour, behind a proxy of this machine.
func limited(t *testing.T) *site {
	return newSite(t, func(c *api.Config) {
		rate := api.Rate{Burst: 3, Every: time.Hour}
		c.Limits = api.Limits{SignIn: rate, Search: rate}
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})
}

// from makes a request as if it came from an address, through proxies that are
// not trusted if there are several.
func (s *site) from(address, token, method, path, body string) *http.Response {
	s.t.Helper()
	request, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("X-Forwarded-For", address)
	request.Header.Set("X-Real-Ip", strconv.FormatInt(time.Now().UnixNano(), 10))
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := (&http.Client{}).Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

// refused checks that an answer says to wait, in a header and in words.
func (s *site) refused(what string, response *http.Response) {
	s.t.Helper()
	var problem struct{ Type, Detail string }
	if err := json.NewDecoder(response.Body).Decode(&problem); err != nil {
		s.t.Fatal(err)
	}
	after, _ := strconv.Atoi(response.Header.Get("Retry-After"))
	if response.StatusCode != http.StatusTooManyRequests || after < 3000 || after > 3600 || response.Header.Get("Content-Type") != "application/problem+json" ||
		problem.Type != "/problems/too-many" || !strings.HasSuffix(problem.Detail, "try again in 60 minutes.") {
		s.t.Errorf("%s: status %d, headers %v, %+v", what, response.StatusCode, response.Header, problem)
	}
}

// TestSignInLimits guesses passwords, of one account from many addresses and of
// many accounts from one address.
func TestSignInLimits(t *testing.T) {
	s := limited(t)
	signIn := func(address, name, password string) *http.Response {
		body, _ := json.Marshal(map[string]string{"name": name, "password": password})
		return s.from(address, "", "POST", "/api/session", string(body))
	}
	for range 5 {
		if got := signIn("198.51.100.1", "ada", password); got.StatusCode != http.StatusOK {
			t.Fatalf("who knows the password is answered %d", got.StatusCode)
		}
	}
	for i := range 3 {
		address := "198.51.100." + strconv.Itoa(10+i)
		if got := signIn(address, "  ADA ", "wrong"); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("guess %d is answered %d", i, got.StatusCode)
		}
	}
	s.refused("a fourth guess, from another address", signIn("198.51.100.20", "ada", "wrong"))
	s.refused("the password itself after that", signIn("198.51.100.21", "Ada", password))
	for i := range 3 {
		if got := signIn("2001:db8::"+strconv.Itoa(i+1), "nobody"+strconv.Itoa(i), "wrong"); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("guess %d from one network is answered %d", i, got.StatusCode)
		}
	}
	s.refused("a fourth account from one network", signIn("2001:db8::ffff", "bo", password))
	s.refused("who says that they are somebody else's proxy", signIn("192.0.2.9, 2001:db8::7", "bo", password))
	if got := signIn("2001:db8:0:1::1", "bo", password); got.StatusCode != http.StatusOK {
		t.Errorf("the network beside is answered %d", got.StatusCode)
	}
	form := s.from("2001:db8::8", "", "GET", "/api/session", "")
	if form.StatusCode != http.StatusOK {
		t.Errorf("who may not sign in may not read, either: %d", form.StatusCode)
	}
}

// TestSearchLimits searches too often, as a stranger and as an account.
func TestSearchLimits(t *testing.T) {
	s := limited(t)
	for _, test := range []struct{ name, token, first, other string }{
		{"a stranger", "", "198.51.100.1", "198.51.100.2"},
		{"an account", s.tokens["ada"], "198.51.100.1", "198.51.100.1"},
	} {
		paths := []string{"/api/search?q=harbour", "/api/concordance?q=harbour", "/api/complete?text=ha", "/api/lens?q=harbour", "/hypothesis/api/search"}
		for i, path := range paths {
			got := s.from(test.first, test.token, "GET", path, "")
			if i >= 3 {
				s.refused(test.name+" at "+path, got)
			} else if got.StatusCode != http.StatusOK {
				t.Errorf("%s at %s: status %d", test.name, path, got.StatusCode)
			}
		}
		if got := s.from(test.first, test.token, "GET", "/api/documents", ""); got.StatusCode != http.StatusOK {
			t.Errorf("%s may not read, either: %d", test.name, got.StatusCode)
		}
		token := test.token
		if token != "" {
			token = s.tokens["bo"]
		}
		if got := s.from(test.other, token, "GET", paths[0], ""); got.StatusCode != http.StatusOK {
			t.Errorf("others than %s are answered %d", test.name, got.StatusCode)
		}
	}
	for range 5 {
		if got := s.from("127.0.0.1", "", "GET", "/api/search?q=harbour", ""); got.StatusCode != http.StatusOK {
			t.Errorf("strangers of this machine are answered %d", got.StatusCode)
		}
	}
}

// TestWithoutProxies holds that nobody is believed about where they come from if
// no proxy is named.
func TestWithoutProxies(t *testing.T) {
	s := newSite(t, func(c *api.Config) { c.Limits.SignIn = api.Rate{Burst: 1, Every: time.Hour} })
	wrong := `{"name":"nobody","password":"wrong"}`
	s.from("198.51.100.1", "", "POST", "/api/session", wrong)
	s.refused("who says that they come from elsewhere", s.from("198.51.100.2", "", "POST", "/api/session", strings.Replace(wrong, "nobody", "somebody", 1)))
}
