package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/index"
)

// TestMarginAfterEveryWrite makes random writes and reviews and asks after each
// for the margins of all versions and what is on their passages: what is kept in
// memory, by the store that wrote and by one that did not, must be what SQL says to
// whoever asks.
func TestMarginAfterEveryWrite(t *testing.T) {
	for seed := range uint64(3) {
		w := newWorld(t, 500+seed)
		other := reopen(t, filepath.Dir(w.file))
		for step := range 60 {
			w.step()
			w.sameMargins(other, fmt.Sprint("step ", step))
			if step%5 == 4 {
				w.review()
				w.sameMargins(other, fmt.Sprint("a review after step ", step))
			}
			if step%20 == 19 {
				w.withoutGroup(func() { w.sameMargins(other, "a group was deleted") })
			}
		}
		if number(t, w.Store, "SELECT COUNT(*) FROM reviews") == 0 {
			t.Error("nothing was reviewed")
		}
	}
}

// review says that a random annotation is lost in a version that it was carried
// to, or takes back what was said last.
func (w *world) review() {
	ctx := w.Context()
	for _, i := range w.Perm(len(w.made)) {
		n := w.made[i]
		asker := w.people[slices.IndexFunc(w.people, func(a annotations.Asker) bool { return a.User == n.Creator })]
		versions := must[[]string](w)(list(ctx, w.reader, scanText, "SELECT version FROM placements WHERE annotation = ? AND version <> ?", n.Root, n.Version))
		if w.gone[n.ID] || len(versions) == 0 {
			continue
		}
		deed := []string{annotations.Confirm, annotations.Lose, annotations.Undo}[w.IntN(3)]
		_, err := w.Decide(ctx, asker, n.ID, versions[0], Decision{Deed: deed})
		if err == nil {
			return
		}
		if !errors.Is(err, ErrConflict) && !errors.Is(err, ErrInvalid) && !errors.Is(err, ErrNotFound) {
			w.Fatal(err)
		}
	}
}

// sameMargins compares the margins that both stores give with what is written.
func (w *world) sameMargins(other *Store, after string) {
	w.Helper()
	versions := must[[]string](w)(list(w.Context(), w.reader, scanText, "SELECT id FROM versions ORDER BY id"))
	for _, version := range versions {
		for _, asker := range append([]annotations.Asker{{}}, w.people...) {
			visible, args := mayRead(asker)
			want := must[[]Placed](w)(list(w.Context(), w.reader, scanPlaced, "SELECT "+annotationColumns+", "+placementColumns+
				" FROM placements p CROSS JOIN "+annotationTables+" WHERE p.annotation = a.root AND p.version = ? AND "+visible+
				" ORDER BY p.state = 'lost', p.start_at, p.end_at, a.created, a.id", append([]any{version}, args...)...))
			for i, p := range want {
				v := must[*index.Version](w)(w.Version(w.Context(), asker, p.Version))
				if at := slices.IndexFunc(v.Provisions, func(of index.Provision) bool { return of.ID == p.Passage }); at >= 0 {
					want[i].Pinpoint = v.Pinpoints()[at]
				}
			}
			for _, s := range []*Store{w.Store, other} {
				if w.IntN(3) == 0 {
					continue // so that some are behind by several writes
				}
				got := must[[]Placed](w)(s.AnnotationsOf(w.Context(), asker, version))
				if diff := cmp.Diff(want, got); diff != "" {
					w.Fatalf("after %s (-want +got):\n%s", after, diff)
				}
				document := must[*index.Version](w)(s.Version(w.Context(), asker, version)).Document
				agreeOnBriefs(w.Context(), w.T, s, asker, after, document, []string{version})
			}
		}
	}
}

func TestMarginsAreBounded(t *testing.T) {
	var k margins
	k.put(&margin{version: "small", placed: make([]Placed, 10)})
	k.put(&margin{version: "too large", placed: make([]Placed, marginsKept+1)})
	if k.get("small") == nil || k.get("too large") != nil {
		t.Error("kept what is too large, or dropped what was not")
	}
	k.put(&margin{version: "large", placed: make([]Placed, marginsKept-5)})
	if k.get("small") != nil || k.get("large") == nil || k.size != marginsKept-5 {
		t.Errorf("keeps %d of %d annotations", k.size, marginsKept)
	}
	k.put(&margin{version: "large", at: moment{mark: 2}})
	k.put(&margin{version: "large", placed: make([]Placed, 5), at: moment{mark: 1}})
	if k.get("large").at.mark != 2 || k.size != 0 {
		t.Errorf("an older margin has replaced a newer one; it keeps %d annotations", k.size)
	}
}
