package store

import (
	"context"
	"fmt"
	"slices"

	"glossator/annotations"
)

// Retagged is what a merge or a split did.
type Retagged struct {
	Concept     annotations.Concept // the one that annotations have now
	Operation   string
	Annotations int // how many have it in the place of another, of those that the asker may read
	Documents   int // in how many documents these are
}

// MergeConcepts merges the concept from into another of its codebook; who
// maintains that may, unless something was tagged with it in a coding round that
// is closed: ErrConflict, for the figures of that stand. Every annotation with it has the other in its place,
// whoever made it and may read it, and each concept once. Its label and its
// other names become names of the other, and what is narrower than it is
// narrower than the other.
func (s *Store) MergeConcepts(ctx context.Context, asker annotations.Asker, from, into string) (Retagged, error) {
	var done Retagged
	operation, err := s.revise(ctx, asker, "Merge concepts", func(ctx context.Context, r *revision) error {
		was, err := r.mergeable(ctx, from, into)
		if err != nil {
			return err
		}
		tagged, err := list(ctx, r.tx, scanAnnotation, selectAnnotation+"a.deleted = 0 AND "+taggedWith+inPlace, from)
		if err != nil {
			return err
		}
		if done, err = r.retag(ctx, tagged, from, into); err != nil {
			return err
		}
		r.what = "Merge “" + was[0].Label + "” into “" + was[1].Label + "”"
		return r.merge(ctx, was[0], was[1])
	})
	if err != nil {
		return Retagged{}, because(err, "merging concepts")
	}
	done.Operation = operation
	done.Concept, err = s.Concept(ctx, asker, into)
	return done, err
}

// taggedWith is the condition that an annotation a has a concept.
const taggedWith = "EXISTS (SELECT 1 FROM annotation_concepts ac WHERE ac.annotation = a.id AND ac.concept = ?)"

// mergeable returns the states of two concepts of one codebook that the asker
// maintains.
func (r *revision) mergeable(ctx context.Context, from, into string) (was [2]annotations.Concept, err error) {
	for i, id := range []string{from, into} {
		if was[i], err = conceptState(ctx, r.tx, id); err != nil {
			return was, err
		}
		if err := present(ctx, r.tx, was[i]); err != nil {
			return was, err
		}
	}
	switch {
	case from == into:
		return was, refuse(ErrInvalid, "A concept cannot be merged into itself.")
	case was[0].Codebook != was[1].Codebook:
		return was, refuse(ErrInvalid, "“%s” and “%s” are of two codebooks; only concepts of one can be merged.", was[0].Label, was[1].Label)
	case was[1].Status == annotations.Deprecated:
		return was, refuse(ErrInvalid, "“%s” is deprecated; merge into a concept that is in use.", was[1].Label)
	}
	if _, err = maintained(ctx, r.tx, r.asker, was[0].Codebook); err != nil {
		return was, err
	}
	rounds, err := roundsWith(ctx, r.tx, r.asker, from)
	if err == nil && rounds.Any() {
		where := "a coding round that is closed"
		if len(rounds.Known) > 0 {
			where = fmt.Sprintf("the coding round “%s”, which is closed", rounds.Known[0].Name)
		}
		err = refuse(ErrConflict, "“%s” was tagged in %s: what was coded stays as it is. "+
			"Deprecate it and name “%s” to be used in its place.", was[0].Label, where, was[1].Label)
	}
	return was, err
}

// merge writes what becomes of the concepts.
func (r *revision) merge(ctx context.Context, from, into annotations.Concept) error {
	gone := from
	gone.Status, gone.Replaced = annotations.Gone, into.ID
	if _, err := r.put(ctx, ConceptMerged, &from, gone); err != nil {
		return err
	}
	now := into
	now.Aliases = append(append(slices.Clone(into.Aliases), from.Label), from.Aliases...)
	for _, example := range from.Examples {
		now.Examples = append(without(now.Examples, example), example)
	}
	below, err := isBelow(ctx, r.tx, into, from.ID)
	if err != nil {
		return err
	}
	if below { // it takes the place of what it takes in
		now.Broader = from.Broader
	}
	if now, err = tidied(now); err != nil {
		return err
	}
	if _, err := r.put(ctx, ConceptMerged, &into, now); err != nil {
		return err
	}
	if err := r.lean(ctx, from.ID, into.ID); err != nil {
		return err
	}
	above, err := conceptState(ctx, r.tx, into.ID)
	if err == nil {
		_, err = checkConcept(ctx, r.tx, above)
	}
	return err
}

// lean puts the concepts that are below one, or name it to be used in their
// place, below another, or lets them name that.
func (r *revision) lean(ctx context.Context, from, into string) error {
	leaning, err := list(ctx, r.tx, scanText, "SELECT id FROM concepts WHERE (broader = ? OR replaced = ?) AND id <> ? ORDER BY id", from, from, into)
	if err != nil {
		return err
	}
	for _, id := range leaning {
		was, err := conceptState(ctx, r.tx, id)
		if err != nil {
			return err
		}
		now := was
		if now.Broader == from {
			now.Broader = into
		}
		if now.Replaced == from {
			now.Replaced = into
		}
		if _, err := r.put(ctx, ConceptChanged, &was, now); err != nil {
			return err
		}
	}
	return nil
}

// isBelow reports whether k is somewhere below a concept.
func isBelow(ctx context.Context, q querier, k annotations.Concept, id string) (bool, error) {
	for above := k.Broader; above != ""; {
		if above == id {
			return true, nil
		}
		if err := q.QueryRowContext(ctx, "SELECT broader FROM concepts WHERE id = ?", above).Scan(&above); err != nil {
			return false, err
		}
	}
	return false, nil
}

// SplitConcept adds the concept k to the codebook of another and gives it to
// some of the annotations with that, in its place. The asker must be one who may
// change these; what they may do to the codebook decides whether k is accepted,
// as with CreateConcept. k is a sibling of the other unless it says where it is.
func (s *Store) SplitConcept(ctx context.Context, asker annotations.Asker, id string, k annotations.Concept, some []string) (Retagged, error) {
	var done Retagged
	operation, err := s.revise(ctx, asker, "Split a concept", func(ctx context.Context, r *revision) error {
		whole, err := conceptState(ctx, r.tx, id)
		if err != nil {
			return err
		}
		if err := present(ctx, r.tx, whole); err != nil {
			return err
		}
		if len(some) == 0 {
			return refuse(ErrInvalid, "Choose the annotations that the new concept is to have.")
		}
		k.Codebook = whole.Codebook
		if k.Broader == "" {
			k.Broader = whole.Broader
		}
		if k.Family == 0 {
			k.Family = whole.Family
		}
		if k, err = r.create(ctx, k); err != nil {
			return err
		}
		if _, err := r.put(ctx, ConceptSplit, &whole, whole); err != nil {
			return err
		}
		tagged := make([]annotations.Annotation, len(some))
		for i, one := range some {
			if tagged[i], err = editable(ctx, r.tx, asker, one); err != nil {
				return err
			}
			if !slices.Contains(tagged[i].Concepts, id) {
				return refuse(ErrConflict, "An annotation that was chosen does not have “%s” any more; choose again.", whole.Label)
			}
		}
		r.what = "Split “" + k.Label + "” off “" + whole.Label + "”"
		done, err = r.retag(ctx, tagged, id, k.ID)
		return err
	})
	if err != nil {
		return Retagged{}, because(err, "splitting a concept")
	}
	done.Operation = operation
	done.Concept, err = s.Concept(ctx, asker, k.ID)
	return done, err
}

// retag gives annotations one concept in the place of another, and counts those
// that the asker may read.
func (r *revision) retag(ctx context.Context, tagged []annotations.Annotation, from, to string) (done Retagged, err error) {
	audiences, documents := r.asker.Audiences(), map[string]bool{}
	for _, before := range tagged {
		n := before
		n.Concepts = instead(before.Concepts, from, to)
		if err := r.store.rewrite(ctx, r.tx, r.operation, before, &n); err != nil {
			return done, err
		}
		if slices.Contains(audiences, n.Audience()) {
			done.Annotations++
			documents[n.Document] = true
		}
	}
	done.Documents = len(documents)
	return done, nil
}

// instead returns a new list with to in the place of from, and to once.
func instead(concepts []string, from, to string) []string {
	changed := make([]string, 0, len(concepts))
	for _, id := range concepts {
		if id == from {
			id = to
		}
		if !slices.Contains(changed, id) {
			changed = append(changed, id)
		}
	}
	return changed
}
