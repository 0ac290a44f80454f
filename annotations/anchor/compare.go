package anchor

// How surely a line of the old text is one of the new text.
type state int

const (
	gone    state = iota // no counterpart, or none that is beyond doubt
	same                 // the same words in the same place
	beside               // the same words, but its neighbours changed so that it could be another's
	moved                // the same words, once in either text, elsewhere
	changed              // other words, most of them the same
)

// A match is the counterpart of a line of the old text.
type match struct {
	state state
	line  int   // in the new text
	words []int // for changed: for each word of the line the one in the new line, counted from the line's first, or -1
}

// A comparison of two texts.
type comparison struct {
	old, new *side
	lines    []match // for each line of the old text
	back     []int   // for each line of the new text the one in the old text, or -1
	inOld    []int   // how often a line is in the old text, by symbol
	inNew    []int
	weight   func(int) int // of a word
}

// compare finds the counterparts of the lines of old in new: first the lines
// that are the same, then those that changed but are clearly alike; then it
// drops what is in doubt, and looks elsewhere for what is left.
func compare(old, new *Text) *comparison {
	lines, words := &dictionary{symbols: map[string]int{}}, &dictionary{symbols: map[string]int{}}
	c := &comparison{old: newSide(old, lines, words), new: newSide(new, lines, words), weight: words.weight}
	c.inOld, c.inNew = make([]int, len(lines.weights)), make([]int, len(lines.weights))
	for _, l := range c.old.lines {
		c.inOld[l.symbol]++
	}
	for _, l := range c.new.lines {
		c.inNew[l.symbol]++
	}
	c.lines, c.back = make([]match, len(c.old.lines)), make([]int, len(c.new.lines))
	for j := range c.back {
		c.back[j] = -1
	}
	for i, j := range align(c.old.lineSymbols(), c.new.lineSymbols(), lines.weight, 1) {
		if j >= 0 {
			c.set(i, match{state: same, line: j})
		}
	}
	c.pairChanged()
	c.dropDoubtful()
	c.findMoved()
	return c
}

func (c *comparison) set(i int, m match) {
	c.lines[i] = m
	c.back[m.line] = i
}

func (c *comparison) unset(i int) {
	c.back[c.lines[i].line] = -1
	c.lines[i] = match{}
}

func (c *comparison) unique(symbol int) bool { return c.inOld[symbol] == 1 && c.inNew[symbol] == 1 }

// Lines with at least so many words are not in two places by chance.
const (
	fewWords  = 5  // fewer: a number or a label, which belongs to what stands around it
	manyWords = 12 // a sentence of its own, to be known again elsewhere
)

// dropDoubtful looks at every line that has a counterpart: one that is short,
// changed or not the only one of its kind must be held by its neighbours. One that is dropped
// holds its own neighbours no longer, so it goes over them until nothing
// changes, up and down in turn.
func (c *comparison) dropDoubtful() {
	for again := true; again; {
		again = false
		for i := range c.lines {
			again = c.doubt(i) || again
		}
		for i := len(c.lines) - 1; i >= 0; i-- {
			again = c.doubt(i) || again
		}
	}
}

// doubt drops or downgrades line i if it must, and reports whether it did.
func (c *comparison) doubt(i int) bool {
	m, l := c.lines[i], c.old.lines[i]
	if m.state == gone {
		return false
	}
	unique := m.state != changed && c.unique(l.symbol)
	if unique && l.wordy >= manyWords {
		return false
	}
	above, below := c.held(i, -1), c.held(i, +1)
	switch {
	case above && below:
		return false
	case (above || below) && m.state == changed && l.wordy >= manyWords:
		return false
	case (above || below) && unique && l.wordy >= fewWords:
		return false
	case (above || below) && l.wordy >= fewWords && c.heldLoosely(i):
		if m.state != same {
			return false
		}
		c.lines[i].state = beside
		return true
	}
	c.unset(i)
	return true
}

// held reports whether the neighbour of line i in one direction is the
// neighbour in the new text too; the ends of the texts count as neighbours.
func (c *comparison) held(i, direction int) bool {
	a, b := i+direction, c.lines[i].line+direction
	if a < 0 || b < 0 || a == len(c.lines) || b == len(c.back) {
		return (a < 0 && b < 0) || (a == len(c.lines) && b == len(c.back))
	}
	return c.back[b] == a
}

// heldLoosely reports whether on either side of line i lines were only added or
// only taken out, and no line like it among them.
func (c *comparison) heldLoosely(i int) bool {
	for _, direction := range []int{-1, +1} {
		if c.held(i, direction) {
			continue
		}
		a, b := i+direction, c.lines[i].line+direction
		symbol := c.old.lines[i].symbol
		out, added := 0, 0
		for ; a >= 0 && a < len(c.lines) && c.lines[a].state == gone; a += direction {
			out++
			if c.old.lines[a].symbol == symbol {
				return false
			}
		}
		for ; b >= 0 && b < len(c.back) && c.back[b] < 0; b += direction {
			added++
			if c.new.lines[b].symbol == symbol {
				return false
			}
		}
		if out > 0 && added > 0 {
			return false
		}
	}
	return true
}

// findMoved finds lines without a counterpart that stand elsewhere in the new
// text, if they are long enough and the only ones of their kind, and with them
// the same lines around them.
func (c *comparison) findMoved() {
	where := map[int]int{}
	for j, l := range c.new.lines {
		if c.back[j] < 0 {
			where[l.symbol] = j
		}
	}
	for i, l := range c.old.lines {
		if j, ok := where[l.symbol]; ok && c.lines[i].state == gone && c.back[j] < 0 && c.unique(l.symbol) && l.wordy >= manyWords {
			c.set(i, match{state: moved, line: j})
			c.widen(i, j, -1)
			c.widen(i, j, +1)
		}
	}
}

// widen adds to a line that moved the same lines next to it, up to the last one
// that is itself beyond doubt.
func (c *comparison) widen(i, j, direction int) {
	sure := 0
	for n := 1; ; n++ {
		a, b := i+n*direction, j+n*direction
		if a < 0 || b < 0 || a >= len(c.lines) || b >= len(c.back) ||
			c.lines[a].state != gone || c.back[b] >= 0 || c.old.lines[a].symbol != c.new.lines[b].symbol {
			break
		}
		if l := c.old.lines[a]; c.unique(l.symbol) && l.wordy >= manyWords {
			sure = n
		}
	}
	for n := 1; n <= sure; n++ {
		c.set(i+n*direction, match{state: moved, line: j + n*direction})
	}
}
