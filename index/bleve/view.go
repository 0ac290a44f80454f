package bleve

import (
	"iter"
	"math/bits"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/maypok86/otter/v2"

	"glossator/index/query"
)

// A part is a segment as it stands in one state of the index. Its passages are
// live unless they are deleted or, in a view of current versions, of another.
type part struct {
	*shelf
	segment  *scorch.SegmentSnapshot
	live     bitset
	dead     []uint32 // the passages that are not live, ascending
	passages int      // that are live
	length   int      // of these, in words
}

// A view is one state of the index, with or without the versions of texts that
// are not current. It does not change.
type view struct {
	snapshot *scorch.IndexSnapshot // which state; whoever reads from it holds it open
	parts    []*part
	passages int
	words    float64          // of a passage, on average
	names    names            // as far as they are used here
	orders   [facets][]uint32 // see nameOrders
	facts    []*fact          // by document; nil for those that have no passage here
	titles   *titleIndex      // of facts
	grammars []grammar
	lists    *otter.Cache[listKey, *list]
	read     *pageCount
	filters  *memo[filterKey, bitset] // of facts
}

// A filterKey names the passages of a segment whose documents are what a Term or
// a Range asks for.
type filterKey struct {
	segment uint64
	asked   query.Query
}

// A gallery makes views. What it reads of a segment it keeps while the segment
// is in use.
type gallery struct {
	names   names
	shelves map[uint64]*shelf
	lists   *otter.Cache[listKey, *list]
	read    pageCount
	last    map[bool]*view   // by whether older versions are in it
	orders  [facets][]uint32 // of names, when they were last asked for
}

// A listKey names a list: of a term of a field of a segment, or of a slot.
type listKey struct {
	segment uint64
	field   string
	term    string
	places  bool
}

// listMemory is how many bytes of lists are kept, those that are used most: what a
// thousand different queries read of 800,000 passages. All words of 40,000 take less
// than a tenth of it.
const listMemory = 704 << 20

func newGallery() *gallery {
	return &gallery{last: map[bool]*view{}, lists: otter.Must(&otter.Options[listKey, *list]{
		MaximumWeight: listMemory,
		Weigher:       func(_ listKey, l *list) uint32 { return l.size() },
	})}
}

// view returns the view of a state of the index, with older versions if they are
// wanted.
func (g *gallery) view(snapshot *scorch.IndexSnapshot, older bool) (*view, error) {
	last := g.last[older]
	if last != nil && last.snapshot == snapshot {
		return last, nil
	}
	known := map[uint64]*part{}
	if last != nil {
		for _, p := range last.parts {
			known[p.id] = p
		}
	}
	v := &view{snapshot: snapshot, lists: g.lists, read: &g.read}
	shelves := map[uint64]*shelf{}
	for _, segment := range snapshot.Segments() {
		h, err := g.shelf(segment)
		if err != nil {
			return nil, err
		}
		shelves[h.id] = h
		v.parts = append(v.parts, h.part(segment, older, known[h.id]))
	}
	before := g.shelves
	g.shelves = shelves
	g.forget(before)
	g.sum(v, last)
	g.last[older] = v
	if other := g.last[!older]; other != nil && other.snapshot != snapshot {
		delete(g.last, !older) // it holds on to segments that are gone
	}
	return v, nil
}

// forget forgets the lists of segments that are no longer in use, if one of those
// before is not. Of small ones there are none.
func (g *gallery) forget(before map[uint64]*shelf) {
	gone := func(id uint64) bool { return g.shelves[id] == nil }
	for id, h := range before {
		if !h.small() && gone(id) {
			for key := range g.lists.Keys() {
				if gone(key.segment) {
					g.lists.Invalidate(key)
				}
			}
			return
		}
	}
}

// shelf returns the shelf of a segment.
func (g *gallery) shelf(s *scorch.SegmentSnapshot) (*shelf, error) {
	if h := g.shelves[s.Id()]; h != nil {
		return h, nil
	}
	return g.names.shelve(s)
}

// part returns the part of a segment, which is made of that of an earlier state if
// there is one: passages are deleted and never come back.
func (h *shelf) part(s *scorch.SegmentSnapshot, older bool, earlier *part) *part {
	dead := h.dead(s, older)
	p := &part{shelf: h, segment: s, dead: dead, passages: len(h.rows), length: h.length}
	switch {
	case earlier == nil || len(earlier.dead) > len(dead): // that state is in truth a later one
		p.live = newBits(len(h.rows))
		p.live.fill(0, uint32(len(h.rows)))
	case len(earlier.dead) == len(dead):
		p.live, p.passages, p.length = earlier.live, earlier.passages, earlier.length
		return p
	default:
		p.live, p.passages, p.length = slices.Clone(earlier.live), earlier.passages, earlier.length
	}
	for _, i := range dead {
		if p.live.has(i) {
			p.live.clear(i)
			p.passages--
			p.length -= int(h.lengths[i])
		}
	}
	return p
}

// dead returns the passages of a segment that are not live, ascending.
func (h *shelf) dead(s *scorch.SegmentSnapshot, older bool) []uint32 {
	var dead []uint32
	if s.Deleted() != nil {
		dead = s.Deleted().ToArray()
	}
	if !older && len(h.older) > 0 {
		dead = append(dead, h.older...)
		slices.Sort(dead)
		dead = slices.Compact(dead)
	}
	return dead
}

// sum fills in what a view knows of all its passages together.
func (g *gallery) sum(v, last *view) {
	g.orders = g.names.nameOrders(g.orders)
	v.names, v.orders = g.names, g.orders
	v.facts = make([]*fact, len(g.names.documents.values))
	newest := make([]int64, len(v.facts))
	total := 0
	seen := map[grammar]bool{}
	for _, p := range v.parts {
		v.passages += p.passages
		total += p.length
		for _, r := range p.runs {
			if (v.facts[r.document] == nil || r.changed >= newest[r.document]) && p.live.any(r.from, r.to) {
				newest[r.document], v.facts[r.document] = r.changed, g.names.decoded[r.fact]
			}
		}
		for _, of := range p.grammars {
			if !seen[of] {
				seen[of] = true
				v.grammars = append(v.grammars, of)
			}
		}
	}
	v.words = float64(total) / float64(max(v.passages, 1))
	v.titles, v.filters = &titleIndex{}, &memo[filterKey, bitset]{}
	if last != nil && slices.Equal(last.facts, v.facts) {
		v.titles, v.filters = last.titles, last.filters
	}
}

// A bitset is a set of the passages of a segment.
type bitset []uint64

func newBits(size int) bitset { return make(bitset, (size+63)/64) }

func (b bitset) set(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) clear(i uint32)    { b[i/64] &^= 1 << (i % 64) }
func (b bitset) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }

func (b bitset) setAll(all []uint32) {
	for _, i := range all {
		b.set(i)
	}
}

func (b bitset) count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// span calls visit for the words of b that hold passages from from up to, not
// including, to, with the bits of those.
func span(from, to uint32, visit func(word uint32, mask uint64) bool) {
	for from < to {
		word := from / 64
		mask := ^uint64(0) << (from % 64)
		if end := (word + 1) * 64; to < end {
			mask &= 1<<(to%64) - 1
		}
		if !visit(word, mask) {
			return
		}
		from = (word + 1) * 64
	}
}

func (b bitset) fill(from, to uint32) {
	span(from, to, func(word uint32, mask uint64) bool {
		b[word] |= mask
		return true
	})
}

func (b bitset) any(from, to uint32) (any bool) {
	span(from, to, func(word uint32, mask uint64) bool {
		any = b[word]&mask != 0
		return !any
	})
	return any
}

// next returns the first passage in b from i on; to if there is none before to.
func (b bitset) next(i, to uint32) uint32 {
	if i >= to {
		return to
	}
	word := i / 64
	rest := b[word] >> (i % 64) << (i % 64)
	for rest == 0 {
		if word++; word*64 >= to {
			return to
		}
		rest = b[word]
	}
	return min(word*64+uint32(bits.TrailingZeros64(rest)), to)
}

// each yields the passages in b from from up to, not including, to.
func (b bitset) each(from, to uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i := b.next(from, to); i < to; i = b.next(i+1, to) {
			if !yield(i) {
				return
			}
		}
	}
}

func (b bitset) and(other bitset) {
	for i := range b {
		b[i] &= other[i]
	}
}

func (b bitset) or(other bitset) {
	for i := range b {
		b[i] |= other[i]
	}
}
