package export

import (
	"encoding/json"
	"io"
	"iter"

	"glossator/index"
)

// MediaTypeJSON is what WriteJSON writes.
const MediaTypeJSON = "application/json"

type jsonHit struct {
	Document      jsonDocument  `json:"document"`
	Version       string        `json:"version"`
	Language      string        `json:"language"`
	Provision     string        `json:"provision"`
	Pinpoint      string        `json:"pinpoint"`
	Number        string        `json:"number,omitempty"`
	Heading       string        `json:"heading,omitempty"`
	Cited         string        `json:"cited"`
	CitedPinpoint string        `json:"citedPinpoint"`
	Path          []index.Crumb `json:"path"`
	index.Span
	Text      string       `json:"text"`
	Spans     []index.Span `json:"spans"`
	Matches   []string     `json:"matches"`
	Snippet   jsonSnippet  `json:"snippet"`
	Concepts  []string     `json:"concepts"`
	Page      string       `json:"page,omitempty"`
	Permalink string       `json:"permalink"`
}

type jsonDocument struct {
	index.Document
	Year int `json:"year,omitempty"`
}

type jsonSnippet struct {
	index.Span
	Text string `json:"text"`
}

// WriteJSON writes an object: what was asked, the hits with their spans, a line
// for each, and how many hits there are in how many documents.
func WriteJSON(w io.Writer, s Search, records Records) error {
	head, err := json.Marshal(map[string]any{
		"query": s.Query, "explanation": s.Explanation, "synonyms": append([]string{}, s.Synonyms...), "order": s.Order, "address": s.Address,
	})
	if err != nil {
		return err
	}
	// The head is left open for the hits.
	if _, err := w.Write(append(head[:len(head)-1], `,"hits":[`...)); err != nil {
		return err
	}
	var t tally
	if err := writeItems(w, t.of(records), hitOf); err != nil {
		return err
	}
	tail, err := json.Marshal(map[string]int{"passages": t.passages, "documents": t.documents})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n],"+string(tail[1:])+"\n")
	return err
}

func hitOf(r Record) jsonHit {
	return jsonHit{
		Document: jsonDocument{r.About, r.About.Year()}, Version: r.Version, Language: r.Language,
		Provision: r.Provision, Pinpoint: r.Pinpoint, Number: r.Number, Heading: r.Heading,
		Cited: r.CitedProvision, CitedPinpoint: r.CitedPinpoint, Path: some(r.Path), Span: r.Span, Text: r.Text,
		Spans: some(r.Spans), Matches: some(r.matches()), Snippet: jsonSnippet{r.Snippet, r.quote(r.Snippet)},
		Concepts: some(r.Concepts), Page: r.Page, Permalink: r.Permalink,
	}
}

// some returns values, an empty list in place of nil.
func some[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

// writeItems writes the items of a JSON array, a line for each.
func writeItems[T, J any](w io.Writer, items iter.Seq2[T, error], of func(T) J) error {
	separator := "\n"
	for item, err := range items {
		if err != nil {
			return err
		}
		content, err := json.Marshal(of(item))
		if err != nil {
			return err
		}
		if _, err := w.Write(append([]byte(separator), content...)); err != nil {
			return err
		}
		separator = ",\n"
	}
	return nil
}
