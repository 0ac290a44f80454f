package index

import (
	"context"
	"fmt"
)

// A Source tells what has changed. Changes returns the changes with numbers
// above after, ascending, about limit passages' worth at most but never none
// while there are any; an empty slice means that the reader is up to date. A
// reader that stops after some of them goes on from the number of the last.
// Of documents that the reader has whole it may say so, each with the
// Change.Whole that came last: what it has of them by that is not given again.
type Source interface {
	Changes(ctx context.Context, after int64, whole map[string]int64, limit int) ([]Change, error)
}

// passagesAtOnce bounds how many passages Sync has in memory.
const passagesAtOnce = 2000

// Sync makes e catch up with s from e's own mark. It returns when there is
// nothing more to apply; progress, if not nil, is called with each new mark.
func Sync(ctx context.Context, e Engine, s Source, progress func(mark int64)) error {
	mark, err := e.Mark(ctx)
	if err != nil {
		return fmt.Errorf("reading the mark of the index: %w", err)
	}
	whole := map[string]int64{}
	for {
		changes, err := s.Changes(ctx, mark, whole, passagesAtOnce)
		if err != nil {
			return fmt.Errorf("reading the changes after %d: %w", mark, err)
		}
		if len(changes) == 0 {
			return nil
		}
		if err := e.Apply(ctx, changes); err != nil {
			return fmt.Errorf("applying the changes after %d: %w", mark, err)
		}
		for _, change := range changes {
			if change.Whole > 0 {
				whole[change.Document.ID] = change.Whole
			}
		}
		mark = changes[len(changes)-1].Number
		if progress != nil {
			progress(mark)
		}
	}
}
