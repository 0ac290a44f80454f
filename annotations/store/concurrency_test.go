package store

import (
	"fmt"
	"sync"
	"testing"

	"glossator/annotations"
	"glossator/index"
)

// TestManyWritersAndReaders opens the database twice, as a server and an
// import do, and writes and reads through both at the same time.
func TestManyWritersAndReaders(t *testing.T) {
	dir := t.TempDir()
	server, importer := reopen(t, dir), reopen(t, dir)
	v := articles("a", "en", "First rule.", "Second rule.")
	put(t, server, Taken, agreement("a", "Agreement"), v)
	anna := join(t, server, "Anna", annotations.Member)
	start, end := find(t, v.Text, "First rule")

	const each = 20
	var group sync.WaitGroup
	run := func(f func(i int) error) {
		group.Go(func() {
			for i := range each {
				if err := f(i); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	ctx := t.Context()
	for writer := range 2 {
		run(func(i int) error {
			_, err := server.CreateAnnotation(ctx, anna, NewAnnotation{
				Version: v.ID, Targets: []annotations.Target{{Start: start, End: end}}, Note: fmt.Sprint(writer, " ", i), Visibility: annotations.Public,
			})
			return err
		})
		run(func(i int) error {
			id := fmt.Sprintf("d%d-%d", writer, i)
			_, err := importer.PutDocument(ctx, agreement(id, "Imported"), []index.Version{articles(id, "en", "Text.")})
			return err
		})
	}
	for _, s := range []*Store{server, importer} {
		for range 3 {
			run(func(int) error {
				_, err := s.AnnotationsOf(ctx, anna, v.ID)
				return err
			})
			run(func(int) error {
				_, err := s.Changes(ctx, 0, nil, 50)
				return err
			})
			run(func(int) error {
				_, err := s.DocumentsByID(ctx, anna, []string{v.Document, "d0-1", "d1-2", "none"})
				return err
			})
			run(func(int) error {
				_, _, err := s.Documents(ctx, anna, DocumentFilter{Limit: 10})
				return err
			})
		}
	}
	group.Wait()
	for _, s := range []*Store{server, importer} {
		found := must[map[string]DocumentSummary](t)(s.DocumentsByID(ctx, anna, []string{v.Document}))
		if n := found[v.Document].Annotations; n != 2*each {
			t.Errorf("%d annotations are counted; want %d", n, 2*each)
		}
	}

	want := Counts{Documents: 1 + 2*each, Versions: 1 + 2*each, Passages: 2 + 2*each, Annotations: 2 * each}
	if got := must[Counts](t)(server.Counts(ctx)); got != want {
		t.Errorf("counts %+v; want %+v", got, want)
	}
	var rows, last int
	if err := server.reader.QueryRow("SELECT COUNT(*), MAX(number) FROM changes").Scan(&rows, &last); err != nil {
		t.Fatal(err)
	}
	if mark := must[int64](t)(server.Mark(ctx)); rows != 1+4*each || last != rows || mark != int64(last) {
		t.Errorf("%d changes, the last is %d, the mark %d; want %d", rows, last, mark, 1+4*each)
	}
}
