package index

import (
	"cmp"
	"math"
	"slices"
)

// A Counterpart is a passage that is like another.
type Counterpart struct {
	Passage
	Score float64  // cosine of the two as vectors of words, 0 to 1
	Words []string // what both have that says most of it, the most telling first; wordsTold at most
}

// wordsTold is how many words tell why a passage is a counterpart.
const wordsTold = 8

// Counterparts returns the passages of a version that are most like a text in a
// language, the most alike first; at most limit, and none that shares no word
// with it. Texts are compared as vectors of their words without stop words. A
// word weighs (1 + ln tf) · ln(1 + N/df), with tf how often it is in the text,
// df in how many of the version's N passages: tf-idf and the cosine, as in
// Manning, Raghavan and Schütze, Introduction to Information Retrieval, 6.2–6.4.
func Counterparts(text, language string, in *Version, limit int) []Counterpart {
	passages := in.Passages()
	vectors := make([]map[string]float64, len(passages))
	frequency := map[string]int{}
	for i, p := range passages {
		vectors[i] = termCounts(p.Text, in.Language)
		for term := range vectors[i] {
			frequency[term]++
		}
	}
	weigh := func(v map[string]float64) (length float64) {
		for term, count := range v {
			w := (1 + math.Log(count)) * math.Log(1+float64(len(passages))/float64(max(1, frequency[term])))
			v[term] = w
			length += w * w
		}
		return math.Sqrt(length)
	}
	asked := termCounts(text, language)
	length := weigh(asked)
	var found []Counterpart
	for i, p := range passages {
		own := weigh(vectors[i])
		product := 0.0
		for term, w := range asked {
			product += w * vectors[i][term]
		}
		if product > 0 {
			found = append(found, Counterpart{Passage: p, Score: product / (length * own), Words: telling(asked, vectors[i])})
		}
	}
	slices.SortStableFunc(found, func(a, b Counterpart) int { return cmp.Compare(b.Score, a.Score) })
	return found[:min(limit, len(found))]
}

func termCounts(text, language string) map[string]float64 {
	counts := map[string]float64{}
	for token := range Tokens(text) {
		if !StopWord(language, token.Term) {
			counts[token.Term]++
		}
	}
	return counts
}

// telling returns the words that add most to the product of two vectors.
func telling(a, b map[string]float64) []string {
	var shared []string
	for term := range a {
		if b[term] > 0 {
			shared = append(shared, term)
		}
	}
	slices.SortFunc(shared, func(s, t string) int { return cmp.Or(cmp.Compare(a[t]*b[t], a[s]*b[s]), cmp.Compare(s, t)) })
	return shared[:min(wordsTold, len(shared))]
}
