package anchor

import (
	"slices"
	"strings"
	"unicode"
)

// Collate sets texts side by side, paragraph by paragraph. Each row holds for
// each text the index of the paragraph that stands in it, -1 for none; every
// paragraph stands in one row, and those of a text are in their order. The first
// text is what the others are set beside.
//
// Texts are taken in one after the other. Of all ways to set one beside the rows
// that are there, in order, the one with the highest sum of likenesses is taken
// (Needleman and Wunsch); paragraphs less alike than leastAbreast stay apart.
func Collate(texts [][]string) [][]int {
	c := &collation{words: &dictionary{symbols: map[string]int{}}, texts: len(texts)}
	for i, paragraphs := range texts {
		c.take(i, paragraphs)
	}
	rows := make([][]int, len(c.rows))
	for i, row := range c.rows {
		rows[i] = row.at
	}
	return rows
}

// leastAbreast is how alike two paragraphs must be to stand in one row: the words
// they share, by their letters, among those of both.
const leastAbreast = 0.3

// sameLabel is what it adds to the likeness of two paragraphs that both begin
// with the same number or letter, such as "(a)".
const sameLabel = 0.05

type collation struct {
	words *dictionary
	texts int
	rows  []collated
}

// A collated row is known by the paragraph that came first to it.
type collated struct {
	at    []int
	first bagged
}

// bagged is a paragraph as the words it has, whatever their order.
type bagged struct {
	label   string
	counts  map[int]int // by symbol
	letters int
}

func (c *collation) bag(paragraph string) bagged {
	s := newSide(NewText(strings.ToLower(paragraph)), &dictionary{symbols: map[string]int{}}, c.words)
	b := bagged{label: labelOf(paragraph), counts: map[int]int{}}
	for _, w := range s.words {
		if w.letters > 0 {
			b.counts[w.symbol]++
			b.letters += w.letters
		}
	}
	return b
}

// labelOf returns what a paragraph is numbered with, "a" of "(a) ..." or "2" of
// "2. ...", "" if it is not.
func labelOf(paragraph string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(paragraph), " ")
	label := strings.TrimFunc(first, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	if label == first || len(label) > 4 || !strings.ContainsAny(first, ".)") {
		return ""
	}
	return label
}

// likeness returns the share of the letters of both that are in words they have
// in common (Dice), 0 to 1.
func (c *collation) likeness(a, b bagged) float64 {
	shared := 0
	for symbol, n := range a.counts {
		shared += min(n, b.counts[symbol]) * c.words.weight(symbol)
	}
	score := 0.0
	if a.letters+b.letters > 0 {
		score = 2 * float64(shared) / float64(a.letters+b.letters)
	}
	if a.label != "" && a.label == b.label {
		score += sameLabel
	}
	return score
}

// take sets a text beside the rows that are there.
func (c *collation) take(text int, paragraphs []string) {
	bags := make([]bagged, len(paragraphs))
	for j, paragraph := range paragraphs {
		bags[j] = c.bag(paragraph)
	}
	to := c.beside(bags)
	var rows []collated
	next := 0
	alone := func(before int) {
		for ; next < before; next++ {
			rows = append(rows, collated{c.row(text, next), bags[next]})
		}
	}
	for i, row := range c.rows {
		if to[i] >= 0 {
			alone(to[i])
			row.at[text] = to[i]
			next++
		}
		rows = append(rows, row)
	}
	alone(len(bags))
	c.rows = rows
}

func (c *collation) row(text, paragraph int) []int {
	at := slices.Repeat([]int{-1}, c.texts)
	at[text] = paragraph
	return at
}

// beside returns for each row the paragraph that stands in it, -1 for none.
func (c *collation) beside(bags []bagged) []int {
	n, m := len(c.rows), len(bags)
	width := m + 1
	alike := make([]float64, n*m)
	best := make([]float64, (n+1)*width) // of the rows and the paragraphs from here on
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if score := c.likeness(c.rows[i].first, bags[j]); score >= leastAbreast {
				alike[i*m+j] = score
			}
			best[i*width+j] = max(best[(i+1)*width+j], best[i*width+j+1], alike[i*m+j]+best[(i+1)*width+j+1])
		}
	}
	to := nothing(n)
	for i, j := 0, 0; i < n && j < m; {
		switch here := best[i*width+j]; {
		case alike[i*m+j] > 0 && here == alike[i*m+j]+best[(i+1)*width+j+1]:
			to[i] = j
			i, j = i+1, j+1
		case here == best[(i+1)*width+j]:
			i++
		default:
			j++
		}
	}
	return to
}
