package api

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/labstack/echo/v4"

	"glossator/annotations/store"
)

// errNoPasskeys is wrapped by why passkeys cannot work.
var errNoPasskeys = errors.New("passkeys cannot work here")

// relyingParty returns what passkeys are bound to where somebody asks (WebAuthn,
// 4). errNoPasskeys tells why there is none and how there would be.
//
// A passkey replaces name and password alike. So it must be one that finds its
// owner without a name, and the authenticator must have made sure by a PIN, a
// finger or a face that it is in the right hands: what is stolen is not enough.
// Which make of authenticator it is does not count, so that is not asked.
func (s *Server) relyingParty(c echo.Context) (*webauthn.WebAuthn, error) {
	id, origin, err := passkeySite(s.Address, s.site(c))
	if err != nil {
		return nil, err
	}
	within := webauthn.TimeoutConfig{Enforce: true, Timeout: store.CeremonyTime, TimeoutUVD: store.CeremonyTime}
	party, err := webauthn.New(&webauthn.Config{
		RPID: id, RPDisplayName: "Glossator", RPOrigins: []string{origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: protocol.ResidentKeyRequired(),
			ResidentKey:        protocol.ResidentKeyRequirementRequired,
			UserVerification:   protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{Login: within, Registration: within},
		// Password managers tell what they can without being asked.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %q cannot have passkeys: %w", errNoPasskeys, origin, err)
	}
	return party, nil
}

// A passkeyPlace is where passkeys work, or why they cannot where somebody asks.
type passkeyPlace struct {
	Obstacle string `json:"obstacle"`
	Site     string `json:"site"`
	Origin   string `json:"origin"`
}

func (s *Server) passkeyPlace(c echo.Context) passkeyPlace {
	party, err := s.relyingParty(c)
	if err != nil {
		p, _ := problemOf(err)
		return passkeyPlace{Obstacle: p.Detail}
	}
	return passkeyPlace{Site: party.Config.RPID, Origin: party.Config.RPOrigins[0]}
}

// passkeySite returns the name that passkeys are bound to and the origin at which
// they work. That is the public address if it is by HTTPS and has a name; else
// browsers allow it at this machine alone, so there what is asked tells. asked is
// the origin that a request is for, by its own word.
func passkeySite(public *url.URL, asked string) (id, origin string, err error) {
	if public != nil && public.Scheme == "https" {
		name := strings.ToLower(public.Hostname())
		if _, err := netip.ParseAddr(name); err == nil {
			return "", "", fmt.Errorf("%w: browsers bind passkeys to a name, and the address of this Glossator, %s, has a number; "+
				"whoever runs it can give it a name", errNoPasskeys, public.Host)
		}
		return name, "https://" + strings.ToLower(public.Host), nil
	}
	at, err := url.Parse(asked)
	if err != nil {
		return "", "", fmt.Errorf("%w: the address %q cannot be read", errRequest, asked)
	}
	name := strings.ToLower(at.Hostname())
	here, _ := netip.ParseAddr(name)
	switch {
	case name == "localhost" || strings.HasSuffix(name, ".localhost"):
		return name, at.Scheme + "://" + strings.ToLower(at.Host), nil
	case here.IsLoopback():
		return "", "", fmt.Errorf("%w: browsers bind passkeys to a name, not to a number; open this Glossator as %s://localhost%s",
			errNoPasskeys, at.Scheme, port(at))
	}
	return "", "", fmt.Errorf("%w: browsers allow passkeys by HTTPS only; whoever runs this Glossator can set that up, "+
		"and its address by the setting url", errNoPasskeys)
}

// port returns the port of an address, with its colon; "" if it has none.
func port(at *url.URL) string {
	if at.Port() == "" {
		return ""
	}
	return ":" + at.Port()
}
