package bleve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"glossator/index"
	"glossator/index/query"
)

func opened(t *testing.T, dir, database string) *Index {
	t.Helper()
	x, err := Open(t.Context(), dir, Options{Database: database})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func lighthouse(number int64) index.Change {
	text := "The keeper of the lighthouse trims the lamp at dusk."
	return index.Change{
		Number:   number,
		Document: index.Document{ID: "lights", Title: "Agreement on Lights", Kind: index.Treaty},
		Passages: []index.Passage{{
			Document: "lights", Version: "v1", Language: "en", Provision: "art1", Pinpoint: "art. 1",
			Span: index.Span{Start: 0, End: len(text)}, Text: text,
		}},
	}
}

func TestOpenOther(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "gen-1")
	x := opened(t, dir, "one")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir, Options{Database: "two"}); !errors.Is(err, ErrForeign) {
		t.Errorf("opening the index of another database: %v, want ErrForeign", err)
	}
	x = opened(t, dir, "one")
	if err := x.store.SetInternal(keyLayout, []byte("0")); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir, Options{Database: "one"}); !errors.Is(err, ErrStale) {
		t.Errorf("opening an index of another layout: %v, want ErrStale", err)
	}
}

func TestOpenDamaged(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "root.bolt"), []byte("not a database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir, Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("opening rubbish: %v, want ErrDamaged", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), file, Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("opening a file: %v, want ErrDamaged", err)
	}
}

func TestClosed(t *testing.T) {
	x := opened(t, t.TempDir(), "one")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Mark(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("Mark of a closed index: %v, want ErrClosed", err)
	}
	if err := x.Apply(t.Context(), []index.Change{lighthouse(1)}); !errors.Is(err, ErrClosed) {
		t.Errorf("Apply to a closed index: %v, want ErrClosed", err)
	}
	if _, err := x.Search(t.Context(), query.All{}, index.Options{}); !errors.Is(err, ErrClosed) {
		t.Errorf("Search in a closed index: %v, want ErrClosed", err)
	}
}

// A batch fails when the file of a segment cannot be written; here a folder
// stands in its place. Afterwards the index is another handle on the same
// files, and what was acknowledged before is there.
func TestFailedBatch(t *testing.T) {
	dir := t.TempDir()
	x := opened(t, dir, "one")
	if err := x.Apply(t.Context(), []index.Change{lighthouse(1)}); err != nil {
		t.Fatal(err)
	}
	before := x.store
	var obstacles []string
	for n := range 40 {
		obstacle := filepath.Join(dir, fmt.Sprintf("%012x.zap", n), "in the way")
		if err := os.MkdirAll(obstacle, 0o700); err == nil {
			obstacles = append(obstacles, filepath.Dir(obstacle))
		}
	}
	if err := x.Apply(t.Context(), []index.Change{lighthouse(2)}); err == nil {
		t.Fatal("a segment was written where a folder is")
	}
	for _, obstacle := range obstacles {
		if err := os.RemoveAll(obstacle); err != nil {
			t.Fatal(err)
		}
	}
	if mark, err := x.Mark(t.Context()); mark != 1 || err != nil {
		t.Errorf("the mark is %d, %v, want 1", mark, err)
	}
	if x.store == before {
		t.Error("the handle is the one that failed")
	}
	if err := x.Apply(t.Context(), []index.Change{lighthouse(2)}); err != nil {
		t.Fatal(err)
	}
	result, err := x.Search(t.Context(), query.Term{Text: "lamps"}, index.Options{Limit: 1, PerDocument: 1})
	if err != nil || result.Mark != 2 || result.Passages != 1 {
		t.Errorf("found %+v, %v", result, err)
	}
}

func TestCancelled(t *testing.T) {
	x := opened(t, t.TempDir(), "one")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Search(ctx, query.All{}, index.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled search: %v", err)
	}
	if err := x.Apply(ctx, []index.Change{lighthouse(1)}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled Apply: %v", err)
	}
}
