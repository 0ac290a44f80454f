package anchor

import (
	"slices"
	"sort"
)

// A Part is a stretch of a text that is compared as one, such as a passage.
// Parts are in the order of the text and do not overlap.
type Part struct {
	Span
	// Name tells what the part is, such as "art9", to find the one that took its
	// place when hardly a word is left; "" if nothing but its words tells.
	Name string
}

// A Difference is what became of a part, or of two that are each other's
// counterpart.
type Difference struct {
	Old, New int  // indexes of the parts, -1 if there is none
	Moved    bool // it stands elsewhere among the others
	// Pieces are the words of both, in reading order. The kept and inserted ones
	// are all words of the new part, the kept and deleted ones all of the old.
	Pieces []Piece
}

// Same reports whether both parts have the same words.
func (d Difference) Same() bool {
	return !slices.ContainsFunc(d.Pieces, func(p Piece) bool { return p.State != Kept })
}

// What became of words.
const (
	Kept     = "kept"
	Inserted = "inserted"
	Deleted  = "deleted"
)

// A Piece is a run of words with the same fate.
type Piece struct {
	State string
	// Span is a stretch of the new text or, of deleted words, of the old. It
	// begins with the blanks before the first word, unless it begins a line.
	Span
	Line bool // it begins a line
}

// A part has its counterpart where most of its letters are, if these are so
// large a share of the longer of the two, or of the shorter.
const (
	leastOfLonger  = 0.2
	leastOfShorter = 0.5
)

// Differences says what became of every part of the old text and where every
// part of the new one comes from, in the order of the new text; what was deleted
// stands after what it stood after in the old one. Counterparts are found by the
// comparison that Carry makes.
func Differences(old, new *Text, oldParts, newParts []Part) []Difference {
	d := &differ{c: compare(old, new), old: oldParts, new: newParts}
	d.pair()
	d.pairByName()
	return d.all()
}

type differ struct {
	c        *comparison
	old, new []Part
	to, from []int // counterparts, -1 for none
}

// pair makes parts counterparts that have most of their letters in common.
func (d *differ) pair() {
	type key struct{ old, new int }
	shared := map[key]int{}
	i, j := 0, 0
	for n, l := range d.c.old.lines {
		for k := l.first; k < l.after; k++ {
			at := d.c.word(n, k)
			if at < 0 {
				continue
			}
			i, j = partAt(d.old, i, d.c.old.words[k].Start), partAt(d.new, j, d.c.new.words[at].Start)
			if i >= 0 && j >= 0 {
				shared[key{i, j}] += max(1, d.c.old.words[k].letters)
			}
		}
	}
	bestOld, bestNew := map[int]pair{}, map[int]pair{}
	better := func(p, than pair) bool {
		return p.weight > than.weight || p.weight == than.weight && (p.i < than.i || p.i == than.i && p.j < than.j)
	}
	for k, weight := range shared {
		p := pair{k.old, k.new, weight}
		if b, ok := bestOld[k.old]; !ok || better(p, b) {
			bestOld[k.old] = p
		}
		if b, ok := bestNew[k.new]; !ok || better(p, b) {
			bestNew[k.new] = p
		}
	}
	d.to, d.from = nothing(len(d.old)), nothing(len(d.new))
	for i, p := range bestOld {
		if bestNew[p.j].i != i {
			continue
		}
		a, b := d.c.old.lettersIn(d.old[i].Span), d.c.new.lettersIn(d.new[p.j].Span)
		if w := float64(p.weight); w >= leastOfLonger*float64(max(a, b)) || w >= leastOfShorter*float64(min(a, b)) {
			d.to[i], d.from[p.j] = p.j, i
		}
	}
}

// pairByName makes parts counterparts that are left and have the same name.
func (d *differ) pairByName() {
	named := map[string]int{}
	for j, p := range d.new {
		if d.from[j] < 0 && p.Name != "" {
			named[p.Name] = j
		}
	}
	for i, p := range d.old {
		if j, ok := named[p.Name]; ok && d.to[i] < 0 {
			d.to[i], d.from[j] = j, i
			delete(named, p.Name)
		}
	}
}

func nothing(n int) []int { return slices.Repeat([]int{-1}, n) }

// partAt returns the index of the part in which a code point is, -1 if it is in
// none; it looks from the index near on, which is faster.
func partAt(parts []Part, near, point int) int {
	if near < 0 || near >= len(parts) || parts[near].Start > point || parts[near].End <= point {
		near = sort.Search(len(parts), func(i int) bool { return parts[i].End > point })
	}
	if near == len(parts) || parts[near].Start > point {
		return -1
	}
	return near
}

// wordsIn returns the words of a stretch as indexes.
func (s *side) wordsIn(of Span) (from, to int) {
	from = sort.Search(len(s.words), func(i int) bool { return s.words[i].Start >= of.Start })
	to = sort.Search(len(s.words), func(i int) bool { return s.words[i].Start >= of.End })
	return from, to
}

func (s *side) lettersIn(of Span) (n int) {
	from, to := s.wordsIn(of)
	for _, w := range s.words[from:to] {
		n += max(1, w.letters)
	}
	return n
}

// all returns the differences in their order.
func (d *differ) all() []Difference {
	var pairs []pair
	for i, j := range d.to {
		if j >= 0 {
			pairs = append(pairs, pair{i, j, d.c.old.lettersIn(d.old[i].Span)})
		}
	}
	inOrder := map[int]bool{} // old parts whose counterparts are in the same order
	for _, p := range heaviest(pairs) {
		inOrder[p.i] = true
	}
	var found []Difference
	next := 0
	deleted := func(before int) {
		for ; next < before; next++ {
			if d.to[next] < 0 {
				found = append(found, Difference{Old: next, New: -1, Pieces: d.pieces(next, -1)})
			}
		}
	}
	for j, i := range d.from {
		if i >= 0 && inOrder[i] {
			deleted(i)
		}
		found = append(found, Difference{Old: i, New: j, Moved: i >= 0 && !inOrder[i], Pieces: d.pieces(i, j)})
	}
	deleted(len(d.old))
	return found
}

// pieces compares two parts word by word; -1 stands for none.
func (d *differ) pieces(i, j int) []Piece {
	w := weaver{old: d.c.old, new: d.c.new}
	if i >= 0 {
		w.o, w.oEnd = d.c.old.wordsIn(d.old[i].Span)
	}
	if j >= 0 {
		w.n, w.nEnd = d.c.new.wordsIn(d.new[j].Span)
	}
	w.oFirst, w.nFirst = w.o, w.n
	for k, to := range d.words(w.o, w.oEnd, w.n, w.nEnd) {
		if to >= 0 {
			w.upTo(w.oFirst+k, w.nFirst+to)
			w.keep()
		}
	}
	w.upTo(w.oEnd, w.nEnd)
	return w.pieces
}

// A weaver writes the words of two parts in reading order.
type weaver struct {
	old, new     *side
	o, n         int // words that come next
	oFirst, oEnd int
	nFirst, nEnd int
	pieces       []Piece
}

// upTo deletes the old words and inserts the new ones up to two that match.
func (w *weaver) upTo(o, n int) {
	replaced := false
	for ; w.o < o; w.o++ {
		w.add(Deleted, w.old, w.o, w.old.breaks(w.o, w.oFirst))
		replaced = true
	}
	wholeLines := w.o == w.oEnd || w.old.breaks(w.o, w.oFirst)
	for first := w.n; w.n < n; w.n++ {
		line := w.new.breaks(w.n, w.nFirst)
		if w.n == first && replaced && !wholeLines {
			line = false // it follows what it replaces, in the same line
		}
		w.add(Inserted, w.new, w.n, line)
	}
}

// keep writes the next word of both.
func (w *weaver) keep() {
	line := w.new.breaks(w.n, w.nFirst)
	if last := len(w.pieces) - 1; last >= 0 && w.pieces[last].State == Deleted {
		// What was deleted at the beginning of a line stands before what is left of it.
		again := line && w.pieces[last].Line && !w.old.breaks(w.o, w.oFirst)
		if again {
			w.pieces[last].End = w.old.words[w.o].Start
		}
		line = !again && (line || w.old.breaks(w.o, w.oFirst))
	}
	w.add(Kept, w.new, w.n, line)
	w.o, w.n = w.o+1, w.n+1
}

// add writes a word; it goes on the piece before if that has the same fate and
// no line begins.
func (w *weaver) add(state string, of *side, word int, line bool) {
	s := of.words[word].Span
	last := len(w.pieces) - 1
	if last >= 0 && !line && w.pieces[last].State == state {
		w.pieces[last].End = s.End
		return
	}
	if word > 0 && !line {
		s.Start = of.words[word-1].End
		for of.text[s.Start] == '\n' {
			s.Start++
		}
	}
	w.pieces = append(w.pieces, Piece{State: state, Span: s, Line: line})
}

// breaks reports whether a word begins a line; the first of a part does.
func (s *side) breaks(word, first int) bool {
	return word == first || slices.Contains(s.text[s.words[word-1].End:s.words[word].Start], '\n')
}
