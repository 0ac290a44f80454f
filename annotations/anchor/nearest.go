package anchor

import (
	"cmp"
	"slices"
)

// Wording says what became of words, as pieces of both texts.
func Wording(old, new string) []Piece {
	from, to := NewText(old), NewText(new)
	d := &differ{
		c:   compare(from, to),
		old: []Part{{Span: Span{0, len(from.runes)}}}, new: []Part{{Span: Span{0, len(to.runes)}}},
	}
	return d.pieces(0, 0)
}

// A Finder finds in a text what is like words that are not in it.
type Finder struct {
	side  *side
	words *dictionary
	lines map[run][]int // lines by their runs of two words
}

// NewFinder makes a text ready.
func NewFinder(t *Text) *Finder {
	f := &Finder{words: &dictionary{symbols: map[string]int{}}, lines: map[run][]int{}}
	f.side = newSide(t, &dictionary{symbols: map[string]int{}}, f.words)
	for i, l := range f.side.lines {
		for r := range pairsOf(f.side.lineOf(l)) {
			f.lines[r] = append(f.lines[r], i)
		}
	}
	return f
}

// leastNear is the share of the letters of the words looked for that a candidate
// must have.
const leastNear = 0.35

// Nearest returns up to most stretches of the text that have many of these words
// in their order, each in one line, the most alike first. It is for people to
// choose from: the nearest one need not be the right one.
func (f *Finder) Nearest(quote string, most int) []Span {
	looked := newSide(NewText(quote), &dictionary{symbols: map[string]int{}}, f.words)
	var wanted []int
	letters := 0
	for _, w := range looked.words {
		wanted = append(wanted, w.symbol)
		letters += max(1, w.letters)
	}
	shared := map[int]int{}
	for r := range pairsOf(wanted) {
		if in := f.lines[r]; len(in) <= tooCommon {
			for _, i := range in {
				shared[i]++
			}
		}
	}
	type candidate struct {
		Span
		letters int
	}
	var found []candidate
	for _, i := range mostShared(shared, linesTried) {
		l := f.side.lines[i]
		from, to, kept := f.stretch(wanted, l)
		if kept > 0 && float64(kept) >= leastNear*float64(letters) {
			found = append(found, candidate{Span{f.side.words[from].Start, f.side.words[to].End}, kept})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.letters, a.letters), cmp.Compare(a.End-a.Start, b.End-b.Start), cmp.Compare(a.Start, b.Start))
	})
	var spans []Span
	for _, c := range found[:min(most, len(found))] {
		spans = append(spans, c.Span)
	}
	return spans
}

// linesTried is how many lines are looked at closely.
const linesTried = 20

// longestTried is how many words of a line, and of those looked for, are
// compared.
const longestTried = 600

// mostApart is how many words may stand between two that are found.
const mostApart = 4

// stretch returns the first and the last word of a line that are among those
// wanted, in order and near each other, and how many letters all such words
// have; of several such stretches the one with most.
func (f *Finder) stretch(wanted []int, l line) (from, to, kept int) {
	wanted = wanted[:min(len(wanted), longestTried)]
	own := f.side.lineOf(l)
	own = own[:min(len(own), longestTried)]
	matched := nothing(len(wanted))
	longestCommon(wanted, own, matched, 0)
	first, last, letters := -1, -1, 0
	for k, at := range matched {
		if at < 0 || f.alone(matched, k, l.first+at) {
			continue
		}
		if first < 0 || at-last > mostApart {
			first, letters = at, 0
		}
		last = at
		letters += max(1, f.side.words[l.first+at].letters)
		if letters > kept {
			from, to, kept = l.first+first, l.first+last, letters
		}
	}
	return from, to, kept
}

// alone reports whether a match is of a short word whose neighbours are other
// words.
func (f *Finder) alone(matched []int, k, word int) bool {
	before := k > 0 && matched[k-1] == matched[k]-1 && matched[k-1] >= 0
	after := k+1 < len(matched) && matched[k+1] == matched[k]+1
	return f.side.words[word].letters < crumb && !before && !after
}

// pairsOf returns the runs of two words.
func pairsOf(words []int) map[run]bool {
	found := make(map[run]bool, len(words))
	for i := 1; i < len(words); i++ {
		found[run{words[i-1], words[i]}] = true
	}
	return found
}

// mostShared returns the keys with the largest counts, at most n.
func mostShared(counts map[int]int, n int) []int {
	keys := make([]int, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b int) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return keys[:min(n, len(keys))]
}
