package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"glossator/annotations"
)

// Bounds of passkeys.
const (
	mostPasskeys       = 20   // of one account
	longestPasskeyName = 100  // code points
	longestCredential  = 1023 // bytes of an id (WebAuthn, 4)
	handleLength       = 64   // bytes (WebAuthn, 5.4.3)
)

// CeremonyTime is how long after it was begun a passkey may be added.
const CeremonyTime = 5 * time.Minute

// backedUp is the flag of the authenticator data that says that the passkey is
// kept in more than one place (WebAuthn, 6.1).
const backedUp = 1 << 4

// A Passkey is a way into an account, as its owner sees it.
type Passkey struct {
	ID         string `json:"id"`
	Credential string `json:"credential"` // id that the authenticator gave it, in base64url
	Name       string `json:"name"`
	Synced     bool   `json:"synced"`  // whether it was kept in more than one place when last used
	Created    int64  `json:"created"` // milliseconds UTC
	Used       int64  `json:"used"`    // last sign-in, 0 for never
}

// A Credential is what tells that a signature is a passkey's: the credential
// record of WebAuthn, 4.
type Credential struct {
	ID         []byte
	PublicKey  []byte // COSE_Key (RFC 9052)
	SignCount  uint32 // the authenticator's counter at the last sign-in, 0 from one that does not count
	Flags      byte   // of the authenticator data at the last sign-in
	Transports []string
}

const selectPasskey = "SELECT id, credential, name, flags, created, used FROM passkeys " //nolint:gosec // a query, no secret

func scanPasskey(row scanner) (p Passkey, err error) {
	var flags byte
	err = row.Scan(&p.ID, &p.Credential, &p.Name, &flags, &p.Created, &p.Used)
	p.Synced = flags&backedUp != 0
	return p, err
}

// Passkeys returns the asker's passkeys, newest first.
func (s *Store) Passkeys(ctx context.Context, asker annotations.Asker) ([]Passkey, error) {
	passkeys, err := list(ctx, s.reader, scanPasskey, selectPasskey+"WHERE owner = ? ORDER BY created DESC, id", asker.User)
	return passkeys, because(err, "listing passkeys")
}

// Handle returns what authenticators know the asker by, who is about to add a
// passkey: random bytes that tell nothing of them, the same each time. ErrUnconfirmed
// unless the asker signed in or confirmed lately, ErrConflict if they have as many
// passkeys as one may.
func (s *Store) Handle(ctx context.Context, asker annotations.Asker) (handle []byte, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := confirmed(ctx, tx, asker, confirmedFor); err != nil {
			return err
		}
		if err := roomForPasskey(ctx, tx, asker); err != nil {
			return err
		}
		fresh := make([]byte, handleLength)
		rand.Read(fresh)
		var kept string
		err := tx.QueryRowContext(ctx, "UPDATE users SET handle = CASE WHEN handle = '' THEN ? ELSE handle END WHERE id = ? RETURNING handle",
			encodeKey(fresh), asker.User).Scan(&kept)
		if err != nil {
			return err
		}
		handle, err = decodeKey(kept)
		return err
	})
	return handle, because(err, "reading what authenticators know a user by")
}

func roomForPasskey(ctx context.Context, tx *sql.Tx, asker annotations.Asker) error {
	var n int
	err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM passkeys WHERE owner = ?", asker.User).Scan(&n)
	if err == nil && n >= mostPasskeys {
		err = refuse(ErrConflict, "You have %d passkeys and can have no more; remove one that you do not use.", n)
	}
	return err
}

// AddPasskey gives the asker another way into their account. ErrUnconfirmed unless
// Handle could be had within CeremonyTime before; ErrConflict if the passkey is
// somebody's already.
func (s *Store) AddPasskey(ctx context.Context, asker annotations.Asker, c Credential, name string) (Passkey, error) {
	name, err := passkeyName(name)
	switch {
	case err != nil:
		return Passkey{}, err
	case len(c.ID) == 0 || len(c.ID) > longestCredential:
		return Passkey{}, refuse(ErrInvalid, "The id of the passkey has %d bytes; it has 1 to %d.", len(c.ID), longestCredential)
	}
	p := Passkey{ID: newID(), Credential: encodeKey(c.ID), Name: name, Synced: c.Flags&backedUp != 0, Created: now()}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := confirmed(ctx, tx, asker, confirmedFor+CeremonyTime); err != nil {
			return err
		}
		if err := roomForPasskey(ctx, tx, asker); err != nil {
			return err
		}
		known, err := exists(ctx, tx, "SELECT 1 FROM passkeys WHERE credential = ?", p.Credential)
		if err != nil {
			return err
		}
		if known {
			return refuse(ErrConflict, "This passkey is an account's already.")
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO passkeys (id, owner, credential, public_key, sign_count, flags, transports, name, created, used)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
			p.ID, asker.User, p.Credential, c.PublicKey, c.SignCount, c.Flags, strings.Join(c.Transports, " "), p.Name, p.Created)
		if err != nil {
			return err
		}
		return record(ctx, tx, asker, didAddPasskey, p.ID, "")
	})
	if err != nil {
		return Passkey{}, because(err, "adding a passkey")
	}
	return p, nil
}

func passkeyName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || utf8.RuneCountInString(name) > longestPasskeyName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return "", refuse(ErrInvalid, "Give the passkey a name of at most %d characters that tells you where it is.", longestPasskeyName)
	}
	return name, nil
}

// RenamePasskey gives one of the asker's passkeys another name; ErrNotFound if it
// is not theirs.
func (s *Store) RenamePasskey(ctx context.Context, asker annotations.Asker, id, name string) error {
	name, err := passkeyName(name)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE passkeys SET name = ? WHERE id = ? AND owner = ?", name, id, asker.User)
		if err != nil {
			return err
		}
		return oneRow(result, noPasskey(id))
	})
	return because(err, "renaming a passkey")
}

// RemovePasskey takes a way into their account from the asker; ErrNotFound if the
// passkey is not theirs, ErrUnconfirmed as Handle has it, ErrConflict if it is the
// only way there is. Sessions that began with it go on: they can be ended by
// themselves.
func (s *Store) RemovePasskey(ctx context.Context, asker annotations.Asker, id string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := confirmed(ctx, tx, asker, confirmedFor); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, "DELETE FROM passkeys WHERE id = ? AND owner = ?", id, asker.User)
		if err != nil {
			return err
		}
		if err := oneRow(result, noPasskey(id)); err != nil {
			return err
		}
		if err := wayIn(ctx, tx, asker); err != nil {
			return err
		}
		return record(ctx, tx, asker, didRemovePasskey, id, "")
	})
	return because(err, "removing a passkey")
}

func noPasskey(id string) error { return refuse(ErrNotFound, "You have no passkey %q.", id) }

// Credentials returns what tells the asker's passkeys, none if they have none.
func (s *Store) Credentials(ctx context.Context, asker annotations.Asker) ([]Credential, error) {
	all, err := list(ctx, s.reader, scanCredential, selectCredential+"WHERE owner = ? ORDER BY created, id", asker.User)
	return all, because(err, "reading passkeys")
}

const selectCredential = "SELECT credential, public_key, sign_count, flags, transports FROM passkeys " //nolint:gosec // a query, no secret

func scanCredential(row scanner) (c Credential, err error) {
	var id, transports string
	if err := row.Scan(&id, &c.PublicKey, &c.SignCount, &c.Flags, &transports); err != nil {
		return Credential{}, err
	}
	c.Transports = strings.Fields(transports)
	c.ID, err = decodeKey(id)
	return c, err
}

// encodeKey writes bytes as WebAuthn does in JSON: base64url without padding.
func encodeKey(key []byte) string { return base64.RawURLEncoding.EncodeToString(key) }

func decodeKey(text string) ([]byte, error) { return base64.RawURLEncoding.DecodeString(text) }
