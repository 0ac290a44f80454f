package indextest

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index"
	"glossator/index/query"
)

// lens checks a term lens against a recount by the model, passage by passage and
// word by word.
func lens(t *testing.T, e index.Engine) {
	w := writer{rand.New(rand.NewPCG(11, 13))}
	m := newModel()
	for number := range int64(25) {
		change := w.change(number + 1)
		m.apply(change)
		apply(t, e, change)
	}
	for range 120 {
		q := query.Join(query.Any(word(w.one(vocab)), w.query(2)), w.field())
		o := index.LensOptions{
			Audiences: [][]string{everyone, mara}[w.IntN(2)], A: w.query(1), B: w.query(1),
			Window: 1 + w.IntN(5), Rows: 100, Words: 1000, StopWords: w.IntN(2) == 0,
		}
		if w.IntN(2) == 0 {
			o.B = query.Not{Query: o.A}
		}
		agreeOnLens(t, e, m, q, o)
	}
	bounds(t, e)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Lens(ctx, word("harbour"), index.LensOptions{A: query.All{}, B: query.All{}}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled lens returns %v", err)
	}
}

// bounds checks that a lens returns no more rows than are asked for.
func bounds(t *testing.T, e index.Engine) {
	o := index.LensOptions{Audiences: everyone, A: query.All{}, B: query.All{}, Window: 3, Rows: 1, Words: 2}
	l, err := e.Lens(t.Context(), word("harbour"), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range l.Breakdowns {
		if b.Name != "year" && len(b.Rows) > 1 {
			t.Errorf("%d rows by %s, want 1", len(b.Rows), b.Name)
		}
	}
	if n := len(l.Collocates); n == 0 || n > 12 {
		t.Errorf("%d collocates for 2 by each of 6 orders", n)
	}
}

func agreeOnLens(t *testing.T, e index.Engine, m *model, q query.Query, o index.LensOptions) {
	t.Helper()
	got, err := e.Lens(t.Context(), q, o)
	if err != nil {
		t.Fatalf("a lens on %q: %v", q, err)
	}
	want := m.lens(q, o)
	want.Mark = got.Mark
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("a lens on %q for A %q and B %q with %d words (-want +got):\n%s", q, o.A, o.B, o.Window, diff)
	}
}

// lens is what an engine must return.
func (m *model) lens(q query.Query, o index.LensOptions) *index.Lens {
	words, where := index.Looked(q)
	var ground index.Ground
	var groups [2]map[string]known
	neighbours := map[string]*index.Neighbour{}
	hidden := map[string]bool{}
	for i, group := range []query.Query{o.A, o.B} {
		groups[i] = m.among(query.Older(query.Join(q, group)), query.Join(where, group), o.Audiences)
		for _, k := range groups[i] {
			spans := k.spans(words)
			if !k.matches(words, o.Audiences) {
				spans = nil
			}
			k.neighbours(spans, o, func(word string, near bool) {
				if neighbours[word] == nil {
					neighbours[word] = &index.Neighbour{Word: word}
				}
				ground.Words[i]++
				neighbours[word].Total[i]++
				if near {
					ground.Near[i]++
					neighbours[word].Near[i]++
					hidden[word] = hidden[word] || !o.StopWords && index.StopWord(k.Language, word)
				}
			})
		}
	}
	l := &index.Lens{A: frequency(groups[0], words, o), B: frequency(groups[1], words, o)}
	l.Contrast = index.Compare(l.A.Matches, l.A.Words, l.B.Matches, l.B.Words)
	for id := range groups[0] {
		if _, ok := groups[1][id]; ok {
			l.Both++
		}
	}
	for _, name := range index.BreakdownNames {
		l.Breakdowns = append(l.Breakdowns, breakdown(name, groups, words, o))
	}
	var shown []index.Neighbour
	for _, n := range neighbours {
		if n.Near != [2]int{} && !hidden[n.Word] {
			shown = append(shown, *n)
		}
	}
	l.Collocates = index.Collocates(shown, ground, o.Words)
	return l
}

// neighbours calls visit for each word outside spans, and says whether a match
// is near: with fewer than window words between.
func (k known) neighbours(spans []index.Span, o index.LensOptions, visit func(word string, near bool)) {
	words := cut(k.Text, "")
	own := make([]bool, len(words))
	for i, w := range words {
		own[i] = slices.ContainsFunc(spans, func(s index.Span) bool {
			return s.Start <= k.Start+w.Start && k.Start+w.End <= s.End
		})
	}
	for i, w := range words {
		if own[i] {
			continue
		}
		near := false
		for j := range words {
			near = near || own[j] && i-o.Window <= j && j <= i+o.Window
		}
		visit(w.word, near)
	}
}

// frequency counts what is in passages and what of it matches.
func frequency(passages map[string]known, words query.Query, o index.LensOptions) index.Frequency {
	var f index.Frequency
	texts, documents := map[string]bool{}, map[string]bool{}
	for _, k := range passages {
		texts[k.Document] = true
		f.Words += len(cut(k.Text, ""))
		if k.matches(words, o.Audiences) {
			documents[k.Document] = true
			f.Passages++
			f.Matches += len(k.spans(words))
		}
	}
	f.Texts, f.Documents = len(texts), len(documents)
	return f
}

func breakdown(name string, groups [2]map[string]known, words query.Query, o index.LensOptions) index.Breakdown {
	by := map[string]*[2]map[string]known{}
	for i, group := range groups {
		for id, k := range group {
			for _, value := range k.values(name) {
				if by[value] == nil {
					by[value] = &[2]map[string]known{{}, {}}
				}
				by[value][i][id] = k
			}
		}
	}
	b := index.Breakdown{Name: name, Total: len(by)}
	for value, of := range by {
		b.Rows = append(b.Rows, index.BreakdownRow{Value: value, A: frequency(of[0], words, o), B: frequency(of[1], words, o)})
	}
	slices.SortFunc(b.Rows, func(first, second index.BreakdownRow) int {
		switch {
		case first.Value == "" || second.Value == "":
			return len(second.Value) - len(first.Value)
		case name == "year":
			return cmpYears(first.Value, second.Value)
		case first.A.Matches+first.B.Matches != second.A.Matches+second.B.Matches:
			return second.A.Matches + second.B.Matches - first.A.Matches - first.B.Matches
		case first.A.Words+first.B.Words != second.A.Words+second.B.Words:
			return second.A.Words + second.B.Words - first.A.Words - first.B.Words
		case first.Value < second.Value:
			return -1
		}
		return 1
	})
	return b
}

// values returns what a breakdown counts the passage under.
func (k known) values(name string) []string {
	switch d := k.document; {
	case name == "year" && d.Year() > 0:
		return []string{strconv.Itoa(d.Year())}
	case name == "region":
		return []string{d.Region}
	case name == "org":
		return []string{d.Organisation}
	case name == "kind":
		return []string{d.Kind}
	case name == "lang":
		return []string{k.Language}
	case name == "party" && len(d.Parties) > 0:
		return slices.Compact(slices.Sorted(slices.Values(d.Parties)))
	}
	return []string{""}
}
