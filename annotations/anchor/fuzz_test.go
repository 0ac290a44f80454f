package anchor

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// Whatever the texts are, a placement is a target of the new text, what is Same
// or Moved has the same words, and in the same text everything is where it was.
func FuzzCarry(f *testing.F) {
	f.Add(before, "a\nb", 3, 20)
	f.Add("a b\n\n  c\r\nd", "c\n a  b", 0, 3)
	f.Add("x x x\nx x", "x\nx x x x", 2, 7)
	f.Add("网络安全。网络", "安全。\n网络", 1, 4)
	f.Fuzz(func(t *testing.T, old, new string, start, end int) {
		if !utf8.ValidString(old) || !utf8.ValidString(new) {
			t.Skip()
		}
		a, b := NewText(old), NewText(new)
		target, err := a.Select(start, end)
		if err != nil {
			return
		}
		want := []annotations.Placement{{State: annotations.Same, Target: target}}
		if diff := cmp.Diff(want, Carry(a, a, []annotations.Target{target})); diff != "" {
			t.Errorf("carried to the same text: -want +got\n%s", diff)
		}
		got := Carry(a, b, []annotations.Target{target})[0]
		if got.State == annotations.Lost {
			if diff := cmp.Diff(annotations.Target{}, got.Target); diff != "" {
				t.Errorf("lost, but %s", diff)
			}
			return
		}
		again, err := b.Select(got.Target.Start, got.Target.End)
		if err != nil || again != got.Target {
			t.Errorf("%+v is not a target of the new text: %+v, %v", got, again, err)
		}
		if got.State != annotations.Changed && got.Target.Exact != target.Exact {
			t.Errorf("%s, but %q is not %q", got.State, got.Target.Exact, target.Exact)
		}
	})
}

// Whatever selectors say, what they mean is a stretch of the text.
func FuzzFind(f *testing.F) {
	f.Add(before, "a", "", "", 0, 4, "a")
	f.Add("a b a b", "b", "a ", " a", 2, 3, "")
	f.Add("网络安全。网络", "网络", "。", "", -1, 99, "络")
	f.Fuzz(func(t *testing.T, text, exact, prefix, suffix string, start, end int, within string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		in := NewText(text)
		quote := annotations.Selector{Kind: annotations.TextQuote, Exact: exact, Prefix: prefix, Suffix: suffix}
		position := annotations.Selector{Kind: annotations.TextPosition, Start: start, End: end}
		refined := quote
		refined.RefinedBy = []annotations.Selector{{Kind: annotations.TextQuote, Exact: within}}
		reach := annotations.Selector{Kind: annotations.Range, From: []annotations.Selector{position}, To: []annotations.Selector{quote}}
		for _, selectors := range [][]annotations.Selector{{quote}, {position}, {quote, position}, {refined}, {position, refined}, {reach}} {
			span, err := in.Find(selectors, func(string) (Span, bool) { return Span{}, false })
			if err != nil {
				continue
			}
			if _, err := in.Select(span.Start, span.End); err != nil {
				t.Errorf("%+v found %+v: %v", selectors, span, err)
			}
		}
	})
}
