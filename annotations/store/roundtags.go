package store

import (
	"context"
	"database/sql"

	"glossator/annotations"
)

// inRound checks that n may be written as it is, if it is made in a coding
// round: while that is open, and for its creator alone. Every write of an
// annotation goes through it.
func inRound(ctx context.Context, q querier, n annotations.Annotation) error {
	if n.Round == "" {
		return nil
	}
	var name string
	var closed int64
	if err := q.QueryRowContext(ctx, "SELECT name, closed FROM rounds WHERE id = ?", n.Round).Scan(&name, &closed); err != nil {
		return err
	}
	switch {
	case closed != 0:
		return refuse(ErrConflict, "It was made in the coding round “%s”, which is closed: what was coded stays as it is.", name)
	case n.Visibility != annotations.Private:
		return refuse(ErrInvalid, "It is made in the coding round “%s”: until that closes, it is for its coder alone.", name)
	}
	return nil
}

// inClosedRound is the condition that an annotation a was made in a coding round
// that is closed.
const inClosedRound = "EXISTS (SELECT 1 FROM rounds r WHERE r.id = a.round AND r.closed <> 0)"

// CodedRounds are the closed coding rounds in which something was tagged with a
// concept, which therefore cannot be merged.
type CodedRounds struct {
	Known  []CodedRound // those in which the asker takes part
	Others bool         // whether there are others, of which the asker is to know no more
}

// A CodedRound is what a coding round is called.
type CodedRound struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Any reports whether there is such a round.
func (r CodedRounds) Any() bool { return r.Others || len(r.Known) > 0 }

// RoundsWith returns the closed coding rounds in which something was tagged with
// a concept, none if that may be merged.
func (s *Store) RoundsWith(ctx context.Context, asker annotations.Asker, concept string) (CodedRounds, error) {
	rounds, err := roundsWith(ctx, s.reader, asker, concept)
	return rounds, because(err, "looking for coding rounds with a concept")
}

func roundsWith(ctx context.Context, q querier, asker annotations.Asker, concept string) (found CodedRounds, err error) {
	ids, err := list(ctx, q, scanText, `
		SELECT DISTINCT r.id FROM annotation_concepts ac
		JOIN annotations a ON a.id = ac.annotation JOIN rounds r ON r.id = a.round
		WHERE ac.concept = ? AND a.deleted = 0 AND r.closed <> 0 ORDER BY r.name`, concept)
	if err != nil {
		return found, err
	}
	for _, id := range ids {
		r, err := roundByID(ctx, q, id)
		if err != nil {
			return found, err
		}
		if asker.MaySee(r.Round) {
			found.Known = append(found.Known, CodedRound{id, r.Name})
		} else {
			found.Others = true
		}
	}
	return found, nil
}

// joinRound checks that the asker may make n in its round.
func joinRound(ctx context.Context, q querier, asker annotations.Asker, n annotations.Annotation) error {
	if n.Round == "" {
		return nil
	}
	r, err := round(ctx, q, asker, n.Round)
	if err != nil {
		return err
	}
	if _, mine := r.Assigned(n.Version, asker.User); !mine {
		return refuse(ErrForbidden, "This text is not yours to code in the round “%s”; annotate it outside of the round, or ask who leads it.", r.Name)
	}
	return nil
}

// turn closes a round, or opens it again, and gives the tags that were made in
// it the visibility that follows.
func (s *Store) turn(ctx context.Context, tx *sql.Tx, asker annotations.Asker, r *annotations.Round) error {
	visibility, group := annotations.Private, ""
	if r.Closed == 0 {
		r.Closed = now()
		visibility, group = r.Visibility, r.Group
	} else {
		decided, err := exists(ctx, tx, "SELECT 1 FROM decisions WHERE round = ? AND undone = 0", r.ID)
		if err != nil {
			return err
		}
		if decided {
			return refuse(ErrConflict, "Something has been decided in this round; take the decisions back before you open it again.")
		}
		r.Closed, r.Reopened = 0, now()
	}
	made, err := list(ctx, tx, scanAnnotation, selectAnnotation+"a.round = ? AND a.deleted = 0 ORDER BY a.id", r.ID)
	if err != nil {
		return err
	}
	o := operation{who: asker.User, at: now()} // of no id: nobody takes it back but by opening the round again
	for _, n := range made {
		if n.Visibility == visibility && n.Group == group {
			continue
		}
		n.Visibility, n.Group = visibility, group
		if n.Number, err = touch(ctx, tx, n.Document, n.ID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE annotations SET visibility = ?, group_id = ?, audience = ?, number = ? WHERE id = ?",
			n.Visibility, n.Group, n.Audience(), n.Number, n.ID)
		if err != nil {
			return err
		}
		if err := remember(ctx, tx, o, deedUpdate, n); err != nil {
			return err
		}
	}
	return nil
}
