package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"sync"

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
// What was made in a coding round that is closed nobody may change. Those that say that a document has nothing on it are left out. ErrNotFound if
// there is no such concept.
func (s *Store) ConceptUses(ctx context.Context, asker annotations.Asker, id string, editable bool, offset, limit int) (uses ConceptUses, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		if _, err := concept(ctx, tx, asker, id); err != nil {
			return err
		}
		may, args := mayRead(asker)
		if editable {
			condition, more := mayEdit(asker)
			may, args = may+" AND "+condition+" AND NOT "+inClosedRound, append(args, more...)
		}
		condition := "a.absent = 0 AND " + may + " AND ac.concept = ?"
		args = append(args, id)
		err := tx.QueryRowContext(ctx, `
			SELECT COUNT(*), COUNT(DISTINCT a.document) FROM annotation_concepts ac CROSS JOIN annotations a ON a.id = ac.annotation
			WHERE `+condition, args...).Scan(&uses.Total, &uses.Documents)
		if err != nil {
			return err
		}
		uses.Annotations, err = list(ctx, tx, scanAnnotation, "SELECT "+annotationColumns+` FROM annotation_concepts ac
			CROSS JOIN `+annotationTables+` WHERE a.id = ac.annotation AND `+condition+inPlace+" LIMIT ? OFFSET ?", append(args, limit, offset)...)
		return err
	})
	return uses, because(err, "looking for what is tagged with a concept")
}

// A usage keeps in memory how often concepts are used. What it says is true at
// its mark; whoever asks it moves it on first, and then only what was written to
// is counted anew. The zero value has counted nothing.
type usage struct {
	mu        sync.Mutex
	mark      int64
	documents map[string][]use          // by document
	audiences map[string]map[string]int // their sums: by concept and audience
}

// A use is how many annotations of a document have a concept, of those for an
// audience. What says that a document has nothing on the concept does not count.
type use struct {
	document, concept, audience string
	n                           int
}

func scanUse(row scanner) (u use, err error) {
	err = row.Scan(&u.document, &u.concept, &u.audience, &u.n)
	return u, err
}

// countUses sets how often concepts are used, as far as the asker may know.
func (s *Store) countUses(ctx context.Context, asker annotations.Asker, concepts []annotations.Concept) error {
	u := &s.usage
	u.mu.Lock()
	defer u.mu.Unlock()
	if err := s.read(ctx, func(tx *sql.Tx) error { return u.moveOn(ctx, tx) }); err != nil {
		return err
	}
	for i, k := range concepts {
		concepts[i].Used = readable(asker, u.audiences[k.ID])
	}
	return nil
}

// moveOn moves the usage on to the mark, unless there is an error.
func (u *usage) moveOn(ctx context.Context, q querier) error {
	to, err := mark(ctx, q)
	if err != nil || to == u.mark {
		return err
	}
	written, err := list(ctx, q, scanText, "SELECT DISTINCT document FROM changes c WHERE number > ? AND "+tells, u.mark)
	if err != nil {
		return err
	}
	counted := make(map[string][]use, len(written))
	for some := range slices.Chunk(written, 500) {
		uses, err := list(ctx, q, scanUse, `
			SELECT a.document, ac.concept, a.audience, COUNT(*)
			FROM annotations a CROSS JOIN annotation_concepts ac ON ac.annotation = a.id
			WHERE a.deleted = 0 AND a.absent = 0 AND a.document IN (`+holders(len(some))+`)
			GROUP BY a.document, ac.concept, a.audience`, anys(some)...)
		if err != nil {
			return err
		}
		for _, one := range uses {
			counted[one.document] = append(counted[one.document], one)
		}
	}
	if u.documents == nil {
		u.documents, u.audiences = map[string][]use{}, map[string]map[string]int{}
	}
	for _, document := range written {
		u.add(u.documents[document], -1)
		u.add(counted[document], 1)
		delete(u.documents, document)
	}
	maps.Copy(u.documents, counted)
	u.mark = to
	return nil
}

// add adds uses to the sums, or takes them off.
func (u *usage) add(uses []use, times int) {
	for _, one := range uses {
		if u.audiences[one.concept] == nil {
			u.audiences[one.concept] = map[string]int{}
		}
		u.audiences[one.concept][one.audience] += times * one.n
	}
}
