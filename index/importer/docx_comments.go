package importer

import (
	"fmt"
	"strings"

	"glossator/index"
)

// Bounds on comments: what is beyond them is left out.
const (
	maxComments = 5000
	maxComment  = 20_000 // bytes in one
)

// A Comment is what somebody noted on a stretch of a text in the file itself.
type Comment struct {
	index.Span        // of the version's text
	Author     string // "" if the file does not say
	Date       string // "2025-10-04", "" if the file does not say
	Text       string // paragraphs separated by an empty line
}

// Note returns the comment as the note of an annotation: its text and whose it
// is.
func (c Comment) Note() string {
	from := "a comment in the Word file"
	if c.Author != "" {
		from = c.Author + ", in " + from
	}
	if c.Date != "" {
		from += ", " + c.Date
	}
	return c.Text + "\n\n— " + from
}

// A comment is one whose place is counted in visible characters of the pieces:
// those are in the version in the same order, whatever blanks stand between.
type comment struct {
	author, date, text string
	start, end         int // end is less than start if no stretch is marked
	placed             bool
}

func (r *docxReader) readComments(p *xmlPart) error {
	return p.each(func(xmlStart) error {
		return p.each(func(start xmlStart) error {
			if start.Name.Local != "comment" || len(r.order) == maxComments {
				return p.skip()
			}
			date, _, _ := strings.Cut(xmlAttribute(start, "date"), "T")
			c := &comment{author: squeeze(xmlAttribute(start, "author")), date: squeeze(date), end: -1}
			var paragraphs []string
			err := r.blocks(p, func(paragraph docxParagraph) {
				if text := squeeze(paragraph.text); text != "" {
					paragraphs = append(paragraphs, text)
				}
			})
			c.text = shortened(strings.Join(paragraphs, "\n\n"))
			r.comments[xmlAttribute(start, "id")] = c
			r.order = append(r.order, c)
			return err
		})
	})
}

// shortened cuts a text at the bound on comments, and says so.
func shortened(text string) string {
	if len(text) <= maxComment {
		return text
	}
	return strings.ToValidUTF8(text[:maxComment], "") + "…"
}

// anchor notes where comments begin and end. The mark of the comment itself
// stands at the end of its stretch; alone it is its place.
func (r *docxReader) anchor(marks []docxMark) {
	for _, m := range marks {
		c := r.comments[m.comment]
		switch at := r.written + m.at; {
		case c == nil:
		case m.end:
			c.end = at
		case !c.placed:
			c.start, c.placed = at, true
		}
	}
}

// anchored returns the comments that say something and have a place.
func (r *docxReader) anchored() []comment {
	var found []comment
	for _, c := range r.order {
		if c.placed && c.text != "" {
			found = append(found, *c)
		}
	}
	return found
}

// remarks says what was decided about the text that its source leaves open.
func (r *docxReader) remarks() []string {
	var remarks []string
	if r.inserted+r.deleted > 0 {
		remarks = append(remarks, fmt.Sprintf("it has tracked changes that nobody has accepted, %s and %s; it was read as if all were accepted",
			counted(r.inserted, "insertion"), counted(r.deleted, "deletion")))
	}
	if r.contents > 0 {
		remarks = append(remarks, fmt.Sprintf("its table of contents, %s, was left out", counted(r.contents, "line")))
	}
	return remarks
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// placeComments returns the comments with their places in a version. One
// without a stretch of its own is about the block it stands in.
func placeComments(v index.Version, comments []comment) []Comment {
	if len(comments) == 0 {
		return nil
	}
	var visible []int // the code point of each visible character
	at := 0
	for _, r := range v.Text {
		if !blank(r) {
			visible = append(visible, at)
		}
		at++
	}
	var placed []Comment
	for _, c := range comments {
		first, past := min(c.start, len(visible)-1), min(c.end, len(visible))
		span := blockAt(v, visible[max(0, first-1)])
		if past > first {
			span = index.Span{Start: visible[first], End: visible[past-1] + 1}
		}
		placed = append(placed, Comment{Span: span, Author: c.author, Date: c.date, Text: c.text})
	}
	return placed
}

// blockAt returns the block that holds a code point.
func blockAt(v index.Version, at int) index.Span {
	for _, block := range v.Blocks {
		if at < block.End {
			return block.Span
		}
	}
	return v.Blocks[len(v.Blocks)-1].Span
}
