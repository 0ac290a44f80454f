package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// zipped returns an archive of files.
func zipped(t testing.TB, files ...txtar.File) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, file := range files {
		w, err := archive.Create(file.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(file.Data); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// body returns a Word file with nothing but a body.
func body(t testing.TB, xml string) []byte {
	t.Helper()
	return zipped(t, txtar.File{Name: "word/document.xml", Data: []byte(`<w:document xmlns:w="w"><w:body>` + xml + `</w:body></w:document>`)})
}

// TestDOCX packs the parts in each archive and compares what comes out with the
// file "want".
func TestDOCX(t *testing.T) {
	golden(t, "testdata/docx/*.txtar", func(t *testing.T, files []txtar.File) string {
		r, err := Read("geese.docx", zipped(t, files...), Metadata{})
		if err != nil {
			t.Fatal(err)
		}
		return describe(r.Document, r.Versions) + asides(r)
	})
}

// asides prints the remarks and the comments with the words they are on.
func asides(r Reading) string {
	var out strings.Builder
	for _, remark := range r.Remarks {
		fmt.Fprintf(&out, "! %s\n", remark)
	}
	for _, v := range r.Versions {
		text := []rune(v.Text)
		for _, c := range r.Comments[v.ID] {
			fmt.Fprintf(&out, "# %q %s, %s: %q\n", string(text[c.Start:c.End]), c.Author, c.Date, c.Text)
		}
	}
	return out.String()
}

func TestFormatNumber(t *testing.T) {
	for _, test := range []struct {
		n            int
		format, want string
	}{
		{1, "decimal", "1"}, {7, "decimalZero", "07"}, {27, "lowerLetter", "aa"}, {28, "upperLetter", "BB"}, {53, "lowerLetter", "aaa"},
		{4, "lowerRoman", "iv"}, {1994, "upperRoman", "MCMXCIV"}, {0, "upperRoman", "0"}, {2, "ordinal", "2nd"}, {12, "ordinal", "12th"},
		{3, "russianLower", "в"}, {2, "arabicAlpha", "ب"}, {10, "chineseCounting", "十"}, {12, "chineseCounting", "十二"},
		{105, "chineseCountingThousand", "一百零五"}, {20, "japaneseCounting", "二十"}, {3, "decimalEnclosedCircle", "③"}, {3, "none", ""},
		{5, "cardinalText", "5"},
	} {
		if got := formatNumber(test.n, test.format); got != test.want {
			t.Errorf("%d as %s: %q, want %q", test.n, test.format, got, test.want)
		}
	}
}

func TestHeadingOutline(t *testing.T) {
	for name, want := range map[string]int{
		"heading 2": 2, "titre1": 1, "标题 3": 3, "заголовок 1": 1, "überschrift 4": 4, "heading": 0, "list number 2": 0, "heading 0": 0, "7": 0,
	} {
		if got := headingOutline(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

// TestDOCXBombs holds that a file that is small but would not stay so, or is no
// Word file inside, is refused with its reason.
func TestDOCXBombs(t *testing.T) {
	paragraph := `<w:p><w:r><w:t>x</w:t></w:r></w:p>`
	many := make([]txtar.File, maxEntries+1)
	for i := range many {
		many[i].Name = fmt.Sprint("word/media/", i)
	}
	whole := body(t, paragraph)
	for _, test := range []struct {
		name string
		data []byte
		want error
		says string
	}{
		{"ratio", body(t, strings.Repeat(" ", 8<<20)+paragraph), ErrTooLarge, "unpacks to more than"},
		{"size", body(t, strings.Repeat("\x00", maxPart+1)), ErrTooLarge, "unpacks to more than"},
		{"parts", zipped(t, append(many, txtar.File{Name: "word/document.xml"})...), ErrTooLarge, "parts"},
		{"depth", body(t, strings.Repeat("<w:ins>", maxDepth)), ErrTooDeep, "inside each other"},
		{"entities", zipped(t, txtar.File{Name: "word/document.xml", Data: []byte(`<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>`)}), ErrMalformed, "declares an entity"},
		{"no text", body(t, `<w:p/><w:sectPr/>`), ErrEmpty, "no text"},
		{"spreadsheet", zipped(t, txtar.File{Name: "xl/workbook.xml", Data: []byte("<x/>")}), ErrUnknownFormat, "no text of Word's"},
		{"half an archive", whole[:len(whole)-30], ErrMalformed, "download it again"},
		{"half a body", zipped(t, txtar.File{Name: "word/document.xml", Data: []byte("<w:document><w:body><w:p>")}), ErrMalformed, "in word/document.xml"},
	} {
		_, err := Read("bomb.docx", test.data, Metadata{})
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want %v with %q", test.name, err, test.want, test.says)
		}
	}
}

// TestMarkupBounds holds that what a parser would take in before it can count
// is refused while it is read.
func TestMarkupBounds(t *testing.T) {
	var attributes strings.Builder
	for i := range maxAttributes + 2 {
		fmt.Fprintf(&attributes, "a%d ", i)
	}
	for _, test := range []struct {
		name, file, text string
		want             error
	}{
		{"long tag of XML", "a.xml", "<treaty " + strings.Repeat(`a="" `, maxTag/5) + ">", ErrTooLarge},
		{"marks in a tag of XML", "a.xml", "<treaty a='>" + strings.Repeat(`b="" `, maxTag/5) + "'>", ErrTooLarge},
		{"deep XML passed over", "a.xml", "<treaty><meta>" + strings.Repeat("<a>", maxDepth), ErrTooDeep},
		{"document type", "a.xml", `<!DOCTYPE treaty [<!ELEMENT a ANY>]><treaty/>`, ErrMalformed},
		{"attributes of HTML", "a.html", "<html><p " + attributes.String() + ">x", ErrTooLarge},
		{"formatting left open", "a.html", "<html>" + strings.Repeat("<b><p>", 5000) + "x", ErrTooLarge},
		{"deep HTML", "a.html", "<html>" + strings.Repeat("<div>", 1000) + "x", ErrTooDeep},
		{"long script", "a.html", "<html><script>" + strings.Repeat("x", maxToken+1), ErrTooLarge},
	} {
		if _, err := Read(test.file, []byte(test.text), Metadata{}); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
}

func TestWordLanguage(t *testing.T) {
	for tag, want := range map[string]string{"en-US": "en", "zh-TW": "zh-Hant", "zh-CN": "zh", "x-none": "", "": "", "FR": "fr", "Deutsch": ""} {
		if got := languageTag(tag); got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
}
