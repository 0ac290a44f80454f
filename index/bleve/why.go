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
	err := x.evaluate(ctx, audiences, query.Older(q), func(e *evaluation) error {
		f, err := e.ranked(q, 0, everyDocument)
		if err != nil {
			return err
		}
		c, ok, err := f.candidate(version, provision)
		if err != nil {
			return err
		}
		if !ok {
			return index.ErrNotFound
		}
		why, err = f.why(c)
		return err
	})
	return why, err
}

// candidate returns the passage with an id, if it was found.
func (f *found) candidate(version, provision string) (c candidate, ok bool, err error) {
	for n, p := range f.view.parts {
		docs, err := readDocs(p.segment.Segment(), fieldID, version+"/"+provision)
		if err != nil {
			return c, false, err
		}
		for _, doc := range docs {
			if f.sets[n].has(doc) {
				return candidate{n, doc, f.scores[n][doc]}, true, nil
			}
		}
	}
	return c, false, nil
}

// why says where the score of a candidate comes from.
func (f *found) why(c candidate) (*index.Why, error) {
	passage, words, err := f.view.parts[c.part].stored(c.doc)
	if err != nil {
		return nil, err
	}
	why := &index.Why{Score: float64(c.score), Words: int(f.length(c)), Average: f.view.words}
	document := f.view.parts[c.part].run(c.doc).document
	for _, l := range f.plan.leaves {
		text, heading := l.counts(c)
		reason := index.Reason{
			Clause: l.clause.String(), Frequency: int(text), Passages: l.passages, Rarity: f.rarity(l),
			InHeading: heading > 0, InTitle: slices.Contains(f.titled(l), document),
		}
		if text == 0 && !reason.InTitle {
			continue
		}
		if reason.Words, err = f.written(l, c, passage.Text, words); err != nil {
			return nil, err
		}
		scorer := f.scorer(l)
		reason.Score = float64(scorer.of(float32(text+heading), f.length(c)))
		if reason.InTitle {
			reason.Score += float64(scorer.weight * inTitle)
		}
		if l.typed != nil {
			reason.Score += float64(asTyped * scorer.of(float32(l.typed[c.part].frequency(c.doc)), f.length(c)))
		}
		why.Reasons = append(why.Reasons, reason)
	}
	if more := f.more[c.key()]; more > 0 {
		why.Reasons = append(why.Reasons, index.Reason{Score: float64(more)})
	}
	return why, nil
}

// written returns the words of a text that a leaf marks, as they are written
// there, each once.
func (f *found) written(l *leaf, c candidate, text, words string) ([]string, error) {
	if l.field != fieldExact {
		return nil, nil
	}
	marks, err := f.marker(l).marks(c, words)
	if err != nil {
		return nil, err
	}
	characters := []rune(text)
	var written []string
	for _, m := range marks {
		if word := string(characters[m.Start:m.End]); !slices.Contains(written, word) {
			written = append(written, word)
		}
	}
	return written, nil
}
