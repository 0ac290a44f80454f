package interchange

import (
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
)

// MediaTypeMarkdown is what WriteMarkdown writes.
const MediaTypeMarkdown = "text/markdown; charset=utf-8"

// WriteMarkdown writes records for reading: a heading for each document, and
// under it each annotation with its pinpoint, the quote, and a list of its
// concepts, its note and who wrote it. A heading is written whenever the
// document changes: the records of one document should follow one another.
func WriteMarkdown(w io.Writer, records iter.Seq2[Record, error]) error {
	if _, err := io.WriteString(w, "# Annotations\n"); err != nil {
		return err
	}
	document, first := "", true
	for r, err := range records {
		if err != nil {
			return err
		}
		var b strings.Builder
		if first || r.Document != document {
			title := r.DocumentTitle
			if title == "" {
				title = r.Document
			}
			fmt.Fprintf(&b, "\n## %s\n", escaped(title))
			document, first = r.Document, false
		}
		section(&b, r)
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

func section(b *strings.Builder, r Record) {
	pinpoint := escaped(r.Pinpoint)
	if pinpoint == "" {
		pinpoint = "Passage"
	}
	if r.Address != "" {
		pinpoint = fmt.Sprintf("[%s](<%s>)", pinpoint, addresses.Replace(r.Address))
	}
	fmt.Fprintf(b, "\n### %s\n\n", pinpoint)
	var quote []string
	for line := range strings.Lines(r.Target.Exact) {
		quote = append(quote, "> "+escaped(line)+"\n")
	}
	fmt.Fprintf(b, "%s\n", strings.Join(quote, ">\n"))
	if len(r.Labels) > 0 {
		labels := make([]string, len(r.Labels))
		for i, label := range r.Labels {
			labels[i] = "**" + escaped(label) + "**"
		}
		fmt.Fprintf(b, "- %s\n", strings.Join(labels, ", "))
	}
	if r.Note != "" {
		fmt.Fprintf(b, "- %s\n", indented(r.Note))
	}
	who := ""
	if r.CreatorName != "" {
		who = escaped(r.CreatorName) + ", "
	}
	fmt.Fprintf(b, "- %s%s, %s\n", who, day(r.Created), r.Visibility)
}

// indented makes a note, which is Markdown itself, the content of a list item:
// whatever it leaves open ends with the item.
func indented(note string) string {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(note, "\r\n", "\n")), "\n")
	for i := 1; i < len(lines); i++ {
		if lines[i] != "" {
			lines[i] = "  " + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

var addresses = strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "%0A", "\r", "%0D", " ", "%20", `\`, "%5C")

// listed matches what makes a line an item of a numbered list.
var listed = regexp.MustCompile(`^([0-9]+)([.)])`)

// escaped writes plain text, on one line, so that Markdown reads it as such.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if strings.ContainsRune("\\`*_[]<>&~|", r) || b.Len() == 0 && strings.ContainsRune("#+-=:", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return listed.ReplaceAllString(b.String(), `$1\$2`)
}
