package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Sessions keeps the sessions of scs (it is a scs.CtxStore). The database
// holds the SHA-256 of a token, so that whoever reads it cannot use it.
type Sessions struct{ store *Store }

// Sessions returns the sessions of the store.
func (s *Store) Sessions() *Sessions { return &Sessions{store: s} }

// FindCtx returns the data of a session; found is false if it does not exist
// or has expired.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.reader.QueryRowContext(ctx, "SELECT data FROM sessions WHERE hash = ? AND expires > ?", hash(token), now()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, because(err, "reading a session")
	}
	return data, true, nil
}

// CommitCtx writes a session, and removes those that have expired.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	err := s.store.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO sessions (hash, data, expires) VALUES (?, ?, ?)
			ON CONFLICT (hash) DO UPDATE SET data = excluded.data, expires = excluded.expires`,
			hash(token), data, expiry.UnixMilli())
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM sessions WHERE expires <= ?", now())
		return err
	})
	return because(err, "writing a session")
}

// DeleteCtx ends a session; nothing happens if it does not exist.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	err := s.store.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM sessions WHERE hash = ?", hash(token))
		return err
	})
	return because(err, "ending a session")
}

// Find is FindCtx without a context, as scs.Store wants it.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
