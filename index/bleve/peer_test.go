//go:build unix

package bleve

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	peer "github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"
	peerquery "github.com/blevesearch/bleve/v2/search/query"

	"glossator/index"
	"glossator/index/query"
)

// Fields of the peer's passages.
const (
	peerText     = "text"
	peerKind     = "kind"
	peerParty    = "party"
	peerLanguage = "lang"
	peerYear     = "year"
)

// asked is a line of the shared queries, fuzzy ones included.
type asked struct {
	benched
	Fuzz int
}

func (a asked) ours(tb testing.TB) query.Query {
	if a.Op == "fuzzy" {
		return query.Term{Match: query.Fuzzy, Text: a.Terms[0], Edits: a.Fuzz}
	}
	q, ok := a.query(tb)
	if !ok {
		tb.Fatalf("there is no query for %+v", a)
	}
	return q
}

// theirs returns what Bleve's own query types make of the line.
func (a asked) theirs(tb testing.TB) peerquery.Query {
	words := func(terms []string) (all []peerquery.Query) {
		for _, term := range terms {
			all = append(all, in(peerText, peer.NewTermQuery(term)))
		}
		return all
	}
	var must peerquery.Query
	switch a.Op {
	case "term", "and", "multi":
		must = peer.NewConjunctionQuery(words(a.Terms)...)
		if len(a.Terms) == 1 {
			must = words(a.Terms)[0]
		}
	case "or":
		must = peer.NewDisjunctionQuery(words(a.Terms)...)
	case "phrase":
		must = peer.NewPhraseQuery(a.Terms, peerText)
	case "prefix":
		must = in(peerText, peer.NewPrefixQuery(a.Terms[0]))
	case "wildcard":
		must = in(peerText, peer.NewWildcardQuery(a.Terms[0]))
	case "fuzzy":
		fuzzy := peer.NewFuzzyQuery(a.Terms[0])
		fuzzy.SetFuzziness(a.Fuzz)
		must = in(peerText, fuzzy)
	default:
		tb.Fatalf("there is no query for %+v", a)
	}
	filters := a.filters(tb)
	if len(filters) == 0 && len(a.Not) == 0 {
		return must
	}
	q := peer.NewBooleanQuery()
	q.AddMust(append(filters, must)...)
	q.AddMustNot(words(a.Not)...)
	return q
}

func (a asked) filters(tb testing.TB) (filters []peerquery.Query) {
	if a.Filter.Party != "" {
		filters = append(filters, in(peerParty, peer.NewTermQuery(a.Filter.Party)))
	}
	if a.Filter.Language != "" {
		filters = append(filters, in(peerLanguage, peer.NewTermQuery(a.Filter.Language)))
	}
	if a.Filter.From != "" {
		var from, to float64
		if _, err := fmt.Sscan(a.Filter.From[:4]+" "+a.Filter.To[:4], &from, &to); err != nil {
			tb.Fatal(err)
		}
		both := true
		filters = append(filters, in(peerYear, peer.NewNumericRangeInclusiveQuery(&from, &to, &both, &both)))
	}
	return filters
}

func in[Q peerquery.FieldableQuery](field string, q Q) Q {
	q.SetField(field)
	return q
}

// peerMapping is what one would write who begins with Bleve: the text in words,
// stored and with positions, and fields compared whole. Words are not left out
// nor stemmed, so that all of the shared queries find something.
func peerMapping(tb testing.TB) mapping.IndexMapping {
	tb.Helper()
	m := peer.NewIndexMapping()
	if err := m.AddCustomAnalyzer("words", map[string]any{
		"type": custom.Name, "tokenizer": unicode.Name, "token_filters": []string{lowercase.Name},
	}); err != nil {
		tb.Fatal(err)
	}
	text := peer.NewTextFieldMapping()
	text.Analyzer, text.IncludeInAll = "words", false
	whole := peer.NewTextFieldMapping()
	whole.Analyzer, whole.IncludeInAll = keyword.Name, false
	number := peer.NewNumericFieldMapping()
	number.IncludeInAll = false
	passage := peer.NewDocumentStaticMapping()
	passage.AddFieldMappingsAt(peerText, text)
	for _, name := range []string{peerKind, peerParty, peerLanguage} {
		passage.AddFieldMappingsAt(name, whole)
	}
	passage.AddFieldMappingsAt(peerYear, number)
	m.DefaultMapping = passage
	return m
}

// peerIndex returns an index of Bleve's own that holds the passages of changes.
func peerIndex(tb testing.TB, changes []index.Change) peer.Index {
	tb.Helper()
	dir := kept(tb, "peer")
	if x, err := peer.Open(dir); err == nil {
		return x // from an earlier run
	}
	x, err := peer.New(dir, peerMapping(tb))
	if err != nil {
		tb.Fatal(err)
	}
	batch := x.NewBatch()
	flush := func() {
		if err := x.Batch(batch); err != nil {
			tb.Fatal(err)
		}
		batch.Reset()
	}
	for _, change := range changes {
		d := change.Document
		for _, p := range change.Passages {
			err := batch.Index(p.ID(), map[string]any{
				peerText: p.Text, peerKind: d.Kind, peerParty: d.Parties, peerLanguage: p.Language, peerYear: d.Year(),
			})
			if err != nil {
				tb.Fatal(err)
			}
			if batch.Size() >= batchSize {
				flush()
			}
		}
	}
	flush()
	return x
}

// askPeer asks for ten passages and the exact count, which Bleve always gives;
// marked, with snippets; counted, with three facets, too.
func askPeer(tb testing.TB, x peer.Index, q peerquery.Query, marked, counted bool) {
	request := peer.NewSearchRequest(q)
	if marked {
		request.Highlight = peer.NewHighlight()
		request.Highlight.AddField(peerText)
	}
	if counted {
		for _, name := range []string{peerKind, peerParty, peerLanguage} {
			request.AddFacet(name, peer.NewFacetRequest(name, 20))
		}
	}
	if _, err := x.SearchInContext(tb.Context(), request); err != nil {
		tb.Fatal(err)
	}
}

// processorTime is what the process has used of its processors; with one
// processor and one search at a time that is the search's, and the collector's
// share of it.
func processorTime(tb testing.TB) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// costs are the processor times of a class of queries, asked in each way.
type costs struct {
	queries                                int
	topTen, snippets, facets               time.Duration // Bleve's own
	oursTop, ours, oursFacets, oursGrouped time.Duration
}

func (c *costs) add(d costs) {
	c.queries += d.queries
	c.topTen += d.topTen
	c.snippets += d.snippets
	c.facets += d.facets
	c.oursTop += d.oursTop
	c.ours += d.ours
	c.oursFacets += d.oursFacets
	c.oursGrouped += d.oursGrouped
}

// line is a row of the table: Bleve's own times in milliseconds, then ours as
// shares of them.
func (c *costs) line(class string) string {
	mean := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(c.queries) }
	share := func(ours, theirs time.Duration) string { return fmt.Sprintf("1/%.1f", float64(theirs)/float64(ours)) }
	return fmt.Sprintf("%-12s %8.2f %9.2f %8.2f   %9s %9s %9s %9s", class, mean(c.topTen), mean(c.snippets), mean(c.facets),
		share(c.oursTop, c.topTen), share(c.ours, c.snippets), share(c.oursFacets, c.facets), share(c.oursGrouped, c.facets))
}

// BenchmarkPeer asks the shared queries of Bleve's own path and of ours, in
// turn on one processor, and prints what ours costs as a share of Bleve's. Ours
// is always a page of ten documents with the exact count: alone beside Bleve's ten
// passages, with a snippet of each beside Bleve's with snippets, and with all of
// its facets, one or three hits for each document, beside Bleve's with snippets
// and three.
func BenchmarkPeer(b *testing.B) {
	lines := allAsked(b)
	changes := treaties(b, allTreaties)
	theirs := peerIndex(b, changes)
	defer theirs.Close()
	x := filled(b, "trade", func() []index.Change { return changes })
	defer x.Close()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))

	ask := func(a asked) (c costs) {
		ours, their := a.ours(b), a.theirs(b)
		took := func(ask func()) time.Duration {
			start := processorTime(b)
			ask()
			return processorTime(b) - start
		}
		search := func(o index.Options) func() {
			return func() {
				if _, err := x.Search(b.Context(), ours, o); err != nil {
					b.Fatal(err)
				}
			}
		}
		return costs{
			queries:     1,
			topTen:      took(func() { askPeer(b, theirs, their, false, false) }),
			oursTop:     took(search(index.Options{Limit: 10})),
			snippets:    took(func() { askPeer(b, theirs, their, true, false) }),
			ours:        took(search(index.Options{Limit: 10, PerDocument: 1})),
			oursFacets:  took(search(index.Options{Limit: 10, PerDocument: 1, Facets: true})),
			facets:      took(func() { askPeer(b, theirs, their, true, true) }),
			oursGrouped: took(search(index.Options{Limit: 10, PerDocument: 3, Facets: true})),
		}
	}
	for _, a := range lines { // what is read once and kept, both have
		ask(a)
	}
	for b.Loop() {
		classes, all := map[string]*costs{}, costs{}
		for _, a := range lines {
			c := ask(a)
			if classes[a.Class] == nil {
				classes[a.Class] = &costs{}
			}
			classes[a.Class].add(c)
			all.add(c)
		}
		rows := []string{fmt.Sprintf("%-12s %8s %9s %8s   %9s %9s %9s %9s", "class",
			"top ten", "+snippets", "+facets", "top ten", "+snippets", "+facets", "3 a doc")}
		for _, class := range slices.SortedFunc(maps.Keys(classes), cmp.Compare) {
			rows = append(rows, classes[class].line(class))
		}
		rows = append(rows, all.line("all"))
		fmt.Printf("processor ms of Bleve's own path, then ours as a share of it:\n%s\n", strings.Join(rows, "\n")) // b.Log shortens
		b.ReportMetric(float64(all.topTen)/float64(all.oursTop), "top-ten-times")
		b.ReportMetric(float64(all.facets)/float64(all.oursFacets), "page-times")
	}
}

func allAsked(tb testing.TB) (all []asked) {
	tb.Helper()
	file, err := os.Open(filepath.Join(shared(tb, "bench"), "queries.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var a asked
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			tb.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}
