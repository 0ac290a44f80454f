package query

import (
	"strconv"
	"strings"
)

// String returns "".
func (All) String() string { return "" }

// String returns the term in the query language. A Word or a Pattern that
// cannot be written without quotes is written as a phrase.
func (t Term) String() string {
	prefix := ""
	if t.Field != "" {
		prefix = t.Field + ":"
	}
	if t.Match != Phrase {
		bare := prefix + t.Text
		if q, f := parse(bare); f == nil && q == Query(t) {
			return bare
		}
	}
	return prefix + quote(t.Text)
}

// String returns the range in the query language.
func (r Range) String() string {
	if r.From == r.To {
		return r.Field + ":" + year(r.From)
	}
	return r.Field + ":" + year(r.From) + ".." + year(r.To)
}

// String returns the clauses side by side.
func (a And) String() string { return a.join(" ") }

// String returns the clauses with OR between them.
func (o Or) String() string {
	clauses := make([]string, len(o))
	for i, q := range o {
		clauses[i] = q.String()
		if and, ok := q.(And); ok {
			clauses[i] = and.join(" AND ")
		}
	}
	return strings.Join(clauses, " OR ")
}

// String returns the query with NOT before it.
func (n Not) String() string {
	switch n.Query.(type) {
	case And, Or:
		return "NOT (" + n.Query.String() + ")"
	}
	return "NOT " + n.Query.String()
}

func (a And) join(between string) string {
	clauses := make([]string, len(a))
	for i, q := range a {
		clauses[i] = q.String()
		if _, ok := q.(Or); ok {
			clauses[i] = "(" + clauses[i] + ")"
		}
	}
	return strings.Join(clauses, between)
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func quote(text string) string { return `"` + escapes.Replace(text) + `"` }

// year writes a year of a range, "" for an open end.
func year(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

// String returns both sides with the connector between them.
func (n Near) String() string {
	connector := map[Unit]string{Sentence: "/s", Paragraph: "/p"}[n.Unit]
	switch {
	case n.Unit == Words && n.Ordered:
		connector = "+" + strconv.Itoa(n.Distance)
	case n.Unit == Words:
		connector = "NEAR/" + strconv.Itoa(n.Distance)
	case n.Ordered:
		connector = "+" + connector[1:]
	}
	return side(n.Left) + " " + connector + " " + side(n.Right)
}

func side(q Query) string {
	switch q.(type) {
	case Term:
		return q.String()
	}
	return "(" + q.String() + ")"
}

// String returns the query with its weight behind it.
func (b Boost) String() string {
	return side(b.Query) + "^" + strconv.FormatFloat(b.Weight, 'g', -1, 64)
}
