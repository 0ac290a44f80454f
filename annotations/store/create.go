package store

import (
	"context"
	"database/sql"
	"slices"
	"sort"

	"glossator/annotations"
	"glossator/index"
)

// CreateAnnotation adds an annotation of the asker's and returns it. It fails
// with ErrInvalid if the stretch is not in the version, does not say what Exact
// has, or if the annotation says nothing.
func (s *Store) CreateAnnotation(ctx context.Context, asker annotations.Asker, wanted NewAnnotation) (annotations.Annotation, error) {
	n := annotations.Annotation{
		ID: newID(), Version: wanted.Version, Concepts: wanted.Concepts, Note: wanted.Note, Visibility: wanted.Visibility,
		Target:  annotations.Target{Start: wanted.Start, End: wanted.End, Exact: wanted.Exact},
		Creator: asker.User, Created: now(),
	}
	n.Modified = n.Created
	n, err := s.addAnnotation(ctx, asker, n)
	return n, because(err, "adding an annotation")
}

// TakeNotes adds those of some annotations on one version that the asker does
// not have yet, all or none, and returns how many these are. One is there if its
// place and its note are those of an annotation that the asker made, even if it
// was deleted since.
func (s *Store) TakeNotes(ctx context.Context, asker annotations.Asker, wanted []NewAnnotation) (int, error) {
	if !asker.SignedIn() {
		return 0, refuse(ErrForbidden, "Sign in to annotate.")
	}
	if len(wanted) == 0 {
		return 0, nil
	}
	cached, err := s.cachedVersion(ctx, s.reader, wanted[0].Version)
	if err != nil {
		return 0, because(err, "taking notes")
	}
	taken := 0
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, w := range wanted {
			added, err := s.takeNote(ctx, tx, asker, cached, w)
			if err != nil {
				return err
			}
			taken += added
		}
		return nil
	})
	if err != nil {
		return 0, because(err, "taking notes")
	}
	return taken, nil
}

func (s *Store) takeNote(ctx context.Context, tx *sql.Tx, asker annotations.Asker, cached *cachedVersion, w NewAnnotation) (int, error) {
	own, err := cached.place(annotations.Target{Start: w.Start, End: w.End, Exact: w.Exact})
	if err != nil {
		return 0, err
	}
	n := annotations.Annotation{
		ID: newID(), Document: cached.version.Document, Version: cached.version.ID, Target: own.Target, Passage: own.Passage,
		Concepts: w.Concepts, Note: w.Note, Visibility: w.Visibility, Creator: asker.User, Created: now(),
	}
	n.Modified = n.Created
	if n, err = checkBodies(ctx, tx, n); err != nil {
		return 0, err
	}
	known, err := exists(ctx, tx, `
		SELECT 1 FROM annotations a JOIN placements p ON p.annotation = a.id AND p.version = a.version
		WHERE a.creator = ? AND a.version = ? AND a.note = ? AND p.start_at = ? AND p.end_at = ?`,
		n.Creator, n.Version, n.Note, n.Target.Start, n.Target.End)
	if err != nil || known {
		return 0, err
	}
	return 1, s.insertAnnotation(ctx, tx, asker, &n, own)
}

// addAnnotation completes n, checks it and writes it.
func (s *Store) addAnnotation(ctx context.Context, asker annotations.Asker, n annotations.Annotation) (annotations.Annotation, error) {
	if !asker.SignedIn() {
		return n, refuse(ErrForbidden, "Sign in to annotate.")
	}
	cached, err := s.cachedVersion(ctx, s.reader, n.Version)
	if err != nil {
		return n, err
	}
	own, err := cached.place(n.Target)
	if err != nil {
		return n, err
	}
	n.Document, n.Target, n.Passage = cached.version.Document, own.Target, own.Passage
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if n, err = checkBodies(ctx, tx, n); err != nil {
			return err
		}
		return s.insertAnnotation(ctx, tx, asker, &n, own)
	})
	return n, err
}

func (s *Store) insertAnnotation(ctx context.Context, tx *sql.Tx, asker annotations.Asker, n *annotations.Annotation, own annotations.Placement) (err error) {
	if n.Number, err = touch(ctx, tx, n.Document, n.ID); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO annotations (id, document, version, note, visibility, audience, creator, created, modified, number, deleted)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		n.ID, n.Document, n.Version, n.Note, n.Visibility, n.Audience(), n.Creator, n.Created, n.Modified, n.Number)
	if err != nil {
		return err
	}
	if err := insertConcepts(ctx, tx, *n); err != nil {
		return err
	}
	cached, err := s.cachedVersion(ctx, tx, n.Version)
	if err != nil {
		return err
	}
	if err := insertPlacement(ctx, tx, cached, n.ID, own); err != nil {
		return err
	}
	if err := s.carryForward(ctx, tx, cached.version, n.ID, own); err != nil {
		return err
	}
	return remember(ctx, tx, asker, "create", *n)
}

// place returns where a target stands in the version it was made on, with all
// of its selectors; ErrInvalid if it is not there.
func (c *cachedVersion) place(wanted annotations.Target) (annotations.Placement, error) {
	target, err := c.text().Select(wanted.Start, wanted.End)
	if err != nil {
		return annotations.Placement{}, refuse(ErrInvalid, "The annotation has no place: %v.", err)
	}
	if wanted.Exact != "" && wanted.Exact != target.Exact {
		return annotations.Placement{}, refuse(ErrInvalid,
			"From %d to %d the text of this version reads “%s”, not “%s”; select the words again.",
			wanted.Start, wanted.End, shorten(target.Exact), shorten(wanted.Exact))
	}
	return annotations.Placement{
		Version: c.version.ID, State: annotations.Same, Target: target,
		Passage: c.begins(index.Span{Start: target.Start, End: target.End}),
	}, nil
}

// begins returns the id of the provision in which a stretch begins: of the
// first passage it covers a part of or, if it is in a heading outside of any,
// of what it is the heading of.
func (c *cachedVersion) begins(s index.Span) string {
	if covered := c.covered(s); len(covered) > 0 {
		return covered[0].Provision
	}
	id := ""
	for _, p := range c.version.Provisions {
		if p.Start <= s.Start && s.Start < p.End {
			id = p.ID
		}
	}
	return id
}

// covered returns the passages that a stretch covers a part of.
func (c *cachedVersion) covered(s index.Span) []index.Passage {
	all := c.passages()
	first := sort.Search(len(all), func(i int) bool { return all[i].End > s.Start })
	past := sort.Search(len(all), func(i int) bool { return all[i].Start >= s.End })
	return all[first:max(first, past)]
}

// reached returns the passages with which a stretch is found: those it covers a
// part of. A heading outside of every passage, such as a chapter's, is found
// with the passage that follows it.
func (c *cachedVersion) reached(s index.Span) []index.Passage {
	if covered := c.covered(s); len(covered) > 0 {
		return covered
	}
	all := c.passages()
	next := sort.Search(len(all), func(i int) bool { return all[i].Start >= s.End })
	if next == len(all) {
		next = max(next-1, 0)
	}
	return all[next:min(next+1, len(all))]
}

// insertPlacement writes where an annotation stands in a version.
func insertPlacement(ctx context.Context, tx *sql.Tx, in *cachedVersion, annotation string, p annotations.Placement) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO placements (annotation, version, state, start_at, end_at, exact, prefix, suffix, passage, reviewed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		annotation, in.version.ID, p.State, p.Target.Start, p.Target.End, p.Target.Exact, p.Target.Prefix, p.Target.Suffix, p.Passage, p.Reviewed)
	if err != nil {
		return err
	}
	return insertReaches(ctx, tx, in, annotation, p)
}

// insertReaches writes with which passages a placement is found; with none if
// it is lost.
func insertReaches(ctx context.Context, tx *sql.Tx, in *cachedVersion, annotation string, p annotations.Placement) error {
	if p.State == annotations.Lost {
		return nil
	}
	for _, passage := range in.reached(index.Span{Start: p.Target.Start, End: p.Target.End}) {
		_, err := tx.ExecContext(ctx, "INSERT INTO reaches (version, passage, annotation) VALUES (?, ?, ?)",
			in.version.ID, passage.Provision, annotation)
		if err != nil {
			return err
		}
	}
	return nil
}

// shown is how much of a quote an error repeats, in code points.
const shown = 80

func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= shown {
		return text
	}
	return string(slices.Concat(runes[:shown], []rune("…")))
}
