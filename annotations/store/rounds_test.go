package store

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	measure "glossator/annotations/agreement"
	"glossator/index"
)

// A coding is a round of two coders, Anna and Bert, on one document of four
// articles, led by Lea.
type coding struct {
	*testing.T
	*Store
	lea, anna, bert, carl annotations.Asker
	version               index.Version
	round                 annotations.Round
}

func newCoding(t *testing.T) *coding {
	c := &coding{T: t, Store: open(t)}
	c.lea, c.anna = join(t, c.Store, "Lea", annotations.Member), join(t, c.Store, "Anna", annotations.Member)
	c.bert, c.carl = join(t, c.Store, "Bert", annotations.Member), join(t, c.Store, "Carl", annotations.Administrator)
	c.version = articles("a", "en", "Ships keep a log.", "Harbours keep a watch.", "Keepers swear an oath.", "Lamps burn all night.")
	put(t, c.Store, Taken, agreement("a", "Agreement"), c.version)
	c.version = *must[*index.Version](t)(c.Version(t.Context(), c.lea, c.onlyVersion()))
	c.round = c.open(NewRound{Assignments: []NewAssignment{{Document: "a", Coders: []string{"anna", "Bert"}}}, Visibility: annotations.Public})
	return c
}

func (c *coding) onlyVersion() string {
	return must[DocumentDetail](c)(c.Document(c.Context(), c.lea, "a")).Versions[0].ID
}

func (c *coding) open(wanted NewRound) annotations.Round {
	wanted.Name, wanted.Concepts = "First round", []string{"sovereignty", "evidence"}
	return must[annotations.Round](c)(c.CreateRound(c.Context(), c.lea, wanted))
}

// tag tags words in the round.
func (c *coding) tag(asker annotations.Asker, words string, concepts ...string) annotations.Annotation {
	c.Helper()
	start, end := find(c, c.version.Text, words)
	return must[annotations.Annotation](c)(c.CreateAnnotation(c.Context(), asker, NewAnnotation{
		Version: c.version.ID, Targets: []annotations.Target{{Start: start, End: end}}, Concepts: concepts, Round: c.round.ID,
	}))
}

func (c *coding) finish(askers ...annotations.Asker) {
	c.Helper()
	for _, asker := range askers {
		must[annotations.Round](c)(c.FinishDocument(c.Context(), asker, c.round.ID, "a", true))
	}
}

func (c *coding) turn(closed bool) error {
	_, err := c.UpdateRound(c.Context(), c.lea, c.round.ID, RoundEdit{Closed: &closed})
	return err
}

func (c *coding) close() {
	c.Helper()
	if err := c.turn(true); err != nil {
		c.Fatal(err)
	}
}

func TestCreateRoundRefuses(t *testing.T) {
	c := newCoding(t)
	good := NewRound{Name: "Second", Concepts: []string{"evidence"}, Assignments: []NewAssignment{{Document: "a", Coders: []string{"Anna"}}}}
	for _, test := range []struct {
		name  string
		asker annotations.Asker
		edit  func(*NewRound)
		kind  error
		words string
	}{
		{"a stranger", annotations.Asker{}, func(*NewRound) {}, ErrForbidden, "Sign in"},
		{"no name", c.lea, func(r *NewRound) { r.Name = "  " }, ErrInvalid, "name"},
		{"no concept", c.lea, func(r *NewRound) { r.Concepts = nil }, ErrInvalid, "concepts"},
		{"no such concept", c.lea, func(r *NewRound) { r.Concepts = []string{"x"} }, ErrInvalid, `"x"`},
		{"nobody", c.lea, func(r *NewRound) { r.Assignments[0].Coders = nil }, ErrInvalid, "people"},
		{"no such person", c.lea, func(r *NewRound) { r.Assignments[0].Coders = []string{"Zoe"} }, ErrInvalid, "Zoe"},
		{"no such document", c.lea, func(r *NewRound) { r.Assignments[0].Document = "z" }, ErrInvalid, `"z"`},
		{"a version of another document", c.lea, func(r *NewRound) { r.Assignments[0].Version = "z" }, ErrInvalid, `"a"`},
		{"no such adjudicator", c.lea, func(r *NewRound) { r.Adjudicator = "Zoe" }, ErrInvalid, "Zoe"},
		{"a group of others", c.lea, func(r *NewRound) { r.Visibility, r.Group = annotations.Group, "g" }, ErrInvalid, "group"},
		{"no such visibility", c.lea, func(r *NewRound) { r.Visibility = "secret" }, ErrInvalid, "secret"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := good
			r.Assignments = slices.Clone(good.Assignments)
			test.edit(&r)
			_, err := c.CreateRound(t.Context(), test.asker, r)
			wantError(t, err, test.kind, test.words)
		})
	}
	if rounds := must[[]annotations.Round](t)(c.Rounds(t.Context(), c.lea)); len(rounds) != 1 {
		t.Errorf("%d rounds are left of what was refused", len(rounds)-1)
	}
}

func TestWhoSeesARound(t *testing.T) {
	c := newCoding(t)
	ctx := t.Context()
	c.finish(c.bert)
	for _, test := range []struct {
		name  string
		asker annotations.Asker
		seen  int // assignments; -1 for none of it
	}{{"who leads it", c.lea, 2}, {"a coder", c.anna, 1}, {"an administrator", c.carl, -1}, {"a stranger", annotations.Asker{}, -1}} {
		rounds := must[[]annotations.Round](t)(c.Rounds(ctx, test.asker))
		r, err := c.Round(ctx, test.asker, c.round.ID)
		if test.seen < 0 {
			wantError(t, err, ErrNotFound)
			if len(rounds) != 0 {
				t.Errorf("%s sees %d rounds", test.name, len(rounds))
			}
			_, err = c.Agreement(ctx, test.asker, c.round.ID)
			wantError(t, err, ErrNotFound)
			continue
		}
		if err != nil || len(r.Assignments) != test.seen {
			t.Errorf("%s sees %d assignments, %v; want %d", test.name, len(r.Assignments), err, test.seen)
		}
		if diff := cmp.Diff([]annotations.Round{r}, rounds); diff != "" {
			t.Errorf("%s lists: %s", test.name, diff)
		}
		_, err = c.Agreement(ctx, test.asker, c.round.ID)
		wantError(t, err, ErrConflict, "open")
		_, err = c.Comparisons(ctx, test.asker, c.round.ID, true)
		wantError(t, err, ErrConflict, "open")
	}
	wantError(t, c.DeleteRound(ctx, c.anna, c.round.ID), ErrForbidden)
	_, err := c.UpdateRound(ctx, c.anna, c.round.ID, RoundEdit{})
	wantError(t, err, ErrForbidden)
	if err := c.DeleteRound(ctx, c.lea, c.round.ID); err != nil {
		t.Error(err)
	}
}

func TestMergersLeaveClosedRounds(t *testing.T) {
	c := newCoding(t)
	ctx := t.Context()
	c.tag(c.anna, "keep a log", "evidence")
	rounds := func(asker annotations.Asker) CodedRounds {
		return must[CodedRounds](t)(c.RoundsWith(ctx, asker, "evidence"))
	}
	offered := func() int { return must[ConceptUses](t)(c.ConceptUses(ctx, c.anna, "evidence", true, 0, 10)).Total }
	if rounds(c.lea).Any() || offered() != 1 {
		t.Errorf("open: %v stand in the way, %d can be split off", rounds(c.lea), offered())
	}
	c.finish(c.anna, c.bert)
	c.close()
	figures := must[RoundFigures](t)(c.Agreement(ctx, c.lea, c.round.ID))
	for _, test := range []struct {
		asker annotations.Asker
		want  CodedRounds
	}{
		{c.lea, CodedRounds{Known: []CodedRound{{c.round.ID, "First round"}}}},
		{c.carl, CodedRounds{Others: true}},
	} {
		if diff := cmp.Diff(test.want, rounds(test.asker)); diff != "" {
			t.Errorf("closed, for %s (-want +got):\n%s", test.asker.User, diff)
		}
	}
	if offered() != 0 {
		t.Errorf("closed: %d can be split off", offered())
	}
	_, err := c.MergeConcepts(ctx, c.carl, "evidence", "sovereignty")
	wantError(t, err, ErrConflict, "in a coding round that is closed", "Deprecate it")
	if diff := cmp.Diff(figures, must[RoundFigures](t)(c.Agreement(ctx, c.lea, c.round.ID))); diff != "" {
		t.Error(diff)
	}
	must[Retagged](t)(c.MergeConcepts(ctx, c.carl, "due-diligence", "evidence"))
	if err := c.turn(false); err != nil {
		t.Fatal(err)
	}
	must[Retagged](t)(c.MergeConcepts(ctx, c.carl, "evidence", "sovereignty"))
}

func TestWhatIsMadeInARound(t *testing.T) {
	c := newCoding(t)
	ctx, public := t.Context(), annotations.Public
	n := c.tag(c.anna, "keep a log", "evidence")
	if n.Round != c.round.ID || n.Visibility != annotations.Private {
		t.Errorf("made %+v", n)
	}
	again := NewAnnotation{Version: n.Version, Targets: []annotations.Target{n.Target}, Concepts: n.Concepts, Round: c.round.ID}
	_, err := c.CreateAnnotation(ctx, c.lea, again)
	wantError(t, err, ErrForbidden, "not yours")
	_, err = c.CreateAnnotation(ctx, c.carl, again)
	wantError(t, err, ErrNotFound)
	again.Visibility = public
	_, err = c.CreateAnnotation(ctx, c.anna, again)
	wantError(t, err, ErrInvalid, "First round")
	_, err = c.UpdateAnnotation(ctx, c.anna, n.ID, AnnotationEdit{Visibility: &public})
	wantError(t, err, ErrInvalid, "First round")
	wantError(t, c.DeleteRound(ctx, c.lea, c.round.ID), ErrConflict, "begun")

	_, err = c.Annotation(ctx, c.bert, n.ID)
	wantError(t, err, ErrNotFound)
	c.close()
	seen := must[annotations.Annotation](t)(c.Annotation(ctx, annotations.Asker{}, n.ID))
	want := n
	want.Visibility, want.Number = public, seen.Number
	if diff := cmp.Diff(want, seen); diff != "" || seen.Number <= n.Number {
		t.Errorf("closed (-want +got):\n%s", diff)
	}
	note := "too late"
	_, err = c.UpdateAnnotation(ctx, c.anna, n.ID, AnnotationEdit{Note: &note})
	wantError(t, err, ErrConflict, "closed")
	_, err = c.DeleteAnnotation(ctx, c.carl, n.ID)
	wantError(t, err, ErrConflict, "closed")
	again.Visibility = ""
	_, err = c.CreateAnnotation(ctx, c.anna, again)
	wantError(t, err, ErrConflict, "closed")
	_, err = c.FinishDocument(ctx, c.anna, c.round.ID, "a", true)
	wantError(t, err, ErrConflict, "closed")

	if err := c.turn(false); err != nil {
		t.Fatal(err)
	}
	_, err = c.Annotation(ctx, c.bert, n.ID)
	wantError(t, err, ErrNotFound)
	if r := must[annotations.Round](t)(c.Round(ctx, c.lea, c.round.ID)); r.Closed != 0 || r.Reopened == 0 {
		t.Errorf("opened again: %+v", r)
	}
}

// TestOpenRoundIsBlind compares every read with the rule: while a round is open,
// what is made in it is its coder's alone.
func TestOpenRoundIsBlind(t *testing.T) {
	for seed := range uint64(2) {
		w := newWorld(t, 500+seed)
		for range 30 {
			w.step()
		}
		ctx := t.Context()
		var assignments []NewAssignment
		documents, _, err := w.Documents(ctx, w.people[0], DocumentFilter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range documents {
			if len(must[DocumentDetail](t)(w.Document(ctx, w.people[0], d.ID)).Versions) > 0 {
				assignments = append(assignments, NewAssignment{Document: d.ID, Coders: []string{"person 1", "person 2", "person 3"}})
			}
		}
		r := must[annotations.Round](t)(w.CreateRound(ctx, w.people[0], NewRound{
			Name: "Blind", Concepts: []string{"evidence", "sovereignty"}, Visibility: annotations.Public, Assignments: assignments,
		}))
		coded := map[string]bool{}
		for range 25 {
			a := r.Assignments[w.IntN(len(r.Assignments))]
			n := w.code(r, a)
			coded[n.ID] = true
			w.made = append(w.made, n)
		}
		blind := func(when string) {
			for _, asker := range append(w.people, annotations.Asker{}) {
				w.readAll(asker) //nolint:contextcheck // it takes the test's
				for _, n := range w.made {
					if _, err := w.Annotation(ctx, asker, n.ID); coded[n.ID] && n.Creator != asker.User && err == nil {
						t.Errorf("%s: %s reads what %s has coded", when, asker.User, n.Creator)
					}
				}
			}
			replica := newReplica()
			replica.catchUp(t, w.Store, nil, 50, never)          //nolint:contextcheck // it takes the test's
			same(t, when, expect(t, w.Store, w.people), replica) //nolint:contextcheck // it takes the test's
		}
		blind("open")
		w.turn(r, true)
		for _, asker := range append(w.people, annotations.Asker{}) {
			w.readAll(asker)
		}
		w.turn(r, false)
		blind("open again")
	}
}

// code tags the beginning of a version in a round.
func (w *world) code(r annotations.Round, a annotations.Assignment) annotations.Annotation {
	w.Helper()
	asker := w.people[slices.IndexFunc(w.people, func(p annotations.Asker) bool { return p.User == a.Coder })]
	v := must[*index.Version](w)(w.Version(w.Context(), asker, a.Version))
	p := v.Passages()[w.IntN(len(v.Passages()))]
	return must[annotations.Annotation](w)(w.CreateAnnotation(w.Context(), asker, NewAnnotation{
		Version: v.ID, Targets: []annotations.Target{{Start: p.Start, End: p.End}},
		Concepts: []string{r.Concepts[w.IntN(2)]}, Note: "coded", Round: r.ID,
	}))
}

// turn closes or opens a round and reads again what was made in it.
func (w *world) turn(r annotations.Round, closed bool) {
	w.Helper()
	must[annotations.Round](w)(w.UpdateRound(w.Context(), w.people[0], r.ID, RoundEdit{Closed: &closed}))
	for i, n := range w.made {
		if n.Round == r.ID {
			w.made[i] = must[annotations.Annotation](w)(w.Annotation(w.Context(), annotations.Asker{User: n.Creator}, n.ID))
		}
	}
}

func wantFigure(t *testing.T, name string, want float64, got measure.Figure) {
	t.Helper()
	if got.Undefined != measure.Defined || math.Abs(got.Value-want) > 1e-9 {
		t.Errorf("%s is %v; want %v", name, got, want)
	}
}

func TestAgreement(t *testing.T) {
	c := newCoding(t)
	ctx := t.Context()
	c.tag(c.anna, "Ships keep a log.", "evidence")
	c.tag(c.bert, "Ships keep", "evidence")
	c.tag(c.anna, "Harbours", "evidence")
	c.tag(c.bert, "Lamps burn", "sovereignty")
	c.finish(c.anna, c.bert)
	c.close()
	figures, err := c.Agreement(ctx, c.anna, c.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	// Of four passages both tag the first, Anna alone the second: 3 of 4 agree;
	// by chance 2/4*1/4 + 2/4*3/4 = 1/2 would.
	evidence := figures.Concepts[1]
	wantFigure(t, "percent by passage", 0.75, evidence.Passages.Percent)
	wantFigure(t, "kappa by passage", 0.5, evidence.Passages.Kappa)
	// 8 values, 3 of them yes; one unit differs, which is 2 coincidences:
	// 1 - 7 * 2 / (64 - 9 - 25).
	wantFigure(t, "alpha by passage", 1-7*2/30.0, evidence.Passages.Alpha)
	wantFigure(t, "yes by passage", 3.0/8, evidence.Passages.Yes)
	// Anna has 17 + 8 code points, Bert 10 of these.
	length := float64(len([]rune(c.version.Text)))
	wantFigure(t, "percent by character", (length-15)/length, evidence.Characters.Percent)
	yes, no := 35.0, 2*length-35
	wantFigure(t, "alpha by character", 1-(2*length-1)*30/(2*yes*no), evidence.Characters.Alpha)
	if evidence.Passages.Units != 4 || evidence.Characters.Units != int(length) || figures.Overall.Passages.Units != 8 || figures.Waiting != 0 {
		t.Errorf("units: %+v", figures)
	}
	wantFigure(t, "percent of all by passage", 6.0/8, figures.Overall.Passages.Percent)
}

func TestWhatDoesNotCountInAgreement(t *testing.T) {
	c := newCoding(t)
	ctx := t.Context()
	c.tag(c.anna, "Ships keep a log.", "evidence", "sovereignty")
	gone := c.tag(c.anna, "Lamps burn", "evidence")
	must[int64](t)(c.DeleteAnnotation(ctx, c.anna, gone.ID))
	c.tag(c.bert, "Lamps burn", "evidence")
	must[annotations.Annotation](t)(c.CreateAnnotation(ctx, c.bert, NewAnnotation{
		Version: c.version.ID, Concepts: []string{"sovereignty"}, Absent: true, Round: c.round.ID,
	}))
	c.finish(c.anna)
	c.close()
	figures := must[RoundFigures](t)(c.Agreement(ctx, c.lea, c.round.ID))
	if figures.Waiting != 1 {
		t.Errorf("%d assignments are waited for; want Bert's", figures.Waiting)
	}
	if got := figures.Concepts[1].Passages; got.Units != 0 || got.Alpha.Undefined != measure.NoUnits {
		t.Errorf("what Bert has not finished counts: %+v", got)
	}
	if got := figures.Concepts[0].Passages; got.Units != 4 || got.Percent.Value != 0.75 {
		t.Errorf("what Bert says is absent does not count: %+v", got)
	}
}

func TestComparisonsAndDecisions(t *testing.T) {
	c := newCoding(t)
	ctx := t.Context()
	both := c.tag(c.anna, "Ships keep a log.", "evidence")
	c.tag(c.bert, "Ships keep", "evidence")
	c.tag(c.bert, "keep", "evidence")
	c.tag(c.anna, "Harbours", "evidence")
	c.tag(c.anna, "Lamps", "sovereignty")
	c.tag(c.bert, "Lamps", "sovereignty")
	c.finish(c.anna, c.bert)
	c.close()

	all := must[[]Comparison](t)(c.Comparisons(ctx, c.anna, c.round.ID, false))
	var got []string
	for _, one := range all {
		got = append(got, strings.Join([]string{one.Passage, one.Concept, one.Kind}, " "))
	}
	want := []string{"art1 evidence extent", "art2 evidence presence", "art4 sovereignty "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	at := both.Target.Start
	says := map[string][]annotations.Stretch{c.anna.User: {{Start: at, End: at + 17}}, c.bert.User: {{Start: at, End: at + 10}}}
	for _, coder := range all[0].Coders {
		if diff := cmp.Diff(says[coder.Coder], coder.Stretches); diff != "" {
			t.Errorf("%s (-want +got):\n%s", coder.Coder, diff)
		}
	}
	if disagreed := must[[]Comparison](t)(c.Comparisons(ctx, c.lea, c.round.ID, true)); len(disagreed) != 2 {
		t.Errorf("they disagree %d times; want 2", len(disagreed))
	}

	j := Judgement{Version: all[0].Version, Passage: "art1", Concept: "evidence", Accepted: []string{c.bert.User}, Note: " shorter "}
	_, err := c.Adjudicate(ctx, c.anna, c.round.ID, j)
	wantError(t, err, ErrForbidden, "adjudicator")
	_, err = c.Adjudicate(ctx, c.lea, c.round.ID, Judgement{Version: all[0].Version, Passage: "art4", Concept: "sovereignty"})
	wantError(t, err, ErrConflict, "do not disagree")
	outside := j
	outside.Stretches = []annotations.Stretch{{Start: 0, End: 3}}
	_, err = c.Adjudicate(ctx, c.lea, c.round.ID, outside)
	wantError(t, err, ErrInvalid, "within the passage")
	stranger := j
	stranger.Accepted = []string{c.carl.User}
	_, err = c.Adjudicate(ctx, c.lea, c.round.ID, stranger)
	wantError(t, err, ErrInvalid, "nobody")

	first := must[annotations.Decision](t)(c.Adjudicate(ctx, c.lea, c.round.ID, j))
	if diff := cmp.Diff(says[c.bert.User], first.Stretches); diff != "" || first.Note != "shorter" {
		t.Errorf("decided %+v (-want +got):\n%s", first, diff)
	}
	j.Accepted, j.Stretches = []string{}, []annotations.Stretch{{Start: at + 6, End: at + 10}}
	second := must[annotations.Decision](t)(c.Adjudicate(ctx, c.lea, c.round.ID, j))
	stands := must[[]Comparison](t)(c.Comparisons(ctx, c.bert, c.round.ID, true))[0].Decision
	if diff := cmp.Diff(&second, stands); diff != "" {
		t.Errorf("what stands (-want +got):\n%s", diff)
	}
	wantError(t, c.turn(false), ErrConflict, "decided")
	wantError(t, c.TakeBackDecision(ctx, c.lea, c.round.ID, first.ID), ErrNotFound)
	wantError(t, c.TakeBackDecision(ctx, c.bert, c.round.ID, second.ID), ErrForbidden)
	if err := c.TakeBackDecision(ctx, c.lea, c.round.ID, second.ID); err != nil {
		t.Fatal(err)
	}
	if kept := must[[]string](t)(list(ctx, c.reader, scanText, "SELECT id FROM decisions WHERE round = ?", c.round.ID)); len(kept) != 2 {
		t.Errorf("%d decisions are kept; want both", len(kept))
	}
	original := must[annotations.Annotation](t)(c.Annotation(ctx, c.anna, both.ID))
	if original.Target != both.Target {
		t.Errorf("the original is %+v", original.Target)
	}
	if err := c.turn(false); err != nil {
		t.Error(err)
	}
}

func TestHeadingOutsideOfPassages(t *testing.T) {
	c := newCoding(t)
	c.tag(c.anna, "Of the test", "evidence")
	c.finish(c.anna, c.bert)
	c.close()
	all := must[[]Comparison](t)(c.Comparisons(t.Context(), c.anna, c.round.ID, true))
	if len(all) != 1 || all[0].Passage != "art1" || all[0].Kind != OnPresence {
		t.Errorf("compared: %+v", all)
	}
	if got := must[RoundFigures](t)(c.Agreement(t.Context(), c.anna, c.round.ID)).Concepts[1].Passages.Percent; got.Value != 0.75 {
		t.Errorf("percent is %v", got)
	}
}

func TestUpdateRound(t *testing.T) {
	c := newCoding(t)
	ctx := t.Context()
	c.finish(c.anna)
	name, adjudicator := "Renamed", "carl"
	r := must[annotations.Round](t)(c.UpdateRound(ctx, c.lea, c.round.ID, RoundEdit{
		Name: &name, Adjudicator: &adjudicator, Assignments: []NewAssignment{{Document: "a", Coders: []string{"Anna", "Carl"}}},
	}))
	read := must[annotations.Round](t)(c.Round(ctx, c.carl, c.round.ID))
	if diff := cmp.Diff(r, read); diff != "" || r.Name != name || r.Adjudicator != c.carl.User {
		t.Errorf("%+v (-want +got):\n%s", r, diff)
	}
	for _, a := range r.Assignments {
		if (a.Finished != 0) != (a.Coder == c.anna.User) || a.Coder == c.bert.User {
			t.Errorf("assigned: %+v", a)
		}
	}
	_, err := c.FinishDocument(ctx, c.bert, c.round.ID, "a", true)
	wantError(t, err, ErrNotFound)
}
