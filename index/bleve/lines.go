package bleve

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"glossator/index"
	"glossator/index/query"
)

// Lines is index.Engine's.
func (x *Index) Lines(ctx context.Context, q query.Query, audiences []string, limit int) (*index.Concordance, error) {
	concordance := &index.Concordance{}
	err := x.evaluate(ctx, audiences, func(e *evaluation) (err error) {
		if concordance.Mark, err = markOf(e.view.snapshot); err != nil {
			return err
		}
		m, err := e.query(q)
		if err != nil {
			return err
		}
		groups := e.view.group(m)
		concordance.Passages, concordance.Documents = m.set.count(), len(groups)
		e.view.sort(groups, index.ByRelevance)
		// One more than is wanted tells whether there are more.
		concordance.Lines, err = e.lines(groups, q, limit+1)
		if len(concordance.Lines) > limit {
			concordance.Lines, concordance.Bounded = concordance.Lines[:limit], true
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return concordance, nil
}

// lines returns the lines of groups, or only the first of them if there are
// enough.
func (e *evaluation) lines(groups []*group, q query.Query, enough int) ([]index.Line, error) {
	marker := newMarker(e.lexicon, q)
	marked, err := e.marked(marker.terms)
	if err != nil {
		return nil, err
	}
	var lines []index.Line
	for _, g := range groups {
		slices.SortFunc(g.candidates, e.view.byText)
		for _, c := range g.candidates {
			if len(lines) >= enough {
				return lines, nil
			}
			if !marked.has(c.passage) {
				continue
			}
			hit, err := e.hit(c, marker)
			if err != nil {
				return nil, err
			}
			lines = append(lines, hit.Lines()...)
		}
	}
	return lines, nil
}

// marked returns the passages whose text has one of the terms.
func (e *evaluation) marked(terms []query.Term) (bitset, error) {
	if len(terms) == 0 {
		return newBits(len(e.view.rows)), nil
	}
	some := make([]query.Query, len(terms))
	for i, term := range terms {
		some[i] = term
	}
	e.lookups = 0 // these words have been looked up before, and were not too many
	m, err := e.query(query.Any(some...))
	if err != nil {
		return nil, err
	}
	return m.set, nil
}

// byText orders hits of a document by version, and within it as they stand in
// the text.
func (v *view) byText(a, b candidate) int {
	first, second := &v.rows[a.passage], &v.rows[b.passage]
	return cmp.Or(strings.Compare(v.versions[first.version], v.versions[second.version]), v.byPlace(a, b))
}
