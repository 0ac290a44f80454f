package api

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/annotations/store"
	"glossator/index"
)

type comparedVersion struct {
	ID       string `json:"id"`
	Number   int    `json:"number"`
	Language string `json:"language"`
	Imported int64  `json:"imported"`
}

func compared(v *index.Version) comparedVersion {
	return comparedVersion{v.ID, v.Number, v.Language, v.Imported}
}

type provisionRef struct {
	Provision string `json:"provision"`
	Pinpoint  string `json:"pinpoint"`
	Label     string `json:"label"`
}

// places returns the provisions of a version, in their order.
func places(v *index.Version) []provisionRef {
	found := make([]provisionRef, len(v.Provisions))
	for i, pinpoint := range v.Pinpoints() {
		found[i] = provisionRef{v.Provisions[i].ID, pinpoint, v.Label(i)}
	}
	return found
}

// Changes of a provision.
const (
	unchanged = "unchanged"
	changed   = "changed"
	inserted  = "inserted"
	deleted   = "deleted"
)

type differenceAnswer struct {
	Change     string        `json:"change"`
	Moved      bool          `json:"moved"`
	Renumbered bool          `json:"renumbered"`
	Old        *provisionRef `json:"old,omitempty"`
	New        *provisionRef `json:"new,omitempty"`
	Pieces     []pieceAnswer `json:"pieces"`
}

type pieceAnswer struct {
	State string `json:"state"`
	Text  string `json:"text"`
	Line  bool   `json:"line"`
}

// differences compares two versions. Neither ever changes, so that the answer is
// made once and kept on the shelf of texts.
func (s *Server) differences(c echo.Context, asker annotations.Asker) error {
	return s.compare(c, "differences", func(a, b string) (any, error) {
		d, err := s.Store.Differences(c.Request().Context(), asker, a, b)
		if err != nil {
			return nil, err
		}
		all := answerDifferences(d)
		return map[string]any{
			"document": d.New.Document, "old": compared(d.Old), "new": compared(d.New), "counts": countChanges(all), "differences": all,
		}, nil
	})
}

// compare answers with what is made of two versions.
func (s *Server) compare(c echo.Context, what string, make func(a, b string) (any, error)) error {
	a, b := c.Param("version"), c.Param("other")
	tag := strings.Join([]string{what, a, b}, "-")
	if answer, ok := s.versions.get(tag); ok {
		return answer.serve(c)
	}
	made, err := make(a, b)
	if err != nil {
		return err
	}
	body, err := json.Marshal(made)
	if err != nil {
		return fmt.Errorf("writing the %s of %s and %s: %w", what, a, b, err)
	}
	answer := pack("application/json", "private, max-age=31536000, immutable", tag, body, true)
	s.versions.put(tag, answer)
	return answer.serve(c)
}

func answerDifferences(d *store.Differences) []differenceAnswer {
	oldText, newText := []rune(d.Old.Text), []rune(d.New.Text)
	oldPlaces, newPlaces := places(d.Old), places(d.New)
	all := make([]differenceAnswer, len(d.All))
	for i, one := range d.All {
		answer := differenceAnswer{Change: changed, Moved: one.Moved}
		var before, after string // printed numbers
		if one.Old >= 0 {
			provision := d.OldParts[one.Old].Provision
			answer.Old, before = &oldPlaces[provision], d.Old.Provisions[provision].Number
		}
		if one.New >= 0 {
			provision := d.NewParts[one.New].Provision
			answer.New, after = &newPlaces[provision], d.New.Provisions[provision].Number
		}
		answer.Pieces = answerPieces(one.Pieces, oldText, newText)
		answer.Renumbered = before != after && before != "" && after != ""
		switch {
		case one.Old < 0:
			answer.Change = inserted
		case one.New < 0:
			answer.Change = deleted
		case one.Same() || answer.Renumbered && numbersAlone(answer.Pieces, before, after):
			answer.Change, answer.Pieces = unchanged, []pieceAnswer{}
		}
		all[i] = answer
	}
	return all
}

// numbersAlone reports whether nothing has changed but a number.
func numbersAlone(pieces []pieceAnswer, before, after string) bool {
	for _, p := range pieces {
		text := strings.TrimSpace(p.Text)
		if p.State == anchor.Deleted && text != before || p.State == anchor.Inserted && text != after {
			return false
		}
	}
	return true
}

func countChanges(all []differenceAnswer) map[string]int {
	counts := map[string]int{unchanged: 0, changed: 0, inserted: 0, deleted: 0, "moved": 0, "renumbered": 0}
	for _, d := range all {
		counts[d.Change]++
		if d.Moved {
			counts["moved"]++
		}
		if d.Renumbered {
			counts["renumbered"]++
		}
	}
	return counts
}

type parallelRow struct {
	A *parallelStretch `json:"a,omitempty"`
	B *parallelStretch `json:"b,omitempty"`
}

type parallelStretch struct {
	provisionRef
	index.Span
}

// parallel sets two versions of a document side by side.
func (s *Server) parallel(c echo.Context, asker annotations.Asker) error {
	return s.compare(c, "parallel", func(first, second string) (any, error) {
		a, err := s.Store.Version(c.Request().Context(), asker, first)
		if err != nil {
			return nil, err
		}
		b, err := s.Store.Version(c.Request().Context(), asker, second)
		if err != nil {
			return nil, err
		}
		if a.Document != b.Document {
			return nil, fmt.Errorf("%w: these are versions of different documents", errRequest)
		}
		placesA, placesB := places(a), places(b)
		rows := []parallelRow{}
		for _, pairing := range index.Parallel(a, b) {
			rows = append(rows, parallelRow{besides(placesA, pairing.A), besides(placesB, pairing.B)})
		}
		return map[string]any{"document": a.Document, "a": compared(a), "b": compared(b), "rows": rows}, nil
	})
}

func besides(places []provisionRef, s *index.Stretch) *parallelStretch {
	if s == nil {
		return nil
	}
	return &parallelStretch{places[s.Provision], s.Span}
}
