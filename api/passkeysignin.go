package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

func (s *Server) challengePasskey(c echo.Context, _ annotations.Asker) error {
	party, err := s.relyingParty(c)
	if err != nil {
		return err
	}
	options, begun, err := party.BeginDiscoverableLogin()
	if err != nil {
		return fmt.Errorf("beginning to sign in by passkey: %w", err)
	}
	sealed, err := s.ceremonies.begin(signingIn(s.knownBrowser(c)), begun)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, ceremony{sealed, options.Response})
}

// signingIn is for whom a ceremony that signs in is good: one browser.
func signingIn(browser string) string { return "browser " + browser }

func (s *Server) signInByPasskey(c echo.Context, _ annotations.Asker) error {
	given, err := body[struct {
		Ceremony   string          `json:"ceremony"`
		Credential json.RawMessage `json:"credential"`
	}](c)
	if err != nil {
		return err
	}
	party, err := s.relyingParty(c)
	if err != nil {
		return err
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes(given.Credential)
	if err != nil {
		return notAnswer(err)
	}
	var user annotations.User
	err = s.guess(c, "passkey "+answer.ID, func() error {
		begun, err := s.ceremonies.end(signingIn(s.browser(c)), given.Ceremony)
		if err == nil {
			user, err = s.checkPasskey(c, party, begun, answer)
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.begin(c, http.StatusOK, user, "by passkey")
}

// checkPasskey returns whose passkey signed a challenge; store.ErrCredentials if
// nobody's, or not as it must be.
func (s *Server) checkPasskey(c echo.Context, party *webauthn.WebAuthn, begun webauthn.SessionData,
	answer *protocol.ParsedCredentialAssertionData) (annotations.User, error) {
	ctx, address := c.Request().Context(), c.RealIP()
	user, credential, err := s.Store.PasskeyUser(ctx, answer.Response.UserHandle, answer.RawID)
	if errors.Is(err, store.ErrNotFound) {
		return user, s.Store.RefusePasskey(ctx, "", address, "by an unknown passkey, or one of a disabled account")
	}
	if err != nil {
		return user, err
	}
	owner := holder{handle: answer.Response.UserHandle, name: user.Name, credentials: []webauthn.Credential{credentialOf(credential)}}
	_, used, err := party.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return owner, nil }, begun, answer)
	if err != nil {
		return user, s.Store.RefusePasskey(ctx, user.ID, address, "by passkey: "+err.Error())
	}
	signed := recordOf(used)
	signed.SignCount = answer.Response.AuthenticatorData.Counter
	user, err = s.Store.SignInByPasskey(ctx, signed, address)
	if errors.Is(err, store.ErrNotFound) {
		err = s.Store.RefusePasskey(ctx, "", address, "by a passkey that was just removed, or whose account was disabled")
	}
	return user, err
}
