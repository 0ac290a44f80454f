package bleve

import (
	"cmp"
	"slices"

	"glossator/index/query"
)

// inOrder is what the best passages get for two words side by side as they were
// typed, as a share of the score that the rarer of them would have if it were
// found as often, and again for that in a heading.
const inOrder = 0.1

// reconsidered is how many of the best passages get more.
const reconsidered = 200

// rerank gives the best passages more for words in the order in which they were
// typed. They were the best, so no other passes them.
func (f *found) rerank() error {
	var pairs [][2]*leaf
	for i := 1; i < len(f.plan.leaves); i++ {
		if before, l := f.plan.leaves[i-1], f.plan.leaves[i]; before.plain() && l.plain() {
			pairs = append(pairs, [2]*leaf{before, l})
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	f.more = map[passageKey]float32{}
	best := f.best(reconsidered)
	for _, pair := range pairs {
		rarer := f.scorer(pair[0])
		if other := f.scorer(pair[1]); other.weight < rarer.weight {
			rarer = other
		}
		for _, c := range best {
			n, err := f.sideBySide(pair, c, false)
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			more := inOrder * rarer.of(float32(n), f.row(c).words)
			if n, err = f.sideBySide(pair, c, true); err != nil {
				return err
			}
			if n > 0 {
				more += inOrder * rarer.weight
			}
			f.more[c.key()] += more
			f.scores[c.part][c.doc] += more
		}
	}
	return f.ctx.Err()
}

// A passageKey names a passage of a view.
type passageKey struct {
	part int
	doc  uint32
}

func (c candidate) key() passageKey { return passageKey{c.part, c.doc} }

// plain reports whether l is a single plain word of the text.
func (l *leaf) plain() bool {
	w, ok := l.shape.(words)
	return ok && l.field == fieldExact && len(w) == 1 && len(w[0]) == 1 && w[0][0].match == query.Word
}

// best returns the n passages with the highest scores, in no order.
func (f *found) best(n int) []candidate {
	var best []candidate
	least := float32(0)
	cut := func() {
		if len(best) <= n {
			return
		}
		slices.SortFunc(best, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.part, b.part), cmp.Compare(a.doc, b.doc))
		})
		best = best[:n]
		least = best[n-1].score
	}
	for part, p := range f.view.parts {
		set, scores := f.sets[part], f.scores[part]
		size := uint32(len(p.rows))
		for doc := set.next(0, size); doc < size; doc = set.next(doc+1, size) {
			if score := scores[doc]; score > least {
				if best = append(best, candidate{part, doc, score}); len(best) == 4*n {
					cut()
				}
			}
		}
	}
	cut()
	return best
}

// sideBySide returns how often the second of two words directly follows the
// first in the text of a passage, or in its heading.
func (f *found) sideBySide(pair [2]*leaf, c candidate, heading bool) (n int, err error) {
	var places [2][]place
	for i, l := range pair {
		if heading && l.headings[c.part].frequency(c.doc) == 0 {
			return 0, nil
		}
		s := l.shape.(words)[0][0]
		if heading {
			s = l.heading[0][0]
		}
		list, err := f.list(s, c.part, true)
		if err != nil {
			return 0, err
		}
		if places[i] = list.at(c.doc); len(places[i]) == 0 {
			return 0, nil
		}
	}
	next := places[1]
	for _, p := range places[0] {
		for len(next) > 0 && next[0].stretch().first <= p.stretch().last {
			next = next[1:]
		}
		if len(next) > 0 && next[0].stretch().first == p.stretch().last+1 {
			n++
		}
	}
	return n, nil
}
