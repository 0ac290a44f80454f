package store

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// reviewed is a document with two versions and Anna's annotations on the first,
// by note: "kept", "changed" and "lost", all public.
func reviewed(t *testing.T, s *Store) (anna annotations.Asker, made map[string]annotations.Annotation, first, second string) {
	t.Helper()
	one := articles("a", "en",
		"Each party shall adopt such measures as may be necessary to protect the confidentiality of data in the systems of its authorities.",
		"The parties shall consult each other every two years on all of the matters that arise out of this agreement or of its annexes.",
		"The register of lanterns shall be kept by the harbour master in a dry place.")
	two := articles("a", "en",
		"Each party shall adopt such measures as may be necessary to protect the confidentiality of records in the systems of its authorities.",
		"The parties shall consult each other every two years on all of the matters that arise out of this agreement or of its annexes.",
		"A book in which the lanterns are entered, called the register of lanterns, is with the council.")
	put(t, s, Taken, agreement("a", "Agreement"), one)
	anna, made = join(t, s, "Anna", annotations.Member), map[string]annotations.Annotation{}
	for note, quote := range map[string]string{
		"kept": "every two years", "changed": "confidentiality of data in the systems",
		"lost": "register of lanterns shall be kept by the harbour master",
	} {
		made[note] = annotate(t, s, anna, one.ID, quote, NewAnnotation{Note: note, Visibility: annotations.Public})
	}
	put(t, s, Added, agreement("a", "Agreement"), two)
	return anna, made, one.ID, two.ID
}

func toReviewNotes(t *testing.T, s *Store, asker annotations.Asker) (notes []string) {
	t.Helper()
	items, total, err := s.Review(t.Context(), asker, "a", 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	document, err := s.Document(t.Context(), asker, "a")
	if err != nil || total != len(items) || document.ToReview != total {
		t.Errorf("%d items, %d in all, %d counted, %v", len(items), total, document.ToReview, err)
	}
	for _, item := range items {
		notes = append(notes, item.Note+" "+item.Placement.State)
	}
	return notes
}

func TestReviewListsWhatChangedAndWhatIsLost(t *testing.T) {
	s := open(t)
	anna, _, _, _ := reviewed(t, s)
	ben, admin := join(t, s, "Ben", annotations.Member), join(t, s, "Chief", annotations.Administrator)
	all := []string{"changed changed", "lost lost"}
	for name, c := range map[string]struct {
		asker annotations.Asker
		want  []string
	}{"creator": {anna, all}, "administrator": {admin, all}, "another": {ben, nil}, "stranger": {annotations.Asker{}, nil}} {
		if diff := cmp.Diff(c.want, toReviewNotes(t, s, c.asker)); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
	items, _, err := s.Review(t.Context(), anna, "a", 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(4, len(items[0].Wording)); diff != "" {
		t.Errorf("pieces of %q and %q: %s", items[0].Before, items[0].After, diff)
	}
	if len(items[1].Candidates) != 1 || items[1].Candidates[0].Target.Exact != "register of lanterns" {
		t.Errorf("candidates: %+v", items[1].Candidates)
	}
	if _, _, err := s.Review(t.Context(), anna, "none", 0, 10); !errors.Is(err, ErrNotFound) {
		t.Errorf("of no document: %v", err)
	}
}

func TestDecide(t *testing.T) {
	s := open(t)
	anna, made, first, second := reviewed(t, s)
	ben := join(t, s, "Ben", annotations.Member)
	decide := func(note, deed, quote string) annotations.Placement {
		t.Helper()
		d := Decision{Deed: deed}
		if quote != "" {
			v, err := s.Version(t.Context(), anna, second)
			if err != nil {
				t.Fatal(err)
			}
			d.Start, d.End = find(t, v.Text, quote)
			d.Exact = quote
		}
		placed, err := s.Decide(t.Context(), anna, made[note].ID, second, d)
		if err != nil {
			t.Fatalf("%s %s: %v", deed, note, err)
		}
		return placed.Placement
	}
	carried := decide("changed", annotations.Confirm, "")
	if carried.State != annotations.Changed || !carried.Reviewed {
		t.Errorf("confirmed: %+v", carried)
	}
	if got := decide("lost", annotations.Place, "lanterns are entered"); got.State != annotations.Changed || got.Passage != "art3" || !got.Reviewed {
		t.Errorf("placed: %+v", got)
	}
	if left := toReviewNotes(t, s, anna); left != nil {
		t.Errorf("still to review: %v", left)
	}
	want := map[string]string{
		"kept": "same in art2: every two years", "changed": "changed in art1: confidentiality of records in the systems",
		"lost": "changed in art3: lanterns are entered",
	}
	if diff := cmp.Diff(want, stands(t, s, anna, second)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if on, err := s.AnnotationsOn(t.Context(), anna, []PassageKey{{second, "art3"}}); err != nil || len(on[PassageKey{second, "art3"}]) != 1 {
		t.Errorf("on article 3: %v, %v", on, err)
	}
	agreeOnBriefs(t.Context(), t, s, anna, "placing", "a", []string{first, second})
	if got := decide("lost", annotations.Lose, ""); got.State != annotations.Lost || !got.Reviewed {
		t.Errorf("lost: %+v", got)
	}
	agreeOnBriefs(t.Context(), t, s, anna, "losing", "a", []string{first, second})
	if got := decide("lost", annotations.Undo, ""); got.Target.Exact != "lanterns are entered" {
		t.Errorf("undone: %+v", got)
	}
	if got := decide("lost", annotations.Undo, ""); got.State != annotations.Lost || got.Reviewed {
		t.Errorf("undone twice: %+v", got)
	}
	if diff := cmp.Diff([]string{"lost lost"}, toReviewNotes(t, s, anna)); diff != "" {
		t.Errorf("after undoing: -want +got\n%s", diff)
	}
	for name, c := range map[string]struct {
		asker   annotations.Asker
		note    string
		version string
		d       Decision
		err     error
	}{
		"nothing to undo":       {anna, "lost", second, Decision{Deed: annotations.Undo}, ErrConflict},
		"confirming a lost one": {anna, "lost", second, Decision{Deed: annotations.Confirm}, ErrInvalid},
		"its own version":       {anna, "lost", first, Decision{Deed: annotations.Lose}, ErrInvalid},
		"other words":           {anna, "lost", second, Decision{Deed: annotations.Place, Start: 0, End: 5, Exact: "never"}, ErrInvalid},
		"outside the text":      {anna, "lost", second, Decision{Deed: annotations.Place, Start: 5, End: 50000}, ErrInvalid},
		"another's":             {ben, "lost", second, Decision{Deed: annotations.Lose}, ErrForbidden},
		"a stranger":            {annotations.Asker{}, "lost", second, Decision{Deed: annotations.Lose}, ErrForbidden},
		"no such version":       {anna, "lost", "none", Decision{Deed: annotations.Lose}, ErrNotFound},
		"no such deed":          {anna, "lost", second, Decision{Deed: "guess"}, ErrInvalid},
	} {
		if _, err := s.Decide(context.WithoutCancel(t.Context()), c.asker, made[c.note].ID, c.version, c.d); !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
	}
}

// A review holds as long as the words it was about stay.
func TestNextVersionGoesOnFromReviews(t *testing.T) {
	s := open(t)
	anna, made, _, second := reviewed(t, s)
	v, err := s.Version(t.Context(), anna, second)
	if err != nil {
		t.Fatal(err)
	}
	start, end := find(t, v.Text, "called the register of lanterns")
	for note, d := range map[string]Decision{
		"changed": {Deed: annotations.Confirm}, "lost": {Deed: annotations.Place, Start: start, End: end}, "kept": {Deed: annotations.Lose},
	} {
		if _, err := s.Decide(t.Context(), anna, made[note].ID, second, d); err != nil {
			t.Fatal(err)
		}
	}
	third := articles("a", "en",
		"Each party shall adopt such measures as may be necessary to protect the confidentiality of records in the systems of its authorities.",
		"Ferries shall run.",
		"A book in which the lanterns are entered, called the register of lanterns, is with the council.")
	put(t, s, Added, agreement("a", "Agreement"), third)
	want := map[string]string{
		"kept": "lost in : ", "changed": "changed in art1: confidentiality of records in the systems",
		"lost": "changed in art3: called the register of lanterns",
	}
	if diff := cmp.Diff(want, stands(t, s, anna, third.ID)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if left := toReviewNotes(t, s, anna); left != nil {
		t.Errorf("to review again: %v", left)
	}
}
