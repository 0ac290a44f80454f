package indextest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index"
	"glossator/index/query"
)

// lines checks that the concordance of a query is the spans of its hits, in the
// order of the groups and of the text, or the first of them.
func lines(t *testing.T, e index.Engine) {
	w := writer{rand.New(rand.NewPCG(3, 5))}
	for number := range int64(25) {
		apply(t, e, w.change(number+1))
	}
	queries := []query.Query{
		query.All{}, word("harbour"), query.Not{Query: word("harbour")}, in("kind", phrase(index.Treaty)),
		query.Or{in("kind", phrase(index.Treaty)), word("lantern")},
		query.And{in("title", word("harbour")), query.Or{word("velvet"), word("orchid")}},
	}
	for range 60 {
		queries = append(queries, w.query(3))
	}
	for _, q := range queries {
		for _, audiences := range [][]string{everyone, mara} {
			result := search(t, e, q, everything(audiences))
			want := linesOf(result)
			for _, limit := range []int{0, 1, len(want) / 2, len(want), 10_000} {
				wantLines(t, e, q, audiences, limit, result, want)
			}
		}
	}
}

// linesOf returns the lines of a result that holds all hits.
func linesOf(result *index.Result) []index.Line {
	var lines []index.Line
	for _, group := range result.Groups {
		slices.SortStableFunc(group.Hits, func(a, b index.Hit) int {
			if a.Version != b.Version {
				return strings.Compare(a.Version, b.Version)
			}
			return a.Start - b.Start
		})
		for _, hit := range group.Hits {
			lines = append(lines, hit.Lines()...)
		}
	}
	return lines
}

func wantLines(t *testing.T, e index.Engine, q query.Query, audiences []string, limit int, result *index.Result, all []index.Line) {
	t.Helper()
	got, err := e.Lines(t.Context(), q, index.LineOptions{Audiences: audiences, Limit: limit})
	if err != nil {
		t.Fatalf("the lines of %q: %v", q, err)
	}
	want := &index.Concordance{
		Mark: result.Mark, Passages: result.Passages, Documents: result.Documents,
		Total: len(all), Lines: all[:min(limit, len(all))],
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s for %v (-want +got):\n%s", fmt.Sprintf("%d lines of %q", limit, q), audiences, diff)
	}
}
