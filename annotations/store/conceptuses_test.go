package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// TestUsesAfterEveryWrite makes random writes and asks after each how often
// concepts are used: what is kept in memory, by the store that wrote and by one
// that did not, must be what a count of all annotations gives.
func TestUsesAfterEveryWrite(t *testing.T) {
	for seed := range uint64(3) {
		w := newWorld(t, 300+seed)
		other := reopen(t, filepath.Dir(w.file))
		ed := join(t, w.Store, "Ed", annotations.Editor) // whose deeds nobody does again
		for step := range 50 {
			w.step()
			w.sameUses(other, fmt.Sprint("step ", step))
			switch step % 10 {
			case 8:
				merged := must[Retagged](t)(w.MergeConcepts(t.Context(), ed, "evidence", "sovereignty"))
				w.sameUses(other, "a merger")
				must[Reverted](t)(w.Undo(t.Context(), ed, merged.Operation))
				w.sameUses(other, "undoing it")
			case 9:
				w.withoutGroup(func() { w.sameUses(other, "a group was deleted") })
				w.sameUses(other, "it is back")
			}
		}
	}
}

// withoutGroup does something while a group is deleted.
func (w *world) withoutGroup(do func()) {
	owner := w.people[0]
	for id, role := range owner.Groups {
		if role != annotations.GroupOwner {
			continue
		}
		if err := w.DeleteGroup(w.Context(), owner, id); err != nil {
			w.Fatal(err)
		}
		w.askAgain()
		do()
		must[GroupSummary](w)(w.RestoreGroup(w.Context(), owner, id))
		w.askAgain()
	}
}

// sameUses compares what both stores say with a count of all annotations.
func (w *world) sameUses(other *Store, after string) {
	w.Helper()
	all := must[[]use](w)(list(w.Context(), w.reader, scanUse, `
		SELECT a.document, ac.concept, a.audience, COUNT(*) FROM annotations a JOIN annotation_concepts ac ON ac.annotation = a.id
		WHERE a.deleted = 0 AND a.absent = 0 GROUP BY a.document, ac.concept, a.audience`))
	for _, s := range []*Store{w.Store, other} {
		for _, asker := range append([]annotations.Asker{{}}, w.people...) {
			want, got := map[string]int{}, map[string]int{}
			for _, u := range all {
				if n := readable(asker, map[string]int{u.audience: u.n}); n > 0 {
					want[u.concept] += n
				}
			}
			last := 1 << 30
			for _, k := range must[[]annotations.Concept](w)(s.Concepts(w.Context(), asker, "", 0)) {
				if k.Used > 0 {
					got[k.ID] = k.Used
				}
				if k.Used > last {
					w.Fatalf("after %s: %s is used %d times, and comes after one that is used %d times", after, k.Label, k.Used, last)
				}
				last = k.Used
			}
			if diff := cmp.Diff(want, got); diff != "" {
				w.Fatalf("after %s (-want +got):\n%s", after, diff)
			}
		}
	}
}
