package export

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// MediaTypeXLSX is what WriteXLSX writes.
const MediaTypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// What a spreadsheet can hold (Excel specifications and limits).
const (
	sheetRows = 1 << 20
	cellUnits = 32767 // of UTF-16
)

// WriteXLSX writes records as a workbook with the columns of WriteCSV.
func WriteXLSX(w io.Writer, _ Search, records Records) error {
	return writeWorkbook(w, records, sheetRows)
}

// writeWorkbook writes records on sheets of at most so many rows.
func writeWorkbook(w io.Writer, records Records, rows int) error {
	named := make([]Column, len(columns))
	for i, column := range columns {
		named[i] = Column{column.name, column.width}
	}
	book, err := newWorkbook(w, "Hits", named, rows)
	if err != nil {
		return err
	}
	cells := make([]any, len(columns))
	for r, err := range records {
		if err != nil {
			return err
		}
		for i, column := range columns {
			cells[i] = column.cell(r)
		}
		if err := book.Row(cells); err != nil {
			return err
		}
	}
	return book.Close()
}

// A Column of a workbook has a name and a width in characters.
type Column struct {
	Name  string
	Width int
}

// A Workbook is a table being written as an XLSX file (Office Open XML,
// ECMA-376): its sheets one after the other, and then the parts that name them.
// Texts are typed as such: no cell is a formula. What does not fit on a sheet
// goes on on the next; a text too long for a cell is cut, and says so.
type Workbook struct {
	zip     *zip.Writer
	name    string // of the first sheet
	columns []Column
	sheet   *bufio.Writer
	sheets  int
	rows    int // on the present sheet
	limit   int
}

// NewWorkbook begins a workbook with sheets of this name.
func NewWorkbook(w io.Writer, name string, columns []Column) (*Workbook, error) {
	return newWorkbook(w, name, columns, sheetRows)
}

func newWorkbook(w io.Writer, name string, columns []Column, rows int) (*Workbook, error) {
	book := &Workbook{zip: zip.NewWriter(w), name: name, columns: columns, limit: rows}
	return book, book.newSheet()
}

const (
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	officeURI = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partsURI  = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// newSheet begins a sheet: its first row, which stays in view, names the columns.
func (b *Workbook) newSheet() error {
	b.sheets++
	part, err := b.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", b.sheets))
	if err != nil {
		return err
	}
	b.sheet, b.rows = bufio.NewWriter(part), 1
	b.put(xml.Header + `<worksheet ` + mainSpace + `><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, column := range b.columns {
		b.put(fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, column.Width))
	}
	b.put(`</cols><sheetData><row>`)
	for _, column := range b.columns {
		b.text(column.Name, ` s="1"`)
	}
	return b.endRow()
}

// Row writes a row: a cell that is an int is a number, every other one a text.
func (b *Workbook) Row(cells []any) error {
	if b.rows == b.limit {
		if err := b.endSheet(); err != nil {
			return err
		}
		if err := b.newSheet(); err != nil {
			return err
		}
	}
	b.rows++
	b.put(`<row>`)
	for _, cell := range cells {
		switch value := cell.(type) {
		case int:
			b.put(fmt.Sprintf(`<c><v>%d</v></c>`, value))
		default:
			b.text(fmt.Sprint(value), "")
		}
	}
	return b.endRow()
}

// put writes a piece of the present sheet. An error stays with the sheet, and
// endRow returns it.
func (b *Workbook) put(piece string) { _, _ = b.sheet.WriteString(piece) }

func (b *Workbook) endRow() error {
	_, err := b.sheet.WriteString(`</row>`)
	return err
}

// text writes a cell that is a text.
func (b *Workbook) text(text, style string) {
	if text == "" {
		b.put(`<c` + style + `/>`)
		return
	}
	b.put(`<c t="inlineStr"` + style + `><is><t xml:space="preserve">`)
	b.put(escapedXML(underscored.ReplaceAllString(shortened(text), "_x005F$0")))
	b.put(`</t></is></c>`)
}

// underscored matches what a spreadsheet would read as a character's number
// (ST_Xstring).
var underscored = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func escapedXML(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}

const cutNote = " … [cut here: a cell holds no more]"

// shortened cuts a text to what a cell can hold.
func shortened(text string) string {
	units := 0
	end := 0 // where the text is cut, if it is
	for at, r := range text {
		if units <= cellUnits-utf8.RuneCountInString(cutNote) {
			end = at
		}
		units++
		if r > 0xffff {
			units++
		}
		if units > cellUnits {
			return text[:end] + cutNote
		}
	}
	return text
}

func (b *Workbook) endSheet() error {
	b.put(`</sheetData></worksheet>`)
	return b.sheet.Flush()
}

// Close writes the end of the workbook; it does not close the writer.
func (b *Workbook) Close() error {
	if err := b.endSheet(); err != nil {
		return err
	}
	var types, sheets, relations strings.Builder
	for i := 1; i <= b.sheets; i++ {
		name := b.name
		if i > 1 {
			name = fmt.Sprintf("%s %d", b.name, i)
		}
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, i, i)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i, officeURI, i)
	}
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
			types.String() + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + partsURI + `"><Relationship Id="rId1" Type="` + officeURI + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + mainSpace + ` xmlns:r="` + officeURI + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + partsURI + `">` + relations.String() +
			`<Relationship Id="rIdStyles" Type="` + officeURI + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", styles},
	} {
		file, err := b.zip.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(file, xml.Header+part[1]); err != nil {
			return err
		}
	}
	return b.zip.Close()
}

// styles are the plain style and, as number 1, that of the first row.
const styles = `<styleSheet ` + mainSpace + `>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border/></borders>` +
	`<cellStyleXfs count="1"><xf/></cellStyleXfs>` +
	`<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>` +
	`</styleSheet>`
