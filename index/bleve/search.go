package bleve

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"glossator/index"
	"glossator/index/query"
)

// maxPlaces is how many places a Group has at most.
const maxPlaces = 200

// Search is index.Engine's.
func (x *Index) Search(ctx context.Context, q query.Query, o index.Options) (*index.Result, error) {
	result := &index.Result{}
	err := x.evaluate(ctx, o.Audiences, func(e *evaluation) (err error) {
		if result.Mark, err = markOf(e.view.snapshot); err != nil {
			return err
		}
		m, err := e.since(q, o.Since)
		if err != nil {
			return err
		}
		groups := e.view.group(m)
		result.Passages, result.Documents = m.set.count(), len(groups)
		e.view.sort(groups, o.Sort)
		marker := newMarker(e.lexicon, q)
		for _, g := range page(groups, o.Offset, o.Limit) {
			found, err := e.open(g, marker, o.PerDocument)
			if err != nil {
				return err
			}
			result.Groups = append(result.Groups, found)
		}
		if o.Facets {
			result.Facets = e.facets(groups)
		}
		if result.Passages == 0 {
			result.Clauses, err = e.clauses(q, o.Since)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// Matches is index.Engine's.
func (x *Index) Matches(ctx context.Context, q query.Query, version string, audiences []string) ([]index.Hit, error) {
	hits := []index.Hit{}
	err := x.evaluate(ctx, audiences, func(e *evaluation) error {
		m, err := e.query(q)
		if err != nil {
			return err
		}
		of := &matching{set: newBits(len(e.view.rows))}
		if err := e.anyOf(of, fieldVersion, []string{version}); err != nil {
			return err
		}
		m.and(of)
		found := e.view.candidates(m)
		slices.SortFunc(found, e.view.byPlace)
		marker := newMarker(e.lexicon, q)
		for _, c := range found {
			hit, err := e.hit(c, marker)
			if err != nil {
				return err
			}
			hits = append(hits, hit)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return hits, nil
}

// evaluate waits for its turn and calls search with the present state of the
// index.
func (x *Index) evaluate(ctx context.Context, audiences []string, search func(e *evaluation) error) error {
	select {
	case x.turns <- struct{}{}:
		defer func() { <-x.turns }()
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return x.read(func(snapshot *scorch.IndexSnapshot) error {
		x.viewing.Lock()
		v, err := x.gallery.view(snapshot)
		x.viewing.Unlock()
		if err != nil {
			return err
		}
		return search(&evaluation{ctx: ctx, view: v, lexicon: x.lexicon, audiences: audiences})
	})
}

// since returns what matches q and has changed, as far as the audiences may
// know, after a number.
func (e *evaluation) since(q query.Query, number int64) (*matching, error) {
	m, err := e.query(q)
	if err != nil || number <= 0 {
		return m, err
	}
	for i := range m.set.all() {
		if e.changed(&e.view.rows[i]) <= number {
			m.set.clear(i)
		}
	}
	return m, nil
}

func (e *evaluation) changed(r *row) int64 {
	changed := r.changed
	for _, note := range r.notes {
		if slices.Contains(e.audiences, note.audience) {
			changed = max(changed, note.changed)
		}
	}
	return changed
}

// clauses returns what each clause of q finds alone; nothing if there is only
// one.
func (e *evaluation) clauses(q query.Query, since int64) ([]index.ClauseCount, error) {
	clauses := query.Clauses(q)
	if len(clauses) < 2 {
		return nil, nil
	}
	var counts []index.ClauseCount
	for _, clause := range clauses {
		m, err := e.since(clause, since)
		if err != nil {
			return nil, err
		}
		counts = append(counts, index.ClauseCount{Clause: clause.String(), Passages: m.set.count()})
	}
	return counts, nil
}

// A candidate is a passage that matches.
type candidate struct {
	passage int // Bleve's document number
	score   float32
}

// A group is the candidates in one document, in Bleve's order.
type group struct {
	document   uint32
	best       float32
	candidates []candidate
}

// candidates returns the passages that match.
func (v *view) candidates(m *matching) []candidate {
	found := make([]candidate, 0, m.set.count())
	for i := range m.set.all() {
		c := candidate{passage: i}
		if m.scores != nil {
			c.score = m.scores[i]
		}
		found = append(found, c)
	}
	return found
}

// group returns the passages that match by document.
func (v *view) group(m *matching) []*group {
	found := v.candidates(m)
	totals := make([]int, len(v.documents))
	for _, c := range found {
		totals[v.rows[c.passage].document]++
	}
	of := make([]*group, len(v.documents))
	var groups []*group
	for _, c := range found {
		document := v.rows[c.passage].document
		g := of[document]
		if g == nil {
			g = &group{document: document, best: c.score, candidates: make([]candidate, 0, totals[document])}
			of[document] = g
			groups = append(groups, g)
		}
		g.best = max(g.best, c.score)
		g.candidates = append(g.candidates, c)
	}
	return groups
}

// sort puts groups in one of index's orders; the id of the document decides
// between equals. Documents without a year come last by either.
func (v *view) sort(groups []*group, order string) {
	slices.SortFunc(groups, func(a, b *group) int {
		var by int
		first, second := v.metadata[a.document], v.metadata[b.document]
		switch order {
		case index.ByNewest:
			by = cmp.Compare(second.Year, first.Year)
		case index.ByOldest:
			by = cmp.Or(lastIf(first.Year == 0, second.Year == 0), cmp.Compare(first.Year, second.Year))
		case index.ByTitle:
			by = cmp.Compare(titleKey(first.Title), titleKey(second.Title))
		case index.ByHits:
			by = cmp.Or(cmp.Compare(len(b.candidates), len(a.candidates)), cmp.Compare(b.best, a.best))
		default:
			by = cmp.Compare(b.best, a.best)
		}
		return cmp.Or(by, strings.Compare(v.documents[a.document], v.documents[b.document]))
	})
}

func lastIf(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// titleKey is what titles are sorted by: case and accents do not count.
func titleKey(title string) string { return foldAccents(strings.ToLower(title)) }

// byScore orders hits of a document: the best first, then by place.
func (v *view) byScore(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), v.byPlace(a, b))
}

// byPlace orders hits of a document as they stand in its text.
func (v *view) byPlace(a, b candidate) int {
	first, second := &v.rows[a.passage], &v.rows[b.passage]
	return cmp.Or(
		cmp.Compare(first.start, second.start),
		strings.Compare(v.versions[first.version], v.versions[second.version]),
		cmp.Compare(a.passage, b.passage),
	)
}

// maxGroups is how many documents a page shows at most.
const maxGroups = 100

// page returns the groups that a page shows.
func page(groups []*group, offset, limit int) []*group {
	from := min(max(offset, 0), len(groups))
	return groups[from:min(from+min(max(limit, 0), maxGroups), len(groups))]
}

// open returns a group with its hits.
func (e *evaluation) open(g *group, m *marker, hits int) (index.Group, error) {
	found := index.Group{
		Document: e.view.documents[g.document], Total: len(g.candidates), Places: e.view.placesOf(g),
	}
	slices.SortFunc(g.candidates, e.view.byScore)
	for _, c := range g.candidates[:min(max(hits, 0), len(g.candidates))] {
		hit, err := e.hit(c, m)
		if err != nil {
			return index.Group{}, err
		}
		found.Hits = append(found.Hits, hit)
	}
	return found, nil
}

// placesOf returns where the hits of a group begin, ascending; evenly chosen if
// there are too many.
func (v *view) placesOf(g *group) []int {
	places := make([]int, 0, len(g.candidates))
	for _, c := range g.candidates {
		places = append(places, int(v.rows[c.passage].start))
	}
	slices.Sort(places)
	places = slices.Compact(places)
	if len(places) <= maxPlaces {
		return places
	}
	chosen := make([]int, maxPlaces)
	for i := range chosen {
		chosen[i] = places[i*(len(places)-1)/(maxPlaces-1)]
	}
	return chosen
}
