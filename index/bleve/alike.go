package bleve

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"glossator/index"
	"glossator/index/query"
)

// Alike is index.Engine's.
func (x *Index) Alike(ctx context.Context, q query.Query, o index.AlikeOptions) (*index.Alike, error) {
	alike := &index.Alike{}
	err := x.evaluate(ctx, o.Audiences, query.Older(q), func(e *evaluation) (err error) {
		if alike.Mark, err = markOf(e.view.snapshot); err != nil {
			return err
		}
		c, err := e.comparison(q, o.Unwanted)
		if err != nil {
			return err
		}
		alike.Examples = c.examples
		alike.Passages, err = c.likeliest(o.Limit)
		return err
	})
	if err != nil {
		return nil, err
	}
	return alike, nil
}

// A comparison knows passages that are wanted and some that are not.
type comparison struct {
	*evaluation
	wanted   []bitset // by part
	unwanted []bitset
	examples int
}

func (e *evaluation) comparison(q query.Query, unwanted []string) (*comparison, error) {
	f, err := e.ask(q, 0)
	if err != nil {
		return nil, err
	}
	c := &comparison{evaluation: e, wanted: f.sets, examples: f.passages()}
	for n, p := range e.view.parts {
		c.unwanted = append(c.unwanted, c.memory.newBits(len(p.rows)))
		for _, id := range unwanted {
			docs, err := readDocs(p.segment.Segment(), fieldID, id)
			if err != nil {
				return nil, err
			}
			for _, doc := range docs {
				if p.live.has(doc) && !c.wanted[n].has(doc) {
					c.unwanted[n].set(doc)
				}
			}
		}
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// rest returns the passages of a part of which nothing was said.
func (c *comparison) rest(n int) bitset {
	rest := c.memory.clone(c.view.parts[n].live)
	for i := range rest {
		rest[i] &^= c.wanted[n][i] | c.unwanted[n][i]
	}
	return rest
}

// likeliest returns the passages that are most like those wanted.
func (c *comparison) likeliest(limit int) ([]index.Likely, error) {
	if c.examples == 0 || limit < 1 {
		return nil, nil
	}
	var samples []index.Sample
	for _, from := range []struct {
		set          func(n int) bitset
		wanted, told bool
	}{
		{func(n int) bitset { return c.wanted[n] }, true, true},
		{func(n int) bitset { return c.unwanted[n] }, false, true},
		{c.rest, false, false},
	} {
		for _, drawn := range c.draw(from.set) {
			passage, _, err := c.view.parts[drawn.part].stored(drawn.doc)
			if err != nil {
				return nil, fmt.Errorf("reading a passage of the index: %w", err)
			}
			samples = append(samples, index.NewSample(passage.Text, from.wanted, from.told))
		}
		if err := c.ctx.Err(); err != nil {
			return nil, err
		}
	}
	learnt, err := index.Learn(samples, c.view.passages, c.having)
	if err != nil {
		return nil, err
	}
	found, err := c.scored(learnt)
	if err != nil {
		return nil, err
	}
	return c.open(first(found, min(limit, len(found)), c.byLikeliness), learnt)
}

// A lot is a passage and its index.Draw.
type lot struct {
	candidate
	number uint64
}

// draw returns passages of some sets, by part: all, or as many as may be learnt
// from.
func (c *comparison) draw(set func(n int) bitset) []lot {
	var lots []lot
	for n, p := range c.view.parts {
		for doc := range set(n).each(0, uint32(len(p.rows))) {
			row := p.rows[doc]
			number := index.Draw(c.view.names.versions.values[row.version], int(row.start))
			lots = append(lots, lot{candidate{part: n, doc: doc}, number})
		}
	}
	return first(lots, min(index.MostSamples, len(lots)), func(a, b lot) int { return cmp.Compare(a.number, b.number) })
}

// having counts the passages that have a word.
func (c *comparison) having(word string) (n int, err error) {
	for _, p := range c.view.parts {
		l, err := c.term(p, fieldExact, word, false)
		if err != nil {
			return 0, err
		}
		n += len(l.docs) - p.lost(l.docs)
	}
	return n, c.ctx.Err()
}

// A likely is a passage with its score.
type likely struct {
	candidate
	score float64
}

// scored returns the passages of which nothing was said that have a word that
// speaks for them.
func (c *comparison) scored(learnt *index.Likeness) ([]likely, error) {
	var found []likely
	for n, p := range c.view.parts {
		scores, speaks := make([]float64, len(p.rows)), c.memory.newBits(len(p.rows))
		roots := make([]float64, len(p.rows)) // roots are slow, and wanted for each word of a passage
		for doc, length := range p.lengths {
			roots[doc] = index.LengthWeight(int(length))
		}
		for _, w := range learnt.Words {
			l, err := c.term(p, fieldExact, w.Word, false)
			if err != nil {
				return nil, err
			}
			for i, doc := range l.docs {
				scores[doc] += w.Weight * (index.TimesWeight(int(l.times.at(i))) / roots[doc])
				if w.Weight > 0 {
					speaks.set(doc)
				}
			}
			if err := c.ctx.Err(); err != nil {
				return nil, err
			}
		}
		speaks.and(c.rest(n))
		for doc := range speaks.each(0, uint32(len(p.rows))) {
			found = append(found, likely{candidate{part: n, doc: doc}, learnt.Bias + scores[doc]})
		}
	}
	return found, nil
}

// byLikeliness orders passages: the likeliest first, then by document, version
// and place.
func (c *comparison) byLikeliness(a, b likely) int {
	return cmp.Or(
		cmp.Compare(b.score, a.score),
		strings.Compare(c.name(c.view.parts[a.part].run(a.doc).document), c.name(c.view.parts[b.part].run(b.doc).document)),
		c.byText(a.candidate, b.candidate),
	)
}

// open returns passages with the evidence.
func (c *comparison) open(found []likely, learnt *index.Likeness) ([]index.Likely, error) {
	opened := make([]index.Likely, len(found))
	for i, one := range found {
		passage, _, err := c.view.parts[one.part].stored(one.doc)
		if err != nil {
			return nil, fmt.Errorf("reading a passage of the index: %w", err)
		}
		evidence, spans := learnt.Evidence(passage.Text)
		for j := range spans {
			spans[j] = index.Span{Start: passage.Start + spans[j].Start, End: passage.Start + spans[j].End}
		}
		opened[i] = index.Likely{Passage: passage, Score: one.score, Evidence: evidence, Spans: spans}
	}
	return opened, c.ctx.Err()
}
