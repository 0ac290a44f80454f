package importer

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"glossator/index"
)

// Akoma Ntoso is the XML of OASIS LegalDocML for acts, bills, judgments, debates
// and collections of them. What is read here is what version 3.0 and the drafts
// and versions before it have in common; the names of the elements tell.

func sniffAKN(s source) bool {
	root := rootElement(s.text)
	return root[strings.IndexByte(root, ':')+1:] == "akomaNtoso"
}

// aknDocuments are the elements that hold a document of its own, and whether it
// makes law or speaks of it.
var aknDocuments = map[string]string{
	"act": index.Treaty, "bill": index.Treaty, "doc": "", "statement": "", "portion": "", "amendment": "", "amendmentList": "",
	"documentCollection": "", "officialGazette": "", "judgment": index.Commentary, "debate": index.Commentary, "debateReport": index.Commentary,
}

// aknSet holds what is being read of a file: one text for each language, in the
// order in which they come.
type aknSet struct {
	readers []*aknReader
}

// parseAKN reads the document of a file and its components. Components in a
// language of their own make texts of their own.
func parseAKN(s source) (index.Document, []draft, error) {
	root, err := parseXML(s.text)
	if err != nil {
		return index.Document{}, nil, err
	}
	var set aknSet
	said, collection := index.Document{}, false
	for n := range root.elements() {
		_, isDocument := aknDocuments[n.name]
		switch {
		case isDocument:
			if said.ID == "" {
				said = aknDocument(n)
				collection = n.name == "documentCollection" || n.name == "officialGazette"
			}
			set.reader(aknLanguage(n)).document(n)
		case n.name == "components":
			for component := range n.elements() {
				set.component(component, collection)
			}
		}
	}
	var drafts []draft
	for _, r := range set.readers {
		r.flush()
		if len(r.blocks) > 0 {
			drafts = append(drafts, draft{language: r.language, title: r.firstTitle, segmenter: r.segmenter})
		}
	}
	return said, drafts, nil
}

// reader returns the reader of a language; without one, the last.
func (set *aknSet) reader(language string) *aknReader {
	if language == "" && len(set.readers) > 0 {
		return set.readers[len(set.readers)-1]
	}
	for _, r := range set.readers {
		if r.language == language || r.language == "" {
			r.language = language
			return r
		}
	}
	r := &aknReader{segmenter: newSegmenter(), set: set, language: language, loose: -1}
	set.readers = append(set.readers, r)
	return r
}

// component reads a document that comes with another: one of a collection, or an
// annex.
func (set *aknSet) component(n *xmlNode, collection bool) {
	isDocument := func(name string) bool { _, known := aknDocuments[name]; return known }
	document := n
	if !isDocument(n.name) {
		document = n.find(isDocument, never)
	}
	if document == nil {
		set.reader("").children(n)
		return
	}
	r := set.reader(aknLanguage(document))
	r.endLoose()
	depth := len(r.open)
	if collection {
		r.section(document)
	} else {
		r.annex(n, document)
	}
	r.parts(document)
	r.end(depth)
}

func never(string) bool { return false }

// aknMetadata returns an element of the identification of a document: of its
// work, what it is, or of its expression, how it is worded; nil if there is
// none.
func aknMetadata(document *xmlNode, level, name string) *xmlNode {
	for _, step := range []string{"meta", "identification", level, name} {
		if document = document.child(step); document == nil {
			return nil
		}
	}
	return document
}

func aknValue(document *xmlNode, level, name, attribute string) string {
	if n := aknMetadata(document, level, name); n != nil {
		return squeeze(n.attr(attribute))
	}
	return ""
}

// aknLanguage returns the language of a document, "" if it does not say.
func aknLanguage(document *xmlNode) string {
	said := aknValue(document, "FRBRExpression", "FRBRlanguage", "language")
	tag, err := language.Parse(said)
	if err != nil || said == "" {
		return ""
	}
	return tag.String()
}

// aknDocument returns what a document says of itself.
func aknDocument(n *xmlNode) index.Document {
	const work = "FRBRWork"
	d := index.Document{
		Title:        aknTitle(n),
		Organisation: aknAuthor(n),
		Region:       aknCountry(aknValue(n, work, "FRBRcountry", "value")),
		Adopted:      aknDate(aknValue(n, work, "FRBRdate", "date")),
		Ended:        aknEnd(n),
	}
	for _, name := range []string{"FRBRname", "FRBRalias"} {
		if alias := aknValue(n, work, name, "value"); alias != "" && strings.ContainsRune(alias, ' ') {
			d.Aliases = append(d.Aliases, alias)
		}
	}
	if number := aknFront(n, "docNumber"); number != "" && !slices.Contains(d.Aliases, number) {
		d.Aliases = append(d.Aliases, number)
	}
	if short := aknFront(n, "shortTitle"); short != d.Title {
		d.ShortTitle = short
	}
	if n.name == "bill" {
		d.Status = "bill"
	}
	if address := firstNonEmpty(aknValue(n, work, "FRBRuri", "value"), aknValue(n, work, "FRBRthis", "value")); address != "" {
		if _, path, found := strings.Cut(address, "://"); found {
			d.Address = address
			_, address, _ = strings.Cut(path, "/")
		}
		d.ID = Slug("akn " + strings.TrimPrefix(strings.Trim(address, "/"), "akn/"))
	}
	switch aknDocuments[n.name] {
	case index.Treaty:
		d.Kind, d.Guessed.Kind = guessKind(firstNonEmpty(d.ShortTitle, d.Title), true), true
	case index.Commentary:
		d.Kind, d.Guessed.Kind = index.Commentary, true
	}
	return d
}

// aknTitle returns the title of a document as it is printed, or else a name
// given to its work; "" if there is neither.
func aknTitle(n *xmlNode) string {
	named := ""
	for _, name := range []string{"FRBRalias", "FRBRname"} {
		if value := aknValue(n, "FRBRWork", name, "value"); strings.ContainsRune(value, ' ') {
			named = firstNonEmpty(named, value)
		}
	}
	return firstNonEmpty(aknFront(n, "docTitle"), aknFront(n, "longTitle"), named, aknFront(n, "shortTitle"))
}

// aknFront returns the text of an element before the body of a document.
func aknFront(n *xmlNode, name string) string {
	for part := range n.elements() {
		if !aknFronts[part.name] {
			continue
		}
		if found := part.find(func(other string) bool { return other == name }, never); found != nil {
			return found.words(aknAside)
		}
	}
	return ""
}

// aknFronts are the parts of a document that come before its body.
var aknFronts = map[string]bool{"coverPage": true, "preface": true, "header": true}

// aknAuthor returns the name of the organisation that made a work.
func aknAuthor(n *xmlNode) string {
	id := strings.TrimPrefix(aknValue(n, "FRBRWork", "FRBRauthor", "href"), "#")
	if named := aknReferences(n)[id]; named != nil && named.name == "TLCOrganization" {
		return squeeze(named.attr("showAs"))
	}
	return ""
}

// aknReferences returns the people, organisations and concepts that a document
// refers to, by their ids.
func aknReferences(n *xmlNode) map[string]*xmlNode {
	byID := map[string]*xmlNode{}
	meta := n.child("meta")
	if meta == nil {
		return byID
	}
	for group := range meta.elements() {
		if group.name == "references" || group.name == "notes" {
			for item := range group.elements() {
				byID[firstNonEmpty(item.attr("eId"), item.attr("id"))] = item
			}
		}
	}
	return byID
}

// aknCountry returns the English name of a country, "" for what is none.
func aknCountry(code string) string {
	code, _, _ = strings.Cut(code, "-")
	region, err := language.ParseRegion(code)
	if err != nil {
		return ""
	}
	return display.English.Regions().Name(region)
}

var dateForm = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?$`)

// aknDate returns a date if it is one that can have been meant.
func aknDate(date string) string {
	date = date[:min(len(date), len("2006-01-02"))]
	if !dateForm.MatchString(date) || date < "1000" {
		return ""
	}
	return date
}

// aknEnd returns the day on which an act was repealed.
func aknEnd(n *xmlNode) string {
	end := ""
	if meta := n.child("meta"); meta != nil && meta.child("lifecycle") != nil {
		for event := range meta.child("lifecycle").elements() {
			if event.attr("type") == "repeal" {
				end = aknDate(event.attr("date"))
			}
		}
	}
	return end
}
