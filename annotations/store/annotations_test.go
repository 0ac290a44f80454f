package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// find returns where words stand in a text, in code points.
func find(t testing.TB, text, words string) (start, end int) {
	t.Helper()
	at := strings.Index(text, words)
	if at < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	start = len([]rune(text[:at]))
	return start, start + len([]rune(words))
}

// annotate adds an annotation on words of a version.
func annotate(t testing.TB, s *Store, asker annotations.Asker, version, words string, n NewAnnotation) annotations.Annotation {
	t.Helper()
	v, err := s.Version(t.Context(), asker, version)
	if err != nil {
		t.Fatal(err)
	}
	n.Version, n.Exact = version, words
	n.Start, n.End = find(t, v.Text, words)
	made, err := s.CreateAnnotation(t.Context(), asker, n)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestCreateAnnotation(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "Die Würde “des Menschen” 𝄞 is moral.", "Second thoughts.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	start, end := find(t, v.Text, "𝄞 is moral")
	made, err := s.CreateAnnotation(t.Context(), anna, NewAnnotation{
		Version: v.ID, Start: start, End: end, Exact: "𝄞 is moral",
		Concepts: []string{"content-regulation", "sovereignty", "content-regulation"}, Note: " a *note* ",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := annotations.Annotation{
		ID: made.ID, Document: "a", Version: v.ID, Passage: "art1",
		Target: annotations.Target{
			Start: start, End: end, Exact: "𝄞 is moral",
			Prefix: "icle 1\nDie Würde “des Menschen” ", Suffix: ".\nArticle 2\nSecond thoughts.",
		},
		Concepts: []string{"content-regulation", "sovereignty"}, Note: "a *note*", Visibility: annotations.Private,
		Creator: anna.User, Created: made.Created, Modified: made.Created, Number: 2,
	}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("made (-want +got):\n%s", diff)
	}
	read, err := s.Annotation(t.Context(), anna, made.ID)
	if diff := cmp.Diff(want, read); err != nil || diff != "" {
		t.Errorf("read, %v (-want +got):\n%s", err, diff)
	}
	if made.ID == "" || made.Created == 0 {
		t.Errorf("id %q, created %d", made.ID, made.Created)
	}
}

func TestCreateAnnotationRefuses(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	start, end := find(t, v.Text, "One rule.")
	good := NewAnnotation{Version: v.ID, Start: start, End: end, Exact: "One rule.", Note: "note"}
	for _, test := range []struct {
		name  string
		asker annotations.Asker
		edit  func(*NewAnnotation)
		kind  error
		words []string
	}{
		{"a stranger", annotations.Asker{}, func(*NewAnnotation) {}, ErrForbidden, []string{"Sign in"}},
		{"no such version", anna, func(n *NewAnnotation) { n.Version = "x" }, ErrNotFound, []string{`"x"`}},
		{"beyond the end", anna, func(n *NewAnnotation) { n.End = 1000 }, ErrInvalid, []string{"1000"}},
		{"before the start", anna, func(n *NewAnnotation) { n.Start = -1 }, ErrInvalid, []string{"-1"}},
		{"backwards", anna, func(n *NewAnnotation) { n.Start, n.End = n.End, n.Start }, ErrInvalid, nil},
		{"of no length", anna, func(n *NewAnnotation) { n.End = n.Start }, ErrInvalid, nil},
		{"other words", anna, func(n *NewAnnotation) { n.Exact = "Two rules" }, ErrInvalid, []string{"“One rule.”", "“Two rules”"}},
		{"no such concept", anna, func(n *NewAnnotation) { n.Concepts = []string{"x"} }, ErrInvalid, []string{`"x"`}},
		{"says nothing", anna, func(n *NewAnnotation) { n.Note = " \n" }, ErrInvalid, []string{"concept or a note"}},
		{"no such visibility", anna, func(n *NewAnnotation) { n.Visibility = "secret" }, ErrInvalid, []string{"secret"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := good
			test.edit(&n)
			_, err := s.CreateAnnotation(t.Context(), test.asker, n)
			wantError(t, err, test.kind, test.words...)
		})
	}
	if mark := must[int64](t)(s.Mark(t.Context())); mark != 1 {
		t.Errorf("what was refused took numbers: %d", mark)
	}
}

func TestAnnotationInHeadingAndAcrossPassages(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "First.", "Second.", "Third.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	heading := annotate(t, s, anna, v.ID, "Of the test", NewAnnotation{Note: "on a heading"})
	across := annotate(t, s, anna, v.ID, "irst.\nArticle 2\nSecond.\nArt", NewAnnotation{Note: "on three"})
	if heading.Passage != "ch1" || across.Passage != "art1" {
		t.Errorf("passages %q and %q; want ch1 and art1", heading.Passage, across.Passage)
	}
	keys := []PassageKey{{v.ID, "art1"}, {v.ID, "art2"}, {v.ID, "art3"}, {v.ID, "ch1"}}
	got, err := s.AnnotationsOn(t.Context(), anna, keys)
	want := map[PassageKey][]annotations.Annotation{keys[0]: {heading, across}, keys[1]: {across}, keys[2]: {across}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("on passages, %v (-want +got):\n%s", err, diff)
	}
	margin, err := s.AnnotationsOf(t.Context(), anna, v.ID)
	if err != nil || len(margin) != 2 || margin[0].ID != heading.ID || margin[1].ID != across.ID {
		t.Errorf("margin: %+v, %v", margin, err)
	}
	_, err = s.AnnotationsOf(t.Context(), anna, "x")
	wantError(t, err, ErrNotFound)
}

func TestUpdateAnnotation(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna, boss := join(t, s, "Anna", annotations.Member), join(t, s, "Boss", annotations.Administrator)
	bert := join(t, s, "Bert", annotations.Editor)
	n := annotate(t, s, anna, v.ID, "One rule", NewAnnotation{Note: "draft"})
	ctx := t.Context()
	public, note, none := annotations.Public, "final", []string{}

	for _, asker := range []annotations.Asker{bert, boss} {
		_, err := s.UpdateAnnotation(ctx, asker, n.ID, AnnotationEdit{Note: &note})
		wantError(t, err, ErrNotFound)
	}
	concepts := []string{"evidence"}
	changed, err := s.UpdateAnnotation(ctx, anna, n.ID, AnnotationEdit{Concepts: &concepts, Visibility: &public, Number: n.Number})
	if err != nil {
		t.Fatal(err)
	}
	want := n
	want.Concepts, want.Visibility, want.Number, want.Modified = concepts, public, n.Number+1, changed.Modified
	if diff := cmp.Diff(want, changed); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, must[annotations.Annotation](t)(s.Annotation(ctx, annotations.Asker{}, n.ID))); diff != "" {
		t.Errorf("as a stranger reads it (-want +got):\n%s", diff)
	}
	_, err = s.UpdateAnnotation(ctx, anna, n.ID, AnnotationEdit{Note: &note, Number: n.Number})
	wantError(t, err, ErrConflict)
	_, err = s.UpdateAnnotation(ctx, bert, n.ID, AnnotationEdit{Note: &note})
	wantError(t, err, ErrForbidden)
	empty := ""
	_, err = s.UpdateAnnotation(ctx, anna, n.ID, AnnotationEdit{Note: &empty, Concepts: &none})
	wantError(t, err, ErrInvalid)
	if got, err := s.UpdateAnnotation(ctx, boss, n.ID, AnnotationEdit{Note: &note}); err != nil || got.Note != note || got.Creator != anna.User {
		t.Errorf("changed by an administrator: %+v, %v", got, err)
	}

	var seen []string
	for _, e := range must[[]Event](t)(s.History(ctx, annotations.Asker{}, n.ID)) {
		seen = append(seen, e.Deed+" by "+e.Who+": "+e.Annotation.Note)
	}
	if diff := cmp.Diff([]string{"update by " + anna.User + ": draft", "update by " + boss.User + ": final"}, seen); diff != "" {
		t.Errorf("history as a stranger reads it (-want +got):\n%s", diff)
	}
	if all := must[[]Event](t)(s.History(ctx, anna, n.ID)); len(all) != 3 || all[0].Deed != "create" {
		t.Errorf("history as its creator reads it: %+v", all)
	}
}

func TestDeleteAndRestoreAnnotation(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna, bert := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Member)
	n := annotate(t, s, anna, v.ID, "One rule", NewAnnotation{Note: "note", Visibility: annotations.Public})
	ctx := t.Context()

	wantError(t, s.DeleteAnnotation(ctx, bert, n.ID), ErrForbidden)
	if err := s.DeleteAnnotation(ctx, anna, n.ID); err != nil {
		t.Fatal(err)
	}
	wantError(t, s.DeleteAnnotation(ctx, anna, n.ID), ErrNotFound)
	_, err := s.Annotation(ctx, anna, n.ID)
	wantError(t, err, ErrNotFound)
	_, err = s.RestoreAnnotation(ctx, bert, n.ID)
	wantError(t, err, ErrNotFound)
	restored, err := s.RestoreAnnotation(ctx, anna, n.ID)
	n.Number += 2
	if diff := cmp.Diff(n, restored); err != nil || diff != "" {
		t.Errorf("restored, %v (-want +got):\n%s", err, diff)
	}
	if again := must[annotations.Annotation](t)(s.RestoreAnnotation(ctx, bert, n.ID)); again.Number != n.Number {
		t.Errorf("restoring what is there took the number %d", again.Number)
	}
}

func TestImportAnnotation(t *testing.T) {
	from, to := open(t), open(t)
	v := articles("a", "en", "One rule.", "Another rule.")
	ctx := t.Context()
	for _, s := range []*Store{from, to} {
		put(t, s, Taken, agreement("a", "Agreement"), v)
	}
	anna := join(t, from, "Anna", annotations.Member)
	n := annotate(t, from, anna, v.ID, "One rule", NewAnnotation{Note: "note", Concepts: []string{"evidence"}, Visibility: annotations.Public})

	bert := join(t, to, "Bert", annotations.Member)
	for i, want := range []bool{true, false} {
		if added, err := to.ImportAnnotation(ctx, bert, n); err != nil || added != want {
			t.Errorf("import %d: %v, %v", i+1, added, err)
		}
	}
	got := must[annotations.Annotation](t)(to.Annotation(ctx, bert, n.ID))
	n.Creator, n.Number = bert.User, got.Number
	if diff := cmp.Diff(n, got); diff != "" {
		t.Errorf("imported (-want +got):\n%s", diff)
	}
	n.ID, n.Target.Exact = "other", "Two rules"
	_, err := to.ImportAnnotation(ctx, bert, n)
	wantError(t, err, ErrInvalid, "Two rules")

	boss := join(t, to, "Boss", annotations.Administrator)
	n.ID, n.Target.Exact, n.Visibility = "third", "One rule", annotations.Private
	if added, err := to.ImportAnnotation(ctx, boss, n); err != nil || !added {
		t.Errorf("import for somebody else: %v, %v", added, err)
	}
	if got := must[annotations.Annotation](t)(to.Annotation(ctx, bert, n.ID)); got.Creator != bert.User {
		t.Errorf("an administrator imported Bert's annotation for %s", got.Creator)
	}
}

func TestAnnotationsFilters(t *testing.T) {
	s := open(t)
	va, vb := articles("a", "en", "One rule.", "Another rule."), articles("b", "en", "Some text.")
	put(t, s, Taken, agreement("a", "Agreement"), va)
	put(t, s, Taken, agreement("b", "Book"), vb)
	anna, bert := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Member)
	annotate(t, s, anna, va.ID, "Another", NewAnnotation{Note: "2", Visibility: annotations.Public})
	annotate(t, s, bert, va.ID, "One", NewAnnotation{Note: "1", Concepts: []string{"evidence"}, Visibility: annotations.Public})
	annotate(t, s, bert, vb.ID, "Some", NewAnnotation{Note: "3", Concepts: []string{"evidence"}})
	for _, test := range []struct {
		asker  annotations.Asker
		filter AnnotationFilter
		want   string
	}{
		{anna, AnnotationFilter{}, "1 2"},
		{bert, AnnotationFilter{}, "1 2 3"},
		{bert, AnnotationFilter{Document: "a"}, "1 2"},
		{bert, AnnotationFilter{Concept: "evidence"}, "1 3"},
		{bert, AnnotationFilter{Creator: anna.User}, "2"},
		{bert, AnnotationFilter{Creator: anna.User, Document: "b"}, ""},
	} {
		var notes []string
		for n, err := range s.Annotations(t.Context(), test.asker, test.filter) {
			if err != nil {
				t.Fatal(err)
			}
			notes = append(notes, n.Note)
		}
		if got := strings.Join(notes, " "); got != test.want {
			t.Errorf("%+v: %q; want %q", test.filter, got, test.want)
		}
	}
}
