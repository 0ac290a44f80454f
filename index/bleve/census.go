package bleve

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"glossator/index"
)

// Frequencies of the groups of a survey.
type frequencies [2]index.Frequency

func (f *frequencies) add(other frequencies) {
	for i := range f {
		f[i].Texts += other[i].Texts
		f[i].Documents += other[i].Documents
		f[i].Passages += other[i].Passages
		f[i].Matches += other[i].Matches
		f[i].Words += other[i].Words
	}
}

// single counts what f is of as one document, whatever languages it is in.
func (f *frequencies) single() {
	for i := range f {
		f[i].Texts, f[i].Documents = min(f[i].Texts, 1), min(f[i].Documents, 1)
	}
}

// A census is the frequencies of a survey.
type census struct {
	groups     frequencies
	breakdowns []index.Breakdown
}

// census counts what is in the groups, and by the values of fields, of which
// the first few are kept.
func (s *survey) census(few int) census {
	places := s.byPlace()
	documents := make([]frequencies, len(s.view.facts))
	tallies := map[string]map[string]*frequencies{}
	for _, name := range index.BreakdownNames {
		tallies[name] = map[string]*frequencies{}
	}
	add := func(name, value string, f frequencies) {
		if tallies[name][value] == nil {
			tallies[name][value] = &frequencies{}
		}
		tallies[name][value].add(f)
	}
	for i, f := range places {
		if f != (frequencies{}) {
			add("lang", s.view.names.language(uint32(i)), f)
			documents[s.view.names.places.values[i].document].add(f)
		}
	}
	var c census
	for i, f := range documents {
		if f == (frequencies{}) {
			continue
		}
		f.single()
		c.groups.add(f)
		facts := s.view.facts[i]
		add("year", yearValue(facts.Year()), f)
		add("org", facts.Organisation, f)
		add("kind", facts.Kind, f)
		add("region", facts.Region, f)
		for _, party := range distinct(facts.Parties) {
			add("party", party, f)
		}
		if len(facts.Parties) == 0 {
			add("party", "", f)
		}
	}
	for _, name := range index.BreakdownNames {
		c.breakdowns = append(c.breakdowns, breakdown(name, tallies[name], few))
	}
	return c
}

// byPlace counts what is in each document in each language.
func (s *survey) byPlace() []frequencies {
	places := make([]frequencies, len(s.view.names.places.values))
	for n, p := range s.view.parts {
		for group, sets := range s.groups {
			for _, r := range p.runs {
				f := &places[r.place][group]
				for doc := range sets[n].each(r.from, r.to) {
					f.Texts = 1
					f.Words += int(p.lengths[doc])
					if s.matching[n].has(doc) {
						f.Documents = 1
						f.Passages++
						f.Matches += s.matches[candidate{part: n, doc: doc}]
					}
				}
			}
		}
	}
	return places
}

func yearValue(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// breakdown puts the values of a field into their order.
func breakdown(name string, values map[string]*frequencies, few int) index.Breakdown {
	b := index.Breakdown{Name: name, Total: len(values)}
	for value, f := range values {
		b.Rows = append(b.Rows, index.BreakdownRow{Value: value, A: f[0], B: f[1]})
	}
	slices.SortFunc(b.Rows, func(first, second index.BreakdownRow) int {
		by := cmp.Or(
			cmp.Compare(second.A.Matches+second.B.Matches, first.A.Matches+first.B.Matches),
			cmp.Compare(second.A.Words+second.B.Words, first.A.Words+first.B.Words),
			strings.Compare(first.Value, second.Value),
		)
		if name == "year" {
			by = cmp.Or(cmp.Compare(len(first.Value), len(second.Value)), strings.Compare(first.Value, second.Value))
		}
		return cmp.Or(lastIf(first.Value == "", second.Value == ""), by)
	})
	if name != "year" && len(b.Rows) > few {
		b.Rows = b.Rows[:few]
	}
	return b
}
