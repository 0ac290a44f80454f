package api

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/query"
)

// versionBytes bounds the answers with whole texts that are kept ready.
const versionBytes = 64 << 20

type versionAnswer struct {
	ID         string            `json:"id"`
	Document   string            `json:"document"`
	Number     int               `json:"number"`
	Language   string            `json:"language"`
	Source     string            `json:"source"`
	Format     string            `json:"format"`
	Imported   int64             `json:"imported"`
	Text       string            `json:"text"`
	Blocks     []index.Block     `json:"blocks"`
	Provisions []provisionAnswer `json:"provisions"`
	Pages      []index.Page      `json:"pages"`
}

type provisionAnswer struct {
	index.Provision
	Pinpoint string `json:"pinpoint"`
	Label    string `json:"label"`
}

// version serves a text. It never changes and is the same for everyone who may
// read, so that it is made once and kept on a shelf.
func (s *Server) version(c echo.Context, asker annotations.Asker) error {
	id := c.Param("version")
	s.serviceLink(c)
	if answer, ok := s.versions.get(id); ok {
		return answer.serve(c)
	}
	v, err := s.Store.Version(c.Request().Context(), asker, id)
	if err != nil {
		return err
	}
	body, err := json.Marshal(answerVersion(v))
	if err != nil {
		return fmt.Errorf("writing version %s: %w", id, err)
	}
	answer := pack("application/json", "private, max-age=31536000, immutable", id, body, true)
	s.versions.put(id, answer)
	return answer.serve(c)
}

func answerVersion(v *index.Version) versionAnswer {
	provisions := make([]provisionAnswer, len(v.Provisions))
	for i, pinpoint := range v.Pinpoints() {
		provisions[i] = provisionAnswer{v.Provisions[i], pinpoint, v.Label(i)}
	}
	return versionAnswer{
		ID: v.ID, Document: v.Document, Number: v.Number, Language: v.Language, Source: v.Source, Format: v.Format,
		Imported: v.Imported, Text: v.Text, Blocks: some(v.Blocks), Provisions: provisions, Pages: some(v.Pages),
	}
}

type matchAnswer struct {
	Provision     string       `json:"provision"`
	Pinpoint      string       `json:"pinpoint"`
	Cited         string       `json:"cited"`
	CitedPinpoint string       `json:"citedPinpoint"`
	Start         int          `json:"start"`
	End           int          `json:"end"`
	Spans         []index.Span `json:"spans"`
}

func (s *Server) matches(c echo.Context, asker annotations.Asker) error {
	asked, err := s.asked(c, asker)
	if err != nil {
		return err
	}
	v, err := s.Store.Version(c.Request().Context(), asker, c.Param("version"))
	if err != nil {
		return err
	}
	hits, err := s.matchesIn(c, asked.Query, v.ID, asker)
	if err != nil {
		return err
	}
	passages := make([]matchAnswer, len(hits))
	for i, h := range hits {
		passages[i] = matchAnswer{h.Provision, h.Pinpoint, h.CitedProvision, h.CitedPinpoint, h.Start, h.End, some(h.Spans)}
	}
	return answerJSON(c, http.StatusOK, map[string]any{
		"query": asked.Typed.String(), "synonyms": some(asked.Synonyms), "passages": passages,
	})
}

type passageAnswer struct {
	Document  store.DocumentSummary `json:"document"`
	Version   string                `json:"version"`
	Language  string                `json:"language"`
	Provision string                `json:"provision"`
	Pinpoint  string                `json:"pinpoint"`
	Number    string                `json:"number,omitempty"`
	Heading   string                `json:"heading,omitempty"`
	Path      []index.Crumb         `json:"path"`
	index.Span
	Text        string             `json:"text"`
	Blocks      []index.Block      `json:"blocks"`
	Spans       []index.Span       `json:"spans"`
	Annotations []annotationAnswer `json:"annotations"`
}

func (s *Server) passage(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	asked, err := s.asked(c, asker)
	if err != nil {
		return err
	}
	v, err := s.Store.Version(ctx, asker, c.Param("version"))
	if err != nil {
		return err
	}
	p, err := passageOf(v, c.Param("provision"))
	if err != nil {
		return err
	}
	documents, err := s.Store.DocumentsByID(ctx, asker, []string{v.Document})
	if err != nil {
		return err
	}
	spans, err := s.spansIn(c, asked.Query, p, asker)
	if err != nil {
		return err
	}
	notes, err := s.annotationsIn(ctx, asker, p)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, passageAnswer{
		Document: documents[v.Document], Version: v.ID, Language: v.Language,
		Provision: p.Provision, Pinpoint: p.Pinpoint, Number: p.Number, Heading: p.Heading, Path: p.Path,
		Span: p.Span, Text: p.Text, Blocks: blocksIn(v, p.Span), Spans: spans, Annotations: notes,
	})
}

func passageOf(v *index.Version, provision string) (index.Passage, error) {
	for _, p := range v.Passages() {
		if p.Provision == provision {
			return p, nil
		}
	}
	return index.Passage{}, fmt.Errorf("%w: this version has no passage %q; its provisions that are passages are marked so", errNotFound, provision)
}

// spansIn returns the matches of q in a passage; none for the empty query.
func (s *Server) spansIn(c echo.Context, q query.Query, p index.Passage, asker annotations.Asker) ([]index.Span, error) {
	if q == (query.All{}) {
		return []index.Span{}, nil
	}
	hits, err := s.matchesIn(c, q, p.Version, asker)
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		if h.Provision == p.Provision {
			return some(h.Spans), nil
		}
	}
	return []index.Span{}, nil
}

func blocksIn(v *index.Version, s index.Span) []index.Block {
	blocks := []index.Block{}
	for _, b := range v.Blocks {
		if s.Start <= b.Start && b.End <= s.End {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// some returns list, empty rather than nil.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
