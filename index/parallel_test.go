package index_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
	"glossator/index/importer"
)

// version makes a version of lines "kind number parent text"; a parent is the
// index of another line or -1.
func version(t *testing.T, provisions []index.Provision, lines ...string) *index.Version {
	t.Helper()
	v := &index.Version{Provisions: provisions, Text: strings.Join(lines, "\n")}
	at := 0
	for i, line := range lines {
		span := index.Span{Start: at, End: at + len([]rune(line))}
		v.Blocks = append(v.Blocks, index.Block{Span: span, Provision: i})
		v.Provisions[i].Span = span
		at = span.End + 1
	}
	index.Identify(v.Provisions)
	return v
}

func article(number string) index.Provision {
	return index.Provision{Kind: index.Article, Number: number, Parent: -1, Passage: true}
}

func TestParallel(t *testing.T) {
	recital := index.Provision{Kind: index.Recital, Parent: -1, Passage: true}
	for _, c := range []struct {
		name string
		a, b *index.Version
		want []string
	}{
		{"the same structure",
			version(t, []index.Provision{article("1"), article("2")}, "one", "two"),
			version(t, []index.Provision{article("1"), article("2")}, "un", "deux"),
			[]string{"one|un", "two|deux"}},
		{"one is missing in either",
			version(t, []index.Provision{article("1"), article("2"), article("4")}, "one", "two", "four"),
			version(t, []index.Provision{article("1"), article("3"), article("4"), article("5")}, "un", "trois", "quatre", "cinq"),
			[]string{"one|un", "two|trois", "four|quatre", "|cinq"}},
		{"other kinds are not paired by their place",
			version(t, []index.Provision{recital, article("1")}, "whereas", "one"),
			version(t, []index.Provision{article("7"), article("1")}, "sept", "un"),
			[]string{"whereas|", "|sept", "one|un"}},
		{"in another order",
			version(t, []index.Provision{article("1"), article("2"), article("3")}, "one", "two", "three"),
			version(t, []index.Provision{article("2"), article("3"), article("1")}, "deux", "trois", "un"),
			[]string{"one|", "two|deux", "three|trois", "|un"}},
	} {
		var got []string
		for _, row := range index.Parallel(c.a, c.b) {
			got = append(got, cut(c.a, row.A)+"|"+cut(c.b, row.B))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}

func cut(v *index.Version, s *index.Stretch) string {
	if s == nil {
		return ""
	}
	return string([]rune(v.Text)[s.Start:s.End])
}

// leastParallel is the share of the articles, paragraphs and points that must
// have their counterpart, of the version that has fewer: some of the texts are
// not whole in every language.
const leastParallel = 0.95

// withHoles are texts that lack other provisions in either language.
var withHoles = map[string]float64{"au-african-charter": 0.84, "ihl-gc-additional-protocol-i.en-zh": 0.93}

func TestParallelOverRealPairs(t *testing.T) {
	folder := os.Getenv("GLOSSATOR_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared")
	}
	folder = filepath.Join(folder, "corpus", "cyber")
	if _, err := os.Stat(folder); err != nil {
		if os.Getenv("GLOSSATOR_REQUIRE_SHARED") == "1" {
			t.Fatal(err)
		}
		t.Skipf("the corpora are not beside the repository: %v", err)
	}
	editions := map[string]map[string]*index.Version{}
	run := importer.Importer{Put: func(_ context.Context, d index.Document, versions []index.Version) (string, error) {
		for _, v := range versions {
			if editions[d.ID] == nil {
				editions[d.ID] = map[string]*index.Version{}
			}
			editions[d.ID][v.Language] = &v
		}
		return importer.Taken, nil
	}}
	if _, err := run.Paths(t.Context(), []string{folder}); err != nil {
		t.Fatal(err)
	}
	for id, languages := range editions {
		for language, b := range languages {
			a := languages["en"]
			if a == nil || language == "en" {
				continue
			}
			inA, inB, paired := 0, 0, 0
			for _, row := range index.Parallel(a, b) {
				if counted(a, row.A) {
					inA++
				}
				if counted(b, row.B) {
					inB++
				}
				if counted(a, row.A) && counted(b, row.B) {
					paired++
				}
			}
			t.Logf("%s, en-%s: %d of %d and %d articles, paragraphs, points (%.1f %%)",
				id, language, paired, inA, inB, 100*float64(paired)/float64(min(inA, inB)))
			least, ok := withHoles[id]
			if !ok {
				least = leastParallel
			}
			if float64(paired) < least*float64(min(inA, inB)) {
				t.Errorf("%s, en-%s: of %d and %d articles, paragraphs and points only %d are paired", id, language, inA, inB, paired)
			}
		}
	}
}

func counted(v *index.Version, s *index.Stretch) bool {
	if s == nil {
		return false
	}
	switch v.Provisions[s.Provision].Kind {
	case index.Article, index.Paragraph, index.Point, index.Recital:
		return true
	}
	return false
}
