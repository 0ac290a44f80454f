package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"time"

	"glossator/annotations"
)

// Bounds of an invitation.
const (
	longestInvitation = 365 // days
	mostJoining       = 1000
)

const selectInvitation = `
	SELECT i.id, i.group_id, i.role, u.name, i.created, i.expires, i.used, i.most, i.revoked
	FROM invitations i JOIN users u ON u.id = i.creator WHERE `

func scanInvitation(row scanner) (i annotations.Invitation, err error) {
	err = row.Scan(&i.ID, &i.Group, &i.Role, &i.Creator, &i.Created, &i.Expires, &i.Used, &i.Limit, &i.Revoked)
	return i, err
}

// Invite makes a link to one of the asker's groups that gives a role, is good
// for some days, and for limit people, 0 for any number. The token in the link
// is told this once; the store keeps its SHA-256.
func (s *Store) Invite(ctx context.Context, asker annotations.Asker, group, role string, days, limit int) (i annotations.Invitation, token string, err error) {
	switch {
	case !annotations.GroupRole(role):
		return i, "", refuse(ErrInvalid, "There is no role %q in a group.", role)
	case days < 1 || days > longestInvitation:
		return i, "", refuse(ErrInvalid, "An invitation is good for 1 to %d days.", longestInvitation)
	case limit < 0 || limit > mostJoining:
		return i, "", refuse(ErrInvalid, "An invitation is for at most %d people, or for any number.", mostJoining)
	}
	i = annotations.Invitation{ID: newID(), Group: group, Role: role, Created: now(), Limit: limit}
	i.Expires, token = i.Created+(time.Duration(days)*24*time.Hour).Milliseconds(), rand.Text()
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		g, err := ownGroup(ctx, tx, asker, group)
		if err != nil {
			return err
		}
		if !annotations.MayInvite(g.Role, role) {
			return refuse(ErrForbidden, "Owners of a group may invite to it, and editors readers and annotators; you are %s in it.", roleInWords(g.Role))
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO invitations (id, group_id, hash, role, creator, created, expires, used, most, revoked) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 0)`,
			i.ID, group, hash(token), role, asker.User, i.Created, i.Expires, limit)
		if err != nil {
			return err
		}
		if err := record(ctx, tx, asker, didInvite, i.ID, role+" in "+group); err != nil {
			return err
		}
		i, err = scanInvitation(tx.QueryRowContext(ctx, selectInvitation+"i.id = ?", i.ID))
		return err
	})
	if err != nil {
		return annotations.Invitation{}, "", because(err, "inviting to a group")
	}
	return i, token, nil
}

// Invitations returns the invitations to one of the asker's groups that the
// asker might have made, newest first; none if they may not invite.
func (s *Store) Invitations(ctx context.Context, asker annotations.Asker, group string) ([]annotations.Invitation, error) {
	g, err := s.Group(ctx, asker, group)
	if err != nil {
		return nil, err
	}
	all, err := list(ctx, s.reader, scanInvitation, selectInvitation+"i.group_id = ? ORDER BY i.created DESC, i.id", group)
	if err != nil {
		return nil, because(err, "listing invitations")
	}
	mine := []annotations.Invitation{}
	for _, i := range all {
		if annotations.MayInvite(g.Role, i.Role) {
			mine = append(mine, i)
		}
	}
	return mine, nil
}

// RevokeInvitation ends an invitation that the asker might have made; nothing
// happens if it has ended already.
func (s *Store) RevokeInvitation(ctx context.Context, asker annotations.Asker, group, invitation string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		g, err := ownGroup(ctx, tx, asker, group)
		if err != nil {
			return err
		}
		i, err := scanInvitation(tx.QueryRowContext(ctx, selectInvitation+"i.id = ? AND i.group_id = ?", invitation, group))
		if err == nil && !annotations.MayInvite(g.Role, i.Role) {
			err = sql.ErrNoRows
		}
		if err != nil {
			return orNotFound(err, "The group has no invitation %q.", invitation)
		}
		if _, err = tx.ExecContext(ctx, "UPDATE invitations SET revoked = ? WHERE id = ? AND revoked = 0", now(), invitation); err != nil {
			return err
		}
		return record(ctx, tx, asker, didUninvite, invitation, i.Role+" in "+group)
	})
	return because(err, "revoking an invitation")
}

// An Invited is what whoever has the token of an invitation may know.
type Invited struct {
	Group       string `json:"group"` // Group.ID, "" unless the asker is in it
	Name        string `json:"name"`
	Description string `json:"description"`
	Role        string `json:"role"`    // that the invitation gives
	Creator     string `json:"creator"` // name of whoever made it
	Expires     int64  `json:"expires"`
	Own         string `json:"own"` // role of the asker in the group, "" if they are not in it
}

// Invited returns what the token of an invitation leads to. ErrNotFound does
// not tell an unknown token from one that was revoked, has expired, is used up
// or leads to a group that was deleted.
func (s *Store) Invited(ctx context.Context, asker annotations.Asker, token string) (Invited, error) {
	to, _, err := invited(ctx, s.reader, asker, token)
	return to, because(err, "opening an invitation")
}

func invited(ctx context.Context, q querier, asker annotations.Asker, token string) (to Invited, id string, err error) {
	err = q.QueryRowContext(ctx, `
		SELECT i.id, g.id, g.name, g.description, i.role, u.name, i.expires, COALESCE(m.role, '')
		FROM invitations i JOIN groups g ON g.id = i.group_id JOIN users u ON u.id = i.creator
			LEFT JOIN memberships m ON m.group_id = g.id AND m.member = ?
		WHERE i.hash = ? AND i.revoked = 0 AND i.expires > ? AND (i.most = 0 OR i.used < i.most OR m.role IS NOT NULL) AND g.deleted = 0`,
		asker.User, hash(token), now()).
		Scan(&id, &to.Group, &to.Name, &to.Description, &to.Role, &to.Creator, &to.Expires, &to.Own)
	if err != nil {
		return Invited{}, "", orNotFound(err, "This invitation is not good: it is incomplete, has expired, is used up, or was revoked. Ask for another.")
	}
	return to, id, nil
}

// Join makes the asker a member of the group that the token of an invitation
// leads to. Whoever is in it already gets the role of the invitation if that is
// more than theirs. ErrNotFound is as Invited has it.
func (s *Store) Join(ctx context.Context, asker annotations.Asker, token string) (GroupSummary, error) {
	if !asker.SignedIn() {
		return GroupSummary{}, refuse(ErrForbidden, "Sign in to join a group.")
	}
	var g GroupSummary
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		to, invitation, err := invited(ctx, tx, asker, token)
		if err != nil {
			return err
		}
		if !annotations.AtLeast(to.Own, to.Role) {
			if err := enter(ctx, tx, asker, to, invitation); err != nil {
				return err
			}
		}
		g, err = ownGroup(ctx, tx, asker, to.Group)
		return err
	})
	if err != nil {
		return GroupSummary{}, because(err, "joining a group")
	}
	return g, nil
}

// enter writes that the asker has joined by an invitation.
func enter(ctx context.Context, tx *sql.Tx, asker annotations.Asker, to Invited, invitation string) error {
	if to.Own == "" {
		if err := roomForMember(ctx, tx, asker.User, to.Group); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO memberships (group_id, member, role, since) VALUES (?, ?, ?, ?)
		ON CONFLICT (group_id, member) DO UPDATE SET role = excluded.role`, to.Group, asker.User, to.Role, now())
	if err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, "UPDATE invitations SET used = used + 1 WHERE id = ? AND (most = 0 OR used < most)", invitation)
	if err != nil {
		return err
	}
	if err := oneRow(result, refuse(ErrNotFound, "This invitation is not good: it is used up. Ask for another.")); err != nil {
		return err
	}
	return record(ctx, tx, asker, didJoinGroup, invitation, to.Role+" in "+to.Group)
}

// roomForMember returns ErrConflict if somebody is in too many groups, or a
// group has too many members, for one more.
func roomForMember(ctx context.Context, q querier, user, group string) error {
	if err := roomForGroup(ctx, q, user); err != nil {
		return err
	}
	var members int
	if err := q.QueryRowContext(ctx, "SELECT COUNT(*) FROM memberships WHERE group_id = ?", group).Scan(&members); err != nil {
		return err
	}
	if members >= mostMembersOfOne {
		return refuse(ErrConflict, "The group has %d members and can have no more.", mostMembersOfOne)
	}
	return nil
}
