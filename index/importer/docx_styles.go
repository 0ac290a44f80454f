package importer

import (
	"strconv"
	"strings"
)

// A docxStyle is a style of paragraphs. What it leaves open is that of the
// style it is based on.
type docxStyle struct {
	name    string // in lower case, English if it is one of Word's own
	basedOn string
	outline int // 1 for the highest heading, 0 if it says nothing, bodyOutline if it is none
	bold    int // 1 on, -1 off, 0 if it says nothing
	list    docxList
}

// A docxList is the place of a paragraph in a list.
type docxList struct {
	numbering string // id, "" if nothing is said, "0" if it is in none
	level     int    // from 0; -1 if nothing is said
}

const (
	bodyOutline = 10 // Word's outline level "body text", counted from 1
	boldLevel   = 6  // of a short paragraph in bold, whose style is no heading
	maxBasedOn  = 20 // styles based on each other
)

// readStyles reads the styles, and the language of the text from the defaults.
func (r *docxReader) readStyles(p *xmlPart) error {
	r.styles = map[string]docxStyle{}
	return p.each(func(xmlStart) error {
		return p.each(func(start xmlStart) error {
			switch start.Name.Local {
			case "docDefaults":
				return r.readDefaults(p)
			case "style":
				return r.readStyle(p, start)
			}
			return p.skip()
		})
	})
}

func (r *docxReader) readDefaults(p *xmlPart) error {
	var inner func(start xmlStart) error
	inner = func(start xmlStart) error {
		if start.Name.Local == "lang" {
			r.language = languageTag(xmlAttribute(start, "val"))
		}
		return p.each(inner)
	}
	return p.each(inner)
}

func (r *docxReader) readStyle(p *xmlPart, start xmlStart) error {
	id, kind := xmlAttribute(start, "styleId"), xmlAttribute(start, "type")
	style := docxStyle{list: docxList{level: -1}}
	err := p.each(func(start xmlStart) error {
		switch start.Name.Local {
		case "name":
			style.name = strings.ToLower(xmlAttribute(start, "val"))
		case "basedOn":
			style.basedOn = xmlAttribute(start, "val")
		case "pPr":
			paragraph, err := r.readProperties(p)
			style.outline, style.list = paragraph.outline, paragraph.list
			return err
		case "rPr":
			run, err := readRunProperties(p)
			style.bold = run.bold
			return err
		}
		return p.skip()
	})
	if err == nil && (kind == "paragraph" || kind == "") {
		r.styles[id] = style
	}
	if xmlAttribute(start, "default") == "1" && kind == "paragraph" {
		r.defaultStyle = id
	}
	return err
}

// style returns a style with what it inherits. One that is not there is known
// by its id alone.
func (r *docxReader) style(id string) docxStyle {
	if id == "" {
		id = r.defaultStyle
	}
	found := docxStyle{name: strings.ToLower(id), list: docxList{level: -1}}
	for n, at := 0, id; at != "" && n < maxBasedOn; n++ {
		style, known := r.styles[at]
		if !known {
			break
		}
		if n == 0 {
			found.name = style.name
		}
		if found.outline == 0 {
			found.outline = style.outline
		}
		if found.outline == 0 {
			found.outline = headingOutline(style.name)
		}
		if found.bold == 0 {
			found.bold = style.bold
		}
		if found.list.numbering == "" {
			found.list.numbering = style.list.numbering
		}
		if found.list.level < 0 {
			found.list.level = style.list.level
		}
		at = style.basedOn
	}
	if found.outline == 0 {
		found.outline = headingOutline(found.name)
	}
	return found
}

// headingWords are the names of Word's heading styles, in the languages in
// which other programs write them.
var headingWords = map[string]bool{
	"heading": true, "überschrift": true, "berschrift": true, "titre": true, "título": true, "ttulo": true, "titolo": true, "kop": true,
	"rubrik": true, "overskrift": true, "otsikko": true, "nagłówek": true, "nadpis": true, "заголовок": true, "标题": true, "標題": true,
	"見出し": true, "제목": true, "عنوان": true,
}

// headingOutline returns the level of the heading style of a name, 0 if it is
// none: "heading 2", "Titre2", "标题 1".
func headingOutline(name string) int {
	word := strings.TrimRight(name, "0123456789")
	level, err := strconv.Atoi(name[len(word):])
	if err != nil || level < 1 || level > 9 || !headingWords[strings.TrimRight(word, " -_")] {
		return 0
	}
	return level
}

// titleStyle reports whether a style is that of the title of the document.
func titleStyle(name string) bool { return name == "title" || name == "subtitle" }

// contentsStyle reports whether a style is that of a line of a table of
// contents or of its heading.
func contentsStyle(name string) bool {
	return strings.HasPrefix(name, "toc ") || strings.HasPrefix(name, "toc") && len(name) == 4 || name == "table of figures"
}

// A docxProperties is what a paragraph says of itself.
type docxProperties struct {
	style    string
	outline  int // as in docxStyle
	list     docxList
	centred  bool
	deleted  bool // the end of the paragraph is: it goes on in the next
	inserted bool
}

func (r *docxReader) readProperties(p *xmlPart) (docxProperties, error) {
	found := docxProperties{list: docxList{level: -1}}
	err := p.each(func(start xmlStart) error {
		value := xmlAttribute(start, "val")
		switch start.Name.Local {
		case "pStyle":
			found.style = value
		case "outlineLvl":
			if level, err := strconv.Atoi(value); err == nil && level >= 0 && level < bodyOutline {
				found.outline = level + 1
			}
		case "jc":
			found.centred = value == "center"
		case "numPr":
			return p.each(func(start xmlStart) error {
				switch value := xmlAttribute(start, "val"); start.Name.Local {
				case "ilvl":
					if level, err := strconv.Atoi(value); err == nil && level >= 0 && level < listLevels {
						found.list.level = level
					}
				case "numId":
					found.list.numbering = value
				}
				return p.skip()
			})
		case "rPr":
			return p.each(func(start xmlStart) error {
				switch start.Name.Local {
				case "del", "moveFrom":
					found.deleted = true
				case "ins", "moveTo":
					found.inserted = true
				}
				return p.skip()
			})
		}
		return p.skip()
	})
	return found, err
}

// A runProperties is what a run says of itself.
type runProperties struct {
	bold   int // as in docxStyle
	hidden bool
}

func readRunProperties(p *xmlPart) (runProperties, error) {
	var found runProperties
	err := p.each(func(start xmlStart) error {
		on := 1
		switch xmlAttribute(start, "val") {
		case "0", "false", "off", "none":
			on = -1
		}
		switch start.Name.Local {
		case "b":
			found.bold = on
		case "vanish":
			found.hidden = on > 0
		}
		return p.skip()
	})
	return found, err
}
