package export

import (
	"strings"
)

// columns are the columns of a table of hits: what a cell holds, a text or a
// number, and how wide a spreadsheet shows it, in characters.
var columns = []struct {
	name  string
	width int
	cell  func(Record) any
}{
	{"document", 26, func(r Record) any { return r.About.ID }},
	{"title", 44, func(r Record) any { return r.About.Title }},
	{"kind", 14, func(r Record) any { return r.About.Kind }},
	{"organisation", 22, func(r Record) any { return r.About.Organisation }},
	{"year", 7, func(r Record) any { return known(r.About.Year()) }},
	{"status", 14, func(r Record) any { return r.About.Status }},
	{"language", 9, func(r Record) any { return r.Language }},
	{"digest", 8, func(r Record) any { return yes(r.About.Digest) }},
	{"pinpoint", 18, func(r Record) any { return r.pinpoint() }},
	{"page", 7, func(r Record) any { return r.Page }},
	{"heading", 30, func(r Record) any { return r.Heading }},
	{"snippet", 70, func(r Record) any { return r.snippet() }},
	{"passage", 70, func(r Record) any { return r.Text }},
	{"matches", 26, func(r Record) any { return strings.Join(r.matches(), "; ") }},
	{"concepts", 26, func(r Record) any { return strings.Join(r.Concepts, "; ") }},
	{"permalink", 40, func(r Record) any { return r.Permalink }},
	{"version", 18, func(r Record) any { return r.Version }},
	{"start", 9, func(r Record) any { return r.Start }},
	{"end", 9, func(r Record) any { return r.End }},
}

// known returns a number, nothing for 0.
func known(number int) any {
	if number == 0 {
		return ""
	}
	return number
}

func yes(so bool) string {
	if so {
		return "yes"
	}
	return ""
}
