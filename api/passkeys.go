package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

// A holder is a person as authenticators know them.
type holder struct {
	handle      []byte
	name        string
	credentials []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return h.handle }
func (h holder) WebAuthnName() string                       { return h.name }
func (h holder) WebAuthnDisplayName() string                { return h.name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

// credentialOf returns what is kept of a passkey as package webauthn has it.
func credentialOf(c store.Credential) webauthn.Credential {
	record := webauthn.Credential{
		ID: c.ID, PublicKey: c.PublicKey,
		Flags:         webauthn.NewCredentialFlags(protocol.AuthenticatorFlags(c.Flags)),
		Authenticator: webauthn.Authenticator{SignCount: c.SignCount},
	}
	for _, transport := range c.Transports {
		record.Transport = append(record.Transport, protocol.AuthenticatorTransport(transport))
	}
	return record
}

// transports are the ways to an authenticator that are kept (WebAuthn, 5.8.4):
// browsers take them as hints, and what else is said there is nothing to keep.
var transports = []protocol.AuthenticatorTransport{
	protocol.USB, protocol.NFC, protocol.BLE, protocol.SmartCard, protocol.Hybrid, protocol.Internal,
}

// recordOf returns what is kept of a passkey.
func recordOf(c *webauthn.Credential) store.Credential {
	one := store.Credential{ID: c.ID, PublicKey: c.PublicKey, SignCount: c.Authenticator.SignCount, Flags: byte(c.Flags.ProtocolValue())}
	for _, transport := range transports {
		if slices.Contains(c.Transport, transport) {
			one.Transports = append(one.Transports, string(transport))
		}
	}
	return one
}

func (s *Server) passkeys(c echo.Context, asker annotations.Asker) error {
	passkeys, err := s.Store.Passkeys(c.Request().Context(), asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"passkeys": passkeys})
}

// ceremony is what a browser is told of one that has begun.
type ceremony struct {
	Ceremony  string `json:"ceremony"`
	PublicKey any    `json:"publicKey"`
}

func (s *Server) challengeNewPasskey(c echo.Context, asker annotations.Asker) error {
	party, err := s.relyingParty(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	handle, err := s.Store.Handle(ctx, asker)
	if err != nil {
		return err
	}
	user, err := s.Store.User(ctx, asker.User)
	if err != nil {
		return err
	}
	own, err := s.Store.Credentials(ctx, asker)
	if err != nil {
		return err
	}
	there := webauthn.Credentials{}
	for _, one := range own {
		there = append(there, credentialOf(one))
	}
	options, begun, err := party.BeginRegistration(holder{handle: handle, name: user.Name}, webauthn.WithExclusions(there.CredentialDescriptors()))
	if err != nil {
		return fmt.Errorf("beginning to add a passkey: %w", err)
	}
	sealed, err := s.ceremonies.begin(adding(asker), begun)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, ceremony{sealed, options.Response})
}

// adding is for whom a ceremony that adds a passkey is good: the asker's session.
func adding(asker annotations.Asker) string { return "session " + asker.Session }

func (s *Server) addPasskey(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Ceremony   string          `json:"ceremony"`
		Credential json.RawMessage `json:"credential"`
		Name       string          `json:"name"`
	}](c)
	if err != nil {
		return err
	}
	party, err := s.relyingParty(c)
	if err != nil {
		return err
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes(given.Credential)
	if err != nil {
		return notAnswer(err)
	}
	begun, err := s.ceremonies.end(adding(asker), given.Ceremony)
	if err != nil {
		return err
	}
	made, err := party.CreateCredential(holder{handle: begun.UserID}, begun, answer)
	if err != nil {
		return fmt.Errorf("%w: the authenticator's answer is not good: %w", errRequest, err)
	}
	passkey, err := s.Store.AddPasskey(c.Request().Context(), asker, recordOf(made), given.Name)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusCreated, passkey)
}

func notAnswer(err error) error {
	return fmt.Errorf("%w: the field \"credential\" is not what an authenticator answers: %w", errRequest, err)
}

func (s *Server) renamePasskey(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Name string `json:"name"`
	}](c)
	if err != nil {
		return err
	}
	if err := s.Store.RenamePasskey(c.Request().Context(), asker, c.Param("passkey"), given.Name); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) removePasskey(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.RemovePasskey(c.Request().Context(), asker, c.Param("passkey")); err != nil {
		return err
	}
	return gone(c)
}
