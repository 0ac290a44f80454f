package index

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// Passages returns the passages of v, in the order of the text, without
// annotations. Together with the headings of the provisions around them they
// are all of v.Text.
func (v *Version) Passages() []Passage {
	cut := cutter{text: v.Text}
	citer := v.citer()
	var passages []Passage
	for i := 0; i < len(v.Provisions); {
		p := v.Provisions[i]
		if !p.Passage {
			i++
			continue
		}
		passage := Passage{
			Document: v.Document, Version: v.ID, Language: v.Language,
			Provision: p.ID, Pinpoint: citer.pinpoint(i), Number: p.Number, Heading: p.Heading,
			Path: v.path(i), Span: p.Span, Text: cut.span(p.Span),
		}
		for i++; i < len(v.Provisions) && v.Provisions[i].Start < p.End; i++ {
			passage.Inner = append(passage.Inner, Inner{
				Span: v.Provisions[i].Span, Kind: v.Provisions[i].Kind, Provision: v.Provisions[i].ID, Pinpoint: citer.pinpoint(i),
			})
		}
		passages = append(passages, passage)
	}
	return passages
}

// path returns the provisions around provision i, outermost first; never nil.
func (v *Version) path(i int) []Crumb {
	depth := 0
	for at := v.Provisions[i].Parent; at >= 0; at = v.Provisions[at].Parent {
		depth++
	}
	path := make([]Crumb, depth)
	for at := v.Provisions[i].Parent; at >= 0; at = v.Provisions[at].Parent {
		depth--
		path[depth] = Crumb{Provision: v.Provisions[at].ID, Label: v.Label(at)}
	}
	return path
}

// A cutter cuts ascending spans out of a text in one pass.
type cutter struct {
	text        string
	byteAt, pos int // the same place, in bytes and in code points
}

// seek returns the byte offset of a code point at or after the last one asked
// for; the end of the text if it is shorter.
func (c *cutter) seek(position int) int {
	for c.pos < position && c.byteAt < len(c.text) {
		_, size := utf8.DecodeRuneInString(c.text[c.byteAt:])
		c.byteAt += size
		c.pos++
	}
	return c.byteAt
}

func (c *cutter) span(s Span) string {
	start := c.seek(s.Start)
	return c.text[start:c.seek(s.End)]
}

// ErrStructure is wrapped by what Check returns.
var ErrStructure = errors.New("the structure of the version is not sound")

// Check reports the first rule of the model that v breaks, nil if it keeps all:
// the blocks, none of them blank, joined by "\n" are the text; provisions stand
// parents before children in the order of the text, each covering exactly its
// blocks and those of its descendants; every block belongs to the innermost
// provision that covers it and is in exactly one passage or is the heading of a
// provision that is no passage; passages are not nested; IDs are unique and made
// of letters, digits and ". _ ~ -"; pages begin one after the other within the
// text, the first at its beginning.
func (v *Version) Check() error {
	for _, check := range []func() error{v.checkBlocks, v.checkTree, v.checkCover, v.checkPassages, v.checkIDs, v.checkPages} {
		if err := check(); err != nil {
			return fmt.Errorf("%w: %w", ErrStructure, err)
		}
	}
	return nil
}

func (v *Version) checkBlocks() error {
	if len(v.Blocks) == 0 {
		return errors.New("there are no blocks")
	}
	if !utf8.ValidString(v.Text) {
		return errors.New("the text is not UTF-8")
	}
	cut, next := cutter{text: v.Text}, 0
	for i, block := range v.Blocks {
		if block.Start != next || block.End <= block.Start {
			return fmt.Errorf("block %d covers %d to %d, but must begin at %d", i, block.Start, block.End, next)
		}
		if i > 0 && cut.span(Span{next - 1, next}) != "\n" {
			return fmt.Errorf("no line break before block %d", i)
		}
		if text := cut.span(block.Span); !oneLine(text) {
			return fmt.Errorf("block %d is blank or more than one line: %q", i, shorten(text, 40))
		}
		next = block.End + 1
	}
	if last := v.Blocks[len(v.Blocks)-1]; cut.byteAt != len(v.Text) || cut.pos != last.End {
		return fmt.Errorf("the text goes on after the last block, which ends at %d", last.End)
	}
	return nil
}

// oneLine reports whether s is a line, without a break, that is not blank.
func oneLine(s string) bool {
	blank := true
	for _, r := range s {
		if r == '\n' {
			return false
		}
		blank = blank && (r == ' ' || r == '\t' || r == '\u00a0')
	}
	return !blank
}

func (v *Version) checkTree() error {
	for i, p := range v.Provisions {
		if labelWord[p.Kind] == "" {
			return fmt.Errorf("provision %d is of the unknown kind %q", i, p.Kind)
		}
		if p.Parent < -1 || p.Parent >= i {
			return fmt.Errorf("provision %d has the parent %d", i, p.Parent)
		}
		if i == 0 {
			continue
		}
		// The parent is the provision before or one of those around it, and
		// whatever closes in between ends before p begins.
		at := i - 1
		for ; at >= 0 && at != p.Parent; at = v.Provisions[at].Parent {
			if v.Provisions[at].End > p.Start {
				return fmt.Errorf("provision %d begins inside %d, which is not around it", i, at)
			}
		}
		if at != p.Parent {
			return fmt.Errorf("provision %d does not follow its parent %d", i, p.Parent)
		}
	}
	return nil
}

func (v *Version) checkCover() error {
	cover := make([]Span, len(v.Provisions))
	for i := range cover {
		cover[i] = Span{Start: -1}
	}
	for i, block := range v.Blocks {
		if block.Provision < 0 || block.Provision >= len(v.Provisions) {
			return fmt.Errorf("block %d belongs to provision %d, which does not exist", i, block.Provision)
		}
		for at := block.Provision; at >= 0; at = v.Provisions[at].Parent {
			if cover[at].Start < 0 {
				cover[at].Start = block.Start
			}
			cover[at].End = block.End
		}
	}
	for i, p := range v.Provisions {
		if p.Span != cover[i] {
			return fmt.Errorf("provision %d covers %v, but its blocks %v", i, p.Span, cover[i])
		}
	}
	innermost := -1
	for i, block := range v.Blocks {
		for innermost+1 < len(v.Provisions) && v.Provisions[innermost+1].Start <= block.Start {
			innermost++
		}
		at := innermost
		for at >= 0 && v.Provisions[at].End < block.End {
			at = v.Provisions[at].Parent
		}
		if at != block.Provision {
			return fmt.Errorf("block %d belongs to provision %d, but %d is the innermost", i, block.Provision, at)
		}
	}
	return nil
}

func (v *Version) checkPassages() error {
	around := make([]int, len(v.Provisions)) // how many passages each provision is in, itself included
	for i, p := range v.Provisions {
		if p.Parent >= 0 {
			around[i] = around[p.Parent]
		}
		if p.Passage {
			around[i]++
		}
		if around[i] > 1 {
			return fmt.Errorf("the passage %d is inside another", i)
		}
	}
	for i, block := range v.Blocks {
		if around[block.Provision] == 0 && !block.Heading {
			return fmt.Errorf("block %d is in no passage and no heading", i)
		}
	}
	return nil
}

func (v *Version) checkIDs() error {
	seen := make(map[string]bool, len(v.Provisions))
	for i, p := range v.Provisions {
		if p.ID == "" || seen[p.ID] {
			return fmt.Errorf("the ID %q of provision %d is empty or not unique", p.ID, i)
		}
		seen[p.ID] = true
		for _, r := range p.ID {
			switch {
			case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '.', r == '_', r == '~', r == '-':
			default:
				return fmt.Errorf("the ID %q of provision %d has a character that an address may not have", p.ID, i)
			}
		}
	}
	return nil
}

func (v *Version) checkPages() error {
	before := -1
	for i, p := range v.Pages {
		if i == 0 && p.Start != 0 || p.Start <= before || p.Start >= v.Blocks[len(v.Blocks)-1].End || p.Name == "" {
			return fmt.Errorf("the page %q begins at %d, after one that begins at %d", p.Name, p.Start, before)
		}
		before = p.Start
	}
	return nil
}
