// Package export writes what a search found in the formats of others: tables
// (CSV, XLSX), JSON, Markdown, lists for citation managers (BibTeX, RIS,
// CSL-JSON), and a note that says how to repeat the search. Everything streams:
// no format needs all hits in memory. A writer ends with the first error of its
// records, and what it has written by then is not whole.
package export

import (
	"iter"
	"slices"
	"strings"

	"glossator/index"
)

// A Record is a hit with what a reader outside Glossator needs to make sense of
// it.
type Record struct {
	index.Hit
	About     index.Document // the document that the hit is in
	Concepts  []string       // labels of the concepts on the passage
	Page      string         // of the source, on which the first match stands; "" if it has none
	Permalink string         // address of the provision that Hit.CitedPinpoint names
	Home      string         // address of the text that the hit is in
}

// Records are the records of an export, those of a document together. After an
// error there are no more.
type Records = iter.Seq2[Record, error]

// A Search is what was asked.
type Search struct {
	Typed       string   // in the query language, as it was typed
	Query       string   // as it was understood
	Explanation string   // in plain words, filters included
	Synonyms    []string // that were searched too
	Filters     []Filter
	Order       string
	Address     string // of the page that shows the search
}

// A Filter is one filter of a search: what is found has one of the values.
type Filter struct {
	Name   string
	Values []string
}

// pinpoint returns the citation of the first match in the snippet.
func (r Record) pinpoint() string {
	if r.CitedPinpoint != "" {
		return r.CitedPinpoint
	}
	return r.Pinpoint
}

// quote returns the stretch of the text of the passage that a span covers.
func (r Record) quote(s index.Span) string {
	return string([]rune(r.Text)[s.Start-r.Start : s.End-r.Start])
}

// snippet returns the snippet, with dots where it leaves out some of the
// passage.
func (r Record) snippet() string {
	snippet := r.quote(r.Snippet)
	if r.Snippet.Start > r.Start {
		snippet = "… " + snippet
	}
	if r.Snippet.End < r.End {
		snippet += " …"
	}
	return snippet
}

// matches returns the words that matched, as the text has them, each once.
func (r Record) matches() []string {
	text := []rune(r.Text)
	var matches []string
	for _, s := range r.Spans {
		match := strings.Join(strings.Fields(string(text[s.Start-r.Start:s.End-r.Start])), " ")
		if !slices.Contains(matches, match) {
			matches = append(matches, match)
		}
	}
	return matches
}

// digestNote is said wherever a digest could be taken for the instrument.
const digestNote = "Digest by Glossator, not the official text"

// A tally counts records as they go by.
type tally struct {
	passages, documents int
	last                string // document
}

func (t *tally) of(records Records) Records {
	return func(yield func(Record, error) bool) {
		for r, err := range records {
			if err == nil {
				if t.passages++; t.documents == 0 || r.Document != t.last {
					t.documents++
					t.last = r.Document
				}
			}
			if !yield(r, err) {
				return
			}
		}
	}
}
