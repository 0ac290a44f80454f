package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strings"
	"testing"
)

// uploads is how many hostile files TestHostileUploads sends.
const uploads = 500

// mostForUpload is how many bytes taking or refusing a file may allocate; what it
// allocates bounds what it holds and, as memory must be written, its time.
const mostForUpload = 1 << 30

// TestHostileUploads sends files that are cut off, have bits turned, are spliced
// or are made to expand, one after the other: each is taken or refused with a
// reason, within bounds, and the server goes on as before.
func TestHostileUploads(t *testing.T) {
	s := newSite(t)
	fixtures := uploadFixtures(t)
	bombs := uploadBombs(t)
	chance := rand.New(rand.NewPCG(9, 2026))
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	outcomes := map[string]int{}
	for i := range uploads {
		var name string
		var data []byte
		if i < len(bombs) {
			name, data = bombs[i].name, bombs[i].data
		} else {
			fixture := fixtures[i%len(fixtures)]
			name, data = fixture.name, damaged(chance, fixture.data, fixtures)
		}
		used := allocated()
		outcome := s.sendHostile(name, data)
		outcomes[outcome]++
		if used = allocated() - used; used > mostForUpload {
			t.Errorf("%s (%d): it allocates %d MB", name, i, used>>20)
		}
		if i < len(bombs) && bombs[i].refused != (outcome == "refused") {
			t.Errorf("%s (%d): %s", name, i, outcome)
		}
	}
	t.Log(outcomes)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 128<<20 {
		t.Errorf("afterwards it holds %d MB more", grown>>20)
	}
	if outcome := s.sendHostile("calm.md", []byte("# On calm\n\nThe sea is calm.\n")); outcome != "taken" {
		t.Errorf("afterwards a good file is %s", outcome)
	}
	if response, body := s.get("stranger", "/api/search?q=harbour"); response.StatusCode != http.StatusOK {
		t.Errorf("afterwards a search has status %d: %s", response.StatusCode, body)
	}
}

// sendHostile sends a file, checks the answer and returns the outcome.
func (s *site) sendHostile(name string, data []byte) string {
	s.t.Helper()
	response, body := s.upload(name, bytes.NewReader(data))
	var report struct {
		Files []struct{ Outcome, Reason string }
	}
	if response.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: status %d: %.300s", name, response.StatusCode, body)
	}
	if err := json.Unmarshal(body, &report); err != nil || len(report.Files) > 1 {
		s.t.Fatalf("%s: %v: %.300s", name, err, body)
	}
	if len(report.Files) == 0 {
		return "a manifest of nothing"
	}
	file := report.Files[0]
	if (file.Outcome == "refused") != (file.Reason != "") || strings.Contains(file.Reason, "internal error") {
		s.t.Errorf("%s: %+v", name, file)
	}
	return file.Outcome
}

// damaged returns data cut off, with bits turned, with a part of another file in
// it, or with a part of its own repeated.
func damaged(chance *rand.Rand, data []byte, others []upload) []byte {
	out := bytes.Clone(data)
	switch chance.IntN(4) {
	case 0:
		return out[:chance.IntN(len(out))]
	case 1:
		for range 1 + chance.IntN(20) {
			out[chance.IntN(len(out))] ^= 1 << chance.IntN(8)
		}
		return out
	case 2:
		other := others[chance.IntN(len(others))].data
		from := chance.IntN(len(other))
		at := chance.IntN(len(out))
		return bytes.Join([][]byte{out[:at], other[from:], out[at:]}, nil)
	}
	from := chance.IntN(len(out))
	to := from + chance.IntN(len(out)-from)
	return bytes.Join([][]byte{out[:to], bytes.Repeat(out[from:to], chance.IntN(200)), out[to:]}, nil)
}

// An upload is a file; refused says that it must not be taken.
type upload struct {
	name    string
	data    []byte
	refused bool
}

const wordBody = `<w:document xmlns:w="w"><w:body>%s</w:body></w:document>`

// uploadFixtures returns a good file of each format.
func uploadFixtures(t *testing.T) []upload {
	t.Helper()
	var utf16 []byte
	for _, c := range "Article 1\n\nAll buoys are equal.\n" {
		utf16 = append(utf16, byte(c), 0)
	}
	return []upload{
		{name: "a.md", data: []byte("---\ntitle: Buoys\nkind: treaty\n---\n# Buoys\n\n## Article 1 – Colour\n\n1. A *buoy* is [red](x) or green.\n\n(a) x\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: A note.\n")},
		{name: "a.txt", data: []byte("TREATY ON BUOYS\n\nArticle 1\nColour\n1. Red. 2. Green: (a) x; (b) y\n\nAnnex I\n1.1 Z\n")},
		{name: "b.txt", data: utf16},
		{name: "c.txt", data: []byte("Article 1\n\nLa libert\xe9 des bateaux et des bou\xe9es.\n")},
		{name: "a.html", data: []byte("<html><title>B</title><nav><a href=/>Home</a></nav><h1>Buoys</h1><h2>Article 1</h2><ol><li>Red<li>Green</ol><table><tr><td>(a)<td>x<table><tr><td>y</table></table>")},
		{name: "a.mhtml", data: []byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<h1>Buoys</h1><p>A buoy is =\nred or =E2=80=94 green.</p>\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n")},
		{name: "a.json", data: []byte(`{"articles": [{"number": 1, "title": "Buoys", "text": "(a)\n\nred"}], "recitals": [{"recital_number": 1, "text": "whereas"}]}`)},
		{name: "a.xml", data: []byte(`<?xml version="1.0"?><treaty><meta><name>Buoys</name><treaty_identifier>9</treaty_identifier><language>en</language></meta><body><chapter number="CHAPTER 1"><article number="ARTICLE 1" name="Buoys">All buoys are equal.</article></chapter></body></treaty>`)},
		{name: "b.xml", data: []byte(`<ACT><TITLE><TI><P>Buoys</P></TI></TITLE><ENACTING.TERMS><ARTICLE><TI.ART>Article 1</TI.ART><PARAG><NO.PARAG>1.</NO.PARAG><ALINEA>Red<NOTE>n</NOTE></ALINEA></PARAG></ARTICLE></ENACTING.TERMS></ACT>`)},
		{name: "c.xml", data: []byte(`<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><body><article eId="art_1"><num>Article 1</num><heading>Buoys</heading><content><p>Red or green.</p></content></article></body></act></akomaNtoso>`)},
		{name: "a.docx", data: wordFile(t, map[string]string{
			"word/document.xml":  fmt.Sprintf(wordBody, `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:commentRangeStart w:id="0"/><w:r><w:t>A buoy</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:t xml:space="preserve"> is red.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`),
			"word/numbering.xml": `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
			"word/comments.xml":  `<w:comments xmlns:w="w"><w:comment w:id="0" w:author="Ann"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment></w:comments>`,
		})},
		{name: "manifest.json", data: []byte(`{"entries": [{"slug": "buoys.en", "file": "a.md", "title": "Buoys", "language": "en", "parties": ["ABC"]}]}`)},
	}
}

// uploadBombs returns files that are small, or nearly, and would not stay so.
func uploadBombs(t *testing.T) []upload {
	t.Helper()
	again := strings.Repeat
	word := func(body string) []byte {
		return wordFile(t, map[string]string{"word/document.xml": fmt.Sprintf(wordBody, body)})
	}
	parts := map[string]string{"word/document.xml": ""}
	for i := range 11_000 {
		parts[fmt.Sprint("word/media/", i)] = ""
	}
	mime := "Content-Type: multipart/related; boundary=b\n\n"
	return []upload{
		{"zeros.docx", word(again("\x00", 100<<20)), true},
		{"blanks.docx", word(again(" ", 30<<20)), true},
		{"parts.docx", wordFile(t, parts), true},
		{"deep.docx", word(again("<w:ins>", 100_000)), true},
		{"tables.docx", word(again("<w:tbl><w:tr><w:tc>", 100_000)), true},
		{"attributes.docx", word("<w:p " + again(`a="" `, 300_000) + "/>"), true},
		{"loop.docx", wordFile(t, map[string]string{
			"word/document.xml":  fmt.Sprintf(wordBody, `<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>`),
			"word/styles.xml":    `<w:styles xmlns:w="w"><w:style w:styleId="a"><w:basedOn w:val="b"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>`,
			"word/numbering.xml": `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="b"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
		}), false},
		{"fields.docx", word(`<w:p><w:r>` + again(`<w:fldChar w:fldCharType="begin"/>`, 50_000) + `<w:t>x</w:t></w:r></w:p>`), true},
		{"entities.xml", []byte(`<!DOCTYPE ACT [<!ENTITY a "` + again("a", 1000) + `"><!ENTITY b "` + again("&a;", 1000) + `">]><ACT>` + again("&b;", 1000) + "</ACT>"), true},
		{"external.xml", []byte(`<!DOCTYPE ACT [<!ENTITY a SYSTEM "file:///etc/passwd">]><ACT>&a;</ACT>`), true},
		{"deep.xml", []byte("<ACT>" + again("<P>", 500_000)), true},
		{"attributes.xml", []byte("<ACT " + again(`a="" `, 1_000_000) + "></ACT>"), true},
		{"many.xml", []byte("<ACT>" + again("<P/>", 2_000_001) + "</ACT>"), true},
		{"deep.html", []byte("<html>" + again("<div>", 100_000)), true},
		{"open.html", []byte("<html>" + again("<b><i><p>", 20_000)), true},
		{"tags.html", []byte("<html>" + again("<p>", 2_000_001)), true},
		{"attributes.html", []byte("<html><p " + again("a/", 5<<20) + ">x"), true},
		{"tables.html", []byte("<html>" + again("<table><tr><td>", 50_000)), true},
		{"deep.mhtml", []byte(mime + again("--b\n"+mime, 50_000)), true},
		{"parts.mhtml", []byte(mime + again("--b\nContent-Type: text/css\n\n\n", 100_000)), true},
		{"heads.mhtml", []byte(again("A: b\n", 1_000_000)), true},
		{"brackets.md", []byte("x " + again("[", 300_000)), false},
		{"stars.md", []byte("x " + again("*a _b ", 100_000)), false},
		{"quotes.md", []byte(again(">", 500_000) + "x"), false},
		{"aliases.md", []byte("---\na: &a [x, x]\nb: &b [*a, *a]\naliases: [*b, *b]\n---\n# x\n"), true},
		{"deep.json", []byte(again("[", 1_000_000)), true},
		{"objects.json", []byte(`{"articles":` + again(`{"a":`, 9000) + "1" + again("}", 9000) + "}"), true},
		{"labels.txt", []byte(again("1. x; (a) y; (i) z; ", 50_000)), false},
		{"articles.txt", []byte(again("Article 1\n", 60_000)), false},
		{"lines.txt", []byte(again("a\n", 2_000_001)), true},
	}
}
