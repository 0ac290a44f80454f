package interchange

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// anyRecord is a record in which everything that may be there may be there.
func anyRecord(random *rand.Rand) Record {
	text := func(least int) string { return anyText(random, least) }
	target := func() annotations.Target {
		return annotations.Target{Start: random.IntN(9), End: random.IntN(99), Exact: text(1), Prefix: text(0), Suffix: text(0)}
	}
	r := Record{
		Annotation: annotations.Annotation{
			ID: text(1), Document: text(1), Version: text(1), Passage: text(0), Note: text(0), Creator: text(0), Target: target(), Root: text(0),
			Concepts: []string{}, Absent: random.IntN(5) == 0, Visibility: annotations.Public,
			Created: random.Int64N(4e12), Modified: 1 + random.Int64N(4e12), Number: random.Int64(),
		},
		Labels: []string{}, DocumentTitle: text(0), Pinpoint: text(0), Language: text(0), CreatorName: text(0), Address: text(0),
	}
	for range random.IntN(3) {
		r.Concepts, r.Labels = append(r.Concepts, text(1)), append(r.Labels, text(0))
	}
	for range random.IntN(3) * random.IntN(2) {
		r.More = append(r.More, target())
	}
	switch random.IntN(4) {
	case 0:
		r.ReplyTo = text(1)
	case 1:
		r.Visibility, r.Group = annotations.Group, text(1)
	case 2:
		r.Extra = json.RawMessage(`{ "rights": "x", "a": [1, 2.50]}`)
	}
	return r
}

func TestCSVRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 1))
	total := 0
	for range 300 {
		var want []Record
		for range random.IntN(6) {
			want = append(want, anyRecord(random))
		}
		var out bytes.Buffer
		if err := WriteCSV(&out, stream(want, nil)); err != nil {
			t.Fatal(err)
		}
		var got []Record
		for r, err := range ReadCSV(strings.NewReader(out.String())) {
			if err != nil {
				t.Fatalf("%v in\n%s", err, out.String())
			}
			got = append(got, r)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-written +read\n%s\n%s", diff, out.String())
		}
		total += len(want)
	}
	t.Logf("CSV: %d annotations are read back the same", total)
}

func TestReadTablesOfOthers(t *testing.T) {
	want := Record{
		Annotation: annotations.Annotation{
			Document: "accord", Target: annotations.Target{Exact: "the \"keys\"\nof all"}, Concepts: []string{"", ""}, Note: "Why?", Visibility: annotations.Private,
		},
		Labels: []string{"keys", "care"},
	}
	for name, table := range map[string]string{
		"commas":     "note,Quote,concepts,document id,mine\r\nWhy?,\"the \"\"keys\"\"\nof all\",keys;care,accord,x\r\n",
		"semicolons": "\ufeffnote;quote;concepts;document id\nWhy?;\"the \"\"keys\"\"\nof all\";\"keys; care\";accord",
		"tabs":       "note\tquote\tconcepts\tdocument id\nWhy?\t\"the \"\"keys\"\"\nof all\"\tkeys;care\taccord\n",
	} {
		for got, err := range ReadCSV(strings.NewReader(table)) {
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%s: %v, -want +got\n%s", name, err, diff)
			}
		}
	}
	for table, reason := range map[string]string{
		"":                          "does not name the columns",
		"a,b\n1,2\n":                "does not name the columns",
		"id,quote\n1,2,3\n":         "row 2: not a Web Annotation: it has 3 cells",
		"id,start\na,b\n":           "row 2: not a Web Annotation: the start",
		"id,created\na,yesterday\n": `"yesterday" is not a time`,
		"id,extra\na,[]\n":          "not a JSON object",
		"id,quote\na,\"b\n":         "no closing quote",
		"id,quote\na," + strings.Repeat("x", 5<<20): "more than 4 MB",
	} {
		var last error
		for _, err := range ReadCSV(strings.NewReader(table)) {
			last = err
		}
		if !errors.Is(last, ErrFormat) || !strings.Contains(last.Error(), reason) {
			t.Errorf("%.20q: %v, not %q", table, last, reason)
		}
	}
}

func TestXLSX(t *testing.T) {
	var out bytes.Buffer
	if err := WriteXLSX(&out, stream(sample(), nil)); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.File) != 6 {
		t.Errorf("it has %d parts", len(archive.File))
	}
	sheet := unpacked(t, out.Bytes())["xl/worksheets/sheet1.xml"]
	for _, want := range []string{`<t xml:space="preserve">document</t>`, `<t xml:space="preserve">=HYPERLINK(&#34;x&#34;)</t>`, "网络"} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the sheet has no %s", want)
		}
	}
	if strings.Contains(sheet, "<f>") {
		t.Error("the sheet has a formula")
	}
}

func TestMarkdownOfThreads(t *testing.T) {
	records := sample()[:1]
	records[0].Root = records[0].ID
	records[0].More = []annotations.Target{{Start: 30, End: 34, Exact: "open"}}
	reply := records[0]
	reply.ID, reply.ReplyTo, reply.Note, reply.Labels, reply.CreatorName = "n9", "n1", "Why?\n\n- because", nil, "Béla"
	absent := sample()[0]
	absent.Target, absent.Absent, absent.Note = annotations.Target{}, true, ""
	var out bytes.Buffer
	if err := WriteMarkdown(&out, stream([]Record{records[0], reply, absent}, nil)); err != nil {
		t.Fatal(err)
	}
	want := "# Annotations\n\n## Accord on Registers\n\n### [art. 9(2)](<https://glossator.example/read/accord#n1>)\n\n" +
		"> the 😀 register\n>\n> of keys\n>\n> […]\n>\n> open\n\n" +
		"- **content regulation**, **\\*due\\* \\<care\\>**\n- # Unlike\n\n  ```\n  the others\n- Ann B, 2023-11-14, public\n" +
		"- Reply: Béla, 2023-11-14, public\n\n  Why?\n\n  - because\n" +
		"\n### [The whole document](<https://glossator.example/read/accord#n1>)\n\n" +
		"- Read in full, and nothing found on:\n- **content regulation**, **\\*due\\* \\<care\\>**\n- Ann B, 2023-11-14, public\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
