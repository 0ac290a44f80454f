//go:build unix

package bleve

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"glossator/index"
	"glossator/index/query"
)

// copied returns the n-th copy of changes: documents of its own, and every
// eighth word of the vocabulary, each copy another eighth, with an ending of the
// copy's own, so that the vocabulary grows with the corpus. The copy 0 is the
// corpus itself.
func copied(changes []index.Change, n int) []index.Change {
	if n == 0 {
		return changes
	}
	suffix := "-" + strconv.Itoa(n)
	ending := "q" + string(rune('a'+n%26)) + string(rune('a'+n/26))
	copies := make([]index.Change, len(changes))
	for i, change := range changes {
		change.Number += int64(n * len(changes))
		change.Document.ID += suffix
		change.Document.Title = altered(change.Document.Title, ending, n)
		change.Passages = slices.Clone(change.Passages)
		start := 0
		for j := range change.Passages {
			p := &change.Passages[j]
			p.Document, p.Version, p.Text = change.Document.ID, p.Version+suffix, altered(p.Text, ending, n)
			p.Span = index.Span{Start: start, End: start + len([]rune(p.Text))}
			start = p.End + 1
		}
		copies[i] = change
	}
	return copies
}

// altered adds an ending to an eighth of the words.
func altered(text, ending string, n int) string {
	var b strings.Builder
	for from := 0; from < len(text); {
		rest := text[from:]
		to := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
		if to < 0 {
			to = len(rest)
		}
		b.WriteString(rest[:to])
		h := fnv.New32a()
		_, _ = h.Write([]byte(rest[:to]))
		if to > 3 && (int(h.Sum32())+n)%8 == 0 {
			b.WriteString(ending)
		}
		next := strings.IndexFunc(rest[to:], unicode.IsLetter)
		if next < 0 {
			next = len(rest) - to
		}
		b.WriteString(rest[to : to+next])
		from += to + next
	}
	return b.String()
}

// A measured index says what a process that has it open takes.
type measured struct {
	Passages    int
	Open        float64 // seconds from opening to the end of the first search
	Resident    float64 // MB in memory after all of the shared queries
	Own         float64 // MB of these that are not pages of files
	Page        float64 // processor milliseconds for a page with facets, on average
	Middle, Top float64 // of 50 and of 99 in 100 queries at most
	Change      float64 // processor milliseconds to take in a passage, so that a search heeds it
}

// BenchmarkScale compares the trade agreements with several copies of them, as
// GLOSSATOR_COPIES says. GLOSSATOR_BENCH names the folder in which the indexes
// are kept for the next run. Each is measured in a process of its own.
func BenchmarkScale(b *testing.B) {
	copies, err := strconv.Atoi(os.Getenv("GLOSSATOR_COPIES"))
	if err != nil {
		b.Skip("takes long: GLOSSATOR_COPIES says how many copies of the corpus")
	}
	if os.Getenv("GLOSSATOR_BENCH") == "" {
		b.Setenv("GLOSSATOR_BENCH", b.TempDir())
	}
	fill(b, 1)
	fill(b, copies)
	for b.Loop() {
		one, many := measure(b, 1), measure(b, copies)
		b.Logf("%8s %10s %8s %12s %8s %8s %8s %8s %10s", "copies", "passages", "open s", "resident MB", "own MB", "page ms", "50 %", "99 %", "change ms")
		for n, m := range map[int]measured{1: one, copies: many} {
			b.Logf("%8d %10d %8.2f %12.0f %8.0f %8.2f %8.2f %8.2f %10.1f", n, m.Passages, m.Open, m.Resident, m.Own, m.Page, m.Middle, m.Top, m.Change)
		}
		b.ReportMetric(many.Page/one.Page, "page-times")
		b.ReportMetric(many.Change/one.Change, "change-times")
		b.ReportMetric(many.Resident, "MB-resident")
		b.ReportMetric(many.Open, "s/open")
	}
}

func scaled(copies int) string { return "copies-" + strconv.Itoa(copies) }

// fill makes the index of so many copies, or goes on with one.
func fill(b *testing.B, copies int) {
	b.Helper()
	original := treaties(b, allTreaties)
	x := filled(b, scaled(copies), func() []index.Change { return original })
	defer x.Close()
	mark, err := x.Mark(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for n := 1; n < copies; n++ {
		if changes := copied(original, n); changes[len(changes)-1].Number > mark {
			start, used := time.Now(), processorTime(b)
			loadAll(b, x, changes)
			b.Logf("copy %d: %.1f s, %.1f of a processor", n, time.Since(start).Seconds(), (processorTime(b) - used).Seconds())
		}
	}
}

// measure measures an index in a process of its own.
func measure(b *testing.B, copies int) (m measured) {
	b.Helper()
	out := filepath.Join(b.TempDir(), "measured.json")
	cmd := exec.CommandContext(b.Context(), os.Args[0], "-test.run=^TestMeasureScale$", "-test.count=1")
	// A server collects memory as often.
	cmd.Env = append(os.Environ(), "GOGC=75", measuredCopies+"="+strconv.Itoa(copies), measuredOut+"="+out)
	if said, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, said)
	}
	content, err := os.ReadFile(out)
	if err != nil {
		b.Fatal(err)
	}
	if err := json.Unmarshal(content, &m); err != nil {
		b.Fatal(err)
	}
	return m
}

// What BenchmarkScale tells TestMeasureScale in the environment.
const (
	measuredCopies = "GLOSSATOR_MEASURED_COPIES"
	measuredOut    = "GLOSSATOR_MEASURED_OUT"
)

// TestMeasureScale is the process of its own in which BenchmarkScale measures.
func TestMeasureScale(t *testing.T) {
	copies, err := strconv.Atoi(os.Getenv(measuredCopies))
	if err != nil {
		t.Skip("is for BenchmarkScale")
	}
	lines := allAsked(t)
	start := time.Now()
	x, err := Open(t.Context(), kept(t, scaled(copies)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	page := index.Options{Limit: 10, PerDocument: 3, Facets: true}
	search := func(a asked) *index.Result {
		found, err := x.Search(t.Context(), a.ours(t), page)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	search(lines[0])
	m := measured{Open: time.Since(start).Seconds(), Passages: x.gallery.last[false].passages}
	for _, a := range lines { // what is read once and kept
		search(a)
	}
	var used []float64
	for _, a := range lines {
		before := processorTime(t)
		search(a)
		used = append(used, (processorTime(t)-before).Seconds()*1000)
		m.Page += used[len(used)-1] / float64(len(lines))
	}
	slices.Sort(used)
	m.Middle, m.Top = used[len(used)/2], used[len(used)*99/100]
	m.Resident, m.Own = resident(t)
	m.Change = changing(t, x)
	content, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv(measuredOut), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// changing returns what it takes to write a note on a passage again and again and
// to search after each. What is searched for is nowhere: it is the view of the new
// state that counts, a page is measured by itself.
func changing(t *testing.T, x *Index) float64 {
	changed := treaties(t, 1)[0]
	changed.Passages = changed.Passages[:1]
	mark, err := x.Mark(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const times = 100
	var before time.Duration
	for n := range 2 * times { // in the first half, segments of the last run are merged
		if n == times {
			before = processorTime(t)
		}
		changed.Number = mark // so that the index stays as it was made
		changed.Passages[0].Annotations = []index.Annotations{{Audience: "public", Notes: []string{fmt.Sprint("note ", n)}}}
		if err := x.Apply(t.Context(), []index.Change{changed}); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Search(t.Context(), query.Term{Text: "nowhereatall"}, index.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	return (processorTime(t) - before).Seconds() * 1000 / times
}

// resident returns the megabytes that the process has in memory, and those of
// them that are not pages of files.
func resident(t *testing.T) (all, own float64) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("the system does not say what is in memory: ", err)
	}
	for line := range strings.Lines(string(status)) {
		var kilobytes float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f", &kilobytes); err == nil {
			all = kilobytes / 1000
		}
		if _, err := fmt.Sscanf(line, "RssAnon: %f", &kilobytes); err == nil {
			own = kilobytes / 1000
		}
	}
	return all, own
}
