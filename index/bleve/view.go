package bleve

import (
	"iter"
	"math/bits"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/maypok86/otter/v2"

	"glossator/index/query"
)

// A part is a segment as it stands in one state of the index.
type part struct {
	*shelf
	segment  *scorch.SegmentSnapshot
	live     bitset
	deleted  []uint32 // the passages that are not live, ascending
	passages int      // that are live
	length   int      // of these, in words
}

// A view is one state of the index. It does not change.
type view struct {
	snapshot   *scorch.IndexSnapshot // which state; whoever reads from it holds it open
	parts      []*part
	passages   int
	words      float64     // of a passage, on average
	names      names       // as far as they are used here
	facts      []*fact     // by document; nil for those that have no passage here
	titles     *titleIndex // of facts
	grammars   []grammar
	lists      *otter.Cache[listKey, *list]
	expansions memo[string, [][]string]    // what patterns stand for, by the key of a slot: the words in each part
	filters    memo[query.Query, []bitset] // what Terms and Ranges of documents find, by part
}

// A gallery makes views. What it reads of a segment it keeps while the segment
// is in use.
type gallery struct {
	names   names
	shelves map[uint64]*shelf
	parts   map[uint64]*part
	lists   *otter.Cache[listKey, *list]
	last    *view
}

// A listKey names a list: of a term of a field of a segment, or of a slot.
type listKey struct {
	segment uint64
	field   string
	term    string
	places  bool
}

// listMemory is how many bytes of lists are kept, those that are used most.
const listMemory = 384 << 20

func newGallery() *gallery {
	return &gallery{lists: otter.Must(&otter.Options[listKey, *list]{
		MaximumWeight: listMemory,
		Weigher:       func(_ listKey, l *list) uint32 { return l.size() },
	})}
}

// view returns the view of a state of the index.
func (g *gallery) view(snapshot *scorch.IndexSnapshot) (*view, error) {
	if g.last != nil && g.last.snapshot == snapshot {
		return g.last, nil
	}
	v := &view{snapshot: snapshot, lists: g.lists}
	shelves, parts := map[uint64]*shelf{}, map[uint64]*part{}
	for _, segment := range snapshot.Segments() {
		id := segment.Id()
		h := g.shelves[id]
		if h == nil {
			var err error
			if h, err = g.names.shelve(segment); err != nil {
				return nil, err
			}
		}
		shelves[id] = h
		p := g.parts[id]
		if p == nil || len(p.deleted) != deletions(segment) {
			p = newPart(h, segment)
		} else {
			again := *p
			again.segment, p = segment, &again
		}
		parts[id] = p
		v.parts = append(v.parts, p)
	}
	g.shelves, g.parts = shelves, parts
	g.sum(v)
	g.last = v
	return v, nil
}

func deletions(s *scorch.SegmentSnapshot) int {
	if s.Deleted() == nil {
		return 0
	}
	return int(s.Deleted().GetCardinality())
}

func newPart(h *shelf, s *scorch.SegmentSnapshot) *part {
	p := &part{shelf: h, segment: s, live: newBits(len(h.rows)), passages: len(h.rows)}
	p.live.fill(0, uint32(len(h.rows)))
	for _, length := range h.lengths {
		p.length += int(length)
	}
	if s.Deleted() != nil {
		p.deleted = s.Deleted().ToArray()
	}
	for _, i := range p.deleted {
		p.live.clear(i)
		p.passages--
		p.length -= int(h.lengths[i])
	}
	return p
}

// sum fills in what a view knows of all its passages together.
func (g *gallery) sum(v *view) {
	v.names = g.names
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
	v.titles = &titleIndex{}
	if g.last != nil && slices.Equal(g.last.facts, v.facts) {
		v.titles = g.last.titles
	}
}

// A bitset is a set of the passages of a segment.
type bitset []uint64

func newBits(size int) bitset { return make(bitset, (size+63)/64) }

func (b bitset) set(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) clear(i uint32)    { b[i/64] &^= 1 << (i % 64) }
func (b bitset) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }

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

func (b bitset) countIn(from, to uint32) (n int) {
	span(from, to, func(word uint32, mask uint64) bool {
		n += bits.OnesCount64(b[word] & mask)
		return true
	})
	return n
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
