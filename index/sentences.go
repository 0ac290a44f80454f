package index

import (
	"slices"
	"strings"
	"unicode"
)

// Paragraphs returns where the paragraphs of a passage begin, in code points of
// its text, ascending from 0. A paragraph begins at each provision of that kind
// that is not inside another; what stands before the first, such as a heading,
// is one by itself.
func Paragraphs(p Passage) []int {
	starts, end := []int{0}, p.Start
	for _, inner := range p.Inner {
		if inner.Kind != Paragraph || inner.Start < end {
			continue
		}
		if inner.Start > p.Start {
			starts = append(starts, inner.Start-p.Start)
		}
		end = inner.End
	}
	return starts
}

// Sentences returns where the sentences of a text begin, in code points,
// ascending from 0. A sentence ends at a full stop, a question mark or an
// exclamation mark that does not belong to an abbreviation or to the number that
// opens a line or a sentence, if what follows can begin another; and at a line
// break, unless the lines belong together: see runsOn. Where that cannot be told, as after an
// initial, the sentence goes on.
func Sentences(text string) []int {
	r := []rune(text)
	starts := []int{0}
	for start := 0; start < len(r); {
		end := start
		for end < len(r) && r[end] != '\n' {
			end++
		}
		line := r[start:end]
		for begin, at := 0, 0; at < len(line); at++ {
			if next := sentenceEnd(line[begin:], at-begin); next > 0 && begin+next < len(line) {
				begin += next
				at = begin - 1
				starts = append(starts, start+begin)
			}
		}
		following := end
		for following < len(r) && unicode.IsSpace(r[following]) {
			following++
		}
		if following < len(r) && !runsOn(line, r[following:]) {
			starts = append(starts, following)
		}
		start = following
	}
	return starts
}

const (
	stops   = ".?!…؟۔" // end a sentence before white space
	strong  = "。？！｡"   // end one wherever they stand
	closers = "”’\"'»›)]）］」』】〉》"
	openers = "“‘\"'«‹„([（［「『【〈《¿¡§"
	pending = ",;:–—，；：、،؛" // a line that ends in one is not at its end
)

// sentenceEnd returns where the sentence after the one that ends at line[at]
// begins: the length of the line if there is none in it, 0 if no sentence ends
// there. The sentence before, or one that goes on, begins the line.
func sentenceEnd(line []rune, at int) int {
	mark := line[at]
	full := strings.ContainsRune(strong, mark)
	if !full && !strings.ContainsRune(stops, mark) {
		return 0
	}
	next := closed(line, at+1)
	if next < len(line) && strings.ContainsRune(stops+strong, line[next]) {
		return 0 // the last of several decides
	}
	space := next
	for next < len(line) && unicode.IsSpace(line[next]) {
		next++
	}
	switch {
	case next == len(line), full:
		return next
	case next == space, !begins(line[next:]):
		return 0
	case mark == '.' && (abbreviated(line[:at], line[next:]) || opening(line[:at])):
		return 0
	}
	return next
}

// closed returns where the quotation marks and brackets that close at line[at]
// end. French ones may stand after a blank.
func closed(line []rune, at int) int {
	for at < len(line) && strings.ContainsRune(closers, line[at]) {
		at++
	}
	if at+1 < len(line) && unicode.IsSpace(line[at]) && line[at+1] == '»' && (at+2 == len(line) || unicode.IsSpace(line[at+2])) {
		return at + 2
	}
	return at
}

// begins reports whether a sentence can begin with rest: with anything but a
// lower-case letter or punctuation, or with the marker of a point.
func begins(rest []rune) bool {
	if marker(rest) {
		return true
	}
	for len(rest) > 1 && (strings.ContainsRune(openers, rest[0]) || unicode.IsSpace(rest[0])) {
		rest = rest[1:]
	}
	return len(rest) > 0 && (unicode.IsLetter(rest[0]) && !unicode.IsLower(rest[0]) || unicode.IsNumber(rest[0]))
}

// longestMarker is how many characters "(viii" has.
const longestMarker = 5

// marker reports whether rest begins with the marker of a point: "(a)", "（四）",
// "3)", "–".
func marker(rest []rune) bool {
	if len(rest) > 1 && strings.ContainsRune("–—-•·", rest[0]) {
		return unicode.IsSpace(rest[1])
	}
	at := 0
	if len(rest) > 0 && strings.ContainsRune("(（", rest[0]) {
		at++
	}
	label := at
	for at < len(rest) && at < longestMarker && (unicode.IsLetter(rest[at]) || unicode.IsNumber(rest[at])) {
		at++
	}
	return at > label && at < len(rest) && strings.ContainsRune(")）", rest[at])
}

// lettered reports whether rest begins with a letter and a stop, the marker of a
// point at the beginning of a line.
func lettered(rest []rune) bool {
	return len(rest) > 2 && unicode.IsLetter(rest[0]) && rest[1] == '.' && unicode.IsSpace(rest[2])
}

// runsOn reports whether the sentence at the end of a line goes on in the next:
// if the line waits for more, as a number alone does, if the next begins with a lower-case letter, or
// with the marker of a point and the line did not end its sentence.
func runsOn(line, next []rune) bool {
	line = trimRight(line)
	if len(line) == 0 {
		return false
	}
	last := line[len(line)-1]
	if strings.ContainsRune(pending, last) || last == '.' && opening(line[:len(line)-1]) {
		return true
	}
	if marker(next) || lettered(next) {
		for len(line) > 0 && strings.ContainsRune(closers, line[len(line)-1]) {
			line = line[:len(line)-1]
		}
		return len(line) == 0 || !strings.ContainsRune(stops+strong, line[len(line)-1])
	}
	return unicode.IsLower(next[0])
}

func trimRight(line []rune) []rune {
	for len(line) > 0 && unicode.IsSpace(line[len(line)-1]) {
		line = line[:len(line)-1]
	}
	return line
}

// lastWord returns the letters, digits, and stops between them, that end text.
func lastWord(text []rune) []rune {
	at := len(text)
	for at > 0 && (unicode.IsLetter(text[at-1]) || unicode.IsNumber(text[at-1]) || unicode.IsMark(text[at-1]) ||
		text[at-1] == '.' && at < len(text)) {
		at--
	}
	for at < len(text) && text[at] == '.' {
		at++
	}
	return text[at:]
}

// opening reports whether text, which begins a sentence, is nothing but the
// numbers that open it, or ends in a German ordinal: "am 5".
func opening(text []rune) bool {
	number := lastWord(text)
	before := trimRight(text[:len(text)-len(number)])
	if !numeral(number) {
		return false
	}
	if len(before) == 0 || len(before) == 1 && strings.ContainsRune(openers, before[0]) {
		return true
	}
	return len(number) <= 2 && ordinals[string(lastWord(before))] || opening(before)
}

// numeral reports whether a word is a number as provisions have it: "1", "2.3",
// "IV", "12a".
func numeral(word []rune) bool {
	return len(word) > 0 && (unicode.IsNumber(word[0]) || len(word) == 1 || !slices.ContainsFunc(word, notRoman))
}

func notRoman(r rune) bool { return !strings.ContainsRune("IVXLCDM", r) }

// abbreviated reports whether the stop between text and next is that of an
// abbreviation.
func abbreviated(text, next []rune) bool {
	word := lastWord(text)
	if len(word) == 0 {
		return false
	}
	short := strings.ToLower(string(word))
	if len(word) == 1 || dotted(word) {
		return unicode.IsLetter(word[0]) && !endings[short]
	}
	return abbreviations[short] || beforeNumber[short] && label(next)
}

// dotted reports whether a word is letters with stops between them: "e.g",
// "U.S", "Ph.D".
func dotted(word []rune) bool {
	parts := strings.Split(string(word), ".")
	return len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return len([]rune(p)) > 2 })
}

// label reports whether text begins with what an abbreviation such as "Art."
// stands before: a number in digits or Roman numerals, a single letter, or one
// of these in brackets.
func label(text []rune) bool {
	for len(text) > 0 && strings.ContainsRune("([§№", text[0]) {
		text = text[1:]
	}
	end := 0
	for end < len(text) && (unicode.IsLetter(text[end]) || unicode.IsNumber(text[end])) {
		end++
	}
	return numeral(text[:end])
}
