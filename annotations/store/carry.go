package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

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
		&own.Version, &own.Target.Start, &own.Target.End, &own.Target.Exact, &own.Target.Prefix, &own.Target.Suffix,
		(*stretches)(&own.More), &own.Passage, &before.Version, &before.State,
		&before.Target.Start, &before.Target.End, &before.Target.Exact, &before.Target.Prefix, &before.Target.Suffix,
		(*stretches)(&before.More), &before.Reviewed)
	return a, err
}

// carryAll writes where the annotations that stand in the version before stand
// in to, also those that are deleted, for they may be restored. Those that stand
// in to already stay where they are.
func (s *Store) carryAll(ctx context.Context, tx *sql.Tx, before string, to *cachedVersion) error {
	all, err := list(ctx, tx, scanTraveller, `
		SELECT a.id, own.version, own.start_at, own.end_at, own.exact, own.prefix, own.suffix, own.more, own.passage,
			p.version, p.state, p.start_at, p.end_at, p.exact, p.prefix, p.suffix, p.more, p.reviewed
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

// A leg is one stretch of an annotation on its way to a new version.
type leg struct {
	own, before annotations.Target
	of          int // index of its traveller
}

// legs returns the stretches of all annotations, in order. What was before of
// each is known if none of the annotation's was lost.
func legs(all []traveller) []leg {
	var found []leg
	for i, a := range all {
		before := a.before.Stretches()
		own := a.own.Stretches()
		for k, target := range own {
			l := leg{own: target, of: i}
			if len(before) == len(own) {
				l.before = before[k]
			}
			found = append(found, l)
		}
	}
	return found
}

// carry writes where annotations stand in a version: as seen from the version
// each was made on or, if its words are lost from there or somebody has
// reviewed its place, from the one that was current. What got here by changes
// in between is changed. A review holds as long as the words it was about do.
func (s *Store) carry(ctx context.Context, tx *sql.Tx, to *cachedVersion, all []traveller) error {
	legs := legs(all)
	carried, err := s.carryLegs(ctx, tx, to, all, legs)
	if err != nil {
		return err
	}
	placements := joined(legs, carried, len(all))
	for i, a := range all {
		p := placements[i]
		p.Version = to.version.ID
		p.Reviewed = p.Reviewed || p.State == annotations.Lost && a.before.State == annotations.Lost && a.before.Reviewed
		if p.Target.End > 0 {
			p.Passage = to.begins(index.Span{Start: p.Target.Start, End: p.Target.End})
		}
		if p.State == annotations.Same {
			if p.State, err = s.sameOrMoved(ctx, tx, to, a.own, p); err != nil {
				return err
			}
		}
		if err := insertPlacement(ctx, tx, to, a.id, p); err != nil {
			return err
		}
	}
	return nil
}

// sameOrMoved returns the state of what has the same words in a version as in
// its own: moved if one of its stretches is in another provision there.
func (s *Store) sameOrMoved(ctx context.Context, q querier, to *cachedVersion, own, there annotations.Placement) (string, error) {
	if there.Passage != own.Passage {
		return annotations.Moved, nil
	}
	if len(own.More) == 0 {
		return annotations.Same, nil
	}
	from, err := s.cachedVersion(ctx, q, own.Version)
	if err != nil {
		return "", err
	}
	for i, was := range own.More {
		is := there.More[i]
		if from.begins(index.Span{Start: was.Start, End: was.End}) != to.begins(index.Span{Start: is.Start, End: is.End}) {
			return annotations.Moved, nil
		}
	}
	return annotations.Same, nil
}

// carryLegs returns where each leg stands in a version.
func (s *Store) carryLegs(ctx context.Context, q querier, to *cachedVersion, all []traveller, legs []leg) ([]annotations.Placement, error) {
	placements := make([]annotations.Placement, len(legs))
	own := map[string][]int{}
	for i, l := range legs {
		placements[i].State = annotations.Lost
		if a := all[l.of]; !a.confirmed() {
			own[a.own.Version] = append(own[a.own.Version], i)
		}
	}
	err := s.carryFrom(ctx, q, own, to, placements, func(i int) annotations.Target { return legs[i].own })
	if err != nil {
		return nil, err
	}
	before := map[string][]int{}
	for i, l := range legs {
		a := all[l.of]
		if placements[i].State == annotations.Lost && l.before.End > 0 && a.before.Version != a.own.Version {
			before[a.before.Version] = append(before[a.before.Version], i)
		}
	}
	err = s.carryFrom(ctx, q, before, to, placements, func(i int) annotations.Target { return legs[i].before })
	if err != nil {
		return nil, err
	}
	for _, again := range before {
		for _, i := range again {
			p := &placements[i]
			p.Reviewed = all[legs[i].of].confirmed() && (p.State == annotations.Same || p.State == annotations.Moved)
			if p.State != annotations.Lost {
				p.State = annotations.Changed
			}
		}
	}
	return placements, nil
}

// joined puts the legs of each of n annotations together: it is lost if all of
// its stretches are, and changed if some are. One without stretches is the same.
func joined(legs []leg, carried []annotations.Placement, n int) []annotations.Placement {
	all := make([]annotations.Placement, n)
	for from := 0; from < len(legs); {
		past := from + 1
		for past < len(legs) && legs[past].of == legs[from].of {
			past++
		}
		all[legs[from].of] = together(carried[from:past])
		from = past
	}
	for i := range all {
		all[i].State = cmp.Or(all[i].State, annotations.Same)
	}
	return all
}

// together puts the placements of one annotation's stretches together.
func together(parts []annotations.Placement) annotations.Placement {
	whole := annotations.Placement{State: annotations.Same, Reviewed: true}
	var found []annotations.Target
	for _, p := range parts {
		whole.Reviewed = whole.Reviewed && p.Reviewed
		switch {
		case p.State == annotations.Lost || p.State == annotations.Changed:
			whole.State = annotations.Changed
		case p.State == annotations.Moved && whole.State == annotations.Same:
			whole.State = annotations.Moved
		}
		if p.State != annotations.Lost {
			found = append(found, p.Target)
		}
	}
	if len(found) == 0 {
		return annotations.Placement{State: annotations.Lost}
	}
	slices.SortFunc(found, func(a, b annotations.Target) int { return cmp.Compare(a.Start, b.Start) })
	whole.Target = found[0]
	if len(found) > 1 {
		whole.More = found[1:]
	}
	return whole
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
