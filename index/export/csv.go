package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"glossator/index"
)

// MediaTypeCSV is what WriteCSV and WriteLines write.
const MediaTypeCSV = "text/csv; charset=utf-8; header=present"

// WriteCSV writes records as CSV (RFC 4180), with a first row of names. Several
// matches or concepts are separated by "; ". No cell is a formula: see Cell.
func WriteCSV(w io.Writer, _ Search, records Records) error {
	table := newCSV(w)
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.name
	}
	if err := table.Write(names); err != nil {
		return err
	}
	for r, err := range records {
		if err != nil {
			return err
		}
		row := make([]string, len(columns))
		for i, column := range columns {
			row[i] = Cell(fmt.Sprint(column.cell(r)))
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

func newCSV(w io.Writer) *csv.Writer {
	table := csv.NewWriter(w)
	table.UseCRLF = true
	return table
}

// A Line is a line of a concordance with what a reader outside Glossator needs.
type Line struct {
	index.Line
	About     index.Document // the document that the line is of
	Permalink string
}

// WriteLines writes the lines of a concordance as WriteCSV writes hits.
func WriteLines(w io.Writer, lines []Line) error {
	table := newCSV(w)
	if err := table.Write([]string{
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
		for i, cell := range row {
			row[i] = Cell(cell)
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}
