package store

import (
	"context"
	"database/sql"
	"time"

	"glossator/annotations"
)

// confirmedFor is how long after a sign-in or a confirmation the ways into an
// account may be added to and taken from.
const confirmedFor = 10 * time.Minute

// Confirm notes that the asker, who knows their password, is the one who signed
// in. ErrForbidden if it is not their password, or if they do not ask in a session.
func (s *Store) Confirm(ctx context.Context, asker annotations.Asker, password string) error {
	if asker.Session == "" {
		return refuse(ErrForbidden, "Only in a session can this be confirmed; sign in first.")
	}
	if err := s.ownPassword(ctx, asker, password); err != nil {
		return err
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE sessions SET confirmed = ? WHERE id = ? AND owner = ?", now(), asker.Session, asker.User)
		if err != nil {
			return err
		}
		return oneRow(result, refuse(ErrNotFound, "This session has ended."))
	})
	return because(err, "confirming who asks")
}

// confirmed returns ErrUnconfirmed unless the asker asks in a session that began
// or was confirmed lately: within a time after which a browser that was left
// open must not be enough.
func confirmed(ctx context.Context, q querier, asker annotations.Asker, within time.Duration) error {
	since := now() - within.Milliseconds()
	lately, err := exists(ctx, q, "SELECT 1 FROM sessions WHERE id = ? AND owner = ? AND (created > ? OR confirmed > ?)",
		asker.Session, asker.User, since, since)
	if err == nil && !lately {
		err = refuse(ErrUnconfirmed, "Say again that it is you: give your password, or sign in anew.")
	}
	return err
}
