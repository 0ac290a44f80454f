package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"strings"
	"time"

	"glossator/annotations"
)

const (
	sessionLifetime = 30 * 24 * time.Hour
	// usedEvery is how exactly the last use of sessions and tokens is kept: a
	// write for each request would cost more than the request.
	usedEvery     = 5 * time.Minute
	longestDevice = 300 // bytes of what a browser calls itself
)

// A Session is a browser in which somebody has signed in. The token in its
// cookie is known to it alone: the store keeps its SHA-256.
type Session struct {
	ID      string `json:"id"`
	Device  string `json:"device"`  // what the browser says it is; may be empty
	Address string `json:"address"` // network address it was last used from
	Created int64  `json:"created"` // milliseconds UTC
	Used    int64  `json:"used"`    // when it was last used, to a few minutes
	Expires int64  `json:"expires"`
	Current bool   `json:"current"` // whether the asker asks in it
}

// BeginSession signs the user in on a device at a network address: how is what
// they proved it by. It returns the token for the cookie, and when both expire;
// old, the token of the session that was there before, is worth nothing afterwards.
func (s *Store) BeginSession(ctx context.Context, user annotations.User, how, old, device, address string) (token string, expires time.Time, err error) {
	at := time.Now()
	token, expires = rand.Text(), at.Add(sessionLifetime)
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM sessions WHERE hash = ? OR expires <= ?", hash(old), now()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO sessions (id, hash, owner, device, address, created, used, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			newID(), hash(token), user.ID, strings.ToValidUTF8(device[:min(len(device), longestDevice)], ""), address, at.UnixMilli(), at.UnixMilli(), expires.UnixMilli())
		if err != nil {
			return err
		}
		return record(ctx, tx, annotations.Asker{User: user.ID, Address: address}, didSignIn, "", how)
	})
	if err != nil {
		return "", time.Time{}, because(err, "beginning a session")
	}
	return token, expires, nil
}

// SessionUser returns whose session has a token, and its id; ErrNotFound if
// there is none or it has ended. That it was used from an address is kept unless it was
// a moment ago; where that cannot be written the session is good all the same.
func (s *Store) SessionUser(ctx context.Context, token, address string) (user annotations.User, id string, err error) {
	var used int64
	err = s.reader.QueryRowContext(ctx, `
		SELECT u.id, u.name, u.role, u.created, s.id, s.used FROM sessions s JOIN users u ON u.id = s.owner
		WHERE s.hash = ? AND s.expires > ? AND u.disabled = 0`, hash(token), now()).
		Scan(&user.ID, &user.Name, &user.Role, &user.Created, &id, &used)
	if err != nil {
		return annotations.User{}, "", because(orNotFound(err, "This session has ended."), "reading a session")
	}
	s.noteUse(ctx, used, "UPDATE sessions SET used = ?, address = ? WHERE id = ?", now(), address, id)
	return user, id, nil
}

// noteUse runs a statement unless the last use it would replace was a moment
// ago. Whoever reads must be able to where nothing can be written.
func (s *Store) noteUse(ctx context.Context, last int64, statement string, args ...any) {
	if now()-last < usedEvery.Milliseconds() {
		return
	}
	_ = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statement, args...)
		return err
	})
}

// OwnSessions returns the asker's sessions, the one used last first.
func (s *Store) OwnSessions(ctx context.Context, asker annotations.Asker) ([]Session, error) {
	sessions, err := list(ctx, s.reader, func(row scanner) (one Session, err error) {
		err = row.Scan(&one.ID, &one.Device, &one.Address, &one.Created, &one.Used, &one.Expires)
		one.Current = one.ID == asker.Session
		return one, err
	}, "SELECT id, device, address, created, used, expires FROM sessions WHERE owner = ? AND expires > ? ORDER BY used DESC, id", asker.User, now())
	return sessions, because(err, "listing sessions")
}

// EndSession ends one of the asker's sessions; ErrNotFound if it is not theirs.
func (s *Store) EndSession(ctx context.Context, asker annotations.Asker, id string) error {
	deed := didEndSession
	if id == asker.Session {
		deed = didSignOut
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "DELETE FROM sessions WHERE id = ? AND owner = ?", id, asker.User)
		if err != nil {
			return err
		}
		if err := oneRow(result, refuse(ErrNotFound, "You have no session %q; it may have ended.", id)); err != nil {
			return err
		}
		return record(ctx, tx, asker, deed, "", "")
	})
	return because(err, "ending a session")
}

// EndOtherSessions ends all of the asker's sessions but the one they ask in.
func (s *Store) EndOtherSessions(ctx context.Context, asker annotations.Asker) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := endSessions(ctx, tx, asker.User, asker.Session); err != nil {
			return err
		}
		return record(ctx, tx, asker, didEndOthers, "", "")
	})
	return because(err, "ending sessions")
}

// endSessions ends a user's sessions but one, "" for none.
func endSessions(ctx context.Context, tx *sql.Tx, user, but string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM sessions WHERE owner = ? AND id <> ?", user, but)
	return err
}
