package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"glossator/annotations"
)

// A ConceptIntake is what came of taking in concepts.
type ConceptIntake struct {
	Operation string            // "" if none was added, or in a preview
	Added     int               // concepts
	There     int               // concepts of the same id or name, which stay as they are
	IDs       map[string]string // ids here by the ids that were given; none for those refused
	Refusals  []Refusal
}

// TakeConcepts adds to a codebook the concepts that it does not have yet, as one
// operation of the asker's: those above come before those below them. One is
// there if its id is, or if its label is a name of one there. Ids are kept where
// fit keeps them. Who maintains the codebook adds them with their status; what
// others add is proposed. A preview reports what would be done.
func (s *Store) TakeConcepts(ctx context.Context, asker annotations.Asker, book string, preview bool, concepts []annotations.Concept) (ConceptIntake, error) {
	in := ConceptIntake{IDs: map[string]string{}}
	if len(concepts) == 0 {
		return in, nil
	}
	operation, err := s.revise(ctx, asker, fmt.Sprintf("Add %d concepts", len(concepts)), func(ctx context.Context, r *revision) error {
		b, err := codebook(ctx, r.tx, cmp.Or(book, annotations.Starter))
		if err != nil {
			return err
		}
		for _, k := range concepts {
			if err := r.takeConcept(ctx, &in, b, k); err != nil {
				return err
			}
		}
		if err := r.replaced(ctx, in, concepts); err != nil {
			return err
		}
		if preview || in.Added == 0 {
			return errPreview
		}
		return nil
	})
	if errors.Is(err, errPreview) {
		return in, nil
	}
	in.Operation = operation
	return in, because(err, "taking in concepts")
}

func (r *revision) takeConcept(ctx context.Context, in *ConceptIntake, b annotations.Codebook, k annotations.Concept) error {
	given := k.ID
	there, err := r.named(ctx, b.ID, k)
	if err != nil {
		return err
	}
	if there != "" {
		in.There++
		in.IDs[given] = there
		return nil
	}
	k.ID, k.Codebook, k.Broader, k.Replaced = fit(given), b.ID, in.IDs[k.Broader], ""
	k.Creator, k.Revision, k.Examples = r.asker.User, 0, []string{}
	if !r.asker.MayMaintain(b) {
		k.Status = annotations.Proposed
	}
	k, err = checkConcept(ctx, r.tx, k)
	var refused *refusalError
	if errors.As(err, &refused) {
		in.Refusals = append(in.Refusals, Refusal{k.Label, refused.Error()})
		return nil
	}
	if err == nil {
		_, err = r.put(ctx, ConceptCreated, nil, k)
	}
	if err != nil {
		return err
	}
	in.Added++
	in.IDs[given] = k.ID
	return nil
}

// named returns the id of the concept that has the id or the label of k, "" if
// there is none.
func (r *revision) named(ctx context.Context, book string, k annotations.Concept) (string, error) {
	same, err := list(ctx, r.tx, scanText, "SELECT id FROM concepts WHERE id = ? AND status <> ?", k.ID, annotations.Gone)
	if err != nil || len(same) > 0 {
		return first(same), err
	}
	all, err := list(ctx, r.tx, scanConcept, "SELECT "+conceptColumns+", '', 0 FROM concepts k WHERE k.codebook = ? AND k.status <> ?", book, annotations.Gone)
	if err != nil {
		return "", err
	}
	normal := annotations.NormalLabel(k.Label)
	for _, other := range all {
		if annotations.NormalLabel(other.Label) == normal {
			return other.ID, nil
		}
	}
	for _, other := range all {
		if slices.ContainsFunc(other.Aliases, func(alias string) bool { return annotations.NormalLabel(alias) == normal }) {
			return other.ID, nil
		}
	}
	return "", nil
}

func first(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}

// fit returns an id as it is kept: one of letters, digits and hyphens stays,
// any other is replaced by one that always follows from it.
func fit(id string) string {
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' || len(id) > 80 {
			return derived("concept", id)
		}
	}
	if id == "" {
		return newID()
	}
	return id
}

// replaced says of the concepts that were added what is to be used in their
// place.
func (r *revision) replaced(ctx context.Context, in ConceptIntake, concepts []annotations.Concept) error {
	for _, k := range concepts {
		instead := in.IDs[k.Replaced]
		if k.Replaced == "" || instead == "" || in.IDs[k.ID] == "" {
			continue
		}
		_, err := r.tx.ExecContext(ctx, "UPDATE concepts SET replaced = ? WHERE id = ? AND status = ? AND replaced = '' AND id <> ?",
			instead, in.IDs[k.ID], annotations.Deprecated, instead)
		if err != nil {
			return err
		}
	}
	return nil
}
