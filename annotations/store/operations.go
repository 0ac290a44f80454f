package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"glossator/annotations"
)

// An Operation is what somebody did in one go, and can take back in one go.
type Operation struct {
	ID     string
	At     int64  // milliseconds UTC
	What   string // "create", "update", "delete", "restore", or a sentence for many at once
	Undone int64  // when it was taken back, 0 while it holds
	Count  int    // annotations that it touched, of those the asker may read
}

// operation is one that is going on.
type operation struct {
	id    string
	who   string // User.ID
	at    int64  // milliseconds UTC
	asker annotations.Asker
}

// operate writes in a transaction what belongs to one operation of somebody
// who is signed in.
func (s *Store) operate(ctx context.Context, asker annotations.Asker, what string, f func(context.Context, *sql.Tx, operation) error) error {
	if !asker.SignedIn() {
		return refuse(ErrForbidden, "Sign in to annotate.")
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		o, err := begin(ctx, tx, asker, what)
		if err != nil {
			return err
		}
		return f(ctx, tx, o)
	})
}

// begin begins an operation.
func begin(ctx context.Context, tx *sql.Tx, asker annotations.Asker, what string) (operation, error) {
	at, err := nextTime(ctx, tx, asker)
	if err != nil {
		return operation{}, err
	}
	o := operation{newID(), asker.User, at, asker}
	_, err = tx.ExecContext(ctx, "INSERT INTO operations (id, who, at, what, undone) VALUES (?, ?, ?, ?, 0)", o.id, o.who, o.at, what)
	return o, err
}

// nextTime returns now, or the millisecond after what the asker did or undid
// last where the clock has been set back: what is undone next goes by these times.
func nextTime(ctx context.Context, tx *sql.Tx, asker annotations.Asker) (at int64, err error) {
	err = tx.QueryRowContext(ctx, `
		SELECT MAX(?, 1 + COALESCE(MAX(MAX(at, undone)), 0))
		FROM (SELECT at, undone FROM operations WHERE who = ? ORDER BY at DESC LIMIT 100)`, now(), asker.User).Scan(&at)
	return at, err
}

// forget removes an operation in which nothing was done.
func (o operation) forget(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM operations WHERE id = ?", o.id)
	return err
}

// selectOperations returns the query for the operations o that a condition
// selects, with how many annotations of each the asker may read, and its
// arguments.
func selectOperations(asker annotations.Asker, condition string, args ...any) (query string, all []any) {
	visible, all := audienceIn(asker, "h")
	return `SELECT o.id, o.at, o.what, o.undone,
			(SELECT COUNT(DISTINCT h.annotation) FROM history h WHERE h.operation = o.id AND ` + visible + `)
		FROM operations o WHERE ` + condition, append(all, args...)
}

func scanOperation(row scanner) (o Operation, err error) {
	err = row.Scan(&o.ID, &o.At, &o.What, &o.Undone, &o.Count)
	return o, err
}

// Operations returns what the asker has done, the last first; at most limit.
func (s *Store) Operations(ctx context.Context, asker annotations.Asker, limit int) ([]Operation, error) {
	query, args := selectOperations(asker, `o.who = ? ORDER BY o.at DESC,
		(SELECT MIN(h.number) FROM history h WHERE h.operation = o.id) DESC LIMIT ?`, asker.User, limit)
	all, err := list(ctx, s.reader, scanOperation, query, args...)
	return all, because(err, "listing operations")
}

// Reverted is what came of undoing or redoing an operation.
type Reverted struct {
	Operation Operation
	Changed   []string // ids of the annotations that are as they were
	Kept      []string // ids of those left alone: they were changed since
}

// Undo puts every annotation that an operation of the asker's touched back to
// what it was before. Those that are not as the operation left them stay. It
// fails with ErrConflict if that is all of them, or if the operation is undone.
func (s *Store) Undo(ctx context.Context, asker annotations.Asker, id string) (Reverted, error) {
	r, err := s.revert(ctx, asker, id, true)
	return r, because(err, "undoing an operation")
}

// Redo does again what Undo has undone, by the same rules.
func (s *Store) Redo(ctx context.Context, asker annotations.Asker, id string) (Reverted, error) {
	r, err := s.revert(ctx, asker, id, false)
	return r, because(err, "redoing an operation")
}

func (s *Store) revert(ctx context.Context, asker annotations.Asker, id string, undo bool) (r Reverted, err error) {
	r.Changed, r.Kept = []string{}, []string{}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		query, args := selectOperations(asker, "o.id = ? AND o.who = ?", id, asker.User)
		r.Operation, err = scanOperation(tx.QueryRowContext(ctx, query, args...))
		if err != nil {
			return orNotFound(err, "There is no operation %q of yours.", id)
		}
		if undo != (r.Operation.Undone == 0) {
			return refuse(ErrConflict, "That is undone already, or there is nothing to redo.")
		}
		at, err := nextTime(ctx, tx, asker)
		if err != nil {
			return err
		}
		o := operation{id, asker.User, at, asker}
		turns, err := turnsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(turns) > 0 {
			err = (&revision{store: s, tx: tx, asker: asker, operation: o}).revert(ctx, turns, undo, &r)
		} else {
			err = s.revertAll(ctx, tx, asker, o, undo, &r)
		}
		if err != nil {
			return err
		}
		if r.Operation.Undone = 0; undo {
			r.Operation.Undone = o.at
		}
		_, err = tx.ExecContext(ctx, "UPDATE operations SET undone = ? WHERE id = ?", r.Operation.Undone, id)
		return err
	})
	return r, err
}

func (s *Store) revertAll(ctx context.Context, tx *sql.Tx, asker annotations.Asker, o operation, undo bool, r *Reverted) error {
	ids, err := list(ctx, tx, scanText, "SELECT h.annotation FROM history h WHERE h.operation = ? GROUP BY h.annotation ORDER BY MIN(h.number) DESC", o.id)
	if err != nil {
		return err
	}
	if !undo {
		slices.Reverse(ids)
	}
	for _, id := range ids {
		done, err := s.revertOne(ctx, tx, asker, o, id, undo)
		if err != nil {
			return err
		}
		if done {
			r.Changed = append(r.Changed, id)
		} else {
			r.Kept = append(r.Kept, id)
		}
	}
	if len(r.Changed) == 0 {
		return refuse(ErrConflict, "What was done there has been changed since; it stays as it is.")
	}
	return recordRemoved(ctx, tx, asker, o.id, r.Changed)
}

// recordRemoved writes into the audit log how many of these annotations are deleted
// now, after an operation was taken back or done again.
func recordRemoved(ctx context.Context, tx *sql.Tx, asker annotations.Asker, operation string, ids []string) error {
	removed := 0
	for chunk := range slices.Chunk(ids, 500) {
		var n int
		err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM annotations WHERE deleted <> 0 AND id IN ("+holders(len(chunk))+")", anys(chunk)...).Scan(&n)
		if err != nil {
			return err
		}
		removed += n
	}
	if removed == 0 {
		return nil
	}
	return record(ctx, tx, asker, didDelete, operation, fmt.Sprintf("%d in an operation that was undone or done again", removed))
}

// revertOne puts an annotation to what it was before an operation, or after it.
// It reports false if it is not what it was after, or before it, or is no longer
// for the asker to change.
func (s *Store) revertOne(ctx context.Context, tx *sql.Tx, asker annotations.Asker, o operation, id string, undo bool) (bool, error) {
	before, after, err := beforeAndAfter(ctx, tx, o.id, id)
	if err != nil {
		return false, err
	}
	for _, state := range []*state{&before, &after} {
		if state.annotation.Concepts, err = currentConcepts(ctx, tx, state.annotation.Concepts); err != nil {
			return false, err
		}
	}
	from, to := after, before
	if !undo {
		from, to = before, after
	}
	n, deleted, err := anyAnnotation(ctx, tx, asker, id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !asker.MayEdit(n) || !(state{n, deleted}).equal(from) {
		return false, nil
	}
	if !to.deleted && n.Audience() != to.annotation.Audience() {
		err := mayMove(asker, n, to.annotation.Visibility, to.annotation.Group)
		if errors.Is(err, ErrForbidden) || errors.Is(err, ErrInvalid) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	onlyBack := from.deleted && (state{from.annotation, false}).equal(to)
	if wanted := to.annotation; !to.deleted && !onlyBack && !(state{n, false}).equal(to) {
		err := s.rewrite(ctx, tx, o, n, &wanted)
		if errors.Is(err, ErrConflict) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		n = wanted
	}
	if to.deleted == deleted {
		return true, nil
	}
	return true, setDeleted(ctx, tx, o, &n, to.deleted)
}

// A state is what an annotation is at one time.
type state struct {
	annotation annotations.Annotation
	deleted    bool
}

// equal reports whether two states are the same but for their numbers and
// times; deleted ones are.
func (a state) equal(b state) bool {
	n, m := a.annotation, b.annotation
	return a.deleted && b.deleted || a.deleted == b.deleted &&
		slices.Equal(n.Concepts, m.Concepts) && sameStretches(n, m) && n.Note == m.Note && n.Absent == m.Absent &&
		n.Audience() == m.Audience() && bytes.Equal(n.Extra, m.Extra)
}

// beforeAndAfter returns what an annotation was before an operation and after it.
// Before it was made it counts as deleted.
func beforeAndAfter(ctx context.Context, tx *sql.Tx, operation, annotation string) (before, after state, err error) {
	events, err := list(ctx, tx, scanEvent, selectEvents+`h.annotation = ? AND h.number <= (
			SELECT MIN(f.number) FROM history f WHERE f.operation = ? AND f.annotation = ?)
		ORDER BY h.number DESC LIMIT 2`, annotation, operation, annotation)
	if err != nil || len(events) == 0 {
		return before, after, err
	}
	after = state{events[0].Annotation, events[0].Deed == deedDelete}
	before = state{after.annotation, true}
	if len(events) == 2 {
		before = state{events[1].Annotation, events[1].Deed == deedDelete}
	}
	return before, after, nil
}
