package bleve

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"glossator/index"
)

// A tally counts passages and documents by value.
type tally map[string]*index.FacetValue

func (t tally) add(value string, passages, documents int) {
	if value == "" {
		return
	}
	count := t[value]
	if count == nil {
		count = &index.FacetValue{Value: value}
		t[value] = count
	}
	count.Passages += passages
	count.Documents += documents
}

// facets counts what matches, in the order of index.FacetNames.
func (e *evaluation) facets(groups []*group) []index.Facet {
	tallies := map[string]tally{}
	for _, name := range index.FacetNames {
		tallies[name] = tally{}
	}
	for _, g := range groups {
		facts, n := e.view.metadata[g.document], len(g.candidates)
		tallies["kind"].add(facts.Kind, n, 1)
		tallies["org"].add(facts.Organisation, n, 1)
		tallies["region"].add(facts.Region, n, 1)
		tallies["status"].add(facts.Status, n, 1)
		for _, party := range distinct(facts.Parties) {
			tallies["party"].add(party, n, 1)
		}
		if facts.Year > 0 {
			tallies["year"].add(strconv.Itoa(facts.Year), n, 1)
		}
		e.concepts(g, tallies["concept"])
		e.coded(g, tallies["coded"])
	}
	e.languages(groups, tallies["lang"])
	facets := make([]index.Facet, 0, len(index.FacetNames))
	for _, name := range index.FacetNames {
		facets = append(facets, index.Facet{Name: name, Values: tallies[name].sorted(name == "year")})
	}
	return facets
}

// concepts counts the concepts in a group that the audiences may know.
func (e *evaluation) concepts(g *group, t tally) {
	seen := map[string]bool{}
	for _, c := range g.candidates {
		var labels []string
		for _, note := range e.view.rows[c.passage].notes {
			if slices.Contains(e.audiences, note.audience) {
				labels = append(labels, note.concepts...)
			}
		}
		for _, label := range distinct(labels) {
			documents := 0
			if !seen[label] {
				seen[label], documents = true, 1
			}
			t.add(label, 1, documents)
		}
	}
}

// coded counts the passages with and without a concept that the audiences may
// know.
func (e *evaluation) coded(g *group, t tally) {
	yes := 0
	for _, c := range g.candidates {
		if slices.ContainsFunc(e.view.rows[c.passage].notes, func(n noted) bool {
			return len(n.concepts) > 0 && slices.Contains(e.audiences, n.audience)
		}) {
			yes++
		}
	}
	for value, n := range map[string]int{"yes": yes, "no": len(g.candidates) - yes} {
		if n > 0 {
			t.add(value, n, 1)
		}
	}
}

func (e *evaluation) languages(groups []*group, t tally) {
	counts := make([]int, len(e.view.places))
	for _, g := range groups {
		for _, c := range g.candidates {
			counts[e.view.rows[c.passage].place]++
		}
	}
	for i, n := range counts {
		if n > 0 {
			t.add(e.view.places[i].language, n, 1)
		}
	}
}

// distinct returns values without repetitions. It does not change values.
func distinct(values []string) []string {
	if len(values) < 2 {
		return values
	}
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

// sorted returns the values with the most passages first, or ascending.
func (t tally) sorted(ascending bool) []index.FacetValue {
	values := make([]index.FacetValue, 0, len(t))
	for _, count := range t {
		values = append(values, *count)
	}
	slices.SortFunc(values, func(a, b index.FacetValue) int {
		if ascending {
			return cmp.Or(cmp.Compare(len(a.Value), len(b.Value)), strings.Compare(a.Value, b.Value))
		}
		return cmp.Or(cmp.Compare(b.Passages, a.Passages), strings.Compare(a.Value, b.Value))
	})
	return values
}
