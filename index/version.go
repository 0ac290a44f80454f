package index

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// A Version is one immutable text of a document in one language. A correction
// or an amendment is a new version. All offsets are Unicode code points of
// Text.
type Version struct {
	ID       string // VersionID(Document, Language, SHA256)
	Document string
	Number   int    // 1, 2, ... among the versions of the document in this language; set by the store
	Language string // BCP 47, such as "en" or "zh-Hant"
	Source   string // name of the file or address it came from
	Format   string // importer that read it: "markdown", "text", "html", "tota", ...
	SHA256   string // of the source's bytes, in hex
	Imported int64  // milliseconds UTC; set by the store

	// Text is the blocks joined by "\n". It holds nothing else.
	Text string
	// Blocks are in the order of the text and do not overlap.
	Blocks []Block
	// Provisions are in the order of the text, parents before children. Every
	// block belongs to exactly one of them.
	Provisions []Provision
	// Pages say on which page of a source with pages the text stands, in its order;
	// none if the source has no pages.
	Pages []Page
	// Remarks say what of the source was left out or converted; often none.
	Remarks []string
}

// PageAt returns the name of the page on which a code point of the text stands,
// "" if the source has no pages.
func (v *Version) PageAt(at int) string {
	i, found := slices.BinarySearchFunc(v.Pages, at, func(p Page, at int) int { return cmp.Compare(p.Start, at) })
	if !found {
		i--
	}
	if i < 0 {
		return ""
	}
	return v.Pages[i].Name
}

// A Page says that the text from Start on, until the next Page, stands on one
// page of the source. A page comes again where a note from its foot, or the text
// after that, begins.
type Page struct {
	Start int    `json:"start"` // code points of the version's text
	Name  string `json:"name"`  // the number printed on the page, or else its place: "12", "iv"
}

// VersionID derives the id of a version: the same source of the same document
// in the same language always has the same id, also in another installation.
func VersionID(document, language, sha string) string {
	sum := sha256.Sum256([]byte(document + "\x00" + language + "\x00" + sha))
	return hex.EncodeToString(sum[:8])
}

// A Span is a stretch of a version's text: code points from Start up to, not
// including, End.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// A Block is a stretch of text that is laid out as one: a heading, a paragraph,
// a point, a row of a table.
type Block struct {
	Span
	Provision int  `json:"provision"` // index into Version.Provisions of the innermost provision it belongs to
	Heading   bool `json:"heading,omitempty"`
	Indent    int  `json:"indent,omitempty"` // 0, 1, 2, ... how deep a point is nested in its passage
}

// Kinds of provision.
const (
	Part      = "part"
	Title     = "title"
	Chapter   = "chapter"
	Section   = "section" // also a division that has a heading and no other name
	Article   = "article"
	Paragraph = "paragraph" // numbered or not
	Point     = "point"     // (a), (i), a dash, ...
	Preamble  = "preamble"
	Recital   = "recital"
	Annex     = "annex"

	// What some instruments number in the place of articles.
	Regulation = "regulation"
	Rule       = "rule"
	Standard   = "standard"
	Principle  = "principle"
	Guideline  = "guideline"
)

// ArticleLike reports whether provisions of a kind are articles or stand in
// their place: each is a passage, unless it is inside one.
func ArticleLike(kind string) bool { return kind == Article || standsForArticle(kind) }

func standsForArticle(kind string) bool {
	switch kind {
	case Regulation, Rule, Standard, Principle, Guideline:
		return true
	}
	return false
}

// A Provision is a node of a version's structure. Its span covers its heading
// and all of its descendants.
type Provision struct {
	Span
	ID      string `json:"id"` // canonical short form, unique in the version: "art9.2.a", "para72", "rec14", "annex2.3"
	Kind    string `json:"kind"`
	Number  string `json:"number,omitempty"`  // as printed, without brackets or stops: "9", "IV", "1 bis", "a"
	Heading string `json:"heading,omitempty"` // without the number: "Offences related to child pornography"
	Parent  int    `json:"parent"`            // index into Version.Provisions, -1 at the top
	Passage bool   `json:"passage,omitempty"` // whether it is a passage; see Version.Passages
	EID     string `json:"eId,omitempty"`     // what an Akoma Ntoso source names it: "art_9__para_2"
}

// Named returns the index of the provision with an id or, if none has it, of that
// which an Akoma Ntoso source calls so; -1 if there is none.
func (v *Version) Named(name string) int {
	if name == "" {
		return -1
	}
	i := slices.IndexFunc(v.Provisions, func(p Provision) bool { return p.ID == name })
	if i < 0 {
		i = slices.IndexFunc(v.Provisions, func(p Provision) bool { return p.EID == name })
	}
	return i
}
