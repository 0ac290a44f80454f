package anchor

import (
	"unicode"
)

// A line is a stretch of a text between line feeds, which it does not include:
// a block of the version. Lines without words are left out.
type line struct {
	Span
	symbol       int // the same for lines of the same words
	first, after int // its words, as indices into side.words
	letters      int // letters and digits
	wordy        int // words that are not punctuation
}

// A token is a word of a line, or a sign between words.
type token struct {
	Span
	symbol  int // the same for words of the same code points
	letters int
}

// A side is one of the two texts that Carry compares.
type side struct {
	text  []rune
	lines []line
	words []token
}

// A dictionary gives the same symbol to what is written the same.
type dictionary struct {
	symbols map[string]int
	weights []int // letters and digits, by symbol
}

func (d *dictionary) symbol(text []rune) int {
	if known, ok := d.symbols[string(text)]; ok {
		return known
	}
	letters := 0
	for _, r := range text {
		if isLetter(r) {
			letters++
		}
	}
	d.symbols[string(text)] = len(d.weights)
	d.weights = append(d.weights, letters)
	return len(d.weights) - 1
}

func (d *dictionary) weight(symbol int) int { return d.weights[symbol] }

func newSide(t *Text, lines, words *dictionary) *side {
	s := &side{text: t.runes}
	start := 0
	for end := 0; end <= len(t.runes); end++ {
		if end == len(t.runes) || t.runes[end] == '\n' {
			s.addLine(start, end, lines, words)
			start = end + 1
		}
	}
	return s
}

func (s *side) addLine(start, end int, lines, words *dictionary) {
	l := line{Span: Span{start, end}, first: len(s.words)}
	var spelled []rune
	for at := start; at < end; {
		to := wordEnd(s.text[:end], at)
		if !unicode.IsSpace(s.text[at]) {
			w := token{Span: Span{at, to}, symbol: words.symbol(s.text[at:to])}
			w.letters = words.weight(w.symbol)
			if w.letters > 0 {
				l.wordy++
			}
			s.words = append(s.words, w)
			spelled = append(append(spelled, s.text[at:to]...), ' ')
		}
		at = to
	}
	if l.after = len(s.words); l.first == l.after {
		return
	}
	l.symbol = lines.symbol(spelled)
	l.letters = lines.weight(l.symbol)
	s.lines = append(s.lines, l)
}

// wordEnd returns where the word that begins at start ends. A sign, a blank and
// a character of a script without blanks is a word by itself.
func wordEnd(text []rune, start int) int {
	end := start + 1
	if !isLetter(text[start]) || isAlone(text[start]) {
		for end < len(text) && unicode.IsMark(text[end]) {
			end++
		}
		return end
	}
	for end < len(text) && (isLetter(text[end]) || unicode.IsMark(text[end])) && !isAlone(text[end]) {
		end++
	}
	return end
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func isAlone(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }

// symbols returns the words from one index up to another as symbols.
func (s *side) symbols(from, to int) []int {
	found := make([]int, 0, to-from)
	for _, w := range s.words[from:to] {
		found = append(found, w.symbol)
	}
	return found
}

// lineOf returns the words of a line as symbols.
func (s *side) lineOf(l line) []int { return s.symbols(l.first, l.after) }

// lineSymbols returns the lines as symbols.
func (s *side) lineSymbols() []int {
	found := make([]int, len(s.lines))
	for i, l := range s.lines {
		found[i] = l.symbol
	}
	return found
}
