package store

import (
	"context"
	"database/sql"
	"errors"
)

// A Fetch is what was brought from an address last.
type Fetch struct {
	Address  string
	ETag     string // as the server gave it; may be empty
	Modified string // Last-Modified as the server gave it; may be empty
	SHA256   string // of the bytes, in hex
	Version  string // id of the version made of them
	Fetched  int64  // milliseconds UTC
}

// Fetched returns what was brought from an address last; the zero Fetch if
// nothing was.
func (s *Store) Fetched(ctx context.Context, address string) (f Fetch, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT address, etag, modified, sha256, version, fetched FROM fetches WHERE address = ?", address).
		Scan(&f.Address, &f.ETag, &f.Modified, &f.SHA256, &f.Version, &f.Fetched)
	if errors.Is(err, sql.ErrNoRows) {
		return Fetch{}, nil
	}
	return f, because(err, "reading what was fetched from %q", address)
}

// PutFetch remembers what was brought, now, from an address.
func (s *Store) PutFetch(ctx context.Context, f Fetch) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO fetches (address, etag, modified, sha256, version, fetched) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (address) DO UPDATE SET etag = excluded.etag, modified = excluded.modified, sha256 = excluded.sha256,
				version = excluded.version, fetched = excluded.fetched`,
			f.Address, f.ETag, f.Modified, f.SHA256, f.Version, now())
		return err
	})
	return because(err, "remembering what was fetched from %q", f.Address)
}
