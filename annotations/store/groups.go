package store

import (
	"context"
	"database/sql"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"glossator/annotations"
)

// Bounds of a group: its name and description in code points, and how many
// groups and members there may be, so that whose annotations count stays a
// short list.
const (
	longestGroupName = 100
	mostGroupsOfOne  = 500
	mostMembersOfOne = 5000
	groupKept        = 30 * 24 * time.Hour // after it was deleted
)

// A GroupSummary is a group as one of its members sees it.
type GroupSummary struct {
	annotations.UserGroup
	Role        string `json:"role"` // of the asker
	Members     int    `json:"members"`
	Annotations int    `json:"annotations"`
}

const selectGroup = `
	SELECT g.id, g.name, g.description, g.creator, g.created, g.deleted, m.role,
		(SELECT COUNT(*) FROM memberships o WHERE o.group_id = g.id),
		(SELECT COUNT(*) FROM annotations a WHERE a.group_id = g.id AND a.group_id <> '' AND a.deleted = 0)
	FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.member = ? AND `

func scanGroup(row scanner) (g GroupSummary, err error) {
	err = row.Scan(&g.ID, &g.Name, &g.Description, &g.Creator, &g.Created, &g.Deleted, &g.Role, &g.Members, &g.Annotations)
	return g, err
}

// AskerOf returns a user as one who asks, with the groups they are in now.
func (s *Store) AskerOf(ctx context.Context, user annotations.User) (annotations.Asker, error) {
	asker := annotations.Asker{User: user.ID, Role: user.Role, Groups: map[string]string{}}
	_, err := list(ctx, s.reader, func(row scanner) (none struct{}, err error) {
		var group, role string
		err = row.Scan(&group, &role)
		asker.Groups[group] = role
		return none, err
	}, "SELECT m.group_id, m.role FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.member = ? AND g.deleted = 0", user.ID)
	if err != nil {
		return annotations.Asker{}, because(err, "reading somebody's groups")
	}
	return asker, nil
}

// A GroupName is a group in brief.
type GroupName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"` // of the asker
}

// GroupNames returns what the asker's groups are called, by name; none for a
// stranger.
func (s *Store) GroupNames(ctx context.Context, asker annotations.Asker) ([]GroupName, error) {
	if len(asker.Groups) == 0 {
		return []GroupName{}, nil
	}
	groups, err := list(ctx, s.reader, func(row scanner) (g GroupName, err error) {
		err = row.Scan(&g.ID, &g.Name, &g.Role)
		return g, err
	}, `
		SELECT g.id, g.name, m.role FROM memberships m JOIN groups g ON g.id = m.group_id
		WHERE m.member = ? AND g.deleted = 0 ORDER BY LOWER(g.name), g.created, g.id`, asker.User)
	return groups, because(err, "naming groups")
}

// Groups returns the asker's groups by name; none for a stranger.
func (s *Store) Groups(ctx context.Context, asker annotations.Asker) ([]GroupSummary, error) {
	groups, err := list(ctx, s.reader, scanGroup, selectGroup+"g.deleted = 0 ORDER BY LOWER(g.name), g.created, g.id", asker.User)
	return groups, because(err, "listing groups")
}

// DeletedGroups returns the groups that the asker, an owner, may restore, the
// one deleted last first.
func (s *Store) DeletedGroups(ctx context.Context, asker annotations.Asker) ([]GroupSummary, error) {
	groups, err := list(ctx, s.reader, scanGroup, selectGroup+"g.deleted > ? AND m.role = ? ORDER BY g.deleted DESC, g.id",
		asker.User, now()-groupKept.Milliseconds(), annotations.GroupOwner)
	return groups, because(err, "listing deleted groups")
}

// Group returns one of the asker's groups; ErrNotFound if it is not theirs, is
// deleted or does not exist.
func (s *Store) Group(ctx context.Context, asker annotations.Asker, id string) (GroupSummary, error) {
	g, err := ownGroup(ctx, s.reader, asker, id)
	return g, because(err, "reading a group")
}

func ownGroup(ctx context.Context, q querier, asker annotations.Asker, id string) (GroupSummary, error) {
	g, err := scanGroup(q.QueryRowContext(ctx, selectGroup+"g.id = ? AND g.deleted = 0", asker.User, id))
	if err != nil {
		return GroupSummary{}, orNotFound(err, "There is no group %q among yours.", id)
	}
	return g, nil
}

// groupOwnedBy is ownGroup for what only owners may do.
func groupOwnedBy(ctx context.Context, q querier, asker annotations.Asker, id string) (GroupSummary, error) {
	g, err := ownGroup(ctx, q, asker, id)
	if err == nil && !annotations.AtLeast(g.Role, annotations.GroupOwner) {
		err = refuse(ErrForbidden, "Only an owner of the group may do this; you are %s in it.", roleInWords(g.Role))
	}
	return g, err
}

func roleInWords(role string) string {
	if strings.ContainsRune("aeiou", rune(role[0])) {
		return "an " + role
	}
	return "a " + role
}

// CreateGroup makes a group with the asker as its owner.
func (s *Store) CreateGroup(ctx context.Context, asker annotations.Asker, name, description string) (GroupSummary, error) {
	if !asker.SignedIn() {
		return GroupSummary{}, refuse(ErrForbidden, "Sign in to make a group.")
	}
	g := GroupSummary{
		UserGroup: annotations.UserGroup{ID: newID(), Creator: asker.User, Created: now()}, Role: annotations.GroupOwner, Members: 1,
	}
	if err := describeGroup(&g.UserGroup, name, description); err != nil {
		return GroupSummary{}, err
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := roomForGroup(ctx, tx, asker.User); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO groups (id, name, description, creator, created, deleted) VALUES (?, ?, ?, ?, ?, 0)",
			g.ID, g.Name, g.Description, g.Creator, g.Created)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO memberships (group_id, member, role, since) VALUES (?, ?, ?, ?)", g.ID, asker.User, g.Role, g.Created)
		return err
	})
	if err != nil {
		return GroupSummary{}, because(err, "making a group")
	}
	return g, nil
}

func roomForGroup(ctx context.Context, q querier, user string) error {
	var n int
	if err := q.QueryRowContext(ctx, "SELECT COUNT(*) FROM memberships WHERE member = ?", user).Scan(&n); err != nil {
		return err
	}
	if n >= mostGroupsOfOne {
		return refuse(ErrConflict, "One person may be in %d groups; leave one that you no longer need.", mostGroupsOfOne)
	}
	return nil
}

// describeGroup sets what people may change of a group.
func describeGroup(g *annotations.UserGroup, name, description string) error {
	name, description = strings.Join(strings.Fields(name), " "), strings.TrimSpace(description)
	switch {
	case name == "" || utf8.RuneCountInString(name) > longestGroupName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return refuse(ErrInvalid, "The name of a group has 1 to %d characters, none of them control characters.", longestGroupName)
	case utf8.RuneCountInString(description) > longestDescription:
		return refuse(ErrInvalid, "The description of a group has at most %d characters.", longestDescription)
	}
	g.Name, g.Description = name, description
	return nil
}

// UpdateGroup names and describes a group that the asker owns. What is in it is
// found by the new name.
func (s *Store) UpdateGroup(ctx context.Context, asker annotations.Asker, id, name, description string) (GroupSummary, error) {
	var g GroupSummary
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if g, err = groupOwnedBy(ctx, tx, asker, id); err != nil {
			return err
		}
		before := g.Name
		if err := describeGroup(&g.UserGroup, name, description); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE groups SET name = ?, description = ? WHERE id = ?", g.Name, g.Description, id)
		if err != nil || g.Name == before {
			return err
		}
		return touchAll(ctx, tx, "a.group_id = ? AND a.group_id <> ''", id)
	})
	if err != nil {
		return GroupSummary{}, because(err, "changing a group")
	}
	return g, nil
}

// DeleteGroup deletes a group that the asker owns: nobody may read what is in
// it, nor learn that it was there.
func (s *Store) DeleteGroup(ctx context.Context, asker annotations.Asker, id string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := groupOwnedBy(ctx, tx, asker, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE groups SET deleted = ? WHERE id = ?", now(), id); err != nil {
			return err
		}
		return record(ctx, tx, asker, didDeleteGroup, id, "")
	})
	return because(err, "deleting a group")
}

// RestoreGroup takes back that a group was deleted, within 30 days: its members
// and what is in it are as they were. ErrNotFound if the asker may not.
func (s *Store) RestoreGroup(ctx context.Context, asker annotations.Asker, id string) (GroupSummary, error) {
	var g GroupSummary
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		result, err := tx.ExecContext(ctx, `
			UPDATE groups SET deleted = 0 WHERE id = ? AND deleted > ?
				AND EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = groups.id AND m.member = ? AND m.role = ?)`,
			id, now()-groupKept.Milliseconds(), asker.User, annotations.GroupOwner)
		if err != nil {
			return err
		}
		if err := oneRow(result, refuse(ErrNotFound, "There is no group %q that you could restore.", id)); err != nil {
			return err
		}
		g, err = ownGroup(ctx, tx, asker, id)
		return err
	})
	if err != nil {
		return GroupSummary{}, because(err, "restoring a group")
	}
	return g, nil
}

// NewestOf returns the newest annotations of one of the asker's groups, each as
// it stands in the version it was made on.
func (s *Store) NewestOf(ctx context.Context, asker annotations.Asker, group string, limit int) ([]Placed, error) {
	visible, args := mayRead(asker)
	newest, err := list(ctx, s.reader, func(row scanner) (p Placed, err error) {
		p.Annotation, err = scanAnnotation(row)
		p.Placement = annotations.Placement{Version: p.Version, State: annotations.Same, Target: p.Target, More: p.More, Passage: p.Passage}
		return p, err
	}, selectAnnotation+visible+" AND a.group_id = ? AND a.group_id <> '' ORDER BY a.created DESC, a.id LIMIT ?", append(args, group, limit)...)
	return newest, because(err, "reading the newest annotations of a group")
}
