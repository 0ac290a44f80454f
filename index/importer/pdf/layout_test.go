package pdf

import (
	"math"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// run returns a run of a font whose characters are as wide as half its size.
func run(left, base, size float64, text string) Run {
	return Run{Text: text, Left: left, Right: left + size/2*float64(len([]rune(text))), Base: base, Size: size}
}

func texts(lines []Line) []string {
	var out []string
	for _, line := range lines {
		text := line.Text
		if line.Note {
			text = "note: " + text
		}
		out = append(out, text)
	}
	return out
}

const filler = "the boat goes over the river as it always has done"

func TestLay(t *testing.T) {
	for _, test := range []struct {
		name       string
		pages      []Page
		want, left []string
		called     string
	}{
		{
			name: "runs of one line, not in order, with a raised mark",
			pages: []Page{{Width: 400, Height: 600, Runs: []Run{
				run(60, 480, 10, "on."), run(80, 500, 10, "lamp"), run(60, 500, 10, "The"), run(101, 503.5, 6, "12"), run(110, 500, 10, "is"),
			}}},
			want: []string{"The lamp ¹² is", "on."}, called: "1",
		},
		{
			name: "a running head and numbers of pages",
			pages: []Page{
				{Width: 400, Height: 600, Runs: []Run{run(60, 580, 8, "The Lamp Act"), run(60, 500, 10, filler), run(200, 30, 10, "- 41 -")}},
				{Width: 400, Height: 600, Runs: []Run{run(60, 580, 8, "The Lamp Act"), run(60, 500, 10, filler), run(200, 30, 10, "- 42 -")}},
			},
			want: []string{filler, filler}, left: []string{"The Lamp Act", "- 41 -", "The Lamp Act", "- 42 -"}, called: "41 42",
		},
		{
			name: "headings that only look alike stay",
			pages: []Page{
				{Width: 400, Height: 600, Runs: []Run{run(180, 560, 10, "Article 4"), run(60, 520, 10, filler)}},
				{Width: 400, Height: 600, Runs: []Run{run(180, 560, 10, "Article 7"), run(60, 520, 10, filler)}},
				{Width: 400, Height: 600, Runs: []Run{run(180, 560, 10, "Article 8"), run(60, 520, 10, filler)}},
			},
			want: []string{"Article 4", filler, "Article 7", filler, "Article 8", filler}, called: "1 2 3",
		},
		{
			name: "a note below a rule",
			pages: []Page{{Width: 400, Height: 600, Runs: []Run{
				run(60, 500, 10, filler), run(60, 488, 10, filler), run(60, 120, 8, "________"), run(60, 110, 5, "1"), run(64, 107, 8, "A note"), run(60, 98, 8, "on it."),
			}}},
			want: []string{filler, filler, "note: ¹ A note", "note: on it."}, left: []string{"note: ________"}, called: "1",
		},
		{
			name: "what does not stand upright comes last",
			pages: []Page{{Width: 400, Height: 600, Label: "iv", Runs: []Run{
				{Text: "DRAFT", Left: 10, Right: 20, Base: 300, Size: 40, Turned: true}, run(60, 500, 10, filler),
			}}},
			want: []string{filler, "note: DRAFT"}, called: "iv",
		},
	} {
		l := Lay(test.pages)
		if diff := cmp.Diff(test.want, texts(l.Lines)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
		if diff := cmp.Diff(strings.Join(test.left, "|"), strings.Join(texts(l.LeftOut), "|")); diff != "" {
			t.Errorf("%s: left out: %s", test.name, diff)
		}
		if called := strings.Join(l.Pages, " "); called != test.called {
			t.Errorf("%s: the pages are called %s", test.name, called)
		}
	}
}

// checkLayout holds that every character of the runs is in a line, or was left
// out, once.
func checkLayout(t *testing.T, pages []Page) {
	t.Helper()
	l := Lay(pages)
	if len(l.Pages) != len(pages) {
		t.Fatalf("%d names of %d pages", len(l.Pages), len(pages))
	}
	var want, got []string
	for _, p := range pages {
		for _, r := range p.Runs {
			want = append(want, strings.Split(plain(r.Text), "")...)
		}
	}
	for _, line := range append(l.Lines, l.LeftOut...) {
		got = append(got, strings.Split(plain(line.Text), "")...)
		if line.Page < 0 || line.Page >= len(pages) || math.IsNaN(line.From) || math.IsNaN(line.Gap) {
			t.Fatalf("%+v", line)
		}
	}
	sort.Strings(want)
	sort.Strings(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

// plain returns a text without blanks and with raised digits as others.
func plain(s string) string {
	for digit, up := range raised {
		s = strings.ReplaceAll(s, string(up), string(digit))
	}
	return solid(s)
}

// FuzzLay lays out runs at places of four bytes each.
func FuzzLay(f *testing.F) {
	f.Add("The lamp\nis lit\n12\nA note", []byte{10, 90, 10, 0, 50, 90, 10, 0, 60, 10, 9, 0, 10, 12, 6, 0})
	f.Add("a\nb\nc\nd\ne\nf\ng\nh\ni\nj", []byte{1, 9, 8, 2, 7, 3})
	f.Fuzz(func(t *testing.T, text string, places []byte) {
		var pages []Page
		at := func(i int) float64 {
			if len(places) == 0 {
				return float64(i)
			}
			return float64(places[i%len(places)])
		}
		for i, word := range strings.Split(text, "\n") {
			if i%7 == 0 {
				pages = append(pages, Page{Width: 255, Height: 255})
			}
			if word = strings.TrimSpace(strings.ToValidUTF8(word, "")); solid(word) == "" {
				continue
			}
			r := run(at(4*i), at(4*i+1), at(4*i+2)/8+1, word)
			r.Turned, r.Bold, r.Space = at(4*i+3) > 250, int(at(4*i+3))&1 > 0, int(at(4*i+3))&2 > 0
			pages[len(pages)-1].Runs = append(pages[len(pages)-1].Runs, r)
		}
		checkLayout(t, pages)
	})
}
