package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"sync"

	"glossator/annotations"
)

// AnnotationsOf returns the margin of a version: the annotations that were made
// on it or carried over to it and that the asker may read, in the order of the
// text, those on the whole document first and those lost in this version last.
// Replies follow what they answer, also where that was deleted. What an
// annotation points to is shared: it must not be changed.
func (s *Store) AnnotationsOf(ctx context.Context, asker annotations.Asker, version string) ([]Placed, error) {
	whole, err := s.marginOf(ctx, version)
	if err != nil {
		return nil, because(err, "reading a margin")
	}
	mine, may := make([]Placed, 0, len(whole.placed)), readableBy(asker)
	for _, p := range whole.placed {
		if may(p.Annotation) {
			mine = append(mine, p)
		}
	}
	return mine, nil
}

// A margin is all that stands in a version, for whoever it is, in the order of
// AnnotationsOf. It is immutable, and true at its time.
type margin struct {
	version, document string
	at                moment
	placed            []Placed
}

// marginsKept is how many annotations a store keeps in memory at most, each as
// it stands in a version; one takes about a kilobyte.
const marginsKept = 50_000

// margins keeps margins in memory. The zero value is empty.
type margins struct {
	mu        sync.RWMutex
	byVersion map[string]*margin
	size      int // of all margins together
}

// get returns the margin of a version, nil if it is not kept.
func (k *margins) get(version string) *margin {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.byVersion[version]
}

// put keeps a margin, unless a newer one is kept or it is too large.
func (k *margins) put(m *margin) {
	k.mu.Lock()
	defer k.mu.Unlock()
	old := k.byVersion[m.version]
	if len(m.placed) > marginsKept || old != nil && old.at.mark > m.at.mark {
		return
	}
	if old != nil {
		k.size -= len(old.placed)
	}
	if k.byVersion == nil || k.size+len(m.placed) > marginsKept {
		k.byVersion, k.size = map[string]*margin{}, 0
	}
	k.byVersion[m.version] = m
	k.size += len(m.placed)
}

// marginOf returns the margin of a version as it is now.
func (s *Store) marginOf(ctx context.Context, version string) (*margin, error) {
	m := s.margins.get(version)
	if m != nil {
		now, err := momentOf(ctx, s.reader)
		if err != nil || now == m.at {
			return m, err
		}
	}
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		if m != nil {
			m, err = s.later(ctx, tx, m)
		} else {
			m, err = s.readMargin(ctx, tx, version)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	s.margins.put(m)
	return m, nil
}

// pinpoint tells the pinpoints of annotations that were just read.
func (s *Store) pinpoint(ctx context.Context, q querier, placed []Placed) error {
	var of *cachedVersion
	for i, p := range placed {
		if p.Passage == "" {
			continue
		}
		if of == nil || of.version.ID != p.Version {
			var err error
			if of, err = s.cachedVersion(ctx, q, p.Version); err != nil {
				return err
			}
		}
		placed[i].Pinpoint = of.pinpoints()[p.Passage]
	}
	return nil
}

// readMargin reads a margin; ErrNotFound if there is no such version.
func (s *Store) readMargin(ctx context.Context, q querier, version string) (*margin, error) {
	m := &margin{version: version}
	err := q.QueryRowContext(ctx, "SELECT document FROM versions WHERE id = ?", version).Scan(&m.document)
	if err != nil {
		return nil, orNotFound(err, "There is no version %q.", version)
	}
	if m.at, err = momentOf(ctx, q); err != nil {
		return nil, err
	}
	m.placed, err = list(ctx, q, scanPlaced, marginColumns+" FROM placements p CROSS JOIN "+annotationTables+standsIn+inMargin, version)
	if err != nil {
		return nil, err
	}
	return m, s.pinpoint(ctx, q, m.placed)
}

// marginColumns and standsIn are what is read of what stands in a version.
const (
	marginColumns = "SELECT " + annotationColumns + ", " + placementColumns
	standsIn      = " WHERE p.annotation = a.root AND p.version = ? AND a.deleted = 0"
)

// inMargin orders it as compareInMargin does.
const inMargin = " ORDER BY p.state = '" + annotations.Lost + "', p.start_at, p.end_at, a.created, a.id"

func compareInMargin(a, b Placed) int {
	lost := func(p Placed) int {
		if p.Placement.State == annotations.Lost {
			return 1
		}
		return 0
	}
	of, and := a.Placement.Target, b.Placement.Target
	return cmp.Or(lost(a)-lost(b), of.Start-and.Start, of.End-and.End, cmp.Compare(a.Created, b.Created), strings.Compare(a.ID, b.ID))
}

// rereadAtOnce is up to how many threads are read again by name.
const rereadAtOnce = 256

// later returns a margin as it is now: only the threads that were written to
// since are read again, unless they are many, or the whole document was.
func (s *Store) later(ctx context.Context, q querier, m *margin) (*margin, error) {
	now, err := momentOf(ctx, q)
	if err != nil {
		return nil, err
	}
	roots, err := list(ctx, q, scanText, `
		SELECT DISTINCT COALESCE(a.root, '') FROM (
			SELECT annotation FROM (SELECT document, annotation FROM changes WHERE number > ? ORDER BY number LIMIT ?) WHERE document = ?
			UNION SELECT annotation FROM reviews WHERE number > ? AND version = ?
		) written LEFT JOIN annotations a ON a.id = written.annotation`,
		m.at.mark, writesAtOnce, m.document, m.at.review, m.version)
	if err != nil {
		return nil, err
	}
	if now.mark-m.at.mark >= writesAtOnce || len(roots) > rereadAtOnce || slices.Contains(roots, "") {
		return s.readMargin(ctx, q, m.version)
	}
	if len(roots) == 0 {
		return &margin{m.version, m.document, now, m.placed}, nil
	}
	again, err := list(ctx, q, scanPlaced, marginColumns+" FROM "+annotationTables+" JOIN placements p"+standsIn+
		" AND a.root IN ("+holders(len(roots))+")", append([]any{m.version}, anys(roots)...)...)
	if err != nil {
		return nil, err
	}
	if err := s.pinpoint(ctx, q, again); err != nil {
		return nil, err
	}
	placed := slices.DeleteFunc(slices.Clone(m.placed), func(p Placed) bool { return slices.Contains(roots, p.Root) })
	placed = append(placed, again...)
	slices.SortFunc(placed, compareInMargin)
	return &margin{m.version, m.document, now, placed}, nil
}

// writesAtOnce is after how many writes a margin is read anew.
const writesAtOnce = 10_000
