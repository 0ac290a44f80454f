package export

import (
	"fmt"
	"io"
	"strings"
)

// MediaTypeBibTeX is what WriteBibTeX writes.
const MediaTypeBibTeX = "application/x-bibtex"

// WriteBibTeX writes an entry for each document, in UTF-8, with the pinpoints in
// its note.
func WriteBibTeX(w io.Writer, _ Search, records Records) error {
	keys := map[string]int{}
	for e, err := range entries(records) {
		if err != nil {
			return err
		}
		var b strings.Builder
		fmt.Fprintf(&b, "@misc{%s", bibKey(e.ID, keys))
		for _, f := range bibFields(e) {
			if f.value != "" {
				fmt.Fprintf(&b, ",\n  %s = %s", f.name, f.value)
			}
		}
		b.WriteString("\n}\n\n")
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

type bibField struct{ name, value string }

// months are the names that every style of BibTeX defines.
var months = strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")

func bibFields(e entry) []bibField {
	issuer := "organization"
	if e.authored() {
		issuer = "author"
	}
	fields := []bibField{{"title", name(e.Title)}, {"shorttitle", name(e.ShortTitle)}, {issuer, name(e.Organisation)}}
	date := e.issued()
	if len(date) > 0 {
		fields = append(fields, bibField{"year", fmt.Sprintf("{%d}", date[0])})
	}
	if len(date) > 1 && date[1] >= 1 && date[1] <= 12 {
		fields = append(fields, bibField{"month", months[date[1]-1]})
	}
	if len(date) > 2 {
		fields = append(fields, bibField{"day", fmt.Sprintf("{%d}", date[2])})
	}
	return append(fields,
		bibField{"type", braced(e.Kind)},
		bibField{"language", braced(strings.Join(e.languages, ", "))},
		bibField{"url", url(e.address)},
		bibField{"pages", braced(strings.Join(e.pages, ", "))},
		bibField{"note", braced(e.note())},
		bibField{"keywords", braced(strings.Join(e.concepts, ", "))},
	)
}

// braced writes a value, nothing for "".
func braced(text string) string {
	if text == "" {
		return ""
	}
	return "{" + tex(text) + "}"
}

// name writes a value whose words BibTeX is to leave as they are: the letters of
// a title, and a body that is no person with a first and a last name.
func name(text string) string {
	if text == "" {
		return ""
	}
	return "{" + braced(text) + "}"
}

// texSpecial are the characters that mean something to TeX. Braces have names
// here, as BibTeX counts those that are only escaped.
var texSpecial = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
	`$`, `\$`, `&`, `\&`, `#`, `\#`, `%`, `\%`, `_`, `\_`,
)

func tex(text string) string { return texSpecial.Replace(strings.Join(strings.Fields(text), " ")) }

// url writes an address, which BibTeX takes as it is but for braces and what
// TeX cannot read between them.
func url(address string) string {
	if address == "" {
		return ""
	}
	return "{" + strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", " ", "%20").Replace(address) + "}"
}

// bibKey returns a key for a document that no other has: BibTeX allows few signs
// in it.
func bibKey(id string, used map[string]int) string {
	key := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-.:_", r) {
			return r
		}
		return '-'
	}, id)
	used[key]++
	if n := used[key]; n > 1 {
		return fmt.Sprintf("%s+%d", key, n)
	}
	return key
}
