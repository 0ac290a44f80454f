package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestStatementsAreBounded asks more different questions than are kept.
func TestStatementsAreBounded(t *testing.T) {
	s := open(t)
	conn := must[*sql.Conn](t)(s.reader.Conn(t.Context()))
	defer conn.Close()
	for i := range 2 * statementsKept {
		var got string
		query := fmt.Sprintf("SELECT '%d'", i%(statementsKept+10))
		if err := conn.QueryRowContext(t.Context(), query).Scan(&got); err != nil || got != fmt.Sprint(i%(statementsKept+10)) {
			t.Fatal(got, err)
		}
	}
	var kept int
	err := conn.Raw(func(raw any) error {
		kept = len(raw.(*keepingConn).kept)
		return nil
	})
	if err != nil || kept == 0 || kept > statementsKept {
		t.Errorf("%d statements are kept, %v; want at most %d", kept, err, statementsKept)
	}
	if _, err := list(t.Context(), conn, scanText, "SELECT nothing FROM nowhere"); err == nil {
		t.Error("a statement that is wrong did not fail")
	}
}

// TestStatementWhileItRuns runs a statement again while its rows are read, and
// after one that failed: what is kept must not be told apart from what is not.
func TestStatementWhileItRuns(t *testing.T) {
	s := open(t)
	tx := must[*sql.Tx](t)(s.writer.BeginTx(t.Context(), nil))
	defer func() { _ = tx.Rollback() }()
	const query = "SELECT value FROM json_each('[\"a\", \"b\", \"c\"]') WHERE value >= ? ORDER BY value"
	var got []string
	for range 2 {
		outer, err := tx.QueryContext(t.Context(), query, "a")
		if err != nil {
			t.Fatal(err)
		}
		defer outer.Close()
		for outer.Next() {
			var one string
			if err := outer.Scan(&one); err != nil {
				t.Fatal(err)
			}
			got = append(got, one+fmt.Sprint(must[[]string](t)(list(t.Context(), tx, scanText, query, one))))
		}
		if err := errors.Join(outer.Err(), outer.Close()); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"a[a b c]", "b[b c]", "c[c]"}
	if diff := cmp.Diff(slices.Concat(want, want), got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	const insert = "INSERT INTO settings (name, value) VALUES (?, ?)"
	for i, name := range []string{"one", "one", "two"} {
		if _, err := tx.ExecContext(t.Context(), insert, name, "value"); (err != nil) != (i == 1) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if n := must[[]string](t)(list(t.Context(), tx, scanText, "SELECT name FROM settings WHERE value = 'value' ORDER BY name")); !slices.Equal(n, []string{"one", "two"}) {
		t.Errorf("inserted %v", n)
	}
}

// TestStatementOfAChangedTable runs a statement before and after its table has
// changed.
func TestStatementOfAChangedTable(t *testing.T) {
	s := open(t)
	conn := must[*sql.Conn](t)(s.writer.Conn(t.Context()))
	defer conn.Close()
	const query = "SELECT * FROM settings"
	columns := func() int {
		rows, err := conn.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return len(must[[]string](t)(rows.Columns()))
	}
	before := columns()
	if _, err := conn.ExecContext(t.Context(), "ALTER TABLE settings ADD COLUMN more TEXT NOT NULL DEFAULT ''"); err != nil {
		t.Fatal(err)
	}
	if after := columns(); after != before+1 {
		t.Errorf("%d columns before, %d after", before, after)
	}
}
