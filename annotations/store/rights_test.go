package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/index"
)

// rule says who may read an annotation, in the words of the product: it is
// there, and it is public, the asker's own and private, or of one of their
// groups.
func (w *world) rule(asker annotations.Asker, n annotations.Annotation) bool {
	return !w.gone[n.ID] && foreseen(asker, n)
}

func foreseen(asker annotations.Asker, n annotations.Annotation) bool {
	switch n.Visibility {
	case "public":
		return true
	case "private":
		return n.Creator == asker.User
	}
	return asker.Groups[n.Group] != ""
}

// allowed returns the ids of the annotations that the rule lets the asker read
// and that meet a condition, sorted.
func (w *world) allowed(asker annotations.Asker, condition func(annotations.Annotation) bool) []string {
	ids := []string{}
	for _, n := range w.made {
		if w.rule(asker, n) && condition(n) {
			ids = append(ids, n.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

func (w *world) check(name string, want, got []string) {
	w.Helper()
	slices.Sort(got)
	if diff := cmp.Diff(want, append([]string{}, slices.Compact(got)...)); diff != "" {
		w.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestEveryReadKeepsTheRule(t *testing.T) {
	for seed := range uint64(3) {
		w := newWorld(t, 100+seed)
		for range 80 {
			w.step()
		}
		if len(w.made) < 10 {
			t.Fatalf("only %d annotations were made", len(w.made))
		}
		for _, asker := range append(w.people, annotations.Asker{}) {
			w.readAll(asker)
			w.writeAll(asker)
		}
		public := w.allowed(annotations.Asker{}, func(annotations.Annotation) bool { return true })
		if got := must[Counts](t)(w.Counts(t.Context())); got.Annotations != len(public) {
			t.Errorf("%d annotations counted; %d are public", got.Annotations, len(public))
		}
	}
}

// readAll compares every read of annotations with the rule.
func (w *world) readAll(asker annotations.Asker) {
	ctx, any := w.Context(), func(annotations.Annotation) bool { return true }
	var single, all []string
	for _, n := range w.made {
		switch got, err := w.Annotation(ctx, asker, n.ID); {
		case err == nil:
			single = append(single, got.ID)
			if diff := cmp.Diff(n, got); diff != "" {
				w.Errorf("annotation (-want +got):\n%s", diff)
			}
		case !errors.Is(err, ErrNotFound):
			w.Error(err)
		}
	}
	for n, err := range w.Annotations(ctx, asker, AnnotationFilter{}) {
		if err != nil {
			w.Fatal(err)
		}
		all = append(all, n.ID)
	}
	w.check("Annotation", w.allowed(asker, any), single)
	w.check("Annotations", w.allowed(asker, any), all)
	for _, k := range must[[]annotations.Concept](w)(w.Concepts(ctx, asker, "", 0)) {
		tagged := w.allowed(asker, func(n annotations.Annotation) bool { return slices.Contains(n.Concepts, k.ID) && !n.Absent })
		if k.Used != len(tagged) {
			w.Errorf("%s is used %d times; want %d", k.Label, k.Used, len(tagged))
		}
	}
	page, _, err := w.Documents(ctx, asker, DocumentFilter{})
	if err != nil {
		w.Fatal(err)
	}
	for _, d := range page {
		w.readDocument(asker, d)
	}
}

func (w *world) readDocument(asker annotations.Asker, d DocumentSummary) {
	ctx := w.Context()
	on := w.allowed(asker, func(n annotations.Annotation) bool { return n.Document == d.ID })
	detail := must[DocumentDetail](w)(w.Document(ctx, asker, d.ID))
	found := must[map[string]DocumentSummary](w)(w.DocumentsByID(ctx, asker, []string{d.ID, "none"}))
	for _, got := range []int{d.Annotations, detail.Annotations, found[d.ID].Annotations} {
		if got != len(on) {
			w.Errorf("%s has %d annotations; want %d", d.ID, got, len(on))
		}
	}
	var margins, passages, numbered []string
	for _, of := range detail.Versions {
		v := must[*index.Version](w)(w.Version(ctx, asker, of.ID))
		for _, p := range must[[]Placed](w)(w.AnnotationsOf(ctx, asker, v.ID)) {
			margins = append(margins, p.ID)
		}
		var keys []PassageKey
		for _, p := range v.Passages() {
			keys = append(keys, PassageKey{v.ID, p.Provision})
		}
		numbers := must[map[PassageKey]Numbers](w)(w.Numbers(ctx, asker, keys, 1<<40))
		briefs := must[map[PassageKey][]Brief](w)(w.BriefsOn(ctx, asker, map[string][]PassageKey{d.ID: keys}))
		whole := must[map[PassageKey][]annotations.Annotation](w)(w.AnnotationsOn(ctx, asker, keys))
		for key, list := range must[map[PassageKey][]Placed](w)(w.PlacedOn(ctx, asker, keys)) {
			var bare []annotations.Annotation
			for _, p := range list {
				if bare = append(bare, p.Annotation); p.Placement.Version != v.ID {
					w.Errorf("%s stands in %s; want in %s", p.ID, p.Placement.Version, v.ID)
				}
			}
			if diff := cmp.Diff(whole[key], bare); diff != "" {
				w.Errorf("with its place (-want +got):\n%s", diff)
			}
		}
		if len(briefs) != len(whole) {
			w.Errorf("%d passages have annotations in brief, %d in whole", len(briefs), len(whole))
		}
		for key, list := range whole {
			last := int64(0)
			for i, n := range list {
				if diff := cmp.Diff(Brief{n.ID, n.Creator, n.Note, n.Absent, n.Concepts}, briefs[key][i]); diff != "" {
					w.Errorf("in brief (-want +got):\n%s", diff)
				}
				passages = append(passages, n.ID)
				last = max(last, n.Number)
			}
			if numbers[key].Annotations < last {
				w.Errorf("%v has the number %d; an annotation on it %d", key, numbers[key].Annotations, last)
			}
		}
		for key, n := range numbers {
			for _, made := range w.made {
				if made.Number == n.Annotations && !foreseen(asker, made) {
					numbered = append(numbered, fmt.Sprint(key))
				}
			}
		}
	}
	w.check("AnnotationsOf", on, margins)
	w.check("Numbers of the annotations of others", []string{}, numbered)
	for _, id := range passages {
		if !slices.Contains(on, id) {
			w.Errorf("AnnotationsOn shows %s", id)
		}
	}
}

// writeAll tries to change what the asker may not.
func (w *world) writeAll(asker annotations.Asker) {
	ctx, note := w.Context(), "not mine"
	for _, n := range w.made {
		edits := n.Visibility == annotations.Group && (asker.Groups[n.Group] == "editor" || asker.Groups[n.Group] == "owner")
		if n.Creator == asker.User || asker.Role == annotations.Administrator && n.Visibility == annotations.Public || edits {
			continue
		}
		want := ErrNotFound
		if w.rule(asker, n) {
			want = ErrForbidden
		}
		_, err := w.UpdateAnnotation(ctx, asker, n.ID, AnnotationEdit{Note: &note})
		wantError(w, err, want)
		_, err = w.DeleteAnnotation(ctx, asker, n.ID)
		wantError(w, err, want)
		if w.gone[n.ID] {
			_, err = w.RestoreAnnotation(ctx, asker, n.ID)
			wantError(w, err, ErrNotFound)
		}
	}
}
