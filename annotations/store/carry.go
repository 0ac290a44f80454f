package store

import (
	"context"
	"database/sql"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/index"
)

// traveller is an annotation on its way to a new version.
type traveller struct {
	id     string
	own    annotations.Placement // in the version it was made on
	before annotations.Placement // in the version that was current
}

func scanTraveller(row scanner) (a traveller, err error) {
	own, before := &a.own, &a.before
	err = row.Scan(&a.id,
		&own.Version, &own.Target.Start, &own.Target.End, &own.Target.Exact, &own.Target.Prefix, &own.Target.Suffix, &own.Passage,
		&before.Version, &before.State,
		&before.Target.Start, &before.Target.End, &before.Target.Exact, &before.Target.Prefix, &before.Target.Suffix, &before.Reviewed)
	return a, err
}

// carryAll writes where the annotations that stand in the version before stand
// in to, also those that are deleted, for they may be restored. Those that stand
// in to already stay where they are.
func (s *Store) carryAll(ctx context.Context, tx *sql.Tx, before string, to *cachedVersion) error {
	all, err := list(ctx, tx, scanTraveller, `
		SELECT a.id, own.version, own.start_at, own.end_at, own.exact, own.prefix, own.suffix, own.passage,
			p.version, p.state, p.start_at, p.end_at, p.exact, p.prefix, p.suffix, p.reviewed
		FROM placements p CROSS JOIN annotations a JOIN placements own ON own.annotation = a.id AND own.version = a.version
		WHERE p.annotation = a.id AND p.version = ?
			AND NOT EXISTS (SELECT 1 FROM placements there WHERE there.annotation = a.id AND there.version = ?) ORDER BY a.id`,
		before, to.version.ID)
	if err != nil {
		return err
	}
	return s.carry(ctx, tx, to, all)
}

// carryForward carries an annotation that is made on a version which is not
// current to the one that is.
func (s *Store) carryForward(ctx context.Context, tx *sql.Tx, from *index.Version, id string, own annotations.Placement) error {
	var current string
	err := tx.QueryRowContext(ctx, `
		SELECT id FROM current_versions WHERE document = ? AND language = COALESCE(
			(SELECT mended.language FROM versions wrong JOIN versions mended ON mended.id = wrong.corrected WHERE wrong.id = ?), ?)`,
		from.Document, from.ID, from.Language).Scan(&current)
	if err != nil || current == from.ID {
		return err
	}
	to, err := s.cachedVersion(ctx, tx, current)
	if err != nil {
		return err
	}
	return s.carry(ctx, tx, to, []traveller{{id: id, own: own, before: own}})
}

// confirmed reports whether somebody has said where it stands in the version
// before, which is from where it goes on.
func (a traveller) confirmed() bool {
	return a.before.Reviewed && a.before.State != annotations.Lost && a.before.Version != a.own.Version
}

// carry writes where annotations stand in a version: as seen from the version
// each was made on or, if its words are lost from there or somebody has
// reviewed its place, from the one that was current. What got here by changes
// in between is changed. A review holds as long as the words it was about do.
func (s *Store) carry(ctx context.Context, tx *sql.Tx, to *cachedVersion, all []traveller) error {
	placements := make([]annotations.Placement, len(all))
	own := map[string][]int{}
	for i, a := range all {
		placements[i].State = annotations.Lost
		if !a.confirmed() {
			own[a.own.Version] = append(own[a.own.Version], i)
		}
	}
	err := s.carryFrom(ctx, tx, own, to, placements, func(i int) annotations.Target { return all[i].own.Target })
	if err != nil {
		return err
	}
	before := map[string][]int{}
	for i, a := range all {
		if placements[i].State == annotations.Lost && a.before.State != annotations.Lost && a.before.Version != a.own.Version {
			before[a.before.Version] = append(before[a.before.Version], i)
		}
	}
	err = s.carryFrom(ctx, tx, before, to, placements, func(i int) annotations.Target { return all[i].before.Target })
	if err != nil {
		return err
	}
	for _, again := range before {
		for _, i := range again {
			p := &placements[i]
			p.Reviewed = all[i].confirmed() && (p.State == annotations.Same || p.State == annotations.Moved)
			if p.State != annotations.Lost {
				p.State = annotations.Changed
			}
		}
	}
	for i, p := range placements {
		p.Version = to.version.ID
		p.Reviewed = p.Reviewed || p.State == annotations.Lost && all[i].before.State == annotations.Lost && all[i].before.Reviewed
		if p.State != annotations.Lost {
			p.Passage = to.begins(index.Span{Start: p.Target.Start, End: p.Target.End})
		}
		if p.State == annotations.Same && p.Passage != all[i].own.Passage {
			p.State = annotations.Moved
		}
		if err := insertPlacement(ctx, tx, to, all[i].id, p); err != nil {
			return err
		}
	}
	return nil
}

// carryFrom fills in the placements whose indexes are listed by the version
// that their targets stand in.
func (s *Store) carryFrom(ctx context.Context, q querier, by map[string][]int, to *cachedVersion,
	placements []annotations.Placement, target func(i int) annotations.Target) error {
	for version, some := range by {
		from, err := s.cachedVersion(ctx, q, version)
		if err != nil {
			return err
		}
		targets := make([]annotations.Target, len(some))
		for k, i := range some {
			targets[k] = target(i)
		}
		for k, p := range anchor.Carry(from.text(), to.text(), targets) {
			placements[some[k]] = p
		}
	}
	return nil
}
