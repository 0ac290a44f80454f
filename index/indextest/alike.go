package indextest

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index"
	"glossator/index/query"
)

// alike checks what an engine takes for alike against the model, which looks at
// every passage.
func alike(t *testing.T, e index.Engine) {
	w := writer{rand.New(rand.NewPCG(19, 23))}
	m := newModel()
	for number := range int64(25) {
		change := w.change(number + 1)
		m.apply(change)
		apply(t, e, change)
	}
	all := slices.Sorted(maps.Keys(m.passages))
	for range 40 {
		o := index.AlikeOptions{Audiences: [][]string{everyone, mara}[w.IntN(2)], Limit: 1 + w.IntN(40)}
		for range w.IntN(4) {
			o.Unwanted = append(o.Unwanted, w.one(all))
		}
		agreeOnAlike(t, e, m, query.Join(w.field(), w.query(1)), o)
	}
	agreeOnAlike(t, e, m, in("concept", word("Fog")), index.AlikeOptions{Audiences: mara, Unwanted: []string{"nowhere/art1"}, Limit: 1000})
	agreeOnAlike(t, e, m, word("nothinglikethis"), index.AlikeOptions{Audiences: mara, Limit: 10})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Alike(ctx, word("harbour"), index.AlikeOptions{Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled comparison returns %v", err)
	}
}

func agreeOnAlike(t *testing.T, e index.Engine, m *model, q query.Query, o index.AlikeOptions) {
	t.Helper()
	got, err := e.Alike(t.Context(), q, o)
	if err != nil {
		t.Fatalf("what is like %q: %v", q, err)
	}
	for i := range got.Passages {
		got.Passages[i].Passage = index.Passage{Version: got.Passages[i].Version, Provision: got.Passages[i].Provision}
	}
	want := m.alike(t, q, o)
	want.Mark = got.Mark
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("what is like %q but not %q (-want +got):\n%s", q, o.Unwanted, diff)
	}
}

// alike is what an engine must return; of passages only their names.
func (m *model) alike(t *testing.T, q query.Query, o index.AlikeOptions) *index.Alike {
	passages := m.among(query.Older(q), query.All{}, o.Audiences)
	wanted := m.found(q, o.Audiences)
	var sorts [3][]known
	for id, k := range passages {
		_, yes := wanted[id]
		switch {
		case yes:
			sorts[0] = append(sorts[0], k)
		case slices.Contains(o.Unwanted, id):
			sorts[1] = append(sorts[1], k)
		default:
			sorts[2] = append(sorts[2], k)
		}
	}
	var samples []index.Sample
	for i, sort := range sorts {
		slices.SortFunc(sort, func(a, b known) int {
			return cmp.Compare(index.Draw(a.Version, a.Start), index.Draw(b.Version, b.Start))
		})
		for _, k := range sort[:min(index.MostSamples, len(sort))] {
			sample := index.Sample{Wanted: i == 0, Told: i < 2, Words: k.times()}
			sample.Length = len(cut(k.Text, ""))
			samples = append(samples, sample)
		}
	}
	learnt, err := index.Learn(samples, len(passages), func(word string) (n int, err error) {
		for _, k := range passages {
			if k.times()[word] > 0 {
				n++
			}
		}
		return n, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	found := &index.Alike{Examples: len(sorts[0])}
	for _, k := range sorts[2] {
		evidence, spans := learnt.Evidence(k.Text)
		if len(evidence) == 0 {
			continue
		}
		for i := range spans {
			spans[i] = index.Span{Start: k.Start + spans[i].Start, End: k.Start + spans[i].End}
		}
		found.Passages = append(found.Passages, index.Likely{
			Passage: k.Passage, Score: learnt.Of(k.times(), len(cut(k.Text, ""))), Evidence: evidence, Spans: spans,
		})
	}
	slices.SortFunc(found.Passages, func(a, b index.Likely) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Document, b.Document),
			strings.Compare(a.Version, b.Version), cmp.Compare(a.Start, b.Start))
	})
	found.Passages = found.Passages[:min(o.Limit, len(found.Passages))]
	for i, likely := range found.Passages {
		found.Passages[i].Passage = index.Passage{Version: likely.Version, Provision: likely.Provision}
	}
	return found
}

// times returns how often each word stands in the passage.
func (k known) times() map[string]int {
	times := map[string]int{}
	for _, w := range cut(k.Text, "") {
		times[w.word]++
	}
	return times
}
