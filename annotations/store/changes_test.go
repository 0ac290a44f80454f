package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/annotations"
	"glossator/index"
)

// replica is what somebody knows who has applied changes up to a mark.
type replica struct {
	mark      int64
	documents map[string]index.Document
	passages  map[string]index.Passage
}

func newReplica() *replica {
	return &replica{documents: map[string]index.Document{}, passages: map[string]index.Passage{}}
}

// catchUp applies all changes, at most limit passages' worth at once. Of each
// batch of n it applies only the first stop(n) and begins again from there. It
// says what it has whole, and notes it, unless that is nil. It returns how many
// passages it was given.
func (r *replica) catchUp(t *testing.T, s *Store, whole map[string]int64, limit int, stop func(n int) int) (given int) {
	t.Helper()
	for {
		changes, err := s.Changes(t.Context(), r.mark, whole, limit)
		if err != nil {
			t.Fatal(err)
		}
		if len(changes) == 0 {
			break
		}
		sent, most := 0, 0
		for i, change := range changes {
			if change.Number <= r.mark {
				t.Fatalf("change %d comes after %d", change.Number, r.mark)
			}
			if i > 0 && change.Number <= changes[i-1].Number {
				t.Fatalf("change %d comes after %d", change.Number, changes[i-1].Number)
			}
			sent, most = sent+len(change.Passages), max(most, len(change.Passages))
		}
		if len(changes) > 1 && sent-most >= limit {
			t.Errorf("%d changes have %d passages, %d of them in one, with limit %d", len(changes), sent, most, limit)
		}
		for _, change := range changes[:stop(len(changes))] {
			r.apply(change)
			given += len(change.Passages)
			if whole != nil && change.Whole > 0 {
				whole[change.Document.ID] = change.Whole
			}
		}
	}
	if mark, err := s.Mark(t.Context()); err != nil || mark != r.mark {
		t.Errorf("caught up to %d; the mark is %d, %v", r.mark, mark, err)
	}
	return given
}

func (r *replica) apply(change index.Change) {
	for id, p := range r.passages {
		if slices.Contains(change.Drop, p.Version) {
			delete(r.passages, id)
		}
	}
	for _, p := range change.Passages {
		r.passages[p.ID()] = p
	}
	r.documents[change.Document.ID] = change.Document
	r.mark = change.Number
}

func never(n int) int { return n }

// expect builds what a replica must know from what everybody may read.
func expect(t *testing.T, s *Store, people []annotations.Asker) *replica {
	t.Helper()
	ctx, all := t.Context(), newReplica()
	labels, names := map[string]string{}, map[string]string{}
	for _, k := range must[[]annotations.Concept](t)(s.Concepts(ctx, annotations.Asker{}, "", 0)) {
		labels[k.ID] = k.Label
	}
	for _, u := range must[[]annotations.User](t)(s.Users(ctx)) {
		names[u.ID] = u.Name
	}
	for _, asker := range people {
		for _, g := range must[[]GroupName](t)(s.GroupNames(ctx, asker)) {
			names[g.ID] = g.Name
		}
	}
	page, _, err := s.Documents(ctx, annotations.Asker{}, DocumentFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range page {
		all.documents[d.ID] = d.Document
		for _, of := range must[DocumentDetail](t)(s.Document(ctx, annotations.Asker{}, d.ID)).Versions {
			v := must[*index.Version](t)(s.Version(ctx, annotations.Asker{}, of.ID))
			margin := map[string]Placed{}
			for _, asker := range people {
				for _, p := range must[[]Placed](t)(s.AnnotationsOf(ctx, asker, v.ID)) {
					margin[p.ID] = p
				}
			}
			passages := v.Passages()
			reached := map[string][]index.Span{}
			for id, p := range margin {
				if number(t, s, "SELECT absent FROM annotations WHERE id = ?", p.Root) == 0 {
					reached[id] = reach(p.Placement, passages)
				}
			}
			for _, p := range passages {
				p.Superseded = !of.Current
				p.Annotations = sumOf(p.Span, margin, reached, labels, names)
				p.Changed = max(number(t, s, "SELECT number FROM documents WHERE id = ?", p.Document),
					number(t, s, "SELECT number FROM versions WHERE id = ?", p.Version))
				for i, sum := range p.Annotations {
					p.Annotations[i].Changed = lastTouched(t, s, p.ID(), sum.Audience)
				}
				all.passages[p.ID()] = p
			}
		}
	}
	all.mark = must[int64](t)(s.Mark(ctx))
	return all
}

func number(t *testing.T, s *Store, query string, args ...any) (n int64) {
	t.Helper()
	if err := s.reader.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// lastTouched returns the last number that touched an annotation on a passage.
func lastTouched(t *testing.T, s *Store, passage, audience string) int64 {
	t.Helper()
	return number(t, s, `
		SELECT MAX(number) FROM changes WHERE annotation IN (
			SELECT id FROM reaches JOIN annotations ON root = annotation
			WHERE reaches.version || '/' || reaches.passage = ? AND audience = ? AND deleted = 0)`, passage, audience)
}

// reach returns where a placement is found: on its stretches or, where one is in
// no passage, on the passage that follows; on the first if it has none.
func reach(p annotations.Placement, passages []index.Passage) []index.Span {
	if p.State == annotations.Lost {
		return nil
	}
	stretches := p.Stretches()
	if len(stretches) == 0 {
		return []index.Span{passages[0].Span}
	}
	spans := make([]index.Span, len(stretches))
	for i, at := range stretches {
		spans[i] = offHeading(index.Span{Start: at.Start, End: at.End}, passages)
	}
	return spans
}

// offHeading puts a stretch that is in no passage on the one that follows.
func offHeading(at index.Span, passages []index.Passage) index.Span {
	follows := passages[len(passages)-1].Span
	for _, passage := range slices.Backward(passages) {
		if at.Start < passage.End && passage.Start < at.End {
			return at
		}
		if at.Start < passage.End {
			follows = passage.Span
		}
	}
	return follows
}

func sumOf(s index.Span, margin map[string]Placed, reached map[string][]index.Span, labels, names map[string]string) []index.Annotations {
	var on []Placed
	for id, p := range margin {
		if slices.ContainsFunc(reached[id], func(at index.Span) bool { return at.Start < s.End && s.Start < at.End }) {
			on = append(on, p)
		}
	}
	slices.SortFunc(on, func(a, b Placed) int { return cmp.Or(cmp.Compare(a.Created, b.Created), cmp.Compare(a.ID, b.ID)) })
	byAudience := map[string]*index.Annotations{}
	for _, p := range on {
		sum := byAudience[p.Audience()]
		if sum == nil {
			sum = &index.Annotations{Audience: p.Audience(), Group: names[p.Group]}
			byAudience[p.Audience()] = sum
		}
		sum.Replies = sum.Replies || p.ReplyTo != ""
		if day := time.UnixMilli(p.Created).UTC(); len(p.Concepts) > 0 {
			sum.Tagged = []int{day.Year()*10000 + int(day.Month())*100 + day.Day()} // all are of one day
		}
		for _, id := range p.Concepts {
			if !slices.Contains(sum.Concepts, labels[id]) {
				sum.Concepts = append(sum.Concepts, labels[id])
			}
		}
		if p.Note != "" {
			sum.Notes = append(sum.Notes, p.Note)
		}
		if !slices.Contains(sum.By, names[p.Creator]) {
			sum.By = append(sum.By, names[p.Creator])
		}
	}
	var all []index.Annotations
	for _, sum := range byAudience {
		slices.Sort(sum.Concepts)
		slices.Sort(sum.By)
		all = append(all, *sum)
	}
	slices.SortFunc(all, func(a, b index.Annotations) int { return cmp.Compare(a.Audience, b.Audience) })
	return all
}

func same(t *testing.T, name string, want, got *replica) {
	t.Helper()
	if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(replica{}), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", name, diff)
	}
}

// A world makes random writes.
type world struct {
	*testing.T
	*Store
	*rand.Rand
	people []annotations.Asker
	made   []annotations.Annotation // as they are now
	gone   map[string]bool          // ids of those that are deleted
	serial int
}

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{T: t, Store: open(t), Rand: rand.New(rand.NewPCG(seed, 1)), gone: map[string]bool{}}
	for i, role := range []string{annotations.Member, annotations.Editor, annotations.Administrator, annotations.Member} {
		w.people = append(w.people, join(t, w.Store, fmt.Sprint("person ", i), role))
	}
	w.group("Harbours", 0, map[int]string{1: annotations.GroupEditor, 3: annotations.GroupReader})
	w.group("Lighthouses", 3, map[int]string{0: annotations.GroupAnnotator})
	return w
}

// group makes a group, by numbers of people.
func (w *world) group(name string, owner int, roles map[int]string) {
	g := must[GroupSummary](w)(w.CreateGroup(w.Context(), w.people[owner], name, ""))
	for i, role := range roles {
		_, token, err := w.Invite(w.Context(), w.people[owner], g.ID, role, 1, 0)
		if err != nil {
			w.Fatal(err)
		}
		must[GroupSummary](w)(w.Join(w.Context(), w.people[i], token))
	}
	w.askAgain()
}

// askAgain gives everybody the groups that they are in now.
func (w *world) askAgain() {
	for i, asker := range w.people {
		w.people[i] = must[annotations.Asker](w)(w.AskerOf(w.Context(), annotations.User{ID: asker.User, Role: asker.Role}))
	}
}

// audience returns for whom somebody writes.
func (w *world) audience(asker annotations.Asker) (visibility, group string) {
	for id := range asker.Groups {
		if asker.MayAddTo(id) && w.IntN(2) == 0 {
			return annotations.Group, id
		}
	}
	return []string{annotations.Private, annotations.Public}[w.IntN(2)], ""
}

var vocabulary = strings.Fields(`each party shall adopt measures to protect information security of data
	in systems and moral or xenophobic content against states that attack`)

func (w *world) text() []string {
	lines := make([]string, 1+w.IntN(6))
	for i := range lines {
		words := make([]string, 4+w.IntN(10))
		for k := range words {
			words[k] = vocabulary[w.IntN(len(vocabulary))]
		}
		lines[i] = strings.Join(words, " ") + "."
	}
	return lines
}

func (w *world) step() {
	ctx := w.Context()
	switch w.IntN(8) {
	case 7:
		w.revert()
	case 0, 1:
		w.putDocument()
	case 2, 3, 4:
		w.annotate()
	case 5:
		w.edit()
	case 6:
		w.serial++
		label := fmt.Sprint("sovereignty ", w.serial)
		if _, err := w.UpdateConcept(ctx, w.people[1], "sovereignty", ConceptEdit{Label: &label}); err != nil {
			w.Fatal(err)
		}
	}
}

func (w *world) putDocument() {
	id := fmt.Sprint("doc", w.IntN(4))
	d := agreement(id, fmt.Sprint("Agreement ", w.IntN(3)))
	var vs []index.Version
	for _, language := range []string{"en", "fr"}[:w.IntN(3)] {
		vs = append(vs, articles(id, language, w.text()...))
	}
	if _, err := w.PutDocument(w.Context(), d, vs); err != nil {
		w.Fatal(err)
	}
}

// annotate annotates a random stretch of a random version, perhaps an old one.
func (w *world) annotate() {
	asker := w.people[w.IntN(len(w.people))]
	d, err := w.Document(w.Context(), asker, fmt.Sprint("doc", w.IntN(4)))
	if err != nil || len(d.Versions) == 0 {
		return
	}
	of := d.Versions[w.IntN(len(d.Versions))]
	n := NewAnnotation{Version: of.ID, Targets: w.stretches(of.Length)}
	n.Visibility, n.Group = w.audience(asker)
	if len(w.made) > 0 && w.IntN(4) == 0 {
		n = NewAnnotation{ReplyTo: w.made[w.IntN(len(w.made))].ID}
	}
	if w.IntN(2) == 0 {
		n.Concepts = []string{"sovereignty", "evidence"}[:1+w.IntN(2)]
	}
	if w.IntN(2) == 0 || len(n.Concepts) == 0 {
		n.Note = fmt.Sprint("note ", w.IntN(100))
	}
	n.Absent = n.ReplyTo == "" && len(n.Targets) == 0 && len(n.Concepts) > 0 && w.IntN(2) == 0
	made, err := w.CreateAnnotation(w.Context(), asker, n)
	if n.ReplyTo != "" && (errors.Is(err, ErrNotFound) || errors.Is(err, ErrForbidden)) {
		return
	}
	if err != nil {
		w.Fatal(err)
	}
	w.made = append(w.made, made)
}

// stretches returns none, one or two stretches of a text of some length.
func (w *world) stretches(length int) []annotations.Target {
	start := w.IntN(length - 8)
	end := start + 2 + w.IntN(min(60, length-start-2))
	switch w.IntN(6) {
	case 0:
		return nil
	case 1, 2:
		if end+3 < length {
			return []annotations.Target{{Start: length - 2, End: length}, {Start: start, End: end}}
		}
	}
	return []annotations.Target{{Start: start, End: end}}
}

// edit deletes, restores or changes a random annotation as its creator.
func (w *world) edit() {
	if len(w.made) == 0 {
		return
	}
	n := w.made[w.IntN(len(w.made))]
	at := slices.IndexFunc(w.people, func(a annotations.Asker) bool { return a.User == n.Creator })
	ctx, asker := w.Context(), w.people[at]
	var err error
	switch {
	case w.gone[n.ID]:
		_, err = w.RestoreAnnotation(ctx, asker, n.ID)
	case w.IntN(3) == 0:
		_, err = w.DeleteAnnotation(ctx, asker, n.ID)
	default:
		visibility, group := w.audience(asker)
		note := fmt.Sprint("note ", w.IntN(100))
		edit := AnnotationEdit{Note: &note, Visibility: &visibility, Group: &group}
		if v := must[*index.Version](w)(w.Version(ctx, asker, n.Version)); n.ReplyTo == "" && !n.Absent {
			targets := w.stretches(len([]rune(v.Text)))
			edit.Targets = &targets
		}
		_, err = w.UpdateAnnotation(ctx, asker, n.ID, edit)
		if n.ReplyTo != "" && (errors.Is(err, ErrInvalid) || errors.Is(err, ErrNotFound)) || errors.Is(err, ErrConflict) {
			err = nil // its visibility is that of what it answers; others have replied
		}
	}
	if err != nil {
		w.Fatal(err)
	}
	w.look()
}

// revert undoes or redoes something that somebody did.
func (w *world) revert() {
	ctx, asker := w.Context(), w.people[w.IntN(len(w.people))]
	done := must[[]Operation](w)(w.Operations(ctx, asker, 10))
	if len(done) == 0 {
		return
	}
	o := done[w.IntN(len(done))]
	var err error
	if o.Undone == 0 {
		_, err = w.Undo(ctx, asker, o.ID)
	} else {
		_, err = w.Redo(ctx, asker, o.ID)
	}
	if err != nil && !errors.Is(err, ErrConflict) {
		w.Fatal(err)
	}
	w.look()
}

// look reads what was made as its creators see it.
func (w *world) look() {
	for i, n := range w.made {
		at := slices.IndexFunc(w.people, func(a annotations.Asker) bool { return a.User == n.Creator })
		found, err := w.Annotation(w.Context(), w.people[at], n.ID)
		if w.gone[n.ID] = errors.Is(err, ErrNotFound); err == nil {
			w.made[i] = found
		}
	}
}

func TestChangesGiveWhatIsThere(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newWorld(t, seed)
			follower, whole := newReplica(), map[string]int64{}
			for step := range 60 {
				w.step()
				if w.IntN(4) == 0 {
					follower.catchUp(t, w.Store, whole, 1+w.IntN(20), func(n int) int { return 1 + w.IntN(n) })
					same(t, fmt.Sprint("a follower after step ", step), expect(t, w.Store, w.people), follower)
				}
			}
			want := expect(t, w.Store, w.people)
			for _, limit := range []int{1, 3, 10, 1 << 20} {
				for _, whole := range []map[string]int64{nil, {}} {
					from0 := newReplica()
					from0.catchUp(t, w.Store, whole, limit, never)
					same(t, fmt.Sprint("from 0 with limit ", limit, ", knowing what it has: ", whole != nil), want, from0)
				}
			}
			must[Checked](t)(w.Check(t.Context(), func(problem string) { t.Error(problem) }))
		})
	}
}

func TestChangesFold(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "First.", "Second.", "Third.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	put(t, s, Taken, agreement("b", "Book"), articles("b", "en", "Text."))
	anna := join(t, s, "Anna", annotations.Member)
	for range 3 {
		annotate(t, s, anna, v.ID, "Second", NewAnnotation{Note: "note"})
	}
	for _, test := range []struct {
		after int64
		limit int
		want  string
	}{
		{0, 100, "1 a 3, 5 b 1"},
		{0, 1, "1 a 3"},
		{0, 3, "1 a 3"},
		{0, 4, "1 a 3, 2 b 1"},
		{1, 100, "2 b 1, 5 a 1"},
		{2, 100, "5 a 1"},
		{4, 1, "5 a 1"},
		{5, 100, ""},
	} {
		var got []string
		for _, change := range must[[]index.Change](t)(s.Changes(t.Context(), test.after, nil, test.limit)) {
			got = append(got, fmt.Sprint(change.Number, " ", change.Document.ID, " ", len(change.Passages)))
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("after %d, limit %d: %s; want %s", test.after, test.limit, got, test.want)
		}
	}
}

func TestChangesSupersede(t *testing.T) {
	s := open(t)
	d := agreement("a", "Agreement")
	first, french, second := articles("a", "en", "First."), articles("a", "fr", "Premier."), articles("a", "en", "Second.")
	put(t, s, Taken, d, first, french)
	put(t, s, Added, d, second)
	changes := must[[]index.Change](t)(s.Changes(t.Context(), 0, nil, 100))
	superseded := map[string]bool{}
	for _, change := range changes {
		for _, p := range change.Passages {
			superseded[p.Version] = p.Superseded
		}
	}
	if diff := gocmp.Diff(map[string]bool{first.ID: true, french.ID: false, second.ID: false}, superseded); diff != "" {
		t.Errorf("superseded (-want +got):\n%s", diff)
	}
}

// TestChangesOfManyAnnotations fills a replica from a store in which each passage
// has many annotations: from the beginning, and from behind the texts, each
// passage comes about once and not once for each annotation.
func TestChangesOfManyAnnotations(t *testing.T) {
	s := open(t)
	anna := join(t, s, "Anna", annotations.Member)
	lines := make([]string, 40)
	for i := range lines {
		lines[i] = fmt.Sprint("Word", i, " stands here.")
	}
	a, b := articles("a", "en", lines...), articles("b", "en", lines...)
	put(t, s, Taken, agreement("a", "Agreement"), a)
	put(t, s, Taken, agreement("b", "Book"), b)
	for i := range 2 * rowsAtOnce {
		of := []index.Version{a, b}[i%2]
		annotate(t, s, anna, of.ID, fmt.Sprint("Word", i*7%len(lines), " "), NewAnnotation{Note: fmt.Sprint("note ", i)})
	}
	want := expect(t, s, []annotations.Asker{anna})
	from0 := newReplica()
	if given := from0.catchUp(t, s, map[string]int64{}, 50, never); given != 2*len(lines) {
		t.Errorf("given %d passages to fill an empty replica, want each of %d once", given, 2*len(lines))
	}
	same(t, "from 0", want, from0)
	later := newReplica()
	for _, change := range must[[]index.Change](t)(s.Changes(t.Context(), 0, nil, 2*len(lines))) {
		later.apply(change)
	}
	if later.mark != 2 {
		t.Fatalf("the texts come with the changes up to %d, want 2", later.mark)
	}
	if given := later.catchUp(t, s, map[string]int64{}, 50, never); given != 2*len(lines) {
		t.Errorf("given %d passages to go on, want each of %d once", given, 2*len(lines))
	}
	same(t, "from behind the texts", want, later)
}

func TestChangesOfManyRows(t *testing.T) {
	s := open(t)
	err := s.write(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		for i := range 2*rowsAtOnce + 3 {
			d := agreement(fmt.Sprint("d", i), "Agreement")
			if _, err := s.putDocument(ctx, tx, d, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r := newReplica()
	r.catchUp(t, s, nil, 100, never)
	same(t, "many documents", expect(t, s, nil), r)
}
