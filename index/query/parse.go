package query

import (
	"fmt"
	"regexp"
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
	case "has", "coded":
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

var (
	stars     = regexp.MustCompile(`\*+`)
	wildcards = strings.NewReplacer("*", "", "?", "")
)

func (p *parser) pattern(field string, t token) (Query, *fault) {
	text := stars.ReplaceAllString(t.text, "*")
	fail := func(with, format string, args ...any) (Query, *fault) {
		f := wrong(t.start, t.end, format, args...)
		if with == "" {
			return nil, f.replace(p.clauseStart(t), t.end, "")
		}
		return nil, f.mend(with)
	}
	words := []string{text}
	literal := wildcards.Replace(visible(text))
	if Textual(field) {
		if strings.ContainsFunc(text, Unspaced) {
			return fail(quote(literal), "“%s” cannot match: in Chinese and Japanese each character is a word of its own; put it in quotation marks, without * and ?", t.text)
		}
		if strings.ContainsFunc(text, Symbol) {
			return fail(quote(literal), "“%s” cannot match: a symbol is a word of its own; put it in quotation marks, without * and ?", t.text)
		}
		words = strings.FieldsFunc(visible(text), func(r rune) bool { return !InWord(r) && r != '*' && r != '?' })
	}
	for _, w := range words {
		if wildcards.Replace(w) == w {
			continue
		}
		switch letters := utf8.RuneCountInString(wildcards.Replace(w)); {
		case letters == 0:
			return fail(strings.TrimFunc(literal, func(r rune) bool { return !InWord(r) }),
				"“%s” alone matches every word; leave it out, or give the letters that the word begins with", w)
		case letters < 2:
			return fail(literal, "“%s” matches too many words; give at least two letters besides * and ?", w)
		case letters < 3 && strings.HasPrefix(strings.ReplaceAll(w, "?", "*"), "*"):
			return fail(literal, "“%s” matches too many words; give at least three letters where * or ? comes first", w)
		}
	}
	if f := p.onePatternMore(t); f != nil {
		return nil, f.mend(literal)
	}
	return Term{Field: field, Match: Pattern, Text: text}, nil
}

// visible returns text without the characters that count for nothing in a word.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if Invisible(r) {
			return -1
		}
		return r
	}, text)
}

// onePatternMore counts the clause that is t, which may stand for many words,
// and says if there are too many such.
func (p *parser) onePatternMore(t token) *fault {
	if p.patterns++; p.patterns <= MaxPatterns {
		return nil
	}
	written := t.text + t.suffix
	if t.kind == expressionToken {
		written = "/" + t.text + "/"
	}
	return wrong(t.start, t.end, "“%s” is number %d of the words with *, ?, ~ or slashes and a query may have %d; split it into several searches", written, MaxPatterns+1, MaxPatterns)
}

// longerWord is how many letters a word has of which two may differ.
const longerWord = 6

// fuzzy reads a word of the text with "~" and perhaps a number behind it.
func (p *parser) fuzzy(field string, t token) (Query, *fault) {
	at := t.end - len(t.suffix)
	drop := func(format string, args ...any) (Query, *fault) {
		return nil, wrong(t.start, t.end, format, args...).replace(at, t.end, "")
	}
	text := strings.TrimFunc(visible(t.text), func(r rune) bool { return !InWord(r) })
	letters := utf8.RuneCountInString(text)
	most := 1
	if letters >= longerWord {
		most = 2
	}
	switch edits := t.suffix[1:]; {
	case text == "":
		return nil, p.nothingToFind(t)
	case field != "":
		return drop("“%s” finds words of the text; “%s:” cannot stand before it", t.suffix, field)
	case strings.ContainsAny(text, "*?"):
		return drop("“%s%s” has both ~ and * or ?; take one of them", t.text, t.suffix)
	case strings.ContainsFunc(text, func(r rune) bool { return !InWord(r) || Alone(r) }):
		return drop("“%s%s” is several words, and ~ is for one; to find words near each other leave a blank before ~", t.text, t.suffix)
	case letters < 3:
		return drop("“%s%s” would find nearly every short word; give at least three letters", t.text, t.suffix)
	case edits == "0":
		return nil, wrong(t.start, t.end, "“%s%s” lets no letter differ: that is the exact word", t.text, t.suffix).mend(quote(text))
	case edits == "2" && most < 2:
		return nil, wrong(t.start, t.end, "in “%s%s” only one letter may differ; two may from %d letters on", t.text, t.suffix, longerWord).replace(at, t.end, "~1")
	case edits != "" && edits != "1" && edits != "2":
		return nil, wrong(t.start, t.end, "“%s%s” is out of bounds: one or two letters may differ; to find words near each other leave a blank before ~", t.text, t.suffix).
			replace(at, t.end, fmt.Sprintf("~%d", most))
	}
	if f := p.onePatternMore(t); f != nil {
		return nil, f.replace(at, t.end, "")
	}
	edits := 1
	if t.suffix == "~2" {
		edits = 2
	}
	return Term{Match: Fuzzy, Text: text, Edits: edits}, nil
}

// choices are the values of the fields that have few.
var choices = map[string][]string{
	"has":   {"concept", "note", "annotation", "digest"},
	"coded": {"yes", "no"},
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
