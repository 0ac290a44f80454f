package store

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/annotations"
)

// longestName bounds the name of a user, in code points.
const longestName = 100

// CreateUser makes an account. It fails with ErrConflict if the name is taken
// and with ErrInvalid if name, password or role cannot be used.
func (s *Store) CreateUser(ctx context.Context, name, password, role string) (annotations.User, error) {
	user, phc, err := s.newUser(ctx, name, password, role)
	if err != nil {
		return annotations.User{}, err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := insertUser(ctx, tx, user, phc); err != nil {
			return err
		}
		return record(ctx, tx, annotations.Asker{}, didMakeAccount, user.ID, role)
	})
	if err != nil {
		return annotations.User{}, because(err, "making an account")
	}
	return user, nil
}

// newUser checks what an account is made of and hashes the password.
func (s *Store) newUser(ctx context.Context, name, password, role string) (annotations.User, string, error) {
	user := annotations.User{ID: newID(), Name: strings.Join(strings.Fields(name), " "), Role: role, Created: now()}
	if err := checkName(user.Name); err != nil {
		return annotations.User{}, "", err
	}
	if err := siteRole(role); err != nil {
		return annotations.User{}, "", err
	}
	phc, err := s.hashPassword(ctx, password)
	return user, phc, err
}

// siteRole returns an error unless there is such a role for the whole site.
func siteRole(role string) error {
	switch role {
	case annotations.Member, annotations.Editor, annotations.Administrator:
		return nil
	}
	return refuse(ErrInvalid, "There is no role %q; choose %s, %s or %s.", role, annotations.Member, annotations.Editor, annotations.Administrator)
}

// mayMore reports whether one role for the whole site may more than another. ""
// may nothing.
func mayMore(role, than string) bool {
	order := []string{annotations.Member, annotations.Editor, annotations.Administrator}
	return slices.Index(order, role) > slices.Index(order, than)
}

func checkName(name string) error {
	if name == "" || utf8.RuneCountInString(name) > longestName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return refuse(ErrInvalid, "A name has 1 to %d characters, none of them control characters.", longestName)
	}
	if annotations.NormalLabel(name) == "me" {
		return refuse(ErrInvalid, "Nobody can be called %q: by:me finds the annotations of whoever asks.", name)
	}
	return nil
}

func insertUser(ctx context.Context, tx *sql.Tx, user annotations.User, phc string) error {
	label := annotations.NormalLabel(user.Name)
	taken, err := exists(ctx, tx, "SELECT 1 FROM users WHERE label = ?", label)
	if err != nil {
		return err
	}
	if taken {
		return refuse(ErrConflict, "The name %q is taken; choose another.", user.Name)
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO users (id, name, label, role, password, created) VALUES (?, ?, ?, ?, ?, ?)",
		user.ID, user.Name, label, user.Role, phc, user.Created)
	return err
}

// SetPassword gives the user with this name a new password, which ends the
// user's sessions; API tokens stay good. ErrNotFound if there is no such user.
func (s *Store) SetPassword(ctx context.Context, name, password string) error {
	phc, err := s.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var id string
		err := tx.QueryRowContext(ctx, "SELECT id FROM users WHERE label = ?", annotations.NormalLabel(name)).Scan(&id)
		if err != nil {
			return orNotFound(err, "There is no user %q.", name)
		}
		return putPassword(ctx, tx, annotations.Asker{}, id, phc)
	})
	return because(err, "setting a password")
}

// ChangePassword gives the asker, who knows their password, another one and
// ends their other sessions. ErrForbidden if it is not their password,
// ErrConflict if they have none.
func (s *Store) ChangePassword(ctx context.Context, asker annotations.Asker, password, next string) error {
	if err := s.ownPassword(ctx, asker, password); err != nil {
		return err
	}
	phc, err := s.hashPassword(ctx, next)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return putPassword(ctx, tx, asker, asker.User, phc) })
	return because(err, "changing a password")
}

// ownPassword returns ErrForbidden unless it is the asker's password, ErrConflict
// if they have none.
func (s *Store) ownPassword(ctx context.Context, asker annotations.Asker, password string) error {
	var phc string
	if err := s.reader.QueryRowContext(ctx, "SELECT password FROM users WHERE id = ?", asker.User).Scan(&phc); err != nil {
		return because(orNotFound(err, "There is no such user."), "reading a user")
	}
	if phc == "" {
		return refuse(ErrConflict, "Your account has no password; a link to choose one comes from an administrator. Or sign in anew.")
	}
	right, err := s.verifyPassword(ctx, phc, password)
	if err == nil && !right {
		err = refuse(ErrForbidden, "This is not your present password.")
	}
	return because(err, "comparing a password")
}

// putPassword writes the hash of a user's new password and ends all of their sessions
// but the one that the asker asks in.
func putPassword(ctx context.Context, tx *sql.Tx, asker annotations.Asker, user, phc string) error {
	if _, err := tx.ExecContext(ctx, "UPDATE users SET password = ? WHERE id = ?", phc, user); err != nil {
		return err
	}
	if err := endSessions(ctx, tx, user, asker.Session); err != nil {
		return err
	}
	return record(ctx, tx, asker, didChangePassword, user, "")
}

const selectUser = "SELECT id, name, role, created FROM users "

func scanUser(row scanner) (u annotations.User, err error) {
	err = row.Scan(&u.ID, &u.Name, &u.Role, &u.Created)
	return u, err
}

// Users returns all users, by name.
func (s *Store) Users(ctx context.Context) ([]annotations.User, error) {
	users, err := list(ctx, s.reader, scanUser, selectUser+"ORDER BY label")
	if err != nil {
		return nil, because(err, "listing users")
	}
	return users, nil
}

// User returns the user with this id, ErrNotFound if there is none.
func (s *Store) User(ctx context.Context, id string) (annotations.User, error) {
	user, err := scanUser(s.reader.QueryRowContext(ctx, selectUser+"WHERE id = ?", id))
	if err != nil {
		return annotations.User{}, because(orNotFound(err, "There is no user %q.", id), "reading a user")
	}
	return user, nil
}

// SignIn returns the user with this name and password, who asks from a network
// address and is not disabled. ErrCredentials does not tell which of them is wrong, nor does the
// time it takes. A password that was hashed with other parameters than those of
// today is hashed anew.
func (s *Store) SignIn(ctx context.Context, name, password, address string) (annotations.User, error) {
	var user annotations.User
	phc := decoy
	err := s.reader.QueryRowContext(ctx, "SELECT id, name, role, created, password FROM users WHERE label = ? AND disabled = 0", annotations.NormalLabel(name)).
		Scan(&user.ID, &user.Name, &user.Role, &user.Created, &phc)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return annotations.User{}, because(err, "reading a user")
	}
	if phc == "" {
		phc = decoy
	}
	right, err := s.verifyPassword(ctx, phc, password)
	if err != nil {
		return annotations.User{}, because(err, "signing in")
	}
	if !right || user.ID == "" {
		return annotations.User{}, s.failedSignIn(ctx, user.ID, address)
	}
	return user, s.renewHash(ctx, user.ID, phc, password)
}

// failedSignIn records that somebody could not sign in, as whom if that is an
// account: what else was given for a name may be a password. It returns what
// they are told.
func (s *Store) failedSignIn(ctx context.Context, user, address string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return record(ctx, tx, annotations.Asker{Address: address}, didFailToSignIn, user, "")
	})
	if err != nil {
		return because(err, "recording a failed sign-in")
	}
	return refuse(ErrCredentials, "The name or the password is wrong.")
}

// renewHash hashes a password anew if the old hash is not as hashPassword makes
// it.
func (s *Store) renewHash(ctx context.Context, user, old, password string) error {
	if strings.HasPrefix(old, hashedNow) {
		return nil
	}
	phc, err := s.hashPassword(ctx, password)
	if errors.Is(err, ErrInvalid) { // it was long enough once
		return nil
	}
	if err == nil {
		err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE users SET password = ? WHERE id = ? AND password = ?", phc, user, old)
			return err
		})
	}
	return because(err, "hashing a password anew")
}

// setupSetting holds the hash of the token that makes the first account.
const setupSetting = "setup token"

// SetupToken makes a new token for CreateFirstUser, in place of any before it,
// while there is no user. needed is false, and the token "", once there is one.
func (s *Store) SetupToken(ctx context.Context) (token string, needed bool, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		populated, err := exists(ctx, tx, "SELECT 1 FROM users")
		if err != nil || populated {
			return err
		}
		token, needed = rand.Text(), true
		return putSetting(ctx, tx, setupSetting, hash(token))
	})
	if err != nil {
		return "", false, because(err, "making the token for the first account")
	}
	return token, needed, nil
}

// NeedsSetup reports whether there is no account yet.
func (s *Store) NeedsSetup(ctx context.Context) (bool, error) {
	populated, err := exists(ctx, s.reader, "SELECT 1 FROM users")
	if err != nil {
		return false, because(err, "looking for users")
	}
	return !populated, nil
}

// CreateFirstUser makes the first account, an administrator, for whoever has
// the token of SetupToken; ErrForbidden if the token is not that, ErrConflict
// if there is an account already.
func (s *Store) CreateFirstUser(ctx context.Context, token, name, password string) (annotations.User, error) {
	user, phc, err := s.newUser(ctx, name, password, annotations.Administrator)
	if err != nil {
		return annotations.User{}, err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		populated, err := exists(ctx, tx, "SELECT 1 FROM users")
		if err != nil {
			return err
		}
		if populated {
			return refuse(ErrConflict, "The first account has been made already; sign in with it.")
		}
		want, err := setting(ctx, tx, setupSetting)
		if err != nil {
			return err
		}
		if want == "" || subtle.ConstantTimeCompare([]byte(want), []byte(hash(token))) != 1 {
			return refuse(ErrForbidden, "This link is not good any more; the one that the last start printed is.")
		}
		if err := insertUser(ctx, tx, user, phc); err != nil {
			return err
		}
		if err := record(ctx, tx, annotations.Asker{User: user.ID}, didMakeAccount, user.ID, "the first, "+user.Role); err != nil {
			return err
		}
		return putSetting(ctx, tx, setupSetting, "")
	})
	if err != nil {
		return annotations.User{}, because(err, "making the first account")
	}
	return user, nil
}

// orNotFound turns "no rows" into ErrNotFound in words; other errors stay.
func orNotFound(err error, format string, args ...any) error {
	if errors.Is(err, sql.ErrNoRows) {
		return refuse(ErrNotFound, format, args...)
	}
	return err
}

// oneRow returns none if the statement changed no row.
func oneRow(result sql.Result, none error) error {
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		err = none
	}
	return err
}
