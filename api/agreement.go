package api

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/agreement"
	"glossator/annotations/store"
	"glossator/index/export"
)

// An agreementAnswer says how far the coders of a round agree.
type agreementAnswer struct {
	Coders   []creator          `json:"coders"`
	Waiting  int                `json:"waiting"`
	Concepts []conceptAgreement `json:"concepts"`
	Overall  conceptAgreement   `json:"overall"`
}

type conceptAgreement struct {
	Concept    *conceptRef   `json:"concept,omitempty"` // nil for all together
	Passages   figuresAnswer `json:"passages"`
	Characters figuresAnswer `json:"characters"`
}

type figuresAnswer struct {
	Units   int          `json:"units"`
	Percent figureAnswer `json:"percent"`
	Kappa   figureAnswer `json:"kappa"`
	Alpha   figureAnswer `json:"alpha"`
	Yes     figureAnswer `json:"yes"`
	Pairs   []pairAnswer `json:"pairs"`
	Words   string       `json:"words"`
}

type pairAnswer struct {
	First   creator      `json:"first"`
	Second  creator      `json:"second"`
	Units   int          `json:"units"`
	Percent figureAnswer `json:"percent"`
	Kappa   figureAnswer `json:"kappa"`
}

// A figureAnswer has either a value or why there is none.
type figureAnswer struct {
	Value     *float64 `json:"value,omitempty"`
	Undefined string   `json:"undefined,omitempty"`
}

func figure(f agreement.Figure) figureAnswer {
	if f.Undefined != agreement.Defined {
		return figureAnswer{Undefined: f.Undefined}
	}
	return figureAnswer{Value: &f.Value}
}

func (s *Server) agreementOf(c echo.Context, asker annotations.Asker) (agreementAnswer, error) {
	ctx := c.Request().Context()
	figures, err := s.Store.Agreement(ctx, asker, c.Param("round"))
	if err != nil {
		return agreementAnswer{}, err
	}
	names, err := s.names(ctx)
	if err != nil {
		return agreementAnswer{}, err
	}
	answer := agreementAnswer{Waiting: figures.Waiting, Coders: []creator{}, Concepts: []conceptAgreement{}}
	for _, coder := range figures.Coders {
		answer.Coders = append(answer.Coders, names.creator(coder))
	}
	for _, of := range figures.Concepts {
		one := answer.of(of)
		ref := names.ref(of.Concept)
		one.Concept = &ref
		answer.Concepts = append(answer.Concepts, one)
	}
	answer.Overall = answer.of(figures.Overall)
	return answer, nil
}

func (a agreementAnswer) of(f store.ConceptFigures) conceptAgreement {
	return conceptAgreement{Passages: a.figures(f.Passages), Characters: a.figures(f.Characters)}
}

func (a agreementAnswer) figures(f agreement.Figures) figuresAnswer {
	answer := figuresAnswer{
		Units: f.Units, Percent: figure(f.Percent), Kappa: figure(f.Kappa), Alpha: figure(f.Alpha), Yes: figure(f.Yes),
		Pairs: []pairAnswer{}, Words: f.Words(),
	}
	for _, p := range f.Pairs {
		answer.Pairs = append(answer.Pairs, pairAnswer{a.Coders[p.First], a.Coders[p.Second], p.Units, figure(p.Percent), figure(p.Kappa)})
	}
	return answer
}

func (s *Server) agreement(c echo.Context, asker annotations.Asker) error {
	answer, err := s.agreementOf(c, asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, answer)
}

// exportAgreement writes the figures in CSV (RFC 4180): a row for each concept,
// unit and pair of coders, "" for all of them together. A figure that is not
// defined is an empty cell.
func (s *Server) exportAgreement(c echo.Context, asker annotations.Asker) error {
	found, err := s.agreementOf(c, asker)
	if err != nil {
		return err
	}
	rows := [][]string{{"concept", "unit", "coders", "units", "percent", "kappa", "alpha", "prevalence", "in words"}}
	for _, of := range append(found.Concepts, found.Overall) {
		label := "all concepts"
		if of.Concept != nil {
			label = export.Cell(of.Concept.Label)
		}
		rows = append(rows, of.Passages.rows(label, "passage")...)
		rows = append(rows, of.Characters.rows(label, "character")...)
	}
	return answerTable(c, "glossator-agreement.csv", rows)
}

func (f figuresAnswer) rows(concept, unit string) [][]string {
	rows := [][]string{{
		concept, unit, "", strconv.Itoa(f.Units), f.Percent.cell(), f.Kappa.cell(), f.Alpha.cell(), f.Yes.cell(), f.Words,
	}}
	for _, p := range f.Pairs {
		pair := export.Cell(p.First.Name + " and " + p.Second.Name)
		rows = append(rows, []string{concept, unit, pair, strconv.Itoa(p.Units), p.Percent.cell(), p.Kappa.cell(), "", "", ""})
	}
	return rows
}

func (f figureAnswer) cell() string {
	if f.Value == nil {
		return ""
	}
	return strconv.FormatFloat(*f.Value, 'f', 4, 64)
}

// answerTable answers with a file in CSV.
func answerTable(c echo.Context, name string, rows [][]string) error {
	var content bytes.Buffer
	w := csv.NewWriter(&content)
	w.UseCRLF = true
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return answer(c, http.StatusOK, export.MediaTypeCSV, content.Bytes())
}
