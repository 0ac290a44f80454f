package indextest

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index"
	"glossator/index/query"
)

// several checks that a Word that is several words finds them side by side, each
// in any grammatical form, and marks them as one.
func several(t *testing.T, e index.Engine) {
	apply(t, e, harbour(1, "v", "The oil lamps of the harbour.", "A lamp for oil.", "Oil lamp; oil, lamps."))
	q := query.Boost{Query: word("oil lamp"), Weight: 0.5}
	wantFound(t, e, q, everyone, "v/art1", "v/art3")
	result := search(t, e, query.Or{word("lantern"), q}, everything(everyone))
	for _, hit := range result.Groups[0].Hits {
		want := map[string][]index.Span{"art1": {{Start: 4, End: 13}}, "art3": {{Start: 46, End: 54}, {Start: 56, End: 66}}}[hit.Provision]
		if diff := gocmp.Diff(want, hit.Spans); diff != "" {
			t.Errorf("marks of %s in %s (-want +got):\n%s", q, hit.Provision, diff)
		}
	}
}

// words checks that a beginning is completed by what the passages there are
// have, and by nothing that is gone.
func words(t *testing.T, e index.Engine) {
	m := vocabularyOf(t, e)
	for _, c := range []struct {
		prefix string
		begin  string // what its completions begin with; "" if it has none
	}{
		{"h", "h"}, {"har", "har"}, {"HARb", "harb"}, {"harbour", "harbour"}, {"harbourx", "harbourx"}, {"2", "2"}, {"sé", "sé"}, {"灯", "灯"},
		{"", ""}, {"har bour", ""}, {"-", ""}, {"har*", "har"}, {"harbours-", "harbours"},
	} {
		for _, limit := range []int{1, 3, 100} {
			var want []index.WordCount
			for word, passages := range m.vocabulary() {
				if c.begin != "" && strings.HasPrefix(word, c.begin) {
					want = append(want, index.WordCount{Word: word, Passages: passages})
				}
			}
			slices.SortFunc(want, mostFirst)
			got, err := e.Words(t.Context(), c.prefix, limit)
			wantWords(t, "words that begin with "+c.prefix, got, err, want[:min(limit, len(want))])
		}
	}
}

// spellings checks that what is found beside a word is what plain counting of
// edits finds.
func spellings(t *testing.T, e index.Engine) {
	m := vocabularyOf(t, e)
	asked := []string{"harbor", "harbuor", "lamtern", "lantern", "LANTERM", "ligth", "ship", "sihp", "sh", "of", "séa", "灯", "", "two words", strings.Repeat("a", 1000)}
	for word := range m.vocabulary() {
		letters := []rune(word)
		asked = append(asked, word+"x", string(letters[1:]), string(letters[:len(letters)-1]))
	}
	for _, word := range asked {
		for _, limit := range []int{1, 4, 100} {
			got, err := e.Spellings(t.Context(), word, limit)
			want := m.spellings(word)
			wantWords(t, "spellings of "+word, got, err, want[:min(limit, len(want))])
		}
	}
}

// vocabularyOf applies random changes and some of words that are nearly alike,
// of which one version is gone again.
func vocabularyOf(t *testing.T, e index.Engine) *model {
	m := newModel()
	w := writer{rand.New(rand.NewPCG(8, 4))}
	changes := []index.Change{
		harbour(1, "gone", "Harbord lantern lanterns shop."),
		harbour(2, "v1", "The harbour and the harbours-to-be, the harbor of 2012.", "A lantern, lanterns; a ship, a shop, no light.", "灯台の光"),
		harbour(3, "v2", "Harbour lights, harbouring ships of 2021.", "Séance; sea; the harbour."),
	}
	changes = append(changes, index.Change{Number: 4, Document: changes[0].Document, Drop: []string{"gone"}})
	for number := range int64(12) {
		changes = append(changes, w.change(number+5))
	}
	m.apply(changes...)
	apply(t, e, changes...)
	return m
}

// vocabulary returns in how many passages each word is.
func (m *model) vocabulary() map[string]int {
	counts := map[string]int{}
	for _, p := range m.passages {
		inPassage := map[string]bool{}
		for _, w := range cut(p.Text, "") {
			inPassage[w.word] = true
		}
		for word := range inPassage {
			counts[word]++
		}
	}
	return counts
}

func (m *model) spellings(text string) []index.WordCount {
	asked := cut(text, "")
	if len(asked) != 1 || len(text) > 500 {
		return nil
	}
	word := asked[0].word
	most := index.SpellingEdits(word)
	var found []index.WordCount
	away := map[string]int{}
	for other, passages := range m.vocabulary() {
		if away[other] = edits([]rune(word), []rune(other), most); away[other] <= most {
			found = append(found, index.WordCount{Word: other, Passages: passages})
		}
	}
	slices.SortFunc(found, func(a, b index.WordCount) int {
		return cmp.Or(cmp.Compare(away[a.Word], away[b.Word]), mostFirst(a, b))
	})
	return found
}

// edits counts the fewest edits that make b of a, no letter being touched twice
// (optimal string alignment), as far as most; more than most stands for all that
// are more.
func edits(a, b []rune, most int) int {
	switch {
	case most < 0:
		return 0
	case len(a) == 0 || len(b) == 0:
		return len(a) + len(b)
	case a[0] == b[0]:
		return edits(a[1:], b[1:], most)
	}
	best := 1 + min(edits(a[1:], b, most-1), edits(a, b[1:], most-1), edits(a[1:], b[1:], most-1))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		best = min(best, 1+edits(a[2:], b[2:], most-1))
	}
	return best
}

func mostFirst(a, b index.WordCount) int {
	return cmp.Or(cmp.Compare(b.Passages, a.Passages), strings.Compare(a.Word, b.Word))
}

func wantWords(t *testing.T, what string, got []index.WordCount, err error, want []index.WordCount) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
