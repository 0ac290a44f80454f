package index

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A chunk is a unit with its number and the numbers in brackets after it.
type chunk struct {
	steps []Step
	of    bool // "of" or the like stands before it
}

func (c chunk) rank() int {
	switch kind := c.steps[0].Kind; kind {
	case Part, Title, Chapter, Section:
		return containers
	default:
		return rank[kind]
	}
}

// A pinpointParser finds pinpoints among the tokens of a line. Its methods take
// the number of a token and return that of the one after what they read, the
// same if they read nothing.
type pinpointParser struct {
	tokens []citationToken
	more   bool // a range or a list was read
}

func (p *pinpointParser) fold(i int) string {
	if i < len(p.tokens) {
		return p.tokens[i].fold
	}
	return ""
}

// group reads chunks that follow each other: "Article 9, paragraph 2 (a)",
// "point (a) of the first paragraph of Article 9".
func (p *pinpointParser) group(i int) ([]chunk, int) {
	var chunks []chunk
	for end := i; ; {
		at, of := end, false
		for len(chunks) > 0 && (connects[p.fold(at)] || p.fold(at) == "," || p.fold(at) == "'" || p.fold(at) == ".") {
			of = of || connects[p.fold(at)]
			at++
		}
		steps, next := p.chunk(at, len(chunks) > 0)
		if len(steps) == 0 {
			return chunks, end
		}
		if unit := units[p.fold(at)]; unit.inside { // goes on from whatever is before it
			before := &chunks[len(chunks)-1]
			before.steps = append(before.steps, steps...)
		} else {
			chunks = append(chunks, chunk{steps, of})
		}
		end = next
	}
}

func (p *pinpointParser) chunk(i int, inside bool) ([]Step, int) {
	if heading := p.heading(i); heading != "" {
		return p.inner(p.nth([]Step{{Kind: Section, Heading: heading}}, i+1))
	}
	if steps, next := p.ordinal(i); next > i {
		return steps, next
	}
	if p.fold(i) == "unnumbered" {
		steps, next := p.chunk(i+1, inside)
		if len(steps) == 0 || steps[0].Kind != Paragraph && steps[0].Kind != Section {
			return nil, i
		}
		steps[0].Place = true
		return steps, next
	}
	unit, known := units[p.fold(i)]
	if !known || unit.inside && !inside || unit.kind == Sentence && !inside {
		return nil, i
	}
	at := i + 1
	for p.fold(at) == "." || p.fold(at) == "§" && unit.kind == AnySection {
		at++
	}
	if unit.kind == Preamble {
		return p.inner(p.nth([]Step{{Kind: Preamble}}, at))
	}
	if (p.fold(at) == "no" || p.fold(at) == "n" || p.fold(at) == "nr") && at+1 < len(p.tokens) {
		at++
		if p.fold(at) == "." {
			at++
		}
	}
	number, next := p.label(at, unit.kind)
	if number == "" {
		if unit.kind == Annex && p.onlyAnnex(i) {
			return p.nth([]Step{{Kind: Annex}}, i+1)
		}
		return nil, i
	}
	steps, next := p.nth([]Step{{Kind: unit.kind, Number: number, Place: unit.place}}, next)
	steps, next = p.inner(steps, next)
	return steps, p.list(next)
}

// heading reads the heading of a section between “ and ”, which stands at the
// beginning of the line or after a comma; "" if there is none.
func (p *pinpointParser) heading(i int) string {
	if i >= len(p.tokens) || i > 0 && p.fold(i-1) != "," {
		return ""
	}
	heading, opened := strings.CutPrefix(p.tokens[i].text, "“")
	heading, closed := strings.CutSuffix(heading, "”")
	if !opened || !closed {
		return ""
	}
	return heading
}

// onlyAnnex reports whether the word for an annex stands for the only one: a
// comma or nothing before it, a further step or nothing after it.
func (p *pinpointParser) onlyAnnex(i int) bool {
	if p.fold(i+1) == "," {
		_, goesOn := units[p.fold(i+2)]
		return goesOn || p.fold(i+2) == "unnumbered" || p.heading(i+2) != ""
	}
	return (i == 0 || p.fold(i-1) == ",") && (i+1 == len(p.tokens) || p.fold(i+1) == "[")
}

// nth reads which of several provisions with one number is meant: "[second]".
func (p *pinpointParser) nth(steps []Step, i int) ([]Step, int) {
	if p.fold(i) != "[" {
		return steps, i
	}
	last := &steps[len(steps)-1]
	if p.fold(i+2) == "]" {
		if n := slices.Index(nthWords, p.fold(i+1)); n > 1 {
			last.Nth = n
			return steps, i + 3
		}
	}
	if n, err := strconv.Atoi(p.fold(i + 3)); err == nil && p.fold(i+1) == "no" && p.fold(i+2) == "." && p.fold(i+4) == "]" {
		last.Nth = n
		return steps, i + 5
	}
	return steps, i
}

// ordinal reads "second paragraph" and "1er alinéa".
func (p *pinpointParser) ordinal(i int) ([]Step, int) {
	unit := units[p.fold(i+1)]
	if unit.kind != Paragraph && unit.kind != Point && unit.kind != Sentence {
		return nil, i
	}
	number := ordinalWords[p.fold(i)]
	if m := numberedOrdinal.FindStringSubmatch(p.fold(i)); m != nil {
		number = m[1]
	}
	if number == "" {
		return nil, i
	}
	next := i + 2
	if p.fold(next) == "." {
		next++
	}
	return []Step{{Kind: unit.kind, Number: number, Place: unit.place}}, next
}

var (
	dashes          = strings.NewReplacer("–", "-", "‑", "-")
	numberedOrdinal = regexp.MustCompile(`^(\d{1,3})(?:st|nd|rd|th|er|re|e)$`)
	romanForm       = regexp.MustCompile(`^(?:[IVXLC]+|[ivxl]{2,})$`)
	innerForm       = regexp.MustCompile(`^(?:\d{1,3}(?:[a-zA-Z]|bis|ter|quater)?|\d{1,4}(?:\.\d{1,3})+|[a-z][A-Z]|[A-Za-z]|([A-Za-z])([A-Za-z])|[ivxl]+|[IVXL]+|ñ|[а-я]|[أ-ي]ـ?)$`)
)

// label reads the number after a unit; "" if there is none.
func (p *pinpointParser) label(i int, kind string) (string, int) {
	if i >= len(p.tokens) {
		return "", i
	}
	token := p.tokens[i]
	small := kind == Paragraph || kind == Point || kind == AnySection
	switch {
	case token.text == "(" && p.fold(i+2) == ")" && !standsForArticle(kind) && innerForm.MatchString(p.tokens[i+1].text):
		return p.tokens[i+1].text, i + 3
	case token.number:
		token.text = dashes.Replace(token.text)
		if p.fold(i+1) == "/" {
			return "", i // "2016/679"
		}
		german := p.fold(i+1) == "bis" && i+2 < len(p.tokens) && p.tokens[i+2].number // "9 bis 12" is a range
		if latin[p.fold(i+1)] && !german {
			return token.text + " " + p.tokens[i+1].text, p.closing(i + 2)
		}
		return token.text, p.closing(i + 1)
	case romanForm.MatchString(token.text):
		return strings.ToUpper(token.text), p.closing(i + 1)
	case oneLetter(token.text) && (small || kind != Article && unicode.IsUpper(firstOf(token.text))):
		return token.text, p.closing(i + 1)
	}
	return "", i
}

// closing steps over a bracket that was not opened: "2)".
func (p *pinpointParser) closing(i int) int {
	if p.fold(i) == ")" && !p.open(i) {
		return i + 1
	}
	return i
}

// open reports whether a bracket is open before token i.
func (p *pinpointParser) open(i int) bool {
	depth := 0
	for _, token := range p.tokens[:i] {
		switch {
		case token.text == "(":
			depth++
		case token.text == ")" && depth > 0:
			depth--
		}
	}
	return depth > 0
}

// inner reads the numbers of provisions further in: "(2)(a)", "a)", "2 a".
func (p *pinpointParser) inner(steps []Step, i int) ([]Step, int) {
	for {
		at := i
		if p.fold(at) == "," {
			at++
		}
		switch {
		case p.fold(at) == "(" && p.fold(at+2) == ")" && isInner(p.tokens[at+1].text):
			steps, i = p.nth(append(steps, Step{Number: p.tokens[at+1].text}), at+3)
		case p.fold(at) == "(" && p.fold(at+3) == ")" && isInner(p.tokens[at+1].text) && latin[p.fold(at+2)]:
			steps, i = p.nth(append(steps, Step{Number: p.tokens[at+1].text + " " + p.tokens[at+2].text}), at+4)
		case at < len(p.tokens) && p.fold(at+1) == ")" && isInner(p.tokens[at].text) && !p.open(at+1):
			steps = append(steps, Step{Number: p.tokens[at].text})
			i = at + 2
		case at == i && at < len(p.tokens) && oneLetter(p.tokens[at].text) && unicode.IsLower(firstOf(p.tokens[at].text)) &&
			(at+1 == len(p.tokens) || p.fold(at+1) == "," || p.fold(at+1) == "of"):
			steps = append(steps, Step{Number: p.tokens[at].text})
			i = at + 1
		default:
			return steps, i
		}
	}
}

// list reads the rest of a range or a list, which is not looked up: "to 73",
// "and (c)".
func (p *pinpointParser) list(i int) int {
	for {
		joined := lists[p.fold(i)]
		if !joined && p.fold(i) != "," || i+1 >= len(p.tokens) {
			return i
		}
		token := p.tokens[i+1]
		next := i + 2
		switch {
		case token.text == "(" && p.fold(i+3) == ")" && isInner(p.tokens[i+2].text):
			_, next = p.inner(nil, i+1)
		case token.number && len(token.text) <= 4 && p.fold(i+2) != "/":
			_, next = p.inner(nil, i+2)
		case joined && romanForm.MatchString(token.text) && len(token.text) > 1:
		default:
			return i
		}
		p.more = true
		i = next
	}
}

// isInner reports whether s is a number as it stands in brackets: not a word
// such as "EU".
func isInner(s string) bool {
	m := innerForm.FindStringSubmatch(s)
	return m != nil && (m[1] == m[2] || romanForm.MatchString(s))
}

func oneLetter(s string) bool {
	return utf8.RuneCountInString(s) == 1 && unicode.IsLetter(firstOf(s))
}

func firstOf(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
