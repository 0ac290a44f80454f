package interchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/annotations"
)

const harbourText = "Harbour dues 🪙 and tolls.\r\nNo ship pays twice.\r\nلا تدفع السفينة مرتين."

// at returns the stretch of a text that reads so.
func at(t *testing.T, text, quote string) annotations.Target {
	t.Helper()
	before, _, found := strings.Cut(text, quote)
	if !found {
		t.Fatalf("%q is not in the text", quote)
	}
	start := len([]rune(before))
	runes := []rune(text)
	end := start + len([]rune(quote))
	return annotations.Target{
		Start: start, End: end, Exact: quote, Prefix: string(runes[max(0, start-32):start]), Suffix: string(runes[end:min(len(runes), end+32)]),
	}
}

func harbourProject(t *testing.T) Project {
	t.Helper()
	record := func(id, creator, name, note string, target annotations.Target, concepts ...string) Record {
		r := Record{Annotation: annotations.Annotation{
			ID: id, Document: "harbour", Version: "harbour.en.1", Target: target, Concepts: concepts, Note: note, Visibility: annotations.Private,
			Creator: creator, Created: 1_700_000_000_000, Modified: 1_700_000_100_000,
		}, CreatorName: name}
		r.Root = id
		for _, concept := range concepts {
			r.Labels = append(r.Labels, map[string]string{"c1": "dues", "c2": "safeguards"}[concept])
		}
		return r
	}
	whole := record("n1", "u1", "Anna", "Read in *full*.", annotations.Target{}, "c1")
	absent := record("n2", "u2", "Béla", "", annotations.Target{}, "c2")
	absent.Absent = true
	coin := record("n3", "u1", "Anna", "A coin?", at(t, harbourText, "dues 🪙"), "c1", "c2")
	reply := record("n4", "u2", "Béla", "Gold.", coin.Target)
	reply.ReplyTo, reply.Root, reply.Concepts, reply.Labels = "n3", "n3", []string{}, []string{}
	twice := record("n5", "u2", "Béla", "", at(t, harbourText, "No ship"), "c2")
	twice.More = []annotations.Target{at(t, harbourText, "لا تدفع")}
	all := []Record{whole, absent, coin, reply, twice}
	return Project{
		Name: "Harbours & tolls", Users: []annotations.User{{ID: "u1", Name: "Anna"}, {ID: "u2", Name: "Béla"}},
		Codebook: &Codebook{Concepts: []Concept{
			{Concept: annotations.Concept{ID: "c1", Label: "dues", Family: 2, Status: annotations.Accepted}},
			{Concept: annotations.Concept{ID: "c2", Label: "safeguards", Broader: "c1", Family: 5, Status: annotations.Accepted}},
		}},
		Records: stream(all, nil),
		Source: func(string) (Source, error) {
			return Source{Name: "Harbour Accord (en)", Text: harbourText, Facts: []Fact{{"Kind", "treaty", false}, {"Year", "1921", true}, {"Status", "", false}}}, nil
		},
	}
}

func unpacked(t *testing.T, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		opened, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}

func readProject(t *testing.T, data []byte) (*ReadProject, []ReadSource) {
	t.Helper()
	p, err := OpenQDPX(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var sources []ReadSource
	for s, err := range p.Sources() {
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, s)
	}
	return p, sources
}

func TestQDPXIsReadBack(t *testing.T) {
	project := harbourProject(t)
	var out bytes.Buffer
	if err := WriteQDPX(&out, project); err != nil {
		t.Fatal(err)
	}
	files := unpacked(t, out.Bytes())
	conforms(t, "project", files["project.qde"])
	id := VersionGUID("harbour.en.1")
	if got := files["sources/"+id+".txt"]; got != harbourText {
		t.Errorf("the text is %q", got)
	}
	p, sources := readProject(t, out.Bytes())
	if len(sources) != 1 || sources[0].GUID != id || sources[0].Text != harbourText {
		t.Fatalf("sources: %+v", sources)
	}
	type said struct {
		ID, ReplyTo, By, Note string
		Quote                 string
		Labels                []string
		Absent                bool
		Created               int64
	}
	var got []said
	for _, r := range sources[0].Records {
		got = append(got, said{r.ID, r.ReplyTo, r.CreatorName, r.Note, r.Target.Exact, r.Labels, r.Absent, r.Created})
	}
	ids := func(n string) []string { return IDsIn(n, 2) }
	want := []said{
		{ids("n3")[0], "", "Anna", "A coin?", "dues 🪙", []string{"dues", "safeguards"}, false, 1_700_000_000_000},
		{ids("n4")[1], ids("n3")[0], "Béla", "Gold.", "dues 🪙", nil, false, 1_700_000_000_000},
		{ids("n5")[0], "", "Béla", "", "No ship", []string{"safeguards"}, false, 1_700_000_000_000},
		{ids("n5")[2], "", "Béla", "", "لا تدفع", []string{"safeguards"}, false, 1_700_000_000_000},
		{ids("n1")[1], "", "Anna", "Read in *full*.", "", []string{"dues"}, false, 1_700_000_000_000},
		{ids("n2")[1], "", "Béla", "", "", []string{"safeguards"}, true, 1_700_000_000_000},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if len(p.Remarks) > 0 || p.Codebook.Concepts[1].Broader != ConceptGUID("c1") || p.Codebook.Concepts[1].Family != 5 {
		t.Errorf("remarks %q, codebook %+v", p.Remarks, p.Codebook)
	}
}

// What is written conforms to the schema whatever is in it, and so does nothing
// at all.
func TestQDPXConforms(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 9))
	for i := range 60 {
		project := harbourProject(t)
		var records []Record
		for r, err := range project.Records {
			if err != nil {
				t.Fatal(err)
			}
			r.Note, r.CreatorName = anyText(random, 0), anyText(random, 0)
			records = append(records, r)
		}
		project.Name, project.Codebook = anyText(random, 0), anyCodebook(random)
		project.Records = stream(records[:i%6], nil)
		var out bytes.Buffer
		if err := WriteQDPX(&out, project); err != nil {
			t.Fatal(err)
		}
		conforms(t, "project", unpacked(t, out.Bytes())["project.qde"])
	}
}

func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, content := range files {
		file, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(file, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	guidA = "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55290"
	guidB = "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55291"
	guidC = "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55292"
)

// Projects as other programs write them: with other namespaces, folders and
// ways to count.
func TestReadProjectsOfOthers(t *testing.T) {
	quotes := []string{"tolls", "No ship pays twice.", "السفينة"}
	for _, c := range []struct {
		name, namespace, folder string
		position                func(int) int // of a code point of harbourText
	}{
		{"code points", "urn:QDA-XML:project:1.0", "Sources/", func(n int) int { return n }},
		{"UTF-16", "urn:QDA-XML:project:1:0", "sources/", func(n int) int {
			if n > 13 {
				return n + 1
			}
			return n
		}},
		{"line breaks as one", "urn:QDA-XML:project:0:4", "SOURCES/", func(n int) int { return n - strings.Count(string([]rune(harbourText)[:n]), "\r\n") }},
		{"from one", "", "", func(n int) int { return n + 1 }},
	} {
		var selections strings.Builder
		for i, quote := range quotes {
			target := at(t, harbourText, quote)
			fmt.Fprintf(&selections, `<PlainTextSelection guid="%s%d" name="%s" startPosition="%d" endPosition="%d" creatingUser="{%s}">
				<Coding guid="%s" creatingUser="%s"><CodeRef targetGUID="%s"/></Coding></PlainTextSelection>`,
				guidC[:35], i, quote, c.position(target.Start), c.position(target.End), strings.ToLower(guidA), guidB, guidA, strings.ToLower(guidB))
		}
		data := packed(t, map[string]string{
			"Project.qde": `<?xml version="1.0" encoding="utf-8"?><Project xmlns="` + c.namespace + `" name="p" origin="Elsewhere">
				<Users><User guid="` + guidA + `" name="Eve"/></Users>
				<CodeBook><Codes><Code guid="` + guidB + `" name="dues" isCodable="true"/></Codes></CodeBook><Cases><Case guid="` + guidA + `"/></Cases>
				<Sources><AudioSource guid="` + guidC + `"/><TextSource guid="` + guidC + `" name="Harbour" plainTextPath="internal://` + strings.ToUpper(guidC) + `.txt">` + selections.String() +
				`<PlainTextSelection guid="` + guidC + `" startPosition="9000" endPosition="9001"/></TextSource></Sources></Project>`,
			c.folder + strings.ToLower(guidC) + ".TXT": "\ufeff" + harbourText,
		})
		p, sources := readProject(t, data)
		var got []string
		for _, r := range sources[0].Records {
			got = append(got, r.Target.Exact)
			if r.CreatorName != "Eve" || len(r.Labels) != 1 || r.Labels[0] != "dues" {
				t.Errorf("%s: %+v", c.name, r)
			}
		}
		if !slices.Equal(got, quotes) || len(p.Remarks) != 3 {
			t.Errorf("%s: %q, %q", c.name, got, p.Remarks)
		}
	}
}

// A PDF's text, memos that are descriptions, notes of other people.
func TestReadNotesOfOthers(t *testing.T) {
	data := packed(t, map[string]string{"project.qde": `<Project name="p"><Users><User guid="` + guidA + `" name="Eve"/><User guid="` + guidB + `" name="Ivo"/></Users><Sources>
		<PDFSource guid="` + guidA + `" name="Harbour.pdf"><PDFSelection/><Representation guid="` + guidB + `"><PlainTextContent>No ship pays twice.</PlainTextContent>
			<PlainTextSelection guid="` + guidC + `" name="" startPosition="3" endPosition="7" creatingUser="` + guidA + `"><Description> What is a ship? </Description>
				<NoteRef targetGUID="` + guidA + `"/><NoteRef targetGUID="` + guidB + `"/></PlainTextSelection></Representation></PDFSource>
		<TextSource guid="` + guidB + `" name="Lost" plainTextPath="internal://lost.txt"/></Sources>
		<Notes><Note guid="` + guidA + `" creatingUser="` + guidA + `"><PlainTextContent>A boat?</PlainTextContent></Note>
			<Note guid="` + guidB + `" creatingUser="` + guidB + `" plainTextPath="internal://note.txt"/></Notes></Project>`, "note.txt": "No."})
	p, err := OpenQDPX(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var lost error
	var got []string
	for s, err := range p.Sources() {
		if err != nil {
			lost = err
			continue
		}
		for _, r := range s.Records {
			got = append(got, r.CreatorName+": "+r.Target.Exact+": "+r.Note+": "+fmt.Sprint(r.ReplyTo != ""))
		}
	}
	if want := []string{"Eve: ship: What is a ship?\n\nA boat?: false", "Ivo: ship: No.: true"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if !errors.Is(lost, ErrFile) || !strings.Contains(lost.Error(), "is not in the archive") || len(p.Remarks) != 1 {
		t.Errorf("%v, %q", lost, p.Remarks)
	}
}

func TestOpenQDPXRefuses(t *testing.T) {
	for reason, data := range map[string][]byte{
		"not a ZIP archive": []byte("PK? no"),
		"no project.qde":    packed(t, map[string]string{"a.txt": ""}),
		"cannot be read":    packed(t, map[string]string{"project.qde": "<Project><Users>"}),
		"begins with Codes": packed(t, map[string]string{"project.qde": "<Codes/>"}),
		"syntax error":      packed(t, map[string]string{"project.qde": "<Project><CodeBook>" + strings.Repeat("<Code>", 100_000)}),
	} {
		_, err := OpenQDPX(bytes.NewReader(data), int64(len(data)))
		if !errors.Is(err, ErrFile) || !strings.Contains(err.Error(), reason) {
			t.Errorf("%v, not %q", err, reason)
		}
	}
	small := &bounded{strings.NewReader(strings.Repeat("x", 100)), 10}
	if _, err := io.ReadAll(small); !errors.Is(err, ErrFile) {
		t.Errorf("a bomb: %v", err)
	}
}
