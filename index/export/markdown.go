package export

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"glossator/index"
)

// MediaTypeMarkdown is what WriteMarkdown and WriteMethod write.
const MediaTypeMarkdown = "text/markdown; charset=utf-8"

// WriteMarkdown writes records for reading: what was asked, a heading for each
// document, under it each hit with its pinpoint as a link and its page, its snippet with the
// matches in bold, and its concepts; and last how many there are.
func WriteMarkdown(w io.Writer, s Search, records Records) error {
	if _, err := fmt.Fprintf(w, "# Passages found\n\nSearched for: %s\n\n%s\n", Plain(cmp.Or(s.Explanation, "everything")), Link("This search", s.Address)); err != nil {
		return err
	}
	var t tally
	document := ""
	for r, err := range t.of(records) {
		if err != nil {
			return err
		}
		var b strings.Builder
		if t.passages == 1 || r.Document != document {
			document = r.Document
			heading(&b, r.About)
		}
		quotation(&b, r)
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\n---\n\n%s in %s.\n", count(t.passages, "passage"), count(t.documents, "document"))
	return err
}

func heading(b *strings.Builder, d index.Document) {
	fmt.Fprintf(b, "\n## %s\n", Plain(cmp.Or(d.Title, d.ID)))
	var facts []string
	for _, fact := range []string{fmt.Sprint(known(d.Year())), d.Organisation, d.Kind, d.Status} {
		if fact != "" {
			facts = append(facts, Plain(fact))
		}
	}
	if d.Digest {
		facts = append(facts, "**"+digestNote+"**")
	}
	if len(facts) > 0 {
		fmt.Fprintf(b, "\n%s\n", strings.Join(facts, " · "))
	}
}

func quotation(b *strings.Builder, r Record) {
	title := Plain(cmp.Or(r.pinpoint(), "Passage"))
	fmt.Fprintf(b, "\n### %s", Link(title, r.Permalink))
	if r.Heading != "" {
		b.WriteString(" " + Plain(r.Heading))
	}
	if r.Page != "" {
		b.WriteString(", p. " + Plain(r.Page))
	}
	var lines []string
	for line := range strings.SplitSeq(r.emphasised(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, "> "+line+"\n")
		}
	}
	b.WriteString("\n\n" + strings.Join(lines, ">\n"))
	if len(r.Concepts) > 0 {
		concepts := make([]string, len(r.Concepts))
		for i, label := range r.Concepts {
			concepts[i] = Plain(label)
		}
		fmt.Fprintf(b, "\nConcepts: %s\n", strings.Join(concepts, ", "))
	}
}

// emphasised returns the snippet in Markdown with the matches in bold, a line
// for each line of the text.
func (r Record) emphasised() string {
	var b strings.Builder
	if r.Snippet.Start > r.Start {
		b.WriteString("… ")
	}
	at := r.Snippet.Start
	plain := func(to int) {
		for i, line := range strings.Split(r.quote(index.Span{Start: at, End: to}), "\n") {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(spaced(line))
		}
		at = to
	}
	for _, s := range r.Spans {
		if s.Start < at || s.End > r.Snippet.End {
			continue
		}
		plain(s.Start)
		b.WriteString("**" + Plain(r.quote(s)) + "**")
		at = s.End
	}
	plain(r.Snippet.End)
	if r.Snippet.End < r.End {
		b.WriteString(" …")
	}
	return b.String()
}

// spaced is Plain with a blank kept at either end.
func spaced(text string) string {
	plain := Plain(text)
	if plain == "" {
		return strings.Repeat(" ", min(len(text), 1))
	}
	if strings.TrimLeft(text, " \t\u00a0") != text {
		plain = " " + plain
	}
	if strings.TrimRight(text, " \t\u00a0") != text {
		plain += " "
	}
	return plain
}

// count writes "1 passage", "2 passages".
func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}
