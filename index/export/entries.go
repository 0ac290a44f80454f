package export

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"glossator/index"
)

// An entry is a document as citation managers list it: once, with the pinpoints
// of all that was found in it. They keep works, and ask for the place in a work
// when it is cited.
type entry struct {
	index.Document
	languages []string // of what was found
	pinpoints []string // in the order of the text
	pages     []string // of the source, if it has pages
	concepts  []string
	address   string // of the official text, or of ours if that is not known
}

// entries returns an entry for each document of the records.
func entries(records Records) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		var of []Record // one document
		for r, err := range records {
			if err != nil {
				yield(entry{}, err)
				return
			}
			r.Text, r.Spans = "", nil // an entry needs neither
			if len(of) > 0 && of[0].Document != r.Document {
				if !yield(entryOf(of), nil) {
					return
				}
				of = of[:0]
			}
			of = append(of, r)
		}
		if len(of) > 0 {
			yield(entryOf(of), nil)
		}
	}
}

func entryOf(records []Record) entry {
	e := entry{Document: records[0].About, address: cmp.Or(records[0].About.Address, records[0].Home)}
	slices.SortStableFunc(records, func(a, b Record) int {
		return cmp.Or(strings.Compare(a.Version, b.Version), cmp.Compare(a.Start, b.Start))
	})
	for _, r := range records {
		e.languages = with(e.languages, r.Language)
		e.pinpoints = with(e.pinpoints, r.pinpoint())
		e.pages = with(e.pages, r.Page)
		for _, label := range r.Concepts {
			e.concepts = with(e.concepts, label)
		}
	}
	return e
}

// with adds a value that is not there yet and is not "".
func with(values []string, value string) []string {
	if value == "" || slices.Contains(values, value) {
		return values
	}
	return append(values, value)
}

// note says what a citation must not be without: where, and that it is a digest.
func (e entry) note() string {
	note := strings.Join(e.pinpoints, "; ")
	if !e.Digest {
		return note
	}
	if note != "" {
		note += ". "
	}
	return note + digestNote
}

// issued returns the year, month and day of Document.Year as far as they are
// known.
func (e entry) issued() []int {
	for _, date := range []string{e.Signed, e.Adopted, e.InForce} {
		var parts []int
		for part := range strings.SplitSeq(date, "-") {
			n, err := strconv.Atoi(part)
			if err != nil {
				break
			}
			parts = append(parts, n)
		}
		if len(parts) > 0 {
			return parts[:min(len(parts), 3)]
		}
	}
	return nil
}

// authored reports whether the organisation is named as the author: a treaty is
// its parties', not the organisation's in which it was made.
func (e entry) authored() bool { return e.Kind != index.Treaty && e.Organisation != "" }
