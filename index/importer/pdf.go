package importer

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"glossator/index"
	"glossator/index/importer/pdf"
)

// unmappedMost is the part of the characters of a PDF file of which it need not
// say what they are.
const unmappedMost = 0.02

func sniffPDF(s source) bool {
	return bytes.HasPrefix(s.data, []byte("%PDF")) || strings.EqualFold(filepath.Ext(s.name), ".pdf") && bytes.Contains(s.data[:min(len(s.data), 1024)], []byte("%PDF"))
}

// parsePDF reads a PDF file: its text in the order in which it is read, without
// what repeats on every page, as paragraphs with the notes after them.
func parsePDF(s source) (index.Document, []draft, error) {
	none := index.Document{}
	pages, err := pdf.Read(s.data)
	if err != nil {
		return none, nil, refusePDF(err)
	}
	remarks, err := judgePages(pages)
	if err != nil {
		return none, nil, err
	}
	text := newFlow(pdf.Lay(pages))
	built := segment(text.pieces)
	d := draft{title: built.title, segmenter: built, pages: text.starts, remarks: append(text.remarks, remarks...)}
	return none, []draft{d}, nil
}

// refusePDF says of a file that could not be read how to mend it.
func refusePDF(err error) error {
	const again = "print it to a new PDF file, or save its text as .txt"
	switch {
	case errors.Is(err, pdf.ErrEncrypted):
		return fmt.Errorf("%w: %w; save a copy without one", ErrLocked, err)
	case errors.Is(err, pdf.ErrDamaged):
		return fmt.Errorf("%w: it does not hold together as PDF; download it again", ErrMalformed)
	case errors.Is(err, pdf.ErrTooLarge):
		return fmt.Errorf("%w: %w; split it", ErrTooLarge, err)
	}
	return fmt.Errorf("%w: %w; %s", ErrMalformed, err, again)
}

// judgePages refuses pages that cannot be read, in whole or in part, and says of
// the others what is not read of them.
func judgePages(pages []pdf.Page) (remarks []string, err error) {
	runs, characters, unmapped := 0, 0, 0
	var pictures, broken []int
	for i, p := range pages {
		runs += len(p.Runs)
		unmapped += p.Unmapped
		for _, r := range p.Runs {
			characters += len([]rune(r.Text))
		}
		switch {
		case p.Broken:
			broken = append(broken, i+1)
		case p.Drawn && len(p.Runs) == 0:
			pictures = append(pictures, i+1)
		}
	}
	switch {
	case len(broken) > 0:
		return nil, fmt.Errorf("%w: %s cannot be read; download it again", ErrMalformed, pagesNamed(broken))
	case runs == 0 && len(pictures) > 0:
		return nil, fmt.Errorf("%w: it is a scan, whose pages are pictures; have its text recognised (OCR) first", ErrEmpty)
	case runs == 0:
		return nil, fmt.Errorf("%w: its pages are empty", ErrEmpty)
	case float64(unmapped) > unmappedMost*float64(characters):
		return nil, fmt.Errorf("%w: the file does not say which letters %d of its %d characters are; print it to a new PDF file, or have its text recognised (OCR)", ErrMalformed, unmapped, characters)
	}
	if unmapped > 0 {
		remarks = append(remarks, fmt.Sprintf("it does not say what %s; “\ufffd” stands for each", several(unmapped, "of its characters is", "of its characters are")))
	}
	if len(pictures) > 0 {
		remarks = append(remarks, "what is on "+pagesNamed(pictures)+" is a picture, whose text is not read")
	}
	return remarks, nil
}

// pagesNamed names pages by their places: "page 3", "pages 3 and 5".
func pagesNamed(places []int) string {
	const most = 20
	if len(places) == 1 {
		return fmt.Sprint("page ", places[0])
	}
	var list strings.Builder
	for i, place := range places[:min(len(places), most)] {
		switch {
		case i > 0 && i == len(places)-1:
			list.WriteString(" and ")
		case i > 0:
			list.WriteString(", ")
		}
		fmt.Fprint(&list, place)
	}
	if len(places) > most {
		fmt.Fprintf(&list, " and %d more", len(places)-most)
	}
	return "pages " + list.String()
}

func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

// A pageStart says from where on the text is that of a page.
type pageStart struct {
	name   string // of the page
	before int    // how many characters that are not blank stand before it
}

// pagesOf returns where in a text its pages begin. The text holds the characters
// that starts counts, in their order.
func pagesOf(text string, starts []pageStart) []index.Page {
	var pages []index.Page
	at, shown := 0, 0
	for _, r := range text {
		if !blank(r) {
			for len(starts) > 0 && starts[0].before <= shown {
				if n := len(pages); n > 0 && pages[n-1].Start == at {
					pages = pages[:n-1]
				}
				if n := len(pages); n == 0 || pages[n-1].Name != starts[0].name {
					pages = append(pages, index.Page{Start: at, Name: starts[0].name})
				}
				starts = starts[1:]
			}
			shown++
		}
		at++
	}
	return pages
}

// lowerFirst reports whether a text begins with a small letter.
func lowerFirst(s string) bool {
	for _, r := range s {
		return unicode.IsLower(r)
	}
	return false
}
