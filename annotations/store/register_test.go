package store

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/index"
)

// TestDocumentsByIDAfterEveryWrite writes through two stores of one database, as
// a server and an import do, and asks each after every write: what is kept in
// memory must be what SQL says to whoever asks.
func TestDocumentsByIDAfterEveryWrite(t *testing.T) {
	dir := t.TempDir()
	server, other := reopen(t, dir), reopen(t, dir)
	anna, ben := join(t, server, "Anna", annotations.Member), join(t, server, "Ben", annotations.Member)
	ctx := t.Context()
	agree := func(after string) {
		t.Helper()
		if err := other.HoldBriefs(ctx); err != nil {
			t.Fatal(err)
		}
		for _, s := range []*Store{server, other} {
			for _, asker := range []annotations.Asker{{}, anna, ben} {
				want, ids := map[string]DocumentSummary{}, []string{"a", "b", "none"}
				for id, e := range must[map[string]*entry](t)(entries(ctx, s.reader, ids)) {
					want[id] = e.summary(asker)
				}
				for id := range want {
					want := must[[]string](t)(list(ctx, s.reader, scanText, "SELECT id FROM versions WHERE document = ? ORDER BY language, version DESC", id))
					var got []string
					for _, v := range must[DocumentDetail](t)(s.Document(ctx, asker, id)).Versions {
						got = append(got, v.ID)
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Fatalf("after %s the versions of %s (-want +got):\n%s", after, id, diff)
					}
					agreeOnBriefs(ctx, t, s, asker, after, id, got)
				}
				for range 2 {
					got := must[map[string]DocumentSummary](t)(s.DocumentsByID(ctx, asker, ids))
					if diff := cmp.Diff(want, got); diff != "" {
						t.Fatalf("after %s (-want +got):\n%s", after, diff)
					}
				}
			}
		}
	}
	agree("nothing")
	first, second := articles("a", "en", "First rule."), articles("a", "en", "First rule.", "Second rule.")
	put(t, server, Taken, agreement("a", "Agreement"), first)
	agree("a document")
	put(t, other, Taken, agreement("b", "Another"), articles("b", "fr", "Premier."))
	agree("a document of the other")
	put(t, other, Redescribed, agreement("a", "Renamed"))
	agree("a new title")
	start, end := find(t, first.Text, "First rule")
	note := NewAnnotation{Version: first.ID, Targets: []annotations.Target{{Start: start, End: end}}, Note: "note"}
	mine := must[annotations.Annotation](t)(server.CreateAnnotation(ctx, anna, note))
	agree("a private annotation")
	note.Visibility = annotations.Public
	must[annotations.Annotation](t)(other.CreateAnnotation(ctx, ben, note))
	agree("a public annotation of the other")
	put(t, server, Added, agreement("a", "Renamed"), second)
	agree("a new version")
	public := annotations.Public
	must[annotations.Annotation](t)(other.UpdateAnnotation(ctx, anna, mine.ID, AnnotationEdit{Visibility: &public}))
	agree("making it public")
	if _, err := other.DeleteAnnotation(ctx, anna, mine.ID); err != nil {
		t.Fatal(err)
	}
	agree("deleting it")
	must[annotations.Annotation](t)(server.RestoreAnnotation(ctx, anna, mine.ID))
	agree("restoring it")
}

// agreeOnBriefs compares what is kept in memory of the annotations on the passages
// of a document with what SQL says.
func agreeOnBriefs(ctx context.Context, t *testing.T, s *Store, asker annotations.Asker, after, document string, versions []string) {
	t.Helper()
	var keys []PassageKey
	for _, id := range versions {
		for _, p := range must[*index.Version](t)(s.Version(ctx, asker, id)).Passages() {
			keys = append(keys, PassageKey{id, p.Provision})
		}
	}
	want := map[PassageKey][]Brief{}
	for key, all := range must[map[PassageKey][]annotations.Annotation](t)(s.AnnotationsOn(ctx, asker, keys)) {
		for _, n := range all {
			want[key] = append(want[key], Brief{n.ID, n.Creator, n.Note, n.Absent, n.Concepts})
		}
	}
	for range 2 {
		got := must[map[PassageKey][]Brief](t)(s.BriefsOn(ctx, asker, map[string][]PassageKey{document: keys}))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("after %s what is on the passages of %s (-want +got):\n%s", after, document, diff)
		}
	}
}

func TestRegisterIsBounded(t *testing.T) {
	s := open(t)
	put(t, s, Taken, agreement("a", "Agreement"))
	s.register.entries = map[string]*entry{}
	for i := range registerKept {
		s.register.entries[fmt.Sprint(i)] = &entry{}
	}
	s.register.at = must[moment](t)(momentOf(t.Context(), s.reader))
	must[map[string]DocumentSummary](t)(s.DocumentsByID(t.Context(), annotations.Asker{}, []string{"a"}))
	if n := len(s.register.entries); n != 1 {
		t.Errorf("the register holds %d documents; want 1", n)
	}
	s.register.briefs.held = briefsMemory + 1
	must[map[PassageKey][]Brief](t)(s.BriefsOn(t.Context(), annotations.Asker{}, map[string][]PassageKey{"a": {{"none", "art1"}}}))
	if n := s.register.briefs.held; n != sizeOf(nil) {
		t.Errorf("the register holds %d bytes of briefs; want one passage", n)
	}
	long := []heldBrief{{Brief: Brief{Note: strings.Repeat("x", briefsMemory/2)}}}
	for i := range 10 {
		s.register.briefs.put("a", PassageKey{"long", fmt.Sprint(i)}, long)
	}
	if n := len(s.register.briefs.on["a"]); n > 2 {
		t.Errorf("the register holds %d notes, each of half of what it may hold", n)
	}
}

// BenchmarkDocumentsByID asks for the documents of a page of hits.
func BenchmarkDocumentsByID(b *testing.B) {
	s := open(b)
	var ids []string
	for i := range 10 {
		id := fmt.Sprint("d", i)
		put(b, s, Taken, agreement(id, "Agreement"), []index.Version{articles(id, "en", "First.")}...)
		ids = append(ids, id)
	}
	for b.Loop() {
		if found, err := s.DocumentsByID(b.Context(), annotations.Asker{}, ids); err != nil || len(found) != len(ids) {
			b.Fatal(len(found), err)
		}
	}
}

// BenchmarkAnnotationsOn asks for the annotations on 30 passages, with one each.
func BenchmarkAnnotationsOn(b *testing.B) {
	s, version, asker := annotated(b)
	v := must[*index.Version](b)(s.Version(b.Context(), asker, version))
	var keys []PassageKey
	for _, p := range v.Passages()[:30] {
		keys = append(keys, PassageKey{version, p.Provision})
	}
	for b.Loop() {
		if _, err := s.AnnotationsOn(b.Context(), asker, keys); err != nil {
			b.Fatal(err)
		}
	}
}
