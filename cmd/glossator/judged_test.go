package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

var update = flag.Bool("update", false, "write what the tests get as what they want")

const (
	judgedFolder  = "testdata/judged"
	judgedSummary = "testdata/judged/summary.md"
	judgedPage    = 20 // documents looked at
	judgedShown   = 5  // lines written for each query
)

// A judgedQuery is a file of testdata/judged: what somebody asks for, the
// passages that answer it, chosen by reading them, and then what was
// found. A passage is "document/provision", with a language behind it if it must
// be in that one.
type judgedQuery struct {
	class   string // the first word of the file's name
	query   string
	answers []string
}

// TestJudged asks what people of the field ask, over the cyber corpus and our
// digests, and compares with the files where the answers were found: a change of
// the ranking shows its whole effect there. -update writes them.
func TestJudged(t *testing.T) {
	corpus := sharedDir(t, "corpus/cyber")
	paths, err := filepath.Glob(filepath.Join(judgedFolder, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	server := judgedServer(t, corpus)
	ranks := map[string][]int{}
	for _, path := range paths {
		asked := readJudged(t, path)
		shown := server.shown(t, asked.query)
		rank, found := asked.judge(shown)
		ranks[asked.class] = append(ranks[asked.class], rank)
		want(t, path, asked.head()+found)
	}
	want(t, judgedSummary, summary(ranks))
}

// want compares what a file holds with what it should, or writes it.
func want(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	held, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(held), got); diff != "" {
		t.Errorf("%s (-want +got); if this is better, run the test with -update:\n%s", path, diff)
	}
}

func readJudged(t *testing.T, path string) judgedQuery {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	class, _, _ := strings.Cut(filepath.Base(path), "-")
	asked := judgedQuery{class: class}
	head, _, _ := strings.Cut(string(data), "\n\n")
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "query":
			asked.query = value
		case "answer":
			asked.answers = append(asked.answers, value)
		default:
			t.Fatalf("%s: %q is neither a query nor an answer", path, line)
		}
	}
	if asked.query == "" || len(asked.answers) == 0 {
		t.Fatalf("%s has no query or no answer", path)
	}
	return asked
}

// head is what people write of the file.
func (q judgedQuery) head() string {
	return "query: " + q.query + "\nanswer: " + strings.Join(q.answers, "\nanswer: ") + "\n\n"
}

// judge returns the rank of the first answer among the passages shown, from 1;
// 0 if there is none.
func (q judgedQuery) judge(shown []place) (rank int, found string) {
	var lines strings.Builder
	for i, p := range shown {
		mark := " "
		if slices.Contains(q.answers, p.id) || slices.Contains(q.answers, p.id+" "+p.language) {
			mark = "+"
			if rank == 0 {
				rank = i + 1
			}
		}
		if i < judgedShown {
			fmt.Fprintf(&lines, "%d %s %s\n", i+1, mark, strings.TrimSpace(p.id+" "+p.language))
		}
	}
	return rank, fmt.Sprintf("rank: %d\n%s", rank, &lines)
}

// summary is a table of the classes: the share of first answers at the top and
// among the first five, and the mean reciprocal rank.
func summary(ranks map[string][]int) string {
	var table strings.Builder
	table.WriteString("| class | queries | first | in five | not found | MRR |\n|---|---|---|---|---|---|\n")
	for _, class := range slices.Sorted(maps.Keys(ranks)) {
		var first, five, none int
		var reciprocal float64
		for _, rank := range ranks[class] {
			if rank == 0 {
				none++
				continue
			}
			reciprocal += 1 / float64(rank)
			if rank == 1 {
				first++
			}
			if rank <= 5 {
				five++
			}
		}
		n := len(ranks[class])
		fmt.Fprintf(&table, "| %s | %d | %d | %d | %d | %.3f |\n", class, n, first, five, none, reciprocal/float64(n))
	}
	return table.String()
}

// A place is a passage shown for a query, or a provision that it cites.
type place struct{ id, language string }

// A judgedAPI answers queries over HTTP, as the browser asks them.
type judgedAPI struct{ url string }

// judgedServer serves our digests and a folder.
func judgedServer(t *testing.T, folder string) judgedAPI {
	t.Helper()
	ctx, data := t.Context(), t.TempDir()
	s, err := store.Open(ctx, data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := loadDigests(ctx, s); err != nil {
		t.Fatal(err)
	}
	if _, err := importPaths(ctx, s, annotations.Asker{}, []string{folder}, nil); err != nil {
		t.Fatal(err)
	}
	engine, err := openIndex(ctx, data, s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	if err := index.Sync(ctx, engine, s, nil); err != nil {
		t.Fatal(err)
	}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	t.Cleanup(func() { slog.SetDefault(before) })
	handler, err := serveCommand{}.handler(s, engine, &url.URL{Scheme: "http", Host: "localhost"}, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return judgedAPI{server.URL}
}

// shown returns what the first page of a search shows, from the top: what the
// query cites, if it is written like a citation, then the passages.
func (a judgedAPI) shown(t *testing.T, query string) []place {
	t.Helper()
	var cited struct {
		Citations []struct {
			Written             bool
			Provision, Language string
			Document            struct{ ID string }
		}
	}
	a.get(t, "/api/citations", url.Values{"text": {query}}, &cited)
	var shown []place
	for _, c := range cited.Citations {
		if c.Written && c.Provision != "" {
			shown = append(shown, place{c.Document.ID + "/" + c.Provision, c.Language})
		}
	}
	var found struct {
		Groups []struct {
			Document struct{ ID string }
			Hits     []struct{ Provision, Language string }
		}
	}
	a.get(t, "/api/search", url.Values{"q": {query}, "size": {fmt.Sprint(judgedPage)}}, &found)
	for _, group := range found.Groups {
		for _, hit := range group.Hits {
			shown = append(shown, place{group.Document.ID + "/" + hit.Provision, hit.Language})
		}
	}
	return shown
}

func (a judgedAPI) get(t *testing.T, path string, values url.Values, answer any) {
	t.Helper()
	resp, err := http.Get(a.url + path + "?" + values.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s %v: %s", path, values, resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(answer); err != nil {
		t.Fatal(err)
	}
}
