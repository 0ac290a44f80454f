package bleve

import "glossator/index"

// snippetLength is about how many code points a snippet has.
const snippetLength = 300

// snippet returns the stretch of a text that shows the marks best: as many
// different terms as fit, the earliest of those. It begins and ends with a word
// and, where one is near, with a sentence. Without marks it is the beginning.
func snippet(text []rune, marks []mark) index.Span {
	first, last := bestWindow(marks)
	room := max(snippetLength-(last-first), 0)
	start := snippetStart(text, first, room)
	return index.Span{Start: start, End: snippetEnd(text, start, last)}
}

// bestWindow returns from where to where the marks reach that a snippet should
// show; 0, 0 without marks.
func bestWindow(marks []mark) (first, last int) {
	most := 0
	for i, from := range marks {
		terms, reach := map[int]bool{from.leaf: true}, from.End
		for _, m := range marks[i:] {
			if m.Start >= from.Start+snippetLength {
				break
			}
			if m.End <= from.Start+snippetLength {
				terms[m.leaf] = true
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
func snippetStart(text []rune, first, room int) int {
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
func snippetEnd(text []rune, start, last int) int {
	farthest := min(max(start+snippetLength, last), len(text))
	if farthest == len(text) {
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
func trimmed(text []rune, end int) int {
	for end > 0 && (text[end-1] == ' ' || text[end-1] == '\n') {
		end--
	}
	return end
}

func wordStart(text []rune, i int) bool {
	return i == 0 || (text[i-1] == ' ' || text[i-1] == '\n') && text[i] != ' ' && text[i] != '\n'
}

// sentenceStart reports whether a sentence or a block begins at i.
func sentenceStart(text []rune, i int) bool {
	switch {
	case i == 0 || text[i-1] == '\n':
		return true
	case text[i-1] == '。' || text[i-1] == '；':
		return true
	case text[i-1] != ' ' || i < 2:
		return false
	}
	end := text[i-2]
	return end == '.' || end == ';' || end == '?' || end == '!'
}
