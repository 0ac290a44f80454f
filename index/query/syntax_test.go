package query

import (
	"errors"
	"strings"
	"testing"
)

// An example of the manual: a query, and either what it means or what is wrong
// with it and a repair, which is "" if the manual gives none.
type example struct{ query, meaning, reason, repair string }

func examples(t *testing.T) []example {
	t.Helper()
	var found []example
	for i, part := range strings.Split(Manual, "```query\n")[1:] {
		block, _, closed := strings.Cut(part, "```")
		if !closed {
			t.Fatalf("block %d of syntax.md is not closed", i+1)
		}
		lines := strings.Split(strings.TrimSpace(block), "\n")
		for at := 0; at+1 < len(lines); at += 2 {
			e := example{query: lines[at]}
			e.meaning, _ = strings.CutPrefix(lines[at+1], "→ ")
			if reason, wrong := strings.CutPrefix(lines[at+1], "✗ "); wrong {
				e.meaning, e.reason = "", reason
				if at+2 < len(lines) && (at+3 == len(lines) || !marked(lines[at+3])) {
					e.repair = lines[at+2]
					at++
				}
			}
			found = append(found, e)
		}
	}
	return found
}

func marked(line string) bool {
	return strings.HasPrefix(line, "→ ") || strings.HasPrefix(line, "✗ ")
}

func TestManual(t *testing.T) {
	all := examples(t)
	if len(all) < 30 {
		t.Fatalf("found only %d examples in syntax.md", len(all))
	}
	for _, e := range all {
		q, err := Parse(e.query)
		if e.reason != "" {
			var fault *Error
			if !errors.As(err, &fault) || fault.Reason != e.reason || fault.Repair != e.repair {
				t.Errorf("Parse(%q) = %v, %#v\nthe manual says %q, try %q", e.query, q, err, e.reason, e.repair)
			}
			continue
		}
		if err != nil {
			t.Errorf("Parse(%q): %v", e.query, err)
			continue
		}
		if got := Explain(q); got != e.meaning {
			t.Errorf("Explain(%q)\n got %s\nwant %s", e.query, got, e.meaning)
		}
	}
}

func TestManualNamesEveryField(t *testing.T) {
	for _, field := range Fields {
		if !strings.Contains(Manual, "| `"+field+":` |") {
			t.Errorf("syntax.md does not describe %s:", field)
		}
	}
}
