package importer

import (
	"errors"
	"testing"

	"golang.org/x/tools/txtar"

	"glossator/index"
)

// keepsRules holds that whatever comes in, a version that comes out keeps the
// rules of the model, and nothing comes out of a refusal.
func keepsRules(t *testing.T, name string, data []byte) {
	t.Helper()
	r, err := Read(name, data, Metadata{})
	if err != nil {
		if errors.Is(err, index.ErrStructure) || len(r.Versions) > 0 {
			t.Fatal(err)
		}
		return
	}
	for _, v := range r.Versions {
		if err := v.Check(); err != nil {
			t.Fatal(err)
		}
		for _, p := range v.Passages() {
			if p.Text == "" || p.Pinpoint == "" {
				t.Fatalf("the passage %q has no text or pinpoint", p.Provision)
			}
		}
		for _, c := range r.Comments[v.ID] {
			if c.Start < 0 || c.Start >= c.End || c.End > len([]rune(v.Text)) {
				t.Fatalf("a comment stands from %d to %d", c.Start, c.End)
			}
		}
	}
}

// fuzz sends data under a name from seeds on.
func fuzz(f *testing.F, name string, seeds ...string) {
	f.Helper()
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { keepsRules(t, name, data) })
}

func FuzzMarkdown(f *testing.F) {
	fuzz(f, "a.md", "---\ntitle: T\nparties: ABC\n---\n# T\n\n## CHAPTER I\n\n### Article 1 – X\n\n1. a *b* [c](d)\n\n(a) e\n\n- f\n\n|a|b|\n|-|-|\n|c|d|\n\n[^1]: n\n")
}

func FuzzText(f *testing.F) {
	fuzz(f, "a.txt", "Article 1\nTitle\n1. One. 2. Two: (a) x; (b) y\n\nAnnex I\n1.1 Z\n", "第一条 第二章\n一、x", "a\x00b\x00", "bou\xe9es et les bateaux")
}

func FuzzHTML(f *testing.F) {
	fuzz(f, "a.html", "<h1>T</h1><table><tr><td>(a)</td><td>x<table><tr><td>y", "<nav>n</nav><ol type=i start=3><li>x<ul><li>y</ol><pre>1. a\n2. b</pre><sup><a href=#>1</a></sup>")
}

func FuzzMHTML(f *testing.F) {
	fuzz(f, "a.mhtml", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; start=\"<c>\"\n\n--b\nContent-Type: text/html; charset=koi8-r\nContent-ID: <c>\nContent-Transfer-Encoding: quoted-printable\n\n<h1>T</h1>=EB\n--b--\n")
}

func FuzzJSON(f *testing.F) {
	fuzz(f, "a.json", `{"articles": [{"number": 1, "text": "(a)\n\nx"}], "recitals": [{"recital_number": 1, "text": "y"}]}`)
}

func FuzzToTA(f *testing.F) { fuzz(f, "a.xml", smallTreaty) }

func FuzzFormex(f *testing.F) {
	fuzz(f, "a.xml", `<ACT><TITLE><TI><P>T</P></TI></TITLE><ARTICLE><TI.ART>Article 1</TI.ART><PARAG><NO.PARAG>1.</NO.PARAG><ALINEA>x<NOTE>n</NOTE></ALINEA></PARAG></ARTICLE></ACT>`)
}

// FuzzDOCX changes the parts of a Word file, FuzzArchive its bytes.
func FuzzDOCX(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/docx/treaty.txtar")
	if err != nil {
		f.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, file := range archive.Files {
		parts[file.Name] = file.Data
	}
	names := []string{"word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/comments.xml"}
	f.Add(parts[names[0]], parts[names[1]], parts[names[2]], parts[names[3]], parts[names[4]])
	f.Fuzz(func(t *testing.T, document, styles, numbering, footnotes, comments []byte) {
		files := make([]txtar.File, len(names))
		for i, data := range [][]byte{document, styles, numbering, footnotes, comments} {
			files[i] = txtar.File{Name: names[i], Data: data}
		}
		keepsRules(t, "a.docx", zipped(t, files...))
	})
}

func FuzzArchive(f *testing.F) {
	fuzz(f, "a.docx", string(body(f, `<w:p><w:r><w:t>A goose.</w:t></w:r></w:p>`)))
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(`{"entries": [{"slug": "oil.en", "file": "oil.md", "title": "Oil", "language": "en", "parties": "FRA, NLD", "upstream": "CELEX 3"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		manifest, err := ParseManifest(data)
		if err != nil && len(manifest) > 0 {
			t.Fatal(err)
		}
	})
}
