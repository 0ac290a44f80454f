package store

import (
	"errors"
	"fmt"
)

// Errors that callers tell apart with errors.Is. The error that wraps one of
// them says, for people, what was wrong and how to mend it.
var (
	// ErrNotFound: it does not exist, or the asker may not know that it does.
	ErrNotFound = errors.New("not found")
	// ErrForbidden: the asker may see it, but not do this to it.
	ErrForbidden = errors.New("forbidden")
	// ErrConflict: it has changed since, or the name is taken.
	ErrConflict = errors.New("conflict")
	// ErrInvalid: what was given cannot be right.
	ErrInvalid = errors.New("invalid")
	// ErrCredentials: the name or the password is wrong; which, is not told.
	ErrCredentials = errors.New("wrong credentials")
	// ErrUnconfirmed: the asker signed in too long ago to do this without proving
	// again who they are.
	ErrUnconfirmed = errors.New("not confirmed")
	// ErrFull: too much waits to be done.
	ErrFull = errors.New("full")
	// ErrNewer: the database cannot be opened by this version.
	ErrNewer = errors.New("a newer Glossator has opened the database")
)

// A refusalError is one of the errors above in words that fit the case.
type refusalError struct {
	kind    error
	message string
}

func (r *refusalError) Error() string { return r.message }
func (r *refusalError) Unwrap() error { return r.kind }

func refuse(kind error, format string, args ...any) error {
	return &refusalError{kind: kind, message: fmt.Sprintf(format, args...)}
}

// because says what was being done when err came, which may be nil; a refusal
// stays in its own words.
func because(err error, doing string, args ...any) error {
	var refused *refusalError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused):
		return refused
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(doing, args...), err)
}
