// Package query is the query language: its syntax tree, Parse, String and
// Explain. It knows no index. The manual is syntax.md; its examples run as
// tests.
package query

import "strings"

// A Query is a node of the syntax tree: All, Term, Range, Near, Boost, And, Or
// or Not.
// String gives it in the query language; Parse(q.String()) equals q for every q
// that Parse returns.
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
//	heading the passage's own heading
//	note    notes of annotations
//
//	art     number of the article
//	in      id, short title or alias of the document
//	id      id of the document or the version, alone or with "/" and the id of a
//	        provision, which is the passage or would be in it
//	kind    kind of document
//	party   ISO 3166-1 alpha-3 code of a party
//	org     organisation
//	region  region of the document
//	status  status of the document
//	lang    language of the text: "zh" includes "zh-Hant"
//	concept label of a concept
//	coded   "yes" if the passage is tagged with a concept, otherwise "no"
//	tagged  "yes" or "no", as coded; otherwise the day on which the passage was
//	        tagged with a concept: a Range
//	by      name of the annotator; "me" is whoever asks: see As
//	group   name of the group whose annotation it is
//	version "current", "older" or "all": see Older
//	has     "concept", "note", "reply", "annotation", or "digest"
//	year    year of the document: always a Range
//	date    day of the document: always a Range; see index.Document.Days
var Fields = []string{
	"title", "heading", "art", "in", "id", "kind", "party", "org", "region", "status", "year", "date", "lang",
	"concept", "coded", "tagged", "note", "by", "group", "has", "version",
}

// Match says how the text of a Term is compared.
type Match int

const (
	// Word matches the word in any of its grammatical forms. What is cut into
	// several words matches them side by side, each in any form.
	Word Match = iota
	// Phrase matches exactly these words in this order, no stemming.
	Phrase
	// Pattern matches whole words (or whole values); * stands for any
	// characters, also none, and ? for one. What is cut into several words
	// matches them side by side: "cyber-sec*".
	Pattern
	// Fuzzy matches words that Term.Edits changes of a letter make of the word,
	// in the textual field "" alone.
	Fuzzy
	// Regexp matches whole words, in lower case, that a regular expression (RE2)
	// matches, in the textual field "" alone.
	Regexp
)

// A Term matches a word, or what Match says instead, in a field.
type Term struct {
	Field string // one of Fields but "year" and "date", or ""; of "tagged" what is no day
	Match Match
	Text  string // without the quotes; never empty
	Edits int    // of Fuzzy: 1 or 2
}

// A Range matches numbers between From and To, both included.
type Range struct {
	Field    string // "year", or "date" or "tagged": a day is the number 20060102
	From, To int    // 0 leaves that end open
}

// A Unit is what two words that are near each other share.
type Unit int

// Units of nearness.
const (
	Words     Unit = iota // at most Near.Distance words apart
	Sentence              // in one sentence: see index.Sentences
	Paragraph             // in one paragraph: see index.Paragraphs
)

// Near matches where a match of Left and one of Right stand near each other in
// the text of a passage and do not overlap. Both are Terms of the field "", Ors
// of what may stand there, or Nears, whose matches reach from the first to the
// last word of their parts.
type Near struct {
	Left, Right Query
	Unit        Unit
	// Distance is how many words the one may begin after the end of the other,
	// if Unit is Words: side by side they are 1 apart.
	Distance int
	Ordered  bool // whether Left must stand before Right
}

// Boost matches what Query matches and multiplies its score.
type Boost struct {
	Query  Query
	Weight float64 // from MinWeight to MaxWeight, and not 1
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
func (Near) query()  {}
func (Boost) query() {}

// Textual reports whether the values of a field are text, cut into words.
func Textual(field string) bool {
	return field == "" || field == "title" || field == "heading" || field == "note"
}

// Value returns the query for what has exactly this value in a field that is
// compared whole, whatever characters the value is made of.
func Value(field, text string) Query {
	return Term{Field: field, Match: Phrase, Text: fold(text)}
}

// Clauses returns the queries that must all match for q to match: the clauses
// of an And, none for All, otherwise q itself.
func Clauses(q Query) []Query {
	switch q := q.(type) {
	case All:
		return nil
	case And:
		return q
	}
	return []Query{q}
}

// Join returns what matches all of queries: All if there are none.
func Join(queries ...Query) Query {
	var all And
	for _, q := range queries {
		all = append(all, Clauses(q)...)
	}
	switch len(all) {
	case 0:
		return All{}
	case 1:
		return all[0]
	}
	return all
}

// Any returns what matches at least one of queries, of which there must be one.
func Any(queries ...Query) Query {
	var some Or
	for _, q := range queries {
		if or, ok := q.(Or); ok {
			some = append(some, or...)
		} else {
			some = append(some, q)
		}
	}
	if len(some) == 1 {
		return some[0]
	}
	return some
}

// walk calls visit for q and everything in it.
func walk(q Query, visit func(Query)) {
	visit(q)
	switch q := q.(type) {
	case Not:
		walk(q.Query, visit)
	case Boost:
		walk(q.Query, visit)
	case Near:
		walk(q.Left, visit)
		walk(q.Right, visit)
	case And:
		for _, clause := range q {
			walk(clause, visit)
		}
	case Or:
		for _, clause := range q {
			walk(clause, visit)
		}
	}
}

// Older reports whether q asks for older versions of texts too, by the field
// version wherever it stands. Other queries are asked of the current ones alone.
func Older(q Query) (older bool) {
	walk(q, func(q Query) {
		t, ok := q.(Term)
		older = older || ok && t.Field == "version"
	})
	return older
}

// fold trims text and makes every run of white space in it one blank.
func fold(text string) string { return strings.Join(strings.Fields(text), " ") }
