package bleve

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"glossator/index"
	"glossator/index/query"
)

// maxPlaces is how many places a Group has at most.
const maxPlaces = 200

// Search is index.Engine's.
func (x *Index) Search(ctx context.Context, q query.Query, o index.Options) (*index.Result, error) {
	result := &index.Result{}
	err := x.evaluate(ctx, o.Audiences, query.Older(q), func(e *evaluation) (err error) {
		if result.Mark, err = markOf(e.view.snapshot); err != nil {
			return err
		}
		f, err := e.ranked(q, o.Since, ahead(o))
		if err != nil {
			return err
		}
		groups := f.groups()
		result.Passages, result.Documents = f.passages(), len(groups)
		shown := e.page(groups, o)
		if result.Groups, err = f.open(shown, o.PerDocument); err != nil {
			return err
		}
		if o.Facets {
			result.Facets = f.facets(groups)
		}
		if result.Passages == 0 {
			result.Clauses, err = e.clauseCounts(q, o.Since)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// ask returns what q finds, not scored yet.
func (e *evaluation) ask(q query.Query, since int64) (*found, error) {
	p, err := e.plan(q)
	if err != nil {
		return nil, err
	}
	return e.run(p, since)
}

// ranked returns what q finds, scored as far as so many documents need it.
func (e *evaluation) ranked(q query.Query, since int64, documents int) (*found, error) {
	f, err := e.ask(q, since)
	if err != nil {
		return nil, err
	}
	f.score(documents)
	return f, f.rerank()
}

// clauseCounts returns what each clause of q finds alone; nothing if there is
// only one.
func (e *evaluation) clauseCounts(q query.Query, since int64) ([]index.ClauseCount, error) {
	clauses := query.Clauses(q)
	if len(clauses) < 2 {
		return nil, nil
	}
	var counts []index.ClauseCount
	for _, clause := range clauses {
		f, err := e.ask(clause, since)
		if err != nil {
			return nil, err
		}
		counts = append(counts, index.ClauseCount{Clause: clause.String(), Passages: f.passages()})
	}
	return counts, nil
}

// A candidate is a passage that was found.
type candidate struct {
	part  int
	doc   uint32
	score float32
}

// row returns the row of a candidate.
func (e *evaluation) row(c candidate) *row { return &e.view.parts[c.part].rows[c.doc] }

// older reports whether a candidate is of a version that is not current.
func (e *evaluation) older(c candidate) bool {
	_, older := slices.BinarySearch(e.view.parts[c.part].older, c.doc)
	return older
}

// length returns how many words a candidate has.
func (e *evaluation) length(c candidate) uint32 { return e.view.parts[c.part].lengths[c.doc] }

// in returns the candidates of each of some groups.
func (f *found) in(groups []group) [][]candidate {
	found, total := make([][]candidate, len(groups)), 0
	place := f.memory.counts.zeros(len(f.totals)) // of each document in groups, counted from 1
	for i, g := range groups {
		place[g.document] = uint32(i + 1)
		total += int(g.total)
	}
	memory := f.memory.candidates.lend(total)
	for i, g := range groups {
		found[i], memory = memory[:0:g.total], memory[g.total:]
	}
	for n, p := range f.view.parts {
		for i, count := range f.counts[n] {
			if count == 0 || place[p.runs[i].document] == 0 {
				continue
			}
			r := &p.runs[i]
			in := &found[place[r.document]-1]
			for doc := range f.sets[n].each(r.from, r.to) {
				*in = append(*in, candidate{n, doc, f.scores[n][doc]})
			}
		}
	}
	return found
}

// byScore orders candidates of a document: the best first, then those of current
// versions, then by place.
func (e *evaluation) byScore(a, b candidate) int {
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	if older := lastIf(e.older(a), e.older(b)); older != 0 {
		return older
	}
	return e.byPlace(a, b)
}

// byPlace orders candidates of a document as they stand in its text.
func (e *evaluation) byPlace(a, b candidate) int {
	if first, second := e.row(a).start, e.row(b).start; first != second {
		return cmp.Compare(first, second)
	}
	return cmp.Or(e.byVersion(a, b), cmp.Compare(a.part, b.part), cmp.Compare(a.doc, b.doc))
}

func (e *evaluation) byVersion(a, b candidate) int {
	first, second := e.row(a).version, e.row(b).version
	if first == second {
		return 0
	}
	return strings.Compare(e.view.names.versions.values[first], e.view.names.versions.values[second])
}

// byText orders candidates of a document by version, and within it as they
// stand in the text.
func (e *evaluation) byText(a, b candidate) int { return cmp.Or(e.byVersion(a, b), e.byPlace(a, b)) }

// open returns groups with their best hits.
func (f *found) open(shown []group, hits int) ([]index.Group, error) {
	candidates := f.in(shown)
	marker := f.marker(f.plan.leaves...)
	groups := make([]index.Group, 0, len(shown))
	for i, g := range shown {
		in := candidates[i]
		group := index.Group{Document: f.name(g.document), Total: len(in), Places: f.places(in)}
		most := min(max(hits, 0), len(in))
		group.Hits = make([]index.Hit, 0, most)
		f.complete(in, most)
		for _, c := range first(in, most, f.byScore) {
			hit, err := f.hit(c, marker)
			if err != nil {
				return nil, err
			}
			group.Hits = append(group.Hits, hit)
		}
		groups = append(groups, group)
	}
	return groups, nil
}

// places returns where candidates begin, ascending; evenly chosen if there are
// too many.
func (e *evaluation) places(candidates []candidate) []int {
	places := make([]int, 0, len(candidates))
	for _, c := range candidates {
		places = append(places, int(e.row(c).start))
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

// Matches is index.Engine's.
func (x *Index) Matches(ctx context.Context, q query.Query, version string, audiences []string) ([]index.Hit, error) {
	hits := []index.Hit{}
	err := x.evaluate(ctx, audiences, true, func(e *evaluation) error {
		f, err := e.ask(query.Join(q, query.Term{Field: "id", Match: query.Phrase, Text: version}), 0)
		if err != nil {
			return err
		}
		f.score(everyDocument)
		found := f.all()
		slices.SortFunc(found, e.byPlace)
		marker := f.marker(f.plan.leaves...)
		for _, c := range found {
			hit, err := f.hit(c, marker)
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

// all returns all candidates.
func (f *found) all() []candidate {
	var found []candidate
	for n, p := range f.view.parts {
		for doc := range f.sets[n].each(0, uint32(len(p.rows))) {
			found = append(found, candidate{n, doc, f.scores[n][doc]})
		}
	}
	return found
}

// Hits is index.Engine's.
func (x *Index) Hits(ctx context.Context, q query.Query, o index.Options, visit func(index.Hit) error) error {
	return x.evaluate(ctx, o.Audiences, query.Older(q), func(e *evaluation) error {
		f, err := e.ranked(q, o.Since, everyDocument)
		if err != nil {
			return err
		}
		groups := f.groups()
		slices.SortFunc(groups, e.order(o.Sort))
		candidates, marker := f.in(groups), f.marker(f.plan.leaves...)
		for _, in := range candidates {
			slices.SortFunc(in, e.byScore)
			for _, c := range in {
				hit, err := f.hit(c, marker)
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
