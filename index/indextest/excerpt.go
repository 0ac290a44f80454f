package indextest

import (
	"strings"
	"testing"

	"glossator/index"
	"glossator/index/query"
)

// excerpt checks that the marks in a note are what a query asks of notes: there
// are marks just where the passage of that note is found.
func excerpt(t *testing.T, e index.Engine) {
	const note = "Ämter: re-export of lanterns, or a lantern's re-import. Nothing on keepers."
	change := harbour(1, "v1", "A bell.")
	change.Passages[0].Annotations = []index.Annotations{{Audience: "public", Notes: []string{note}}}
	apply(t, e, change)
	for _, c := range []struct {
		query query.Query
		want  string // the marks, divided by bars
	}{
		{in("note", word("lantern")), "lanterns|lantern"},
		{in("note", phrase("lantern")), "lantern"},
		{in("note", phrase("of lanterns")), "of lanterns"},
		{in("note", word("reexport")), "re-export"},
		{in("note", word("re-export")), "re-export"},
		{in("note", pattern("keep*")), "keepers"},
		{in("note", word("ämter")), "Ämter"},
		{query.And{in("note", word("keeper")), word("bell")}, "keepers"},
		{query.Or{in("note", word("gong")), query.Boost{Query: in("note", word("nothing")), Weight: 2}}, "Nothing"},
		{query.Or{in("note", phrase("lanterns or")), in("note", phrase("of lanterns"))}, "of lanterns, or"},
		{in("note", word("gong")), ""},
	} {
		found, err := e.Excerpt(c.query, note)
		if err != nil {
			t.Fatal(err)
		}
		points := []rune(note)
		var marked []string
		for _, span := range found.Spans {
			marked = append(marked, string(points[span.Start:span.End]))
			if span.Start < found.Start || span.End > found.End {
				t.Errorf("%q: the mark %v is not in the excerpt %v", c.query, span, found.Span)
			}
		}
		if got := strings.Join(marked, "|"); got != c.want {
			t.Errorf("%q marks %q, want %q", c.query, got, c.want)
		}
		if c.want == "" {
			wantFound(t, e, c.query, everyone)
		} else {
			wantFound(t, e, c.query, everyone, "v1/art1")
		}
	}
	// What is not asked of notes, and what is under Not, has no marks there.
	for _, q := range []query.Query{word("lantern"), query.And{word("bell"), query.Not{Query: in("note", word("lantern"))}}, query.All{}} {
		if found, err := e.Excerpt(q, note); err != nil || len(found.Spans) > 0 {
			t.Errorf("%q marks %v, %v in a note", q, found, err)
		}
	}
	long := strings.Repeat("Nothing here. ", 100) + note
	found, err := e.Excerpt(in("note", word("keeper")), long)
	if err != nil || found.Start == 0 || found.End != len([]rune(long)) {
		t.Errorf("of a long note %v is shown, %v", found, err)
	}
}
