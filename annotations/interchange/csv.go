package interchange

import (
	"encoding/csv"
	"io"
	"iter"
	"strconv"
	"strings"

	"glossator/index/export"
)

// MediaTypeCSV is what WriteCSV writes.
const MediaTypeCSV = "text/csv; charset=utf-8; header=present"

var columns = []string{
	"document", "pinpoint", "quote", "concepts", "note", "creator", "visibility", "created", "modified", "address",
	"document id", "version", "language", "start", "end", "id",
}

// WriteCSV writes records as CSV (RFC 4180), with a first row of names. Several
// concepts are separated by "; ". No cell is a formula: see export.Cell.
func WriteCSV(w io.Writer, records iter.Seq2[Record, error]) error {
	table := csv.NewWriter(w)
	table.UseCRLF = true
	if err := table.Write(columns); err != nil {
		return err
	}
	for r, err := range records {
		if err != nil {
			table.Flush()
			return err
		}
		row := []string{
			r.DocumentTitle, r.Pinpoint, r.Target.Exact, strings.Join(r.Labels, "; "), r.Note, r.CreatorName, r.Visibility,
			Stamp(r.Created), Stamp(r.Modified), r.Address, r.Document, r.Version, r.Language,
			strconv.Itoa(r.Target.Start), strconv.Itoa(r.Target.End), r.ID,
		}
		for i, cell := range row {
			row[i] = export.Cell(cell)
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}
