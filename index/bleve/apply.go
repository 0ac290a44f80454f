package bleve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"

	"glossator/index"
)

// batchSize is how many passages go into one batch. A change with more is
// applied in several, the mark moving with the last.
const batchSize = 2_000

// Apply is index.Engine's. After a batch that fails the index is opened anew,
// because Bleve may not be trusted to go on.
func (x *Index) Apply(ctx context.Context, changes []index.Change) error {
	x.applying.Lock()
	defer x.applying.Unlock()
	defer x.rest.awake()
	l := &load{index: x, batch: api.NewBatch()}
	for _, change := range changes {
		if err := l.add(ctx, change); err != nil {
			return fmt.Errorf("applying change %d: %w", change.Number, err)
		}
	}
	return l.flush(ctx)
}

// A load collects changes until there are enough for a batch.
type load struct {
	index *Index
	batch *api.Batch
}

func (l *load) add(ctx context.Context, change index.Change) error {
	for _, version := range change.Drop {
		if err := l.drop(ctx, version); err != nil {
			return err
		}
	}
	metadata, err := metadataField(change.Document)
	if err != nil {
		return err
	}
	for _, p := range change.Passages {
		if len(l.batch.IndexOps) >= batchSize {
			if err := l.flush(ctx); err != nil {
				return err
			}
		}
		l.batch.Update(bleveDocument(p, metadata, change.Number, l.index.lexicon))
	}
	l.batch.SetInternal(keyMark, strconv.AppendInt(nil, change.Number, 10))
	return nil
}

// drop deletes the passages of a version: those in the index, and those that
// changes before this one bring.
func (l *load) drop(ctx context.Context, version string) error {
	for id := range l.batch.IndexOps {
		if len(id) > len(version) && id[:len(version)] == version && id[len(version)] == '/' {
			l.batch.Delete(id)
		}
	}
	return l.index.read(func(snapshot *scorch.IndexSnapshot) error {
		reader, err := snapshot.TermFieldReader(ctx, []byte(version), fieldVersion, false, false, false)
		if err != nil {
			return err
		}
		defer reader.Close()
		for {
			p, err := reader.Next(nil)
			if err != nil || p == nil {
				return err
			}
			id, err := snapshot.ExternalID(p.ID)
			if err != nil {
				return err
			}
			l.batch.Delete(id)
		}
	})
}

// flush applies what has been collected, if anything.
func (l *load) flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(l.batch.IndexOps)+len(l.batch.InternalOps) == 0 {
		return nil
	}
	batch := l.batch
	l.batch = api.NewBatch()
	return l.index.write(batch)
}

// errReadOnly means that the disk takes no writing; reading goes on.
var errReadOnly = errors.New("its disk is read-only")

// write applies a batch. If that fails, it closes the index, which the next use
// opens again, and leaves one that hangs.
func (x *Index) write(batch *api.Batch) error {
	err := x.writable()
	if err == nil {
		err = x.ready()
	}
	if err == nil {
		err = x.batch(batch)
	}
	if err == nil || errors.Is(err, ErrClosed) {
		return err
	}
	err = fmt.Errorf("writing to the index: %w", err)
	switch {
	case errors.Is(err, errReadOnly):
		return err
	case errors.Is(err, ErrHung):
		x.abandon()
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return errors.Join(err, x.shut())
}

// writable closes an index that was opened for reading alone, once its disk takes
// writing again; errReadOnly until then.
func (x *Index) writable() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.readOnly {
		return nil
	}
	probe, err := os.CreateTemp(x.dir, "probe-")
	if err != nil {
		return fmt.Errorf("%w: %w", errReadOnly, err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()), x.shut())
}

func (x *Index) batch(batch *api.Batch) error {
	x.batching.Lock()
	defer x.batching.Unlock()
	store, err := x.opened()
	if err != nil {
		return err
	}
	return within(x.patience, func() error { return store.Batch(batch) })
}
