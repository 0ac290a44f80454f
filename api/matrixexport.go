package api

import (
	"bytes"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/index/export"
)

// exportMatrix writes the matrix as it is asked for, its rows and columns in
// their order, as a table. A cell with a number has that number, 0 where the
// document was read and has nothing; one that is not coded is empty, and one of a
// document that is tagged as a whole says so.
func (s *Server) exportMatrix(c echo.Context, asker annotations.Asker) error {
	m, err := s.tabulate(c, asker)
	if err != nil {
		return err
	}
	var content bytes.Buffer
	format, mediaType := c.QueryParam("format"), export.MediaTypeCSV
	if format == "xlsx" {
		mediaType, err = export.MediaTypeXLSX, m.writeXLSX(&content)
	} else {
		err = m.writeCSV(&content)
	}
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="glossator-matrix.`+format+`"`)
	return answer(c, http.StatusOK, mediaType, content.Bytes())
}

// columns returns the names of the columns and how wide each is.
func (m *matrixAnswer) columns() []export.Column {
	columns := []export.Column{{Name: "document", Width: 26}, {Name: "title", Width: 44}, {Name: "kind", Width: 14}, {Name: "year", Width: 7}, {Name: "group", Width: 22}}
	for _, concept := range m.Concepts {
		columns = append(columns, export.Column{Name: concept.Label, Width: 14})
	}
	return columns
}

// cells returns the cells of a row: texts and numbers.
func (r matrixRow) cells() []any {
	cells := []any{r.Document, r.Title, r.Kind, "", r.Group}
	if r.Year != 0 {
		cells[3] = r.Year
	}
	for _, cell := range r.Cells {
		switch cell {
		case notCoded:
			cells = append(cells, "")
		case ofWhole:
			cells = append(cells, "as a whole")
		default:
			cells = append(cells, cell)
		}
	}
	return cells
}

func (m *matrixAnswer) writeXLSX(w *bytes.Buffer) error {
	book, err := export.NewWorkbook(w, "Matrix", m.columns())
	if err != nil {
		return err
	}
	for _, r := range m.Rows {
		if err := book.Row(r.cells()); err != nil {
			return err
		}
	}
	return book.Close()
}

func (m *matrixAnswer) writeCSV(w *bytes.Buffer) error {
	var names []string
	for _, column := range m.columns() {
		names = append(names, export.Cell(column.Name))
	}
	if err := export.WriteRow(w, names); err != nil {
		return err
	}
	for _, r := range m.Rows {
		var texts []string
		for _, cell := range r.cells() {
			switch value := cell.(type) {
			case int:
				texts = append(texts, strconv.Itoa(value))
			case string:
				texts = append(texts, export.Cell(value))
			}
		}
		if err := export.WriteRow(w, texts); err != nil {
			return err
		}
	}
	return nil
}
