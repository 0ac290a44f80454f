package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"glossator/annotations"
)

// An AnnotationEdit is what somebody wants to change; nil leaves it as it is.
type AnnotationEdit struct {
	Targets    *[]annotations.Target // as in NewAnnotation
	Concepts   *[]string
	Absent     *bool
	Note       *string
	Visibility *string
	Group      *string
	Extra      *json.RawMessage
	Number     int64 // of the annotation when it was read, 0 for any
}

// longestExtra bounds Annotation.Extra, in bytes.
const longestExtra = 64 << 10

// UpdateAnnotation changes an annotation and returns it as it is then. It fails
// with ErrConflict if the annotation has changed since the number of the edit,
// or if others would be left with replies to what they can no longer read.
func (s *Store) UpdateAnnotation(ctx context.Context, asker annotations.Asker, id string, edit AnnotationEdit) (annotations.Annotation, error) {
	var n annotations.Annotation
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		before, err := editable(ctx, tx, asker, id)
		if err != nil {
			return err
		}
		if edit.Number != 0 && edit.Number != before.Number {
			return refuse(ErrConflict, "The annotation has changed since you read it; read it again before you change it.")
		}
		if n, err = s.edited(ctx, tx, before, edit); err != nil {
			return err
		}
		if n, err = checkBodies(ctx, tx, asker, n); err != nil {
			return err
		}
		if n.Audience() != before.Audience() {
			if err := mayMove(asker, before, n.Visibility, n.Group); err != nil {
				return err
			}
		}
		o, err := begin(ctx, tx, asker, deedUpdate)
		if err != nil {
			return err
		}
		return s.rewrite(ctx, tx, o, before, &n)
	})
	if err != nil {
		return annotations.Annotation{}, because(err, "changing an annotation")
	}
	return n, nil
}

// edited returns n after an edit.
func (s *Store) edited(ctx context.Context, tx *sql.Tx, n annotations.Annotation, edit AnnotationEdit) (annotations.Annotation, error) {
	set(&n.Concepts, edit.Concepts)
	set(&n.Absent, edit.Absent)
	set(&n.Note, edit.Note)
	set(&n.Visibility, edit.Visibility)
	set(&n.Group, edit.Group)
	if edit.Group != nil && *edit.Group != "" && edit.Visibility == nil {
		n.Visibility = annotations.Group
	}
	set(&n.Extra, edit.Extra)
	if edit.Targets == nil {
		return n, nil
	}
	if n.ReplyTo != "" {
		return n, refuse(ErrInvalid, "A reply stands where the annotation stands that it answers; it has no place of its own.")
	}
	cached, err := s.cachedVersion(ctx, tx, n.Version)
	if err != nil {
		return n, err
	}
	own, err := cached.place(*edit.Targets)
	n.Target, n.More, n.Passage = own.Target, own.More, own.Passage
	return n, err
}

func set[T any](to *T, value *T) {
	if value != nil {
		*to = *value
	}
}

// rewrite writes what may change of an annotation that is there, with the next
// number, and tells its history. Replies of the asker's follow it to another
// audience.
func (s *Store) rewrite(ctx context.Context, tx *sql.Tx, o operation, before annotations.Annotation, n *annotations.Annotation) (err error) {
	if err := inRound(ctx, tx, *n); err != nil {
		return err
	}
	var replies []annotations.Annotation
	if before.Audience() != n.Audience() {
		if replies, err = repliesToTake(ctx, tx, o, before, *n); err != nil {
			return err
		}
	}
	if n.Number, err = touch(ctx, tx, n.Document, n.ID); err != nil {
		return err
	}
	n.Modified = o.at
	_, err = tx.ExecContext(ctx, `
		UPDATE annotations SET absent = ?, note = ?, visibility = ?, group_id = ?, audience = ?, extra = ?, modified = ?, number = ? WHERE id = ?`,
		n.Absent, n.Note, n.Visibility, n.Group, n.Audience(), string(n.Extra), n.Modified, n.Number, n.ID)
	if err != nil {
		return err
	}
	if !slices.Equal(before.Concepts, n.Concepts) {
		if err := replaceConcepts(ctx, tx, *n); err != nil {
			return err
		}
	}
	if !sameStretches(before, *n) || before.Absent != n.Absent {
		if err := s.replace(ctx, tx, *n); err != nil {
			return err
		}
	}
	for _, reply := range replies {
		after := reply
		after.Visibility, after.Group = n.Visibility, n.Group
		if err := s.rewrite(ctx, tx, o, reply, &after); err != nil {
			return err
		}
	}
	return remember(ctx, tx, o, deedUpdate, *n)
}

// repliesToTake returns the replies to n that go with it to its audience, which
// was another before: those that the asker may move. ErrConflict if others have
// replied, unless everyone may read n now.
func repliesToTake(ctx context.Context, tx *sql.Tx, o operation, before, n annotations.Annotation) ([]annotations.Annotation, error) {
	replies, err := list(ctx, tx, scanAnnotation, selectAnnotation+"a.root = ? AND a.id <> a.root AND a.deleted = 0", n.ID)
	if err != nil {
		return nil, err
	}
	var taken []annotations.Annotation
	for _, reply := range replies {
		switch {
		case reply.Audience() != before.Audience():
		case reply.Creator == o.who, n.Visibility == annotations.Group && edits(o.asker, before.Group) && edits(o.asker, n.Group):
			taken = append(taken, reply)
		case n.Visibility != annotations.Public:
			return nil, refuse(ErrConflict, "Others have replied to this annotation; it can be made public, but not be taken away from them.")
		}
	}
	return taken, nil
}

func sameStretches(a, b annotations.Annotation) bool {
	return a.Target == b.Target && slices.Equal(a.More, b.More)
}

// editable returns an annotation that the asker may read and change.
func editable(ctx context.Context, q querier, asker annotations.Asker, id string) (annotations.Annotation, error) {
	n, err := annotation(ctx, q, asker, id)
	if err == nil && !asker.MayEdit(n) {
		err = refuse(ErrForbidden, "Only whoever made an annotation may change it, an administrator if it is public, and the editors of its group.")
	}
	return n, err
}

// checkBodies returns n with each concept once and its visibility; ErrInvalid
// if it would say nothing or names what does not exist.
func checkBodies(ctx context.Context, q querier, asker annotations.Asker, n annotations.Annotation) (annotations.Annotation, error) {
	n, err := checkAudience(ctx, q, asker, n)
	if err != nil {
		return n, err
	}
	if n.Concepts, err = currentConcepts(ctx, q, n.Concepts); err != nil {
		return n, err
	}
	n.Note = strings.TrimSpace(n.Note)
	switch {
	case n.Absent && (len(n.Concepts) == 0 || !n.Whole() || n.ReplyTo != ""):
		return n, refuse(ErrInvalid, "That a document has nothing on a concept is said of the whole document, and names the concept.")
	case n.Note == "" && len(n.Concepts) == 0 && len(n.Extra) == 0:
		return n, refuse(ErrInvalid, "An annotation needs a concept or a note.")
	}
	return checkExtra(n)
}

// checkExtra returns n with its further properties as compact JSON, or none.
func checkExtra(n annotations.Annotation) (annotations.Annotation, error) {
	if len(n.Extra) == 0 {
		n.Extra = nil
		return n, nil
	}
	var compact bytes.Buffer
	var properties map[string]json.RawMessage
	if json.Unmarshal(n.Extra, &properties) != nil || json.Compact(&compact, n.Extra) != nil || compact.Len() > longestExtra {
		return n, refuse(ErrInvalid, "The further properties of an annotation are a JSON object of at most %d bytes.", longestExtra)
	}
	n.Extra = compact.Bytes()
	if len(properties) == 0 {
		n.Extra = nil
	}
	return n, nil
}

// checkAudience returns n with the audience of a reply, which is that of what it
// answers unless it is private; of others n has one.
func checkAudience(ctx context.Context, q querier, asker annotations.Asker, n annotations.Annotation) (annotations.Annotation, error) {
	if n.ReplyTo != "" && n.Visibility != annotations.Private {
		root, err := annotation(ctx, q, asker, n.Root)
		if err != nil {
			return n, err
		}
		if n.Visibility == "" {
			n.Visibility, n.Group = root.Visibility, root.Group
		}
		if n.Visibility != root.Visibility || n.Group != root.Group {
			return n, refuse(ErrInvalid, "A reply is for those who may read what it answers, or private.")
		}
	}
	if n.Visibility != annotations.Group {
		n.Group = ""
	}
	return n, nil
}

// replaceConcepts writes the concepts of an annotation in the place of those it
// has.
func replaceConcepts(ctx context.Context, tx *sql.Tx, n annotations.Annotation) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM annotation_concepts WHERE annotation = ?", n.ID); err != nil {
		return err
	}
	return insertConcepts(ctx, tx, n)
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

// DeleteAnnotation deletes an annotation; RestoreAnnotation brings it back. It
// returns the number of the write.
func (s *Store) DeleteAnnotation(ctx context.Context, asker annotations.Asker, id string) (number int64, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n, err := editable(ctx, tx, asker, id)
		if err != nil {
			return err
		}
		o, err := begin(ctx, tx, asker, deedDelete)
		if err != nil {
			return err
		}
		if err := setDeleted(ctx, tx, o, &n, true); err != nil {
			return err
		}
		number = n.Number
		return record(ctx, tx, asker, didDelete, id, "")
	})
	return number, because(err, "deleting an annotation")
}

// RestoreAnnotation brings a deleted annotation back, for whoever may delete
// it; one that is not deleted stays as it is.
func (s *Store) RestoreAnnotation(ctx context.Context, asker annotations.Asker, id string) (annotations.Annotation, error) {
	var n annotations.Annotation
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, deleted, err := anyAnnotation(ctx, tx, asker, id)
		if err == nil && deleted && !asker.MayEdit(found) {
			err = sql.ErrNoRows // whoever may not delete it cannot know that it was there
		}
		n = found
		if err != nil || !deleted {
			return orNotFound(err, "There is no annotation %q to restore.", id)
		}
		o, err := begin(ctx, tx, asker, deedRestore)
		if err != nil {
			return err
		}
		return setDeleted(ctx, tx, o, &n, false)
	})
	if err != nil {
		return annotations.Annotation{}, because(err, "restoring an annotation")
	}
	return n, nil
}

// anyAnnotation is annotation for those that are deleted, too; sql.ErrNoRows if
// there is none.
func anyAnnotation(ctx context.Context, q querier, asker annotations.Asker, id string) (n annotations.Annotation, deleted bool, err error) {
	visible, args := audienceIn(asker, "a")
	n, err = scanAnnotationAnd(q.QueryRowContext(ctx, "SELECT "+annotationColumns+", a.deleted <> 0 FROM "+annotationTables+
		" WHERE a.id = ? AND "+visible, append([]any{id}, args...)...), &deleted)
	return n, deleted, err
}

// setDeleted marks n as deleted, or as there. What was merged while it was
// deleted it has merged when it comes back.
func setDeleted(ctx context.Context, tx *sql.Tx, o operation, n *annotations.Annotation, deleted bool) (err error) {
	if err := inRound(ctx, tx, *n); err != nil {
		return err
	}
	if n.Number, err = touch(ctx, tx, n.Document, n.ID); err != nil {
		return err
	}
	at, deed := int64(0), deedRestore
	if deleted {
		at, deed = o.at, deedDelete
	} else if err := bringUpToDate(ctx, tx, n); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE annotations SET deleted = ?, number = ? WHERE id = ?", at, n.Number, n.ID); err != nil {
		return err
	}
	return remember(ctx, tx, o, deed, *n)
}

// bringUpToDate puts what concepts of n were merged into in their place.
func bringUpToDate(ctx context.Context, tx *sql.Tx, n *annotations.Annotation) error {
	current, err := currentConcepts(ctx, tx, n.Concepts)
	if err != nil || slices.Equal(current, n.Concepts) {
		return err
	}
	n.Concepts = current
	return replaceConcepts(ctx, tx, *n)
}
