package store

import (
	"context"
	"database/sql"
	"errors"
)

// Setting returns the value of a setting, "" if it has not been set.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	value, err := setting(ctx, s.reader, name)
	if err != nil {
		return "", because(err, "reading the setting %q", name)
	}
	return value, nil
}

func setting(ctx context.Context, q querier, name string) (value string, err error) {
	err = q.QueryRowContext(ctx, "SELECT value FROM settings WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetSetting sets a setting.
func (s *Store) SetSetting(ctx context.Context, name, value string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return putSetting(ctx, tx, name, value) })
	return because(err, "setting %q", name)
}

func putSetting(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx,
		"INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
	return err
}
