package index

import (
	"strings"
	"testing"
)

func TestExcerpt(t *testing.T) {
	v := &Version{Text: "Ärger\nalong\nthe quay", Blocks: []Block{{Span: Span{0, 5}}, {Span: Span{6, 11}}, {Span: Span{12, 20}}}}
	for _, test := range []struct {
		from, limit int
		want        string
	}{
		{0, 100, "Ärger|along|the quay"},
		{0, 5, "Ärger"},
		{0, 6, "Ärger|along"},
		{1, 100, "along|the quay"},
		{12, 1, "the quay"},
		{13, 100, ""},
	} {
		var got []string
		for _, b := range v.Excerpt(test.from, test.limit) {
			got = append(got, b.Text)
		}
		if strings.Join(got, "|") != test.want {
			t.Errorf("from %d, %d long: %q; want %q", test.from, test.limit, got, test.want)
		}
	}
}
