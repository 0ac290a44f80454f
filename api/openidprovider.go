package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"glossator/annotations"
	"glossator/annotations/store"
)

// OpenIDConfig says by which provider of OpenID Connect people may sign in, and
// what its groups give them here.
type OpenIDConfig struct {
	Issuer       string // address of the provider, as it writes it itself
	ClientID     string
	ClientSecret string   // "" for a public client, which PKCE protects alone
	Callback     string   // address of /api/openid/callback, as people reach it
	Label        string   // what the account there is called: "University"
	Scopes       []string // beside openid
	GroupsClaim  string   // the claim that names the groups of whoever signs in

	// Groups of the provider: who is an administrator, who an editor; empty where
	// they do not decide about that.
	Administrators, Editors []string
	// Members are the groups here that groups of the provider decide about.
	Members []ClaimedGroup
	// Admit are groups of the provider that get an account beside those above;
	// AdmitAll gives one to everybody who signs in there.
	Admit    []string
	AdmitAll bool
}

// A ClaimedGroup gives those in a group of the provider a role in one here.
type ClaimedGroup struct{ Claim, Group, Role string }

// OpenID is a provider of OpenID Connect. Until Discover has succeeded nobody can
// sign in by it.
type OpenID struct {
	OpenIDConfig
	client *http.Client

	mu    sync.Mutex
	found *discovered // nil until it is
}

// discovered is what the provider says of itself.
type discovered struct {
	provider *oidc.Provider
	verifier *oidc.IDTokenVerifier
	oauth    oauth2.Config
}

// providerTime is how long one answer of the provider may take.
const providerTime = 10 * time.Second

// NewOpenID returns the provider of c. It fails where the provider could not be
// trusted: tokens travel by TLS, but for one on this machine.
func NewOpenID(c OpenIDConfig) (*OpenID, error) {
	issuer, err := url.Parse(c.Issuer)
	if err != nil || issuer.Scheme != "https" && (issuer.Scheme != "http" || !isLoopback(issuer.Hostname())) || issuer.Host == "" {
		return nil, fmt.Errorf("api: the provider %q is not an address such as https://login.example.org", c.Issuer)
	}
	if c.ClientID == "" {
		return nil, errors.New("api: the provider knows us by a client id; it is missing")
	}
	// A secret that was sent here must not follow a redirect elsewhere.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &OpenID{OpenIDConfig: c, client: &http.Client{Timeout: providerTime, CheckRedirect: stay}}, nil
}

func isLoopback(host string) bool {
	at := net.ParseIP(host)
	return host == "localhost" || at != nil && at.IsLoopback()
}

// Discover asks the provider where its endpoints are and which keys it signs by
// (OpenID Connect Discovery 1.0).
func (o *OpenID) Discover(ctx context.Context) error {
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, o.client), o.Issuer)
	if err != nil {
		return fmt.Errorf("asking the provider %s about itself: %w", o.Issuer, err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.found = &discovered{provider, provider.Verifier(&oidc.Config{ClientID: o.ClientID}), oauth2.Config{
		ClientID: o.ClientID, ClientSecret: o.ClientSecret, Endpoint: provider.Endpoint(), RedirectURL: o.Callback,
		Scopes: slices.Concat([]string{oidc.ScopeOpenID}, slices.DeleteFunc(slices.Clone(o.Scopes), func(scope string) bool { return scope == oidc.ScopeOpenID })),
	}}
	return nil
}

// errProvider means that the provider does not answer.
var errProvider = errors.New("the provider does not answer")

// reached returns what the provider says of itself; errProvider if it has not yet.
func (o *OpenID) reached() (*discovered, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.found == nil {
		return nil, fmt.Errorf("%w: the sign-in of %s does not answer at present; try again in a minute, or sign in another way", errProvider, o.Label)
	}
	return o.found, nil
}

// claimant exchanges the code that somebody came back with for what the provider
// vouches for. Its tokens are not kept.
func (o *OpenID) claimant(ctx context.Context, code string, j journey) (store.Claimant, error) {
	found, err := o.reached()
	if err != nil {
		return store.Claimant{}, err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, o.client), 3*providerTime)
	defer cancel()
	token, err := found.oauth.Exchange(ctx, code, oauth2.VerifierOption(j.Verifier))
	if err != nil {
		return store.Claimant{}, fmt.Errorf("exchanging the code: %w", withoutBody(err))
	}
	raw, _ := token.Extra("id_token").(string)
	proof, err := found.verifier.Verify(ctx, raw)
	if err != nil {
		return store.Claimant{}, fmt.Errorf("reading who it is: %w", err)
	}
	claims := claims{}
	if err := proof.Claims(&claims); err != nil {
		return store.Claimant{}, fmt.Errorf("reading who it is: %w", err)
	}
	switch {
	case !same(proof.Nonce, j.Nonce):
		return store.Claimant{}, errors.New("the proof is of another sign-in: its nonce differs")
	case proof.Subject == "":
		return store.Claimant{}, errors.New("the proof names nobody")
	case len(proof.Audience) > 1 && claims.text("azp") != o.ClientID:
		return store.Claimant{}, errors.New("the proof was made for another client")
	case proof.AccessTokenHash != "" && proof.VerifyAccessToken(token.AccessToken) != nil:
		return store.Claimant{}, errors.New("the proof and the access token do not belong together")
	}
	if err := o.complete(ctx, found, token, proof.Subject, claims); err != nil {
		return store.Claimant{}, err
	}
	return o.read(proof, claims), nil
}

// withoutBody is an error of an exchange without what the provider answered,
// which may have more than is for a log.
func withoutBody(err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil {
		return fmt.Errorf("the provider answered %s %q", refused.Response.Status, refused.ErrorCode)
	}
	return err
}

// complete adds claims that the provider tells only when it is asked for them.
func (o *OpenID) complete(ctx context.Context, found *discovered, token *oauth2.Token, subject string, known claims) error {
	named := known.text("preferred_username") != "" || known.text("name") != "" || known.text("email") != ""
	if found.provider.UserInfoEndpoint() == "" || named && (known[o.GroupsClaim] != nil || len(o.deciding()) == 0) {
		return nil
	}
	more := claims{}
	info, err := found.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err == nil {
		err = info.Claims(&more)
	}
	if err != nil {
		return fmt.Errorf("asking for more claims: %w", err)
	}
	if info.Subject != subject {
		return errors.New("the claims are of somebody else")
	}
	for name, value := range more {
		if _, there := known[name]; !there {
			known[name] = value
		}
	}
	return nil
}

// deciding returns the groups of the provider that give something here.
func (o *OpenID) deciding() []string {
	groups := slices.Concat(o.Administrators, o.Editors, o.Admit)
	for _, member := range o.Members {
		groups = append(groups, member.Claim)
	}
	return groups
}

// read returns what the claims say of whoever has signed in.
func (o *OpenID) read(proof *oidc.IDToken, claims claims) store.Claimant {
	c := store.Claimant{Issuer: proof.Issuer, Subject: proof.Subject, Roles: map[string]bool{}, Groups: map[string]string{}}
	for _, claim := range []string{"preferred_username", "name", "email"} {
		given := claims.text(claim)
		if given == "" {
			continue
		}
		if c.Name == "" {
			c.Name = given
		}
		local, _, _ := strings.Cut(given, "@")
		c.Names = append(c.Names, local)
	}
	groups := claims.texts(o.GroupsClaim)
	in := func(those []string) bool {
		return slices.ContainsFunc(those, func(group string) bool { return slices.Contains(groups, group) })
	}
	c.Welcome = o.AdmitAll || in(o.deciding())
	for role, those := range map[string][]string{annotations.Administrator: o.Administrators, annotations.Editor: o.Editors} {
		if len(those) > 0 {
			c.Roles[role] = in(those)
		}
	}
	for _, member := range o.Members {
		if given := c.Groups[member.Group]; in([]string{member.Claim}) && !annotations.AtLeast(given, member.Role) {
			c.Groups[member.Group] = member.Role
		} else {
			c.Groups[member.Group] = given
		}
	}
	return c
}

// claims are what a provider says of somebody, by name.
type claims map[string]any

// text returns a claim that is a text, "" if it is none.
func (c claims) text(name string) string {
	text, _ := c[name].(string)
	return strings.TrimSpace(text)
}

// texts returns the texts of a claim that is a list, or the one text that it is.
func (c claims) texts(name string) (all []string) {
	switch value := c[name].(type) {
	case string:
		return []string{value}
	case []any:
		for _, one := range value {
			if text, ok := one.(string); ok {
				all = append(all, text)
			}
		}
	}
	return all
}
