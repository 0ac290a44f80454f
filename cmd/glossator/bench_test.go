//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

// BenchmarkImport imports the trade agreements into an empty folder and indexes
// them. It reports the seconds of a processor for both parts, and the size of
// the index and of all that is kept as shares of the text's.
func BenchmarkImport(b *testing.B) {
	paths := []string{sharedDir(b, "corpus/tota")}
	for b.Loop() {
		data := b.TempDir()
		s, engine := imported(b, data, paths)
		text := textSize(b, s)
		b.ReportMetric(float64(text)/1e6, "MB-text")
		b.ReportMetric(float64(size(b, filepath.Join(data, "index")))/float64(text), "index/text")
		b.ReportMetric(float64(size(b, data))/float64(text), "all/text")
		closeAll(b, engine, s)
	}
}

// BenchmarkSearch asks the queries of ../shared/bench, each different, over
// HTTP on loopback for a page of ten documents with snippets and facets: one
// after another, two at a time and eight at a time. It reports quantiles of the
// time to the last byte and what a search takes of a processor, the asker's
// part included, which other processes on the machine disturb less.
func BenchmarkSearch(b *testing.B) {
	addresses := searchAddresses(b, filepath.Join(sharedDir(b, "bench"), "queries.jsonl"))
	_, server := served(b)
	for _, clients := range []int{1, 2, 8} {
		b.Run(fmt.Sprint("clients=", clients), func(b *testing.B) {
			var took []time.Duration
			began, used := time.Now(), processorTime(b)
			for b.Loop() {
				took = append(took, askAll(b, server.URL, addresses, clients)...)
			}
			b.ReportMetric(float64(len(took))/time.Since(began).Seconds(), "searches/s")
			b.ReportMetric((processorTime(b)-used).Seconds()*1000/float64(len(took)), "processor-ms/search")
			quantiles(b, took)
		})
	}
}

// BenchmarkFresh writes annotations and documents over HTTP while searches go
// on, and reports the time from sending the write to the end of the first search
// that finds it.
func BenchmarkFresh(b *testing.B) {
	addresses := searchAddresses(b, filepath.Join(sharedDir(b, "bench"), "queries.jsonl"))
	s, server := served(b)
	token := editorToken(b, s)
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	var searching sync.WaitGroup
	defer searching.Wait()
	defer cancel()
	searching.Go(func() {
		for ctx.Err() == nil {
			askAll(b, server.URL, addresses[:50], 1)
		}
	})
	version := anyVersion(b, server.URL)
	writes := map[string]func(word string){
		"annotation": func(word string) {
			post(b, server.URL+"/api/annotations", token, "application/json", strings.NewReader(
				fmt.Sprintf(`{"version": %q, "targets": [{"start": 0, "end": 20}], "note": %q, "visibility": "public"}`, version, word)))
		},
		"document": func(word string) {
			var form bytes.Buffer
			files := multipart.NewWriter(&form)
			file, err := files.CreateFormFile("files", word+".txt")
			if err != nil {
				b.Fatal(err)
			}
			_, _ = fmt.Fprintf(file, "Agreement on %s\n\nArticle 1\n\nThe parties shall keep %s in order.\n", word, word)
			if err := files.Close(); err != nil {
				b.Fatal(err)
			}
			post(b, server.URL+"/api/imports", token, files.FormDataContentType(), &form)
		},
	}
	field := map[string]string{"annotation": "note:"}
	for _, kind := range []string{"annotation", "document"} {
		b.Run(kind, func(b *testing.B) {
			var took []time.Duration
			for n := 0; b.Loop(); n++ {
				word := fmt.Sprint("fresh", kind, n)
				began := time.Now()
				writes[kind](word)
				for !finds(b, server.URL, field[kind]+word) {
				}
				took = append(took, time.Since(began))
			}
			quantiles(b, took)
		})
	}
}

// quantiles reports within what time a half, 95 and 99 of 100 were done.
func quantiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	for name, share := range map[string]float64{"p50-ms": 0.5, "p95-ms": 0.95, "p99-ms": 0.99} {
		b.ReportMetric(float64(took[int(share*float64(len(took)-1))].Microseconds())/1000, name)
	}
}

// processorTime is what the process has used of its processors.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// served returns a server on loopback with all of the corpora, its index
// following the store.
func served(b *testing.B) (*store.Store, *httptest.Server) {
	b.Helper()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	data := b.TempDir()
	s, engine := imported(b, data, []string{sharedDir(b, "corpus/cyber"), sharedDir(b, "corpus/tota")})
	handler, err := serveCommand{}.handler(s, engine, &url.URL{Scheme: "http", Host: "localhost"}, nil, nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(handler)
	ctx, cancel := context.WithCancel(b.Context())
	var following sync.WaitGroup
	following.Go(func() { _ = follow(ctx, s, engine, nil) })
	b.Cleanup(func() {
		server.Close()
		cancel()
		following.Wait()
		closeAll(b, engine, s)
	})
	return s, server
}

// imported returns a store and an engine that hold all of paths, and reports the
// seconds of a processor that it took.
func imported(b *testing.B, data string, paths []string) (*store.Store, *searchIndex) {
	b.Helper()
	ctx := b.Context()
	s, err := store.Open(ctx, data)
	if err != nil {
		b.Fatal(err)
	}
	began := processorTime(b)
	if _, err := importPaths(ctx, s, annotations.Asker{}, paths, nil); err != nil {
		b.Fatal(err)
	}
	read := processorTime(b)
	engine, err := openIndex(ctx, data, s)
	if err != nil {
		b.Fatal(err)
	}
	if err := index.Sync(ctx, engine, s, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric((read - began).Seconds(), "processor-s/import")
	b.ReportMetric((processorTime(b) - read).Seconds(), "processor-s/index")
	return s, engine
}

func closeAll(b *testing.B, closers ...io.Closer) {
	b.Helper()
	for _, c := range closers {
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// textSize returns the bytes of the texts of all current versions.
func textSize(b *testing.B, s *store.Store) (total int64) {
	b.Helper()
	for after := int64(0); ; {
		changes, err := s.Changes(b.Context(), after, nil, 2000)
		if err != nil {
			b.Fatal(err)
		}
		if len(changes) == 0 {
			return total
		}
		for _, change := range changes {
			for _, p := range change.Passages {
				total += int64(len(p.Text))
			}
			after = change.Number
		}
	}
}

func size(b *testing.B, dir string) (total int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, os.ErrNotExist) { // merged away meanwhile
			return nil
		}
		total += info.Size()
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return total
}

// askAll sends each search once, by so many clients, and returns how long each
// took. A search that is refused fails the benchmark.
func askAll(b *testing.B, server string, addresses []string, clients int) []time.Duration {
	b.Helper()
	queue := make(chan string)
	var mu sync.Mutex
	var took []time.Duration
	var asking sync.WaitGroup
	for range clients {
		asking.Go(func() {
			for address := range queue {
				began := time.Now()
				resp, err := http.Get(server + "/api/search?" + address)
				if err != nil {
					b.Error(err)
					continue
				}
				content, _ := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					b.Errorf("%s: %d %s", address, resp.StatusCode, content)
				}
				mu.Lock()
				took = append(took, time.Since(began))
				mu.Unlock()
			}
		})
	}
	for _, address := range addresses {
		queue <- address
	}
	close(queue)
	asking.Wait()
	return took
}

// finds reports whether a search finds anything.
func finds(b *testing.B, server, q string) bool {
	b.Helper()
	resp, err := http.Get(server + "/api/search?" + url.Values{"q": {q}}.Encode())
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	var answer struct{ Passages int }
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		b.Fatal(err)
	}
	return answer.Passages > 0
}

// editorToken returns an API token of somebody who may annotate and import.
func editorToken(b *testing.B, s *store.Store) string {
	b.Helper()
	user, err := s.CreateUser(b.Context(), "Anna", "correct horse battery", annotations.Editor)
	if err != nil {
		b.Fatal(err)
	}
	_, token, err := s.CreateToken(b.Context(), annotations.Asker{User: user.ID, Role: user.Role}, "benchmark", annotations.ScopeEverything, 0)
	if err != nil {
		b.Fatal(err)
	}
	return token
}

// anyVersion returns the id of a version that is there.
func anyVersion(b *testing.B, server string) string {
	b.Helper()
	resp, err := http.Get(server + "/api/search?q=agreement&size=1&hits=1")
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	var answer struct {
		Groups []struct{ Hits []struct{ Version string } }
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || len(answer.Groups) == 0 {
		b.Fatal("nothing is there: ", err)
	}
	return answer.Groups[0].Hits[0].Version
}

// post sends a body that must be taken.
func post(b *testing.B, address, token, contentType string, body io.Reader) {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, address, body)
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode >= 300 {
		b.Fatalf("%d %s %v", resp.StatusCode, content, err)
	}
}

// searchAddresses writes the benchmark's queries in our language.
func searchAddresses(b *testing.B, path string) []string {
	b.Helper()
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	var addresses []string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var asked struct {
			Op     string
			Terms  []string
			Not    []string
			Fuzz   int
			Filter struct{ Party, From, To, Language string }
		}
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			b.Fatal(err)
		}
		var q string
		switch asked.Op {
		case "term", "and", "multi":
			q = strings.Join(asked.Terms, " ")
		case "or":
			q = strings.Join(asked.Terms, " OR ")
		case "phrase":
			q = `"` + strings.Join(asked.Terms, " ") + `"`
		case "prefix":
			q = asked.Terms[0] + "*"
		case "wildcard":
			q = asked.Terms[0]
		case "fuzzy":
			q = fmt.Sprintf("%s~%d", asked.Terms[0], asked.Fuzz)
		default:
			b.Fatalf("there is no query for %s", lines.Bytes())
		}
		for _, not := range asked.Not {
			q += " -" + not
		}
		values := url.Values{"q": {q}}
		if f := asked.Filter; f.Party != "" {
			values.Set("party", f.Party)
		}
		if f := asked.Filter; f.From != "" {
			values.Set("year", f.From[:4]+".."+f.To[:4])
		}
		if f := asked.Filter; f.Language != "" {
			values.Set("lang", f.Language)
		}
		addresses = append(addresses, values.Encode())
	}
	return addresses
}
