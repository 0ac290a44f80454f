package indextest

import (
	"math"
	"slices"
)

// Measures say how good a ranking is, from 0 to 1, as trec_eval defines them.
type Measures struct {
	// NDCG10 is the normalised discounted cumulative gain of the first ten
	// (Järvelin and Kekäläinen, 2002): the gain is the grade, the discount of
	// rank r is log2(r+1), the ideal is made of all that was judged.
	NDCG10 float64
	// Precision is the average precision: the mean, over all answers, of the
	// precision at the rank of the answer, 0 for an answer not ranked.
	Precision float64
	// Recall100 is the share of the answers that is among the first hundred.
	Recall100 float64
}

// Measure measures a ranking of documents, best first, against the grades of
// those that were judged. An answer is what has a grade above 0. All measures are
// 0 if there is no answer.
func Measure(ranking []string, grades map[string]int) Measures {
	var answers []int
	for _, grade := range grades {
		if grade > 0 {
			answers = append(answers, grade)
		}
	}
	if len(answers) == 0 {
		return Measures{}
	}
	var m Measures
	var gains []int
	found := 0
	for i, document := range ranking {
		grade := max(grades[document], 0)
		gains = append(gains, grade)
		if grade == 0 {
			continue
		}
		found++
		m.Precision += float64(found) / float64(i+1)
		if i < 100 {
			m.Recall100++
		}
	}
	slices.SortFunc(answers, func(a, b int) int { return b - a })
	m.NDCG10 = gain10(gains) / gain10(answers)
	m.Precision /= float64(len(answers))
	m.Recall100 /= float64(len(answers))
	return m
}

// gain10 returns the discounted cumulative gain of the first ten.
func gain10(gains []int) (sum float64) {
	for i, gain := range gains[:min(10, len(gains))] {
		sum += float64(gain) / math.Log2(float64(i+2))
	}
	return sum
}
