package bleve

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"glossator/index"
	"glossator/index/query"
)

// A piece is one word of what a Term asks for.
type piece struct {
	match query.Match
	term  string // as index.Tokens gives it
	glob  glob   // if match is query.Pattern
}

// piecesOf cuts the text of a Term into words as texts are cut, so that what
// the reader wrote as one word is a sequence wherever the text is one:
// "G-10", "l'information", each character of a Chinese word. It is empty if
// there is no word in it.
func piecesOf(t query.Term) []piece {
	var pieces []piece
	if t.Match != query.Pattern {
		for token := range index.Tokens(t.Text) {
			pieces = append(pieces, piece{match: t.Match, term: token.Term})
		}
		return pieces
	}
	for _, part := range patternParts(t.Text) {
		if strings.ContainsAny(part, "*?") {
			pieces = append(pieces, piece{match: query.Pattern, glob: glob(part)})
		} else {
			pieces = append(pieces, piece{match: query.Phrase, term: part})
		}
	}
	return pieces
}

// patternParts cuts a pattern by the rule of index.Tokens, * and ? being part
// of words.
func patternParts(pattern string) []string {
	var parts []string
	var part strings.Builder
	end := func() {
		if part.Len() > 0 {
			parts = append(parts, strings.ToLower(norm.NFKC.String(part.String())))
			part.Reset()
		}
	}
	alone := false // whether part ends in a character that is a word by itself
	for _, r := range pattern {
		switch {
		case r == '*' || r == '?':
			alone = false
		case query.Alone(r):
			if last := part.String(); alone || last != "" && !strings.ContainsAny(last[len(last)-1:], "*?") {
				end()
			}
			alone = true
		case query.InWord(r):
			if alone {
				end()
			}
			alone = false
		default:
			end()
			alone = false
			continue
		}
		part.WriteRune(r)
	}
	end()
	return parts
}

// A matcher decides which tokens of texts are what a piece asks for. It
// remembers, because texts repeat their words.
type matcher struct {
	piece
	lexicon *lexicon
	grammar grammar
	known   map[string]bool
}

// matchersOf returns a matcher for each word of t in texts of a grammar.
func matchersOf(t query.Term, l *lexicon, g grammar) []matcher {
	var all []matcher
	for _, p := range piecesOf(t) {
		all = append(all, matcher{piece: p, lexicon: l, grammar: g, known: map[string]bool{}})
	}
	return all
}

func (m matcher) matches(term string) bool {
	is, ok := m.known[term]
	if !ok {
		is = m.decide(term)
		m.known[term] = is
	}
	return is
}

func (m matcher) decide(term string) bool {
	switch {
	case m.match == query.Pattern:
		return m.glob.matches(term)
	case m.term == term:
		return true
	case m.match == query.Phrase:
		return false
	}
	found := m.lexicon.of(m.grammar, term)
	return slices.ContainsFunc(m.lexicon.of(m.grammar, m.term), func(asked string) bool {
		return slices.Contains(found, asked)
	})
}

// normalValue returns the form in which whole values are compared: lower case,
// white space folded.
func normalValue(value string) string {
	return strings.ToLower(norm.NFC.String(strings.Join(strings.Fields(value), " ")))
}
