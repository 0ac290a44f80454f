package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"glossator/annotations"
	"glossator/index"
)

// An Outcome says what PutDocument did.
type Outcome string

// Outcomes, from most to least.
const (
	Taken       Outcome = "taken"     // a new document
	Added       Outcome = "version"   // a new version of a known document
	Redescribed Outcome = "metadata"  // only the metadata changed
	Unchanged   Outcome = "unchanged" // all of it was there already
)

// A DocumentSummary is a document with its figures.
type DocumentSummary struct {
	index.Document
	Year        int      `json:"year"`        // 0 if not known
	Languages   []string `json:"languages"`   // of its versions, in alphabetical order
	Passages    int      `json:"passages"`    // of the current versions
	Annotations int      `json:"annotations"` // that the asker may read
	Length      int      `json:"length"`      // code points of the current version in the first language
}

// A DocumentDetail is a document with all of its versions.
type DocumentDetail struct {
	DocumentSummary
	Versions []VersionSummary `json:"versions"` // by language, the newest first
	ToReview int              `json:"toReview"` // annotations whose place in a current version the asker has to look at
}

// A VersionSummary is a version without its text.
type VersionSummary struct {
	ID       string `json:"id"`
	Number   int    `json:"number"`
	Language string `json:"language"`
	Source   string `json:"source"`
	Format   string `json:"format"`
	Imported int64  `json:"imported"` // milliseconds UTC
	Length   int    `json:"length"`   // code points
	Passages int    `json:"passages"`
	Articles int    `json:"articles"`
	Current  bool   `json:"current"` // whether it is the newest in its language
	// Corrected is the id of the version that has the right language, if this one had not; "" otherwise.
	Corrected string `json:"corrected,omitempty"`
	// Remarks say what of the source was left out or converted.
	Remarks []string `json:"remarks,omitempty"`
}

// A DocumentFilter says which documents are wanted.
type DocumentFilter struct {
	Text   string // words of the title, short title, aliases or organisation, all of which must be there; "" for all documents
	Kind   string // "" for all kinds
	Offset int
	Limit  int // 0 for no limit
}

// Counts are the figures of the whole store.
type Counts struct {
	Documents   int
	Versions    int
	Passages    int // of the current versions
	Annotations int // that are public
}

// PutDocument writes the metadata of d, in place of what was there but for the
// fields that a person has edited, and those versions that are not there yet, and carries the annotations of the version
// that was current in each language over to the new one, all in one
// transaction. Whatever else the versions hold, their document is d. It fails
// with ErrInvalid if d lacks an id or a title, or if a version is not sound.
func (s *Store) PutDocument(ctx context.Context, d index.Document, vs []index.Version) (Outcome, error) {
	if d.ID == "" || strings.TrimSpace(d.Title) == "" {
		return "", refuse(ErrInvalid, "a document needs an id and a title; its id is %q and its title %q", d.ID, d.Title)
	}
	packed, err := s.packNew(ctx, d.ID, vs)
	if err != nil {
		return "", because(err, "reading the versions of %q", d.ID)
	}
	var outcome Outcome
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		outcome, err = s.putDocument(ctx, tx, d, packed)
		return err
	})
	if err != nil {
		return "", because(err, "writing the document %q", d.ID)
	}
	return outcome, nil
}

func (s *Store) putDocument(ctx context.Context, tx *sql.Tx, d index.Document, vs []packedVersion) (Outcome, error) {
	outcome, edited, err := metadataOutcome(ctx, tx, &d)
	if err != nil {
		return "", err
	}
	var fresh []packedVersion
	for _, v := range vs {
		known, err := exists(ctx, tx, "SELECT 1 FROM versions WHERE id = ?", v.ID)
		if err != nil {
			return "", err
		}
		if !known && !slices.ContainsFunc(fresh, func(f packedVersion) bool { return f.ID == v.ID }) {
			fresh = append(fresh, v)
		}
	}
	if outcome == Unchanged && len(fresh) == 0 {
		return Unchanged, nil
	}
	number, err := touch(ctx, tx, d.ID, "")
	if err != nil {
		return "", err
	}
	if outcome != Unchanged {
		if err := putMetadata(ctx, tx, Metadata{Document: d, Edited: edited, Number: number}, DeedImport, ""); err != nil {
			return "", err
		}
	}
	for _, v := range fresh {
		if err := s.addVersion(ctx, tx, v, number); err != nil {
			return "", err
		}
	}
	if outcome == Taken {
		return Taken, s.standAside(ctx, tx, d.ID)
	}
	if len(fresh) > 0 {
		return Added, nil
	}
	return outcome, nil
}

// metadataOutcome says what writing the metadata of d would do. Before that it
// leaves in d what people have said: an import fills in what nobody has.
func metadataOutcome(ctx context.Context, q querier, d *index.Document) (outcome Outcome, edited []string, err error) {
	old, err := metadataOf(ctx, q, d.ID)
	if errors.Is(err, ErrNotFound) {
		return Taken, nil, beside(ctx, q, d)
	}
	if err != nil {
		return "", nil, err
	}
	if err := beside(ctx, q, d); err != nil {
		return "", nil, err
	}
	*d = d.Keep(old.Document, old.Edited)
	was, err := json.Marshal(old.Document)
	if err != nil {
		return "", nil, because(err, "encoding its metadata")
	}
	is, err := json.Marshal(*d)
	if err != nil {
		return "", nil, because(err, "encoding its metadata")
	}
	if string(was) == string(is) {
		return Unchanged, old.Edited, nil
	}
	return Redescribed, old.Edited, nil
}

// DigestPrefix begins the id of the digest of a document, before that one's id.
const DigestPrefix = "digest-"

// beside makes d a commentary if it is a digest of a document that is here: it
// no longer stands in for it.
func beside(ctx context.Context, q querier, d *index.Document) error {
	if !d.Digest || d.About == "" {
		return nil
	}
	here, err := exists(ctx, q, "SELECT 1 FROM documents WHERE id = ?", d.About)
	if here {
		d.Kind = index.Commentary
	}
	return err
}

// standAside makes the digest of a document that has just come a commentary on
// it, unless somebody has said what it is.
func (s *Store) standAside(ctx context.Context, tx *sql.Tx, id string) error {
	digest, err := metadataOf(ctx, tx, DigestPrefix+id)
	if errors.Is(err, ErrNotFound) || err == nil && !digest.Document.Digest {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = s.putDocument(ctx, tx, digest.Document, nil)
	return err
}

// Known returns the metadata of a document, the zero Document if there is none
// with this id: what an import goes on from, whoever runs it.
func (s *Store) Known(ctx context.Context, id string) (d index.Document, err error) {
	var metadata string
	err = s.reader.QueryRowContext(ctx, "SELECT metadata FROM documents WHERE id = ?", id).Scan(&metadata)
	if errors.Is(err, sql.ErrNoRows) {
		return index.Document{}, nil
	}
	if err != nil {
		return index.Document{}, because(err, "reading the metadata of %q", id)
	}
	return d, because(json.Unmarshal([]byte(metadata), &d), "reading the metadata of %q", id)
}

// Document returns a document and its versions; ErrNotFound if there is none
// with this id. What it points to is shared: it must not be changed.
func (s *Store) Document(ctx context.Context, asker annotations.Asker, id string) (DocumentDetail, error) {
	found, err := s.entriesOf(ctx, []string{id})
	if err != nil {
		return DocumentDetail{}, because(err, "reading a document")
	}
	of, ok := found[id]
	if !ok {
		return DocumentDetail{}, because(refuse(ErrNotFound, "There is no document %q.", id), "reading a document")
	}
	detail := DocumentDetail{DocumentSummary: of.summary(asker), Versions: of.versions}
	detail.ToReview, err = toReviewIn(ctx, s.reader, asker, id)
	return detail, because(err, "reading a document")
}

// Documents returns a page of the documents that the filter lets through, in
// the order of their titles, case and accents apart, and how many there are on
// all pages.
func (s *Store) Documents(ctx context.Context, asker annotations.Asker, f DocumentFilter) (page []DocumentSummary, total int, err error) {
	condition, args := likeAll("words", f.Text)
	if f.Kind != "" {
		condition += " AND kind = ?"
		args = append(args, f.Kind)
	}
	limit := f.Limit
	if limit == 0 {
		limit = 1 << 30
	}
	var ids []string
	err = s.read(ctx, func(tx *sql.Tx) (err error) {
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM documents WHERE "+condition, args...).Scan(&total); err != nil {
			return err
		}
		ids, err = list(ctx, tx, scanText,
			"SELECT id FROM documents WHERE "+condition+" ORDER BY title, id LIMIT ? OFFSET ?", append(args, limit, f.Offset)...)
		return err
	})
	if err != nil {
		return nil, 0, because(err, "listing documents")
	}
	found, err := s.DocumentsByID(ctx, asker, ids)
	page = make([]DocumentSummary, len(ids))
	for i, id := range ids {
		page[i] = found[id]
	}
	return page, total, err
}

// Library returns what is known of every document, in the order of ids.
func (s *Store) Library(ctx context.Context, _ annotations.Asker) ([]index.Document, error) {
	documents, err := list(ctx, s.reader, scanDocument, "SELECT metadata FROM documents ORDER BY id")
	if err != nil {
		return nil, because(err, "reading what is known of the documents")
	}
	return documents, nil
}

// A LibraryState changes whenever Library does.
type LibraryState struct {
	Documents int
	Number    int64 // of the last write that changed what is known of a document
}

// LibraryState returns the state of the library.
func (s *Store) LibraryState(ctx context.Context) (state LibraryState, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT COUNT(*), COALESCE(MAX(number), 0) FROM documents").Scan(&state.Documents, &state.Number)
	if err != nil {
		return LibraryState{}, because(err, "reading the state of the library")
	}
	return state, nil
}

// scanDocument reads metadata as everybody but their editors see them: with the
// status that they amount to today.
func scanDocument(row scanner) (index.Document, error) {
	d, err := scanDocumentAsSaid(row)
	d.Status = d.Standing(time.Now().UTC().Format(time.DateOnly))
	return d, err
}

func scanDocumentAsSaid(row scanner) (d index.Document, err error) {
	var metadata []byte
	if err := row.Scan(&metadata); err != nil {
		return d, err
	}
	return d, json.Unmarshal(metadata, &d)
}

// Counts returns the figures of the whole store.
func (s *Store) Counts(ctx context.Context) (c Counts, err error) {
	err = s.reader.QueryRowContext(ctx, `
		SELECT (SELECT COUNT(*) FROM documents), (SELECT COUNT(*) FROM versions),
			(SELECT COALESCE(SUM(passages), 0) FROM current_versions),
			(SELECT COUNT(*) FROM annotations WHERE audience = ? AND deleted = 0)`, annotations.Public).
		Scan(&c.Documents, &c.Versions, &c.Passages, &c.Annotations)
	if err != nil {
		return Counts{}, because(err, "counting")
	}
	return c, nil
}
