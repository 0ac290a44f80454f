package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"glossator/index"
)

// MediaTypeCSV is what WriteCSV and WriteLines write.
const MediaTypeCSV = "text/csv; charset=utf-8; header=present"

// WriteCSV writes records as CSV (RFC 4180), with a first row of names. Several
// matches or concepts are separated by "; ". No cell is a formula: see Cell.
func WriteCSV(w io.Writer, _ Search, records Records) error {
	row := make([]string, len(columns))
	for i, column := range columns {
		row[i] = column.name
	}
	if err := writeRow(w, row); err != nil {
		return err
	}
	for r, err := range records {
		if err != nil {
			return err
		}
		for i, column := range columns {
			row[i] = fmt.Sprint(column.cell(r))
		}
		if err := writeRow(w, row); err != nil {
			return err
		}
	}
	return nil
}

// writeRow writes a row of which no cell is a formula.
func writeRow(w io.Writer, row []string) error {
	safe := make([]string, len(row))
	for i, cell := range row {
		safe[i] = Cell(cell)
	}
	return WriteRow(w, safe)
}

// WriteRow writes a row of CSV, which ends in CR LF. Line breaks inside a cell
// stay as they are, so that offsets fit the text; encoding/csv would change them.
func WriteRow(w io.Writer, row []string) error {
	var b strings.Builder
	for i, cell := range row {
		if i > 0 {
			b.WriteByte(',')
		}
		if strings.ContainsAny(cell, "\",\r\n") || strings.TrimSpace(cell) != cell {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		b.WriteString(cell)
	}
	b.WriteString("\r\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// A Line is a line of a concordance with what a reader outside Glossator needs.
type Line struct {
	index.Line
	About     index.Document // the document that the line is of
	Permalink string
}

// WriteLines writes the lines of a concordance as WriteCSV writes hits.
func WriteLines(w io.Writer, lines []Line) error {
	if err := writeRow(w, []string{
		"document", "title", "kind", "organisation", "year", "language", "digest", "pinpoint",
		"left", "match", "right", "permalink", "version", "start", "end",
	}); err != nil {
		return err
	}
	for _, l := range lines {
		row := []string{
			l.About.ID, l.About.Title, l.About.Kind, l.About.Organisation, fmt.Sprint(known(l.About.Year())), l.Language,
			yes(l.About.Digest), l.Pinpoint, l.Left, l.Match, l.Right, l.Permalink, l.Version, strconv.Itoa(l.Start), strconv.Itoa(l.End),
		}
		if err := writeRow(w, row); err != nil {
			return err
		}
	}
	return nil
}
