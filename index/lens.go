package index

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"glossator/index/query"
)

// LensOptions say what a term lens compares and how far it looks.
type LensOptions struct {
	Audiences []string    // as in Options
	A, B      query.Query // the two groups of passages that are compared; they may overlap
	Window    int         // how many words on each side of a match are near it
	Rows      int         // values of each breakdown to return, years apart, which are all returned
	Words     int         // collocates to return by each of the orders of Collocates
	StopWords bool        // whether stop words may be collocates: see StopWord
}

// A Lens is how the matches of a query are spread over two groups of passages,
// and the words that stand near them. Every clause of the query that asks for
// no words of the text, such as kind:treaty, narrows both groups, so that
// frequencies are those in what is looked at. A match is a span: of a phrase
// each place where it stands, of several words each of them.
type Lens struct {
	Mark       int64 // the mark of the index that answered
	A, B       Frequency
	Both       int      // passages in both groups; unless it is 0, Contrast and Collocate.Contrast mean little
	Contrast   Contrast // of the matches
	Breakdowns []Breakdown
	Collocates []Collocate
}

// A Frequency is how often a query matches in some passages.
type Frequency struct {
	Texts     int // documents of these passages
	Documents int // those in which the query matches
	Passages  int // that match, also by their fields alone
	Matches   int
	Words     int // of all these passages, matching or not
}

// PerMillion returns how many matches there are among a million words, 0 if
// there are no words, and the ends of a 95 % interval for it. The interval is
// Byar's approximation for a Poisson count (Breslow and Day, Statistical
// Methods in Cancer Research II, 1987, p. 69). It takes matches to be
// independent; those of one text seldom are, so the truth may lie farther out.
func (f Frequency) PerMillion() (rate, low, high float64) {
	if f.Words == 0 {
		return 0, 0, 0
	}
	const z = 1.959964
	n, scale := float64(f.Matches), 1e6/float64(f.Words)
	if n > 0 {
		low = n * math.Pow(1-1/(9*n)-z/(3*math.Sqrt(n)), 3)
	}
	high = (n + 1) * math.Pow(1-1/(9*(n+1))+z/(3*math.Sqrt(n+1)), 3)
	return n * scale, max(low, 0) * scale, high * scale
}

// A Contrast says how differently often something occurs in two samples.
type Contrast struct {
	LogLikelihood float64 // see LogLikelihood
	LogRatio      float64 // see LogRatio; above 0 if it is more frequent in A
}

// BreakdownNames are the names of breakdowns, which are fields of the query
// language, in the order in which a Lens has them.
var BreakdownNames = []string{"year", "org", "party", "region", "kind", "lang"}

// A Breakdown is the frequencies by the values of a field of documents.
type Breakdown struct {
	Name  string
	Total int // how many values there are
	// Rows are the values with the most matches; then those of the most words;
	// years ascending. Documents without a value are under "", which comes last.
	Rows []BreakdownRow
}

// A BreakdownRow is what of each group has a value. A document of several
// parties counts for each of them.
type BreakdownRow struct {
	Value string
	A, B  Frequency
}

// A Collocate is a word that stands near matches at least twice, and more often
// than by chance, in one group at least. Words are compared as they are written, case apart.
type Collocate struct {
	Word string
	A, B Attraction
	// Contrast compares how often the word is near the matches of A and of B.
	Contrast Contrast
}

// An Attraction is how a word and the matches in a group keep together. What is
// compared is the share of the word in all places near matches with its share
// everywhere else; the words of the matches themselves are in neither.
type Attraction struct {
	Near     int     // how often it is near a match; near two it counts once
	Total    int     // how often it stands in the group, outside matches
	Expected float64 // how often it would be near if words were spread at random
	Contrast         // LogRatio is above 0 if it is near more often than elsewhere
}

// LogLikelihood returns Dunning's G², 2 Σ O ln(O/E) over the four cells of
// something that occurs first times among n words, and second times among m,
// or does not; E is what each cell would hold if it were equally frequent in
// both (T. Dunning, Accurate Methods for the Statistics of Surprise and
// Coincidence, Computational Linguistics 19(1), 1993). Above 3.84 chance alone
// would exceed it once in 20 times, above 10.83 once in 1,000. It is 0 if n or m
// is.
func LogLikelihood(first, n, second, m int) float64 {
	if n == 0 || m == 0 {
		return 0
	}
	all := float64(n + m)
	occurs := float64(first + second)
	cell := func(observed int, row, column float64) float64 {
		if observed == 0 {
			return 0
		}
		return float64(observed) * math.Log(float64(observed)*all/(row*column))
	}
	g := 2 * (cell(first, float64(n), occurs) + cell(n-first, float64(n), all-occurs) +
		cell(second, float64(m), occurs) + cell(m-second, float64(m), all-occurs))
	return max(g, 0) // rounding
}

// LogRatio returns the binary logarithm of how many times more frequent
// something is that occurs first times among n words than if it occurs second
// times among m: 1 is twice as frequent, -1 half. Instead of no occurrence it
// takes half of one (A. Hardie, Log Ratio: an Informal Introduction, 2014). It
// is 0 if n or m is.
func LogRatio(first, n, second, m int) float64 {
	if n == 0 || m == 0 || first == 0 && second == 0 {
		return 0
	}
	share := func(k, of int) float64 { return max(float64(k), 0.5) / float64(of) }
	return math.Log2(share(first, n) / share(second, m))
}

// Compare returns the contrast between first among n words and second among m.
func Compare(first, n, second, m int) Contrast {
	return Contrast{LogLikelihood(first, n, second, m), LogRatio(first, n, second, m)}
}

// A Neighbour is a word near matches, counted in the groups A and B.
type Neighbour struct {
	Word        string
	Near, Total [2]int
}

// A Ground is what neighbours are held against, in the groups A and B.
type Ground struct {
	Near  [2]int // places near matches
	Words [2]int // all places outside matches, also those near
}

// Collocates returns the neighbours that are near at least twice, and more often
// than by chance, in one group at least. Of those it returns the first few by log-likelihood and
// by how often they are near, in each group, and by what tells the groups apart;
// those of the greatest log-likelihood come first.
func Collocates(neighbours []Neighbour, ground Ground, few int) []Collocate {
	var all []Collocate
	for _, n := range neighbours {
		c := Collocate{
			Word: n.Word, A: ground.attraction(n, 0), B: ground.attraction(n, 1),
			Contrast: Compare(n.Near[0], ground.Near[0], n.Near[1], ground.Near[1]),
		}
		if c.A.attracted() || c.B.attracted() {
			all = append(all, c)
		}
	}
	kept := map[string]bool{}
	for _, weight := range []func(c Collocate) float64{
		func(c Collocate) float64 { return float64(c.A.Near) },
		func(c Collocate) float64 { return float64(c.B.Near) },
		func(c Collocate) float64 { return c.Contrast.LogLikelihood },
		func(c Collocate) float64 { return c.A.weight() },
		func(c Collocate) float64 { return c.B.weight() },
		func(c Collocate) float64 { return max(c.A.weight(), c.B.weight()) },
	} {
		slices.SortFunc(all, func(a, b Collocate) int {
			return cmp.Or(cmp.Compare(weight(b), weight(a)), strings.Compare(a.Word, b.Word))
		})
		for _, c := range all[:min(few, len(all))] {
			kept[c.Word] = kept[c.Word] || weight(c) > 0
		}
	}
	return slices.DeleteFunc(all, func(c Collocate) bool { return !kept[c.Word] })
}

func (g Ground) attraction(n Neighbour, group int) Attraction {
	near, places, total, words := n.Near[group], g.Near[group], n.Total[group], g.Words[group]
	a := Attraction{Near: near, Total: total, Contrast: Compare(near, places, total-near, words-places)}
	if words > 0 {
		a.Expected = float64(places) * float64(total) / float64(words)
	}
	return a
}

// attracted reports whether the word is near more often than by chance; once
// says nothing.
func (a Attraction) attracted() bool { return a.Near > 1 && float64(a.Near) > a.Expected }

// weight is the log-likelihood of a word that is attracted, otherwise 0.
func (a Attraction) weight() float64 {
	if !a.attracted() {
		return 0
	}
	return a.LogLikelihood
}

// Looked takes q apart: what asks for words of the text, and the clauses that do
// not, which say where to look. Either is All if there is nothing of it.
func Looked(q query.Query) (words, where query.Query) {
	var asks, narrows []query.Query
	for _, clause := range query.Clauses(q) {
		if ofFields(clause) {
			narrows = append(narrows, clause)
		} else {
			asks = append(asks, clause)
		}
	}
	return query.Join(asks...), query.Join(narrows...)
}

// ofFields reports whether q asks for nothing in the text.
func ofFields(q query.Query) bool {
	asksText := func(q query.Query) bool { return !ofFields(q) }
	switch q := q.(type) {
	case query.All, query.Range:
		return true
	case query.Term:
		return q.Field != ""
	case query.Not:
		return ofFields(q.Query)
	case query.Boost:
		return ofFields(q.Query)
	case query.And:
		return !slices.ContainsFunc(q, asksText)
	case query.Or:
		return !slices.ContainsFunc(q, asksText)
	}
	return false
}
