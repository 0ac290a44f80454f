// Package importer turns bytes into documents: one file a format, one table of
// formats. What is printed in the source's body is in the version's text, every
// character that is not blank, in the order of the source.
package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"glossator/index"
)

// Bounds on what is read. A source beyond them is refused.
const (
	MaxSize     = 64 << 20 // bytes in a file
	maxLines    = 2_000_000
	maxElements = 2_000_000 // of HTML
	maxBlocks   = 200_000   // blocks in a version
	maxDepth    = 200       // elements inside each other
)

// Reasons to refuse a source. The error that wraps one says where and how to
// mend it.
var (
	ErrEmpty         = errors.New("there is no text in the file")
	ErrBinary        = errors.New("the file is not text")
	ErrEncoding      = errors.New("the file is not valid UTF-8")
	ErrUnknownFormat = errors.New("the format is not known")
	ErrMalformed     = errors.New("the file is damaged")
	ErrLocked        = errors.New("the file is locked")
	ErrTooLarge      = errors.New("the file is too large")
	ErrTooDeep       = errors.New("the file nests too deeply")
	ErrManifest      = errors.New("the manifest cannot be used")
)

// Metadata is what is known of a source before it is read. What it says goes
// before what the source says of itself.
type Metadata struct {
	Document index.Document
	// Language of the text; "" if it is not known. A source in two languages has
	// both, joined by "+": "en+zh-Hant".
	Language string
}

// A source is a file and, unless its format is binary, its text: valid UTF-8
// without byte order mark, lines ended by "\n".
type source struct {
	name     string
	data     []byte
	text     string
	language string   // as in Metadata
	remarks  []string // see Reading
}

// A draft is one text found in a source.
type draft struct {
	language string // "" if the source does not say
	title    string // the first heading, "" if there is none
	*segmenter
	remarks  []string // see Reading
	comments []comment
	pages    []pageStart
}

// A format is a kind of file that can be read.
type format struct {
	name string
	// binary formats are tried on the bytes, before these are decoded.
	binary bool
	// sniff reports whether the source is of this format.
	sniff func(s source) bool
	// parse returns what the source says of the document, and its texts.
	parse func(s source) (index.Document, []draft, error)
}

// formats are tried in this order.
var formats = []format{
	{name: "docx", binary: true, sniff: sniffDOCX, parse: parseDOCX},
	{name: "mhtml", binary: true, sniff: sniffMHTML, parse: parseMHTML},
	{name: "pdf", binary: true, sniff: sniffPDF, parse: parsePDF},
	{name: "tota", sniff: sniffToTA, parse: parseToTA},
	{name: "akn", sniff: sniffAKN, parse: parseAKN},
	{name: "formex", sniff: sniffFormex, parse: parseFormex},
	{name: "html", sniff: sniffHTML, parse: parseHTML},
	{name: "json", sniff: sniffJSON, parse: parseJSON},
	{name: "markdown", sniff: sniffMarkdown, parse: parseMarkdown},
	{name: "text", sniff: sniffText, parse: parseText},
}

// A Reading is what is in a source.
type Reading struct {
	Document index.Document
	// Versions are of the document and keep the rules of the model; there is at
	// least one.
	Versions []index.Version
	// Remarks say what the source leaves open and how it was taken: "it was not
	// UTF-8 and was read as Windows-1252".
	Remarks []string
	// Comments are those in the source, by the id of the version they stand in.
	Comments map[string][]Comment
}

// Parse reads the document and the versions in a source, as Read does.
func Parse(name string, data []byte, meta Metadata) (index.Document, []index.Version, error) {
	r, err := Read(name, data, meta)
	return r.Document, r.Versions, err
}

// Read reads a source. name is its file name, which may decide the format and
// names what has no other name. What comes with an error is empty.
func Read(name string, data []byte, meta Metadata) (Reading, error) {
	s := source{name: name, data: data, language: meta.Language}
	f, err := s.recognise()
	if err != nil {
		return Reading{}, err
	}
	said, drafts, err := f.parse(s)
	if err != nil {
		return Reading{}, err
	}
	return finish(f.name, s, meta, said, drafts)
}

// recognise returns the format of a source, which it decodes unless that is
// binary.
func (s *source) recognise() (format, error) {
	if size := len(s.data); size > MaxSize {
		return format{}, fmt.Errorf("%w: %d MB, but %d MB is the most; split it", ErrTooLarge, size>>20, MaxSize>>20)
	}
	if f, ok := s.among(true); ok {
		return f, nil
	}
	var err error
	var remark string
	if s.text, remark, err = decode(s.data); err != nil {
		return format{}, err
	}
	if remark != "" {
		s.remarks = append(s.remarks, remark)
	}
	if f, ok := s.among(false); ok {
		return f, nil
	}
	return format{}, fmt.Errorf("%w: it is neither PDF, Word (.docx), Markdown (.md), plain text (.txt), a saved page (.html, .mhtml), nor a known XML or JSON; save it as one of these", ErrUnknownFormat)
}

// among returns the first format that is binary, or not, and takes the source.
func (s *source) among(binary bool) (format, bool) {
	for _, f := range formats {
		if f.binary == binary && f.sniff(*s) {
			return f, true
		}
	}
	return format{}, false
}

// finish completes what a format has found.
func finish(format string, s source, meta Metadata, said index.Document, drafts []draft) (Reading, error) {
	if len(drafts) == 0 {
		return Reading{}, ErrEmpty
	}
	document := meta.Document.Over(said)
	language := meta.Language
	if len(drafts) > 1 {
		language = ""
	}
	complete(&document, s.name, drafts[0].title, drafts[0].has(index.Article))
	sum := sha256.Sum256(s.data)
	sha := hex.EncodeToString(sum[:])
	found := Reading{Document: document, Remarks: s.remarks, Comments: map[string][]Comment{}}
	for _, d := range drafts {
		v, err := d.version()
		if err != nil {
			return Reading{}, err
		}
		v.Pages = pagesOf(v.Text, d.pages)
		v.Remarks = slices.Concat(s.remarks, d.remarks)
		v.Document, v.Source, v.Format, v.SHA256 = document.ID, s.name, format, sha
		v.Language = firstNonEmpty(language, d.language)
		if v.Language == "" {
			v.Language = detectLanguage(v.Text)
		}
		v.ID = index.VersionID(v.Document, v.Language, sha)
		if err := v.Check(); err != nil {
			return Reading{}, fmt.Errorf("reading %s as %s: %w", s.name, format, err)
		}
		found.Versions = append(found.Versions, v)
		found.Remarks = append(found.Remarks, d.remarks...)
		if comments := placeComments(v, d.comments); len(comments) > 0 {
			found.Comments[v.ID] = comments
		}
	}
	return found, nil
}

func firstNonEmpty(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}
