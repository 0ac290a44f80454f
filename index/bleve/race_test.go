package bleve

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
	"glossator/index/query"
)

// rankedWords is how many words there are in the texts of TestRace; the n-th has
// a chance of one in n to stand in a passage.
const rankedWords = 60

func raced(random *rand.Rand) (changes []index.Change) {
	for n := range 40 {
		id := fmt.Sprintf("document%d", n)
		change := index.Change{Number: int64(n + 1), Document: index.Document{ID: id, Title: fmt.Sprintf("word%d", n), Kind: index.Treaty}}
		start := 0
		for i := range 10 + random.IntN(100) {
			var words []string
			for word := range rankedWords {
				for range 3 {
					if random.IntN(word+1) == 0 {
						words = append(words, fmt.Sprintf("word%d", word))
					}
				}
			}
			random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
			text := strings.Join(words, " ")
			change.Passages = append(change.Passages, index.Passage{
				Document: id, Version: "version-of-" + id, Language: "en", Provision: fmt.Sprintf("art%d", i),
				Span: index.Span{Start: start, End: start + len(text)}, Text: text,
			})
			start += len(text) + 1
		}
		changes = append(changes, change)
	}
	return changes
}

// TestRace asks for pages of alternatives: they are those of whole scores.
func TestRace(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	x, err := Open(t.Context(), t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	changes := raced(random)
	for from := range 4 { // in several segments
		if err := x.Apply(t.Context(), changes[from*10:from*10+10]); err != nil {
			t.Fatal(err)
		}
	}
	dropped := 0
	for range 200 {
		var q query.Or
		for range 2 + random.IntN(8) {
			word := int(math.Exp(random.Float64() * math.Log(rankedWords)))
			q = append(q, query.Term{Text: fmt.Sprintf("word%d", word-1)})
		}
		orders := []string{index.ByRelevance, index.ByHits, index.ByNewest, index.ByTitle}
		o := index.Options{Sort: orders[random.IntN(len(orders))], Offset: random.IntN(12), Limit: random.IntN(12), PerDocument: random.IntN(5)}
		got, err := x.Search(t.Context(), q, o)
		if err != nil {
			t.Fatal(err)
		}
		var want []index.Group
		err = x.evaluate(t.Context(), nil, false, func(e *evaluation) error {
			pruned, err := e.ranked(q, 0, ahead(o))
			if err != nil {
				return err
			}
			if pruned.race.dropped {
				dropped++
			}
			f, err := e.ranked(q, 0, everyDocument)
			if err != nil {
				return err
			}
			want, err = f.open(e.page(f.groups(), o), o.PerDocument)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Groups); diff != "" {
			t.Fatalf("%s %+v: (-want +got)\n%s", q, o, diff)
		}
	}
	if dropped < 50 {
		t.Errorf("contenders were dropped for %d queries only", dropped)
	}
}
