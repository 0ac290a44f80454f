package bleve

import (
	"math"
	"math/bits"
	"slices"
)

// Parameters of BM25 (Robertson and Zaragoza, 2009) and of what is added to it.
const (
	saturation = 0.9 // k1
	inTitle    = 0.2 // of its rarity, for a word that stands in a title of the document
	asTyped    = 0.1 // of its score, for a word in the form in which it was typed
)

// dampening returns b for a query of so many words: what is asked in few words
// may be said at length, a sentence is best answered by a passage of its kind.
func dampening(words int) float64 { return min(0.7, 0.3+0.05*float64(max(0, words-3))) }

// found is what a plan finds in the parts of a view.
type found struct {
	*evaluation
	plan   *plan
	sets   []bitset               // of each part
	scores [][]float32            // of each part; those of passages not in sets do not count; nil until scored
	race   race                   // whose scores are whole; of no use until scored
	counts [][]uint32             // passages, by part and run
	inPart []int                  // passages, by part
	totals []uint32               // passages, by document
	more   map[passageKey]float32 // what rerank has added
}

// run returns what q finds and has changed, as far as the audiences may know,
// after a number.
func (e *evaluation) run(p *plan, since int64) (*found, error) {
	f := &found{
		evaluation: e, plan: p, sets: make([]bitset, len(e.view.parts)),
		counts: make([][]uint32, len(e.view.parts)), inPart: make([]int, len(e.view.parts)), totals: e.memory.counts.zeros(len(e.view.facts)),
	}
	for n, part := range e.view.parts {
		set, err := p.clause.find(e, n)
		if err != nil {
			return nil, err
		}
		set.and(part.live)
		if since > 0 {
			for doc := range set.each(0, uint32(len(part.rows))) {
				if e.changed(part, doc) <= since {
					set.clear(doc)
				}
			}
		}
		f.sets[n] = set
		f.counts[n] = e.memory.counts.zeros(len(part.runs))
		for word, passages := range set {
			part.inRuns(uint32(word), passages, func(r int, here uint64) {
				count := bits.OnesCount64(here)
				f.counts[n][r] += uint32(count)
				f.totals[part.runs[r].document] += uint32(count)
				f.inPart[n] += count
			})
		}
	}
	return f, e.ctx.Err()
}

// changed returns the number of the last change of a passage that the audiences
// may know.
func (e *evaluation) changed(p *part, doc uint32) int64 {
	changed := p.rows[doc].changed
	for _, audience := range e.audiences {
		changed = max(changed, p.notes[audience].changedAt(doc))
	}
	return changed
}

// passages returns how many passages have been found.
func (f *found) passages() (n int) {
	for _, total := range f.totals {
		n += int(total)
	}
	return n
}

// score fills in the scores of the passages that are among the reconsidered best
// or the best of one of so many documents. Others may have less than their score:
// see complete.
func (f *found) score(documents int) {
	f.scores = make([][]float32, len(f.view.parts))
	f.race = f.newRace(documents)
	for n, p := range f.view.parts {
		f.scores[n] = f.memory.scores.lend(len(p.rows))
		f.begin(n)
		for i, l := range f.race.leaves {
			f.drop(n, i)
			f.add(l, n)
		}
	}
}

// begin sets the scores of a part to what the titles of documents count for.
func (f *found) begin(n int) {
	p, set, scores := f.view.parts[n], f.sets[n], f.scores[n]
	for i, word := range set {
		if word != 0 {
			clear(scores[i*64 : min(i*64+64, len(scores))])
		}
	}
	titles := f.race.titles
	if len(titles) == 0 {
		return
	}
	for i, count := range f.counts[n] {
		if count == 0 {
			continue
		}
		r := &p.runs[i]
		if more := titles[r.document]; more != 0 {
			for doc := range set.each(r.from, r.to) {
				scores[doc] = more
			}
		}
	}
}

// titles returns what the titles of documents count for, by document.
func (f *found) titles() map[uint32]float32 {
	bonus := map[uint32]float32{}
	for _, l := range f.plan.leaves {
		for _, document := range f.titled(l) {
			bonus[document] += f.scorer(l).weight * inTitle
		}
	}
	return bonus
}

// rarity returns the weight of a leaf for being rare: the idf of BM25 that is
// never negative.
func (e *evaluation) rarity(l *leaf) float64 {
	found := float64(l.passages)
	return math.Log(1 + (float64(e.view.passages)-found+0.5)/(found+0.5))
}

// A scorer is the BM25 of a leaf.
type scorer struct{ weight, base, slope float32 }

// scorer returns the scorer of a leaf of f. The length of a passage says nothing
// of its notes.
func (f *found) scorer(l *leaf) scorer {
	b := 0.0
	if l.field == fieldExact {
		b = dampening(len(f.plan.leaves))
	}
	return scorer{
		weight: float32(l.weight * f.rarity(l)),
		base:   float32(saturation * (1 - b)),
		slope:  float32(saturation * b / max(f.view.words, 1)),
	}
}

// of returns the score of a passage with so many words in which the leaf is
// found so often.
func (s scorer) of(frequency float32, words uint32) float32 {
	return s.weight * frequency * (saturation + 1) / (frequency + s.base + s.slope*float32(words))
}

// times returns a scorer of so many times the scores.
func (s scorer) times(n float32) scorer {
	s.weight *= n
	return s
}

// add adds the scores of a leaf to the contenders of a part. What is found in a
// heading, which is also text, counts twice.
func (f *found) add(l *leaf, n int) {
	headings := emptyList
	if l.headings != nil {
		headings = l.headings[n]
	}
	scorer := f.scorer(l)
	f.addList(scorer, l.found[n], headings, n)
	if l.typed != nil {
		f.addList(scorer.times(asTyped), l.typed[n], emptyList, n)
	}
}

// addList adds to the contenders of a part the scores for a word that stands in
// texts and headings as two lists say.
func (f *found) addList(s scorer, texts, headings *list, n int) {
	set, scores, lengths := f.race.contenders[n], f.scores[n], f.view.parts[n].lengths
	if len(texts.docs) > fewer*f.race.left[n] {
		text, heading, size := cursor{list: texts}, cursor{list: headings}, uint32(len(lengths))
		for doc := set.next(0, size); doc < size; doc = set.next(doc+1, size) {
			if times := text.frequency(doc); times > 0 {
				scores[doc] += s.of(float32(times+heading.frequency(doc)), lengths[doc])
			}
		}
		return
	}
	heading := 0
	for i, doc := range texts.docs {
		if !set.has(doc) {
			continue
		}
		times := texts.times.at(i)
		for heading < len(headings.docs) && headings.docs[heading] < doc {
			heading++
		}
		if heading < len(headings.docs) && headings.docs[heading] == doc {
			times += headings.times.at(heading)
		}
		scores[doc] += s.of(float32(times), lengths[doc])
	}
}

// fewer is how many times more passages a word has where it is quicker to seek
// in it those that were found.
const fewer = 8

// counts returns how often a leaf is found in a passage, and in its heading.
func (l *leaf) counts(c candidate) (text, heading uint32) {
	if l.headings != nil {
		heading = l.headings[c.part].frequency(c.doc)
	}
	return l.found[c.part].frequency(c.doc), heading
}

func (l *list) frequency(doc uint32) uint32 {
	i, found := slices.BinarySearch(l.docs, doc)
	if !found {
		return 0
	}
	return l.times.at(i)
}
