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
	concepts, coded := f.concepts(groups)
	all[facetConcept].Values, all[facetCoded].Values = concepts, coded
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

// concepts counts what was found by the concepts on it that the audiences may
// know, and by whether there are any.
func (f *found) concepts(groups []group) (concepts, coded []index.FacetValue) {
	type counted struct{ document, concept uint32 }
	seen := map[counted]bool{}
	with := map[uint32]uint32{} // coded passages, by document
	var t tally
	for n, p := range f.view.parts {
		for _, doc := range p.noted {
			if !f.sets[n].has(doc) {
				continue
			}
			document := p.run(doc).document
			on := f.on(p, doc)
			if len(on) > 0 {
				with[document]++
			}
			for _, concept := range on {
				documents := 0
				if key := (counted{document, concept}); !seen[key] {
					seen[key], documents = true, 1
				}
				t.add(concept, 1, documents)
			}
		}
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
	coded = slices.DeleteFunc([]index.FacetValue{yes, no}, func(v index.FacetValue) bool { return v.Passages == 0 })
	if no.Passages > yes.Passages {
		slices.Reverse(coded)
	}
	return t.values(f.view.names.values[facetConcept].values, false), coded
}

// on returns the concepts on a passage that the audiences may know, each once.
func (e *evaluation) on(p *part, doc uint32) []uint32 {
	var on []uint32
	for _, note := range p.notes[doc] {
		if slices.Contains(e.audiences, note.audience) {
			on = append(on, note.concepts...)
		}
	}
	slices.Sort(on)
	return slices.Compact(on)
}
