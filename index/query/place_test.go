package query

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlaceAt(t *testing.T) {
	for _, c := range []struct {
		text string // | is where one types
		want Place
		none bool
	}{
		{text: "|", none: true},
		{text: "sov|", want: Place{Typed: "sov", Starts: []int{0}, End: 3}},
		{text: "so|v x", want: Place{Typed: "so", Starts: []int{0}, End: 3}},
		{text: "x |", none: true},
		{text: "a b c d e f|", want: Place{Typed: "f", Starts: []int{10, 8, 6, 4, 2}, End: 11}},
		{text: "a OR united kin|", want: Place{Typed: "kin", Starts: []int{12, 5}, End: 15}},
		{text: "kind:treaty (kin|)", want: Place{Typed: "kin", Starts: []int{13}, End: 16}},
		{text: "a -kin|", want: Place{Typed: "kin", Starts: []int{3}, End: 6}},
		{text: "cyber-cr|", want: Place{Typed: "cyber-cr", Starts: []int{0}, End: 8}},
		{text: "sov*|", none: true},
		{text: "AND|", none: true},
		{text: "a/b|", none: true},
		{text: "kind:|", want: Place{Field: "kind", Starts: []int{0}, End: 5}},
		{text: "x KIND:tr|ea y", want: Place{Field: "kind", Typed: "tr", Starts: []int{2}, End: 11}},
		{text: `x kind:"code of|"`, want: Place{Field: "kind", Typed: "code of", Starts: []int{2}, End: 16}},
		{text: `kind:"code| of`, want: Place{Field: "kind", Typed: "code", Starts: []int{0}, End: 10}},
		{text: "colour:r|", none: true},
		{text: `colour:"r|`, none: true},
		{text: `"information sec|`, want: Place{Typed: "sec", Quoted: true, Starts: []int{13}, End: 16}},
		{text: `"information |`, none: true},
		{text: `"say \" sec|`, want: Place{Typed: "sec", Quoted: true, Starts: []int{8}, End: 11}},
		{text: `"a" sec|`, want: Place{Typed: "sec", Starts: []int{4}, End: 7}},
		{text: "“a” «sé|", want: Place{Typed: "sé", Quoted: true, Starts: []int{5}, End: 7}},
	} {
		before, after, _ := strings.Cut(c.text, "|")
		got, ok := PlaceAt(before+after, len([]rune(before)))
		if ok == c.none {
			t.Errorf("%s: there is a place is %v: %+v", c.text, ok, got)
		} else if diff := cmp.Diff(c.want, got); ok && diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, diff)
		}
	}
}

func FuzzPlaceAt(f *testing.F) {
	f.Add(`kind:"a b" c`, 5)
	f.Fuzz(func(t *testing.T, text string, at int) {
		p, ok := PlaceAt(text, at)
		for _, start := range p.Starts {
			if ok && (start < 0 || start > p.End || p.End > len([]rune(text))) {
				t.Errorf("%q at %d: %+v", text, at, p)
			}
		}
	})
}
