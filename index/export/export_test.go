package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
)

var accord = index.Document{
	ID: "accord", Title: "Accord on {Nets} & 50% of _Trade_", ShortTitle: "Accord", Kind: index.Treaty,
	Organisation: "League of Harbours", Signed: "2012-05-04", Status: "in force", Address: "https://harbours.example/accord#a_b",
}

var declaration = index.Document{
	ID: "declaration é", Title: "=Declaration", Kind: index.Declaration, Organisation: "Assembly", Adopted: "2019-09", Digest: true,
}

// hit is a hit whose matches stand in square brackets; its passage begins at
// 100 of the version's text, its snippet leaves out the first 3 code points.
func hit(document, provision, pinpoint, text string) index.Hit {
	h := index.Hit{Passage: index.Passage{
		Document: document, Version: "v-" + document, Language: "en", Provision: provision, Pinpoint: pinpoint,
		Span: index.Span{Start: 100},
	}, CitedProvision: provision + ".1", CitedPinpoint: pinpoint + "(1)"}
	at := h.Start
	for _, r := range text {
		switch r {
		case '[':
			h.Spans = append(h.Spans, index.Span{Start: at})
		case ']':
			h.Spans[len(h.Spans)-1].End = at
		default:
			h.Text += string(r)
			at++
		}
	}
	h.End = at
	h.Snippet = index.Span{Start: h.Start + 3, End: h.End}
	return h
}

func sample() []Record {
	later := hit("accord", "art9", "art. 9", "1. The 😀 [network] of\neach harbour, a [Network] *of* nets.")
	later.Start, later.End = later.Start+50, later.End+50
	later.Snippet.Start, later.Snippet.End = later.Snippet.Start+50, later.Snippet.End+50
	for i := range later.Spans {
		later.Spans[i].Start += 50
		later.Spans[i].End += 50
	}
	later.Heading = "=Nets"
	return []Record{
		{later, accord, []string{"care", "due <care>"}, "12", "https://glossator.example/read/accord?at=art9.1", "https://glossator.example/read/accord"},
		{hit("accord", "art2", "art. 2", "2. Each [network]."), accord, nil, "4", "https://glossator.example/read/accord?at=art2.1", "https://glossator.example/read/accord"},
		{hit("declaration é", "para1", "para. 1", "=1+1 [networks]"), declaration, nil, "", "https://glossator.example/read/d?at=para1.1", "https://glossator.example/read/d"},
	}
}

var asked = Search{
	Typed: "network ", Query: "network", Explanation: "the word “network”", Synonyms: []string{"grid", "web"}, Order: "relevance", Address: "https://glossator.example/search?q=network",
	Filters: []Filter{{"Kind", []string{"treaty", "declaration"}}},
}

func stream(records []Record, last error) Records {
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

var writers = map[string]func(io.Writer, Search, Records) error{
	"csv": WriteCSV, "xlsx": WriteXLSX, "json": WriteJSON, "markdown": WriteMarkdown,
	"bibtex": WriteBibTeX, "ris": WriteRIS, "csl": WriteCSL,
}

func written(t *testing.T, write func(io.Writer, Search, Records) error, records []Record) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, asked, stream(records, nil)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestErrors(t *testing.T) {
	cause := errors.New("cause")
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			if err := write(io.Discard, asked, stream(sample(), cause)); !errors.Is(err, cause) {
				t.Errorf("records that end in an error: %v", err)
			}
			if err := write(full{}, asked, stream(sample(), nil)); !errors.Is(err, errFull) {
				t.Errorf("nowhere to write: %v", err)
			}
		})
	}
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestCSV(t *testing.T) {
	out := written(t, WriteCSV, sample())
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || !strings.Contains(out, "\r\n") {
		t.Fatalf("%v in %q", err, out)
	}
	want := [][]string{
		{"document", "title", "kind", "organisation", "year", "status", "language", "digest", "pinpoint", "page", "heading", "snippet",
			"passage", "matches", "concepts", "permalink", "version", "start", "end"},
		{"accord", accord.Title, "treaty", "League of Harbours", "2012", "in force", "en", "", "art. 9(1)", "12", "'=Nets",
			"… The 😀 network of\neach harbour, a Network *of* nets.", "1. The 😀 network of\neach harbour, a Network *of* nets.",
			"network; Network", "care; due <care>", "https://glossator.example/read/accord?at=art9.1", "v-accord", "150", "204"},
		{"accord", accord.Title, "treaty", "League of Harbours", "2012", "in force", "en", "", "art. 2(1)", "4", "",
			"… Each network.", "2. Each network.", "network", "", "https://glossator.example/read/accord?at=art2.1", "v-accord", "100", "116"},
		{"declaration é", "'=Declaration", "declaration", "Assembly", "2019", "", "en", "yes", "para. 1(1)", "", "",
			"… 1 networks", "'=1+1 networks", "networks", "", "https://glossator.example/read/d?at=para1.1", "v-declaration é", "100", "113"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestLines(t *testing.T) {
	h := sample()[2]
	var lines []Line
	for _, line := range h.Lines() {
		lines = append(lines, Line{line, declaration, h.Permalink})
	}
	var out bytes.Buffer
	if err := WriteLines(&out, lines); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"declaration é", "'=Declaration", "declaration", "Assembly", "2019", "en", "yes", "para. 1",
		"'=1+1 ", "networks", "", "https://glossator.example/read/d?at=para1.1", "v-declaration é", "105", "113"}
	if diff := cmp.Diff([][]string{rows[0], want}, rows); diff != "" || len(rows[0]) != len(want) {
		t.Errorf("-want +got\n%s", diff)
	}
}

// What is between the quotes is the text, byte for byte: offsets fit it.
func TestCSVKeepsLineBreaks(t *testing.T) {
	var out bytes.Buffer
	if err := writeRow(&out, []string{"a\nb", "c\r\nd", `e "f", g`, "", " h "}); err != nil {
		t.Fatal(err)
	}
	if want := "\"a\nb\",\"c\r\nd\",\"e \"\"f\"\", g\",,\" h \"\r\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

func TestCell(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "a=b": "a=b", "'": "'", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@x": "'@x",
		"\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", "＝1": "'＝1", "＠x": "'＠x",
	} {
		if got := Cell(cell); got != want {
			t.Errorf("Cell(%q) = %q, want %q", cell, got, want)
		}
	}
}

// sheets reads the cells of a workbook as a spreadsheet would.
func sheets(t *testing.T, content string) [][][]string {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var sheets [][][]string
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		var sheet struct {
			Rows []struct {
				Cells []struct {
					Type string   `xml:"t,attr"`
					Text []string `xml:"is>t"`
					V    string   `xml:"v"`
					F    *string  `xml:"f"`
				} `xml:"c"`
			} `xml:"sheetData>row"`
		}
		if err := xml.NewDecoder(part).Decode(&sheet); err != nil {
			t.Fatalf("%s: %v", file.Name, err)
		}
		if !strings.HasPrefix(file.Name, "xl/worksheets/") {
			continue
		}
		var rows [][]string
		for _, row := range sheet.Rows {
			var cells []string
			for _, c := range row.Cells {
				if c.F != nil || c.Type == "str" {
					t.Errorf("there is a formula in %s", file.Name)
				}
				cells = append(cells, strings.Join(c.Text, "")+c.V)
			}
			rows = append(rows, cells)
		}
		sheets = append(sheets, rows)
	}
	return sheets
}

func TestXLSX(t *testing.T) {
	found := sheets(t, written(t, WriteXLSX, sample()))
	rows, err := csv.NewReader(strings.NewReader(written(t, WriteCSV, sample()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for i, cell := range row {
			row[i] = strings.TrimPrefix(cell, "'")
		}
	}
	if diff := cmp.Diff([][][]string{rows}, found); diff != "" {
		t.Errorf("the workbook is not the table (-CSV +XLSX):\n%s", diff)
	}
}

func TestXLSXGoesOnOnTheNextSheet(t *testing.T) {
	var out bytes.Buffer
	if err := writeWorkbook(&out, stream(sample(), nil), 3); err != nil {
		t.Fatal(err)
	}
	var rows []int
	for _, sheet := range sheets(t, out.String()) {
		rows = append(rows, len(sheet))
		if sheet[0][0] != "document" {
			t.Errorf("a sheet begins with %v", sheet[0])
		}
	}
	if diff := cmp.Diff([]int{3, 2}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestXLSXCells(t *testing.T) {
	long := strings.Repeat("😀", 20_000)
	for _, test := range [][2]string{
		{"a_x0041_b", "a_x005F_x0041_b"},
		{"<b>&\"", "<b>&\""},
		{"\x00\x07", "\ufffd\ufffd"},
		{strings.Repeat("a", 32767), strings.Repeat("a", 32767)},
		{" blanks  stay ", " blanks  stay "},
	} {
		text, want := test[0], test[1]
		r := sample()[1]
		r.Heading = text
		if got := sheets(t, written(t, WriteXLSX, []Record{r}))[0][1][10]; got != want {
			t.Errorf("%.20q is written as %.40q, want %.40q", text, got, want)
		}
	}
	got := shortened(long)
	if n := len(utf16.Encode([]rune(got))); n > 32767 || n < 32700 || !strings.HasSuffix(got, cutNote) || !strings.HasPrefix(long, strings.TrimSuffix(got, cutNote)) {
		t.Errorf("a long text is cut to %d units: %q", n, got[len(got)-60:])
	}
}

func TestJSON(t *testing.T) {
	var got struct {
		Query, Explanation, Address string
		Passages, Documents         int
		Hits                        []struct {
			Document struct {
				ID   string
				Year int
			}
			Cited, CitedPinpoint, Text string
			Start                      int
			Spans                      []index.Span
			Matches, Concepts          []string
			Snippet                    struct{ Text string }
		}
	}
	if err := json.Unmarshal([]byte(written(t, WriteJSON, sample())), &got); err != nil {
		t.Fatal(err)
	}
	if got.Query != "network" || got.Passages != 3 || got.Documents != 2 || len(got.Hits) != 3 {
		t.Errorf("%+v", got)
	}
	first := got.Hits[0]
	if first.Document.ID != "accord" || first.Document.Year != 2012 || first.CitedPinpoint != "art. 9(1)" || len(first.Concepts) != 2 {
		t.Errorf("%+v", first)
	}
	for i, s := range first.Spans {
		if quote := string([]rune(first.Text)[s.Start-first.Start : s.End-first.Start]); quote != first.Matches[i] {
			t.Errorf("span %d is %q, the match %q", i, quote, first.Matches[i])
		}
	}
	if err := json.Unmarshal([]byte(written(t, WriteJSON, nil)), &got); err != nil || got.Passages != 0 || len(got.Hits) != 0 {
		t.Errorf("no hits: %+v, %v", got, err)
	}
}

func TestMarkdown(t *testing.T) {
	want := `# Passages found

Searched for: the word “network”

[This search](<https://glossator.example/search?q=network>)

## Accord on {Nets} \& 50% of \_Trade\_

2012 · League of Harbours · treaty · in force

### [art. 9(1)](<https://glossator.example/read/accord?at=art9.1>) \=Nets, p. 12

> … The 😀 **network** of
>
> each harbour, a **Network** \*of\* nets.

Concepts: care, due \<care\>

### [art. 2(1)](<https://glossator.example/read/accord?at=art2.1>), p. 4

> … Each **network**.

## \=Declaration

2019 · Assembly · declaration · **Digest by Glossator, not the official text**

### [para. 1(1)](<https://glossator.example/read/d?at=para1.1>)

> … 1 **networks**

---

3 passages in 2 documents.
`
	if diff := cmp.Diff(want, written(t, WriteMarkdown, sample())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestBibTeX(t *testing.T) {
	want := `@misc{accord,
  title = {{Accord on \textbraceleft{}Nets\textbraceright{} \& 50\% of \_Trade\_}},
  shorttitle = {{Accord}},
  organization = {{League of Harbours}},
  year = {2012},
  month = may,
  day = {4},
  type = {treaty},
  language = {en},
  url = {https://harbours.example/accord#a_b},
  pages = {4, 12},
  note = {art. 2(1); art. 9(1)},
  keywords = {care, due <care>}
}

@misc{declaration--,
  title = {{=Declaration}},
  author = {{Assembly}},
  year = {2019},
  month = sep,
  type = {declaration},
  language = {en},
  url = {https://glossator.example/read/d},
  note = {para. 1(1). Digest by Glossator, not the official text}
}

`
	if diff := cmp.Diff(want, written(t, WriteBibTeX, sample())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Whatever is in a text, the braces of an entry are balanced and TeX reads every
// sign as itself.
func TestTeX(t *testing.T) {
	for text, want := range map[string]string{
		`a\b`: `a\textbackslash{}b`, "{": `\textbraceleft{}`, "}}": `\textbraceright{}\textbraceright{}`,
		"~^": `\textasciitilde{}\textasciicircum{}`, "$&#%_": `\$\&\#\%\_`, "a\n  b": "a b", "é漢": "é漢",
	} {
		got := tex(text)
		if got != want {
			t.Errorf("tex(%q) = %q, want %q", text, got, want)
		}
		if strings.Count(got, "{") != strings.Count(got, "}") {
			t.Errorf("tex(%q) = %q is not balanced", text, got)
		}
	}
	used := map[string]int{}
	if first, second := bibKey("a é", used), bibKey("a ü", used); first != "a--" || second != "a--+2" {
		t.Errorf("keys %q and %q", first, second)
	}
}

func TestRIS(t *testing.T) {
	want := strings.ReplaceAll(`TY  - STAT
ID  - accord
TI  - Accord on {Nets} & 50% of _Trade_
ST  - Accord
PB  - League of Harbours
PY  - 2012
DA  - 2012/05/04/
M3  - treaty
LA  - en
SE  - art. 2(1); art. 9(1)
SP  - 4, 12
N1  - art. 2(1); art. 9(1)
UR  - https://harbours.example/accord#a_b
KW  - care
KW  - due <care>
ER  - 

TY  - STAT
ID  - declaration é
TI  - =Declaration
AU  - Assembly
PY  - 2019
DA  - 2019/09//
M3  - declaration
LA  - en
SE  - para. 1(1)
N1  - para. 1(1). Digest by Glossator, not the official text
UR  - https://glossator.example/read/d
ER  - 

`, "\n", "\r\n")
	if diff := cmp.Diff(want, written(t, WriteRIS, sample())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	r := sample()[0]
	r.About.Title = "Two\r\nER  - lines"
	for line := range strings.SplitSeq(strings.TrimRight(written(t, WriteRIS, []Record{r}), "\r\n"), "\r\n") {
		if !regexp.MustCompile(`^[A-Z][A-Z0-9]  - `).MatchString(line) {
			t.Errorf("%q is no line of RIS", line)
		}
	}
}

func TestCSL(t *testing.T) {
	var got []map[string]any
	if err := json.Unmarshal([]byte(written(t, WriteCSL, sample())), &got); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{
		{
			"id": "accord", "type": "treaty", "title": accord.Title, "title-short": "Accord", "authority": "League of Harbours",
			"issued": map[string]any{"date-parts": []any{[]any{2012., 5., 4.}}}, "genre": "treaty", "language": "en",
			"section": "art. 2(1); art. 9(1)", "page": "4, 12", "URL": "https://harbours.example/accord#a_b", "note": "art. 2(1); art. 9(1)",
			"keyword": "care, due <care>",
		},
		{
			"id": "declaration é", "type": "legislation", "title": "=Declaration", "author": []any{map[string]any{"literal": "Assembly"}},
			"issued": map[string]any{"date-parts": []any{[]any{2019., 9.}}}, "genre": "declaration", "language": "en",
			"section": "para. 1(1)", "URL": "https://glossator.example/read/d",
			"note": "para. 1(1). Digest by Glossator, not the official text",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := written(t, WriteCSL, nil); strings.Join(strings.Fields(got), "") != "[]" {
		t.Errorf("no hits: %q", got)
	}
}

func TestMethod(t *testing.T) {
	var out bytes.Buffer
	err := WriteMethod(&out, Method{
		Search: asked, Made: time.Date(2030, 2, 3, 4, 5, 6, 0, time.UTC), Mark: 42, Passages: 3, Documents: 2,
		Languages:   []Count{{"English", 3, 2}},
		Searched:    Library{30, 5, []Count{{"English", 29, 4}, {"French", 1, 1}}},
		Annotations: "public ones", Version: "1.2",
	})
	want := `# How this search was made

- Query as typed: ` + "`" + `network` + "`" + `
- Query as understood: ` + "`" + `network` + "`" + `
- In words, filters included: the word “network”
- Also searched, as synonyms: grid, web
- Filters: Kind is ` + "`" + `treaty` + "`" + ` or ` + "`" + `declaration` + "`" + `
- Order: relevance
- Made: 3 February 2030, 04:05:06 UTC
- Found: 3 passages in 2 documents
- Languages of what was found: English (3 passages in 2 documents)
- Searched: 30 passages in 5 documents, each in its current versions
- Languages searched: English (29 passages in 4 documents), French (1 passage in 1 document)
- Annotations searched: public ones
- State of the index: all changes up to number 42
- Program: Glossator 1.2
- Address: <https://glossator.example/search?q=network>

All figures are exact counts. Whoever opens the address repeats the search; the number of the last change tells whether anything has been added or corrected since.
`
	if diff := cmp.Diff(want, out.String()); diff != "" || err != nil {
		t.Errorf("-want +got\n%s\n%v", diff, err)
	}
}

// What one record needs does not grow with how many there are.
func TestManyRecordsStream(t *testing.T) {
	one := sample()[0]
	for name, write := range writers {
		seen := 0
		many := func(yield func(Record, error) bool) {
			for i := range 5000 {
				r := one
				r.Document = fmt.Sprint("d", i)
				r.About.ID = r.Document
				seen = i + 1
				if !yield(r, nil) {
					return
				}
			}
		}
		w := &limited{left: 200_000}
		if err := write(w, asked, many); name != "xlsx" && (!errors.Is(err, errFull) || seen > 1000) {
			t.Errorf("%s: after 200 kB it had asked for %d records: %v", name, seen, err)
		}
	}
}

type limited struct{ left int }

func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestCode(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a* OR\n\"b\"": "`a* OR \"b\"`", "a`b": "``a`b``", "`a``b": "``` `a``b ```",
	} {
		if got := Code(text); got != want {
			t.Errorf("Code(%q) = %q, want %q", text, got, want)
		}
	}
}
