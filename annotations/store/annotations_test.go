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
	start, end := find(t, v.Text, words)
	n.Version, n.Targets = version, []annotations.Target{{Start: start, End: end, Exact: words}}
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
		Version: v.ID, Targets: []annotations.Target{{Start: start, End: end, Exact: "𝄞 is moral"}},
		Concepts: []string{"content-regulation", "sovereignty", "content-regulation"}, Note: " a *note* ",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := annotations.Annotation{
		ID: made.ID, Root: made.ID, Document: "a", Version: v.ID, Passage: "art1",
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
	reading := anna
	reading.Groups = map[string]string{"g": annotations.GroupReader}
	start, end := find(t, v.Text, "One rule.")
	at := func(start, end int, exact string) func(*NewAnnotation) {
		return func(n *NewAnnotation) { n.Targets = []annotations.Target{{Start: start, End: end, Exact: exact}} }
	}
	for _, test := range []struct {
		name  string
		asker annotations.Asker
		edit  func(*NewAnnotation)
		kind  error
		words []string
	}{
		{"a stranger", annotations.Asker{}, func(*NewAnnotation) {}, ErrForbidden, []string{"Sign in"}},
		{"no such version", anna, func(n *NewAnnotation) { n.Version = "x" }, ErrNotFound, []string{`"x"`}},
		{"beyond the end", anna, at(start, 1000, ""), ErrInvalid, []string{"1000"}},
		{"before the start", anna, at(-1, end, ""), ErrInvalid, []string{"-1"}},
		{"backwards", anna, at(end, start, ""), ErrInvalid, nil},
		{"of no length", anna, at(start, start, ""), ErrInvalid, nil},
		{"other words", anna, at(start, end, "Two rules"), ErrInvalid, []string{"“One rule.”", "“Two rules”"}},
		{"no such concept", anna, func(n *NewAnnotation) { n.Concepts = []string{"x"} }, ErrInvalid, []string{`"x"`}},
		{"says nothing", anna, func(n *NewAnnotation) { n.Note = " \n" }, ErrInvalid, []string{"concept or a note"}},
		{"no such visibility", anna, func(n *NewAnnotation) { n.Visibility = "secret" }, ErrInvalid, []string{"secret"}},
		{"no such group", anna, func(n *NewAnnotation) { n.Visibility, n.Group = annotations.Group, "g" }, ErrInvalid, []string{`"g"`}},
		{"a group to read", reading, func(n *NewAnnotation) { n.Visibility, n.Group = annotations.Group, "g" }, ErrForbidden, []string{"role of annotator"}},
		{"stretches that overlap", anna, func(n *NewAnnotation) {
			n.Targets = []annotations.Target{{Start: start, End: end}, {Start: start + 4, End: end}}
		}, ErrInvalid, []string{"“One rule.”", "“rule.”"}},
		{"absent of a stretch", anna, func(n *NewAnnotation) {
			n.Absent, n.Concepts = true, []string{"evidence"}
		}, ErrInvalid, []string{"whole document"}},
		{"absent of no concept", anna, func(n *NewAnnotation) { n.Absent, n.Targets = true, nil }, ErrInvalid, []string{"names the concept"}},
		{"no such document", anna, func(n *NewAnnotation) { *n = NewAnnotation{Document: "b", Note: "note"} }, ErrNotFound, []string{`"b"`}},
		{"a reply to nothing", anna, func(n *NewAnnotation) { *n = NewAnnotation{ReplyTo: "x", Note: "note"} }, ErrNotFound, []string{`"x"`}},
		{"further properties that are none", anna, func(n *NewAnnotation) { n.Extra = []byte(`[1]`) }, ErrInvalid, []string{"JSON object"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := NewAnnotation{Version: v.ID, Note: "note"}
			at(start, end, "One rule.")(&n)
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

	deeds, err := list(ctx, s.reader, scanText, `
		SELECT deed || ' by ' || who || ' for ' || audience || ': ' || json_extract(content, '$.note')
		FROM history WHERE annotation = ? ORDER BY number`, n.ID)
	wantDeeds := []string{
		"create by " + anna.User + " for user:" + anna.User + ": draft",
		"update by " + anna.User + " for public: draft",
		"update by " + boss.User + " for public: final",
	}
	if diff := cmp.Diff(wantDeeds, deeds); err != nil || diff != "" {
		t.Errorf("history, %v (-want +got):\n%s", err, diff)
	}
}

func TestDeleteAndRestoreAnnotation(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna, bert := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Member)
	n := annotate(t, s, anna, v.ID, "One rule", NewAnnotation{Note: "note", Visibility: annotations.Public})
	ctx := t.Context()

	_, err := s.DeleteAnnotation(ctx, bert, n.ID)
	wantError(t, err, ErrForbidden)
	if number := must[int64](t)(s.DeleteAnnotation(ctx, anna, n.ID)); number != n.Number+1 {
		t.Errorf("deleting took the number %d after %d", number, n.Number)
	}
	_, err = s.DeleteAnnotation(ctx, anna, n.ID)
	wantError(t, err, ErrNotFound)
	_, err = s.Annotation(ctx, anna, n.ID)
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
