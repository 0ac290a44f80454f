package bleve

import "encoding/binary"

// A place is where a word stands in a passage: its position, counted from 1,
// in the upper bits, and in the lowest whether it is a compound of two words.
type place uint32

func newPlace(position uint64, compound bool) place {
	p := place(position << 1)
	if compound {
		p++
	}
	return p
}

func (p place) stretch() stretch { return stretch{uint32(p >> 1), uint32(p>>1 + p&1)} }

// A times says how often a word stands in each passage of a list: in a byte, and in
// more where a byte has no room for it.
type times struct {
	bytes []uint8
	more  map[int]uint32
}

// full is the byte of those that are in more.
const full = 1<<8 - 1

func newTimes(capacity int) times { return times{bytes: make([]uint8, 0, capacity)} }

func (t *times) at(i int) uint32 {
	if n := t.bytes[i]; n < full {
		return uint32(n)
	}
	return t.more[i]
}

func (t *times) append(n uint32) {
	if n >= full {
		if t.more == nil {
			t.more = map[int]uint32{}
		}
		t.more[len(t.bytes)] = n
		n = full
	}
	t.bytes = append(t.bytes, uint8(n))
}

// A packed holds the places of a word in one passage after the other, ascending in
// each: of each how much it is more than the one before in the passage, as a uvarint
// of encoding/binary.
type packed struct {
	bytes  []byte
	starts []uint32 // where in bytes those of each stride-th passage begin; nil if places are not known
}

// stride is so small that walking from a start costs little, and so large that
// starts take little.
const stride = 4

func newPacked(passages, bytes int) packed {
	return packed{make([]byte, 0, bytes), make([]uint32, 0, (passages+stride-1)/stride)}
}

func (p *packed) known() bool { return p.starts != nil }

// begin says that the places of a passage follow.
func (p *packed) begin(i int) {
	if i%stride == 0 {
		p.starts = append(p.starts, uint32(len(p.bytes)))
	}
}

// append appends a place behind the last of its passage, 0 for the first.
func (p *packed) append(next, last place) {
	p.bytes = binary.AppendUvarint(p.bytes, uint64(next-last))
}

// A walk goes through the packed places of a list, most quickly to the passage that
// follows.
type walk struct {
	next int // the passage whose places begin at from
	from int
}

// to goes to a passage.
func (w *walk) to(l *list, i int) {
	if block := i / stride * stride; w.next < block || w.next > i {
		w.next, w.from = block, int(l.places.starts[i/stride])
	}
	for w.next < i {
		w.skip(l)
	}
}

// skip goes on to the next passage.
func (w *walk) skip(l *list) {
	rest := l.places.bytes[w.from:]
	for left, i := l.times.at(w.next), 0; left > 0; i++ {
		if w.from++; rest[i] < 1<<7 {
			left--
		}
	}
	w.next++
}

// take returns the places in a passage as they are packed.
func (w *walk) take(l *list, i int) []byte {
	w.to(l, i)
	from := w.from
	w.skip(l)
	return l.places.bytes[from:w.from]
}

// read appends the places in a passage.
func (w *walk) read(l *list, i int, places []place) []place {
	w.to(l, i)
	rest, last := l.places.bytes[w.from:], place(0)
	for range l.times.at(i) {
		more, size := uint64(rest[0]), 1
		if more >= 1<<7 { // few are more than a byte
			more, size = binary.Uvarint(rest)
		}
		rest, last = rest[size:], last+place(more)
		places = append(places, last)
	}
	w.next, w.from = i+1, len(l.places.bytes)-len(rest)
	return places
}
