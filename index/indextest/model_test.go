package indextest

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/unicode/norm"

	"glossator/index"
	"glossator/index/query"
)

// withoutMarks is a stem that is right for the words of the tests.
func withoutMarks(_, word string) []string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word))
	return []string{strings.ReplaceAll(bare, "ß", "ss")}
}

func TestModelOfOddities(t *testing.T) {
	for _, o := range oddities {
		m := newModelWith(withoutMarks)
		m.apply(odd(1, o.language, o.text))
		found := m.found(o.parsed(t), everyone)
		if len(found) > 0 != (o.marks != nil) {
			t.Errorf("%s finds %d passages in %q", o.query, len(found), o.text)
		}
		for _, k := range found {
			if diff := cmp.Diff(o.marks, written(k.Text, k.spans(o.parsed(t)))); diff != "" {
				t.Errorf("%s marks in %q (-want +got):\n%s", o.query, o.text, diff)
			}
		}
	}
}

func TestModelOfNearness(t *testing.T) {
	const text = "Duties of ports\nA lamp, and a bell. The lamp burns near a bell, and a gong.\nA bell."
	change := harbour(1, "v", text)
	at := func(line string) index.Span {
		before, _, _ := strings.Cut(text, line)
		start := utf8.RuneCountInString(before)
		return index.Span{Start: start, End: start + utf8.RuneCountInString(line)}
	}
	change.Passages[0].Inner = []index.Inner{
		{Kind: index.Paragraph, Span: at("A lamp, and a bell. The lamp burns near a bell, and a gong.")}, {Kind: index.Paragraph, Span: at("A bell.")},
	}
	m := newModel()
	m.apply(change)
	k := m.passages["v/art1"]
	for _, c := range []struct {
		query string
		marks []string
	}{
		{"ports +2 lamp", []string{"ports", "lamp"}},
		{"lamp NEAR/1 bell", nil},
		{"lamp NEAR/2 bell", []string{"bell", "lamp"}},
		{"lamp NEAR/3 bell", []string{"lamp", "bell", "lamp"}},
		{"lamp +3 bell", []string{"lamp", "bell"}},
		{"bell +3 lamp", []string{"bell", "lamp"}},
		{"bell +2 lamp", []string{"bell", "lamp"}},
		{"bell +1 lamp", nil},
		{"lamp NEAR/4 lamp", nil},
		{"lamp NEAR/5 lamp", []string{"lamp", "lamp"}},
		{`"a bell" NEAR/1 a`, nil},
		{`"a bell" NEAR/1 and`, []string{"and", "a bell", "a bell", "and"}},
		{"bell +1 the +1 lamp", []string{"bell", "The", "lamp"}},
		{"lamp +1 (burns +1 near)", []string{"lamp", "burns", "near"}},
		{"gong /s bell", []string{"bell", "gong"}},
		{"gong +s bell", nil},
		{"lamp /s (gong OR duties)", []string{"lamp", "gong"}},
		{"ports /p lamp", nil},
		{"lamp +p gong", []string{"lamp", "lamp", "gong"}},
		{"(lamp +p gong) +1 bell", nil},
		{"(bell +p gong) +2 bell", []string{"bell", "bell", "gong", "bell"}},
		{"(lamp OR bell) NEAR/1 burns", []string{"lamp", "burns"}},
		{"gong (ports OR lamp NEAR/1 duties)", []string{"ports", "gong"}},
	} {
		q, err := query.Parse(c.query)
		if err != nil {
			t.Fatalf("%q: %v", c.query, err)
		}
		if got := k.matches(q, nil); got != (c.marks != nil) {
			t.Errorf("%q matches: %v", c.query, got)
			continue
		}
		marks := written(text, k.spans(q))
		if c.marks == nil {
			marks = nil
		}
		if diff := cmp.Diff(c.marks, marks, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q marks (-want +got):\n%s", c.query, diff)
		}
	}
}
