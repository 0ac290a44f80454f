package interchange

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// skosPrefixes are the prefixes that are written, in their order.
var skosPrefixes = [][2]string{{"skos", skosNS}, {"dct", dctNS}, {"owl", owlNS}, {"glossator", namespace}}

// WriteTurtle writes a codebook as SKOS in Turtle; ReadSKOS gives the same
// concepts back.
func WriteTurtle(w io.Writer, c *Codebook) error {
	var b strings.Builder
	for _, prefix := range skosPrefixes {
		fmt.Fprintf(&b, "@prefix %s: <%s> .\n", prefix[0], prefix[1])
	}
	c.statements(func(subject string, all []statement) {
		fmt.Fprintf(&b, "\n<%s>", subject)
		for i, s := range all {
			if i > 0 {
				b.WriteString(" ;\n   ")
			}
			property := s.property
			if property == "type" {
				property = "a"
			}
			b.WriteString(" " + property + " " + s.turtle(c.Language))
		}
		b.WriteString(" .\n")
	})
	_, err := io.WriteString(w, b.String())
	return err
}

func (s statement) turtle(language string) string {
	switch s.kind {
	case objectIRI:
		return "<" + s.object + ">"
	case objectText:
		if language != "" {
			return quoted(s.object) + "@" + language
		}
		return quoted(s.object)
	case objectName:
		return quoted(s.object)
	}
	return s.object // a name with a prefix, true or a number
}

// quoted writes a text as Turtle has it.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// WriteSKOSLD writes a codebook as SKOS in JSON-LD with all of its context in
// the file; ReadSKOS gives the same concepts back.
func WriteSKOSLD(w io.Writer, c *Codebook) error {
	context := map[string]any{"id": "@id", "type": "@type"}
	for _, prefix := range skosPrefixes {
		context[prefix[0]] = prefix[1]
	}
	var nodes []map[string]any
	c.statements(func(subject string, all []statement) {
		node := map[string]any{"id": subject}
		for _, s := range all {
			if s.property == "type" {
				node["type"] = s.object
				continue
			}
			values, _ := node[s.property].([]any)
			node[s.property] = append(values, s.json(c.Language))
		}
		nodes = append(nodes, node)
	})
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(map[string]any{"@context": context, "@graph": nodes})
}

func (s statement) json(language string) any {
	switch s.kind {
	case objectIRI:
		return map[string]any{"id": s.object}
	case objectText:
		if language != "" {
			return map[string]any{"@value": s.object, "@language": language}
		}
	case objectYes:
		return true
	case objectInt:
		n, _ := strconv.Atoi(s.object)
		return n
	}
	return s.object
}
