package bleve

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"glossator/index"
	"glossator/index/query"
)

// hit returns a passage that matches, with the evidence.
func (e *evaluation) hit(c candidate, m *marker) (index.Hit, error) {
	hit := index.Hit{Score: float64(c.score)}
	if err := e.ctx.Err(); err != nil {
		return hit, err
	}
	stored, err := e.stored(c.passage)
	if err == nil {
		err = json.Unmarshal(stored, &hit.Passage)
	}
	if err != nil {
		return index.Hit{}, fmt.Errorf("reading a passage of the index: %w", err)
	}
	marks := m.marks(hit.Passage)
	text := []rune(hit.Text)
	shown := snippet(text, marks)
	hit.Snippet = index.Span{Start: hit.Start + shown.Start, End: hit.Start + shown.End}
	hit.CitedProvision, hit.CitedPinpoint = hit.Provision, hit.Pinpoint
	for _, span := range merge(marks) {
		span = index.Span{Start: hit.Start + span.Start, End: hit.Start + span.End}
		if len(hit.Spans) == 0 || hit.Spans[len(hit.Spans)-1].Start < hit.Snippet.Start {
			hit.CitedProvision, hit.CitedPinpoint = hit.Cite(span)
		}
		hit.Spans = append(hit.Spans, span)
	}
	return hit, nil
}

// stored returns the JSON of a passage.
func (e *evaluation) stored(passage int) (stored []byte, err error) {
	from := 0
	for _, segment := range e.view.snapshot.Segments() {
		size := int(segment.FullSize())
		if passage >= from+size {
			from += size
			continue
		}
		err = segment.VisitDocument(uint64(passage-from), func(field string, _ byte, value []byte, _ []uint64) bool {
			if field == fieldPassage {
				stored = slices.Clone(value)
			}
			return field != fieldPassage
		})
		return stored, err
	}
	return nil, fmt.Errorf("there is no passage %d", passage)
}

// A mark is a match of one term of a query, in code points of the passage.
type mark struct {
	index.Span
	term int // which term, counted from 0
}

// A marker marks the matches of a query in texts. It is the one place that
// decides what a match in a text is; the index finds the same because both use
// piecesOf and the lexicon. Terms under Not and terms in other fields have no
// marks. What it has decided for one text it remembers for the next.
type marker struct {
	lexicon *lexicon
	terms   []query.Term
	words   map[grammar][][]matcher // of each term
	tokens  []index.Token           // of one text after the other
}

func newMarker(l *lexicon, q query.Query) *marker {
	return &marker{lexicon: l, terms: positive(q, nil), words: map[grammar][][]matcher{}}
}

// marks returns all matches in the text of p, ascending.
func (m *marker) marks(p index.Passage) []mark {
	if len(m.terms) == 0 {
		return nil
	}
	m.tokens = slices.AppendSeq(m.tokens[:0], index.Tokens(p.Text))
	var marks []mark
	for n, words := range m.wordsIn(grammarOf(p.Language)) {
		if len(words) == 0 {
			continue
		}
		for i := range len(m.tokens) - len(words) + 1 {
			if follow(words, m.tokens[i:]) {
				span := index.Span{Start: m.tokens[i].Start, End: m.tokens[i+len(words)-1].End}
				marks = append(marks, mark{Span: span, term: n})
			}
		}
	}
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.term, b.term))
	})
	return marks
}

// wordsIn returns the words of each term in texts of a grammar.
func (m *marker) wordsIn(g grammar) [][]matcher {
	words, ok := m.words[g]
	if !ok {
		for _, term := range m.terms {
			words = append(words, matchersOf(term, m.lexicon, g))
		}
		m.words[g] = words
	}
	return words
}

// follow reports whether tokens begin with what words ask for.
func follow(words []matcher, tokens []index.Token) bool {
	for i, word := range words {
		if !word.matches(tokens[i].Term) {
			return false
		}
	}
	return true
}

// positive appends the terms of q that ask for words of the text.
func positive(q query.Query, terms []query.Term) []query.Term {
	switch q := q.(type) {
	case query.Term:
		if q.Field == "" {
			terms = append(terms, q)
		}
	case query.And:
		for _, clause := range q {
			terms = positive(clause, terms)
		}
	case query.Or:
		for _, clause := range q {
			terms = positive(clause, terms)
		}
	}
	return terms
}

// merge joins marks that overlap. Marks are ascending.
func merge(marks []mark) []index.Span {
	var spans []index.Span
	for _, m := range marks {
		if last := len(spans) - 1; last >= 0 && m.Start < spans[last].End {
			spans[last].End = max(spans[last].End, m.End)
			continue
		}
		spans = append(spans, m.Span)
	}
	return spans
}

// snippetLength is about how many code points a snippet has.
const snippetLength = 300

// snippet returns the stretch of a text that shows the marks best: as many
// different terms as fit, the earliest of those. It begins and ends with a word
// and, where one is near, with a sentence. Without marks it is the beginning.
func snippet(text []rune, marks []mark) index.Span {
	first, last := bestWindow(marks)
	room := max(snippetLength-(last-first), 0)
	start := snippetStart(text, first, room)
	return index.Span{Start: start, End: snippetEnd(text, start, last)}
}

// bestWindow returns from where to where the marks reach that a snippet should
// show; 0, 0 without marks.
func bestWindow(marks []mark) (first, last int) {
	most := 0
	for i, from := range marks {
		terms, reach := map[int]bool{from.term: true}, from.End
		for _, m := range marks[i:] {
			if m.Start >= from.Start+snippetLength {
				break
			}
			if m.End <= from.Start+snippetLength {
				terms[m.term] = true
				reach = max(reach, m.End)
			}
		}
		if len(terms) > most {
			most, first, last = len(terms), from.Start, reach
		}
	}
	return first, last
}

// snippetStart returns where a snippet begins whose first mark begins at first
// and that has room for so much around its marks.
func snippetStart(text []rune, first, room int) int {
	farthest := max(first-room*2/3, 0)
	for i := farthest; i <= first; i++ {
		if sentenceStart(text, i) {
			return i
		}
	}
	for i := max(first-room/2, 0); i < first; i++ {
		if wordStart(text, i) {
			return i
		}
	}
	return first
}

// snippetEnd returns where a snippet ends that begins at start and must reach
// last.
func snippetEnd(text []rune, start, last int) int {
	farthest := min(max(start+snippetLength, last), len(text))
	if farthest == len(text) {
		return farthest
	}
	for i := farthest; i > max(last, start+snippetLength*2/3); i-- {
		if sentenceStart(text, i) {
			return trimmed(text, i)
		}
	}
	for i := farthest; i > max(last, start+snippetLength/3); i-- {
		if wordStart(text, i) {
			return trimmed(text, i)
		}
	}
	return farthest
}

// trimmed returns end without the white space before it.
func trimmed(text []rune, end int) int {
	for end > 0 && (text[end-1] == ' ' || text[end-1] == '\n') {
		end--
	}
	return end
}

func wordStart(text []rune, i int) bool {
	return i == 0 || (text[i-1] == ' ' || text[i-1] == '\n') && text[i] != ' ' && text[i] != '\n'
}

// sentenceStart reports whether a sentence or a block begins at i.
func sentenceStart(text []rune, i int) bool {
	switch {
	case i == 0 || text[i-1] == '\n':
		return true
	case text[i-1] == '。' || text[i-1] == '；':
		return true
	case text[i-1] != ' ' || i < 2:
		return false
	}
	end := text[i-2]
	return end == '.' || end == ';' || end == '?' || end == '!'
}
