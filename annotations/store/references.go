package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"glossator/annotations"
	"glossator/index"
)

// A Mention is a reference, in the current version of a document, to a provision
// of another document.
type Mention struct {
	Document  string // where it stands
	Version   string
	Language  string
	Provision string // id of the innermost provision it stands in
	Pinpoint  string // of that
	Reference index.Reference
	Words     string // around it
	WordsAt   int    // the code point of the text with which they begin
}

// References returns the references in a version, in the order of the text, and
// what finds the provisions of that version; ErrNotFound if there is none with
// this id. Both are shared and must not be changed.
func (s *Store) References(ctx context.Context, _ annotations.Asker, version string) ([]index.Reference, *index.Places, error) {
	cached, err := s.cachedVersion(ctx, s.reader, version)
	if err != nil {
		return nil, nil, because(err, "reading a version")
	}
	return cached.references(), cached.places(), nil
}

// ReadingState changes whenever references have been read or are to be.
type ReadingState struct {
	Read   int   // versions
	Last   int64 // when the last of them was read
	Unread int   // current versions that are yet to be read
}

// unread are the current versions whose references are yet to be read, or are to
// be read again.
const unread = `
	FROM current_versions v JOIN documents d ON d.id = v.document
	LEFT JOIN reference_readings r ON r.version = v.id AND r.rules = ? AND r.kind = d.kind
	WHERE r.version IS NULL`

// ReadingState returns how far the references have been read.
func (s *Store) ReadingState(ctx context.Context) (state ReadingState, err error) {
	err = s.reader.QueryRowContext(ctx,
		"SELECT (SELECT COUNT(*) FROM reference_readings), (SELECT COALESCE(MAX(read), 0) FROM reference_readings), COUNT(*)"+unread,
		index.ReferenceRules).Scan(&state.Read, &state.Last, &state.Unread)
	if err != nil {
		return ReadingState{}, because(err, "looking how far the references have been read")
	}
	return state, nil
}

// ReadReferences reads the references of one version that is yet to be read and
// reports whether there was one.
func (s *Store) ReadReferences(ctx context.Context) (more bool, err error) {
	var version, kind string
	err = s.reader.QueryRowContext(ctx, "SELECT v.id, d.kind"+unread+" ORDER BY v.number LIMIT 1", index.ReferenceRules).Scan(&version, &kind)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, because(err, "looking for a version to read the references of")
	}
	v, err := s.uncached(ctx, version)
	if err != nil {
		return false, because(err, "reading the references of version %s", version)
	}
	mentions := mentionsIn(v, kind)
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return writeMentions(ctx, tx, v, kind, mentions) })
	return true, because(err, "writing the references of version %s", version)
}

// uncached returns a version without keeping it: whoever goes through all of
// them must not drive out those that people read.
func (s *Store) uncached(ctx context.Context, id string) (*index.Version, error) {
	if cached := s.versions.get(id); cached != nil {
		return cached.version, nil
	}
	return readVersion(ctx, s.reader, id)
}

func mentionsIn(v *index.Version, kind string) []Mention {
	var mentions []Mention
	pinpoints, quoter := v.Pinpoints(), index.NewQuoter(v)
	for _, r := range index.FindReferences(v) {
		if r.Abroad(kind) {
			m := Mention{Provision: v.Provisions[r.Provision].ID, Pinpoint: pinpoints[r.Provision], Reference: r}
			m.Words, m.WordsAt = quoter.Quote(r)
			mentions = append(mentions, m)
		}
	}
	return mentions
}

// writeMentions puts the mentions of a version in the place of those of this and
// of the versions before it.
func writeMentions(ctx context.Context, tx *sql.Tx, v *index.Version, kind string, mentions []Mention) error {
	for _, statement := range []string{
		"DELETE FROM mentions WHERE version IN (SELECT id FROM versions WHERE document = ? AND language = ?)",
		"DELETE FROM reference_readings WHERE version IN (SELECT id FROM versions WHERE document = ? AND language = ?)",
	} {
		if _, err := tx.ExecContext(ctx, statement, v.Document, v.Language); err != nil {
			return err
		}
	}
	insert, err := tx.PrepareContext(ctx, `
		INSERT INTO mentions (version, start_at, end_at, document, provision, pinpoint, named, steps, last, words, words_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, m := range mentions {
		steps, err := json.Marshal(m.Reference.Steps)
		if err != nil {
			return err
		}
		_, err = insert.ExecContext(ctx, v.ID, m.Reference.Start, m.Reference.End, v.Document, m.Provision, m.Pinpoint,
			named(m.Reference), string(steps), m.Reference.Last, m.Words, m.WordsAt)
		if err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO reference_readings (version, rules, kind, read) VALUES (?, ?, ?, ?)",
		v.ID, index.ReferenceRules, kind, now())
	return err
}

// named writes whom a reference names, "" if nobody.
func named(r index.Reference) string {
	if r.Of == index.Unsaid {
		return ""
	}
	return r.Of + " " + r.Name
}

// A Naming is one way in which documents are named in references.
type Naming struct{ Of, Name string }

// Namings returns all ways in which the documents of mentions are named.
func (s *Store) Namings(ctx context.Context) ([]Naming, error) {
	namings, err := list(ctx, s.reader, func(row scanner) (n Naming, err error) {
		var text string
		err = row.Scan(&text)
		n.Of, n.Name, _ = strings.Cut(text, " ")
		return n, err
	}, "SELECT DISTINCT named FROM mentions WHERE named <> ''")
	return namings, because(err, "listing how documents are named")
}

// namingsAtOnce is how many namings one statement asks for.
const namingsAtOnce = 256

// Mentions returns the mentions that name a document in one of these ways, and
// those in these documents that name none, or none but by a word such as "the
// Convention"; in the order of documents and texts.
func (s *Store) Mentions(ctx context.Context, _ annotations.Asker, namings []Naming, in []string) ([]Mention, error) {
	var all []Mention
	err := s.read(ctx, func(tx *sql.Tx) error {
		for from := 0; from < len(namings); from += namingsAtOnce {
			var texts []string
			for _, n := range namings[from:min(from+namingsAtOnce, len(namings))] {
				texts = append(texts, n.Of+" "+n.Name)
			}
			some, err := mentionsWhere(ctx, tx, "m.named IN (%s)", texts)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		if len(in) == 0 {
			return nil
		}
		some, err := mentionsWhere(ctx, tx, "m.document IN (%s) AND (m.named = '' OR m.named LIKE 'the %%')", in)
		all = append(all, some...)
		return err
	})
	return all, because(err, "reading who mentions a document")
}

// mentionsWhere returns the mentions that a condition with a list selects.
func mentionsWhere(ctx context.Context, tx *sql.Tx, condition string, values []string) ([]Mention, error) {
	values = padded(values)
	return list(ctx, tx, scanMention, `
		SELECT m.document, m.version, v.language, m.provision, m.pinpoint, m.start_at, m.end_at, m.named, m.steps, m.last, m.words, m.words_at
		FROM mentions m JOIN versions v ON v.id = m.version
		WHERE `+strings.Replace(strings.Replace(condition, "%s", holders(len(values)), 1), "%%", "%", 1)+`
		ORDER BY m.document, v.language, m.start_at`, anys(values)...)
}

func scanMention(row scanner) (m Mention, err error) {
	var named, steps string
	r := &m.Reference
	err = row.Scan(&m.Document, &m.Version, &m.Language, &m.Provision, &m.Pinpoint, &r.Start, &r.End, &named, &steps, &r.Last, &m.Words, &m.WordsAt)
	if err != nil {
		return m, err
	}
	r.Of, r.Name, _ = strings.Cut(named, " ")
	return m, json.Unmarshal([]byte(steps), &r.Steps)
}
