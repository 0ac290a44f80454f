package store

import (
	"fmt"
	"strings"
	"testing"

	"glossator/annotations"
	"glossator/index"
)

// long returns an agreement of about 1.04 million characters in 2,000
// articles, as the longest of the corpora are.
func long(edition int) index.Version {
	lines := make([]string, 2000)
	for i := range lines {
		lines[i] = strings.Repeat(fmt.Sprintf("The parties to edition %d shall apply rule %d in good faith. ", edition, i), 9)
	}
	return articles("long", "en", lines...)
}

func BenchmarkPutDocument(b *testing.B) {
	s := open(b)
	lines := make([]string, 100)
	for i := range lines {
		lines[i] = strings.Repeat(fmt.Sprintf("Rule %d of the agreement. ", i), 40)
	}
	v := articles("d", "en", lines...)
	b.SetBytes(int64(len(v.Text)))
	for i := 0; b.Loop(); i++ {
		id := fmt.Sprint("d", i)
		v.SHA256 = id
		if _, err := s.PutDocument(b.Context(), agreement(id, "Agreement"), []index.Version{v}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPutVersion carries 5,000 annotations over to a new version of the
// longest agreement.
func BenchmarkPutVersion(b *testing.B) {
	s := open(b)
	v := long(1)
	put(b, s, Taken, agreement("long", "Long"), v)
	anna := join(b, s, "Anna", annotations.Member)
	for i := range 5000 {
		start := 100 + i*200
		if _, err := s.CreateAnnotation(b.Context(), anna, NewAnnotation{Version: v.ID, Targets: []annotations.Target{{Start: start, End: start + 80}}, Note: "note"}); err != nil {
			b.Fatal(err)
		}
	}
	edition := 2
	for b.Loop() {
		put(b, s, Added, agreement("long", "Long"), long(edition))
		edition++
	}
}

func BenchmarkCreateAnnotation(b *testing.B) {
	s := open(b)
	v := long(1)
	put(b, s, Taken, agreement("long", "Long"), v)
	anna := join(b, s, "Anna", annotations.Member)
	for i := 0; b.Loop(); i++ {
		start := 100 + i%5000*200
		n := NewAnnotation{Version: v.ID, Targets: []annotations.Target{{Start: start, End: start + 80}}, Concepts: []string{"evidence"}, Note: "note"}
		if _, err := s.CreateAnnotation(b.Context(), anna, n); err != nil {
			b.Fatal(err)
		}
	}
}

// annotated returns a store with the longest agreement and 5,000 public
// annotations on it.
func annotated(b *testing.B) (s *Store, version string, asker annotations.Asker) {
	s = open(b)
	v := long(1)
	put(b, s, Taken, agreement("long", "Long"), v)
	asker = join(b, s, "Anna", annotations.Member)
	for i := range 5000 {
		start := 100 + i*200
		n := NewAnnotation{
			Version: v.ID, Targets: []annotations.Target{{Start: start, End: start + 80}}, Concepts: []string{"evidence", "safeguards"}, Note: "note",
			Visibility: annotations.Public,
		}
		if _, err := s.CreateAnnotation(b.Context(), asker, n); err != nil {
			b.Fatal(err)
		}
	}
	return s, v.ID, asker
}

func BenchmarkAnnotationsOf(b *testing.B) {
	s, version, asker := annotated(b)
	for b.Loop() {
		if margin, err := s.AnnotationsOf(b.Context(), asker, version); err != nil || len(margin) != 5000 {
			b.Fatal(len(margin), err)
		}
	}
}

func BenchmarkChangesOfOneAnnotation(b *testing.B) {
	s, _, _ := annotated(b)
	mark := must[int64](b)(s.Mark(b.Context()))
	for b.Loop() {
		if changes, err := s.Changes(b.Context(), mark-1, nil, 2000); err != nil || len(changes) != 1 || len(changes[0].Passages) != 1 {
			b.Fatal(len(changes), err)
		}
	}
}

func BenchmarkChangesOfAllAnnotations(b *testing.B) {
	s, _, _ := annotated(b)
	for b.Loop() {
		if changes, err := s.Changes(b.Context(), 1, nil, 1<<20); err != nil || len(changes) != 1 || len(changes[0].Passages) < 1700 {
			b.Fatal(len(changes), err)
		}
	}
}

func BenchmarkVersionFromDisk(b *testing.B) {
	s := open(b)
	v := long(1)
	put(b, s, Taken, agreement("long", "Long"), v)
	for b.Loop() {
		s.versions = versionCache{}
		if _, err := s.Version(b.Context(), annotations.Asker{}, v.ID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkConcepts(b *testing.B) {
	s, _, asker := annotated(b)
	for b.Loop() {
		if _, err := s.Concepts(b.Context(), asker, "", 0); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCreateAnnotations tags 1,000 stretches at once, and again when all are
// there.
func BenchmarkCreateAnnotations(b *testing.B) {
	s := open(b)
	v := long(1)
	put(b, s, Taken, agreement("long", "Long"), v)
	anna := join(b, s, "Anna", annotations.Member)
	for i := 0; b.Loop(); i++ {
		var wanted []NewAnnotation
		for k := range 1000 {
			start := 100 + (i*1000+k)%5000*200 + i/5
			wanted = append(wanted, NewAnnotation{Version: v.ID, Targets: []annotations.Target{{Start: start, End: start + 80}}, Concepts: []string{"evidence"}})
		}
		for _, want := range []int{1000, 0} {
			_, added, err := s.CreateAnnotations(b.Context(), anna, "Tagged all hits", wanted)
			if err != nil || len(added) != want {
				b.Fatal(len(added), err)
			}
		}
	}
}
