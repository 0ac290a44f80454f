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

// WriteXLSX writes records as a workbook (Office Open XML, ECMA-376) with the
// columns of WriteCSV. Texts are typed as such: no cell is a formula. What does
// not fit on a sheet goes on on the next; a text too long for a cell is cut, and
// says so.
func WriteXLSX(w io.Writer, _ Search, records Records) error {
	return writeWorkbook(w, records, sheetRows)
}

// writeWorkbook writes records on sheets of at most so many rows.
func writeWorkbook(w io.Writer, records Records, rows int) error {
	book := &workbook{zip: zip.NewWriter(w), limit: rows}
	if err := book.newSheet(); err != nil {
		return err
	}
	for r, err := range records {
		if err != nil {
			return err
		}
		if err := book.record(r); err != nil {
			return err
		}
	}
	return book.close()
}

// A workbook is an XLSX file being written: its sheets one after the other, and
// then the parts that name them.
type workbook struct {
	zip    *zip.Writer
	sheet  *bufio.Writer
	sheets int
	rows   int // on the present sheet
	limit  int
}

const (
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	officeURI = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partsURI  = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// newSheet begins a sheet: its first row, which stays in view, names the columns.
func (b *workbook) newSheet() error {
	b.sheets++
	part, err := b.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", b.sheets))
	if err != nil {
		return err
	}
	b.sheet, b.rows = bufio.NewWriter(part), 1
	b.put(xml.Header + `<worksheet ` + mainSpace + `><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, column := range columns {
		b.put(fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, column.width))
	}
	b.put(`</cols><sheetData><row>`)
	for _, column := range columns {
		b.text(column.name, ` s="1"`)
	}
	return b.endRow()
}

func (b *workbook) record(r Record) error {
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
	for _, column := range columns {
		switch value := column.cell(r).(type) {
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
func (b *workbook) put(piece string) { _, _ = b.sheet.WriteString(piece) }

func (b *workbook) endRow() error {
	_, err := b.sheet.WriteString(`</row>`)
	return err
}

// text writes a cell that is a text.
func (b *workbook) text(text, style string) {
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

func (b *workbook) endSheet() error {
	b.put(`</sheetData></worksheet>`)
	return b.sheet.Flush()
}

func (b *workbook) close() error {
	if err := b.endSheet(); err != nil {
		return err
	}
	var types, sheets, relations strings.Builder
	for i := 1; i <= b.sheets; i++ {
		name := "Hits"
		if i > 1 {
			name = fmt.Sprintf("Hits %d", i)
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
