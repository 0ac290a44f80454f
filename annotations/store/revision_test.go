package store

import (
	"testing"

	"glossator/annotations"
)

// TestRevision writes through two stores of one database: each must see every
// write of both, and nothing else.
func TestRevision(t *testing.T) {
	dir := t.TempDir()
	server, other := reopen(t, dir), reopen(t, dir)
	told := map[*Store]int64{}
	look := func(after string, changed bool) {
		t.Helper()
		for _, s := range []*Store{server, other} {
			revision := must[int64](t)(s.Revision(t.Context()))
			if known, looked := told[s]; looked && (revision != known) != changed {
				t.Errorf("after %s the revision goes from %d to %d", after, known, revision)
			}
			told[s] = revision
		}
	}
	look("opening", false)
	look("nothing", false)
	join(t, server, "Anna", annotations.Member)
	look("an account", true)
	put(t, other, Taken, agreement("a", "Agreement"), articles("a", "en", "First rule."))
	look("a document of the other", true)
	must[[]annotations.User](t)(server.Users(t.Context()))
	look("a read", false)
}
