package importer

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A docxText collects the text of a paragraph.
type docxText struct {
	reader   *docxReader
	out      strings.Builder
	visible  int
	marks    []docxMark
	after    []docxParagraph
	bold     bool // what is said of the paragraph
	plain    bool // some text is not bold
	contents bool // some of it is in a table of contents
}

func (t *docxText) write(s string, bold bool) {
	t.out.WriteString(s)
	n := visibleIn(s)
	t.visible += n
	t.plain = t.plain || n > 0 && !bold
}

// inline reads an element in a paragraph.
func (t *docxText) inline(p *xmlPart, start xmlStart) error {
	r := t.reader
	switch name := start.Name.Local; name {
	case "r":
		return t.run(p)
	case "ins", "moveTo":
		r.inserted++
		return t.inlines(p)
	case "del", "moveFrom":
		r.deleted++
		return p.skip()
	case "hyperlink", "fldSimple", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "ruby", "rubyBase", "AlternateContent",
		"Choice", "oMathPara", "oMath":
		return t.inlines(p)
	case "commentRangeStart", "commentRangeEnd":
		t.marks = append(t.marks, docxMark{xmlAttribute(start, "id"), name == "commentRangeEnd", t.visible})
	case "f", "num", "den", "e", "sup", "sub", "sSup", "sSub", "rad", "deg", "d", "nary":
		return t.inlines(p)
	}
	return p.skip()
}

func (t *docxText) inlines(p *xmlPart) error {
	return p.each(func(start xmlStart) error { return t.inline(p, start) })
}

// run reads a run: a stretch of text of one kind.
func (t *docxText) run(p *xmlPart) error {
	bold, hidden := t.bold, false
	return p.each(func(start xmlStart) error {
		if start.Name.Local == "rPr" {
			properties, err := readRunProperties(p)
			if properties.bold != 0 {
				bold = properties.bold > 0
			}
			hidden = properties.hidden
			return err
		}
		return t.inRun(p, start, bold, hidden)
	})
}

func (t *docxText) inRun(p *xmlPart, start xmlStart, bold, hidden bool) error {
	r := t.reader
	switch start.Name.Local {
	case "fldChar":
		r.field(xmlAttribute(start, "fldCharType"))
		return p.skip()
	case "instrText":
		code, err := p.text()
		if n := len(r.fields); n > 0 && !r.fields[n-1].result {
			r.fields[n-1].code.WriteString(code)
		}
		return err
	}
	if shown, contents := r.fieldShown(); !shown || hidden {
		return p.skip()
	} else if contents {
		t.contents = true
	}
	switch start.Name.Local {
	case "t":
		text, err := p.text()
		t.write(strings.ReplaceAll(text, "\u00ad", ""), bold)
		return err
	case "tab", "ptab", "br", "cr":
		t.write(" ", bold)
	case "noBreakHyphen":
		t.write("\u2011", bold)
	case "sym":
		t.write(symbol(xmlAttribute(start, "char")), bold)
	case "footnoteReference", "endnoteReference":
		t.note(start)
	case "commentReference":
		t.marks = append(t.marks, docxMark{comment: xmlAttribute(start, "id"), at: t.visible})
	case "drawing", "pict", "object", "AlternateContent", "Choice":
		return t.boxes(p)
	case "ruby":
		return t.inlines(p)
	}
	return p.skip()
}

// boxes reads the text boxes in a drawing. Of what is there in two forms, the
// first is read.
func (t *docxText) boxes(p *xmlPart) error {
	return p.each(func(start xmlStart) error {
		switch start.Name.Local {
		case "txbxContent":
			return t.reader.blocks(p, func(box docxParagraph) { t.after = append(t.after, box) })
		case "Fallback":
			return p.skip()
		}
		return t.boxes(p)
	})
}

// note writes the number of a note and sets its text aside.
func (t *docxText) note(start xmlStart) {
	r := t.reader
	kind := strings.TrimSuffix(start.Name.Local, "Reference")
	id := kind + xmlAttribute(start, "id")
	number := ""
	switch {
	case xmlAttribute(start, "customMarkFollows") != "":
	case kind == "footnote":
		r.footnotes++
		number = strconv.Itoa(r.footnotes)
	default:
		r.endnotes++
		number = formatNumber(r.endnotes, "lowerRoman")
	}
	if number != "" {
		number = "[" + number + "]"
		t.write(number, true)
		number += " "
	}
	for i, paragraph := range r.notes[id] {
		if i == 0 {
			paragraph.text = strings.TrimLeftFunc(paragraph.text, unicode.IsSpace)
			paragraph.before(number)
		}
		t.after = append(t.after, paragraph)
	}
	delete(r.notes, id)
}

// field takes the begin, the middle or the end of a field.
func (r *docxReader) field(kind string) {
	last := len(r.fields) - 1
	switch {
	case kind == "begin" && len(r.fields) < maxDepth:
		r.fields = append(r.fields, docxField{})
	case kind == "separate" && last >= 0:
		r.fields[last].result = true
		r.fields[last].contents = strings.HasPrefix(strings.ToUpper(strings.TrimSpace(r.fields[last].code.String())), "TOC")
	case kind == "end" && last >= 0:
		r.fields = r.fields[:last]
	}
}

// fieldShown reports whether text is printed where the reader is, and whether
// it is a part of a table of contents.
func (r *docxReader) fieldShown() (shown, contents bool) {
	for i := range r.fields {
		if !r.fields[i].result {
			return false, false
		}
		contents = contents || r.fields[i].contents
	}
	return true, contents
}

// symbolSigns are the signs of Word's symbol fonts that stand in texts.
var symbolSigns = map[rune]string{
	0xb7: "•", 0xa7: "▪", 0xa3: "≤", 0xb3: "≥", 0xb9: "≠", 0xb1: "±", 0xb4: "×", 0xb0: "°", 0x2d: "−", 0xde: "⇒", 0xae: "→",
}

// symbol returns the sign that a character of a symbol font shows, the
// replacement character if that is not known.
func symbol(code string) string {
	value, err := strconv.ParseUint(code, 16, 32)
	r := rune(value)
	switch {
	case err != nil || !utf8.ValidRune(r):
		return "\ufffd"
	case r < 0xf000 || r > 0xf0ff:
		return string(r)
	}
	if sign, known := symbolSigns[r-0xf000]; known {
		return sign
	}
	return "\ufffd"
}
