package importer

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"glossator/index"
)

var update = flag.Bool("update", false, "write what the tests get as what they want")

// TestGolden reads the first file of each archive and compares what comes out
// with the file "want".
func TestGolden(t *testing.T) {
	golden(t, "testdata/*.txtar", func(t *testing.T, files []txtar.File) string {
		d, versions, err := Parse(files[0].Name, files[0].Data, Metadata{})
		if err != nil {
			t.Fatal(err)
		}
		return describe(d, versions)
	})
}

// golden compares what read makes of the files of each archive, but for the last,
// with the last, or writes it there if that is asked for.
func golden(t *testing.T, pattern string, read func(t *testing.T, files []txtar.File) string) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatal("no archives at", pattern, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			got := read(t, archive.Files[:last])
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// describe prints a document and its versions: each provision with its pinpoint
// ("*" for a passage, the source's name for it in brackets) before its first block, each block ("=" for a heading)
// with the depth of points.
func describe(d index.Document, versions []index.Version) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s: %s", d.ID, d.Title)
	for _, field := range []struct{ name, value string }{
		{"short", d.ShortTitle}, {"aliases", strings.Join(d.Aliases, "; ")}, {"kind", d.Kind}, {"parties", strings.Join(d.Parties, " ")},
		{"region", d.Region}, {"signed", d.Signed}, {"in force", d.InForce}, {"ended", d.Ended}, {"status", d.Status}, {"address", d.Address},
	} {
		if field.value != "" {
			fmt.Fprintf(&out, "\n  %s: %s", field.name, field.value)
		}
	}
	for _, v := range versions {
		fmt.Fprintf(&out, "\n\n%s, %s\n", v.Language, v.Format)
		text := []rune(v.Text)
		next := 0
		for _, block := range v.Blocks {
			for ; next < len(v.Provisions) && v.Provisions[next].Start <= block.Start; next++ {
				p := v.Provisions[next]
				star := ""
				if p.Passage {
					star = "*"
				}
				source := ""
				if p.EID != "" {
					source = " (" + p.EID + ")"
				}
				fmt.Fprintf(&out, "%s%s%s%s [%s] %s\n", strings.Repeat("  ", depth(v, next)), p.ID, star, source, v.Pinpoint(next), v.Label(next))
			}
			sign := "-"
			if block.Heading {
				sign = "="
			}
			fmt.Fprintf(&out, "%s  %s%d %s\n", strings.Repeat("  ", depth(v, block.Provision)), sign, block.Indent, string(text[block.Start:block.End]))
		}
	}
	return out.String()
}

func depth(v index.Version, i int) int {
	depth := 0
	for p := v.Provisions[i].Parent; p >= 0; p = v.Provisions[p].Parent {
		depth++
	}
	return depth
}
