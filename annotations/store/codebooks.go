package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"glossator/annotations"
)

// A CodebookEdit is what somebody wants to change; nil leaves it as it is.
type CodebookEdit struct {
	Name        *string
	Description *string
	Maintainers *[]string // User.IDs
}

const selectCodebooks = `
	SELECT b.id, b.name, b.description, b.creator, b.created, COALESCE((
			SELECT STRING_AGG(m.person, ' ' ORDER BY u.label)
			FROM codebook_maintainers m JOIN users u ON u.id = m.person WHERE m.codebook = b.id), ''), (
			SELECT COUNT(*) FROM concepts k WHERE k.codebook = b.id AND k.status <> '` + annotations.Gone + `')
	FROM codebooks b`

func scanCodebook(row scanner) (b annotations.Codebook, err error) {
	var maintainers string
	err = row.Scan(&b.ID, &b.Name, &b.Description, &b.Creator, &b.Created, &maintainers, &b.Concepts)
	b.Maintainers = strings.Fields(maintainers)
	return b, err
}

// Codebooks returns all codebooks, the starter codebook first and the others by
// name.
func (s *Store) Codebooks(ctx context.Context) ([]annotations.Codebook, error) {
	codebooks, err := list(ctx, s.reader, scanCodebook, selectCodebooks+" ORDER BY b.id <> ?, b.normal", annotations.Starter)
	return codebooks, because(err, "listing codebooks")
}

// Codebook returns a codebook, ErrNotFound if there is none with this id.
func (s *Store) Codebook(ctx context.Context, id string) (annotations.Codebook, error) {
	b, err := codebook(ctx, s.reader, id)
	return b, because(err, "reading a codebook")
}

func codebook(ctx context.Context, q querier, id string) (annotations.Codebook, error) {
	b, err := scanCodebook(q.QueryRowContext(ctx, selectCodebooks+" WHERE b.id = ?", id))
	if err != nil {
		return annotations.Codebook{}, orNotFound(err, "There is no codebook %q.", id)
	}
	return b, nil
}

// CreateCodebook adds a codebook without concepts that the asker maintains.
// ErrConflict if the name is taken.
func (s *Store) CreateCodebook(ctx context.Context, asker annotations.Asker, name, description string) (annotations.Codebook, error) {
	if !asker.SignedIn() {
		return annotations.Codebook{}, refuse(ErrForbidden, "Sign in to make a codebook.")
	}
	b := annotations.Codebook{
		ID: newID(), Name: name, Description: description, Maintainers: []string{asker.User}, Creator: asker.User, Created: now(),
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if b, err = checkCodebook(ctx, tx, b); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO codebooks (id, name, normal, description, creator, created) VALUES (?, ?, ?, ?, ?, ?)",
			b.ID, b.Name, annotations.NormalLabel(b.Name), b.Description, b.Creator, b.Created)
		if err != nil {
			return err
		}
		return putMaintainers(ctx, tx, b)
	})
	if err != nil {
		return annotations.Codebook{}, because(err, "making a codebook")
	}
	return b, nil
}

// UpdateCodebook changes what a codebook is called and who maintains it; who
// maintains it may.
func (s *Store) UpdateCodebook(ctx context.Context, asker annotations.Asker, id string, edit CodebookEdit) (b annotations.Codebook, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if b, err = maintained(ctx, tx, asker, id); err != nil {
			return err
		}
		if edit.Name != nil {
			b.Name = *edit.Name
		}
		if edit.Description != nil {
			b.Description = *edit.Description
		}
		if edit.Maintainers != nil {
			b.Maintainers = *edit.Maintainers
		}
		if b, err = checkCodebook(ctx, tx, b); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE codebooks SET name = ?, normal = ?, description = ? WHERE id = ?",
			b.Name, annotations.NormalLabel(b.Name), b.Description, b.ID)
		if err != nil {
			return err
		}
		if err := putMaintainers(ctx, tx, b); err != nil {
			return err
		}
		b, err = codebook(ctx, tx, id)
		return err
	})
	if err != nil {
		return annotations.Codebook{}, because(err, "changing a codebook")
	}
	return b, nil
}

// maintained returns a codebook that the asker maintains.
func maintained(ctx context.Context, q querier, asker annotations.Asker, id string) (annotations.Codebook, error) {
	b, err := codebook(ctx, q, id)
	if err == nil && !asker.MayMaintain(b) {
		err = refuse(ErrForbidden, "Editors may do this, and those who maintain the codebook “%s”.", b.Name)
	}
	return b, err
}

func checkCodebook(ctx context.Context, q querier, b annotations.Codebook) (annotations.Codebook, error) {
	b.Name = strings.Join(strings.Fields(b.Name), " ")
	if b.Name == "" || utf8.RuneCountInString(b.Name) > longestLabel {
		return b, refuse(ErrInvalid, "The name of a codebook has 1 to %d characters.", longestLabel)
	}
	if b.Description = strings.TrimSpace(b.Description); utf8.RuneCountInString(b.Description) > longestDefinition {
		return b, refuse(ErrInvalid, "The description of a codebook has at most %d characters.", longestDefinition)
	}
	taken, err := exists(ctx, q, "SELECT 1 FROM codebooks WHERE normal = ? AND id <> ?", annotations.NormalLabel(b.Name), b.ID)
	if err != nil {
		return b, err
	}
	if taken {
		return b, refuse(ErrConflict, "There is a codebook %q already; choose another name.", b.Name)
	}
	slices.Sort(b.Maintainers)
	b.Maintainers = slices.Compact(b.Maintainers)
	for _, person := range b.Maintainers {
		known, err := exists(ctx, q, "SELECT 1 FROM users WHERE id = ?", person)
		if err != nil {
			return b, err
		}
		if !known {
			return b, refuse(ErrInvalid, "There is no user %q to maintain the codebook.", person)
		}
	}
	return b, nil
}

func putMaintainers(ctx context.Context, tx *sql.Tx, b annotations.Codebook) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM codebook_maintainers WHERE codebook = ?", b.ID); err != nil {
		return err
	}
	for _, person := range b.Maintainers {
		if _, err := tx.ExecContext(ctx, "INSERT INTO codebook_maintainers (codebook, person) VALUES (?, ?)", b.ID, person); err != nil {
			return err
		}
	}
	return nil
}
