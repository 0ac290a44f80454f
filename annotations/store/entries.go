package store

import (
	"context"
	"crypto/rand"
	"database/sql"

	"glossator/annotations"
)

// longestEntry is how long a link to an account may be good, in days.
const longestEntry = 90

// An Entry is a link, good once, that makes an account or gives one a new
// password. The token itself is known only to whoever has the link: the store
// keeps its SHA-256.
type Entry struct {
	ID      string `json:"id"`
	Name    string `json:"name"`    // of the account whose password it sets, "" if it makes an account
	Role    string `json:"role"`    // of the account it makes, "" if it sets a password
	Creator string `json:"creator"` // User.Name, "" for the command line
	Created int64  `json:"created"` // milliseconds UTC
	Expires int64  `json:"expires"`
}

const selectEntry = `
	SELECT e.id, COALESCE(o.name, ''), e.role, COALESCE(c.name, ''), e.created, e.expires
	FROM entries e LEFT JOIN users o ON o.id = e.owner LEFT JOIN users c ON c.id = e.creator
	WHERE e.used = 0 AND e.revoked = 0 AND e.expires > ? `

func scanEntry(row scanner) (e Entry, err error) {
	err = row.Scan(&e.ID, &e.Name, &e.Role, &e.Creator, &e.Created, &e.Expires)
	return e, err
}

// InvitePerson makes a link that makes an account with a role. The token in the link
// is told this once; a letter tells the link to an address, unless that is "", with
// a token of its own.
func (s *Store) InvitePerson(ctx context.Context, asker annotations.Asker, role string, days int, to string) (Entry, string, error) {
	if err := siteRole(role); err != nil {
		return Entry{}, "", err
	}
	if to != "" {
		if err := CheckMail(to); err != nil {
			return Entry{}, "", err
		}
	}
	return s.makeEntry(ctx, asker, "", role, days, to)
}

// ResetLink makes a link by which an account gets a new password, in place of
// any before it. The token in the link is told this once. The password it has
// stays good until the link is used; passkeys stay good after that, too: whoever
// lost a password has not lost them. An account that somebody else got into is
// disabled first.
func (s *Store) ResetLink(ctx context.Context, asker annotations.Asker, user string, days int) (Entry, string, error) {
	return s.makeEntry(ctx, asker, user, "", days, "")
}

func (s *Store) makeEntry(ctx context.Context, asker annotations.Asker, user, role string, days int, to string) (e Entry, token string, err error) {
	if err := manages(asker); err != nil {
		return Entry{}, "", err
	}
	if days < 1 || days > longestEntry {
		return Entry{}, "", refuse(ErrInvalid, "Such a link is good for 1 to %d days.", longestEntry)
	}
	id, at := newID(), now()
	token = rand.Text()
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		deed, subject, detail := didInvitePerson, id, role
		if user != "" {
			deed, subject, detail = didMakeReset, user, ""
			known, err := exists(ctx, tx, "SELECT 1 FROM users WHERE id = ?", user)
			if err != nil {
				return err
			}
			if !known {
				return refuse(ErrNotFound, "There is no account %q.", user)
			}
			if _, err := tx.ExecContext(ctx, "UPDATE entries SET revoked = ? WHERE owner = ? AND revoked = 0", at, user); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO entries (id, hash, owner, role, creator, created, expires, used, revoked) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)",
			id, hash(token), user, role, asker.User, at, after(at, days))
		if err != nil {
			return err
		}
		if e, err = scanEntry(tx.QueryRowContext(ctx, selectEntry+"AND e.id = ?", at, id)); err != nil {
			return err
		}
		if to != "" {
			if err := insertLetter(ctx, tx, Letter{Kind: LetterInvitation, entry: id, mail: to, asked: asker.Address}); err != nil {
				return err
			}
		}
		return record(ctx, tx, asker, deed, subject, detail)
	})
	if err != nil {
		return Entry{}, "", because(err, "making a link to an account")
	}
	return e, token, nil
}

// Entries returns the links to accounts that are good, newest first.
func (s *Store) Entries(ctx context.Context, asker annotations.Asker) ([]Entry, error) {
	if err := manages(asker); err != nil {
		return nil, err
	}
	entries, err := list(ctx, s.reader, scanEntry, selectEntry+"ORDER BY e.created DESC, e.id", now())
	return entries, because(err, "listing links to accounts")
}

// RevokeEntry ends a link to an account; ErrNotFound if it is not good.
func (s *Store) RevokeEntry(ctx context.Context, asker annotations.Asker, id string) error {
	if err := manages(asker); err != nil {
		return err
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE entries SET revoked = ? WHERE id = ? AND used = 0 AND revoked = 0", now(), id)
		if err != nil {
			return err
		}
		if err := oneRow(result, refuse(ErrNotFound, "There is no link %q that is good.", id)); err != nil {
			return err
		}
		return record(ctx, tx, asker, didRevokeEntry, id, "")
	})
	return because(err, "revoking a link to an account")
}

// Entry returns what the token of a link to an account leads to. ErrNotFound
// does not tell an unknown token from one that was used, revoked or has expired.
func (s *Store) Entry(ctx context.Context, token string) (Entry, error) {
	e, err := entryOf(ctx, s.reader, token)
	return e, because(err, "opening a link to an account")
}

func entryOf(ctx context.Context, q querier, token string) (Entry, error) {
	e, err := scanEntry(q.QueryRowContext(ctx, selectEntry+"AND (e.hash = ? OR e.mailed = ?)", now(), hash(token), hash(token)))
	if err != nil {
		return Entry{}, orNotFound(err, "This link is not good: it is incomplete, has expired, was used or revoked. Ask for another.")
	}
	return e, nil
}

// Invitation returns what the token of a link that makes an account leads to.
// ErrNotFound is as Entry has it; ErrInvalid if the link is for a new password.
func (s *Store) Invitation(ctx context.Context, token string) (Entry, error) {
	e, err := invitationOf(ctx, s.reader, token)
	return e, because(err, "opening an invitation")
}

func invitationOf(ctx context.Context, q querier, token string) (Entry, error) {
	e, err := entryOf(ctx, q, token)
	if err == nil && e.Role == "" {
		err = refuse(ErrInvalid, "This link chooses a new password; it makes no account.")
	}
	return e, err
}

// useUp notes that a link has done what it is for.
func useUp(ctx context.Context, tx *sql.Tx, e Entry) error {
	_, err := tx.ExecContext(ctx, "UPDATE entries SET used = ? WHERE id = ?", now(), e.ID)
	return err
}

// Enter uses the token of a link up: it makes the account of that name, or gives
// the one it is for the password, which ends its sessions; then name does not
// count. ErrNotFound is as Entry has it.
func (s *Store) Enter(ctx context.Context, token, name, password, address string) (annotations.User, error) {
	e, err := s.Entry(ctx, token)
	if err != nil {
		return annotations.User{}, err
	}
	user, phc := annotations.User{}, ""
	if e.Role != "" {
		user, phc, err = s.newUser(ctx, name, password, e.Role)
	} else {
		phc, err = s.hashPassword(ctx, password)
	}
	if err != nil {
		return annotations.User{}, err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := entryOf(ctx, tx, token); err != nil { // somebody may have been quicker
			return err
		}
		if err := useUp(ctx, tx, e); err != nil {
			return err
		}
		var owner string
		if err := tx.QueryRowContext(ctx, "SELECT owner FROM entries WHERE id = ?", e.ID).Scan(&owner); err != nil {
			return err
		}
		if owner == "" {
			if err := insertUser(ctx, tx, user, phc); err != nil {
				return err
			}
			return record(ctx, tx, annotations.Asker{User: user.ID, Address: address}, didMakeAccount, user.ID, user.Role+", by the invitation "+e.ID)
		}
		if user, err = scanUser(tx.QueryRowContext(ctx, selectUser+"WHERE id = ?", owner)); err != nil {
			return err
		}
		return putPassword(ctx, tx, annotations.Asker{User: owner, Address: address}, owner, phc)
	})
	if err != nil {
		return annotations.User{}, because(err, "using a link to an account")
	}
	return user, nil
}
