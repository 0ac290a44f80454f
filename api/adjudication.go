package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index/export"
)

// A disagreementAnswer is what coders say of a passage and a concept, in words.
type disagreementAnswer struct {
	Document string          `json:"document"`
	Title    string          `json:"title"`
	Version  string          `json:"version"`
	Passage  string          `json:"passage"`
	Pinpoint string          `json:"pinpoint"`
	Start    int             `json:"start"`
	Text     string          `json:"text"`
	Concept  conceptRef      `json:"concept"`
	Kind     string          `json:"kind"`
	Coders   []coderSays     `json:"coders"`
	Decision *decisionAnswer `json:"decision,omitempty"`
}

type coderSays struct {
	creator
	Stretches []annotations.Stretch `json:"stretches"`
	Notes     []string              `json:"notes"`
}

type decisionAnswer struct {
	ID        string                `json:"id"`
	Accepted  []string              `json:"accepted"`
	Stretches []annotations.Stretch `json:"stretches"`
	Note      string                `json:"note"`
	Who       creator               `json:"who"`
	At        int64                 `json:"at"`
}

func (n names) decision(d annotations.Decision) *decisionAnswer {
	return &decisionAnswer{d.ID, d.Accepted, d.Stretches, d.Note, n.creator(d.Who), d.At}
}

func (s *Server) disagreements(c echo.Context, asker annotations.Asker) error {
	offset, size, err := page(c)
	if err != nil {
		return err
	}
	ctx, id := c.Request().Context(), c.Param("round")
	all, err := s.Store.Comparisons(ctx, asker, id, true)
	if err != nil {
		return err
	}
	undecided := 0
	for _, one := range all {
		if one.Decision == nil {
			undecided++
		}
	}
	document, concept, kind, decided := c.QueryParam("document"), c.QueryParam("concept"), c.QueryParam("kind"), c.QueryParam("decided")
	wanted := slices.DeleteFunc(slices.Clone(all), func(one store.Comparison) bool {
		return document != "" && one.Document != document || concept != "" && one.Concept != concept ||
			kind != "" && one.Kind != kind || decided != "" && (one.Decision != nil) != (decided == "true")
	})
	shown := wanted[min(offset, len(wanted)):min(offset+size, len(wanted))]
	answers, err := s.answerDisagreements(ctx, asker, shown)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{
		"total": len(wanted), "undecided": undecided, "all": len(all), "disagreements": answers,
	})
}

func (s *Server) answerDisagreements(ctx context.Context, asker annotations.Asker, all []store.Comparison) ([]disagreementAnswer, error) {
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	of := annotations.Round{}
	for _, one := range all {
		of.Assignments = append(of.Assignments, annotations.Assignment{Document: one.Document})
	}
	titles, err := s.titles(ctx, asker, of)
	if err != nil {
		return nil, err
	}
	known := pinpoints{}
	answers := make([]disagreementAnswer, len(all))
	for i, one := range all {
		v, err := s.Store.Version(ctx, asker, one.Version)
		if err != nil {
			return nil, err
		}
		answers[i] = disagreementAnswer{
			Document: one.Document, Title: titles[one.Document], Version: one.Version, Passage: one.Passage, Pinpoint: known.of(v, one.Passage),
			Start: one.Start, Text: one.Text, Concept: names.ref(one.Concept), Kind: one.Kind, Coders: []coderSays{},
		}
		for _, says := range one.Coders {
			answers[i].Coders = append(answers[i].Coders, coderSays{names.creator(says.Coder), says.Stretches, says.Notes})
		}
		slices.SortFunc(answers[i].Coders, func(a, b coderSays) int { return strings.Compare(a.Name, b.Name) })
		if one.Decision != nil {
			answers[i].Decision = names.decision(*one.Decision)
		}
	}
	return answers, nil
}

func (s *Server) adjudicate(c echo.Context, asker annotations.Asker) error {
	judgement, err := body[store.Judgement](c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	decision, err := s.Store.Adjudicate(ctx, asker, c.Param("round"), judgement)
	if err != nil {
		return err
	}
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusCreated, names.decision(decision))
}

func (s *Server) takeBackDecision(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.TakeBackDecision(c.Request().Context(), asker, c.Param("round"), c.Param("decision")); err != nil {
		return err
	}
	return gone(c)
}

// roundResult writes in CSV (RFC 4180) what a round has come to: what all
// tagged alike is agreed, the rest is decided or open, and then says nothing.
func (s *Server) roundResult(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	all, err := s.Store.Comparisons(ctx, asker, c.Param("round"), false)
	if err != nil {
		return err
	}
	answers, err := s.answerDisagreements(ctx, asker, all)
	if err != nil {
		return err
	}
	header := []string{"document", "title", "pinpoint", "concept", "standing", "tagged", "words", "decided by", "why", "version", "passage"}
	var coders []creator
	for _, one := range answers {
		for _, says := range one.Coders {
			if !slices.Contains(coders, says.creator) {
				coders = append(coders, says.creator)
			}
		}
	}
	slices.SortFunc(coders, func(a, b creator) int { return strings.Compare(a.Name, b.Name) })
	for _, coder := range coders {
		header = append(header, export.Cell("words of "+coder.Name))
	}
	rows := [][]string{header}
	for _, one := range answers {
		rows = append(rows, one.row(coders))
	}
	return answerTable(c, "glossator-round.csv", rows)
}

func (a disagreementAnswer) row(coders []creator) []string {
	standing, tagged, who, why := "agreed", a.Coders[0].Stretches, "", ""
	switch {
	case a.Decision != nil:
		standing, tagged, who, why = "decided", a.Decision.Stretches, a.Decision.Who.Name, a.Decision.Note
	case a.Kind != "":
		standing, tagged = "open", nil
	}
	answer := ""
	switch {
	case standing == "open":
	case len(tagged) > 0:
		answer = "yes"
	default:
		answer = "no"
	}
	row := []string{a.Document, a.Title, a.Pinpoint, a.Concept.Label, standing, answer, a.words(tagged), who, why, a.Version, a.Passage}
	for _, coder := range coders {
		said := ""
		for _, says := range a.Coders {
			if says.creator == coder {
				said = a.words(says.Stretches)
			}
		}
		row = append(row, said)
	}
	for i := range row {
		row[i] = export.Cell(row[i])
	}
	return row
}

// words returns the words of stretches of the passage.
func (a disagreementAnswer) words(stretches []annotations.Stretch) string {
	text := []rune(a.Text)
	var words []string
	for _, s := range stretches {
		words = append(words, string(text[s.Start-a.Start:s.End-a.Start]))
	}
	return strings.Join(words, " […] ")
}
