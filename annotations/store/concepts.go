package store

import (
	"context"
	"database/sql"
	"errors"
	"hash/crc32"
	"strings"
	"unicode/utf8"

	"glossator/annotations"
)

// Bounds of a concept, in code points.
const (
	longestLabel      = 200
	longestDefinition = 5000
)

const conceptColumns = "k.id, k.label, k.definition, k.include, k.exclude, k.broader, k.family, k.status, k.creator"

func scanConcept(row scanner) (k annotations.Concept, err error) {
	err = row.Scan(&k.ID, &k.Label, &k.Definition, &k.Include, &k.Exclude, &k.Broader, &k.Family, &k.Status, &k.Creator, &k.Used)
	return k, err
}

// Concepts returns the concepts whose label or definition holds all words of
// text, the most used first; all of them if text is "". limit 0 is no limit.
func (s *Store) Concepts(ctx context.Context, asker annotations.Asker, text string, limit int) ([]annotations.Concept, error) {
	if limit == 0 {
		limit = 1 << 30
	}
	condition, words := likeAll("k.words", text)
	query, args := selectConcepts(asker, condition, words...)
	concepts, err := list(ctx, s.reader, scanConcept, query+" ORDER BY used DESC, k.normal LIMIT ?", append(args, limit)...)
	return concepts, because(err, "listing concepts")
}

// Codebook returns all concepts, by label. How often they are used, which takes
// the longer the more annotations there are, is not counted: Used is 0.
func (s *Store) Codebook(ctx context.Context) ([]annotations.Concept, error) {
	concepts, err := list(ctx, s.reader, scanConcept, "SELECT "+conceptColumns+", 0 FROM concepts k ORDER BY k.normal")
	return concepts, because(err, "reading the codebook")
}

// selectConcepts returns the query for the concepts k that a condition
// selects, with how often the asker sees them used, and its arguments.
func selectConcepts(asker annotations.Asker, condition string, args ...any) (query string, all []any) {
	visible, all := mayRead(asker)
	return "SELECT " + conceptColumns + `, (
			SELECT COUNT(*) FROM annotation_concepts ac JOIN annotations a ON a.id = ac.annotation
			WHERE ac.concept = k.id AND a.absent = 0 AND ` + visible + `) AS used
		FROM concepts k WHERE ` + condition, append(all, args...)
}

// Concept returns the concept with this id, ErrNotFound if there is none.
func (s *Store) Concept(ctx context.Context, asker annotations.Asker, id string) (annotations.Concept, error) {
	k, err := concept(ctx, s.reader, asker, id)
	return k, because(err, "reading a concept")
}

func concept(ctx context.Context, q querier, asker annotations.Asker, id string) (annotations.Concept, error) {
	query, args := selectConcepts(asker, "k.id = ?", id)
	k, err := scanConcept(q.QueryRowContext(ctx, query, args...))
	if err != nil {
		return annotations.Concept{}, orNotFound(err, "There is no concept %q.", id)
	}
	return k, nil
}

// CreateConcept adds a concept to the codebook: accepted if the asker is an
// editor or an administrator, otherwise proposed. The family of 0 is that of
// the broader concept or, at the top, one that follows from the label.
// ErrConflict if the label is taken.
func (s *Store) CreateConcept(ctx context.Context, asker annotations.Asker, k annotations.Concept) (annotations.Concept, error) {
	if !asker.SignedIn() {
		return annotations.Concept{}, refuse(ErrForbidden, "Sign in to add a concept.")
	}
	k.ID, k.Creator, k.Used, k.Status = newID(), asker.User, 0, annotations.Proposed
	if asker.MayImport() {
		k.Status = annotations.Accepted
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if k, err = checkConcept(ctx, tx, k); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO concepts (id, label, normal, words, definition, include, exclude, broader, family, status, creator)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			k.ID, k.Label, annotations.NormalLabel(k.Label), fold(k.Label+" "+k.Definition), k.Definition, k.Include, k.Exclude,
			k.Broader, k.Family, k.Status, k.Creator)
		return err
	})
	if err != nil {
		return annotations.Concept{}, because(err, "adding a concept")
	}
	return k, nil
}

// UpdateConcept changes all of the concept with k's id but its creator; its
// creator may, and an editor. Only an editor changes the status. What is
// tagged with it is found by the new label.
func (s *Store) UpdateConcept(ctx context.Context, asker annotations.Asker, k annotations.Concept) (annotations.Concept, error) {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		old, err := concept(ctx, tx, asker, k.ID)
		if err != nil {
			return err
		}
		if !asker.MayImport() && (!asker.SignedIn() || asker.User != old.Creator) {
			return refuse(ErrForbidden, "Whoever added a concept may change it, and editors.")
		}
		if !asker.MayImport() {
			k.Status = old.Status
		}
		k.Creator, k.Used = old.Creator, old.Used
		if k, err = checkConcept(ctx, tx, k); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			UPDATE concepts SET label = ?, normal = ?, words = ?, definition = ?, include = ?, exclude = ?, broader = ?, family = ?, status = ?
			WHERE id = ?`,
			k.Label, annotations.NormalLabel(k.Label), fold(k.Label+" "+k.Definition), k.Definition, k.Include, k.Exclude,
			k.Broader, k.Family, k.Status, k.ID)
		if err != nil || k.Label == old.Label {
			return err
		}
		return touchAll(ctx, tx, "EXISTS (SELECT 1 FROM annotation_concepts ac WHERE ac.annotation = a.id AND ac.concept = ?)", k.ID)
	})
	if err != nil {
		return annotations.Concept{}, because(err, "changing a concept")
	}
	return k, nil
}

// checkConcept returns k with its texts trimmed and its family chosen.
func checkConcept(ctx context.Context, q querier, k annotations.Concept) (annotations.Concept, error) {
	k.Label = strings.Join(strings.Fields(k.Label), " ")
	if k.Label == "" || utf8.RuneCountInString(k.Label) > longestLabel {
		return k, refuse(ErrInvalid, "The label of a concept has 1 to %d characters.", longestLabel)
	}
	for _, text := range []*string{&k.Definition, &k.Include, &k.Exclude} {
		if *text = strings.TrimSpace(*text); utf8.RuneCountInString(*text) > longestDefinition {
			return k, refuse(ErrInvalid, "The definition of a concept, and what to include and exclude, have at most %d characters each.", longestDefinition)
		}
	}
	if k.Status != annotations.Proposed && k.Status != annotations.Accepted {
		return k, refuse(ErrInvalid, "A concept is %s or %s, not %q.", annotations.Proposed, annotations.Accepted, k.Status)
	}
	taken, err := exists(ctx, q, "SELECT 1 FROM concepts WHERE normal = ? AND id <> ?", annotations.NormalLabel(k.Label), k.ID)
	if err != nil {
		return k, err
	}
	if taken {
		return k, refuse(ErrConflict, "There is a concept %q already; use it or choose another label.", k.Label)
	}
	broader, err := broaderFamily(ctx, q, k)
	if err != nil {
		return k, err
	}
	if k.Family == 0 {
		k.Family = broader
	}
	if k.Family < 1 || k.Family > annotations.Families {
		return k, refuse(ErrInvalid, "The family of a concept is 1 to %d, not %d.", annotations.Families, k.Family)
	}
	return k, nil
}

// broaderFamily checks that the concepts above k exist and that k is not among
// them. It returns the family of the one above or, at the top, one that
// follows from the label.
func broaderFamily(ctx context.Context, q querier, k annotations.Concept) (family int, err error) {
	if k.Broader == "" {
		return int(crc32.ChecksumIEEE([]byte(annotations.NormalLabel(k.Label)))%annotations.Families) + 1, nil
	}
	above, first := k.Broader, 0
	for above != "" {
		if above == k.ID {
			return 0, refuse(ErrInvalid, "A concept cannot be broader than itself.")
		}
		id := above
		err := q.QueryRowContext(ctx, "SELECT broader, family FROM concepts WHERE id = ?", id).Scan(&above, &family)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, refuse(ErrInvalid, "There is no concept %q to be the broader one.", id)
		}
		if err != nil {
			return 0, err
		}
		if first == 0 {
			first = family
		}
	}
	return first, nil
}
