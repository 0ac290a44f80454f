package bleve

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"glossator/index"
)

// ahead returns of how many documents the best scores must be known for a page.
func ahead(o index.Options) int {
	switch o.Sort {
	case index.ByHits, index.ByAgreements:
		return everyDocument // they decide between those with as many, or of a kind
	case index.ByNewest, index.ByOldest, index.ByTitle:
		return 0
	}
	return max(o.Offset, 0) + min(max(o.Limit, 0), maxGroups)
}

// A group is what was found in one document.
type group struct {
	document uint32
	best     float32 // if it has contenders; 0 if not
	total    uint32
}

// groups returns the documents in which something was found.
func (f *found) groups() []group {
	best, found := f.memory.scores.zeros(len(f.totals)), 0
	for n, p := range f.view.parts {
		scores := f.scores[n]
		for word, passages := range f.race.contenders[n] {
			p.inRuns(uint32(word), passages, func(r int, here uint64) {
				most := &best[p.runs[r].document]
				for ; here != 0; here &= here - 1 {
					*most = max(*most, scores[word*64+bits.TrailingZeros64(here)])
				}
			})
		}
	}
	for _, total := range f.totals {
		if total > 0 {
			found++
		}
	}
	groups := f.memory.groups.lend(found)[:0]
	for document, total := range f.totals {
		if total > 0 {
			groups = append(groups, group{uint32(document), best[document], total})
		}
	}
	return groups
}

// order returns the comparison of one of index's orders; the id of the document
// decides between equals. Documents without a year come last by either.
func (e *evaluation) order(by string) func(a, b group) int {
	facts := e.view.facts
	compare := func(a, b group) int { return cmp.Compare(b.best, a.best) }
	switch by {
	case index.ByHits:
		compare = func(a, b group) int { return cmp.Or(cmp.Compare(b.total, a.total), cmp.Compare(b.best, a.best)) }
	case index.ByAgreements:
		comments := func(g group) bool { return facts[g.document].Kind == index.Commentary }
		compare = func(a, b group) int { return cmp.Or(lastIf(comments(a), comments(b)), cmp.Compare(b.best, a.best)) }
	case index.ByNewest:
		compare = func(a, b group) int { return cmp.Compare(facts[b.document].Year(), facts[a.document].Year()) }
	case index.ByOldest:
		compare = func(a, b group) int {
			first, second := facts[a.document].Year(), facts[b.document].Year()
			return cmp.Or(lastIf(first == 0, second == 0), cmp.Compare(first, second))
		}
	case index.ByTitle:
		compare = func(a, b group) int { return cmp.Compare(facts[a.document].sortKey, facts[b.document].sortKey) }
	}
	return func(a, b group) int {
		if by := compare(a, b); by != 0 {
			return by
		}
		return strings.Compare(e.name(a.document), e.name(b.document))
	}
}

// name returns the id of a document.
func (e *evaluation) name(document uint32) string { return e.view.names.documents.values[document] }

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

// maxGroups is how many documents a page shows at most.
const maxGroups = 100

// page returns the groups that a page shows.
func (e *evaluation) page(groups []group, o index.Options) []group {
	from := min(max(o.Offset, 0), len(groups))
	to := min(from+min(max(o.Limit, 0), maxGroups), len(groups))
	return first(groups, to, e.order(o.Sort))[from:to]
}

// first returns the first n of some things in an order.
func first[T any](all []T, n int, order func(a, b T) int) []T {
	if n*8 > len(all) {
		slices.SortFunc(all, order)
		return all[:n]
	}
	best := make([]T, 0, n+1)
	for _, one := range all {
		if n == 0 || len(best) == n && order(best[n-1], one) <= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, one, order)
		best = slices.Insert(best, at, one)
		best = best[:min(n, len(best))]
	}
	return best
}
