package interchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"glossator/annotations"
)

func sample() []Record {
	return []Record{
		{
			Annotation: annotations.Annotation{
				ID: "n1", Document: "accord", Version: "v1", Passage: "art9",
				Target:   annotations.Target{Start: 7, End: 22, Exact: "the 😀 register\nof keys", Prefix: "shall keep ", Suffix: " open."},
				Concepts: []string{"c1", "c/2"}, Note: "# Unlike\n\n```\nthe others", Visibility: annotations.Public,
				Creator: "u1", Created: 1_700_000_000_123, Modified: 1_700_000_360_000, Number: 42,
			},
			Labels: []string{"content regulation", "*due* <care>"}, DocumentTitle: "Accord on Registers", Pinpoint: "art. 9(2)",
			Language: "en", CreatorName: "Ann B", Address: "https://glossator.example/read/accord#n1",
		},
		{
			Annotation: annotations.Annotation{
				ID: "n2", Document: "accord", Version: "v1", Passage: "art10",
				Target:   annotations.Target{Start: 0, End: 4, Exact: "1. No"},
				Concepts: []string{}, Note: "=HYPERLINK(\"x\")", Visibility: annotations.Private, Creator: "u1", Created: 1, Modified: 1, Number: 43,
			},
			Labels: []string{}, DocumentTitle: "Accord on Registers", Pinpoint: "art. 10", CreatorName: "@ann",
		},
		{
			Annotation: annotations.Annotation{
				ID: "n3", Document: "code", Version: "v2", Target: annotations.Target{Start: 3, End: 5, Exact: "网络"},
				Concepts: []string{"c1"}, Visibility: annotations.Private, Modified: 5,
			},
			Labels: []string{"content regulation"}, DocumentTitle: "Code",
		},
	}
}

func stream(records []Record, last error) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
		if last != nil {
			yield(Record{}, last)
		}
	}
}

func readAll(t *testing.T, data string) ([]Record, []error) {
	t.Helper()
	var records []Record
	var errs []error
	for r, err := range ReadJSONLD(strings.NewReader(data)) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		records = append(records, r)
	}
	return records, errs
}

func writeJSONLD(t *testing.T, records []Record) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteJSONLD(&out, stream(records, nil)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestJSONLDIsReadBackTheSame(t *testing.T) {
	for _, records := range [][]Record{nil, sample()[:1], sample()} {
		got, errs := readAll(t, writeJSONLD(t, records))
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		if diff := cmp.Diff(records, got); diff != "" {
			t.Errorf("-written +read\n%s", diff)
		}
	}
}

func TestJSONLDIsReadBackTheSameWhateverIsInIt(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	letters := []rune("aZ9 \n\t\"'\\/<>&%:#?=é\u0301\u2028\u202e网ش😀\u0000")
	any := func(least int) string {
		var b strings.Builder
		for range least + random.IntN(12) {
			b.WriteRune(letters[random.IntN(len(letters))])
		}
		return b.String()
	}
	for range 300 {
		var records []Record
		for range random.IntN(4) {
			r := Record{
				Annotation: annotations.Annotation{
					ID: any(1), Document: any(1), Version: any(1), Passage: any(0), Note: any(0), Creator: any(0),
					Target:   annotations.Target{Start: random.IntN(9), End: random.IntN(99), Exact: any(1), Prefix: any(0), Suffix: any(0)},
					Concepts: []string{}, Visibility: annotations.Public,
					Created: random.Int64N(4e12), Modified: 1 + random.Int64N(4e12), Number: random.Int64(),
				},
				Labels: []string{}, DocumentTitle: any(0), Pinpoint: any(0), Language: any(0), CreatorName: any(0), Address: any(0),
			}
			for range random.IntN(3) {
				r.Concepts, r.Labels = append(r.Concepts, any(1)), append(r.Labels, any(0))
			}
			records = append(records, r)
		}
		got, errs := readAll(t, writeJSONLD(t, records))
		if diff := cmp.Diff(records, got); diff != "" || len(errs) > 0 {
			t.Fatalf("%v, -written +read\n%s", errs, diff)
		}
	}
}

// The model's own terms must be where another reader looks for them.
func TestJSONLDIsAWebAnnotation(t *testing.T) {
	var c struct {
		Context []any  `json:"@context"`
		Type    string `json:"type"`
		Total   int    `json:"total"`
		First   struct {
			Type  string           `json:"type"`
			Items []map[string]any `json:"items"`
		} `json:"first"`
	}
	if err := json.Unmarshal([]byte(writeJSONLD(t, sample())), &c); err != nil {
		t.Fatal(err)
	}
	if c.Context[0] != "http://www.w3.org/ns/anno.jsonld" || c.Type != "AnnotationCollection" || c.First.Type != "AnnotationPage" || c.Total != 3 || len(c.First.Items) != 3 {
		t.Errorf("the collection is %+v", c)
	}
	delete(c.First.Items[0], "glossator:number")
	delete(c.First.Items[0], "glossator:visibility")
	want := map[string]any{
		"id": "https://glossator.example/read/accord#n1", "canonical": "urn:glossator:annotation:n1", "type": "Annotation",
		"motivation": []any{"tagging", "commenting"},
		"created":    "2023-11-14T22:13:20.123Z", "modified": "2023-11-14T22:19:20.000Z",
		"creator": map[string]any{"id": "urn:glossator:user:u1", "type": "Person", "name": "Ann B"},
		"body": []any{
			map[string]any{"id": "urn:glossator:concept:c1", "type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": "content regulation"},
			map[string]any{"id": "urn:glossator:concept:c%2F2", "type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": "*due* <care>"},
			map[string]any{"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": "# Unlike\n\n```\nthe others"},
		},
		"target": map[string]any{
			"source": "urn:glossator:version:v1", "scope": "urn:glossator:document:accord",
			"glossator:title": "Accord on Registers", "glossator:language": "en", "glossator:passage": "art9", "glossator:pinpoint": "art. 9(2)",
			"selector": []any{
				map[string]any{"type": "TextPositionSelector", "start": 7.0, "end": 22.0},
				map[string]any{"type": "TextQuoteSelector", "exact": "the 😀 register\nof keys", "prefix": "shall keep ", "suffix": " open."},
			},
		},
	}
	if diff := cmp.Diff(want, c.First.Items[0]); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

const quoteOnly = `"target":{"source":{"id":"https://law.example/a"},"selector":{"type":"TextQuoteSelector","exact":"the keys","prefix":"all "}}`

func TestReadWhatOthersWrite(t *testing.T) {
	want := Record{
		Annotation: annotations.Annotation{
			Document: "https://law.example/a", Target: annotations.Target{Exact: "the keys", Prefix: "all "},
			Concepts: []string{""}, Note: "Why?\n\nSee below", Visibility: annotations.Private,
			Created: 1_700_000_000_000, Modified: 1_700_000_000_000,
		},
		Labels: []string{"keys"}, CreatorName: "Eve", Address: "https://notes.example/1",
		Pointers: []annotations.Pointer{{
			Source: "https://law.example/a", Selectors: []annotations.Selector{{Kind: annotations.TextQuote, Exact: "the keys", Prefix: "all "}},
		}},
	}
	one := `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"https://notes.example/1","type":"Annotation",
		"created":"2023-11-14T23:13:20+01:00","creator":[{"name":"Eve"}],
		"body":["Why?",{"type":"TextualBody","purpose":"tagging","value":"keys"},{"type":"TextualBody","value":"See below"}],` + quoteOnly + `}`
	for name, data := range map[string]string{
		"one":        one,
		"an array":   "[" + one + "]",
		"a page":     `{"type":"AnnotationPage","items":[` + one + `],"partOf":{"total":1}}`,
		"collection": `{"total":1,"first":{"items":[` + one + `]}}`,
	} {
		got, errs := readAll(t, data)
		if diff := cmp.Diff([]Record{want}, got, cmpopts.IgnoreFields(Record{}, "Given")); diff != "" || len(errs) > 0 {
			t.Errorf("%s: %v, -want +got\n%s", name, errs, diff)
		}
	}
	got, errs := readAll(t, `[{"type":"Annotation","motivation":"tagging","body":{"value":"keys"},`+quoteOnly+`}]`)
	if len(errs) > 0 || len(got) != 1 || cmp.Diff([]string{"keys"}, got[0].Labels) != "" {
		t.Errorf("a tag by motivation: %v, %v", got, errs)
	}
}

func TestReadRefuses(t *testing.T) {
	good := `{"type":"Annotation",` + quoteOnly + `}`
	for _, c := range []struct {
		data, reason string
		records      int
	}{
		{``, "cannot be read", 0},
		{`{"items":[`, "cannot be read", 0},
		{`{"items":[` + good + `,`, "cannot be read", 1},
		{`12`, "there is 12 where", 0},
		{`{"first":"https://notes.example/page1"}`, "https://notes.example/page1 where", 0},
		{`{"type":"Person"}`, "neither items nor", 0},
		{strings.Repeat(`{"first":`, 1_000_000), "where annotations should be", 0},
		{`[` + good + `] x`, "something follows", 1},
		{`[7,` + good + `]`, "annotation 1", 1},
		{`[{"target":{"selector":[]}},` + good + `]`, "annotation 1: not a Web Annotation: a target has neither an id nor a source", 1},
		{`[` + good + `,{"target":{"source":"x","selector":{"type":"TextQuoteSelector"}}}]`, "annotation 2: not a Web Annotation: a TextQuoteSelector has no exact words", 1},
		{`[{}]`, "0 targets", 0},
		{`[{"created":"yesterday",` + quoteOnly + `}]`, `"yesterday" is not a time`, 0},
		{`[{"glossator:visibility":"secret",` + quoteOnly + `}]`, "private, group or public", 0},
	} {
		records, errs := readAll(t, c.data)
		if len(records) != c.records || len(errs) != 1 || !errors.Is(errs[0], ErrFormat) || !strings.Contains(errs[0].Error(), c.reason) {
			t.Errorf("%.60s: %d records, %v; want %d and %q", c.data, len(records), errs, c.records, c.reason)
		}
	}
}

func TestReadStopsWhenToldTo(t *testing.T) {
	records := 0
	for _, err := range ReadJSONLD(strings.NewReader(writeJSONLD(t, sample()))) {
		if err != nil {
			t.Fatal(err)
		}
		records++
		break
	}
	if records != 1 {
		t.Errorf("it read %d records, not 1", records)
	}
}

func FuzzReadJSONLD(f *testing.F) {
	f.Add(`[{"type":"Annotation",` + quoteOnly + `}]`)
	f.Add(`{"first":{"items":[]}}`)
	f.Fuzz(func(t *testing.T, data string) {
		for r, err := range ReadJSONLD(strings.NewReader(data)) {
			if err == nil && len(r.Concepts) != len(r.Labels) {
				t.Errorf("read %+v", r)
			}
		}
	})
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	if err := WriteCSV(&out, stream(sample(), nil)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\r\n") {
		t.Error("lines do not end as RFC 4180 says")
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		rows[i] = row[:17]
	}
	want := [][]string{
		{"document", "pinpoint", "quote", "concepts", "absent", "note", "creator", "visibility", "created", "modified", "address",
			"document id", "version", "language", "start", "end", "id"},
		{"Accord on Registers", "art. 9(2)", "the 😀 register\nof keys", "content regulation; *due* <care>", "", "# Unlike\n\n```\nthe others", "Ann B", "public",
			"2023-11-14T22:13:20.123Z", "2023-11-14T22:19:20.000Z", "https://glossator.example/read/accord#n1", "accord", "v1", "en", "7", "22", "n1"},
		{"Accord on Registers", "art. 10", "1. No", "", "", "'=HYPERLINK(\"x\")", "'@ann", "private",
			"1970-01-01T00:00:00.001Z", "1970-01-01T00:00:00.001Z", "", "accord", "v1", "", "0", "4", "n2"},
		{"Code", "", "网络", "content regulation", "", "", "", "private",
			"1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.005Z", "", "code", "v2", "", "3", "5", "n3"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestMarkdown(t *testing.T) {
	var out bytes.Buffer
	if err := WriteMarkdown(&out, stream(sample(), nil)); err != nil {
		t.Fatal(err)
	}
	want := `# Annotations

## Accord on Registers

### [art. 9(2)](<https://glossator.example/read/accord#n1>)

> the 😀 register
>
> of keys

- **content regulation**, **\*due\* \<care\>**
- # Unlike

  ` + "```" + `
  the others
- Ann B, 2023-11-14, public

### art. 10

> 1\. No

- =HYPERLINK("x")
- @ann, 1970-01-01, private

## Code

### Passage

> 网络

- **content regulation**
- 1970-01-01, private
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// What people write must not change the structure of the whole.
func TestMarkdownHoldsTogether(t *testing.T) {
	nasty := []string{"# x", "- x", "1) x", "> x", "```", "~~~", "<!-- x", "<script>", "[x](y", "x\n===", "x\n---", "a|b", "* * *", `\`, "<div>\n\n# x", "    code"}
	var records []Record
	for _, n := range nasty {
		r := sample()[0]
		r.Note, r.DocumentTitle, r.Pinpoint, r.Target.Exact, r.Labels, r.CreatorName = n, n, n, n, []string{n, n}, n
		r.Document = n
		records = append(records, r)
	}
	var out bytes.Buffer
	if err := WriteMarkdown(&out, stream(records, nil)); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	root := goldmark.DefaultParser().Parse(text.NewReader(out.Bytes()))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		name := n.Kind().String()
		if h, ok := n.(*ast.Heading); ok {
			name += strings.Repeat("#", h.Level)
		}
		counts[name]++
	}
	want := map[string]int{"Heading#": 1, "Heading##": len(nasty), "Heading###": len(nasty), "Blockquote": len(nasty), "List": len(nasty)}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("-want +got\n%s\n%s", diff, out.String())
	}
}

func TestWritersPassErrorsOn(t *testing.T) {
	broken := errors.New("the store is gone")
	for name, write := range map[string]func(io.Writer, iter.Seq2[Record, error]) error{
		"JSON-LD": WriteJSONLD, "CSV": WriteCSV, "Markdown": WriteMarkdown, "XLSX": WriteXLSX,
	} {
		if err := write(io.Discard, stream(sample(), broken)); !errors.Is(err, broken) {
			t.Errorf("%s: %v after an error of the records", name, err)
		}
		if err := write(full{}, stream(sample(), nil)); !errors.Is(err, errFull) {
			t.Errorf("%s: %v after an error of the writer", name, err)
		}
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
