package indextest

import (
	"testing"

	"glossator/index"
	"glossator/index/query"
)

// annotatedHarbour brings two passages: the first has public and private
// annotations, the second none. The private ones were written last.
func annotatedHarbour() index.Change {
	change := harbour(9, "v1", "One.", "Two.")
	change.Passages[0].Changed, change.Passages[1].Changed = 1, 1
	change.Passages[0].Annotations = []index.Annotations{
		{Audience: "public", Concepts: []string{"Safety at Sea"}, Notes: []string{"An open remark."}, By: []string{"Odo"}, Changed: 5},
		{Audience: "user:mara", Concepts: []string{"Hidden Danger", "Safety at Sea"}, Notes: []string{"A secret", "remark on reefs."}, By: []string{"Mara"}, Changed: 9},
		{Audience: "group:reef", Group: "Reef Watch", Concepts: []string{"Shoals"}, Tagged: []int{20260131}, Notes: []string{"Ask the pilots."},
			By: []string{"Ann"}, Replies: true, Changed: 7},
	}
	return change
}

// rights checks that an annotation counts for its audience and for nobody else.
func rights(t *testing.T, e index.Engine) {
	m := newModel()
	change := annotatedHarbour()
	m.apply(change)
	apply(t, e, change)
	public := []query.Query{
		in("concept", phrase("safety at sea")), in("concept", pattern("safety*")), in("note", word("remarks")),
		in("note", phrase("open remark")), in("by", word("odo")), in("has", word("annotation")),
		in("has", word("note")), in("has", word("concept")),
	}
	private := []query.Query{
		in("concept", phrase("hidden danger")), in("concept", pattern("*danger")), in("concept", pattern("hidden*")),
		in("note", word("reef")), in("note", phrase("on reefs")), in("note", pattern("secre?")), in("by", word("mara")),
		in("by", pattern("ma*")),
	}
	const one = "v1/art1"
	for _, q := range public {
		for _, audiences := range [][]string{everyone, mara, odo} {
			wantFound(t, e, q, audiences, one)
		}
		wantFound(t, e, q, nil)
	}
	for _, q := range private {
		wantFound(t, e, q, mara, one)
		for _, audiences := range [][]string{nil, everyone, odo, {"user:mar"}, {"user:maraa"}, {""}} {
			wantFound(t, e, q, audiences)
			if n := search(t, e, query.Not{Query: q}, everything(audiences)).Passages; n != 2 {
				t.Errorf("%q finds %d passages for %v, want 2", query.Not{Query: q}, n, audiences)
			}
		}
	}
	groupsOwn := []query.Query{
		in("group", phrase("reef watch")), in("group", pattern("reef*")), in("concept", phrase("shoals")), in("note", word("pilot")),
		in("by", phrase("ann")), in("has", word("reply")), query.Range{Field: "tagged", From: 20260101, To: 20260131},
		query.Range{Field: "tagged", From: 20260131}, query.And{in("tagged", word("yes")), in("by", word("ann"))},
	}
	for _, q := range groupsOwn {
		for _, audiences := range [][]string{reef, crew} {
			wantFound(t, e, q, audiences, one)
		}
		for _, audiences := range [][]string{nil, everyone, mara, {"group:ree"}, {"public", "group:pier"}, {"group:"}, {"user:reef"}} {
			wantFound(t, e, q, audiences)
		}
	}
	wantFound(t, e, query.Range{Field: "tagged", To: 20260130}, reef)
	// A phrase does not reach from one note into the next.
	wantFound(t, e, in("note", phrase("secret remark")), mara)
	for _, audiences := range [][]string{nil, everyone, mara, odo, reef, crew} {
		for _, facet := range []string{"concept", "coded", "by", "group"} {
			agreeOnFacet(t, e, m, facet, audiences)
		}
	}
}

func agreeOnFacet(t *testing.T, e index.Engine, m *model, name string, audiences []string) {
	t.Helper()
	want := m.facets(m.found(query.All{}, audiences), audiences)[name]
	for _, facet := range search(t, e, query.All{}, everything(audiences)).Facets {
		if facet.Name != name {
			continue
		}
		if len(facet.Values) != len(want) {
			t.Errorf("%v count %s: %v, want %v", audiences, name, facet.Values, want)
		}
		for _, value := range facet.Values {
			if want[value.Value] != [2]int{value.Passages, value.Documents} {
				t.Errorf("%v count %v, want %v", audiences, value, want[value.Value])
			}
		}
	}
}

// since checks that Options.Since leaves out what has not changed as far as the
// asker may know.
func since(t *testing.T, e index.Engine) {
	apply(t, e, annotatedHarbour(), harbour(10, "v2", "Three."))
	for _, check := range []struct {
		audiences []string
		since     int64
		want      int
	}{
		{everyone, 0, 3}, {everyone, 1, 2}, {everyone, 4, 2}, {everyone, 5, 1}, {everyone, 10, 0},
		{mara, 5, 2}, {mara, 8, 2}, {mara, 9, 1}, {odo, 8, 1}, {nil, 1, 1}, {reef, 5, 2}, {reef, 6, 2}, {reef, 7, 1},
	} {
		o := everything(check.audiences)
		o.Since = check.since
		result := search(t, e, query.All{}, o)
		if result.Passages != check.want || len(ids(result)) != check.want {
			t.Errorf("%v find %d passages since %d, want %d", check.audiences, result.Passages, check.since, check.want)
		}
	}
}
