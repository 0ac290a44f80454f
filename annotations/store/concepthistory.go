package store

import (
	"context"
	"slices"
	"strconv"

	"glossator/annotations"
)

// A ConceptEvent is something that was done to a concept.
type ConceptEvent struct {
	Revision  int
	Deed      string // ConceptCreated, ConceptChanged, ConceptMerged, ConceptSplit, ConceptUndone or ConceptRedone
	Who       string // User.ID
	At        int64  // milliseconds UTC
	Operation string
	Changes   []FieldChange // concepts by their id
}

// ConceptHistory returns what was done to a concept, the last deed first; its
// examples, which not everybody may read, are not told.
func (s *Store) ConceptHistory(ctx context.Context, asker annotations.Asker, id string) ([]ConceptEvent, error) {
	if _, err := s.Concept(ctx, asker, id); err != nil {
		return nil, err
	}
	events, err := list(ctx, s.reader, func(row scanner) (e ConceptEvent, err error) {
		t, err := scanTurn(scanAnd{row, []any{&e.Revision, &e.Who, &e.At, &e.Operation}})
		e.Deed, e.Changes = t.deed, conceptChanges(t.was, t.became)
		return e, err
	}, `SELECT deed, was, became, revision, who, at, operation FROM concept_history WHERE concept = ? ORDER BY revision DESC`, id)
	return events, because(err, "reading the history of a concept")
}

// ConceptOperation returns the id of the operation that made a concept what it
// is, "" if nothing was done to it yet.
func (s *Store) ConceptOperation(ctx context.Context, k annotations.Concept) (string, error) {
	found, err := list(ctx, s.reader, scanText, "SELECT operation FROM concept_history WHERE concept = ? AND revision = ?", k.ID, k.Revision)
	if err != nil || len(found) == 0 {
		return "", because(err, "looking for an operation")
	}
	return found[0], nil
}

// scanAnd reads the columns that a scan asks for and then those that follow.
type scanAnd struct {
	row  scanner
	more []any
}

func (s scanAnd) Scan(to ...any) error { return s.row.Scan(append(to, s.more...)...) }

// conceptChanges returns the fields in which two states differ.
func conceptChanges(was, became annotations.Concept) []FieldChange {
	one := func(text string) []string {
		if text == "" {
			return []string{}
		}
		return []string{text}
	}
	some := func(texts []string) []string { return append([]string{}, texts...) }
	family := func(n int) []string {
		if n == 0 {
			return []string{}
		}
		return []string{strconv.Itoa(n)}
	}
	all := []FieldChange{
		{"label", one(was.Label), one(became.Label)},
		{"aliases", some(was.Aliases), some(became.Aliases)},
		{"definition", one(was.Definition), one(became.Definition)},
		{"include", one(was.Include), one(became.Include)},
		{"exclude", one(was.Exclude), one(became.Exclude)},
		{"broader", one(was.Broader), one(became.Broader)},
		{"family", family(was.Family), family(became.Family)},
		{"status", one(was.Status), one(became.Status)},
		{"replaced", one(was.Replaced), one(became.Replaced)},
	}
	return slices.DeleteFunc(all, func(c FieldChange) bool { return slices.Equal(c.From, c.To) })
}
