// Package store keeps what is true, in SQL: documents and their versions,
// annotations, concepts, saved searches and accounts. It is the only package
// that speaks SQL.
//
// Every write that changes what can be found takes the next number of one
// counter; whoever is behind reads on from its own mark with Changes. Who
// asks is a parameter of every read. Writes are durable when they return.
package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/pressly/goose/v3"
	"golang.org/x/text/unicode/norm"
	"modernc.org/sqlite"
)

// File is the name of the database in the data folder.
const File = "glossator.db"

//go:embed migrations/*.sql
var migrations embed.FS

// readers is how many reads run at the same time.
const readers = 8

// pageCache is how many KiB of pages each reader keeps, until the next write: the
// upper levels of the trees of a gigabyte, which each look-up passes.
const pageCache = "cache_size(-4000)"

// A Store is an open database. Its methods may be called at the same time,
// and several processes may have the same database open.
type Store struct {
	file     string  // path of the database
	writer   *sql.DB // one connection: writes queue in this process, not in SQLite
	reader   *sql.DB
	witness  witness
	versions versionCache
	register register
	moment   Kept[moment]
	usage    usage
	margins  margins
	tallies  figures
	taggers  figures
	stances  figures
	news     news
	hashing  chan struct{} // bounds how many passwords are hashed at once

	tallying  sync.Mutex    // held while the tallies of the matrix are counted
	comparing chan struct{} // holds one while versions are compared
}

// Open opens the database in the data folder dir; it makes both, and brings
// the tables up to date, as needed.
func Open(ctx context.Context, dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	path, err := filepath.Abs(filepath.Join(dir, File))
	if err != nil {
		return nil, fmt.Errorf("finding the data folder: %w", err)
	}
	if err := makePrivate(path); err != nil {
		return nil, fmt.Errorf("making the database: %w", err)
	}
	writer, err := connect(path, 1, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"},
	})
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, writer); err != nil {
		if Damaged(err) {
			err = damaged(err)
		}
		return nil, errors.Join(err, writer.Close())
	}
	reader, err := connect(path, readers+1, url.Values{ // one of them is the witness's
		"_pragma": {"busy_timeout(10000)", "query_only(1)", pageCache},
	})
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	seeing, err := reader.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", path, err), reader.Close(), writer.Close())
	}
	return &Store{file: path, writer: writer, reader: reader, witness: witness{conn: seeing}, hashing: make(chan struct{}, hashesAtOnce), comparing: make(chan struct{}, 1)}, nil
}

// makePrivate makes a file that only its owner may read, unless it is there:
// SQLite itself would let everybody read it, and gives its logs what it has.
func makePrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// Close closes the database. No method may be called after it.
func (s *Store) Close() error {
	err := s.witness.conn.Close()
	if errors.Is(err, sql.ErrConnDone) {
		err = nil // it was closed before, as the others may have been
	}
	return errors.Join(err, s.reader.Close(), s.writer.Close())
}

func connect(path string, connections int, options url.Values) (*sql.DB, error) {
	name := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	connector, err := sqlite.NewConnector(name.String())
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	db := sql.OpenDB(keeper{connector})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// migrate brings the tables up to date. When two processes meet an old
// database, the one that comes second fails on what the first has just made
// and finds it done when it looks again. It fails with ErrNewer if a later
// version of Glossator has changed the tables.
func migrate(ctx context.Context, db *sql.DB) error {
	provider, err := migrator(db)
	if err != nil {
		return err
	}
	attempts := len(provider.ListSources()) + 2
	for range attempts {
		var there, known int64
		if there, known, err = provider.GetVersions(ctx); err != nil {
			continue
		}
		if there > known {
			return fmt.Errorf("%w: its tables are of version %d, this Glossator knows %d; install the newer one again, or restore a backup made before it",
				ErrNewer, there, known)
		}
		if _, err = provider.Up(ctx); err == nil {
			return nil
		}
	}
	return fmt.Errorf("bringing the tables up to date: %w", err)
}

func migrator(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	return provider, nil
}

// write runs f in a transaction. Waiting for its turn ends with ctx; once it
// has begun it is carried through.
func (s *Store) write(ctx context.Context, f func(ctx context.Context, tx *sql.Tx) error) (err error) {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return fmt.Errorf("waiting to write: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	ctx = context.WithoutCancel(ctx)
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning to write: %w", err)
	}
	if err := f(ctx, tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	s.news.tell()
	return nil
}

// read runs f in a transaction that sees one state of the database.
func (s *Store) read(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := s.reader.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning to read: %w", err)
	}
	return errors.Join(f(tx), tx.Rollback())
}

// A querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// scanner is a *sql.Row or *sql.Rows.
type scanner interface{ Scan(to ...any) error }

// list returns what scan makes of each row, empty but never nil if there is
// none.
func list[T any](ctx context.Context, q querier, scan func(scanner) (T, error), query string, args ...any) (all []T, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	all = []T{}
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// scanText reads a row of one text.
func scanText(row scanner) (text string, err error) {
	err = row.Scan(&text)
	return text, err
}

// exists reports whether the query finds a row.
func exists(ctx context.Context, q querier, query string, args ...any) (bool, error) {
	var one int
	err := q.QueryRowContext(ctx, "SELECT 1 WHERE EXISTS ("+query+")", args...).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// holders returns n placeholders: "?, ?, ?".
func holders(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// anys returns the values as arguments of a query.
func anys[T any](values []T) []any {
	all := make([]any, len(values))
	for i, value := range values {
		all[i] = value
	}
	return all
}

func now() int64 { return time.Now().UnixMilli() }

// newID returns an id that nobody can guess, of lower-case letters and digits.
func newID() string { return strings.ToLower(rand.Text()) }

// hash returns the SHA-256 of a token, in hex. Tokens have 128 random bits, so
// that a hash without salt gives nothing away.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// fold returns the form in which texts are looked up: lower case, without
// accents, white space folded.
func fold(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// escapeLike writes a text so that LIKE with ESCAPE '\' takes it as it is.
var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// likeAll returns a condition that column holds every word of text, and its
// arguments; a condition that always holds if there is none.
func likeAll(column, text string) (condition string, args []any) {
	condition = "1 = 1"
	for _, word := range strings.Fields(fold(text)) {
		condition += " AND " + column + ` LIKE ? ESCAPE '\'`
		args = append(args, "%"+escapeLike.Replace(word)+"%")
	}
	return condition, args
}

// news wakes whoever waits for a write.
type news struct {
	mu   sync.Mutex
	next chan struct{} // closed at the next write; nil while nobody waits
}

func (n *news) tell() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next != nil {
		close(n.next)
		n.next = nil
	}
}

func (n *news) wait() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next == nil {
		n.next = make(chan struct{})
	}
	return n.next
}
