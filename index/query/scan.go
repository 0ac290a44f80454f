package query

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind int

const (
	wordToken kind = iota
	phraseToken
	expressionToken // its text is what stands between the slashes
	fieldToken      // its text is the field's name; the colon is part of it
	openToken
	shutToken
	andToken
	orToken
	notToken
	nearToken  // near says what it means
	boostToken // its text is "^" and the number
)

// A token covers the code points from start to end, end not included.
type token struct {
	kind       kind
	text       string
	suffix     string // of a word or a phrase: "~" and the number directly behind it
	near       Near   // without its sides
	start, end int
}

type scanner struct {
	text   []rune
	at     int
	tokens []token
}

// scan cuts a query into tokens. A field is always followed directly by what it
// applies to: a word, a phrase, an expression or an opening parenthesis.
func scan(text []rune) ([]token, *fault) {
	s := &scanner{text: text}
	for {
		for unicode.IsSpace(s.peek(0)) {
			s.at++
		}
		if s.at >= len(text) {
			return s.tokens, nil
		}
		if f := s.next(); f != nil {
			return nil, f
		}
	}
}

// peek returns the code point at a distance from the current one, 0 beyond the
// end.
func (s *scanner) peek(distance int) rune {
	if i := s.at + distance; i < len(s.text) {
		return s.text[i]
	}
	return 0
}

func (s *scanner) add(k kind, text string, end int) {
	s.append(token{kind: k, text: text, end: end})
}

// append adds a token that begins at the current code point.
func (s *scanner) append(t token) {
	t.start = s.at
	s.tokens = append(s.tokens, t)
	s.at = t.end
}

func (s *scanner) next() *fault {
	switch r := s.peek(0); {
	case r == '(':
		s.add(openToken, "(", s.at+1)
	case r == ')':
		s.add(shutToken, ")", s.at+1)
	case closing(r) != "":
		return s.phrase(closing(r))
	case s.operator(s.at):
		s.add(map[rune]kind{'&': andToken, '|': orToken}[r], string(s.text[s.at:s.at+2]), s.at+2)
	case r == '-' || r == '!':
		if next := s.peek(1); next == 0 || next == ')' || unicode.IsSpace(next) {
			return wrong(s.at, s.at+1, "“%c” must stand directly before what is not wanted", r).mend("")
		}
		s.add(notToken, string(r), s.at+1)
	case r == '^':
		return s.boost()
	case r == '=' && closing(s.peek(1)) != "", r == '+' && (s.peek(1) == '(' || closing(s.peek(1)) != ""):
		s.at++ // quotation marks are exact and what stands side by side is required as it is
	case r == '/' && s.expression():
	default:
		return s.word()
	}
	return nil
}

// operator reports whether && or || begins at a code point.
func (s *scanner) operator(at int) bool {
	return at+1 < len(s.text) && s.text[at] == s.text[at+1] && (s.text[at] == '&' || s.text[at] == '|')
}

// closing returns the quotation marks that may close a phrase that r opens, ""
// if r opens none.
func closing(r rune) string {
	switch r {
	case '"':
		return `"`
	case '“', '”', '„':
		return "“”"
	case '«', '»':
		return "«»"
	}
	return ""
}

func (s *scanner) phrase(closers string) *fault {
	var text strings.Builder
	for i := s.at + 1; i < len(s.text); i++ {
		r := s.text[i]
		switch {
		case strings.ContainsRune(closers, r):
			suffix := tilde.FindString(string(s.text[i+1 : s.runEnd(i+1)]))
			s.append(token{kind: phraseToken, text: fold(text.String()), suffix: suffix, end: i + 1 + len(suffix)})
			return nil
		case r == '\\' && closers == `"` && i+1 < len(s.text) && (s.text[i+1] == '"' || s.text[i+1] == '\\'):
			i++
			r = s.text[i]
		}
		text.WriteRune(r)
	}
	closer := []rune(closers)
	f := wrong(s.at, s.at+1, "the quotation mark %c is never closed", s.text[s.at])
	return f.insert(len(s.text), string(closer[len(closer)-1]))
}

// runEnd returns where the run of code points that begins at from ends: before
// white space, a parenthesis, a quotation mark, && or ||.
func (s *scanner) runEnd(from int) int {
	end := from
	for end < len(s.text) {
		r := s.text[end]
		if unicode.IsSpace(r) || r == '(' || r == ')' || closing(r) != "" || s.operator(end) {
			break
		}
		end++
	}
	return end
}

// wordEnd returns where the run of code points that begins at from ends, without
// the weights behind it.
func (s *scanner) wordEnd(from int) int {
	end := s.runEnd(from)
	if !slices.Contains(s.text[from:end], '^') {
		return end
	}
	return end - len(raised.FindString(string(s.text[from:end])))
}

func (s *scanner) word() *fault {
	end := s.wordEnd(s.at)
	text := string(s.text[s.at:end])
	if near, ok, f := s.connector(text, end); ok || f != nil {
		s.append(token{kind: nearToken, text: text, near: near, end: end})
		return f
	}
	if text[0] == '/' {
		if f := s.unclosed(); f != nil {
			return f
		}
	}
	if (text[0] == '+' || text[0] == '/') && InWord(s.peek(1)) {
		s.at++ // Lucene's sign of what is required; a path
		return s.next()
	}
	for i := s.at; i < end; i++ {
		if s.text[i] == ':' {
			return s.field(i, end)
		}
	}
	switch text {
	case "AND":
		s.add(andToken, text, end)
	case "OR":
		s.add(orToken, text, end)
	case "NOT":
		s.add(notToken, text, end)
	default:
		s.plain(text, true)
	}
	return nil
}

var (
	raised = regexp.MustCompile(`(\^[0-9]+(\.[0-9]+)?)+$`)
	tilde  = regexp.MustCompile(`^~[0-9.]*`)
)

// fuzziness returns the tilde at the end of a word and the number behind it; ""
// if there is none.
func fuzziness(word string) string {
	bare := strings.TrimRight(word, "0123456789.")
	if !strings.HasSuffix(bare, "~") {
		return ""
	}
	return word[len(bare)-1:]
}

// plain adds a word, or the value of a field that stands without quotes.
func (s *scanner) plain(text string, textual bool) {
	t := token{kind: wordToken, text: text, end: s.at + utf8.RuneCountInString(text)}
	exact, isExact := strings.CutPrefix(text, "=")
	switch suffix := fuzziness(text); {
	case !textual:
	case isExact && exact != "":
		t.kind, t.text = phraseToken, exact
	case suffix != "" && suffix != text:
		t.text, t.suffix = strings.TrimSuffix(text, suffix), suffix
	}
	s.append(t)
}

// boost adds the weight that stands directly behind something, or several.
func (s *scanner) boost() *fault {
	end := s.runEnd(s.at)
	text := string(s.text[s.at:end])
	if len(s.tokens) == 0 || s.tokens[len(s.tokens)-1].end != s.at {
		return wrong(s.at, end, "“%s” must stand directly behind the word, the phrase or the parenthesis that is to count more", text).mend("")
	}
	if raised.FindString(text) != text {
		return wrong(s.at, end, "“^” needs a number directly behind it, such as ^2").mend("")
	}
	for i, number := range strings.Split(text, "^") {
		if i > 0 {
			s.add(boostToken, "^"+number, s.at+1+len(number))
		}
	}
	return nil
}

// below matches the paragraph and points in "9(2)(a)".
var below = regexp.MustCompile(`^(\([0-9A-Za-z]+\))+`)

// field adds a field and, if its value stands without quotes, the value. The
// colon is at colon; end is where the run of code points around it ends.
func (s *scanner) field(colon, end int) *fault {
	name := strings.ToLower(string(s.text[s.at:colon]))
	if !slices.Contains(Fields, name) {
		return s.notField(name, colon, end)
	}
	start := s.at
	s.add(fieldToken, name, colon+1)
	switch next := s.peek(0); {
	case next == '-' || next == '!':
		f := wrong(start, s.at+1, "“%c” must stand before the field, not after it", next)
		return f.replace(start, s.at+1, string(next)+name+":")
	case next == '(' || closing(next) != "":
		return nil
	case s.wordEnd(s.at) > s.at:
		end := s.wordEnd(s.at)
		if points := below.FindString(string(s.text[end:])); name == "art" && points != "" {
			f := wrong(end, end+len(points), "“art:” takes the number of an article, without what is below it")
			return f.mend("")
		}
		if !Textual(name) || next != '/' || !s.expression() {
			s.plain(string(s.text[s.at:end]), Textual(name))
		}
		return nil
	}
	f := wrong(start, s.at, "“%s:” needs a value directly after it", name)
	value := s.at
	for value < len(s.text) && unicode.IsSpace(s.text[value]) {
		value++
	}
	if s.runEnd(value) > value || value < len(s.text) && closing(s.text[value]) != "" {
		return f.replace(s.at, value, "")
	}
	return f.mend("")
}

// notField says that what stands before a colon is not a field. The repair is
// the field that was probably meant or else quotation marks.
func (s *scanner) notField(name string, colon, end int) *fault {
	written := string(s.text[s.at:colon])
	if meant := nearestField(name); meant != "" {
		f := wrong(s.at, colon, "“%s” is not a field; “%s” is", written, meant)
		return f.replace(s.at, colon, meant)
	}
	if colon+1 == end {
		f := wrong(s.at, end, "“%s:” is not a field; the fields are %s", written, strings.Join(Fields, ", "))
		if end < len(s.text) && !unicode.IsSpace(s.text[end]) {
			return f.replace(colon, end, " ")
		}
		return f.replace(colon, end, "")
	}
	if strings.Contains(string(s.text[s.at:end]), "://") {
		for end < len(s.text) && !unicode.IsSpace(s.text[end]) && closing(s.text[end]) == "" {
			end++
		}
	}
	whole := string(s.text[s.at:end])
	f := wrong(s.at, end, "“%s” is not a field; to search for a colon put quotation marks around “%s”", written, whole)
	return f.mend(quote(whole))
}
