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
				if got := asker.site.status(asker.as, row.method, row.path); got != row.statuses[i] {
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

// status returns how a request with an empty object as its body is answered.
func (s *site) status(as, method, path string) int {
	s.t.Helper()
	request, err := http.NewRequest(method, s.URL+path, strings.NewReader("{}"))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response := s.ask(as, request)
	response.Body.Close()
	return response.StatusCode
}
