package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/index"
)

// TestSchemas opens databases of each earlier schema, with something in every
// table that there was then, and holds all that was in them against what is in
// them afterwards. testdata/schemas has for each schema what it is the first to
// hold; a migration without such a file fails.
func TestSchemas(t *testing.T) {
	newest := newestSchema(t)
	for n := 1; n <= newest; n++ {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			dir := t.TempDir()
			before := schemaAt(t, dir, n)
			s := reopen(t, dir)
			after := contentOf(t, s.reader)
			for _, problem := range missing(n, before, after) {
				t.Error(problem)
			}
			checked := must[Checked](t)(s.Check(t.Context(), func(problem string) { t.Error(problem) }))
			if want := len(before["annotations"]); checked.Annotations != want {
				t.Errorf("looked at %d annotations, want %d", checked.Annotations, want)
			}
			readSchema(t, s, n)
		})
	}
}

// TestNewerSchema opens a database that a later version has opened.
func TestNewerSchema(t *testing.T) {
	dir := t.TempDir()
	newest := newestSchema(t)
	schemaAt(t, dir, newest)
	db := must[*sql.DB](t)(connect(filepath.Join(dir, File), 1, nil))
	if _, err := db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)", newest+1); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), dir)
	if err == nil {
		t.Fatal(errors.Join(errors.New("an older Glossator opens what a newer one has changed"), s.Close()))
	}
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "newer Glossator") || !strings.Contains(err.Error(), "backup") {
		t.Errorf("it is refused with %q", err)
	}
}

func newestSchema(t *testing.T) (newest int) {
	t.Helper()
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	if newest, err = strconv.Atoi(filepath.Base(slices.Max(files))[:4]); err != nil {
		t.Fatal(err)
	}
	return newest
}

// A content is the rows of each table, each its values by column.
type content map[string][]map[string]any

// schemaAt makes a database of a schema in dir and returns what is in it.
func schemaAt(t *testing.T, dir string, n int) content {
	t.Helper()
	path := filepath.Join(dir, File)
	db := must[*sql.DB](t)(connect(path, 1, url.Values{"_pragma": {"synchronous(OFF)", "journal_mode(WAL)", "foreign_keys(1)"}}))
	provider, err := migrator(db)
	if err != nil {
		t.Fatal(err)
	}
	fill := schemaFiller(t)
	for i := 1; i <= n; i++ {
		if _, err := provider.UpTo(t.Context(), int64(i)); err != nil {
			t.Fatal(err)
		}
		rows, err := os.ReadFile(fmt.Sprintf("testdata/schemas/%04d.sql", i))
		if err != nil {
			t.Fatalf("schema %d has nothing to try later migrations on: %v", i, err)
		}
		if _, err := db.Exec(fill(string(rows))); err != nil {
			t.Fatalf("schema %d: %v", i, err)
		}
	}
	all := contentOf(t, db)
	for table, rows := range all {
		if len(rows) == 0 {
			t.Errorf("schema %d: nothing is in the table %s", n, table)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}

// schemaFiller returns what puts the text of the only version, a place in it and
// hashes where the files of testdata/schemas name them in braces.
func schemaFiller(t *testing.T) func(string) string {
	t.Helper()
	v := articles("quay", "en", "Every harbour is open to ships in need.", "A pilot comes on board.")
	p, err := pack("quay", v)
	if err != nil {
		t.Fatal(err)
	}
	metadata, err := json.Marshal(index.Document{ID: "quay", Title: "Quay Accord", Kind: index.Treaty, Organisation: "Coast Conference", Signed: "1998-05-04"})
	if err != nil {
		t.Fatal(err)
	}
	const quote = "open to ships"
	before, _, _ := strings.Cut(v.Text, quote)
	start := utf8.RuneCountInString(before)
	at, err := anchor.NewText(v.Text).Select(start, start+len(quote))
	if err != nil {
		t.Fatal(err)
	}
	names := strings.NewReplacer(
		"{version}", v.ID, "{sha256}", v.SHA256, "{length}", strconv.Itoa(p.length), "{body}", "X'"+hex.EncodeToString(p.body)+"'",
		"{metadata}", string(metadata), "{start}", strconv.Itoa(at.Start), "{end}", strconv.Itoa(at.End),
		"{exact}", at.Exact, "{prefix}", at.Prefix, "{suffix}", at.Suffix, "{passage}", v.Passages()[0].Provision,
	)
	hashes := regexp.MustCompile(`\{hash (\w+)\}`)
	return func(text string) string {
		return names.Replace(hashes.ReplaceAllStringFunc(text, func(name string) string { return hash(hashes.FindStringSubmatch(name)[1]) }))
	}
}

func contentOf(t *testing.T, db *sql.DB) content {
	t.Helper()
	all := content{}
	for _, table := range must[[]string](t)(list(t.Context(), db, scanText,
		"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'")) {
		all[table] = rowsOf(t, db, table)
	}
	return all
}

func rowsOf(t *testing.T, db *sql.DB, table string) []map[string]any {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	all := []map[string]any{}
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		row := map[string]any{}
		for i, column := range columns {
			row[column] = *values[i].(*any)
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// missing says which rows of a schema are not there afterwards with the same
// values. By migration 7 concepts of the starter codebook get other names;
// sessions end with migration 13, and the count of passwords goes.
func missing(schema int, before, after content) (problems []string) {
	for table, rows := range before {
		if table == "sessions" && schema < 13 {
			continue
		}
		for _, row := range rows {
			wanted := map[string]any{}
			for column, value := range row {
				starter := table == "concepts" && row["creator"] == "" && schema < 7 && (column == "words" || column == "aliases")
				if !starter && (table != "users" || column != "epoch") {
					wanted[column] = value
				}
			}
			if !slices.ContainsFunc(after[table], func(row map[string]any) bool {
				for column, value := range wanted {
					if !gocmp.Equal(row[column], value) {
						return false
					}
				}
				return true
			}) {
				problems = append(problems, fmt.Sprintf("table %s has lost, or changed, %v", table, wanted))
			}
		}
	}
	return problems
}

// readSchema reads what people had in a database of a schema.
func readSchema(t *testing.T, s *Store, n int) {
	t.Helper()
	ctx := t.Context()
	anna := must[annotations.Asker](t)(s.AskerOf(ctx, annotations.User{ID: "anna", Role: annotations.Member}))
	wanted := []string{"first", "second"}
	for _, added := range []struct {
		since int
		id    string
	}{{2, "third"}, {6, "answer"}, {8, "shared"}, {9, "coded"}} {
		if n >= added.since {
			wanted = append(wanted, added.id)
		}
	}
	for _, id := range wanted {
		must[annotations.Annotation](t)(s.Annotation(ctx, anna, id))
		if past := must[[]Event](t)(s.History(ctx, anna, id)); len(past) == 0 {
			t.Errorf("annotation %s has no history", id)
		}
	}
	must[annotations.Concept](t)(s.Concept(ctx, anna, "pilotage"))
	must[annotations.SavedSearch](t)(s.SavedSearch(ctx, anna, "search"))
	if _, owner, err := s.SharedSearch(ctx, "share"); err != nil || owner != "Anna" {
		t.Errorf("the link leads to a search of %q, %v", owner, err)
	}
	if user, _, err := s.TokenUser(ctx, "token"); err != nil || user.ID != "anna" {
		t.Errorf("the token is of %v, %v", user, err)
	}
	if n >= 8 {
		must[GroupSummary](t)(s.Group(ctx, anna, "pilots"))
	}
	if n >= 9 {
		must[annotations.Round](t)(s.Round(ctx, anna, "round"))
	}
	passages := 0
	for _, change := range must[[]index.Change](t)(s.Changes(ctx, 0, nil, 1<<20)) {
		passages += len(change.Passages)
	}
	if passages != 2 {
		t.Errorf("%d passages can be found, want 2", passages)
	}
	if _, err := s.CreateAnnotation(context.WithoutCancel(ctx), anna, NewAnnotation{
		Document: "quay", Note: "And on it goes.", Visibility: annotations.Private,
	}); err != nil {
		t.Errorf("nothing can be added: %v", err)
	}
}
