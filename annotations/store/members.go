package store

import (
	"context"
	"database/sql"

	"glossator/annotations"
)

// Members returns who is in one of the asker's groups, owners first, then by
// name.
func (s *Store) Members(ctx context.Context, asker annotations.Asker, group string) ([]annotations.Membership, error) {
	if _, err := s.Group(ctx, asker, group); err != nil {
		return nil, err
	}
	members, err := list(ctx, s.reader, func(row scanner) (m annotations.Membership, err error) {
		err = row.Scan(&m.User, &m.Name, &m.Role, &m.Since)
		return m, err
	}, `
		SELECT u.id, u.name, m.role, m.since FROM memberships m JOIN users u ON u.id = m.member
		WHERE m.group_id = ? ORDER BY m.role <> ?, u.label`, group, annotations.GroupOwner)
	return members, because(err, "listing the members of a group")
}

// Colleagues returns the names of the others who are in a group with the asker.
func (s *Store) Colleagues(ctx context.Context, asker annotations.Asker) ([]string, error) {
	if len(asker.Groups) == 0 {
		return nil, nil
	}
	names, err := list(ctx, s.reader, scanText, `
		SELECT DISTINCT u.name FROM memberships own JOIN groups g ON g.id = own.group_id AND g.deleted = 0
			JOIN memberships m ON m.group_id = own.group_id JOIN users u ON u.id = m.member
		WHERE own.member = ? AND m.member <> own.member ORDER BY u.name`, asker.User)
	return names, because(err, "listing the members of somebody's groups")
}

// SetRole gives a member of a group that the asker owns another role;
// ErrConflict if the group would have no owner, ErrNotFound if they are not a
// member.
func (s *Store) SetRole(ctx context.Context, asker annotations.Asker, group, user, role string) error {
	if !annotations.GroupRole(role) {
		return refuse(ErrInvalid, "There is no role %q in a group.", role)
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := groupOwnedBy(ctx, tx, asker, group); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, "UPDATE memberships SET role = ? WHERE group_id = ? AND member = ?", role, group, user)
		if err != nil {
			return err
		}
		if err := oneRow(result, notMember(user)); err != nil {
			return err
		}
		if err := stillOwned(ctx, tx, group); err != nil {
			return err
		}
		return record(ctx, tx, asker, didGiveGroupRole, user, role+" in "+group)
	})
	return because(err, "giving a role in a group")
}

// RemoveMember takes somebody out of one of the asker's groups: an owner
// anybody, everybody themself. Their annotations stay with the group.
// ErrConflict if the group would have no owner.
func (s *Store) RemoveMember(ctx context.Context, asker annotations.Asker, group, user string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		find := groupOwnedBy
		if user == asker.User {
			find = ownGroup
		}
		if _, err := find(ctx, tx, asker, group); err != nil {
			return err
		}
		return leave(ctx, tx, asker, group, user, "")
	})
	return because(err, "taking somebody out of a group")
}

// leave takes somebody out of a group; why may be added to what the audit log
// says of it.
func leave(ctx context.Context, tx *sql.Tx, asker annotations.Asker, group, user, why string) error {
	result, err := tx.ExecContext(ctx, "DELETE FROM memberships WHERE group_id = ? AND member = ?", group, user)
	if err != nil {
		return err
	}
	if err := oneRow(result, notMember(user)); err != nil {
		return err
	}
	if err := forgetDefault(ctx, tx, group, user); err != nil {
		return err
	}
	if err := stillOwned(ctx, tx, group); err != nil {
		return err
	}
	return record(ctx, tx, asker, didLeaveGroup, user, "out of "+group+why)
}

func notMember(user string) error {
	return refuse(ErrNotFound, "There is no member %q in this group.", user)
}

// stillOwned fails if a group has no owner.
func stillOwned(ctx context.Context, q querier, group string) error {
	owned, err := exists(ctx, q, "SELECT 1 FROM memberships WHERE group_id = ? AND role = ?", group, annotations.GroupOwner)
	if err == nil && !owned {
		err = refuse(ErrConflict, "The group would have no owner; make somebody else an owner first, or delete the group.")
	}
	return err
}
