package bleve

import (
	"os"
	"path/filepath"
	"testing"

	"glossator/index"
)

// kept returns the folder of an index that takes long to make: below that which
// GLOSSATOR_BENCH names, where it may be from an earlier run, or one that ends
// with the benchmark.
func kept(tb testing.TB, name string) string {
	tb.Helper()
	root := os.Getenv("GLOSSATOR_BENCH")
	if root == "" {
		root = tb.TempDir()
	}
	return filepath.Join(root, name)
}

// filled returns the index that is kept under a name, made of the changes if it
// is not there or of another layout.
func filled(tb testing.TB, name string, changes func() []index.Change) *Index {
	tb.Helper()
	dir := kept(tb, name)
	x, err := Open(tb.Context(), dir, Options{})
	if err != nil {
		if err := os.RemoveAll(dir); err != nil {
			tb.Fatal(err)
		}
		x, err = Open(tb.Context(), dir, Options{})
	}
	if err != nil {
		tb.Fatal(err)
	}
	mark, err := x.Mark(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	all := changes()
	if last := all[len(all)-1].Number; mark < last {
		loadAll(tb, x, all[mark:])
	}
	if err := x.settle(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return x
}
