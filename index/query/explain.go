package query

import (
	"fmt"
	"slices"
	"strings"
)

// Explain says in plain English what a query finds. It is one sentence without
// a full stop; parentheses show what belongs together.
func Explain(q Query) string {
	sentence := sentence(q)
	for _, hint := range hints(q) {
		sentence += "; " + hint
	}
	return sentence
}

func sentence(q Query) string {
	e := explain(q)
	if e.noun {
		return e.text
	}
	return "every passage " + e.text
}

// An explanation is a noun ("the word “x”") or a condition that follows one
// ("in documents of kind “x”").
type explanation struct {
	text     string
	noun     bool
	compound bool // whether it needs parentheses inside another
	choice   bool // whether it needs them only after "and" or "without": “x” or “y”
}

// inner returns the text as it stands beside a comma or an "or".
func (e explanation) inner() string {
	if e.compound {
		return "(" + e.text + ")"
	}
	return e.text
}

// bound returns the text as it stands after "without" or beside an "and".
func (e explanation) bound() string {
	e.compound = e.compound || e.choice
	return e.inner()
}

func explain(q Query) explanation {
	switch q := q.(type) {
	case Term:
		return explainTerms(q.Field, []Term{q})
	case Range:
		return explanation{text: explainRange(q)}
	case Near:
		return explainNear(q)
	case Boost:
		return explainBoost(q)
	case Not:
		return explainNot(q)
	case And:
		return explainAnd(q)
	case Or:
		return explainOr(q)
	}
	return explanation{text: "every passage", noun: true}
}

func explainNot(q Not) explanation {
	e := explain(q.Query)
	switch {
	case e.noun:
		return explanation{text: "without " + e.bound()}
	case !e.compound && strings.HasPrefix(e.text, "with "):
		return explanation{text: "without " + strings.TrimPrefix(e.text, "with ")}
	case !e.compound && strings.HasPrefix(e.text, "not "):
		return explanation{text: strings.TrimPrefix(e.text, "not ")}
	case !e.compound && e.choice && strings.HasPrefix(e.text, "to which "):
		return explanation{text: strings.Replace(e.text, "to which ", "to which none of ", 1)}
	case !e.compound && strings.HasPrefix(e.text, "to which "):
		return explanation{text: strings.Replace(e.text, " is a party", " is not a party", 1)}
	}
	return explanation{text: "not " + e.bound()}
}

func explainAnd(q And) explanation {
	var nouns []explanation
	var parts []string
	for _, e := range sideBySide(q) {
		if e.noun {
			nouns = append(nouns, e)
		} else {
			parts = append(parts, e.inner())
		}
	}
	switch len(nouns) {
	case 0:
	case 1:
		parts = append([]string{nouns[0].inner()}, parts...)
	default:
		bound := make([]string, len(nouns))
		for i, e := range nouns {
			bound[i] = e.bound()
		}
		parts = append([]string{list(bound, "and")}, parts...)
	}
	return explanation{text: strings.Join(parts, ", "), noun: len(nouns) > 0, compound: len(parts)+len(nouns) > 1}
}

// sideBySide explains the clauses of an And; single words next to one another
// come out together.
func sideBySide(q []Query) []explanation {
	var found []explanation
	for i := 0; i < len(q); {
		kind, n := single(q[i]), 1
		for kind != "" && i+n < len(q) && single(q[i+n]) == kind {
			n++
		}
		if n < 2 {
			found = append(found, explain(q[i]))
			i++
			continue
		}
		words := make([]string, n)
		for j := range words {
			words[j] = quoted(q[i+j].(Term))
		}
		found = append(found, explanation{text: kind + "s " + list(words, "and"), noun: true})
		i += n
	}
	return found
}

// single returns what q is called if it is one word of the text, "" if it is
// not.
func single(q Query) string {
	if plainWord(q) {
		return "the word"
	}
	if t, ok := q.(Term); ok && t.Field == "" && t.Match == Phrase && !strings.Contains(t.Text, " ") {
		return "the exact word"
	}
	return ""
}

func plainWord(q Query) bool {
	t, ok := q.(Term)
	return ok && t.Field == "" && t.Match == Word
}

func explainOr(q Or) explanation {
	if terms := sameField(q); terms != nil {
		e := explainTerms(terms[0].Field, terms)
		e.choice = true
		return e
	}
	parts := make([]string, len(q))
	noun := false
	for i, clause := range q {
		e := explain(clause)
		parts[i] = e.inner()
		noun = noun || e.noun
	}
	return explanation{text: list(parts, "or"), noun: noun, compound: true}
}

// explainNear explains sides that stand near each other; those of a chain of the
// same connectors come out together.
func explainNear(q Near) explanation {
	sides := []Query{q.Right}
	left := q.Left
	for {
		inner, ok := left.(Near)
		if !ok || inner.Unit != q.Unit || inner.Distance != q.Distance || inner.Ordered != q.Ordered {
			break
		}
		sides = append(sides, inner.Right)
		left = inner.Left
	}
	sides = append(sides, left)
	slices.Reverse(sides)
	var told []string
	for _, e := range sideBySide(sides) {
		told = append(told, e.text)
		if len(told) > 1 || e.compound || e.choice {
			told[len(told)-1] = e.bound()
		}
	}
	text := told[0]
	if len(told) > 1 {
		text = list(told, "and")
	}
	return explanation{text: text + ", " + explainDistance(q, len(sides)), noun: true, compound: true}
}

func explainDistance(q Near, sides int) string {
	all := "both"
	if sides > 2 {
		all = "all"
	}
	order := ""
	if q.Ordered {
		order = ", in this order"
	}
	switch q.Unit {
	case Sentence:
		return all + " in one sentence" + order
	case Paragraph:
		return all + " in one paragraph" + order
	}
	if order == "" {
		order = ", any order"
	}
	apart := fmt.Sprintf("at most %d words apart", q.Distance)
	if q.Distance == 1 {
		apart = "side by side"
	}
	if sides > 2 {
		apart = "each " + apart + " from those before it"
		if q.Distance == 1 {
			apart = "each beside those before it"
		}
	}
	return apart + order
}

func explainBoost(q Boost) explanation {
	e := explain(q.Query)
	times := fmt.Sprintf("%v times", q.Weight)
	switch q.Weight {
	case 2:
		times = "twice"
	case 0.5:
		times = "half"
	}
	return explanation{text: e.bound() + " (counts " + times + ")", noun: e.noun}
}

// sameField returns the clauses if all are terms that can be told in one breath:
// of one field, and in a textual field of one kind of match.
func sameField(q Or) []Term {
	var terms []Term
	for _, clause := range q {
		t, ok := clause.(Term)
		if !ok {
			return nil
		}
		terms = append(terms, t)
		if first := terms[0]; t.Field != first.Field || Textual(t.Field) && (t.Match != first.Match || t.Edits != first.Edits) {
			return nil
		}
	}
	return terms
}

func quoted(t Term) string { return "“" + t.Text + "”" }

// list writes "a", "a and b", "a, b and c".
func list(items []string, conjunction string) string {
	last := len(items) - 1
	if last == 0 {
		return items[0]
	}
	return strings.Join(items[:last], ", ") + " " + conjunction + " " + items[last]
}

// hints are about words that may have been meant as operators.
func hints(q Query) []string {
	var found []string
	walk(q, func(q Query) {
		t, ok := q.(Term)
		if !ok {
			return
		}
		hint := ""
		switch lower := strings.ToLower(t.Text); {
		case t.Match == Word && Textual(t.Field) && (lower == "and" || lower == "or" || lower == "not"):
			hint = fmt.Sprintf("“%s” is searched for as a word: the operator is %s, in capitals", t.Text, strings.ToUpper(lower))
		case t.Match == Phrase && strings.Contains(t.Text, "*"):
			hint = "* inside quotation marks stands for nothing but itself"
		}
		if hint != "" && !slices.Contains(found, hint) {
			found = append(found, hint)
		}
	})
	return found
}
