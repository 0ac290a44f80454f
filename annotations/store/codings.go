package store

import (
	"context"
	"database/sql"

	"glossator/annotations"
	measure "glossator/annotations/agreement"
	"glossator/index"
)

// RoundFigures say how far the coders of a closed round agree.
type RoundFigures struct {
	Coders   []string // ids, in the order of agreement.Pair
	Concepts []ConceptFigures
	// Overall takes each concept in each passage, or at each character, as a unit.
	Overall ConceptFigures
	Waiting int // assignments that are not finished and do not count
}

// ConceptFigures are those of one concept; Concept is "" for all together.
type ConceptFigures struct {
	Concept    string
	Passages   measure.Figures // a unit is a passage
	Characters measure.Figures // a unit is a code point
}

// coded is what the coders of a round did with one document.
type coded struct {
	*cachedVersion
	document string
	coders   []string          // all of the round
	finished map[string]bool   // by coder, of those to whom it is assigned
	tags     map[codedBy][]tag // in the order of the text
	absent   map[codedBy]bool  // whether the coder says that it has nothing on the concept
	text     []rune
	spans    []annotations.Stretch // of its passages
}

type codedBy struct{ coder, concept string }

// A tag is an annotation of a coder's with a concept.
type tag struct {
	note      string
	stretches []annotations.Stretch
}

// Agreement returns how far the coders of a closed round agree, for whoever
// takes part in it; ErrConflict while it is open.
func (s *Store) Agreement(ctx context.Context, asker annotations.Asker, id string) (RoundFigures, error) {
	var figures RoundFigures
	err := s.read(ctx, func(tx *sql.Tx) error {
		r, err := closedRound(ctx, tx, asker, id)
		if err != nil {
			return err
		}
		documents, err := s.codings(ctx, tx, r.Round)
		if err != nil {
			return err
		}
		figures = figuresOf(r.Round, documents)
		return nil
	})
	return figures, because(err, "comparing the coders of a round")
}

func closedRound(ctx context.Context, q querier, asker annotations.Asker, id string) (fullRound, error) {
	r, err := round(ctx, q, asker, id)
	if err == nil && r.Closed == 0 {
		err = refuse(ErrConflict, "The round is open: what coders tagged is compared once it is closed.")
	}
	return r, err
}

func figuresOf(r annotations.Round, documents []*coded) RoundFigures {
	figures := RoundFigures{Coders: r.Coders(), Concepts: []ConceptFigures{}}
	for _, a := range r.Assignments {
		if a.Finished == 0 {
			figures.Waiting++
		}
	}
	var allPassages, allCharacters []measure.Unit
	for _, concept := range r.Concepts {
		var passages, characters []measure.Unit
		for _, d := range documents {
			passages = append(passages, measure.Passages(d.spans, d.codings(concept, d.inPassages))...)
			characters = append(characters, measure.Characters(len(d.text), d.codings(concept, exactly))...)
		}
		figures.Concepts = append(figures.Concepts, measured(concept, passages, characters, len(figures.Coders)))
		allPassages, allCharacters = append(allPassages, passages...), append(allCharacters, characters...)
	}
	figures.Overall = measured("", allPassages, allCharacters, len(figures.Coders))
	return figures
}

func measured(concept string, passages, characters []measure.Unit, coders int) ConceptFigures {
	return ConceptFigures{concept, measure.Measure(passages, coders), measure.Measure(characters, coders)}
}

// codings returns what each coder of the round says of a concept, their
// stretches taken as as says.
func (d *coded) codings(concept string, as func(annotations.Stretch) []annotations.Stretch) []measure.Coding {
	all := make([]measure.Coding, len(d.coders))
	for i, coder := range d.coders {
		by := codedBy{coder, concept}
		all[i].Said = d.finished[coder] || d.absent[by]
		for _, t := range d.tags[by] {
			for _, stretch := range t.stretches {
				all[i].Stretches = append(all[i].Stretches, as(stretch)...)
			}
		}
	}
	return all
}

func exactly(s annotations.Stretch) []annotations.Stretch { return []annotations.Stretch{s} }

// inPassages takes a stretch as it is or, if it is in a heading outside of any
// passage, as the passage with which it is found.
func (d *coded) inPassages(s annotations.Stretch) []annotations.Stretch {
	span := index.Span{Start: s.Start, End: s.End}
	if len(d.covered(span)) > 0 {
		return exactly(s)
	}
	var all []annotations.Stretch
	for _, p := range d.reached(span) {
		all = append(all, annotations.Stretch{Start: p.Start, End: p.End})
	}
	return all
}

// codings returns what was coded in a round, by document.
func (s *Store) codings(ctx context.Context, tx *sql.Tx, r annotations.Round) ([]*coded, error) {
	byVersion := map[string]*coded{}
	var all []*coded
	for _, a := range r.Assignments {
		d := byVersion[a.Version]
		if d == nil {
			cached, err := s.cachedVersion(ctx, tx, a.Version)
			if err != nil {
				return nil, err
			}
			d = newCoded(cached, a.Document, r.Coders())
			byVersion[a.Version] = d
			all = append(all, d)
		}
		d.finished[a.Coder] = a.Finished != 0
	}
	made, err := list(ctx, tx, scanAnnotation, selectAnnotation+"a.round = ? AND a.deleted = 0 AND a.reply_to = ''"+inPlace, r.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range made {
		d := byVersion[n.Version]
		if d == nil {
			continue // the document has been taken out of the round
		}
		if _, assigned := d.finished[n.Creator]; assigned {
			d.add(n)
		}
	}
	return all, nil
}

func newCoded(cached *cachedVersion, document string, coders []string) *coded {
	d := &coded{
		cachedVersion: cached, document: document, coders: coders,
		finished: map[string]bool{}, tags: map[codedBy][]tag{}, absent: map[codedBy]bool{},
		text: []rune(cached.version.Text),
	}
	for _, p := range cached.passages() {
		d.spans = append(d.spans, annotations.Stretch{Start: p.Start, End: p.End})
	}
	return d
}

func (d *coded) add(n annotations.Annotation) {
	for _, concept := range n.Concepts {
		by := codedBy{n.Creator, concept}
		if n.Absent {
			d.absent[by] = true
			continue
		}
		if n.Whole() {
			continue
		}
		t := tag{note: n.Note}
		for _, target := range append([]annotations.Target{n.Target}, n.More...) {
			t.stretches = append(t.stretches, annotations.Stretch{Start: target.Start, End: target.End})
		}
		d.tags[by] = append(d.tags[by], t)
	}
}
