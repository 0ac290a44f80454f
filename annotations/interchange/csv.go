package interchange

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"glossator/annotations"
	"glossator/index/export"
)

// MediaTypeCSV is what WriteCSV writes.
const MediaTypeCSV = "text/csv; charset=utf-8; header=present"

// WriteCSV writes records as CSV (RFC 4180), with a first row of names; ReadCSV
// gives the same records back. No cell is a formula: one that a spreadsheet would
// take for it has an apostrophe before it.
func WriteCSV(w io.Writer, records iter.Seq2[Record, error]) error {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.name
	}
	if err := export.WriteRow(w, row); err != nil {
		return err
	}
	for r, err := range records {
		if err != nil {
			return err
		}
		for i, c := range columns {
			row[i] = safeCell(c.write(r))
		}
		if err := export.WriteRow(w, row); err != nil {
			return err
		}
	}
	return nil
}

// safeCell puts an apostrophe before what a spreadsheet would take for a
// formula, and before what plainCell would take for the result of that.
func safeCell(text string) string {
	if looksSafe(text) {
		return "'" + text
	}
	return text
}

// plainCell takes the apostrophe of safeCell away.
func plainCell(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && looksSafe(rest) {
		return rest
	}
	return cell
}

// looksSafe reports whether a text is a formula but for apostrophes before it.
func looksSafe(text string) bool {
	bare := strings.TrimLeft(text, "'")
	return export.Cell(bare) != bare
}

// WriteXLSX writes records as a workbook with the columns of WriteCSV.
func WriteXLSX(w io.Writer, records iter.Seq2[Record, error]) error {
	named := make([]export.Column, len(columns))
	for i, c := range columns {
		named[i] = export.Column{Name: c.name, Width: c.width}
	}
	book, err := export.NewWorkbook(w, "Annotations", named)
	if err != nil {
		return err
	}
	cells := make([]any, len(columns))
	for r, err := range records {
		if err != nil {
			return err
		}
		for i, c := range columns {
			cells[i] = c.write(r)
		}
		if err := book.Row(cells); err != nil {
			return err
		}
	}
	return book.Close()
}

// MediaTypeXLSX is what WriteXLSX writes.
const MediaTypeXLSX = export.MediaTypeXLSX

// ReadCSV reads a table of annotations that WriteCSV wrote, or one that a person
// made: columns go by their names, in any order, and only where an annotation
// stands and what it says need be there; cells are divided by commas, semicolons
// or tabs. A row that cannot be used is an error that wraps ErrFormat and says
// which one it is and why; the next may follow it.
func ReadCSV(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		rows := &rowReader{in: bufio.NewReader(r)}
		named, err := rows.header()
		if err != nil {
			yield(Record{}, err)
			return
		}
		for n := 2; ; n++ {
			row, err := rows.next()
			if errors.Is(err, io.EOF) {
				return
			}
			var record Record
			if err == nil {
				record, err = recordOf(named, row)
			}
			if err != nil {
				err = fmt.Errorf("row %d: %w", n, err)
			}
			if !yield(record, err) || errors.Is(err, errCells) {
				return
			}
		}
	}
}

// recordOf reads a row; a nil column is one of another's.
func recordOf(named []*column, row []string) (Record, error) {
	r := Record{Annotation: annotations.Annotation{Concepts: []string{}, Visibility: annotations.Private}, Labels: []string{}}
	for i, cell := range row {
		if i >= len(named) {
			return r, fmt.Errorf("%w: it has %d cells, and there are names for %d", ErrFormat, len(row), len(named))
		}
		if named[i] == nil {
			continue
		}
		if err := named[i].read(&r, plainCell(cell)); err != nil {
			return r, fmt.Errorf("%w: the %s: %w", ErrFormat, named[i].name, err)
		}
	}
	for len(r.Concepts) < len(r.Labels) {
		r.Concepts = append(r.Concepts, "")
	}
	if r.Visibility == "" {
		r.Visibility = annotations.Private
	}
	return r, nil
}

// errCells ends the reading of a table: what follows cannot be told apart.
var errCells = fmt.Errorf("%w: the table is broken", ErrFormat)

// A rowReader reads the rows of a table. Line breaks in cells stay as they are;
// encoding/csv would change them.
type rowReader struct {
	in      *bufio.Reader
	divider byte
}

// largestRow bounds a row, in bytes.
const largestRow = 4 << 20

// header reads the names of the columns.
func (t *rowReader) header() ([]*column, error) {
	if mark, err := t.in.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = t.in.Discard(3)
	}
	start, err := t.in.Peek(t.in.Size() - 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	line, _, _ := strings.Cut(string(start), "\n")
	t.divider = ','
	for _, other := range []byte{';', '\t'} {
		if strings.Count(line, string(other)) > strings.Count(line, string(t.divider)) {
			t.divider = other
		}
	}
	names, err := t.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	named := make([]*column, len(names))
	known := 0
	for i, name := range names {
		at := slices.IndexFunc(columns, func(c column) bool { return c.name == strings.ToLower(strings.TrimSpace(name)) })
		if at >= 0 {
			named[i] = &columns[at]
			known++
		}
	}
	if known < 2 {
		return nil, fmt.Errorf("%w: its first row does not name the columns; an export of annotations shows how", ErrFormat)
	}
	return named, nil
}

// next returns the cells of the next row; io.EOF after the last.
func (t *rowReader) next() ([]string, error) {
	var row []string
	var cell strings.Builder
	quoted, size := false, 0
	for {
		c, err := t.in.ReadByte()
		if errors.Is(err, io.EOF) {
			if quoted {
				return nil, fmt.Errorf("%w: a cell has no closing quote", errCells)
			}
			if size == 0 {
				return nil, io.EOF
			}
			return append(row, cell.String()), nil
		}
		if err != nil {
			return nil, err
		}
		if size++; size > largestRow {
			return nil, fmt.Errorf("%w: a row has more than %d MB", errCells, largestRow>>20)
		}
		switch {
		case quoted && c == '"':
			if again, _ := t.in.Peek(1); len(again) == 1 && again[0] == '"' {
				_, _ = t.in.ReadByte()
				cell.WriteByte('"')
				continue
			}
			quoted = false
		case quoted:
			cell.WriteByte(c)
		case c == '"' && cell.Len() == 0:
			quoted = true
		case c == t.divider:
			row = append(row, cell.String())
			cell.Reset()
		case c == '\n':
			return append(row, strings.TrimSuffix(cell.String(), "\r")), nil
		default:
			cell.WriteByte(c)
		}
	}
}
