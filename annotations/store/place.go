package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"sort"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/index"
)

// stretches are the stretches of an annotation after the first as they are
// kept: a JSON array, "" if there are none.
type stretches []annotations.Target

// Scan reads what Value gives.
func (s *stretches) Scan(value any) error {
	*s = nil
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("stretches are text, not %T", value)
	}
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), s)
}

// Value writes what is kept.
func (s stretches) Value() (driver.Value, error) {
	if len(s) == 0 {
		return "", nil
	}
	text, err := json.Marshal([]annotations.Target(s))
	return string(text), err
}

// mostStretches bounds the stretches of one annotation.
const mostStretches = 50

// place returns where targets stand in the version they are made on, with all
// of their selectors and in the order of the text; the whole document if there
// are none. ErrInvalid if one is not there, or if two overlap.
func (c *cachedVersion) place(wanted []annotations.Target) (annotations.Placement, error) {
	p := annotations.Placement{Version: c.version.ID, State: annotations.Same}
	if len(wanted) == 0 {
		return p, nil
	}
	if len(wanted) > mostStretches {
		return p, refuse(ErrInvalid, "An annotation has at most %d stretches.", mostStretches)
	}
	placed := make([]annotations.Target, len(wanted))
	for i, w := range wanted {
		target, err := c.target(w)
		if err != nil {
			return p, err
		}
		placed[i] = target
	}
	slices.SortFunc(placed, func(a, b annotations.Target) int { return a.Start - b.Start })
	for i := range placed[1:] {
		if placed[i+1].Start < placed[i].End {
			return p, refuse(ErrInvalid, "Two stretches of the annotation overlap: “%s” and “%s”.", shorten(placed[i].Exact), shorten(placed[i+1].Exact))
		}
	}
	p.Target = placed[0]
	if len(placed) > 1 {
		p.More = placed[1:]
	}
	p.Passage = c.begins(index.Span{Start: p.Target.Start, End: p.Target.End})
	return p, nil
}

func (c *cachedVersion) target(wanted annotations.Target) (annotations.Target, error) {
	target, err := anchor.Select(c.version.Text, wanted.Start, wanted.End)
	if err != nil {
		return target, refuse(ErrInvalid, "The annotation has no place: %v.", err)
	}
	if wanted.Exact != "" && wanted.Exact != target.Exact {
		return target, refuse(ErrInvalid,
			"From %d to %d the text of this version reads “%s”, not “%s”; select the words again.",
			wanted.Start, wanted.End, shorten(target.Exact), shorten(wanted.Exact))
	}
	return target, nil
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
		INSERT INTO placements (annotation, version, state, start_at, end_at, exact, prefix, suffix, more, passage, reviewed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		annotation, in.version.ID, p.State, p.Target.Start, p.Target.End, p.Target.Exact, p.Target.Prefix, p.Target.Suffix,
		stretches(p.More), p.Passage, p.Reviewed)
	if err != nil {
		return err
	}
	return insertReaches(ctx, tx, in, annotation, p)
}

// insertReaches writes with which passages a placement is found. What says that
// a concept is absent is found with none.
func insertReaches(ctx context.Context, tx *sql.Tx, in *cachedVersion, annotation string, p annotations.Placement) error {
	for _, passage := range in.reachedBy(p) {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO reaches (version, passage, annotation) SELECT ?, ?, id FROM annotations WHERE id = ? AND absent = 0`,
			in.version.ID, passage, annotation)
		if err != nil {
			return err
		}
	}
	return nil
}

// reachedBy returns the ids of the passages with which a placement is found,
// each once: none if it is lost, the first of the text if it is about the whole
// document.
func (c *cachedVersion) reachedBy(p annotations.Placement) []string {
	if p.State == annotations.Lost {
		return nil
	}
	spans := p.Stretches()
	if spans == nil {
		spans = []annotations.Target{{}}
	}
	var ids []string
	for _, span := range spans {
		for _, passage := range c.reached(index.Span{Start: span.Start, End: span.End}) {
			if !slices.Contains(ids, passage.Provision) {
				ids = append(ids, passage.Provision)
			}
		}
	}
	return ids
}

// replace writes n's place anew, in its own version and in all that it was
// carried to. The whole document is told to search: what is read for one
// annotation would not name the passages that it has left.
func (s *Store) replace(ctx context.Context, tx *sql.Tx, n annotations.Annotation) error {
	versions, err := list(ctx, tx, scanText, `
		SELECT p.version FROM placements p JOIN versions v ON v.id = p.version
		WHERE p.annotation = ? AND p.version <> ? ORDER BY v.number`, n.ID, n.Version)
	if err != nil {
		return err
	}
	for _, table := range []string{"placements", "reaches"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE annotation = ?", n.ID); err != nil {
			return err
		}
	}
	from, err := s.cachedVersion(ctx, tx, n.Version)
	if err != nil {
		return err
	}
	own := annotations.Placement{Version: n.Version, State: annotations.Same, Target: n.Target, More: n.More, Passage: n.Passage}
	if err := insertPlacement(ctx, tx, from, n.ID, own); err != nil {
		return err
	}
	for _, version := range versions {
		to, err := s.cachedVersion(ctx, tx, version)
		if err != nil {
			return err
		}
		if err := s.carry(ctx, tx, to, []traveller{{id: n.ID, own: own, before: own}}); err != nil {
			return err
		}
	}
	_, err = touch(ctx, tx, n.Document, "")
	return err
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
