package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/index"
)

// A ToReview is an annotation whose place in a current version has to be
// looked at: its words changed, or they are lost.
type ToReview struct {
	Placed
	// Wording is what became of the words it was made on; empty if they are lost.
	Wording []anchor.Piece
	// Before and After are the texts that the pieces are cut from.
	Before, After string
	// Candidates are where a lost one may stand, the most alike first; at most
	// candidatesShown.
	Candidates []Candidate
}

// A Candidate is a stretch of a version that has many of the words looked for.
type Candidate struct {
	Target  annotations.Target
	Passage string // id of the provision in which it begins
}

// candidatesShown is how many candidates a lost annotation has at most.
const candidatesShown = 5

// toReview is the condition of a placement p on a current version c of the
// document asked for that is to be looked at.
const toReview = "p.reviewed = 0 AND p.state IN ('" + annotations.Changed + "', '" + annotations.Lost + "') AND a.document = ? AND a.deleted = 0"

// reviewTables are placements on current versions with their annotations.
const reviewTables = annotationTables + " JOIN placements p ON p.annotation = a.id JOIN current_versions c ON c.id = p.version"

// Review returns the annotations of a document that the asker may review, and
// how many there are: those that changed in the order of the text, then those
// that are lost, in the order they stood in. There are at most limit, after the
// first offset.
func (s *Store) Review(ctx context.Context, asker annotations.Asker, document string, offset, limit int) (items []ToReview, total int, err error) {
	if _, err := s.Document(ctx, asker, document); err != nil {
		return nil, 0, err
	}
	condition, args := mayEdit(asker)
	args = append([]any{document}, args...)
	where := " FROM " + reviewTables + " WHERE " + toReview + " AND " + condition
	var placed []Placed
	err = s.read(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*)"+where, args...).Scan(&total); err != nil {
			return err
		}
		placed, err = list(ctx, tx, scanPlaced, "SELECT "+annotationColumns+", "+placementColumns+where+
			" ORDER BY p.state, c.language, p.start_at, own.start_at, a.id LIMIT ? OFFSET ?", append(args, limit, offset)...)
		return err
	})
	if err != nil {
		return nil, 0, because(err, "listing what is to review")
	}
	items = make([]ToReview, len(placed))
	finders := map[string]*anchor.Finder{}
	for i, p := range placed {
		if items[i], err = s.explain(ctx, p, finders); err != nil {
			return nil, 0, because(err, "looking at annotation %s", p.ID)
		}
	}
	return items, total, nil
}

// explain adds to a placement what is needed to decide on it.
func (s *Store) explain(ctx context.Context, p Placed, finders map[string]*anchor.Finder) (ToReview, error) {
	item := ToReview{Placed: p, Before: p.Target.Exact, After: p.Placement.Target.Exact}
	if p.Placement.State != annotations.Lost {
		item.Wording = anchor.Wording(item.Before, item.After)
		return item, nil
	}
	in, err := s.cachedVersion(ctx, s.reader, p.Placement.Version)
	if err != nil {
		return item, err
	}
	if finders[p.Placement.Version] == nil {
		finders[p.Placement.Version] = anchor.NewFinder(in.text())
	}
	for _, span := range finders[p.Placement.Version].Nearest(p.Target.Exact, candidatesShown) {
		target, err := in.text().Select(span.Start, span.End)
		if err != nil {
			return item, err
		}
		item.Candidates = append(item.Candidates, Candidate{target, in.begins(index.Span(span))})
	}
	return item, nil
}

// toReviewIn returns how many annotations of a document the asker has to review.
func toReviewIn(ctx context.Context, q querier, asker annotations.Asker, document string) (n int, err error) {
	if !asker.SignedIn() {
		return 0, nil
	}
	condition, args := mayEdit(asker)
	err = q.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+reviewTables+" WHERE "+toReview+" AND "+condition,
		append([]any{document}, args...)...).Scan(&n)
	return n, err
}

// A Decision is what somebody says about where an annotation stands in a
// version.
type Decision struct {
	Deed       string // annotations.Confirm, Place, Lose or Undo
	Start, End int    // of Place: code points of the version's text
	Exact      string // of Place: the words there, to be checked; "" to take them from the text
}

// Decide sets where an annotation stands in a version that it was carried to,
// and returns it as it stands there then. What it was before is kept for ever.
// It fails with ErrInvalid for a place that is not in the text, for one that is
// lost and confirmed, and for the version it was made on; with ErrConflict if
// there is nothing to undo.
func (s *Store) Decide(ctx context.Context, asker annotations.Asker, id, version string, d Decision) (Placed, error) {
	var placed Placed
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if placed, err = s.placedIn(ctx, tx, asker, id, version); err != nil {
			return err
		}
		in, err := s.cachedVersion(ctx, tx, version)
		if err != nil {
			return err
		}
		before := placed.Placement
		after, err := decided(ctx, tx, in, placed, d)
		if err != nil {
			return err
		}
		placed.Placement = after
		if err := rememberReview(ctx, tx, asker, id, d.Deed, before, after); err != nil {
			return err
		}
		return s.replacePlacement(ctx, tx, in, placed.Annotation, before, after)
	})
	return placed, because(err, "reviewing an annotation")
}

// placedIn returns an annotation that the asker may review as it stands in a
// version.
func (s *Store) placedIn(ctx context.Context, tx *sql.Tx, asker annotations.Asker, id, version string) (placed Placed, err error) {
	n, err := editable(ctx, tx, asker, id)
	if err != nil {
		return placed, err
	}
	if n.Version == version {
		return placed, refuse(ErrInvalid, "The annotation was made on this version; where it stands there is kept for good.")
	}
	placed.Annotation = n
	err = tx.QueryRowContext(ctx, "SELECT "+placementColumns+" FROM placements p WHERE p.annotation = ? AND p.version = ?", id, version).
		Scan(placementFields(&placed.Placement)...)
	return placed, orNotFound(err, "The annotation was not carried to a version %q.", version)
}

// decided returns the placement after a decision.
func decided(ctx context.Context, tx *sql.Tx, in *cachedVersion, placed Placed, d Decision) (after annotations.Placement, err error) {
	switch d.Deed {
	case annotations.Confirm:
		if placed.Placement.State == annotations.Lost {
			return after, refuse(ErrInvalid, "The words are lost: say where they are, or that they stay lost.")
		}
		after = placed.Placement
		after.Reviewed = true
		return after, nil
	case annotations.Place:
		after, err = in.place([]annotations.Target{{Start: d.Start, End: d.End, Exact: d.Exact}})
		after.State = annotations.Moved
		if after.Target.Exact != placed.Target.Exact || len(placed.More) > 0 {
			after.State = annotations.Changed
		}
		after.Reviewed = true
		return after, err
	case annotations.Lose:
		return annotations.Placement{Version: in.version.ID, State: annotations.Lost, Reviewed: true}, nil
	case annotations.Undo:
		return undone(ctx, tx, placed)
	}
	return after, refuse(ErrInvalid, "A review is %s, %s, %s or %s, not %q.",
		annotations.Confirm, annotations.Place, annotations.Lose, annotations.Undo, d.Deed)
}

// undone takes back the last review that stands, and returns what was before.
func undone(ctx context.Context, tx *sql.Tx, placed Placed) (before annotations.Placement, err error) {
	var number int64
	var written string
	err = tx.QueryRowContext(ctx, `
		SELECT number, before FROM reviews WHERE annotation = ? AND version = ? AND undone = 0 AND deed <> ?
		ORDER BY number DESC LIMIT 1`, placed.ID, placed.Placement.Version, annotations.Undo).Scan(&number, &written)
	if errors.Is(err, sql.ErrNoRows) {
		return before, refuse(ErrConflict, "There is no review of this annotation to take back.")
	}
	if err != nil {
		return before, err
	}
	if err := json.Unmarshal([]byte(written), &before); err != nil {
		return before, err
	}
	_, err = tx.ExecContext(ctx, "UPDATE reviews SET undone = (SELECT MAX(number) + 1 FROM reviews) WHERE number = ?", number)
	return before, err
}

func rememberReview(ctx context.Context, tx *sql.Tx, asker annotations.Asker, id, deed string, before, after annotations.Placement) error {
	was, err := json.Marshal(before)
	if err != nil {
		return err
	}
	is, err := json.Marshal(after)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO reviews (number, annotation, version, deed, who, at, before, after, undone)
		VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM reviews), ?, ?, ?, ?, ?, ?, ?, 0)`,
		id, after.Version, deed, asker.User, now(), string(was), string(is))
	return err
}

// replacePlacement writes where an annotation stands now. If it is found with
// other passages than before the whole document is told to search: what is
// read for one annotation would not name the passages that it has left.
func (s *Store) replacePlacement(ctx context.Context, tx *sql.Tx, in *cachedVersion, n annotations.Annotation, before, after annotations.Placement) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE placements SET state = ?, start_at = ?, end_at = ?, exact = ?, prefix = ?, suffix = ?, more = ?, passage = ?, reviewed = ?
		WHERE annotation = ? AND version = ?`,
		after.State, after.Target.Start, after.Target.End, after.Target.Exact, after.Target.Prefix, after.Target.Suffix, stretches(after.More),
		after.Passage, after.Reviewed,
		n.ID, in.version.ID)
	if err != nil || slices.Equal(in.reachedBy(before), in.reachedBy(after)) {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM reaches WHERE annotation = ? AND version = ?", n.ID, in.version.ID); err != nil {
		return err
	}
	if err := insertReaches(ctx, tx, in, n.ID, after); err != nil {
		return err
	}
	_, err = touch(ctx, tx, n.Document, "")
	return err
}
