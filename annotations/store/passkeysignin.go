package store

import (
	"context"
	"database/sql"
	"fmt"

	"glossator/annotations"
)

// PasskeyUser returns whom authenticators know by a handle, and what tells that
// passkey of theirs; ErrNotFound if the passkey is not that user's, or the user
// is disabled.
func (s *Store) PasskeyUser(ctx context.Context, handle, credential []byte) (user annotations.User, c Credential, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		user, err = scanUser(tx.QueryRowContext(ctx, selectUser+"WHERE handle = ? AND handle <> '' AND disabled = 0", encodeKey(handle)))
		if err != nil {
			return err
		}
		c, err = scanCredential(tx.QueryRowContext(ctx, selectCredential+"WHERE owner = ? AND credential = ?", user.ID, encodeKey(credential)))
		return err
	})
	if err != nil {
		return annotations.User{}, Credential{}, because(orNotFound(err, "This passkey is nobody's here."), "reading a passkey")
	}
	return user, c, nil
}

// SignInByPasskey returns whose passkey made a signature, which the caller has
// verified, with its count and flags, asked for from a network address. ErrNotFound
// if the passkey is gone or its owner disabled; ErrCredentials if the count has not
// grown: then there may be a copy of the passkey (WebAuthn, 6.1.1). An
// authenticator that does not count always says 0.
func (s *Store) SignInByPasskey(ctx context.Context, used Credential, address string) (user annotations.User, err error) {
	why := ""
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var id, owner string
		var count uint32
		err := tx.QueryRowContext(ctx, `
			SELECT p.id, p.owner, p.sign_count FROM passkeys p JOIN users u ON u.id = p.owner
			WHERE p.credential = ? AND u.disabled = 0`, encodeKey(used.ID)).Scan(&id, &owner, &count)
		if err != nil {
			return orNotFound(err, "This passkey is nobody's here.")
		}
		if used.SignCount <= count && (used.SignCount > 0 || count > 0) {
			why = fmt.Sprintf("by the passkey %s: its count was %d after %d, there may be a copy of it", id, used.SignCount, count)
			return record(ctx, tx, annotations.Asker{Address: address}, didFailToSignIn, owner, why)
		}
		_, err = tx.ExecContext(ctx, "UPDATE passkeys SET sign_count = ?, flags = ?, used = ? WHERE id = ?", used.SignCount, used.Flags, now(), id)
		if err != nil {
			return err
		}
		user, err = scanUser(tx.QueryRowContext(ctx, selectUser+"WHERE id = ?", owner))
		return err
	})
	switch {
	case err != nil:
		return annotations.User{}, because(err, "signing in by passkey")
	case why != "":
		return annotations.User{}, refusedPasskey()
	}
	return user, nil
}

// RefusePasskey records that somebody could not sign in by passkey, as whom if that
// is known, and why. It returns what they are told, ErrCredentials.
func (s *Store) RefusePasskey(ctx context.Context, user, address, why string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return record(ctx, tx, annotations.Asker{Address: address}, didFailToSignIn, user, why)
	})
	if err != nil {
		return because(err, "recording a failed sign-in")
	}
	return refusedPasskey()
}

// refusedPasskey does not tell a passkey that is unknown from one whose owner is
// disabled, or whose signature is wrong.
func refusedPasskey() error {
	return refuse(ErrCredentials, "This passkey does not sign in here. Take another, or sign in with your name and password.")
}
