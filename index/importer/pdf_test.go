package importer

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"glossator/index/importer/pdf"
)

func TestMain(m *testing.M) {
	pdf.Main()
	os.Exit(m.Run())
}

// TestPDFGolden reads the file that the first one of each archive describes, and
// compares what comes out with the file "want".
func TestPDFGolden(t *testing.T) {
	golden(t, "testdata/pdf/*.txtar", func(t *testing.T, files []txtar.File) string {
		d, versions, err := Parse(files[0].Name+".pdf", makePDF(t, string(files[0].Data)), Metadata{})
		if err != nil {
			t.Fatal(err)
		}
		return describe(d, versions)
	})
}

func TestPDFRefusals(t *testing.T) {
	const catalogue, tree = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
	page := func(content, resources string) []byte {
		return pdfOf([]string{catalogue, tree,
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << " + resources + " >> >>",
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
			"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream",
		}, "")
	}
	for _, test := range []struct {
		name string
		data []byte
		want error
		says string
	}{
		{"a scan", page("q 200 0 0 200 0 0 cm /Im Do Q", "/XObject << /Im 5 0 R >>"), ErrEmpty, "scan"},
		{"an empty page", page(" ", ""), ErrEmpty, "its pages are empty"},
		{"a password", pdfOf([]string{catalogue, tree}, "/ID [(a) (a)] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ("+strings.Repeat("o", 32)+") /U ("+strings.Repeat("u", 32)+") >>"), ErrLocked, "password"},
	} {
		_, versions, err := Parse("a.pdf", test.data, Metadata{})
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) || len(versions) > 0 {
			t.Errorf("%s: got %v, want %v with %q", test.name, err, test.want, test.says)
		}
	}
}

// TestJudgePages holds what of the pages keeps a file out, and what is said of
// one that is taken.
func TestJudgePages(t *testing.T) {
	text := pdf.Page{Drawn: true, Runs: []pdf.Run{{Text: strings.Repeat("oil ", 100)}}}
	picture := pdf.Page{Drawn: true}
	unknown := func(n int) pdf.Page { return pdf.Page{Drawn: true, Unmapped: n, Runs: text.Runs} }
	for _, test := range []struct {
		name  string
		pages []pdf.Page
		want  error
		says  string
	}{
		{"text", []pdf.Page{text, {}}, nil, ""},
		{"pictures between", []pdf.Page{text, picture, text, picture}, nil, "what is on pages 2 and 4 is a picture, whose text is not read"},
		{"a page that cannot be read", []pdf.Page{text, {Broken: true}}, ErrMalformed, "page 2 cannot be read"},
		{"letters that nothing tells", []pdf.Page{unknown(40)}, ErrMalformed, "which letters 40 of its 400 characters are"},
		{"a letter that nothing tells", []pdf.Page{unknown(1)}, nil, "it does not say what 1 of its characters is; “\ufffd” stands for each"},
	} {
		remarks, err := judgePages(test.pages)
		said := strings.Join(remarks, "; ")
		if err != nil {
			said = err.Error()
		}
		if !errors.Is(err, test.want) || !strings.Contains(said, test.says) || test.says == "" && said != "" {
			t.Errorf("%s: %q, %v", test.name, remarks, err)
		}
	}
}

// TestPages holds which page each stretch of the text is said to stand on: a
// paragraph goes on over a page, and its note comes after it.
func TestPages(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/pdf/accord.txtar")
	if err != nil {
		t.Fatal(err)
	}
	_, versions, err := Parse("accord.pdf", makePDF(t, string(archive.Files[0].Data)), Metadata{})
	if err != nil {
		t.Fatal(err)
	}
	v := versions[0]
	text := []rune(v.Text)
	var got []string
	for _, p := range v.Pages {
		got = append(got, p.Name+" "+string(text[p.Start:p.Start+12]))
	}
	if diff := cmp.Diff([]string{"7 The Lamp Acc", "8 whoever trim", "9 Annex\nPrices"}, got); diff != "" {
		t.Error(diff)
	}
}
