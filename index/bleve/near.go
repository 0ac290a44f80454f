package bleve

import (
	"cmp"
	"fmt"
	"slices"

	"glossator/index"
	"glossator/index/query"
)

// A stretch is the words from first to last, both included, of a passage.
type stretch struct{ first, last uint32 }

func byPlaces(a, b stretch) int {
	if a.first != b.first {
		return cmp.Compare(a.first, b.first)
	}
	return cmp.Compare(a.last, b.last)
}

// A passageReader tells where the words of one passage stand.
type passageReader interface {
	places(s *slot) []place // ascending
	// begins returns the positions at which sentences or paragraphs begin,
	// ascending.
	begins(unit query.Unit) []place
}

// A shape is what a query asks of the words of a text.
type shape interface {
	// slots appends the words that are asked for.
	slots(all []*slot) []*slot
	// stretches appends where the shape is found in a passage, ascending and
	// each once.
	stretches(r passageReader, all []stretch) ([]stretch, error)
	// marks appends the stretches of words that make up those in wanted, or all
	// that are found if that is nil.
	marks(r passageReader, wanted map[stretch]bool, marks []stretch) ([]stretch, error)
}

// words is a shape: one of several sequences of words side by side.
type words [][]*slot

// either is a shape: one of several.
type either []shape

// beside is a shape: two near each other.
type beside struct {
	query.Near
	left, right shape
}

func (w words) slots(all []*slot) []*slot {
	for _, sequence := range w {
		all = append(all, sequence...)
	}
	return all
}

func (w words) stretches(r passageReader, all []stretch) ([]stretch, error) {
	from := len(all)
	for _, sequence := range w {
		all = sideBySide(r, sequence, all)
	}
	if len(w) > 1 {
		return all[:from+len(sorted(all[from:]))], nil
	}
	return all, nil
}

// sideBySide appends where words follow each other in a passage.
func sideBySide(r passageReader, sequence []*slot, all []stretch) []stretch {
	from := len(all)
	all = stretchesAt(all, r.places(sequence[0]))
	for _, s := range sequence[1:] {
		next := r.places(s)
		n := from
		for _, before := range all[from:] {
			for len(next) > 0 && next[0].stretch().first <= before.last {
				next = next[1:]
			}
			if len(next) > 0 && next[0].stretch().first == before.last+1 {
				all[n] = stretch{before.first, next[0].stretch().last}
				n++
			}
		}
		all = all[:n]
	}
	return all
}

func (w words) marks(r passageReader, wanted map[stretch]bool, marks []stretch) ([]stretch, error) {
	from := len(marks)
	marks, err := w.stretches(r, marks)
	if err != nil || wanted == nil {
		return marks, err
	}
	unwanted := func(s stretch) bool { return !wanted[s] }
	return marks[:from+len(slices.DeleteFunc(marks[from:], unwanted))], nil
}

func (e either) slots(all []*slot) []*slot {
	for _, s := range e {
		all = s.slots(all)
	}
	return all
}

func (e either) stretches(r passageReader, all []stretch) (_ []stretch, err error) {
	from := len(all)
	for _, s := range e {
		if all, err = s.stretches(r, all); err != nil {
			return nil, err
		}
	}
	return all[:from+len(sorted(all[from:]))], nil
}

func (e either) marks(r passageReader, wanted map[stretch]bool, marks []stretch) (_ []stretch, err error) {
	for _, s := range e {
		if marks, err = s.marks(r, wanted, marks); err != nil {
			return nil, err
		}
	}
	return marks, nil
}

func (b beside) slots(all []*slot) []*slot { return b.right.slots(b.left.slots(all)) }

func (b beside) stretches(r passageReader, all []stretch) ([]stretch, error) {
	from := len(all)
	err := b.pairs(r, func(left, right stretch) { all = append(all, around(left, right)) })
	return all[:from+len(sorted(all[from:]))], err
}

func (b beside) marks(r passageReader, wanted map[stretch]bool, marks []stretch) ([]stretch, error) {
	lefts, rights := map[stretch]bool{}, map[stretch]bool{}
	err := b.pairs(r, func(left, right stretch) {
		if wanted == nil || wanted[around(left, right)] {
			lefts[left], rights[right] = true, true
		}
	})
	if err != nil || len(lefts) == 0 {
		return marks, err
	}
	if marks, err = b.left.marks(r, lefts, marks); err != nil {
		return nil, err
	}
	return b.right.marks(r, rights, marks)
}

func around(a, b stretch) stretch { return stretch{min(a.first, b.first), max(a.last, b.last)} }

// maxPairs is how many pairs of words near each other are looked at in one
// passage.
const maxPairs = 1 << 20

// pairs calls found for every pair of stretches that are near each other.
func (b beside) pairs(r passageReader, found func(left, right stretch)) error {
	lefts, err := b.left.stretches(r, nil)
	if err != nil || len(lefts) == 0 {
		return err
	}
	rights, err := b.right.stretches(r, nil)
	if err != nil || len(rights) == 0 {
		return err
	}
	return b.between(lefts, rights, b.reach(r), found)
}

// between calls found for every pair of two lists of stretches, both ascending,
// that are near each other.
func (b beside) between(lefts, rights []stretch, reach func(s stretch) uint32, found func(left, right stretch)) error {
	pairs := 0
	follow := func(before, after []stretch, found func(a, b stretch)) {
		from, behind := 0, uint32(0) // after[:from] begin before behind
		for _, first := range before {
			if first.last+1 < behind {
				from = 0
			}
			behind = first.last + 1
			for from < len(after) && after[from].first < behind {
				from++
			}
			limit := reach(first)
			for _, second := range after[from:] {
				if second.first > limit || pairs > maxPairs {
					break
				}
				if b.Unit == query.Words || second.last <= limit {
					found(first, second)
					pairs++
				}
			}
		}
	}
	follow(lefts, rights, found)
	if !b.Ordered {
		follow(rights, lefts, func(right, left stretch) { found(left, right) })
	}
	if pairs > maxPairs {
		return fmt.Errorf("%w: “%s” stands in one passage in more than a million ways; ask for rarer words", index.ErrTooCostly, b.Near)
	}
	return nil
}

// nearby returns where a single word stands so many words from another single
// word, without a list for each passage: most of what is asked to be near. It
// reports false if that is not what b asks.
func (e *evaluation) nearby(b beside, n int) (*list, bool, error) {
	left, right := single(b.left), single(b.right)
	if b.Unit != query.Words || left == nil || right == nil {
		return nil, false, nil
	}
	first, err := e.list(left, n, true)
	if err != nil {
		return nil, false, err
	}
	second, err := e.list(right, n, true)
	if err != nil {
		return nil, false, err
	}
	near := &list{}
	var lefthand, righthand walk
	var some, others []place
	var lefts, rights, found []stretch
	pair, reach := func(left, right stretch) { found = append(found, around(left, right)) }, b.reach(nil)
	looked := 0
	for i, j, met := meet(first.docs, second.docs, 0, 0); met; i, j, met = meet(first.docs, second.docs, i+1, j+1) {
		some, others = lefthand.read(first, i, some[:0]), righthand.read(second, j, others[:0])
		times, counted := b.count(some, others)
		if !counted {
			lefts, rights, found = stretchesAt(lefts[:0], some), stretchesAt(rights[:0], others), found[:0]
			if err := b.between(lefts, rights, reach, pair); err != nil {
				return nil, false, err
			}
			times = len(sorted(found))
		}
		if times > 0 {
			near.docs = append(near.docs, first.docs[i])
			near.times.append(uint32(times))
		}
		if looked++; looked%checkEvery == 0 && e.ctx.Err() != nil {
			return nil, false, e.ctx.Err()
		}
	}
	return near, true, nil
}

// meet returns where two ascending lists of passages, from i and j on, first have the
// same one.
func meet(a, b []uint32, i, j int) (int, int, bool) {
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			return i, j, true
		case a[i] < b[j]:
			i += seek(a[i:], b[j])
		default:
			j += seek(b[j:], a[i])
		}
	}
	return i, j, false
}

// count returns in how many stretches words at some places and at others, both
// ascending, are near each other, without looking at each pair. It reports false if a
// word is part of a compound or in both: then pairs may make the same stretch.
func (b beside) count(lefts, rights []place) (stretches int, ok bool) {
	if !apart(lefts) || !apart(rights) {
		return 0, false
	}
	stretches, ok = b.behind(lefts, rights)
	if ok && !b.Ordered {
		turned, _ := b.behind(rights, lefts)
		stretches += turned
	}
	return stretches, ok
}

// apart reports whether places are of single words, each another.
func apart(places []place) bool {
	last := place(0)
	for _, p := range places {
		if p&1 != 0 || p == last {
			return false
		}
		last = p
	}
	return true
}

// behind returns how many pairs there are of one of some places and one of others that
// is near behind it; false if a place is in both.
func (b beside) behind(some, others []place) (pairs int, disjoint bool) {
	from, to := 0, 0 // others[from:to] are near behind
	for _, one := range some {
		for from < len(others) && others[from] < one {
			from++
		}
		if from < len(others) && others[from] == one {
			return 0, false
		}
		to = max(from, to)
		for to < len(others) && uint64(others[to]) <= uint64(one)+2*uint64(b.Distance) {
			to++
		}
		pairs += to - from
	}
	return pairs, true
}

// single returns the word of a shape that is one word, nil of others.
func single(s shape) *slot {
	if w, ok := s.(words); ok && len(w) == 1 && len(w[0]) == 1 {
		return w[0][0]
	}
	return nil
}

// stretchesAt appends the stretches of places.
func stretchesAt(all []stretch, places []place) []stretch {
	for _, p := range places {
		all = append(all, p.stretch())
	}
	return all
}

// reach returns a function that says how far behind a stretch another may
// begin and, within a sentence or a paragraph, end; 0 if none may.
func (b beside) reach(r passageReader) func(s stretch) uint32 {
	if b.Unit == query.Words {
		return func(s stretch) uint32 { return s.last + uint32(b.Distance) }
	}
	begins := r.begins(b.Unit)
	return func(s stretch) uint32 {
		next, _ := slices.BinarySearchFunc(begins, s.first+1, func(p place, first uint32) int { return cmp.Compare(p.stretch().first, first) })
		if next == len(begins) {
			return 1<<32 - 1
		}
		end := begins[next].stretch().first - 1
		if s.last > end {
			return 0
		}
		return end
	}
}

// unitsOf appends the units of nearness that a shape asks for.
func unitsOf(s shape, units []query.Unit) []query.Unit {
	switch s := s.(type) {
	case either:
		for _, one := range s {
			units = unitsOf(one, units)
		}
	case beside:
		units = unitsOf(s.right, unitsOf(s.left, append(units, s.Unit)))
	}
	return units
}

// sorted puts stretches in order, each once.
func sorted(all []stretch) []stretch {
	if !slices.IsSortedFunc(all, byPlaces) {
		slices.SortFunc(all, byPlaces)
	}
	return slices.Compact(all)
}
