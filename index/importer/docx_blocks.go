package importer

import (
	"strings"
)

// A docxReader turns the parts of a Word file into pieces.
type docxReader struct {
	archive      *archive
	styles       map[string]docxStyle
	defaultStyle string
	language     string // of the defaults
	definitions  map[string]*listDefinition
	instances    map[string]*listInstance
	counts       map[string]*listCount // by definition
	overridden   map[docxList]bool     // instances that have begun where they override the start
	notes        map[string][]docxParagraph
	footnotes    int // met so far
	endnotes     int
	comments     map[string]*comment
	order        []*comment

	pieces   []piece
	written  int    // visible characters in pieces
	pending  string // the label that stands before the next piece
	runs     runs
	fields   []docxField
	inserted int
	deleted  int
	contents int // lines of tables of contents left out

	open docxParagraph // whose end is deleted, so that it goes on
}

// A docxField is a field whose end has not come: its code, or its result.
type docxField struct {
	code     strings.Builder
	result   bool
	contents bool // it is a table of contents
}

// A docxParagraph is a paragraph with its label, and what is printed elsewhere
// but belongs to it.
type docxParagraph struct {
	text    string
	marks   []docxMark
	level   int
	note    bool
	after   []docxParagraph // notes and text boxes
	centred bool
	plain   bool // a part of it is not bold
}

// A docxMark is the begin or the end of what a comment is about, after so many
// visible characters of the paragraph.
type docxMark struct {
	comment string
	end     bool
	at      int
}

// before puts a label before the text.
func (p *docxParagraph) before(label string) {
	p.text = label + p.text
	shift := visibleIn(label)
	for i := range p.marks {
		p.marks[i].at += shift
	}
}

// join adds another paragraph after a separator.
func (p *docxParagraph) join(separator string, q docxParagraph) {
	shift := visibleIn(p.text) + visibleIn(separator)
	for _, m := range q.marks {
		m.at += shift
		p.marks = append(p.marks, m)
	}
	p.text += separator + q.text
	p.after = append(p.after, q.after...)
	p.plain = p.plain || q.plain
}

// visibleIn counts the characters of a text that are not blank.
func visibleIn(s string) int {
	n := 0
	for _, r := range s {
		if !blank(r) {
			n++
		}
	}
	return n
}

func (r *docxReader) readBody(p *xmlPart) error {
	return p.each(func(xmlStart) error {
		return p.each(func(start xmlStart) error {
			if start.Name.Local != "body" {
				return p.skip()
			}
			err := r.blocks(p, r.emit)
			if r.open.text != "" {
				r.emit(r.open)
			}
			return err
		})
	})
}

// readNotes reads footnotes or endnotes, but not the lines that separate them.
func (r *docxReader) readNotes(p *xmlPart) error {
	if r.notes == nil {
		r.notes = map[string][]docxParagraph{}
	}
	return p.each(func(xmlStart) error {
		return p.each(func(start xmlStart) error {
			if kind := xmlAttribute(start, "type"); kind != "" && kind != "normal" {
				return p.skip()
			}
			id := start.Name.Local + xmlAttribute(start, "id")
			return r.blocks(p, func(paragraph docxParagraph) {
				paragraph.note, paragraph.level = true, 0
				r.notes[id] = append(r.notes[id], paragraph)
			})
		})
	})
}

// blocks reads the paragraphs and tables of the current element and hands them
// to out in their order.
func (r *docxReader) blocks(p *xmlPart, out func(docxParagraph)) error {
	return p.each(func(start xmlStart) error {
		switch start.Name.Local {
		case "p":
			return r.paragraph(p, out)
		case "tbl":
			return r.table(p, out)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice":
			return r.blocks(p, out)
		case "commentRangeStart":
			r.open.marks = append(r.open.marks, docxMark{comment: xmlAttribute(start, "id"), at: visibleIn(r.open.text)})
		}
		return p.skip()
	})
}

// paragraph reads a paragraph to its end.
func (r *docxReader) paragraph(p *xmlPart, out func(docxParagraph)) error {
	current := docxText{reader: r}
	var own docxProperties
	err := p.each(func(start xmlStart) (err error) {
		if start.Name.Local == "pPr" {
			own, err = r.readProperties(p)
			current.bold = r.style(own.style).bold > 0
			return err
		}
		return current.inline(p, start)
	})
	if err != nil {
		return err
	}
	paragraph := docxParagraph{text: current.out.String(), marks: current.marks, after: current.after, centred: own.centred, plain: current.plain}
	blankNow := squeeze(paragraph.text) == ""
	style := r.style(own.style)
	switch {
	case own.deleted && blankNow:
		r.open.marks = append(r.open.marks, paragraph.marks...)
		return nil
	case current.contents || contentsStyle(style.name):
		if !blankNow {
			r.contents++
		}
		return nil
	}
	paragraph.level = r.levelOf(own, style, paragraph, blankNow)
	if label := r.label(own.style, own.list); label != "" && !blankNow {
		paragraph.before(label)
	}
	if held := r.open; held.text != "" || len(held.marks) > 0 {
		r.open = docxParagraph{}
		held.join("", paragraph)
		held.level = paragraph.level
		paragraph = held
	}
	if own.deleted {
		r.open = paragraph
		return nil
	}
	out(paragraph)
	return nil
}

// levelOf returns the level of a paragraph as a heading: by its outline, by its
// style or, if it is short, in bold and no sentence, the lowest.
func (r *docxReader) levelOf(own docxProperties, style docxStyle, p docxParagraph, empty bool) int {
	level := own.outline
	if level == 0 {
		level = style.outline
	}
	text := squeeze(p.text)
	switch {
	case empty:
		return 0
	case titleStyle(style.name):
		return 1
	case level > 0 && level < bodyOutline && len(text) < 400:
		return min(level, boldLevel)
	case !p.plain && len(text) < 120 && !strings.ContainsRune(".;:,", lastRune(text)):
		return boldLevel
	}
	return 0
}

// emit adds a paragraph to the pieces, and what comes after it.
func (r *docxReader) emit(p docxParagraph) {
	if squeeze(p.text) != "" {
		if r.pending != "" {
			p.before(r.pending + " ")
			r.pending = ""
		}
		r.anchor(p.marks)
		text := squeeze(p.text)
		if p.level > 0 || p.note {
			r.runs = runs{}
			r.pieces = append(r.pieces, piece{text: text, level: p.level, note: p.note})
		} else {
			for _, part := range r.runs.split(text) {
				r.pieces = append(r.pieces, piece{text: part})
			}
		}
		r.written += visibleIn(text)
	} else {
		r.anchor(p.marks)
	}
	for _, after := range p.after {
		r.emit(after)
	}
}

// table reads a table and hands on its rows: as one paragraph each, or, if they
// only lay out text, as the paragraphs in them.
func (r *docxReader) table(p *xmlPart, out func(docxParagraph)) error {
	return p.each(func(start xmlStart) error {
		switch start.Name.Local {
		case "tr":
			return r.row(p, out)
		case "sdt", "sdtContent", "customXml", "ins":
			return r.table(p, out)
		}
		return p.skip()
	})
}

// A docxCell is a cell of a table.
type docxCell struct {
	paragraphs []docxParagraph
	nested     bool // there is a table in it
}

func (r *docxReader) row(p *xmlPart, out func(docxParagraph)) error {
	var cells []docxCell
	gone := false
	var visit func(start xmlStart) error
	visit = func(start xmlStart) error {
		switch start.Name.Local {
		case "tc":
			cell, err := r.cell(p)
			cells = append(cells, cell)
			return err
		case "sdt", "sdtContent", "customXml":
			return p.each(visit)
		case "trPr":
			return p.each(func(start xmlStart) error {
				gone = gone || start.Name.Local == "del"
				return p.skip()
			})
		}
		return p.skip()
	}
	if err := p.each(visit); err != nil {
		return err
	}
	if gone {
		r.deleted++
		return nil
	}
	r.layOut(cells, out)
	return nil
}

func (r *docxReader) cell(p *xmlPart) (docxCell, error) {
	var cell docxCell
	take := func(p docxParagraph) {
		if squeeze(p.text) != "" || len(p.after) > 0 || len(p.marks) > 0 {
			cell.paragraphs = append(cell.paragraphs, p)
		}
	}
	err := p.each(func(start xmlStart) error {
		switch start.Name.Local {
		case "p":
			return r.paragraph(p, take)
		case "tbl":
			cell.nested = true
			return r.table(p, take)
		case "sdt", "customXml", "AlternateContent":
			return r.blocks(p, take)
		}
		return p.skip()
	})
	return cell, err
}

// layOut hands on a row. A first cell that is only a label stands before the
// text of the second; a row of one cell, or with a table in it, is no row.
func (r *docxReader) layOut(cells []docxCell, out func(docxParagraph)) {
	for len(cells) > 1 && len(cells[0].paragraphs) == 0 {
		cells = cells[1:]
	}
	nested := false
	for _, cell := range cells {
		nested = nested || cell.nested
	}
	if len(cells) == 2 && len(cells[0].paragraphs) == 1 && len(cells[1].paragraphs) > 0 {
		first := squeeze(cells[0].paragraphs[0].text)
		if l, ok := scanLabel(first + " "); ok && l.length > len(first) {
			text := cells[1].paragraphs
			cells[0].paragraphs[0].join(" ", text[0])
			text[0] = cells[0].paragraphs[0]
			text[0].level = 0
			cells = cells[1:]
		}
	}
	if nested || len(cells) == 1 {
		for _, cell := range cells {
			for _, p := range cell.paragraphs {
				out(p)
			}
		}
		return
	}
	row := docxParagraph{note: true, plain: true}
	for _, cell := range cells {
		for _, p := range cell.paragraphs {
			row.join(" ", p)
		}
	}
	out(row)
}
