package interchange

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"glossator/annotations"
	"glossator/index/export"
)

// MediaTypeMarkdown is what WriteMarkdown writes.
const MediaTypeMarkdown = "text/markdown; charset=utf-8"

// WriteMarkdown writes records for reading: a heading for each document, and
// under it each annotation with its pinpoint, the quote, and a list of its
// concepts, its note, who wrote it and the replies that follow. A heading is
// written whenever the document changes: the records of one document should
// follow one another.
func WriteMarkdown(w io.Writer, records iter.Seq2[Record, error]) error {
	if _, err := io.WriteString(w, "# Annotations\n"); err != nil {
		return err
	}
	document, root, first := "", "", true
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
			fmt.Fprintf(&b, "\n## %s\n", export.Plain(title))
			document, first = r.Document, false
		}
		if r.ReplyTo != "" && r.Root == root {
			reply(&b, r)
		} else {
			section(&b, r)
		}
		root = r.Root
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

func section(b *strings.Builder, r Record) {
	pinpoint := export.Plain(r.Pinpoint)
	switch {
	case r.Whole():
		pinpoint = "The whole document"
	case pinpoint == "":
		pinpoint = "Passage"
	}
	if r.Address != "" {
		pinpoint = export.Link(pinpoint, r.Address)
	}
	fmt.Fprintf(b, "\n### %s\n\n", pinpoint)
	for i, target := range append([]annotations.Target{r.Target}, r.More...) {
		if i > 0 {
			b.WriteString("> […]\n>\n")
		}
		var quote []string
		for line := range strings.Lines(target.Exact) {
			quote = append(quote, "> "+export.Plain(line)+"\n")
		}
		b.WriteString(strings.Join(quote, ">\n"))
		if i < len(r.More) {
			b.WriteString(">\n")
		}
	}
	if !r.Whole() {
		b.WriteString("\n")
	}
	if r.Absent {
		b.WriteString("- Read in full, and nothing found on:\n")
	}
	if len(r.Labels) > 0 {
		labels := make([]string, len(r.Labels))
		for i, label := range r.Labels {
			labels[i] = "**" + export.Plain(label) + "**"
		}
		fmt.Fprintf(b, "- %s\n", strings.Join(labels, ", "))
	}
	if r.Note != "" {
		fmt.Fprintf(b, "- %s\n", indented(r.Note))
	}
	fmt.Fprintf(b, "- %s\n", signature(r))
}

// reply writes an item of the list that section has begun.
func reply(b *strings.Builder, r Record) {
	fmt.Fprintf(b, "- Reply: %s\n", signature(r))
	for _, label := range r.Labels {
		fmt.Fprintf(b, "  **%s**\n", export.Plain(label))
	}
	if r.Note != "" {
		fmt.Fprintf(b, "\n  %s\n", indented(r.Note))
	}
}

func signature(r Record) string {
	who := ""
	if r.CreatorName != "" {
		who = export.Plain(r.CreatorName) + ", "
	}
	return who + day(r.Created) + ", " + r.Visibility
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
