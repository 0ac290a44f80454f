package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	netmail "net/mail"
	"strings"
	"time"

	"glossator/annotations"
)

const (
	longestMail = 254 // bytes (RFC 5321, 4.5.3.1)
	// MailShownIn is how long a link is good that shows whose an address is.
	MailShownIn = 24 * time.Hour
	// ResetTime is how long a link is good that somebody has sent to themself.
	ResetTime    = time.Hour
	mostOfOneBox = 5 // accounts that a letter to one address may be about
)

// A Mailbox is where letters to somebody go.
type Mailbox struct {
	Address string `json:"address"` // "" for none
	Unshown string `json:"unshown"` // the address that is to be theirs once they have opened a link there; "" for none
}

// Mailbox returns where letters to the asker go.
func (s *Store) Mailbox(ctx context.Context, asker annotations.Asker) (m Mailbox, err error) {
	err = s.reader.QueryRowContext(ctx, `
		SELECT u.mail, COALESCE(n.mail, '') FROM users u LEFT JOIN unshown n ON n.owner = u.id AND n.expires > ?
		WHERE u.id = ?`, now(), asker.User).Scan(&m.Address, &m.Unshown)
	return m, because(orNotFound(err, "There is no such user."), "reading an address")
}

// AskMail notes that letters to the asker shall go to an address, once ShowMail
// is given the token that a letter there tells. "" takes the address away at once, and
// no letter goes out. ErrUnconfirmed unless the asker signed in or confirmed lately.
func (s *Store) AskMail(ctx context.Context, asker annotations.Asker, address string) error {
	if address = strings.TrimSpace(address); address != "" {
		if err := CheckMail(address); err != nil {
			return err
		}
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := confirmed(ctx, tx, asker, confirmedFor); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM unshown WHERE owner = ? OR expires <= ?", asker.User, now()); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM letters WHERE kind = ? AND who = ?", LetterMailbox, asker.User); err != nil {
			return err
		}
		if address == "" {
			if _, err := tx.ExecContext(ctx, "UPDATE users SET mail = '' WHERE id = ?", asker.User); err != nil {
				return err
			}
			return record(ctx, tx, asker, didRemoveMail, asker.User, "")
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO unshown (owner, mail, hash, created, expires) VALUES (?, ?, ?, ?, ?)",
			asker.User, address, hash(rand.Text()), now(), now()+MailShownIn.Milliseconds())
		if err != nil {
			return err
		}
		return insertLetter(ctx, tx, Letter{Kind: LetterMailbox, who: asker.User, asked: asker.Address})
	})
	return because(err, "noting an address")
}

// CheckMail returns ErrInvalid unless letters can go to an address.
func CheckMail(address string) error {
	parsed, err := netmail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > longestMail {
		return refuse(ErrInvalid, "%q is not an address for mail, such as name@example.org.", address)
	}
	return nil
}

// ShowMail makes an address somebody's: they have read the token there. ErrNotFound
// does not tell an unknown token from one that was used or has expired.
func (s *Store) ShowMail(ctx context.Context, token, from string) (address string, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var owner string
		err := tx.QueryRowContext(ctx, "DELETE FROM unshown WHERE hash = ? AND expires > ? RETURNING owner, mail", hash(token), now()).Scan(&owner, &address)
		if err != nil {
			return orNotFound(err, "This link is not good: it is incomplete, has expired or was used. Ask for another under Account.")
		}
		if _, err := tx.ExecContext(ctx, "UPDATE users SET mail = ? WHERE id = ?", address, owner); err != nil {
			return err
		}
		return record(ctx, tx, annotations.Asker{User: owner, Address: from}, didShowMail, owner, "")
	})
	return address, because(err, "making an address somebody's")
}
