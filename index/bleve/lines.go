package bleve

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"glossator/index"
	"glossator/index/query"
)

// maxSorted is how many lines are put in an order by their words or documents.
const maxSorted = 4_000_000

// A line is one match, before its text is read.
type line struct {
	candidate
	stretch
	sortKey
}

// A sortKey is compared number by number.
type sortKey [sortWords]uint32

// sortWords is how many words a line is sorted by; lines that agree in all of
// them stay in the order of documents.
const sortWords = 5

// Lines is index.Engine's.
func (x *Index) Lines(ctx context.Context, q query.Query, o index.LineOptions) (*index.Concordance, error) {
	concordance := &index.Concordance{}
	err := x.evaluate(ctx, o.Audiences, query.Older(q), func(e *evaluation) (err error) {
		if concordance.Mark, err = markOf(e.view.snapshot); err != nil {
			return err
		}
		f, err := e.ranked(q, 0, everyDocument)
		if err != nil {
			return err
		}
		groups := f.groups()
		concordance.Passages, concordance.Documents = f.passages(), len(groups)
		lines, err := f.lines(groups)
		if err != nil {
			return err
		}
		concordance.Total = len(lines)
		if err := f.sortLines(lines, o.Sort); err != nil {
			return err
		}
		from := min(max(o.Offset, 0), len(lines))
		concordance.Lines, err = f.read(lines[from:min(from+max(o.Limit, 0), len(lines))])
		return err
	})
	if err != nil {
		return nil, err
	}
	return concordance, nil
}

// lines returns all lines, those of the most relevant document first, within a
// document as they stand in the text.
func (f *found) lines(groups []group) ([]line, error) {
	slices.SortFunc(groups, f.order(index.ByRelevance))
	candidates, marker := f.in(groups), f.marker(f.plan.leaves...)
	var lines []line
	for _, in := range candidates {
		slices.SortFunc(in, f.byText)
		for _, c := range in {
			found, err := marker.merged(c)
			if err != nil {
				return nil, err
			}
			for _, s := range found {
				lines = append(lines, line{candidate: c, stretch: s})
			}
		}
		if err := f.ctx.Err(); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// merged returns the words of a passage that are marked, those of marks that
// overlap together, ascending.
func (m *marker) merged(c candidate) ([]stretch, error) {
	var all []stretch
	for leaf := range m.leaves {
		found, err := m.stretches(c, leaf)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, byPlaces)
	n := 0
	for _, s := range all {
		if n > 0 && s.first <= all[n-1].last {
			all[n-1].last = max(all[n-1].last, s.last)
			continue
		}
		all[n] = s
		n++
	}
	return all[:n], nil
}

// read returns lines with their text. A passage with several is read once.
func (f *found) read(lines []line) ([]index.Line, error) {
	read := make([]index.Line, len(lines))
	of := map[passageKey][]int{}
	for i, l := range lines {
		of[l.key()] = append(of[l.key()], i)
	}
	var spans []index.Span
	for key, places := range of {
		passage, words, err := f.view.parts[key.part].stored(key.doc)
		if err != nil {
			return nil, fmt.Errorf("reading a passage of the index: %w", err)
		}
		spans = unpackWords(words, math.MaxInt, spans[:0])
		hit := index.Hit{Passage: passage}
		for _, i := range places {
			first, last := int(lines[i].first), int(lines[i].last)
			if last > len(spans) {
				return nil, fmt.Errorf("%w: passage %q", errWords, passage.ID())
			}
			hit.Spans = append(hit.Spans, index.Span{Start: passage.Start + spans[first-1].Start, End: passage.Start + spans[last-1].End})
		}
		for n, l := range hit.Lines() {
			read[places[n]] = l
		}
		if err := f.ctx.Err(); err != nil {
			return nil, err
		}
	}
	return read, nil
}

// wordOrders says of the orders by words how far from the match they begin, to
// the left of it if below 0.
var wordOrders = map[string]int{
	index.ByLeft: -1, index.ByLeft2: -2, index.ByLeft3: -3, index.ByRight: 1, index.ByRight2: 2, index.ByRight3: 3,
}

// sortLines puts lines into one of index's orders; those that are equal by it
// stay as they are.
func (f *found) sortLines(lines []line, order string) error {
	if order == "" || order == index.ByDocument {
		return nil
	}
	if len(lines) > maxSorted {
		return fmt.Errorf("%w: there are %d lines, and %d is the most that are sorted; narrow the search", index.ErrTooCostly, len(lines), maxSorted)
	}
	var err error
	switch order {
	case index.ByYear:
		f.keyByFact(lines, func(of *fact) string { return yearKey(of.Year()) })
	case index.ByOrganisation:
		f.keyByFact(lines, func(of *fact) string { return of.Organisation })
	default:
		err = f.keyByWords(lines, wordOrders[order])
	}
	if err != nil {
		return err
	}
	slices.SortStableFunc(lines, func(a, b line) int { return slices.Compare(a.sortKey[:], b.sortKey[:]) })
	return f.ctx.Err()
}

// yearKey makes years sort as text; "" if there is none.
func yearKey(year int) string {
	if year == 0 {
		return ""
	}
	return fmt.Sprintf("%04d", year)
}

// keyByFact sets the keys of lines by what is known of their documents; those of
// which nothing is known come last.
func (f *found) keyByFact(lines []line, value func(f *fact) string) {
	values := make([]string, len(f.view.facts))
	for i, of := range f.view.facts {
		if of != nil {
			values[i] = value(of)
		}
	}
	ranks := rankWords(values)
	for i, l := range lines {
		document := f.view.parts[l.part].run(l.doc).document
		lines[i].sortKey[0] = ranks[values[document]] - 1 // "" has the rank 0 and becomes the last
	}
}

// keyByWords sets the keys of lines by the words from a distance on, outwards.
func (f *found) keyByWords(lines []line, distance int) error {
	neighbours := make([][sortWords]string, len(lines))
	distinct := map[string]bool{}
	for i, l := range lines {
		words, err := f.view.parts[l.part].words(f.ctx, l.doc)
		if err != nil {
			return err
		}
		for k := range sortWords {
			position := int(l.first) + distance - k
			if distance > 0 {
				position = int(l.last) + distance + k
			}
			if position < 1 || position > len(words.of) {
				break
			}
			word := words.at(position)
			neighbours[i][k] = word
			distinct[word] = true
		}
		if i%checkEvery == 0 && f.ctx.Err() != nil {
			return f.ctx.Err()
		}
	}
	all := make([]string, 0, len(distinct))
	for word := range distinct {
		all = append(all, word)
	}
	ranks := rankWords(all)
	for i, of := range neighbours {
		for k, word := range of {
			lines[i].sortKey[k] = ranks[word]
		}
	}
	return nil
}

// rankWords returns the ranks of texts by the Unicode collation algorithm, case
// apart, from 1 on; "" has 0. Those that compare equal have the same.
func rankWords(texts []string) map[string]uint32 {
	collator := collate.New(language.Und, collate.IgnoreCase)
	type keyed struct {
		text string
		key  []byte
	}
	var buffer collate.Buffer
	all := make([]keyed, 0, len(texts))
	for _, text := range texts {
		if text != "" {
			all = append(all, keyed{text, bytes.Clone(collator.KeyFromString(&buffer, text))})
			buffer.Reset()
		}
	}
	slices.SortFunc(all, func(a, b keyed) int { return cmp.Or(bytes.Compare(a.key, b.key), strings.Compare(a.text, b.text)) })
	ranks := make(map[string]uint32, len(all))
	rank := uint32(0)
	for i, one := range all {
		if i == 0 || !bytes.Equal(one.key, all[i-1].key) {
			rank++
		}
		ranks[one.text] = rank
	}
	return ranks
}
