package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"glossator/annotations"
)

// Checked is how much Check has looked at.
type Checked struct {
	Versions, Annotations, Placements int
}

// Check looks at all that is kept: whether the file is sound, every row refers
// to rows that exist, every text can be read, every annotation stands on the
// words that it quotes, is found with the passages that it covers and is kept
// for whom it is meant. It calls report with a sentence for each thing that is
// wrong, and fails only if it cannot look.
func (s *Store) Check(ctx context.Context, report func(problem string)) (Checked, error) {
	var c Checked
	if err := s.checkFile(ctx, report); err != nil {
		return c, because(err, "checking the database")
	}
	versions, err := list(ctx, s.reader, scanText, "SELECT id FROM versions ORDER BY document, language, version")
	if err != nil {
		return c, because(err, "checking the versions")
	}
	for _, id := range versions {
		c.Versions++
		if err := s.checkVersion(ctx, id, report, &c); err != nil {
			return c, because(err, "checking version %s", id)
		}
	}
	return c, because(s.checkAnnotations(ctx, report, &c), "checking the annotations")
}

// Unclean reports whether whoever had the database in a data folder open last
// did not close it, or has it open still.
func Unclean(dir string) bool {
	log, err := os.Stat(filepath.Join(dir, File+"-wal"))
	return err == nil && log.Size() > 0
}

// Sound returns an error if the database file is not whole. It looks at less
// than Check, and so is quick.
func (s *Store) Sound(ctx context.Context) error {
	faults, err := list(ctx, s.reader, scanText, "PRAGMA quick_check(1)")
	if err != nil {
		return because(err, "looking whether the database is whole")
	}
	if len(faults) != 1 || faults[0] != "ok" {
		return damaged(errors.New(faults[0]))
	}
	return nil
}

// damaged says, for whoever starts a server, what to do about a database that is
// not whole.
func damaged(reason error) error {
	return fmt.Errorf("the database is damaged (%w): run glossator check, then repair, or restore the last backup into another folder", reason)
}

// checkFile asks SQLite.
func (s *Store) checkFile(ctx context.Context, report func(string)) error {
	faults, err := list(ctx, s.reader, scanText, "PRAGMA integrity_check")
	if err != nil {
		return err
	}
	for _, fault := range faults {
		if fault != "ok" {
			report("The database file is damaged: " + fault)
		}
	}
	orphans, err := list(ctx, s.reader, func(row scanner) (text string, err error) {
		var table, parent string
		var id, constraint any
		err = row.Scan(&table, &id, &parent, &constraint)
		return fmt.Sprintf("Row %v of %s refers to something that is not in %s.", id, table, parent), err
	}, "PRAGMA foreign_key_check")
	for _, orphan := range orphans {
		report(orphan)
	}
	return err
}

// checkVersion looks at the text of a version and at all that stands on it.
func (s *Store) checkVersion(ctx context.Context, id string, report func(string), c *Checked) error {
	v, err := readVersion(ctx, s.reader, id)
	if err != nil {
		report(fmt.Sprintf("Version %s cannot be read: %v.", id, err))
		return nil
	}
	cached := newCached(v)
	reaches, err := s.reachesIn(ctx, id)
	if err != nil {
		return err
	}
	_, err = list(ctx, s.reader, func(row scanner) (none struct{}, err error) {
		var annotation string
		var absent bool
		var p annotations.Placement
		if err := row.Scan(append([]any{&annotation, &absent}, placementFields(&p)...)...); err != nil {
			return none, err
		}
		c.Placements++
		for _, problem := range cached.faults(p, absent, reaches[annotation]) {
			report(fmt.Sprintf("Annotation %s in version %s of %s: %s.", annotation, id, v.Document, problem))
		}
		return none, nil
	}, "SELECT a.id, a.absent, "+placementColumns+" FROM placements p JOIN annotations a ON a.id = p.annotation WHERE p.version = ?", id)
	return err
}

// reachesIn returns the passages of a version with which each annotation is
// found.
func (s *Store) reachesIn(ctx context.Context, version string) (map[string][]string, error) {
	reaches := map[string][]string{}
	_, err := list(ctx, s.reader, func(row scanner) (none struct{}, err error) {
		var annotation, passage string
		err = row.Scan(&annotation, &passage)
		reaches[annotation] = append(reaches[annotation], passage)
		return none, err
	}, "SELECT annotation, passage FROM reaches WHERE version = ?", version)
	return reaches, err
}

// faults says what is wrong with a placement.
func (c *cachedVersion) faults(p annotations.Placement, absent bool, found []string) (faults []string) {
	for _, stretch := range p.Stretches() {
		if at, err := c.text().Select(stretch.Start, stretch.End); err != nil || at != stretch {
			faults = append(faults, fmt.Sprintf("from %d to %d the text does not read “%s”", stretch.Start, stretch.End, shorten(stretch.Exact)))
		}
	}
	var wanted []string
	if !absent && len(faults) == 0 {
		wanted = slices.Sorted(slices.Values(c.reachedBy(p)))
	}
	slices.Sort(found)
	if len(faults) == 0 && !slices.Equal(wanted, found) {
		faults = append(faults, fmt.Sprintf("it is found with %s and should be with %s", passagesOf(found), passagesOf(wanted)))
	}
	return faults
}

func passagesOf(ids []string) string {
	if len(ids) == 0 {
		return "no passage"
	}
	return strings.Join(ids, ", ")
}

// checkAnnotations looks at what is kept beside an annotation's place.
func (s *Store) checkAnnotations(ctx context.Context, report func(string), c *Checked) error {
	_, err := list(ctx, s.reader, func(row scanner) (none struct{}, err error) {
		var audience string
		var remembered bool
		n, err := scanAnnotationAnd(row, &audience, &remembered)
		if err != nil {
			return none, err
		}
		c.Annotations++
		if n.Audience() != audience {
			report(fmt.Sprintf("Annotation %s is kept for %q and is for %q.", n.ID, audience, n.Audience()))
		}
		if !remembered {
			report(fmt.Sprintf("The last change of annotation %s is not in its history.", n.ID))
		}
		return none, nil
	}, "SELECT "+annotationColumns+`, a.audience,
			EXISTS (SELECT 1 FROM history h WHERE h.annotation = a.id AND h.number = a.number)
		FROM `+annotationTables)
	if err != nil {
		return err
	}
	homeless, err := list(ctx, s.reader, scanText, `
		SELECT id FROM annotations a WHERE NOT EXISTS (SELECT 1 FROM placements p WHERE p.annotation = a.root AND p.version = a.version)`)
	for _, id := range homeless {
		report(fmt.Sprintf("Annotation %s has no place in the version it was made on.", id))
	}
	return err
}
