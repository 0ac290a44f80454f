package bleve

import (
	"context"
	"slices"

	"glossator/index"
	"glossator/index/query"
)

// Why is index.Engine's.
func (x *Index) Why(ctx context.Context, q query.Query, audiences []string, version, provision string) (*index.Why, error) {
	var why *index.Why
	err := x.evaluate(ctx, audiences, func(e *evaluation) error {
		one := query.Term{Field: "id", Match: query.Phrase, Text: version + "/" + provision}
		f, err := e.ask(query.Join(q, one), 0)
		if err != nil {
			return err
		}
		defer f.score()()
		found := f.all()
		if len(found) == 0 {
			return index.ErrNotFound
		}
		why, err = f.why(found[0])
		return err
	})
	return why, err
}

// why says where the score of a candidate comes from.
func (f *found) why(c candidate) (*index.Why, error) {
	passage, err := f.stored(c)
	if err != nil {
		return nil, err
	}
	why := &index.Why{Score: float64(c.score), Words: int(f.row(c).words), Average: f.view.words}
	text := []rune(passage.Text)
	for _, l := range f.plan.leaves {
		frequency, heading := l.counts(c)
		if frequency == 0 {
			continue
		}
		reason := index.Reason{
			Clause: l.clause.String(), Frequency: int(frequency), Passages: l.passages, Rarity: f.rarity(l), InHeading: heading,
		}
		scorer := f.scorer(l)
		reason.Score = float64(scorer.of(frequency, f.row(c).words))
		if heading {
			reason.Score += float64(scorer.heading)
		}
		marks, err := f.marker(l).marks(c, passage)
		if err != nil {
			return nil, err
		}
		for _, m := range marks {
			if word := string(text[m.Start:m.End]); !slices.Contains(reason.Words, word) {
				reason.Words = append(reason.Words, word)
			}
		}
		why.Reasons = append(why.Reasons, reason)
	}
	return why, nil
}
