package importer

import (
	"strings"
	"testing"

	"glossator/index/importer/pdf"
)

// FuzzFlow holds that whatever stands on pages becomes a version that keeps the
// rules of the model, its pages among them, with no letter more than was there.
// A run stands at a place of four bytes.
func FuzzFlow(f *testing.F) {
	f.Add("Article 1\nScope\n1. The lamp is\nlit.\n(a) one;\n(b) two.\n12\nArticle 2\nOil is dear-\nly bought.", []byte{50, 90, 10, 0, 60, 80, 10, 0, 10, 70, 9, 0, 10, 60, 9, 0})
	f.Add("1. a\n¹ b\n2. c\n²\n3. d\n\u200b\n4. e\nf", []byte{10, 90, 80, 1, 10, 20, 40, 0})
	f.Fuzz(func(t *testing.T, text string, places []byte) {
		at := func(i int) float64 {
			if len(places) == 0 {
				return float64(i)
			}
			return float64(places[i%len(places)])
		}
		var pages []pdf.Page
		letters := map[rune]int{}
		for i, word := range strings.Split(text, "\n") {
			if i%6 == 0 {
				pages = append(pages, pdf.Page{Width: 255, Height: 255})
			}
			if word = squeeze(strings.ToValidUTF8(word, "")); word == "" {
				continue
			}
			countLetters(letters, word, 1)
			size := at(4*i+2)/8 + 1
			page := &pages[len(pages)-1]
			page.Runs = append(page.Runs, pdf.Run{
				Text: word, Left: at(4 * i), Right: at(4*i) + size/2*float64(len([]rune(word))), Base: at(4*i + 1), Size: size, Bold: at(4*i+3) > 200,
			})
		}
		laid := newFlow(pdf.Lay(pages))
		v, err := segment(laid.pieces).version()
		if err != nil {
			return
		}
		v.Pages = pagesOf(v.Text, laid.starts)
		if err := v.Check(); err != nil {
			t.Fatal(err)
		}
		if len(v.Pages) == 0 {
			t.Fatal("no pages")
		}
		countLetters(letters, v.Text, -1)
		for _, line := range laid.layout.LeftOut {
			countLetters(letters, line.Text, -1)
		}
		for r, n := range letters {
			if n != 0 {
				t.Fatalf("%q is %d times more often on the pages", r, n)
			}
		}
	})
}
