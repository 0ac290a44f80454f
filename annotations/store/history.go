package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"glossator/annotations"
)

// Deeds of the history of an annotation.
const (
	deedCreate  = "create"
	deedUpdate  = "update"
	deedDelete  = "delete"
	deedRestore = "restore"
)

// An Event is something that was done to an annotation.
type Event struct {
	Number     int64
	Deed       string // "create", "update", "delete" or "restore"
	Who        string // User.ID
	At         int64  // milliseconds UTC
	Operation  string // "" for those from before there were any
	Annotation annotations.Annotation
}

func scanEvent(row scanner) (e Event, err error) {
	var content string
	if err := row.Scan(&e.Number, &e.Deed, &e.Who, &e.At, &e.Operation, &content); err != nil {
		return e, err
	}
	err = json.Unmarshal([]byte(content), &e.Annotation)
	if e.Annotation.Root == "" {
		e.Annotation.Root = e.Annotation.ID
	}
	return e, err
}

const selectEvents = "SELECT h.number, h.deed, h.who, h.at, h.operation, h.content FROM history h WHERE "

// remember writes who did what to an annotation.
func remember(ctx context.Context, tx *sql.Tx, o operation, deed string, n annotations.Annotation) error {
	content, err := json.Marshal(n)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO history (number, annotation, deed, who, at, operation, audience, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		n.Number, n.ID, deed, o.who, o.at, o.id, n.Audience(), string(content))
	return err
}

// History returns what was done to an annotation that the asker may read, or
// may bring back, the first deed first. What was done while it was not for the
// asker to read is left out.
func (s *Store) History(ctx context.Context, asker annotations.Asker, id string) ([]Event, error) {
	n, deleted, err := anyAnnotation(ctx, s.reader, asker, id)
	if err == nil && deleted && !asker.MayEdit(n) {
		err = sql.ErrNoRows
	}
	if err != nil {
		return nil, because(orNotFound(err, "There is no annotation %q that you may read.", id), "reading a history")
	}
	visible, args := audienceIn(asker, "h")
	events, err := list(ctx, s.reader, scanEvent, selectEvents+"h.annotation = ? AND "+visible+" ORDER BY h.number", append([]any{id}, args...)...)
	return events, because(err, "reading a history")
}

// KeptDeleted is how long Trash lists what was deleted.
const KeptDeleted = 30 * 24 * time.Hour

// Trash returns the annotations deleted within KeptDeleted that the asker may
// bring back, the last deleted first; at most limit.
func (s *Store) Trash(ctx context.Context, asker annotations.Asker, limit int) ([]Event, error) {
	visible, args := mayEdit(asker)
	events, err := list(ctx, s.reader, scanEvent, selectEvents+`h.number IN (
			SELECT a.number FROM annotations a WHERE a.deleted > ? AND `+visible+`
			ORDER BY a.deleted DESC, a.number DESC LIMIT ?)
		ORDER BY h.number DESC`, append(append([]any{now() - KeptDeleted.Milliseconds()}, args...), limit)...)
	return events, because(err, "listing what was deleted")
}

// OperationOf returns the id of the operation to which the write of an
// annotation with this number belongs, "" if there is none.
func (s *Store) OperationOf(ctx context.Context, number int64) (string, error) {
	found, err := list(ctx, s.reader, scanText, "SELECT operation FROM history WHERE number = ?", number)
	if err != nil || len(found) == 0 {
		return "", because(err, "looking for an operation")
	}
	return found[0], nil
}
