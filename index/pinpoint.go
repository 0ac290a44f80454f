package index

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Pinpoint returns the citation of provision i as lawyers write it:
// "art. 9(2)(a)", "para. 72", "recital 14", "annex II, para. 3". It names the
// provisions that the ID of provision i names. A paragraph without a number is
// cited by its place, and called unnumbered if there are numbers that the place
// could be taken for; so is a section that has no heading either. Of several provisions with one number the later ones are
// told apart: "art. 9(a) [second]". Locate leads back from what ParseCitation
// makes of it.
func (v *Version) Pinpoint(i int) string {
	return v.citer().pinpoint(i)
}

// Pinpoints returns the Pinpoint of every provision, in their order, in far less
// time than one by one.
func (v *Version) Pinpoints() []string {
	c := v.citer()
	pinpoints := make([]string, len(v.Provisions))
	for i := range v.Provisions {
		pinpoints[i] = c.pinpoint(i)
	}
	return pinpoints
}

// A citer holds what Pinpoint must know of all provisions to cite one.
type citer struct {
	*Version
	mixed    map[int]bool   // the provisions in which the place of a paragraph could be taken for a number; -1 is the top
	headings map[string]int // how many sections without a number have a heading
	repeats  map[int]int    // sections that have the heading of one before them, beside it: 2, 3, ...
}

func (v *Version) citer() citer {
	c := citer{v, map[int]bool{}, map[string]int{}, map[int]int{}}
	type division struct {
		parent  int
		heading string
	}
	beside := map[division]int{}
	for i, p := range v.Provisions {
		switch {
		case p.Kind == Paragraph && p.Number != "":
			c.mixed[p.Parent] = true
			c.mixed[-1] = c.mixed[-1] || !v.withinPassage(p.Parent)
		case ArticleLike(p.Kind):
			c.mixed[-1] = true
		case v.headed(i):
			c.headings[p.Heading]++
			same := division{p.Parent, shorten(p.Heading, openingLength)}
			if beside[same]++; beside[same] > 1 {
				c.repeats[i] = beside[same]
			}
		}
	}
	return c
}

// headed reports whether provision i is a section that is cited by its heading.
func (v *Version) headed(i int) bool {
	p := v.Provisions[i]
	return p.Kind == Section && p.Number == "" && p.Heading != ""
}

func (c citer) pinpoint(i int) string {
	p := c.Provisions[i]
	around := c.addressed(i)
	if around < 0 {
		return c.cite(i)
	}
	if c.headed(i) && c.headed(around) && c.headings[p.Heading] == 1 {
		return c.cite(i) // the innermost heading says enough
	}
	outer := c.pinpoint(around)
	switch {
	case p.Kind == Article && p.Number == "":
		// The text of a preamble that its source calls an article is cited as
		// the preamble.
		return outer
	case p.Number != "" && c.withinPassage(around):
		return outer + "(" + p.Number + ")" + nth(repeat(p.ID))
	}
	return outer + ", " + c.cite(i)
}

// withinPassage reports whether provision i is a passage or part of one.
func (v *Version) withinPassage(i int) bool {
	for ; i >= 0; i = v.Provisions[i].Parent {
		if v.Provisions[i].Passage {
			return true
		}
	}
	return false
}

// addressed returns the provision whose ID the ID of i goes on from, -1 if
// there is none.
func (v *Version) addressed(i int) int {
	id := v.Provisions[i].ID
	for i = v.Provisions[i].Parent; i >= 0; i = v.Provisions[i].Parent {
		if around := v.Provisions[i].ID; len(around) < len(id) && id[len(around)] == '.' && strings.HasPrefix(id, around) {
			return i
		}
	}
	return -1
}

// citeWord precedes the number of a provision in its pinpoint.
var citeWord = map[string]string{
	Part: "part", Title: "title", Chapter: "ch.", Section: "sec.", Article: "art.", Paragraph: "para.",
	Preamble: "preamble", Recital: "recital", Annex: "annex", Point: "point",
	Regulation: "reg.", Rule: "rule", Standard: "standard", Principle: "principle", Guideline: "guideline",
}

// cite returns the citation of provision i without the provisions around it.
func (c citer) cite(i int) string {
	p := c.Provisions[i]
	word := citeWord[p.Kind]
	switch {
	case p.Number != "":
		return word + " " + p.Number + nth(repeat(p.ID))
	case p.Kind == Preamble, p.Kind == Annex:
		return word + nth(repeat(p.ID))
	case c.headed(i):
		return "“" + shorten(p.Heading, openingLength) + "”" + nth(c.repeats[i])
	case p.Kind == Section:
		word = "unnumbered sec."
	case p.Kind == Point:
		word = "indent"
	case p.Kind == Paragraph && c.mixed[p.Parent]:
		word = "unnumbered para."
	}
	return word + " " + ordinal(p.ID)
}

// repeat returns which of several provisions with one number has an ID, 0 for
// the first.
func repeat(id string) int {
	_, n, _ := strings.Cut(id[strings.LastIndexByte(id, '.')+1:], "~")
	count, err := strconv.Atoi(n)
	if err != nil {
		return 0
	}
	return count
}

// nth tells a provision from those before it that are cited so: " [second]", ""
// for the first.
func nth(n int) string {
	switch {
	case n < 2:
		return ""
	case n < len(nthWords):
		return " [" + nthWords[n] + "]"
	}
	return " [no. " + strconv.Itoa(n) + "]"
}

// nthWords are the numbers of those that share one.
var nthWords = []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}

// ordinal returns the place that ends the ID of a provision without a number.
func ordinal(id string) string {
	id, _, _ = strings.Cut(id[strings.LastIndexByte(id, '.')+1:], "~")
	digits := len(id)
	for digits > 0 && id[digits-1] >= '0' && id[digits-1] <= '9' {
		digits--
	}
	return id[digits:]
}

// openingLength is how many code points of a heading or a text stand for it.
const openingLength = 48

// shorten cuts s after a word so that at most limit code points and "…" remain.
func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	short := string([]rune(s)[:limit])
	if space := strings.LastIndexByte(short, ' '); space > 0 {
		short = short[:space]
	}
	return strings.TrimRight(short, " ,;:") + "…"
}

// labelWord begins the label of a provision.
var labelWord = map[string]string{
	Part: "Part", Title: "Title", Chapter: "Chapter", Section: "Section", Article: "Article", Paragraph: "Paragraph",
	Preamble: "Preamble", Recital: "Recital", Annex: "Annex", Point: "Point",
	Regulation: "Regulation", Rule: "Rule", Standard: "Standard", Principle: "Principle", Guideline: "Guideline",
}

// Label returns what provision i is called in a table of contents:
// "Article 9 Offences related to child pornography". A division, an article or a
// paragraph that has only a heading is called by it, an article that has neither
// number nor heading by its first words.
func (v *Version) Label(i int) string {
	p := v.Provisions[i]
	word := labelWord[p.Kind]
	switch {
	case p.Number != "":
		word += " " + p.Number
	case p.Heading != "" && (p.Kind == Section || p.Kind == Article || p.Kind == Paragraph || strings.EqualFold(p.Heading, word)):
		return p.Heading
	case p.Kind == Article:
		cut := cutter{text: v.Text}
		opening := cut.span(Span{p.Start, min(p.End, p.Start+2*openingLength)})
		return shorten(strings.ReplaceAll(opening, "\n", " "), openingLength)
	case p.Heading == "" && p.Kind != Preamble && p.Kind != Annex:
		word += " " + ordinal(p.ID)
	}
	if p.Heading == "" {
		return word
	}
	return word + " " + p.Heading
}
