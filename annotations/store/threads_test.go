package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/index"
)

func TestReplies(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna, ben, carl := join(t, s, "Anna", annotations.Member), join(t, s, "Ben", annotations.Member), join(t, s, "Carl", annotations.Member)
	for _, asker := range []*annotations.Asker{&anna, &ben} {
		asker.Groups = map[string]string{"g": annotations.GroupAnnotator}
	}
	ctx := t.Context()
	root := annotate(t, s, anna, v.ID, "One rule", NewAnnotation{Note: "root", Visibility: annotations.Group, Group: "g"})
	reply := must[annotations.Annotation](t)(s.CreateAnnotation(ctx, ben, NewAnnotation{ReplyTo: root.ID, Note: "reply"}))
	answer := must[annotations.Annotation](t)(s.CreateAnnotation(ctx, anna, NewAnnotation{ReplyTo: reply.ID, Note: "answer"}))
	if answer.Root != root.ID || answer.Target != root.Target || answer.Group != "g" {
		t.Errorf("answer %+v", answer)
	}
	_, err := s.CreateAnnotation(ctx, carl, NewAnnotation{ReplyTo: root.ID, Note: "let me in"})
	wantError(t, err, ErrNotFound)
	_, err = s.CreateAnnotation(ctx, ben, NewAnnotation{ReplyTo: root.ID, Note: "loud", Visibility: annotations.Public})
	wantError(t, err, ErrInvalid, "those who may read")

	private, public := annotations.Private, annotations.Public
	_, err = s.UpdateAnnotation(ctx, anna, root.ID, AnnotationEdit{Visibility: &private})
	wantError(t, err, ErrConflict, "Others have replied")
	must[annotations.Annotation](t)(s.UpdateAnnotation(ctx, anna, root.ID, AnnotationEdit{Visibility: &public}))
	audiences := map[string]string{}
	for _, p := range must[[]Placed](t)(s.AnnotationsOf(ctx, ben, v.ID)) {
		audiences[p.Note] = p.Audience()
	}
	if diff := cmp.Diff(map[string]string{"root": "public", "reply": "group:g", "answer": "public"}, audiences); diff != "" {
		t.Errorf("audiences (-want +got):\n%s", diff)
	}

	must[int64](t)(s.DeleteAnnotation(ctx, anna, root.ID))
	left := must[[]Placed](t)(s.AnnotationsOf(ctx, ben, v.ID))
	if len(left) != 2 || left[0].Placement.Target.Exact != "One rule" {
		t.Errorf("replies to what was deleted: %+v", left)
	}
}

func TestSeveralStretches(t *testing.T) {
	s := open(t)
	const (
		opening = "Each party shall adopt such measures as may be necessary to protect the confidentiality of data in the systems of its authorities."
		going   = "This provision will be gone altogether in the next version of the text."
		closing = "A long sentence that nobody touches in any of the versions of this text stays, whatever becomes of its neighbours."
	)
	first := articles("a", "en", opening, going, closing)
	second := articles("a", "en", opening, closing)
	put(t, s, Taken, agreement("a", "Agreement"), first)
	anna := join(t, s, "Anna", annotations.Member)
	at := func(words ...string) (targets []annotations.Target) {
		for _, w := range words {
			start, end := find(t, first.Text, w)
			targets = append(targets, annotations.Target{Start: start, End: end, Exact: w})
		}
		return targets
	}
	for note, targets := range map[string][]annotations.Target{
		"all":  at("nobody touches", "the confidentiality"),
		"some": at("the confidentiality", "gone altogether", "nobody touches"),
		"none": at("gone altogether"),
		"last": at("gone altogether", "nobody touches"),
	} {
		must[annotations.Annotation](t)(s.CreateAnnotation(t.Context(), anna, NewAnnotation{Version: first.ID, Targets: targets, Note: note}))
	}
	must[annotations.Annotation](t)(s.CreateAnnotation(t.Context(), anna, NewAnnotation{Document: "a", Note: "whole"}))
	put(t, s, Added, agreement("a", "Agreement"), second)
	got := map[string][]string{}
	for _, p := range must[[]Placed](t)(s.AnnotationsOf(t.Context(), anna, second.ID)) {
		got[p.Note] = []string{p.Placement.State}
		for _, stretch := range p.Placement.Stretches() {
			got[p.Note] = append(got[p.Note], stretch.Exact)
		}
	}
	want := map[string][]string{
		"all": {"moved", "the confidentiality", "nobody touches"}, "some": {"changed", "the confidentiality", "nobody touches"},
		"none": {"lost"}, "last": {"changed", "nobody touches"}, "whole": {"same"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("carried (-want +got):\n%s", diff)
	}
}

func TestAbsentIsNoTag(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	n := must[annotations.Annotation](t)(s.CreateAnnotation(t.Context(), anna,
		NewAnnotation{Document: "a", Concepts: []string{"evidence"}, Absent: true}))
	if !n.Whole() || n.Version != v.ID {
		t.Errorf("made %+v", n)
	}
	if k := must[annotations.Concept](t)(s.Concept(t.Context(), anna, "evidence")); k.Used != 0 {
		t.Errorf("the concept is used %d times", k.Used)
	}
	for _, change := range must[[]index.Change](t)(s.Changes(t.Context(), 0, nil, 100)) {
		for _, p := range change.Passages {
			if len(p.Annotations) > 0 {
				t.Errorf("%s is found by %v", p.Provision, p.Annotations)
			}
		}
	}
}
