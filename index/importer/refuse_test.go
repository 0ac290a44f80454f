package importer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
)

const smallTreaty = `<treaty><meta><name>Two Towns</name><treaty_identifier>9</treaty_identifier><language>en</language></meta>` +
	`<body><chapter number="CHAPTER 1"><article number="ARTICLE 1" name="Geese">All geese are equal.</article></chapter></body></treaty>`

func TestRefusals(t *testing.T) {
	deep := strings.Repeat("<a>", maxDepth+2)
	var messages strings.Builder
	for i := range maxMIMEDepth + 2 {
		fmt.Fprintf(&messages, "Content-Type: multipart/related; boundary=b%d\n\n--b%d\n", i, i)
	}
	for _, test := range []struct {
		name, file, data string
		want             error
		says             string
	}{
		{"empty", "a.md", "", ErrEmpty, "no text"},
		{"blank", "a.txt", " \r\n\t\n", ErrEmpty, "no text"},
		{"only marks", "a.md", "---\ntitle: x\n---\n\n***\n", ErrEmpty, "no text"},
		{"picture named .md", "a.md", "\x89PNG\r\n\x1a\n\x00", ErrBinary, "PNG"},
		{"half a PDF named .txt", "a.txt", "%PDF-1.7", ErrMalformed, "does not hold together as PDF"},
		{"text named .pdf", "a.pdf", "Article 1\n", ErrUnknownFormat, "PDF"},
		{"half a Word file", "a.docx", "PK\x03\x04...", ErrMalformed, "download it again"},
		{"old Word", "a.doc", "\xd0\xcf\x11\xe0...", ErrBinary, "save it as .docx without a password"},
		{"a message without a page", "a.mhtml", "MIME-Version: 1.0\nContent-Type: text/css\n\np {}", ErrUnknownFormat, "no page"},
		{"half a message", "a.mhtml", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x", ErrMalformed, "breaks off"},
		{"messages inside each other", "a.mhtml", messages.String(), ErrTooDeep, "messages"},
		{"too many parts", "a.mhtml", "Content-Type: multipart/related; boundary=b\n\n" + strings.Repeat("--b\n\n\n", maxMIMEParts+1), ErrTooLarge, "parts"},
		{"archive", "a.zip", "PK\x03\x04...", ErrBinary, "unpack it first"},
		{"zero bytes", "a.md", "# x\n\x00\x01", ErrBinary, "offset 4"},
		{"Czech in Windows-1250", "a.txt", "P\xf8\xedklad \xe8esk\xe9ho textu\n", ErrEncoding, "offset 1"},
		{"Polish in Windows-1250", "a.txt", "umowa mi\xeadzynarodowa, s\xb3owa\n", ErrEncoding, "offset 8"},
		{"Russian in Windows-1251", "a.txt", "\xc4\xee\xe3\xee\xe2\xee\xf0\n", ErrEncoding, "offset 0"},
		{"Mac OS Roman with line feeds", "a.txt", "the State\xd5s geese\n", ErrEncoding, "offset 9"},
		{"French of DOS", "a.txt", "d\x82cid\x82\n", ErrEncoding, "offset 1"},
		{"zeros at both sides", "a.txt", "a\x00b\x00\x00c", ErrBinary, "offset 1"},
		{"odd UTF-16", "a.txt", "\xff\xfea\x00b", ErrEncoding, "UTF-16"},
		{"half a treaty", "a.xml", smallTreaty[:len(smallTreaty)-60], ErrMalformed, "line 1, column"},
		{"half a tag", "a.xml", smallTreaty[:120], ErrMalformed, "download it again"},
		{"half a page", "a.xhtml", "<html><body><p>x", ErrMalformed, "</html>"},
		{"half a list", "a.json", `{"articles": [`, ErrMalformed, "line 1"},
		{"list of something else", "a.json", `{"articles": []}`, ErrUnknownFormat, "no list of articles"},
		{"unknown XML", "a.xml", "<play><act/></play>", ErrUnknownFormat, "Markdown"},
		{"unknown", "a.exe", "MZ", ErrUnknownFormat, "Markdown"},
		{"entities are not expanded", "a.xml", `<!DOCTYPE treaty [<!ENTITY a "aaaa">]><treaty><body><chapter><article>&a;</article></chapter></body></treaty>`, ErrMalformed, "entity"},
		{"deep XML", "a.xml", "<treaty><body>" + deep, ErrTooDeep, "elements inside each other"},
		{"deep Akoma Ntoso", "a.xml", "<akomaNtoso><act><body>" + deep, ErrTooDeep, "elements inside each other"},
		{"half an Akoma Ntoso", "a.xml", "<akomaNtoso><act><body><p>Oil", ErrMalformed, "line 1, column"},
		{"Akoma Ntoso without text", "a.xml", "<akomaNtoso><act><meta><notes><note><p>x</p></note></notes></meta><body/></act></akomaNtoso>", ErrEmpty, "no text"},
		{"entities of Akoma Ntoso", "a.xml", `<!DOCTYPE akomaNtoso [<!ENTITY a SYSTEM "file:///oil">]><akomaNtoso><act><body><p>&a;</p></body></act></akomaNtoso>`, ErrMalformed, "entity"},
		{"many elements", "a.xml", "<akomaNtoso><act><body>" + strings.Repeat("<p/>", maxElements), ErrTooLarge, "elements"},
		{"front matter", "a.md", "---\ntitle: [\n---\n# x\n", ErrMalformed, "front matter"},
		{"front matter of aliases", "a.md", "---\na: &a [x, x]\naliases: [*a, *a]\n---\n# x\n", ErrMalformed, "write it out"},
		{"too many lines", "a.txt", strings.Repeat("a\n", maxLines+1), ErrTooLarge, "lines"},
		{"too many tags", "a.html", strings.Repeat("<p>", maxElements+1), ErrTooLarge, "tags"},
		{"too many paragraphs", "a.md", strings.Repeat("a\n\n", maxBlocks+1), ErrTooLarge, "paragraphs"},
		{"too large", "a.txt", strings.Repeat("a", MaxSize+1), ErrTooLarge, "64 MB"},
	} {
		d, versions, err := Parse(test.file, []byte(test.data), Metadata{})
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want %v with %q", test.name, err, test.want, test.says)
		}
		if len(versions) > 0 {
			t.Errorf("%s: refused, but returned %d versions of %q", test.name, len(versions), d.ID)
		}
	}
}

func TestDeepHTML(t *testing.T) {
	_, _, err := Parse("a.html", []byte("<html>"+strings.Repeat("<div>", 400)+"x"), Metadata{})
	if !errors.Is(err, ErrTooDeep) {
		t.Errorf("got %v, want ErrTooDeep", err)
	}
}

func TestEncodings(t *testing.T) {
	var utf16LE, utf16BE []byte
	for _, unit := range append([]uint16{0xfeff}, utf16.Encode([]rune("Ключ 🔑."))...) {
		utf16LE = append(utf16LE, byte(unit), byte(unit>>8))
		utf16BE = append(utf16BE, byte(unit>>8), byte(unit))
	}
	for name, data := range map[string]string{
		"UTF-8": "Ключ 🔑.", "with mark": "\ufeffКлюч 🔑.", "UTF-16LE": string(utf16LE), "UTF-16BE": string(utf16BE), "Windows line end": "Ключ 🔑.\r\n",
	} {
		_, versions, err := Parse("key.txt", []byte(data), Metadata{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if v := versions[0]; v.Text != "Ключ 🔑." || v.Blocks[0].End != 7 || v.Language != "ru" {
			t.Errorf("%s: %q in %s, %v", name, v.Text, v.Language, v.Blocks)
		}
	}
	for _, test := range []struct{ name, file, data, want, remark string }{
		{"UTF-16LE without mark", "a.txt", "a\x00 \x00\x1a\x04;\x04N\x04G\x04.\x00", "a Ключ.", "UTF-16"},
		{"UTF-16BE without mark", "a.txt", "\x00a\x00 \x04\x1a\x04;\x04N\x04G\x00.", "a Ключ.", "UTF-16"},
		{"French", "a.txt", "les oies d\xe9cid\xe9es \xe0 l\x92unanimit\xe9 \x97 \xabc\x9cur\xbb\n", "les oies décidées à l’unanimité — «cœur»", "Windows-1252"},
		{"German", "a.txt", "\xa7 1 der \x84M\xe4rz\x93 \xfcber gro\xdfe \xc4mter", "§ 1 der „März“ über große Ämter", "Windows-1252"},
		{"names in an English text", "a.txt", strings.Repeat("the geese of the two towns ", 20) + "and of T\xfcrkiye, C\xf4te d'Ivoire and \xc5land", strings.Repeat("the geese of the two towns ", 20) + "and of Türkiye, Côte d'Ivoire and Åland", "Windows-1252"},
		{"Russian", "a.txt", "\xcb\xe0\xec\xef\xfb \xe3\xee\xf0\xff\xf2 \xed\xe0 \xef\xe8\xf0\xf1\xe0\xf5 \xe8 \xe2 \xe3\xe0\xe2\xe0\xed\xe8, \xea\xe0\xea \xfd\xf2\xee \xe1\xfb\xeb\xee \xe4\xee \xf2\xf3\xec\xe0\xed\xe0.", "Лампы горят на пирсах и в гавани, как это было до тумана.", "Windows-1251"},
		{"Russian of Unix", "a.txt", "\xec\xc1\xcd\xd0\xd9 \xc7\xcf\xd2\xd1\xd4 \xce\xc1 \xd0\xc9\xd2\xd3\xc1\xc8 \xc9 \xd7 \xc7\xc1\xd7\xc1\xce\xc9, \xcb\xc1\xcb \xdc\xd4\xcf \xc2\xd9\xcc\xcf \xc4\xcf \xd4\xd5\xcd\xc1\xce\xc1.", "Лампы горят на пирсах и в гавани, как это было до тумана.", "KOI8-R"},
		{"Russian of DOS", "a.txt", "\x8b\xa0\xac\xaf\xeb \xa3\xae\xe0\xef\xe2 \xad\xa0 \xaf\xa8\xe0\xe1\xa0\xe5 \xa8 \xa2 \xa3\xa0\xa2\xa0\xad\xa8, \xaa\xa0\xaa \xed\xe2\xae \xa1\xeb\xab\xae \xa4\xae \xe2\xe3\xac\xa0\xad\xa0.", "Лампы горят на пирсах и в гавани, как это было до тумана.", "IBM 866"},
		{"Russian by the standard", "a.txt", "\xbb\xd0\xdc\xdf\xeb \xd3\xde\xe0\xef\xe2 \xdd\xd0 \xdf\xd8\xe0\xe1\xd0\xe5 \xd8 \xd2 \xd3\xd0\xd2\xd0\xdd\xd8, \xda\xd0\xda \xed\xe2\xde \xd1\xeb\xdb\xde \xd4\xde \xe2\xe3\xdc\xd0\xdd\xd0.", "Лампы горят на пирсах и в гавани, как это было до тумана.", "ISO-8859-5"},
		{"Czech", "a.txt", "Lampy, kter\xe9 sv\xedt\xed na lod\xedch, jsou \xe8ist\xe9 nebo \x9elut\xe9 p\xf8i ka\x9ed\xe9m \x9aeru.", "Lampy, které svítí na lodích, jsou čisté nebo žluté při každém šeru.", "Windows-1250"},
		{"Polish", "a.txt", "Lampy \xb6wiec\xb1 nie tylko na \xb3odziach, ale s\xb1 te\xbf na molo, kt\xf3re jest d\xb3ugie.", "Lampy świecą nie tylko na łodziach, ale są też na molo, które jest długie.", "ISO-8859-2"},
		{"declared by XML", "a.xml", `<?xml version="1.0" encoding="windows-1250"?><treaty><body><chapter><article number="1">P` + "\xf8\xedklad</article></chapter></body></treaty>", "1\nPříklad", "windows-1250"},
		{"declared by HTML", "a.html", "<html><meta charset=koi8-r><p>\xeb\xcc\xc0\xde", "Ключ", "koi8-r"},
	} {
		r, err := Read(test.file, []byte(test.data), Metadata{})
		if err != nil || r.Versions[0].Text != test.want || len(r.Remarks) != 1 || !strings.Contains(r.Remarks[0], test.remark) {
			t.Errorf("%s: %v %+v", test.name, err, r)
		}
	}
	_, versions, err := Parse("old.txt", []byte("\xd2Oil\xd3\rThe Parties\xd5 oil.\r"), Metadata{})
	if err != nil || versions[0].Text != "“Oil”\nThe Parties’ oil." {
		t.Errorf("Mac OS Roman: %v, %v", versions, err)
	}
}

func TestManifest(t *testing.T) {
	manifest, err := ParseManifest([]byte(`{"entries": [
		{"slug": "oil.fr", "file": "oil.fr.md", "title": "Traité de l'huile", "kind": "treaty", "language": "fr", "parties": "the towns; ABC"},
		{"slug": "oil.en", "file": "oil.en.md", "title": "Oil Treaty", "short_title": "OT", "language": "en", "parties": "FRA, NLD",
			"complete": "partial", "checked": "articles 1-2 of 9", "upstream": "EUR-Lex CELEX 31900R0001"},
		{"slug": "oil.en", "file": "oil.en.xhtml", "title": "Oil Treaty", "language": "en", "parties": null},
		{"slug": "oil.en-zh", "file": "oil.json", "title": "Oil", "language": "en+zh-Hant", "parties": ["BEL"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := Metadata{Language: "fr", Document: index.Document{
		ID: "oil", Title: "Oil Treaty", ShortTitle: "OT", Aliases: []string{"Traité de l'huile"}, Parties: []string{"FRA", "NLD"},
		Remarks: "partial text: articles 1-2 of 9", Address: "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:31900R0001",
	}}
	if diff := cmp.Diff(want, manifest["oil.fr.md"]); diff != "" {
		t.Error(diff)
	}
	if got := manifest["oil.json"].Document; got.ID != "oil.en-zh" || len(got.Parties) != 1 {
		t.Errorf("%+v", got)
	}
	for _, bad := range []string{"{", `"x"`, `{"entries": [{"slug": "x"}]}`} {
		if _, err := ParseManifest([]byte(bad)); !errors.Is(err, ErrManifest) {
			t.Errorf("%s: got %v, want ErrManifest", bad, err)
		}
	}
}

// recorder stands in for the store: it keeps what it is given.
type recorder struct {
	put []string
	err error
}

func (r *recorder) importer() *Importer {
	return &Importer{Put: func(_ context.Context, d index.Document, versions []index.Version) (string, error) {
		if r.err != nil {
			return "", r.err
		}
		r.put = append(r.put, d.ID+" "+versions[0].Language+" "+d.Title)
		return Taken, nil
	}}
}

func TestPaths(t *testing.T) {
	folder := t.TempDir()
	for name, data := range map[string]string{
		"a/2.en.md":          "# Second\n\nText.\n",
		"a/1.fr.md":          "# Premier\n\nTexte de la loi et du droit dans les villes.\n",
		"a/1.en.md":          "# First\n\nText of the law.\n",
		"a/empty.md":         "",
		"a/LICENSE":          "Take it.",
		"a/README.md":        "# Read\n",
		"a/.hidden.md":       "# Hidden\n",
		"a/.git/config.txt":  "x",
		"b/lamp.txt":         "The lamp.\n",
		"b/manifest.json":    `[{"slug": "the-lamp", "file": "lamp.txt", "title": "On the Lamp", "kind": "commentary"}]`,
		"c/manifest.json":    `{`,
		"c/still.md":         "Still read.\n",
		"d/not-readable.txt": "Nobody may.\n",
	} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	rec := &recorder{}
	importer := rec.importer()
	var steps []string
	importer.Progress = func(done, total int, name string) {
		steps = append(steps, filepath.Base(name))
		if total != 9 || done != len(steps) {
			t.Errorf("step %d of %d: %s", done, total, name)
		}
	}
	paths := []string{filepath.Join(folder, "a"), filepath.Join(folder, "b"), filepath.Join(folder, "c"), filepath.Join(folder, "d"), filepath.Join(folder, "missing")}
	report, err := importer.Paths(context.Background(), paths)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"1 en First", "1 fr First", "2 en Second", "the-lamp en On the Lamp", "still en still", "not-readable en not-readable"}
	if diff := cmp.Diff(want, rec.put); diff != "" {
		t.Error(diff)
	}
	refused := map[string]string{}
	for _, file := range report.Files {
		if file.Outcome == Refused {
			refused[filepath.Base(file.Name)] = file.Reason
		}
	}
	if len(refused) != 3 || !strings.Contains(refused["missing"], "check the path") || !strings.Contains(refused["manifest.json"], "manifest") || refused["empty.md"] == "" {
		t.Errorf("refused: %v", refused)
	}
	if report.Count(Taken) != 6 || len(steps) != 9 {
		t.Errorf("%d taken, %d steps", report.Count(Taken), len(steps))
	}
}

func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may read everything")
	}
	folder := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(folder, 0); err != nil {
		t.Fatal(err)
	}
	report, err := (&recorder{}).importer().Paths(context.Background(), []string{folder})
	if err != nil || len(report.Files) != 1 || !strings.Contains(report.Files[0].Reason, "permission") {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestHugeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.txt")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Truncate(200<<20), file.Close()); err != nil {
		t.Fatal(err)
	}
	report, err := (&recorder{}).importer().Paths(context.Background(), []string{path})
	if err != nil || report.Count(Refused) != 1 || !strings.Contains(report.Files[0].Reason, "200 MB") {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestFiles(t *testing.T) {
	rec := &recorder{}
	report, err := rec.importer().Files(context.Background(), []File{
		{"folder/lamp.txt", []byte("The lamp.")},
		{"wick.md", []byte("\x00")},
		{"folder/manifest.json", []byte(`[{"slug": "the-lamp.en", "language": "en", "file": "lamp.txt", "title": "On the Lamp"}]`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"the-lamp en On the Lamp"}, rec.put); diff != "" {
		t.Error(diff)
	}
	if len(report.Files) != 2 || report.Files[1].Outcome != Refused || report.Files[0].Passages != 1 {
		t.Errorf("%+v", report)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	rec := &recorder{}
	importer := rec.importer()
	importer.Progress = func(done, _ int, _ string) {
		if done == 2 {
			cancel()
		}
	}
	files := make([]File, 9)
	for i := range files {
		files[i] = File{Name: string(rune('a'+i)) + ".txt", Data: []byte("Text.")}
	}
	report, err := importer.Files(ctx, files)
	if !errors.Is(err, context.Canceled) || len(report.Files) != 2 || len(rec.put) != 2 {
		t.Errorf("%d files reported, %d put, %v", len(report.Files), len(rec.put), err)
	}
}

func TestCancelWhilePutting(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	importer := Importer{Put: func(ctx context.Context, _ index.Document, _ []index.Version) (string, error) {
		cancel()
		return "", ctx.Err()
	}}
	report, err := importer.Files(ctx, []File{{"a.txt", []byte("Text.")}})
	if !errors.Is(err, context.Canceled) || len(report.Files) != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// A panic must reach whoever can do something about it: a server answers one
// request with it and goes on.
func TestPanicReachesTheCaller(t *testing.T) {
	defer func() {
		if reason, _ := recover().(string); !strings.Contains(reason, "odd.txt: a fault") {
			t.Errorf("recovered %q", reason)
		}
	}()
	importer := Importer{}
	_, err := importer.run(context.Background(), []job{{name: "odd.txt", read: func() ([]byte, error) { panic("a fault") }}})
	t.Errorf("it returned %v", err)
}

func TestPutFails(t *testing.T) {
	rec := &recorder{err: errors.New("the disk is full")}
	report, err := rec.importer().Files(context.Background(), []File{{"a.txt", []byte("Text.")}})
	if err != nil || report.Count(Refused) != 1 || report.Files[0].Reason != "the disk is full" {
		t.Errorf("%+v, %v", report, err)
	}
}
