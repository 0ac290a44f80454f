package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds of a query.
const (
	MaxLength   = 2000 // code points
	MaxClauses  = 100  // words, phrases, patterns and values of fields
	MaxDepth    = 20   // parentheses, NOTs and Nears inside one another
	MaxPatterns = 20   // patterns, fuzzy words and regular expressions
)

// Bounds of Boost.Weight.
const (
	MinWeight = 0.1
	MaxWeight = 100
)

// Parse reads a query; the manual is syntax.md. An empty text is All. Every
// error is an *Error.
func Parse(text string) (Query, error) {
	q, f := parse(text)
	if f != nil {
		return nil, &Error{Position: f.start, Length: f.end - f.start, Reason: f.reason, Repair: repair(text, f)}
	}
	return q, nil
}

func parse(text string) (Query, *fault) {
	if !utf8.ValidString(text) {
		return nil, notUTF8(text)
	}
	runes := []rune(text)
	if len(runes) > MaxLength {
		return nil, wrong(MaxLength, len(runes),
			"the query has %d characters, %d more than it may; shorten it or split it into several searches", len(runes), len(runes)-MaxLength)
	}
	q, f := read(runes)
	if f != nil {
		return nil, f
	}
	// String must itself be a query within bounds: a field before parentheses
	// comes out before every word in them.
	if written := utf8.RuneCountInString(q.String()); written > MaxLength {
		return nil, wrong(0, len(runes),
			"written out, with its field before every word, the query has %d characters and may have %d; split it into several searches", written, MaxLength)
	}
	return q, nil
}

// read parses a query of any length.
func read(text []rune) (Query, *fault) {
	tokens, f := scan(text)
	if f != nil {
		return nil, f
	}
	if len(tokens) == 0 {
		return All{}, nil
	}
	p := &parser{tokens: tokens, end: len(text)}
	q, f := p.or("")
	if f != nil {
		return nil, f
	}
	if p.at < len(tokens) {
		return nil, wrong(p.next().start, p.next().end, "this ) closes nothing: there is no ( before it").mend("")
	}
	return q, nil
}

func notUTF8(text string) *fault {
	position := 0
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			break
		}
		position++
	}
	return wrong(position, position+1, "the query is not valid UTF-8 here").mend("")
}

// A parser reads, by recursive descent:
//
//	or     = and { OR and }
//	and    = not { [ AND ] not }
//	not    = NOT not | near
//	near   = clause { connector clause }
//	clause = [ field ] ( "(" or ")" | word | phrase | expression ) [ weight ]
type parser struct {
	tokens                   []token
	at                       int
	end                      int // code points of the query
	clauses, patterns, depth int
}

// next returns the token to be read; at the end, an empty shut token.
func (p *parser) next() token {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return token{kind: shutToken, start: p.end, end: p.end}
}

func (p *parser) take(k kind) bool {
	if p.at < len(p.tokens) && p.tokens[p.at].kind == k {
		p.at++
		return true
	}
	return false
}

func (p *parser) or(field string) (Query, *fault) {
	var clauses []Query
	for {
		q, f := p.and(field)
		if f != nil {
			return nil, f
		}
		clauses = append(clauses, q)
		if !p.take(orToken) {
			return Any(clauses...), nil
		}
	}
}

func (p *parser) and(field string) (Query, *fault) {
	var clauses []Query
	for {
		q, f := p.not(field)
		if f != nil {
			return nil, f
		}
		clauses = append(clauses, q)
		if next := p.next().kind; !p.take(andToken) && (next == orToken || next == shutToken) {
			return Join(clauses...), nil
		}
	}
}

func (p *parser) not(field string) (Query, *fault) {
	t := p.next()
	if !p.take(notToken) {
		return p.near(field)
	}
	if f := p.deeper(t); f != nil {
		return nil, f
	}
	q, f := p.not(field)
	p.depth--
	if f != nil {
		return nil, f
	}
	return Not{q}, nil
}

func (p *parser) deeper(t token) *fault {
	if p.depth++; p.depth > MaxDepth {
		return wrong(t.start, t.end, "“%s” here is inside %d parentheses or NOTs; %d is the most: take out those that change nothing", t.text, MaxDepth, MaxDepth)
	}
	return nil
}

func (p *parser) clause(inherited string) (Query, *fault) {
	q, f := p.weightless(inherited)
	t := p.next()
	if f != nil || !p.take(boostToken) {
		return q, f
	}
	weight, err := strconv.ParseFloat(t.text[1:], 64)
	switch {
	case err != nil || weight > MaxWeight:
		return nil, wrong(t.start, t.end, "a weight is %v at most", MaxWeight).mend(fmt.Sprintf("^%v", MaxWeight))
	case weight < MinWeight:
		return nil, wrong(t.start, t.end, "a weight is %v at least", MinWeight).mend(fmt.Sprintf("^%v", MinWeight))
	case !ranked(q):
		return nil, wrong(t.start, t.end, "“%s” weighs words; the value of a field is there or not", t.text).mend("")
	case p.next().kind == boostToken:
		return nil, wrong(p.next().start, p.next().end, "one weight is enough").mend("")
	case weight == 1:
		return q, nil
	}
	return Boost{Query: q, Weight: weight}, nil
}

// ranked reports whether words of q count in the order of what is found.
func ranked(q Query) bool {
	ranks := false
	walk(q, func(q Query) {
		t, ok := q.(Term)
		ranks = ranks || ok && Textual(t.Field)
	})
	return ranks
}

func (p *parser) weightless(inherited string) (Query, *fault) {
	t := p.next()
	name := inherited
	if p.take(fieldToken) {
		if inherited != "" {
			return nil, wrong(t.start, t.end, "“%s:” cannot stand inside the parentheses of “%s:”", t.text, inherited).mend("")
		}
		name, t = t.text, p.next()
	}
	switch t.kind {
	case openToken:
		return p.group(name)
	case wordToken, phraseToken, expressionToken:
		p.at++
		return p.term(name, t)
	}
	return nil, p.missing()
}

func (p *parser) group(field string) (Query, *fault) {
	opening := p.next()
	p.at++
	if f := p.deeper(opening); f != nil {
		return nil, f
	}
	from := opening.start
	if p.at > 1 && p.tokens[p.at-2].kind == fieldToken {
		from = p.tokens[p.at-2].start
	}
	if p.at == len(p.tokens) {
		return nil, wrong(opening.start, opening.end, "this ( is never closed, and nothing follows it").replace(from, opening.end, "")
	}
	if closing := p.next(); p.take(shutToken) {
		return nil, wrong(opening.start, closing.end, "there is nothing between the parentheses").replace(from, closing.end, "")
	}
	q, f := p.or(field)
	if f != nil {
		return nil, f
	}
	p.depth--
	if !p.take(shutToken) {
		return nil, wrong(opening.start, opening.end, "this ( is never closed").insert(p.end, ")")
	}
	return q, nil
}

// missing says what is wrong where a clause should stand and does not.
func (p *parser) missing() *fault {
	t := p.next()
	if p.at > 0 {
		switch last := p.tokens[p.at-1]; last.kind {
		case andToken, orToken, notToken, nearToken:
			return wrong(last.start, last.end, "“%s” needs something after it; to search for the word itself put quotation marks around it", last.text).mend("")
		}
	}
	if t.kind == shutToken {
		return wrong(t.start, t.end, "this ) closes nothing: there is no ( before it").mend("")
	}
	return wrong(t.start, t.end, "“%s” needs something before it; to search for the word itself put quotation marks around it", t.text).mend("")
}

func (p *parser) term(field string, t token) (Query, *fault) {
	if p.clauses++; p.clauses > MaxClauses {
		return nil, p.tooManyClauses(t)
	}
	if t.suffix != "" && !Textual(field) {
		return nil, wrong(t.end-len(t.suffix), t.end, "“%s” works on words of the text, not on the value of “%s:”", t.suffix, field).mend("")
	}
	switch field {
	case "year":
		return p.year(t)
	case "date":
		return p.date(t)
	case "tagged":
		return p.tagged(t)
	case "has", "coded", "version":
		return oneOf(field, t)
	}
	switch {
	case t.kind == expressionToken:
		return p.regexp(field, t)
	case t.kind == phraseToken && t.suffix != "":
		return p.sloppy(field, t)
	case t.suffix != "":
		return p.fuzzy(field, t)
	case t.kind == wordToken && strings.ContainsAny(t.text, "*?"):
		return p.pattern(field, t)
	}
	match := Word
	if t.kind == phraseToken {
		match = Phrase
	}
	if t.text == "" || Textual(field) && !strings.ContainsFunc(t.text, InWord) {
		return nil, p.nothingToFind(t)
	}
	return Term{Field: field, Match: match, Text: t.text}, nil
}

func (p *parser) tooManyClauses(t token) *fault {
	f := wrong(t.start, t.end, "“%s” is clause %d and a query may have %d; split the query into several searches, or put quotation marks around a sentence to find it as it stands", t.text, MaxClauses+1, MaxClauses)
	words := make([]string, len(p.tokens))
	for i, t := range p.tokens {
		if t.kind != wordToken {
			return f
		}
		words[i] = t.text
	}
	return f.replace(0, p.end, quote(strings.Join(words, " ")))
}

// nothingToFind says that a word or phrase has no letter and no digit. Together
// with it goes the field it is the value of.
func (p *parser) nothingToFind(t token) *fault {
	reason := fmt.Sprintf("“%s” has no letter or digit to search for", t.text)
	if t.text == "" {
		reason = "there is nothing between the quotation marks"
	}
	return wrong(t.start, t.end, "%s", reason).replace(p.clauseStart(t), t.end, "")
}

// clauseStart returns where the clause that consists of t begins: at its field,
// if it has one of its own. t is the last token read.
func (p *parser) clauseStart(t token) int {
	if p.at > 1 && p.tokens[p.at-2].kind == fieldToken {
		return p.tokens[p.at-2].start
	}
	return t.start
}

// choices are the values of the fields that have few.
var choices = map[string][]string{
	"has":     {"concept", "note", "reply", "annotation", "digest"},
	"coded":   {"yes", "no"},
	"tagged":  {"yes", "no"},
	"version": {"current", "older", "all"},
}

func oneOf(field string, t token) (Query, *fault) {
	value := strings.ToLower(t.text)
	if slices.Contains(choices[field], value) {
		return Term{Field: field, Match: Word, Text: value}, nil
	}
	meant := nearest(value, choices[field])
	if meant == "" {
		meant = choices[field][0]
	}
	return nil, wrong(t.start, t.end, "“%s:” takes %s, not “%s”", field, list(choices[field], "or"), t.text).mend(meant)
}
