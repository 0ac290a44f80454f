package query

import (
	"slices"
	"strconv"
	"strings"
)

// explainTerms explains terms of one field of which one must match.
func explainTerms(field string, terms []Term) explanation {
	values := make([]string, len(terms))
	for i, t := range terms {
		values[i] = quoted(t)
		switch {
		case t.Match == Pattern && field == "party":
			values[i] = "one like " + values[i]
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
	case "heading":
		return explanation{text: explainText(terms, either) + " in the heading of the passage", noun: true}
	case "note":
		return explanation{text: explainText(terms, either) + " in a note", noun: true}
	case "has", "coded", "tagged", "version":
		return explanation{text: explainChoice(terms)}
	case "by":
		return explanation{text: "annotated by " + explainPeople(terms, values)}
	case "party":
		return explanation{text: "to which " + either + " is a party"}
	}
	return explanation{text: before[field] + " " + either}
}

// before is what stands before the values of a field that is compared whole.
var before = map[string]string{
	"art":     "in article",
	"in":      "in the document",
	"id":      "at the address",
	"region":  "of the region",
	"status":  "in documents with the status",
	"kind":    "in documents of kind",
	"org":     "of the organisation",
	"lang":    "in the language",
	"concept": "tagged with the concept",
	"group":   "annotated in the group",
}

// explainPeople names people; Me is whoever asks.
func explainPeople(terms []Term, values []string) string {
	for i, t := range terms {
		if isMe(t) {
			values[i] = "you"
		}
	}
	return list(values, "or")
}

func explainText(terms []Term, either string) string {
	t := terms[0]
	switch {
	case t.Match == Word:
		return "the word " + either
	case t.Match == Phrase && !slices.ContainsFunc(terms, func(t Term) bool { return strings.Contains(t.Text, " ") }):
		return "the exact word " + either
	case t.Match == Phrase:
		return "the exact phrase " + either
	case t.Match == Fuzzy:
		return "a word within " + []string{"one letter", "two letters"}[t.Edits-1] + " of " + either
	case t.Match == Regexp:
		return "a word that the regular expression " + either + " matches"
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

func explainChoice(terms []Term) string {
	words := map[string]string{
		"concept": "with a concept", "note": "with a note", "reply": "with a reply", "annotation": "with an annotation", "digest": "in a digest",
		"yes": "tagged with a concept", "no": "not tagged with a concept",
		"current": "in the current version", "older": "in older versions", "all": "in the current or an older version",
	}
	said := make([]string, len(terms))
	for i, t := range terms {
		said[i] = words[t.Text]
	}
	return list(said, "or")
}

func explainRange(r Range) string {
	in, text := "in documents of", strconv.Itoa
	if r.Field != "year" {
		text = func(day int) string { return timeOf(day).Format("2 January 2006") }
	}
	if r.Field == "tagged" {
		in = "tagged on"
	}
	switch {
	case r.Field == "tagged" && r.From != 0 && r.To != 0 && r.From != r.To:
		return "tagged from " + text(r.From) + " to " + text(r.To)
	case r.To == 0:
		return in + " " + text(r.From) + " or later"
	case r.From == 0:
		return in + " " + text(r.To) + " or earlier"
	case r.From == r.To:
		return in + " " + text(r.From)
	}
	return in + " " + text(r.From) + " to " + text(r.To)
}
