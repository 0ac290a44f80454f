package query

import (
	"fmt"
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
		return explanation{text: explainYears(q)}
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

// sideBySide explains the clauses of an And; plain words next to one another
// come out together.
func sideBySide(q And) []explanation {
	var found []explanation
	for i := 0; i < len(q); {
		n := 0
		for i+n < len(q) && plainWord(q[i+n]) {
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
		found = append(found, explanation{text: "the words " + list(words, "and"), noun: true})
		i += n
	}
	return found
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
		if t.Field != terms[0].Field || Textual(t.Field) && t.Match != terms[0].Match {
			return nil
		}
	}
	return terms
}

// explainTerms explains terms of one field of which one must match.
func explainTerms(field string, terms []Term) explanation {
	values := make([]string, len(terms))
	for i, t := range terms {
		values[i] = quoted(t)
		switch {
		case t.Match == Pattern && !Textual(field):
			values[i] = "like " + values[i]
		case field == "art":
			values[i] = t.Text
		}
	}
	either := list(values, "or")
	switch field {
	case "":
		return explanation{text: explainText(terms, either), noun: true}
	case "title":
		return explanation{text: explainText(terms, either) + " in the title of the document", noun: true}
	case "note":
		return explanation{text: explainText(terms, either) + " in a note", noun: true}
	case "has":
		return explanation{text: explainHas(terms)}
	case "by":
		return explanation{text: "annotated by " + either}
	case "party":
		return explanation{text: "to which " + either + " is a party"}
	}
	return explanation{text: before[field] + " " + either}
}

// before is what stands before the values of a field that is compared whole.
var before = map[string]string{
	"art":     "in article",
	"in":      "in the document",
	"kind":    "in documents of kind",
	"org":     "of the organisation",
	"lang":    "in the language",
	"concept": "tagged with the concept",
}

func explainText(terms []Term, either string) string {
	t := terms[0]
	switch {
	case t.Match == Word:
		return "the word " + either
	case t.Match == Phrase:
		return "the exact phrase " + either
	case strings.ContainsFunc(t.Text, func(r rune) bool { return !InWord(r) && r != '*' && r != '?' }):
		return "words like " + either
	case len(terms) == 1 && strings.Count(t.Text, "*") == 1 && !strings.Contains(t.Text, "?"):
		if stem, ok := strings.CutSuffix(t.Text, "*"); ok {
			return "a word that begins with “" + stem + "”"
		}
		if stem, ok := strings.CutPrefix(t.Text, "*"); ok {
			return "a word that ends with “" + stem + "”"
		}
	}
	return "a word like " + either
}

func explainHas(terms []Term) string {
	words := map[string]string{
		"concept": "with a concept", "note": "with a note", "annotation": "with an annotation", "digest": "in a digest",
	}
	said := make([]string, len(terms))
	for i, t := range terms {
		said[i] = words[t.Text]
	}
	return list(said, "or")
}

func explainYears(r Range) string {
	switch {
	case r.To == 0:
		return fmt.Sprintf("in documents of %d or later", r.From)
	case r.From == 0:
		return fmt.Sprintf("in documents of %d or earlier", r.To)
	case r.From == r.To:
		return fmt.Sprintf("in documents of %d", r.From)
	}
	return fmt.Sprintf("in documents of %d to %d", r.From, r.To)
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
	seen := map[string]bool{}
	var walk func(Query)
	walk = func(q Query) {
		switch q := q.(type) {
		case Term:
			hint := ""
			switch lower := strings.ToLower(q.Text); {
			case q.Match == Word && Textual(q.Field) && (lower == "and" || lower == "or" || lower == "not"):
				hint = fmt.Sprintf("“%s” is searched for as a word: the operator is %s, in capitals", q.Text, strings.ToUpper(lower))
			case q.Match == Phrase && strings.Contains(q.Text, "*"):
				hint = "* inside quotation marks stands for nothing but itself"
			}
			if hint != "" && !seen[hint] {
				seen[hint] = true
				found = append(found, hint)
			}
		case Not:
			walk(q.Query)
		case And:
			for _, clause := range q {
				walk(clause)
			}
		case Or:
			for _, clause := range q {
				walk(clause)
			}
		}
	}
	walk(q)
	return found
}
