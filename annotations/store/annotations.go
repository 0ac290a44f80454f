package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strings"

	"glossator/annotations"
)

// A NewAnnotation is what somebody wants to add to a version.
type NewAnnotation struct {
	Version    string
	Start, End int      // code points of the version's text
	Exact      string   // the words there, to be checked; "" to take them from the text
	Concepts   []string // ids
	Note       string   // Markdown
	Visibility string   // "" is annotations.Private
}

// An AnnotationEdit is what somebody wants to change; nil leaves it as it is.
type AnnotationEdit struct {
	Concepts   *[]string
	Note       *string
	Visibility *string
	Number     int64 // of the annotation when it was read, 0 for any
}

// Placed is an annotation and where it stands in the version asked about.
type Placed struct {
	annotations.Annotation
	Placement annotations.Placement
}

// A PassageKey names a passage.
type PassageKey struct{ Version, Provision string }

// An AnnotationFilter says which annotations are wanted; "" for all.
type AnnotationFilter struct {
	Document string
	Concept  string // id
	Creator  string // id
}

// annotationColumns and annotationTables are what scanAnnotation reads.
const (
	annotationColumns = `a.id, a.document, a.version, a.note, a.visibility, a.creator, a.created, a.modified, a.number,
		own.start_at, own.end_at, own.exact, own.prefix, own.suffix, own.passage, COALESCE((
			SELECT STRING_AGG(ac.concept, ' ' ORDER BY ac.position)
			FROM annotation_concepts ac WHERE ac.annotation = a.id), '')`
	annotationTables = "annotations a JOIN placements own ON own.annotation = a.id AND own.version = a.version"
	selectAnnotation = "SELECT " + annotationColumns + " FROM " + annotationTables + " WHERE "
)

func scanAnnotation(row scanner) (annotations.Annotation, error) { return scanAnnotationAnd(row) }

// scanAnnotationAnd reads an annotation and the columns that follow.
func scanAnnotationAnd(row scanner, more ...any) (n annotations.Annotation, err error) {
	var concepts string
	err = row.Scan(append([]any{&n.ID, &n.Document, &n.Version, &n.Note, &n.Visibility, &n.Creator, &n.Created, &n.Modified, &n.Number,
		&n.Target.Start, &n.Target.End, &n.Target.Exact, &n.Target.Prefix, &n.Target.Suffix, &n.Passage, &concepts}, more...)...)
	n.Concepts = strings.Fields(concepts)
	return n, err
}

// Annotation returns an annotation; ErrNotFound if it does not exist, is
// deleted or is not for the asker to read.
func (s *Store) Annotation(ctx context.Context, asker annotations.Asker, id string) (annotations.Annotation, error) {
	n, err := annotation(ctx, s.reader, asker, id)
	return n, because(err, "reading an annotation")
}

func annotation(ctx context.Context, q querier, asker annotations.Asker, id string) (annotations.Annotation, error) {
	visible, args := mayRead(asker)
	n, err := scanAnnotation(q.QueryRowContext(ctx, selectAnnotation+"a.id = ? AND "+visible, append([]any{id}, args...)...))
	if err != nil {
		return annotations.Annotation{}, orNotFound(err, "There is no annotation %q that you may read.", id)
	}
	return n, nil
}

// AnnotationsOf returns the margin of a version: the annotations that were made
// on it or carried over to it and that the asker may read, in the order of the
// text, those lost in this version last.
func (s *Store) AnnotationsOf(ctx context.Context, asker annotations.Asker, version string) ([]Placed, error) {
	visible, args := mayRead(asker)
	var margin []Placed
	err := s.read(ctx, func(tx *sql.Tx) error {
		known, err := exists(ctx, tx, "SELECT 1 FROM versions WHERE id = ?", version)
		if err != nil {
			return err
		}
		if !known {
			return refuse(ErrNotFound, "There is no version %q.", version)
		}
		margin, err = list(ctx, tx, scanPlaced, "SELECT "+annotationColumns+`,
`+placementColumns+`
			FROM placements p CROSS JOIN `+annotationTables+`
			WHERE p.annotation = a.id AND p.version = ? AND `+visible+`
			ORDER BY p.state = ?, p.start_at, p.end_at, a.created, a.id`, append(append([]any{version}, args...), annotations.Lost)...)
		return err
	})
	return margin, because(err, "reading a margin")
}

// placementColumns are what placementFields takes in.
const placementColumns = "p.version, p.state, p.start_at, p.end_at, p.exact, p.prefix, p.suffix, p.passage, p.reviewed"

func placementFields(p *annotations.Placement) []any {
	return []any{&p.Version, &p.State,
		&p.Target.Start, &p.Target.End, &p.Target.Exact, &p.Target.Prefix, &p.Target.Suffix, &p.Passage, &p.Reviewed}
}

func scanPlaced(row scanner) (p Placed, err error) {
	p.Annotation, err = scanAnnotationAnd(row, placementFields(&p.Placement)...)
	return p, err
}

// AnnotationsOn returns the annotations that cover a part of these passages,
// each given once, and that the asker may read, in the order of the text.
// Passages without any are left out.
func (s *Store) AnnotationsOn(ctx context.Context, asker annotations.Asker, passages []PassageKey) (map[PassageKey][]annotations.Annotation, error) {
	visible, readable := mayRead(asker)
	found := map[PassageKey][]annotations.Annotation{}
	for some := range slices.Chunk(passages, passagesAtOnce) {
		some = padded(some)
		var args []any
		for _, key := range some {
			args = append(args, key.Version, key.Provision)
		}
		_, err := list(ctx, s.reader, func(row scanner) (key PassageKey, err error) {
			n, err := scanAnnotationAnd(row, &key.Version, &key.Provision)
			found[key] = append(found[key], n)
			return key, err
		}, `
			WITH asked (version, passage) AS (VALUES `+strings.TrimSuffix(strings.Repeat("(?, ?), ", len(some)), ", ")+`)
			SELECT `+annotationColumns+`, r.version, r.passage
			FROM asked CROSS JOIN reaches r CROSS JOIN `+annotationTables+` JOIN placements p ON p.annotation = a.id
			WHERE r.version = asked.version AND r.passage = asked.passage AND r.annotation = a.id AND p.version = r.version AND `+visible+`
			ORDER BY p.start_at, p.end_at, a.created, a.id`, append(args, readable...)...)
		if err != nil {
			return nil, because(err, "reading the annotations on passages")
		}
	}
	return found, nil
}

// passagesAtOnce is how many passages AnnotationsOn asks for at once.
const passagesAtOnce = 256

// Annotations returns all annotations that the filter lets through and that
// the asker may read, by document, version and place. Those deleted while it
// runs may be left out. It ends after the first error.
func (s *Store) Annotations(ctx context.Context, asker annotations.Asker, f AnnotationFilter) iter.Seq2[annotations.Annotation, error] {
	return func(yield func(annotations.Annotation, error) bool) {
		ids, err := s.annotationIDs(ctx, asker, f)
		for some := range slices.Chunk(ids, 500) {
			var page []annotations.Annotation
			if page, err = s.annotationsByID(ctx, asker, some); err != nil {
				break
			}
			for _, n := range page {
				if !yield(n, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(annotations.Annotation{}, because(err, "reading annotations"))
		}
	}
}

// inPlace orders annotations by document, version and place.
const inPlace = " ORDER BY a.document, a.version, own.start_at, own.end_at, a.created, a.id"

func (s *Store) annotationIDs(ctx context.Context, asker annotations.Asker, f AnnotationFilter) ([]string, error) {
	condition, args := mayRead(asker)
	for column, value := range map[string]string{"a.document": f.Document, "a.creator": f.Creator} {
		if value != "" {
			condition += " AND " + column + " = ?"
			args = append(args, value)
		}
	}
	if f.Concept != "" {
		condition += " AND EXISTS (SELECT 1 FROM annotation_concepts ac WHERE ac.annotation = a.id AND ac.concept = ?)"
		args = append(args, f.Concept)
	}
	return list(ctx, s.reader, scanText, "SELECT a.id FROM "+annotationTables+" WHERE "+condition+inPlace, args...)
}

func (s *Store) annotationsByID(ctx context.Context, asker annotations.Asker, ids []string) ([]annotations.Annotation, error) {
	visible, args := mayRead(asker)
	return list(ctx, s.reader, scanAnnotation,
		selectAnnotation+"a.id IN ("+holders(len(ids))+") AND "+visible+inPlace, append(anys(ids), args...)...)
}

// UpdateAnnotation changes an annotation and returns it as it is then. It fails
// with ErrConflict if the annotation has changed since the number of the edit.
func (s *Store) UpdateAnnotation(ctx context.Context, asker annotations.Asker, id string, edit AnnotationEdit) (annotations.Annotation, error) {
	var n annotations.Annotation
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if n, err = editable(ctx, tx, asker, id); err != nil {
			return err
		}
		if edit.Number != 0 && edit.Number != n.Number {
			return refuse(ErrConflict, "The annotation has changed since you read it; read it again before you change it.")
		}
		if edit.Concepts != nil {
			n.Concepts = *edit.Concepts
		}
		if edit.Note != nil {
			n.Note = *edit.Note
		}
		if edit.Visibility != nil {
			n.Visibility = *edit.Visibility
		}
		if n, err = checkBodies(ctx, tx, n); err != nil {
			return err
		}
		if n.Number, err = touch(ctx, tx, n.Document, n.ID); err != nil {
			return err
		}
		n.Modified = now()
		_, err = tx.ExecContext(ctx, "UPDATE annotations SET note = ?, visibility = ?, audience = ?, modified = ?, number = ? WHERE id = ?",
			n.Note, n.Visibility, n.Audience(), n.Modified, n.Number, n.ID)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM annotation_concepts WHERE annotation = ?", n.ID); err != nil {
			return err
		}
		if err := insertConcepts(ctx, tx, n); err != nil {
			return err
		}
		return remember(ctx, tx, asker, "update", n)
	})
	if err != nil {
		return annotations.Annotation{}, because(err, "changing an annotation")
	}
	return n, nil
}

// editable returns an annotation that the asker may read and change.
func editable(ctx context.Context, q querier, asker annotations.Asker, id string) (annotations.Annotation, error) {
	n, err := annotation(ctx, q, asker, id)
	if err == nil && !asker.MayEdit(n) {
		err = refuse(ErrForbidden, "Only whoever made an annotation may change it, and an administrator if it is public.")
	}
	return n, err
}

// checkBodies returns n with each concept once and its visibility; ErrInvalid
// if it would say nothing or names what does not exist.
func checkBodies(ctx context.Context, q querier, n annotations.Annotation) (annotations.Annotation, error) {
	switch n.Visibility {
	case "":
		n.Visibility = annotations.Private
	case annotations.Private, annotations.Public:
	default:
		return n, refuse(ErrInvalid, "An annotation is %s or %s, not %q.", annotations.Private, annotations.Public, n.Visibility)
	}
	concepts := []string{}
	for _, id := range n.Concepts {
		if slices.Contains(concepts, id) {
			continue
		}
		known, err := exists(ctx, q, "SELECT 1 FROM concepts WHERE id = ?", id)
		if err != nil {
			return n, err
		}
		if !known {
			return n, refuse(ErrInvalid, "There is no concept %q; choose one of the codebook or add it first.", id)
		}
		concepts = append(concepts, id)
	}
	n.Concepts = concepts
	if n.Note = strings.TrimSpace(n.Note); n.Note == "" && len(n.Concepts) == 0 {
		return n, refuse(ErrInvalid, "An annotation needs a concept or a note.")
	}
	return n, nil
}

func insertConcepts(ctx context.Context, tx *sql.Tx, n annotations.Annotation) error {
	for i, id := range n.Concepts {
		_, err := tx.ExecContext(ctx, "INSERT INTO annotation_concepts (annotation, concept, position) VALUES (?, ?, ?)", n.ID, id, i)
		if err != nil {
			return fmt.Errorf("tagging with %q: %w", id, err)
		}
	}
	return nil
}

// DeleteAnnotation deletes an annotation; RestoreAnnotation brings it back.
func (s *Store) DeleteAnnotation(ctx context.Context, asker annotations.Asker, id string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n, err := editable(ctx, tx, asker, id)
		if err != nil {
			return err
		}
		return setDeleted(ctx, tx, asker, &n, now())
	})
	return because(err, "deleting an annotation")
}

// RestoreAnnotation brings a deleted annotation back, for whoever may delete
// it; one that is not deleted stays as it is.
func (s *Store) RestoreAnnotation(ctx context.Context, asker annotations.Asker, id string) (annotations.Annotation, error) {
	visible, args := audienceIn(asker, "a")
	var n annotations.Annotation
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		var deleted int64
		n, err = scanAnnotationAnd(tx.QueryRowContext(ctx, "SELECT "+annotationColumns+", a.deleted FROM "+annotationTables+
			" WHERE a.id = ? AND "+visible, append([]any{id}, args...)...), &deleted)
		if err == nil && deleted != 0 && !asker.MayEdit(n) {
			err = sql.ErrNoRows // whoever may not delete it cannot know that it was there
		}
		if err != nil || deleted == 0 {
			return orNotFound(err, "There is no annotation %q to restore.", id)
		}
		return setDeleted(ctx, tx, asker, &n, 0)
	})
	if err != nil {
		return annotations.Annotation{}, because(err, "restoring an annotation")
	}
	return n, nil
}

// setDeleted marks n as deleted at a time, or as there if that is 0.
func setDeleted(ctx context.Context, tx *sql.Tx, asker annotations.Asker, n *annotations.Annotation, deleted int64) (err error) {
	if n.Number, err = touch(ctx, tx, n.Document, n.ID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE annotations SET deleted = ?, number = ? WHERE id = ?", deleted, n.Number, n.ID); err != nil {
		return err
	}
	deed := "delete"
	if deleted == 0 {
		deed = "restore"
	}
	return remember(ctx, tx, asker, deed, *n)
}
