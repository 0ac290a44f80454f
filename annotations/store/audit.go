package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"glossator/annotations"
)

// What the audit log tells of.
const (
	didSignIn         = "sign-in"
	didFailToSignIn   = "sign-in failed"
	didSignOut        = "sign-out"
	didEndSession     = "session ended"
	didEndOthers      = "other sessions ended"
	didMakeAccount    = "account made"
	didChangePassword = "password changed"
	didAddPasskey     = "passkey added"
	didRemovePasskey  = "passkey removed"
	didGiveRole       = "role"
	didConnect        = "account of a provider connected"
	didDisconnect     = "account of a provider disconnected"
	didDisable        = "account disabled"
	didEnable         = "account enabled"
	didInvitePerson   = "invitation to the site made"
	didMakeReset      = "password-reset link made"
	didRevokeEntry    = "link to an account revoked"
	didShowMail       = "address for mail set"
	didRemoveMail     = "address for mail removed"
	didGiveGroupRole  = "role in a group"
	didLeaveGroup     = "taken out of a group"
	didJoinGroup      = "joined a group"
	didInvite         = "invitation made"
	didUninvite       = "invitation revoked"
	didMakeToken      = "token made"
	didRevokeToken    = "token revoked"
	didShare          = "link made"
	didUnshare        = "link revoked"
	didDelete         = "annotation deleted"
	didDeleteSearch   = "saved search deleted"
	didDeleteGroup    = "group deleted"
	didDeleteRound    = "coding round deleted"
	didExport         = "export"
	didShorten        = "audit log shortened"
)

// An AuditEntry tells that somebody did something that matters.
type AuditEntry struct {
	Number  int64  `json:"number"` // 1, 2, ...
	At      int64  `json:"at"`     // milliseconds UTC
	Deed    string `json:"deed"`
	Who     string `json:"who"`     // User.Name, "" for strangers and for the command line
	Address string `json:"address"` // "" for the command line
	Subject string `json:"subject"` // name of the account, or id of what else, it was done to; may be empty
	Detail  string `json:"detail"`  // may be empty
}

// record writes an entry of the audit log in the transaction of what it tells.
func record(ctx context.Context, tx *sql.Tx, asker annotations.Asker, deed, subject, detail string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO audit (number, at, deed, who, address, subject, detail)
		SELECT COALESCE(MAX(number), 0) + 1, ?, ?, ?, ?, ?, ? FROM audit`,
		now(), deed, asker.User, asker.Address, subject, detail)
	return err
}

// RecordExport writes into the audit log that the asker took something out: what
// is at a route of the API, or what a command writes.
func (s *Store) RecordExport(ctx context.Context, asker annotations.Asker, what string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return record(ctx, tx, asker, didExport, "", what) })
	return because(err, "recording an export")
}

// ShortenAudit removes the entries of the audit log from before a time, and
// writes into it how many these were, if there were any.
func (s *Store) ShortenAudit(ctx context.Context, before time.Time) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var old int64
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM audit WHERE at < ?", before.UnixMilli()).Scan(&old); err != nil || old == 0 {
			return err
		}
		detail := fmt.Sprintf("%d entries from before %s removed", old, before.UTC().Format(time.DateOnly))
		if err := record(ctx, tx, annotations.Asker{}, didShorten, "", detail); err != nil { // first: it has the next number
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM audit WHERE at < ?", before.UnixMilli())
		return err
	})
	return because(err, "shortening the audit log")
}

// An AuditFilter says which entries are wanted; what is zero does not count.
type AuditFilter struct {
	Before int64  // only those with a lower number
	Deed   string // only these deeds
	Who    string // only those of the user with this name
}

// Audit returns the newest entries of the audit log that a filter lets through,
// newest first, at most limit. ErrForbidden unless the asker manages accounts.
func (s *Store) Audit(ctx context.Context, asker annotations.Asker, f AuditFilter, limit int) ([]AuditEntry, error) {
	if !asker.MayManage() {
		return nil, refuse(ErrForbidden, "Only administrators read the audit log.")
	}
	condition, args := "1 = 1", []any{}
	if f.Before > 0 {
		condition, args = condition+" AND a.number < ?", append(args, f.Before)
	}
	if f.Deed != "" {
		condition, args = condition+" AND a.deed = ?", append(args, f.Deed)
	}
	if f.Who != "" {
		condition, args = condition+" AND u.label = ?", append(args, annotations.NormalLabel(f.Who))
	}
	entries, err := list(ctx, s.reader, func(row scanner) (e AuditEntry, err error) {
		err = row.Scan(&e.Number, &e.At, &e.Deed, &e.Who, &e.Address, &e.Subject, &e.Detail)
		return e, err
	}, `
		SELECT a.number, a.at, a.deed, COALESCE(u.name, ''), a.address, COALESCE(o.name, a.subject), a.detail
		FROM audit a LEFT JOIN users u ON u.id = a.who LEFT JOIN users o ON o.id = a.subject
		WHERE `+condition+" ORDER BY a.number DESC LIMIT ?", append(args, limit)...)
	return entries, because(err, "reading the audit log")
}

// AuditDeeds returns the deeds that the audit log has entries of, in order.
// ErrForbidden as Audit has it.
func (s *Store) AuditDeeds(ctx context.Context, asker annotations.Asker) ([]string, error) {
	if !asker.MayManage() {
		return nil, refuse(ErrForbidden, "Only administrators read the audit log.")
	}
	deeds, err := list(ctx, s.reader, scanText, "SELECT DISTINCT deed FROM audit ORDER BY deed")
	return deeds, because(err, "reading the audit log")
}
