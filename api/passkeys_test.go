package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/api"
)

// A browser has cookies of its own, and comes to this machine by its name.
type browser struct {
	*site
	client http.Client
	origin string
}

func (s *site) newBrowser() *browser {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{s, http.Client{Jar: jar}, "http://localhost:" + s.URL[strings.LastIndex(s.URL, ":")+1:]}
}

// send makes a request, checks the answer by the contract, and reads it into one
// of what is given.
func (b *browser) send(method, path, body string, into ...any) (status int, said string) {
	b.t.Helper()
	request, err := http.NewRequest(method, b.URL+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Host = strings.TrimPrefix(b.origin, "http://")
	request.Header.Set("Content-Type", "application/json")
	response, err := b.client.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.valid(request, []byte(body), &answer{response.StatusCode, response.Header, content}); err != nil {
		b.t.Errorf("%s %s: not as the contract says: %v\n%s", method, path, err, content)
	}
	for _, value := range into {
		if err := json.Unmarshal(content, value); err != nil {
			b.t.Fatalf("%s %s: %s: %v", method, path, content, err)
		}
	}
	return response.StatusCode, string(bytes.TrimSpace(content))
}

// want makes a request that must be answered with a status, and with words in it.
func (b *browser) want(status int, words, method, path, body string) string {
	b.t.Helper()
	got, answer := b.send(method, path, body)
	if got != status || !strings.Contains(answer, words) {
		b.t.Errorf("%s %s: %d %s; want %d with %q", method, path, got, answer, status, words)
	}
	return answer
}

type begun struct {
	Ceremony  string
	PublicKey options
}

func (b *browser) challenge(path string) (c begun) {
	b.t.Helper()
	if status, answer := b.send("POST", path, "", &c); status != http.StatusOK || c.PublicKey.Challenge == "" {
		b.t.Fatalf("no challenge: %d %s", status, answer)
	}
	return c
}

func (b *browser) signIn(name string) {
	b.t.Helper()
	b.want(http.StatusOK, `"signedIn":true`, "POST", "/api/session", fmt.Sprintf(`{"name": %q, "password": %q}`, name, password))
}

// add signs in and adds the passkey of an authenticator.
func (b *browser) add(name string, a *authenticator) store.Passkey {
	b.t.Helper()
	b.signIn(name)
	c := b.challenge("/api/account/passkeys/challenge")
	var added store.Passkey
	if status, answer := b.send("POST", "/api/account/passkeys",
		fmt.Sprintf(`{"ceremony": %q, "name": "Lamp", "credential": %s}`, c.Ceremony, a.create(c.PublicKey)), &added); status != http.StatusCreated {
		b.t.Fatalf("not added: %d %s", status, answer)
	}
	return added
}

func answerTo(c begun, credential string) string {
	return fmt.Sprintf(`{"ceremony": %q, "credential": %s}`, c.Ceremony, credential)
}

const (
	byPasskey = "/api/session/passkey"
	challenge = "/api/session/passkey/challenge"
	refused   = "This passkey does not sign in here."
)

func TestPasskeySignsIn(t *testing.T) {
	s := newSite(t)
	b := s.newBrowser()
	a := newAuthenticator(t, b.origin)
	added := b.add("ada", a)
	var own struct{ Passkeys []store.Passkey }
	if b.send("GET", "/api/account/passkeys", "", &own); len(own.Passkeys) != 1 || own.Passkeys[0] != added {
		t.Errorf("the passkeys are %+v", own)
	}
	var asked struct {
		Passkeys struct{ Obstacle, Site, Origin string }
	}
	if b.send("GET", "/api/session", "", &asked); asked.Passkeys.Obstacle != "" || asked.Passkeys.Site != "localhost" || asked.Passkeys.Origin != b.origin {
		t.Errorf("passkeys work at %+v", asked.Passkeys)
	}
	if len(a.handle) != 64 || bytes.Contains(a.handle, []byte("ada")) {
		t.Errorf("authenticators know ada by %q", a.handle)
	}
	b.want(http.StatusNoContent, "", "DELETE", "/api/session", "")

	c := b.challenge(challenge)
	b.want(http.StatusOK, `"name":"ada"`, "POST", byPasskey, answerTo(c, a.sign(c.PublicKey)))
	b.want(http.StatusOK, `"signedIn":true`, "GET", "/api/session", "")
	if b.send("GET", "/api/account/passkeys", "", &own); own.Passkeys[0].Used == 0 {
		t.Errorf("the passkey was not used: %+v", own)
	}
	b.want(http.StatusNoContent, "", "PATCH", "/api/account/passkeys/"+added.ID, `{"name": "Lantern"}`)
	b.want(http.StatusOK, `"name":"Lantern"`, "GET", "/api/account/passkeys", "")
	if _, body := s.get("arthur", "/api/people"); strings.Count(string(body), `"passkeys":1`) != 1 {
		t.Errorf("an administrator sees %s", body)
	}
	b.want(http.StatusNoContent, "", "DELETE", "/api/account/passkeys/"+added.ID, "")
	c = b.challenge(challenge)
	b.want(http.StatusUnauthorized, refused, "POST", byPasskey, answerTo(c, a.sign(c.PublicKey)))
	_, log := s.get("arthur", "/api/audit?size=20")
	for _, deed := range []string{`"passkey added","who":"ada"`, `"by passkey"`, `"passkey removed","who":"ada"`, "by an unknown passkey"} {
		if !strings.Contains(string(log), deed) {
			t.Errorf("the audit log does not tell %s: %s", deed, log)
		}
	}
	if log := s.log.String(); strings.Contains(log, a.sign(c.PublicKey)) || strings.Contains(log, c.Ceremony) || strings.Contains(log, "level=ERROR") {
		t.Errorf("the log tells secrets, or of errors:\n%s", log)
	}
}

func TestPasskeyIsRefused(t *testing.T) {
	s := newSite(t)
	b := s.newBrowser()
	a := newAuthenticator(t, b.origin)
	b.add("ada", a)
	bos := newAuthenticator(t, b.origin)
	s.newBrowser().add("bo", bos)
	for _, test := range []struct {
		name   string
		change func(a *authenticator, o *options)
		why    string // in the audit log
	}{
		{"of a page elsewhere", func(a *authenticator, _ *options) { a.origin = "http://localhost:1" }, "rigin"},
		{"of another site", func(_ *authenticator, o *options) { o.RPID = "lighthouse.example" }, "by passkey: "},
		{"of another challenge", func(_ *authenticator, o *options) { o.Challenge = encode(make([]byte, 32)) }, "hallenge"},
		{"of another key", func(a *authenticator, _ *options) { a.key = newAuthenticator(t, "").key }, "ignature"},
		{"without a look at who it is", func(a *authenticator, _ *options) { a.flags = userPresent }, "by passkey: "},
		{"of somebody else", func(a *authenticator, _ *options) { a.handle = bos.handle }, "unknown passkey"},
		{"of nobody", func(a *authenticator, _ *options) { a.handle = nil }, "unknown passkey"},
		{"with another passkey's id", func(a *authenticator, _ *options) { a.id, a.handle = bos.id, bos.handle }, "ignature"},
		{"that counts back", func(a *authenticator, _ *options) { a.count = 0 }, "its count was 1 after "},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := s.newBrowser()
			c := b.challenge(challenge)
			b.want(http.StatusOK, "", "POST", byPasskey, answerTo(c, a.sign(c.PublicKey)))
			odd, c := *a, b.challenge(challenge)
			test.change(&odd, &c.PublicKey)
			b.want(http.StatusUnauthorized, refused, "POST", byPasskey, answerTo(c, odd.sign(c.PublicKey)))
			if _, log := s.get("arthur", "/api/audit?size=1"); !strings.Contains(string(log), "sign-in failed") || !strings.Contains(string(log), test.why) {
				t.Errorf("the audit log tells %s, want %q", log, test.why)
			}
			a.count++ // as odd did
		})
	}
}

func TestCeremonyIsGoodOnce(t *testing.T) {
	s := newSite(t)
	b := s.newBrowser()
	a := newAuthenticator(t, b.origin)
	const once = "/problems/ceremony"
	b.signIn("ada")
	adding := b.challenge("/api/account/passkeys/challenge")
	created := a.create(adding.PublicKey)
	body := fmt.Sprintf(`{"ceremony": %q, "name": "Lamp", "credential": %s}`, adding.Ceremony, created)
	other := s.newBrowser()
	other.signIn("ada")
	other.want(http.StatusBadRequest, once, "POST", "/api/account/passkeys", body)
	b.want(http.StatusCreated, "", "POST", "/api/account/passkeys", body)
	b.want(http.StatusBadRequest, "ended already", "POST", "/api/account/passkeys", body)
	again := b.challenge("/api/account/passkeys/challenge")
	b.want(http.StatusConflict, "already", "POST", "/api/account/passkeys",
		fmt.Sprintf(`{"ceremony": %q, "name": "Lamp", "credential": %s}`, again.Ceremony, a.create(again.PublicKey)))

	c := b.challenge(challenge)
	signed := answerTo(c, a.sign(c.PublicKey))
	other.want(http.StatusBadRequest, "not begun in this browser", "POST", byPasskey, signed)
	b.want(http.StatusOK, "", "POST", byPasskey, signed)
	b.want(http.StatusBadRequest, "ended already", "POST", byPasskey, signed)
	b.want(http.StatusBadRequest, once, "POST", byPasskey, answerTo(begun{Ceremony: "A" + c.Ceremony[1:]}, a.sign(c.PublicKey)))
	b.want(http.StatusBadRequest, once, "POST", byPasskey, answerTo(adding, a.sign(c.PublicKey)))
	b.want(http.StatusBadRequest, "not what an authenticator answers", "POST", byPasskey, answerTo(c, `{"id": "x"}`))
	two, three := b.challenge(challenge), b.challenge(challenge)
	b.want(http.StatusOK, "", "POST", byPasskey, answerTo(two, a.sign(two.PublicKey)))
	b.want(http.StatusOK, "", "POST", byPasskey, answerTo(three, a.sign(three.PublicKey)))
}

func TestPasskeyOfDisabled(t *testing.T) {
	s := newSite(t)
	b := s.newBrowser()
	a := newAuthenticator(t, b.origin)
	b.add("ada", a)
	c := b.challenge(challenge)
	users, err := s.store.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.store.Disable(t.Context(), annotations.Asker{User: "x", Role: annotations.Administrator}, users[0].ID); err != nil {
		t.Fatal(err)
	}
	b.want(http.StatusUnauthorized, refused, "POST", byPasskey, answerTo(c, a.sign(c.PublicKey)))
	b.want(http.StatusOK, `"signedIn":false`, "GET", "/api/session", "")
}

// Passkeys are tried no more often than passwords.
func TestPasskeysAreLimited(t *testing.T) {
	s := newSite(t, func(c *api.Config) { c.Limits.SignIn = api.Rate{Burst: 3, Every: 1 << 40} })
	b := s.newBrowser()
	a := newAuthenticator(t, b.origin)
	for range 3 {
		c := b.challenge(challenge)
		b.want(http.StatusUnauthorized, refused, "POST", byPasskey, answerTo(c, a.sign(c.PublicKey)))
	}
	c := b.challenge(challenge)
	b.want(http.StatusTooManyRequests, "too many attempts", "POST", byPasskey, answerTo(c, a.sign(c.PublicKey)))
	b.want(http.StatusTooManyRequests, "too many attempts", "POST", "/api/session", `{"name": "ada", "password": "`+password+`"}`)
}
