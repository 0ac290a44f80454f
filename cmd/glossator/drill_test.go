package main

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations/store"
)

// TestDrill loses a data folder: a backup is made while the server serves, and
// restored into an empty folder, from which a server starts; when its index is
// built, the copy has every row of every table, answers every search as the
// original did, and the check finds no more in it. It drills with a copy of the data folder
// GLOSSATOR_DRILL, otherwise with a few texts, and prints what took how long: fast
// enough is for a person to judge.
func TestDrill(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if folder := os.Getenv("GLOSSATOR_DRILL"); folder != "" {
		if err := os.CopyFS(data, os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	token := scribe(t, data, "editor")
	original := serveData(t, data, token, "--no-digests", "--search-rate=0")
	if os.Getenv("GLOSSATOR_DRILL") == "" {
		w := newChronicler(t, "greta", 41)
		w.s = original
		w.deeds(16)
	}
	had := original.caughtUp()
	asked := original.questions()
	want := original.answersTo(asked)

	before := rowsIn(t, data)
	backup, restored := filepath.Join(t.TempDir(), "backup.db"), filepath.Join(t.TempDir(), "restored")
	var took stopwatch
	answered := original.asked(asked, func() {
		took.time("backup", func() { run(t, "", "backup", "--data", data, backup) })
	})
	after := rowsIn(t, data)
	original.stop()
	took.time("restore", func() { run(t, "", "restore", "--data", restored, backup) })
	compared := compareRows(t, before, after, rowsIn(t, restored))

	var copied *server
	took.time("start", func() { copied = serveData(t, restored, token, "--no-digests", "--search-rate=0") })
	var now status
	took.time("search built", func() { now = copied.caughtUpWithin(10 * time.Minute) })
	if now.Documents != had.Documents || now.Passages != had.Passages || now.Annotations != had.Annotations || now.Mark != had.Mark {
		t.Errorf("the copy has %+v, the original had %+v", now, had)
	}
	got := copied.answersTo(asked)
	for i, path := range asked {
		if diff := cmp.Diff(want[i], got[i]); diff != "" {
			t.Errorf("%s (-original +copy):\n%s", path, diff)
		}
	}
	copied.stop()
	var problems []string
	took.time("check", func() { problems = problemsIn(t, restored) })
	known := problemsIn(t, data)
	if diff := cmp.Diff(known, problems); diff != "" {
		t.Errorf("what the check finds (-original +copy):\n%s", diff)
	}
	t.Logf("drill with %d annotations in %d documents: %v; %d rows and %d answers compared; %d requests answered while the backup was made; "+
		"the check finds %d problems, all of the original", len(before["annotations"]), had.Documents, &took, compared, len(asked), answered, len(known))
}

// problemsIn returns what the check finds in a data folder.
func problemsIn(t *testing.T, data string) (problems []string) {
	t.Helper()
	if err := checkAll(t.Context(), data, io.Discard, func(problem string) { problems = append(problems, problem) }); err != nil {
		t.Fatal(err)
	}
	return problems
}

// A stopwatch notes how long each of several things took.
type stopwatch struct {
	said  []string
	total time.Duration
}

func (w *stopwatch) time(what string, do func()) {
	began := time.Now()
	do()
	took := time.Since(began)
	w.total += took
	w.said = append(w.said, fmt.Sprintf("%s %.1f s", what, took.Seconds()))
}

func (w *stopwatch) String() string {
	return fmt.Sprintf("%s, together %.1f s", strings.Join(w.said, ", "), w.total.Seconds())
}

// questions returns paths of searches, the matrix, and documents with their margins.
func (s *server) questions() (paths []string) {
	s.t.Helper()
	random := rand.New(rand.NewPCG(6, 1))
	texts := s.texts(20)
	for range 100 {
		of := texts[random.IntN(len(texts))]
		paths = append(paths, "/api/search?facets=true&q="+url.QueryEscape(aQuery(random, of.words)))
	}
	for _, query := range []string{"has:note", "has:concept", "by:scribe"} {
		paths = append(paths, "/api/search?facets=true&q="+query)
	}
	for _, of := range texts {
		paths = append(paths, "/api/documents/"+of.document, "/api/versions/"+of.version, "/api/versions/"+of.version+"/annotations")
	}
	return append(paths, "/api/matrix", "/api/concepts?size=100")
}

// asked asks for the paths, one after the other and again, while do does something,
// and returns how many were answered; one that is not fails the test.
func (s *server) asked(paths []string, do func()) (answered int) {
	done := make(chan struct{})
	var asking sync.WaitGroup
	asking.Go(func() {
		for ; ; answered++ {
			select {
			case <-done:
				return
			default:
			}
			if _, err := s.call(http.MethodGet, paths[answered%len(paths)], nil, nil); err != nil {
				s.t.Error(err)
				return
			}
		}
	})
	do()
	close(done)
	asking.Wait()
	return answered
}

// answersTo returns the answers to the paths.
func (s *server) answersTo(paths []string) (answers []any) {
	s.t.Helper()
	for _, path := range paths {
		var answer any
		if _, err := s.call(http.MethodGet, path, nil, &answer); err != nil {
			s.t.Fatal(err)
		}
		if fields, ok := answer.(map[string]any); ok {
			delete(fields, "took")
		}
		answers = append(answers, answer)
	}
	return answers
}

// rows are the rows of tables, as digests, and how often each is there.
type rows map[string]map[[sha256.Size]byte]int

// rowsIn reads every table of the database in a data folder, at one moment.
func rowsIn(t *testing.T, data string) rows {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, store.File)+"?_pragma=query_only(1)&_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	all := rows{}
	for _, table := range column(t, tx, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		all[table] = digests(t, tx, table)
	}
	return all
}

func column(t *testing.T, tx *sql.Tx, query string) (values []string) {
	t.Helper()
	found, err := tx.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var value string
		if err := found.Scan(&value); err != nil {
			t.Fatal(err)
		}
		values = append(values, value)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return values
}

func digests(t *testing.T, tx *sql.Tx, table string) map[[sha256.Size]byte]int {
	t.Helper()
	found, err := tx.QueryContext(t.Context(), fmt.Sprintf("SELECT * FROM %q", table))
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	has := map[[sha256.Size]byte]int{}
	for found.Next() {
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		if table == "settings" && values[0] == generationSetting {
			continue // a copy has an index of its own
		}
		sum := sha256.New()
		for _, value := range values {
			fmt.Fprintf(sum, "%T %v\x00", value, value)
		}
		has[[sha256.Size]byte(sum.Sum(nil))]++
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return has
}

// compareRows returns how many rows a copy has. What the original had before and
// after the copy was made is in it, and nothing that it had at neither time.
func compareRows(t *testing.T, before, after, copied rows) (n int) {
	t.Helper()
	if diff := cmp.Diff(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(copied))); diff != "" {
		t.Errorf("tables (-original +copy):\n%s", diff)
	}
	for table, has := range copied {
		missing, strange := 0, 0
		for row, times := range has {
			n += times
			strange += max(times-max(before[table][row], after[table][row]), 0)
		}
		for row, times := range before[table] {
			missing += max(min(times, after[table][row])-has[row], 0)
		}
		if missing+strange > 0 {
			t.Errorf("the copy of the table %s lacks %d rows, and has %d that the original had not", table, missing, strange)
		}
	}
	return n
}
