package index_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
)

// line is one block of a test version: where its provision stands (deeper lines
// are children of the last shallower one) and what it is.
type line struct {
	depth                 int
	kind, number, heading string
	text                  string
}

// build makes a version of one block for each line; a line without kind is
// further text of the provision at its depth.
func build(lines ...line) *index.Version {
	v := &index.Version{ID: "v", Document: "d", Language: "en"}
	var open []int
	var texts []string
	at := 0
	for _, l := range lines {
		open = open[:min(l.depth+1, len(open))]
		if l.kind != "" {
			open = open[:l.depth]
			parent := -1
			if l.depth > 0 {
				parent = open[l.depth-1]
			}
			passage := l.kind == index.Article || l.kind == index.Recital || l.kind == index.Paragraph
			for up := parent; up >= 0; up = v.Provisions[up].Parent {
				passage = passage && !v.Provisions[up].Passage
			}
			v.Provisions = append(v.Provisions, index.Provision{
				Span: index.Span{Start: at}, Kind: l.kind, Number: l.number, Heading: l.heading, Parent: parent, Passage: passage,
			})
			open = append(open, len(v.Provisions)-1)
		}
		end := at + utf8.RuneCountInString(l.text)
		v.Blocks = append(v.Blocks, index.Block{
			Span: index.Span{Start: at, End: end}, Provision: open[l.depth], Heading: l.heading != "",
		})
		for _, i := range open {
			v.Provisions[i].End = end
		}
		texts = append(texts, l.text)
		at = end + 1
	}
	v.Text = strings.Join(texts, "\n")
	index.Identify(v.Provisions)
	return v
}

func treaty() *index.Version {
	return build(
		line{0, index.Section, "", "Convention on Lanterns", "Convention on Lanterns"},
		line{0, index.Preamble, "", "Preamble", "Preamble"},
		line{1, index.Paragraph, "", "", "The Parties, fond of light,"},
		line{1, index.Paragraph, "", "", "Have agreed as follows:"},
		line{1, index.Recital, "14", "", "(14) Whereas é counts as one."},
		line{1, index.Article, "", "", "A preamble that its source calls an article."},
		line{0, index.Chapter, "II", "Measures", "Chapter II – Measures"},
		line{1, index.Paragraph, "", "", "A word before the articles."},
		line{1, index.Article, "9", "Wicks", "Article 9 – Wicks"},
		line{2, index.Paragraph, "1", "", "1 Wicks are short."},
		line{2, index.Paragraph, "2", "", "2 A Party shall:"},
		line{3, index.Point, "a", "", "a trim them;"},
		line{3, index.Point, "", "", "– and keep them."},
		line{2, "", "", "", "closing words"}, // of paragraph 2
		line{1, index.Article, "1 bis", "", "Article 1 bis"},
		line{0, index.Chapter, "3", "More", "Chapter 3 More"},
		line{1, index.Article, "9", "Oil", "Article 9 Oil"},
		line{0, index.Annex, "II", "Lists", "Annex II Lists"},
		line{1, index.Paragraph, "3", "", "3. Lamps."},
		line{1, index.Paragraph, "", "", "And more lamps:"},
		line{2, index.Point, "b", "", "(b) of oil."},
		line{1, index.Article, "9", "", "Article 9"},
		line{1, index.Article, "9", "", "Article 9 again"},
	)
}

func TestIdentifyPinpointLabel(t *testing.T) {
	v := treaty()
	if err := v.Check(); err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, pinpoint := range v.Pinpoints() {
		if pinpoint != v.Pinpoint(i) {
			t.Errorf("provision %d is %q among all, %q alone", i, pinpoint, v.Pinpoint(i))
		}
		got = append(got, v.Provisions[i].ID+" | "+pinpoint+" | "+v.Label(i))
	}
	want := []string{
		"s1 | “Convention on Lanterns” | Convention on Lanterns",
		"preamble | preamble | Preamble",
		"preamble.p1 | preamble, para. 1 | Paragraph 1",
		"preamble.p2 | preamble, para. 2 | Paragraph 2",
		"rec14 | recital 14 | Recital 14",
		"preamble.art-1 | preamble | A preamble that its source calls an article.",
		"ch2 | ch. II | Chapter II Measures",
		"ch2.p1 | ch. II, para. 1 | Paragraph 1",
		"ch2.art9 | ch. II, art. 9 | Article 9 Wicks",
		"ch2.art9.1 | ch. II, art. 9(1) | Paragraph 1",
		"ch2.art9.2 | ch. II, art. 9(2) | Paragraph 2",
		"ch2.art9.2.a | ch. II, art. 9(2)(a) | Point a",
		"ch2.art9.2.indent1 | ch. II, art. 9(2), indent 1 | Point 1",
		"art1bis | art. 1 bis | Article 1 bis",
		"ch3 | ch. 3 | Chapter 3 More",
		"ch3.art9 | ch. 3, art. 9 | Article 9 Oil",
		"annex2 | annex II | Annex II Lists",
		"annex2.3 | annex II, para. 3 | Paragraph 3",
		"annex2.p1 | annex II, unnumbered para. 1 | Paragraph 1",
		"annex2.p1.b | annex II, unnumbered para. 1(b) | Point b",
		"annex2.art9 | annex II, art. 9 | Article 9",
		"annex2.art9~2 | annex II, art. 9 [second] | Article 9",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNumbersInIDs(t *testing.T) {
	for _, test := range []struct{ kind, number, id string }{
		{index.Paragraph, "72", "para72"},
		{index.Article, "G-10", "artG-10"},
		{index.Article, "10.7", "art10.7"},
		{index.Article, "XLIV", "art44"},
		{index.Article, "IIII", "artIIII"},
		{index.Annex, "C", "annexC"},
		{index.Annex, "", "annex"},
		{index.Annex, "A–1", "annexA-1"},
		{index.Point, "I", "I"},
		{index.Paragraph, "II", "paraII"},
		{index.Point, "", "indent1"},
		{index.Paragraph, "", "p1"},
		{index.Article, "第", "art-1"},
	} {
		provisions := []index.Provision{{Kind: test.kind, Number: test.number, Parent: -1}}
		if index.Identify(provisions); provisions[0].ID != test.id {
			t.Errorf("%s %q: got ID %q, want %q", test.kind, test.number, provisions[0].ID, test.id)
		}
	}
}

func TestPassages(t *testing.T) {
	passages := treaty().Passages()
	var got []string
	for _, p := range passages {
		got = append(got, p.Pinpoint)
	}
	want := []string{
		"preamble, para. 1", "preamble, para. 2", "recital 14", "preamble", "ch. II, para. 1", "ch. II, art. 9", "art. 1 bis",
		"ch. 3, art. 9", "annex II, para. 3", "annex II, unnumbered para. 1", "annex II, art. 9", "annex II, art. 9 [second]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	wicks := passages[5]
	if want := "Article 9 – Wicks\n1 Wicks are short.\n2 A Party shall:\na trim them;\n– and keep them.\nclosing words"; wicks.Text != want {
		t.Errorf("text %q, want %q", wicks.Text, want)
	}
	if want := []index.Crumb{{Provision: "ch2", Label: "Chapter II Measures"}}; !cmp.Equal(wicks.Path, want) {
		t.Error(cmp.Diff(want, wicks.Path))
	}
	if len(wicks.Inner) != 4 {
		t.Fatalf("%d provisions inside, want 4", len(wicks.Inner))
	}
	trim := wicks.Inner[2].Span
	if id, pinpoint := wicks.Cite(index.Span{Start: trim.Start + 2, End: trim.End}); id != "ch2.art9.2.a" || pinpoint != "ch. II, art. 9(2)(a)" {
		t.Errorf("cited as %s, %s", id, pinpoint)
	}
}

func TestCheckRefuses(t *testing.T) {
	for name, spoil := range map[string]func(v *index.Version){
		"no blocks":           func(v *index.Version) { v.Blocks = nil },
		"gap":                 func(v *index.Version) { v.Blocks[1].Start++ },
		"text goes on":        func(v *index.Version) { v.Text += "x" },
		"text too short":      func(v *index.Version) { v.Text = v.Text[:len(v.Text)-1] },
		"not UTF-8":           func(v *index.Version) { v.Text = v.Text[:len(v.Text)-1] + "\xff" },
		"no line break":       func(v *index.Version) { v.Text = strings.Replace(v.Text, "\n", " ", 1) },
		"unknown kind":        func(v *index.Version) { v.Provisions[0].Kind = "clause" },
		"child before parent": func(v *index.Version) { v.Provisions[2].Parent = 5 },
		"span too short":      func(v *index.Version) { v.Provisions[8].End-- },
		"not innermost":       func(v *index.Version) { v.Blocks[9].Provision = 8 },
		"missing provision":   func(v *index.Version) { v.Blocks[9].Provision = 99 },
		"nested passages":     func(v *index.Version) { v.Provisions[9].Passage = true },
		"outside passages":    func(v *index.Version) { v.Provisions[2].Passage = false },
		"same ID":             func(v *index.Version) { v.Provisions[2].ID = "preamble" },
		"bad ID":              func(v *index.Version) { v.Provisions[2].ID = "a b" },
	} {
		v := treaty()
		spoil(v)
		if err := v.Check(); !errors.Is(err, index.ErrStructure) {
			t.Errorf("%s: got %v, want ErrStructure", name, err)
		}
	}
}
