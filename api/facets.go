package api

import (
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"glossator/annotations"
	"glossator/index"
)

type facetAnswer struct {
	Name   string             `json:"name"`
	Values []facetValueAnswer `json:"values"`
}

type facetValueAnswer struct {
	Value     string `json:"value"`
	Label     string `json:"label"`
	Family    int    `json:"family,omitempty"` // of a concept
	Passages  int    `json:"passages"`
	Documents int    `json:"documents"`
}

// facets puts the values of facets in words.
func facets(found []index.Facet, called func() (names, error)) ([]facetAnswer, error) {
	facets := make([]facetAnswer, len(found))
	for i, f := range found {
		values := make([]facetValueAnswer, len(f.Values))
		for j, v := range f.Values {
			values[j] = facetValueAnswer{Value: v.Value, Label: label(f.Name, v.Value), Passages: v.Passages, Documents: v.Documents}
		}
		if f.Name == "concept" && len(values) > 0 {
			names, err := called()
			if err != nil {
				return nil, err
			}
			addFamilies(values, names)
		}
		facets[i] = facetAnswer{f.Name, values}
	}
	return facets, nil
}

// label returns the name of a value in English, the value itself if it has no
// other.
func label(facet, value string) string {
	known, ok := labels[facet]
	if !ok {
		return value
	}
	if label, ok := known.Load(value); ok {
		return label.(string)
	}
	label := named(facet, value)
	known.Store(value, label)
	return label
}

// labels keeps the labels of values that have a name, by facet: to look a name up
// takes longer than to count what has it.
var labels = map[string]*sync.Map{"party": {}, "lang": {}, "coded": {}}

func named(facet, value string) string {
	switch facet {
	case "party":
		return index.PartyName(value)
	case "lang":
		if tag, err := language.Parse(value); err == nil {
			return display.English.Tags().Name(tag)
		}
	case "coded":
		if value == "yes" {
			return "Coded"
		}
		return "Not yet coded"
	}
	return value
}

// addFamilies adds the colours of the concepts that the values are labels of.
func addFamilies(values []facetValueAnswer, n names) {
	for i, v := range values {
		if concept, ok := n.labelled[annotations.NormalLabel(v.Value)]; ok {
			values[i].Label, values[i].Family = concept.Label, concept.Family
		}
	}
}
