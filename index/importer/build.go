package importer

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/index"
)

// A builder collects the blocks and provisions of a version in the order of the
// text. Provisions that are open stand on a stack; what comes next belongs to
// the top one.
type builder struct {
	blocks     []builtBlock
	provisions []index.Provision // without spans and IDs
	open       []int             // indexes of the open provisions, outermost first
}

type builtBlock struct {
	text      string
	provision int
	indent    int
	heading   bool
}

// push opens a provision inside the top one. It is a passage if it is an
// article, a recital or a paragraph and nothing around it is one.
func (b *builder) push(kind, number string) {
	parent := b.top()
	passage := (index.ArticleLike(kind) || kind == index.Recital || kind == index.Paragraph) && b.passage() < 0
	b.provisions = append(b.provisions, index.Provision{Kind: kind, Number: number, Parent: parent, Passage: passage})
	b.open = append(b.open, len(b.provisions)-1)
}

// top returns the innermost open provision, -1 if there is none.
func (b *builder) top() int {
	if len(b.open) == 0 {
		return -1
	}
	return b.open[len(b.open)-1]
}

// kindAt returns the kind of the open provision at a depth.
func (b *builder) kindAt(depth int) string {
	return b.provisions[b.open[depth]].Kind
}

// closeTo closes all open provisions but the outermost n.
func (b *builder) closeTo(n int) {
	b.open = b.open[:min(n, len(b.open))]
}

// passage returns the depth of the open passage, -1 if there is none.
func (b *builder) passage() int {
	for depth, i := range b.open {
		if b.provisions[i].Passage {
			return depth
		}
	}
	return -1
}

// has reports whether there is a provision of a kind.
func (b *builder) has(kind string) bool {
	for _, p := range b.provisions {
		if p.Kind == kind {
			return true
		}
	}
	return false
}

// add appends a block to the top provision; a blank text is left out.
func (b *builder) add(text string, heading bool) {
	text = squeeze(text)
	if text == "" {
		return
	}
	indent := 0
	for depth := range b.open {
		if b.kindAt(depth) == index.Point {
			indent++
		}
	}
	b.blocks = append(b.blocks, builtBlock{text: text, provision: b.top(), indent: indent, heading: heading})
}

// version returns what was built. Provisions without a block are left out.
func (b *builder) version() (index.Version, error) {
	var v index.Version
	if len(b.blocks) == 0 {
		return v, ErrEmpty
	}
	if len(b.blocks) > maxBlocks {
		return v, fmt.Errorf("%w: %d paragraphs, but %d is the most; split it", ErrTooLarge, len(b.blocks), maxBlocks)
	}
	b.prune()
	v.Provisions = b.provisions
	for i := range v.Provisions {
		v.Provisions[i].Start = -1
	}
	v.Blocks = make([]index.Block, len(b.blocks))
	var text strings.Builder
	at := 0
	for i, block := range b.blocks {
		if i > 0 {
			text.WriteByte('\n')
			at++
		}
		text.WriteString(block.text)
		span := index.Span{Start: at, End: at + utf8.RuneCountInString(block.text)}
		at = span.End
		v.Blocks[i] = index.Block{Span: span, Provision: block.provision, Heading: block.heading, Indent: block.indent}
		for p := block.provision; p >= 0; p = v.Provisions[p].Parent {
			if v.Provisions[p].Start < 0 {
				v.Provisions[p].Start = span.Start
			}
			v.Provisions[p].End = span.End
		}
	}
	v.Text = text.String()
	index.Identify(v.Provisions)
	return v, nil
}

// prune removes the provisions that hold no block.
func (b *builder) prune() {
	holds := make([]bool, len(b.provisions))
	for _, block := range b.blocks {
		for p := block.provision; p >= 0 && !holds[p]; p = b.provisions[p].Parent {
			holds[p] = true
		}
	}
	moved := make([]int, len(b.provisions))
	kept := b.provisions[:0]
	for i, p := range b.provisions {
		if !holds[i] {
			continue
		}
		if p.Parent >= 0 {
			p.Parent = moved[p.Parent]
		}
		moved[i] = len(kept)
		kept = append(kept, p)
	}
	b.provisions = kept
	for i := range b.blocks {
		b.blocks[i].provision = moved[b.blocks[i].provision]
	}
	b.open = nil
}

// blank reports whether a character shows nothing: spaces, control characters,
// byte order marks and zero-width spaces.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b'
}

// squeeze replaces each run of blank characters by one space and trims the ends.
func squeeze(s string) string {
	if tidy(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	gap := false
	for _, r := range s {
		if blank(r) {
			gap = true
			continue
		}
		if gap && out.Len() > 0 {
			out.WriteByte(' ')
		}
		gap = false
		out.WriteRune(r)
	}
	return out.String()
}

// tidy reports whether squeeze would leave an ASCII string as it is.
func tidy(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space
}
