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
// The figures are those of tallies, which are counted anew first where anything
// was written since: the effort follows from the documents and concepts, not
// from the annotations.
func (s *Store) Matrix(ctx context.Context, asker annotations.Asker, of string, rolled bool) (map[CellKey]Cell, error) {
	if err := s.tallyUp(ctx); err != nil {
		return nil, err
	}
	cells := map[CellKey]Cell{}
	if err := s.count(ctx, asker, of, rolled, cells); err != nil {
		return nil, because(err, "reading the matrix")
	}
	return cells, because(s.addStances(ctx, asker, cells), "reading what is said of whole documents")
}

// count counts what was asked for in each cell.
func (s *Store) count(ctx context.Context, asker annotations.Asker, of string, rolled bool, cells map[CellKey]Cell) error {
	f, query := &s.tallies, selectTallies
	switch of {
	case OfPassages:
	case OfAnnotations, OfPeople:
		f, query = &s.taggers, selectTaggers
	default:
		return refuse(ErrInvalid, "A matrix counts %s, %s or %s, not %q.", OfPassages, OfAnnotations, OfPeople, of)
	}
	if err := f.moveOn(ctx, s, query); err != nil {
		return err
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	may := f.audiences(asker)
	if of == OfPassages {
		var err error
		if may, err = audienceSets(ctx, s.reader, asker); err != nil {
			return err
		}
	}
	f.each(rolled, may, func(key CellKey, seen []figure) {
		var cell Cell
		for i, one := range seen {
			switch {
			case of != OfPeople:
				cell.Count += int(one.n)
			case i == 0 || seen[i-1].who != one.who:
				cell.Count++
			}
		}
		cells[key] = cell
	})
	return nil
}

// addStances adds what is said of whole documents.
func (s *Store) addStances(ctx context.Context, asker annotations.Asker, cells map[CellKey]Cell) error {
	f := &s.stances
	if err := f.moveOn(ctx, s, selectStances); err != nil {
		return err
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	f.each(false, f.audiences(asker), func(key CellKey, seen []figure) {
		cell := cells[key]
		for _, one := range seen {
			cell.Absent = cell.Absent || one.n&saysAbsent != 0
			cell.Whole = cell.Whole || one.n&saysWhole != 0
		}
		cells[key] = cell
	})
	return nil
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
