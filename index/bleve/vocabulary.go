package bleve

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"

	"glossator/index"
)

// Bounds of what a question about the vocabulary looks at.
const (
	maxBeginnings = 50_000 // words that begin alike
	maxSpellings  = 5_000  // words that are spelt alike
	longestAsked  = 50     // letters of a word
)

// Words is index.Engine's.
func (x *Index) Words(ctx context.Context, prefix string, limit int) ([]index.WordCount, error) {
	var found []index.WordCount
	prefix, ok := oneWord(prefix)
	if !ok || limit < 1 {
		return found, ctx.Err()
	}
	err := x.read(func(snapshot *scorch.IndexSnapshot) error {
		dictionary, err := snapshot.FieldDictPrefix(fieldExact, []byte(prefix))
		if err != nil {
			return err
		}
		var words []index.WordCount
		err = eachWord(ctx, dictionary, maxBeginnings, func(word string, passages int) {
			words = append(words, index.WordCount{Word: word, Passages: passages})
		})
		if err != nil {
			return err
		}
		found, err = mostFrequent(ctx, snapshot, words, limit)
		return err
	})
	return found, err
}

// mostFrequent returns those words that are in the most passages. What words say
// also counts passages that are deleted, so that it is only looked up for words
// that may be among the first.
func mostFrequent(ctx context.Context, snapshot *scorch.IndexSnapshot, words []index.WordCount, limit int) ([]index.WordCount, error) {
	slices.SortFunc(words, byPassages)
	var found []index.WordCount
	for _, word := range words {
		if len(found) >= limit && word.Passages < found[limit-1].Passages {
			break
		}
		live, err := passagesWith(ctx, snapshot, word.Word)
		if err != nil {
			return nil, err
		}
		if live == 0 {
			continue
		}
		word.Passages = live
		at, _ := slices.BinarySearchFunc(found, word, byPassages)
		found = slices.Insert(found, at, word)
		found = found[:min(limit, len(found))]
	}
	return found, nil
}

func byPassages(a, b index.WordCount) int {
	return cmp.Or(cmp.Compare(b.Passages, a.Passages), strings.Compare(a.Word, b.Word))
}

// Spellings is index.Engine's.
func (x *Index) Spellings(ctx context.Context, word string, limit int) ([]index.WordCount, error) {
	var found []index.WordCount
	word, ok := oneWord(word)
	if !ok || limit < 1 {
		return found, ctx.Err()
	}
	err := x.read(func(snapshot *scorch.IndexSnapshot) (err error) {
		nearby, err := spelledLike(ctx, snapshot, word)
		if err != nil {
			return err
		}
		for _, words := range nearby {
			var live []index.WordCount
			for _, w := range words {
				n, err := passagesWith(ctx, snapshot, w)
				if err != nil {
					return err
				}
				if n > 0 {
					live = append(live, index.WordCount{Word: w, Passages: n})
				}
			}
			slices.SortFunc(live, byPassages)
			if found = append(found, live...); len(found) >= limit {
				found = found[:limit]
				return nil
			}
		}
		return nil
	})
	return found, err
}

// spelledLike returns words like a word, by how many edits they are away.
func spelledLike(ctx context.Context, snapshot *scorch.IndexSnapshot, word string) ([][]string, error) {
	edits := index.SpellingEdits(word)
	nearby := make([][]string, edits+1)
	nearby[0] = []string{word}
	if edits == 0 {
		return nearby, nil
	}
	dictionary, automaton, err := snapshot.FieldDictFuzzyAutomaton(fieldExact, word, edits, "")
	if err != nil {
		return nil, err
	}
	err = eachWord(ctx, dictionary, maxSpellings, func(other string, _ int) {
		if _, away := automaton.MatchAndDistance(other); away > 0 {
			nearby[away] = append(nearby[away], other)
		}
	})
	return nearby, err
}

// oneWord returns text as texts have it and whether it is one word. A word that
// is too long to be one is none.
func oneWord(text string) (string, bool) {
	word, n := "", 0
	for token := range index.Tokens(text) {
		word = token.Term
		n++
	}
	return word, n == 1 && len([]rune(word)) <= longestAsked
}

// eachWord calls visit for the words of a dictionary, as far as limit, with how
// many passages have each, deleted ones too. Terms that stand for something else
// than one word of a text are left out.
func eachWord(ctx context.Context, dictionary api.FieldDict, limit int, visit func(word string, passages int)) error {
	defer dictionary.Close()
	for n := range limit {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		entry, err := dictionary.Next()
		if err != nil || entry == nil {
			return err
		}
		if !strings.HasPrefix(entry.Term, "\x00") && !strings.Contains(entry.Term, "-") {
			visit(entry.Term, int(entry.Count))
		}
	}
	return nil
}

// passagesWith counts the passages that have a word.
func passagesWith(ctx context.Context, snapshot *scorch.IndexSnapshot, word string) (int, error) {
	reader, err := snapshot.TermFieldReader(ctx, []byte(word), fieldExact, false, false, false)
	if err != nil {
		return 0, err
	}
	defer reader.Close()
	return int(reader.Count()), nil
}
