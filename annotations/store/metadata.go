package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"glossator/annotations"
	"glossator/index"
)

// What was done to the metadata of a document.
const (
	DeedImport   = "import"
	DeedEdit     = "edit"
	DeedRestore  = "restore"  // an earlier state was brought back
	DeedLanguage = "language" // the language of a version was corrected
)

// Metadata is what was said of a document, as it was said: the status of a
// DocumentSummary may follow from other fields, this one does not.
type Metadata struct {
	Document index.Document
	Edited   []string // fields that a person has set, which an import leaves as they are
	Number   int64    // of the last write that changed it
}

// A MetadataEdit is what somebody wants to change.
type MetadataEdit struct {
	Values index.Values // what is left out stays as it is
	Number int64        // of the metadata as they were read; 0 for any
}

// A MetadataChange is an entry of a document's history.
type MetadataChange struct {
	Number  int64
	Deed    string
	Who     string // User.ID; "" for an import and for the command line
	At      int64  // milliseconds UTC
	Changes []FieldChange
	// Of a language that was corrected; "" otherwise.
	Version, Was, Became string
}

// A FieldChange is what a field said before and after, a list of several and of
// nothing none.
type FieldChange struct {
	Field string   `json:"field"`
	From  []string `json:"from"`
	To    []string `json:"to"`
}

// Metadata returns what was said of a document; ErrNotFound if there is none
// with this id.
func (s *Store) Metadata(ctx context.Context, _ annotations.Asker, id string) (Metadata, error) {
	m, err := metadataOf(ctx, s.reader, id)
	return m, because(err, "reading the metadata of %q", id)
}

func metadataOf(ctx context.Context, q querier, id string) (m Metadata, err error) {
	var metadata, edited string
	err = q.QueryRowContext(ctx, "SELECT metadata, edited, number FROM documents WHERE id = ?", id).Scan(&metadata, &edited, &m.Number)
	if err != nil {
		return m, orNotFound(err, "There is no document %q.", id)
	}
	m.Edited = strings.Fields(edited)
	return m, json.Unmarshal([]byte(metadata), &m.Document)
}

// EditMetadata changes what is known of a document and returns the outcome. who
// is the User.ID, "" for the command line. The fields that it changes are the
// person's from then on: imports leave them alone. It fails with ErrConflict if
// one of them was changed, to something else, after edit.Number, and with
// ErrInvalid if a value cannot be right; nothing is changed then.
func (s *Store) EditMetadata(ctx context.Context, who, id string, edit MetadataEdit) (after Metadata, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		before, err := metadataOf(ctx, tx, id)
		if err != nil {
			return err
		}
		wanted, err := before.Document.With(edit.Values)
		if err != nil {
			return refuse(ErrInvalid, "This cannot be kept: %v.", err)
		}
		if err := overtaken(ctx, tx, before, edit.Number, wanted.Differing(before.Document)); err != nil {
			return err
		}
		after, err = change(ctx, tx, before, wanted, DeedEdit, who)
		return err
	})
	return after, because(err, "editing the metadata of %q", id)
}

// RestoreMetadata brings back what was known of a document after the write with
// this number; ErrNotFound if its history has none. What that changes is the
// person's from then on, as with EditMetadata.
func (s *Store) RestoreMetadata(ctx context.Context, who, id string, number int64) (after Metadata, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		before, err := metadataOf(ctx, tx, id)
		if err != nil {
			return err
		}
		earlier, err := stateAt(ctx, tx, id, number, "=")
		if err != nil {
			return orNotFound(err, "The history of %q has no entry %d.", id, number)
		}
		after, err = change(ctx, tx, before, before.Document.Keep(earlier, index.Fields), DeedRestore, who)
		return err
	})
	return after, because(err, "restoring the metadata of %q", id)
}

// putMetadata writes metadata, and what was done.
func putMetadata(ctx context.Context, tx *sql.Tx, m Metadata, deed, who string) error {
	if err := writeMetadata(ctx, tx, m); err != nil {
		return err
	}
	return recordMetadata(ctx, tx, m, MetadataChange{Number: m.Number, Deed: deed, Who: who})
}

// change writes what somebody has done to the metadata before, with the next
// number.
func change(ctx context.Context, tx *sql.Tx, before Metadata, wanted index.Document, deed, who string) (after Metadata, err error) {
	changed := wanted.Differing(before.Document)
	if len(changed) == 0 {
		return before, nil
	}
	if err := checkRelations(ctx, tx, wanted, changed); err != nil {
		return before, err
	}
	after = Metadata{Document: wanted, Edited: union(before.Edited, changed)}
	if after.Number, err = touch(ctx, tx, wanted.ID, ""); err != nil {
		return before, err
	}
	return after, putMetadata(ctx, tx, after, deed, who)
}

// overtaken returns ErrConflict if one of the fields has changed since the
// metadata were read at a number, 0 for any.
func overtaken(ctx context.Context, q querier, now Metadata, number int64, fields []string) error {
	if number == 0 || number == now.Number {
		return nil
	}
	read, err := stateAt(ctx, q, now.Document.ID, number, "<=")
	if err != nil {
		return orNotFound(err, "The metadata of %q were never numbered %d; read them again.", now.Document.ID, number)
	}
	var both []string
	for _, field := range now.Document.Differing(read) {
		if slices.Contains(fields, field) {
			both = append(both, field)
		}
	}
	if len(both) > 0 {
		return refuse(ErrConflict, "Somebody else has changed %s since you read it. Nothing of yours was written: look at what it says now, then save again.",
			strings.Join(both, " and "))
	}
	return nil
}

// stateAt returns the metadata after the last write up to a number, or just with
// that number, as compare says.
func stateAt(ctx context.Context, q querier, id string, number int64, compare string) (index.Document, error) {
	return scanDocumentAsSaid(q.QueryRowContext(ctx, "SELECT metadata FROM document_history WHERE document = ? AND number "+compare+
		" ? ORDER BY number DESC LIMIT 1", id, number))
}

// checkRelations returns ErrInvalid if a field that changes names a document
// that is not there, or the document itself.
func checkRelations(ctx context.Context, q querier, d index.Document, changed []string) error {
	for field, other := range map[string]string{"supersededBy": d.SupersededBy, "about": d.About} {
		if other == "" || !slices.Contains(changed, field) {
			continue
		}
		known, err := exists(ctx, q, "SELECT 1 FROM documents WHERE id = ?", other)
		if err != nil {
			return err
		}
		if !known || other == d.ID {
			return refuse(ErrInvalid, "The field %s must name another document that is here by its id; %q is not one.", field, other)
		}
	}
	return nil
}

func union(a, b []string) []string {
	both := slices.Clone(a)
	for _, name := range b {
		if !slices.Contains(both, name) {
			both = append(both, name)
		}
	}
	return both
}

// writeMetadata writes a document's row.
func writeMetadata(ctx context.Context, tx *sql.Tx, m Metadata) error {
	d := m.Document
	metadata, err := json.Marshal(d)
	if err != nil {
		return because(err, "encoding its metadata")
	}
	words := fold(strings.Join(append([]string{d.Title, d.ShortTitle, d.Organisation}, d.Aliases...), " "))
	_, err = tx.ExecContext(ctx, `
		INSERT INTO documents (id, kind, title, words, metadata, edited, number) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, words = excluded.words,
			metadata = excluded.metadata, edited = excluded.edited, number = excluded.number`,
		d.ID, d.Kind, fold(d.Title), words, string(metadata), strings.Join(m.Edited, " "), m.Number)
	return err
}

// recordMetadata writes down what was done, with what is known of the document
// after it.
func recordMetadata(ctx context.Context, tx *sql.Tx, m Metadata, c MetadataChange) error {
	metadata, err := json.Marshal(m.Document)
	if err != nil {
		return because(err, "encoding its metadata")
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO document_history (number, document, deed, who, at, metadata, version, was, became)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Number, m.Document.ID, c.Deed, c.Who, now(), string(metadata), c.Version, c.Was, c.Became)
	return err
}

// MetadataHistory returns what was done to the metadata of a document, the last
// first; the first import changes every field that it fills. ErrNotFound if
// there is no such document.
func (s *Store) MetadataHistory(ctx context.Context, _ annotations.Asker, id string) ([]MetadataChange, error) {
	type row struct {
		MetadataChange
		document index.Document
	}
	rows, err := list(ctx, s.reader, func(from scanner) (r row, err error) {
		var metadata []byte
		err = from.Scan(&r.Number, &r.Deed, &r.Who, &r.At, &metadata, &r.Version, &r.Was, &r.Became)
		return r, errors.Join(err, json.Unmarshal(metadata, &r.document))
	}, "SELECT number, deed, who, at, metadata, version, was, became FROM document_history WHERE document = ? ORDER BY number", id)
	if err != nil {
		return nil, because(err, "reading the history of %q", id)
	}
	if len(rows) == 0 {
		return nil, refuse(ErrNotFound, "There is no document %q.", id)
	}
	before := index.Document{}
	history := make([]MetadataChange, len(rows))
	for i, r := range rows {
		r.Changes = changesBetween(before, r.document)
		before, history[len(rows)-1-i] = r.document, r.MetadataChange
	}
	return history, nil
}

func changesBetween(before, after index.Document) []FieldChange {
	from, to := before.Values(), after.Values()
	changes := []FieldChange{}
	for _, name := range after.Differing(before) {
		changes = append(changes, FieldChange{Field: name, From: append([]string{}, from[name]...), To: append([]string{}, to[name]...)})
	}
	return changes
}
