package query

import (
	_ "embed" // the synonyms
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// OwnSynonyms is the text of our own synonyms: those of this field.
//
//go:embed synonyms.txt
var OwnSynonyms string

// Bounds of a text of synonyms and of what it adds to a query.
const (
	MaxSynonyms   = 100_000 // code points of the text
	maxGroups     = 2_000
	maxForms      = 20 // in a group
	maxFormWords  = 8
	maxFormLength = 100 // code points
	maxAdded      = 50  // forms added to one query
)

// SynonymWeight is the weight of what a synonym finds beside what was typed.
const SynonymWeight = 0.5

// Synonyms are words that stand for one another. The zero value and nil have
// none.
type Synonyms struct {
	Groups []SynonymGroup

	others  map[string][]string // by the key of a form: what is searched too
	longest int                 // words of a form
}

// A SynonymGroup is a line of a text of synonyms.
type SynonymGroup struct {
	Forms []string // what is recognised in a query
	Adds  []string // what is searched too; none if each of Forms stands for every other
}

// A SynonymError says which line of a text of synonyms is wrong, and why.
type SynonymError struct {
	Line   int // from 1 on
	Reason string
}

func (e *SynonymError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// ParseSynonyms reads a text of synonyms; synonyms.txt shows and explains the
// format. Every error is a *SynonymError.
func ParseSynonyms(text string) (*Synonyms, error) {
	if n := utf8.RuneCountInString(text); n > MaxSynonyms {
		return nil, &SynonymError{1, fmt.Sprintf("the text has %d characters and may have %d", n, MaxSynonyms)}
	}
	s := &Synonyms{others: map[string][]string{}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		group, reason := synonymGroup(line)
		if reason == "" && len(group.Forms) > 0 && len(s.Groups) == maxGroups {
			reason = fmt.Sprintf("there are more than %d groups", maxGroups)
		}
		if reason != "" {
			return nil, &SynonymError{number, reason}
		}
		if len(group.Forms) > 0 {
			s.add(group)
		}
	}
	return s, nil
}

// synonymGroup reads a line; a blank one and a comment have no group. The reason
// says what is wrong, if anything is.
func synonymGroup(line string) (g SynonymGroup, reason string) {
	if !utf8.ValidString(line) {
		return g, "it is not valid UTF-8"
	}
	line = strings.TrimSpace(strings.TrimPrefix(line, "\uFEFF"))
	if line == "" || line[0] == '#' {
		return g, ""
	}
	sides := strings.Split(line, "=>")
	if len(sides) > 2 {
		return g, "it has more than one =>"
	}
	if g.Forms, reason = synonymForms(sides[0]); reason != "" {
		return g, reason
	}
	if len(sides) == 2 {
		g.Adds, reason = synonymForms(sides[1])
		return g, reason
	}
	if len(g.Forms) < 2 {
		return g, fmt.Sprintf("“%s” is alone: a group has two forms or more, with commas between them", g.Forms[0])
	}
	return g, ""
}

func synonymForms(side string) (forms []string, reason string) {
	for form := range strings.SplitSeq(side, ",") {
		form = fold(form)
		switch {
		case form == "":
			return nil, "a form is missing before or after a comma or =>"
		case strings.ContainsAny(form, `"“”*?~^=:()<>[]{}\|`):
			return nil, fmt.Sprintf("“%s” has a sign that means something in a query; a form is words alone", form)
		case utf8.RuneCountInString(form) > maxFormLength || len(strings.Fields(form)) > maxFormWords:
			return nil, fmt.Sprintf("“%s” is too long: a form has at most %d words and %d characters", form, maxFormWords, maxFormLength)
		}
		for word := range strings.FieldsSeq(form) {
			if !strings.ContainsFunc(word, InWord) {
				return nil, fmt.Sprintf("“%s” in “%s” has no letter and no digit", word, form)
			}
		}
		forms = append(forms, form)
	}
	if len(forms) > maxForms {
		return nil, fmt.Sprintf("it has %d forms side by side and may have %d", len(forms), maxForms)
	}
	return forms, ""
}

func (s *Synonyms) add(g SynonymGroup) {
	s.Groups = append(s.Groups, g)
	for _, form := range g.Forms {
		key := synonymKey(form)
		s.longest = max(s.longest, strings.Count(key, " ")+1)
		adds := g.Adds
		if adds == nil {
			adds = g.Forms
		}
		for _, add := range adds {
			known := slices.ContainsFunc(s.others[key], func(other string) bool { return synonymKey(other) == synonymKey(add) })
			if !known && synonymKey(add) != key {
				s.others[key] = append(s.others[key], add)
			}
		}
	}
}

// synonymKey returns what is the same for all ways to type a form: its words in
// lower case and in the singular, as far as English endings tell it.
func synonymKey(form string) string {
	words := strings.FieldsFunc(strings.ToLower(form), func(r rune) bool { return !InWord(r) })
	for i, word := range words {
		words[i] = singular(word)
	}
	return strings.Join(words, " ")
}

func singular(word string) string {
	for _, ending := range []struct{ plural, singular string }{
		{"ies", "y"}, {"ss", "ss"}, {"us", "us"}, {"is", "is"}, {"s", ""},
	} {
		if rest, ok := strings.CutSuffix(word, ending.plural); ok && len(rest) > 1 {
			return rest + ending.singular
		}
	}
	return word
}

// An Expansion is a query with the synonyms of its words.
type Expansion struct {
	Query Query
	Added []string // the forms that were added, as written in the synonyms, each once
	Typed []Query  // what was typed for each of Clauses(Query)
}

// Expand adds to the plain words of a query what else they are called: to single
// words and to words side by side that are a form together. What is found by a
// synonym alone counts SynonymWeight of what is typed. It leaves alone what is
// in quotation marks, in a field, near something, under a NOT or a pattern.
func (s *Synonyms) Expand(q Query) Expansion {
	e := expander{synonyms: s}
	if s == nil || len(s.others) == 0 {
		return Expansion{Query: q, Typed: Clauses(q)}
	}
	if and, ok := q.(And); ok {
		clauses, typed := e.and(and)
		return Expansion{Join(clauses...), e.added, typed}
	}
	return Expansion{e.query(q), e.added, Clauses(q)}
}

type expander struct {
	synonyms *Synonyms
	added    []string
}

func (e *expander) query(q Query) Query {
	switch q := q.(type) {
	case Term:
		if plainWord(q) {
			return e.words([]Query{q})
		}
	case And:
		clauses, _ := e.and(q)
		return Join(clauses...)
	case Or:
		clauses := make([]Query, len(q))
		for i, clause := range q {
			clauses[i] = e.query(clause)
		}
		return Any(clauses...)
	case Boost:
		return Boost{e.query(q.Query), q.Weight}
	}
	return q
}

// and expands the clauses of an And, words that are a form together as one; typed
// says what stood in the place of each.
func (e *expander) and(q And) (clauses, typed []Query) {
	for at := 0; at < len(q); {
		n := e.form(q[at:])
		if n == 0 {
			clauses, typed = append(clauses, e.query(q[at])), append(typed, q[at])
			at++
			continue
		}
		run := q[at : at+n]
		clauses, typed = append(clauses, e.words(run)), append(typed, Join(run...))
		at += n
	}
	return clauses, typed
}

// form returns how many of the clauses, from the first on, are a form together:
// the most that are, 0 if none.
func (e *expander) form(clauses []Query) int {
	longest, key := 0, ""
	for i, clause := range clauses {
		if i == e.synonyms.longest || !plainWord(clause) {
			break
		}
		key = strings.TrimSpace(key + " " + synonymKey(clause.(Term).Text))
		if len(e.synonyms.others[key]) > 0 {
			longest = i + 1
		}
	}
	return longest
}

// words returns the words, or any other form of what they are together. The words
// of such a form must stand side by side: it is one Word to whoever cuts it.
func (e *expander) words(words []Query) Query {
	text := ""
	for _, word := range words {
		text += word.(Term).Text + " "
	}
	choices := []Query{Join(words...)}
	for _, form := range e.synonyms.others[synonymKey(text)] {
		if !slices.Contains(e.added, form) {
			if len(e.added) == maxAdded {
				break
			}
			e.added = append(e.added, form)
		}
		choices = append(choices, Boost{Term{Text: form}, SynonymWeight})
	}
	return Any(choices...)
}
