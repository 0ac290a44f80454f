package store

import (
	"context"
	"database/sql"

	"glossator/annotations"
)

// A Person is an account as administrators see it.
type Person struct {
	annotations.User
	Used     int64 `json:"used"`     // when a session or token of theirs was last used, 0 for never
	Disabled int64 `json:"disabled"` // since when nobody can sign in as them, 0 while they can
	Passkeys int   `json:"passkeys"` // how many they can sign in with
}

func manages(asker annotations.Asker) error {
	if !asker.MayManage() {
		return refuse(ErrForbidden, "Only administrators manage accounts.")
	}
	return nil
}

// People returns all accounts, by name. ErrForbidden unless the asker manages
// accounts, as for all that is here.
func (s *Store) People(ctx context.Context, asker annotations.Asker) ([]Person, error) {
	if err := manages(asker); err != nil {
		return nil, err
	}
	people, err := list(ctx, s.reader, func(row scanner) (p Person, err error) {
		err = row.Scan(&p.ID, &p.Name, &p.Role, &p.Created, &p.Disabled, &p.Used, &p.Passkeys)
		return p, err
	}, `
		SELECT u.id, u.name, u.role, u.created, u.disabled, (SELECT COALESCE(MAX(used), 0) FROM (
			SELECT used FROM sessions WHERE owner = u.id UNION ALL SELECT used FROM tokens WHERE owner = u.id)),
			(SELECT COUNT(*) FROM passkeys WHERE owner = u.id)
		FROM users u ORDER BY u.label`)
	return people, because(err, "listing accounts")
}

// SetSiteRole gives an account another role; ErrConflict if nobody would be
// left to manage accounts.
func (s *Store) SetSiteRole(ctx context.Context, asker annotations.Asker, user, role string) error {
	if err := manages(asker); err != nil {
		return err
	}
	if err := siteRole(role); err != nil {
		return err
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var old string
		if err := tx.QueryRowContext(ctx, "SELECT role FROM users WHERE id = ?", user).Scan(&old); err != nil {
			return orNotFound(err, "There is no account %q.", user)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE users SET role = ? WHERE id = ?", role, user); err != nil {
			return err
		}
		if err := stillManaged(ctx, tx); err != nil {
			return err
		}
		return record(ctx, tx, asker, didGiveRole, user, old+" to "+role)
	})
	return because(err, "giving a role")
}

// Disable ends an account's sessions and lets nobody sign in as it, nor its API
// tokens do anything, until Enable. What it has written stays.
func (s *Store) Disable(ctx context.Context, asker annotations.Asker, user string) error {
	if err := manages(asker); err != nil {
		return err
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE users SET disabled = CASE WHEN disabled = 0 THEN ? ELSE disabled END WHERE id = ?", now(), user)
		if err != nil {
			return err
		}
		if err := oneRow(result, refuse(ErrNotFound, "There is no account %q.", user)); err != nil {
			return err
		}
		if err := stillManaged(ctx, tx); err != nil {
			return err
		}
		if err := endSessions(ctx, tx, user, ""); err != nil {
			return err
		}
		return record(ctx, tx, asker, didDisable, user, "")
	})
	return because(err, "disabling an account")
}

// Enable takes back that an account was disabled.
func (s *Store) Enable(ctx context.Context, asker annotations.Asker, user string) error {
	if err := manages(asker); err != nil {
		return err
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE users SET disabled = 0 WHERE id = ?", user)
		if err != nil {
			return err
		}
		if err := oneRow(result, refuse(ErrNotFound, "There is no account %q.", user)); err != nil {
			return err
		}
		return record(ctx, tx, asker, didEnable, user, "")
	})
	return because(err, "enabling an account")
}

// stillManaged fails if no administrator is left who can sign in.
func stillManaged(ctx context.Context, q querier) error {
	managed, err := exists(ctx, q, "SELECT 1 FROM users WHERE role = ? AND disabled = 0", annotations.Administrator)
	if err == nil && !managed {
		err = refuse(ErrConflict, "Nobody would be left to manage accounts; make somebody else an administrator first.")
	}
	return err
}
