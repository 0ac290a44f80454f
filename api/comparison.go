package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/annotations/store"
	"glossator/index"
)

// mostParagraphs is how many paragraphs a provision that is compared has at most.
const mostParagraphs = 300

type comparisonAnswer struct {
	Sides []sideAnswer   `json:"sides"`
	Rows  [][]cellAnswer `json:"rows"`
}

// A sideAnswer is one of the provisions that are compared.
type sideAnswer struct {
	Document store.DocumentSummary `json:"document"`
	Version  string                `json:"version"`
	Language string                `json:"language"`
	Current  bool                  `json:"current"`
	provisionRef
	index.Span
	Shared   float64      `json:"shared"`
	Concepts []conceptRef `json:"concepts"`
}

// A cellAnswer is a paragraph of a side, or that it has none there.
type cellAnswer struct {
	None     bool          `json:"none,omitempty"`
	Heading  bool          `json:"heading,omitempty"`
	Indent   int           `json:"indent,omitempty"`
	Pieces   []pieceAnswer `json:"pieces"`
	Concepts []conceptRef  `json:"concepts"`
}

// A witness is a provision as it is compared: its paragraphs and what is
// annotated in it.
type witness struct {
	side   sideAnswer
	blocks []index.Block
	texts  []string
	notes  []annotationAnswer
}

// compareProvisions sets provisions side by side, paragraph by paragraph, with
// what is different from one of them.
func (s *Server) compareProvisions(c echo.Context, asker annotations.Asker) error {
	wanted := c.QueryParams()["p"]
	baseline, err := number(c, "baseline")
	if err != nil {
		return err
	}
	if baseline >= len(wanted) {
		return fmt.Errorf("%w: the baseline is one of those compared, 0 to %d", errRequest, len(wanted)-1)
	}
	witnesses := make([]witness, len(wanted))
	for i, address := range wanted {
		if witnesses[i], err = s.witness(c.Request().Context(), asker, address); err != nil {
			return err
		}
	}
	return answerJSON(c, http.StatusOK, collate(witnesses, baseline))
}

// witness returns the provision at an address, "VERSION/PROVISION".
func (s *Server) witness(ctx context.Context, asker annotations.Asker, address string) (w witness, err error) {
	version, id, _ := strings.Cut(address, "/")
	v, err := s.Store.Version(ctx, asker, version)
	if err != nil {
		return w, err
	}
	at, err := provisionAt(v, id)
	if err != nil {
		return w, err
	}
	document, err := s.Store.Document(ctx, asker, v.Document)
	if err != nil {
		return w, err
	}
	p := v.Provisions[at]
	w.side = sideAnswer{
		Document: document.DocumentSummary, Version: v.ID, Language: v.Language, provisionRef: places(v)[at], Span: p.Span,
		Current: slices.ContainsFunc(document.Versions, func(one store.VersionSummary) bool { return one.ID == v.ID && one.Current }),
	}
	if w.blocks = blocksIn(v, p.Span); len(w.blocks) > mostParagraphs {
		return w, fmt.Errorf("%w: %s has %d paragraphs and at most %d can be compared; choose a provision inside it",
			errRequest, w.side.Pinpoint, len(w.blocks), mostParagraphs)
	}
	text := []rune(v.Text)
	for _, b := range w.blocks {
		w.texts = append(w.texts, string(text[b.Start:b.End]))
	}
	w.notes, err = s.annotationsIn(ctx, asker, index.Passage{Version: v.ID, Span: p.Span})
	w.side.Concepts = w.concepts(p.Span)
	return w, err
}

// provisionAt returns the index of the provision with an id.
func provisionAt(v *index.Version, id string) (int, error) {
	at := slices.IndexFunc(v.Provisions, func(p index.Provision) bool { return p.ID == id })
	if at < 0 {
		return 0, fmt.Errorf("%w: this version has no provision %q", errNotFound, id)
	}
	return at, nil
}

// concepts returns what a stretch is tagged with, in the order of the tags.
func (w *witness) concepts(s index.Span) []conceptRef {
	found := []conceptRef{}
	for _, n := range w.notes {
		if at := n.Placement.Target; at.End <= s.Start || s.End <= at.Start {
			continue
		}
		for _, concept := range n.Concepts {
			if !slices.Contains(found, concept) {
				found = append(found, concept)
			}
		}
	}
	return found
}

// collate sets witnesses side by side. What shares words with the baseline is
// compared with the baseline's paragraph in the same row, word by word.
func collate(witnesses []witness, baseline int) comparisonAnswer {
	order := []int{baseline}
	for i := range witnesses {
		if i != baseline {
			order = append(order, i)
		}
	}
	texts := make([][]string, len(order))
	for i, of := range order {
		texts[i] = witnesses[of].texts
	}
	answer := comparisonAnswer{Rows: [][]cellAnswer{}}
	kept := make([]int, len(witnesses)) // letters that are the baseline's
	for _, row := range anchor.Collate(texts) {
		cells := make([]cellAnswer, len(order))
		base := ""
		if row[0] >= 0 {
			base = texts[0][row[0]]
		}
		for i, at := range row {
			cells[order[i]] = witnesses[order[i]].cell(at, base, i == 0)
			kept[order[i]] += lettersKept(cells[order[i]])
		}
		answer.Rows = append(answer.Rows, cells)
	}
	own := letters(texts[0])
	for i, w := range witnesses {
		w.side.Shared = 1
		if total := own + letters(w.texts); i != baseline && total > 0 {
			w.side.Shared = rounded(2 * float64(kept[i]) / float64(total))
		}
		answer.Sides = append(answer.Sides, w.side)
	}
	return answer
}

// cell returns a paragraph beside that of the baseline, "" if it has none there.
func (w *witness) cell(at int, base string, isBase bool) cellAnswer {
	if at < 0 {
		return cellAnswer{None: true, Pieces: []pieceAnswer{}, Concepts: []conceptRef{}}
	}
	text, block := w.texts[at], w.blocks[at]
	cell := cellAnswer{Heading: block.Heading, Indent: block.Indent, Concepts: w.concepts(block.Span)}
	switch {
	case isBase:
		cell.Pieces = []pieceAnswer{{anchor.Kept, text, true}}
	case base == "":
		cell.Pieces = []pieceAnswer{{anchor.Inserted, text, true}}
	default:
		cell.Pieces = answerPieces(anchor.Wording(base, text), []rune(base), []rune(text))
	}
	return cell
}

func lettersKept(cell cellAnswer) int {
	var kept []string
	for _, p := range cell.Pieces {
		if p.State == anchor.Kept {
			kept = append(kept, p.Text)
		}
	}
	return letters(kept)
}

// letters returns how many letters and digits texts have.
func letters(texts []string) (n int) {
	for _, text := range texts {
		for token := range index.Tokens(text) {
			n += token.End - token.Start
		}
	}
	return n
}

type counterpartAnswer struct {
	provisionRef
	Begins string   `json:"begins"`
	Score  float64  `json:"score"`
	Words  []string `json:"words"`
}

// counterparts finds what in another document is most like a provision.
func (s *Server) counterparts(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	v, err := s.Store.Version(ctx, asker, c.Param("version"))
	if err != nil {
		return err
	}
	at, err := provisionAt(v, c.Param("provision"))
	if err != nil {
		return err
	}
	limit, err := number(c, "size")
	if err != nil {
		return err
	}
	other, err := s.currentVersion(ctx, asker, c.QueryParam("document"), v.Language)
	if err != nil {
		return err
	}
	p := v.Provisions[at]
	found := index.Counterparts(stretch(v.Text, p.Start, p.End), v.Language, other, limit)
	all := places(other)
	answers := make([]counterpartAnswer, len(found))
	for i, one := range found {
		at := slices.IndexFunc(all, func(p provisionRef) bool { return p.Provision == one.Provision })
		answers[i] = counterpartAnswer{all[at], stretch(one.Text, 0, beginning), rounded(one.Score), some(one.Words)}
	}
	return answerJSON(c, http.StatusOK, map[string]any{"version": other.ID, "language": other.Language, "counterparts": answers})
}

// beginning is how many code points of a passage tell which it is.
const beginning = 240

// currentVersion returns the current version of a document in a language or, if
// there is none, its first in any.
func (s *Server) currentVersion(ctx context.Context, asker annotations.Asker, id, language string) (*index.Version, error) {
	document, err := s.Store.Document(ctx, asker, id)
	if err != nil {
		return nil, err
	}
	version := ""
	for _, one := range document.Versions {
		if one.Current && (version == "" || one.Language == language) {
			version = one.ID
		}
	}
	return s.Store.Version(ctx, asker, version)
}
