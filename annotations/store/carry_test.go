package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// stands returns where the annotations stand in a version, by note.
func stands(t *testing.T, s *Store, asker annotations.Asker, version string) map[string]string {
	t.Helper()
	margin, err := s.AnnotationsOf(t.Context(), asker, version)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.Version(t.Context(), asker, version)
	if err != nil {
		t.Fatal(err)
	}
	text, got := []rune(v.Text), map[string]string{}
	for _, p := range margin {
		if p.Placement.Version != version {
			t.Errorf("placed in %s, not %s", p.Placement.Version, version)
		}
		at := p.Placement.Target
		if words := string(text[at.Start:at.End]); words != at.Exact {
			t.Errorf("%s: the quote is %q, the text %q", p.Note, at.Exact, words)
		}
		got[p.Note] = p.Placement.State + " in " + p.Placement.Passage + ": " + at.Exact
	}
	return got
}

func TestNewVersionCarriesAnnotations(t *testing.T) {
	s := open(t)
	d := agreement("a", "Agreement")
	first := articles("a", "en",
		"Each party shall adopt such measures as may be necessary to protect the confidentiality of data in the systems of its public authorities.",
		"The parties shall consult each other every two years on all of the matters that arise out of this agreement or of its annexes.",
		"This provision will be gone altogether in the next version of the text.",
		"A long sentence that nobody touches in any of the versions of this text stays, whatever becomes of its neighbours, word for word what it has always been.")
	french := articles("a", "fr", "Chaque partie adopte des mesures.")
	put(t, s, Taken, d, first, french)
	anna := join(t, s, "Anna", annotations.Member)
	made := map[string]annotations.Annotation{}
	for note, words := range map[string]string{
		"same": "protect the confidentiality", "changed": "consult each other every two years", "lost": "gone altogether",
		"moved": "nobody touches", "deleted": "confidentiality of data",
	} {
		made[note] = annotate(t, s, anna, first.ID, words, NewAnnotation{Note: note})
	}
	annotate(t, s, anna, french.ID, "mesures", NewAnnotation{Note: "en français"})
	if _, err := s.DeleteAnnotation(t.Context(), anna, made["deleted"].ID); err != nil {
		t.Fatal(err)
	}

	second := articles("a", "en",
		"Each party shall adopt such measures as may be necessary to protect the confidentiality of data in the systems of its public authorities.",
		"The parties shall consult each other every three years on all of the matters that arise out of this agreement or of its annexes.",
		"A long sentence that nobody touches in any of the versions of this text stays, whatever becomes of its neighbours, word for word what it has always been.",
		"Wholly other words are here now, about subjects unheard of before.")
	put(t, s, Added, d, second, french)
	want := map[string]string{
		"same":    "same in art1: protect the confidentiality",
		"changed": "changed in art2: consult each other every three years",
		"lost":    "lost in : ",
		"moved":   "moved in art3: nobody touches",
	}
	if diff := cmp.Diff(want, stands(t, s, anna, second.ID)); diff != "" {
		t.Errorf("in the second version (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"en français": "same in art1: mesures"}, stands(t, s, anna, french.ID)); diff != "" {
		t.Errorf("in the French version (-want +got):\n%s", diff)
	}
	if _, err := s.RestoreAnnotation(t.Context(), anna, made["deleted"].ID); err != nil {
		t.Fatal(err)
	}
	if got := stands(t, s, anna, second.ID)["deleted"]; got != "same in art1: confidentiality of data" {
		t.Errorf("what was deleted when the version came: %q", got)
	}

	if n := must[annotations.Annotation](t)(s.Annotation(t.Context(), anna, made["changed"].ID)); n.Version != first.ID || n.Target != made["changed"].Target {
		t.Errorf("the annotation left the version it was made on: %+v", n)
	}
	old := annotate(t, s, anna, first.ID, "shall adopt such measures", NewAnnotation{Note: "on the old version"})
	if got := stands(t, s, anna, second.ID)[old.Note]; got != "same in art1: shall adopt such measures" {
		t.Errorf("made on the first version: %q", got)
	}

	third := articles("a", "en",
		"Each party shall adopt such measures as may be necessary to protect the confidentiality of data in the systems of its public authorities.",
		"The parties shall consult each other every two years on all of the matters that arise out of this agreement or of its annexes.",
		"This provision will be gone altogether in the next version of the text.",
		"A long sentence that nobody touches in any of the versions of this text stays, whatever becomes of its neighbours, word for word what it has always been.")
	third.SHA256 = "of the same text from another file"
	put(t, s, Added, d, third)
	detail := must[DocumentDetail](t)(s.Document(t.Context(), anna, "a"))
	want = map[string]string{
		"same": "same in art1: protect the confidentiality", "changed": "same in art2: consult each other every two years",
		"lost": "same in art3: gone altogether", "moved": "same in art4: nobody touches",
		"deleted": "same in art1: confidentiality of data", "on the old version": "same in art1: shall adopt such measures",
	}
	if diff := cmp.Diff(want, stands(t, s, anna, detail.Versions[0].ID)); diff != "" {
		t.Errorf("when the first text is back (-want +got):\n%s", diff)
	}
}
