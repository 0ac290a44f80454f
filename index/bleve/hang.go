package bleve

import (
	"errors"
	"fmt"
	"time"
)

// ErrHung says that Bleve has not finished a batch in time and is not expected
// to: what merges or persists has died, say. Nobody waits for it any more. The
// index is of no use until Renew.
var ErrHung = errors.New("the index hangs")

// How long Bleve may take for a batch, unless Options says otherwise, and for
// merging all segments: many times what either takes on a slow disk.
const (
	batchPatience = 5 * time.Minute
	mergePatience = time.Hour
)

// within calls do and waits for it, at most so long: then it fails with ErrHung
// and do goes on by itself. It panics with what do panics with.
func within(bound time.Duration, do func() error) error {
	type outcome struct {
		err   error
		fault any
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			o.fault = recover()
			done <- o
		}()
		o.err = do()
	}()
	timer := time.NewTimer(bound)
	defer timer.Stop()
	select {
	case o := <-done:
		if o.fault != nil {
			panic(o.fault)
		}
		return o.err
	case <-timer.C:
		return fmt.Errorf("%w: nothing came of %v", ErrHung, bound)
	}
}

// abandon leaves the handle that hangs to itself. It cannot be closed, and holds
// its folder.
func (x *Index) abandon() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.store, x.workers, x.hung = nil, nil, true
}

// Renew gives up what the index holds and begins an empty one in dir, another
// folder, that is missing or empty. An index that hangs is not waited for.
func (x *Index) Renew(dir string) error {
	x.applying.Lock()
	defer x.applying.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return ErrClosed
	}
	if err := x.shut(); err != nil {
		return err
	}
	x.dir = dir
	err := x.begin()
	x.hung = err != nil
	return err
}
