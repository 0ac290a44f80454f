package query

import (
	"strconv"
	"strings"
)

// String returns "".
func (All) String() string { return "" }

// String returns the term in the query language. What cannot be written without
// quotes is written as a phrase.
func (t Term) String() string {
	prefix := ""
	if t.Field != "" {
		prefix = t.Field + ":"
	}
	if t.Match != Phrase {
		bare := prefix + t.Text
		switch t.Match {
		case Fuzzy:
			bare += "~" + strconv.Itoa(t.Edits)
		case Regexp:
			bare = prefix + "/" + t.Text + "/"
		}
		if q, f := read([]rune(bare)); f == nil && q == Query(t) {
			return bare
		}
	}
	return prefix + quote(t.Text)
}

// String returns the range in the query language, dates as full days.
func (r Range) String() string {
	text := yearText
	if r.Field != "year" {
		text = dayText
	}
	if r.From == r.To {
		return r.Field + ":" + text(r.From)
	}
	return r.Field + ":" + text(r.From) + ".." + text(r.To)
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

// String returns both sides with the connector between them.
func (n Near) String() string {
	left := side(n.Left)
	if _, ok := n.Left.(Near); ok {
		left = n.Left.String()
	}
	return left + " " + n.connector() + " " + side(n.Right)
}

func (n Near) connector() string {
	short := map[Unit]string{Words: strconv.Itoa(n.Distance), Sentence: "s", Paragraph: "p"}[n.Unit]
	switch {
	case n.Ordered:
		return "+" + short
	case n.Unit == Words:
		return "NEAR/" + short
	}
	return "/" + short
}

// side returns q in parentheses if it needs them beside a connector or before a
// weight.
func side(q Query) string {
	if _, ok := q.(Term); ok {
		return q.String()
	}
	return "(" + q.String() + ")"
}

// String returns the query with its weight behind it.
func (b Boost) String() string {
	return side(b.Query) + "^" + strconv.FormatFloat(b.Weight, 'f', -1, 64)
}
