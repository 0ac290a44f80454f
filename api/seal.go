package api

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
)

// A seal closes what a browser keeps for this process alone: nobody else can read
// or make it, and what is closed for one purpose opens for no other.
type seal struct{ cipher.AEAD }

// errSeal means that something was not closed by this seal, or for this purpose.
var errSeal = errors.New("what the browser kept was not sealed by this process")

func newSeal() (seal, error) {
	key := make([]byte, 32)
	rand.Read(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		return seal{}, fmt.Errorf("api: making a seal: %w", err)
	}
	sealer, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return seal{}, fmt.Errorf("api: making a seal: %w", err)
	}
	return seal{sealer}, nil
}

// close returns a value, sealed, in base64url.
func (s seal) close(purpose string, value any) (string, error) {
	content, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("sealing: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(s.Seal(nil, nil, content, []byte(purpose))), nil //nolint:gosec // it draws its nonces itself
}

// open reads what was closed for a purpose into value; errSeal if nothing was.
func (s seal) open(purpose, sealed string, value any) error {
	closed, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return errSeal
	}
	content, err := s.Open(nil, nil, closed, []byte(purpose))
	if err != nil {
		return errSeal
	}
	if err := json.Unmarshal(content, value); err != nil {
		return fmt.Errorf("opening a seal: %w", err)
	}
	return nil
}
