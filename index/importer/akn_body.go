package importer

import (
	"strings"

	"glossator/index"
)

// An aknReader builds the structure that the elements of a document state. No
// text is taken for a heading or a number but what is marked as such.
type aknReader struct {
	*segmenter
	set        *aknSet
	language   string
	firstTitle string
	references map[string]*xmlNode // of the document being read, by id
	speaker    string              // who spoke last in this part of a debate

	piece   strings.Builder // the open block
	heading bool            // whether it is the heading of a provision
	fronts  bool            // whether it stands before the body
	names   bool            // whether what is being read names the document
	titled  bool            // whether the open block does
	pending string          // the label that stands before it
	quote   string          // the quotation mark that stands before both
	noted   []string        // footnotes set aside until it ends

	loose  int // depth of the open paragraph that stands in no article, -1 if there is none
	items  int // elements of lists around
	joined int // elements around whose text goes on with the open paragraph
	quoted int // quoted structures around, whose provisions are those of another document
}

// document reads a document that stands on its own.
func (r *aknReader) document(n *xmlNode) {
	r.endLoose()
	r.parts(n)
}

// section opens the part of a collection that a document is, under its title.
func (r *aknReader) section(document *xmlNode) {
	title := aknTitle(document)
	r.firstTitle = firstNonEmpty(r.firstTitle, title)
	r.pushHeading(index.Section, "", title, mark{plain: true})
}

// annex opens the annex that a document is. Its number and title are those that
// the element around it prints or, failing that, its own.
func (r *aknReader) annex(around, document *xmlNode) {
	num, title := aknPrinted(around, "num"), aknPrinted(around, "heading")
	if own := aknTitle(document); num == "" && title == "" {
		title = own
	}
	h, ok := parseHeading(firstNonEmpty(num, title))
	switch {
	case ok && num == "":
		title = h.title
	case num != "":
		h.number = aknNumber(num)
	}
	r.pushHeading(index.Annex, h.number, title, mark{})
	r.name(around)
	for c := range around.elements() {
		if c.name == "num" || c.name == "heading" || c.name == "subheading" {
			r.headingPart(c)
		}
	}
	r.endHeading()
}

// name keeps the name of the element that the open provision is: its eId, called
// id before the third version of the standard.
func (r *aknReader) name(n *xmlNode) {
	r.provisions[r.top()].EID = firstNonEmpty(n.attr("eId"), n.attr("id"))
}

// aknPrinted returns the text of an element directly in n, "" if there is none.
func aknPrinted(n *xmlNode, name string) string {
	if c := n.child(name); c != nil {
		return c.words(aknAside)
	}
	return ""
}

// parts reads the parts of a document: its front, preamble, body and end.
func (r *aknReader) parts(n *xmlNode) {
	before := r.references
	r.references = aknReferences(n)
	for part := range n.elements() {
		switch {
		case part.name == "meta":
		case aknFronts[part.name]:
			r.front(part)
		case part.name == "preamble":
			r.preamble(part)
		case part.name == "components":
			for component := range part.elements() {
				r.set.component(component, n.name == "documentCollection")
			}
		default:
			r.element(part)
		}
		r.endLoose()
	}
	r.references = before
}

func (r *aknReader) preamble(n *xmlNode) {
	depth := len(r.open)
	r.pushHeading(index.Preamble, "", "", mark{})
	r.name(n)
	r.children(n)
	r.end(depth)
}

// front reads what stands before the body: a section under the title of the
// document, unless that has one already. The blocks with the title are its
// heading.
func (r *aknReader) front(n *xmlNode) {
	depth := len(r.open)
	title := aknTitleIn(n)
	if title != nil && depth == 0 {
		words := title.words(aknAside)
		r.firstTitle = firstNonEmpty(r.firstTitle, words)
		r.pushHeading(index.Section, "", words, mark{plain: true})
	}
	r.fronts = len(r.open) > 0
	r.children(n)
	r.endLoose()
	r.end(depth)
	r.fronts = false
}

// aknTitleIn returns the element below n that names the document, nil if there
// is none.
func aknTitleIn(n *xmlNode) *xmlNode {
	for _, name := range []string{"docTitle", "longTitle"} {
		if found := n.find(func(other string) bool { return other == name }, never); found != nil {
			return found
		}
	}
	return nil
}

// children reads what is in an element.
func (r *aknReader) children(n *xmlNode) {
	for _, c := range n.children {
		r.element(c)
	}
}

// element reads a text or an element.
func (r *aknReader) element(n *xmlNode) {
	switch {
	case n.name == "":
		r.piece.WriteString(n.text)
	case n.name == "meta" || n.name == "del" || n.name == "block" && aknRunning[n.attr("name")]:
		// What is said of the text, what is no longer in it, what each page repeats.
	case aknInline[n.name]:
		r.inline(n)
	case n.name == "num" && !r.heading:
		r.flush()
		r.pending = squeeze(r.pending + " " + n.words(aknAside))
	case aknHeadings[n.name]:
		r.headingPart(n)
	default:
		r.endHeading()
		r.flush()
		r.block(n)
		r.flush()
	}
}

// block reads an element that begins and ends a block or holds blocks.
func (r *aknReader) block(n *xmlNode) {
	switch _, isDocument := aknDocuments[n.name]; {
	case aknQuotes(n.name):
		r.quotation(n)
	case n.name == "tr":
		r.row(n)
	case n.name == "table":
		r.table(n)
	case r.quoted > 0:
		r.children(n)
	case n.name == "attachments" || n.name == "annexes":
		for attachment := range n.elements() {
			r.set.component(attachment, false)
		}
	case n.name == "component" || isDocument:
		r.set.component(n, true)
	case aknItems[n.name]:
		r.item(n)
	case n.name == "longTitle" && r.fronts && n.find(func(name string) bool { return name == "docTitle" }, never) == nil:
		r.names = true
		r.children(n)
		r.flush()
		r.names = false
	case aknJoins[n.name]:
		r.joined++
		r.children(n)
		r.flush()
		r.joined--
	case r.passage() >= 0 && r.loose < 0:
		r.inPassage(n)
	case aknSpeeches[n.name]:
		r.speech(n)
	case n.name == "recital":
		r.provision(n, index.Recital)
	case aknHierarchy[n.name] || n.child("heading") != nil:
		r.division(n)
	default:
		r.children(n)
	}
}

// division reads an element of the hierarchy that stands in no article.
func (r *aknReader) division(n *xmlNode) {
	kind, isContainer := aknContainers[n.name]
	numbered, headed := n.child("num") != nil, n.child("heading") != nil
	switch divided := aknDivided(n); {
	case n.name == "article":
		r.provision(n, index.Article)
	case aknUnits[n.name] && !divided:
		r.provision(n, index.Section)
	case aknHierarchy[n.name] && !isContainer && !divided && numbered:
		r.provision(n, index.Paragraph)
	case isContainer || numbered || headed:
		r.container(n, kind)
	default:
		r.children(n)
	}
}

// aknDivided reports whether there are articles or their like within n.
func aknDivided(n *xmlNode) bool {
	return n.find(func(name string) bool { return aknDivisions[name] }, aknQuotes) != nil
}

func aknQuotes(name string) bool { return name == "quotedStructure" || name == "embeddedStructure" }

// provision reads an article, or what is cited as one where there are none: a
// section, a recital, a numbered paragraph.
func (r *aknReader) provision(n *xmlNode, kind string) {
	r.endLoose()
	depth := len(r.open)
	num, title := aknPrinted(n, "num"), aknPrinted(n, "heading")
	number := aknNumber(num)
	if kind == index.Section && (number == "" || n.name != "section") {
		number, title = "", squeeze(num+" "+title)
	}
	r.pushHeading(kind, number, title, mark{})
	r.name(n)
	r.provisions[r.top()].Passage = true
	r.heading = kind == index.Article || title != ""
	r.children(n)
	r.end(depth)
}

// container reads a part, chapter or other division. One of a kind that has no
// name here is called by its heading.
func (r *aknReader) container(n *xmlNode, kind string) {
	r.endLoose()
	depth := len(r.open)
	num, title := aknPrinted(n, "num"), aknPrinted(n, "heading")
	number := aknNumber(num)
	if kind == "" || kind == index.Section && n.name != "section" {
		kind = index.Section
		if !aknCounted(num) {
			number, title = "", squeeze(num+" "+title)
		}
	}
	if len(r.blocks) == 0 {
		r.firstTitle = title
	}
	r.pushHeading(kind, number, title, mark{})
	r.name(n)
	r.heading, r.speaker = true, ""
	r.children(n)
	r.endHeading()
	r.endLoose()
	r.end(depth)
	r.speaker = ""
}

// inPassage reads an element within an article. One without a number is more
// text of what is around it.
func (r *aknReader) inPassage(n *xmlNode) {
	if aknHierarchy[n.name] && n.child("num") != nil {
		r.inner(n)
		return
	}
	r.children(n)
}

// item reads an item of a list. In no article, one that is counted in figures is
// a paragraph, unless the sentence before the list goes on in it; any other is a
// point of the paragraph before it.
func (r *aknReader) item(n *xmlNode) {
	if r.passage() < 0 || r.loose >= 0 && r.items == 0 {
		introduced := r.loose >= 0 && len(r.blocks) > 0 && strings.ContainsRune(":;,–—", lastRune(r.blocks[len(r.blocks)-1].text))
		if aknCounted(aknPrinted(n, "num")) && !introduced {
			r.provision(n, index.Paragraph)
			return
		}
		if r.loose < 0 {
			r.openLoose()
		}
	}
	r.items++
	r.inner(n)
	r.items--
}

// inner reads a provision within a passage: a paragraph if it is counted in
// figures and stands directly in an article, or else a point.
func (r *aknReader) inner(n *xmlNode) {
	num, kind := aknPrinted(n, "num"), index.Point
	if depth := r.passage(); depth == len(r.open)-1 && (r.kindAt(depth) == index.Article || r.kindAt(depth) == index.Section) {
		if aknCounted(num) {
			kind = index.Paragraph
		}
	}
	depth := len(r.open)
	r.pushText(kind, aknNumber(num))
	r.name(n)
	r.children(n)
	r.end(depth)
}

// end closes the provisions deeper than depth, with what is still open in them.
func (r *aknReader) end(depth int) {
	r.endHeading()
	r.flush()
	if r.pending != "" {
		r.piece.WriteString(r.pending)
		r.pending = ""
		r.flush()
	}
	r.close(depth)
	if r.loose >= depth {
		r.loose = -1
	}
}
