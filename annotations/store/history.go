package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"glossator/annotations"
)

// An Event is something that was done to an annotation.
type Event struct {
	Number     int64                  // of the write
	Deed       string                 // "create", "update", "delete", "restore" or "import"
	Who        string                 // User.ID
	At         int64                  // milliseconds UTC
	Annotation annotations.Annotation // after it
}

// remember writes who did what to an annotation.
func remember(ctx context.Context, tx *sql.Tx, asker annotations.Asker, deed string, n annotations.Annotation) error {
	content, err := json.Marshal(n)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO history (number, annotation, deed, who, at, audience, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
		n.Number, n.ID, deed, asker.User, now(), n.Audience(), string(content))
	return err
}

// History returns what was done to an annotation that the asker may read,
// oldest first: of the time when it was private, only to its creator.
func (s *Store) History(ctx context.Context, asker annotations.Asker, id string) ([]Event, error) {
	if _, err := s.Annotation(ctx, asker, id); err != nil {
		return nil, err
	}
	visible, args := audienceIn(asker, "h")
	events, err := list(ctx, s.reader, func(row scanner) (e Event, err error) {
		var content []byte
		if err := row.Scan(&e.Number, &e.Deed, &e.Who, &e.At, &content); err != nil {
			return e, err
		}
		return e, json.Unmarshal(content, &e.Annotation)
	}, "SELECT h.number, h.deed, h.who, h.at, h.content FROM history h WHERE h.annotation = ? AND "+visible+" ORDER BY h.number",
		append([]any{id}, args...)...)
	return events, because(err, "reading the history of an annotation")
}
