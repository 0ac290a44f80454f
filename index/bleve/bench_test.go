package bleve

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"glossator/index"
	"glossator/index/query"
)

// shared returns a folder of the shared corpora, which stand beside the
// repository; it skips without them unless they are required.
func shared(tb testing.TB, path ...string) string {
	tb.Helper()
	root := os.Getenv("GLOSSATOR_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	at := filepath.Join(append([]string{root}, path...)...)
	if _, err := os.Stat(at); err != nil {
		if os.Getenv("GLOSSATOR_REQUIRE_SHARED") == "1" {
			tb.Fatalf("the shared corpora are required: %v", err)
		}
		tb.Skipf("without the shared corpora: %v", err)
	}
	return at
}

// A treaty is what the benchmark needs of a file of the Texts of Trade
// Agreements: each article is a passage.
type treaty struct {
	Name     string   `xml:"meta>name"`
	Signed   string   `xml:"meta>date_signed"`
	Language string   `xml:"meta>language"`
	Parties  []string `xml:"meta>parties>partyisocode"`
	Chapters []struct {
		Name     string   `xml:"name,attr"`
		Articles []string `xml:"article"`
	} `xml:"body>chapter"`
}

// allTreaties is more than there are.
const allTreaties = 1000

// treaties returns the first n agreements as changes.
func treaties(tb testing.TB, n int) []index.Change {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(shared(tb, "corpus", "tota"), "*.xml"))
	if err != nil {
		tb.Fatal(err)
	}
	files = files[:min(n, len(files))]
	changes := make([]index.Change, 0, len(files))
	for n, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var t treaty
		if err := xml.Unmarshal(data, &t); err != nil {
			tb.Fatal(err)
		}
		id := strings.TrimSuffix(filepath.Base(file), ".xml")
		change := index.Change{Number: int64(n + 1), Document: index.Document{
			ID: id, Title: t.Name, Kind: index.Treaty, Signed: t.Signed, Parties: t.Parties,
		}}
		start := 0
		for _, chapter := range t.Chapters {
			for _, text := range chapter.Articles {
				number := fmt.Sprint(len(change.Passages) + 1)
				end := start + utf8.RuneCountInString(text)
				change.Passages = append(change.Passages, index.Passage{
					Document: id, Version: "version-of-" + id, Language: t.Language, Number: number,
					Provision: "art" + number, Pinpoint: "art. " + number, Span: index.Span{Start: start, End: end}, Text: text,
					Path: []index.Crumb{{Provision: "chapter", Label: chapter.Name}},
				})
				start = end + 1
			}
		}
		changes = append(changes, change)
	}
	return changes
}

// benched is a line of the shared queries.
type benched struct {
	Class  string
	Op     string
	Terms  []string
	Not    []string
	Filter struct{ Party, From, To, Language string }
}

// query returns what the line asks for; false for what the query language does
// not have.
func (b benched) query(tb testing.TB) (query.Query, bool) {
	var q query.Query
	words := func(terms []string) []query.Query {
		var all []query.Query
		for _, term := range terms {
			all = append(all, query.Term{Text: term})
		}
		return all
	}
	switch b.Op {
	case "term", "and", "multi":
		q = query.Join(words(b.Terms)...)
	case "or":
		q = query.Or(words(b.Terms))
	case "phrase":
		q = query.Term{Match: query.Phrase, Text: strings.Join(b.Terms, " ")}
	case "prefix":
		q = query.Term{Match: query.Pattern, Text: b.Terms[0] + "*"}
	case "wildcard":
		q = query.Term{Match: query.Pattern, Text: b.Terms[0]}
	default:
		return nil, false
	}
	for _, not := range words(b.Not) {
		q = query.Join(q, query.Not{Query: not})
	}
	if b.Filter.Party != "" {
		q = query.Join(q, query.Value("party", b.Filter.Party))
	}
	if b.Filter.Language != "" {
		q = query.Join(q, query.Value("lang", b.Filter.Language))
	}
	if b.Filter.From != "" {
		years := query.Range{Field: "year"}
		if _, err := fmt.Sscan(b.Filter.From[:4], &years.From); err != nil {
			tb.Fatal(err)
		}
		if _, err := fmt.Sscan(b.Filter.To[:4], &years.To); err != nil {
			tb.Fatal(err)
		}
		q = query.Join(q, years)
	}
	return q, true
}

func queries(tb testing.TB) map[string][]query.Query {
	tb.Helper()
	file, err := os.Open(filepath.Join(shared(tb, "bench"), "queries.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	classes := map[string][]query.Query{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var b benched
		if err := json.Unmarshal(lines.Bytes(), &b); err != nil {
			tb.Fatal(err)
		}
		if q, ok := b.query(tb); ok {
			classes[b.Class] = append(classes[b.Class], q)
		}
	}
	return classes
}

// BenchmarkApply indexes all of the trade agreements as Sync would.
func BenchmarkApply(b *testing.B) {
	changes := treaties(b, allTreaties)
	for b.Loop() {
		x, err := Open(b.Context(), b.TempDir(), Options{})
		if err != nil {
			b.Fatal(err)
		}
		loadAll(b, x, changes)
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// loadAll applies changes about batchSize passages at a time.
func loadAll(tb testing.TB, x *Index, changes []index.Change) {
	tb.Helper()
	for from, passages := 0, 0; from < len(changes); passages = 0 {
		to := from
		for ; to < len(changes) && (passages == 0 || passages < batchSize); to++ {
			passages += len(changes[to].Passages)
		}
		if err := x.Apply(tb.Context(), changes[from:to]); err != nil {
			tb.Fatal(err)
		}
		from = to
	}
}

// BenchmarkSearch measures the first page of the shared queries, with facets
// and three hits for each of ten documents.
func BenchmarkSearch(b *testing.B) {
	classes := queries(b)
	x, err := Open(b.Context(), b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	loadAll(b, x, treaties(b, allTreaties))
	var took []time.Duration
	for class, queries := range classes {
		b.Run(class, func(b *testing.B) {
			var times []time.Duration
			for n := 0; b.Loop(); n++ {
				start := time.Now()
				_, err := x.Search(b.Context(), queries[n%len(queries)], index.Options{Limit: 10, PerDocument: 3, Facets: true})
				if err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(start))
			}
			took = append(took, times...)
			report(b, times)
		})
	}
	slices.Sort(took)
	b.Logf("all classes: median %v, 99 of 100 below %v", took[len(took)/2], took[len(took)*99/100])
}

func report(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "median-ms")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkView measures what the first search after opening costs more.
func BenchmarkView(b *testing.B) {
	x, err := Open(b.Context(), b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	loadAll(b, x, treaties(b, allTreaties))
	for b.Loop() {
		x.gallery = newGallery()
		if _, err := x.Search(b.Context(), query.Term{Text: "nothinglikethis"}, index.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(x.gallery.last[false].passages), "passages")
}

// BenchmarkLines measures a concordance of 2,000 lines of frequent and of rare
// words of the shared agreements.
func BenchmarkLines(b *testing.B) {
	x, err := Open(b.Context(), b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	loadAll(b, x, treaties(b, allTreaties))
	for _, text := range []string{"the", "arbitration", "expropriat*", "\"information security\"", "most favoured nation"} {
		q, err := query.Parse(text)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(text, func(b *testing.B) {
			var lines int
			for b.Loop() {
				found, err := x.Lines(b.Context(), q, index.LineOptions{Limit: 2000})
				if err != nil {
					b.Fatal(err)
				}
				lines = len(found.Lines)
			}
			b.ReportMetric(float64(lines), "lines")
		})
	}
}
