package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/annotations"
)

func TestRejections(t *testing.T) {
	s := open(t)
	anna, ben := join(t, s, "Anna", annotations.Member), join(t, s, "Ben", annotations.Member)
	v := articles("a", "en", "First rule.", "Second rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	k := must[annotations.Concept](t)(s.CreateConcept(t.Context(), anna, annotations.Concept{Label: "Rules"}))
	var passages []PassageKey
	for _, p := range v.Provisions {
		if p.Passage {
			passages = append(passages, PassageKey{v.ID, p.ID})
		}
	}
	reject := func(asker annotations.Asker, key PassageKey) {
		t.Helper()
		if err := s.Reject(t.Context(), asker, k.ID, key); err != nil {
			t.Fatal(err)
		}
	}
	want := func(asker annotations.Asker, keys ...PassageKey) {
		t.Helper()
		got := must[[]PassageKey](t)(s.Rejections(t.Context(), asker, k.ID))
		if diff := cmp.Diff(keys, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	reject(anna, passages[1])
	reject(anna, passages[1])
	reject(ben, passages[0])
	want(anna, passages[1])
	want(ben, passages[0])
	want(annotations.Asker{})
	if err := s.Reconsider(t.Context(), ben, k.ID, passages[1]); err != nil {
		t.Fatal(err)
	}
	want(anna, passages[1])
	if err := s.Reconsider(t.Context(), anna, k.ID, passages[1]); err != nil {
		t.Fatal(err)
	}
	want(anna)
	wantError(t, s.Reject(t.Context(), annotations.Asker{}, k.ID, passages[0]), ErrForbidden, "Sign in")
	wantError(t, s.Reject(t.Context(), anna, "none", passages[0]), ErrNotFound, "no concept")
	wantError(t, s.Reject(t.Context(), anna, k.ID, PassageKey{v.ID, "art9"}), ErrNotFound, "no passage")
	wantError(t, s.Reject(t.Context(), anna, k.ID, PassageKey{"none", "art1"}), ErrNotFound, "no passage")
}
