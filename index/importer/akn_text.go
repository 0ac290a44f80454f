package importer

import (
	"strings"

	"glossator/index"
)

// aknInline are the elements that stand within a line.
var aknInline = aknNames(`a abbr b i u sub sup span ref rref mref mod mmod rmod ins def term date time quantity person organization
	concept object event location process role entity decoration noteRef authorialNote eol img marker remark recordedTime vote outcome
	opinion docTitle docNumber docType docDate docPurpose docProponent docStage docStatus docCommittee docIntroducer docJurisdiction
	docketNumber docAuthority legislature session shortTitle judge lawyer party witness neutralCitation courtType argument
	relatedDocument affectedDocument change omissis placeholder fillIn inline quotedText extractText embeddedText subFlow`)

// aknHeadings are the elements that are headings, or parts of one.
var aknHeadings = aknNames("num heading subheading from")

// aknSpeeches are what somebody says in a debate.
var aknSpeeches = aknNames("speech question answer")

// aknRunning are the names of blocks that stand on each page.
var aknRunning = aknNames("header footer")

// lineBreak stands where a line ends within a block.
const lineBreak = '\u2028'

// inline adds an element that stands within a line.
func (r *aknReader) inline(n *xmlNode) {
	switch n.name {
	case "eol":
		r.piece.WriteRune(lineBreak)
	case "authorialNote":
		r.note(n, n.attr("marker"))
	case "noteRef":
		if note := r.references[strings.TrimPrefix(n.attr("href"), "#")]; note != nil && note.name == "note" {
			r.note(note, firstNonEmpty(n.attr("marker"), note.attr("marker")))
		}
	case "quotedText":
		r.piece.WriteString(n.attr("startQuote"))
		r.children(n)
		r.piece.WriteString(n.attr("endQuote"))
	default:
		r.titled = r.titled || n.name == "docTitle" && r.fronts
		r.children(n)
	}
}

// aknAside reports whether an element says something of the text around it and
// is no part of it.
func aknAside(name string) bool { return name == "authorialNote" || name == "noteRef" || name == "del" }

// note sets a footnote aside, with its mark before it. In the text there is no
// sign of it, which would stand between words that are searched together.
func (r *aknReader) note(n *xmlNode, mark string) {
	if words := n.words(func(name string) bool { return name == "meta" }); words != "" {
		r.noted = append(r.noted, squeeze(mark+" "+words))
	}
}

// headingPart reads the number, heading or subheading of a provision, or who is
// speaking. Number and heading are one block.
func (r *aknReader) headingPart(n *xmlNode) {
	if r.quoted > 0 {
		r.children(n)
		r.flush()
		return
	}
	if !r.heading || n.name == "subheading" || n.name == "from" {
		r.endHeading()
		r.flush()
		r.heading = true
		r.children(n)
		r.endHeading()
		return
	}
	r.piece.WriteByte(' ')
	r.children(n)
}

// endHeading ends the heading that is open, if one is.
func (r *aknReader) endHeading() {
	if r.heading {
		r.flush()
		r.heading = false
	}
}

// flush ends the open block; the footnotes in it follow. Text that stands in no
// passage is a paragraph without a number, and so is a heading of nothing.
func (r *aknReader) flush() {
	lines := strings.FieldsFunc(r.piece.String(), func(c rune) bool { return c == lineBreak })
	named := r.titled || r.names && strings.TrimSpace(r.piece.String()) != ""
	heading := (r.heading || named) && r.top() >= 0
	r.piece.Reset()
	if named && r.loose >= 0 {
		r.close(r.loose)
		r.loose = -1
	}
	if heading {
		lines = []string{strings.Join(lines, " ")}
	}
	first := true
	for _, line := range lines {
		line = squeeze(line)
		if line == "" {
			continue
		}
		if r.pending != "" {
			line, r.pending = r.pending+" "+line, ""
		}
		line, r.quote = r.quote+line, ""
		if !heading && (r.passage() < 0 || first && r.loose >= 0 && r.items == 0 && r.joined == 0) {
			r.openLoose()
		}
		first = false
		r.add(line, heading)
	}
	r.titled = false
	for _, note := range r.noted {
		if r.passage() < 0 {
			r.openLoose()
		}
		r.add(note, false)
	}
	r.noted = nil
}

// openLoose opens a paragraph that stands in no article, after the one before.
func (r *aknReader) openLoose() {
	if r.loose >= 0 {
		r.close(r.loose)
	}
	r.loose = len(r.open)
	r.pushText(index.Paragraph, "")
}

// endLoose ends the open block and the paragraph that stands in no article.
func (r *aknReader) endLoose() {
	r.flush()
	if r.loose >= 0 {
		r.close(r.loose)
		r.loose = -1
	}
}

// quotation reads provisions of another document: text of this one.
func (r *aknReader) quotation(n *xmlNode) {
	r.quoted++
	r.joined++
	r.quote = n.attr("startQuote")
	before := len(r.blocks)
	r.children(n)
	r.flush()
	r.quote = ""
	if end := n.attr("endQuote"); end != "" && len(r.blocks) > before {
		r.blocks[len(r.blocks)-1].text += end
	}
	r.joined--
	r.quoted--
}

// speech reads what somebody says. Who it is stands in the source or, where the
// speaker changes, is put before it.
func (r *aknReader) speech(n *xmlNode) {
	r.endLoose()
	depth := len(r.open)
	printed := ""
	if from := n.find(func(name string) bool { return name == "from" }, aknQuotes); from != nil {
		printed = from.words(aknAside)
	}
	speaker := strings.TrimRight(printed, " :.-–—")
	if by := r.references[strings.TrimPrefix(n.attr("by"), "#")]; speaker == "" && by != nil {
		speaker = squeeze(by.attr("showAs"))
	}
	r.pushHeading(index.Paragraph, "", speaker, mark{})
	if printed == "" && speaker != r.speaker {
		r.add(speaker, true)
	}
	r.speaker = speaker
	r.children(n)
	r.end(depth)
}

// table reads a table. In no article its rows are one paragraph.
func (r *aknReader) table(n *xmlNode) {
	if r.passage() < 0 || r.loose >= 0 && r.items == 0 {
		r.openLoose()
	}
	r.joined++
	r.children(n)
	r.flush()
	r.joined--
}

// row reads a row of a table into one block.
func (r *aknReader) row(n *xmlNode) {
	for cell := range n.elements() {
		r.cell(cell)
	}
	r.flush()
}

func (r *aknReader) cell(n *xmlNode) {
	for _, c := range n.children {
		switch {
		case c.name == "":
			r.piece.WriteString(c.text)
		case c.name == "authorialNote" || c.name == "noteRef":
			r.inline(c)
		case aknAside(c.name):
		default:
			if !aknInline[c.name] || c.name == "eol" {
				r.piece.WriteByte(' ')
			}
			r.cell(c)
		}
	}
	if !aknInline[n.name] {
		r.piece.WriteByte(' ')
	}
}
