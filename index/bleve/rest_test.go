package bleve

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
	"glossator/index/query"
)

// TestSettle brings an index to rest: it has one segment and finds the same.
func TestSettle(t *testing.T) {
	x := opened(t, t.TempDir(), "one")
	for number := range int64(12) {
		change := lighthouse(number + 1)
		change.Document.ID = fmt.Sprint("lights-", number)
		p := &change.Passages[0]
		p.Document, p.Version = change.Document.ID, fmt.Sprint("v", number)
		if err := x.Apply(t.Context(), []index.Change{change}); err != nil {
			t.Fatal(err)
		}
	}
	search := func() *index.Result {
		result, err := x.Search(t.Context(), query.Term{Text: "lamp"}, index.Options{Limit: 20, PerDocument: 1, Facets: true})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	before := search()
	if before.Passages != 12 {
		t.Fatalf("%d passages are found, not 12", before.Passages)
	}
	if err := x.settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := search()
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("at rest it finds something else (-before +after):\n%s", diff)
	}
	if now := len(x.gallery.last[false].parts); now != 1 {
		t.Errorf("there are %d segments, not one", now)
	}
}

// TestForget: of segments that were merged away no lists are kept.
func TestForget(t *testing.T) {
	x := opened(t, t.TempDir(), "one")
	for number := range int64(2) {
		change := lighthouse(number + 1)
		change.Document.ID = fmt.Sprint("lights-", number)
		for i := range few + 1 {
			p := change.Passages[0]
			p.Document, p.Version, p.Provision = change.Document.ID, fmt.Sprint("v", number), fmt.Sprint("art", i+2)
			change.Passages = append(change.Passages, p)
		}
		if err := x.Apply(t.Context(), []index.Change{change}); err != nil {
			t.Fatal(err)
		}
	}
	segments := func() map[uint64]bool {
		if _, err := x.Search(t.Context(), query.Term{Text: "lamp"}, index.Options{Limit: 20}); err != nil {
			t.Fatal(err)
		}
		kept := map[uint64]bool{}
		for key := range x.gallery.lists.Keys() {
			kept[key.segment] = true
		}
		return kept
	}
	before := segments()
	if err := x.settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := segments()
	if len(before) < 2 || len(after) != 1 {
		t.Errorf("lists of %d segments are kept, then of %d, not of several and then of one", len(before), len(after))
	}
}

// TestSettleLittle brings a large index to rest after a small change: what did not
// change is not written anew.
func TestSettleLittle(t *testing.T) {
	x := opened(t, t.TempDir(), "one")
	large := lighthouse(1)
	for i := range 3 * batchSize {
		p := large.Passages[0]
		p.Provision = fmt.Sprint("art", i+2)
		large.Passages = append(large.Passages, p)
	}
	sizes := func(change index.Change) (sizes []int) {
		if err := x.Apply(t.Context(), []index.Change{change}); err != nil {
			t.Fatal(err)
		}
		if err := x.settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, p := range x.gallery.last[false].parts {
			sizes = append(sizes, p.passages)
		}
		slices.Sort(sizes)
		return sizes
	}
	whole := sizes(large)
	for i := range 5 {
		small := lighthouse(2 + int64(i))
		small.Passages[0].Provision = fmt.Sprint("art", len(large.Passages)+2+i)
		now := sizes(small)
		if largest := len(now) - 1; largest > 2 || now[largest] != whole[len(whole)-1] {
			t.Errorf("after %d small changes there are segments of %d passages, before of %d", i+1, now, whole)
		}
	}
}
