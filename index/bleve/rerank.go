package bleve

import (
	"math"
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
	var seconds []int
	for i := 1; i < len(f.plan.leaves); i++ {
		if f.plan.leaves[i-1].plain() && f.plan.leaves[i].plain() {
			seconds = append(seconds, i)
		}
	}
	if len(seconds) == 0 {
		return nil
	}
	f.more = map[passageKey]float32{}
	best := f.best(reconsidered)
	for len(best) > 0 {
		n := 1
		for n < len(best) && best[n].part == best[0].part {
			n++
		}
		if err := f.favour(seconds, best[:n]); err != nil {
			return err
		}
		best = best[n:]
	}
	return f.ctx.Err()
}

// favour gives candidates of one part, ascending, more for pairs of words, each
// given by the place of its second in the leaves.
func (f *found) favour(seconds []int, best []candidate) error {
	leaves, part := f.plan.leaves, best[0].part
	text, heading := make([]cursor, len(leaves)), make([]cursor, len(leaves))
	rarer := make([]scorer, len(leaves)) // of each pair, by its second
	for _, second := range seconds {
		for i := second - 1; i <= second; i++ {
			l := leaves[i]
			var err error
			if text[i].list, err = f.list(l.shape.(words)[0][0], part, true); err != nil {
				return err
			}
			if heading[i].list, err = f.list(l.heading[0][0], part, true); err != nil {
				return err
			}
		}
		rarer[second] = f.scorer(leaves[second-1])
		if other := f.scorer(leaves[second]); other.weight < rarer[second].weight {
			rarer[second] = other
		}
	}
	for _, c := range best {
		for _, second := range seconds {
			n := following(&text[second-1], &text[second], c.doc)
			if n == 0 {
				continue
			}
			more := inOrder * rarer[second].of(float32(n), f.length(c))
			if following(&heading[second-1], &heading[second], c.doc) > 0 {
				more += inOrder * rarer[second].weight
			}
			f.more[c.key()] += more
			f.scores[c.part][c.doc] += more
		}
	}
	return nil
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

// best returns the n passages with the highest scores, by part and place. Of those
// with equal scores it takes the first.
func (f *found) best(n int) []candidate {
	var best []candidate
	for part, scores := range f.scores {
		bar := f.bar(part, n)
		for doc := range f.race.contenders[part].each(0, uint32(len(scores))) {
			if scores[doc] >= bar {
				best = append(best, candidate{part, doc, scores[doc]})
			}
		}
	}
	if len(best) <= n {
		return best
	}
	scores := make([]float32, len(best))
	for i, c := range best {
		scores[i] = c.score
	}
	slices.Sort(scores)
	least := scores[len(scores)-n]
	above, _ := slices.BinarySearch(scores, math.Nextafter32(least, math.MaxFloat32))
	equal := n - (len(scores) - above) // how many that have the least score are among them
	return slices.DeleteFunc(best, func(c candidate) bool {
		if c.score == least {
			equal--
		}
		return c.score < least || c.score == least && equal < 0
	})
}

// following returns how often a word directly follows another in a passage. It
// is asked of ascending passages.
func following(before, word *cursor, doc uint32) (times int) {
	first, second := before.at(doc), word.at(doc)
	for _, p := range first {
		for len(second) > 0 && second[0].stretch().first <= p.stretch().last {
			second = second[1:]
		}
		if len(second) == 0 {
			return times
		}
		if second[0].stretch().first == p.stretch().last+1 {
			times++
		}
	}
	return times
}
