package importer

import (
	"errors"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
)

// TestAKN holds what is in the samples of the standard and the two other files
// beside them: the counts are those of the elements of the sources that stand in
// no quoted structure.
func TestAKN(t *testing.T) {
	type facts struct {
		Articles, Sections, Recitals, Numbered, Speeches, Annexes int
		Organisation, Region, Adopted                             string
	}
	want := map[string]facts{
		"akn-sample-cl-sesion56-2":                {Speeches: 35, Organisation: "OASIS LegalDocML TC", Region: "Chile", Adopted: "2006-06-15"},
		"akn-sample-eu-com-2013-0619-en-8":        {Articles: 24, Recitals: 36, Numbered: 3, Organisation: "OASIS LegalDocML TC", Region: "European Union", Adopted: "2013-09-17"},
		"akn-sample-globsec-visit-transcript":     {Speeches: 271, Organisation: "Audrey Tang", Adopted: "2017-12-08"},
		"akn-sample-it-senato-ddl-2013":           {Articles: 6, Annexes: 1, Organisation: "OASIS LegalDocML TC", Region: "Italy", Adopted: "2013-03-29"},
		"akn-sample-ke-debate-bungeni-2011-06-10": {Speeches: 11, Organisation: "OASIS LegalDocML TC", Adopted: "2011-06-10"},
		"akn-sample-slaw-community-fire-safety":   {Sections: 68, Annexes: 1, Organisation: "Open By-laws South Africa", Region: "South Africa", Adopted: "2002-02-28"},
		"akn-sample-uk-pga-2014-27-enacted-data":  {Sections: 8, Organisation: "OASIS LegalDocML TC", Region: "United Kingdom", Adopted: "2014-07-17"},
		"akn-sample-us-title9-chap3-eng":          {Sections: 7, Organisation: "OASIS LegalDocML TC", Region: "United States", Adopted: "1947-07-30"},
		"akn-sample-uy-bill-2010-09-27":           {Articles: 3, Organisation: "OASIS LegalDocML TC", Region: "Uruguay", Adopted: "2010-09-27"},
		"akn-sample-za-judgement-2008-11-26":      {Numbered: 16, Organisation: "OASIS LegalDocML TC", Region: "South Africa", Adopted: "2008-11-05"},
	}
	got := map[string]facts{}
	imported := importAll(t, corpus(t, "akn"))
	for _, v := range imported.versions {
		d := imported.documents[v.Document]
		f := facts{
			Articles: count(v, index.Article), Recitals: count(v, index.Recital), Annexes: count(v, index.Annex),
			Organisation: d.Organisation, Region: d.Region, Adopted: d.Adopted,
		}
		for _, p := range v.Provisions {
			switch {
			case !p.Passage:
			case p.Kind == index.Section && p.Number != "":
				f.Sections++
			case p.Kind == index.Paragraph && p.Number != "":
				f.Numbered++
			case p.Kind == index.Paragraph && p.Heading != "":
				f.Speeches++
			}
		}
		got[v.Document] = f
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

var (
	aknLeftOut = []*regexp.Regexp{
		regexp.MustCompile(`(?s)<!--.*?-->`), regexp.MustCompile(`(?s)<meta\b.*?</meta>`), regexp.MustCompile(`(?s)<block [^>]*name="footer".*?</block>`),
	}
	aknQuoteMarks = regexp.MustCompile(`(?:startQuote|endQuote)="([^"]*)"`)
	aknNoteMarks  = regexp.MustCompile(`(?s)<(?:authorialNote|noteRef)\b[^>]*marker="([^"]*)"`)
	aknNotes      = regexp.MustCompile(`(?s)<note\b.*?</note>`)
	xmlTags       = regexp.MustCompile(`(?s)<[^>]*>`)
)

// bodyOfAKN returns what is printed in a source, in any order, with the marks
// that its attributes give.
func bodyOfAKN(s string) string {
	var out strings.Builder
	for _, note := range aknNotes.FindAllString(s, -1) {
		out.WriteString(note)
	}
	for _, pattern := range aknLeftOut {
		s = pattern.ReplaceAllString(s, "")
	}
	for _, pattern := range []*regexp.Regexp{aknQuoteMarks, aknNoteMarks} {
		for _, m := range pattern.FindAllStringSubmatch(s, -1) {
			out.WriteString(m[1])
		}
	}
	out.WriteString(s)
	return html.UnescapeString(xmlTags.ReplaceAllString(out.String(), ""))
}

var aknFrom = regexp.MustCompile(`(?s)<from\b.*?</from>`)

// withoutSpeakers returns the text of a version less the headings that name a
// speaker whom the source only refers to.
func withoutSpeakers(v index.Version, source string) string {
	printed := map[string]bool{}
	for _, from := range aknFrom.FindAllString(source, -1) {
		printed[squeeze(html.UnescapeString(xmlTags.ReplaceAllString(from, "")))] = true
	}
	var out strings.Builder
	runes := []rune(v.Text)
	for _, b := range v.Blocks {
		text := string(runes[b.Start:b.End])
		if p := v.Provisions[b.Provision]; !b.Heading || p.Kind != index.Paragraph || p.Number != "" || p.Heading != text || printed[text] {
			out.WriteString(text)
		}
	}
	return out.String()
}

// fuzzed are the elements that FuzzAKN nests.
var fuzzed = strings.Fields(`act bill doc debate documentCollection component components attachments attachment meta coverPage preface
	longTitle docTitle preamble recitals recital citation body mainBody collectionBody conclusions part chapter section subsection article
	paragraph subparagraph list point indent alinea hcontainer tblock num heading subheading intro content wrapUp blockList item ul li p
	block i eol authorialNote noteRef quotedStructure quotedText table tr td toc tocItem debateSection speech from question scene signature
	del ref crossHeading rule clause notes note references`)

// texts are what stands in them.
var fuzzedTexts = []string{"Lamps burn.", "1.", "(a)", "–", "Article 1", " ", "ANNEX II", "§ 2", "2A", "\u2028", "[3]", "IV", "é:"}

// FuzzAKN nests elements as the bytes say, wherever they may stand, and holds
// that what comes out keeps the rules of the model.
func FuzzAKN(f *testing.F) {
	f.Add([]byte{0, 140, 23, 140, 33, 140, 34, 201, 0})
	f.Add([]byte("a preface, a body, articles of points"))
	f.Add([]byte("speech from question scene quotedStructure num heading table tr td"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var source strings.Builder
		var open []string
		source.WriteString("<akomaNtoso>")
		for _, b := range data {
			switch n := int(b); {
			case n < len(fuzzed) && len(open) < 60:
				open = append(open, fuzzed[n])
				source.WriteString("<" + fuzzed[n] + ">")
			case n%3 == 0 && len(open) > 0:
				source.WriteString("</" + open[len(open)-1] + ">")
				open = open[:len(open)-1]
			default:
				source.WriteString(fuzzedTexts[n%len(fuzzedTexts)])
			}
		}
		for len(open) > 0 {
			source.WriteString("</" + open[len(open)-1] + ">")
			open = open[:len(open)-1]
		}
		source.WriteString("</akomaNtoso>")
		_, versions, err := Parse("a.xml", []byte(source.String()), Metadata{})
		if err != nil && (errors.Is(err, index.ErrStructure) || !errors.Is(err, ErrEmpty)) {
			t.Fatalf("%v\n%s", err, source.String())
		}
		for _, v := range versions {
			if err := v.Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
