package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// footnotes separates the text of a page from its footnotes: what is set smaller
// at the end of a column, below a rule or from the first line on that begins
// with the mark of a note.
func (l *Layout) footnotes(lines []Line) (body, notes []Line) {
	for begin := 0; begin < len(lines); {
		end := begin + 1
		for end < len(lines) && lines[end].Gap > 0 {
			end++
		}
		cut := l.notesFrom(lines[begin:end]) + begin
		body = append(body, lines[begin:cut]...)
		for i := cut; i < end; i++ {
			line := lines[i]
			line.Note, line.Begins = true, i == cut || marked(line.Text) || isRule(lines[i-1].Text)
			notes = append(notes, line)
		}
		begin = end
	}
	return body, notes
}

// notesFrom returns at which line of a column its footnotes begin, the number of
// lines if it has none.
func (l *Layout) notesFrom(column []Line) int {
	first := len(column)
	for first > 0 && (l.small(column[first-1]) || isRule(column[first-1].Text)) {
		first--
	}
	for i := first; i < len(column); i++ {
		if isRule(column[i].Text) || marked(column[i].Text) {
			return i
		}
	}
	return len(column)
}

// marked reports whether a text begins with the mark of a note.
func marked(s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsRune("*†‡§", first), first != '\u00aa' && first != '\u00ba' && unicode.Is(unicode.No, first):
		return true
	case first < '0' || first > '9':
		return false
	}
	rest := strings.TrimLeft(s[size:], "0123456789")
	return len(s)-len(rest) <= 3 && strings.HasPrefix(rest, " ")
}
