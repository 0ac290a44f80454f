package anchor

// Lines that were only joined, cut or wrapped in another way keep nearly all of
// their words, in order.
const (
	leastReflowed = 0.8 // share of the words of a line that must be found
	reflowRun     = 5   // words that are found together where a stretch begins to match
)

// reflow finds the words of lines without a counterpart among the words of the
// new lines that are without one, wherever lines begin and end.
func (c *comparison) reflow(i0, i1, j0, j1 int) {
	first, start := c.old.lines[i0].first, c.new.lines[j0].first
	a := c.old.symbols(first, c.old.lines[i1-1].after)
	b := c.new.symbols(start, c.new.lines[j1-1].after)
	to := shifted(align(a, b, c.weight, reflowRun), start)
	for i := i0; i < i1; i++ {
		l := c.old.lines[i]
		words := to[l.first-first : l.after-first]
		kept := 0
		for _, w := range words {
			if w >= 0 {
				kept++
			}
		}
		enough := float64(kept) >= leastReflowed*float64(len(words))
		switch {
		case c.unique(l.symbol):
			c.rivalled[i] = c.rivalled[i] || enough
		case enough:
			c.lines[i] = match{state: reflowed, line: -1, words: words}
		}
	}
}
