package api_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"glossator/annotations"
	"glossator/api"
	"glossator/index"
)

// post sends JSON as a browser does and returns the answer.
func (s *site) post(as, path, body string) (*http.Response, []byte) {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response := s.ask(as, request)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response, content
}

func TestNewNeedsItsParts(t *testing.T) {
	if _, err := api.New(api.Config{}); err == nil {
		t.Error("a server without a store was made")
	}
}

func TestInternalErrorIsLoggedOnceAndKept(t *testing.T) {
	broken := struct{ index.Engine }{} // whoever calls it panics
	for _, test := range []struct {
		name  string
		site  *site
		path  string
		cause string
	}{
		{"panic", newSite(t, func(c *api.Config) { c.Engine = broken }), "/api/search?q=harbour", "nil pointer"},
		{"error", newSite(t), "/api/documents", "closed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.name == "error" {
				if err := test.site.store.Close(); err != nil {
					t.Fatal(err)
				}
			}
			response, body := test.site.get("stranger", test.path)
			if response.StatusCode != http.StatusInternalServerError {
				t.Fatalf("status %d, want 500", response.StatusCode)
			}
			id := response.Header.Get("X-Request-Id")
			var problem struct{ Detail, Request string }
			if err := json.Unmarshal(body, &problem); err != nil {
				t.Fatal(err)
			}
			if problem.Request != id || !strings.HasPrefix(problem.Detail, "internal error") {
				t.Errorf("the answer is %s", body)
			}
			if strings.Contains(string(body), test.cause) {
				t.Errorf("the answer tells the cause: %s", body)
			}
			log := test.site.log.String()
			if n := strings.Count(log, "level=ERROR"); n != 1 || !strings.Contains(log, test.cause) || !strings.Contains(log, id) {
				t.Errorf("the log has %d errors:\n%s", n, log)
			}
		})
	}
}

func TestBodyThatIsCutOff(t *testing.T) {
	s := newSite(t)
	connection, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	const head = "POST /api/session HTTP/1.1\r\nHost: sea\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
	if _, err := io.WriteString(connection, head+`{"name": "ad`); err != nil {
		t.Fatal(err)
	}
	if err := connection.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(connection)
	if err != nil || !strings.Contains(string(answer), "did not arrive whole") {
		t.Errorf("%s, %v", answer, err)
	}
	if log := s.log.String(); strings.Contains(log, "level=ERROR") {
		t.Errorf("it is taken for an error of the server:\n%s", log)
	}
}

func TestLogKeepsSecrets(t *testing.T) {
	s := newSite(t)
	s.get("ada", "/s/secret-of-a-link/feed.atom?x=secret-of-a-query")
	s.get("ada", "/s/secret-of-a-link")
	log := s.log.String()
	if !strings.Contains(log, "route=/s/:token/feed.atom") || !strings.Contains(log, "route=app") {
		t.Errorf("the routes are not logged:\n%s", log)
	}
	for _, secret := range []string{"secret-of", s.tokens["ada"]} {
		if strings.Contains(log, secret) {
			t.Errorf("the log tells %q:\n%s", secret, log)
		}
	}
}

func TestSetUp(t *testing.T) {
	s := emptySite(t)
	if _, body := s.get("browser", "/api/session"); !strings.Contains(string(body), `"setup":true`) {
		t.Errorf("before there is an account: %s", body)
	}
	token, needed, err := s.store.SetupToken(t.Context())
	if err != nil || !needed {
		t.Fatalf("no token to set up: %v", err)
	}
	if response, body := s.post("browser", "/api/setup", `{"name": "ada", "password": "lantern on the pier", "token": "guess"}`); response.StatusCode != http.StatusForbidden {
		t.Errorf("a guessed token: status %d: %s", response.StatusCode, body)
	}
	response, body := s.post("browser", "/api/setup", `{"name": "ada", "password": "lantern on the pier", "token": "`+token+`"}`)
	if response.StatusCode != http.StatusCreated || !strings.Contains(string(body), annotations.Administrator) {
		t.Errorf("status %d: %s", response.StatusCode, body)
	}
	if _, body := s.get("browser", "/api/session"); !strings.Contains(string(body), `"mayManage":true`) || !strings.Contains(string(body), `"setup":false`) {
		t.Errorf("afterwards: %s", body)
	}
}

func TestSignInRenewsTheSession(t *testing.T) {
	s := newSite(t)
	const credentials = `{"name": "ada", "password": "` + password + `"}`
	first, _ := s.post("browser", "/api/session", credentials)
	second, _ := s.post("browser", "/api/session", credentials)
	old := first.Cookies()[0]
	if old.Value == second.Cookies()[0].Value {
		t.Error("the token of the session stayed the same")
	}
	if _, body := s.get("stranger", "/api/session", "Cookie", old.Name+"="+old.Value); !strings.Contains(string(body), `"signedIn":false`) {
		t.Errorf("the old session is still good: %s", body)
	}
}

func TestSignOutEndsTheSession(t *testing.T) {
	s := newSite(t)
	response, _ := s.post("browser", "/api/session", `{"name": "ada", "password": "`+password+`"}`)
	cookie := response.Cookies()[0]
	request, err := http.NewRequest(http.MethodDelete, s.URL+"/api/session", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ask("browser", request).Body.Close(); err != nil {
		t.Fatal(err)
	}
	if _, body := s.get("stranger", "/api/session", "Cookie", cookie.Name+"="+cookie.Value); !strings.Contains(string(body), `"signedIn":false`) {
		t.Errorf("the session outlives signing out: %s", body)
	}
}

func TestNewPasswordEndsTheSessions(t *testing.T) {
	s := newSite(t)
	s.post("browser", "/api/session", `{"name": "ada", "password": "`+password+`"}`)
	if err := s.store.SetPassword(t.Context(), "ada", "another lantern"); err != nil {
		t.Fatal(err)
	}
	if _, body := s.get("browser", "/api/session"); !strings.Contains(string(body), `"signedIn":false`) {
		t.Errorf("the session outlives the password: %s", body)
	}
	if _, body := s.get("ada", "/api/session"); !strings.Contains(string(body), `"signedIn":true`) {
		t.Errorf("the API token has ended: %s", body)
	}
	s.post("browser", "/api/session", `{"name": "ada", "password": "another lantern"}`)
	if _, body := s.get("browser", "/api/session"); !strings.Contains(string(body), `"signedIn":true`) {
		t.Errorf("signed in with the new password: %s", body)
	}
}

func TestSecureCookie(t *testing.T) {
	s := newSite(t, func(c *api.Config) { c.Secure = true })
	response, _ := s.post("stranger", "/api/session", `{"name": "ada", "password": "`+password+`"}`)
	cookie := response.Cookies()[0]
	if cookie.Name != "__Host-glossator" || !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.Domain != "" {
		t.Errorf("the cookie is %s", cookie)
	}
}

func TestAppNotBuilt(t *testing.T) {
	s := newSite(t, func(c *api.Config) { c.Frontend = nil })
	response, body := s.get("stranger", "/search?q=a")
	if response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "make build") {
		t.Errorf("status %d: %s", response.StatusCode, body)
	}
}

func TestLargeBodiesAreRefused(t *testing.T) {
	s := newSite(t)
	response, body := s.post("ada", "/api/concepts", `{"label": "`+strings.Repeat("a", 2<<20)+`"}`)
	if response.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), "at most 1 MB") {
		t.Errorf("status %d: %.300s", response.StatusCode, body)
	}
}

// What is sent gzipped is the same as what is sent plain.
func TestGzip(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/api/search?q=harbour", "/api/openapi.yaml", "/", s.versionPath("harbour-accord")} {
		plain, want := s.get("stranger", path, "Accept-Encoding", "identity")
		response, packed := s.get("stranger", path, "Accept-Encoding", "gzip")
		if plain.Header.Get("Content-Encoding") != "" || response.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: encodings %q and %q", path, plain.Header.Get("Content-Encoding"), response.Header.Get("Content-Encoding"))
			continue
		}
		if len(packed) >= len(want) {
			t.Errorf("%s: %d bytes gzipped, %d plain", path, len(packed), len(want))
		}
		got := unzip(t, packed)
		if path == "/api/search?q=harbour" {
			got, want = withoutTime(t, got), withoutTime(t, want)
		}
		if string(got) != string(want) {
			t.Errorf("%s: gzipped it says\n%s\nplain\n%s", path, got, want)
		}
	}
}

func unzip(t *testing.T, packed []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(string(packed)))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// withoutTime takes out how long a search took.
func withoutTime(t *testing.T, answer []byte) []byte {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal(answer, &fields); err != nil {
		t.Fatal(err)
	}
	delete(fields, "took")
	content, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// versionPath returns the path of the current version of a document.
func (s *site) versionPath(document string) string {
	s.t.Helper()
	return "/api/versions/" + s.version(document)
}

func (s *site) version(document string) string {
	s.t.Helper()
	detail, err := s.store.Document(s.t.Context(), annotations.Asker{}, document)
	if err != nil {
		s.t.Fatal(err)
	}
	return detail.Versions[0].ID
}

func TestLongQueries(t *testing.T) {
	s := newSite(t)
	for length, want := range map[int]string{10_000: "/problems/query", 20_001: "/problems/request"} {
		response, body := s.get("stranger", "/api/search?q="+strings.Repeat("a", length))
		if response.StatusCode != http.StatusBadRequest || !strings.Contains(string(body), want) {
			t.Errorf("%d characters: status %d: %s", length, response.StatusCode, body)
		}
	}
}
