package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"glossator/annotations"
)

// WatchedSearches returns the saved searches that have a link which is good,
// whoever owns them.
func (s *Store) WatchedSearches(ctx context.Context) ([]annotations.SavedSearch, error) {
	searches, err := list(ctx, s.reader, scanSearch,
		selectSearch+"WHERE EXISTS (SELECT 1 FROM shares h WHERE h.search = s.id AND h.revoked = 0 AND (h.expires = 0 OR h.expires > ?)) ORDER BY s.id", now())
	return searches, because(err, "listing watched searches")
}

// Sight records what a saved search, at this address, has found in what was
// written up to the number seen, and that it has looked so far, in one
// transaction. A passage that it has found before is left as it was. Nothing
// is recorded if the search has been deleted, changed or has looked as far
// meanwhile.
func (s *Store) Sight(ctx context.Context, search annotations.SavedSearch, seen int64, found []annotations.Sighting) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE searches SET seen = ? WHERE id = ? AND address = ? AND seen = ?",
			seen, search.ID, search.Address, search.Seen)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err
		}
		at := now()
		for _, f := range found {
			_, err := tx.ExecContext(ctx, `
				INSERT INTO sightings (search, document, version, provision, number, seen) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT (search, document, version, provision) DO NOTHING`,
				search.ID, f.Document, f.Version, f.Provision, f.Number, at)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return because(err, "recording what a saved search has found")
}

// Sightings returns what a saved search has found since it was saved, the
// newest first, at most limit.
func (s *Store) Sightings(ctx context.Context, search string, limit int) ([]annotations.Sighting, error) {
	sightings, err := list(ctx, s.reader, func(row scanner) (f annotations.Sighting, err error) {
		err = row.Scan(&f.Search, &f.Document, &f.Version, &f.Provision, &f.Number, &f.Seen)
		return f, err
	}, `
		SELECT search, document, version, provision, number, seen FROM sightings
		WHERE search = ? ORDER BY seen DESC, number DESC, document, version, provision LIMIT ?`, search, limit)
	return sightings, because(err, "listing what a saved search has found")
}

// Numbers are those of the writes that made a passage what it is: 0 where
// there was none.
type Numbers struct {
	Text        int64 // that brought its version
	Metadata    int64 // that last changed the metadata of its document
	Annotations int64 // that last changed an annotation on it which the asker may read, or its labels
}

// Numbers returns the numbers of passages, as far as they are not above last;
// passages of versions that do not exist are left out.
func (s *Store) Numbers(ctx context.Context, asker annotations.Asker, passages []PassageKey, last int64) (map[PassageKey]Numbers, error) {
	found := make(map[PassageKey]Numbers, len(passages))
	err := s.read(ctx, func(tx *sql.Tx) error {
		for version, keys := range byVersion(passages) {
			var n Numbers
			err := tx.QueryRowContext(ctx, `
				SELECT v.number, CASE WHEN d.number <= ? THEN d.number ELSE 0 END
				FROM versions v JOIN documents d ON d.id = v.document WHERE v.id = ?`, last, version).Scan(&n.Text, &n.Metadata)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			for _, key := range keys {
				found[key] = n
			}
			if err := annotationNumbers(ctx, tx, asker, found, version, keys, last); err != nil {
				return err
			}
		}
		return nil
	})
	return found, because(err, "reading the numbers of passages")
}

// annotationNumbers fills in Numbers.Annotations of passages of a version.
func annotationNumbers(ctx context.Context, q querier, asker annotations.Asker, found map[PassageKey]Numbers, version string, keys []PassageKey, last int64) error {
	visible, audiences := mayRead(asker)
	for some := range slices.Chunk(keys, 500) {
		args := append([]any{last, version}, audiences...)
		for _, key := range some {
			args = append(args, key.Provision)
		}
		_, err := list(ctx, q, func(row scanner) (key PassageKey, err error) {
			var number int64
			key.Version = version
			err = row.Scan(&key.Provision, &number)
			n := found[key]
			n.Annotations = number
			found[key] = n
			return key, err
		}, `SELECT r.passage, MAX(c.number)
			FROM reaches r JOIN annotations a ON a.root = r.annotation JOIN changes c ON c.annotation = a.id AND c.number <= ?
			WHERE r.version = ? AND `+visible+" AND r.passage IN ("+holders(len(some))+") GROUP BY r.passage", args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// byVersion groups passages by version.
func byVersion(passages []PassageKey) map[string][]PassageKey {
	versions := map[string][]PassageKey{}
	for _, p := range passages {
		versions[p.Version] = append(versions[p.Version], p)
	}
	return versions
}
