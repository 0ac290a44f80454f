package importer

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"glossator/index"
)

// Formex is the XML of the Publications Office of the European Union.

// formexRoots are the elements that hold a whole act.
var formexRoots = map[string]bool{"CONS.ACT": true, "ACT": true}

func sniffFormex(s source) bool {
	return formexRoots[rootElement(s.text)]
}

// formexStyles are the elements that hold headings and notes.
var formexStyles = map[string]piece{
	"TI.ART": {level: 3}, "STI.ART": {level: 3, subtitle: true}, "TI": {level: 2}, "STI": {level: 2, subtitle: true},
	"NOTE": {note: true},
}

// formexBlocks are the elements that begin a new piece.
var formexBlocks = map[string]bool{
	"P": true, "ALINEA": true, "PARAG": true, "ITEM": true, "ARTICLE": true, "DIVISION": true, "CONSID": true, "VISA": true,
	"PREAMBLE": true, "ENACTING.TERMS": true, "FINAL": true, "ANNEX": true, "ROW": true, "TXT": true, "LIST": true,
	"PREAMBLE.INIT": true, "PREAMBLE.FINAL": true, "GR.CONSID.INIT": true, "SIGNATURE": true,
}

// formexLabels are the elements whose text stands before the next piece.
var formexLabels = map[string]bool{"NO.PARAG": true, "NO.P": true}

// formexAside are the elements that say something of the text and are no part
// of it.
var formexAside = map[string]bool{"BIB.INSTANCE": true, "FAM.COMP": true, "INFO.CONSLEG": true, "INFO.PROD": true, "BIB.DATA": true, "GR.CORRIG": true}

// A formexReader turns the elements into pieces.
type formexReader struct {
	htmlReader
	depth int
	noted []string // footnotes set aside until the open piece ends
}

func parseFormex(s source) (index.Document, []draft, error) {
	reader := formexReader{}
	decoder := newXMLDecoder(s.text)
	said := index.Document{}
	language := ""
	err := eachElement(decoder, func(start xml.StartElement) (bool, error) {
		switch name := start.Name.Local; {
		case name == "BIB.INSTANCE":
			var instance struct {
				Language string `xml:"LG.DOC"`
			}
			err := decoder.DecodeElement(&instance, &start)
			language = firstNonEmpty(language, strings.ToLower(instance.Language))
			return true, err
		case formexAside[name]:
			return true, decoder.Skip()
		case name == "CONS.DOC" || formexRoots[name]:
			return false, nil
		}
		return true, reader.element(decoder, start, piece{})
	})
	if err != nil {
		return said, nil, err
	}
	reader.end()
	built := segment(reader.pieces)
	return said, []draft{{language: language, title: built.title, segmenter: built}}, nil
}

// element reads an element to its end.
func (r *formexReader) element(decoder *xml.Decoder, start xml.StartElement, style piece) error {
	if r.depth++; r.depth > maxDepth {
		return ErrTooDeep
	}
	defer func() { r.depth-- }()
	name := start.Name.Local
	switch {
	case formexAside[name]:
		return decoder.Skip()
	case name == "NOTE":
		return r.note(decoder)
	case name == "QUOT.START", name == "QUOT.END":
		if code, err := strconv.ParseUint(xmlAttribute(start, "CODE"), 16, 32); err == nil {
			r.open.WriteRune(rune(code))
		}
	case name == "TITLE" && r.depth == 1:
		style = piece{level: 1}
	}
	if own, known := formexStyles[name]; known && style.level != 1 {
		style = own
	}
	block := formexBlocks[name] && style.level == 0 || formexStyles[name].level > 0 || style.level == 1 && name == "P"
	if block || formexLabels[name] {
		r.end()
		r.style = style
	}
	for {
		token, err := decoder.Token()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		switch token := token.(type) {
		case xml.CharData:
			r.open.Write(token)
		case xml.StartElement:
			if err := r.element(decoder, token, style); err != nil {
				return err
			}
		case xml.EndElement:
			if formexLabels[name] {
				r.pending = squeeze(r.open.String())
				r.open.Reset()
			} else if block {
				r.end()
			}
			return nil
		}
	}
}

// note sets a footnote aside and leaves its number where it stands.
func (r *formexReader) note(decoder *xml.Decoder) error {
	var text strings.Builder
	for depth := 1; depth > 0; {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	r.noted = append(r.noted, text.String())
	return nil
}

// end ends the open piece; the footnotes in it follow.
func (r *formexReader) end() {
	r.flush()
	if r.pending != "" && len(r.noted) == 0 {
		return
	}
	for _, note := range r.noted {
		r.pieces = append(r.pieces, piece{text: squeeze(note), note: true})
	}
	r.noted = nil
}
