package importer

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"glossator/index"
)

// Texts of Trade Agreements (ToTA) is XML of two levels: chapters and articles.
// What stands before the first numbered chapter or article and after the last is
// an article too, without a number: the preamble and the conclusion.

func sniffToTA(s source) bool {
	return rootElement(s.text) == "treaty"
}

// rootElement returns the name of the first element of an XML text, "" if the
// text does not begin as XML does.
func rootElement(text string) string {
	head := text[:min(len(text), 4096)]
	for {
		head = strings.TrimSpace(head)
		var end string
		switch {
		case strings.HasPrefix(head, "<?"):
			end = "?>"
		case strings.HasPrefix(head, "<!--"):
			end = "-->"
		case strings.HasPrefix(head, "<!"):
			end = ">"
			if subset := strings.IndexByte(head, '['); subset >= 0 && subset < strings.IndexByte(head, '>') {
				end = "]>"
			}
		case strings.HasPrefix(head, "<"):
			return leading(head[1:], func(c byte) bool { return isLetter(c) || isDigit(c) || strings.IndexByte(".-_:", c) >= 0 }, 80)
		default:
			return ""
		}
		_, rest, found := strings.Cut(head, end)
		if !found {
			return ""
		}
		head = rest
	}
}

type totaMeta struct {
	Name        string   `xml:"name"`
	Type        string   `xml:"type"`
	ID          string   `xml:"treaty_identifier"`
	Status      string   `xml:"status"`
	Signed      string   `xml:"date_signed"`
	InForce     string   `xml:"date_into_force"`
	Ended       string   `xml:"date_inactive"`
	Parties     []string `xml:"parties>partyisocode"`
	Region      string   `xml:"region"`
	Language    string   `xml:"language"`
	Sources     []string `xml:"source"`
	Composition string   `xml:"composition"`
}

func (m totaMeta) document() index.Document {
	d := index.Document{
		Title: squeeze(m.Name), Kind: index.Treaty, Status: totaStatus(squeeze(m.Status)), Region: squeeze(m.Region),
		Signed: squeeze(m.Signed), InForce: squeeze(m.InForce), Ended: squeeze(m.Ended),
		Licence: "CC BY-NC 4.0 (Texts of Trade Agreements)",
	}
	if m.ID != "" {
		d.ID = "tota-" + squeeze(m.ID)
	}
	if len(m.Sources) > 0 {
		d.Address = squeeze(m.Sources[0])
	}
	for _, party := range m.Parties {
		if party = squeeze(party); party != "" {
			d.Parties = append(d.Parties, index.PartyCode(party))
		}
	}
	return d
}

// totaStatus puts what the database of the WTO says of an agreement in our words.
func totaStatus(said string) string {
	switch strings.ToLower(said) {
	case "in force":
		return index.InForce
	case "inactive":
		return index.Ended
	case "early announcement-signed":
		return index.Signed
	}
	return said
}

type totaText struct {
	Number string `xml:"number,attr"`
	Name   string `xml:"name,attr"`
	Text   string `xml:",chardata"`
}

func parseToTA(s source) (index.Document, []draft, error) {
	var meta totaMeta
	built := newSegmenter()
	var chapter totaText
	fresh := false // whether the chapter has no article yet
	decoder := newXMLDecoder(s.text)
	err := eachElement(decoder, func(start xml.StartElement) (bool, error) {
		switch start.Name.Local {
		case "meta":
			return true, decoder.DecodeElement(&meta, &start)
		case "chapter":
			chapter, fresh = totaText{Number: xmlAttribute(start, "number"), Name: xmlAttribute(start, "name")}, true
		case "article":
			var article totaText
			if err := decoder.DecodeElement(&article, &start); err != nil {
				return true, err
			}
			if fresh {
				built.totaChapter(chapter, article)
				fresh = false
			}
			built.totaArticle(article)
			return true, nil
		}
		return false, nil
	})
	if err != nil {
		return index.Document{}, nil, err
	}
	return meta.document(), []draft{{language: squeeze(meta.Language), segmenter: built}}, nil
}

// totaChapter opens a chapter, a title, a part, the preamble or the conclusion.
func (s *segmenter) totaChapter(chapter, first totaText) {
	text := squeeze(chapter.Number + " " + chapter.Name)
	number := squeeze(chapter.Number)
	h, ok := parseHeading(number)
	switch {
	case ok && h.number != "":
		h.title = chapter.Name
		s.container(h, 0, text)
	case number != "":
		s.container(heading{kind: index.Chapter, number: number, title: chapter.Name}, 0, text)
	case len(s.provisions) == 0 && (strings.EqualFold(chapter.Name, "preamble") || chapter.Name == "" && first.Number == ""):
		s.container(heading{kind: index.Preamble}, 0, text)
	default:
		s.closePassage()
		s.close(0)
		s.pushHeading(index.Section, "", squeeze(chapter.Name), mark{plain: true})
		s.add(text, true)
	}
}

// totaArticle adds an article with its text.
func (s *segmenter) totaArticle(article totaText) {
	number := squeeze(article.Number)
	h, ok := parseHeading(number)
	switch {
	case ok && h.number != "":
		number = h.number
		if h.title != "" {
			number += " " + h.title
		}
	case strings.HasPrefix(strings.ToUpper(number), "ART"):
		_, number, _ = strings.Cut(number, " ")
	}
	s.openArticle(heading{kind: index.Article, number: number, title: article.Name}, 0, article.Number+" "+article.Name)
	s.articleTexts(joinLines(strings.Split(article.Text, "\n")))
}

// newXMLDecoder returns a decoder of a text that it refuses where that leaves
// the bounds on markup.
func newXMLDecoder(text string) *xml.Decoder {
	decoder := xml.NewDecoder(&xmlBounds{text: *strings.NewReader(text)})
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil } // decoded already
	return decoder
}

func xmlAttribute(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// eachElement calls visit for each element in order. visit returns whether it
// has consumed the element to its end.
func eachElement(decoder *xml.Decoder, visit func(xml.StartElement) (bool, error)) error {
	depth := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && depth == 0 {
			return nil
		}
		if err != nil {
			return malformed(decoder, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return fmt.Errorf("%w: more than %d elements inside each other at offset %d", ErrTooDeep, maxDepth, decoder.InputOffset())
			}
			consumed, err := visit(token)
			if err != nil {
				return malformed(decoder, err)
			}
			if consumed {
				depth--
			}
		case xml.EndElement:
			depth--
		}
	}
}

// malformed says where XML breaks off.
func malformed(decoder *xml.Decoder, err error) error {
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrTooDeep) || errors.Is(err, ErrMalformed) {
		return err
	}
	line, column := decoder.InputPos()
	return fmt.Errorf("%w: the XML is not complete or not correct at line %d, column %d (%w); download it again", ErrMalformed, line, column, err)
}
