// Package bleve is the index.Engine on Bleve: a folder of its own, its mark
// kept in the same batch as the data. It uses Bleve's segments ("scorch") for
// postings and storage; words, matching, scores, groups and facets are its own.
package bleve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"

	"glossator/index"
)

// Errors of Open and of a closed Index. After each of the first three the
// caller makes a new index in another folder.
var (
	ErrForeign = errors.New("the index belongs to another database")
	ErrStale   = errors.New("the index was written by another version of Glossator")
	ErrDamaged = errors.New("the index cannot be opened")
	ErrClosed  = errors.New("the index is closed")
)

// layout is the version of what the index holds and how words are cut and
// stemmed. An index with another is stale.
const layout = "6"

// Keys of what is kept in the index beside passages.
var (
	keyMark     = []byte("mark")
	keyDatabase = []byte("database")
	keyLayout   = []byte("layout")
)

// Options of Open.
type Options struct {
	Database string        // id of the database that the index is derived from
	Patience time.Duration // how long a batch may take before it is given up; 0 is five minutes
}

// An Index is an index.Engine.
type Index struct {
	dir      string
	database string
	lexicon  *lexicon
	turns    chan struct{} // one for each search that may run at the same time

	unclean  bool       // whether it was not closed before Open
	applying sync.Mutex // held while changes are applied
	batching sync.Mutex // held while a batch is written
	patience time.Duration
	rest     *rest
	settling sync.Mutex // held while segments are merged

	mu      sync.RWMutex // held while the fields below are used
	store   *scorch.Scorch
	workers *api.AnalysisQueue
	closed  bool
	hung    bool // and nothing can be read or written
	// readOnly says that the store takes no batches, as its disk takes no writing.
	readOnly bool

	viewing sync.Mutex // held while a view is made
	gallery *gallery
}

var _ index.Engine = (*Index)(nil)

// searchesPerProcessor is how many searches run at the same time; others wait.
const searchesPerProcessor = 2

// Open opens the index in dir, or makes an empty one if dir is missing or
// empty. It fails with ErrForeign, ErrStale or ErrDamaged if what is there
// cannot be used.
func Open(ctx context.Context, dir string, o Options) (*Index, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	x := &Index{
		dir: dir, database: o.Database, patience: cmp.Or(o.Patience, batchPatience), lexicon: &lexicon{}, gallery: newGallery(),
		turns: make(chan struct{}, searchesPerProcessor*runtime.GOMAXPROCS(0)),
	}
	fresh, err := vacant(dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if fresh {
		err = x.found()
	} else {
		err = x.examine()
	}
	if err == nil {
		err = x.ready()
	}
	if err != nil {
		x.mu.Lock()
		defer x.mu.Unlock()
		return nil, errors.Join(err, x.shut())
	}
	x.rest = newRest(ctx, func(ctx context.Context) {
		if err := x.settle(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "the segments of the index are not merged", "error", err)
		}
	})
	return x, nil
}

// examine opens an index that is there and makes sure that its files are as they
// were written. Damage on which Bleve panics is an error like other damage.
func (x *Index) examine() (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, fault)
		}
	}()
	closed, err := unseal(x.dir)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	x.unclean = !closed
	bad, err := unsound(x.dir)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err := x.ready(); err != nil || len(bad) == 0 {
		return err
	}
	return x.read(func(snapshot *scorch.IndexSnapshot) error {
		if file := use(snapshot, bad); file != "" {
			return fmt.Errorf("%w: %s is not as it was written", ErrDamaged, file)
		}
		return nil
	})
}

// Unclean reports whether the process that had the index before this one ended
// without closing it. Its segments are sound then, too; that all of them are
// listed, and what is deleted in each, is not known.
func (x *Index) Unclean() bool { return x.unclean }

// vacant reports whether there is nothing in dir.
func vacant(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return true, nil
	}
	return len(entries) == 0, err
}

// open opens what is in the folder, for reading alone if its disk is read-only;
// x.mu is held.
func (x *Index) open() error {
	err := x.openFor(false)
	if errors.Is(err, syscall.EROFS) {
		err = x.openFor(true)
	}
	return err
}

func (x *Index) openFor(readOnly bool) error {
	workers := api.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	store, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path":         x.dir,
		"bolt_timeout": "3s", // another process may have it open
		"read_only":    readOnly,
	}, workers)
	if err == nil {
		err = store.Open()
	}
	if err != nil {
		workers.Close()
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	x.store, x.workers, x.gallery, x.readOnly = store.(*scorch.Scorch), workers, newGallery(), readOnly
	return nil
}

// found makes a new index, signs it and makes its folder durable.
func (x *Index) found() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.begin()
}

// begin is found; x.mu is held.
func (x *Index) begin() error {
	if err := x.open(); err != nil {
		return err
	}
	batch := api.NewBatch()
	batch.SetInternal(keyDatabase, []byte(x.database))
	batch.SetInternal(keyLayout, []byte(layout))
	if err := x.store.Batch(batch); err != nil {
		return errors.Join(fmt.Errorf("making the index in %s: %w", x.dir, err), x.shut())
	}
	if err := syncFolder(x.dir); err != nil {
		return errors.Join(fmt.Errorf("making the index in %s: %w", x.dir, err), x.shut())
	}
	return nil
}

// ready opens the index if it is not open: at first, and after a batch that
// failed.
func (x *Index) ready() error {
	x.mu.RLock()
	open := x.store != nil || x.closed || x.hung
	x.mu.RUnlock()
	if open {
		return nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.store != nil || x.closed || x.hung {
		return nil
	}
	if err := x.open(); err != nil {
		return err
	}
	if err := x.check(); err != nil {
		return errors.Join(err, x.shut())
	}
	return nil
}

// syncFolder makes the files of a folder, and the folder itself, durable.
func syncFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	paths := []string{dir, filepath.Dir(dir)}
	for _, entry := range entries {
		paths = append(paths, filepath.Join(dir, entry.Name()))
	}
	for _, path := range paths {
		if err := syncPath(path); err != nil {
			return err
		}
	}
	return nil
}

// check reports whether the open index is what it should be; x.mu is held.
func (x *Index) check() error {
	reader, err := x.store.Reader()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer reader.Close()
	kept, err := reader.GetInternal(keyLayout)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if kept == nil {
		return fmt.Errorf("%w: %s holds an index that was never finished", ErrDamaged, x.dir)
	}
	if string(kept) != layout {
		return fmt.Errorf("%w: %s has layout %s, this is %s", ErrStale, x.dir, kept, layout)
	}
	database, err := reader.GetInternal(keyDatabase)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if string(database) != x.database {
		return fmt.Errorf("%w: %s is of %q", ErrForeign, x.dir, database)
	}
	return nil
}

// read calls use with the present state of the index and keeps it open until
// then.
func (x *Index) read(use func(snapshot *scorch.IndexSnapshot) error) (err error) {
	if err := x.ready(); err != nil {
		return err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if err := x.usable(); err != nil {
		return err
	}
	reader, err := x.store.Reader()
	if err != nil {
		return fmt.Errorf("reading the index: %w", err)
	}
	snapshot := reader.(*scorch.IndexSnapshot)
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	return use(snapshot)
}

// usable says why the index cannot be used, if it cannot; x.mu is held.
func (x *Index) usable() error {
	if x.closed {
		return ErrClosed
	}
	if x.hung {
		return ErrHung
	}
	if x.store == nil {
		return fmt.Errorf("%w: a batch has just failed", ErrDamaged)
	}
	return nil
}

// Mark returns the number of the last change applied, 0 if there is none.
func (x *Index) Mark(ctx context.Context) (mark int64, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	err = x.read(func(snapshot *scorch.IndexSnapshot) error {
		mark, err = markOf(snapshot)
		return err
	})
	return mark, err
}

func markOf(snapshot *scorch.IndexSnapshot) (int64, error) {
	value, err := snapshot.GetInternal(keyMark)
	if err != nil || value == nil {
		return 0, err
	}
	mark, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%w: its mark is %q", ErrDamaged, value)
	}
	return mark, nil
}

// Close waits for what runs and closes the index. Closing again does nothing.
func (x *Index) Close() error {
	x.rest.end()
	x.batching.Lock()
	defer x.batching.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closed = true
	if x.store == nil {
		return nil
	}
	if err := x.shut(); err != nil {
		return err
	}
	if err := seal(x.dir); err != nil {
		return fmt.Errorf("closing the index in %s: %w", x.dir, err)
	}
	return nil
}

// shut closes what open opened; x.mu is held.
func (x *Index) shut() error {
	if x.store == nil {
		return nil
	}
	store, workers := x.store, x.workers
	x.store, x.workers, x.readOnly = nil, nil, false
	defer workers.Close()
	if err := store.Close(); err != nil {
		return fmt.Errorf("closing the index in %s: %w", x.dir, err)
	}
	return nil
}
