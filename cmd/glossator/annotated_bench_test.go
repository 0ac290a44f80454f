//go:build unix

package main

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/annotations/transfer"
	"glossator/index"
)

// BenchmarkAnnotated asks a store with a million annotations over the trade
// agreements (GLOSSATOR_ANNOTATIONS says another number), over HTTP on loopback,
// for what people look at most: the margin of the busiest document, which has
// 5,000, passages by a concept, the matrix, and passages by words, concept and
// person at once. It reports quantiles of the time to the last byte, and what an
// answer takes of a processor. The store is built once, with a fixed seed, and
// stays in GLOSSATOR_BENCH, by default a folder for temporary files.
func BenchmarkAnnotated(b *testing.B) {
	n := 1_000_000
	if text := os.Getenv("GLOSSATOR_ANNOTATIONS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	slog.SetDefault(slog.New(slog.DiscardHandler))
	data := annotatedData(b, n)
	s, err := store.Open(b.Context(), data)
	if err != nil {
		b.Fatal(err)
	}
	engine, err := openIndex(b.Context(), data, s)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closeAll(b, engine, s) })
	if err := index.Sync(b.Context(), engine, s, nil); err != nil {
		b.Fatal(err)
	}
	handler, err := serveCommand{}.handler(s, engine, &url.URL{Scheme: "http", Host: "localhost"}, nil, nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(handler)
	b.Cleanup(server.Close)
	token := readerToken(b, s)
	concepts := usedConcepts(b, s)
	concept := func(i int) string { return url.QueryEscape(fmt.Sprintf("concept:%q", concepts[i%len(concepts)].Label)) }
	words := []string{"investment", "customs", "services", "transparency", "consultations", "exceptions", "procurement", "telecommunications"}
	busiest := busiestVersion(b, s)
	for _, ask := range []struct {
		name string
		path func(i int) string
	}{
		{"margin", func(int) string { return "/api/versions/" + busiest + "/annotations" }},
		{"concept", func(i int) string { return "/api/search?size=10&facets=true&q=" + concept(i) }},
		{"matrix", func(i int) string { return "/api/matrix?q=" + words[i%len(words)] }},
		{"combined", func(i int) string {
			return "/api/search?size=10&facets=true&q=" + words[i%len(words)] + "+" + concept(i/len(words)) + "+by:" + coder(i%coders)
		}},
		{"concepts", func(int) string { return "/api/concepts?size=100" }},
	} {
		b.Run(ask.name, func(b *testing.B) {
			get(b, server.URL+ask.path(0), token)
			var took []time.Duration
			used := processorTime(b)
			for i := 0; b.Loop(); i++ {
				began := time.Now()
				get(b, server.URL+ask.path(i), token)
				took = append(took, time.Since(began))
			}
			b.ReportMetric((processorTime(b)-used).Seconds()*1000/float64(len(took)), "processor-ms/answer")
			quantiles(b, took)
		})
	}
}

// annotatedStore opens a store with as many annotations as GLOSSATOR_ANNOTATIONS
// says, 100,000 if it says nothing. It is closed when the benchmark ends.
func annotatedStore(b *testing.B) *store.Store {
	b.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv("GLOSSATOR_ANNOTATIONS"), "100000"))
	if err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(b.Context(), annotatedData(b, n))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closeAll(b, s) })
	return s
}

// BenchmarkBulk writes the annotations of BenchmarkAnnotated out, and reports how
// many a second leave and what they take of the heap.
func BenchmarkBulk(b *testing.B) {
	s := annotatedStore(b)
	format, _ := transfer.FormatNamed("jsonld")
	for b.Loop() {
		began := time.Now()
		var out counter
		if err := (&transfer.Exporter{Store: s, Askers: []annotations.Asker{{}}}).Write(b.Context(), &out, format); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.lines.Load())/time.Since(began).Seconds(), "annotations/s")
	}
}

// A counter counts the lines that are written to it.
type counter struct{ lines atomic.Int64 }

func (c *counter) Write(data []byte) (int, error) {
	c.lines.Add(int64(bytes.Count(data, []byte("\n"))))
	return len(data), nil
}

func get(b *testing.B, address, token string) {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		b.Fatalf("%s: %d %v %.300s", address, response.StatusCode, err, content)
	}
}

// coders is how many people have annotated.
const coders = 20

func coder(i int) string { return fmt.Sprint("Coder", i+1) }

func readerToken(b *testing.B, s *store.Store) string {
	b.Helper()
	asker, err := askerNamed(b.Context(), s, coder(0))
	if err != nil {
		b.Fatal(err)
	}
	_, token, err := s.CreateToken(b.Context(), asker, "benchmark", annotations.ScopeEverything, 0)
	if err != nil {
		b.Fatal(err)
	}
	return token
}

func usedConcepts(b *testing.B, s *store.Store) []annotations.Concept {
	b.Helper()
	concepts, err := s.AllConcepts(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return concepts
}

func busiestVersion(b *testing.B, s *store.Store) string {
	b.Helper()
	names := versionsByLength(b, s)
	return names[0].ID
}

// versionsByLength returns the current versions, the longest first.
func versionsByLength(b *testing.B, s *store.Store) []store.VersionName {
	b.Helper()
	names, err := s.VersionNames(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	names = slices.DeleteFunc(names, func(v store.VersionName) bool { return !v.Current })
	slices.SortFunc(names, func(a, b store.VersionName) int { return cmp.Or(b.Length-a.Length, strings.Compare(a.ID, b.ID)) })
	return names
}

// annotatedData returns a data folder with so many annotations, built if it is
// not there.
func annotatedData(b *testing.B, n int) string {
	b.Helper()
	dir := filepath.Join(cmp.Or(os.Getenv("GLOSSATOR_BENCH"), os.TempDir()), fmt.Sprint("glossator-annotated-", n))
	done := filepath.Join(dir, "built")
	if _, err := os.Stat(done); err == nil {
		return dir
	}
	began := time.Now()
	s, err := store.Open(b.Context(), dir)
	if err != nil {
		b.Fatal(err)
	}
	known, err := s.VersionNames(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if len(known) == 0 {
		if _, err := importPaths(b.Context(), s, annotations.Asker{}, []string{sharedDir(b, "corpus/tota")}, nil); err != nil {
			b.Fatal(err)
		}
	}
	for i := range coders {
		_, err := s.CreateUser(b.Context(), coder(i), "correct horse battery", annotations.Member)
		if err != nil && !errors.Is(err, store.ErrConflict) {
			b.Fatal(err)
		}
	}
	annotated, err := s.AnnotatedDocuments(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if len(annotated) == 0 { // else an earlier run was cut short while it filled the index
		if err := insertAnnotations(b, s, dir, n); err != nil {
			b.Fatal(err)
		}
	}
	engine, err := openIndex(b.Context(), dir, s)
	if err != nil {
		b.Fatal(err)
	}
	if err := index.Sync(b.Context(), engine, s, nil); err != nil {
		b.Fatal(err)
	}
	closeAll(b, engine, s)
	if err := os.WriteFile(done, nil, 0o600); err != nil {
		b.Fatal(err)
	}
	b.Logf("built a store with %d annotations in %v", n, time.Since(began).Round(time.Second))
	return dir
}

// insertAnnotations writes n annotations past the store, as it would write them
// but for their histories: 5,000 on the longest version, the others on any
// passages. Nothing is synced to the disk before the end.
func insertAnnotations(b *testing.B, s *store.Store, dir string, n int) (err error) {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.File)+"?_pragma=synchronous(OFF)&_pragma=journal_mode(WAL)&_pragma=cache_size(-200000)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(b.Context(), nil)
	if err != nil {
		return err
	}
	w := &bulkWriter{ctx: b.Context(), tx: tx, random: rand.New(rand.NewPCG(4, 2))}
	if err := w.prepare(s); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	names := versionsByLength(b, s)
	passages := 0
	for _, name := range names[1:] {
		passages += name.Length
	}
	left := n - 5000
	for i, name := range names {
		v, err := s.Version(b.Context(), annotations.Asker{}, name.ID)
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
		share := 5000
		if i > 0 { // as many as its share of the letters
			share = int(int64(left) * int64(name.Length) / int64(passages))
			share = min(share, 4900)
		}
		if err := w.annotate(v, share); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	for i := 0; w.written < n; i++ { // what is left over by rounding
		v, err := s.Version(b.Context(), annotations.Asker{}, names[1+i%(len(names)-1)].ID)
		if err == nil {
			err = w.annotate(v, min(n-w.written, 1+(n-w.written)/len(names)))
		}
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	if _, err := tx.Exec("UPDATE counter SET last = ?", w.number); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

type bulkWriter struct {
	ctx        context.Context
	tx         *sql.Tx
	random     *rand.Rand
	users      []string
	concepts   []string
	number     int64
	written    int
	annotation *sql.Stmt
	tag        *sql.Stmt
	placement  *sql.Stmt
	reach      *sql.Stmt
	change     *sql.Stmt
}

func (w *bulkWriter) prepare(s *store.Store) error {
	users, err := s.Users(w.ctx)
	if err != nil {
		return err
	}
	for _, user := range users {
		w.users = append(w.users, user.ID)
	}
	concepts, err := s.AllConcepts(w.ctx)
	if err != nil {
		return err
	}
	for _, k := range concepts {
		w.concepts = append(w.concepts, k.ID)
	}
	if err := w.tx.QueryRow("SELECT last FROM counter").Scan(&w.number); err != nil {
		return err
	}
	for to, query := range map[**sql.Stmt]string{
		&w.annotation: `INSERT INTO annotations (id, document, version, root, note, visibility, audience, creator, created, modified, number, deleted)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		&w.tag: "INSERT INTO annotation_concepts (annotation, concept, position) VALUES (?, ?, ?)",
		&w.placement: `INSERT INTO placements (annotation, version, state, start_at, end_at, exact, prefix, suffix, passage, reviewed)
			VALUES (?, ?, 'same', ?, ?, ?, ?, ?, ?, 0)`,
		&w.reach:  "INSERT INTO reaches (version, passage, annotation) VALUES (?, ?, ?)",
		&w.change: "INSERT INTO changes (number, document, annotation) VALUES (?, ?, ?)",
	} {
		if *to, err = w.tx.Prepare(query); err != nil { //nolint:sqlclosecheck // it ends with the transaction
			return err
		}
	}
	return nil
}

// annotate writes n annotations on random passages of a version.
func (w *bulkWriter) annotate(v *index.Version, n int) error {
	passages, text := v.Passages(), []rune(v.Text)
	if len(passages) == 0 {
		return nil
	}
	for range n {
		p := passages[w.random.IntN(len(passages))]
		start := p.Start + w.random.IntN(max(1, p.End-p.Start-20))
		end := min(p.End, start+20+w.random.IntN(100))
		if strings.TrimSpace(string(text[start:end])) == "" {
			start, end = p.Start, p.End
		}
		if err := w.write(v, p.Provision, text, start, end); err != nil {
			return err
		}
	}
	return nil
}

func (w *bulkWriter) write(v *index.Version, passage string, text []rune, start, end int) error {
	w.number++
	w.written++
	id := fmt.Sprintf("bench%08d", w.written)
	user := w.users[w.random.IntN(len(w.users))]
	visibility, audience := annotations.Public, annotations.Public
	if w.random.IntN(5) == 0 {
		visibility, audience = annotations.Private, "user:"+user
	}
	note := ""
	if w.random.IntN(3) == 0 {
		note = fmt.Sprint("Compare note ", w.random.IntN(w.written+1), " on this.")
	}
	made := 1_700_000_000_000 + int64(w.written)*1000
	if _, err := w.annotation.Exec(id, v.Document, v.ID, id, note, visibility, audience, user, made, made, w.number); err != nil {
		return err
	}
	for i, at := range w.random.Perm(len(w.concepts))[:1+w.random.IntN(2)] {
		// some concepts are used far more than others
		if _, err := w.tag.Exec(id, w.concepts[at*at/len(w.concepts)], i); err != nil && i == 0 {
			return err
		}
	}
	_, err := w.placement.Exec(id, v.ID, start, end, string(text[start:end]), string(text[max(0, start-32):start]),
		string(text[end:min(len(text), end+32)]), passage)
	if err != nil {
		return err
	}
	if _, err := w.reach.Exec(v.ID, passage, id); err != nil {
		return err
	}
	_, err = w.change.Exec(w.number, v.Document, id)
	return err
}
