package store

import (
	"context"
	"database/sql"

	"glossator/annotations"
)

// ConceptUses are annotations with a concept.
type ConceptUses struct {
	Total       int // of all there are
	Documents   int // in how many documents they are
	Annotations []annotations.Annotation
}

// ConceptUses returns the annotations with a concept that the asker may read,
// or may change, in the order of the documents: limit of them from an offset on.
// Those that say that a document has nothing on it are left out. ErrNotFound if
// there is no such concept.
func (s *Store) ConceptUses(ctx context.Context, asker annotations.Asker, id string, editable bool, offset, limit int) (uses ConceptUses, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		if _, err := concept(ctx, tx, asker, id); err != nil {
			return err
		}
		may, args := mayRead(asker)
		if editable {
			condition, more := mayEdit(asker)
			may, args = may+" AND "+condition, append(args, more...)
		}
		condition := "a.absent = 0 AND " + may + " AND ac.concept = ?"
		args = append(args, id)
		err := tx.QueryRowContext(ctx, `
			SELECT COUNT(*), COUNT(DISTINCT a.document) FROM annotation_concepts ac JOIN annotations a ON a.id = ac.annotation
			WHERE `+condition, args...).Scan(&uses.Total, &uses.Documents)
		if err != nil {
			return err
		}
		uses.Annotations, err = list(ctx, tx, scanAnnotation, "SELECT "+annotationColumns+` FROM annotation_concepts ac
			JOIN `+annotationTables+` WHERE a.id = ac.annotation AND `+condition+inPlace+" LIMIT ? OFFSET ?", append(args, limit, offset)...)
		return err
	})
	return uses, because(err, "looking for what is tagged with a concept")
}
