package index

import "sort"

// A TextBlock is a block with its words.
type TextBlock struct {
	Block
	Text string
}

// Excerpt returns the blocks from a code point of the text on, up to the one that
// makes them limit code points long; none after the end of the text.
func (v *Version) Excerpt(from, limit int) (blocks []TextBlock) {
	cut := cutter{text: v.Text}
	first := sort.Search(len(v.Blocks), func(i int) bool { return v.Blocks[i].Start >= from })
	for _, b := range v.Blocks[first:] {
		blocks = append(blocks, TextBlock{b, cut.span(b.Span)})
		if limit -= b.End - b.Start; limit <= 0 {
			break
		}
	}
	return blocks
}
