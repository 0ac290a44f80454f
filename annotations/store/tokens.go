package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"strings"

	"glossator/annotations"
)

// TokenPrefix begins every API token, so that one that leaked is recognised.
const TokenPrefix = "glo_"

// A Token is an API token without its secret.
type Token struct {
	ID      string `json:"id"`
	Name    string `json:"name"`    // what it is for
	Created int64  `json:"created"` // milliseconds UTC
	Revoked int64  `json:"revoked"` // 0 while it is good
}

// CreateToken makes an API token that acts as the asker. It is told this once.
func (s *Store) CreateToken(ctx context.Context, asker annotations.Asker, name string) (string, error) {
	if !asker.SignedIn() {
		return "", refuse(ErrForbidden, "Sign in to make an API token.")
	}
	if name = strings.TrimSpace(name); name == "" {
		return "", refuse(ErrInvalid, "Give the token a name that says what it is for.")
	}
	token := TokenPrefix + rand.Text()
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO tokens (id, hash, owner, name, created, revoked) VALUES (?, ?, ?, ?, ?, 0)",
			newID(), hash(token), asker.User, name, now())
		return err
	})
	if err != nil {
		return "", because(err, "making an API token")
	}
	return token, nil
}

// TokenUser returns whom a token acts as; ErrNotFound if it is unknown or
// revoked.
func (s *Store) TokenUser(ctx context.Context, token string) (annotations.User, error) {
	user, err := scanUser(s.reader.QueryRowContext(ctx, `
		SELECT u.id, u.name, u.role, u.created, u.epoch FROM tokens t JOIN users u ON u.id = t.owner
		WHERE t.hash = ? AND t.revoked = 0`, hash(token)))
	if err != nil {
		return annotations.User{}, because(orNotFound(err, "The API token is unknown or revoked."), "reading an API token")
	}
	return user, nil
}

// Tokens returns the asker's tokens, newest first.
func (s *Store) Tokens(ctx context.Context, asker annotations.Asker) ([]Token, error) {
	tokens, err := list(ctx, s.reader, func(row scanner) (t Token, err error) {
		err = row.Scan(&t.ID, &t.Name, &t.Created, &t.Revoked)
		return t, err
	}, "SELECT id, name, created, revoked FROM tokens WHERE owner = ? ORDER BY created DESC, id", asker.User)
	if err != nil {
		return nil, because(err, "listing API tokens")
	}
	return tokens, nil
}

// RevokeToken ends one of the asker's tokens; ErrNotFound if it is not theirs.
func (s *Store) RevokeToken(ctx context.Context, asker annotations.Asker, id string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx,
			"UPDATE tokens SET revoked = CASE WHEN revoked = 0 THEN ? ELSE revoked END WHERE id = ? AND owner = ?", now(), id, asker.User)
		if err != nil {
			return err
		}
		return oneRow(result, refuse(ErrNotFound, "There is no API token %q.", id))
	})
	return because(err, "revoking an API token")
}

// RevokeTokenItself ends a token, for whoever has it; nothing happens if it is
// not known.
func (s *Store) RevokeTokenItself(ctx context.Context, token string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE tokens SET revoked = ? WHERE hash = ? AND revoked = 0", now(), hash(token))
		return err
	})
	return because(err, "revoking an API token")
}
