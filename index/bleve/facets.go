package bleve

import (
	"cmp"
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
type tally struct{ passages, documents []int }

func (t *tally) add(value uint32, passages, documents int) {
	for int(value) >= len(t.passages) {
		t.passages, t.documents = append(t.passages, 0), append(t.documents, 0)
	}
	t.passages[value] += passages
	t.documents[value] += documents
}

// facets counts what was found, in the order of index.FacetNames.
func (f *found) facets(groups []group) []index.Facet {
	var tallies [facets]tally
	for _, g := range groups {
		for facet, values := range f.view.facts[g.document].values {
			for _, value := range values {
				tallies[facet].add(value, int(g.total), 1)
			}
		}
	}
	all := make([]index.Facet, facets)
	for i := range all {
		all[i] = index.Facet{Name: index.FacetNames[i], Values: tallies[i].values(f.view.names.values[i].values, i == facetYear)}
	}
	all[facetLanguage].Values = f.languages()
	f.annotated(groups, all)
	return all
}

// values returns the values with the most passages first, or ascending.
func (t *tally) values(names []string, ascending bool) []index.FacetValue {
	values := []index.FacetValue{}
	for value, n := range t.passages {
		if n > 0 {
			values = append(values, index.FacetValue{Value: names[value], Passages: n, Documents: t.documents[value]})
		}
	}
	slices.SortFunc(values, func(a, b index.FacetValue) int {
		if ascending {
			return cmp.Or(cmp.Compare(len(a.Value), len(b.Value)), strings.Compare(a.Value, b.Value))
		}
		return cmp.Or(cmp.Compare(b.Passages, a.Passages), strings.Compare(a.Value, b.Value))
	})
	return values
}

// languages counts what was found by the language of the text.
func (f *found) languages() []index.FacetValue {
	places := f.view.names.places.values
	counts := make([]int, len(places))
	for n, p := range f.view.parts {
		for i, r := range p.runs {
			counts[r.place] += int(f.counts[n][i])
		}
	}
	var t tally
	for place, n := range counts {
		if n > 0 {
			t.add(places[place].language, n, 1)
		}
	}
	return t.values(f.view.names.values[facetLanguage].values, false)
}

// annotationFacets are the facets whose values people add to passages.
var annotationFacets = []int{facetConcept, facetBy, facetGroup}

// annotated counts what was found by what is on it that the audiences may know,
// and by whether there are concepts.
func (f *found) annotated(groups []group, all []index.Facet) {
	for _, facet := range annotationFacets {
		names := f.view.names.values[facet].values
		t := tally{make([]int, len(names)), make([]int, len(names))}
		documents := newDocuments(len(names), len(f.totals))
		f.standing(facet, func(value, document uint32, passages int) {
			t.passages[value] += passages
			documents.add(value, document)
		})
		for value := range names {
			t.documents[value] = documents.count(value)
		}
		all[facet].Values = t.values(names, false)
	}
	coded := make([]uint32, len(f.totals))
	f.standing(facetCoded, func(_, document uint32, passages int) { coded[document] += uint32(passages) })
	all[facetCoded].Values = codings(groups, coded)
}

// codings counts what was found by whether it has a concept; with is how many
// passages do, by document.
func codings(groups []group, with []uint32) []index.FacetValue {
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
