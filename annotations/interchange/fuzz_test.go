package interchange

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// An annotation is a record with a label for each concept, or an error of a kind.
func FuzzReadItem(f *testing.F) {
	f.Add(`{"type":"Annotation",` + quoteOnly + `}`)
	f.Add(`{"type":["Annotation"],"body":[{"type":"TextualBody","value":"<p>a","format":"text/html"}],"target":"urn:x:y"}`)
	f.Add(`{"type":"Annotation","target":{"source":"urn:x:y","selector":{"type":"RangeSelector","startSelector":{"type":"XPathSelector"},"endSelector":[]}}}`)
	f.Fuzz(func(t *testing.T, data string) {
		r, err := ReadItem([]byte(data))
		if err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("the error is of no kind: %v", err)
		}
		if err == nil && len(r.Concepts) != len(r.Labels) {
			t.Errorf("read %+v", r)
		}
	})
}

// A row is a record with a label for each concept, or an error that says which.
func FuzzReadCSV(f *testing.F) {
	f.Add("document,quote,concepts,note\r\nHarbour Accord,ring a bell,\"bells; lights\",\"a \"\"b\"\"\"\r\n")
	f.Add("document;start;end;visibility\nHarbour Accord;3;9;public\n;;\n")
	f.Add("\ufeffquote\tdocument\n\"open")
	f.Fuzz(func(t *testing.T, data string) {
		for r, err := range ReadCSV(strings.NewReader(data)) {
			if err != nil && !errors.Is(err, ErrFormat) {
				t.Errorf("the error is of no kind: %v", err)
			}
			if err == nil && len(r.Concepts) != len(r.Labels) {
				t.Errorf("read %+v", r)
			}
		}
	})
}

// A codebook that was read names nothing above a concept that it does not hold.
func FuzzReadQDC(f *testing.F) {
	f.Add(`<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="a" name="x" color="#ff0000"><Description>d</Description><Code guid="b" name="y"/></Code></Codes></CodeBook>`)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ReadQDC(strings.NewReader(text))
		if err != nil {
			if !errors.Is(err, ErrFile) {
				t.Errorf("the error is of no kind: %v", err)
			}
			return
		}
		seen := map[string]bool{"": true}
		for _, k := range c.Concepts {
			if !seen[k.Broader] {
				t.Errorf("%q comes before the concept above it", k.ID)
			}
			seen[k.ID] = true
		}
	})
}

// Whatever is in a project, its selections are stretches of its texts.
func FuzzOpenQDPX(f *testing.F) {
	f.Add(`<Project name="p"><Users><User guid="u" name="Anna"/></Users><CodeBook><Codes><Code guid="c" name="x"/></Codes></CodeBook>`+
		`<Sources><TextSource guid="s" name="a" plainTextPath="internal://a.txt"><PlainTextSelection guid="l" startPosition="2" endPosition="6">`+
		`<Coding guid="d" creatingUser="u"><CodeRef targetGUID="c"/></Coding></PlainTextSelection></TextSource></Sources></Project>`, "ring a bell")
	f.Fuzz(func(t *testing.T, project, text string) {
		data := packed(t, map[string]string{"project.qde": project, "sources/a.txt": text})
		p, err := OpenQDPX(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			if !errors.Is(err, ErrFile) {
				t.Errorf("the error is of no kind: %v", err)
			}
			return
		}
		for s, err := range p.Sources() {
			if err != nil {
				continue
			}
			length := utf8.RuneCountInString(s.Text)
			for _, r := range s.Records {
				if to := r.Target; to.Start < 0 || to.Start > to.End || to.End > length {
					t.Errorf("%+v is no stretch of a text of %d code points", to, length)
				}
			}
		}
	})
}
