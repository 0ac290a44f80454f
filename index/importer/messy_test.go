package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
)

// TestMessy holds what comes out of the files that are not made for us: for each
// text its language, format and what is counted in it, and what is said of how
// it was taken. The PDF files are in a test of their own.
func TestMessy(t *testing.T) {
	folder := corpus(t, "messy")
	manifest, err := readManifest(folder)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		// Two languages in one file, headings without a space after their marks.
		"coe-ets185-budapest-convention.en-nl.raw.md": {
			"en markdown: 4 chapters, 6 sections, 48 articles, 102 points, 0 recitals, 0 annexes",
			"nl markdown: 4 chapters, 6 sections, 48 articles, 103 points, 0 recitals, 0 annexes",
		},
		"coe-ets189-additional-protocol.en-nl.raw.md": {
			"en markdown: 4 chapters, 1 sections, 16 articles, 10 points, 0 recitals, 0 annexes",
			"nl markdown: 4 chapters, 1 sections, 16 articles, 10 points, 0 recitals, 0 annexes",
		},
		// Pages turned into Markdown; of the annexes the second file has the first alone.
		"eu-cra.html2md.en.md":  {"en markdown: 8 chapters, 1 sections, 71 articles, 110 points, 130 recitals, 0 annexes"},
		"eu-nis2.html2md.en.md": {"en markdown: 9 chapters, 5 sections, 46 articles, 244 points, 144 recitals, 1 annexes"},
		// Word files: of 1998 with headings in bold alone, the others with headings by style.
		"messy-cisg-annotated.en.docx": {
			"en docx: 7 chapters, 13 sections, 101 articles, 56 points, 0 recitals, 0 annexes",
			"comment on “(b) by auction;” by Oscar Pearce of 2025-10-04",
			"comment on “(2) This Convention does not apply to contracts in which th…” by Oscar Pearce of 2025-10-04",
			"comment on “Article 38 (1) The buyer must examine the goods, or cause t…” by Oscar Pearce of 2025-10-04",
		},
		"messy-za-act-2-1998.en.docx":         {"en docx: 1 chapters, 2 sections, 0 articles, 0 points, 0 recitals, 0 annexes"},
		"un-new-york-convention-1958.en.docx": {"en docx: 0 chapters, 1 sections, 16 articles, 17 points, 0 recitals, 0 annexes"},
		// A consolidated act as a browser saved it: without recitals, with its three annexes.
		"messy-eu-nis2-saved-page.en.mhtml": {"en mhtml: 9 chapters, 1 sections, 46 articles, 260 points, 0 recitals, 3 annexes"},
		// Articles, then regulations in chapters; four have a number that was misread.
		"messy-solas-1960-raw.en.txt": {"en text: 8 chapters, 1 sections, 14 articles, 195 regulations, 1165 points, 0 recitals, 1 annexes"},
		// A text of the old Mac OS: one line, quotation marks of its own.
		"un-crpd-2006.en.txt": {
			"en text: 0 chapters, 1 sections, 50 articles, 136 points, 0 recitals, 0 annexes",
			"it is not UTF-8 and was read as Mac OS Roman, by its line ends",
		},
	} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(name, data, manifest[name])
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, v := range r.Versions {
			line := v.Language + " " + v.Format + ":"
			for _, kind := range []struct{ one, more string }{
				{index.Chapter, "chapters"}, {index.Section, "sections"}, {index.Article, "articles"}, {index.Regulation, "regulations"}, {index.Point, "points"},
				{index.Recital, "recitals"}, {index.Annex, "annexes"},
			} {
				if n := count(v, kind.one); n > 0 || kind.one != index.Regulation {
					line += fmt.Sprintf(" %d %s,", n, kind.more)
				}
			}
			got = append(got, strings.TrimSuffix(line, ","))
			text := []rune(v.Text)
			for _, c := range r.Comments[v.ID] {
				quote := []rune(squeeze(string(text[c.Start:c.End])))
				if len(quote) > 60 {
					quote = append(quote[:59:59], '…')
				}
				got = append(got, fmt.Sprintf("comment on “%s” by %s of %s", string(quote), c.Author, c.Date))
			}
		}
		if diff := cmp.Diff(want, append(got, r.Remarks...)); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func TestTwoLanguages(t *testing.T) {
	text := "##Treaty on Geese\n\nThe towns agree:\n\n### Article 1\n\n####Geese\n\nGeese are equal.\n\n### Article 2\n\n####Tolls\n\nNone.\n\nDONE at the bridge.\n\n" +
		"####Verdrag inzake ganzen\n\nDe steden komen overeen:\n\n### Artikel 1\n\n####Ganzen\n\nGanzen zijn gelijk.\n\n### Artikel 2\n\n####Tol\n\nGeen.\n"
	_, versions, err := Parse("geese.md", []byte(text), Metadata{Language: "en+nl"})
	if err != nil || len(versions) != 2 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	for i, want := range []string{"en Treaty on Geese", "nl Verdrag inzake ganzen"} {
		v := versions[i]
		if got := v.Language + " " + strings.Split(v.Text, "\n")[0]; got != want || count(v, index.Article) != 2 {
			t.Errorf("%q with %d articles, want %q with 2", got, count(v, index.Article), want)
		}
	}
}
