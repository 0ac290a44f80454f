package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/query"
)

// What a cell of a matrix says if it is no number of at least 1.
const (
	readAbsent = 0  // read in full, and there is nothing
	notCoded   = -1 // nobody has said anything
	ofWhole    = -2 // the document as a whole is tagged, and no passage
)

type matrixAnswer struct {
	Concepts  []matrixConcept `json:"concepts"`
	Rows      []matrixRow     `json:"rows"`
	Codebook  int             `json:"codebook"`
	Documents int             `json:"documents"`
	Tagged    bool            `json:"tagged"`
	Took      float64         `json:"took"`
}

type matrixConcept struct {
	conceptRef
	Broader  string `json:"broader"`
	Status   string `json:"status"`
	Narrower int    `json:"narrower"` // how many concepts are below it
}

type matrixRow struct {
	Document   string `json:"document"`
	Title      string `json:"title"`
	ShortTitle string `json:"shortTitle,omitempty"`
	Kind       string `json:"kind"`
	Year       int    `json:"year"`
	Group      string `json:"group,omitempty"`
	Cells      []int  `json:"cells"`
	Total      int    `json:"total"`
}

func (s *Server) matrix(c echo.Context, asker annotations.Asker) error {
	start := time.Now()
	m, err := s.tabulate(c, asker)
	if err != nil {
		return err
	}
	m.Took = millisecondsSince(start)
	return answerJSON(c, http.StatusOK, m)
}

// tabulate returns the matrix that the parameters ask for, its rows and columns
// in their order.
func (s *Server) tabulate(c echo.Context, asker annotations.Asker) (*matrixAnswer, error) {
	ctx := c.Request().Context()
	rolled := c.QueryParam("rolled") == "true"
	cells, err := s.Store.Matrix(ctx, asker, c.QueryParam("value"), rolled)
	if err != nil {
		return nil, err
	}
	documents, library, err := s.matrixDocuments(c, asker)
	if err != nil {
		return nil, err
	}
	tree, err := s.conceptTree(ctx)
	if err != nil {
		return nil, err
	}
	m := &matrixAnswer{
		Concepts: chosenConcepts(tree, c.QueryParam("under"), c.QueryParam("conceptStatus"), rolled), Rows: []matrixRow{},
		Codebook: len(tree), Documents: library, Tagged: len(cells) > 0,
	}
	for _, d := range documents {
		m.Rows = append(m.Rows, m.row(d, cells))
	}
	if c.QueryParam("columns") != "all" {
		m.dropUnused()
	}
	if c.QueryParam("rows") == "coded" {
		m.Rows = slices.DeleteFunc(m.Rows, func(r matrixRow) bool { return !slices.ContainsFunc(r.Cells, coded) })
	}
	m.sort(c.QueryParam("sort"))
	m.group(c.QueryParam("groupBy"), documents)
	return m, nil
}

func coded(cell int) bool { return cell != notCoded }

// row returns the row of a document.
func (m *matrixAnswer) row(d store.DocumentSummary, cells map[store.CellKey]store.Cell) matrixRow {
	row := matrixRow{
		Document: d.ID, Title: d.Title, ShortTitle: d.ShortTitle, Kind: d.Kind, Year: d.Year, Cells: make([]int, len(m.Concepts)),
	}
	for i, concept := range m.Concepts {
		cell := cells[store.CellKey{Document: d.ID, Concept: concept.ID}]
		switch {
		case cell.Count > 0:
			row.Cells[i] = cell.Count
			row.Total += cell.Count
		case cell.Absent:
			row.Cells[i] = readAbsent
		case cell.Whole:
			row.Cells[i] = ofWhole
		default:
			row.Cells[i] = notCoded
		}
	}
	return row
}

// dropUnused leaves out the columns in which no row says anything.
func (m *matrixAnswer) dropUnused() {
	var kept []int
	for i := range m.Concepts {
		if slices.ContainsFunc(m.Rows, func(r matrixRow) bool { return coded(r.Cells[i]) }) {
			kept = append(kept, i)
		}
	}
	concepts := make([]matrixConcept, len(kept))
	for j, i := range kept {
		concepts[j] = m.Concepts[i]
	}
	m.Concepts = concepts
	for r := range m.Rows {
		cells := make([]int, len(kept))
		for j, i := range kept {
			cells[j] = m.Rows[r].Cells[i]
		}
		m.Rows[r].Cells = cells
	}
}

// sort puts the rows in an order: by "year", "title", "total", or by the figures
// of the concept whose id it is. Rows that are the same in that are by title.
func (m *matrixAnswer) sort(by string) {
	column := slices.IndexFunc(m.Concepts, func(c matrixConcept) bool { return c.ID == by })
	slices.SortStableFunc(m.Rows, func(a, b matrixRow) int {
		first := 0
		switch {
		case column >= 0:
			first = cmp.Compare(b.Cells[column], a.Cells[column])
		case by == "total":
			first = cmp.Compare(b.Total, a.Total)
		case by != "title":
			first = cmp.Compare(yearOrLast(a.Year), yearOrLast(b.Year))
		}
		return cmp.Or(first, strings.Compare(strings.ToLower(a.name()), strings.ToLower(b.name())), strings.Compare(a.Document, b.Document))
	})
}

func (r matrixRow) name() string { return cmp.Or(r.ShortTitle, r.Title) }

func yearOrLast(year int) int {
	if year == 0 {
		return 10_000
	}
	return year
}

// withoutGroup is the group of the documents of which is not known in which
// they are.
const withoutGroup = "Not known"

// group puts rows together by what is known of their documents: "organisation",
// "year" or "party". Those of several parties stand in the group of each.
func (m *matrixAnswer) group(by string, documents []store.DocumentSummary) {
	groups := map[string][]string{}
	for _, d := range documents {
		switch by {
		case "organisation":
			groups[d.ID] = []string{d.Organisation}
		case "year":
			groups[d.ID] = []string{""}
			if d.Year != 0 {
				groups[d.ID][0] = strconv.Itoa(d.Year)
			}
		case "party":
			for _, party := range d.Parties {
				groups[d.ID] = append(groups[d.ID], index.PartyName(party))
			}
		default:
			return
		}
	}
	var rows []matrixRow
	for _, r := range m.Rows {
		in := groups[r.Document]
		if len(in) == 0 {
			in = []string{""}
		}
		for _, r.Group = range in {
			r.Group = cmp.Or(r.Group, withoutGroup)
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b matrixRow) int {
		return cmp.Or(cmp.Compare(last(a.Group), last(b.Group)), strings.Compare(a.Group, b.Group))
	})
	m.Rows = some(rows)
}

func last(group string) int {
	if group == withoutGroup {
		return 1
	}
	return 0
}

// conceptTree returns the codebook, each concept followed by those below it, by
// family and label.
func (s *Server) conceptTree(ctx context.Context) ([]matrixConcept, error) {
	all, err := s.Store.AllConcepts(ctx)
	if err != nil {
		return nil, err
	}
	below := map[string][]annotations.Concept{}
	known := map[string]bool{}
	for _, concept := range all {
		known[concept.ID] = concept.Status != annotations.Gone
	}
	for _, concept := range all {
		if concept.Status == annotations.Gone {
			continue
		}
		above := concept.Broader
		if !known[above] {
			above = ""
		}
		below[above] = append(below[above], concept)
	}
	for _, of := range below {
		slices.SortStableFunc(of, func(a, b annotations.Concept) int {
			return cmp.Or(cmp.Compare(a.Family, b.Family), strings.Compare(annotations.NormalLabel(a.Label), annotations.NormalLabel(b.Label)))
		})
	}
	tree := []matrixConcept{}
	var add func(above string)
	add = func(above string) {
		for _, concept := range below[above] {
			at := len(tree)
			tree = append(tree, matrixConcept{conceptRef: refTo(concept), Broader: above, Status: concept.Status})
			add(concept.ID)
			tree[at].Narrower = len(tree) - at - 1
		}
	}
	add("")
	return tree, nil
}

// chosenConcepts returns the columns: of the whole tree or of what is under a
// concept, with a status if one is given, and each concept by itself or, if
// rolled, only the uppermost ones, for which the narrower ones count.
func chosenConcepts(tree []matrixConcept, under, status string, rolled bool) []matrixConcept {
	part := tree
	if at := slices.IndexFunc(tree, func(c matrixConcept) bool { return c.ID == under }); at >= 0 {
		part = tree[at : at+1+tree[at].Narrower]
		if rolled && len(part) > 1 {
			part = part[1:]
		}
	}
	chosen := []matrixConcept{}
	for i := 0; i < len(part); i++ {
		concept := part[i]
		if rolled {
			i += concept.Narrower
		}
		if status == "" || concept.Status == status {
			chosen = append(chosen, concept)
		}
	}
	return chosen
}

// matrixDocuments returns the documents that the search and its filters find
// anything in, all of them if nothing is asked, and how many there are in all.
func (s *Server) matrixDocuments(c echo.Context, asker annotations.Asker) (found []store.DocumentSummary, library int, err error) {
	ctx := c.Request().Context()
	found, library, err = s.Store.Documents(ctx, asker, store.DocumentFilter{})
	if err != nil {
		return nil, 0, err
	}
	asked, err := s.asked(c, asker)
	if err != nil || asked.All == (query.All{}) {
		return found, library, err
	}
	in := map[string]bool{}
	for offset := 0; ; offset += mostAtOnce {
		o := index.Options{Audiences: asker.Audiences(), Sort: index.ByTitle, Offset: offset, Limit: mostAtOnce, PerDocument: 1}
		result, err := bounded(ctx, func(ctx context.Context) (*index.Result, error) { return s.Engine.Search(ctx, asked.Query, o) })
		if err != nil {
			return nil, 0, err
		}
		for _, group := range result.Groups {
			in[group.Document] = true
		}
		if offset+mostAtOnce >= result.Documents {
			break
		}
	}
	return slices.DeleteFunc(found, func(d store.DocumentSummary) bool { return !in[d.ID] }), library, nil
}

// mostAtOnce is how many documents a search returns at most.
const mostAtOnce = 100
