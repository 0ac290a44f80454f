package index

import (
	"iter"
	"strings"

	"golang.org/x/text/unicode/norm"

	"glossator/index/query"
)

// A Token is a word of a text as search sees it.
type Token struct {
	Term string // lower case, in Unicode form NFKC
	Span        // code points of the text
}

// Tokens cuts text into words. A word is a longest run of letters, marks and
// digits; each Han, Hiragana and Katakana character is a word by itself.
// Everything else separates: "G-10" is two words, "l'information" is two,
// "9(2)(a)" is three. A query is cut by the same rule, so what a reader sees as
// one word and this rule sees as several is found as a phrase.
func Tokens(text string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		position, start, from := 0, -1, 0 // code point, first code point and first byte of the word
		emit := func(end, to int) bool {
			term := strings.ToLower(norm.NFKC.String(text[from:to]))
			ok := yield(Token{Term: term, Span: Span{start, end}})
			start = -1
			return ok
		}
		for at, r := range text {
			single := query.Alone(r)
			if start >= 0 && (single || !query.InWord(r)) && !emit(position, at) {
				return
			}
			if single || query.InWord(r) {
				if start < 0 {
					start, from = position, at
				}
				if single && !emit(position+1, at+len(string(r))) {
					return
				}
			}
			position++
		}
		if start >= 0 {
			emit(position, len(text))
		}
	}
}
