package store

import (
	"context"
	"slices"

	"glossator/annotations"
)

// What the figures of a matrix count.
const (
	OfPassages    = "passages"    // passages that are tagged
	OfAnnotations = "annotations" // annotations that tag them
	OfPeople      = "people"      // whoever made these
)

// A Cell is what the asker may know of a document and a concept.
type Cell struct {
	Count  int  // of what was asked for, in the current versions of the document
	Absent bool // somebody has read the document and says that it has nothing on it
	Whole  bool // the document as a whole is tagged with it
}

// A CellKey names a cell of the matrix.
type CellKey struct{ Document, Concept string } // ids

// Matrix returns the cells of all documents and concepts of which there is
// anything to say: how often the asker sees the passages of the current versions
// tagged. If rolled, what is tagged with a narrower concept counts for the
// broader ones too, each passage once. Absent and Whole speak of the concept
// alone. Annotations that were carried to a current version count there, those
// lost in it do not.
//
// The figures are read from tallies, which are counted anew first where anything
// was written since: the effort follows from the documents and concepts, not
// from the annotations.
func (s *Store) Matrix(ctx context.Context, asker annotations.Asker, of string, rolled bool) (map[CellKey]Cell, error) {
	if err := s.Tally(ctx); err != nil {
		return nil, err
	}
	cells, err := s.counted(ctx, asker, of, rolled)
	if err != nil {
		return nil, because(err, "reading the matrix")
	}
	audiences := asker.Audiences()
	_, err = list(ctx, s.reader, func(row scanner) (key CellKey, err error) {
		var absent, whole int
		if err := row.Scan(&key.Document, &key.Concept, &absent, &whole); err != nil {
			return key, err
		}
		cell := cells[key]
		cell.Absent, cell.Whole = absent > 0, whole > 0
		cells[key] = cell
		return key, nil
	}, "SELECT document, concept, SUM(absent), SUM(whole) FROM stances WHERE audience IN ("+holders(len(audiences))+
		") GROUP BY document, concept", anys(audiences)...)
	return cells, because(err, "reading what is said of whole documents")
}

// counted returns the figures of the cells, in one statement.
func (s *Store) counted(ctx context.Context, asker annotations.Asker, of string, rolled bool) (map[CellKey]Cell, error) {
	audiences := asker.Audiences()
	within := "(" + holders(len(audiences)) + ")"
	query := "SELECT document, concept, SUM(passages) FROM tallies WHERE rolled = ? AND audience_set IN (SELECT id FROM audience_sets WHERE audience IN " + within + ")"
	switch of {
	case OfPassages:
	case OfAnnotations:
		query = "SELECT document, concept, SUM(annotations) FROM taggers WHERE rolled = ? AND audience IN " + within
	case OfPeople:
		query = "SELECT document, concept, COUNT(DISTINCT creator) FROM taggers WHERE rolled = ? AND audience IN " + within
	default:
		return nil, refuse(ErrInvalid, "A matrix counts %s, %s or %s, not %q.", OfPassages, OfAnnotations, OfPeople, of)
	}
	cells := map[CellKey]Cell{}
	_, err := list(ctx, s.reader, func(row scanner) (key CellKey, err error) {
		var cell Cell
		err = row.Scan(&key.Document, &key.Concept, &cell.Count)
		cells[key] = cell
		return key, err
	}, query+" GROUP BY document, concept", append([]any{rolled}, anys(audiences)...)...)
	return cells, err
}

// mostInCell is how many passages of a cell are listed.
const mostInCell = 500

// A TaggedPassage is a passage with the annotations for which it is in a cell.
type TaggedPassage struct {
	PassageKey
	Annotations []annotations.Annotation
}

// A CellDetail is what is behind a cell.
type CellDetail struct {
	Passages []TaggedPassage          // in the order of the text, at most mostInCell
	Whole    []annotations.Annotation // that are about the document as a whole, also those that say that it has nothing on it
}

// CellDetail returns the passages of the current versions of a document that the
// asker sees tagged with one of some concepts, and what is said of the document
// as a whole.
func (s *Store) CellDetail(ctx context.Context, asker annotations.Asker, document string, concepts []string) (d CellDetail, err error) {
	visible, readable := mayRead(asker)
	some := " AND ac.concept IN (" + holders(len(concepts)) + ")"
	args := append(append([]any{document}, readable...), document)
	keys, err := list(ctx, s.reader, func(row scanner) (key PassageKey, err error) {
		err = row.Scan(&key.Version, &key.Provision)
		return key, err
	}, "SELECT r.version, r.passage FROM "+taggedTables+" WHERE a.document = ? AND "+visible+" AND "+tagsNow+some+
		" GROUP BY r.version, r.passage ORDER BY r.version, MIN(p.start_at) LIMIT ?", append(append(args, anys(concepts)...), mostInCell)...)
	if err != nil {
		return d, because(err, "reading a cell")
	}
	found, err := s.AnnotationsOn(ctx, asker, keys)
	if err != nil {
		return d, err
	}
	for _, key := range keys {
		tags := slices.DeleteFunc(found[key], func(n annotations.Annotation) bool {
			return n.Whole() || !slices.ContainsFunc(n.Concepts, func(id string) bool { return slices.Contains(concepts, id) })
		})
		d.Passages = append(d.Passages, TaggedPassage{key, tags})
	}
	d.Whole, err = list(ctx, s.reader, scanAnnotation, selectAnnotation+"a.document = ? AND own.end_at = 0 AND "+visible+
		" AND EXISTS (SELECT 1 FROM annotation_concepts ac WHERE ac.annotation = a.id"+some+") ORDER BY a.created, a.id",
		append(append([]any{document}, readable...), anys(concepts)...)...)
	return d, because(err, "reading what is said of a whole document")
}
