//go:build unix

package bleve

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"glossator/index"
	"glossator/index/query"
)

// block puts pipes that nobody reads where the next segments are to be written:
// writing more than fits into one never ends. Bleve takes away files that it does
// not use, so they are put there again until unblock is called.
func block(t *testing.T, dir string) (unblock func()) {
	t.Helper()
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		again := time.NewTicker(time.Millisecond)
		defer again.Stop()
		for {
			for n := range 60 {
				_ = syscall.Mkfifo(filepath.Join(dir, fmt.Sprintf("%012x.zap", n)), 0o600) // most are there
			}
			select {
			case <-done:
				return
			case <-again.C:
			}
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}

// harbours is a change that makes a segment of more than a pipe takes.
func harbours(number int64) index.Change {
	change := lighthouse(number)
	first := change.Passages[0]
	change.Passages = nil
	for i := range 400 {
		p := first
		p.Provision = fmt.Sprint("art", i)
		p.Text = fmt.Sprint("The harbour of ", i, " has ", strings.Repeat(fmt.Sprint("pier", i, " "), 40))
		p.End = p.Start + len(p.Text)
		change.Passages = append(change.Passages, p)
	}
	return change
}

// A batch that does not end is given up: nothing waits for it, the state is told,
// and a new index in another folder takes everything.
func TestHangingBatch(t *testing.T) {
	dir := t.TempDir()
	old, fresh := filepath.Join(dir, "gen-1"), filepath.Join(dir, "gen-2")
	x := opened(t, old, "one")
	if err := x.Apply(t.Context(), []index.Change{lighthouse(1)}); err != nil {
		t.Fatal(err)
	}
	x.patience = time.Second / 2
	var err error
	unblock := block(t, old)
	for number := int64(2); err == nil && number < 20; number++ {
		err = x.Apply(t.Context(), []index.Change{harbours(number)})
	}
	unblock()
	if !errors.Is(err, ErrHung) {
		t.Fatalf("a batch that does not end: %v, want ErrHung", err)
	}
	if _, err := x.Mark(t.Context()); !errors.Is(err, ErrHung) {
		t.Errorf("the mark of an index that hangs: %v, want ErrHung", err)
	}
	if _, err := x.Search(t.Context(), query.All{}, index.Options{}); !errors.Is(err, ErrHung) {
		t.Errorf("a search in an index that hangs: %v, want ErrHung", err)
	}
	x.patience = time.Hour
	if err := x.Renew(fresh); err != nil {
		t.Fatal(err)
	}
	if mark, err := x.Mark(t.Context()); mark != 0 || err != nil {
		t.Errorf("the mark of the new index is %d, %v, want 0", mark, err)
	}
	if err := x.Apply(t.Context(), []index.Change{lighthouse(1), harbours(2)}); err != nil {
		t.Fatal(err)
	}
	result, err := x.Search(t.Context(), query.Term{Text: "harbour"}, index.Options{Limit: 1, PerDocument: 1})
	if err != nil || result.Mark != 2 || result.Passages != 400 {
		t.Errorf("found %+v, %v", result, err)
	}
}
