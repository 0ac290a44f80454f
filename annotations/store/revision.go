package store

import (
	"context"
	"database/sql"
	"sync"
)

// A witness sees the writes of every process.
type witness struct {
	mu   sync.Mutex
	conn *sql.Conn // one and the same: what SQLite says holds for a connection
}

// Revision returns a number that is another after every write, whichever process
// made it: what is read after the number was told is still so while it stays.
func (s *Store) Revision(ctx context.Context) (revision int64, err error) {
	w := &s.witness
	w.mu.Lock()
	defer w.mu.Unlock()
	err = w.conn.QueryRowContext(context.WithoutCancel(ctx), "PRAGMA data_version").Scan(&revision)
	return revision, because(err, "looking for new writes")
}

// A Kept is a value read from a store, which is true until the next write. The zero
// value holds none.
type Kept[T any] struct {
	mu       sync.Mutex
	held     bool
	revision int64
	value    T
}

// Get returns the value, by read if there was a write since it was read last; read
// is given that last one. What it points to is shared and must not be changed.
func (k *Kept[T]) Get(ctx context.Context, s *Store, read func(ctx context.Context, last T) (T, error)) (T, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	revision, err := s.Revision(ctx)
	if err != nil || k.held && k.revision == revision {
		return k.value, err
	}
	value, err := read(ctx, k.value)
	if err == nil {
		k.held, k.revision, k.value = true, revision, value
	}
	return value, err
}
