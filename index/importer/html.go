package importer

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"glossator/index"
)

func sniffHTML(s source) bool {
	switch strings.ToLower(filepath.Ext(s.name)) {
	case ".html", ".htm", ".xhtml":
		return true
	}
	head := strings.ToLower(s.text[:min(len(s.text), 1024)])
	return strings.HasPrefix(strings.TrimSpace(head), "<!doctype html") || strings.Contains(head, "<html")
}

// parseHTML reads HTML and XHTML: the main content of the page, without what
// is there to move around it.
func parseHTML(s source) (index.Document, []draft, error) {
	if name := strings.ToLower(filepath.Ext(s.name)); name == ".xhtml" && !strings.Contains(tail(s.text), "</html>") {
		return index.Document{}, nil, fmt.Errorf("%w: the page breaks off before </html>; download it again", ErrMalformed)
	}
	if err := checkHTML(s.text); err != nil {
		return index.Document{}, nil, err
	}
	root, err := html.Parse(strings.NewReader(s.text))
	if err != nil {
		return index.Document{}, nil, fmt.Errorf("%w: %w; save the page as plain text", ErrTooDeep, err)
	}
	main := mainContent(root)
	around := furnish(main)
	reader := htmlReader{furniture: around.found}
	if err := reader.children(main, 0); err != nil {
		return index.Document{}, nil, err
	}
	reader.flush()
	built := segment(reader.pieces)
	said := index.Document{Title: textOf(find(root, atom.Title)), Address: savedFrom(root)}
	if built.title != "" {
		said.Title = ""
	}
	language := languageTag(attribute(find(root, atom.Html), "lang"))
	return said, []draft{{language: language, title: built.title, segmenter: built, remarks: around.remarks()}}, nil
}

func tail(s string) string { return strings.ToLower(s[max(0, len(s)-200):]) }

// mainContent returns the element that holds the text of a page.
func mainContent(root *html.Node) *html.Node {
	if main := find(root, atom.Main); main != nil {
		return main
	}
	for n := range root.Descendants() {
		if attribute(n, "role") == "main" {
			return n
		}
	}
	return root
}

// find returns the first element of a kind, nil if there is none.
func find(n *html.Node, kind atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == kind {
			return d
		}
	}
	return nil
}

func textOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return squeeze(out.String())
}

func attribute(n *html.Node, key string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// An htmlReader turns a tree into pieces.
type htmlReader struct {
	pieces  []piece
	open    strings.Builder // the open piece
	style   piece           // level, subtitle and note of the open piece
	pending string          // the label that stands before the next piece
	runs    runs
	// furniture is what is left out.
	furniture map[*html.Node]bool
	items     map[*html.Node]int // of the lists with numbers, the number of the last item
}

// flush ends the open piece.
func (r *htmlReader) flush() {
	text := squeeze(r.open.String())
	r.open.Reset()
	if text == "" {
		return
	}
	if r.pending != "" {
		text, r.pending = r.pending+" "+text, ""
	}
	p := r.style
	if p.level > 0 || p.note {
		r.runs = runs{}
		p.text = text
		r.pieces = append(r.pieces, p)
		return
	}
	for _, part := range r.runs.split(text) {
		p.text = part
		r.pieces = append(r.pieces, p)
	}
}

func (r *htmlReader) children(n *html.Node, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%w: more than %d elements inside each other; save the page as plain text", ErrTooDeep, maxDepth)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := r.node(c, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (r *htmlReader) node(n *html.Node, depth int) error {
	switch {
	case n.Type == html.TextNode:
		r.open.WriteString(n.Data)
		return nil
	case n.Type != html.ElementNode || chrome(n) || r.furniture[n]:
		return nil
	case n.DataAtom == atom.Sup && find(n, atom.A) != nil:
		r.open.WriteByte(' ') // the mark of a note is no part of the word before it
		return r.children(n, depth)
	case n.DataAtom == atom.Br:
		if r.style.level > 0 {
			r.open.WriteByte(' ')
		} else {
			r.flush()
		}
		return nil
	case n.DataAtom == atom.Pre:
		return r.lines(n)
	case n.DataAtom == atom.Tr:
		return r.row(n, depth)
	case !isBlock(n.DataAtom):
		return r.children(n, depth)
	}
	r.flush()
	before := r.style
	if style := styleOf(n); style != (piece{}) {
		r.style = style
	}
	if n.DataAtom == atom.Li && r.pending == "" {
		r.pending = r.listMark(n)
	}
	err := r.children(n, depth)
	r.flush()
	r.style = before
	return err
}

// lines adds text whose line breaks count.
func (r *htmlReader) lines(n *html.Node) error {
	r.flush()
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	for _, text := range joinLines(strings.Split(out.String(), "\n")) {
		r.pieces = append(r.pieces, piece{text: text})
	}
	return nil
}

// row adds a row of a table. A first cell that is only a label stands before
// the text of the next; a cell with a table in it is laid out, not tabulated;
// any other row is one piece.
func (r *htmlReader) row(n *html.Node, depth int) error {
	r.flush()
	var cells []*html.Node
	nested := false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, c)
			nested = nested || find(c, atom.Table) != nil
		}
	}
	for len(cells) > 1 && textOf(cells[0]) == "" {
		cells = cells[1:]
	}
	if len(cells) == 2 {
		first := textOf(cells[0])
		if l, ok := scanLabel(first + " "); ok && l.length > len(first) && !chrome(n) {
			r.pending = strings.TrimSpace(r.pending + " " + first)
			return r.cell(cells[1], depth)
		}
	}
	if nested || len(cells) == 1 {
		for _, cell := range cells {
			if err := r.cell(cell, depth); err != nil {
				return err
			}
		}
		return nil
	}
	before := r.style
	r.style = piece{note: true}
	for _, cell := range cells {
		if hidden(cell) {
			continue
		}
		r.tabulated(cell)
		r.open.WriteByte(' ')
	}
	r.flush()
	r.style = before
	return nil
}

func (r *htmlReader) cell(n *html.Node, depth int) error {
	err := r.children(n, depth+1)
	r.flush()
	if r.pending != "" {
		r.open.WriteString(r.pending)
		r.pending = ""
		r.flush()
	}
	return err
}

// tabulated adds all text below n to the open piece.
func (r *htmlReader) tabulated(n *html.Node) {
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && !insideChrome(d, n):
			r.open.WriteString(d.Data)
		case d.Type == html.ElementNode && (isBlock(d.DataAtom) || d.DataAtom == atom.Br):
			r.open.WriteByte(' ')
		}
	}
}

func insideChrome(n, until *html.Node) bool {
	for n = n.Parent; n != nil && n != until; n = n.Parent {
		if chrome(n) {
			return true
		}
	}
	return false
}

// chrome reports whether an element is no part of the text: scripts and styles,
// navigation, the head and foot of the page, what is hidden.
func chrome(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Nav, atom.Aside, atom.Form, atom.Button,
		atom.Iframe, atom.Svg, atom.Select, atom.Input, atom.Footer, atom.Del:
		return true
	case atom.Header:
		return find(n, atom.H1) == nil
	}
	return hidden(n)
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch {
		case a.Key == "hidden", a.Key == "aria-hidden" && a.Val == "true", a.Key == "role" && (a.Val == "navigation" || a.Val == "search"):
			return true
		case a.Key == "class" && strings.HasPrefix(strings.TrimPrefix(a.Val, "oj-"), "hd-"):
			return true // the running head of the Official Journal
		case a.Key == "class" && unseen[a.Val]:
			return true
		case a.Key == "style" && unshown(a.Val):
			return true
		}
	}
	return false
}

// unseen are classes of what is no part of the text: the marks of amendments in
// consolidated acts of the European Union, and the heads, feet and lines of
// tables of contents that Word writes.
var unseen = map[string]bool{
	"arrow": true, "MsoHeader": true, "MsoFooter": true, "MsoTocHeading": true, "MsoCommentText": true, "MsoToc1": true, "MsoToc2": true,
	"MsoToc3": true, "MsoToc4": true, "MsoToc5": true, "MsoToc6": true, "MsoToc7": true, "MsoToc8": true, "MsoToc9": true,
}

// unshown reports whether a style hides an element, or Word's says that it is
// a list of comments.
func unshown(style string) bool {
	style = strings.ToLower(strings.ReplaceAll(style[:min(len(style), 1000)], " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") ||
		strings.Contains(style, "mso-hide:all") || strings.Contains(style, "mso-element:comment")
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details, atom.Div, atom.Dl,
		atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr,
		atom.Html, atom.Li, atom.Main, atom.Ol, atom.P, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot,
		atom.Th, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
}

// classes are how the Official Journal of the European Union marks headings,
// with "oj-" before them since 2023, how its consolidated acts do, and how Word
// does where it does not write headings as such.
var classes = map[string]piece{
	"title-doc-first": {level: 1}, "title-doc-last": {level: 1}, "title-division-1": {level: 2}, "title-division-2": {level: 2, subtitle: true},
	"title-annex-1": {level: 2}, "title-annex-2": {level: 2, subtitle: true}, "title-article-norm": {level: 3},
	"stitle-article-norm": {level: 3, subtitle: true}, "title-gr-seq-level-1": {level: 4}, "title-gr-seq-level-2": {level: 5},
	"reference": {note: true}, "disclaimer": {note: true}, "footnote": {note: true},
	"MsoTitle": {level: 1}, "MsoFootnoteText": {note: true}, "MsoEndnoteText": {note: true},
	"doc-ti": {level: 1}, "ti-section-1": {level: 2}, "ti-section-2": {level: 2, subtitle: true},
	"ti-art": {level: 3}, "sti-art": {level: 3, subtitle: true}, "ti-grseq-1": {level: 4}, "note": {note: true},
}

// styleOf returns what an element says of the piece in it.
func styleOf(n *html.Node) piece {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return piece{level: int(n.Data[1] - '0')}
	}
	for _, class := range strings.Fields(attribute(n, "class")) {
		if style, known := classes[strings.TrimPrefix(class, "oj-")]; known {
			return style
		}
	}
	return piece{}
}

// listMark returns the mark that a browser shows before an item of a list.
func (r *htmlReader) listMark(n *html.Node) string {
	if n.Parent == nil || n.Parent.DataAtom != atom.Ol {
		if _, labelled := scanLabel(textOf(n)); labelled {
			return ""
		}
		return "•"
	}
	number := r.items[n.Parent] + 1
	if start, err := strconv.Atoi(attribute(n.Parent, "start")); err == nil && number == 1 {
		number = start
	}
	if r.items == nil {
		r.items = map[*html.Node]int{}
	}
	r.items[n.Parent] = number
	switch kind := attribute(n.Parent, "type"); {
	case (kind == "a" || kind == "A") && number >= 1 && number <= 26:
		return string(rune(kind[0])+rune(number-1)) + "."
	case kind == "i" && number >= 1 && number <= 10:
		return [...]string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"}[number-1] + "."
	}
	return strconv.Itoa(number) + "."
}
