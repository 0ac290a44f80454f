package query

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

type kind int

const (
	wordToken kind = iota
	phraseToken
	fieldToken // its text is the field's name; the colon is part of it
	openToken
	shutToken
	andToken
	orToken
	notToken
)

// A token covers the code points from start to end, end not included.
type token struct {
	kind       kind
	text       string
	start, end int
}

type scanner struct {
	text   []rune
	at     int
	tokens []token
}

// scan cuts a query into tokens. A field is always followed directly by what it
// applies to: a word, a phrase or an opening parenthesis.
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
	s.tokens = append(s.tokens, token{k, text, s.at, end})
	s.at = end
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
			s.add(phraseToken, fold(text.String()), i+1)
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

func (s *scanner) word() *fault {
	end := s.runEnd(s.at)
	for i := s.at; i < end; i++ {
		if s.text[i] == ':' {
			return s.field(i, end)
		}
	}
	text := string(s.text[s.at:end])
	switch text {
	case "AND":
		s.add(andToken, text, end)
	case "OR":
		s.add(orToken, text, end)
	case "NOT":
		s.add(notToken, text, end)
	default:
		if text == "NEAR" || strings.HasPrefix(text, "NEAR/") || text == "/s" || text == "/p" {
			return wrong(s.at, end, "the query language has no “%s”; AND finds both in one passage, quotation marks find words side by side", text).mend("AND")
		}
		return s.plain(text, end)
	}
	return nil
}

// plain adds a word, or the value of a field that stands without quotes.
func (s *scanner) plain(text string, end int) *fault {
	if stem := strings.TrimRight(text, "0123456789"); strings.HasSuffix(stem, "~") {
		return wrong(s.at, end, "the query language has no “~”; write * for the letters that may differ").mend(strings.TrimRight(stem, "~"))
	}
	s.add(wordToken, text, end)
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
	case s.runEnd(s.at) > s.at:
		end := s.runEnd(s.at)
		if points := below.FindString(string(s.text[end:])); name == "art" && points != "" {
			f := wrong(end, end+len(points), "“art:” takes the number of an article, without what is below it")
			return f.mend("")
		}
		return s.plain(string(s.text[s.at:end]), end)
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
