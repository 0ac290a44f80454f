package api_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"glossator/annotations/store"
	"glossator/api"
)

// TestRights asks for every operation of the contract as everyone; the table is
// testdata/rights.txt. With -v it prints who may ask for what.
func TestRights(t *testing.T) {
	open, closed := newSite(t), newSite(t, func(c *api.Config) { c.Open = false })
	shared := newSharing(t, open)
	askers := []struct {
		site     *site
		as, role string
	}{
		{open, "stranger", "stranger"}, {closed, "stranger", "stranger where it is closed"},
		{open, "ada", "member"}, {open, "edith", "editor"}, {open, "arthur", "administrator"},
		{open, "renate", "reader of the group"}, {open, "anton", "annotator"}, {open, "gerda", "group editor"}, {open, "otto", "owner"},
	}

	rows := rightsTable(t)
	var list []string
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
			if !row.real && method != http.MethodOptions && ofGroups.MatchString(path) {
				t.Errorf("%s %s: the row says nothing of the roles in a group", method, path)
			}
			var may []string
			for i, asker := range askers {
				got := asker.site.status(asker.as, method, shared.fill(row.path), shared.fill(row.body))
				if got != row.statuses[i] {
					t.Errorf("%s as %s: status %d, want %d", operation.OperationID, asker.role, got, row.statuses[i])
				}
				if got < 300 && row.real && method != http.MethodGet {
					shared.renew()
				}
				if got != 401 && got != 403 && (got != 404 || !row.real) {
					may = append(may, asker.role)
				}
			}
			list = append(list, fmt.Sprintf("%-60s %-7s %s", path, method, strings.Join(may, ", ")))
		}
	}
	for operation := range rows {
		t.Errorf("testdata/rights.txt has a row for %s, which the contract has not", operation)
	}
	slices.Sort(list)
	t.Logf("who may ask for what:\n%s", strings.Join(list, "\n"))
}

// TestRightsInBulk: where many annotations are moved or copied at once the status
// says nothing of each; those that are not the asker's to move stay. Copies are made
// first: what is moved has left one that is the same.
func TestRightsInBulk(t *testing.T) {
	s := newSite(t)
	shared := newSharing(t, s)
	other := shared.group("Beacons")
	for _, test := range []struct {
		path, body string
		moved      map[string]int // of the one that anton made for the group, by who asks
	}{
		{"/api/copies", `{"annotations":["{annotation}"],"visibility":"private"}`, map[string]int{"renate": 1, "anton": 1, "gerda": 1, "otto": 1}},
		{"/api/copies", `{"from":"{group}","visibility":"group","group":"` + other + `"}`, map[string]int{"anton": 1, "gerda": 1, "otto": 1}},
		{"/api/moves", `{"annotations":["{annotation}"],"visibility":"private"}`, map[string]int{"anton": 1}},
		{"/api/moves", `{"annotations":["{annotation}"],"visibility":"public"}`, map[string]int{"anton": 1}},
		{"/api/moves", `{"from":"{group}","mine":true,"visibility":"public"}`, map[string]int{"anton": 1}},
		{"/api/moves", `{"from":"{group}","visibility":"group","group":"` + other + `"}`, map[string]int{"anton": 1, "gerda": 1, "otto": 1}},
	} {
		for _, as := range []string{"ada", "edith", "arthur", "renate", "anton", "gerda", "otto"} {
			_, answer := s.post(as, test.path, shared.fill(test.body))
			var moved store.Moved
			if err := json.Unmarshal(answer, &moved); err != nil {
				t.Fatal(err)
			}
			if got := len(moved.Annotations); got != test.moved[as] {
				t.Errorf("%s %s as %s: %d annotations, want %d", test.path, test.body, as, got, test.moved[as])
			}
			shared.renew()
		}
	}
}

// ofGroups matches paths of what may be a group's.
var ofGroups = regexp.MustCompile(`\{(annotation|group|round)\}`)

type rightsRow struct {
	statuses     []int
	method, path string
	body         string
	real         bool // whether it asks for something that there is
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
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		operation, row := fields[0], rightsRow{body: "{}"}
		for fields = fields[1:]; ; fields = fields[1:] {
			status, err := strconv.Atoi(fields[0])
			if err != nil {
				break
			}
			row.statuses = append(row.statuses, status)
		}
		row.method, row.path = fields[0], fields[1]
		if len(fields) > 2 {
			row.body = strings.Join(fields[2:], " ")
		}
		switch len(row.statuses) {
		case 9:
			row.real = true
		case 5: // the roles in a group make no difference
			member := row.statuses[2]
			row.statuses = append(row.statuses, member, member, member, member)
		default:
			t.Fatalf("%s has %d statuses in testdata/rights.txt, want 5 or 9", operation, len(row.statuses))
		}
		rows[operation] = row
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
		row.path = inBraces.ReplaceAllString(row.path, "x")
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
