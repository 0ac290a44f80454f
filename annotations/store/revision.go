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
