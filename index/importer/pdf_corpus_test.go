package importer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"glossator/index"
	"glossator/index/importer/pdf"
)

// TestMessyPDF holds the structure of real files: the articles that they are
// known to have, and the paragraphs with a number at the top of a resolution.
func TestMessyPDF(t *testing.T) {
	folder := corpus(t, "messy")
	for _, test := range []struct {
		name                 string
		articles, paragraphs int
		pages                int
	}{
		{"ilc-arsiwa-2001.en.pdf", 59, 0, 14},
		{"un-cisg-1980.en.pdf", 101, 1, 34}, // and the first paragraph of a note on it
		{"un-a-res-73-3.en.pdf", 0, 53, 10},
		{"un-a-res-73-7.en.pdf", 0, 28, 5},
		{"un-a-res-73-8.en.pdf", 0, 5, 2},
	} {
		data, err := os.ReadFile(filepath.Join(folder, test.name))
		if err != nil {
			t.Fatal(err)
		}
		_, versions, err := Parse(test.name, data, Metadata{})
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		v := versions[0]
		paragraphs := 0
		for _, p := range v.Provisions {
			if p.Kind == index.Paragraph && p.Number != "" && p.Passage {
				paragraphs++
			}
		}
		pages := map[string]bool{}
		for _, p := range v.Pages {
			pages[p.Name] = true
		}
		if n := count(v, index.Article); n != test.articles || paragraphs != test.paragraphs || len(pages) != test.pages || v.Language != "en" {
			t.Errorf("%s in %s: %d articles, %d paragraphs, %d pages; want %d, %d, %d", test.name, v.Language, n, paragraphs, len(pages), test.articles, test.paragraphs, test.pages)
		}
		nothingIsLost(t, test.name, data, v)
	}
}

// nothingIsLost compares the letters and digits of a version with those of the
// pages of its source, page by page: what is not there is what the layout left
// out, which stands at the head or the foot of pages or is a rule. The order on
// a page is the layout's, and raised digits are like others.
func nothingIsLost(t *testing.T, name string, data []byte, v index.Version) {
	t.Helper()
	pages, err := pdf.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	want := map[rune]int{}
	for _, p := range pages {
		for _, r := range p.Runs {
			countLetters(want, r.Text, 1)
		}
	}
	for _, line := range pdf.Lay(pages).LeftOut {
		countLetters(want, line.Text, -1)
	}
	countLetters(want, v.Text, -1)
	for r, n := range want {
		if n != 0 {
			t.Errorf("%s: %q is %d times more often in the source than in the text and what was left out", name, r, n)
		}
	}
}

func countLetters(count map[rune]int, text string, by int) {
	for _, r := range text {
		if raised := strings.IndexRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r); raised >= 0 {
			r = rune('0' + len([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹"[:raised])))
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			count[r] += by
		}
	}
}
