package importer

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"glossator/index"
)

// corpus returns a folder of the shared corpora, which lie beside the
// repository, or where GLOSSATOR_SHARED says. Without them the test is skipped,
// unless GLOSSATOR_REQUIRE_SHARED is 1.
func corpus(t testing.TB, name string) string {
	t.Helper()
	folder := os.Getenv("GLOSSATOR_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared")
	}
	folder = filepath.Join(folder, "corpus", name)
	if _, err := os.Stat(folder); err != nil {
		if os.Getenv("GLOSSATOR_REQUIRE_SHARED") == "1" {
			t.Fatalf("the corpus is required: %v", err)
		}
		t.Skipf("no corpus: %v", err)
	}
	return folder
}

// imported is what the driver handed over for a corpus.
type imported struct {
	report    Report
	documents map[string]index.Document
	versions  []index.Version
}

// corpora keeps what each corpus gave, so that it is read once for all tests.
var corpora = map[string]imported{}

func importAll(t testing.TB, folder string) imported {
	t.Helper()
	if got, known := corpora[folder]; known {
		return got
	}
	got := imported{documents: map[string]index.Document{}}
	importer := Importer{Put: func(_ context.Context, d index.Document, versions []index.Version) (string, error) {
		got.documents[d.ID] = d
		got.versions = append(got.versions, versions...)
		return Taken, nil
	}}
	var err error
	if got.report, err = importer.Paths(context.Background(), []string{folder}); err != nil {
		t.Fatal(err)
	}
	for _, file := range got.report.Files {
		if file.Outcome != Taken {
			t.Errorf("%s: %s: %s", file.Name, file.Outcome, file.Reason)
		}
	}
	corpora[folder] = got
	return got
}

func count(v index.Version, kind string) int {
	n := 0
	for _, p := range v.Provisions {
		if p.Kind == kind {
			n++
		}
	}
	return n
}

// TestCyber holds the known numbers of articles, whatever the format.
func TestCyber(t *testing.T) {
	got := importAll(t, corpus(t, "cyber"))
	if len(got.report.Files) != 86 {
		t.Errorf("%d files, want 86", len(got.report.Files))
	}
	want := map[string]int{
		"coe-ets185-budapest-convention": 48, "coe-ets189-additional-protocol": 16, "un-charter": 111, "un-charter.en-zh": 111,
		"eu-gdpr": 99, "eu-gdpr.consolidated": 99, "eu-nis2": 46, "eu-ai-act": 113, "eu-cra": 71, "eu-charter-fundamental-rights": 54,
		"un-vclt-1969": 85, "un-icj-statute": 70, "ilc-arsiwa-2001": 59, "asean-human-rights-declaration": 40,
	}
	seen := map[string]int{}
	for _, v := range got.versions {
		if want[v.Document] == 0 || v.Source == "coe-ets185-budapest-convention.de.md" { // the German text stops after article 24
			continue
		}
		seen[v.Document]++
		if n := count(v, index.Article); n != want[v.Document] {
			t.Errorf("%s: %d articles, want %d", v.Source, n, want[v.Document])
		}
	}
	for id := range want {
		if seen[id] == 0 {
			t.Errorf("%s is missing", id)
		}
	}
	for id, versions := range map[string]int{"eu-gdpr": 3, "un-charter.en-zh": 2, "coe-ets185-budapest-convention": 2} {
		if seen[id] != versions {
			t.Errorf("%s: %d versions, want %d", id, seen[id], versions)
		}
	}
	if remarks := got.documents["partial-au-malabo-convention-2014"].Remarks; !strings.HasPrefix(remarks, index.PartialText) {
		t.Errorf("the remarks on an opening are %q", remarks)
	}
}

// TestRecitals holds the known numbers of recitals, and that all of them are in
// the preamble. Two sources print their last recital twice.
func TestRecitals(t *testing.T) {
	want := map[string]int{
		"eu-ai-act": 180, "eu-cra": 130, "eu-eidas2": 78, "eu-gdpr": 173, "eu-led": 107, "eu-nis1": 75, "eu-nis2": 144,
		"eu-cybersecurity-act": 110 + 1, "eu-cyber-solidarity-act": 61 + 1,
	}
	for _, v := range importAll(t, corpus(t, "cyber")).versions {
		n := count(v, index.Recital)
		if n != want[v.Document] {
			t.Errorf("%s: %d recitals, want %d", v.Source, n, want[v.Document])
		}
		for _, p := range v.Provisions {
			if p.Kind == index.Recital && v.Provisions[p.Parent].Kind != index.Preamble {
				t.Errorf("%s: recital %s is not in the preamble", v.Source, p.Number)
			}
		}
		if n > 0 && count(v, index.Preamble) != 1 {
			t.Errorf("%s: %d preambles", v.Source, count(v, index.Preamble))
		}
	}
}

// TestToTA holds the number of agreements and articles.
func TestToTA(t *testing.T) {
	got := importAll(t, corpus(t, "tota"))
	articles, passages := 0, 0
	for _, v := range got.versions {
		articles += count(v, index.Article)
		passages += len(v.Passages())
	}
	if len(got.documents) != 450 || articles != 40993 {
		t.Errorf("%d agreements with %d articles, want 450 with 40,993", len(got.documents), articles)
	}
	if passages != articles {
		t.Errorf("%d passages, want one for each of the %d articles", passages, articles)
	}
	if d := got.documents["tota-442"]; d.Title != "Canada - Honduras" || d.Signed != "2013-11-05" || strings.Join(d.Parties, " ") != "CAN HND" {
		t.Errorf("tota-442 is %+v", d)
	}
}

// TestNothingIsLost compares the characters of each version with those of its
// source's body, extracted here by other means: in the order of the text, and
// all but blanks; of Markdown, whose marks go, letters and digits alone.
func TestNothingIsLost(t *testing.T) {
	for _, name := range []string{"cyber", "tota", "akn"} {
		folder := corpus(t, name)
		for _, v := range importAll(t, folder).versions {
			data, err := os.ReadFile(filepath.Join(folder, v.Source))
			if err != nil {
				t.Fatal(err)
			}
			compare(t, v, data)
		}
	}
}

func compare(t *testing.T, v index.Version, data []byte) {
	t.Helper()
	text, _, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	got, want := visible(v.Text), ""
	switch v.Format {
	case "text":
		want = visible(text)
	case "markdown":
		got, want = alphanumeric(v.Text), alphanumeric(strippedMarkdown(text))
	case "html":
		want = visible(strippedHTML(t, text))
	case "tota":
		want = visible(bodyOfToTA(t, text))
	case "formex":
		got, want = sorted(visible(v.Text)), sorted(visible(bodyOfFormex(t, text)))
	case "akn":
		got, want = sorted(visible(withoutSpeakers(v, text))), sorted(visible(bodyOfAKN(text)))
	case "json":
		compareJSON(t, v, text)
		return
	}
	if got != want {
		at := 0
		for at < len(got) && at < len(want) && got[at] == want[at] {
			at++
		}
		from := max(0, at-60)
		t.Errorf("%s: the texts differ:\n got …%.160s\nwant …%.160s", v.Source, got[from:], want[from:])
	}
}

func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if blank(r) {
			return -1
		}
		return r
	}, s)
}

func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func sorted(s string) string {
	runes := []rune(s)
	sort.Slice(runes, func(a, b int) bool { return runes[a] < runes[b] })
	return string(runes)
}

var strippedMarks = []struct {
	pattern     *regexp.Regexp
	replacement string
}{
	{regexp.MustCompile(`(?s)\A---\n.*?\n---`), ""},
	{regexp.MustCompile(`(?s)<(style|iframe|script).*?</(style|iframe|script)>`), ""},
	{regexp.MustCompile(`(?m)^\{:.*\}[ \t]*$`), ""},
	{regexp.MustCompile(`\{:[^}]*\}`), ""},
	{regexp.MustCompile(`\]\((?:[^()]|\([^()]*\))*\)`), "] "},
	{regexp.MustCompile(`<(http[^>]*)>`), "$1"},
	{regexp.MustCompile(`(?s)</?[a-zA-Z][^<>]*>`), ""},
}

func strippedMarkdown(s string) string {
	for _, mark := range strippedMarks {
		s = mark.pattern.ReplaceAllString(s, mark.replacement)
	}
	return html.UnescapeString(s)
}

func strippedHTML(t *testing.T, s string) string {
	t.Helper()
	var out strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(s))
	inBody, running := false, false
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if !errors.Is(tokens.Err(), io.EOF) {
				t.Fatal(tokens.Err())
			}
			return out.String()
		case html.StartTagToken:
			token := tokens.Token()
			inBody = inBody || token.Data == "body"
			for _, a := range token.Attr {
				running = running || a.Key == "class" && strings.HasPrefix(strings.TrimPrefix(a.Val, "oj-"), "hd-")
			}
		case html.EndTagToken:
			if tokens.Token().Data == "p" {
				running = false
			}
		case html.TextToken:
			if inBody && !running {
				out.WriteString(tokens.Token().Data)
			}
		}
	}
}

func bodyOfToTA(t *testing.T, s string) string {
	t.Helper()
	var tree struct {
		Chapters []struct {
			Number   string `xml:"number,attr"`
			Name     string `xml:"name,attr"`
			Articles []struct {
				Number string `xml:"number,attr"`
				Name   string `xml:"name,attr"`
				Text   string `xml:",chardata"`
			} `xml:"article"`
		} `xml:"body>chapter"`
	}
	if err := xml.Unmarshal([]byte(s), &tree); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, chapter := range tree.Chapters {
		out.WriteString(chapter.Number + chapter.Name)
		for _, article := range chapter.Articles {
			out.WriteString(article.Number + article.Name + article.Text)
		}
	}
	return out.String()
}

func bodyOfFormex(t *testing.T, s string) string {
	t.Helper()
	_, body, found := strings.Cut(s, "</FAM.COMP>")
	if !found {
		t.Fatal("no body")
	}
	body = regexp.MustCompile(`<QUOT\.(?:START|END) CODE="([0-9A-F]+)"[^>]*>`).ReplaceAllString(body, "&#x$1;")
	return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, ""))
}

// compareJSON looks for every text of the lists and preambles of the right
// language in the version.
func compareJSON(t *testing.T, v index.Version, text string) {
	t.Helper()
	var tree map[string]any
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	if err := decoder.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	delete(tree, "definitions")
	got := visible(v.Text)
	found := 0
	var walk func(key string, value any)
	walk = func(key string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for key, inner := range value {
				walk(key, inner)
			}
		case []any:
			for _, inner := range value {
				walk(key, inner)
			}
		case string:
			other := strings.HasPrefix(v.Language, "zh") && strings.HasSuffix(key, "_en") || v.Language == "en" && strings.HasSuffix(key, "_zh")
			if body := strings.HasPrefix(key, "content") || key == "text" || strings.HasPrefix(key, "preamble"); !body || other {
				return
			}
			found++
			if !strings.Contains(got, visible(value)) {
				t.Errorf("%s: not in the text: %.80s", v.Source, value)
			}
		}
	}
	walk("", tree)
	if found < 20 {
		t.Errorf("%s: only %d texts compared", v.Source, found)
	}
}

// BenchmarkToTA parses all 450 agreements.
func BenchmarkToTA(b *testing.B) {
	folder := corpus(b, "tota")
	names, err := filepath.Glob(filepath.Join(folder, "*.xml"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		size := int64(0)
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			size += int64(len(data))
			if _, _, err := Parse(filepath.Base(name), data, Metadata{}); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(size)
	}
}

// BenchmarkLongest parses the longest agreement, with what it takes of memory.
func BenchmarkLongest(b *testing.B) {
	data, err := os.ReadFile(filepath.Join(corpus(b, "tota"), "pta_450.xml"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Parse("pta_450.xml", data, Metadata{}); err != nil {
			b.Fatal(err)
		}
	}
}
