// Package indextest is the law that every index.Engine obeys, as tests. A new
// engine runs them from a test of its own:
//
//	func TestEngine(t *testing.T) { indextest.Run(t, open) }
//
// The law compares an engine with a model: all passages in memory, each looked
// at by the plainest code that can decide whether it matches.
package indextest

import (
	"errors"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index"
	"glossator/index/query"
)

// Run checks an engine against the law. Open returns a new empty engine, which
// Run closes.
func Run(t *testing.T, open func(t *testing.T) index.Engine) {
	laws := []struct {
		name string
		law  func(t *testing.T, e index.Engine)
	}{
		{"empty", empty},
		{"mark", mark},
		{"replace", replace},
		{"drop", drop},
		{"versions", versions},
		{"stems", stems},
		{"spans", spans},
		{"snippet", snippet},
		{"cited", cited},
		{"fields", fields},
		{"rights", rights},
		{"excerpt", excerpt},
		{"since", since},
		{"sorts", sorts},
		{"sorts by hits", sortsByHits},
		{"sorts agreements first", sortsAgreementsFirst},
		{"paging", paging},
		{"clauses", clauses},
		{"matches", matches},
		{"lines", lines},
		{"lens", lens},
		{"alike", alike},
		{"places", places},
		{"several", several},
		{"words", words},
		{"spellings", spellings},
		{"relevance", relevance},
		{"costly", costly},
		{"cancelled", cancelled},
		{"concurrent", concurrent},
		{"random", random},
	}
	for _, law := range laws {
		t.Run(law.name, func(t *testing.T) {
			e := open(t)
			defer closing(t, e)
			law.law(t, e)
		})
	}
}

// RunReopen checks that an engine keeps what it has applied. Open opens the
// engine in a folder, which is empty at first; RunReopen closes it.
func RunReopen(t *testing.T, open func(t *testing.T, dir string) index.Engine) {
	dir := t.TempDir()
	m := newModel()
	for number := int64(1); number <= 3; number++ {
		e := open(t, dir)
		wantMark(t, e, number-1)
		agree(t, e, m, query.All{}, everyone)
		change := harbour(number, fmt.Sprintf("v%d", number), "The harbour keeps its lanterns lit.")
		m.apply(change)
		apply(t, e, change)
		agree(t, e, m, query.All{}, everyone)
		closing(t, e)
	}
}

func closing(t *testing.T, e index.Engine) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Errorf("closing the engine: %v", err)
	}
}

func apply(t *testing.T, e index.Engine, changes ...index.Change) {
	t.Helper()
	if err := e.Apply(t.Context(), changes); err != nil {
		t.Fatalf("Apply: %v", err)
	}
}

func wantMark(t *testing.T, e index.Engine, want int64) {
	t.Helper()
	got, err := e.Mark(t.Context())
	if err != nil || got != want {
		t.Errorf("the mark is %d, %v, want %d", got, err, want)
	}
}

// everything is the options of a search for all there is, as an audience sees
// it.
func everything(audiences []string) index.Options {
	return index.Options{Audiences: audiences, Limit: 100, PerDocument: 1000, Facets: true}
}

func search(t *testing.T, e index.Engine, q query.Query, o index.Options) *index.Result {
	t.Helper()
	result, err := e.Search(t.Context(), q, o)
	if err != nil {
		t.Fatalf("searching %q: %v", q, err)
	}
	return result
}

// ids returns the passages found, in the order of the result.
func ids(result *index.Result) []string {
	found := []string{}
	for _, group := range result.Groups {
		for _, hit := range group.Hits {
			found = append(found, hit.ID())
		}
	}
	return found
}

// wantFound checks what a query finds, in any order.
func wantFound(t *testing.T, e index.Engine, q query.Query, audiences []string, want ...string) {
	t.Helper()
	got := ids(search(t, e, q, everything(audiences)))
	sorted := cmpopts.SortSlices(func(a, b string) bool { return a < b })
	if diff := cmp.Diff(want, got, sorted, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%q finds (-want +got):\n%s", q, diff)
	}
}

// Audiences of the tests.
var (
	everyone = []string{"public"}
	mara     = []string{"public", "user:mara"}
	odo      = []string{"public", "user:odo"}
	reef     = []string{"public", "user:ann", "group:reef"}
	crew     = []string{"public", "user:mara", "group:reef", "group:pier"}
)

func word(text string) query.Term    { return query.Term{Text: text} }
func phrase(text string) query.Term  { return query.Term{Match: query.Phrase, Text: text} }
func pattern(text string) query.Term { return query.Term{Match: query.Pattern, Text: text} }

func in(field string, t query.Term) query.Term {
	t.Field = field
	return t
}

// passage returns a passage that is an article and begins at start.
func passage(document, version, language, article string, start int, text string) index.Passage {
	return index.Passage{
		Document: document, Version: version, Language: language,
		Provision: "art" + article, Pinpoint: "art. " + article, Number: article,
		Span: index.Span{Start: start, End: start + utf8.RuneCountInString(text)}, Text: text,
		Path: []index.Crumb{{Provision: "ch1", Label: "Chapter I"}},
	}
}

// harbour is a change that brings a document, named after its version, with a
// passage for each text.
func harbour(number int64, version string, texts ...string) index.Change {
	document := "harbour-" + version
	change := index.Change{Number: number, Document: index.Document{
		ID: document, Title: "Convention on the Harbours of " + version, Kind: index.Treaty,
	}}
	start := 0
	for i, text := range texts {
		p := passage(document, version, "en", fmt.Sprint(i+1), start, text)
		start = p.End + 1
		change.Passages = append(change.Passages, p)
	}
	return change
}

// wantCostly checks that a query is refused because it would cost too much.
func wantCostly(t *testing.T, e index.Engine, q query.Query) {
	t.Helper()
	_, err := e.Search(t.Context(), q, everything(everyone))
	if !errors.Is(err, index.ErrTooCostly) {
		t.Errorf("a search that costs too much returns %v, want ErrTooCostly", err)
	}
}
