package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"glossator/annotations"
)

// TokenPrefix begins every API token, so that one that leaked is recognised.
const TokenPrefix = "glo_"

// Bounds of an API token.
const (
	longestTokenLife = 3650 // days
	longestTokenName = 200  // code points
)

// A Token is an API token without its secret.
type Token struct {
	ID      string `json:"id"`
	Name    string `json:"name"`    // what it is for
	Scope   string `json:"scope"`   // annotations.ScopeRead, ScopeAnnotate or ScopeEverything
	Created int64  `json:"created"` // milliseconds UTC
	Used    int64  `json:"used"`    // when it was last used, to a few minutes; 0 for never
	Expires int64  `json:"expires"` // 0 for never
	Revoked int64  `json:"revoked"` // 0 while it is not
}

// CreateToken makes an API token that acts as the asker within a scope for some
// days, 0 for as long as it is not revoked. Its secret is told this once.
func (s *Store) CreateToken(ctx context.Context, asker annotations.Asker, name, scope string, days int) (t Token, secret string, err error) {
	t = Token{ID: newID(), Name: strings.TrimSpace(name), Scope: scope, Created: now()}
	switch {
	case !asker.SignedIn():
		return Token{}, "", refuse(ErrForbidden, "Sign in to make an API token.")
	case t.Name == "" || utf8.RuneCountInString(t.Name) > longestTokenName:
		return Token{}, "", refuse(ErrInvalid, "Give the token a name of at most %d characters that says what it is for.", longestTokenName)
	case scope != annotations.ScopeRead && scope != annotations.ScopeAnnotate && scope != annotations.ScopeEverything:
		return Token{}, "", refuse(ErrInvalid, "There is no scope %q; choose %s, %s or %s.",
			scope, annotations.ScopeRead, annotations.ScopeAnnotate, annotations.ScopeEverything)
	case days < 0 || days > longestTokenLife:
		return Token{}, "", refuse(ErrInvalid, "A token is good for 1 to %d days, or 0 for no end.", longestTokenLife)
	}
	t.Expires, secret = after(t.Created, days), TokenPrefix+rand.Text()
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO tokens (id, hash, owner, name, scope, created, expires, used, revoked) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)",
			t.ID, hash(secret), asker.User, t.Name, t.Scope, t.Created, t.Expires)
		if err != nil {
			return err
		}
		return record(ctx, tx, asker, didMakeToken, t.ID, "scope "+scope)
	})
	if err != nil {
		return Token{}, "", because(err, "making an API token")
	}
	return t, secret, nil
}

// after returns the time some days later, 0 for 0 days.
func after(time0 int64, days int) int64 {
	if days == 0 {
		return 0
	}
	return time0 + (time.Duration(days) * 24 * time.Hour).Milliseconds()
}

// TokenUser returns whom a token acts as, and what it is; ErrNotFound if it is
// unknown, revoked or has expired, or its owner is disabled. Its use is kept as SessionUser keeps it.
func (s *Store) TokenUser(ctx context.Context, secret string) (user annotations.User, t Token, err error) {
	err = s.reader.QueryRowContext(ctx, `
		SELECT u.id, u.name, u.role, u.created, t.id, t.name, t.scope, t.created, t.expires, t.used, t.revoked
		FROM tokens t JOIN users u ON u.id = t.owner
		WHERE t.hash = ? AND u.disabled = 0 AND t.revoked = 0 AND (t.expires = 0 OR t.expires > ?)`, hash(secret), now()).
		Scan(&user.ID, &user.Name, &user.Role, &user.Created, &t.ID, &t.Name, &t.Scope, &t.Created, &t.Expires, &t.Used, &t.Revoked)
	if err != nil {
		return annotations.User{}, Token{}, because(orNotFound(err, "The API token is unknown, revoked or has expired."), "reading an API token")
	}
	s.noteUse(ctx, t.Used, "UPDATE tokens SET used = ? WHERE id = ?", now(), t.ID)
	return user, t, nil
}

// Tokens returns the asker's tokens, newest first.
func (s *Store) Tokens(ctx context.Context, asker annotations.Asker) ([]Token, error) {
	tokens, err := list(ctx, s.reader, func(row scanner) (t Token, err error) {
		err = row.Scan(&t.ID, &t.Name, &t.Scope, &t.Created, &t.Used, &t.Expires, &t.Revoked)
		return t, err
	}, "SELECT id, name, scope, created, used, expires, revoked FROM tokens WHERE owner = ? ORDER BY created DESC, id", asker.User)
	return tokens, because(err, "listing API tokens")
}

// RevokeToken ends one of the asker's tokens; ErrNotFound if it is not theirs.
func (s *Store) RevokeToken(ctx context.Context, asker annotations.Asker, id string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx,
			"UPDATE tokens SET revoked = CASE WHEN revoked = 0 THEN ? ELSE revoked END WHERE id = ? AND owner = ?", now(), id, asker.User)
		if err != nil {
			return err
		}
		if err := oneRow(result, refuse(ErrNotFound, "There is no API token %q.", id)); err != nil {
			return err
		}
		return record(ctx, tx, asker, didRevokeToken, id, "")
	})
	return because(err, "revoking an API token")
}

// RevokeTokenItself ends a token, for whoever has it; nothing happens if it is
// not known or has been revoked.
func (s *Store) RevokeTokenItself(ctx context.Context, secret string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var id, owner string
		err := tx.QueryRowContext(ctx, "UPDATE tokens SET revoked = ? WHERE hash = ? AND revoked = 0 RETURNING id, owner", now(), hash(secret)).Scan(&id, &owner)
		if err != nil {
			return orNotFound(err, "The API token is not known.")
		}
		return record(ctx, tx, annotations.Asker{User: owner}, didRevokeToken, id, "by itself")
	})
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return because(err, "revoking an API token")
}
