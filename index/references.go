package index

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Which document a Reference speaks of.
const (
	Unsaid    = ""      // none is named: the document it stands in, or the one that a commentary is about
	This      = "this"  // it says so: "of this Convention"
	Named     = "named" // Name begins with what the document is called
	Called    = "after" // Name ends with what the document is called: "GDPR, Article 5"
	Defined   = "as"    // Name has, near its end, what the text then gives the shorter name that is used here
	Mentioned = "said"  // Name has, somewhere, what the document was called before: "of the said Convention"
	Spoken    = "the"   // Name is a word such as "Convention", which a commentary uses of what it is about
)

// ReferenceRules is the number of the rules by which FindReferences goes. With
// new rules it is another: what was found by the old ones is found again.
const ReferenceRules = 3

// A Reference is a place in a text that names a provision.
type Reference struct {
	Span             // of the words that name it
	Provision int    // index into Version.Provisions of the innermost one it stands in
	Heading   bool   // whether it stands in a heading: what is below it is about the provision named
	Steps     []Step // to the provision, outermost first, as in a Citation; never empty
	Last      string // number of the last provision of a range that Steps lead to the first of; "" if it is none
	Of        string // Unsaid, This, Named, Called, Defined, Mentioned or Spoken
	Name      string // see Of; "" for Unsaid and This
	Within    string // for This: the kind of the provision around the reference that is meant, "" for the document
}

// FindReferences finds the explicit references to provisions in v, in the order
// of the text; they do not overlap. It looks at the text alone: what a reference
// leads to, if to anything, is for Follow. The time it takes grows with the
// length of the text and no faster.
func FindReferences(v *Version) []Reference {
	f := finder{aliases: definitions(v.Text), selves: map[string]int{}, portuguese: strings.HasPrefix(v.Language, "pt")}
	f.numbers = map[string]bool{}
	for _, p := range v.Provisions {
		f.numbers[p.Kind] = true
	}
	cut := cutter{text: v.Text}
	passage := -1
	for _, block := range v.Blocks {
		if around := v.PassageAround(block.Provision); around != passage {
			passage, f.said = around, nil
			f.from, f.listed = len(f.found), false
		}
		start := cut.seek(block.Start)
		text := v.Text[start:cut.seek(block.End)]
		f.block(text, block)
		f.listed = andWords[fold(text[strings.LastIndexByte(text, ' ')+1:])]
	}
	self := f.self()
	for i := range f.found {
		r := &f.found[i]
		if r.Of != Spoken {
			continue
		}
		if before, defined := f.aliases[r.Name]; r.Name == self {
			r.Of, r.Name = This, "" // "Article 5 of the Agreement", in a text that calls itself "this Agreement"
		} else if defined {
			r.Of, r.Name = Defined, before
		}
	}
	return f.found
}

// PassageAround returns the provision that is a passage and holds provision i,
// else i.
func (v *Version) PassageAround(i int) int {
	for at := i; at >= 0; at = v.Provisions[at].Parent {
		if v.Provisions[at].Passage {
			return at
		}
	}
	return i
}

// A finder goes through a text block by block.
type finder struct {
	portuguese bool
	numbers    map[string]bool   // the kinds of provision that there are
	aliases    map[string]string // by folded name that the text gives: what stands before the definition
	selves     map[string]int    // how often the text calls itself this convention, agreement, ...
	said       []naming          // documents named so far in the passage
	from       int               // the first of found in the passage
	listed     bool              // the block before, in the passage, ends with "and" or the like
	found      []Reference
}

// naming is a place where a document is named.
type naming struct {
	noun string // folded: "convention"
	name string // the text from some words before the noun
}

// self returns what the text calls itself, "" if it does not.
func (f *finder) self() string {
	self, most := "", 0
	for noun, times := range f.selves {
		if times > most || times == most && noun < self {
			self, most = noun, times
		}
	}
	return self
}

// windowBytes is how far a reference with the name of its document may reach.
const windowBytes = 300

// block finds the references in a block. Its words are gone through one by one;
// what begins like a reference is parsed in a window of bounded length.
func (f *finder) block(text string, block Block) {
	count := counter{text: text, points: block.Start}
	depth, capitals := 0, 0 // open brackets; words in capitals or with a capital right before the word at hand
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && r != '§' && r != '¶' {
			switch r {
			case '(':
				depth++
			case ')':
				depth = max(0, depth-1)
			}
			if r != ' ' && r != '\u00a0' {
				capitals = 0
			}
			at += size
			continue
		}
		length := max(size, wordLength(text[at:]))
		word := fold(text[at : at+length])
		end := at + length
		if f.mayBegin(word, text[end:]) && (at == 0 || !joins(text[:at])) {
			if next := f.parse(text, at, depth > 0, block, &count); next > at {
				at, capitals = next, 0
				continue
			}
		}
		if instruments[word] {
			f.name(word, text, at, end, capitals)
		}
		if unicode.IsUpper(r) || capitals > 0 && connects[word] {
			capitals += length + 1
		} else {
			capitals = 0
		}
		at = end
	}
}

// joins reports whether what stands before a word belongs to it: "sub-paragraph",
// "3bis".
func joins(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return r == '-' || r == '_' || r == '/' || unicode.IsDigit(r)
}

// mayBegin reports whether a word, with what follows, looks like the beginning
// of a pinpoint.
func (f *finder) mayBegin(word, rest string) bool {
	if ordinalWords[word] != "" {
		next := strings.TrimLeft(rest, " \u00a0")
		return units[fold(next[:wordLength(next)])].kind != ""
	}
	unit, known := units[word]
	if !known || unit.inside || unit.kind == Sentence || unit.kind == Preamble || proseWords[word] {
		return false
	}
	rest = strings.TrimLeft(rest, ". \u00a0§")
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case unicode.IsDigit(r), r == '(':
		return true
	case !unicode.IsLetter(r):
		return false
	}
	n := wordLength(rest)
	return n == size || n <= 6 && (romanForm.MatchString(rest[:n]) || unicode.IsUpper(r) || inNumber[fold(rest[:n])])
}

// proseWords are units in a citation, but mostly something else in a text.
var proseWords = wordSet(`par pars rec recs al cap comma lid leden onder frase sect sec satz letter partie parte teil deel titre titel
	titolo titulo ч clause pt pts phrase p item line п`)

var inNumber = wordSet("no nr n num")

// name notes that a document is named, or that the text speaks of itself.
func (f *finder) name(noun, text string, at, end, capitals int) {
	before := strings.TrimRight(text[max(0, at-24):at], " \u00a0")
	if space := strings.LastIndexAny(before, " \u00a0'’"); space >= 0 {
		before = before[space:]
	}
	if thisWords[fold(strings.Trim(before, " \u00a0'’("))] {
		if !f.provision(noun) {
			f.selves[noun]++
		}
		return
	}
	if !unicode.IsUpper(firstOf(text[at:])) {
		return
	}
	next := strings.TrimLeft(text[end:], " \u00a0")
	follows := fold(next[:wordLength(next)])
	if capitals > 0 || nameGoesOn[follows] || strings.HasPrefix(next, "(") || next != "" && unicode.IsDigit(firstOf(next)) {
		from := max(0, at-capitals)
		f.said = append(f.said, naming{noun, text[from:min(len(text), runeStart(text, end+120))]})
	}
}

// provision reports whether a word is for a kind of provision. "Regulation" is if
// the text numbers regulations, and otherwise for an instrument.
func (f *finder) provision(noun string) bool {
	kind := units[noun].kind
	return kind != "" && (!instruments[noun] || f.numbers[kind])
}

// runeStart returns the beginning of the character at or before a byte.
func runeStart(text string, at int) int {
	if at >= len(text) {
		return len(text)
	}
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// A counter turns ascending byte offsets of a block into code points of the text.
type counter struct {
	text   string
	at     int // the byte counted up to
	points int
}

func (c *counter) to(at int) int {
	c.points += utf8.RuneCountInString(c.text[c.at:at])
	c.at = at
	return c.points
}

// thisWords say that the document or the provision around is meant, saidWords
// that the one named last is.
var (
	thisWords = wordSet(`this present presente presents presentes presenti dieses dieser diesem diese diesen deze dit questo questa
		este esta настоящего настоящеи настоящему настоящее настоящая`)
	saidWords = wordSet(`that said same those aforesaid aforementioned abovementioned latter such
		ladite ledit dudit cette cet ce dicho dicha ese esa genannten jenes jener указаннои указанного`)
	nameGoesOn = wordSet(`of on for against concerning relating regarding between no nr to
		establishing instituting creating amending laying implementing signed done concluded instituant
		de du des sur pour relative relatif concernant uber zur zum der del da das dos sobre van inzake о об`)
)
