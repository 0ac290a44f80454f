package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// TestCopyIsMadeOnce copies annotations that differ in one thing each: what is
// there already is what says all of the same.
func TestCopyIsMadeOnce(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.", "Another rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna, ben := join(t, s, "Anna", annotations.Member), join(t, s, "Ben", annotations.Member)
	var ids []string
	for _, n := range []NewAnnotation{
		{Concepts: []string{"evidence"}},
		{Concepts: []string{"sovereignty"}},
		{Concepts: []string{"evidence", "sovereignty"}},
		{Concepts: []string{"evidence"}, Note: "note"},
		{Note: "note"},
	} {
		n.Visibility = annotations.Public
		ids = append(ids, annotate(t, s, anna, v.ID, "One rule", n).ID)
	}
	first := must[Moved](t)(s.Copy(t.Context(), ben, ids, annotations.Private, ""))
	if len(first.Annotations) != len(ids) || len(first.Kept) != 0 {
		t.Errorf("copied %d, kept %v", len(first.Annotations), first.Kept)
	}
	again := must[Moved](t)(s.Copy(t.Context(), ben, ids, annotations.Private, ""))
	if diff := cmp.Diff(Moved{Annotations: []string{}, Kept: ids}, again); diff != "" {
		t.Errorf("again (-want +got):\n%s", diff)
	}
}
