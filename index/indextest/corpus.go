package indextest

import (
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index"
	"glossator/index/query"
)

// RunCorpus applies changes to an empty engine and compares what it finds and
// marks with the model, for so many random queries made of the words of the
// texts. Stem returns the stems of a word in a language, by which the engine
// compares words.
func RunCorpus(t *testing.T, e index.Engine, changes []index.Change, stem func(language, word string) []string, queries int) {
	m := newModelWith(stem)
	m.apply(changes...)
	apply(t, e, changes...)
	q := newQuoter(m, 17)
	for range queries {
		agreeOnSpans(t, e, m, q.query(2))
		if t.Failed() {
			return
		}
	}
}

// agreeOnSpans checks that an engine finds the passages that the model finds,
// with the same spans. A query that would cost too much is passed over.
func agreeOnSpans(t *testing.T, e index.Engine, m *model, q query.Query) {
	t.Helper()
	got := map[string][]index.Span{}
	err := e.Hits(t.Context(), q, index.Options{Audiences: everyone}, func(hit index.Hit) error {
		got[hit.ID()] = hit.Spans
		return nil
	})
	if errors.Is(err, index.ErrTooCostly) {
		return
	}
	if err != nil {
		t.Fatalf("%q: %v", q, err)
	}
	want := m.found(q, everyone)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%q finds (-want +got):\n%s", q, diff)
		return
	}
	for id, k := range want {
		if diff := cmp.Diff(k.spans(q), got[id], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q marks in %s (-want +got):\n%s", q, id, diff)
			return
		}
	}
}

// A quoter makes random queries of words that stand in passages, so that most
// of them are found.
type quoter struct {
	writer
	passages []known
}

func newQuoter(m *model, seed uint64) quoter {
	q := quoter{writer: writer{rand.New(rand.NewPCG(seed, seed))}}
	for _, id := range slices.Sorted(maps.Keys(m.passages)) {
		if k := m.passages[id]; len(k.reading.words) > 0 {
			q.passages = append(q.passages, k)
		}
	}
	return q
}

func (q quoter) passage() known { return q.passages[q.IntN(len(q.passages))] }

// query returns a query of words of one passage, or of several.
func (q quoter) query(depth int) query.Query {
	k := q.passage()
	switch q.IntN(8) {
	case 0:
		return query.And{q.term(k), q.term(k)}
	case 1:
		return query.Or{q.term(k), q.term(q.passage()), q.near(q.passage(), 1)}
	case 2:
		return query.And{q.term(k), query.Not{Query: q.near(k, depth)}}
	case 3, 4:
		return q.term(k)
	}
	return q.near(k, depth)
}

func (q quoter) near(k known, depth int) query.Query {
	side := func() query.Query {
		switch {
		case depth > 0 && q.IntN(4) == 0:
			return q.near(k, depth-1)
		case q.IntN(4) == 0:
			return query.Or{q.term(k), q.term(q.passage())}
		}
		return q.term(k)
	}
	return query.Near{Left: side(), Right: side(), Unit: query.Unit(q.IntN(3)), Distance: 1 + q.IntN(30), Ordered: q.IntN(2) == 0}
}

// term returns a term that is found in a passage.
func (q quoter) term(k known) query.Term {
	words := k.reading.words
	i := q.IntN(len(words))
	text := []rune(k.Text)
	letters := []rune(words[i].word)
	long := len(letters) > 4 && len(letters) < 20 && alphabetic(letters)
	switch match := q.IntN(6); {
	case match == 0:
		last := min(i+q.IntN(4), len(words)-1)
		return phrase(string(text[words[i].Start:words[last].End]))
	case match == 1 && long:
		return pattern(string(letters[:2+q.IntN(len(letters)-2)]) + "*")
	case match == 2 && long:
		at := q.IntN(len(letters) - 3)
		return pattern("*" + string(letters[at:at+3]) + "?*")
	case match == 3 && long:
		at := q.IntN(len(letters))
		return query.Term{Match: query.Fuzzy, Text: string(append(slices.Clone(letters[:at]), letters[at+1:]...)), Edits: 1 + q.IntN(2)}
	case match == 4 && long:
		return query.Term{Match: query.Regexp, Text: string(letters[:3]) + ".*" + string(letters[len(letters)-1:]) + "+"}
	}
	if last := i + 1; words[i].joined != "" && q.IntN(2) == 0 {
		return word(string(text[words[i].Start:words[last].End]))
	}
	return word(string(text[words[i].Start:words[i].End]))
}

// alphabetic reports whether a word may stand in a pattern.
func alphabetic(word []rune) bool {
	return !slices.ContainsFunc(word, func(r rune) bool { return !query.InWord(r) || query.Alone(r) })
}
