package bleve

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"glossator/index"
	"glossator/index/query"
)

// Excerpt is index.Engine's. A note is read as English, as it is when it is
// indexed.
func (x *Index) Excerpt(q query.Query, note string) (index.Excerpt, error) {
	terms := noteTerms(q, nil)
	if len(terms) == 0 {
		return index.Excerpt{}, nil
	}
	read := noteReader{slices.Collect(index.Tokens(note)), x.lexicon}
	var marks []mark
	for leaf, t := range terms {
		sequences, err := sequencesOf(t, fieldNote, "")
		if err != nil {
			return index.Excerpt{}, err
		}
		found, err := words(sequences).stretches(read, nil)
		if err != nil {
			return index.Excerpt{}, err
		}
		for _, s := range found {
			marks = append(marks, mark{index.Span{Start: read.tokens[s.first-1].Start, End: read.tokens[s.last-1].End}, leaf})
		}
	}
	if len(marks) == 0 {
		return index.Excerpt{}, nil
	}
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.leaf, b.leaf))
	})
	return index.Excerpt{Span: snippet(note, utf8.RuneCountInString(note), marks), Spans: merge(marks)}, nil
}

// noteTerms appends what a query asks of notes, but for what is under Not.
func noteTerms(q query.Query, terms []query.Term) []query.Term {
	switch q := q.(type) {
	case query.Term:
		if q.Field == "note" {
			terms = append(terms, q)
		}
	case query.Boost:
		terms = noteTerms(q.Query, terms)
	case query.And:
		for _, one := range q {
			terms = noteTerms(one, terms)
		}
	case query.Or:
		for _, one := range q {
			terms = noteTerms(one, terms)
		}
	}
	return terms
}

// A noteReader is the passageReader of one note.
type noteReader struct {
	tokens  []index.Token
	lexicon *lexicon
}

func (r noteReader) places(s *slot) []place {
	var places []place
	for i, token := range r.tokens {
		if s.accepts(token.Term, r.lexicon, englishGrammar) {
			places = append(places, newPlace(uint64(i+1), false))
		}
		if token.Joined != "" && i+1 < len(r.tokens) && s.acceptsTerm(token.Term+hyphen+r.tokens[i+1].Term, r.lexicon, englishGrammar) {
			places = append(places, newPlace(uint64(i+1), true))
		}
	}
	return places
}

// begins returns nothing: nothing is near anything in a note.
func (noteReader) begins(query.Unit) []place { return nil }
