package api_test

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// form posts a form and returns the answer.
func (s *site) form(path string, fields url.Values) (int, string) {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.URL+path, strings.NewReader(fields.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response := s.ask("stranger", request)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

// The whole way from the window to a token and its end.
func TestHypothesisSignIn(t *testing.T) {
	s := newSite(t)
	_, page := s.form("/hypothesis/oauth/authorize", url.Values{"state": {`x"><script>`}, "name": {"ada"}, "password": {password}})
	code := regexp.MustCompile(`data-code="(\w+)"`).FindStringSubmatch(page)
	if code == nil || strings.Contains(page, `"><script>`) || !strings.Contains(page, `data-origin="`+s.URL+`"`) {
		t.Fatalf("the window says %s", page)
	}
	exchange := url.Values{"grant_type": {"authorization_code"}, "client_id": {"glossator"}, "code": {code[1]}}
	status, body := s.form("/hypothesis/api/token", exchange)
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, body)
	}
	if status, _ := s.form("/hypothesis/api/token", exchange); status != http.StatusBadRequest {
		t.Errorf("a code is good twice: status %d", status)
	}
	first := tokenIn(t, body)
	status, body = s.form("/hypothesis/api/token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {first}})
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, body)
	}
	second := tokenIn(t, body)
	for token, want := range map[string]int{first: http.StatusUnauthorized, second: http.StatusOK} {
		if r, _ := s.get("stranger", "/hypothesis/api/profile", "Authorization", "Bearer "+token); r.StatusCode != want {
			t.Errorf("status %d, want %d", r.StatusCode, want)
		}
	}
	if status, body := s.form("/hypothesis/api/token", url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {s.tokens["bo"]}}); status != http.StatusOK || tokenIn(t, body) != s.tokens["bo"] {
		t.Errorf("a token that a page was given: status %d: %s", status, body)
	}
	if status, body := s.form("/hypothesis/oauth/revoke", url.Values{"token": {second}}); status != http.StatusOK {
		t.Errorf("status %d: %s", status, body)
	}
	if r, _ := s.get("stranger", "/hypothesis/api/profile", "Authorization", "Bearer "+second); r.StatusCode != http.StatusUnauthorized {
		t.Errorf("a revoked token: status %d", r.StatusCode)
	}
	if log := s.log.String(); strings.Contains(log, code[1]) || strings.Contains(log, first) || strings.Contains(log, password) {
		t.Error("the log tells a secret")
	}
}

func tokenIn(t *testing.T, body string) string {
	t.Helper()
	found := regexp.MustCompile(`"access_token":"(\w+)"`).FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("there is no token in %s", body)
	}
	return found[1]
}
