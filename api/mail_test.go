package api_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"glossator/api"
	"glossator/mail"
	"glossator/mail/mailtest"
)

// posting returns a site that sends letters to a server.
func posting(t *testing.T, change ...func(*api.Config)) (*site, *mailtest.Server) {
	t.Helper()
	server := mailtest.Start(t)
	letters := lettersTo(t, server)
	s := newSite(t, append(change, func(c *api.Config) { c.Letters = letters })...)
	s.sending(letters)
	return s, server
}

// lettersTo returns what sends letters to a server, and does not wait to try again.
func lettersTo(t *testing.T, server *mailtest.Server) *api.Letters {
	t.Helper()
	post, err := mail.New(mail.Config{Address: server.Address, From: "glossator@site.example"})
	if err != nil {
		t.Fatal(err)
	}
	letters, err := api.NewLetters(post, &url.URL{Scheme: "https", Host: "site.example"}, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	letters.Pauses = []time.Duration{0}
	return letters
}

// sending sends letters until stop is called, or the test ends.
func (s *site) sending(letters *api.Letters) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = letters.Run(ctx, s.store)
	}()
	stop = func() {
		cancel()
		<-done
	}
	s.t.Cleanup(stop) // before the store is closed
	return stop
}

var links = regexp.MustCompile(`https://site\.example/(\w+)/(\w+)`)

// token returns the token of the link to a screen in a letter.
func token(t *testing.T, letter mailtest.Letter, screen string) string {
	t.Helper()
	found := links.FindStringSubmatch(letter.Text)
	if found == nil || found[1] != screen {
		t.Fatalf("the letter has no link to %s:\n%s", screen, letter.Text)
	}
	return found[2]
}

// TestForgotten: an address is shown to be somebody's, and then a link goes there
// by which they choose a new password, once.
func TestForgotten(t *testing.T) {
	s, server := posting(t)
	b := s.traveller(nil)
	b.send(http.MethodPost, "/api/session", `{"name": "ada", "password": "`+password+`"}`)
	if response, body := b.send(http.MethodPut, "/api/account/mail", `{"address": "Ada@harbour.example"}`); !strings.Contains(body, `"unshown":"Ada@harbour.example"`) {
		t.Fatalf("status %d: %s", response.StatusCode, body)
	}
	letter := <-server.Letters
	if letter.To != "Ada@harbour.example" {
		t.Errorf("it goes to %s", letter.To)
	}
	// What nobody has shown counts for nothing. Letters go out in order: the next one
	// tells that there was none.
	s.post("stranger", "/api/forgotten", `{"account": "ada@harbour.example"}`)
	b.send(http.MethodPut, "/api/account/mail", `{"address": "Ada@harbour.example"}`)
	letter = <-server.Letters
	show := "/api/mail/" + token(t, letter, "mail")
	if response, body := b.send(http.MethodPost, show, ""); response.StatusCode != http.StatusOK || !strings.Contains(body, "Ada@harbour.example") {
		t.Fatalf("status %d: %s", response.StatusCode, body)
	}
	if response, _ := b.send(http.MethodPost, show, ""); response.StatusCode != http.StatusNotFound {
		t.Errorf("shown twice: status %d", response.StatusCode)
	}

	var answers []string
	for _, account := range []string{"nobody", "bo", "ada", "ada@harbour.example"} {
		response, body := s.post("stranger", "/api/forgotten", `{"account": "`+account+`"}`)
		answers = append(answers, response.Status+string(body))
	}
	for _, answer := range answers {
		if answer != "202 Accepted" {
			t.Errorf("the answers are %q", answers)
		}
	}
	first, second := <-server.Letters, <-server.Letters
	if response, _ := s.post("stranger", "/api/entry/"+token(t, first, "enter"), `{"name": "", "password": "another lantern"}`); response.StatusCode < 400 {
		t.Error("the link before is still good")
	}
	enter := "/api/entry/" + token(t, second, "enter")
	if response, body := s.post("stranger", enter, `{"name": "ada", "password": "another lantern"}`); response.StatusCode != http.StatusCreated {
		t.Errorf("a new password: status %d: %s", response.StatusCode, body)
	}
	if response, _ := s.post("stranger", enter, `{"name": "ada", "password": "a third lantern"}`); response.StatusCode != http.StatusNotFound {
		t.Errorf("the link is good twice: status %d", response.StatusCode)
	}
	for _, secret := range []string{token(t, second, "enter"), "harbour.example"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
	select {
	case letter := <-server.Letters:
		t.Errorf("another letter goes out: %+v", letter)
	default:
	}
}

func TestForgottenIsLimited(t *testing.T) {
	s, _ := posting(t, func(c *api.Config) { c.Limits.SignIn = api.Rate{Burst: 2, Every: time.Hour} })
	for i, want := range []int{http.StatusAccepted, http.StatusAccepted, http.StatusTooManyRequests} {
		if response, body := s.post("stranger", "/api/forgotten", `{"account": "nobody"}`); response.StatusCode != want {
			t.Errorf("time %d: status %d: %s", i, response.StatusCode, body)
		}
	}
	if response, _ := s.post("stranger", "/api/session", `{"name": "ada", "password": "`+password+`"}`); response.StatusCode != http.StatusOK {
		t.Errorf("signing in is limited with it: status %d", response.StatusCode)
	}
}

func TestMailedInvitation(t *testing.T) {
	s, server := posting(t)
	response, body := s.post("arthur", "/api/people/invitations", `{"role": "editor", "days": 7, "mail": "eve@harbour.example"}`)
	var made struct{ Token string }
	if err := json.Unmarshal(body, &made); err != nil || response.StatusCode != http.StatusCreated {
		t.Fatalf("status %d: %s", response.StatusCode, body)
	}
	letter := <-server.Letters
	if letter.To != "eve@harbour.example" || !strings.Contains(letter.Text, "arthur invites you") {
		t.Errorf("the letter is %+v", letter)
	}
	// Either token is good, and one of them once.
	told := token(t, letter, "enter")
	if response, body := s.post("stranger", "/api/entry/"+told, `{"name": "eve", "password": "another lantern"}`); response.StatusCode != http.StatusCreated {
		t.Errorf("the link in the letter: status %d: %s", response.StatusCode, body)
	}
	for _, one := range []string{told, made.Token} {
		if got := s.status("stranger", http.MethodGet, "/api/entry/"+one, ""); one == "" || got != http.StatusNotFound {
			t.Errorf("a link that was used: status %d", got)
		}
	}
	if response, _ := s.post("arthur", "/api/people/invitations", `{"role": "editor", "mail": "eve"}`); response.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("to no address: status %d", response.StatusCode)
	}
}

// TestLettersWait: what was acknowledged is sent in the end, though the server of
// mail refuses it for a while or Glossator stops before; what is refused for good is not.
func TestLettersWait(t *testing.T) {
	server := mailtest.Start(t)
	letters := lettersTo(t, server)
	s := newSite(t, func(c *api.Config) { c.Letters = letters })
	ask := func(to string) {
		t.Helper()
		if response, body := s.post("arthur", "/api/people/invitations", `{"role": "member", "mail": "`+to+`"}`); response.StatusCode != http.StatusCreated {
			t.Fatalf("status %d: %s", response.StatusCode, body)
		}
	}
	next := func(to string) {
		t.Helper()
		if letter := <-server.Letters; letter.To != to {
			t.Errorf("a letter goes to %s, want %s", letter.To, to)
		} else if got := s.status("stranger", http.MethodGet, "/api/entry/"+token(t, letter, "enter"), ""); got != http.StatusOK {
			t.Errorf("its link: status %d", got)
		}
	}
	ask("eve@harbour.example")
	ask("ina@harbour.example")
	stop := s.sending(letters)
	next("eve@harbour.example")
	next("ina@harbour.example")
	server.Refuse(3, "450 the box is busy")
	ask("eve@harbour.example")
	next("eve@harbour.example")
	server.Refuse(1, "550 no such box")
	ask("eve@harbour.example")
	ask("ina@harbour.example")
	next("ina@harbour.example")
	stop()
	ask("eve@harbour.example")
	s.sending(lettersTo(t, server))
	next("eve@harbour.example")
}

// TestTooManyLetters: nobody is told that a letter goes out that cannot.
func TestTooManyLetters(t *testing.T) {
	letters := lettersTo(t, mailtest.Start(t))
	s := newSite(t, func(c *api.Config) { c.Letters = letters })
	for range 500 {
		if err := s.store.AskReset(t.Context(), "ada", ""); err != nil {
			t.Fatal(err)
		}
	}
	for _, ask := range []struct{ path, body string }{{"/api/forgotten", `{"account": "ada"}`}, {"/api/people/invitations", `{"role": "member", "mail": "eve@harbour.example"}`}} {
		if response, body := s.post("arthur", ask.path, ask.body); response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "Too many letters wait") {
			t.Errorf("%s: status %d: %s", ask.path, response.StatusCode, body)
		}
	}
}

func TestMailNeedsConfirmation(t *testing.T) {
	s, _ := posting(t)
	if got := s.status("ada", http.MethodPut, "/api/account/mail", `{"address": "x@harbour.example"}`); got != http.StatusForbidden {
		t.Errorf("by an API token: status %d", got)
	}
}

func TestNoMail(t *testing.T) {
	s := newSite(t)
	for path, body := range map[string]string{"/api/forgotten": `{"account": "ada"}`, "/api/people/invitations": `{"role": "member", "mail": "a@b.example"}`} {
		if response, body := s.post("arthur", path, body); response.StatusCode != http.StatusNotFound || !strings.Contains(string(body), "No mail server") {
			t.Errorf("%s: status %d: %s", path, response.StatusCode, body)
		}
	}
}
