package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strings"
	"time"

	"glossator/annotations"
)

// Kinds of letters.
const (
	letterForgotten  = "forgotten"  // becomes one of the next kind for each account that is meant
	LetterPassword   = "password"   // tells a link to a new password
	LetterMailbox    = "mailbox"    // asks whether an address is somebody's
	LetterInvitation = "invitation" // tells a link that makes an account
)

// mostLetters bounds how many letters wait.
const mostLetters = 500

// A Letter waits to be sent, over stops and crashes. What is in it, a token above
// all, is made by Compose at each try and never kept.
type Letter struct {
	ID      int64
	Kind    string
	Created int64 // milliseconds UTC
	Tries   int   // that failed
	Due     int64 // when it is tried next

	who, entry, mail, asked string
}

// late reports whether a letter is about a password that was forgotten too long ago:
// it waited in a backup, or while nobody sent letters.
func (l Letter) late() bool {
	return (l.Kind == letterForgotten || l.Kind == LetterPassword) && now()-l.Created > ResetTime.Milliseconds()
}

// A Message is what a letter says.
type Message struct {
	To      string
	Name    string // of the account, or of who invites
	Token   string // of the link
	Expires int64  // when the link ends, milliseconds UTC
}

// insertLetter has a letter sent as soon as it can be; ErrFull if too many wait.
func insertLetter(ctx context.Context, tx *sql.Tx, l Letter) error {
	var waiting int
	if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM letters").Scan(&waiting); err != nil {
		return err
	}
	if waiting >= mostLetters {
		return refuse(ErrFull, "Too many letters wait to be sent; try again in some minutes.")
	}
	return putLetter(ctx, tx, l)
}

// putLetter is insertLetter for what takes the place of another: it has room.
func putLetter(ctx context.Context, tx *sql.Tx, l Letter) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO letters (kind, who, entry, mail, asked, created, tries, due) VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
		l.Kind, l.who, l.entry, l.mail, l.asked, now(), now())
	return err
}

// AskReset has letters sent with links to new passwords, to whoever has a name or an
// address for mail, none if nobody does, or they have no address, or are disabled: that
// is looked up when they are sent. from is the network address that it is asked for from.
func (s *Store) AskReset(ctx context.Context, account, from string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return insertLetter(ctx, tx, Letter{Kind: letterForgotten, who: account, asked: from})
	})
	return because(err, "noting that a password is forgotten")
}

// NextLetter returns the letter that is due first, which may be later than now;
// ErrNotFound if none waits.
func (s *Store) NextLetter(ctx context.Context) (l Letter, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT id, kind, who, entry, mail, asked, created, tries, due FROM letters ORDER BY due, id LIMIT 1").
		Scan(&l.ID, &l.Kind, &l.who, &l.entry, &l.mail, &l.asked, &l.Created, &l.Tries, &l.Due)
	return l, because(orNotFound(err, "No letter waits."), "looking for letters")
}

// LettersWaiting returns how many letters wait to be sent.
func (s *Store) LettersWaiting(ctx context.Context) (waiting int64, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT COUNT(*) FROM letters").Scan(&waiting)
	return waiting, because(err, "counting the letters that wait")
}

// HastenLetters makes all letters due.
func (s *Store) HastenLetters(ctx context.Context) error {
	return s.aboutLetters(ctx, "UPDATE letters SET due = ? WHERE due > ?", now(), now())
}

// PostponeLetter notes that a try to send a letter failed, and when the next is.
func (s *Store) PostponeLetter(ctx context.Context, l Letter, due time.Time) error {
	return s.aboutLetters(ctx, "UPDATE letters SET tries = tries + 1, due = ? WHERE id = ?", due.UnixMilli(), l.ID)
}

// DropLetter forgets a letter that was sent or is given up.
func (s *Store) DropLetter(ctx context.Context, l Letter) error {
	return s.aboutLetters(ctx, "DELETE FROM letters WHERE id = ?", l.ID)
}

func (s *Store) aboutLetters(ctx context.Context, statement string, args ...any) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statement, args...)
		return err
	})
	return because(err, "noting what became of a letter")
}

// Compose makes what a letter says, with a token that is told this once: the one
// of an earlier try is good no more. ErrNotFound if there is nothing to say, or
// not any more.
func (s *Store) Compose(ctx context.Context, l Letter) (m Message, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		m = Message{Token: rand.Text()}
		if l.late() {
			return sql.ErrNoRows
		}
		switch l.Kind {
		case letterForgotten:
			return forgotten(ctx, tx, l)
		case LetterPassword:
			return composeReset(ctx, tx, l, &m)
		case LetterMailbox:
			return tx.QueryRowContext(ctx, "UPDATE unshown SET hash = ? WHERE owner = ? AND expires > ? RETURNING mail, expires",
				hash(m.Token), l.who, now()).Scan(&m.To, &m.Expires)
		}
		m.To = l.mail
		return tx.QueryRowContext(ctx, `
			UPDATE entries SET mailed = ? WHERE id = ? AND used = 0 AND revoked = 0 AND expires > ?
			RETURNING expires, COALESCE((SELECT name FROM users WHERE id = creator), '')`,
			hash(m.Token), l.entry, now()).Scan(&m.Expires, &m.Name)
	})
	if err == nil && m.To == "" {
		err = sql.ErrNoRows
	}
	if err != nil {
		return Message{}, because(orNotFound(err, "The letter has nothing to say."), "writing a letter")
	}
	return m, nil
}

// forgotten puts a letter to each account that is meant in the place of one that
// asks for them.
func forgotten(ctx context.Context, tx *sql.Tx, l Letter) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM letters WHERE id = ?", l.ID); err != nil {
		return err
	}
	ids, err := list(ctx, tx, scanText, "SELECT id FROM users WHERE (label = ? OR LOWER(mail) = LOWER(?)) AND mail <> '' AND disabled = 0 ORDER BY created LIMIT ?",
		annotations.NormalLabel(l.who), strings.TrimSpace(l.who), mostOfOneBox)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := putLetter(ctx, tx, Letter{Kind: LetterPassword, who: id, entry: newID(), asked: l.asked}); err != nil {
			return err
		}
	}
	return nil
}

// composeReset makes the link of a letter to a new password, or gives it another
// token. Links that somebody had sent to themself before are good no more; those of
// administrators stay.
func composeReset(ctx context.Context, tx *sql.Tx, l Letter, m *Message) error {
	err := tx.QueryRowContext(ctx, "SELECT name, mail FROM users WHERE id = ? AND mail <> '' AND disabled = 0", l.who).Scan(&m.Name, &m.To)
	if err != nil {
		return err
	}
	at := now()
	m.Expires = at + ResetTime.Milliseconds()
	var made string
	err = tx.QueryRowContext(ctx, "UPDATE entries SET hash = ?, expires = ? WHERE id = ? AND used = 0 AND revoked = 0 RETURNING id",
		hash(m.Token), m.Expires, l.entry).Scan(&made)
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	there, err := exists(ctx, tx, "SELECT 1 FROM entries WHERE id = ?", l.entry)
	if err != nil {
		return err
	}
	if there { // used, or another was asked for since
		return sql.ErrNoRows
	}
	if _, err := tx.ExecContext(ctx, "UPDATE entries SET revoked = ? WHERE owner = ? AND creator = ? AND used = 0 AND revoked = 0", at, l.who, l.who); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO entries (id, hash, owner, role, creator, created, expires, used, revoked) VALUES (?, ?, ?, '', ?, ?, ?, 0, 0)",
		l.entry, hash(m.Token), l.who, l.who, at, m.Expires)
	if err != nil {
		return err
	}
	return record(ctx, tx, annotations.Asker{Address: l.asked}, didMakeReset, l.who, "by mail")
}
