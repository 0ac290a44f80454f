package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/bleve"
)

// The index lives in generations, DATA/index/gen-N, of which the store names
// the one in use. Whatever is not named may be deleted: SQL holds what is true.
// DATA/index/lock is held by the one process that has the index open.
const (
	generationSetting = "index generation"
	databaseSetting   = "database id"
)

var errIndexInUse = errors.New("another process has the index open")

// A searchIndex is the engine of a data folder and the lock on it.
type searchIndex struct {
	*bleve.Index
	lock *flock.Flock
}

// openIndex opens the index of a data folder, or begins a new one if it is
// missing, damaged, of another database or of another version of Glossator;
// index.Sync fills it. It returns errIndexInUse if another process has it.
func openIndex(ctx context.Context, data string, s *store.Store) (*searchIndex, error) {
	dir := filepath.Join(data, "index")
	if err := os.MkdirAll(dir, 0o700); err != nil { //nolint:gosec // the folder is for whoever gives the command
		return nil, fmt.Errorf("making the folder of the index: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	free, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking the index: %w", err)
	}
	if !free {
		return nil, errIndexInUse
	}
	engine, err := openGeneration(ctx, dir, s)
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return &searchIndex{Index: engine, lock: lock}, nil
}

// farBehind is how many writes an index may lack and still be made to catch up,
// and compared, before the server answers.
const farBehind = 5_000

// openSoundIndex is openIndex that, if the index was not closed the last time,
// compares it with the store and begins a new one if they differ. One that is
// far behind is not compared: what it lacks is written to it anew.
func openSoundIndex(ctx context.Context, data string, s *store.Store) (*searchIndex, error) {
	x, err := openIndex(ctx, data, s)
	if err != nil || !x.Unclean() {
		return x, err
	}
	fault, err := x.compare(ctx, s)
	if err == nil && fault == "" {
		return x, nil
	}
	if err != nil && !errors.Is(err, bleve.ErrDamaged) {
		return nil, errors.Join(err, x.Close())
	}
	slog.Warn("the index is not what it should be after an unclean stop and is built anew", "reason", cmp.Or(fault, fmt.Sprint(err)))
	return x, x.renew(ctx, data, s)
}

// compare makes the index catch up and returns the first thing that is wrong
// with it; "" if nothing is, or if it is far behind.
func (x *searchIndex) compare(ctx context.Context, s *store.Store) (fault string, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("%w: %v", bleve.ErrDamaged, panicked)
		}
	}()
	written, err := s.Mark(ctx)
	if err != nil {
		return "", err
	}
	indexed, err := x.Mark(ctx)
	if err != nil || written-indexed > farBehind {
		return "", err
	}
	if err := index.Sync(ctx, x, s, nil); err != nil {
		return "", err
	}
	_, err = compareIndex(ctx, x, s, func(problem string) { fault = cmp.Or(fault, problem) })
	return fault, err
}

// renew begins a new index in place of this one.
func (x *searchIndex) renew(ctx context.Context, data string, s *store.Store) error {
	current, err := s.Setting(ctx, generationSetting)
	if err != nil {
		return errors.Join(err, x.Close())
	}
	database, err := databaseID(ctx, s)
	if err != nil {
		return errors.Join(err, x.Close())
	}
	if err := x.Index.Close(); err != nil {
		slog.Warn("the index that is given up could not be closed", "reason", err)
	}
	fresh, err := newGeneration(ctx, filepath.Join(data, "index"), current, database, s)
	if err != nil {
		return errors.Join(err, x.lock.Unlock())
	}
	x.Index = fresh
	return nil
}

// Close closes the engine and lets other processes have the index.
func (x *searchIndex) Close() error {
	return errors.Join(x.Index.Close(), x.lock.Unlock())
}

func openGeneration(ctx context.Context, dir string, s *store.Store) (*bleve.Index, error) {
	database, err := databaseID(ctx, s)
	if err != nil {
		return nil, err
	}
	current, err := s.Setting(ctx, generationSetting)
	if err != nil {
		return nil, err
	}
	if current != "" {
		engine, err := openChecked(ctx, filepath.Join(dir, current), database, s)
		if err == nil {
			return engine, nil
		}
		slog.Warn("the index cannot be used and is built anew", "generation", current, "reason", err)
	}
	return newGeneration(ctx, dir, current, database, s)
}

// openChecked opens a generation and makes sure that it is not ahead of the
// store, as it would be after the store was put back from a backup.
func openChecked(ctx context.Context, path, database string, s *store.Store) (*bleve.Index, error) {
	if _, err := os.Stat(path); err != nil { //nolint:gosec // the folder is for whoever gives the command
		return nil, err
	}
	engine, err := bleve.Open(ctx, path, bleve.Options{Database: database})
	if err != nil {
		return nil, err
	}
	indexed, err := engine.Mark(ctx)
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	written, err := s.Mark(ctx)
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	if indexed > written {
		return nil, errors.Join(fmt.Errorf("the index has read up to %d, the store has only %d", indexed, written), engine.Close())
	}
	return engine, nil
}

// newGeneration makes an empty generation beside the current one, names it in
// the store and removes all others.
func newGeneration(ctx context.Context, dir, current, database string, s *store.Store) (*bleve.Index, error) {
	path, err := nextGeneration(dir, current)
	if err != nil {
		return nil, err
	}
	engine, err := bleve.Open(ctx, path, bleve.Options{Database: database})
	if err != nil {
		return nil, fmt.Errorf("making a new index: %w", err)
	}
	if err := adopt(ctx, path, s); err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return engine, nil
}

// revive begins a new generation in place of one that hangs, while searches go
// on.
func (x *searchIndex) revive(ctx context.Context, data string, s *store.Store) error {
	current, err := s.Setting(ctx, generationSetting)
	if err != nil {
		return err
	}
	path, err := nextGeneration(filepath.Join(data, "index"), current)
	if err != nil {
		return err
	}
	if err := x.Renew(path); err != nil {
		return fmt.Errorf("making a new index: %w", err)
	}
	return adopt(ctx, path, s)
}

// nextGeneration returns the folder of the generation after the current one, in
// which there is nothing.
func nextGeneration(dir, current string) (path string, err error) {
	number := 0
	if current != "" {
		if _, err := fmt.Sscanf(current, "gen-%d", &number); err != nil {
			return "", fmt.Errorf("the store names the index %q, which is not of the form gen-N: %w", current, err)
		}
	}
	path = filepath.Join(dir, fmt.Sprintf("gen-%d", number+1))
	if err := os.RemoveAll(path); err != nil { //nolint:gosec // the folder is for whoever gives the command
		return "", fmt.Errorf("removing an index that was never in use: %w", err)
	}
	return path, nil
}

// adopt names a generation in the store and removes all others.
func adopt(ctx context.Context, path string, s *store.Store) error {
	if err := s.SetSetting(ctx, generationSetting, filepath.Base(path)); err != nil {
		return err
	}
	entries, err := filepath.Glob(filepath.Join(filepath.Dir(path), "gen-*"))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry != path {
			if err := os.RemoveAll(entry); err != nil {
				slog.Warn("an old index could not be removed", "path", entry, "reason", err)
			}
		}
	}
	return nil
}

// databaseID names this database for good, so that an index of another one is
// told from its own.
func databaseID(ctx context.Context, s *store.Store) (string, error) {
	id, err := s.Setting(ctx, databaseSetting)
	if err != nil || id != "" {
		return id, err
	}
	id = rand.Text()
	return id, s.SetSetting(ctx, databaseSetting, id)
}
