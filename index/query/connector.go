package query

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// MaxDistance is the greatest Near.Distance that Parse returns.
const MaxDistance = 255

var (
	apart   = regexp.MustCompile(`^((?i)near/|w/|pre/|/|~|\+)([0-9]+)$`)
	within  = regexp.MustCompile(`^((?i)near/|w/|pre/|/|\+)((?i)[sp])$`)
	nearing = regexp.MustCompile(`^NEAR(/.*)?$`)
)

// connector reads what a run of code points means as a connector, false if it
// is none.
func (s *scanner) connector(text string, end int) (Near, bool, *fault) {
	if m := within.FindStringSubmatch(text); m != nil {
		unit := Sentence
		if strings.EqualFold(m[2], "p") {
			unit = Paragraph
		}
		return Near{Unit: unit, Ordered: inOrder(m[1])}, true, nil
	}
	m := apart.FindStringSubmatch(text)
	if m == nil {
		if nearing.MatchString(text) {
			return Near{}, false, wrong(s.at, end, "“%s” lacks the number of words; write for example NEAR/10", text).mend("NEAR/10")
		}
		return Near{}, false, nil
	}
	distance, err := strconv.Atoi(m[2])
	if err != nil || distance < 1 || distance > MaxDistance {
		bound := strconv.Itoa(MaxDistance)
		if distance == 0 {
			bound = "1"
		}
		f := wrong(s.at, end, "“%s” is out of bounds: words are 1 to %d apart, 1 being side by side", text, MaxDistance)
		return Near{}, false, f.mend(m[1] + bound)
	}
	return Near{Distance: distance, Ordered: inOrder(m[1])}, true, nil
}

func inOrder(connector string) bool {
	return connector == "+" || strings.EqualFold(connector, "pre/")
}

// near reads clauses with connectors between them, from left to right.
func (p *parser) near(field string) (Query, *fault) {
	from := p.at
	left, f := p.clause(field)
	for f == nil && p.at < len(p.tokens) && p.next().kind == nearToken {
		connector := p.next()
		if f = p.besides(connector, left, from); f != nil {
			break
		}
		p.at++
		if t := p.next(); t.kind == notToken {
			return nil, wrong(t.start, t.end, "“%s” cannot stand behind “%s”: what is not there is not near", t.text, connector.text).
				replace(connector.start, connector.end, "")
		}
		from = p.at
		right, wrongRight := p.clause(field)
		if f = wrongRight; f != nil {
			break
		}
		if f = p.besides(connector, right, from); f != nil {
			break
		}
		n := connector.near
		n.Left, n.Right = left, right
		if p.depth+nested(n) > MaxDepth {
			f = wrong(connector.start, connector.end, "“%s” here is inside %d connectors, parentheses or NOTs; %d is the most: search for fewer words near each other", connector.text, MaxDepth, MaxDepth)
		}
		left = n
	}
	if f != nil {
		return nil, f
	}
	return left, nil
}

// nested returns how many Nears are inside one another, q included.
func nested(q Query) int {
	deepest := 0
	switch q := q.(type) {
	case Near:
		deepest = 1 + max(nested(q.Left), nested(q.Right))
	case Or:
		for _, clause := range q {
			deepest = max(deepest, nested(clause))
		}
	}
	return deepest
}

// besides says what is wrong with q, which was read from the token at from up to
// the next, as a side of a connector.
func (p *parser) besides(connector token, q Query, from int) *fault {
	tokens := p.tokens[from:p.at]
	start, end := tokens[0].start, tokens[len(tokens)-1].end
	// The general repair asks for both in one passage.
	fail := func(format string, args ...any) *fault {
		return wrong(start, end, format, args...).replace(connector.start, connector.end, "AND")
	}
	switch m := misfit(q).(type) {
	case nil:
		return nil
	case And:
		f := fail("“%s” stands between words, phrases, or alternatives with OR in parentheses; words that belong together go into quotation marks", connector.text)
		if phrase := sideBySideWords(q); phrase != "" {
			f.mend(quote(phrase))
		}
		return f
	case Term:
		return fail("“%s” finds words of the text; “%s:” cannot stand beside it", connector.text, m.Field)
	case Range:
		return fail("“%s” finds words of the text; “%s:” cannot stand beside it", connector.text, m.Field)
	case Boost:
		f := fail("a weight cannot stand beside “%s”: put both sides into parentheses and the weight behind them", connector.text)
		at := slices.IndexFunc(tokens, func(t token) bool { return t.kind == boostToken })
		if at >= 0 {
			f.replace(tokens[at].start, tokens[at].end, "")
		}
		return f
	default:
		return fail("“%s” cannot have NOT beside it: what is not there is not near", connector.text)
	}
}

// misfit returns the part of q that cannot stand beside a connector, nil if all
// can.
func misfit(q Query) Query {
	switch q := q.(type) {
	case Near:
		return nil
	case Term:
		if q.Field == "" {
			return nil
		}
	case Or:
		for _, clause := range q {
			if m := misfit(clause); m != nil {
				return m
			}
		}
		return nil
	}
	return q
}

// sideBySideWords returns the words of an And of plain words and phrases, "" if
// q is anything else.
func sideBySideWords(q Query) string {
	and, ok := q.(And)
	if !ok {
		return ""
	}
	words := make([]string, len(and))
	for i, clause := range and {
		t, ok := clause.(Term)
		if !ok || t.Field != "" || t.Match != Word && t.Match != Phrase {
			return ""
		}
		words[i] = t.Text
	}
	return strings.Join(words, " ")
}

// sloppy reads a phrase with "~n" behind it: up to n other words may stand
// between its words, in any order.
func (p *parser) sloppy(field string, t token) (Query, *fault) {
	start := t.end - len(t.suffix)
	drop := func(format string, args ...any) (Query, *fault) {
		return nil, wrong(start, t.end, format, args...).mend("")
	}
	if field != "" {
		return drop("“%s” works on phrases of the text, not of “%s:”", t.suffix, field)
	}
	words := strings.Fields(t.text)
	words = slices.DeleteFunc(words, func(w string) bool { return !strings.ContainsFunc(w, InWord) })
	if len(words) == 0 {
		return nil, p.nothingToFind(t)
	}
	between, err := strconv.Atoi(t.suffix[1:])
	switch {
	case err != nil && t.suffix != "~":
		return drop("“%s” behind a phrase must be a whole number of words that may stand between", t.suffix)
	case err != nil:
		return drop("“~” behind a phrase needs the number of words that may stand between, such as ~3")
	case between == 0:
		return drop("“~0” allows no word between: leave it out")
	case between >= MaxDistance:
		return nil, wrong(start, t.end, "“%s” is out of bounds: at most %d words may stand between", t.suffix, MaxDistance-1).
			mend(fmt.Sprintf("~%d", MaxDistance-1))
	case len(words) == 1:
		return drop("“%s” needs two or more words in the quotation marks, with blanks between them", t.suffix)
	}
	var q Query
	for i, word := range words {
		exact := Term{Match: Phrase, Text: word}
		if i > 0 {
			if p.clauses++; p.clauses > MaxClauses {
				return nil, p.tooManyClauses(t)
			}
			q = Near{Left: q, Right: exact, Distance: between + 1}
		} else {
			q = exact
		}
	}
	if p.depth+nested(q) > MaxDepth {
		return drop("with “%s” the phrase may have %d words here; without it, it is found as it stands", t.suffix, MaxDepth-p.depth+1)
	}
	return q, nil
}
