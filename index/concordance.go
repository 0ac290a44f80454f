package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/index/query"
)

// LineOptions say which lines of a concordance are wanted.
type LineOptions struct {
	Audiences []string // as in Options
	Sort      string   // one of the orders of lines; "" is ByDocument
	Offset    int      // lines to leave out
	Limit     int      // lines to return
}

// A Concordance is the matches of a query, each in its line.
type Concordance struct {
	Mark      int64 // the mark of the index that answered
	Passages  int   // how many passages match, exactly, also by their fields or annotations alone
	Documents int   // in how many documents, exactly
	Total     int   // how many lines there are, exactly
	Lines     []Line
}

// A Line is one match with the words around it, white space being blanks.
type Line struct {
	Document   string `json:"-"`
	Version    string `json:"version"`
	Superseded bool   `json:"superseded"` // Passage.Superseded
	Language   string `json:"language"`
	Provision  string `json:"provision"` // the innermost that holds the match, and its pinpoint
	Pinpoint   string `json:"pinpoint"`
	Span              // the match, in the version's text
	// Left and Right are whole words of the same passage, contextLength code
	// points at most, "" where the passage begins or ends. Left, Match and Right
	// joined are a stretch of the text.
	Left  string `json:"left"`
	Match string `json:"match"`
	Right string `json:"right"`
}

// contextLength is how many code points stand on each side of a match at most.
const contextLength = 80

// Lines returns a line for each span of h, none if it has no spans.
func (h Hit) Lines() []Line {
	text := []rune(h.Text)
	lines := make([]Line, len(h.Spans))
	for i, span := range h.Spans {
		from, to := span.Start-h.Start, span.End-h.Start
		provision, pinpoint := h.Cite(span)
		lines[i] = Line{
			Document: h.Document, Version: h.Version, Superseded: h.Superseded, Language: h.Language,
			Provision: provision, Pinpoint: pinpoint, Span: span,
			Left:  oneRow(text[leftStart(text, from):from]),
			Match: oneRow(text[from:to]),
			Right: oneRow(text[to:rightEnd(text, to)]),
		}
	}
	return lines
}

// leftStart returns where the words to the left of text[at:] begin.
func leftStart(text []rune, at int) int {
	farthest := max(at-contextLength, 0)
	for i := farthest; i < at; i++ {
		if between(text, i) && !unicode.IsSpace(text[i]) {
			return i
		}
	}
	// A word without an end is cut, but no character of it.
	for farthest < at && unicode.IsMark(text[farthest]) {
		farthest++
	}
	return farthest
}

// rightEnd returns where the words to the right of text[:at] end.
func rightEnd(text []rune, at int) int {
	farthest := min(at+contextLength, len(text))
	for i := farthest; i > at; i-- {
		if between(text, i) && !unicode.IsSpace(text[i-1]) {
			return i
		}
	}
	for farthest > at && farthest < len(text) && unicode.IsMark(text[farthest]) {
		farthest--
	}
	return farthest
}

// between reports whether a line may begin or end at i: beside white space, or
// between characters of scripts that write words without spaces.
func between(text []rune, i int) bool {
	if i == 0 || i == len(text) {
		return true
	}
	before, after := text[i-1], text[i]
	return unicode.IsSpace(before) || unicode.IsSpace(after) ||
		(query.Unspaced(before) || query.Unspaced(after)) && !unicode.IsMark(after) && !unicode.IsPunct(after)
}

func oneRow(text []rune) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, string(text))
}

// Orders of lines. Words are compared by the Unicode collation algorithm, case
// apart; lines that are equal by an order stand in that of documents.
const (
	ByDocument     = "document"     // the most relevant document first, within it as they stand in the text
	ByLeft         = "left"         // by the words to the left, from the match outwards
	ByLeft2        = "left2"        // by the second word to the left and those beyond it
	ByLeft3        = "left3"        // by the third
	ByRight        = "right"        // by the words to the right
	ByRight2       = "right2"       // by the second word to the right and those beyond it
	ByRight3       = "right3"       // by the third
	ByOrganisation = "organisation" // documents without one come last
	ByYear         = "year"         // oldest first; documents without one come last
)

// distances are how far from the match, in words, the orders by words begin; to
// the left of it if below 0.
var distances = map[string]int{ByLeft: -1, ByLeft2: -2, ByLeft3: -3, ByRight: 1, ByRight2: 2, ByRight3: 3}

// SortedBy returns where in the version's text the word stands that an order by
// words compares first; nil if the order is another or there is no such word.
func (l Line) SortedBy(order string) *Span {
	distance := distances[order]
	context, from := l.Right, l.End
	if distance < 0 {
		context, from = l.Left, l.Start-utf8.RuneCountInString(l.Left)
	}
	words := slices.Collect(Tokens(context))
	at := distance - 1
	if distance < 0 {
		at = len(words) + distance
	}
	if at < 0 || at >= len(words) {
		return nil
	}
	return &Span{from + words[at].Start, from + words[at].End}
}
