package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"glossator/annotations"
)

// A NewAnnotation is what somebody wants to add.
type NewAnnotation struct {
	Version string // "" for a reply, or for the whole of Document
	// Targets are the stretches: Start and End and, to be checked if it is not
	// "", Exact. None is for the whole document, or for a reply.
	Targets    []annotations.Target
	Document   string // instead of Version: its current version in its first language
	ReplyTo    string // id of the annotation to answer
	Concepts   []string
	Absent     bool
	Note       string
	Visibility string // "" is what the asker's new annotations are, for a reply that of what it answers
	Group      string // UserGroup.ID
	Round      string // id of the coding round it is made in; "" for none
	Extra      json.RawMessage
}

// CreateAnnotation adds an annotation of the asker's and returns it. It fails
// with ErrInvalid if a stretch is not in the version, does not say what Exact
// has, or if the annotation says nothing.
func (s *Store) CreateAnnotation(ctx context.Context, asker annotations.Asker, wanted NewAnnotation) (annotations.Annotation, error) {
	var n annotations.Annotation
	err := s.operate(ctx, asker, deedCreate, func(ctx context.Context, tx *sql.Tx, o operation) (err error) {
		n, err = s.create(ctx, tx, asker, o, wanted)
		return err
	})
	if err != nil {
		return annotations.Annotation{}, because(err, "adding an annotation")
	}
	return n, nil
}

// CreateAnnotations adds annotations of the asker's in one operation, all or
// none, and returns its id and those that were added. Others write in between;
// after an error what was added is taken back, as by Undo. One that the asker has
// already is left out: on the same stretches, with the same concepts and with
// the note, if one is given. The operation is "" if none was added.
func (s *Store) CreateAnnotations(ctx context.Context, asker annotations.Asker, what string, wanted []NewAnnotation) (operation string, added []annotations.Annotation, err error) {
	operation, added, err = s.createInTurns(ctx, asker, what, wanted)
	if err != nil && operation != "" {
		_, undone := s.Undo(context.WithoutCancel(ctx), asker, operation)
		return "", nil, because(errors.Join(err, undone), "adding annotations")
	}
	return operation, added, because(err, "adding annotations")
}

// inOneTurn is how many annotations of a batch are written before others may
// write.
const inOneTurn = 100

// createInTurns adds annotations in one operation, but not in one transaction.
// After an error those added before it are there.
func (s *Store) createInTurns(ctx context.Context, asker annotations.Asker, what string, wanted []NewAnnotation) (id string, added []annotations.Annotation, err error) {
	if !asker.SignedIn() {
		return "", nil, refuse(ErrForbidden, "Sign in to annotate.")
	}
	var o operation
	for some := range slices.Chunk(wanted, inOneTurn) {
		var now []annotations.Annotation
		var going operation
		err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			if going = o; going.id == "" {
				if going, err = begin(ctx, tx, asker, what); err != nil {
					return err
				}
			}
			if now, err = s.addNew(ctx, tx, asker, going, some, has); err != nil || len(now)+len(added) > 0 {
				return err
			}
			return going.forget(ctx, tx)
		})
		if err != nil {
			return o.id, added, err
		}
		if added = append(added, now...); len(added) > 0 {
			o = going
		}
	}
	return o.id, added, nil
}

// TakeNotes adds those of some annotations on one version that the asker does
// not have yet, all or none, and returns how many these are. One is there if its
// place and its note are those of an annotation that the asker made, even if it
// was deleted since.
func (s *Store) TakeNotes(ctx context.Context, asker annotations.Asker, wanted []NewAnnotation) (int, error) {
	taken, _, err := s.createSome(ctx, asker, "Comments of a file taken in", wanted, hadNote)
	return len(taken), because(err, "taking notes")
}

// createSome adds those annotations that are not there already.
func (s *Store) createSome(ctx context.Context, asker annotations.Asker, what string, wanted []NewAnnotation,
	there func(context.Context, querier, annotations.Annotation) (bool, error)) (added []annotations.Annotation, id string, err error) {
	err = s.operate(ctx, asker, what, func(ctx context.Context, tx *sql.Tx, o operation) (err error) {
		if added, err = s.addNew(ctx, tx, asker, o, wanted, there); err != nil {
			return err
		}
		if id = o.id; len(added) == 0 {
			id = ""
			return o.forget(ctx, tx)
		}
		return nil
	})
	return added, id, err
}

// addNew adds those annotations that are not there already, and returns them.
func (s *Store) addNew(ctx context.Context, tx *sql.Tx, asker annotations.Asker, o operation, wanted []NewAnnotation,
	there func(context.Context, querier, annotations.Annotation) (bool, error)) (added []annotations.Annotation, err error) {
	for _, w := range wanted {
		n, own, err := s.draft(ctx, tx, asker, w)
		if err != nil {
			return nil, err
		}
		known, err := there(ctx, tx, n)
		if err != nil {
			return nil, err
		}
		if known {
			continue
		}
		if err := s.insertAnnotation(ctx, tx, o, &n, own); err != nil {
			return nil, err
		}
		added = append(added, n)
	}
	return added, nil
}

// onSameStretch selects the annotations a of a creator of which the first
// stretch, own, is that of another one.
const onSameStretch = ` FROM placements own JOIN annotations a ON a.id = own.annotation AND a.version = own.version
	WHERE own.version = ? AND own.start_at = ? AND own.end_at = ? AND a.creator = ?`

// has reports whether the creator of n has one on the same stretches with all
// of its concepts and, if n has a note, with that.
func has(ctx context.Context, q querier, n annotations.Annotation) (bool, error) {
	args := []any{n.Version, n.Target.Start, n.Target.End, n.Creator, stretches(n.More), n.Absent, n.Note, n.Note, len(n.Concepts)}
	return exists(ctx, q, "SELECT 1"+onSameStretch+` AND own.more = ? AND a.deleted = 0 AND a.absent = ? AND (a.note = ? OR ? = '') AND
		? = (SELECT COUNT(*) FROM annotation_concepts ac WHERE ac.annotation = a.id AND ac.concept IN (`+holders(len(n.Concepts))+`))`,
		append(args, anys(n.Concepts)...)...)
}

// hadNote reports whether the creator of n has made one with the same note on
// the same stretch, also if it was deleted.
func hadNote(ctx context.Context, q querier, n annotations.Annotation) (bool, error) {
	return exists(ctx, q, "SELECT 1"+onSameStretch+" AND a.note = ?", n.Version, n.Target.Start, n.Target.End, n.Creator, n.Note)
}

func (s *Store) create(ctx context.Context, tx *sql.Tx, asker annotations.Asker, o operation, wanted NewAnnotation) (annotations.Annotation, error) {
	n, own, err := s.draft(ctx, tx, asker, wanted)
	if err != nil {
		return n, err
	}
	return n, s.insertAnnotation(ctx, tx, o, &n, own)
}

// draft returns the annotation that somebody wants to add, checked and complete
// but for its number, and where it stands.
func (s *Store) draft(ctx context.Context, tx *sql.Tx, asker annotations.Asker, wanted NewAnnotation) (n annotations.Annotation, own annotations.Placement, err error) {
	n = annotations.Annotation{
		ID: newID(), ReplyTo: wanted.ReplyTo, Concepts: wanted.Concepts, Absent: wanted.Absent, Note: wanted.Note,
		Visibility: wanted.Visibility, Group: wanted.Group, Round: wanted.Round, Extra: wanted.Extra, Creator: asker.User, Created: now(),
	}
	n.Root, n.Modified = n.ID, n.Created
	if n.ReplyTo != "" {
		n, err = answering(ctx, tx, asker, n, wanted)
	} else {
		n, own, err = s.standing(ctx, tx, n, wanted)
	}
	if err != nil {
		return n, own, err
	}
	if err := joinRound(ctx, tx, asker, n); err != nil {
		return n, own, err
	}
	if n, err = byDefault(ctx, tx, asker, n); err != nil {
		return n, own, err
	}
	if n, err = checkBodies(ctx, tx, asker, n); err != nil {
		return n, own, err
	}
	return n, own, mayBeFor(asker, n.Visibility, n.Group)
}

// standing returns n in its place.
func (s *Store) standing(ctx context.Context, tx *sql.Tx, n annotations.Annotation, wanted NewAnnotation) (annotations.Annotation, annotations.Placement, error) {
	version := wanted.Version
	if version == "" && wanted.Document == "" {
		return n, annotations.Placement{}, refuse(ErrInvalid, "Say what the annotation is about: a version, a document, or the annotation to answer.")
	}
	if version == "" {
		err := tx.QueryRowContext(ctx, "SELECT id FROM current_versions WHERE document = ? ORDER BY number, id LIMIT 1", wanted.Document).Scan(&version)
		if err != nil {
			return n, annotations.Placement{}, orNotFound(err, "There is no document %q.", wanted.Document)
		}
	}
	cached, err := s.cachedVersion(ctx, tx, version)
	if err != nil {
		return n, annotations.Placement{}, err
	}
	own, err := cached.place(wanted.Targets)
	n.Document, n.Version, n.Target, n.More, n.Passage = cached.version.Document, version, own.Target, own.More, own.Passage
	return n, own, err
}

// answering returns n as a reply: it stands where its root stands.
func answering(ctx context.Context, tx *sql.Tx, asker annotations.Asker, n annotations.Annotation, wanted NewAnnotation) (annotations.Annotation, error) {
	if len(wanted.Targets) > 0 {
		return n, refuse(ErrInvalid, "A reply stands where the annotation stands that it answers; it has no place of its own.")
	}
	answered, err := annotation(ctx, tx, asker, n.ReplyTo)
	n.Root, n.Document, n.Version = answered.Root, answered.Document, answered.Version
	n.Target, n.More, n.Passage = answered.Target, answered.More, answered.Passage
	return n, err
}

func (s *Store) insertAnnotation(ctx context.Context, tx *sql.Tx, o operation, n *annotations.Annotation, own annotations.Placement) (err error) {
	if err := inRound(ctx, tx, *n); err != nil {
		return err
	}
	if n.Number, err = touch(ctx, tx, n.Document, n.ID); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO annotations (id, document, version, root, reply_to, absent, note, visibility, group_id, round, audience, extra,
			creator, created, modified, number, deleted)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		n.ID, n.Document, n.Version, n.Root, n.ReplyTo, n.Absent, n.Note, n.Visibility, n.Group, n.Round, n.Audience(), string(n.Extra),
		n.Creator, n.Created, n.Modified, n.Number)
	if err != nil {
		return err
	}
	if err := insertConcepts(ctx, tx, *n); err != nil {
		return err
	}
	if n.ReplyTo != "" {
		return remember(ctx, tx, o, deedCreate, *n)
	}
	cached, err := s.cachedVersion(ctx, tx, n.Version)
	if err != nil {
		return err
	}
	if err := insertPlacement(ctx, tx, cached, n.ID, own); err != nil {
		return err
	}
	if err := s.carryForward(ctx, tx, cached.version, n.ID, own); err != nil {
		return err
	}
	return remember(ctx, tx, o, deedCreate, *n)
}
