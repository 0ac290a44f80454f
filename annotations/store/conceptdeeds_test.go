package store

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// conceptsOf returns what an annotation is tagged with, whoever may read it.
func conceptsOf(t *testing.T, s *Store, id string) []string {
	t.Helper()
	return must[[]string](t)(list(t.Context(), s.reader, scanText, "SELECT concept FROM annotation_concepts WHERE annotation = ? ORDER BY position", id))
}

func TestMergeConcepts(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.", "Another rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna, ed := join(t, s, "Anna", annotations.Member), join(t, s, "Ed", annotations.Editor)
	ctx := t.Context()
	both := annotate(t, s, anna, v.ID, "One", NewAnnotation{Concepts: []string{"hate-speech", "evidence", "terrorist-content"}})
	public := annotate(t, s, ed, v.ID, "Another", NewAnnotation{Concepts: []string{"hate-speech"}, Visibility: annotations.Public})
	binned := annotate(t, s, anna, v.ID, "rule", NewAnnotation{Concepts: []string{"hate-speech"}})
	must[int64](t)(s.DeleteAnnotation(ctx, anna, binned.ID))
	deletion := lastOperation(t, s, anna)
	if _, err := s.SetExample(ctx, ed, "hate-speech", public.ID, true); err != nil {
		t.Fatal(err)
	}

	_, err := s.MergeConcepts(ctx, anna, "hate-speech", "terrorist-content")
	wantError(t, err, ErrForbidden)
	_, err = s.MergeConcepts(ctx, ed, "hate-speech", "hate-speech")
	wantError(t, err, ErrInvalid, "itself")
	done := must[Retagged](t)(s.MergeConcepts(ctx, ed, "hate-speech", "terrorist-content"))
	if done.Annotations != 1 || done.Documents != 1 {
		t.Errorf("the editor is told of %d annotations in %d documents", done.Annotations, done.Documents)
	}
	if o := lastOperation(t, s, ed); o.Count != 1 || o.What != "Merge “hate speech” into “terrorist content”" || o.ID != done.Operation {
		t.Errorf("the operation is %+v", o)
	}
	if diff := cmp.Diff([]string{"terrorist-content", "evidence"}, conceptsOf(t, s, both.ID)); diff != "" {
		t.Errorf("an annotation with both (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"hate speech"}, done.Concept.Aliases); diff != "" {
		t.Errorf("other names (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{public.ID}, done.Concept.Examples); diff != "" {
		t.Errorf("examples (-want +got):\n%s", diff)
	}
	_, err = s.Concept(ctx, anna, "hate-speech")
	wantError(t, err, ErrNotFound, "merged into “terrorist content”")
	late := annotate(t, s, anna, v.ID, "rule", NewAnnotation{Concepts: []string{"hate-speech"}})
	if diff := cmp.Diff([]string{"terrorist-content"}, late.Concepts); diff != "" {
		t.Errorf("tagged with what was merged (-want +got):\n%s", diff)
	}
	must[Reverted](t)(s.Undo(ctx, anna, deletion.ID))
	if diff := cmp.Diff([]string{"terrorist-content"}, conceptsOf(t, s, binned.ID)); diff != "" {
		t.Errorf("brought back after the merge (-want +got):\n%s", diff)
	}

	undone := must[Reverted](t)(s.Undo(ctx, ed, done.Operation))
	if diff := cmp.Diff([]string{public.ID}, undone.Changed); diff != "" {
		t.Errorf("the editor is told of (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(both.Concepts, conceptsOf(t, s, both.ID)); diff != "" {
		t.Errorf("after the undo (-want +got):\n%s", diff)
	}
	again := must[annotations.Concept](t)(s.Concept(ctx, ed, "hate-speech"))
	if len(again.Examples) != 1 || again.Used != 1 {
		t.Errorf("after the undo: %+v", again)
	}
	must[Reverted](t)(s.Redo(ctx, ed, done.Operation))
	if diff := cmp.Diff([]string{"terrorist-content", "evidence"}, conceptsOf(t, s, both.ID)); diff != "" {
		t.Errorf("done again (-want +got):\n%s", diff)
	}
}

func TestUndoOfTheCodebookIsRefused(t *testing.T) {
	s := open(t)
	anna, ed := join(t, s, "Anna", annotations.Member), join(t, s, "Ed", annotations.Editor)
	ctx := t.Context()
	edit := func(asker annotations.Asker, id, label string) string {
		t.Helper()
		k := must[annotations.Concept](t)(s.UpdateConcept(ctx, asker, id, ConceptEdit{Label: &label}))
		return must[string](t)(s.ConceptOperation(ctx, k))
	}
	first := edit(ed, "evidence", "proof")
	edit(ed, "evidence", "means of proof")
	_, err := s.Undo(ctx, ed, first)
	wantError(t, err, ErrConflict, "changed since")

	second := edit(ed, "encryption", "ciphers")
	must[annotations.Concept](t)(s.CreateConcept(ctx, anna, annotations.Concept{Label: "Encryption"}))
	_, err = s.Undo(ctx, ed, second)
	wantError(t, err, ErrConflict, "another concept")

	made := must[annotations.Concept](t)(s.CreateConcept(ctx, anna, annotations.Concept{Label: "tides"}))
	creation := must[string](t)(s.ConceptOperation(ctx, made))
	must[annotations.Concept](t)(s.CreateConcept(ctx, ed, annotations.Concept{Label: "spring tides", Broader: made.ID}))
	_, err = s.Undo(ctx, anna, creation)
	wantError(t, err, ErrConflict, "below")
	_, err = s.Undo(ctx, ed, creation)
	wantError(t, err, ErrNotFound)
}

func TestUndoneSplitKeepsWhatCameSince(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.", "Another rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna, ben := join(t, s, "Anna", annotations.Member), join(t, s, "Ben", annotations.Member)
	ctx := t.Context()
	own := annotate(t, s, anna, v.ID, "One", NewAnnotation{Concepts: []string{"evidence"}})
	others := annotate(t, s, ben, v.ID, "One", NewAnnotation{Concepts: []string{"evidence"}, Visibility: annotations.Public})
	_, err := s.SplitConcept(ctx, anna, "evidence", annotations.Concept{Label: "chain of custody"}, []string{own.ID, others.ID})
	wantError(t, err, ErrForbidden)
	done := must[Retagged](t)(s.SplitConcept(ctx, anna, "evidence", annotations.Concept{Label: "chain of custody"}, []string{own.ID}))
	if done.Concept.Status != annotations.Proposed || done.Concept.Broader != "procedural-powers" || done.Annotations != 1 {
		t.Errorf("split: %+v", done)
	}
	since := annotate(t, s, ben, v.ID, "Another", NewAnnotation{Concepts: []string{done.Concept.ID}})
	note := "since"
	must[annotations.Annotation](t)(s.UpdateAnnotation(ctx, anna, own.ID, AnnotationEdit{Note: &note}))
	undone := must[Reverted](t)(s.Undo(ctx, anna, done.Operation))
	if diff := cmp.Diff([]string{own.ID}, undone.Changed); diff != "" {
		t.Errorf("told of (-want +got):\n%s", diff)
	}
	for _, id := range []string{own.ID, others.ID, since.ID} {
		if diff := cmp.Diff([]string{"evidence"}, conceptsOf(t, s, id)); diff != "" {
			t.Errorf("after the undo (-want +got):\n%s", diff)
		}
	}
	if n := must[annotations.Annotation](t)(s.Annotation(ctx, anna, own.ID)); n.Note != note {
		t.Errorf("the undo has changed the note: %q", n.Note)
	}
}

func TestConceptHistory(t *testing.T) {
	s := open(t)
	ed := join(t, s, "Ed", annotations.Editor)
	ctx := t.Context()
	label, top := "proof", ""
	must[annotations.Concept](t)(s.UpdateConcept(ctx, ed, "evidence", ConceptEdit{Label: &label}))
	k := must[annotations.Concept](t)(s.UpdateConcept(ctx, ed, "evidence", ConceptEdit{Broader: &top}))
	must[Reverted](t)(s.Undo(ctx, ed, must[string](t)(s.ConceptOperation(ctx, k))))
	var told []string
	for _, e := range must[[]ConceptEvent](t)(s.ConceptHistory(ctx, annotations.Asker{}, "evidence")) {
		for _, c := range e.Changes {
			told = append(told, fmt.Sprintf("%d %s %s%v%v", e.Revision, e.Deed, c.Field, c.From, c.To))
		}
	}
	want := []string{"3 undo broader[][procedural-powers]", "2 change broader[procedural-powers][]", "1 change label[evidence][proof]"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A slowCodebook is the obvious model of a codebook and of what is tagged with
// it: an undo puts everything back to how it was.
type slowCodebook struct {
	tags    map[string][]string // by annotation
	labels  map[string]string
	broader map[string]string
}

func (m slowCodebook) clone() slowCodebook {
	c := slowCodebook{maps.Clone(m.tags), maps.Clone(m.labels), maps.Clone(m.broader)}
	for id, tags := range c.tags {
		c.tags[id] = slices.Clone(tags)
	}
	return c
}

func (m slowCodebook) replace(annotation, from, to string) {
	var tags []string
	for _, tag := range m.tags[annotation] {
		if tag == from {
			tag = to
		}
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	m.tags[annotation] = tags
}

func (m slowCodebook) isBelow(id, above string) bool {
	for ; id != ""; id = m.broader[id] {
		if id == above {
			return true
		}
	}
	return false
}

// TestConceptDeedsKeepTags holds random deeds of the codebook, and their undoing
// and redoing, against the model.
func TestConceptDeedsKeepTags(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { (&deeds{T: t, Rand: rand.New(rand.NewPCG(seed, 7))}).run() })
	}
}

type deeds struct {
	*testing.T
	*rand.Rand
	s            *Store
	ed, anna     annotations.Asker
	codebook     string
	version      string
	annotations  []string
	m            slowCodebook
	done, undone []struct {
		operation     string
		before, after slowCodebook
	}
	serial int
}

func (d *deeds) run() {
	d.s = open(d.T)
	v := articles("a", "en", "One rule.", "Another rule.")
	put(d.T, d.s, Taken, agreement("a", "Agreement"), v)
	d.version = v.ID
	d.ed, d.anna = join(d.T, d.s, "Ed", annotations.Editor), join(d.T, d.s, "Anna", annotations.Member)
	d.codebook = must[annotations.Codebook](d)(d.s.CreateCodebook(d.Context(), d.ed, "Random", "")).ID
	d.m = slowCodebook{map[string][]string{}, map[string]string{}, map[string]string{}}
	for range 6 {
		k := must[annotations.Concept](d)(d.s.CreateConcept(d.Context(), d.ed, annotations.Concept{Codebook: d.codebook, Label: d.name()}))
		d.m.labels[k.ID], d.m.broader[k.ID] = k.Label, ""
	}
	for range 8 {
		d.annotate()
	}
	for range 60 {
		mark := must[int64](d)(d.s.Mark(d.Context()))
		before := d.m.clone()
		d.step()
		d.check(before, mark)
	}
}

func (d *deeds) name() string {
	d.serial++
	return fmt.Sprint("concept ", d.serial)
}

func (d *deeds) one() string {
	return slices.Sorted(maps.Keys(d.m.labels))[d.IntN(len(d.m.labels))]
}

func (d *deeds) annotate() {
	var tags []string
	for range 1 + d.IntN(3) {
		if id := d.one(); !slices.Contains(tags, id) {
			tags = append(tags, id)
		}
	}
	asker := d.ed
	if d.IntN(2) == 0 {
		asker = d.anna
	}
	n := annotate(d.T, d.s, asker, d.version, "rule", NewAnnotation{Concepts: tags})
	d.annotations = append(d.annotations, n.ID)
	d.m.tags[n.ID] = tags
	d.done, d.undone = nil, nil // the model undoes all or nothing
}

// deed does something to the codebook and to the model, and remembers both.
func (d *deeds) deed(operation string, err error, change func(m slowCodebook)) {
	if err != nil {
		d.Fatal(err)
	}
	before := d.m.clone()
	change(d.m)
	d.done = append(d.done, struct {
		operation     string
		before, after slowCodebook
	}{operation, before, d.m.clone()})
	d.undone = nil
}

func (d *deeds) step() {
	ctx := d.Context()
	id, other := d.one(), d.one()
	switch kind := d.IntN(10); {
	case kind == 0:
		d.annotate()
	case kind == 1:
		label := d.name()
		k, err := d.s.UpdateConcept(ctx, d.ed, id, ConceptEdit{Label: &label})
		d.deed(must[string](d)(d.s.ConceptOperation(ctx, k)), err, func(m slowCodebook) { m.labels[id] = label })
	case kind == 2 && !d.m.isBelow(other, id):
		k, err := d.s.UpdateConcept(ctx, d.ed, id, ConceptEdit{Broader: &other})
		d.deed(must[string](d)(d.s.ConceptOperation(ctx, k)), err, func(m slowCodebook) { m.broader[id] = other })
	case kind <= 4 && id != other && len(d.m.labels) > 2:
		done, err := d.s.MergeConcepts(ctx, d.ed, id, other)
		d.deed(done.Operation, err, func(m slowCodebook) { m.merge(id, other) })
	case kind == 5:
		d.split(id)
	case kind <= 7 && len(d.done) > 0:
		last := d.done[len(d.done)-1]
		d.done, d.undone = d.done[:len(d.done)-1], append(d.undone, last)
		must[Reverted](d)(d.s.Undo(ctx, d.ed, last.operation))
		d.m = last.before.clone()
	case kind >= 8 && len(d.undone) > 0:
		last := d.undone[len(d.undone)-1]
		d.undone, d.done = d.undone[:len(d.undone)-1], append(d.done, last)
		must[Reverted](d)(d.s.Redo(ctx, d.ed, last.operation))
		d.m = last.after.clone()
	}
}

func (m slowCodebook) merge(from, into string) {
	for n := range m.tags {
		m.replace(n, from, into)
	}
	if m.isBelow(into, from) {
		m.broader[into] = m.broader[from]
	}
	for id, above := range m.broader {
		if above == from {
			m.broader[id] = into
		}
	}
	delete(m.labels, from)
	delete(m.broader, from)
}

func (d *deeds) split(id string) {
	var some []string
	for _, n := range d.annotations {
		readable, err := d.s.Annotation(d.Context(), d.ed, n)
		if err == nil && slices.Contains(readable.Concepts, id) && (len(some) == 0 || d.IntN(2) == 0) {
			some = append(some, n)
		}
	}
	if len(some) == 0 {
		return
	}
	done, err := d.s.SplitConcept(d.Context(), d.ed, id, annotations.Concept{Label: d.name()}, some)
	d.deed(done.Operation, err, func(m slowCodebook) {
		m.labels[done.Concept.ID], m.broader[done.Concept.ID] = done.Concept.Label, m.broader[id]
		for _, n := range some {
			m.replace(n, id, done.Concept.ID)
		}
	})
}

// check compares the store with the model: all tags, in any order, all labels
// and what is above what; and that each annotation whose tags have changed, or
// their labels, has a number after the mark.
func (d *deeds) check(before slowCodebook, mark int64) {
	labels, broader := map[string]string{}, map[string]string{}
	for _, k := range must[[]annotations.Concept](d)(d.s.AllConcepts(d.Context())) {
		if k.Codebook == d.codebook && k.Status != annotations.Gone {
			labels[k.ID], broader[k.ID] = k.Label, k.Broader
		}
	}
	if diff := cmp.Diff(d.m.labels, labels); diff != "" {
		d.Fatalf("labels (-model +store):\n%s", diff)
	}
	if diff := cmp.Diff(d.m.broader, broader); diff != "" {
		d.Fatalf("broader (-model +store):\n%s", diff)
	}
	said := func(m slowCodebook, id string) (all []string) {
		for _, tag := range m.tags[id] {
			all = append(all, m.labels[tag])
		}
		slices.Sort(all)
		return all
	}
	for _, id := range d.annotations {
		got, want := conceptsOf(d.T, d.s, id), slices.Clone(d.m.tags[id])
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			d.Fatalf("tags (-model +store):\n%s", diff)
		}
		if slices.Equal(said(before, id), said(d.m, id)) {
			continue
		}
		if ok := must[bool](d)(exists(d.Context(), d.s.reader, "SELECT 1 FROM changes WHERE annotation = ? AND number > ?", id, mark)); !ok {
			d.Fatalf("the tags of %s have changed and search does not hear of it", id)
		}
	}
}
