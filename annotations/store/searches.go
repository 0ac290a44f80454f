package store

import (
	"context"
	"database/sql"
	"strings"
	"unicode/utf8"

	"glossator/annotations"
)

// Bounds of a saved search, in code points.
const (
	longestSearchName  = 200
	longestDescription = 2000
	longestAddress     = 20000
)

const selectSearch = "SELECT s.id, s.name, s.description, s.address, s.owner, s.created, s.modified, s.seen FROM searches s "

func scanSearch(row scanner) (s annotations.SavedSearch, err error) {
	err = row.Scan(&s.ID, &s.Name, &s.Description, &s.Address, &s.Owner, &s.Created, &s.Modified, &s.Seen)
	return s, err
}

// SavedSearches returns the asker's saved searches, newest first; none for a
// stranger.
func (s *Store) SavedSearches(ctx context.Context, asker annotations.Asker) ([]annotations.SavedSearch, error) {
	searches, err := list(ctx, s.reader, scanSearch, selectSearch+"WHERE s.owner = ? ORDER BY s.created DESC, s.id", asker.User)
	return searches, because(err, "listing saved searches")
}

// SavedSearch returns one of the asker's saved searches; ErrNotFound if it is
// not theirs.
func (s *Store) SavedSearch(ctx context.Context, asker annotations.Asker, id string) (annotations.SavedSearch, error) {
	search, err := savedSearch(ctx, s.reader, asker, id)
	return search, because(err, "reading a saved search")
}

func savedSearch(ctx context.Context, q querier, asker annotations.Asker, id string) (annotations.SavedSearch, error) {
	search, err := scanSearch(q.QueryRowContext(ctx, selectSearch+"WHERE s.id = ?", id))
	if err == nil && !asker.MayChange(search) {
		err = sql.ErrNoRows
	}
	if err != nil {
		return annotations.SavedSearch{}, orNotFound(err, "There is no saved search %q among yours.", id)
	}
	return search, nil
}

// CreateSavedSearch saves a search of the asker's. It is new from now on: what
// is found already is not news.
func (s *Store) CreateSavedSearch(ctx context.Context, asker annotations.Asker, name, description, address string) (annotations.SavedSearch, error) {
	if !asker.SignedIn() {
		return annotations.SavedSearch{}, refuse(ErrForbidden, "Sign in to save a search.")
	}
	search := annotations.SavedSearch{ID: newID(), Owner: asker.User, Created: now()}
	if err := describe(&search, name, description, address); err != nil {
		return annotations.SavedSearch{}, err
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if search.Seen, err = mark(ctx, tx); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO searches (id, name, description, address, owner, created, modified, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			search.ID, search.Name, search.Description, search.Address, search.Owner, search.Created, search.Modified, search.Seen)
		return err
	})
	if err != nil {
		return annotations.SavedSearch{}, because(err, "saving a search")
	}
	return search, nil
}

// describe sets what people may change of a saved search.
func describe(search *annotations.SavedSearch, name, description, address string) error {
	name, description = strings.TrimSpace(name), strings.TrimSpace(description)
	switch {
	case name == "" || utf8.RuneCountInString(name) > longestSearchName:
		return refuse(ErrInvalid, "The name of a saved search has 1 to %d characters.", longestSearchName)
	case utf8.RuneCountInString(description) > longestDescription:
		return refuse(ErrInvalid, "The description of a saved search has at most %d characters.", longestDescription)
	case utf8.RuneCountInString(address) > longestAddress:
		return refuse(ErrInvalid, "The address of a saved search has at most %d characters.", longestAddress)
	}
	search.Name, search.Description, search.Address = name, description, strings.TrimPrefix(address, "?")
	search.Modified = now()
	return nil
}

// UpdateSavedSearch changes one of the asker's saved searches. One that gets
// another address is as if it were new: what it has found is forgotten.
func (s *Store) UpdateSavedSearch(ctx context.Context, asker annotations.Asker, id, name, description, address string) (annotations.SavedSearch, error) {
	var search annotations.SavedSearch
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if search, err = savedSearch(ctx, tx, asker, id); err != nil {
			return err
		}
		before := search.Address
		if err := describe(&search, name, description, address); err != nil {
			return err
		}
		if search.Address != before {
			if search.Seen, err = mark(ctx, tx); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM sightings WHERE search = ?", id); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "UPDATE searches SET name = ?, description = ?, address = ?, modified = ?, seen = ? WHERE id = ?",
			search.Name, search.Description, search.Address, search.Modified, search.Seen, id)
		return err
	})
	if err != nil {
		return annotations.SavedSearch{}, because(err, "changing a saved search")
	}
	return search, nil
}

// DeleteSavedSearch deletes one of the asker's saved searches, its shares and
// what it has found.
func (s *Store) DeleteSavedSearch(ctx context.Context, asker annotations.Asker, id string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := savedSearch(ctx, tx, asker, id); err != nil {
			return err
		}
		for _, statement := range []string{
			"DELETE FROM sightings WHERE search = ?", "DELETE FROM shares WHERE search = ?", "DELETE FROM searches WHERE id = ?",
		} {
			if _, err := tx.ExecContext(ctx, statement, id); err != nil {
				return err
			}
		}
		return record(ctx, tx, asker, didDeleteSearch, id, "")
	})
	return because(err, "deleting a saved search")
}
