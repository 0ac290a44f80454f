package index

import (
	"strings"
	"unicode/utf8"
)

// Pinpoint returns the citation of provision i as lawyers write it:
// "art. 9(2)(a)", "para. 72", "recital 14", "annex II, para. 3". It names the
// provisions that the ID of provision i names. A paragraph without a number is
// cited by its place, and called unnumbered if there are numbers beside it that
// the place could be taken for.
func (v *Version) Pinpoint(i int) string {
	return v.pinpoint(i, v.mixed())
}

// Pinpoints returns the Pinpoint of every provision, in their order, in far less
// time than one by one.
func (v *Version) Pinpoints() []string {
	mixed := v.mixed()
	pinpoints := make([]string, len(v.Provisions))
	for i := range v.Provisions {
		pinpoints[i] = v.pinpoint(i, mixed)
	}
	return pinpoints
}

// mixed returns the provisions that have numbered paragraphs, so that the place
// of one without a number could be taken for a number; -1 is the top.
func (v *Version) mixed() map[int]bool {
	mixed := map[int]bool{}
	for _, p := range v.Provisions {
		if p.Kind == Paragraph && p.Number != "" {
			mixed[p.Parent] = true
		}
	}
	return mixed
}

func (v *Version) pinpoint(i int, mixed map[int]bool) string {
	p := v.Provisions[i]
	around := v.addressed(i)
	if around < 0 {
		return v.cite(p, mixed)
	}
	if p.Kind == Section && p.Number == "" && v.Provisions[around].Kind == Section && v.Provisions[around].Number == "" {
		return v.cite(p, mixed) // the innermost heading says enough
	}
	outer := v.pinpoint(around, mixed)
	switch {
	case p.Kind == Article && p.Number == "":
		// The text of a preamble that its source calls an article is cited as
		// the preamble.
		return outer
	case p.Number != "" && v.withinPassage(around):
		return outer + "(" + p.Number + ")"
	}
	return outer + ", " + v.cite(p, mixed)
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
}

// cite returns the citation of p without the provisions around it.
func (v *Version) cite(p Provision, mixed map[int]bool) string {
	word := citeWord[p.Kind]
	switch {
	case p.Number != "":
		return word + " " + p.Number
	case p.Kind == Preamble, p.Kind == Annex:
		return word
	case p.Kind == Section && p.Heading != "":
		return "“" + shorten(p.Heading, openingLength) + "”"
	case p.Kind == Point:
		word = "indent"
	case p.Kind == Paragraph && mixed[p.Parent]:
		word = "unnumbered para."
	}
	return word + " " + ordinal(p.ID)
}

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
