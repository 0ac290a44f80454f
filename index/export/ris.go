package export

import (
	"fmt"
	"io"
	"strings"

	"glossator/index"
)

// MediaTypeRIS is what WriteRIS writes.
const MediaTypeRIS = "application/x-research-info-systems"

// WriteRIS writes a reference for each document (RIS format, 2011), with the
// pinpoints as its section and in a note.
func WriteRIS(w io.Writer, _ Search, records Records) error {
	for e, err := range entries(records) {
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, line := range risLines(e) {
			// A value ends with its line.
			if value := strings.Join(strings.Fields(line[1]), " "); value != "" {
				fmt.Fprintf(&b, "%s  - %s\r\n", line[0], value)
			}
		}
		b.WriteString("ER  - \r\n\r\n")
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

func risLines(e entry) [][2]string {
	kind := "STAT"
	if e.Kind == index.Commentary {
		kind = "GEN"
	}
	issuer := "PB"
	if e.authored() {
		issuer = "AU"
	}
	lines := [][2]string{{"TY", kind}, {"ID", e.ID}, {"TI", e.Title}, {"ST", e.ShortTitle}, {issuer, e.Organisation}}
	if date := e.issued(); len(date) > 0 {
		lines = append(lines, [2]string{"PY", fmt.Sprintf("%04d", date[0])}, [2]string{"DA", risDate(date)})
	}
	lines = append(lines, [][2]string{
		{"M3", e.Kind}, {"LA", strings.Join(e.languages, ", ")}, {"SE", strings.Join(e.pinpoints, "; ")},
		{"SP", strings.Join(e.pages, ", ")},
		{"N1", e.note()}, {"UR", e.address},
	}...)
	for _, concept := range e.concepts {
		lines = append(lines, [2]string{"KW", concept})
	}
	return lines
}

// risDate writes a date as YYYY/MM/DD/, what is not known being empty.
func risDate(date []int) string {
	parts := []string{"", "", "", ""}
	for i, n := range date {
		parts[i] = fmt.Sprintf("%02d", n)
	}
	parts[0] = fmt.Sprintf("%04d", date[0])
	return strings.Join(parts, "/")
}
