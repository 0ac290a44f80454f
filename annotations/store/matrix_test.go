package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/index"
)

// BenchmarkMatrix reads the figures of 300,000 annotations on 450 documents and
// 100 concepts, by six people, a fifth of them private.
func BenchmarkMatrix(b *testing.B) {
	s, asker := tabulated(b, 450, 100, 300_000)
	start := time.Now()
	if _, err := s.Matrix(b.Context(), asker, OfPassages, false); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(start).Seconds(), "first-s")
	for _, of := range []string{OfPassages, OfAnnotations, OfPeople} {
		b.Run(of, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				if cells, err := s.Matrix(b.Context(), asker, of, false); err != nil || len(cells) < 40_000 {
					b.Fatal(len(cells), err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
	b.Run("after a write", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			if _, err := s.writer.Exec("UPDATE counter SET last = last + 1"); err != nil {
				b.Fatal(err)
			}
			if _, err := s.writer.Exec("INSERT INTO changes (number, document, annotation) SELECT last, 'd7', '' FROM counter"); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if _, err := s.Matrix(b.Context(), asker, OfPassages, false); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// tabulated returns a store with so many annotations, spread over documents of
// 60 articles and over concepts.
func tabulated(b *testing.B, documents, concepts, n int) (*Store, annotations.Asker) {
	s := open(b)
	lines := make([]string, 60)
	for i := range lines {
		lines[i] = fmt.Sprintf("Rule %d of the agreement applies.", i)
	}
	versions := make([]string, documents)
	for i := range documents {
		id := fmt.Sprint("d", i)
		v := articles(id, "en", lines...)
		v.SHA256 = id
		put(b, s, Taken, agreement(id, "Agreement"), v)
		versions[i] = must[DocumentDetail](b)(s.Document(b.Context(), annotations.Asker{}, id)).Versions[0].ID
	}
	people := make([]annotations.Asker, 6)
	for i := range people {
		people[i] = join(b, s, fmt.Sprint("Coder", i), annotations.Member)
	}
	fill(b, s, documents, concepts, n, versions, people)
	return s, people[0]
}

// fill writes rows as the store would; one at a time that would take too long.
func fill(b *testing.B, s *Store, documents, concepts, n int, versions []string, people []annotations.Asker) {
	var provisions []string
	for _, p := range must[DocumentDetail](b)(s.Document(b.Context(), annotations.Asker{}, "d0")).Versions {
		v, err := s.Version(b.Context(), annotations.Asker{}, p.ID)
		if err != nil {
			b.Fatal(err)
		}
		for _, passage := range v.Passages() {
			provisions = append(provisions, passage.Provision)
		}
	}
	tx, err := s.writer.Begin()
	if err != nil {
		b.Fatal(err)
	}
	do := func(query string, args ...any) {
		if _, err := tx.Exec(query, args...); err != nil {
			b.Fatal(err)
		}
	}
	for k := range concepts {
		do(`INSERT INTO concepts (id, codebook, label, normal, aliases, words, definition, include, exclude, broader, family, status, replaced, creator, revision)
			SELECT ?, MIN(id), ?, ?, '[]', '', '', '', '', '', 1, 'accepted', '', '', 0 FROM codebooks`, fmt.Sprint("k", k), fmt.Sprint("K", k), fmt.Sprint("k", k))
	}
	for i := range n {
		id, d, k, p := fmt.Sprint("n", i), i%documents, i/documents%concepts, (i/documents/concepts+i*7)%len(provisions)
		who := people[i/7%len(people)].User // in no step with the documents
		audience, visibility := annotations.Public, annotations.Public
		if i/3%5 == 0 {
			audience, visibility = "user:"+who, annotations.Private
		}
		do(`INSERT INTO annotations (id, root, document, version, note, visibility, audience, creator, created, modified, number, deleted)
			VALUES (?, ?, ?, ?, '', ?, ?, ?, 0, 0, 1, 0)`, id, id, fmt.Sprint("d", d), versions[d], visibility, audience, who)
		do("INSERT INTO annotation_concepts (annotation, concept, position) VALUES (?, ?, 0)", id, fmt.Sprint("k", k))
		do(`INSERT INTO placements (annotation, version, state, start_at, end_at, exact, prefix, suffix, passage)
			VALUES (?, ?, 'same', 0, 4, 'Rule', '', '', ?)`, id, versions[d], provisions[p])
		do("INSERT INTO reaches (version, passage, annotation) VALUES (?, ?, ?)", versions[d], provisions[p], id)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

func TestMatrix(t *testing.T) {
	s := open(t)
	v := articles("d", "en", "The keeper lights the lamp.", "Ships pay a fee.", "Disputes go to court.")
	put(t, s, Taken, agreement("d", "Lamps"), v)
	version := must[DocumentDetail](t)(s.Document(t.Context(), annotations.Asker{}, "d")).Versions[0].ID
	anna, berta := join(t, s, "Anna", annotations.Editor), join(t, s, "Berta", annotations.Member)
	above := must[annotations.Concept](t)(s.CreateConcept(t.Context(), anna, annotations.Concept{Label: "Light"})).ID
	below := must[annotations.Concept](t)(s.CreateConcept(t.Context(), anna, annotations.Concept{Label: "Lamp", Broader: above})).ID
	text := must[*index.Version](t)(s.Version(t.Context(), anna, version)).Text
	tag := func(who annotations.Asker, words, visibility string, concepts ...string) annotations.Annotation {
		start := strings.Index(text, words)
		return must[annotations.Annotation](t)(s.CreateAnnotation(t.Context(), who, NewAnnotation{
			Version: version, Targets: []annotations.Target{{Start: start, End: start + len(words)}}, Concepts: concepts, Visibility: visibility,
		}))
	}
	tag(anna, "keeper", annotations.Private, above, below)
	tag(berta, "lamp", annotations.Public, above)
	fee := tag(berta, "fee", annotations.Private, below)
	must[annotations.Annotation](t)(s.CreateAnnotation(t.Context(), berta, NewAnnotation{
		Document: "d", Concepts: []string{below}, Absent: true, Visibility: annotations.Public,
	}))

	light, lamp := CellKey{"d", above}, CellKey{"d", below}
	stranger := annotations.Asker{}
	tests := []struct {
		name   string
		who    annotations.Asker
		of     string
		rolled bool
		want   map[CellKey]Cell
	}{
		{"a passage of several tags is one", anna, OfPassages, false, map[CellKey]Cell{light: {Count: 1}, lamp: {Count: 1, Absent: true}}},
		{"rolled up, too", anna, OfPassages, true, map[CellKey]Cell{light: {Count: 1}, lamp: {Count: 1, Absent: true}}},
		{"others see what is public", stranger, OfPassages, false, map[CellKey]Cell{light: {Count: 1}, lamp: {Absent: true}}},
		{"and their own", berta, OfPassages, true, map[CellKey]Cell{light: {Count: 2}, lamp: {Count: 1, Absent: true}}},
		{"annotations", anna, OfAnnotations, false, map[CellKey]Cell{light: {Count: 2}, lamp: {Count: 1, Absent: true}}},
		{"annotations of several concepts, rolled up", anna, OfAnnotations, true, map[CellKey]Cell{light: {Count: 2}, lamp: {Count: 1, Absent: true}}},
		{"people", anna, OfPeople, false, map[CellKey]Cell{light: {Count: 2}, lamp: {Count: 1, Absent: true}}},
		{"one person", berta, OfPeople, true, map[CellKey]Cell{light: {Count: 1}, lamp: {Count: 1, Absent: true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := s.Matrix(t.Context(), tt.who, tt.of, tt.rolled)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("cells (-want +got):\n%s%v", diff, err)
			}
		})
	}

	t.Run("what is made public counts for all", func(t *testing.T) {
		public := annotations.Public
		if _, err := s.UpdateAnnotation(t.Context(), berta, fee.ID, AnnotationEdit{Visibility: &public}); err != nil {
			t.Fatal(err)
		}
		got := must[map[CellKey]Cell](t)(s.Matrix(t.Context(), stranger, OfPassages, true))
		if diff := cmp.Diff(map[CellKey]Cell{light: {Count: 2}, lamp: {Count: 1, Absent: true}}, got); diff != "" {
			t.Errorf("cells (-want +got):\n%s", diff)
		}
	})
	t.Run("a note counts while it is tagged", func(t *testing.T) {
		note := must[annotations.Annotation](t)(s.CreateAnnotation(t.Context(), anna, NewAnnotation{
			Version: version, Targets: []annotations.Target{{Start: strings.Index(text, "court"), End: strings.Index(text, "court") + 5}},
			Note: "Which court?", Visibility: annotations.Public,
		}))
		for i, concepts := range [][]string{{}, {below}, {}, {below}} {
			if i > 0 {
				must[annotations.Annotation](t)(s.UpdateAnnotation(t.Context(), anna, note.ID, AnnotationEdit{Concepts: &concepts}))
			}
			got := must[map[CellKey]Cell](t)(s.Matrix(t.Context(), stranger, OfPassages, false))
			want := map[CellKey]Cell{light: {Count: 1}, lamp: {Count: 1 + len(concepts), Absent: true}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("with %d concepts (-want +got):\n%s", len(concepts), diff)
			}
			for _, k := range must[[]annotations.Concept](t)(s.Concepts(t.Context(), stranger, "", 0)) {
				if k.ID == below && k.Used != 1+len(concepts) {
					t.Errorf("with %d concepts it is used %d times", len(concepts), k.Used)
				}
			}
		}
		if _, err := s.DeleteAnnotation(t.Context(), anna, note.ID); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("what is lost in the current version does not count, what is carried does", func(t *testing.T) {
		put(t, s, Added, agreement("d", "Lamps"), articles("d", "en", "The keeper lights the lamp.", "Nothing is owed by anybody at all.", "Disputes go to court."))
		got := must[map[CellKey]Cell](t)(s.Matrix(t.Context(), stranger, OfPassages, false))
		if diff := cmp.Diff(map[CellKey]Cell{light: {Count: 1}, lamp: {Absent: true}}, got); diff != "" {
			t.Errorf("cells (-want +got):\n%s", diff)
		}
		d, err := s.CellDetail(t.Context(), anna, "d", []string{above, below})
		if err != nil || len(d.Passages) != 1 || len(d.Passages[0].Annotations) != 2 || len(d.Whole) != 1 {
			t.Errorf("the cell has %+v, %v", d, err)
		}
	})
}
