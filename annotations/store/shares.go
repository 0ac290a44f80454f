package store

import (
	"context"
	"crypto/rand"
	"database/sql"

	"glossator/annotations"
)

// longestShare is how long a link may be good, in days.
const longestShare = 3650

// CreateShare makes a link to one of the asker's saved searches that is good for
// some days, 0 for as long as it is not revoked. The token in the link is told
// this once; the store keeps its SHA-256.
func (s *Store) CreateShare(ctx context.Context, asker annotations.Asker, search string, days int) (share annotations.Share, token string, err error) {
	if days < 0 || days > longestShare {
		return annotations.Share{}, "", refuse(ErrInvalid, "A link is good for 1 to %d days, or 0 for no end.", longestShare)
	}
	share, token = annotations.Share{ID: newID(), Search: search, Created: now()}, rand.Text()
	share.Expires = after(share.Created, days)
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := savedSearch(ctx, tx, asker, search); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO shares (id, search, hash, created, expires, revoked) VALUES (?, ?, ?, ?, ?, 0)",
			share.ID, share.Search, hash(token), share.Created, share.Expires)
		if err != nil {
			return err
		}
		return record(ctx, tx, asker, didShare, share.ID, "to the saved search "+search)
	})
	if err != nil {
		return annotations.Share{}, "", because(err, "sharing a saved search")
	}
	return share, token, nil
}

// Shares returns the links to one of the asker's saved searches, oldest first.
func (s *Store) Shares(ctx context.Context, asker annotations.Asker, search string) ([]annotations.Share, error) {
	if _, err := s.SavedSearch(ctx, asker, search); err != nil {
		return nil, err
	}
	shares, err := list(ctx, s.reader, func(row scanner) (share annotations.Share, err error) {
		err = row.Scan(&share.ID, &share.Search, &share.Created, &share.Expires, &share.Revoked)
		return share, err
	}, "SELECT id, search, created, expires, revoked FROM shares WHERE search = ? ORDER BY created, id", search)
	return shares, because(err, "listing links")
}

// RevokeShare ends a link to one of the asker's saved searches; nothing
// happens if it has ended already.
func (s *Store) RevokeShare(ctx context.Context, asker annotations.Asker, search, share string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := savedSearch(ctx, tx, asker, search); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx,
			"UPDATE shares SET revoked = CASE WHEN revoked = 0 THEN ? ELSE revoked END WHERE id = ? AND search = ?", now(), share, search)
		if err != nil {
			return err
		}
		if err := oneRow(result, refuse(ErrNotFound, "The saved search has no link %q.", share)); err != nil {
			return err
		}
		return record(ctx, tx, asker, didUnshare, share, "to the saved search "+search)
	})
	return because(err, "revoking a link")
}

// SharedSearch returns the saved search behind the token of a link, and the
// name of its owner; ErrNotFound if the link is unknown,
// revoked or has expired.
func (s *Store) SharedSearch(ctx context.Context, token string) (search annotations.SavedSearch, owner string, err error) {
	err = s.reader.QueryRowContext(ctx, `
		SELECT s.id, s.name, s.description, s.address, s.owner, s.created, s.modified, s.seen, u.name
		FROM shares h JOIN searches s ON s.id = h.search JOIN users u ON u.id = s.owner
		WHERE h.hash = ? AND h.revoked = 0 AND (h.expires = 0 OR h.expires > ?)`, hash(token), now()).
		Scan(&search.ID, &search.Name, &search.Description, &search.Address, &search.Owner, &search.Created, &search.Modified, &search.Seen, &owner)
	if err != nil {
		return annotations.SavedSearch{}, "", because(orNotFound(err, "This link is not good: it is incomplete, has expired, or its owner has revoked it."), "opening a link")
	}
	return search, owner, nil
}
