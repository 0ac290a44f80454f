package store

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"glossator/annotations"
)

// Placed is an annotation and where it stands in the version asked about.
type Placed struct {
	annotations.Annotation
	Placement annotations.Placement
	// Pinpoint is the citation of its passage in the version that it was made on;
	// "" for the whole document, and where AnnotationsOf has not told it.
	Pinpoint string
}

// A PassageKey names a passage.
type PassageKey struct{ Version, Provision string }

// An AnnotationFilter says which annotations are wanted; "" for all.
type AnnotationFilter struct {
	Document string
	Concept  string // id
	Creator  string // id
	Group    string // id
}

// annotationColumns and annotationTables are what scanAnnotation reads.
const (
	annotationColumns = `a.id, a.document, a.version, a.root, a.reply_to, a.absent, a.note, a.visibility, a.group_id, a.round, a.extra,
		a.creator, a.created, a.modified, a.number,
		own.start_at, own.end_at, own.exact, own.prefix, own.suffix, own.more, own.passage, ` + conceptsColumn
	conceptsColumn = `COALESCE((
		SELECT STRING_AGG(ac.concept, ' ' ORDER BY ac.position) FROM annotation_concepts ac WHERE ac.annotation = a.id), '')`
	annotationTables = "annotations a JOIN placements own ON own.annotation = a.root AND own.version = a.version"
	selectAnnotation = "SELECT " + annotationColumns + " FROM " + annotationTables + " WHERE "
)

func scanAnnotation(row scanner) (annotations.Annotation, error) { return scanAnnotationAnd(row) }

// scanAnnotationAnd reads an annotation and the columns that follow.
func scanAnnotationAnd(row scanner, more ...any) (n annotations.Annotation, err error) {
	var concepts, extra string
	err = row.Scan(append([]any{&n.ID, &n.Document, &n.Version, &n.Root, &n.ReplyTo, &n.Absent, &n.Note, &n.Visibility, &n.Group, &n.Round,
		&extra,
		&n.Creator, &n.Created, &n.Modified, &n.Number,
		&n.Target.Start, &n.Target.End, &n.Target.Exact, &n.Target.Prefix, &n.Target.Suffix, (*stretches)(&n.More), &n.Passage, &concepts}, more...)...)
	n.Concepts = strings.Fields(concepts)
	if extra != "" {
		n.Extra = json.RawMessage(extra)
	}
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

// placementColumns are what placementFields takes in.
const placementColumns = "p.version, p.state, p.start_at, p.end_at, p.exact, p.prefix, p.suffix, p.more, p.passage, p.reviewed"

func placementFields(p *annotations.Placement) []any {
	return []any{&p.Version, &p.State,
		&p.Target.Start, &p.Target.End, &p.Target.Exact, &p.Target.Prefix, &p.Target.Suffix, (*stretches)(&p.More), &p.Passage, &p.Reviewed}
}

func scanPlaced(row scanner) (Placed, error) { return scanPlacedAnd(row) }

func scanPlacedAnd(row scanner, more ...any) (p Placed, err error) {
	p.Annotation, err = scanAnnotationAnd(row, append(placementFields(&p.Placement), more...)...)
	if p.Placement.Version == p.Version {
		p.Placement.Target = p.Target // the same words, once in memory
	}
	return p, err
}

// AnnotationsOn returns the annotations that cover a part of these passages,
// each given once, and that the asker may read, in the order of the text.
// Passages without any are left out.
func (s *Store) AnnotationsOn(ctx context.Context, asker annotations.Asker, passages []PassageKey) (map[PassageKey][]annotations.Annotation, error) {
	visible, args := mayRead(asker)
	return onPassages(ctx, s, passages, annotationColumns, annotationTables, visible, args, scanAnnotationAnd)
}

// PlacedOn is AnnotationsOn with the place of each in the version of the passage.
func (s *Store) PlacedOn(ctx context.Context, asker annotations.Asker, passages []PassageKey) (map[PassageKey][]Placed, error) {
	visible, args := mayRead(asker)
	return onPassages(ctx, s, passages, annotationColumns+", "+placementColumns, annotationTables, visible, args, scanPlacedAnd)
}

// onPassages reads columns of the annotations under a condition that cover a part
// of passages, as AnnotationsOn says. The tables hold annotations as a.
func onPassages[T any](ctx context.Context, s *Store, passages []PassageKey, columns, tables, condition string, given []any,
	scan func(row scanner, more ...any) (T, error)) (map[PassageKey][]T, error) {
	found := map[PassageKey][]T{}
	for some := range slices.Chunk(passages, passagesAtOnce) {
		some = padded(some)
		var args []any
		for _, key := range some {
			args = append(args, key.Version, key.Provision)
		}
		_, err := list(ctx, s.reader, func(row scanner) (key PassageKey, err error) {
			one, err := scan(row, &key.Version, &key.Provision)
			found[key] = append(found[key], one)
			return key, err
		}, `
			WITH asked (version, passage) AS (VALUES `+strings.TrimSuffix(strings.Repeat("(?, ?), ", len(some)), ", ")+`)
			SELECT `+columns+`, r.version, r.passage
			FROM asked CROSS JOIN reaches r CROSS JOIN `+tables+` JOIN placements p ON p.annotation = a.root
			WHERE r.version = asked.version AND r.passage = asked.passage AND r.annotation = a.root AND p.version = r.version AND `+condition+`
			ORDER BY p.start_at, p.end_at, a.created, a.id`, append(args, given...)...)
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
	for column, value := range map[string]string{"a.document": f.Document, "a.creator": f.Creator, "a.group_id": f.Group} {
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
