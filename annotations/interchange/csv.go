package interchange

import (
	"encoding/csv"
	"io"
	"iter"
	"strconv"
	"strings"
)

// MediaTypeCSV is what WriteCSV writes.
const MediaTypeCSV = "text/csv; charset=utf-8; header=present"

var columns = []string{
	"document", "pinpoint", "quote", "concepts", "note", "creator", "visibility", "created", "modified", "address",
	"document id", "version", "language", "start", "end", "id",
}

// WriteCSV writes records as CSV (RFC 4180), with a first row of names. Several
// concepts are separated by "; ". A cell that a spreadsheet would take for a
// formula, because it begins with = + - or @, has an apostrophe before it.
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
			stamp(r.Created), stamp(r.Modified), r.Address, r.Document, r.Version, r.Language,
			strconv.Itoa(r.Target.Start), strconv.Itoa(r.Target.End), r.ID,
		}
		for i, cell := range row {
			row[i] = guarded(cell)
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// guarded keeps spreadsheets from running a cell. Some skip a tab or a line
// break before they look for the sign.
func guarded(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
