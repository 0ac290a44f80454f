package bleve

import (
	"errors"
	"slices"

	api "github.com/blevesearch/bleve_index_api"
)

// An occurrence is a passage, in the upper half, and the place of a word in it.
type occurrence uint64

func at(passage int, position uint64) occurrence {
	return occurrence(uint64(passage)<<32 | position&(1<<32-1))
}

func (o occurrence) passage() int { return int(o >> 32) }

// phrase adds to m the passages in which a sequence of words, each with its
// alternatives, stands in a field, and how often.
func (e *evaluation) phrase(m *matching, field string, sequence [][]string) error {
	candidates, err := e.candidates(field, sequence)
	if err != nil || candidates.count() == 0 {
		return err
	}
	var ends []occurrence // of what has been found of the sequence so far
	for i, terms := range sequence {
		words, err := e.occurrences(field, terms, candidates)
		if err != nil {
			return err
		}
		if i == 0 {
			ends = words
		} else {
			ends = following(ends, words)
		}
	}
	for _, end := range ends {
		m.set.set(end.passage())
		m.scores[end.passage()]++
	}
	return nil
}

// candidates returns the passages that have a word for each place of the
// sequence.
func (e *evaluation) candidates(field string, sequence [][]string) (bitset, error) {
	var all bitset
	for _, terms := range sequence {
		m := &matching{set: newBits(len(e.view.rows))}
		if err := e.anyOf(m, field, terms); err != nil {
			return nil, err
		}
		if all == nil {
			all = m.set
			continue
		}
		for i := range all {
			all[i] &= m.set[i]
		}
	}
	return all, nil
}

// occurrences returns where any of terms stands in the candidates, ascending.
func (e *evaluation) occurrences(field string, terms []string, candidates bitset) ([]occurrence, error) {
	var all []occurrence
	for _, term := range terms {
		reader, err := e.view.snapshot.TermFieldReader(e.ctx, []byte(term), field, true, false, true)
		if err != nil {
			return nil, err
		}
		all, err = e.collect(all, reader, candidates)
		if err := errors.Join(err, reader.Close()); err != nil {
			return nil, err
		}
	}
	if len(terms) > 1 {
		slices.Sort(all)
	}
	return slices.Compact(all), nil
}

func (e *evaluation) collect(all []occurrence, reader api.TermFieldReader, candidates bitset) ([]occurrence, error) {
	var next api.TermFieldDoc
	var id api.IndexInternalID
	reached, n := -1, 0
	for i := range candidates.all() {
		if i < reached {
			continue
		}
		if i > reached {
			id = api.NewIndexInternalID(id, uint64(i))
			p, err := reader.Advance(id, &next)
			if err != nil || p == nil {
				return all, err
			}
			reached = int(p.ID.Value())
		}
		if i == reached {
			for _, place := range next.Vectors {
				all = append(all, at(i, place.Pos))
			}
		}
		if n++; n%checkEvery == 0 && e.ctx.Err() != nil {
			return nil, e.ctx.Err()
		}
	}
	return all, nil
}

// following returns the words that stand directly after one of before. Both
// are ascending.
func following(before, words []occurrence) []occurrence {
	var found []occurrence
	for _, word := range words {
		for len(before) > 0 && before[0]+1 < word {
			before = before[1:]
		}
		if len(before) > 0 && before[0]+1 == word {
			found = append(found, word)
		}
	}
	return found
}
