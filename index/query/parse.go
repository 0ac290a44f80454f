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
	MaxDepth    = 20   // parentheses and NOTs inside one another
	MaxPatterns = 20
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
	tokens, f := scan(runes)
	if f != nil {
		return nil, f
	}
	if len(tokens) == 0 {
		return All{}, nil
	}
	p := &parser{tokens: tokens, end: len(runes)}
	q, f := p.or("")
	if f != nil {
		return nil, f
	}
	if p.at < len(tokens) {
		return nil, wrong(p.next().start, p.next().end, "this ) closes nothing: there is no ( before it").mend("")
	}
	if written := writtenOut(q); written > MaxLength {
		return nil, wrong(0, len(runes),
			"written out, with its field before every word, the query has %d characters and may have %d; split it into several searches", written, MaxLength)
	}
	return q, nil
}

// writtenOut returns the length of q.String(), which must itself be a query
// within bounds: a field before parentheses comes out before every word in them.
func writtenOut(q Query) int {
	if t, ok := q.(Term); ok && t.Match != Phrase {
		return 0 // it is written as it was read
	}
	return utf8.RuneCountInString(q.String())
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
//	not    = NOT not | clause
//	clause = [ field ] ( "(" or ")" | word | phrase )
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
		return p.clause(field)
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
	case wordToken, phraseToken:
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
		if last := p.tokens[p.at-1]; last.kind == andToken || last.kind == orToken || last.kind == notToken {
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
	switch field {
	case "year":
		return p.year(t)
	case "has":
		return has(t)
	}
	if t.kind == wordToken && strings.ContainsAny(t.text, "*?") {
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
	literal := wildcards.Replace(text)
	words := []string{text}
	if Textual(field) {
		if strings.ContainsFunc(text, Alone) {
			return fail(quote(literal), "“%s” cannot match: in Chinese and Japanese each character is a word of its own; put it in quotation marks, without * and ?", t.text)
		}
		words = strings.FieldsFunc(text, func(r rune) bool { return !InWord(r) && r != '*' && r != '?' })
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
	if p.patterns++; p.patterns > MaxPatterns {
		return fail(literal, "“%s” is the word number %d with * or ? and a query may have %d; split it into several searches", t.text, MaxPatterns+1, MaxPatterns)
	}
	return Term{Field: field, Match: Pattern, Text: text}, nil
}

var haves = []string{"concept", "note", "annotation", "digest"}

func has(t token) (Query, *fault) {
	value := strings.ToLower(t.text)
	if slices.Contains(haves, value) {
		return Term{Field: "has", Match: Word, Text: value}, nil
	}
	meant := nearest(value, haves)
	if meant == "" {
		meant = haves[0]
	}
	return nil, wrong(t.start, t.end, "“has:” takes %s or %s, not “%s”", strings.Join(haves[:3], ", "), haves[3], t.text).mend(meant)
}

var (
	years     = regexp.MustCompile(`^([0-9]{1,4})?(\.\.)?([0-9]{1,4})?$`)
	fromTo    = regexp.MustCompile(`^([0-9]{4})[-–—/]([0-9]{4})$`)
	comparing = regexp.MustCompile(`^(>=|<=|>|<)([0-9]{1,4})$`)
	someYear  = regexp.MustCompile(`[0-9]{4}`)
)

func (p *parser) year(t token) (Query, *fault) {
	m := years.FindStringSubmatch(t.text)
	if m == nil || m[1] == "" && m[3] == "" || m[2] == "" && m[3] != "" {
		return nil, p.noYear(t)
	}
	from, to := number(m[1]), number(m[3])
	if m[2] == "" {
		to = from
	}
	if m[1] != "" && from == 0 || m[3] != "" && to == 0 {
		return nil, p.noYear(t)
	}
	if from > to && to != 0 {
		return nil, wrong(t.start, t.end, "the years run backwards: %d is after %d", from, to).mend(fmt.Sprintf("%d..%d", to, from))
	}
	return Range{Field: "year", From: from, To: to}, nil
}

func (p *parser) noYear(t token) *fault {
	f := wrong(t.start, t.end, "“%s” is not a year; write 2014, 2010..2015, 2010.. or ..2015", t.text)
	if m := fromTo.FindStringSubmatch(t.text); m != nil {
		return f.mend(m[1] + ".." + m[2])
	}
	if m := comparing.FindStringSubmatch(t.text); m != nil {
		switch y := number(m[2]); m[1] {
		case ">=":
			return f.mend(m[2] + "..")
		case "<=":
			return f.mend(".." + m[2])
		case ">":
			return f.mend(fmt.Sprintf("%d..", y+1))
		default:
			return f.mend(fmt.Sprintf("..%d", y-1))
		}
	}
	if y := someYear.FindString(t.text); y != "" {
		return f.mend(y)
	}
	return f.replace(p.clauseStart(t), t.end, t.text)
}

// number reads at most four digits, 0 if there are none.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
