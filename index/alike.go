package index

import (
	"cmp"
	"hash/fnv"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// AlikeOptions say what else counts when passages like others are looked for.
type AlikeOptions struct {
	Audiences []string // as in Options
	Unwanted  []string // ids of passages that are not what is looked for: see Passage.ID
	Limit     int      // passages to return
}

// Alike is the passages most like others.
type Alike struct {
	Mark     int64    // the mark of the index that answered
	Examples int      // how many passages match the query
	Passages []Likely // the likeliest first, then by document, version and place; none unless there are examples
}

// A Likely is a passage that may be wanted, with the evidence.
type Likely struct {
	Passage
	Score    float64    // 1 is as sure as an example; a passage like any other has -1
	Evidence []Evidence // the words that speak for it most, strongest first
	Spans    []Span     // where these stand, as offsets in the version's text, ascending
}

// Evidence is a word of a passage and what it adds to the score.
type Evidence struct {
	Word  string // as Tokens gives it
	Score float64
}

// MostSamples is how many passages of each sort Learn is given at most: those
// wanted, those not wanted, and any others.
const MostSamples = 500

// Bounds of what Learn finds out.
const (
	mostWeights  = 500 // with a weight
	mostEvidence = 8   // words shown
)

// Draw returns a number by which passages are drawn, the least first: by lot, but
// always the same ones. It depends on the version and where the passage begins.
func Draw(version string, start int) uint64 {
	h := fnv.New64a()
	h.Write([]byte(version))
	h.Write([]byte(strconv.Itoa(start)))
	x := h.Sum64() // FNV hardly mixes the last bytes; what follows does (the finalizer of SplitMix64)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// A Sample is the words of a passage to learn from.
type Sample struct {
	Wanted bool
	Told   bool           // whether somebody has said so; otherwise it is any passage, taken for unwanted
	Words  map[string]int // how often each stands there
	Length int            // in words
}

// NewSample returns the sample of a text.
func NewSample(text string, wanted, told bool) Sample {
	s := Sample{Wanted: wanted, Told: told, Words: map[string]int{}}
	for token := range Tokens(text) {
		s.Words[token.Term]++
		s.Length++
	}
	return s
}

// A Likeness tells passages that are wanted from others by their words.
type Likeness struct {
	Words []Weight // those that tell most, first
	Bias  float64
}

// A Weight is how much a word speaks for a passage that is wanted, or against it
// if it is below 0.
type Weight struct {
	Word   string
	Weight float64
}

// Learn finds out how what is wanted differs from the rest: by a support vector
// machine with squared loss on the words of what somebody has said is wanted or
// not, by dual coordinate descent (Hsieh et al., A Dual Coordinate Descent Method
// for Large-scale Linear SVM, 2008). A word counts as in Presence, by its rarity
// among so many passages, of which having returns how many have it. What any
// other passage is taken for may be wrong, but seldom is. The same samples in
// the same order give the same Likeness; no samples that are wanted give one
// without words.
func Learn(samples []Sample, passages int, having func(word string) (int, error)) (*Likeness, error) {
	told := map[string]bool{}
	wanted := false
	for _, s := range samples {
		wanted = wanted || s.Wanted
		for word := range s.Words {
			told[word] = told[word] || s.Told
		}
	}
	if !wanted {
		return &Likeness{}, nil
	}
	var words []Weight // with their rarity
	for _, word := range slices.Sorted(maps.Keys(told)) {
		if !told[word] {
			continue
		}
		n, err := having(word)
		if err != nil {
			return nil, err
		}
		words = append(words, Weight{word, math.Log(1 + (float64(passages-n)+0.5)/(float64(n)+0.5))})
	}
	m := newMachine(samples, words)
	m.train()
	return m.likeness(words), nil
}

// Presence returns how much a word counts that stands so many times in a passage
// of so many words.
func Presence(times, length int) float64 { return TimesWeight(times) / LengthWeight(length) }

// TimesWeight is what Presence makes of how many times a word stands in a passage.
func TimesWeight(times int) float64 {
	if times == 1 {
		return 1
	}
	return 1 + math.Log(float64(times))
}

// LengthWeight is what Presence makes of the length of a passage, in words.
func LengthWeight(length int) float64 { return math.Sqrt(float64(length) + 10) }

// Of returns the score of a passage in which words stand so many times.
func (l *Likeness) Of(times map[string]int, length int) float64 {
	score := 0.0
	for _, w := range l.Words {
		if n := times[w.Word]; n > 0 {
			score += w.Weight * Presence(n, length)
		}
	}
	return l.Bias + score
}

// Evidence returns the words of a text that speak for it most, those that add at
// least a tenth of what the first adds, and where they stand in the text.
func (l *Likeness) Evidence(text string) ([]Evidence, []Span) {
	sample := NewSample(text, false, false)
	var found []Evidence
	for _, w := range l.Words {
		if n := sample.Words[w.Word]; n > 0 && w.Weight > 0 {
			found = append(found, Evidence{w.Word, w.Weight * Presence(n, sample.Length)})
		}
	}
	slices.SortFunc(found, func(a, b Evidence) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Word, b.Word))
	})
	found = found[:min(mostEvidence, len(found))]
	found = slices.DeleteFunc(found, func(e Evidence) bool { return e.Score < found[0].Score/10 })
	var spans []Span
	for token := range Tokens(text) {
		if slices.ContainsFunc(found, func(e Evidence) bool { return e.Word == token.Term }) {
			spans = append(spans, token.Span)
		}
	}
	return found, spans
}

// A machine is a support vector machine in training.
type machine struct {
	examples []example
	weights  []float64 // of words
	bias     float64
	scale    float64 // makes a wanted sample as long as 1, on average
}

type example struct {
	words []int
	value []float64
	sign  float64 // 1 if it is wanted, otherwise -1
	alpha float64
	norm  float64 // squared, with that of the bias
}

// penalty is the cost of a sample on the wrong side.
const penalty = 1.0

// rounds is how often training goes through all samples; more change nothing
// that is seen.
const rounds = 10

func newMachine(samples []Sample, words []Weight) *machine {
	m := &machine{weights: make([]float64, len(words))}
	number := make(map[string]int, len(words))
	for i, w := range words {
		number[w.Word] = i
	}
	lengths, wanted := 0.0, 0.0
	for _, s := range samples {
		e := example{sign: -1}
		for word := range s.Words {
			if i, ok := number[word]; ok {
				e.words = append(e.words, i)
			}
		}
		slices.Sort(e.words)
		for _, i := range e.words {
			value := words[i].Weight * Presence(s.Words[words[i].Word], s.Length)
			e.value = append(e.value, value)
			e.norm += value * value
		}
		if s.Wanted {
			e.sign = 1
			lengths += math.Sqrt(e.norm)
			wanted++
		}
		m.examples = append(m.examples, e)
	}
	m.scale = 1
	if lengths > 0 {
		m.scale = wanted / lengths
	}
	for i := range m.examples {
		e := &m.examples[i]
		e.norm = e.norm*m.scale*m.scale + 1
		for j := range e.value {
			e.value[j] *= m.scale
		}
	}
	return m
}

func (m *machine) train() {
	lots := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same examples are to teach the same
	for range rounds {
		lots.Shuffle(len(m.examples), func(i, j int) { m.examples[i], m.examples[j] = m.examples[j], m.examples[i] })
		for i := range m.examples {
			m.step(&m.examples[i])
		}
	}
}

// step makes what is known of one example as good as it can be.
func (m *machine) step(e *example) {
	score := m.bias
	for j, word := range e.words {
		score += m.weights[word] * e.value[j]
	}
	gradient := e.sign*score - 1 + e.alpha/(2*penalty)
	alpha := max(e.alpha-gradient/(e.norm+1/(2*penalty)), 0)
	by := (alpha - e.alpha) * e.sign
	e.alpha = alpha
	m.bias += by
	for j, word := range e.words {
		m.weights[word] += by * e.value[j]
	}
}

// likeness returns what was learnt, given the rarity of the words.
func (m *machine) likeness(words []Weight) *Likeness {
	l := &Likeness{Bias: m.bias}
	for i, w := range words {
		if m.weights[i] != 0 {
			l.Words = append(l.Words, Weight{w.Word, m.weights[i] * w.Weight * m.scale})
		}
	}
	slices.SortFunc(l.Words, func(a, b Weight) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), strings.Compare(a.Word, b.Word))
	})
	l.Words = l.Words[:min(mostWeights, len(l.Words))]
	return l
}
