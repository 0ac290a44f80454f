//go:build unix

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/prometheus/client_golang/prometheus"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/bleve"
	"glossator/index/query"
)

// TestHangingIndex: an index that does not finish a batch, because it writes its
// segment into a pipe that nobody reads, is told of and built anew, while what
// is in the store can be read.
func TestHangingIndex(t *testing.T) {
	ctx, data := t.Context(), t.TempDir()
	s, err := store.Open(ctx, data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := loadDigests(ctx, s); err != nil {
		t.Fatal(err)
	}
	x := impatientIndex(t, data, s)
	defer x.Close()
	registry := prometheus.NewRegistry()
	engine := measured(x, registry)
	operators := private(s, engine, data, registry)
	says := func(path string) string {
		answer := httptest.NewRecorder()
		operators.ServeHTTP(answer, httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil))
		return fmt.Sprint(answer.Code, " ", answer.Body)
	}
	revived := ""
	unblock := func() {}
	revive := func(ctx context.Context) error {
		unblock()
		if state := says("/readyz"); !strings.HasPrefix(state, "503") || !strings.Contains(state, "hangs") {
			t.Errorf("/readyz says %s", state)
		}
		if documents, _, err := s.Documents(ctx, annotations.Asker{}, store.DocumentFilter{}); err != nil || len(documents) == 0 {
			t.Errorf("the store has %d documents, %v", len(documents), err)
		}
		err := x.revive(ctx, data, s)
		revived, _ = s.Setting(ctx, generationSetting)
		return err
	}
	for range 20 { // until Bleve does not take the pipes away before it writes
		unblock = block(t, data, s)
		err := keepUp(ctx, s, engine, revive)
		unblock()
		if err != nil {
			t.Fatal(err)
		}
		if revived != "" {
			break
		}
		if err := x.revive(ctx, data, s); err != nil {
			t.Fatal(err)
		}
	}
	if state := says("/readyz"); !strings.HasPrefix(state, "200") {
		t.Errorf("/readyz says %s", state)
	}
	if figures := says("/metrics"); !strings.Contains(figures, "glossator_index_hangs_total 1") || !strings.Contains(figures, "glossator_index_lag 0") {
		t.Errorf("/metrics says %s", figures)
	}
	if name, err := s.Setting(ctx, generationSetting); revived == "" || name != revived || err != nil {
		t.Errorf("the store names the index %q, %v; %q took the place of the one that hung", name, err, revived)
	}
	if n, err := compareIndex(ctx, x, s, func(problem string) { t.Error(problem) }); n == 0 || err != nil {
		t.Errorf("looked at %d passages, %v", n, err)
	}
	if result, err := engine.Search(ctx, query.Term{Text: "security"}, index.Options{Limit: 1}); err != nil || result.Passages == 0 {
		t.Errorf("a search finds %+v, %v", result, err)
	}
}

// impatientIndex returns an index of a data folder that gives a batch up after
// five seconds.
func impatientIndex(t *testing.T, data string, s *store.Store) *searchIndex {
	t.Helper()
	database, err := databaseID(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(data, "index")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	engine, err := bleve.Open(t.Context(), filepath.Join(dir, "gen-1"), bleve.Options{Database: database, Patience: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetSetting(t.Context(), generationSetting, "gen-1"); err != nil {
		t.Fatal(err)
	}
	return &searchIndex{Index: engine, lock: flock.New(filepath.Join(dir, "lock"))}
}

// block puts pipes that nobody reads where the index is to write its next
// segments, and puts them there again, because Bleve takes away files that it
// does not use, until unblock is called.
func block(t *testing.T, data string, s *store.Store) (unblock func()) {
	t.Helper()
	name, err := s.Setting(t.Context(), generationSetting)
	if err != nil {
		t.Fatal(err)
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		again := time.NewTicker(time.Millisecond)
		defer again.Stop()
		for {
			for n := range 40 {
				_ = syscall.Mkfifo(filepath.Join(data, "index", name, fmt.Sprintf("%012x.zap", n)), 0o600) // most are there
			}
			select {
			case <-done:
				return
			case <-again.C:
			}
		}
	}()
	return sync.OnceFunc(func() {
		close(done)
		<-ended
	})
}
