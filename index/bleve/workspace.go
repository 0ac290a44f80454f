package bleve

import "sync"

// A workspace is memory that searches use one after the other: to make and to
// collect it each time adds a fifth to what a search for a rare word takes.
type workspace struct {
	bits       arena[uint64]
	counts     arena[uint32]
	scores     arena[float32]
	groups     arena[group]
	candidates arena[candidate]
}

// workspaces are those of searches that are over.
var workspaces = sync.Pool{New: func() any { return &workspace{} }}

// end makes w ready for the next search: nothing that it has lent may be used any
// more.
func (w *workspace) end() {
	w.bits.end()
	w.counts.end()
	w.scores.end()
	w.groups.end()
	w.candidates.end()
	workspaces.Put(w)
}

// newBits returns an empty set of passages below size that lasts as long as the
// search.
func (w *workspace) newBits(size int) bitset {
	return bitset(w.bits.zeros((size + 63) / 64))
}

// clone returns a copy of a set that lasts as long as the search.
func (w *workspace) clone(b bitset) bitset {
	c := bitset(w.bits.lend(len(b)))
	copy(c, b)
	return c
}

// An arena lends memory, all of which it gets back at once.
type arena[T any] struct {
	free   []T // of block, what is not lent
	block  []T
	wanted int // since the last end
}

// arenaMost is of how many things an arena keeps the memory at most.
const arenaMost = 1 << 21

// lend returns n things, whatever they are.
func (a *arena[T]) lend(n int) []T {
	a.wanted += n
	if n > len(a.free) {
		return make([]T, n)
	}
	lent := a.free[:n:n]
	a.free = a.free[n:]
	return lent
}

// zeros returns n zero things.
func (a *arena[T]) zeros(n int) []T {
	lent := a.lend(n)
	clear(lent)
	return lent
}

// end takes back what has been lent, and has room for as much the next time.
func (a *arena[T]) end() {
	if room := min(a.wanted, arenaMost); room > len(a.block) {
		a.block = make([]T, room)
	}
	a.free, a.wanted = a.block, 0
}
