package store

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Passwords are kept as argon2id with the second of the parameters that RFC
// 9106, section 4, recommends, written as a PHC string:
// $argon2id$v=19$m=65536,t=3,p=4$SALT$KEY, base64 without padding. Where they
// change, each password follows when its owner next signs in.
const (
	argonMemory = 64 * 1024 // KiB
	argonPasses = 3
	argonLanes  = 4
	saltLength  = 16
	keyLength   = 32
)

// hashesAtOnce bounds the memory that hashing takes.
const hashesAtOnce = 2

// Bounds of a password.
const (
	ShortestPassword = 10   // code points
	longestPassword  = 1000 // bytes
)

// hashedNow begins what hashPassword returns.
var hashedNow = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemory, argonPasses, argonLanes)

// decoy is verified in place of the password of a user who does not exist, so
// that the time an answer takes does not tell which names do. Nothing has it.
var decoy = hashedNow + base64.RawStdEncoding.EncodeToString(make([]byte, saltLength)) + "$" +
	base64.RawStdEncoding.EncodeToString(make([]byte, keyLength))

// hashPassword returns the PHC string of a password; ErrInvalid if it is too
// short or too long.
func (s *Store) hashPassword(ctx context.Context, password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < ShortestPassword {
		return "", refuse(ErrInvalid, "The password has %d characters; it needs %d or more.", n, ShortestPassword)
	}
	if len(password) > longestPassword {
		return "", refuse(ErrInvalid, "The password is longer than %d bytes; choose a shorter one.", longestPassword)
	}
	salt := make([]byte, saltLength)
	rand.Read(salt)
	key, err := s.argon(ctx, password, salt, argonPasses, argonMemory, argonLanes, keyLength)
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return hashedNow + encode(salt) + "$" + encode(key), nil
}

// verifyPassword reports whether the PHC string is of this password.
func (s *Store) verifyPassword(ctx context.Context, phc, password string) (bool, error) {
	var version, memory, passes uint32
	var lanes uint8
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errors.New("the stored password is not argon2id")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &lanes); err != nil {
		return false, fmt.Errorf("the stored password has unreadable parameters: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("the salt of the stored password is damaged: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("the stored password is damaged: %w", err)
	}
	if len(password) > longestPassword {
		return false, nil
	}
	got, err := s.argon(ctx, password, salt, passes, memory, lanes, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1, err
}

// argon waits for its turn and derives the key.
func (s *Store) argon(ctx context.Context, password string, salt []byte, passes, memory uint32, lanes uint8, length uint32) ([]byte, error) {
	select {
	case s.hashing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.hashing }()
	return argon2.IDKey([]byte(password), salt, passes, memory, lanes, length), nil
}
