package importer

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// makePDF writes a PDF file from a description, a command on each line:
//
//	page WIDTH HEIGHT         begins a page
//	at X Y SIZE TEXT          sets a line
//	flow X Y SIZE WIDTH TEXT  sets lines of WIDTH characters, one below the other
//	more TEXT                 goes on with the text of the line before
//
// A command may end in "-b" or "-i" for bold or italic, "flow" also in "-u" to
// break the last word of a line wherever it is full. All is set in Courier,
// whose characters are 0.6 of its size wide; TEXT may have "^" before a raised
// digit.
func makePDF(t testing.TB, description string) []byte {
	t.Helper()
	w := pdfWriter{}
	lines := strings.Split(strings.TrimSpace(description), "\n")
	for i := 0; i < len(lines); i++ {
		command, rest, _ := strings.Cut(lines[i], " ")
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "more ") {
			i++
			rest += " " + strings.TrimPrefix(lines[i], "more ")
		}
		command, style, _ := strings.Cut(command, "-")
		var n []float64
		for wanted := map[string]int{"page": 2, "at": 3, "flow": 4}[command]; len(n) < wanted; {
			word, after, _ := strings.Cut(rest, " ")
			value, err := strconv.ParseFloat(word, 64)
			if err != nil {
				t.Fatalf("%q: %v", lines[i], err)
			}
			n, rest = append(n, value), after
		}
		switch command {
		case "page":
			w.pages = append(w.pages, pdfPage{width: n[0], height: n[1]})
		case "at":
			w.line(n[0], n[1], n[2], style, rest)
		case "flow":
			for k, line := range wrap(rest, int(n[3]), style == "u") {
				w.line(n[0], n[1]-1.2*n[2]*float64(k), n[2], style, line)
			}
		default:
			t.Fatalf("%q: there is no such command", lines[i])
		}
	}
	return w.bytes()
}

// wrap breaks a text into lines of so many characters; with hyphens also inside
// words.
func wrap(text string, width int, hyphens bool) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		space := " "
		if line == "" {
			space = ""
		}
		room := width - len(line) - len(space)
		switch {
		case len(word) <= room:
			line += space + word
		case hyphens && room > 3 && len(word) > room+1:
			lines = append(lines, line+space+word[:room-1]+"-")
			line = word[room-1:]
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

// A pdfWriter collects pages.
type pdfWriter struct {
	pages []pdfPage
}

type pdfPage struct {
	width, height float64
	content       bytes.Buffer
}

func (w *pdfWriter) line(x, y, size float64, style, text string) {
	p := &w.pages[len(w.pages)-1]
	font := map[string]int{"": 1, "u": 1, "b": 2, "i": 3}[style]
	for len(text) > 0 {
		plain, after, raised := strings.Cut(text, "^")
		p.show(x, y, size, font, plain)
		x += 0.6 * size * float64(len(plain))
		if raised {
			p.show(x, y+0.35*size, 0.6*size, font, after[:1])
			x += 0.36 * size
			after = after[1:]
		}
		text = after
	}
}

func (p *pdfPage) show(x, y, size float64, font int, text string) {
	if text == "" {
		return
	}
	escaped := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(text)
	fmt.Fprintf(&p.content, "BT /F%d %g Tf %g %g Td (%s) Tj ET\n", font, size, x, y, escaped)
}

// bytes returns the file, with its cross-reference table.
func (w *pdfWriter) bytes() []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", ""}
	for _, font := range []string{"Courier", "Courier-Bold", "Courier-Oblique"} {
		objects = append(objects, "<< /Type /Font /Subtype /Type1 /BaseFont /"+font+" /Encoding /WinAnsiEncoding >>")
	}
	var kids strings.Builder
	for i := range w.pages {
		p := &w.pages[i]
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>", p.width, p.height, len(objects)+2),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", p.content.Len(), p.content.String()))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [ %s] /Count %d >>", kids.String(), len(w.pages))
	return pdfOf(objects, "")
}

// pdfOf returns a file of objects, the first of them its catalogue; trailer goes
// into its trailer.
func pdfOf(objects []string, trailer string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	places := make([]int, len(objects))
	for i, object := range objects {
		places[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, place := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, at)
	return out.Bytes()
}
