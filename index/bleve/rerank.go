package bleve

import (
	"cmp"
	"slices"

	"glossator/index/query"
)

// What the best passages get in addition, in shares of rarity.
const (
	asTyped = 0.1 // for a word in the form in which it was typed
	inOrder = 0.1 // for two words side by side as they were typed, and again for that in a heading
)

// reconsidered is how many of the best passages get more.
const reconsidered = 200

// rerank gives the best passages more for words in the form and in the order in
// which they were typed. They were the best, so no other passes them.
func (f *found) rerank() error {
	if !slices.ContainsFunc(f.plan.leaves, (*leaf).plain) {
		return nil
	}
	f.again = make(map[passageKey]bool, reconsidered)
	for _, c := range f.best(reconsidered) {
		f.again[c.key()] = true
		for _, l := range f.plan.leaves {
			exact, following, err := f.more(l, c)
			if err != nil {
				return err
			}
			f.scores[c.part][c.doc] += exact + following
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

// more returns what one of the best passages gets for a word: in the form in
// which it was typed, and for following the word that was typed before it.
func (f *found) more(l *leaf, c candidate) (exact, following float32, err error) {
	if !l.plain() {
		return 0, 0, nil
	}
	if exact, err = f.exact(l, c); err != nil {
		return 0, 0, err
	}
	if i := slices.Index(f.plan.leaves, l); i > 0 && f.plan.leaves[i-1].plain() {
		following, err = f.following(f.plan.leaves[i-1], l, c)
	}
	return exact, following, err
}

// best returns the n passages with the highest scores, in no order.
func (f *found) best(n int) []candidate {
	var best []candidate
	least := float32(0)
	cut := func() {
		slices.SortStableFunc(best, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
		if len(best) >= n {
			best = best[:n]
			least = best[n-1].score
		}
	}
	for part, p := range f.view.parts {
		for doc := range f.sets[part].each(0, uint32(len(p.rows))) {
			if score := f.scores[part][doc]; score > least {
				if best = append(best, candidate{part, doc, score}); len(best) == 4*n {
					cut()
				}
			}
		}
	}
	cut()
	return best
}

// exact returns what a passage gets for a word in the form in which it was
// typed.
func (f *found) exact(l *leaf, c candidate) (float32, error) {
	typed, err := f.term(f.view.parts[c.part], fieldExact, l.shape.(words)[0][0].term, false)
	if err != nil {
		return 0, err
	}
	n := typed.frequency(c.doc)
	return asTyped * f.scorer(l).of(float32(n), f.row(c).words), nil
}

// following returns what a passage gets for words that stand side by side as
// they were typed.
func (f *found) following(before, l *leaf, c candidate) (float32, error) {
	rarer := f.scorer(l)
	if other := f.scorer(before); other.weight < rarer.weight {
		rarer = other
	}
	n, err := f.sideBySide(before, l, c, fieldExact)
	if err != nil || n == 0 {
		return 0, err
	}
	more := inOrder * rarer.of(float32(n), f.row(c).words)
	if _, heading := l.counts(c); heading > 0 {
		n, err := f.sideBySide(before, l, c, fieldHeading)
		if err != nil {
			return 0, err
		}
		if n > 0 {
			more += inOrder * rarer.weight
		}
	}
	return more, nil
}

// sideBySide returns how often a word directly follows another in a field of a
// passage.
func (f *found) sideBySide(before, after *leaf, c candidate, field string) (n int, err error) {
	var places [2][]place
	for i, l := range []*leaf{before, after} {
		s := l.shape.(words)[0][0]
		if field == fieldHeading {
			s = l.heading[0][0]
		}
		list, err := f.list(s, c.part, true)
		if err != nil {
			return 0, err
		}
		places[i] = list.at(c.doc)
	}
	for _, p := range places[0] {
		next := places[1]
		at, _ := slices.BinarySearch(next, newPlace(uint64(p.stretch().last)+1, false))
		if at < len(next) && next[at].stretch().first == p.stretch().last+1 {
			n++
		}
	}
	return n, nil
}
