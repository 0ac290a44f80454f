package importer

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/index"
)

// joinLines puts together what a source has broken over lines, and takes apart
// what it has run together on one. A blank line is "". What comes back are
// paragraphs, points and headings, none of them blank.
//
// A source that wraps its lines has most of them near one width; a line break
// in it is meant only if the next word would still have fitted, or a label or a
// heading begins.
func joinLines(lines []string) []string {
	width := wrapWidth(lines)
	var out []string
	var runs runs
	var current []string // the lines of the open paragraph
	gap := false
	flush := func() {
		if len(current) > 0 {
			out = append(out, runs.split(glue(current))...)
		}
		current = current[:0]
	}
	for _, line := range lines {
		line = squeeze(line)
		if line == "" {
			gap = true
			continue
		}
		if len(current) > 0 && !continues(current[len(current)-1], line, width, gap) {
			flush()
		}
		current = append(current, line)
		gap = false
	}
	flush()
	return out
}

// wrapWidth returns the width at which most lines are wrapped, 0 if the lines
// are paragraphs: long ones, or with a blank line after each.
func wrapWidth(lines []string) int {
	var lengths []int
	together := false
	for i, line := range lines {
		if line != "" {
			lengths = append(lengths, utf8.RuneCountInString(line))
			together = together || i > 0 && lines[i-1] != ""
		}
	}
	if !together {
		return 0
	}
	sort.Ints(lengths)
	if width := lengths[len(lengths)*3/4]; width <= 120 {
		return width
	}
	return 0
}

// continues reports whether line goes on with the paragraph that ended in last.
func continues(last, line string, width int, gap bool) bool {
	if l, ok := scanLabel(last); ok && l.length >= len(last) && !l.weak() {
		return true
	}
	end := lastRune(last)
	first, _ := utf8.DecodeRuneInString(line)
	stops := strings.ContainsRune(".;:!?。；：！？”\"؛؟", end)
	word, _, _ := strings.Cut(line, " ")
	fits := width == 0 || utf8.RuneCountInString(last)+1+utf8.RuneCountInString(word) <= width*17/20
	if l, ok := scanLabel(line); ok && (!l.weak() || stops || breaks(last)) {
		return !gap && !stops && cites[lastWord(last)]
	}
	if _, ok := recognise(piece{text: line}); ok {
		return !gap && !stops && (danglers[lastWord(last)] || cites[lastWord(last)])
	}
	if gap && fits && strings.ContainsRune(",，،", end) {
		return false // a clause of a preamble
	}
	if unicode.IsLower(first) && (!stops || end == '"' || end == '”') {
		return true
	}
	if _, heading := recognise(piece{text: last}); heading {
		return false
	}
	if !stops && (danglers[lastWord(last)] || cites[lastWord(last)]) {
		return true
	}
	if width == 0 || gap || end == ',' && participle(line) {
		return false
	}
	return !fits && (unicode.IsLower(first) || !strings.ContainsRune(";:；：", end))
}

// lastWord returns the last word of a line.
func lastWord(line string) string {
	return line[strings.LastIndexAny(line, " (")+1:]
}

// participle reports whether a line begins as the clauses of a preamble do:
// "Recalling", "Convinced".
func participle(line string) bool {
	word, _, _ := strings.Cut(line, " ")
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && (strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "ed") || word == "Conscious" || word == "Aware" || word == "Mindful")
}

// cites are words after which a number is no label: "in paragraph" / "2.".
var cites = map[string]bool{
	"article": true, "articles": true, "Article": true, "Articles": true, "paragraph": true, "paragraphs": true, "Paragraph": true,
	"section": true, "Section": true, "chapter": true, "Chapter": true, "annex": true, "Annex": true, "subparagraph": true,
	"subparagraphs": true, "No.": true, "no.": true, "Nos": true, "nos.": true, "artículo": true, "Artículo": true, "párrafo": true, "paragraphe": true,
}

// danglers are words that cannot end a paragraph.
var danglers = map[string]bool{
	"of": true, "the": true, "to": true, "in": true, "a": true, "an": true, "by": true, "for": true, "with": true, "and": true,
	"or": true, "under": true, "on": true, "from": true, "at": true, "its": true, "their": true, "this": true, "that": true,
	"de": true, "la": true, "le": true, "les": true, "des": true, "du": true, "et": true, "del": true, "los": true, "las": true,
	"el": true, "y": true, "en": true, "der": true, "die": true, "das": true, "und": true, "van": true, "het": true,
}

// glue puts the lines of a paragraph together. A hyphen at the end of a line
// stays as it is printed, without a space; Chinese and Japanese need none.
func glue(lines []string) string {
	if len(lines) == 1 {
		return lines[0]
	}
	var out strings.Builder
	for i, line := range lines {
		if i > 0 && !seamless(lines[i-1], line) {
			out.WriteByte(' ')
		}
		out.WriteString(line)
	}
	return out.String()
}

// seamless reports whether b goes on from a without a space.
func seamless(a, b string) bool {
	end := lastRune(a)
	first, _ := utf8.DecodeRuneInString(b)
	if unicode.Is(unicode.Han, end) || unicode.Is(unicode.Han, first) {
		return true
	}
	return strings.HasSuffix(a, "-") && len(a) > 1 && unicode.IsLetter(lastRune(a[:len(a)-1])) && unicode.IsLower(first)
}

// runs takes apart paragraphs and points that stand on one line. It remembers
// the last label of each kind, since only the next in order begins a new one.
type runs struct {
	last [bullet + 1][dash + 1]int
}

// split cuts a line before each label that goes on in order after the end of a
// sentence or clause.
func (r *runs) split(line string) []string {
	var out []string
	if l, ok := scanLabel(line); ok && l.shape != dashed { // which may be a footnote's
		r.note(l, l.readings[0])
	}
	from := 0
	for at := 1; at < len(line); at++ {
		if line[at-1] != ' ' || line[at] > '9' && line[at] < 'a' || line[at] > 'z' || line[at] < '(' {
			continue
		}
		before := strings.TrimRight(line[from:at], " ")
		if before == "" || !breaks(before) {
			continue
		}
		l, ok := scanLabel(line[at:])
		if !ok || l.shape > brackets || l.length >= len(line)-at {
			continue
		}
		if reading, follows := r.follows(l, before); follows {
			out = append(out, before)
			from = at
			r.note(l, reading)
		}
	}
	return append(out, line[from:])
}

// breaks reports whether a text ends as one that may precede a label on the same
// line: a sentence or a clause, after which "and" or "or" may stand.
func breaks(before string) bool {
	if c := before[len(before)-1]; c < 'a' || c > 'z' {
		return (c == '.' || c == ';' || c == ':') && !strings.HasSuffix(before, "No.") && !strings.HasSuffix(before, "para.")
	}
	space := strings.LastIndexByte(before[max(0, len(before)-6):], ' ')
	if space < 0 || !conjunctions[before[max(0, len(before)-6)+space+1:]] {
		return false
	}
	before = before[:max(0, len(before)-6)+space]
	return strings.HasSuffix(before, ";") || strings.HasSuffix(before, ",")
}

var conjunctions = map[string]bool{"and": true, "or": true, "y": true, "o": true, "et": true, "ou": true, "und": true, "oder": true}

// follows reports whether a label is the next of its kind, or the first after a
// colon.
func (r *runs) follows(l label, before string) (reading, bool) {
	if l.weak() {
		return reading{}, false
	}
	for _, read := range l.readings {
		if last := r.last[l.shape][read.style]; last > 0 && read.value == last+1 {
			return read, true
		}
	}
	for _, read := range l.readings {
		if read.value == 1 && strings.HasSuffix(before, ":") {
			return read, true
		}
	}
	return reading{}, false
}

// note remembers a label; the lists inside it begin anew.
func (r *runs) note(l label, read reading) {
	if read.style == digits && l.shape != brackets {
		*r = runs{}
	}
	if read.style == lower || read.style == upper {
		r.last[l.shape][romans] = 0
	}
	r.last[l.shape][read.style] = read.value
}

// splitHeading cuts a line that begins an article and goes on with its text:
// "Article 3. Each Party shall ...".
func splitHeading(line string) []string {
	if len(line) < 12 {
		return []string{line}
	}
	h, ok := parseHeading(line)
	if !ok || !index.ArticleLike(h.kind) || h.number == "" || h.title == "" || !h.dashed {
		return []string{line}
	}
	if _, heading := recognise(piece{text: line}); heading {
		return []string{line}
	}
	first, _ := utf8.DecodeRuneInString(h.title)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return []string{line}
	}
	return []string{strings.TrimRight(line[:len(line)-len(h.title)], " "), h.title}
}
