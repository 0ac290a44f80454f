package api

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/index/export"
)

// mostInLens is how many rows of a breakdown, and collocates by each of their
// orders, an export has at most.
const mostInLens = 500

func (s *Server) exportLens(c echo.Context, asker annotations.Asker) error {
	found, err := s.look(c, asker, mostInLens, mostInLens)
	if err != nil {
		return err
	}
	format := c.QueryParam("format")
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="glossator-lens.`+format+`"`)
	if format == "json" {
		return answerJSON(c, http.StatusOK, found)
	}
	content, err := found.table()
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, export.MediaTypeCSV, content)
}

// lensColumns are the columns of a lens as a table. The first says what a row is
// of: "query", what was asked; "group"; a breakdown; or "collocate". What a
// column does not apply to is empty. The contrast of a group is with the other.
var lensColumns = []string{
	"table", "value", "label", "group",
	"documents", "documents with matches", "passages with matches", "matches", "words", "per million", "low", "high",
	"near", "total", "expected", "log-likelihood", "log ratio", "log-likelihood of A against B", "log ratio of A to B",
}

// table returns the lens in CSV (RFC 4180), a row for each group and value.
func (l *lensAnswer) table() ([]byte, error) {
	rows := [][]string{
		lensColumns,
		lensRow("query", l.Query, l.Explanation, "", nil, nil, nil),
		lensRow("group", l.A.Query, l.A.Explanation, "A", l.A.cells(), nil, l.Contrast.cells()),
		lensRow("group", l.B.Query, l.B.Explanation, "B", l.B.cells(), nil, l.Contrast.cells()),
	}
	for _, b := range l.Breakdowns {
		for _, row := range b.Rows {
			rows = append(rows,
				lensRow(b.Name, row.Value, row.Label, "A", row.A.cells(), nil, nil),
				lensRow(b.Name, row.Value, row.Label, "B", row.B.cells(), nil, nil))
		}
	}
	for _, word := range l.Collocates {
		rows = append(rows,
			lensRow("collocate", word.Word, "", "A", nil, word.A.cells(), word.Contrast.cells()),
			lensRow("collocate", word.Word, "", "B", nil, word.B.cells(), word.Contrast.cells()))
	}
	var content bytes.Buffer
	w := csv.NewWriter(&content)
	w.UseCRLF = true
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return content.Bytes(), nil
}

// lensRow returns a row of the table; cells that are nil are empty. What people
// or texts have written is no formula.
func lensRow(table, value, label, group string, frequency, attraction, contrast []string) []string {
	row := make([]string, len(lensColumns))
	copy(row, []string{table, export.Cell(value), export.Cell(label), group})
	copy(row[4:12], frequency)
	copy(row[12:17], attraction)
	copy(row[17:], contrast)
	return row
}

func (f frequencyAnswer) cells() []string {
	return []string{
		strconv.Itoa(f.Texts), strconv.Itoa(f.Documents), strconv.Itoa(f.Passages), strconv.Itoa(f.Matches), strconv.Itoa(f.Words),
		decimal(f.PerMillion), decimal(f.Low), decimal(f.High),
	}
}

func (a attractionAnswer) cells() []string {
	return append([]string{strconv.Itoa(a.Near), strconv.Itoa(a.Total), decimal(a.Expected)}, a.contrastAnswer.cells()...)
}

func (c contrastAnswer) cells() []string {
	return []string{decimal(c.LogLikelihood), decimal(c.LogRatio)}
}

func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
