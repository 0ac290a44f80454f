package bleve

import (
	"testing"

	"glossator/index/query"
)

// On real agreements what is found and what is marked must be the same: each
// hit of a query for words of the text has a mark, and the passages that are
// not hits have none.
func TestMarksOfTreaties(t *testing.T) {
	changes := treaties(t, 6)
	x := opened(t, t.TempDir(), "treaties")
	loadAll(t, x, changes)
	for class, all := range queries(t) {
		for _, q := range all[:5] {
			q = positively(q)
			marker := newMarker(x.lexicon, q)
			for _, change := range changes {
				version := "version-of-" + change.Document.ID
				hits, err := x.Matches(t.Context(), q, version, nil)
				if err != nil {
					t.Fatal(err)
				}
				found := map[string]bool{}
				for _, hit := range hits {
					found[hit.ID()] = true
				}
				for _, p := range change.Passages {
					if marked := len(marker.marks(p)) > 0; marked != found[p.ID()] {
						t.Errorf("%s: %q finds %s: %v, marks it: %v", class, q, p.ID(), found[p.ID()], marked)
					}
				}
			}
		}
	}
}

// positively returns a query that matches wherever q has a mark.
func positively(q query.Query) query.Query {
	any := query.Or{}
	for _, term := range positive(q, nil) {
		any = append(any, term)
	}
	return any
}
