package indextest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
	"glossator/index/query"
)

// dated brings documents with titles and years, some without or the same.
func dated(t *testing.T, e index.Engine) {
	for i, d := range []struct{ id, title, signed string }{
		{"b", "Beacons", "2001"}, {"a", "beacons", "2001-02"}, {"c", "Anchors", ""}, {"d", "Étang", "1990"}, {"e", "Fog", "2020"},
	} {
		change := harbour(int64(i+1), "v-"+d.id, strings.Repeat("A lantern. ", i+1))
		change.Document.ID, change.Document.Title, change.Document.Signed = d.id, d.title, d.signed
		change.Passages[0].Document = d.id
		apply(t, e, change)
	}
}

// sortsByHits checks that the documents with the most hits come first, and the
// more relevant of those with as many.
func sortsByHits(t *testing.T, e index.Engine) {
	for i, texts := range [][]string{
		{"A lantern."},
		{"Here a long row of other words hides a lantern.", "Here a long row of other words hides a lantern.", "A bell."},
		{"A lantern.", "A lantern.", "No light at all."},
	} {
		apply(t, e, harbour(int64(i+1), fmt.Sprint("v", i), texts...))
	}
	o := everything(everyone)
	o.Sort = index.ByHits
	var got []string
	for _, group := range search(t, e, word("lantern"), o).Groups {
		got = append(got, group.Document)
	}
	if diff := cmp.Diff([]string{"harbour-v2", "harbour-v1", "harbour-v0"}, got); diff != "" {
		t.Errorf("sorted by hits (-want +got):\n%s", diff)
	}
}

// sortsAgreementsFirst checks that a commentary comes behind the agreements, however
// relevant it is.
func sortsAgreementsFirst(t *testing.T, e index.Engine) {
	for i, kind := range []string{index.Treaty, index.Commentary, index.Declaration, index.Commentary} {
		change := harbour(int64(i+1), fmt.Sprint("v", i), strings.Repeat("A row of other words. ", 4-i)+"A lantern.")
		change.Document.Kind = kind
		apply(t, e, change)
	}
	for order, want := range map[string][]string{
		index.ByRelevance:  {"harbour-v3", "harbour-v2", "harbour-v1", "harbour-v0"},
		index.ByAgreements: {"harbour-v2", "harbour-v0", "harbour-v3", "harbour-v1"},
	} {
		o := everything(everyone)
		o.Sort = order
		var got []string
		for _, group := range search(t, e, word("lantern"), o).Groups {
			got = append(got, group.Document)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sorted by %q (-want +got):\n%s", order, diff)
		}
	}
}

func sorts(t *testing.T, e index.Engine) {
	dated(t, e)
	for order, want := range map[string][]string{
		index.ByNewest:    {"e", "a", "b", "d", "c"},
		index.ByOldest:    {"d", "a", "b", "e", "c"},
		index.ByTitle:     {"c", "a", "b", "d", "e"},
		"":                {"a", "b", "c", "d", "e"}, // nothing is more relevant than anything
		index.ByRelevance: {"a", "b", "c", "d", "e"},
	} {
		o := everything(everyone)
		o.Sort = order
		var got []string
		for _, group := range search(t, e, query.All{}, o).Groups {
			got = append(got, group.Document)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sorted by %q (-want +got):\n%s", order, diff)
		}
	}
}

// paging checks that pages of any size, one after the other, are the whole.
func paging(t *testing.T, e index.Engine) {
	for i := range 23 {
		texts := slices.Repeat([]string{"A lantern.", "A lantern and a bell.", "Nothing."}, 1+i%3)
		change := harbour(int64(i+1), fmt.Sprintf("v%02d", i), texts...)
		change.Document.Signed = fmt.Sprint(2000 + i%4)
		apply(t, e, change)
	}
	q := query.Or{word("lantern"), word("bell")}
	for _, order := range []string{"", index.ByNewest, index.ByOldest, index.ByTitle, index.ByHits, index.ByAgreements} {
		o := everything(everyone)
		o.Sort = order
		whole := search(t, e, q, o)
		for _, size := range []int{1, 5, 22, 23, 100} {
			o.Limit = size
			var groups []index.Group
			for o.Offset = 0; o.Offset < 23; o.Offset += size {
				page := search(t, e, q, o)
				if page.Documents != whole.Documents || page.Passages != whole.Passages {
					t.Errorf("the page from %d counts %d and %d, want %d and %d", o.Offset,
						page.Documents, page.Passages, whole.Documents, whole.Passages)
				}
				groups = append(groups, page.Groups...)
			}
			if diff := cmp.Diff(whole.Groups, groups); diff != "" {
				t.Errorf("pages of %d by %q (-whole +pages):\n%s", size, order, diff)
			}
		}
	}
	o := index.Options{Audiences: everyone, Offset: 23, Limit: 10, PerDocument: 1}
	if page := search(t, e, q, o); len(page.Groups) != 0 || page.Documents != 23 {
		t.Errorf("the page after the last has %d groups of %d", len(page.Groups), page.Documents)
	}
	o = index.Options{Audiences: everyone, Limit: 1, PerDocument: 1}
	if page := search(t, e, q, o); len(page.Groups[0].Hits) != 1 || page.Groups[0].Total < 2 || len(page.Facets) != 0 {
		t.Errorf("one hit of one document is %+v", page)
	}
}

func clauses(t *testing.T, e index.Engine) {
	apply(t, e, harbour(1, "v1", "A lantern.", "A bell.", "Another bell."))
	q := query.And{word("lantern"), word("bell"), phrase("no such thing"), query.Not{Query: word("bell")}}
	result := search(t, e, q, everything(everyone))
	want := []index.ClauseCount{
		{Clause: q[0].String(), Passages: 1}, {Clause: q[1].String(), Passages: 2},
		{Clause: q[2].String(), Passages: 0}, {Clause: q[3].String(), Passages: 1},
	}
	if diff := cmp.Diff(want, result.Clauses); diff != "" {
		t.Errorf("the clauses of a search without hits (-want +got):\n%s", diff)
	}
	for _, q := range []query.Query{word("whistle"), query.And{word("another"), word("bell")}} {
		if got := search(t, e, q, everything(everyone)).Clauses; len(got) > 0 {
			t.Errorf("%q has the clauses %v, want none", q, got)
		}
	}
}

func matches(t *testing.T, e index.Engine) {
	texts := slices.Repeat([]string{"A lantern.", "A lantern, a lantern, a bell.", "A bell."}, 30)
	apply(t, e, harbour(1, "v1", texts...), harbour(2, "v2", texts...))
	hits, err := e.Matches(t.Context(), word("lanterns"), "v1", everyone)
	if err != nil || len(hits) != 60 {
		t.Fatalf("%d matches, %v, want 60", len(hits), err)
	}
	for i, hit := range hits {
		if hit.Version != "v1" || i > 0 && hit.Start <= hits[i-1].Start {
			t.Errorf("match %d is %s at %d", i, hit.ID(), hit.Start)
		}
		if want := 1 + i%2; len(hit.Spans) != want || hit.Spans[0].Start <= hit.Start {
			t.Errorf("match %d has the spans %v, want %d", i, hit.Spans, want)
		}
	}
	secret := annotatedHarbour()
	secret.Document.ID, secret.Passages[0].Version, secret.Passages[1].Version = "secret", "v3", "v3"
	apply(t, e, secret)
	for n, audiences := range [][]string{everyone, mara} {
		hits, err := e.Matches(t.Context(), in("by", word("mara")), "v3", audiences)
		if err != nil || len(hits) != n {
			t.Errorf("%v match %d passages, %v, want %d", audiences, len(hits), err, n)
		}
	}
}

func places(t *testing.T, e index.Engine) {
	texts := slices.Repeat([]string{"A lantern.", "A bell."}, 500)
	change := harbour(1, "v1", texts...)
	apply(t, e, change)
	for q, total := range map[query.Query]int{word("lantern"): 500, query.All{}: 1000, in("art", word("3")): 1} {
		group := search(t, e, q, index.Options{Limit: 1, PerDocument: 1}).Groups[0]
		if group.Total != total || len(group.Places) != min(total, 200) || !slices.IsSorted(group.Places) {
			t.Errorf("%q has %d hits and %d places, want %d hits", q, group.Total, len(group.Places), total)
		}
		for _, place := range group.Places {
			if !slices.ContainsFunc(change.Passages, func(p index.Passage) bool { return p.Start == place }) {
				t.Errorf("%q has a hit at %d, where no passage begins", q, place)
			}
		}
	}
}

// relevance holds scores to what every sensible ranking has in common: rarer
// words, more of them and shorter passages count for more.
func relevance(t *testing.T, e index.Engine) {
	long := strings.Repeat("Nothing of note happens along this coast. ", 20)
	apply(t, e,
		harbour(1, "often", "A lantern beside a lantern, a lantern above."),
		harbour(2, "once", "A lantern beside a window, a mirror above."),
		harbour(3, "long", "A lantern. "+long),
		harbour(4, "rare", "A gong beside a window, a mirror above."))
	for _, check := range []struct {
		query query.Query
		want  []string
	}{
		{word("lantern"), []string{"often", "once", "long"}},
		{query.Or{word("lantern"), word("gong")}, []string{"rare", "often", "once", "long"}},
	} {
		var got []string
		for _, group := range search(t, e, check.query, everything(everyone)).Groups {
			got = append(got, strings.TrimPrefix(group.Document, "harbour-"))
		}
		if diff := cmp.Diff(check.want, got); diff != "" {
			t.Errorf("%q ranks (-want +got):\n%s", check.query, diff)
		}
	}
}
