package bleve

import (
	"cmp"
	"math/bits"
	"slices"
)

// A race finds the best passages without the whole scores of all: MaxScore, a
// term at a time (Turtle and Flood, Query evaluation: strategies and
// optimizations, 1995). Leaves are added in the order of what they can add at
// most. Who cannot reach the best any more with all that is to come is no longer
// a contender, and the words that come last, which are the commonest, are looked
// up for contenders alone.
type race struct {
	documents  int                // the best of so many are wanted, beside the reconsidered passages
	titles     map[uint32]float32 // what the titles of documents count for
	leaves     []*leaf            // those that can add most first
	toCome     []float32          // what leaves[i:] can add at most
	contenders []bitset           // of each part: whose scores are whole, or will be
	left       []int              // how many these are, by part
	dropped    bool               // whether there are others than contenders
	lacking    []float32          // what those who are not lack at most, by part
	top        float32            // no score is higher
}

// everyDocument is how many documents are wanted by who wants all scores.
const everyDocument = 1 << 30

// newRace returns one in which all that were found take part.
func (f *found) newRace(documents int) race {
	r := race{
		documents: documents, titles: f.titles(), leaves: slices.Clone(f.plan.leaves),
		contenders: slices.Clone(f.sets), left: slices.Clone(f.inPart), lacking: make([]float32, len(f.sets)),
	}
	slices.SortStableFunc(r.leaves, func(a, b *leaf) int { return cmp.Compare(f.most(b), f.most(a)) })
	r.toCome = make([]float32, len(r.leaves)+1)
	for i := len(r.leaves) - 1; i >= 0; i-- {
		r.toCome[i] = r.toCome[i+1] + f.most(r.leaves[i])
	}
	r.top = r.toCome[0]
	for _, more := range r.titles {
		r.top = max(r.top, r.toCome[0]+more)
	}
	return r
}

// most returns what a leaf adds to a passage at most.
func (f *found) most(l *leaf) float32 {
	most := f.scorer(l).weight * (saturation + 1)
	if l.typed != nil {
		most *= 1 + asTyped
	}
	return most
}

// drop drops the contenders of a part who cannot be among the best any more when
// leaf i and those after it are still to come, if that is likely to save more
// than it costs.
func (f *found) drop(n, i int) {
	r := &f.race
	if r.documents == everyDocument || 2*r.toCome[i] > r.toCome[0]-r.toCome[i] || r.lacking[n] > 0 && 4*r.toCome[i] > r.lacking[n] {
		return
	}
	lists := 0
	for _, l := range r.leaves[i:] {
		lists += len(l.found[n].docs)
	}
	wanted := max(reconsidered, crowd*r.documents)
	if r.left[n] > 2*lists || r.left[n] <= 2*wanted {
		return
	}
	bar := f.bar(n, wanted)
	least := bar - r.toCome[i]
	if least <= 0 {
		return
	}
	p, scores := f.view.parts[n], f.scores[n]
	contenders, documents := f.memory.newBits(len(scores)), f.memory.newBits(len(f.totals))
	for word, rest := range r.contenders[n] {
		for ; rest != 0; rest &= rest - 1 {
			doc := uint32(word*64 + bits.TrailingZeros64(rest))
			if scores[doc] < least {
				continue
			}
			contenders.set(doc)
			if scores[doc] >= bar {
				documents.set(p.run(doc).document)
			}
		}
	}
	if documents.count() >= r.documents {
		r.contenders[n], r.left[n] = contenders, contenders.count()
		r.dropped, r.lacking[n] = true, max(r.lacking[n], r.toCome[i])
	}
}

// crowd is how many of the best passages are looked at for each document that is
// wanted: most of them have some in other documents.
const crowd = 4

// steps is into how many steps scores are divided.
const steps = 1 << 10

// bar returns a score that so many contenders of a part have reached, and not
// many more; 0 if they are fewer.
func (f *found) bar(n, many int) float32 {
	if f.race.top == 0 {
		return 0
	}
	scores, scale := f.scores[n], steps/f.race.top
	var at [steps]int
	for word, rest := range f.race.contenders[n] {
		for ; rest != 0; rest &= rest - 1 {
			at[min(int(scores[word*64+bits.TrailingZeros64(rest)]*scale), steps-1)]++
		}
	}
	for step := steps - 1; step > 0; step-- {
		if many -= at[step]; many <= 0 {
			return float32(step) / scale * exact
		}
	}
	return 0
}

// exact is less than the sum of some scores is of what it would be without
// rounding, as a share of it.
const exact = 1 - 1e-4

// complete makes the scores of those candidates of a document whole who may be
// among its n best.
func (f *found) complete(in []candidate, n int) {
	if n == 0 || !f.race.dropped {
		return
	}
	scores := make([]float32, len(in))
	for i, c := range in {
		scores[i] = c.score
	}
	slices.Sort(scores)
	bar := scores[len(in)-n] * exact
	for i, c := range in {
		if !f.race.contenders[c.part].has(c.doc) && c.score+f.race.lacking[c.part] >= bar {
			in[i].score = f.whole(c)
		}
	}
}

// whole returns the whole score of a candidate who was dropped.
func (f *found) whole(c candidate) float32 {
	score := f.race.titles[f.view.parts[c.part].run(c.doc).document]
	for _, l := range f.race.leaves {
		scorer := f.scorer(l)
		if text, heading := l.counts(c); text > 0 {
			score += scorer.of(float32(text+heading), f.length(c))
		}
		if l.typed != nil {
			score += scorer.times(asTyped).of(float32(l.typed[c.part].frequency(c.doc)), f.length(c))
		}
	}
	return score
}
