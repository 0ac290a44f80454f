package store

import (
	"context"
	"slices"
	"strings"

	"glossator/annotations"
)

// A Container is a set of annotations in the order in which they were made,
// which no later write changes: all, or those on one document.
type Container struct {
	Document string // "" for all
}

// A Cursor is a place between two annotations of a container: after the one
// that was made then and has this id. The zero Cursor is the beginning.
type Cursor struct {
	Created int64
	ID      string
}

// CursorAfter returns the place after an annotation.
func CursorAfter(n annotations.Annotation) Cursor { return Cursor{n.Created, n.ID} }

// Contained returns up to limit annotations of a container that follow a place
// and that the asker may read.
func (s *Store) Contained(ctx context.Context, asker annotations.Asker, c Container, after Cursor, limit int) ([]annotations.Annotation, error) {
	found, err := s.contained(ctx, asker, c, "(a.created, a.id) > (?, ?)", "", after, limit)
	return found, because(err, "reading a container")
}

// CursorBack returns the place that n annotations before another are after, or
// the beginning if there are fewer, as the asker sees the container.
func (s *Store) CursorBack(ctx context.Context, asker annotations.Asker, c Container, at Cursor, n int) (Cursor, error) {
	before, err := s.contained(ctx, asker, c, "(a.created, a.id) <= (?, ?)", " DESC", at, n+1)
	if err != nil || len(before) <= n {
		return Cursor{}, because(err, "reading a container")
	}
	return CursorAfter(before[n]), nil
}

// contained asks for each audience by itself: each has its own order in the
// index, and of none is more read than is wanted.
func (s *Store) contained(ctx context.Context, asker annotations.Asker, c Container, where, order string, at Cursor, limit int) ([]annotations.Annotation, error) {
	visible, readable := mayRead(asker)
	var parts []string
	var args []any
	for _, audience := range asker.Audiences() {
		part := "SELECT * FROM (SELECT a.id AS id, a.created AS created FROM annotations a WHERE a.audience = ? AND " + where + " AND " + visible
		args = append(args, audience, at.Created, at.ID)
		args = append(args, readable...)
		if c.Document != "" {
			part += " AND a.document = ?"
			args = append(args, c.Document)
		}
		parts = append(parts, part+" ORDER BY a.created"+order+", a.id"+order+" LIMIT ?)")
		args = append(args, limit)
	}
	ids, err := list(ctx, s.reader, scanText,
		"SELECT id FROM ("+strings.Join(parts, " UNION ALL ")+") ORDER BY created"+order+", id"+order+" LIMIT ?", append(args, limit)...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	found, err := s.annotationsByID(ctx, asker, ids)
	place := map[string]int{}
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(found, func(a, b annotations.Annotation) int { return place[a.ID] - place[b.ID] })
	return found, err
}

// ContainedCount returns how many annotations of a container the asker may read,
// and when one of them was last changed; 0 and 0 if there are none.
func (s *Store) ContainedCount(ctx context.Context, asker annotations.Asker, c Container) (total int, modified int64, err error) {
	condition, args := mayRead(asker)
	if c.Document != "" {
		condition += " AND a.document = ?"
		args = append(args, c.Document)
	}
	err = s.reader.QueryRowContext(ctx, "SELECT COUNT(*), COALESCE(MAX(a.modified), 0) FROM annotations a WHERE "+condition, args...).
		Scan(&total, &modified)
	return total, modified, because(err, "counting a container")
}

// Deleted reports whether there was an annotation with this id that the asker
// could read, and that was deleted.
func (s *Store) Deleted(ctx context.Context, asker annotations.Asker, id string) (bool, error) {
	visible, args := audienceIn(asker, "a")
	found, err := exists(ctx, s.reader, "SELECT 1 FROM annotations a WHERE a.deleted <> 0 AND a.id = ? AND "+visible, append([]any{id}, args...)...)
	return found, because(err, "reading an annotation")
}

// VersionsFrom returns the versions that came from one of these addresses.
func (s *Store) VersionsFrom(ctx context.Context, _ annotations.Asker, addresses []string) ([]string, error) {
	if len(addresses) == 0 {
		return nil, nil
	}
	ids, err := list(ctx, s.reader, scanText, "SELECT id FROM versions WHERE source IN ("+holders(len(addresses))+") ORDER BY id", anys(addresses)...)
	return ids, because(err, "looking for the source of a version")
}
