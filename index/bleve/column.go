package bleve

import (
	"cmp"
	"math/bits"
	"slices"
)

// A column is what one audience may know of the annotations of a segment. What a
// search takes follows from who asks, and not from how many audiences there are.
type column struct {
	docs    []uint32         // passages that have some, ascending
	changed []int64          // of each of docs, the number of the last write
	values  [facets][]holder // of the facets concept, coded, by and group, by ascending value
}

// A holder is a value of a facet and the passages on which it stands.
type holder struct {
	value uint32   // in names.values; of the facet coded, onCoded
	docs  []uint32 // ascending; nil if they are many
	set   bitset   // nil if they are few
}

// onCoded is the value of the facet coded that passages with a concept have.
const onCoded = 0

// many is of how many passages one must have a value for them to be a set: it
// then takes at most 32 times the memory of a list, and each list is short.
const many = 128

// noted is what an audience may know of the annotations of a passage.
type noted struct {
	audience string
	changed  int64
	values   [facets][]uint32 // of the facets concept, by and group, in names.values
}

// columns are those of a segment while its passages are read, by audience.
type columns map[string]*unfinished

// unfinished is a column with the places of its values.
type unfinished struct {
	column
	at map[[2]uint32]int // by facet and value
}

// add adds a passage, which comes after all that were added before.
func (c columns) add(doc uint32, note noted) {
	u := c[note.audience]
	if u == nil {
		u = &unfinished{at: map[[2]uint32]int{}}
		c[note.audience] = u
	}
	u.docs, u.changed = append(u.docs, doc), append(u.changed, note.changed)
	for facet, values := range note.values {
		for _, value := range values {
			u.put(facet, value, doc)
		}
	}
	if len(note.values[facetConcept]) > 0 {
		u.put(facetCoded, onCoded, doc)
	}
}

func (u *unfinished) put(facet int, value, doc uint32) {
	key := [2]uint32{uint32(facet), value}
	i, known := u.at[key]
	if !known {
		i = len(u.values[facet])
		u.at[key] = i
		u.values[facet] = append(u.values[facet], holder{value: value})
	}
	h := &u.values[facet][i]
	if last := len(h.docs) - 1; last < 0 || h.docs[last] != doc {
		h.docs = append(h.docs, doc)
	}
}

// made returns the columns of a segment of so many passages.
func (c columns) made(size int) map[string]*column {
	all := make(map[string]*column, len(c))
	for audience, u := range c {
		for _, holders := range u.values {
			slices.SortFunc(holders, func(a, b holder) int { return cmp.Compare(a.value, b.value) })
			for i := range holders {
				holders[i].settle(size)
			}
		}
		all[audience] = &u.column
	}
	return all
}

// settle makes the passages a set if they are many, or else a list of its size.
func (h *holder) settle(size int) {
	if len(h.docs)*many < size {
		h.docs = slices.Clip(h.docs)
		return
	}
	h.set = newBits(size)
	h.addTo(h.set)
	h.docs = nil
}

// addTo adds the passages to a set.
func (h *holder) addTo(set bitset) {
	if h.set != nil {
		set.or(h.set)
	}
	set.setAll(h.docs)
}

// has reports whether the value stands on a passage.
func (h *holder) has(doc uint32) bool {
	if h.set != nil {
		return h.set.has(doc)
	}
	_, found := slices.BinarySearch(h.docs, doc)
	return found
}

// changedAt returns the number of the last write on a passage, 0 if nothing is
// known of it. c may be nil.
func (c *column) changedAt(doc uint32) int64 {
	if c == nil {
		return 0
	}
	at, known := slices.BinarySearch(c.docs, doc)
	if !known {
		return 0
	}
	return c.changed[at]
}

// A crossing is what was found in a part, to be held against the passages of
// values.
type crossing struct {
	*part
	found    bitset
	portions []portion
	known    []*column // of the audiences
	union    bitset    // of holders; nil until there are several
}

// A portion is the passages of a word of a bitset that were found in a document.
type portion struct {
	word, document uint32
	passages       uint64
}

// crossings returns one for each part in which something was found and whose
// annotations the audiences may know some of.
func (f *found) crossings() []*crossing {
	var all []*crossing
	for n, p := range f.view.parts {
		c := &crossing{part: p, found: f.sets[n]}
		for _, audience := range f.audiences {
			if column := p.notes[audience]; column != nil {
				c.known = append(c.known, column)
			}
		}
		if len(c.known) == 0 || f.inPart[n] == 0 {
			continue
		}
		c.portions = make([]portion, 0, min(f.inPart[n], len(c.found)+len(p.runs)))
		for word, passages := range c.found {
			p.inRuns(uint32(word), passages, func(r int, here uint64) {
				c.portions = append(c.portions, portion{uint32(word), p.runs[r].document, here})
			})
		}
		all = append(all, c)
	}
	return all
}

// standing calls visit for each value of a facet that the audiences may know to
// stand on passages that were found: on how many of a document, in one call or
// several.
func (c *crossing) standing(facet int, visit func(value, document uint32, passages int)) {
	byValue := func(a, b holder) int { return cmp.Compare(a.value, b.value) }
	all := slices.Clip(c.known[0].values[facet])
	for _, column := range c.known[1:] {
		all = append(all, column.values[facet]...)
	}
	if !slices.IsSortedFunc(all, byValue) {
		slices.SortFunc(all, byValue)
	}
	for len(all) > 0 {
		same := 1
		for same < len(all) && all[same].value == all[0].value {
			same++
		}
		c.each(c.together(all[:same]), visit)
		all = all[same:]
	}
}

// together returns holders of one value as one, which the next call changes.
func (c *crossing) together(holders []holder) holder {
	if len(holders) == 1 {
		return holders[0]
	}
	if c.union == nil {
		c.union = newBits(len(c.rows))
	}
	clear(c.union)
	for i := range holders {
		holders[i].addTo(c.union)
	}
	return holder{value: holders[0].value, set: c.union}
}

// each calls visit with how many passages of a holder were found in a document,
// in one call or several.
func (c *crossing) each(h holder, visit func(value, document uint32, passages int)) {
	for _, doc := range h.docs {
		if c.found.has(doc) {
			visit(h.value, c.run(doc).document, 1)
		}
	}
	if h.set == nil {
		return
	}
	for _, s := range c.portions {
		if here := h.set[s.word] & s.passages; here != 0 {
			visit(h.value, s.document, bits.OnesCount64(here))
		}
	}
}

// inRuns calls visit for each run that has passages of a word of a bitset, with
// those.
func (h *shelf) inRuns(word uint32, passages uint64, visit func(run int, here uint64)) {
	for passages != 0 {
		r := h.runOf[word*64+uint32(bits.TrailingZeros64(passages))]
		here := passages
		if to := h.runs[r].to; to < (word+1)*64 {
			here &= 1<<(to%64) - 1
		}
		visit(int(r), here)
		passages &^= here
	}
}

// documents are sets of documents, each with a number.
type documents struct {
	all  bitset
	size int // of a set, in words
}

// newDocuments returns n sets of documents with numbers below size.
func newDocuments(n, size int) documents {
	words := (size + 63) / 64
	return documents{make(bitset, n*words), words}
}

func (d documents) add(to, document uint32) { d.all[int(to)*d.size:].set(document) }

func (d documents) count(of int) int { return d.all[of*d.size : (of+1)*d.size].count() }
