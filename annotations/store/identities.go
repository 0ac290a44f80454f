package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"glossator/annotations"
)

// An Identity is how a provider of OpenID Connect knows somebody who has an
// account here.
type Identity struct {
	ID      string `json:"id"`
	Issuer  string `json:"issuer"`  // address of the provider
	Name    string `json:"name"`    // what the provider called them last; may be empty
	Created int64  `json:"created"` // when it was connected to the account, milliseconds UTC
	Used    int64  `json:"used"`    // when they last signed in by it, 0 for never
}

// A Claimant is what a provider has proved of somebody who comes from it.
type Claimant struct {
	Issuer, Subject string   // they are somebody's for good
	Name            string   // what the provider calls them
	Names           []string // what an account of theirs may be called, the best first
	Welcome         bool     // whether they get an account if they have none
	// Roles has the roles for the whole site that the provider's groups decide
	// about, and whether they give them.
	Roles map[string]bool
	// Groups has the ids of the groups here that the provider's groups decide
	// about, and the role that they give there, "" for none.
	Groups map[string]string
}

// An Admitted is somebody who may sign in.
type Admitted struct {
	User annotations.User
	// Taken is the name the new account would have, had not another one it; ""
	// if it has that name.
	Taken string
}

// Admit returns the account that a claimant is connected to, or makes one.
// invitation is the token of a link that makes an account, "" for none: it makes one
// whether or not they are welcome, and gives its role to whoever has an account and a
// lesser one; what it gives uses it up. Then site roles and memberships become what
// the provider's groups say, as far as they decide; the last administrator and the
// last owner of a group stay it. ErrNotFound if there is no account and none is made, or
// the invitation is not good, ErrForbidden if the account is disabled, ErrConflict if
// there is none at all yet and this would not be an administrator's.
func (s *Store) Admit(ctx context.Context, c Claimant, invitation, address string) (Admitted, error) {
	var to Admitted
	var disabled int64
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		to = Admitted{}
		user := &to.User
		var invited Entry
		if invitation != "" {
			var err error
			if invited, err = invitationOf(ctx, tx, invitation); err != nil {
				return err
			}
		}
		err := tx.QueryRowContext(ctx, `
			SELECT u.id, u.name, u.role, u.created, u.disabled FROM identities i JOIN users u ON u.id = i.owner
			WHERE i.issuer = ? AND i.subject = ?`, c.Issuer, c.Subject).Scan(&user.ID, &user.Name, &user.Role, &user.Created, &disabled)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			to, err = welcome(ctx, tx, c, invited, address)
		case err == nil && disabled != 0:
			return record(ctx, tx, annotations.Asker{Address: address}, didFailToSignIn, user.ID, "the account is disabled")
		case err == nil && mayMore(invited.Role, user.Role) && roleBy(c.Roles, invited.Role) == invited.Role:
			user.Role, err = promote(ctx, tx, *user, invited, address)
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE identities SET used = ?, name = ? WHERE issuer = ? AND subject = ?", now(), c.Name, c.Issuer, c.Subject); err != nil {
			return err
		}
		asker := annotations.Asker{User: user.ID, Address: address}
		if user.Role, err = claimRole(ctx, tx, asker, user.Role, c.Roles); err != nil {
			return err
		}
		return claimGroups(ctx, tx, asker, c.Groups)
	})
	if err == nil && disabled != 0 {
		err = refuse(ErrForbidden, "The account %q is disabled.", to.User.Name)
	}
	if err != nil {
		return Admitted{}, because(err, "letting somebody in from a provider")
	}
	return to, nil
}

// welcome makes an account for somebody who has none, by an invitation if they
// have one.
func welcome(ctx context.Context, tx *sql.Tx, c Claimant, invited Entry, address string) (Admitted, error) {
	role, how := roleBy(c.Roles, annotations.Member), ", at a first sign-in from "+c.Issuer
	if invited.ID != "" {
		role, how = roleBy(c.Roles, invited.Role), how+", by the invitation "+invited.ID
	}
	populated, err := exists(ctx, tx, "SELECT 1 FROM users")
	switch {
	case err != nil:
		return Admitted{}, err
	case !c.Welcome && invited.ID == "":
		return Admitted{}, refuse(ErrNotFound, "There is no account that %q is connected to.", c.Name)
	case !populated && role != annotations.Administrator:
		return Admitted{}, refuse(ErrConflict, "There is no account yet; the first one is an administrator's.")
	}
	name, taken, err := freeName(ctx, tx, c.Names)
	if err != nil {
		return Admitted{}, err
	}
	user := annotations.User{ID: newID(), Name: name, Role: role, Created: now()}
	if err := insertUser(ctx, tx, user, ""); err != nil {
		return Admitted{}, err
	}
	asker := annotations.Asker{User: user.ID, Address: address}
	if err := record(ctx, tx, asker, didMakeAccount, user.ID, role+how); err != nil {
		return Admitted{}, err
	}
	if invited.ID != "" {
		if err := useUp(ctx, tx, invited); err != nil {
			return Admitted{}, err
		}
	}
	return Admitted{User: user, Taken: taken}, insertIdentity(ctx, tx, asker, c)
}

// promote gives an account the role of an invitation.
func promote(ctx context.Context, tx *sql.Tx, user annotations.User, invited Entry, address string) (string, error) {
	if _, err := tx.ExecContext(ctx, "UPDATE users SET role = ? WHERE id = ?", invited.Role, user.ID); err != nil {
		return "", err
	}
	if err := useUp(ctx, tx, invited); err != nil {
		return "", err
	}
	asker := annotations.Asker{User: user.ID, Address: address}
	return invited.Role, record(ctx, tx, asker, didGiveRole, user.ID, user.Role+" to "+invited.Role+", by the invitation "+invited.ID)
}

// freeName returns the first of the names that an account can have, with a
// number where it is taken.
func freeName(ctx context.Context, q querier, names []string) (free, taken string, err error) {
	for _, name := range slices.Concat(names, []string{"Member"}) {
		if free = strings.Join(strings.Fields(name), " "); checkName(free) == nil {
			break
		}
	}
	wanted := free
	for n := 2; ; n++ {
		known, err := exists(ctx, q, "SELECT 1 FROM users WHERE label = ?", annotations.NormalLabel(free))
		if err != nil {
			return "", "", err
		}
		if !known {
			return free, taken, nil
		}
		number := fmt.Sprintf(" %d", n)
		free, taken = string([]rune(wanted)[:min(len([]rune(wanted)), longestName-len(number))])+number, wanted
	}
}

func insertIdentity(ctx context.Context, tx *sql.Tx, asker annotations.Asker, c Claimant) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO identities (id, issuer, subject, owner, name, created, used) VALUES (?, ?, ?, ?, ?, ?, 0)",
		newID(), c.Issuer, c.Subject, asker.User, c.Name, now())
	if err != nil {
		return err
	}
	return record(ctx, tx, asker, didConnect, asker.User, c.Issuer)
}

// roleBy returns the role for the whole site of somebody who has one, by what
// decides about roles.
func roleBy(roles map[string]bool, has string) string {
	for _, role := range []string{annotations.Administrator, annotations.Editor} {
		given, decided := roles[role]
		if given || !decided && role == has {
			return role
		}
	}
	return annotations.Member
}

// claimRole gives the asker, who has a role, the one that the provider's groups
// say. It returns the role they have then.
func claimRole(ctx context.Context, tx *sql.Tx, asker annotations.Asker, has string, roles map[string]bool) (string, error) {
	role := roleBy(roles, has)
	if role == has {
		return has, nil
	}
	if has == annotations.Administrator {
		others, err := exists(ctx, tx, "SELECT 1 FROM users WHERE role = ? AND disabled = 0 AND id <> ?", annotations.Administrator, asker.User)
		if err != nil || !others {
			return has, err
		}
	}
	if _, err := tx.ExecContext(ctx, "UPDATE users SET role = ? WHERE id = ?", role, asker.User); err != nil {
		return "", err
	}
	return role, record(ctx, tx, asker, didGiveRole, asker.User, has+" to "+role+byClaim)
}

// byClaim ends what the audit log says of what the provider's groups gave and took.
const byClaim = ", by the provider's groups"

// claimGroups makes the asker's memberships what the provider's groups say. One
// that they did not give they leave alone; a group that is not there, or has no
// room, is passed over.
func claimGroups(ctx context.Context, tx *sql.Tx, asker annotations.Asker, groups map[string]string) error {
	for group, role := range groups {
		there, err := exists(ctx, tx, "SELECT 1 FROM groups WHERE id = ? AND deleted = 0", group)
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		if err := claimMembership(ctx, tx, asker, group, role); err != nil {
			return err
		}
	}
	return nil
}

func claimMembership(ctx context.Context, tx *sql.Tx, asker annotations.Asker, group, role string) error {
	has, claimed := "", true
	err := tx.QueryRowContext(ctx, "SELECT role, claimed FROM memberships WHERE group_id = ? AND member = ?", group, asker.User).Scan(&has, &claimed)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if has == role || !claimed {
		return nil
	}
	if has == annotations.GroupOwner {
		others, err := exists(ctx, tx, "SELECT 1 FROM memberships WHERE group_id = ? AND role = ? AND member <> ?", group, has, asker.User)
		if err != nil || !others {
			return err
		}
	}
	if role == "" {
		return leave(ctx, tx, asker, group, asker.User, byClaim)
	}
	deed := didGiveGroupRole
	if has == "" {
		deed = didJoinGroup
		if err := roomForMember(ctx, tx, asker.User, group); errors.Is(err, ErrConflict) {
			return nil
		} else if err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO memberships (group_id, member, role, since, claimed) VALUES (?, ?, ?, ?, 1)
		ON CONFLICT (group_id, member) DO UPDATE SET role = excluded.role`, group, asker.User, role, now())
	if err != nil {
		return err
	}
	return record(ctx, tx, asker, deed, asker.User, role+" in "+group+byClaim)
}

// JourneyTime is how long after it was begun an account may be connected.
const JourneyTime = 10 * time.Minute

// MayConnect returns ErrUnconfirmed unless the asker signed in or confirmed lately.
func (s *Store) MayConnect(ctx context.Context, asker annotations.Asker) error {
	return because(confirmed(ctx, s.reader, asker, confirmedFor), "beginning to connect an account")
}

// Connect makes a claimant a way into the asker's account. ErrUnconfirmed unless
// MayConnect held within JourneyTime before; ErrConflict if it is a way into another
// account; nothing happens if it is one already.
func (s *Store) Connect(ctx context.Context, asker annotations.Asker, c Claimant) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := confirmed(ctx, tx, asker, confirmedFor+JourneyTime); err != nil {
			return err
		}
		var owner string
		err := tx.QueryRowContext(ctx, "SELECT owner FROM identities WHERE issuer = ? AND subject = ?", c.Issuer, c.Subject).Scan(&owner)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return insertIdentity(ctx, tx, asker, c)
		case err == nil && owner != asker.User:
			return refuse(ErrConflict, "%q is connected to another account here.", c.Name)
		}
		return err
	})
	return because(err, "connecting an account")
}

// Identities returns what the asker's account is connected to, the oldest first.
func (s *Store) Identities(ctx context.Context, asker annotations.Asker) ([]Identity, error) {
	all, err := list(ctx, s.reader, func(row scanner) (i Identity, err error) {
		err = row.Scan(&i.ID, &i.Issuer, &i.Name, &i.Created, &i.Used)
		return i, err
	}, "SELECT id, issuer, name, created, used FROM identities WHERE owner = ? ORDER BY created, id", asker.User)
	return all, because(err, "listing what an account is connected to")
}

// Disconnect ends one of the asker's identities; ErrNotFound if it is not
// theirs, ErrConflict if there would be no way into the account any more,
// ErrUnconfirmed as MayConnect has it.
func (s *Store) Disconnect(ctx context.Context, asker annotations.Asker, id string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := confirmed(ctx, tx, asker, confirmedFor); err != nil {
			return err
		}
		var issuer string
		err := tx.QueryRowContext(ctx, "DELETE FROM identities WHERE id = ? AND owner = ? RETURNING issuer", id, asker.User).Scan(&issuer)
		if err != nil {
			return orNotFound(err, "Your account is not connected to %q.", id)
		}
		if err := wayIn(ctx, tx, asker); err != nil {
			return err
		}
		return record(ctx, tx, asker, didDisconnect, asker.User, issuer)
	})
	return because(err, "disconnecting an account")
}

// wayIn returns ErrConflict if the asker could not sign in any more.
func wayIn(ctx context.Context, tx *sql.Tx, asker annotations.Asker) error {
	left, err := exists(ctx, tx, `
		SELECT 1 FROM users WHERE id = ? AND password <> ''
		UNION ALL SELECT 1 FROM identities WHERE owner = ?
		UNION ALL SELECT 1 FROM passkeys WHERE owner = ?`, asker.User, asker.User, asker.User)
	if err == nil && !left {
		err = refuse(ErrConflict, "It is the only way into your account, which has no password; ask an administrator for a link to choose one first.")
	}
	return err
}
