package importer

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds on markup, which a parser takes in before anything can count it.
const (
	maxTag        = 1 << 20    // bytes in a tag of XML
	maxToken      = 8 << 20    // bytes in a tag, a script or a text of HTML without tags
	maxAttributes = 10_000     // in a tag of HTML
	maxReopened   = 10_000_000 // elements of HTML that a parser may have to open again, see checkHTML
)

// An xmlBounds hands on the bytes of an XML text as long as these keep the
// bounds on tags, their number and their nesting. A document type with
// declarations of its own is refused: they are how a small file expands.
type xmlBounds struct {
	text     strings.Reader
	state    xmlState
	quote    byte    // that closes the quotation, 0 if there is none
	last     [3]byte // the bytes before, the latest first
	length   int     // of the open tag
	closing  bool    // the open tag closes an element
	elements int
	depth    int
}

type xmlState int

const (
	xmlText xmlState = iota
	xmlBegun
	xmlTag
	xmlBang
	xmlComment
	xmlData
	xmlDirective
	xmlInstruction
)

// ReadByte implements io.ByteReader, which encoding/xml reads from.
func (b *xmlBounds) ReadByte() (byte, error) {
	c, err := b.text.ReadByte()
	if err == nil {
		err = b.take(c)
	}
	b.last = [3]byte{c, b.last[0], b.last[1]}
	return c, err
}

// Read implements io.Reader, which xml.NewDecoder asks for and does not use.
func (b *xmlBounds) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	c, err := b.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = c
	return 1, nil
}

func (b *xmlBounds) take(c byte) error {
	switch b.state {
	case xmlText:
		if c == '<' {
			b.state = xmlBegun
		}
	case xmlBegun:
		return b.begin(c)
	case xmlTag:
		return b.tag(c)
	case xmlBang:
		switch c {
		case '-':
			b.state = xmlComment
		case '[':
			b.state = xmlData
		default:
			b.state = xmlDirective
		}
	case xmlComment:
		b.endAt(c, '-', '-')
	case xmlData:
		b.endAt(c, ']', ']')
	case xmlInstruction:
		b.endAt(c, '?', 0)
	case xmlDirective:
		switch {
		case b.quoted(c):
		case c == '>':
			b.state = xmlText
		case c == '<', c == '[':
			return fmt.Errorf("%w: it declares an entity or an element of its own; save it without its document type", ErrMalformed)
		}
	}
	return nil
}

// endAt ends a comment or the like at ">" after two bytes; 0 is any.
func (b *xmlBounds) endAt(c, before, first byte) {
	if c == '>' && b.last[0] == before && (first == 0 || b.last[1] == first) {
		b.state = xmlText
	}
}

// begin takes the byte after "<".
func (b *xmlBounds) begin(c byte) error {
	switch c {
	case '!':
		b.state = xmlBang
		return nil
	case '?':
		b.state = xmlInstruction
		return nil
	}
	b.state, b.length, b.closing = xmlTag, 0, c == '/'
	if !b.closing {
		b.elements++
	}
	if b.elements > maxElements {
		return fmt.Errorf("%w: more than %d elements; split it, or save it as plain text", ErrTooLarge, maxElements)
	}
	return b.tag(c)
}

// tag takes a byte of a tag.
func (b *xmlBounds) tag(c byte) error {
	if b.length++; b.length > maxTag {
		return fmt.Errorf("%w: there is a tag of more than %d MB; save it as plain text", ErrTooLarge, maxTag>>20)
	}
	if b.quoted(c) || c != '>' {
		return nil
	}
	b.state = xmlText
	switch {
	case b.closing:
		b.depth--
	case b.last[0] != '/':
		b.depth++
	}
	if b.depth > maxDepth {
		return fmt.Errorf("%w: more than %d elements inside each other; save it as plain text", ErrTooDeep, maxDepth)
	}
	return nil
}

// quoted reports whether a byte is within quotation marks or one of them.
func (b *xmlBounds) quoted(c byte) bool {
	switch {
	case b.quote != 0:
		if c == b.quote {
			b.quote = 0
		}
		return true
	case c == '"' || c == '\'':
		b.quote = c
		return true
	}
	return false
}

// formatting are the elements of HTML that a parser opens again in every block
// until they are closed.
var formatting = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true,
	atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// checkHTML refuses HTML that would take a parser too much time or memory: too
// many tags or attributes, or so many elements of formatting left open that
// opening them again in each block after them makes millions.
func checkHTML(text string) error {
	tokens := html.NewTokenizer(strings.NewReader(text))
	tokens.SetMaxBuf(maxToken)
	elements, open, reopened := 0, 0, 0
	for {
		kind := tokens.Next()
		switch kind {
		case html.ErrorToken:
			if errors.Is(tokens.Err(), io.EOF) {
				return nil
			}
			return fmt.Errorf("%w: there is a tag or a script of more than %d MB; save the page as plain text", ErrTooLarge, maxToken>>20)
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
		default:
			continue
		}
		name, more := tokens.TagName()
		change := 0
		if formatting[atom.Lookup(name)] {
			change = 1
		}
		for attributes := 0; more; attributes++ {
			if attributes > maxAttributes {
				return fmt.Errorf("%w: there is a tag with more than %d attributes; save the page as plain text", ErrTooLarge, maxAttributes)
			}
			_, _, more = tokens.TagAttr()
		}
		if kind == html.EndTagToken {
			open = max(0, open-change)
			continue
		}
		elements++
		open += change
		reopened += open
		if elements > maxElements || reopened > maxReopened {
			return fmt.Errorf("%w: too many tags, %d and more that are not closed; save the page as plain text", ErrTooLarge, elements)
		}
	}
}
