package importer

import (
	"path/filepath"
	"strings"

	"glossator/index"
)

func sniffText(s source) bool {
	switch strings.ToLower(filepath.Ext(s.name)) {
	case ".txt", ".text", "":
		return true
	}
	return false
}

// parseText reads plain text: lines that may be wrapped, paragraphs that may be
// set apart by blank lines, headings that only their words tell.
func parseText(s source) (index.Document, []draft, error) {
	var lines []string
	for _, line := range strings.Split(s.text, "\n") {
		lines = append(lines, splitArticles(strings.TrimSpace(line))...)
	}
	var pieces []piece
	for _, text := range joinLines(lines) {
		for _, part := range splitHeading(text) {
			pieces = append(pieces, piece{text: part})
		}
	}
	markTitle(pieces)
	built := segment(pieces)
	return index.Document{}, []draft{{title: built.title, segmenter: built}}, nil
}

// titleLines is how many lines a title may have.
const titleLines = 12

// markTitle marks the short lines at the head of a text as its title: lines
// that are no sentence, label or heading of a provision, with text after them.
func markTitle(pieces []piece) {
	n := 0
	for n < len(pieces) && n < titleLines {
		text := pieces[n].text
		_, labelled := scanLabel(text)
		_, found := recognise(pieces[n])
		if labelled || found || len(text) > 180 || strings.ContainsRune(sentenceEnds, lastRune(text)) {
			break
		}
		n++
	}
	if n == len(pieces) {
		n = min(n, 1)
	}
	for i := range pieces[:n] {
		pieces[i].level = 1
	}
}

// longLine is the length in bytes from which a line is taken for a whole text
// without line breaks.
const longLine = 2000

// splitArticles cuts a long line before each "Article N" that follows the end
// of a sentence and is the next in number.
func splitArticles(line string) []string {
	if len(line) < longLine {
		return []string{line}
	}
	var out []string
	from, last := 0, 0
	for at := 0; at < len(line); at++ {
		c := line[at]
		if c != 'A' || at > 0 && line[at-1] != ' ' || !strings.EqualFold(line[at:min(len(line), at+7)], "article") {
			continue
		}
		before := strings.TrimRight(line[from:at], " ")
		if before != "" && !strings.ContainsRune(".;:”\"", lastRune(before)) {
			continue
		}
		h, ok := parseHeading(line[at:min(len(line), at+120)])
		if !ok || h.title == "" {
			continue
		}
		value := articleValue(h.number)
		first := h.title[0]
		if value != last+1 && value != last || first < 'A' || first > 'Z' {
			continue
		}
		end := at + len(line[at:min(len(line), at+120)]) - len(h.title)
		out = append(out, before, line[at:end])
		from, last = end, value
	}
	return append(out, line[from:])
}

// articleValue returns the number at the beginning of an article's number, 0 if
// there is none.
func articleValue(number string) int {
	if value := romanValue(number); value > 0 {
		return value
	}
	value := 0
	for _, c := range leading(number, isDigit, 4) {
		value = value*10 + int(c-'0')
	}
	return value
}
