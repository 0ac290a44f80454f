package bleve

import (
	"slices"

	"glossator/index"
)

// Characters are the code points of a text that has n. Of a text that is all
// ASCII they are its bytes, of others those of a window have been read.
type characters struct {
	text   string
	n      int
	from   int    // where the window begins
	window []rune // nil if the text is all ASCII
}

// charactersOf returns the characters of a text that has n, of which those from
// from up to, not including, to will be looked at.
func charactersOf(text string, n, from, to int) characters {
	c := characters{text: text, n: n}
	if len(text) == n {
		return c
	}
	c.from, c.window = from, make([]rune, 0, min(n, to)-from)
	i := 0
	for _, r := range text {
		if i == to {
			break
		}
		if i >= from {
			c.window = append(c.window, r)
		}
		i++
	}
	return c
}

func (c *characters) at(i int) rune {
	if c.window == nil {
		return rune(c.text[i])
	}
	return c.window[i-c.from]
}

// snippetLength is about how many code points a snippet has.
const snippetLength = 300

// snippet returns the stretch of a text of so many characters that shows the marks best: as many
// different terms as fit, the earliest of those. It begins and ends with a word
// and, where one is near, with a sentence. Without marks it is the beginning.
func snippet(passage string, length int, marks []mark) index.Span {
	first, last := bestWindow(marks)
	room := max(snippetLength-(last-first), 0)
	text := charactersOf(passage, length, max(first-room-sentenceGap, 0), max(first+snippetLength, last)+1)
	start := snippetStart(&text, first, room)
	return index.Span{Start: start, End: snippetEnd(&text, start, last)}
}

// bestWindow returns from where to where the marks reach that a snippet should
// show; 0, 0 without marks.
func bestWindow(marks []mark) (first, last int) {
	most := 0
	var terms []int
	for i, from := range marks {
		terms = append(terms[:0], from.leaf)
		reach := from.End
		for _, m := range marks[i:] {
			if m.Start >= from.Start+snippetLength {
				break
			}
			if m.End <= from.Start+snippetLength {
				if !slices.Contains(terms, m.leaf) {
					terms = append(terms, m.leaf)
				}
				reach = max(reach, m.End)
			}
		}
		if len(terms) > most {
			most, first, last = len(terms), from.Start, reach
		}
	}
	return first, last
}

// snippetStart returns where a snippet begins whose first mark begins at first
// and that has room for so much around its marks.
func snippetStart(text *characters, first, room int) int {
	farthest := max(first-room*2/3, 0)
	for i := farthest; i <= first; i++ {
		if sentenceStart(text, i) {
			return i
		}
	}
	for i := max(first-room/2, 0); i < first; i++ {
		if wordStart(text, i) {
			return i
		}
	}
	return first
}

// snippetEnd returns where a snippet ends that begins at start and must reach
// last.
func snippetEnd(text *characters, start, last int) int {
	farthest := min(max(start+snippetLength, last), text.n)
	if farthest == text.n {
		return farthest
	}
	for i := farthest; i > max(last, start+snippetLength*2/3); i-- {
		if sentenceStart(text, i) {
			return trimmed(text, i)
		}
	}
	for i := farthest; i > max(last, start+snippetLength/3); i-- {
		if wordStart(text, i) {
			return trimmed(text, i)
		}
	}
	return farthest
}

// trimmed returns end without the white space before it.
func trimmed(text *characters, end int) int {
	for end > text.from && (text.at(end-1) == ' ' || text.at(end-1) == '\n') {
		end--
	}
	return end
}

func wordStart(text *characters, i int) bool {
	return i == 0 || (text.at(i-1) == ' ' || text.at(i-1) == '\n') && text.at(i) != ' ' && text.at(i) != '\n'
}

// sentenceGap is how many characters before a place say whether a sentence
// begins there.
const sentenceGap = 2

// sentenceStart reports whether a sentence or a block begins at i.
func sentenceStart(text *characters, i int) bool {
	switch {
	case i == 0 || text.at(i-1) == '\n':
		return true
	case text.at(i-1) == '。' || text.at(i-1) == '；':
		return true
	case text.at(i-1) != ' ' || i < sentenceGap:
		return false
	}
	end := text.at(i - sentenceGap)
	return end == '.' || end == ';' || end == '?' || end == '!'
}
