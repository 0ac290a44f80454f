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
func (x *Index) Lines(ctx context.Context, q query.Query, o index.LineOptions) (*index.Concordance, error) {
	concordance := &index.Concordance{}
	err := x.evaluate(ctx, o.Audiences, func(e *evaluation) (err error) {
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
		all, err := e.lines(groups, q)
		if err != nil {
			return err
		}
		facts := map[string]index.Document{}
		for i, m := range e.view.metadata {
			facts[e.view.documents[i]] = index.Document{Organisation: m.Organisation, Signed: yearTerm(m.Year)}
		}
		index.SortLines(all, o.Sort, func(id string) index.Document { return facts[id] })
		from := min(o.Offset, len(all))
		concordance.Total, concordance.Lines = len(all), all[from:min(from+o.Limit, len(all))]
		return nil
	})
	if err != nil {
		return nil, err
	}
	return concordance, nil
}

// Hits is index.Engine's.
func (x *Index) Hits(ctx context.Context, q query.Query, o index.Options, visit func(index.Hit) error) error {
	return x.evaluate(ctx, o.Audiences, func(e *evaluation) error {
		m, err := e.since(q, o.Since)
		if err != nil {
			return err
		}
		groups := e.view.group(m)
		e.view.sort(groups, o.Sort)
		marker := newMarker(e.lexicon, q)
		for _, g := range groups {
			slices.SortFunc(g.candidates, e.view.byScore)
			for _, c := range g.candidates {
				hit, err := e.hit(c, marker)
				if err == nil {
					err = visit(hit)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Why is index.Engine's.
func (x *Index) Why(ctx context.Context, q query.Query, audiences []string, version, provision string) (*index.Why, error) {
	hits, err := x.Matches(ctx, q, version, audiences)
	if err != nil {
		return nil, err
	}
	for _, hit := range hits {
		if hit.Provision == provision {
			return &index.Why{Score: hit.Score}, nil
		}
	}
	return nil, index.ErrNotFound
}

// lines returns the lines of groups.
func (e *evaluation) lines(groups []*group, q query.Query) ([]index.Line, error) {
	marker := newMarker(e.lexicon, q)
	marked, err := e.marked(marker.terms)
	if err != nil {
		return nil, err
	}
	var lines []index.Line
	for _, g := range groups {
		slices.SortFunc(g.candidates, e.view.byText)
		for _, c := range g.candidates {
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
