package index

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"glossator/index/query"
)

// A Token is a word of a text as search sees it.
type Token struct {
	Term string // lower case, in Unicode form NFKC, without invisible characters
	Span        // code points of the text

	// Joined is the term that this word and the next would be without the single
	// hyphen that is all there is between them: "cooperation" of the "co" in
	// "co-operation". It is "" if there is no such hyphen or one of the two words
	// does not begin with a letter.
	Joined string
}

// Tokens cuts text into words. A word is a longest run of letters, marks and
// digits; each Han, Hiragana and Katakana character is a word by itself, and so
// is each symbol (see query.Symbol). Soft hyphens and other invisible characters
// inside a word belong to it. Everything else separates: "G-10" is two words,
// "l'information" is two, "9(2)(a)" is three. A query is cut by the same rule,
// so what a reader sees as one word and this rule sees as several is found as a
// phrase.
func Tokens(text string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		t := tokenizer{text: text}
		word, ok := t.next()
		for ok {
			following, more := t.next()
			if more && following.hyphened && word.lettered && following.lettered {
				word.Joined = word.Term + following.Term
			}
			if !yield(word.Token) {
				return
			}
			word, ok = following, more
		}
	}
}

type tokenizer struct {
	text         string
	at, position int // the same place, in bytes and in code points
}

type tokenized struct {
	Token
	lettered bool // whether it begins with a letter of a script that has spaces
	hyphened bool // whether a single hyphen is all there is between the word before and this one
}

// What a character is to the words around it.
type class uint8

const (
	separator class = iota
	settled         // of a word, and the same in lower case and in NFKC, whatever is before it
	changing        // of a word, and perhaps not
	alone           // a word by itself
	invisible
)

// classes are those of the characters of the scripts that have an upper case,
// and of some others.
var classes = func() (classes [0x800]class) {
	for r := range rune(len(classes)) {
		classes[r] = classify(r)
		if classes[r] == changing && !unicode.IsMark(r) && folded(string(r)) == string(r) {
			classes[r] = settled
		}
	}
	return classes
}()

func classify(r rune) class {
	switch {
	case query.Alone(r):
		return alone
	case query.InWord(r):
		return changing
	case query.Invisible(r):
		return invisible
	}
	return separator
}

// peek returns the class and the length in bytes of the character at the current
// place; the length is 0 at the end of the text.
func (t *tokenizer) peek() (class, int) {
	if t.at >= len(t.text) {
		return separator, 0
	}
	if b := t.text[t.at]; b < utf8.RuneSelf {
		return classes[b], 1
	}
	r, size := utf8.DecodeRuneInString(t.text[t.at:])
	if int(r) < len(classes) {
		return classes[r], size
	}
	return classify(r), size
}

// next returns the next word, without its Joined, and false if there is none.
func (t *tokenizer) next() (tokenized, bool) {
	gap := t.at
	c, size := t.peek()
	for c == separator || c == invisible {
		if size == 0 {
			return tokenized{}, false
		}
		t.at, t.position = t.at+size, t.position+1
		c, size = t.peek()
	}
	from := t.at
	word := tokenized{Token: Token{Span: Span{Start: t.position}}, hyphened: hyphen(t.text[gap:from])}
	if c == alone {
		t.at, t.position = t.at+size, t.position+1
		word.Term, word.End = folded(t.text[from:t.at]), t.position
		return word, true
	}
	word.lettered = startsWithLetter(t.text[from:])
	plain, hidden := true, false // whether the word is its own term, whether it has invisible characters
	to := from
	for ; size > 0 && (c == settled || c == changing || c == invisible); c, size = t.peek() {
		t.at, t.position = t.at+size, t.position+1
		if c == invisible {
			continue
		}
		hidden = hidden || t.at-size > to
		plain = plain && c == settled
		to, word.End = t.at, t.position
	}
	t.at, t.position = to, word.End // invisible characters at the end are outside
	word.Term = t.text[from:to]
	if hidden {
		word.Term = strings.Map(visible, word.Term)
	}
	if !plain {
		word.Term = folded(word.Term)
	}
	return word, true
}

func folded(word string) string { return strings.ToLower(norm.NFKC.String(word)) }

// visible drops invisible characters from what strings.Map maps.
func visible(r rune) rune {
	if query.Invisible(r) {
		return -1
	}
	return r
}

// hyphen reports whether s is a hyphen, also one that does not break.
func hyphen(s string) bool { return s == "-" || s == "\u2010" || s == "\u2011" }

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}
