package query

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

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
