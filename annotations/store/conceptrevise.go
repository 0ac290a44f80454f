package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"glossator/annotations"
)

// What was done to a concept.
const (
	ConceptCreated = "create"
	ConceptChanged = "change"
	ConceptMerged  = "merge" // it went into another, or took another in
	ConceptSplit   = "split" // a part of it became another
)

// A revision is a transaction that changes concepts, and with them annotations,
// as one operation: it is undone as one.
type revision struct {
	store     *Store
	tx        *sql.Tx
	asker     annotations.Asker
	operation operation
	what      string // in words for people; it may be said better when it is done
}

// revise runs f as one operation and returns its id.
func (s *Store) revise(ctx context.Context, asker annotations.Asker, what string, f func(context.Context, *revision) error) (id string, err error) {
	if !asker.SignedIn() {
		return "", refuse(ErrForbidden, "Sign in to change the codebook.")
	}
	err = s.operate(ctx, asker, what, func(ctx context.Context, tx *sql.Tx, o operation) error {
		r := &revision{store: s, tx: tx, asker: asker, operation: o, what: what}
		if err := f(ctx, r); err != nil {
			return err
		}
		id = o.id
		_, err := tx.ExecContext(ctx, "UPDATE operations SET what = ? WHERE id = ?", r.what, o.id)
		return err
	})
	return id, err
}

// put writes a concept that was something else, nil if it is new, and who did
// it. It returns the concept with its revision. If its label has changed, all
// that is tagged with it takes numbers.
func (r *revision) put(ctx context.Context, deed string, was *annotations.Concept, k annotations.Concept) (annotations.Concept, error) {
	k.Revision++
	if err := putConcept(ctx, r.tx, k); err != nil {
		return k, err
	}
	before := ""
	if was != nil {
		content, err := json.Marshal(was)
		if err != nil {
			return k, err
		}
		before = string(content)
	}
	after, err := json.Marshal(k)
	if err != nil {
		return k, err
	}
	_, err = r.tx.ExecContext(ctx, `
		INSERT INTO concept_history (concept, revision, operation, deed, who, at, was, became) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		k.ID, k.Revision, r.operation.id, deed, r.operation.who, r.operation.at, before, string(after))
	if err != nil || was == nil || was.Label == k.Label {
		return k, err
	}
	return k, touchAll(ctx, r.tx, "EXISTS (SELECT 1 FROM annotation_concepts ac WHERE ac.annotation = a.id AND ac.concept = ?)", k.ID)
}

// whatChanged says in words what was done to a concept.
func whatChanged(was, k annotations.Concept) string {
	switch {
	case was.Label != k.Label:
		return "Rename “" + was.Label + "” to “" + k.Label + "”"
	case was.Broader != k.Broader:
		return "Move “" + k.Label + "”"
	case was.Status != k.Status && k.Status == annotations.Accepted:
		return "Accept “" + k.Label + "”"
	case was.Status != k.Status && k.Status == annotations.Deprecated:
		return "Deprecate “" + k.Label + "”"
	}
	return "Change “" + k.Label + "”"
}

// rebased returns now with the differences of two states made to it, and
// whether that can be done: a text that differs between them must be now as it
// was in the first. Of lists, what the first has alone is taken off and what
// the second has alone is added.
func rebased(now, from, to annotations.Concept) (annotations.Concept, bool) {
	fits := true
	for _, text := range []struct {
		now      *string
		from, to string
	}{
		{&now.Label, from.Label, to.Label}, {&now.Definition, from.Definition, to.Definition}, {&now.Include, from.Include, to.Include},
		{&now.Exclude, from.Exclude, to.Exclude}, {&now.Broader, from.Broader, to.Broader}, {&now.Status, from.Status, to.Status},
		{&now.Replaced, from.Replaced, to.Replaced},
	} {
		if text.from != text.to {
			fits = fits && *text.now == text.from
			*text.now = text.to
		}
	}
	if from.Family != to.Family {
		fits = fits && now.Family == from.Family
		now.Family = to.Family
	}
	now.Aliases = exchanged(now.Aliases, from.Aliases, to.Aliases)
	now.Examples = exchanged(now.Examples, from.Examples, to.Examples)
	return now, fits
}

// exchanged returns a new list: texts without those that from has alone, and
// with those that to has alone. It is to if texts is from.
func exchanged(texts, from, to []string) []string {
	if slices.Equal(texts, from) {
		return slices.Clone(to)
	}
	rest := []string{}
	for _, text := range texts {
		if !slices.Contains(from, text) || slices.Contains(to, text) {
			rest = append(rest, text)
		}
	}
	for _, text := range to {
		if !slices.Contains(from, text) && !slices.Contains(rest, text) {
			rest = append(rest, text)
		}
	}
	return rest
}
