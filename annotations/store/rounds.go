package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"glossator/annotations"
)

// Bounds of a coding round.
const (
	longestRoundName    = 200  // code points
	longestInstructions = 5000 // code points
	mostRoundConcepts   = 200
	mostAssignments     = 5000
)

// A NewAssignment gives a document to coders, known by their names.
type NewAssignment struct {
	Document string
	Version  string // "" is the current version in its first language
	Coders   []string
}

// A NewRound is a round that somebody wants to lead.
type NewRound struct {
	Name         string
	Instructions string
	Concepts     []string // ids
	Visibility   string   // "" is annotations.Private
	Group        string
	Adjudicator  string // name; "" is the leader
	Assignments  []NewAssignment
}

// A RoundEdit is what its leader wants to change; nil leaves it as it is.
type RoundEdit struct {
	Name         *string
	Instructions *string
	Adjudicator  *string         // name
	Assignments  []NewAssignment // in place of all before; what is finished stays so
	Closed       *bool
}

const selectRound = `SELECT r.id, r.name, r.instructions, r.visibility, r.group_id, r.leader, r.adjudicator, r.opened, r.closed, r.reopened,
	COALESCE((SELECT STRING_AGG(k.concept, ' ' ORDER BY k.position) FROM round_concepts k WHERE k.round = r.id), '') FROM rounds r `

func scanRound(row scanner) (r annotations.Round, err error) {
	var concepts string
	err = row.Scan(&r.ID, &r.Name, &r.Instructions, &r.Visibility, &r.Group, &r.Leader, &r.Adjudicator, &r.Opened, &r.Closed, &r.Reopened, &concepts)
	r.Concepts = strings.Fields(concepts)
	return r, err
}

func scanAssignment(row scanner) (a annotations.Assignment, err error) {
	err = row.Scan(&a.Document, &a.Version, &a.Coder, &a.Finished)
	return a, err
}

// Round returns a coding round for whoever leads it, decides or codes in it;
// ErrNotFound for all others. While it is open, a coder sees their own
// assignments and nobody else's.
func (s *Store) Round(ctx context.Context, asker annotations.Asker, id string) (annotations.Round, error) {
	r, err := round(ctx, s.reader, asker, id)
	if err != nil {
		return annotations.Round{}, because(err, "reading a coding round")
	}
	return r.seenBy(asker), nil
}

// A fullRound has all of its assignments, whoever asks.
type fullRound struct{ annotations.Round }

func (r fullRound) seenBy(asker annotations.Asker) annotations.Round {
	if r.Closed == 0 && !asker.MayAdjudicate(r.Round) {
		r.Assignments = slices.DeleteFunc(r.Assignments, func(a annotations.Assignment) bool { return a.Coder != asker.User })
	}
	return r.Round
}

func round(ctx context.Context, q querier, asker annotations.Asker, id string) (fullRound, error) {
	r, err := roundByID(ctx, q, id)
	if err == nil && !asker.MaySee(r.Round) {
		err = sql.ErrNoRows
	}
	return r, orNotFound(err, "There is no coding round %q in which you take part.", id)
}

func roundByID(ctx context.Context, q querier, id string) (fullRound, error) {
	r, err := scanRound(q.QueryRowContext(ctx, selectRound+"WHERE r.id = ?", id))
	if err != nil {
		return fullRound{}, err
	}
	r.Assignments, err = list(ctx, q, scanAssignment,
		"SELECT document, version, coder, finished FROM assignments WHERE round = ? ORDER BY document, coder", id)
	return fullRound{r}, err
}

// Rounds returns the coding rounds in which the asker takes part, as Round
// does, those opened last first.
func (s *Store) Rounds(ctx context.Context, asker annotations.Asker) ([]annotations.Round, error) {
	rounds := []annotations.Round{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		ids, err := list(ctx, tx, scanText, `
			SELECT r.id FROM rounds r
			WHERE ? IN (r.leader, r.adjudicator) OR EXISTS (SELECT 1 FROM assignments a WHERE a.round = r.id AND a.coder = ?)
			ORDER BY r.opened DESC, r.id`, asker.User, asker.User)
		if err != nil {
			return err
		}
		for _, id := range ids {
			r, err := round(ctx, tx, asker, id)
			if err != nil {
				return err
			}
			rounds = append(rounds, r.seenBy(asker))
		}
		return nil
	})
	return rounds, because(err, "listing coding rounds")
}

// ClosedRounds returns which of the rounds with these ids are closed.
func (s *Store) ClosedRounds(ctx context.Context, ids []string) (map[string]bool, error) {
	found, err := list(ctx, s.reader, scanText, "SELECT id FROM rounds WHERE closed <> 0 AND id IN ("+holders(len(ids))+")", anys(ids)...)
	closed := make(map[string]bool, len(found))
	for _, id := range found {
		closed[id] = true
	}
	return closed, because(err, "reading coding rounds")
}

// CreateRound opens a coding round that the asker leads. ErrInvalid if it has no
// name, no concept or no assignment, or names what does not exist.
func (s *Store) CreateRound(ctx context.Context, asker annotations.Asker, wanted NewRound) (annotations.Round, error) {
	if !asker.SignedIn() {
		return annotations.Round{}, refuse(ErrForbidden, "Sign in to open a coding round.")
	}
	r := annotations.Round{
		ID: newID(), Concepts: wanted.Concepts, Visibility: wanted.Visibility, Group: wanted.Group,
		Leader: asker.User, Adjudicator: asker.User, Opened: now(),
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if err := nameRound(&r, wanted.Name, wanted.Instructions); err != nil {
			return err
		}
		if err := checkRoundAudience(asker, &r); err != nil {
			return err
		}
		if wanted.Adjudicator != "" {
			if r.Adjudicator, err = userNamed(ctx, tx, wanted.Adjudicator); err != nil {
				return err
			}
		}
		if err := insertRound(ctx, tx, &r); err != nil {
			return err
		}
		r.Assignments, err = assign(ctx, tx, r, wanted.Assignments)
		return err
	})
	if err != nil {
		return annotations.Round{}, because(err, "opening a coding round")
	}
	return r, nil
}

func nameRound(r *annotations.Round, name, instructions string) error {
	r.Name, r.Instructions = strings.Join(strings.Fields(name), " "), strings.TrimSpace(instructions)
	switch {
	case r.Name == "" || utf8.RuneCountInString(r.Name) > longestRoundName:
		return refuse(ErrInvalid, "The name of a coding round has 1 to %d characters.", longestRoundName)
	case utf8.RuneCountInString(r.Instructions) > longestInstructions:
		return refuse(ErrInvalid, "The instructions of a coding round have at most %d characters.", longestInstructions)
	}
	return nil
}

// checkRoundAudience says who may read the tags of r once it is closed.
func checkRoundAudience(asker annotations.Asker, r *annotations.Round) error {
	switch r.Visibility {
	case "":
		r.Visibility = annotations.Private
	case annotations.Private, annotations.Public:
	case annotations.Group:
		if !asker.MayAddTo(r.Group) {
			return refuse(ErrInvalid, "There is no group %q to which you may add annotations.", r.Group)
		}
		return nil
	default:
		return refuse(ErrInvalid, "The tags of a closed round are %s, %s or %s, not %q.",
			annotations.Private, annotations.Group, annotations.Public, r.Visibility)
	}
	r.Group = ""
	return nil
}

func insertRound(ctx context.Context, tx *sql.Tx, r *annotations.Round) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO rounds (id, name, instructions, visibility, group_id, leader, adjudicator, opened, closed, reopened)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
		r.ID, r.Name, r.Instructions, r.Visibility, r.Group, r.Leader, r.Adjudicator, r.Opened)
	if err != nil {
		return err
	}
	concepts := []string{}
	for _, id := range r.Concepts {
		if slices.Contains(concepts, id) {
			continue
		}
		known, err := exists(ctx, tx, "SELECT 1 FROM concepts WHERE id = ?", id)
		if err != nil {
			return err
		}
		if !known {
			return refuse(ErrInvalid, "There is no concept %q; choose from the codebook.", id)
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO round_concepts (round, concept, position) VALUES (?, ?, ?)", r.ID, id, len(concepts))
		if err != nil {
			return err
		}
		concepts = append(concepts, id)
	}
	if r.Concepts = concepts; len(concepts) == 0 || len(concepts) > mostRoundConcepts {
		return refuse(ErrInvalid, "A coding round is about 1 to %d concepts.", mostRoundConcepts)
	}
	return nil
}

// userNamed returns the id of the user with a name.
func userNamed(ctx context.Context, q querier, name string) (id string, err error) {
	err = q.QueryRowContext(ctx, "SELECT id FROM users WHERE label = ?", annotations.NormalLabel(name)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = refuse(ErrInvalid, "There is no account %q.", name)
	}
	return id, err
}

// assign writes who codes what, in place of what was written before, and
// returns it. All coders of a document read the same version; who has finished
// a document that is still theirs has finished it.
func assign(ctx context.Context, tx *sql.Tx, r annotations.Round, wanted []NewAssignment) ([]annotations.Assignment, error) {
	assignments := []annotations.Assignment{}
	for _, w := range wanted {
		version, err := roundVersion(ctx, tx, r, w)
		if err != nil {
			return nil, err
		}
		for _, name := range w.Coders {
			coder, err := userNamed(ctx, tx, name)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(assignments, func(a annotations.Assignment) bool { return a.Document == w.Document && a.Coder == coder }) {
				continue
			}
			before, _ := r.Assigned(version, coder)
			assignments = append(assignments, annotations.Assignment{Document: w.Document, Version: version, Coder: coder, Finished: before.Finished})
		}
	}
	if len(assignments) == 0 || len(assignments) > mostAssignments {
		return nil, refuse(ErrInvalid, "A coding round gives documents to people: 1 to %d times a document to a person.", mostAssignments)
	}
	slices.SortFunc(assignments, func(a, b annotations.Assignment) int {
		return strings.Compare(a.Document+" "+a.Coder, b.Document+" "+b.Coder)
	})
	if _, err := tx.ExecContext(ctx, "DELETE FROM assignments WHERE round = ?", r.ID); err != nil {
		return nil, err
	}
	for _, a := range assignments {
		_, err := tx.ExecContext(ctx, "INSERT INTO assignments (round, document, version, coder, finished) VALUES (?, ?, ?, ?, ?)",
			r.ID, a.Document, a.Version, a.Coder, a.Finished)
		if err != nil {
			return nil, err
		}
	}
	return assignments, nil
}

// roundVersion returns the version that all code of a document: the one they
// have begun with or, at first, the one that is wanted.
func roundVersion(ctx context.Context, q querier, r annotations.Round, w NewAssignment) (version string, err error) {
	for _, a := range r.Assignments {
		if a.Document == w.Document {
			return a.Version, nil
		}
	}
	if w.Version != "" {
		err = q.QueryRowContext(ctx, "SELECT id FROM versions WHERE id = ? AND document = ?", w.Version, w.Document).Scan(&version)
	} else {
		err = q.QueryRowContext(ctx, "SELECT id FROM current_versions WHERE document = ? ORDER BY number, id LIMIT 1", w.Document).Scan(&version)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = refuse(ErrInvalid, "There is no document %q with a version to code.", w.Document)
	}
	return version, err
}

// ledBy returns a round that the asker leads.
func ledBy(ctx context.Context, q querier, asker annotations.Asker, id string) (fullRound, error) {
	r, err := round(ctx, q, asker, id)
	if err == nil && !asker.MayLead(r.Round) {
		err = refuse(ErrForbidden, "Only whoever leads a coding round may change it.")
	}
	return r, err
}

// UpdateRound changes a round that the asker leads. Closing it lets the coders'
// tags be seen by those the round names, and keeps them as they are; opening it
// again takes them back, unless something was decided already: ErrConflict.
func (s *Store) UpdateRound(ctx context.Context, asker annotations.Asker, id string, edit RoundEdit) (annotations.Round, error) {
	var r fullRound
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if r, err = ledBy(ctx, tx, asker, id); err != nil {
			return err
		}
		set(&r.Name, edit.Name)
		set(&r.Instructions, edit.Instructions)
		if err := nameRound(&r.Round, r.Name, r.Instructions); err != nil {
			return err
		}
		if edit.Adjudicator != nil {
			if r.Adjudicator, err = userNamed(ctx, tx, *edit.Adjudicator); err != nil {
				return err
			}
		}
		if edit.Assignments != nil {
			if r.Closed != 0 {
				return refuse(ErrConflict, "The round is closed; open it again before you give its documents to others.")
			}
			if r.Assignments, err = assign(ctx, tx, r.Round, edit.Assignments); err != nil {
				return err
			}
		}
		if edit.Closed != nil && *edit.Closed != (r.Closed != 0) {
			if err := s.turn(ctx, tx, asker, &r.Round); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "UPDATE rounds SET name = ?, instructions = ?, adjudicator = ?, closed = ?, reopened = ? WHERE id = ?",
			r.Name, r.Instructions, r.Adjudicator, r.Closed, r.Reopened, r.ID)
		return err
	})
	if err != nil {
		return annotations.Round{}, because(err, "changing a coding round")
	}
	return r.Round, nil
}

// DeleteRound deletes a round that the asker leads and in which nobody has
// tagged anything; ErrConflict otherwise.
func (s *Store) DeleteRound(ctx context.Context, asker annotations.Asker, id string) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := ledBy(ctx, tx, asker, id); err != nil {
			return err
		}
		begun, err := exists(ctx, tx, "SELECT 1 FROM annotations WHERE round = ?", id)
		if err != nil {
			return err
		}
		if begun {
			return refuse(ErrConflict, "Coding has begun; what was tagged in a round is kept. Close the round instead.")
		}
		for _, statement := range []string{
			"DELETE FROM decisions WHERE round = ?", "DELETE FROM assignments WHERE round = ?",
			"DELETE FROM round_concepts WHERE round = ?", "DELETE FROM rounds WHERE id = ?",
		} {
			if _, err := tx.ExecContext(ctx, statement, id); err != nil {
				return err
			}
		}
		return record(ctx, tx, asker, didDeleteRound, id, "")
	})
	return because(err, "deleting a coding round")
}

// FinishDocument says that the asker has coded their document of a round, or
// has not. What is not tagged in a finished document is not there; one that is
// not finished does not count when coders are compared, but for the concepts of
// which the coder has said that they are absent.
func (s *Store) FinishDocument(ctx context.Context, asker annotations.Asker, id, document string, finished bool) (annotations.Round, error) {
	var r fullRound
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if r, err = round(ctx, tx, asker, id); err != nil {
			return err
		}
		at := slices.IndexFunc(r.Assignments, func(a annotations.Assignment) bool { return a.Document == document && a.Coder == asker.User })
		switch {
		case at < 0:
			return refuse(ErrInvalid, "The document %q is not yours to code in this round.", document)
		case r.Closed != 0:
			return refuse(ErrConflict, "The round is closed.")
		case finished == (r.Assignments[at].Finished != 0):
			return nil
		}
		r.Assignments[at].Finished = 0
		if finished {
			r.Assignments[at].Finished = now()
		}
		_, err = tx.ExecContext(ctx, "UPDATE assignments SET finished = ? WHERE round = ? AND document = ? AND coder = ?",
			r.Assignments[at].Finished, id, document, asker.User)
		return err
	})
	if err != nil {
		return annotations.Round{}, because(err, "finishing a document")
	}
	return r.seenBy(asker), nil
}
