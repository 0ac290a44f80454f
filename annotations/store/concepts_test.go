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
		if normal != annotations.NormalLabel(k.Label) || words != conceptWords(k) {
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
	if diff := cmp.Diff(made, must[annotations.Concept](t)(s.Concept(ctx, bert, made.ID))); diff != "" {
		t.Errorf("(-made +read):\n%s", diff)
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

func TestAllConcepts(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	annotate(t, s, anna, v.ID, "One rule", NewAnnotation{Concepts: []string{"sovereignty"}})
	want := must[[]annotations.Concept](t)(s.Concepts(t.Context(), annotations.Asker{}, "", 0))
	slices.SortFunc(want, func(a, b annotations.Concept) int {
		return strings.Compare(annotations.NormalLabel(a.Label), annotations.NormalLabel(b.Label))
	})
	if diff := cmp.Diff(want, must[[]annotations.Concept](t)(s.AllConcepts(t.Context()))); diff != "" {
		t.Errorf("(-concepts +all):\n%s", diff)
	}
}

func TestUpdateConcept(t *testing.T) {
	s := open(t)
	anna, bert, carl := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Editor), join(t, s, "Carl", annotations.Member)
	ctx := t.Context()
	made := must[annotations.Concept](t)(s.CreateConcept(ctx, anna, annotations.Concept{Label: "truce", Broader: "use-of-force"}))
	rename := func(label string) ConceptEdit { return ConceptEdit{Label: &label} }
	edit := func(asker annotations.Asker, id string, edit ConceptEdit) (annotations.Concept, error) {
		return s.UpdateConcept(ctx, asker, id, edit)
	}
	accepted := annotations.Accepted
	_, err := edit(carl, made.ID, rename("armistice"))
	wantError(t, err, ErrForbidden)
	if got := must[annotations.Concept](t)(edit(anna, made.ID, rename("armistice"))); got.Label != "armistice" || got.Revision != 2 {
		t.Errorf("changed by its creator: %+v", got)
	}
	_, err = edit(anna, made.ID, ConceptEdit{Status: &accepted})
	wantError(t, err, ErrForbidden)
	_, err = edit(bert, made.ID, ConceptEdit{Status: &accepted, Revision: &made.Revision})
	wantError(t, err, ErrConflict, "has changed since")
	if got := must[annotations.Concept](t)(edit(bert, made.ID, ConceptEdit{Status: &accepted})); got.Status != accepted || got.Creator != anna.User {
		t.Errorf("accepted by an editor: %+v", got)
	}
	_, err = edit(anna, made.ID, rename("truce"))
	wantError(t, err, ErrForbidden)
	if mark := must[int64](t)(s.Mark(ctx)); mark != 0 {
		t.Errorf("a label that nobody uses took numbers: %d", mark)
	}
	for _, test := range []struct {
		id   string
		edit ConceptEdit
		kind error
		said string
	}{
		{made.ID, rename("sovereignty"), ErrConflict, "already"},
		{made.ID, rename("Hacking"), ErrConflict, "another name of"},
		{made.ID, ConceptEdit{Aliases: &[]string{"Sovereignty"}}, ErrConflict, "already"},
		{"use-of-force", ConceptEdit{Broader: &made.ID}, ErrInvalid, "broader than itself"},
		{made.ID, ConceptEdit{Replaced: &made.ID}, nil, ""},
		{"none", rename("none"), ErrNotFound, ""},
	} {
		_, err := edit(bert, test.id, test.edit)
		if test.kind == nil {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		wantError(t, err, test.kind, test.said)
	}
}

func TestMoveRecolours(t *testing.T) {
	s := open(t)
	bert := join(t, s, "Bert", annotations.Editor)
	ctx := t.Context()
	below := must[annotations.Concept](t)(s.CreateConcept(ctx, bert, annotations.Concept{Label: "harbours", Broader: "critical-infrastructure"}))
	odd := must[annotations.Concept](t)(s.CreateConcept(ctx, bert, annotations.Concept{Label: "lighthouses", Broader: below.ID, Family: 1}))
	above := "offences"
	if _, err := s.UpdateConcept(ctx, bert, "critical-infrastructure", ConceptEdit{Broader: &above}); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]int{"critical-infrastructure": 4, below.ID: 4, odd.ID: 1} {
		if got := must[annotations.Concept](t)(s.Concept(ctx, bert, id)); got.Family != want {
			t.Errorf("%s is of family %d, want %d", got.Label, got.Family, want)
		}
	}
}

func TestCodebooks(t *testing.T) {
	s := open(t)
	anna, bert, carl := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Editor), join(t, s, "Carl", annotations.Member)
	ctx := t.Context()
	ports := must[annotations.Codebook](t)(s.CreateCodebook(ctx, anna, " Ports ", "What ports ask."))
	same := must[annotations.Concept](t)(s.CreateConcept(ctx, anna, annotations.Concept{Codebook: ports.ID, Label: "Jurisdiction"}))
	if same.Status != annotations.Accepted {
		t.Errorf("added by who maintains the codebook: %+v", same)
	}
	if other := must[annotations.Concept](t)(s.CreateConcept(ctx, carl, annotations.Concept{Codebook: ports.ID, Label: "tolls"})); other.Status != annotations.Proposed {
		t.Errorf("added by another: %+v", other)
	}
	_, err := s.CreateConcept(ctx, anna, annotations.Concept{Codebook: ports.ID, Label: "tides", Broader: "sovereignty"})
	wantError(t, err, ErrInvalid, "in this codebook")
	_, err = s.CreateConcept(ctx, anna, annotations.Concept{Codebook: "none", Label: "tides"})
	wantError(t, err, ErrNotFound)
	_, err = s.CreateCodebook(ctx, bert, "ports", "")
	wantError(t, err, ErrConflict)
	_, err = s.UpdateCodebook(ctx, carl, ports.ID, CodebookEdit{})
	wantError(t, err, ErrForbidden)
	both := []string{carl.User, anna.User}
	changed := must[annotations.Codebook](t)(s.UpdateCodebook(ctx, anna, ports.ID, CodebookEdit{Maintainers: &both}))
	if diff := cmp.Diff([]string{anna.User, carl.User}, changed.Maintainers); diff != "" {
		t.Errorf("maintainers (-want +got):\n%s", diff)
	}
	all := must[[]annotations.Codebook](t)(s.Codebooks(ctx))
	if len(all) != 2 || all[0].ID != annotations.Starter || all[1].Concepts != 2 {
		t.Errorf("codebooks: %+v", all)
	}
}
