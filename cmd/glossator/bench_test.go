package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"glossator/annotations/store"
	"glossator/index"
)

// BenchmarkImport imports the corpora, trade agreements and cyber instruments,
// into an empty folder and indexes them. It reports the seconds for both parts
// and the size of what is kept.
func BenchmarkImport(b *testing.B) {
	paths := []string{sharedDir(b, "corpus/cyber"), sharedDir(b, "corpus/tota")}
	for b.Loop() {
		data := b.TempDir()
		began := time.Now()
		s, engine := filled(b, data, paths)
		b.ReportMetric(time.Since(began).Seconds(), "s/import")
		b.ReportMetric(float64(size(b, filepath.Join(data, "index")))/1e6, "MB-index")
		b.ReportMetric(float64(size(b, data))/1e6, "MB-all")
		closeAll(b, engine, s)
	}
}

// BenchmarkSearch asks the queries of ../shared/bench, each different, over
// HTTP on loopback for a page of ten documents with snippets and facets, one
// after another and then two at a time, and reports quantiles of the time to
// the last byte.
func BenchmarkSearch(b *testing.B) {
	addresses := searchAddresses(b, filepath.Join(sharedDir(b, "bench"), "queries.jsonl"))
	data := b.TempDir()
	s, engine := filled(b, data, []string{sharedDir(b, "corpus/cyber"), sharedDir(b, "corpus/tota")})
	defer closeAll(b, engine, s)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	handler, err := serveCommand{}.handler(s, engine, &url.URL{Scheme: "http", Host: "localhost"})
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	for _, clients := range []int{1, 2} {
		b.Run(map[int]string{1: "one", 2: "two"}[clients], func(b *testing.B) {
			var took []time.Duration
			began := time.Now()
			for b.Loop() {
				took = append(took, askAll(b, server.URL, addresses, clients)...)
			}
			b.ReportMetric(float64(len(took))/time.Since(began).Seconds(), "searches/s")
			slices.Sort(took)
			for name, share := range map[string]float64{"p50-ms": 0.5, "p95-ms": 0.95, "p99-ms": 0.99} {
				b.ReportMetric(float64(took[int(share*float64(len(took)-1))].Microseconds())/1000, name)
			}
		})
	}
}

// filled returns a store and an engine that hold all of paths.
func filled(b *testing.B, data string, paths []string) (*store.Store, *searchIndex) {
	b.Helper()
	ctx := b.Context()
	s, err := store.Open(ctx, data)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := importPaths(ctx, s, paths, nil); err != nil {
		b.Fatal(err)
	}
	engine, err := openIndex(ctx, data, s)
	if err != nil {
		b.Fatal(err)
	}
	if err := index.Sync(ctx, engine, s, nil); err != nil {
		b.Fatal(err)
	}
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

// searchAddresses writes the benchmark's queries in our language. Fuzzy terms,
// which it does not have, are left out.
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
		default:
			continue
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
