package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"glossator/annotations"
	"glossator/api"
)

// openID says by which provider of OpenID Connect people may sign in.
type openID struct {
	OIDCIssuer         string         `name:"oidc-issuer" help:"Provider of OpenID Connect by which people may sign in, such as https://login.example.org." env:"GLOSSATOR_OIDC_ISSUER" placeholder:"URL"`
	OIDCClientID       string         `name:"oidc-client-id" help:"What the provider knows Glossator by." env:"GLOSSATOR_OIDC_CLIENT_ID" placeholder:"ID"`
	OIDCClientSecret   string         `name:"oidc-client-secret-file" help:"File with the secret that the provider has given; none for a public client." env:"GLOSSATOR_OIDC_CLIENT_SECRET_FILE" type:"path" placeholder:"FILE"`
	OIDCLabel          string         `name:"oidc-label" help:"What people call their account there, for the button: \"University of Bologna\"; the provider's host if not said." env:"GLOSSATOR_OIDC_LABEL" placeholder:"WORDS"`
	OIDCScopes         []string       `name:"oidc-scopes" help:"What the provider is asked for." default:"profile,email" env:"GLOSSATOR_OIDC_SCOPES" placeholder:"SCOPE,..."`
	OIDCGroupsClaim    string         `name:"oidc-groups-claim" help:"The claim that names somebody's groups at the provider." default:"groups" env:"GLOSSATOR_OIDC_GROUPS_CLAIM" placeholder:"CLAIM"`
	OIDCAdministrators []string       `name:"oidc-administrators" help:"Groups at the provider whose members are administrators, and nobody else is." env:"GLOSSATOR_OIDC_ADMINISTRATORS" placeholder:"GROUP,..."`
	OIDCEditors        []string       `name:"oidc-editors" help:"Groups at the provider whose members are editors, and nobody else is." env:"GLOSSATOR_OIDC_EDITORS" placeholder:"GROUP,..."`
	OIDCGroups         []claimedGroup `name:"oidc-groups" help:"Groups at the provider whose members are in a group here: the name there, the id here (the end of the group's address) and the role, such as seminar=abc123:annotator." env:"GLOSSATOR_OIDC_GROUPS" placeholder:"GROUP=ID:ROLE,..."`
	OIDCAdmit          []string       `name:"oidc-admit" help:"Groups at the provider whose members get an account when they first sign in, beside those above; * is everybody whom the provider knows." env:"GLOSSATOR_OIDC_ADMIT" placeholder:"GROUP,..."`
}

// errOpenID means that the settings of OpenID Connect do not go together.
var errOpenID = errors.New("OpenID Connect is not set up")

// Validate refuses settings that do not go together.
func (o openID) Validate() error {
	rest := o.OIDCClientID + o.OIDCClientSecret + o.OIDCLabel + strings.Join(slices.Concat(o.OIDCAdministrators, o.OIDCEditors, o.OIDCAdmit), "")
	switch {
	case o.OIDCIssuer == "" && (rest != "" || len(o.OIDCGroups) > 0):
		return fmt.Errorf("%w: --oidc-issuer is missing", errOpenID)
	case o.OIDCIssuer != "" && o.OIDCClientID == "":
		return fmt.Errorf("%w: --oidc-issuer and --oidc-client-id need each other", errOpenID)
	}
	return nil
}

// provider returns the provider that the settings name, nil if they name none.
// People come back from it to a site.
func (o openID) provider(site *url.URL) (*api.OpenID, error) {
	if o.OIDCIssuer == "" {
		return nil, nil //nolint:nilnil // api.Config's word for "none"
	}
	secret, err := secretIn(o.OIDCClientSecret)
	if err != nil {
		return nil, err
	}
	config := api.OpenIDConfig{
		Issuer: o.OIDCIssuer, ClientID: o.OIDCClientID, ClientSecret: secret, Callback: site.JoinPath("api/openid/callback").String(),
		Label: o.OIDCLabel, Scopes: o.OIDCScopes, GroupsClaim: o.OIDCGroupsClaim,
		Administrators: o.OIDCAdministrators, Editors: o.OIDCEditors,
		Admit: o.OIDCAdmit, AdmitAll: slices.Contains(o.OIDCAdmit, "*"),
	}
	for _, group := range o.OIDCGroups {
		config.Members = append(config.Members, api.ClaimedGroup(group))
	}
	if config.Label == "" {
		if issuer, err := url.Parse(o.OIDCIssuer); err == nil {
			config.Label = issuer.Hostname()
		}
	}
	return api.NewOpenID(config)
}

// reach asks a provider about itself until it answers, and returns when ctx ends.
func reach(ctx context.Context, provider *api.OpenID) error {
	return again(ctx, "nobody can sign in by OpenID Connect", 15*time.Second, func() error {
		if err := provider.Discover(ctx); err != nil {
			return err
		}
		<-ctx.Done()
		return ctx.Err()
	})
}

// A claimedGroup is written GROUP=ID or GROUP=ID:ROLE; without a role it gives
// that of an annotator.
type claimedGroup api.ClaimedGroup

// UnmarshalText reads it.
func (g *claimedGroup) UnmarshalText(text []byte) error {
	equals := strings.LastIndex(string(text), "=")
	if equals < 1 || equals == len(text)-1 {
		return fmt.Errorf("%w: %q is not GROUP=ID:ROLE, such as seminar=abc123:annotator", errOpenID, text)
	}
	id, role, given := strings.Cut(string(text[equals+1:]), ":")
	if !given {
		role = annotations.GroupAnnotator
	}
	if !annotations.GroupRole(role) {
		return fmt.Errorf("%w: there is no role %q in a group", errOpenID, role)
	}
	*g = claimedGroup{Claim: string(text[:equals]), Group: id, Role: role}
	return nil
}

// MarshalText writes it as it is read.
func (g claimedGroup) MarshalText() ([]byte, error) { //nolint:unparam // as encoding.TextMarshaler has it
	return []byte(g.Claim + "=" + g.Group + ":" + g.Role), nil
}
