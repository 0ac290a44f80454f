package indextest

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index"
	"glossator/index/query"
)

// agree checks that an engine finds what the model finds for q: the passages,
// whole, with their spans; the counts; the facets.
func agree(t *testing.T, e index.Engine, m *model, q query.Query, audiences []string) {
	t.Helper()
	want := m.found(q, audiences)
	result := search(t, e, q, everything(audiences))
	got := ids(result)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(slices.Values(got)), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%q finds (-want +got):\n%s", q, diff)
		return
	}
	if result.Passages != len(want) {
		t.Errorf("%q counts %d passages and finds %d", q, result.Passages, len(want))
	}
	if result.Documents != len(result.Groups) {
		t.Errorf("%q counts %d documents and finds %d", q, result.Documents, len(result.Groups))
	}
	for _, group := range result.Groups {
		wantGroup(t, q, group, want)
	}
	counted := map[string]map[string][2]int{}
	for _, facet := range result.Facets {
		counted[facet.Name] = map[string][2]int{}
		for _, value := range facet.Values {
			counted[facet.Name][value.Value] = [2]int{value.Passages, value.Documents}
		}
		wantFacetOrder(t, facet)
	}
	if diff := cmp.Diff(m.facets(want, audiences), counted); diff != "" {
		t.Errorf("%q counts facets (-want +got):\n%s", q, diff)
	}
}

func wantGroup(t *testing.T, q query.Query, group index.Group, want map[string]known) {
	t.Helper()
	if group.Total != len(group.Hits) {
		t.Errorf("%q counts %d hits in %s and finds %d", q, group.Total, group.Document, len(group.Hits))
	}
	for i, hit := range group.Hits {
		p := want[hit.ID()]
		if hit.Document != group.Document {
			t.Errorf("%q finds %s in the group of %s", q, hit.ID(), group.Document)
		}
		kept := cmp.FilterPath(func(path cmp.Path) bool {
			name := path.Last().String()
			return name == ".Annotations" || name == ".Changed"
		}, cmp.Ignore())
		if diff := cmp.Diff(p.Passage, hit.Passage, kept, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q returns %s otherwise than it was given (-want +got):\n%s", q, hit.ID(), diff)
		}
		if diff := cmp.Diff(p.spans(q), hit.Spans, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q has spans in %q (-want +got):\n%s", q, hit.Text, diff)
		}
		wantSnippet(t, q, hit)
		if i > 0 && group.Hits[i-1].Score < hit.Score {
			t.Errorf("%q puts %s, which is better, behind %s", q, hit.ID(), group.Hits[i-1].ID())
		}
	}
}

// wantSnippet checks that a snippet is within its passage, not empty and shows
// a match if there is any.
func wantSnippet(t *testing.T, q query.Query, hit index.Hit) {
	t.Helper()
	s := hit.Snippet
	if s.Start < hit.Start || s.End > hit.End || s.Start >= s.End && hit.Start < hit.End {
		t.Errorf("%q has the snippet %v outside the passage %v", q, s, hit.Span)
	}
	shown := func(span index.Span) bool { return s.Start <= span.Start && span.End <= s.End }
	if len(hit.Spans) > 0 && !slices.ContainsFunc(hit.Spans, shown) {
		t.Errorf("%q has the snippet %v, which shows none of %v", q, s, hit.Spans)
	}
}

func wantFacetOrder(t *testing.T, facet index.Facet) {
	t.Helper()
	sorted := slices.IsSortedFunc(facet.Values, func(a, b index.FacetValue) int {
		if facet.Name == "year" {
			return cmpYears(a.Value, b.Value)
		}
		return b.Passages - a.Passages
	})
	if !sorted {
		t.Errorf("the values of %s are out of order: %v", facet.Name, facet.Values)
	}
}

func cmpYears(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	if a < b {
		return -1
	}
	return 1
}
