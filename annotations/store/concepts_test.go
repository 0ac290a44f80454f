package store

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

func TestStarterCodebook(t *testing.T) {
	s := open(t)
	concepts := must[[]annotations.Concept](t)(s.Concepts(t.Context(), annotations.Asker{}, "", 0))
	families := map[int]bool{}
	for _, k := range concepts {
		families[k.Family] = true
		if k.Definition == "" || k.Include == "" || k.Exclude == "" || k.Status != annotations.Accepted {
			t.Errorf("%s is not complete: %+v", k.Label, k)
		}
		if k.Broader != "" {
			above := must[annotations.Concept](t)(s.Concept(t.Context(), annotations.Asker{}, k.Broader))
			if above.Family != k.Family {
				t.Errorf("%s is of family %d, %s above it of %d", k.Label, k.Family, above.Label, above.Family)
			}
		}
		var normal, words string
		if err := s.reader.QueryRow("SELECT normal, words FROM concepts WHERE id = ?", k.ID).Scan(&normal, &words); err != nil {
			t.Fatal(err)
		}
		if normal != annotations.NormalLabel(k.Label) || words != fold(k.Label+" "+k.Definition) {
			t.Errorf("%s is looked up as %q and %q", k.Label, normal, words)
		}
	}
	if len(concepts) < 40 || len(families) != annotations.Families {
		t.Errorf("%d concepts in %d families", len(concepts), len(families))
	}
}

func labels(concepts []annotations.Concept) string {
	var all []string
	for _, k := range concepts {
		all = append(all, k.Label)
	}
	return strings.Join(all, ", ")
}

func TestConcepts(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	annotate(t, s, anna, v.ID, "One", NewAnnotation{Concepts: []string{"hate-speech"}})
	for _, test := range []struct {
		asker annotations.Asker
		text  string
		limit int
		want  string
	}{
		{anna, "regul", 0, "content regulation"},
		{anna, "EXPRESSION", 0, "hate speech, freedom of expression, terrorist content"},
		{annotations.Asker{}, "expression", 0, "freedom of expression, hate speech, terrorist content"},
		{anna, "expression", 1, "hate speech"},
		{anna, "speech hate", 0, "hate speech"},
		{anna, "no such words", 0, ""},
	} {
		concepts := must[[]annotations.Concept](t)(s.Concepts(t.Context(), test.asker, test.text, test.limit))
		if got := labels(concepts); got != test.want {
			t.Errorf("%q: %s; want %s", test.text, got, test.want)
		}
	}
}

func TestCreateConcept(t *testing.T) {
	s := open(t)
	anna, bert := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Editor)
	ctx := t.Context()
	made := must[annotations.Concept](t)(s.CreateConcept(ctx, anna, annotations.Concept{Label: " Digital  peace ", Definition: "No war."}))
	if made.Label != "Digital peace" || made.Status != annotations.Proposed || made.Creator != anna.User || made.Family < 1 || made.Family > 8 {
		t.Errorf("made %+v", made)
	}
	if got := must[annotations.Concept](t)(s.Concept(ctx, bert, made.ID)); got != made {
		t.Errorf("read %+v; made %+v", got, made)
	}
	narrow := must[annotations.Concept](t)(s.CreateConcept(ctx, bert, annotations.Concept{Label: "truce", Broader: "use-of-force"}))
	if narrow.Status != annotations.Accepted || narrow.Family != 8 {
		t.Errorf("made %+v", narrow)
	}
	for _, test := range []struct {
		asker annotations.Asker
		k     annotations.Concept
		kind  error
	}{
		{annotations.Asker{}, annotations.Concept{Label: "new"}, ErrForbidden},
		{anna, annotations.Concept{Label: "  "}, ErrInvalid},
		{anna, annotations.Concept{Label: strings.Repeat("x", 201)}, ErrInvalid},
		{anna, annotations.Concept{Label: "DIGITAL peace"}, ErrConflict},
		{anna, annotations.Concept{Label: "new", Broader: "none"}, ErrInvalid},
		{anna, annotations.Concept{Label: "new", Family: 9}, ErrInvalid},
		{anna, annotations.Concept{Label: "new", Exclude: strings.Repeat("x", 5001)}, ErrInvalid},
	} {
		_, err := s.CreateConcept(ctx, test.asker, test.k)
		wantError(t, err, test.kind)
	}
}

func TestCodebook(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	annotate(t, s, anna, v.ID, "One rule", NewAnnotation{Concepts: []string{"sovereignty"}})
	want := must[[]annotations.Concept](t)(s.Concepts(t.Context(), annotations.Asker{}, "", 0))
	slices.SortFunc(want, func(a, b annotations.Concept) int {
		return strings.Compare(annotations.NormalLabel(a.Label), annotations.NormalLabel(b.Label))
	})
	if diff := cmp.Diff(want, must[[]annotations.Concept](t)(s.Codebook(t.Context()))); diff != "" {
		t.Errorf("(-concepts +codebook):\n%s", diff)
	}
}

func TestUpdateConcept(t *testing.T) {
	s := open(t)
	anna, bert, carl := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Editor), join(t, s, "Carl", annotations.Member)
	ctx := t.Context()
	k := must[annotations.Concept](t)(s.CreateConcept(ctx, anna, annotations.Concept{Label: "truce", Broader: "use-of-force"}))
	k.Label, k.Status = "armistice", annotations.Accepted
	_, err := s.UpdateConcept(ctx, carl, k)
	wantError(t, err, ErrForbidden)
	if got := must[annotations.Concept](t)(s.UpdateConcept(ctx, anna, k)); got.Label != "armistice" || got.Status != annotations.Proposed {
		t.Errorf("changed by its creator: %+v", got)
	}
	if got := must[annotations.Concept](t)(s.UpdateConcept(ctx, bert, k)); got.Status != annotations.Accepted || got.Creator != anna.User {
		t.Errorf("changed by an editor: %+v", got)
	}
	if mark := must[int64](t)(s.Mark(ctx)); mark != 0 {
		t.Errorf("a label that nobody uses took numbers: %d", mark)
	}
	k.Label = "sovereignty"
	_, err = s.UpdateConcept(ctx, anna, k)
	wantError(t, err, ErrConflict)
	above := must[annotations.Concept](t)(s.Concept(ctx, bert, "use-of-force"))
	above.Broader = k.ID
	_, err = s.UpdateConcept(ctx, bert, above)
	wantError(t, err, ErrInvalid, "broader than itself")
	k.ID = "none"
	_, err = s.UpdateConcept(ctx, bert, k)
	wantError(t, err, ErrNotFound)
}
