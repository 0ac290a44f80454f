package bleve

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
	"glossator/index/query"
)

// leave gives an arena memory in which a search has left these things.
func leave[T any](a *arena[T], left T) {
	a.block = slices.Repeat([]T{left}, 1<<16)
	a.free = a.block
}

// leaveWorkspace overwrites the memory of the search that is over: with zeros, or
// with what is no search's.
func leaveWorkspace(junk bool) {
	w := workspaces.Get().(*workspace)
	defer workspaces.Put(w)
	if !junk {
		*w = workspace{}
		return
	}
	leave(&w.bits, ^uint64(0))
	leave(&w.counts, 7)
	leave(&w.scores, 1e6)
	leave(&w.groups, group{1, 1e6, 7})
	leave(&w.candidates, candidate{0, 1, 1e6})
}

// TestWorkspace asks with memory that others have used: what they left in it
// changes nothing, and what was found stays as it was when others use it again.
func TestWorkspace(t *testing.T) {
	x, err := Open(t.Context(), t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.Apply(t.Context(), raced(rand.New(rand.NewPCG(3, 5)))); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"word40", "word50 word51", "word30 OR word55", "word3 OR word20 OR word40", "word30 -word5", "word20 kind:treaty",
		`"word1 word2"`, "word2* title:word3", "word7 tagged:2020..2021", "nothing", "kind:treaty",
	} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		ask := func(junk bool) (page *index.Result, lines *index.Concordance, hits []index.Hit) {
			leaveWorkspace(junk)
			page, err := x.Search(t.Context(), q, index.Options{Limit: 10, PerDocument: 2, Facets: true})
			if err != nil {
				t.Fatal(err)
			}
			leaveWorkspace(junk)
			if lines, err = x.Lines(t.Context(), q, index.LineOptions{Limit: 20}); err != nil {
				t.Fatal(err)
			}
			leaveWorkspace(junk)
			err = x.Hits(t.Context(), q, index.Options{}, func(hit index.Hit) error {
				hits = append(hits, hit)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			leaveWorkspace(junk)
			return page, lines, hits
		}
		wantPage, wantLines, wantHits := ask(false)
		gotPage, gotLines, gotHits := ask(true)
		for _, diff := range []string{
			cmp.Diff(wantPage, gotPage), cmp.Diff(wantLines, gotLines), cmp.Diff(wantHits, gotHits),
		} {
			if diff != "" {
				t.Errorf("%s: (-clean +used)\n%s", text, diff)
			}
		}
	}
}
