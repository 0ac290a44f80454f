package store

import (
	"context"
	"database/sql"

	"golang.org/x/text/language"

	"glossator/index"
)

// CorrectLanguage says that a version is in another language, a BCP 47 tag, and
// returns the id of the version that has the same text in that language. It is
// the newest one there and takes the annotations along; the one that was wrong
// stays for the links to it, and importing its source again brings nothing. who
// is as with EditMetadata. It fails with ErrNotFound if there is no such version,
// with ErrConflict if it has been corrected already and with ErrInvalid if the
// tag is none.
func (s *Store) CorrectLanguage(ctx context.Context, who, version, tag string) (id string, err error) {
	parsed, err := language.Parse(tag)
	if err != nil || parsed == language.Und {
		return "", refuse(ErrInvalid, "%q is no language; write a code such as en, fr or zh-Hant.", tag)
	}
	tag = parsed.String()
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		wrong, err := s.cachedVersion(ctx, tx, version)
		if err != nil {
			return err
		}
		if wrong.version.Language == tag {
			id = version
			return nil
		}
		corrected, err := exists(ctx, tx, "SELECT 1 FROM versions WHERE id = ? AND corrected <> ''", version)
		if err != nil {
			return err
		}
		if corrected {
			return refuse(ErrConflict, "The language of this version has been corrected already; correct the version that took its place.")
		}
		id, err = s.inLanguage(ctx, tx, wrong.version, tag)
		if err != nil {
			return err
		}
		return recordLanguage(ctx, tx, who, wrong.version, tag)
	})
	return id, because(err, "correcting the language of version %q", version)
}

// inLanguage puts a version with the text of v in another language in its place.
func (s *Store) inLanguage(ctx context.Context, tx *sql.Tx, v *index.Version, tag string) (string, error) {
	id := index.VersionID(v.Document, tag, v.SHA256)
	before, err := currentIn(ctx, tx, v.Document, tag)
	if err != nil {
		return "", err
	}
	known, err := exists(ctx, tx, "SELECT 1 FROM versions WHERE id = ?", id)
	if err != nil {
		return "", err
	}
	number, err := nextIn(ctx, tx, v.Document, tag)
	if err != nil {
		return "", err
	}
	if known {
		_, err = tx.ExecContext(ctx, "UPDATE versions SET corrected = '' WHERE id = ?", id)
	} else {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO versions (id, document, language, version, source, format, sha256, imported, length, passages, articles, number, body)
			SELECT ?, document, ?, ?, source, format, sha256, imported, length, passages, articles, number, body FROM versions WHERE id = ?`,
			id, tag, number, v.ID)
	}
	if err != nil {
		return "", err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE versions SET corrected = ? WHERE id = ? OR corrected = ?", id, v.ID, v.ID); err != nil {
		return "", err
	}
	right := *v
	right.ID, right.Language = id, tag
	to := newCached(&right)
	for _, from := range []string{v.ID, before} {
		if from == "" || from == id {
			continue
		}
		if err := s.carryAll(ctx, tx, from, to); err != nil {
			return "", err
		}
	}
	return id, nil
}

// recordLanguage writes down that a language was corrected.
func recordLanguage(ctx context.Context, tx *sql.Tx, who string, wrong *index.Version, tag string) error {
	number, err := touch(ctx, tx, wrong.Document, "")
	if err != nil {
		return err
	}
	m, err := metadataOf(ctx, tx, wrong.Document)
	if err != nil {
		return err
	}
	return recordMetadata(ctx, tx, m, MetadataChange{
		Number: number, Deed: DeedLanguage, Who: who, Version: wrong.ID, Was: wrong.Language, Became: tag,
	})
}
