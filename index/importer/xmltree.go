package importer

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// An xmlNode is an element, or a text, whose name is "".
type xmlNode struct {
	name     string // without its namespace
	text     string
	attrs    []xml.Attr
	children []*xmlNode
}

// parseXML returns the root of an XML text. Comments and processing
// instructions are left out, entities that XML does not know are refused, and so
// is what goes beyond maxElements or maxDepth.
func parseXML(text string) (*xmlNode, error) {
	decoder := newXMLDecoder(text)
	top := &xmlNode{}
	open := []*xmlNode{top}
	for elements := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && len(open) == 1 && len(top.children) > 0 {
			return top.children[0], nil
		}
		if err != nil {
			return nil, malformed(decoder, err)
		}
		around := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			if elements++; elements > maxElements {
				return nil, fmt.Errorf("%w: more than %d elements; split it", ErrTooLarge, maxElements)
			}
			if len(open) > maxDepth {
				return nil, fmt.Errorf("%w: more than %d elements inside each other at offset %d", ErrTooDeep, maxDepth, decoder.InputOffset())
			}
			n := &xmlNode{name: token.Name.Local, attrs: token.Copy().Attr}
			around.children = append(around.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 1 {
				around.children = append(around.children, &xmlNode{text: string(token)})
			}
		}
	}
}

// attr returns the value of an attribute, "" if there is none.
func (n *xmlNode) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// elements yields the elements directly in n.
func (n *xmlNode) elements() iter.Seq[*xmlNode] {
	return func(yield func(*xmlNode) bool) {
		for _, c := range n.children {
			if c.name != "" && !yield(c) {
				return
			}
		}
	}
}

// child returns the first element directly in n of one of the names, nil if
// there is none.
func (n *xmlNode) child(names ...string) *xmlNode {
	for c := range n.elements() {
		for _, name := range names {
			if c.name == name {
				return c
			}
		}
	}
	return nil
}

// find returns the first element below n, in the order of the text, for which is
// holds, nil if there is none. It does not look into elements of which skip
// holds.
func (n *xmlNode) find(is, skip func(name string) bool) *xmlNode {
	for c := range n.elements() {
		if is(c.name) {
			return c
		}
		if skip(c.name) {
			continue
		}
		if found := c.find(is, skip); found != nil {
			return found
		}
	}
	return nil
}

// words returns the text below n, less that of the elements of which skip holds.
// Where an element ends a line, there is a space.
func (n *xmlNode) words(skip func(name string) bool) string {
	var out strings.Builder
	var walk func(n *xmlNode)
	walk = func(n *xmlNode) {
		out.WriteString(n.text)
		for _, c := range n.children {
			if c.name == "eol" {
				out.WriteByte(' ')
			}
			if !skip(c.name) {
				walk(c)
			}
		}
	}
	walk(n)
	return squeeze(out.String())
}
