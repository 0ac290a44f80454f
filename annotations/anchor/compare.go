package anchor

import "slices"

// How surely a line of the old text is one of the new text.
type state int

const (
	gone     state = iota // no counterpart, or none that is beyond doubt
	same                  // the same words in the same place
	beside                // the same words, but its neighbours changed so that it could be another's
	moved                 // the same words, once in either text, elsewhere
	changed               // other words, most of them the same
	reflowed              // nearly all of its words, in lines that begin and end elsewhere
)

// A match is the counterpart of a line of the old text.
type match struct {
	state state
	line  int   // in the new text; -1 for reflowed
	sure  bool  // for changed: beyond doubt, whatever its neighbours are
	words []int // for changed and reflowed: for each word of the line the one in the new text, or -1
}

// A comparison of two texts.
type comparison struct {
	old, new *side
	lines    []match // for each line of the old text
	back     []int   // for each line of the new text the one in the old text, or -1
	rivalled []bool  // for each line of the old text: it stands elsewhere, but was perhaps rewritten in its place
	inOld    []int   // how often a line is in the old text, by symbol
	inNew    []int
	weight   func(int) int // of a word
}

// compare finds the counterparts of the lines of old in new: first the lines
// that are the same, then those that changed but are clearly alike, then those
// that are cut in another way; then it drops what is in doubt, and looks
// elsewhere for what is left.
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
	c.rivalled = make([]bool, len(c.old.lines))
	for j := range c.back {
		c.back[j] = -1
	}
	for i, j := range align(c.old.lineSymbols(), c.new.lineSymbols(), lines.weight, 1) {
		if j >= 0 {
			c.set(i, match{state: same, line: j})
		}
	}
	c.gaps(c.pairGap)
	c.gaps(c.reflow)
	c.dropRivalled()
	c.dropDoubtful()
	c.findMoved()
	return c
}

func (c *comparison) set(i int, m match) {
	c.lines[i] = m
	c.back[m.line] = i
}

func (c *comparison) unset(i int) {
	if j := c.lines[i].line; j >= 0 {
		c.back[j] = -1
	}
	c.lines[i] = match{}
}

// word returns which word of the new text a word of line i is, both as indices
// into side.words; -1 if it is none.
func (c *comparison) word(i, index int) int {
	m, first := c.lines[i], c.old.lines[i].first
	switch m.state {
	case gone:
		return -1
	case changed, reflowed:
		return m.words[index-first]
	}
	return c.new.lines[m.line].first + index - first
}

func (c *comparison) unique(symbol int) bool { return c.inOld[symbol] == 1 && c.inNew[symbol] == 1 }

// Lines with at least so many words are not in two places by chance.
const (
	fewWords  = 5  // fewer: a number or a label, which belongs to what stands around it
	manyWords = 12 // a sentence of its own, to be known again elsewhere
)

// dropRivalled drops lines that are the same but among other neighbours on
// either side, if there is a line without a counterpart that they could have
// become: the line may be a copy, and that one the original.
func (c *comparison) dropRivalled() {
	var free func(i int) []int // made if it is needed
	for i, m := range c.lines {
		if m.state != same || c.held(i, -1) || c.held(i, +1) {
			continue
		}
		if free == nil {
			free = c.lookalikes()
		}
		if len(free(i)) > 0 {
			c.unset(i)
			c.rivalled[i] = true
		}
	}
}

// dropDoubtful looks at every line that has a counterpart: one that is short,
// changed or not the only one of its kind must be held by its neighbours. One
// that is dropped holds its own neighbours no longer, so it goes over them until
// nothing changes, up and down in turn.
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
	if m.state == gone || m.sure {
		return false
	}
	rewritten := m.state == changed || m.state == reflowed
	unique, long := !rewritten && c.unique(l.symbol), l.wordy >= manyWords
	if long && (unique || m.state == reflowed) {
		return false
	}
	above, below := c.held(i, -1), c.held(i, +1)
	switch {
	case above && below:
		return false
	case (above || below) && (long && rewritten || unique && l.wordy >= fewWords):
		return false
	case l.wordy >= fewWords && c.loose(i, above, below, unique):
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
// neighbour in the new text too: the neighbouring line, or the words where the
// two meet. The ends of the texts count as neighbours.
func (c *comparison) held(i, direction int) bool {
	a := i + direction
	if j := c.lines[i].line; j >= 0 {
		if b := j + direction; b >= 0 && b < len(c.back) && c.back[b] == a {
			return true
		}
	}
	edge, end := c.old.lines[i].first, -1
	if direction > 0 {
		edge, end = c.old.lines[i].after-1, len(c.new.words)
	}
	own := c.word(i, edge)
	if own < 0 {
		return false
	}
	if a < 0 || a == len(c.lines) {
		return own+direction == end
	}
	return c.lines[a].state != moved && c.word(a, edge+direction) == own+direction
}

// loose reports whether line i, of which at most one neighbour holds it, is
// held well enough to be looked at again: on the other side too, or on one at
// all if it is the only line of its kind.
func (c *comparison) loose(i int, above, below, unique bool) bool {
	looselyAbove, looselyBelow := above || c.heldLoosely(i, -1), below || c.heldLoosely(i, +1)
	return (above || below) && looselyAbove && looselyBelow || unique && (looselyAbove || looselyBelow)
}

// heldLoosely reports whether on one side of line i lines were only added or
// only taken out, and no line like it among them.
func (c *comparison) heldLoosely(i, direction int) bool {
	if c.lines[i].state == reflowed {
		return false
	}
	symbol := c.old.lines[i].symbol
	out, added := 0, 0
	for a := i + direction; a >= 0 && a < len(c.lines) && c.lines[a].state == gone; a += direction {
		out++
		if c.old.lines[a].symbol == symbol {
			return false
		}
	}
	for b := c.lines[i].line + direction; b >= 0 && b < len(c.back) && c.back[b] < 0; b += direction {
		added++
		if c.new.lines[b].symbol == symbol {
			return false
		}
	}
	return out == 0 || added == 0
}

// findMoved finds lines without a counterpart that stand elsewhere in the new
// text, if they are long enough and the only ones of their kind, and with them
// the same lines around them. A line that was perhaps rewritten, in its place or
// in a third one, and only copied elsewhere, is not looked for.
func (c *comparison) findMoved() {
	where := map[int]int{}
	for j, l := range c.new.lines {
		if c.back[j] < 0 {
			where[l.symbol] = j
		}
	}
	var free func(i int) []int // made if it is needed
	for i, l := range c.old.lines {
		j, ok := where[l.symbol]
		if !ok || c.lines[i].state != gone || c.rivalled[i] || c.back[j] >= 0 || !c.unique(l.symbol) || l.wordy < manyWords {
			continue
		}
		if free == nil {
			free = c.lookalikes()
		}
		if slices.ContainsFunc(free(i), func(other int) bool { return other != j }) {
			c.rivalled[i] = true
			continue
		}
		c.set(i, match{state: moved, line: j})
		c.widen(i, j, -1)
		c.widen(i, j, +1)
	}
}

// widen adds to a line that moved the same lines next to it, up to the last one
// that is itself beyond doubt.
func (c *comparison) widen(i, j, direction int) {
	sure := 0
	for n := 1; ; n++ {
		a, b := i+n*direction, j+n*direction
		if a < 0 || b < 0 || a >= len(c.lines) || b >= len(c.back) ||
			c.lines[a].state != gone || c.rivalled[a] || c.back[b] >= 0 || c.old.lines[a].symbol != c.new.lines[b].symbol {
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
