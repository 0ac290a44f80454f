package index_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
)

// found is a hit at 1000 whose matches stand in square brackets.
func found(text string) index.Hit {
	hit := index.Hit{Passage: index.Passage{
		Document: "d", Version: "v", Language: "en", Provision: "art1", Pinpoint: "art. 1", Span: index.Span{Start: 1000},
	}}
	at := hit.Start
	for _, r := range text {
		switch r {
		case '[':
			hit.Spans = append(hit.Spans, index.Span{Start: at})
		case ']':
			hit.Spans[len(hit.Spans)-1].End = at
		default:
			hit.Text += string(r)
			at++
		}
	}
	hit.End = at
	return hit
}

func TestLines(t *testing.T) {
	eighty := strings.Repeat("tide ", 16) // code points
	for _, test := range []struct {
		name, text string
		want       []string // Left|Match|Right
	}{
		{"no match", "Boats leave at dawn.", nil},
		{"all of it", "[Boats]", []string{"|Boats|"}},
		{"at the beginning", "[Boats] leave at dawn.", []string{"|Boats| leave at dawn."}},
		{"at the end", "At dawn leave [boats]", []string{"At dawn leave |boats|"}},
		{"several", "[Boats] meet [boats] and [boats].", []string{
			"|Boats| meet boats and boats.", "Boats meet |boats| and boats.", "Boats meet boats and |boats|.",
		}},
		{"white space", "Rules for\nall\tsmall [fast\nboats]\n(a)\u00a0red ones;", []string{"Rules for all small |fast boats| (a) red ones;"}},
		{"as many as fit", "on " + eighty[:75] + "high [boats] " + eighty + "end", []string{
			eighty[:75] + "high |boats| " + eighty[:79],
		}},
		{"cut between words", "long " + eighty + "[boats]," + eighty + "long", []string{eighty + "|boats|," + eighty[:79]}},
		{"brackets of a point stay", strings.Repeat("x", 90) + " (a) red [boats] (b) " + strings.Repeat("y", 90), []string{"(a) red |boats| (b)"}},
		{"a word without an end", strings.Repeat("é", 90) + "[boats]" + strings.Repeat("é", 90), []string{
			strings.Repeat("é", 80) + "|boats|" + strings.Repeat("é", 80),
		}},
		{"a combined character stays whole", strings.Repeat("e\u0301\u0323", 40) + "[boats]" + strings.Repeat("e\u0301\u0323", 40), []string{
			strings.Repeat("e\u0301\u0323", 26) + "|boats|" + strings.Repeat("e\u0301\u0323", 26),
		}},
		{"beyond the basic plane", "⛵ 𝔟𝔬𝔞𝔱 🚢🏽 [𝔟𝔬𝔞𝔱𝔰] 🌊 ⚓", []string{"⛵ 𝔟𝔬𝔞𝔱 🚢🏽 |𝔟𝔬𝔞𝔱𝔰| 🌊 ⚓"}},
		{"without blanks", strings.Repeat("海", 79) + "。灯[船]" + strings.Repeat("海", 79) + "灯。", []string{
			strings.Repeat("海", 78) + "。灯|船|" + strings.Repeat("海", 79),
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			hit := found(test.text)
			var got []string
			for i, line := range hit.Lines() {
				got = append(got, line.Left+"|"+line.Match+"|"+line.Right)
				if line.Span != hit.Spans[i] || line.Document != "d" || line.Version != "v" || line.Language != "en" {
					t.Errorf("line %d is of %v in %s, %s, %s", i, line.Span, line.Document, line.Version, line.Language)
				}
				if l, r := utf8.RuneCountInString(line.Left), utf8.RuneCountInString(line.Right); l > 80 || r > 80 {
					t.Errorf("line %d has %d and %d code points beside the match", i, l, r)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLinesAreCitedEach(t *testing.T) {
	hit := found("Ports: (a) [boats]; (b) nets, [boats and\nnets].")
	hit.Inner = []index.Inner{
		{Span: index.Span{Start: 1007, End: 1017}, Provision: "art1.a", Pinpoint: "art. 1(a)"},
		{Span: index.Span{Start: 1018, End: 1044}, Provision: "art1.b", Pinpoint: "art. 1(b)"},
	}
	var got []string
	for _, line := range hit.Lines() {
		got = append(got, line.Provision+" "+line.Pinpoint)
	}
	if diff := cmp.Diff([]string{"art1.a art. 1(a)", "art1.b art. 1(b)"}, got); diff != "" {
		t.Errorf("cited (-want +got):\n%s", diff)
	}
}

func TestSortedBy(t *testing.T) {
	hit := found("Old 𝔯ed slow, [boats] l'été 海船 sail.")
	line := hit.Lines()[0]
	for order, want := range map[string]string{
		index.ByLeft: "slow", index.ByLeft2: "𝔯ed", index.ByLeft3: "Old", index.ByRight: "l", index.ByRight2: "été", index.ByRight3: "海",
		index.ByYear: "", index.ByDocument: "", "": "",
	} {
		got := ""
		if s := line.SortedBy(order); s != nil {
			got = string([]rune(hit.Text)[s.Start-hit.Start : s.End-hit.Start])
		}
		if got != want {
			t.Errorf("by %q: %q, want %q", order, got, want)
		}
	}
	if s := found("red [boats]").Lines()[0].SortedBy(index.ByLeft2); s != nil {
		t.Errorf("there is no second word, but %v", s)
	}
}
