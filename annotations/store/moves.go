package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"glossator/annotations"
)

// mostMoved is how many annotations may be moved or copied at once.
const mostMoved = 10_000

// A Moved is what came of moving or copying annotations.
type Moved struct {
	Operation   string   `json:"operation"`   // "" if nothing was done
	Annotations []string `json:"annotations"` // ids of those that were moved, or of the copies
	// Kept are the ids of those left alone: they are there already, are not the
	// asker's to move, are replies, which go with what they answer, or do not exist.
	Kept []string `json:"kept"`
}

// InGroup returns the ids of the annotations of one of the asker's groups, but
// for replies, the first made first: all of them, or those that the asker made.
func (s *Store) InGroup(ctx context.Context, asker annotations.Asker, group string, mine bool) ([]string, error) {
	visible, args := mayRead(asker)
	ids, err := list(ctx, s.reader, scanText, "SELECT a.id FROM annotations a WHERE "+visible+`
			AND a.group_id = ? AND a.group_id <> '' AND a.root = a.id AND (a.creator = ? OR ?) ORDER BY a.created, a.id LIMIT ?`,
		append(args, group, asker.User, !mine, mostMoved)...)
	return ids, because(err, "listing the annotations of a group")
}

// Move gives annotations, with the replies to them, to those whom a visibility
// and a group name, in one operation.
func (s *Store) Move(ctx context.Context, asker annotations.Asker, ids []string, visibility, group string) (Moved, error) {
	return s.move(ctx, asker, "Annotations moved", ids, visibility, group, func(ctx context.Context, tx *sql.Tx, o operation, n annotations.Annotation) (string, error) {
		if !asker.MayEdit(n) {
			return "", refuse(ErrForbidden, "It is not the asker's to move.")
		}
		if err := mayMove(asker, n, visibility, group); err != nil {
			return "", err
		}
		after := n
		after.Visibility, after.Group = visibility, group
		return n.ID, s.rewrite(ctx, tx, o, n, &after)
	})
}

// Copy makes annotations of the asker's that say what others say, in the same
// places, for those whom a visibility and a group name, in one operation. A copy
// that is there already is not made again.
func (s *Store) Copy(ctx context.Context, asker annotations.Asker, ids []string, visibility, group string) (Moved, error) {
	return s.move(ctx, asker, "Annotations copied", ids, visibility, group, func(ctx context.Context, tx *sql.Tx, o operation, n annotations.Annotation) (string, error) {
		wanted := NewAnnotation{
			Version: n.Version, Concepts: n.Concepts, Absent: n.Absent, Note: n.Note, Visibility: visibility, Group: group, Extra: n.Extra,
		}
		if !n.Whole() {
			wanted.Targets = append([]annotations.Target{n.Target}, n.More...)
		}
		made, own, err := s.draft(ctx, tx, asker, wanted)
		if err != nil {
			return "", err
		}
		same, err := list(ctx, tx, scanAnnotation, "SELECT "+annotationColumns+onSameStretch+" AND a.deleted = 0",
			made.Version, made.Target.Start, made.Target.End, asker.User)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(same, func(one annotations.Annotation) bool { return (state{annotation: one}).equal(state{annotation: made}) }) {
			return "", refuse(ErrConflict, "The copy is there.")
		}
		return made.ID, s.insertAnnotation(ctx, tx, o, &made, own)
	})
}

// move does the same to each of some annotations that are not where they are to
// be. What is refused stays.
func (s *Store) move(ctx context.Context, asker annotations.Asker, what string, ids []string, visibility, group string,
	each func(context.Context, *sql.Tx, operation, annotations.Annotation) (id string, err error)) (Moved, error) {
	if len(ids) > mostMoved {
		return Moved{}, refuse(ErrInvalid, "At most %d annotations are moved or copied at once.", mostMoved)
	}
	if err := mayBeFor(asker, visibility, group); err != nil {
		return Moved{}, err
	}
	moved := Moved{Annotations: []string{}, Kept: []string{}}
	err := s.operate(ctx, asker, what, func(ctx context.Context, tx *sql.Tx, o operation) error {
		wanted := annotations.Annotation{Visibility: visibility, Group: group, Creator: asker.User}.Audience()
		for _, id := range ids {
			n, err := annotation(ctx, tx, asker, id)
			if err == nil && (n.ReplyTo != "" || n.Audience() == wanted) {
				err = refuse(ErrConflict, "It stays.")
			}
			written := ""
			if err == nil {
				written, err = each(ctx, tx, o, n)
			}
			if refused := (*refusalError)(nil); errors.As(err, &refused) {
				moved.Kept = append(moved.Kept, id)
				continue
			}
			if err != nil {
				return err
			}
			moved.Annotations = append(moved.Annotations, written)
		}
		if len(moved.Annotations) == 0 {
			return o.forget(ctx, tx)
		}
		moved.Operation = o.id
		return nil
	})
	if err != nil {
		return Moved{}, because(err, "moving annotations")
	}
	return moved, nil
}
