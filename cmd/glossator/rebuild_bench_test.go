//go:build unix

package main

import (
	"path/filepath"
	"testing"

	"glossator/index"
	"glossator/index/bleve"
)

// BenchmarkRebuild fills a new index from the store of BenchmarkBulk, as after a
// restore, and reports the seconds of a processor that it takes.
func BenchmarkRebuild(b *testing.B) {
	s := annotatedStore(b)
	for b.Loop() {
		began := processorTime(b)
		engine, err := bleve.Open(b.Context(), filepath.Join(b.TempDir(), "index"), bleve.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := index.Sync(b.Context(), engine, s, nil); err != nil {
			b.Fatal(err)
		}
		closeAll(b, engine)
		b.ReportMetric((processorTime(b) - began).Seconds(), "processor-s/rebuild")
	}
}
