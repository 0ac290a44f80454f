package store

import (
	"context"
	"database/sql"
	"sync"
)

// statementsKept is more than there are statements: those with a list come in
// few lengths (see padded).
const statementsKept = 256

// A database prepares a statement once for each connection and keeps it: to
// read a small statement takes SQLite several times as long as to answer it.
// What runs in a transaction is not kept.
type database struct {
	*sql.DB
	mu   sync.RWMutex
	kept map[string]*sql.Stmt
}

func (d *database) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if statement := d.prepared(ctx, query); statement != nil { //nolint:sqlclosecheck // it is kept
		return statement.QueryContext(ctx, args...)
	}
	return d.DB.QueryContext(ctx, query, args...)
}

func (d *database) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if statement := d.prepared(ctx, query); statement != nil { //nolint:sqlclosecheck // it is kept
		return statement.QueryRowContext(ctx, args...)
	}
	return d.DB.QueryRowContext(ctx, query, args...)
}

// prepared returns nil if the statement cannot be prepared, which running it
// says better, or kept.
func (d *database) prepared(ctx context.Context, query string) *sql.Stmt {
	d.mu.RLock()
	statement, full := d.kept[query], len(d.kept) >= statementsKept
	d.mu.RUnlock()
	if statement != nil || full {
		return statement
	}
	statement, err := d.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if first := d.kept[query]; first != nil {
		_ = statement.Close() //nolint:sqlclosecheck // another was quicker; nothing has run in this one
		return first
	}
	if d.kept == nil {
		d.kept = map[string]*sql.Stmt{}
	}
	d.kept[query] = statement
	return statement
}

// padded returns values with empty ones added until their number is a power of
// two, so that statements with lists come in few lengths.
func padded[T any](values []T) []T {
	full := 1
	for full < len(values) {
		full *= 2
	}
	return append(values[:len(values):len(values)], make([]T, full-len(values))...)
}
