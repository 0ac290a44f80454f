package query

import (
	"errors"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

const (
	maxInstructions = 250 // of a compiled regular expression
	fewestLetters   = 2   // that each word has which it matches
)

// expression adds the regular expression that begins at the current slash,
// false if none does: it ends at the next slash, before which there is no white
// space and after which nothing of the same word: "/cyber.+/", but not
// "/home/page".
func (s *scanner) expression() bool {
	for i := s.at + 1; i < len(s.text) && !unicode.IsSpace(s.text[i]); i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '/':
			if i+1 < len(s.text) && !unicode.IsSpace(s.text[i+1]) && !strings.ContainsRune(")^", s.text[i+1]) {
				return false
			}
			s.add(expressionToken, string(s.text[s.at+1:i]), i+1)
			return true
		}
	}
	return false
}

// unclosed says what is wrong with a word that begins with a slash and looks
// like a regular expression, nil if nothing is.
func (s *scanner) unclosed() *fault {
	space, slash := s.at, s.at+1
	for space < len(s.text) && !unicode.IsSpace(s.text[space]) {
		space++
	}
	for slash < len(s.text) && s.text[slash] != '/' {
		slash++
	}
	if strings.ContainsAny(string(s.text[s.at+1:min(space, slash)]), `[({|\*+`) && space <= slash {
		return wrong(s.at, s.at+1, "this / opens a regular expression that is never closed").insert(space, "/")
	}
	if slash == len(s.text) || slash < space || !InWord(s.peek(1)) || !InWord(s.text[slash-1]) || s.runEnd(slash+1) > slash+1 {
		return nil
	}
	f := wrong(s.at, slash+1, "a regular expression is compared with one word at a time and has no blanks in it; put quotation marks around words side by side")
	return f.mend(quote(fold(string(s.text[s.at+1 : slash]))))
}

// regexp reads a regular expression, which is compared with whole words in lower
// case.
func (p *parser) regexp(field string, t token) (Query, *fault) {
	fail := func(format string, args ...any) (Query, *fault) {
		f := wrong(t.start, t.end, format, args...)
		if start := beginning(t.text); start != "" {
			return nil, f.mend(start + "*")
		}
		if letters := lettersOf(t.text); letters != "" {
			return nil, f.mend(quote(letters))
		}
		return nil, f.replace(p.clauseStart(t), t.end, "")
	}
	if field != "" {
		return fail("regular expressions are for words of the text, not of “%s:”", field)
	}
	if t.text == "" {
		return fail("there is nothing between the slashes")
	}
	if strings.Contains(strings.ReplaceAll(t.text, "(?:", "("), "(?") {
		return fail("“/%s/” begins a group with (?; only (?: is known, and case never counts", t.text)
	}
	text := lowered(t.text)
	tree, err := syntax.Parse(text, syntax.Perl)
	if bad := (*syntax.Error)(nil); errors.As(err, &bad) {
		return fail("“/%s/” is no regular expression: %s", t.text, bad.Code)
	}
	if err != nil {
		return fail("“/%s/” is no regular expression", t.text)
	}
	if r, found := stranger(tree); found {
		if Alone(r) {
			return fail("“/%s/” cannot match: “%c” is a word by itself, and regular expressions are for words of several letters", t.text, r)
		}
		return fail("“/%s/” cannot match: no word has “%c” in it", t.text, r)
	}
	program, err := syntax.Compile(tree.Simplify())
	if err != nil || len(program.Inst) > maxInstructions {
		return fail("“/%s/” is too large; ask for fewer repetitions", t.text)
	}
	if fewest(tree) < fewestLetters {
		return fail("“/%s/” matches too many words; give at least two letters that all of them have", t.text)
	}
	if f := p.onePatternMore(t); f != nil {
		return nil, f.mend(quote(lettersOf(t.text)))
	}
	return Term{Match: Regexp, Text: text}, nil
}

// beginning returns the two or more letters with which everything begins that a
// regular expression matches, as far as that is plain to see; "" otherwise.
func beginning(expression string) string {
	r := []rune(expression)
	end := 0
	for end < len(r) && InWord(r[end]) && !Alone(r[end]) {
		end++
	}
	if end < len(r) && strings.ContainsRune("?*{", r[end]) {
		end--
	}
	if end < fewestLetters || slices.Contains(r, '|') {
		return ""
	}
	return string(r[:end])
}

// lettersOf returns the words in a regular expression, without its escapes.
func lettersOf(expression string) string {
	var letters strings.Builder
	escaped := false
	for _, r := range expression {
		switch {
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		case InWord(r) && !Symbol(r):
			letters.WriteRune(r)
			continue
		}
		letters.WriteByte(' ')
	}
	return fold(letters.String())
}

// lowered puts a regular expression into lower case, but for its escapes, whose
// case means something.
func lowered(expression string) string {
	var text strings.Builder
	escapes := 0 // characters that are still part of an escape
	for _, r := range expression {
		switch {
		case escapes == 1 && (r == 'p' || r == 'P' || r == 'x'):
			escapes = 2 // one character, or what stands in braces
		case escapes == 2 && r == '{':
			escapes = 3
		case escapes == 3 && r != '}':
		case escapes > 0:
			escapes = 0
		case r == '\\':
			escapes = 1
		default:
			r = unicode.ToLower(r)
		}
		text.WriteRune(r)
	}
	return text.String()
}

// stranger returns a character that a regular expression asks for and that no
// word of several letters has.
func stranger(tree *syntax.Regexp) (rune, bool) {
	if tree.Op == syntax.OpLiteral {
		at := slices.IndexFunc(tree.Rune, func(r rune) bool { return !InWord(r) || Alone(r) })
		if at >= 0 {
			return tree.Rune[at], true
		}
	}
	for _, part := range tree.Sub {
		if r, found := stranger(part); found {
			return r, true
		}
	}
	return 0, false
}

// fewest returns how many characters given one by one each match has at least.
func fewest(tree *syntax.Regexp) int {
	switch tree.Op {
	case syntax.OpLiteral:
		return len(tree.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return fewest(tree.Sub[0])
	case syntax.OpRepeat:
		return tree.Min * fewest(tree.Sub[0])
	case syntax.OpConcat:
		sum := 0
		for _, part := range tree.Sub {
			sum += fewest(part)
		}
		return sum
	case syntax.OpAlternate:
		least := fewest(tree.Sub[0])
		for _, part := range tree.Sub[1:] {
			least = min(least, fewest(part))
		}
		return least
	}
	return 0
}
