package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"glossator/annotations"
	measure "glossator/annotations/agreement"
	"glossator/index"
)

// How coders disagree on a passage and a concept.
const (
	OnPresence = "presence" // some tagged it, others did not
	OnExtent   = "extent"   // all tagged it, but not the same words
)

// A Comparison is what coders say of a passage and a concept.
type Comparison struct {
	Document string
	Version  string
	Passage  string // id of its provision
	Start    int    // of the passage in the text, in code points
	Text     string // of the passage
	Concept  string // id
	Kind     string // OnPresence or OnExtent; "" if they agree
	Coders   []CoderSays
	Decision *annotations.Decision // the one that stands; nil if there is none
}

// CoderSays is what one coder says of a passage and a concept.
type CoderSays struct {
	Coder     string                // id
	Stretches []annotations.Stretch // within the passage, in its order; none if it is not there
	Notes     []string              // with these tags
}

// Comparisons returns the passages, with the concept, that a coder of a closed
// round has tagged, by document, place and concept: those on which coders
// disagree, and the others unless disagreed is wanted. Coders who have not said
// anything of them are left out. It is for whoever takes part in the round;
// ErrConflict while it is open.
func (s *Store) Comparisons(ctx context.Context, asker annotations.Asker, id string, disagreed bool) ([]Comparison, error) {
	var all []Comparison
	err := s.read(ctx, func(tx *sql.Tx) error {
		r, err := closedRound(ctx, tx, asker, id)
		if err != nil {
			return err
		}
		all, err = s.comparisons(ctx, tx, r.Round, disagreed)
		return err
	})
	return all, because(err, "comparing the coders of a round")
}

func (s *Store) comparisons(ctx context.Context, tx *sql.Tx, r annotations.Round, disagreed bool) ([]Comparison, error) {
	documents, err := s.codings(ctx, tx, r)
	if err != nil {
		return nil, err
	}
	decided, err := decisions(ctx, tx, r.ID)
	if err != nil {
		return nil, err
	}
	all := []Comparison{}
	for _, d := range documents {
		for _, c := range d.compare(r.Concepts) {
			if disagreed && c.Kind == "" {
				continue
			}
			if decision, ok := decided[decisionOn{c.Version, c.Passage, c.Concept}]; ok {
				c.Decision = &decision
			}
			all = append(all, c)
		}
	}
	return all, nil
}

// compare returns what coders say of the passages that any of them has tagged,
// by passage and, in the order given, by concept.
func (d *coded) compare(concepts []string) []Comparison {
	var all []Comparison
	for _, concept := range concepts {
		codings := d.codings(concept, d.inPassages)
		tagged := map[string]index.Passage{}
		for i := range codings {
			if !codings[i].Said {
				continue
			}
			codings[i].Stretches = measure.Merge(codings[i].Stretches, len(d.text))
			for _, s := range codings[i].Stretches {
				for _, p := range d.covered(index.Span{Start: s.Start, End: s.End}) {
					tagged[p.Provision] = p
				}
			}
		}
		for _, p := range tagged {
			all = append(all, d.comparison(p, concept, codings))
		}
	}
	slices.SortFunc(all, func(a, b Comparison) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(slices.Index(concepts, a.Concept), slices.Index(concepts, b.Concept)))
	})
	return all
}

// comparison returns what coders say of one passage.
func (d *coded) comparison(p index.Passage, concept string, codings []measure.Coding) Comparison {
	c := Comparison{
		Document: d.document, Version: d.version.ID, Passage: p.Provision, Start: p.Start, Text: string(d.text[p.Start:p.End]), Concept: concept,
	}
	span := annotations.Stretch{Start: p.Start, End: p.End}
	for i, coding := range codings {
		if !coding.Said {
			continue
		}
		says := CoderSays{Coder: d.coders[i], Stretches: clip(coding.Stretches, span), Notes: d.notes(codedBy{d.coders[i], concept}, span)}
		c.Coders = append(c.Coders, says)
		switch first := c.Coders[0].Stretches; {
		case (len(first) == 0) != (len(says.Stretches) == 0):
			c.Kind = OnPresence
		case c.Kind == "" && !slices.Equal(first, says.Stretches):
			c.Kind = OnExtent
		}
	}
	return c
}

// clip returns what merged stretches cover of a span.
func clip(merged []annotations.Stretch, span annotations.Stretch) []annotations.Stretch {
	all := []annotations.Stretch{}
	first, _ := slices.BinarySearchFunc(merged, span.Start, func(s annotations.Stretch, start int) int { return cmp.Compare(s.End, start+1) })
	for _, s := range merged[first:] {
		if s.Start >= span.End {
			break
		}
		all = append(all, annotations.Stretch{Start: max(s.Start, span.Start), End: min(s.End, span.End)})
	}
	return all
}

func (d *coded) notes(by codedBy, span annotations.Stretch) []string {
	notes := []string{}
	for _, t := range d.tags[by] {
		if t.note != "" && len(clip(t.stretches, span)) > 0 {
			notes = append(notes, t.note)
		}
	}
	return notes
}

type decisionOn struct{ version, passage, concept string }

const selectDecision = "SELECT id, version, passage, concept, accepted, stretches, note, who, at FROM decisions "

func scanDecision(row scanner) (d annotations.Decision, err error) {
	var accepted, stretches string
	if err := row.Scan(&d.ID, &d.Version, &d.Passage, &d.Concept, &accepted, &stretches, &d.Note, &d.Who, &d.At); err != nil {
		return d, err
	}
	d.Accepted = strings.Fields(accepted)
	return d, json.Unmarshal([]byte(stretches), &d.Stretches)
}

// decisions returns those that stand in a round.
func decisions(ctx context.Context, q querier, round string) (map[decisionOn]annotations.Decision, error) {
	all, err := list(ctx, q, scanDecision, selectDecision+"WHERE round = ? AND undone = 0", round)
	if err != nil {
		return nil, err
	}
	by := make(map[decisionOn]annotations.Decision, len(all))
	for _, d := range all {
		by[decisionOn{d.Version, d.Passage, d.Concept}] = d
	}
	return by, nil
}

// longestReason bounds the note of a decision, in code points.
const longestReason = 5000

// A Judgement is what an adjudicator says of a passage and a concept.
type Judgement struct {
	Version, Passage, Concept string
	Accepted                  []string              // ids of the coders who are right
	Stretches                 []annotations.Stretch // beside theirs, the adjudicator's own; within the passage
	Note                      string
}

// Adjudicate decides what is tagged in a passage with a concept: what the accepted
// coders have tagged together, and the adjudicator's own stretches; nothing if
// there are neither. It takes the place of a decision before it. The coders'
// tags stay as they are. ErrConflict if coders do not disagree there.
func (s *Store) Adjudicate(ctx context.Context, asker annotations.Asker, id string, j Judgement) (annotations.Decision, error) {
	var decision annotations.Decision
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		r, err := adjudicated(ctx, tx, asker, id)
		if err != nil {
			return err
		}
		all, err := s.comparisons(ctx, tx, r.Round, true)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(c Comparison) bool {
			return c.Version == j.Version && c.Passage == j.Passage && c.Concept == j.Concept
		})
		if at < 0 {
			return refuse(ErrConflict, "The coders of this round do not disagree there.")
		}
		if decision, err = judge(all[at], j); err != nil {
			return err
		}
		decision.ID, decision.Who, decision.At = newID(), asker.User, now()
		return insertDecision(ctx, tx, id, decision)
	})
	if err != nil {
		return annotations.Decision{}, because(err, "deciding in a coding round")
	}
	return decision, nil
}

func adjudicated(ctx context.Context, q querier, asker annotations.Asker, id string) (fullRound, error) {
	r, err := closedRound(ctx, q, asker, id)
	if err == nil && !asker.MayAdjudicate(r.Round) {
		err = refuse(ErrForbidden, "Only the adjudicator of a coding round, and whoever leads it, may decide where coders disagree.")
	}
	return r, err
}

// judge makes a decision of a judgement on what coders say.
func judge(c Comparison, j Judgement) (annotations.Decision, error) {
	d := annotations.Decision{Version: c.Version, Passage: c.Passage, Concept: c.Concept, Accepted: []string{}, Note: strings.TrimSpace(j.Note)}
	if utf8.RuneCountInString(d.Note) > longestReason {
		return d, refuse(ErrInvalid, "The note of a decision has at most %d characters.", longestReason)
	}
	span := annotations.Stretch{Start: c.Start, End: c.Start + utf8.RuneCountInString(c.Text)}
	stands := []annotations.Stretch{}
	for _, says := range c.Coders {
		if slices.Contains(j.Accepted, says.Coder) {
			d.Accepted = append(d.Accepted, says.Coder)
			stands = append(stands, says.Stretches...)
		}
	}
	for _, coder := range j.Accepted {
		if !slices.Contains(d.Accepted, coder) {
			return d, refuse(ErrInvalid, "%q is nobody who has coded this passage.", coder)
		}
	}
	for _, own := range j.Stretches {
		if own.Start < span.Start || own.End > span.End || own.Start >= own.End {
			return d, refuse(ErrInvalid, "From %d to %d is not within the passage, which is from %d to %d.", own.Start, own.End, span.Start, span.End)
		}
		stands = append(stands, own)
	}
	d.Stretches = clip(measure.Merge(stands, span.End), span)
	return d, nil
}

func insertDecision(ctx context.Context, tx *sql.Tx, round string, d annotations.Decision) error {
	_, err := tx.ExecContext(ctx, "UPDATE decisions SET undone = ? WHERE round = ? AND version = ? AND passage = ? AND concept = ? AND undone = 0",
		d.At, round, d.Version, d.Passage, d.Concept)
	if err != nil {
		return err
	}
	stretches, err := json.Marshal(d.Stretches)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO decisions (id, round, version, passage, concept, accepted, stretches, note, who, at, undone)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		d.ID, round, d.Version, d.Passage, d.Concept, strings.Join(d.Accepted, " "), string(stretches), d.Note, d.Who, d.At)
	return err
}

// TakeBackDecision takes a decision back; what it says is kept, but does not
// stand any more. ErrNotFound if it does not stand.
func (s *Store) TakeBackDecision(ctx context.Context, asker annotations.Asker, id, decision string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := adjudicated(ctx, tx, asker, id); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, "UPDATE decisions SET undone = ? WHERE id = ? AND round = ? AND undone = 0", now(), decision, id)
		if err != nil {
			return err
		}
		return oneRow(result, refuse(ErrNotFound, "There is no decision %q that stands in this round.", decision))
	})
	return because(err, "taking a decision back")
}
