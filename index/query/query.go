// Package query is the query language: its syntax tree, Parse, String and
// Explain. It knows no index. The manual is syntax.md; its examples run as
// tests.
package query

// A Query is a node of the syntax tree: All, Term, Range, And, Or or Not.
// String gives it in the query language; Parse(q.String()) equals q.
type Query interface {
	String() string
	query()
}

// All matches every passage: the empty query.
type All struct{}

// Fields whose values are text, cut into words; the rest are compared whole,
// without regard to case.
//
//	""      the passage and its heading
//	title   the document's title, short title and aliases
//	note    notes of annotations
//
//	art     number of the article
//	in      id, short title or alias of the document
//	kind    kind of document
//	party   ISO 3166-1 alpha-3 code of a party
//	org     organisation
//	lang    language of the text: "zh" includes "zh-Hant"
//	concept label of a concept
//	by      name of the annotator
//	has     "concept", "note", "annotation", or "digest"
//	year    year of signature: a number or a Range
var Fields = []string{"title", "art", "in", "kind", "party", "org", "year", "lang", "concept", "note", "by", "has"}

// Match says how the text of a Term is compared.
type Match int

const (
	// Word matches the word in any of its grammatical forms.
	Word Match = iota
	// Phrase matches exactly these words in this order, no stemming.
	Phrase
	// Pattern matches whole words (or whole values); * stands for any
	// characters, also none, and ? for one.
	Pattern
)

// A Term matches a word, a phrase or a pattern in a field.
type Term struct {
	Field string // one of Fields, or ""
	Match Match
	Text  string // without the quotes; never empty
}

// A Range matches numbers between From and To, both included.
type Range struct {
	Field    string // "year"
	From, To int    // 0 leaves that end open
}

// And matches what all of its two or more clauses match.
type And []Query

// Or matches what at least one of its two or more clauses matches.
type Or []Query

// Not matches what Query does not.
type Not struct{ Query Query }

func (All) query()   {}
func (Term) query()  {}
func (Range) query() {}
func (And) query()   {}
func (Or) query()    {}
func (Not) query()   {}
