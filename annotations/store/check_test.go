package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

func TestCheckFinds(t *testing.T) {
	for _, test := range []struct{ damage, problem string }{
		{"UPDATE placements SET start_at = start_at + 1", "does not read “One rule”"},
		{"UPDATE placements SET suffix = 'x'", "does not read “One rule”"},
		{"DELETE FROM reaches", "found with no passage and should be with art1"},
		{"UPDATE reaches SET passage = 'art2'", "found with art2 and should be with art1"},
		{"UPDATE annotations SET audience = 'public'", `kept for "public" and is for "user:`},
		{"DELETE FROM history", "not in its history"},
		{"PRAGMA foreign_keys = 0; DELETE FROM placements", "has no place"},
		{"PRAGMA foreign_keys = 0; DELETE FROM users", "that is not in users"},
		{"UPDATE versions SET body = x'00'", "cannot be read"},
	} {
		t.Run(test.damage, func(t *testing.T) {
			s := open(t)
			v := articles("a", "en", "One rule.", "Another.")
			put(t, s, Taken, agreement("a", "Agreement"), v)
			annotate(t, s, join(t, s, "Anna", annotations.Member), v.ID, "One rule", NewAnnotation{Note: "note"})
			var problems []string
			look := func() Checked {
				return must[Checked](t)(s.Check(t.Context(), func(problem string) { problems = append(problems, problem) }))
			}
			if diff := cmp.Diff(Checked{Versions: 1, Annotations: 1, Placements: 1}, look()); diff != "" || len(problems) > 0 {
				t.Fatalf("before: %v (-want +got):\n%s", problems, diff)
			}
			if _, err := s.writer.ExecContext(t.Context(), test.damage); err != nil {
				t.Fatal(err)
			}
			look()
			if all := strings.Join(problems, "\n"); !strings.Contains(all, test.problem) {
				t.Errorf("found %q, not %q", all, test.problem)
			}
		})
	}
}

func TestSound(t *testing.T) {
	dir := t.TempDir()
	s := reopen(t, dir)
	put(t, s, Taken, agreement("a", "Agreement"), articles("a", "en", "One rule.", "Another."))
	if !Unclean(dir) {
		t.Error("an open database is taken for a closed one")
	}
	if err := s.Sound(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := s.writer.ExecContext(t.Context(), "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'rejections'"); err != nil {
		t.Fatal(err)
	}
	err := reopen(t, dir).Sound(t.Context())
	if err == nil {
		t.Fatal("a damaged database is taken for a whole one")
	}
	wantAdvice(t, err)
}

// TestOpenDamaged opens a file that is no database any more: it is refused, and
// the way on is told.
func TestOpenDamaged(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, File), bytes.Repeat([]byte("Nothing that was here is left. "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), dir)
	if err == nil {
		t.Fatal(errors.Join(errors.New("it is taken for a database"), s.Close()))
	}
	wantAdvice(t, err)
}

func wantAdvice(t *testing.T, err error) {
	t.Helper()
	for _, word := range []string{"damaged", "check", "repair", "restore"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("whoever reads %q does not learn of %s", err, word)
		}
	}
}
