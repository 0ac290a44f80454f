package store

import (
	"context"
	"database/sql"

	"glossator/annotations"
)

// Defaults are what an account's new annotations are unless somebody says
// otherwise.
type Defaults struct {
	Visibility string `json:"visibility"`
	Group      string `json:"group,omitempty"` // UserGroup.ID, "" unless Visibility is annotations.Group
}

// DefaultsOf returns what the asker's new annotations are: private unless the
// asker has said otherwise, and may still annotate in the group they chose.
func (s *Store) DefaultsOf(ctx context.Context, asker annotations.Asker) (Defaults, error) {
	d, err := defaultsOf(ctx, s.reader, asker)
	return d, because(err, "reading what new annotations are")
}

func defaultsOf(ctx context.Context, q querier, asker annotations.Asker) (d Defaults, err error) {
	if !asker.SignedIn() {
		return Defaults{Visibility: annotations.Private}, nil
	}
	err = q.QueryRowContext(ctx, "SELECT visibility, group_id FROM users WHERE id = ?", asker.User).Scan(&d.Visibility, &d.Group)
	if err != nil {
		return Defaults{}, orNotFound(err, "There is no user %q.", asker.User)
	}
	if d.Group != "" && !annotations.AtLeast(asker.Groups[d.Group], annotations.GroupAnnotator) {
		return Defaults{Visibility: annotations.Private}, nil
	}
	return d, nil
}

// byDefault returns n with an audience if it lacks one and is no reply.
func byDefault(ctx context.Context, q querier, asker annotations.Asker, n annotations.Annotation) (annotations.Annotation, error) {
	switch {
	case n.Visibility != "" || n.ReplyTo != "":
		return n, nil
	case n.Group != "":
		n.Visibility = annotations.Group
		return n, nil
	}
	d, err := defaultsOf(ctx, q, asker)
	n.Visibility, n.Group = d.Visibility, d.Group
	return n, err
}

// SetDefaults says what the asker's new annotations are. ErrInvalid if they may
// not annotate in the group.
func (s *Store) SetDefaults(ctx context.Context, asker annotations.Asker, d Defaults) error {
	if err := mayBeFor(asker, d.Visibility, d.Group); err != nil {
		return err
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE users SET visibility = ?, group_id = ? WHERE id = ?", d.Visibility, d.Group, asker.User)
		return err
	})
	return because(err, "saying what new annotations are")
}

// forgetDefault makes somebody's new annotations private if they would have
// been for a group.
func forgetDefault(ctx context.Context, tx *sql.Tx, group, user string) error {
	_, err := tx.ExecContext(ctx, "UPDATE users SET visibility = ?, group_id = '' WHERE id = ? AND group_id = ?", annotations.Private, user, group)
	return err
}
