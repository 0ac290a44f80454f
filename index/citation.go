package index

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Citation is a line read as lawyers cite: the name of a document and the way
// to a provision in it. Neither is checked; see Names.Resolve and
// Version.Locate.
type Citation struct {
	Text  string
	Name  string // as written, without "of the" before it; "" if no document is named
	Steps []Step // from the outermost provision inwards; none if the whole document is cited
	Range bool   // more than one provision is cited; Steps lead to the first

	loose bool // the pinpoint stands before the name with nothing between them: "article 8 privacy"
	bare  bool // no word says that the number is a pinpoint: "GDPR 17(1)"
	split bool // there are words of the name on both sides of the pinpoint
}

// A Step leads from a provision to one inside it.
type Step struct {
	Kind    string // of the provision; "" for a paragraph or a point, AnySection for "§"
	Number  string // as written: "9", "IV", "1 bis", "G-10", "9.2.a", "72-73"; "" for a preamble or the only annex
	Heading string // of a section that is cited by it
	Place   bool   // Number is the place among those that have none
	Nth     int    // 2, 3, ... of several with the same number: "[second]"
}

// AnySection is the kind of a step written "§": an article, as some countries
// count them, or a paragraph.
const AnySection = "§"

// ParseCitation reads a line. Whatever is no part of a pinpoint is the name. It
// knows the words of English, French, German, Spanish, Italian, Portuguese,
// Dutch and Russian for article, paragraph and so on.
func ParseCitation(line string) Citation {
	line = strings.TrimSpace(ordinalSigns.Replace(line))
	c := Citation{Text: line}
	p := pinpointParser{tokens: joinQuoted(line, lexCitation(line))}
	var chunks []chunk
	var rest []string
	from := 0 // the byte where the name goes on
	for i := 0; i < len(p.tokens); {
		group, next := p.group(i)
		if len(group) == 0 {
			i++
			continue
		}
		rest = append(rest, trimName(line[from:p.tokens[i].start]))
		if i == 0 {
			joined := connects[p.fold(next)] || p.fold(next) == "," && connects[p.fold(next+1)]
			c.loose = !joined
		}
		chunks = append(chunks, group...)
		from, i = p.tokens[next-1].end, next
	}
	if len(chunks) == 0 {
		return bareCitation(c)
	}
	rest = slices.DeleteFunc(append(rest, trimName(line[from:])), func(part string) bool { return part == "" })
	c.Name, c.split = strings.Join(rest, " "), len(rest) > 1
	c.Range = p.more
	c.Steps = c.order(chunks)
	return c
}

// order returns the steps from the outermost inwards, in whatever order they
// were written: "point (a) of Article 9(2)". Of two articles the first counts.
// Chapters and their like stand inside each other as they are written, and
// sections 1 and 1.2 too.
func (c *Citation) order(chunks []chunk) []Step {
	for i := len(chunks) - 1; i > 0; i-- {
		if chunks[i].of && chunks[i].rank() == containers && chunks[i-1].rank() == containers {
			chunks[i], chunks[i-1] = chunks[i-1], chunks[i]
		}
	}
	slices.SortStableFunc(chunks, func(a, b chunk) int { return cmp.Compare(a.rank(), b.rank()) })
	var steps []Step
	seen := map[string]string{}
	for _, chunk := range chunks {
		first := chunk.steps[0]
		before, again := seen[first.Kind]
		if again && first.Heading == "" && first.Kind != Point && !strings.HasPrefix(first.Number, before+".") {
			c.Range = true
			continue
		}
		if first.Heading == "" {
			seen[first.Kind] = first.Number
		}
		steps = append(steps, chunk.steps...)
	}
	return steps
}

// rank orders kinds from the outermost inwards.
var rank = map[string]int{
	Annex: 0, Part: 1, Title: 2, Chapter: 3, Section: 4, Preamble: 4, Article: 5, Recital: 5, AnySection: 6, Paragraph: 6, Point: 7, Sentence: 8,
	Regulation: 5, Rule: 5, Standard: 5, Principle: 5, Guideline: 5,
}

// containers is the rank of chapters and their like in a citation, which says in
// which order they stand.
const containers = 1

// bareNumber is a number with brackets at the end of a line that no word calls
// an article.
var bareNumber = regexp.MustCompile(`^(.*\p{L}.*?)[ ,]+(\d{1,3}[a-zA-Z]?)((?:\((?:\d{1,2}|[a-z]{1,4})\))+)$`)

func bareCitation(c Citation) Citation {
	c.Name = trimName(c.Text)
	m := bareNumber.FindStringSubmatch(c.Text)
	if m == nil {
		return c
	}
	c.bare, c.Name = true, trimName(m[1])
	c.Steps = []Step{{Kind: AnySection, Number: m[2]}}
	for _, inner := range strings.FieldsFunc(m[3], func(r rune) bool { return r == '(' || r == ')' }) {
		c.Steps = append(c.Steps, Step{Number: inner})
	}
	return c
}

// trimName takes what joins a name to a pinpoint off the ends of a name.
func trimName(s string) string {
	for {
		s = strings.TrimFunc(s, func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune(",;:.–—-•·*|", r)
		})
		first, rest, _ := strings.Cut(s, " ")
		if word, tail, ok := strings.Cut(s, "'"); ok && connects[fold(word)] {
			s = tail
			continue
		}
		if rest != "" && connects[fold(first)] || introduces[strings.Trim(fold(first), ".,:")] {
			s = rest
			continue
		}
		before, end := "", ""
		if space := strings.LastIndexByte(s, ' '); space > 0 {
			before, end = s[:space], s[space+1:]
		}
		if before == "" || !connects[fold(end)] || strings.ToUpper(end) == end {
			return balanced(s)
		}
		s = before
	}
}

// balanced takes off the brackets that the pinpoint between them left empty.
func balanced(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "()", ""))
	return strings.TrimSpace(strings.TrimSuffix(s, "("))
}

// CitationLines cuts a list of citations at line ends and semicolons. What marks
// the items of a list is left out, and so are empty lines.
func CitationLines(text string) []string {
	var lines []string
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == ';' }) {
		line = strings.TrimSpace(itemMark.ReplaceAllString(strings.TrimSpace(line), ""))
		if strings.IndexFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			lines = append(lines, strings.TrimRight(line, " ,."))
		}
	}
	return lines
}

var itemMark = regexp.MustCompile(`^(?:[-–—•·*▪]+|\[\d{1,3}\]|\(?\d{1,3}[.)]\s)\s*`)

// asksMore matches what the query language knows and a citation does not have:
// quotes, fields, operators, wildcards.
var asksMore = regexp.MustCompile(`["“”„«»*?~^=&|]|\b(?:AND|OR|NOT)\b|\b(?:NEAR|W|PRE)/\d|(?:^|[\s(])[-+/]\w|\p{L}:\S`)

// A citationToken is a word, a number or a sign of a line.
type citationToken struct {
	text, fold string
	start, end int // bytes
	number     bool
}

// lexCitation cuts a line into tokens. "9.2.a", "72-73", "32A", "8.61-A", "G-10"
// and "A1.1" are numbers.
func lexCitation(line string) []citationToken {
	var tokens []citationToken
	for at := 0; at < len(line); {
		r, size := utf8.DecodeRuneInString(line[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		token := citationToken{start: at, end: at + size}
		if n := numberLength(line[at:]); n > 0 {
			token.end, token.number = at+n, true
		} else if unicode.IsLetter(r) {
			token.end = at + wordLength(line[at:])
		}
		token.text = line[token.start:token.end]
		token.fold = fold(token.text)
		tokens = append(tokens, token)
		at = token.end
	}
	return tokens
}

// joinQuoted makes one token of what stands between “ and ” in a line.
func joinQuoted(line string, tokens []citationToken) []citationToken {
	joined := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		token := tokens[i]
		length := slices.IndexFunc(tokens[i:], func(t citationToken) bool { return t.text == "”" })
		if token.text == "“" && length > 0 {
			i += length
			token.end = tokens[i].end
			token.text = line[token.start:token.end]
		}
		joined = append(joined, token)
	}
	return joined
}

func wordLength(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if n < 0 {
		return len(s)
	}
	return n
}

var (
	numberForm     = regexp.MustCompile(`^\d+(?:(?:bis|ter|quater|quinquies|[A-Za-z]{1,2}))?(?:[.\-–‑](?:\d+[a-zA-Z]?|[a-z]{1,4}|[A-Z]{1,2}))*`)
	letteredNumber = regexp.MustCompile(`^(?:[A-Z]{1,5}[.\-–‑]\d+[a-zA-Z]?|[A-Z]\d+(?:\.\d+)+)`)
)

// numberLength returns how many bytes of s, from its beginning, are a number, 0
// if none are. A number ends where a word would go on.
func numberLength(s string) int {
	if m := letteredNumber.FindString(s); m != "" {
		_, known := units[fold(m[:wordLength(m)])]
		if known && (wordLength(m) > 1 || m[1] == '.') {
			return 0
		}
		return len(m)
	}
	m := numberForm.FindString(s)
	for m != "" {
		next, _ := utf8.DecodeRuneInString(s[len(m):])
		if len(m) == len(s) || !unicode.IsLetter(next) {
			return len(m)
		}
		// "9The", "9.and": the letters belong to the next word.
		digits := strings.TrimRightFunc(m, unicode.IsLetter)
		digits = strings.TrimRight(digits, ".-–‑")
		if digits == m {
			return len(m)
		}
		m = digits
	}
	return 0
}
