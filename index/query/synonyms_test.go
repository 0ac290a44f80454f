package query

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseSynonyms(t *testing.T) {
	s, err := ParseSynonyms("\uFEFF# lamps\n\n lamp,  oil   lamp ,lantern\r\nharbour => port, quay\nboat, ship")
	if err != nil {
		t.Fatal(err)
	}
	want := []SynonymGroup{
		{Forms: []string{"lamp", "oil lamp", "lantern"}},
		{Forms: []string{"harbour"}, Adds: []string{"port", "quay"}},
		{Forms: []string{"boat", "ship"}},
	}
	if diff := cmp.Diff(want, s.Groups); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}

func TestParseSynonymsErrors(t *testing.T) {
	for _, c := range []struct {
		text, want string
	}{
		{"a, b\n\nlamp", "line 3: “lamp” is alone: a group has two forms or more, with commas between them"},
		{"a,,b", "line 1: a form is missing before or after a comma or =>"},
		{"a =>", "line 1: a form is missing before or after a comma or =>"},
		{"a => b => c", "line 1: it has more than one =>"},
		{"lamp*, lantern", "line 1: “lamp*” has a sign that means something in a query; a form is words alone"},
		{"lamp, oil & wick", "line 1: “&” in “oil & wick” has no letter and no digit"},
		{"a, b c d e f g h i j", "line 1: “b c d e f g h i j” is too long: a form has at most 8 words and 100 characters"},
		{"a, b\xff", "line 1: it is not valid UTF-8"},
		{strings.Repeat("a,", 20) + "b", "line 1: it has 21 forms side by side and may have 20"},
		{strings.Repeat("a, b\n", 2001), "line 2001: there are more than 2000 groups"},
		{strings.Repeat("#", 100_001), "line 1: the text has 100001 characters and may have 100000"},
	} {
		_, err := ParseSynonyms(c.text)
		if wrong := (*SynonymError)(nil); !errors.As(err, &wrong) || err.Error() != c.want {
			t.Errorf("%.40q: %v, want %s", c.text, err, c.want)
		}
	}
}

func TestExpand(t *testing.T) {
	s, err := ParseSynonyms("lamp, oil lamp, lantern\nharbour => port\nship, vessel\nship, boats\nlife boat station, LBS\nco-operate, collaborate")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, want string
		added      []string
	}{
		{"", "", nil},
		{"rope", "rope", nil},
		{"lamp", "lamp OR \"oil lamp\"^0.5 OR lantern^0.5", []string{"oil lamp", "lantern"}},
		{"LANTERNS", "LANTERNS OR lamp^0.5 OR \"oil lamp\"^0.5", []string{"lamp", "oil lamp"}},
		{"oil lamps rope", "(oil AND lamps OR lamp^0.5 OR lantern^0.5) rope", []string{"lamp", "lantern"}},
		{"harbour", "harbour OR port^0.5", []string{"port"}},
		{"port", "port", nil},
		{"ship", "ship OR vessel^0.5 OR boats^0.5", []string{"vessel", "boats"}},
		{"life boat station", "life AND boat AND station OR LBS^0.5", []string{"LBS"}},
		{"life boat", "life (boat OR ship^0.5)", []string{"ship"}},
		{"lbs", "lbs OR \"life boat station\"^0.5", []string{"life boat station"}},
		{"rope OR harbour", "rope OR harbour OR port^0.5", []string{"port"}},
		{"rope (harbour OR quay)", "rope (harbour OR port^0.5 OR quay)", []string{"port"}},
		{"co-operate", "co-operate OR collaborate^0.5", []string{"collaborate"}},
		{"lamp lantern", "(lamp OR \"oil lamp\"^0.5 OR lantern^0.5) (lantern OR lamp^0.5 OR \"oil lamp\"^0.5)", []string{"oil lamp", "lantern", "lamp"}},
		{`"lamp" lam? title:lamp kind:lamp NOT lamp`, `"lamp" lam? title:lamp kind:lamp NOT lamp`, nil},
		{"oil NOT rope lamp", "oil NOT rope (lamp OR \"oil lamp\"^0.5 OR lantern^0.5)", []string{"oil lamp", "lantern"}},
	} {
		q, err := Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		e := s.Expand(q)
		if diff := cmp.Diff(c.want, e.Query.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, diff)
		}
		if diff := cmp.Diff(c.added, e.Added); diff != "" {
			t.Errorf("%s adds (-want +got):\n%s", c.text, diff)
		}
		if got := Join(e.Typed...); !cmp.Equal(got, q) || len(e.Typed) != len(Clauses(e.Query)) {
			t.Errorf("%s: typed for the clauses of %s is %q", c.text, e.Query, e.Typed)
		}
	}
}

func TestExpandNothing(t *testing.T) {
	q := And{w("oil"), w("lamp")}
	for _, s := range []*Synonyms{nil, {}} {
		if diff := cmp.Diff(Expansion{Query: q, Typed: Clauses(q)}, s.Expand(q)); diff != "" {
			t.Errorf("without synonyms (-want +got):\n%s", diff)
		}
	}
}

// However many synonyms a query has, what is added to it is bounded.
func TestExpandBounded(t *testing.T) {
	var text strings.Builder
	for i := range 10 {
		n := string(rune('a' + i))
		text.WriteString("lamp" + n)
		for j := range 19 {
			text.WriteString(", x" + n + string(rune('a'+j)))
		}
		text.WriteString("\n")
	}
	s, err := ParseSynonyms(text.String())
	if err != nil {
		t.Fatal(err)
	}
	q, err := Parse("lampa lampb lampc lampd lampe lampf")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.Expand(q).Added); n != maxAdded {
		t.Errorf("%d forms are added, want %d", n, maxAdded)
	}
}

func TestOwnSynonyms(t *testing.T) {
	s, err := ParseSynonyms(OwnSynonyms)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Expand(And{w("computer"), w("systems")}).Added[0], "information system"; got != want {
		t.Errorf("computer systems are also searched as %q, want %q", got, want)
	}
}
