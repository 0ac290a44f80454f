package api_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/api"
)

// A provider of OpenID Connect that signs in whom it is told to.
type provider struct {
	*httptest.Server
	t      *testing.T
	key    *ecdsa.PrivateKey
	claims map[string]any // of the next token, in place of what is right
	hidden map[string]any // told only when asked for
	asked  url.Values     // what the last browser came with
	down   bool
}

const clientSecret = "a secret of the client"

func newProvider(t *testing.T) *provider {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{t: t, key: key, claims: map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		if p.down {
			http.Error(w, "down", http.StatusBadGateway)
			return
		}
		p.json(w, map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"userinfo_endpoint": p.URL + "/userinfo", "id_token_signing_alg_values_supported": []string{"ES256"},
		})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		p.json(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "one", Algorithm: "ES256", Use: "sig"}}})
	})
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /userinfo", func(w http.ResponseWriter, _ *http.Request) {
		info := map[string]any{"sub": p.subject()}
		maps.Copy(info, p.hidden)
		p.json(w, info)
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *provider) json(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		p.t.Error(err)
	}
}

func (p *provider) subject() any {
	if subject, said := p.claims["sub"]; said {
		return subject
	}
	return "subject of Olive"
}

// token gives a proof to a client that knows its secret and where the code came from.
func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	_, secret, _ := r.BasicAuth()
	challenge := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if r.FormValue("code") != "a code" || secret != url.QueryEscape(clientSecret) ||
		base64.RawURLEncoding.EncodeToString(challenge[:]) != p.asked.Get("code_challenge") {
		w.WriteHeader(http.StatusBadRequest)
		p.json(w, map[string]any{"error": "invalid_grant", "error_description": "secret of the provider"})
		return
	}
	claims := map[string]any{
		"iss": p.URL, "aud": "glossator", "sub": p.subject(), "nonce": p.asked.Get("nonce"), "preferred_username": "olive@example.org",
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
	}
	maps.Copy(claims, p.claims)
	p.json(w, map[string]any{"access_token": "an access token", "token_type": "Bearer", "id_token": p.sign(claims)})
}

func (p *provider) sign(claims map[string]any) string {
	key := any(p.key)
	if claims["forged"] != nil {
		key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: "one"}}, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	content, err := json.Marshal(claims)
	if err != nil {
		p.t.Fatal(err)
	}
	signed, err := signer.Sign(content)
	if err != nil {
		p.t.Fatal(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		p.t.Fatal(err)
	}
	return token
}

// connected returns a site with a provider; change may change what is set.
func connected(t *testing.T, change ...func(*api.OpenIDConfig)) (*site, *provider) {
	t.Helper()
	p := newProvider(t)
	openID := p.configured(t, change...)
	if err := openID.Discover(t.Context()); err != nil {
		t.Fatal(err)
	}
	return newSite(t, func(c *api.Config) { c.OpenID = openID }), p
}

// asker returns somebody as one who asks.
func (s *site) asker(name string) annotations.Asker {
	s.t.Helper()
	users, err := s.store.Users(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	at := slices.IndexFunc(users, func(user annotations.User) bool { return user.Name == name })
	return annotations.Asker{User: users[at].ID, Role: users[at].Role}
}

func (p *provider) configured(t *testing.T, change ...func(*api.OpenIDConfig)) *api.OpenID {
	t.Helper()
	config := api.OpenIDConfig{
		Issuer: p.URL, ClientID: "glossator", ClientSecret: clientSecret, Callback: "http://site.example/api/openid/callback",
		Label: "Harbour University", Scopes: []string{"profile"}, GroupsClaim: "groups", AdmitAll: true,
	}
	for _, c := range change {
		c(&config)
	}
	openID, err := api.NewOpenID(config)
	if err != nil {
		t.Fatal(err)
	}
	return openID
}

// A traveller is a browser that does not follow redirects.
type traveller struct {
	*http.Client
	s *site
	p *provider
}

func (s *site) traveller(p *provider) *traveller {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &traveller{&http.Client{Jar: jar, CheckRedirect: stay}, s, p}
}

func (b *traveller) send(method, path, body string) (*http.Response, string) {
	b.s.t.Helper()
	request, err := http.NewRequest(method, b.s.URL+path, strings.NewReader(body))
	if err != nil {
		b.s.t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := b.Do(request)
	if err != nil {
		b.s.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		b.s.t.Fatal(err)
	}
	return response, string(content)
}

// goTo begins at a path and goes to the provider, which sees what it is asked.
func (b *traveller) goTo(path, body string) {
	b.s.t.Helper()
	response, content := b.send(http.MethodPost, path, body)
	var answer struct{ Address string }
	if err := json.Unmarshal([]byte(content), &answer); err != nil || response.StatusCode != http.StatusOK {
		b.s.t.Fatalf("status %d: %s", response.StatusCode, content)
	}
	address, err := url.Parse(answer.Address)
	if err != nil || !strings.HasPrefix(answer.Address, b.p.URL+"/authorize?") {
		b.s.t.Fatalf("the provider is at %q: %v", answer.Address, err)
	}
	b.p.asked = address.Query()
}

// comeBack comes from the provider and returns where that leads. Providers add
// parameters of their own.
func (b *traveller) comeBack() string {
	b.s.t.Helper()
	return b.callback(url.Values{"state": {b.p.asked.Get("state")}, "code": {"a code"}, "session_state": {"x"}})
}

func (b *traveller) callback(q url.Values) string {
	b.s.t.Helper()
	response, content := b.send(http.MethodGet, "/api/openid/callback?"+q.Encode(), "")
	if response.StatusCode != http.StatusSeeOther {
		b.s.t.Fatalf("status %d: %s", response.StatusCode, content)
	}
	return response.Header.Get("Location")
}

func (b *traveller) signIn(back string) string {
	b.s.t.Helper()
	b.goTo("/api/openid", `{"return": "`+back+`"}`)
	return b.comeBack()
}

type whoAmI struct {
	SignedIn bool
	User     struct{ ID, Name, Role string }
	OpenID   *struct {
		Label string
		Ready bool
	}
}

func (b *traveller) session() (who whoAmI) {
	b.s.t.Helper()
	_, body := b.send(http.MethodGet, "/api/session", "")
	if err := json.Unmarshal([]byte(body), &who); err != nil {
		b.s.t.Fatal(err)
	}
	return who
}

func TestOpenID(t *testing.T) {
	s, p := connected(t)
	b := s.traveller(p)
	if got := b.signIn("/read/harbour-accord?at=art2#x"); got != "/read/harbour-accord?at=art2#x" {
		t.Errorf("it leads to %q", got)
	}
	who := b.session()
	if who.User.Name != "olive" || who.User.Role != annotations.Member || who.OpenID == nil || !who.OpenID.Ready || who.OpenID.Label != "Harbour University" {
		t.Errorf("signed in as %+v", who)
	}
	for name, want := range map[string]string{
		"client_id": "glossator", "response_type": "code", "redirect_uri": "http://site.example/api/openid/callback", "scope": "openid profile",
		"code_challenge_method": "S256",
	} {
		if got := p.asked.Get(name); got != want {
			t.Errorf("the provider is asked with %s %q, want %q", name, got, want)
		}
	}
	if got := b.callback(url.Values{"state": {p.asked.Get("state")}, "code": {"a code"}}); got != "/signin?outcome=lost" {
		t.Errorf("the same once more leads to %q", got)
	}
	b.send(http.MethodDelete, "/api/session", "")
	if b.session().SignedIn {
		t.Error("signing out does not")
	}
	first := who.User.ID
	p.claims["preferred_username"] = "olive, who married"
	b.signIn("/")
	if again := b.session(); again.User.ID != first || again.User.Name != "olive" {
		t.Errorf("the second time it is %+v", again)
	}
	for _, secret := range []string{clientSecret, "a code", "an access token", p.asked.Get("nonce"), p.asked.Get("state")} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}

// TestOpenIDRefused: nobody is signed in by what cannot be trusted.
func TestOpenIDRefused(t *testing.T) {
	s, p := connected(t)
	for _, test := range []struct {
		name    string
		claims  map[string]any
		answer  url.Values
		outcome string
	}{
		{"wrong nonce", map[string]any{"nonce": "another"}, nil, "failed"},
		{"no nonce", map[string]any{"nonce": nil}, nil, "failed"},
		{"expired", map[string]any{"exp": time.Now().Add(-time.Minute).Unix()}, nil, "failed"},
		{"for another client", map[string]any{"aud": "elsewhere"}, nil, "failed"},
		{"for several clients", map[string]any{"aud": []string{"glossator", "elsewhere"}, "azp": "elsewhere"}, nil, "failed"},
		{"of another provider", map[string]any{"iss": "https://elsewhere.example"}, nil, "failed"},
		{"signed by another key", map[string]any{"forged": true}, nil, "failed"},
		{"of nobody", map[string]any{"sub": ""}, nil, "failed"},
		{"of another access token", map[string]any{"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, nil, "failed"},
		{"wrong state", nil, url.Values{"state": {"guess"}, "code": {"a code"}}, "lost"},
		{"no state", nil, url.Values{"code": {"a code"}}, "lost"},
		{"wrong code", nil, url.Values{"code": {"guess"}, "state": nil}, "failed"},
		{"mixed up", nil, url.Values{"code": {"a code"}, "state": nil, "iss": {"https://elsewhere.example"}}, "failed"},
		{"said no", nil, url.Values{"error": {"access_denied"}, "error_description": {"<b>no</b>"}, "state": nil}, "refused"},
		{"out of order", nil, url.Values{"error": {"temporarily_unavailable"}, "state": nil}, "unavailable"},
		{"asked wrongly", nil, url.Values{"error": {"invalid_scope"}, "state": nil}, "failed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := s.traveller(p)
			p.claims = test.claims
			b.goTo("/api/openid", `{"return": "/saved"}`)
			answer := test.answer
			if answer == nil {
				answer = url.Values{"code": {"a code"}, "state": nil}
			}
			if given, there := answer["state"]; there && given == nil {
				answer.Set("state", p.asked.Get("state"))
			}
			if got, want := b.callback(answer), "/signin?outcome="+test.outcome+"&return=%2Fsaved"; got != want {
				t.Errorf("it leads to %q, want %q", got, want)
			}
			if b.session().SignedIn {
				t.Error("somebody is signed in")
			}
		})
	}
	if strings.Contains(s.log.String(), "secret of the provider") {
		t.Error("the log tells what the provider answered")
	}
}

// TestOpenIDOfAnotherBrowser: what begins in one browser does not end in another.
func TestOpenIDOfAnotherBrowser(t *testing.T) {
	s, p := connected(t)
	mine, theirs := s.traveller(p), s.traveller(p)
	mine.goTo("/api/openid", `{}`)
	if got := theirs.comeBack(); got != "/signin?outcome=lost" {
		t.Errorf("it leads to %q", got)
	}
	other, err := http.NewRequest(http.MethodGet, s.URL+"/api/openid/callback?code=a&state=b", nil)
	if err != nil {
		t.Fatal(err)
	}
	other.AddCookie(&http.Cookie{Name: "glossator-openid", Value: "bm90IHNlYWxlZCBieSB1cw"})
	response, err := theirs.Do(other)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Header.Get("Location"); got != "/signin?outcome=lost" {
		t.Errorf("a forged journey leads to %q", got)
	}
}

func TestOpenIDLeadsNowhereElse(t *testing.T) {
	s, p := connected(t)
	for given, want := range map[string]string{
		"/saved":                        "/saved",
		"":                              "/",
		"https://elsewhere.example":     "/",
		"//elsewhere.example":           "/",
		`/\\elsewhere.example`:          "/",
		`/\t/elsewhere.example`:         "/",
		`\n//elsewhere.example`:         "/",
		"javascript:alert(1)":           "/",
		"saved":                         "/",
		"/" + strings.Repeat("a", 3000): "/",
	} {
		if got := s.traveller(p).signIn(given); got != want {
			t.Errorf("%q leads to %q, want %q", given, got, want)
		}
	}
}

func TestOpenIDProviderIsDown(t *testing.T) {
	p := newProvider(t)
	p.down = true
	openID := p.configured(t)
	s := newSite(t, func(c *api.Config) { c.OpenID = openID })
	b := s.traveller(p)
	if err := openID.Discover(t.Context()); err == nil {
		t.Fatal("a provider that is down is found")
	}
	if who := b.session(); who.OpenID == nil || who.OpenID.Ready {
		t.Errorf("the screen is told %+v", who.OpenID)
	}
	response, body := b.send(http.MethodPost, "/api/openid", `{}`)
	if response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "Harbour University does not answer at present") {
		t.Errorf("status %d: %s", response.StatusCode, body)
	}
	p.down = false
	if err := openID.Discover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := b.signIn("/saved"); got != "/saved" || !b.session().SignedIn {
		t.Errorf("once it is up it leads to %q", got)
	}
	b.goTo("/api/openid", `{}`)
	p.Close()
	if got := b.comeBack(); got != "/signin?outcome=unavailable&return=%2F" {
		t.Errorf("when it goes down meanwhile that leads to %q", got)
	}
}

func TestOpenIDRoles(t *testing.T) {
	s, p := connected(t, func(c *api.OpenIDConfig) {
		c.AdmitAll, c.Admit = false, []string{"students"}
		c.Administrators, c.Editors = []string{"chairs"}, []string{"staff", "librarians"}
	})
	b := s.traveller(p)
	for _, step := range []struct {
		groups any
		role   string // "" if nobody is signed in
	}{
		{[]string{"strangers"}, ""},
		{nil, ""},
		{[]string{"students"}, annotations.Member},
		{[]string{"students", "librarians"}, annotations.Editor},
		{[]string{"chairs", "staff"}, annotations.Administrator},
		{"staff", annotations.Editor},
		{[]string{}, annotations.Member}, // who has an account keeps it
	} {
		p.claims["groups"] = step.groups
		where := b.signIn("/")
		who := b.session()
		if who.User.Role != step.role || step.role == "" && where != "/signin?outcome=unknown&return=%2F" {
			t.Errorf("groups %v: signed in as %+v, led to %s", step.groups, who, where)
		}
	}
	p.hidden = map[string]any{"groups": []string{"staff"}}
	delete(p.claims, "groups")
	b.signIn("/")
	if who := b.session(); who.User.Role != annotations.Editor {
		t.Errorf("by groups that are told only when asked for: %+v", who)
	}
	p.hidden["sub"] = "somebody else"
	if got := b.signIn("/"); got != "/signin?outcome=failed&return=%2F" {
		t.Errorf("claims of somebody else lead to %q", got)
	}
	deeds, err := s.store.Audit(t.Context(), annotations.Asker{User: "x", Role: annotations.Administrator}, store.AuditFilter{Deed: "role"}, 1)
	if err != nil || len(deeds) != 1 || deeds[0].Detail != "member to editor, by the provider's groups" || deeds[0].Who != "olive" {
		t.Errorf("the audit log has %+v, %v", deeds, err)
	}
}

func TestOpenIDGroups(t *testing.T) {
	p := newProvider(t)
	members := []api.ClaimedGroup{{Claim: "seminar", Role: annotations.GroupAnnotator}, {Claim: "tutors", Role: annotations.GroupEditor}, {Claim: "seminar", Group: "none", Role: "reader"}}
	openID := p.configured(t, func(c *api.OpenIDConfig) { c.Members = members })
	s := newSite(t, func(c *api.Config) { c.OpenID = openID })
	if err := openID.Discover(t.Context()); err != nil {
		t.Fatal(err)
	}
	ada := s.asker("ada")
	group, err := s.store.CreateGroup(t.Context(), ada, "Harbours", "")
	if err != nil {
		t.Fatal(err)
	}
	members[0].Group, members[1].Group = group.ID, group.ID
	b := s.traveller(p)
	for _, step := range []struct {
		groups []string
		role   string
	}{
		{[]string{"seminar"}, annotations.GroupAnnotator},
		{[]string{"tutors", "seminar"}, annotations.GroupEditor},
		{[]string{"seminar"}, annotations.GroupAnnotator},
		{[]string{}, ""},
	} {
		p.claims["groups"] = step.groups
		b.signIn("/")
		asker, err := s.store.AskerOf(t.Context(), annotations.User{ID: b.session().User.ID})
		if err != nil {
			t.Fatal(err)
		}
		if got := asker.Groups[group.ID]; got != step.role {
			t.Errorf("groups %v give the role %q, want %q", step.groups, got, step.role)
		}
	}
	_, token, err := s.store.Invite(t.Context(), ada, group.ID, annotations.GroupReader, 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	olive := annotations.Asker{User: b.session().User.ID}
	if _, err := s.store.Join(t.Context(), olive, token); err != nil {
		t.Fatal(err)
	}
	b.signIn("/")
	if asker, err := s.store.AskerOf(t.Context(), annotations.User{ID: olive.User}); err != nil || asker.Groups[group.ID] != annotations.GroupReader {
		t.Errorf("a guest by invitation has %v, %v", asker.Groups, err)
	}
}

func TestOpenIDNames(t *testing.T) {
	s, p := connected(t)
	for i, step := range []struct {
		claims map[string]any
		name   string
		where  string
	}{
		{map[string]any{"preferred_username": "ada"}, "ada 2", "/signin?outcome=named&return=%2Fsaved"},
		{map[string]any{"preferred_username": "ADA"}, "ADA 3", "/signin?outcome=named&return=%2Fsaved"},
		{map[string]any{"preferred_username": "me", "name": "Perpetua  Pier"}, "Perpetua Pier", "/saved"},
		{map[string]any{"preferred_username": nil, "email": "quay@harbour.example"}, "quay", "/saved"},
		{map[string]any{"preferred_username": nil}, "Member", "/saved"},
	} {
		b := s.traveller(p)
		p.claims = step.claims
		p.claims["sub"] = fmt.Sprint("subject ", i)
		if got := b.signIn("/saved"); got != step.where || b.session().User.Name != step.name {
			t.Errorf("%v: %+v, led to %q", step.claims, b.session().User, got)
		}
	}
}

func TestOpenIDDisabled(t *testing.T) {
	s, p := connected(t)
	b := s.traveller(p)
	b.signIn("/")
	arthur := s.asker("arthur")
	if err := s.store.Disable(t.Context(), arthur, b.session().User.ID); err != nil {
		t.Error(err)
	}
	b = s.traveller(p)
	b.signIn("/")
	user := b.session()
	if user.SignedIn {
		t.Errorf("somebody who is disabled has signed in: %+v", user)
	}
	if got := b.signIn("/saved"); got != "/signin?outcome=disabled&return=%2Fsaved" {
		t.Errorf("it leads to %q", got)
	}
	deeds, err := s.store.Audit(t.Context(), arthur, store.AuditFilter{Deed: "sign-in failed"}, 1)
	if err != nil || len(deeds) != 1 || deeds[0].Subject != "olive" {
		t.Errorf("the audit log has %+v, %v", deeds, err)
	}
}

// TestOpenIDInvitation: an invitation gives an account to whom the provider knows
// and nobody here does, once.
func TestOpenIDInvitation(t *testing.T) {
	s, p := connected(t, func(c *api.OpenIDConfig) { c.AdmitAll = false })
	ctx, arthur := t.Context(), s.asker("arthur")
	invite := func(role string) (store.Entry, string) {
		t.Helper()
		e, token, err := s.store.InvitePerson(ctx, arthur, role, 1, "")
		if err != nil {
			t.Fatal(err)
		}
		return e, token
	}
	takeUp := func(b *traveller, token string) string {
		t.Helper()
		b.goTo("/api/openid", `{"return": "/saved", "invitation": "`+token+`"}`)
		return b.comeBack()
	}
	made, token := invite(annotations.Member)
	b := s.traveller(p)
	b.goTo("/api/openid", `{"invitation": "`+token+`"}`)
	if got, want := b.callback(url.Values{"error": {"access_denied"}, "state": {p.asked.Get("state")}}), "/enter/"+token+"?outcome=refused"; got != want {
		t.Errorf("whoever says no is led to %q, want %q", got, want)
	}
	if strings.Contains(p.asked.Encode(), token) {
		t.Errorf("the provider is told the invitation: %v", p.asked)
	}
	slow := s.traveller(p)
	slow.goTo("/api/openid", `{"invitation": "`+token+`"}`)
	asked := p.asked
	if got := takeUp(b, token); got != "/saved" || b.session().User.Name != "olive" || b.session().User.Role != annotations.Member {
		t.Errorf("%+v, led to %q", b.session().User, got)
	}
	first := b.session().User.ID
	p.asked, p.claims["sub"] = asked, "somebody else"
	if got := slow.comeBack(); got != "/enter/"+token+"?outcome=late" || slow.session().SignedIn {
		t.Errorf("the second to take an invitation up is led to %q, %+v", got, slow.session())
	}
	if response, body := slow.send(http.MethodPost, "/api/openid", `{"invitation": "`+token+`"}`); response.StatusCode != http.StatusNotFound || !strings.Contains(body, "This link is not good") {
		t.Errorf("with one that is used up: status %d: %s", response.StatusCode, body)
	}
	delete(p.claims, "sub")

	_, more := invite(annotations.Editor)
	if got := takeUp(b, more); got != "/saved" || b.session().User.ID != first || b.session().User.Role != annotations.Editor {
		t.Errorf("with an account already: %+v, led to %q", b.session().User, got)
	}
	_, less := invite(annotations.Member)
	if got := takeUp(b, less); got != "/saved" || b.session().User.Role != annotations.Editor {
		t.Errorf("with an account of more: %+v, led to %q", b.session().User, got)
	}
	if _, err := s.store.Entry(ctx, less); err != nil {
		t.Errorf("an invitation that gave nothing is used up: %v", err)
	}
	if err := s.store.Disable(ctx, arthur, first); err != nil {
		t.Fatal(err)
	}
	if got := takeUp(s.traveller(p), less); got != "/enter/"+less+"?outcome=disabled" {
		t.Errorf("somebody who is disabled is led to %q", got)
	}
	_, reset, err := s.store.ResetLink(ctx, arthur, s.asker("ada").User, 1)
	if err != nil {
		t.Fatal(err)
	}
	if response, body := b.send(http.MethodPost, "/api/openid", `{"invitation": "`+reset+`"}`); response.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("with a link to a new password: status %d: %s", response.StatusCode, body)
	}
	deeds, err := s.store.Audit(ctx, arthur, store.AuditFilter{Deed: "account made", Who: "olive"}, 1)
	if err != nil || len(deeds) != 1 || deeds[0].Detail != "member, at a first sign-in from "+p.URL+", by the invitation "+made.ID {
		t.Errorf("the audit log has %+v, %v", deeds, err)
	}
	for _, secret := range []string{token, more, less} {
		if strings.Contains(s.log.String(), secret) {
			t.Error("the log tells an invitation")
		}
	}
}

// TestOpenIDInvitationAndRoles: what the provider's groups decide they decide about
// whoever is invited, too.
func TestOpenIDInvitationAndRoles(t *testing.T) {
	s, p := connected(t, func(c *api.OpenIDConfig) { c.AdmitAll, c.Editors = false, []string{"staff"} })
	b := s.traveller(p)
	for _, step := range []struct {
		role   string
		groups []string
		want   string
		left   bool // whether the invitation is good still
	}{
		{annotations.Editor, nil, annotations.Member, false},
		{annotations.Editor, nil, annotations.Member, true},
		{annotations.Member, []string{"staff"}, annotations.Editor, true},
		{annotations.Administrator, []string{"staff"}, annotations.Administrator, false},
	} {
		_, token, err := s.store.InvitePerson(t.Context(), s.asker("arthur"), step.role, 1, "")
		if err != nil {
			t.Fatal(err)
		}
		p.claims["groups"] = step.groups
		b.goTo("/api/openid", `{"invitation": "`+token+`"}`)
		b.comeBack()
		_, err = s.store.Entry(t.Context(), token)
		if got := b.session().User.Role; got != step.want || (err == nil) != step.left {
			t.Errorf("invited as %s, in %v: %q, the invitation then: %v", step.role, step.groups, got, err)
		}
	}
}

// TestOpenIDAtFirst: the first account is an administrator's.
func TestOpenIDAtFirst(t *testing.T) {
	p := newProvider(t)
	openID := p.configured(t, func(c *api.OpenIDConfig) { c.Administrators = []string{"chairs"} })
	s := emptySite(t, func(c *api.Config) { c.OpenID = openID })
	if err := openID.Discover(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := s.traveller(p)
	if got := b.signIn("/"); got != "/signin?outcome=setup&return=%2F" {
		t.Errorf("a member as the first leads to %q", got)
	}
	p.claims["groups"] = []string{"chairs"}
	if got := b.signIn("/"); got != "/" || b.session().User.Role != annotations.Administrator {
		t.Errorf("%+v, led to %q", b.session(), got)
	}
	p.claims["groups"] = []string{}
	b.signIn("/")
	if who := b.session(); who.User.Role != annotations.Administrator {
		t.Errorf("the last administrator is now %+v", who)
	}
}

func TestConnectOpenID(t *testing.T) {
	s, p := connected(t, func(c *api.OpenIDConfig) { c.AdmitAll = false })
	b := s.traveller(p)
	b.send(http.MethodPost, "/api/session", `{"name": "ada", "password": "`+password+`"}`)
	b.goTo("/api/account/identities", "")
	if got := b.comeBack(); got != "/account?outcome=connected" {
		t.Errorf("it leads to %q", got)
	}
	if got := s.traveller(p).signIn("/"); got != "/" {
		t.Errorf("signing in by it leads to %q", got)
	}
	other := s.traveller(p)
	other.send(http.MethodPost, "/api/session", `{"name": "bo", "password": "`+password+`"}`)
	other.goTo("/api/account/identities", "")
	if got := other.comeBack(); got != "/account?outcome=others" {
		t.Errorf("connecting it to another account leads to %q", got)
	}
	other.goTo("/api/account/identities", "")
	other.send(http.MethodPost, "/api/session", `{"name": "edith", "password": "`+password+`"}`)
	if got := other.comeBack(); got != "/account?outcome=lost" {
		t.Errorf("when somebody else has signed in meanwhile it leads to %q", got)
	}
	if got := s.status("ada", http.MethodPost, "/api/account/identities", ""); got != http.StatusForbidden {
		t.Errorf("an API token connects: status %d", got)
	}

	var has struct{ Identities []store.Identity }
	_, body := b.send(http.MethodGet, "/api/account/identities", "")
	if err := json.Unmarshal([]byte(body), &has); err != nil || len(has.Identities) != 1 {
		t.Fatalf("connected to %s: %v", body, err)
	}
	has.Identities[0].Created, has.Identities[0].Used = 0, 0
	if diff := cmp.Diff([]store.Identity{{ID: has.Identities[0].ID, Issuer: p.URL, Name: "olive@example.org"}}, has.Identities); diff != "" {
		t.Error(diff)
	}
	if response, body := other.send(http.MethodDelete, "/api/account/identities/"+has.Identities[0].ID, ""); response.StatusCode != http.StatusNotFound {
		t.Errorf("somebody else disconnects it: status %d: %s", response.StatusCode, body)
	}
	if response, body := b.send(http.MethodDelete, "/api/account/identities/"+has.Identities[0].ID, ""); response.StatusCode != http.StatusNoContent {
		t.Errorf("disconnecting: status %d: %s", response.StatusCode, body)
	}
	if got := s.traveller(p).signIn("/"); got != "/signin?outcome=unknown&return=%2F" {
		t.Errorf("signing in by what is disconnected leads to %q", got)
	}
	deeds, err := s.store.Audit(t.Context(), s.asker("arthur"), store.AuditFilter{Who: "ada"}, 10)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, deed := range deeds {
		told = append(told, deed.Deed)
	}
	for _, want := range []string{"account of a provider connected", "account of a provider disconnected"} {
		if !slices.Contains(told, want) {
			t.Errorf("the audit log has %v", told)
		}
	}
}

// TestOnlyWayIn: an account without a password keeps its last identity, and has no
// password that anybody could guess.
func TestOnlyWayIn(t *testing.T) {
	s, p := connected(t)
	b := s.traveller(p)
	b.signIn("/")
	has, err := s.store.Identities(t.Context(), annotations.Asker{User: b.session().User.ID})
	if err != nil {
		t.Fatal(err)
	}
	if response, body := b.send(http.MethodDelete, "/api/account/identities/"+has[0].ID, ""); response.StatusCode != http.StatusConflict || !strings.Contains(body, "only way") {
		t.Errorf("status %d: %s", response.StatusCode, body)
	}
	for _, guess := range []string{"x", "lantern on the pier"} {
		if response, _ := b.send(http.MethodPost, "/api/session", `{"name": "olive", "password": "`+guess+`"}`); response.StatusCode != http.StatusUnauthorized {
			t.Errorf("signing in with %q: status %d", guess, response.StatusCode)
		}
	}
	if response, body := b.send(http.MethodPut, "/api/account/password", `{"password": "x", "next": "a long enough one"}`); response.StatusCode != http.StatusConflict {
		t.Errorf("changing a password that is not there: status %d: %s", response.StatusCode, body)
	}
}

func TestSecureJourney(t *testing.T) {
	p := newProvider(t)
	openID := p.configured(t)
	s := newSite(t, func(c *api.Config) { c.OpenID, c.Secure = openID, true })
	if err := openID.Discover(context.Background()); err != nil {
		t.Fatal(err)
	}
	response, _ := s.post("stranger", "/api/openid", `{}`)
	cookie := response.Cookies()[0]
	if cookie.Name != "__Host-glossator-openid" || !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.Domain != "" ||
		cookie.SameSite != http.SameSiteLaxMode || cookie.MaxAge > 600 {
		t.Errorf("the cookie is %s", cookie)
	}
}

func TestNewOpenID(t *testing.T) {
	for _, c := range []api.OpenIDConfig{
		{}, {ClientID: "x"}, {Issuer: "https://login.example"}, {Issuer: "http://login.example", ClientID: "x"}, {Issuer: "login.example", ClientID: "x"},
	} {
		if _, err := api.NewOpenID(c); err == nil {
			t.Errorf("%+v is taken", c)
		}
	}
}
