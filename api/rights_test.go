package api_test

import (
	"bufio"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"glossator/api"
)

// TestRights asks for every operation of the contract as everyone; the table is
// testdata/rights.txt.
func TestRights(t *testing.T) {
	open, closed := newSite(t), newSite(t, func(c *api.Config) { c.Open = false })
	askers := []struct {
		site *site
		as   string
	}{{open, "stranger"}, {closed, "stranger"}, {open, "ada"}, {open, "edith"}, {open, "arthur"}}

	rows := rightsTable(t)
	for path, item := range readContract(t).Paths.Map() {
		for method, operation := range item.Operations() {
			row, ok := rows[operation.OperationID]
			if !ok {
				t.Errorf("%s %s (%s) has no row in testdata/rights.txt", method, path, operation.OperationID)
				continue
			}
			delete(rows, operation.OperationID)
			if row.method != method {
				t.Errorf("%s: the row asks by %s, the contract by %s", operation.OperationID, row.method, method)
			}
			for i, asker := range askers {
				if got := asker.site.status(asker.as, row.method, row.path, "{}"); got != row.statuses[i] {
					t.Errorf("%s as %s (open: %v): status %d, want %d", operation.OperationID, asker.as, asker.site == open, got, row.statuses[i])
				}
			}
		}
	}
	for operation := range rows {
		t.Errorf("testdata/rights.txt has a row for %s, which the contract has not", operation)
	}
}

type rightsRow struct {
	statuses     []int
	method, path string
}

func rightsTable(t *testing.T) map[string]rightsRow {
	t.Helper()
	file, err := os.Open("testdata/rights.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows := map[string]rightsRow{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) != 8 || fields[0] == "#" {
			continue
		}
		row := rightsRow{method: fields[6], path: fields[7]}
		for _, field := range fields[1:6] {
			status, err := strconv.Atoi(field)
			if err != nil {
				t.Fatal(err)
			}
			row.statuses = append(row.statuses, status)
		}
		rows[fields[0]] = row
	}
	return rows
}

// TestNoRequestIsAnInternalError asks for every operation in odd ways.
func TestNoRequestIsAnInternalError(t *testing.T) {
	s := newSite(t)
	version := s.version("harbour-accord")
	queries := []string{"", "?q=", "?q=%00", "?q=%ff", "?q=%22", "?q=*", "?q=NOT+NOT+NOT+a", "?q=" + strings.Repeat("(", 500), "?%zz", "?page=10000&size=100",
		"?kind=%22&party=*&concept=%5C&lang=%ff&org=a%00b", "?text=%25_%27%22", "?year=..9999", "?document=%27&concept=%27"}
	bodies := []string{"", "{", "null", "[]", "{}", `"x"`, strings.Repeat("[", 20_000),
		`{"version": "` + version + `", "start": 1.0, "end": 2, "note": "x"}`,
		`{"version": "` + version + `", "start": 1e30, "end": 1e31, "note": "x"}`,
		`{"version": "` + version + `", "start": 9, "end": 2, "note": "x"}`,
		`{"version": "` + version + `", "start": 1, "end": 2, "note": "\u0000 \ud800", "concepts": ["x", "x"]}`,
		`{"version": "` + version + `", "start": 1, "end": 2, "concepts": [""], "visibility": "public"}`,
		`{"label": "\u0000", "broader": "x", "family": 9}`, `{"label": "  ", "broader": "x"}`, `{"label": "x", "broader": "x"}`,
		`{"name": "\u0000", "password": "\u0000", "token": "x"}`, `{"name": " ", "address": "&&==%00"}`, `{"name": "x", "address": "q=%ff&year=x"}`,
		`{"number": 9223372036854775808}`, `{"number": -1, "note": ""}`,
	}
	for _, row := range rightsTable(t) {
		for _, path := range []string{row.path, strings.ReplaceAll(row.path, "/x", "/"+version), strings.ReplaceAll(row.path, "/x", "/%00%2F%ff")} {
			if row.method == http.MethodGet {
				for _, q := range queries {
					if status := s.status("arthur", row.method, path+q, ""); status >= 500 {
						t.Errorf("%s %s%s: status %d", row.method, path, q, status)
					}
				}
				continue
			}
			for _, body := range bodies {
				if status := s.status("arthur", row.method, path, body); status >= 500 {
					t.Errorf("%s %s %.200s: status %d", row.method, path, body, status)
				}
			}
		}
	}
	if t.Failed() {
		t.Log(s.log.String())
	}
}

// status returns how a request is answered.
func (s *site) status(as, method, path, body string) int {
	s.t.Helper()
	request, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response := s.ask(as, request)
	defer response.Body.Close()
	return response.StatusCode
}
