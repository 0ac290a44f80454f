package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// lastOperation returns what the asker did last.
func lastOperation(t *testing.T, s *Store, asker annotations.Asker) Operation {
	t.Helper()
	all := must[[]Operation](t)(s.Operations(t.Context(), asker, 1))
	if len(all) == 0 {
		t.Fatal("nothing was done")
	}
	return all[0]
}

func TestUndoAndRedo(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.", "Another rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna, ben := join(t, s, "Anna", annotations.Member), join(t, s, "Ben", annotations.Member)
	ctx := t.Context()
	notes := func() (all []string) {
		for _, n := range must[[]Placed](t)(s.AnnotationsOf(ctx, anna, v.ID)) {
			all = append(all, n.Placement.Target.Exact+": "+n.Note)
		}
		return all
	}
	want := func(when string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, notes()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}

	n := annotate(t, s, anna, v.ID, "One rule", NewAnnotation{Note: "first"})
	created := lastOperation(t, s, anna)
	start, end := find(t, v.Text, "Another")
	note, targets := "second", []annotations.Target{{Start: start, End: end}}
	must[annotations.Annotation](t)(s.UpdateAnnotation(ctx, anna, n.ID, AnnotationEdit{Note: &note, Targets: &targets}))
	edited := lastOperation(t, s, anna)
	must[int64](t)(s.DeleteAnnotation(ctx, anna, n.ID))
	deleted := lastOperation(t, s, anna)

	want("after deleting")
	must[Reverted](t)(s.Undo(ctx, anna, deleted.ID))
	want("deleting undone", "Another: second")
	must[Reverted](t)(s.Undo(ctx, anna, edited.ID))
	want("editing undone", "One rule: first")
	must[Reverted](t)(s.Undo(ctx, anna, created.ID))
	want("making undone")
	must[Reverted](t)(s.Redo(ctx, anna, created.ID))
	must[Reverted](t)(s.Redo(ctx, anna, edited.ID))
	want("two done again", "Another: second")
	_, err := s.Undo(ctx, anna, deleted.ID)
	wantError(t, err, ErrConflict, "undone already")
	_, err = s.Undo(ctx, ben, edited.ID)
	wantError(t, err, ErrNotFound)

	note = "third"
	must[annotations.Annotation](t)(s.UpdateAnnotation(ctx, anna, n.ID, AnnotationEdit{Note: &note}))
	_, err = s.Undo(ctx, anna, edited.ID)
	wantError(t, err, ErrConflict, "changed since")
	want("what was changed since stays", "Another: third")

	var deeds []string
	for _, e := range must[[]Event](t)(s.History(ctx, anna, n.ID)) {
		deeds = append(deeds, e.Deed)
	}
	if diff := cmp.Diff([]string{"create", "update", "delete", "restore", "update", "delete", "restore", "update", "update"}, deeds); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

// TestClockSetBack makes, undoes and makes again after the clock was set back by
// an hour: what was done last is still the first to be undone.
func TestClockSetBack(t *testing.T) {
	s, ctx := open(t), t.Context()
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	annotate(t, s, anna, v.ID, "One", NewAnnotation{Note: "before"})
	before := lastOperation(t, s, anna)
	must[Reverted](t)(s.Undo(ctx, anna, before.ID))
	if _, err := s.writer.ExecContext(ctx, "UPDATE operations SET at = at + 3600000, undone = undone + 3600000"); err != nil {
		t.Fatal(err)
	}
	annotate(t, s, anna, v.ID, "rule", NewAnnotation{Note: "after"})
	after := lastOperation(t, s, anna)
	if after.ID == before.ID {
		t.Fatal("what was done before is said to be done last")
	}
	undone := must[Reverted](t)(s.Undo(ctx, anna, after.ID)).Operation.Undone
	earlier := must[[]Operation](t)(s.Operations(ctx, anna, 2))[1]
	if after.At <= earlier.Undone || undone <= after.At {
		t.Errorf("undone at %d, then made at %d, then undone at %d", earlier.Undone, after.At, undone)
	}
}

func TestHistoryKeepsPrivateStates(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna, ben := join(t, s, "Anna", annotations.Member), join(t, s, "Ben", annotations.Member)
	n := annotate(t, s, anna, v.ID, "One rule", NewAnnotation{Note: "a secret"})
	note, public := "no secret", annotations.Public
	must[annotations.Annotation](t)(s.UpdateAnnotation(t.Context(), anna, n.ID, AnnotationEdit{Note: &note, Visibility: &public}))
	for asker, want := range map[*annotations.Asker]int{&anna: 2, &ben: 1} {
		if events := must[[]Event](t)(s.History(t.Context(), *asker, n.ID)); len(events) != want || events[len(events)-1].Annotation.Note != note {
			t.Errorf("%d events, want %d: %v", len(events), want, events)
		}
	}
	must[int64](t)(s.DeleteAnnotation(t.Context(), anna, n.ID))
	_, err := s.History(t.Context(), ben, n.ID)
	wantError(t, err, ErrNotFound)
	if trash := must[[]Event](t)(s.Trash(t.Context(), anna, 10)); len(trash) != 1 || trash[0].Annotation.ID != n.ID {
		t.Errorf("deleted: %v", trash)
	}
	if trash := must[[]Event](t)(s.Trash(t.Context(), ben, 10)); len(trash) != 0 {
		t.Errorf("deleted, for somebody else: %v", trash)
	}
}

func TestManyAtOnce(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.", "Another rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	ctx := t.Context()
	tag := func(words string) NewAnnotation {
		start, end := find(t, v.Text, words)
		return NewAnnotation{Version: v.ID, Targets: []annotations.Target{{Start: start, End: end}}, Concepts: []string{"evidence"}}
	}
	wanted := []NewAnnotation{tag("One rule"), tag("Another rule"), tag("One rule")}
	operation, added, err := s.CreateAnnotations(ctx, anna, "Tagged all hits", wanted)
	if err != nil || len(added) != 2 {
		t.Fatalf("added %d, %v", len(added), err)
	}
	again, none, err := s.CreateAnnotations(ctx, anna, "Tagged all hits", wanted)
	if err != nil || again != "" || len(none) != 0 {
		t.Errorf("again: operation %q, added %d, %v", again, len(none), err)
	}
	if o := lastOperation(t, s, anna); o.ID != operation || o.Count != 2 || o.What != "Tagged all hits" {
		t.Errorf("operation %+v", o)
	}
	note := "kept"
	must[annotations.Annotation](t)(s.UpdateAnnotation(ctx, anna, added[0].ID, AnnotationEdit{Note: &note}))
	r := must[Reverted](t)(s.Undo(ctx, anna, operation))
	if diff := cmp.Diff([][]string{{added[1].ID}, {added[0].ID}}, [][]string{r.Changed, r.Kept}); diff != "" {
		t.Errorf("changed and kept (-want +got):\n%s", diff)
	}
}
