package interchange

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FromHTML returns a fragment of HTML as Markdown: paragraphs, line breaks,
// items of lists, emphasis, code, and links to http and https addresses. Of
// everything else the text is left, of scripts and styles nothing. It reads tag
// by tag, in time that grows with the length alone.
func FromHTML(fragment string) string {
	w := &markdownWriter{}
	for tokens := html.NewTokenizer(strings.NewReader(fragment)); ; {
		switch tokens.Next() {
		case html.ErrorToken:
			w.close(0)
			return w.text()
		case html.TextToken:
			w.words(string(tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(tokens.Token())
		case html.EndTagToken:
			w.end(tokens.Token().DataAtom)
		}
	}
}

// A markdownWriter writes Markdown tag by tag.
type markdownWriter struct {
	b      []byte
	open   []mark    // what is open in the line
	unseen atom.Atom // the element whose content is left out, 0 if none
}

// A mark is around words.
type mark struct {
	tag         atom.Atom
	begin       int // where its words begin
	left, right string
}

var marks = map[atom.Atom]string{atom.B: "**", atom.Strong: "**", atom.I: "*", atom.Em: "*", atom.Code: "`"}

// blocks end a line.
var blocks = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Blockquote: true, atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Pre: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Tr: true, atom.Table: true, atom.Section: true}

// unseen are elements whose content is not for readers.
var unseen = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Template: true, atom.Head: true, atom.Iframe: true, atom.Object: true,
	atom.Noscript: true, atom.Textarea: true, atom.Title: true}

func (w *markdownWriter) text() string {
	var kept []string
	for _, paragraph := range strings.Split(string(w.b), "\n\n") {
		if paragraph = strings.Trim(paragraph, " \n"); paragraph != "" && paragraph != "-" {
			kept = append(kept, paragraph)
		}
	}
	return strings.Join(kept, "\n\n")
}

func (w *markdownWriter) words(text string) {
	if w.unseen != 0 {
		return
	}
	words := strings.Join(strings.Fields(text), " ")
	if strings.IndexFunc(text, unicode.IsSpace) == 0 {
		w.space()
	}
	w.b = append(w.b, words...)
	if words != "" && strings.LastIndexFunc(text, unicode.IsSpace) == len(text)-1 {
		w.space()
	}
}

// space divides words, once.
func (w *markdownWriter) space() {
	if n := len(w.b); n > 0 && w.b[n-1] != ' ' && w.b[n-1] != '\n' {
		w.b = append(w.b, ' ')
	}
}

func (w *markdownWriter) start(t html.Token) {
	if w.unseen != 0 {
		return
	}
	tag := t.DataAtom
	switch {
	case unseen[tag] && t.Type == html.StartTagToken:
		w.unseen = tag
	case tag == atom.Br:
		w.b = append(w.b, '\n')
	case blocks[tag]:
		w.close(0)
		w.b = append(w.b, "\n\n"...)
		if tag == atom.Li {
			w.b = append(w.b, "- "...)
		}
	case marks[tag] != "" && len(w.open) < deepestBody:
		w.open = append(w.open, mark{tag, len(w.b), marks[tag], marks[tag]})
	case tag == atom.A && len(w.open) < deepestBody:
		if address := webAddress(t.Attr); address != "" {
			w.open = append(w.open, mark{tag, len(w.b), "[", "](" + address + ")"})
		}
	}
}

func (w *markdownWriter) end(tag atom.Atom) {
	if w.unseen != 0 {
		if tag == w.unseen {
			w.unseen = 0
		}
		return
	}
	if blocks[tag] {
		w.close(0)
		w.b = append(w.b, "\n\n"...)
		return
	}
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i].tag == tag {
			w.close(i)
			return
		}
	}
}

// close ends the marks from one on, those around nothing without a trace.
func (w *markdownWriter) close(from int) {
	for len(w.open) > from {
		last := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		inside := string(w.b[last.begin:])
		words := strings.TrimSpace(inside)
		if words == "" {
			continue
		}
		at := strings.Index(inside, words)
		w.b = append(w.b[:last.begin], inside[:at]+last.left+words+last.right+inside[at+len(words):]...)
	}
}

// webAddress returns where a link leads if that is an address of the web.
func webAddress(attributes []html.Attribute) string {
	for _, a := range attributes {
		if a.Key != "href" {
			continue
		}
		u, err := url.Parse(strings.TrimSpace(a.Val))
		if err == nil && (u.Scheme == "http" || u.Scheme == "https") && !strings.ContainsAny(u.String(), "() ") {
			return u.String()
		}
	}
	return ""
}

// sanitised returns bodies as they were given, but what is HTML as Markdown:
// what goes out again can do nothing in whoever's page it is shown.
func sanitised(data json.RawMessage, depth int) (json.RawMessage, error) {
	if depth > 2*deepestBody { // lists count too
		return nil, fmt.Errorf("%w: its bodies are nested more than %d times", ErrFormat, deepestBody)
	}
	var all []json.RawMessage
	if json.Unmarshal(data, &all) == nil && all != nil {
		for i := range all {
			var err error
			if all[i], err = sanitised(all[i], depth+1); err != nil {
				return nil, err
			}
		}
		return mustEncode(all), nil
	}
	var body map[string]json.RawMessage
	if err := json.Unmarshal(data, &body); err != nil || body == nil {
		return data, nil //nolint:nilerr // what is no object has nothing to make clean
	}
	clean := maps.Clone(body)
	items, nested := body["items"]
	if nested {
		var err error
		if clean["items"], err = sanitised(items, depth+1); err != nil {
			return nil, err
		}
	}
	var value string
	if isHTML(body["format"]) && json.Unmarshal(body["value"], &value) == nil {
		clean["format"], clean["value"] = mustEncode("text/markdown"), mustEncode(FromHTML(value))
	} else if !nested {
		return data, nil
	}
	return mustEncode(clean), nil
}
