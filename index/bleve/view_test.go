package bleve

import (
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"glossator/index"
)

// TestViews makes views of states of an index in any order: each has the passages
// of its state, whatever was made before it.
func TestViews(t *testing.T) {
	x := opened(t, t.TempDir(), "one")
	var states []*scorch.IndexSnapshot
	apply := func(changes ...index.Change) {
		t.Helper()
		if err := x.Apply(t.Context(), changes); err != nil {
			t.Fatal(err)
		}
		reader, err := x.store.Reader()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = reader.Close() })
		states = append(states, reader.(*scorch.IndexSnapshot))
	}
	var changes []index.Change
	for number, id := range []string{"lights", "horns", "bells"} {
		change := lighthouse(int64(number + 1))
		change.Document.ID, change.Passages[0].Document, change.Passages[0].Version = id, id, "version of "+id
		changes = append(changes, change)
	}
	apply(changes...)
	for n, change := range changes {
		change.Number = int64(len(changes) + n + 1)
		change.Passages[0].Annotations = []index.Annotations{{Audience: "public", Notes: []string{"a lamp"}}}
		apply(change)
	}
	g := newGallery()
	for _, n := range []int{0, 1, 3, 2, 2, 0, 3, 1} {
		v, err := g.view(states[n], false)
		if err != nil {
			t.Fatal(err)
		}
		passages, words := 0, 0
		for _, p := range v.parts {
			for doc := range p.live.each(0, uint32(len(p.rows))) {
				words += int(p.lengths[doc])
				passages++
			}
		}
		if passages != len(changes) || v.passages != passages || int(v.words*float64(passages)+0.5) != words {
			t.Errorf("state %d has %d passages of %d words, and counts %d of %v on average", n, passages, words, v.passages, v.words)
		}
	}
}
