package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index/importer"
)

// openings are what a spreadsheet may take for the beginning of a formula.
var openings = []string{"=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠"}

// tables are the routes that answer with tables, by operation. One that is in the
// contract and not here fails the test.
var tables = map[string][]string{
	"exportSearch":      {"/api/search/export?q=harbour&format="},
	"exportConcordance": {"/api/concordance/export?q=harbour"},
	"exportLens":        {"/api/lens/export?q=harbour&kind=treaty&format=", "/api/lens/export?q=harbour&format="},
	"exportMatrix":      {"/api/matrix/export?format=", "/api/matrix/export?groupBy=organisation&format="},
	"exportAnnotations": {"/api/annotations?format="},
	"roundResult":       {"/api/rounds/{round}/result"},
	"exportAudit":       {"/api/audit/export"},
	"exportAgreement":   {"/api/rounds/{round}/agreement/export"},
}

// TestNoFormulas begins everything that people write, and that files bring along,
// with what spreadsheets take for formulas: no cell of any table that leaves is
// one.
func TestNoFormulas(t *testing.T) {
	s := newSite(t)
	round := s.formulas()
	asked := 0
	for path, item := range readContract(t).Paths.Map() {
		operation := item.Get
		if operation == nil {
			continue
		}
		types := operation.Responses.Value("200")
		if types == nil || types.Value.Content == nil {
			continue
		}
		for format, media := range map[string]string{"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"} {
			if types.Value.Content[media] == nil {
				continue
			}
			known, ok := tables[operation.OperationID]
			if !ok {
				t.Errorf("GET %s (%s) is a table: say in tables how it is asked for", path, operation.OperationID)
			}
			for _, address := range known {
				address = strings.ReplaceAll(address, "{round}", round)
				if strings.HasSuffix(address, "=") {
					address += format
				}
				response, body := s.get("formula", address)
				if response.StatusCode != http.StatusOK {
					t.Errorf("%s: status %d: %.200s", address, response.StatusCode, body)
					continue
				}
				asked++
				if format == "csv" {
					noFormulas(t, address, body)
				} else {
					noFormulaElements(t, address, body)
				}
			}
		}
	}
	if asked < 9 {
		t.Errorf("only %d tables were asked for", asked)
	}
}

// formulas fills a site, and returns the id of a closed coding round.
func (s *site) formulas() (round string) {
	ctx := s.t.Context()
	must := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	coders := []string{"=one()", "@two()"}
	var askers []annotations.Asker
	for _, name := range coders {
		user, err := s.store.CreateUser(ctx, name, password, annotations.Administrator)
		must(err)
		asker, err := s.store.AskerOf(ctx, user)
		must(err)
		askers = append(askers, asker)
	}
	var err error
	_, s.tokens["formula"], err = s.store.CreateToken(ctx, askers[0], "=token()", annotations.ScopeEverything, 0)
	must(err)
	group, err := s.store.CreateGroup(ctx, askers[0], "=group()", "")
	must(err)
	askers[0].Groups = map[string]string{group.ID: annotations.GroupOwner}
	var concepts, documents []string
	for i, opening := range openings {
		k, err := s.store.CreateConcept(ctx, askers[0], annotations.Concept{Label: opening + "concept" + strconv.Itoa(i)})
		must(err)
		concepts = append(concepts, k.ID)
		front := "---\ntitle: " + strconv.Quote(opening+"title") + "\norganisation: " + strconv.Quote(opening+"organisation") + "\n---\n\n"
		document, versions, err := importer.Parse("formula"+strconv.Itoa(i)+".md",
			[]byte(front+"# T"+strconv.Itoa(i)+"\n\n## Article 1 "+opening+"heading\n\n"+opening+"harbour "+opening+"sum(1) harbour "+opening+"harbour\n"), importer.Metadata{})
		must(err)
		_, err = s.store.PutDocument(ctx, document, versions)
		must(err)
		documents = append(documents, document.ID)
		wanted := store.NewAnnotation{Document: document.ID, Concepts: concepts[i:], Note: opening + "note", Visibility: annotations.Public}
		if i == 0 {
			wanted.Visibility, wanted.Group = annotations.Group, group.ID
		}
		_, err = s.store.CreateAnnotation(ctx, askers[0], wanted)
		must(err)
	}
	r, err := s.store.CreateRound(ctx, askers[0], store.NewRound{
		Name: "=round()", Concepts: concepts[:4], Visibility: annotations.Public,
		Assignments: []store.NewAssignment{{Document: documents[0], Coders: coders}},
	})
	must(err)
	v, err := s.store.Version(ctx, askers[0], r.Assignments[0].Version)
	must(err)
	at := strings.Index(v.Text, "=harbour")
	_, err = s.store.CreateAnnotation(ctx, askers[0], store.NewAnnotation{
		Version: v.ID, Targets: []annotations.Target{{Start: at, End: at + len("=harbour")}}, Concepts: concepts[:1], Note: "=note", Round: r.ID,
	})
	must(err)
	for _, asker := range askers {
		_, err = s.store.FinishDocument(ctx, asker, r.ID, documents[0], true)
		must(err)
	}
	closed := true
	_, err = s.store.UpdateRound(ctx, askers[0], r.ID, store.RoundEdit{Closed: &closed})
	must(err)
	s.catchUp()
	return r.ID
}

func noFormulas(t *testing.T, address string, body []byte) {
	t.Helper()
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(address, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if _, err := strconv.ParseFloat(cell, 64); err == nil {
				continue
			}
			if slices.ContainsFunc(openings, func(opening string) bool {
				return strings.HasPrefix(cell, opening[:1]) && opening[0] < 0x80 || strings.HasPrefix(cell, opening)
			}) {
				t.Errorf("%s has the formula %q", address, cell)
			}
		}
	}
	if len(rows) < 2 {
		t.Errorf("%s has %d rows", address, len(rows))
	}
}

// inSheet is a cell that is a formula, or whose type leaves that to the reader.
var inSheet = regexp.MustCompile(`<f[ >/]|<c [^>]*t="(str|e)"`)

func noFormulaElements(t *testing.T, address string, body []byte) {
	t.Helper()
	book, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(address, err)
	}
	for _, part := range book.File {
		if !strings.Contains(part.Name, "worksheets/") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil || r.Close() != nil {
			t.Fatal(err)
		}
		if found := inSheet.Find(content); found != nil || !bytes.Contains(content, []byte(openings[0])) {
			t.Errorf("%s: %s has %q", address, part.Name, found)
		}
	}
}
