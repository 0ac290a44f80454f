package store

import (
	"bytes"
	"strings"
	"testing"

	"glossator/annotations"
)

func TestRepair(t *testing.T) {
	for _, test := range []struct{ damage, aside, remains string }{
		{"UPDATE placements SET start_at = start_at + 1", "", ""},
		{"UPDATE placements SET suffix = 'x'", "", ""},
		{"DELETE FROM reaches", "", ""},
		{"UPDATE reaches SET passage = 'art2'", "", ""},
		{"UPDATE annotations SET audience = 'public'", "", ""},
		{"DELETE FROM history", "", ""},
		{"PRAGMA foreign_keys = 0; DELETE FROM placements; PRAGMA foreign_keys = 1", "", ""},
		{"PRAGMA foreign_keys = 0; DELETE FROM users; PRAGMA foreign_keys = 1", `"table":"annotations"`, ""},
		{"DELETE FROM tallies", "", ""},
		{"DELETE FROM history; UPDATE placements SET start_at = start_at + 1", "", "does not read “One rule”"},
		{"UPDATE versions SET body = x'00'", "", "cannot be read"},
	} {
		t.Run(test.damage, func(t *testing.T) {
			dir := t.TempDir()
			s := reopen(t, dir)
			v := articles("a", "en", "One rule.", "Another.")
			put(t, s, Taken, agreement("a", "Agreement"), v)
			annotate(t, s, join(t, s, "Anna", annotations.Member), v.ID, "One rule", NewAnnotation{Note: "note"})
			if _, err := s.writer.ExecContext(t.Context(), test.damage); err != nil {
				t.Fatal(err)
			}
			s = reopen(t, dir)
			var aside bytes.Buffer
			if err := s.Repair(t.Context(), &aside, func(done string) { t.Log(done) }); err != nil {
				t.Fatal(err)
			}
			var problems []string
			checked := must[Checked](t)(s.Check(t.Context(), func(problem string) { problems = append(problems, problem) }))
			all := strings.Join(problems, "\n")
			if (test.remains == "") != (all == "") || !strings.Contains(all, test.remains) {
				t.Errorf("what remains is %q, want %q", all, test.remains)
			}
			if !strings.Contains(aside.String(), test.aside) || (test.aside == "") != (aside.Len() == 0) {
				t.Errorf("set aside: %q, want %q", &aside, test.aside)
			}
			if test.aside == "" && test.remains == "" && checked.Placements != 1 {
				t.Errorf("after the repair there are %+v", checked)
			}
		})
	}
}
