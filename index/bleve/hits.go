package bleve

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"

	"glossator/index"
)

// hit returns a passage that was found, with the evidence.
func (f *found) hit(c candidate, m *marker) (index.Hit, error) {
	hit := index.Hit{Score: float64(c.score)}
	if err := f.ctx.Err(); err != nil {
		return hit, err
	}
	var err error
	var words string
	if hit.Passage, words, err = f.view.parts[c.part].stored(c.doc); err != nil {
		return index.Hit{}, fmt.Errorf("reading a passage of the index: %w", err)
	}
	marks, err := m.marks(c, words)
	if err != nil {
		return index.Hit{}, err
	}
	shown := snippet(hit.Text, hit.End-hit.Start, marks)
	hit.Snippet = index.Span{Start: hit.Start + shown.Start, End: hit.Start + shown.End}
	hit.CitedProvision, hit.CitedPinpoint = hit.Provision, hit.Pinpoint
	hit.Spans = merge(marks)
	for i, span := range hit.Spans {
		hit.Spans[i] = index.Span{Start: hit.Start + span.Start, End: hit.Start + span.End}
		if i == 0 || hit.Spans[i-1].Start < hit.Snippet.Start {
			hit.CitedProvision, hit.CitedPinpoint = hit.Cite(hit.Spans[i])
		}
	}
	return hit, nil
}

// stored returns a passage as it was given, without annotations, and where its
// words stand: see unpackWords.
func (p *part) stored(doc uint32) (index.Passage, string, error) {
	packed := ""
	err := p.segment.VisitDocument(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field == fieldPassage {
			packed = string(value)
		}
		return field != fieldPassage
	})
	if err != nil {
		return index.Passage{}, "", err
	}
	passage, words, err := unpackPassage(packed)
	_, passage.Superseded = slices.BinarySearch(p.older, doc)
	return passage, words, err
}

// A mark is a match of one leaf of a query, in code points of the passage.
type mark struct {
	index.Span
	leaf int
}

// A marker knows where the leaves of a query are found in passages: those of
// the text that are not under Not. Headings and notes have no marks.
type marker struct {
	*evaluation
	leaves  []*leaf
	readers [][]*listReader // by part and leaf
	// Of one passage after the other:
	found  []leafFound
	marked []mark
}

// leafFound is where a leaf is found, in words of the passage.
type leafFound struct {
	stretch
	leaf int
}

// marker returns a marker for some leaves.
func (f *found) marker(leaves ...*leaf) *marker {
	m := &marker{evaluation: f.evaluation, readers: make([][]*listReader, len(f.view.parts))}
	for _, l := range leaves {
		if l.field == fieldExact {
			m.leaves = append(m.leaves, l)
		}
	}
	return m
}

// readersOf returns a reader for each leaf in a part.
func (m *marker) readersOf(part int) ([]*listReader, error) {
	if m.readers[part] != nil {
		return m.readers[part], nil
	}
	readers := make([]*listReader, len(m.leaves))
	for i, l := range m.leaves {
		var err error
		if readers[i], err = m.reader(l.shape, part); err != nil {
			return nil, err
		}
	}
	m.readers[part] = readers
	return readers, nil
}

// stretches returns the words of a passage that a leaf marks, in no order.
func (m *marker) stretches(c candidate, leaf int) ([]stretch, error) {
	readers, err := m.readersOf(c.part)
	if err != nil {
		return nil, err
	}
	readers[leaf].doc = c.doc
	return m.leaves[leaf].shape.marks(readers[leaf], nil, nil)
}

// spansPool keeps the memory in which the words of passages are unpacked.
var spansPool = sync.Pool{New: func() any { return new([]index.Span) }}

// errWords says that the text of a passage does not have a word where the index
// says it has one.
var errWords = errors.New("the index does not fit its texts")

// marks returns all marks in the text of a passage, whose words stand where
// unpackWords reads, ascending. The next call overwrites them.
func (m *marker) marks(c candidate, words string) ([]mark, error) {
	all, last := m.found[:0], 0
	for leaf := range m.leaves {
		stretches, err := m.stretches(c, leaf)
		if err != nil {
			return nil, err
		}
		for _, s := range stretches {
			all = append(all, leafFound{s, leaf})
			last = max(last, int(s.last))
		}
	}
	memory := spansPool.Get().(*[]index.Span)
	defer spansPool.Put(memory)
	spans := unpackWords(words, last, (*memory)[:0])
	*memory = spans
	if len(spans) < last {
		return nil, errWords
	}
	marks := slices.Grow(m.marked[:0], len(all))
	for _, s := range all {
		marks = append(marks, mark{index.Span{Start: spans[s.first-1].Start, End: spans[s.last-1].End}, s.leaf})
	}
	m.found, m.marked = all, marks
	slices.SortFunc(marks, func(a, b mark) int {
		if a.Start != b.Start { // as nearly always
			return cmp.Compare(a.Start, b.Start)
		}
		return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.leaf, b.leaf))
	})
	return marks, nil
}

// merge joins marks that overlap. Marks are ascending.
func merge(marks []mark) []index.Span {
	if len(marks) == 0 {
		return nil
	}
	spans := make([]index.Span, 0, len(marks))
	for _, m := range marks {
		if last := len(spans) - 1; last >= 0 && m.Start < spans[last].End {
			spans[last].End = max(spans[last].End, m.End)
			continue
		}
		spans = append(spans, m.Span)
	}
	return spans
}
