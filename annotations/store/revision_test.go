package store

import (
	"context"
	"slices"
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

// TestKept reads what a store keeps while another store of its database writes: it
// must be read after each write, and only then.
func TestKept(t *testing.T) {
	dir := t.TempDir()
	server, other := reopen(t, dir), reopen(t, dir)
	var kept Kept[[]string]
	reads := 0
	names := func(ctx context.Context, last []string) (names []string, err error) {
		reads++
		users, err := server.Users(ctx)
		if len(users) > 0 && len(last) != len(users)-1 {
			t.Errorf("of %d users the read before told %q", len(users), last)
		}
		for _, user := range users {
			names = append(names, user.Name)
		}
		return names, err
	}
	for n, want := range [][]string{nil, {"Anna"}, {"Anna", "Bert"}} {
		if n > 0 {
			join(t, other, want[n-1], annotations.Member)
		}
		for range 2 {
			if got := must[[]string](t)(kept.Get(t.Context(), server, names)); !slices.Equal(got, want) {
				t.Errorf("after write %d there are %q, want %q", n, got, want)
			}
		}
		if reads != n+1 {
			t.Errorf("after write %d there were %d reads", n, reads)
		}
	}
}
