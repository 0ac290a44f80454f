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
// is given the token, which is told this once. "" takes the address away at once, and
// has no token. ErrUnconfirmed unless the asker signed in or confirmed lately.
func (s *Store) AskMail(ctx context.Context, asker annotations.Asker, address string) (token string, err error) {
	if address = strings.TrimSpace(address); address != "" {
		if err := CheckMail(address); err != nil {
			return "", err
		}
		token = rand.Text()
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := confirmed(ctx, tx, asker, confirmedFor); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM unshown WHERE owner = ? OR expires <= ?", asker.User, now()); err != nil {
			return err
		}
		if token == "" {
			if _, err := tx.ExecContext(ctx, "UPDATE users SET mail = '' WHERE id = ?", asker.User); err != nil {
				return err
			}
			return record(ctx, tx, asker, didRemoveMail, asker.User, "")
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO unshown (owner, mail, hash, created, expires) VALUES (?, ?, ?, ?, ?)",
			asker.User, address, hash(token), now(), now()+MailShownIn.Milliseconds())
		return err
	})
	if err != nil {
		return "", because(err, "noting an address")
	}
	return token, nil
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

// A Reset is a link by which whoever reads at an address chooses a new password.
type Reset struct{ Name, Mail, Token string }

// Forgotten makes links to new passwords for whoever has a name or an address for
// mail, none if nobody does, or they have no address, or are disabled. Links that
// they had sent to themself before are good no more; those of administrators stay.
func (s *Store) Forgotten(ctx context.Context, who, from string) (resets []Reset, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var ids []string
		resets, err = list(ctx, tx, func(row scanner) (r Reset, err error) {
			var id string
			err = row.Scan(&id, &r.Name, &r.Mail)
			ids, r.Token = append(ids, id), rand.Text()
			return r, err
		}, "SELECT id, name, mail FROM users WHERE (label = ? OR LOWER(mail) = LOWER(?)) AND mail <> '' AND disabled = 0 ORDER BY created LIMIT ?",
			annotations.NormalLabel(who), strings.TrimSpace(who), mostOfOneBox)
		if err != nil {
			return err
		}
		at := now()
		for i, id := range ids {
			if _, err := tx.ExecContext(ctx, "UPDATE entries SET revoked = ? WHERE owner = ? AND creator = ? AND used = 0 AND revoked = 0", at, id, id); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, "INSERT INTO entries (id, hash, owner, role, creator, created, expires, used, revoked) VALUES (?, ?, ?, '', ?, ?, ?, 0, 0)",
				newID(), hash(resets[i].Token), id, id, at, at+ResetTime.Milliseconds())
			if err != nil {
				return err
			}
			if err := record(ctx, tx, annotations.Asker{Address: from}, didMakeReset, id, "by mail"); err != nil {
				return err
			}
		}
		return nil
	})
	return resets, because(err, "making links to new passwords")
}
