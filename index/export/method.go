package export

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"
)

// A Method is what makes a search repeatable.
type Method struct {
	Search
	Made        time.Time
	Mark        int64 // of the index that was searched
	Passages    int   // found
	Documents   int
	Languages   []Count // of what was found
	Searched    Library
	Annotations string // whose were searched
	Version     string // of Glossator
}

// A Library is what was searched.
type Library struct {
	Passages, Documents int
	Languages           []Count
}

// A Count says how much there is of one value.
type Count struct {
	Name                string
	Passages, Documents int
}

// WriteMethod writes a note on a search in Markdown, which reads as plain text.
func WriteMethod(w io.Writer, m Method) error {
	var b strings.Builder
	b.WriteString("# How this search was made\n\n")
	for _, line := range [][2]string{
		{"Query as typed", cmp.Or(Code(m.Typed), "none")},
		{"Query as understood", cmp.Or(Code(m.Query), "none")},
		{"In words, filters included", cmp.Or(Plain(m.Explanation), "everything")},
		{"Also searched, as synonyms", cmp.Or(Plain(strings.Join(m.Synonyms, ", ")), "none")},
		{"Filters", filtersInWords(m.Filters)},
		{"Order", Plain(m.Order)},
		{"Made", m.Made.UTC().Format("2 January 2006, 15:04:05 UTC")},
		{"Found", totals(m.Passages, m.Documents)},
		{"Languages of what was found", countsInWords(m.Languages)},
		{"Searched", totals(m.Searched.Passages, m.Searched.Documents) + ", each in its current versions"},
		{"Languages searched", countsInWords(m.Searched.Languages)},
		{"Annotations searched", Plain(m.Annotations)},
		{"State of the index", fmt.Sprintf("all changes up to number %d", m.Mark)},
		{"Program", Plain("Glossator " + m.Version)},
		{"Address", "<" + destinations.Replace(m.Address) + ">"},
	} {
		fmt.Fprintf(&b, "- %s: %s\n", line[0], line[1])
	}
	b.WriteString("\nAll figures are exact counts. Whoever opens the address repeats the search; " +
		"the number of the last change tells whether anything has been added or corrected since.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func totals(passages, documents int) string {
	return count(passages, "passage") + " in " + count(documents, "document")
}

func filtersInWords(filters []Filter) string {
	var words []string
	for _, f := range filters {
		values := make([]string, len(f.Values))
		for i, value := range f.Values {
			values[i] = Code(value)
		}
		words = append(words, Plain(f.Name)+" is "+strings.Join(values, " or "))
	}
	return cmp.Or(strings.Join(words, "; "), "none")
}

func countsInWords(counts []Count) string {
	var words []string
	for _, c := range counts {
		words = append(words, fmt.Sprintf("%s (%s)", Plain(c.Name), totals(c.Passages, c.Documents)))
	}
	return cmp.Or(strings.Join(words, ", "), "none")
}
