package bleve

import (
	"slices"
	"strconv"
	"strings"

	"glossator/index"
)

// facets is how many there are; these are their places in index.FacetNames.
const (
	facetKind = iota
	facetOrganisation
	facetParty
	facetRegion
	facetYear
	facetLanguage
	facetStatus
	facetConcept
	facetCoded
	facetBy
	facetGroup
	facets
)

// Values of the facet "coded": whether a passage has a concept.
const (
	codedYes = "yes"
	codedNo  = "no"
)

// facetValues returns the values of the facets that a document has; those of
// others are empty.
func (f *fact) facetValues() [facets][]string {
	values := [facets][]string{
		facetKind: {f.Kind}, facetOrganisation: {f.Organisation}, facetParty: distinct(f.Parties),
		facetRegion: {f.Region}, facetStatus: {f.Status},
	}
	if year := f.Year(); year > 0 {
		values[facetYear] = []string{strconv.Itoa(year)}
	}
	for i := range values {
		values[i] = slices.DeleteFunc(values[i], func(value string) bool { return value == "" })
	}
	return values
}

// distinct returns values without repetitions. It does not change values.
func distinct(values []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

// A tally counts passages and documents by the number of a value.
type tally []struct{ passages, documents int }

func (t tally) add(value uint32, passages, documents int) {
	t[value].passages += passages
	t[value].documents += documents
}

// tally returns one for the values of a facet.
func (f *found) tally(facet int) tally { return make(tally, len(f.view.names.values[facet].values)) }

// facets counts what was found, in the order of index.FacetNames.
func (f *found) facets(groups []group) []index.Facet {
	var tallies [facets]tally
	for facet := range tallies {
		tallies[facet] = f.tally(facet)
	}
	for _, g := range groups {
		for _, of := range f.view.facts[g.document].values {
			tallies[of.facet].add(of.value, int(g.total), 1)
		}
	}
	f.countLanguages(tallies[facetLanguage])
	crossings := f.crossings()
	for _, facet := range annotationFacets {
		f.countAnnotated(crossings, facet, tallies[facet])
	}
	all := make([]index.Facet, facets)
	for i := range all {
		all[i] = index.Facet{Name: index.FacetNames[i], Values: tallies[i].values(f.view.names.values[i].values, f.view.orders[i], i == facetYear)}
	}
	all[facetCoded].Values = f.codings(crossings, groups)
	return all
}

// values returns the values with the most passages first, those with as many in
// the order of their names, or all in that order. Order is the numbers of the
// values in it.
func (t tally) values(names []string, order []uint32, named bool) []index.FacetValue {
	const low = 1<<32 - 1
	keys := make([]uint64, 0, len(t)) // how few passages there are, and the place in order
	for place, value := range order {
		if n := t[value].passages; n > 0 {
			keys = append(keys, uint64(low-n)<<32|uint64(place))
		}
	}
	if !named {
		slices.Sort(keys)
	}
	values := make([]index.FacetValue, len(keys))
	for i, key := range keys {
		value := order[key&low]
		values[i] = index.FacetValue{Value: names[value], Passages: t[value].passages, Documents: t[value].documents}
	}
	return values
}

// nameOrders returns the numbers of the values of each facet in the order of
// their names; last is what it returned before, for those or fewer values.
func (n *names) nameOrders(last [facets][]uint32) (orders [facets][]uint32) {
	for facet := range orders {
		names := n.values[facet].values
		if len(last[facet]) == len(names) {
			orders[facet] = last[facet]
			continue
		}
		order := make([]uint32, len(names))
		for i := range order {
			order[i] = uint32(i)
		}
		slices.SortFunc(order, func(a, b uint32) int {
			if facet == facetYear && len(names[a]) != len(names[b]) {
				return len(names[a]) - len(names[b])
			}
			return strings.Compare(names[a], names[b])
		})
		orders[facet] = order
	}
	return orders
}

// countLanguages counts what was found by the language of the text.
func (f *found) countLanguages(t tally) {
	places := f.view.names.places.values
	counts := make([]int, len(places))
	for n, p := range f.view.parts {
		for i, count := range f.counts[n] {
			if count > 0 {
				counts[p.runs[i].place] += int(count)
			}
		}
	}
	for place, n := range counts {
		if n > 0 {
			t.add(places[place].language, n, 1)
		}
	}
}

// annotationFacets are the facets whose values people add to passages.
var annotationFacets = []int{facetConcept, facetBy, facetGroup}

// countAnnotated counts what was found by what is on it that the audiences may
// know.
func (f *found) countAnnotated(crossings []*crossing, facet int, t tally) {
	documents := newDocuments(len(t), len(f.totals))
	for _, c := range crossings {
		c.standing(facet, func(value, document uint32, passages int) {
			t[value].passages += passages
			documents.add(value, document)
		})
	}
	for value := range t {
		t[value].documents = documents.count(value)
	}
}

// codings counts what was found by whether it has a concept.
func (f *found) codings(crossings []*crossing, groups []group) []index.FacetValue {
	with := make([]uint32, len(f.totals)) // by document
	for _, c := range crossings {
		c.standing(facetCoded, func(_, document uint32, passages int) { with[document] += uint32(passages) })
	}
	yes, no := index.FacetValue{Value: codedYes}, index.FacetValue{Value: codedNo}
	for _, g := range groups {
		n := with[g.document]
		if n > 0 {
			yes.Passages, yes.Documents = yes.Passages+int(n), yes.Documents+1
		}
		if rest := g.total - n; rest > 0 {
			no.Passages, no.Documents = no.Passages+int(rest), no.Documents+1
		}
	}
	coded := slices.DeleteFunc([]index.FacetValue{yes, no}, func(v index.FacetValue) bool { return v.Passages == 0 })
	if no.Passages > yes.Passages {
		slices.Reverse(coded)
	}
	return coded
}
