package store

import (
	"context"
	"database/sql"
	"slices"

	"glossator/annotations"
	"glossator/index"
)

// Rejections returns the passages that the asker has said do not belong to a
// concept, the last first; none for a stranger.
func (s *Store) Rejections(ctx context.Context, asker annotations.Asker, concept string) ([]PassageKey, error) {
	rejected, err := list(ctx, s.reader, func(row scanner) (key PassageKey, err error) {
		err = row.Scan(&key.Version, &key.Provision)
		return key, err
	}, "SELECT version, passage FROM rejections WHERE who = ? AND concept = ? ORDER BY at DESC, version, passage", asker.User, concept)
	return rejected, because(err, "reading rejections")
}

// Reject remembers that a passage does not belong to a concept, for the asker
// alone; again does nothing. ErrNotFound if there is no such concept or passage.
func (s *Store) Reject(ctx context.Context, asker annotations.Asker, conceptID string, passage PassageKey) error {
	if !asker.SignedIn() {
		return refuse(ErrForbidden, "Sign in to reject a suggestion.")
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := concept(ctx, tx, asker, conceptID); err != nil {
			return err
		}
		known, err := exists(ctx, tx, "SELECT 1 FROM versions WHERE id = ?", passage.Version)
		if err != nil {
			return err
		}
		if known {
			cached, err := s.cachedVersion(ctx, tx, passage.Version)
			if err != nil {
				return err
			}
			known = slices.ContainsFunc(cached.passages(), func(p index.Passage) bool { return p.Provision == passage.Provision })
		}
		if !known {
			return refuse(ErrNotFound, "There is no passage %q in a version %q.", passage.Provision, passage.Version)
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO rejections (who, concept, version, passage, at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (who, concept, version, passage) DO NOTHING`,
			asker.User, conceptID, passage.Version, passage.Provision, now())
		return err
	})
	return because(err, "rejecting a suggestion")
}

// Reconsider takes back what Reject did, if it did.
func (s *Store) Reconsider(ctx context.Context, asker annotations.Asker, concept string, passage PassageKey) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM rejections WHERE who = ? AND concept = ? AND version = ? AND passage = ?",
			asker.User, concept, passage.Version, passage.Provision)
		return err
	})
	return because(err, "taking a rejection back")
}
