package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// statementsKept is how many statements a connection keeps: more than there are
// but for those with lists, some of which come in few lengths (see padded).
const statementsKept = 256

// A keeper opens connections that prepare a statement once and keep it: to read
// a small statement takes SQLite several times as long as to carry it out, also
// in a transaction, where the database/sql package keeps none.
type keeper struct{ driver.Connector }

// Connect returns a new connection.
func (k keeper) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := conn.(connection)
	if !ok {
		return nil, errors.Join(fmt.Errorf("a connection of type %T lacks what database/sql asks for", conn), conn.Close())
	}
	return &keepingConn{connection: able, kept: map[string]*keptStatement{}}, nil
}

// connection is all that the driver's connections can do for database/sql.
type connection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// A keepingConn is a connection with the statements that it keeps. As the
// database/sql package has it, it is used by one goroutine at a time.
type keepingConn struct {
	connection
	kept map[string]*keptStatement // by their text
}

type keptStatement struct {
	statement
	running bool // its rows are being read; another run would end that
}

// statement is all that the driver's statements can do for database/sql.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// Close closes the statements and the connection.
func (c *keepingConn) Close() error {
	return errors.Join(c.drop(), c.connection.Close())
}

// drop closes the statements that are not running.
func (c *keepingConn) drop() error {
	var all error
	for query, s := range c.kept {
		if !s.running {
			all = errors.Join(all, s.Close())
			delete(c.kept, query)
		}
	}
	return all
}

// ExecContext runs a statement that returns no rows.
func (c *keepingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if s := c.prepared(ctx, query); s != nil {
		return s.ExecContext(ctx, args)
	}
	return c.connection.ExecContext(ctx, query, args)
}

// QueryContext runs a statement that returns rows.
func (c *keepingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s := c.prepared(ctx, query)
	if s == nil {
		return c.connection.QueryContext(ctx, query, args)
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.running = true
	return &keptRows{rows, s}, nil
}

// keptRows are the rows of a statement that is kept.
type keptRows struct {
	driver.Rows
	of *keptStatement
}

// Close lets the statement run again.
func (r *keptRows) Close() error {
	err := r.Rows.Close()
	r.of.running = false
	return err
}

// prepared returns a statement that is ready to run; nil if it is running, is of
// a kind that is not kept, or cannot be prepared, which running it says better.
func (c *keepingConn) prepared(ctx context.Context, query string) *keptStatement {
	if s := c.kept[query]; s != nil {
		if s.running {
			return nil
		}
		return s
	}
	if !worthKeeping(query) {
		return nil
	}
	if len(c.kept) >= statementsKept && c.drop() != nil {
		return nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	able, ok := prepared.(statement)
	if !ok {
		_ = prepared.Close() // nothing has run in it
		return nil
	}
	s := &keptStatement{statement: able}
	c.kept[query] = s
	return s
}

// worthKeeping reports whether a statement is of a kind that is run again and
// again, and touches rows alone.
func worthKeeping(query string) bool {
	words := strings.Fields(query)
	return len(words) > 0 && slices.Contains([]string{"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"}, strings.ToUpper(words[0]))
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
