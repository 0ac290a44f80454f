package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"glossator/annotations"
)

// remember writes who did what to an annotation. Nothing reads it yet, but what
// is not written down when it happens cannot be told later.
func remember(ctx context.Context, tx *sql.Tx, asker annotations.Asker, deed string, n annotations.Annotation) error {
	content, err := json.Marshal(n)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO history (number, annotation, deed, who, at, audience, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
		n.Number, n.ID, deed, asker.User, now(), n.Audience(), string(content))
	return err
}
