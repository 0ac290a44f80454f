package query

import (
	"slices"
	"strings"
	"unicode"
)

// A Place is where in a query something is being typed that can be completed. All
// positions are code points of the query.
type Place struct {
	Field  string // whose value it is, "" for the text itself
	Typed  string // what has been typed of it
	Quoted bool   // whether it is the end of a phrase in quotation marks, without a field
	// Starts are where what a completion replaces may begin: Typed, with its
	// field if it has one; and further left each plain word before it, four at most.
	Starts []int
	End    int // where that ends
}

// wordsBefore is how many words before the one being typed may be completed
// with it.
const wordsBefore = 4

// PlaceAt returns the place that ends at a code point of a query, which need not
// be right, and whether there is one: nothing completes a pattern, an operator
// or an unknown field.
func PlaceAt(text string, at int) (Place, bool) {
	runes := []rune(text)
	at = min(max(at, 0), len(runes))
	opened, closers := openQuote(runes[:at])
	if opened >= 0 {
		return quotedPlace(runes, opened, closers, at)
	}
	start := at
	for start > 0 && !unicode.IsSpace(runes[start-1]) && runes[start-1] != '(' && runes[start-1] != ')' {
		start--
	}
	for start < at && strings.ContainsRune("-!=+", runes[start]) {
		start++
	}
	typed := string(runes[start:at])
	p := Place{Typed: typed, Starts: []int{start}, End: wordEnd(runes, at)}
	if name, value, ok := strings.Cut(typed, ":"); ok {
		p.Field, p.Typed = strings.ToLower(name), value
		return p, slices.Contains(Fields, p.Field) && plainText(value)
	}
	if typed == "" || !plainText(typed) || operatorWord(typed) {
		return Place{}, false
	}
	p.Starts = append(p.Starts, startsBefore(runes, start)...)
	return p, true
}

// openQuote returns where a quotation mark stands that is not closed, and what
// closes it; -1 if there is none.
func openQuote(text []rune) (at int, closers string) {
	at = -1
	for i := 0; i < len(text); i++ {
		switch r := text[i]; {
		case at < 0 && closing(r) != "":
			at, closers = i, closing(r)
		case at >= 0 && r == '\\':
			i++
		case at >= 0 && strings.ContainsRune(closers, r):
			at = -1
		}
	}
	return at, closers
}

func quotedPlace(runes []rune, opened int, closers string, at int) (Place, bool) {
	end := wordEnd(runes, at)
	start := opened
	if start > 0 && runes[start-1] == ':' {
		for start--; start > 0 && InWord(runes[start-1]); {
			start--
		}
		field := strings.ToLower(string(runes[start : opened-1]))
		if end < len(runes) && strings.ContainsRune(closers, runes[end]) {
			end++
		}
		typed := strings.TrimLeft(string(runes[opened+1:at]), " ")
		return Place{Field: field, Typed: typed, Starts: []int{start}, End: end}, slices.Contains(Fields, field)
	}
	for start = at; start > opened+1 && InWord(runes[start-1]); {
		start--
	}
	return Place{Typed: string(runes[start:at]), Quoted: true, Starts: []int{start}, End: end}, start < at
}

// wordEnd returns where the word that a code point is in, or after, ends.
func wordEnd(runes []rune, at int) int {
	for at < len(runes) && InWord(runes[at]) {
		at++
	}
	return at
}

// startsBefore returns where the plain words that stand directly before a code
// point begin, the nearest first.
func startsBefore(runes []rune, at int) (starts []int) {
	for len(starts) < wordsBefore {
		end := at
		for end > 0 && unicode.IsSpace(runes[end-1]) {
			end--
		}
		start := end
		for start > 0 && !unicode.IsSpace(runes[start-1]) {
			start--
		}
		word := string(runes[start:end])
		if end == at || word == "" || !plainText(word) || operatorWord(word) {
			return starts
		}
		starts = append(starts, start)
		at = start
	}
	return starts
}

// plainText reports whether text has nothing that means something in a query.
func plainText(text string) bool { return !strings.ContainsAny(text, `*?~^=:()/\|&!+"“”„«»`) }

func operatorWord(word string) bool { return slices.Contains([]string{"AND", "OR", "NOT"}, word) }
