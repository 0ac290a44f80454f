package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"glossator/annotations"
)

// A repairer mends within one transaction.
type repairer struct {
	*Store
	tx     *sql.Tx
	aside  io.Writer
	report func(done string)
}

// Repair mends what Check finds as far as the database knows better: indexes of
// SQL, for whom annotations are kept, their history, where they stand and with
// which passages they are found, and all figures. Rows that refer to nothing are
// written to aside, one JSON object a line, and removed. It calls report with a
// sentence for each deed; what is wrong after that cannot be mended. Nobody else
// may have the database open.
func (s *Store) Repair(ctx context.Context, aside io.Writer, report func(done string)) error {
	faulty := false
	if err := s.checkFile(ctx, func(string) { faulty = true }); err != nil {
		return because(err, "checking the database")
	}
	if faulty {
		if _, err := s.writer.ExecContext(ctx, "REINDEX"); err != nil {
			return because(err, "building the indexes of the database anew")
		}
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		r := &repairer{s, tx, aside, report}
		for _, mend := range []func(context.Context) error{r.orphans, r.places, r.entries, r.figures} {
			if err := mend(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return because(err, "mending the database")
	}
	return s.CountAhead(ctx)
}

// orphans sets rows aside that refer to rows that do not exist, then those that
// referred to them.
func (r *repairer) orphans(ctx context.Context) error {
	if _, err := r.tx.ExecContext(ctx, "PRAGMA defer_foreign_keys = 1"); err != nil {
		return err
	}
	for {
		type orphan struct {
			table string
			row   int64
		}
		all, err := list(ctx, r.tx, func(row scanner) (o orphan, err error) {
			var parent, constraint any
			err = row.Scan(&o.table, &o.row, &parent, &constraint)
			return o, err
		}, "PRAGMA foreign_key_check")
		if err != nil || len(all) == 0 {
			return err
		}
		seen := map[orphan]bool{}
		for _, o := range all {
			if seen[o] {
				continue
			}
			seen[o] = true
			if err := r.setAside(ctx, o.table, o.row); err != nil {
				return because(err, "row %d of %s", o.row, o.table)
			}
			r.report(fmt.Sprintf("Row %d of %s refers to something that is not there: it is set aside.", o.row, o.table))
		}
	}
}

// setAside writes a row to aside and removes it.
func (r *repairer) setAside(ctx context.Context, table string, row int64) (err error) {
	rows, err := r.tx.QueryContext(ctx, "SELECT * FROM "+table+" WHERE rowid = ?", row)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		kept := map[string]any{}
		for i, column := range columns {
			kept[column] = values[i]
		}
		if err := json.NewEncoder(r.aside).Encode(map[string]any{"table": table, "row": kept}); err != nil {
			return fmt.Errorf("setting a row aside: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	_, err = r.tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE rowid = ?", row)
	return err
}

// places puts the annotations of a thread's beginning where their history says
// that they stand, if they do not stand on their words, and has each found with
// the passages that it covers.
func (r *repairer) places(ctx context.Context) error {
	ids, err := list(ctx, r.tx, scanText, "SELECT id FROM annotations WHERE root = id ORDER BY id")
	if err != nil {
		return err
	}
	for _, id := range ids {
		sound, err := r.sound(ctx, id)
		if err != nil || sound {
			if err != nil {
				return because(err, "annotation %s", id)
			}
			continue
		}
		if err := r.putBack(ctx, id); err != nil {
			return because(err, "annotation %s", id)
		}
	}
	return nil
}

// sound reports whether an annotation has a place, stands on its words wherever
// it stands, and is found with what it covers. One on a text that cannot be read
// is left alone.
func (r *repairer) sound(ctx context.Context, id string) (bool, error) {
	var own string
	var absent bool
	if err := r.tx.QueryRowContext(ctx, "SELECT version, absent FROM annotations WHERE id = ?", id).Scan(&own, &absent); err != nil {
		return false, err
	}
	all, err := list(ctx, r.tx, func(row scanner) (p annotations.Placement, err error) {
		err = row.Scan(placementFields(&p)...)
		return p, err
	}, "SELECT "+placementColumns+" FROM placements p WHERE p.annotation = ?", id)
	if err != nil {
		return false, err
	}
	placed := false
	for _, p := range all {
		placed = placed || p.Version == own
		v, err := r.cachedVersion(ctx, r.tx, p.Version)
		if err != nil {
			return true, nil //nolint:nilerr // Check tells of the text
		}
		found, err := list(ctx, r.tx, scanText, "SELECT passage FROM reaches WHERE version = ? AND annotation = ?", p.Version, id)
		if err != nil {
			return false, err
		}
		if len(v.faults(p, absent, found)) > 0 {
			return false, nil
		}
	}
	return placed, nil
}

// putBack places an annotation anew where its last history says, if the text
// reads so there.
func (r *repairer) putBack(ctx context.Context, id string) error {
	var content string
	err := r.tx.QueryRowContext(ctx, "SELECT content FROM history WHERE annotation = ? ORDER BY number DESC LIMIT 1", id).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	var n annotations.Annotation
	if err := json.Unmarshal([]byte(content), &n); err != nil {
		return err
	}
	v, err := r.cachedVersion(ctx, r.tx, n.Version)
	if err != nil {
		return nil //nolint:nilerr // Check tells of the text
	}
	for _, stretch := range (annotations.Placement{Target: n.Target, More: n.More}).Stretches() {
		if at, err := v.text().Select(stretch.Start, stretch.End); err != nil || at != stretch {
			return nil //nolint:nilerr // Check tells of the place
		}
	}
	r.report(fmt.Sprintf("Annotation %s is placed anew where its history says.", id))
	return r.replace(ctx, r.tx, n)
}

// entries keeps annotations for whom they are, and their last change in their
// history.
func (r *repairer) entries(ctx context.Context) error {
	type entry struct {
		annotations.Annotation
		audience   string
		remembered bool
	}
	all, err := list(ctx, r.tx, func(row scanner) (e entry, err error) {
		e.Annotation, err = scanAnnotationAnd(row, &e.audience, &e.remembered)
		return e, err
	}, "SELECT "+annotationColumns+`, a.audience, EXISTS (SELECT 1 FROM history h WHERE h.annotation = a.id AND h.number = a.number)
		FROM `+annotationTables)
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.audience != e.Audience() {
			r.report(fmt.Sprintf("Annotation %s is kept for %q again.", e.ID, e.Audience()))
			if _, err := r.tx.ExecContext(ctx, "UPDATE annotations SET audience = ? WHERE id = ?", e.Audience(), e.ID); err != nil {
				return err
			}
			if _, err := touch(ctx, r.tx, e.Document, e.ID); err != nil {
				return err
			}
		}
		if !e.remembered {
			r.report(fmt.Sprintf("The last change of annotation %s is in its history again.", e.ID))
			deed := deedCreate
			if e.Modified != e.Created {
				deed = deedUpdate
			}
			if err := remember(ctx, r.tx, operation{who: e.Creator, at: e.Modified}, deed, e.Annotation); err != nil {
				return err
			}
		}
	}
	return nil
}

// figures has everything counted anew.
func (r *repairer) figures(ctx context.Context) error {
	_, err := r.tx.ExecContext(ctx, "UPDATE tallied SET number = 0, hierarchy = 'to be counted anew'")
	return err
}
