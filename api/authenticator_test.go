package api_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"slices"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// Flags of authenticator data (WebAuthn, 6.1).
const (
	userPresent  = 1
	userVerified = 1 << 2
	attested     = 1 << 6
)

// An authenticator has one passkey, on P-256, and says of itself what a test wants.
type authenticator struct {
	t      testing.TB
	key    *ecdsa.PrivateKey
	id     []byte
	handle []byte // of whose passkey it is
	count  uint32 // is told, and goes up by one before each signature unless it does not count
	still  bool   // whether it does not count
	flags  byte
	origin string // of the page that asks, by the browser's word
}

func newAuthenticator(t testing.TB, origin string) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	rand.Read(id)
	return &authenticator{t: t, key: key, id: id, flags: userPresent | userVerified, origin: origin}
}

// options are the parts of what a server asks that an authenticator needs.
type options struct {
	Challenge string
	RPID      string              `json:"rpId"`
	RP        struct{ ID string } `json:"rp"`
	User      struct{ ID string }
}

func encode(content []byte) string { return base64.RawURLEncoding.EncodeToString(content) }

func (a *authenticator) json(value any) []byte {
	a.t.Helper()
	content, err := json.Marshal(value)
	if err != nil {
		a.t.Fatal(err)
	}
	return content
}

func (a *authenticator) client(ceremony, challenge string) []byte {
	return a.json(map[string]any{"type": ceremony, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
}

// data returns authenticator data.
func (a *authenticator) data(site string, flags byte) []byte {
	if !a.still {
		a.count++
	}
	hash := sha256.Sum256([]byte(site))
	return binary.BigEndian.AppendUint32(append(hash[:], flags), a.count)
}

// create returns the answer to being asked for a new passkey, as a browser has
// it in JSON.
func (a *authenticator) create(o options) string {
	a.t.Helper()
	handle, err := base64.RawURLEncoding.DecodeString(o.User.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	a.handle = handle
	public, err := a.key.PublicKey.Bytes()
	if err != nil {
		a.t.Fatal(err)
	}
	// ES256 on P-256, its x and y (RFC 9053, 7.1).
	key, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: public[1:33], -3: public[33:]})
	if err != nil {
		a.t.Fatal(err)
	}
	data := append(a.data(o.RP.ID, a.flags|attested), make([]byte, 16)...) // of no make
	data = binary.BigEndian.AppendUint16(data, uint16(len(a.id)))
	data = slices.Concat(data, a.id, key)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	if err != nil {
		a.t.Fatal(err)
	}
	return a.answer(map[string]any{
		"clientDataJSON": encode(a.client("webauthn.create", o.Challenge)), "attestationObject": encode(object), "transports": []string{"usb", "a new way"},
	})
}

// sign returns the answer to a challenge.
func (a *authenticator) sign(o options) string {
	a.t.Helper()
	data, client := a.data(o.RPID, a.flags), a.client("webauthn.get", o.Challenge)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(slices.Concat(data, hash[:]))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, sum[:])
	if err != nil {
		a.t.Fatal(err)
	}
	return a.answer(map[string]any{
		"clientDataJSON": encode(client), "authenticatorData": encode(data), "signature": encode(signature), "userHandle": encode(a.handle),
	})
}

func (a *authenticator) answer(response map[string]any) string {
	id := encode(a.id)
	return string(a.json(map[string]any{
		"id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "cross-platform",
		"clientExtensionResults": map[string]any{"credProps": map[string]any{"rk": true}}, "response": response,
	}))
}
