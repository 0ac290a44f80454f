package anchor

// Lines that changed are paired by the runs of three words they share.
const (
	leastAlike     = 0.35 // share of the runs that two lines must have in common
	leastMargin    = 0.10 // by which a line must be more like its counterpart than like any other
	leastKept      = 0.6  // share of the words that must be matched, in order, in the end
	leastLabel     = 0.5  // the same for a label, such as "Article 4" that becomes "Article 5"
	leastTogether  = 0.5  // share of the words that must be matched together with the one before
	leastSure      = 0.8  // share from which a long line needs no neighbours to hold it
	leastLookalike = 0.5  // share of the runs of the shorter of two lines from which one may have become the other
	tooCommon      = 40   // runs in more lines of a gap than this tell nothing
)

// gaps calls do for every stretch of lines without a counterpart, old and new,
// between those that have one.
func (c *comparison) gaps(do func(i0, i1, j0, j1 int)) {
	i, j := 0, 0
	for end := 0; end <= len(c.lines); end++ {
		if end < len(c.lines) && c.lines[end].state == gone {
			continue
		}
		to := len(c.back)
		if end < len(c.lines) {
			to = c.lines[end].line
		}
		if i < end && j < to {
			do(i, end, j, to)
		}
		i, j = end+1, to+1
	}
}

// pairGap pairs the lines i0 to i1 of the old text with j0 to j1 of the new.
func (c *comparison) pairGap(i0, i1, j0, j1 int) {
	if i1-i0 == 1 && j1-j0 == 1 {
		c.pair(i0, j0)
		return
	}
	for _, p := range heaviest(c.alike(i0, i1, j0, j1)) {
		c.pair(p.i, p.j)
	}
}

// pair makes line j the counterpart of line i if enough of its words are there,
// unless either has its like elsewhere.
func (c *comparison) pair(i, j int) {
	a, b := c.old.lineOf(c.old.lines[i]), c.new.lineOf(c.new.lines[j])
	words := align(a, b, c.weight, 3, 2, 1)
	kept, together := 0, 0
	for k, w := range words {
		if w >= 0 {
			kept++
			if k > 0 && words[k-1] == w-1 {
				together++
			}
		}
	}
	share := func(n int) float64 { return float64(2*n) / float64(len(a)+len(b)) }
	label := c.old.lines[i].wordy < fewWords && c.new.lines[j].wordy < fewWords
	enough := label && share(kept) >= leastLabel || share(kept) >= leastKept && share(together) >= leastTogether
	switch {
	case c.unique(c.old.lines[i].symbol) || c.unique(c.new.lines[j].symbol):
		c.rivalled[i] = c.rivalled[i] || enough
	case enough:
		sure := share(kept) >= leastSure && c.old.lines[i].wordy >= manyWords
		c.set(i, match{state: changed, line: j, words: shifted(words, c.new.lines[j].first), sure: sure})
	}
}

// shifted adds to each match of a word the index at which the words begin.
func shifted(words []int, first int) []int {
	for k := range words {
		if words[k] >= 0 {
			words[k] += first
		}
	}
	return words
}

// alike returns the pairs of lines that are clearly each other's counterpart.
func (c *comparison) alike(i0, i1, j0, j1 int) []pair {
	lines := map[run][]int{}
	for j := j0; j < j1; j++ {
		for r := range runs(c.new.lineOf(c.new.lines[j])) {
			lines[r] = append(lines[r], j)
		}
	}
	type rivals struct {
		first, second float64
		of            int // whom first is with
	}
	best := map[int]rivals{} // of lines of the new text
	var found []pair
	var scores []float64
	challenge := func(r rivals, score float64, of int) rivals {
		if score > r.first {
			return rivals{score, r.first, of}
		}
		r.second = max(r.second, score)
		return r
	}
	for i := i0; i < i1; i++ {
		own := runs(c.old.lineOf(c.old.lines[i]))
		shared := map[int]int{}
		for r := range own {
			if in := lines[r]; len(in) <= tooCommon {
				for _, j := range in {
					shared[j]++
				}
			}
		}
		mine := rivals{of: -1}
		for j, n := range shared {
			score := 2 * float64(n) / float64(len(own)+c.new.lines[j].runs())
			mine = challenge(mine, score, j)
			best[j] = challenge(best[j], score, i)
		}
		if mine.first >= leastAlike && mine.first-mine.second >= leastMargin {
			found = append(found, pair{i, mine.of, c.old.lines[i].letters})
			scores = append(scores, mine.first)
		}
	}
	clear := found[:0]
	for k, p := range found {
		if r := best[p.j]; r.of == p.i && scores[k]-r.second >= leastMargin {
			clear = append(clear, p)
		}
	}
	return clear
}

// lookalikes returns a function that gives the lines of the new text, of those
// that have no counterpart now, which most of line i could have become: most of
// the runs of the shorter one are in the other.
func (c *comparison) lookalikes() func(i int) []int {
	lines := map[run][]int{}
	for j, l := range c.new.lines {
		if c.back[j] >= 0 || l.wordy < fewWords {
			continue
		}
		for r := range runs(c.new.lineOf(l)) {
			lines[r] = append(lines[r], j)
		}
	}
	return func(i int) []int {
		own, shared := runs(c.old.lineOf(c.old.lines[i])), map[int]int{}
		for r := range own {
			for _, j := range lines[r] {
				shared[j]++
			}
		}
		var found []int
		for j, n := range shared {
			if float64(n) >= leastLookalike*float64(min(len(own), c.new.lines[j].runs())) {
				found = append(found, j)
			}
		}
		return found
	}
}

// runs returns the runs of three words of a line, its ends filled up with a
// word that is in no line, so that short lines have some too.
func runs(words []int) map[run]bool {
	found := make(map[run]bool, len(words)+2)
	at := func(i int) int {
		if i < 0 || i >= len(words) {
			return -1
		}
		return words[i]
	}
	for i := -2; i < len(words); i++ {
		found[run{at(i), at(i + 1), at(i + 2)}] = true
	}
	return found
}

// runs returns how many runs the line has at most.
func (l line) runs() int { return l.after - l.first + 2 }
