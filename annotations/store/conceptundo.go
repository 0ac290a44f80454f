package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"glossator/annotations"
)

// Deeds of an operation of the codebook that is undone or done again.
const (
	ConceptUndone = "undo"
	ConceptRedone = "redo"
)

// A turn is what an operation made of a concept.
type turn struct {
	deed        string
	was, became annotations.Concept
	created     bool // was is nothing
}

func scanTurn(row scanner) (t turn, err error) {
	var was, became string
	if err := row.Scan(&t.deed, &was, &became); err != nil {
		return t, err
	}
	if t.created = was == ""; !t.created {
		if err := json.Unmarshal([]byte(was), &t.was); err != nil {
			return t, err
		}
	}
	return t, json.Unmarshal([]byte(became), &t.became)
}

// turnsOf returns what an operation first made of each concept it touched, none
// if it is not one of the codebook.
func turnsOf(ctx context.Context, q querier, operation string) ([]turn, error) {
	rows, err := list(ctx, q, scanTurn, `
		SELECT deed, was, became FROM concept_history WHERE operation = ? AND deed NOT IN (?, ?) ORDER BY concept, revision`,
		operation, ConceptUndone, ConceptRedone)
	var turns []turn
	for _, t := range rows {
		if last := len(turns) - 1; last >= 0 && turns[last].became.ID == t.became.ID {
			turns[last].became = t.became
			continue
		}
		turns = append(turns, t)
	}
	return turns, err
}

// revert undoes what an operation made of concepts and annotations, or does it
// again. What was changed since is left as it is where it is something else: an
// annotation that is not tagged any more as the operation left it is kept so.
// It is ErrConflict, and nothing is changed, if a concept is something else in
// what the operation did. Of annotations it reports those that the asker may
// read.
func (r *revision) revert(ctx context.Context, turns []turn, undo bool, told *Reverted) error {
	deed := ConceptRedone
	if undo {
		deed = ConceptUndone
	}
	var changed []annotations.Concept
	for _, t := range turns {
		k, err := r.turnBack(ctx, t, splitOff(turns), undo, deed)
		if err != nil {
			return err
		}
		changed = append(changed, k)
	}
	if err := r.holds(ctx, changed); err != nil {
		return err
	}
	if err := r.retagBack(ctx, undo, told); err != nil {
		return err
	}
	for _, k := range changed {
		if k.Status != annotations.Gone || k.Replaced == "" {
			continue
		}
		tagged, err := list(ctx, r.tx, scanAnnotation, selectAnnotation+"a.deleted = 0 AND "+taggedWith, k.ID)
		if err != nil {
			return err
		}
		if _, err := r.retag(ctx, tagged, k.ID, k.Replaced); err != nil {
			return err
		}
	}
	return nil
}

// splitOff returns the id of the concept that an operation split, "" if it did
// not.
func splitOff(turns []turn) string {
	for _, t := range turns {
		if t.deed == ConceptSplit {
			return t.became.ID
		}
	}
	return ""
}

// turnBack makes a concept what it was before a turn, or after it. One that the
// turn made becomes Gone; what is tagged with it goes to the concept it was split
// off, if there is one.
func (r *revision) turnBack(ctx context.Context, t turn, whole string, undo bool, deed string) (annotations.Concept, error) {
	before, after := t.was, t.became
	if t.created {
		before = after
		before.Status, before.Replaced = annotations.Gone, whole
	}
	from, to := before, after
	if undo {
		from, to = after, before
	}
	now, err := conceptState(ctx, r.tx, after.ID)
	if err != nil {
		return now, err
	}
	k, fits := rebased(now, from, to)
	if !fits {
		return k, refuse(ErrConflict, "“%s” has been changed since; undo that first.", now.Label)
	}
	if err := r.mayTurn(ctx, now, k); err != nil {
		return k, err
	}
	return r.put(ctx, deed, &now, k)
}

// mayTurn checks that the asker may make k of now, and that its label is free.
func (r *revision) mayTurn(ctx context.Context, now, k annotations.Concept) error {
	if len(conceptChanges(now, k)) == 0 && slices.Equal(now.Examples, k.Examples) {
		return nil
	}
	b, err := codebook(ctx, r.tx, k.Codebook)
	if err != nil {
		return err
	}
	if !r.asker.MayDefine(now, b) && !r.asker.MayDefine(k, b) {
		return refuse(ErrForbidden, "You may not change “%s” any more.", now.Label)
	}
	taken, err := exists(ctx, r.tx, "SELECT 1 FROM concepts WHERE codebook = ? AND normal = ? AND id <> ? AND status <> ?",
		k.Codebook, annotations.NormalLabel(k.Label), k.ID, annotations.Gone)
	if err == nil && taken && k.Status != annotations.Gone {
		err = refuse(ErrConflict, "There is another concept “%s” by now; rename that first.", k.Label)
	}
	return err
}

// holds checks that concepts can stand beside the others as they are now.
func (r *revision) holds(ctx context.Context, changed []annotations.Concept) error {
	for _, k := range changed {
		if k.Status != annotations.Gone {
			if _, err := checkConcept(ctx, r.tx, k); errors.Is(err, ErrConflict) || errors.Is(err, ErrInvalid) {
				return refuse(ErrConflict, "The codebook has changed since, and this does not fit any more. %v", err)
			} else if err != nil {
				return err
			}
			continue
		}
		leaned, err := exists(ctx, r.tx, "SELECT 1 FROM concepts WHERE (broader = ? OR replaced = ?) AND status <> ?", k.ID, k.ID, annotations.Gone)
		if err != nil {
			return err
		}
		if leaned {
			return refuse(ErrConflict, "Other concepts are below “%s” by now, or stand in its place; change these first.", k.Label)
		}
	}
	return nil
}

// retagBack gives the annotations that an operation touched the concepts they
// had before it, or after it.
func (r *revision) retagBack(ctx context.Context, undo bool, told *Reverted) error {
	ids, err := list(ctx, r.tx, scanText, "SELECT DISTINCT annotation FROM history WHERE operation = ? ORDER BY annotation", r.operation.id)
	if err != nil {
		return err
	}
	audiences := r.asker.Audiences()
	for _, id := range ids {
		n, done, err := r.retagOne(ctx, id, undo)
		if err != nil {
			return err
		}
		switch {
		case !slices.Contains(audiences, n.Audience()):
		case done:
			told.Changed = append(told.Changed, id)
		default:
			told.Kept = append(told.Kept, id)
		}
	}
	return nil
}

func (r *revision) retagOne(ctx context.Context, id string, undo bool) (n annotations.Annotation, done bool, err error) {
	from, to, err := beforeAndAfter(ctx, r.tx, r.operation.id, id)
	if err != nil {
		return n, false, err
	}
	if undo {
		from, to = to, from
	}
	var deleted int64
	n, err = scanAnnotationAnd(r.tx.QueryRowContext(ctx, "SELECT "+annotationColumns+", a.deleted FROM "+annotationTables+" WHERE a.id = ?", id), &deleted)
	if err != nil {
		return n, false, err
	}
	concepts, fits := retagged(n.Concepts, from.annotation.Concepts, to.annotation.Concepts)
	if !fits || slices.Equal(concepts, n.Concepts) {
		return n, fits, nil
	}
	before := n
	n.Concepts = concepts
	if deleted == 0 {
		return n, true, r.store.rewrite(ctx, r.tx, r.operation, before, &n)
	}
	return n, true, replaceConcepts(ctx, r.tx, n)
}

// retagged returns the concepts of an annotation after a change that made to of
// from, and whether it has what that change begins from.
func retagged(now, from, to []string) ([]string, bool) {
	var needed []string
	for _, id := range from {
		if !slices.Contains(to, id) {
			needed = append(needed, id)
		}
	}
	if len(needed) == 0 {
		needed = from
	}
	for _, id := range needed {
		if !slices.Contains(now, id) {
			return now, false
		}
	}
	return exchanged(now, from, to), true
}
