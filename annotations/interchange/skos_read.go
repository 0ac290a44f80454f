package interchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// largestCodebook bounds the bytes of a codebook that is read.
const largestCodebook = 32 << 20

// ReadSKOS reads a codebook in SKOS, in Turtle or in JSON-LD: which it is, the
// first character tells. language is that of the labels wanted where there are
// several; the others become aliases. What is not in one of these, or has no
// concept, is an error that wraps ErrFile and says where it is wrong.
func ReadSKOS(r io.Reader, language string) (*Codebook, error) {
	data, err := readAtMost(r, largestCodebook)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("%w: it is not in UTF-8", ErrFile)
	}
	var g *graph
	if first := bytes.TrimLeft(data, " \t\r\n"); len(first) > 0 && (first[0] == '{' || first[0] == '[' && json.Valid(first)) {
		g, err = readJSONGraph(data)
	} else {
		g, err = readTurtle(string(data))
	}
	if err != nil {
		return nil, err
	}
	return g.codebook(strings.ToLower(language))
}

// readAtMost reads all of r, unless it is longer.
func readAtMost(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%w: it has more than %d MB", ErrFile, most>>20)
	}
	return data, err
}

// readJSONGraph reads RDF in JSON-LD (https://www.w3.org/TR/json-ld11/) as far
// as codebooks use it: contexts with terms, prefixes, @vocab, @base, @language
// and @container @language, nodes in one another, lists. A context at an address
// is not fetched: in its place the usual names of SKOS are known.
func readJSONGraph(data []byte) (*graph, error) {
	var document any
	if err := json.Unmarshal(data, &document); err != nil {
		return nil, fmt.Errorf("%w: the JSON cannot be read: %w", ErrFile, err)
	}
	l := &linked{graph: newGraph(), labels: map[string]string{}}
	if err := l.top(document, ldContext{terms: map[string]jsonTerm{}}); err != nil {
		return nil, err
	}
	return l.graph, nil
}

// An ldContext says what the names in JSON-LD mean.
type ldContext struct {
	vocab, base, language string
	terms                 map[string]jsonTerm
}

type jsonTerm struct {
	iri, kind, language string // kind: "@id" or "@vocab" if its values are IRIs
	container           string
	reverse             bool
}

type linked struct {
	graph  *graph
	labels map[string]string
	depth  int
}

func (l *linked) top(value any, c ldContext) error {
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			if err := l.top(one, c); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		_, err := l.node(v, c)
		return err
	}
	return fmt.Errorf("%w: there is no JSON object", ErrFile)
}

// with returns the context with what another says over it.
func (c ldContext) with(value any) ldContext {
	c.terms = maps.Clone(c.terms)
	switch v := value.(type) {
	case nil:
		return ldContext{terms: map[string]jsonTerm{}}
	case string:
		c.vocab = skosNS
		for prefix, iri := range map[string]string{
			"skos": skosNS, "skosxl": skosxlNS, "dct": dctNS, "dcterms": dctNS, "dc": dcNS, "owl": owlNS, "rdf": rdfNS, "rdfs": rdfsNS, "xsd": xsdNS,
		} {
			c.terms[prefix] = jsonTerm{iri: iri}
		}
		for _, name := range []string{
			"broader", "narrower", "inScheme", "hasTopConcept", "topConceptOf", "related", "member", "exactMatch", "closeMatch",
		} {
			c.terms[name] = jsonTerm{iri: skosNS + name, kind: "@id"}
		}
		for name, keyword := range map[string]string{"id": "@id", "uri": "@id", "type": "@type", "graph": "@graph", "lang": "@language", "value": "@value"} {
			c.terms[name] = jsonTerm{iri: keyword}
		}
	case []any:
		for _, one := range v {
			c = c.with(one)
		}
	case map[string]any:
		c.define(v)
	}
	return c
}

func (c *ldContext) define(v map[string]any) {
	for key, to := range map[string]*string{"@vocab": &c.vocab, "@base": &c.base, "@language": &c.language} {
		if text, ok := v[key].(string); ok {
			*to = text
		}
	}
	for name, value := range v {
		if text, ok := value.(string); ok && !strings.HasPrefix(name, "@") {
			c.terms[name] = jsonTerm{iri: text}
		}
	}
	for name, value := range v {
		if object, ok := value.(map[string]any); ok && !strings.HasPrefix(name, "@") {
			var t jsonTerm
			t.iri, _ = object["@id"].(string)
			if reverse, ok := object["@reverse"].(string); ok {
				t.iri, t.reverse = reverse, true
			}
			t.kind, _ = object["@type"].(string)
			t.language, _ = object["@language"].(string)
			t.container, _ = object["@container"].(string)
			c.terms[name] = t
		}
	}
}

// name returns what a property, a type or a keyword stands for.
func (c ldContext) name(name string) string { return c.expand(name, true, 0) }

// expand makes an IRI of a name or a compact or relative IRI.
func (c ldContext) expand(name string, vocab bool, depth int) string {
	if strings.HasPrefix(name, "@") || strings.HasPrefix(name, "_:") || depth > 8 {
		return name
	}
	if t, known := c.terms[name]; known && vocab && t.iri != name && t.iri != "" {
		return c.expand(t.iri, true, depth+1)
	}
	if prefix, local, found := strings.Cut(name, ":"); found {
		if t, known := c.terms[prefix]; known && !strings.HasPrefix(local, "//") {
			return c.expand(t.iri, true, depth+1) + local
		}
		return name
	}
	if vocab {
		return c.vocab + name
	}
	return resolve(c.base, name)
}

func (l *linked) id(name string, c ldContext) string {
	if !strings.HasPrefix(name, "_:") {
		return c.expand(name, false, 0)
	}
	if l.labels[name] == "" {
		l.labels[name] = l.graph.newBlank()
	}
	return l.labels[name]
}

// node reads a node and returns its IRI or the label of a blank node.
func (l *linked) node(object map[string]any, c ldContext) (string, error) {
	if l.depth++; l.depth > deepestNode {
		return "", fmt.Errorf("%w: nodes are inside one another too often", ErrFile)
	}
	defer func() { l.depth-- }()
	if own, has := object["@context"]; has {
		c = c.with(own)
	}
	subject := ""
	for key, value := range object {
		if text, ok := value.(string); ok && c.name(key) == "@id" {
			subject = l.id(text, c)
		}
	}
	if subject == "" {
		subject = l.graph.newBlank()
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if err := l.property(subject, key, object[key], c); err != nil {
			return "", err
		}
	}
	return subject, nil
}

func (l *linked) property(subject, key string, value any, c ldContext) error {
	switch name := c.name(key); name {
	case "@context", "@id":
		return nil
	case "@graph":
		return l.top(value, c)
	case "@type":
		for _, one := range several(value) {
			if text, ok := one.(string); ok {
				if err := l.graph.add(subject, rdfNS+"type", term{value: c.name(text)}); err != nil {
					return err
				}
			}
		}
		return nil
	default:
		if !strings.Contains(name, ":") {
			return nil // no IRI: JSON-LD passes over it
		}
		return l.values(subject, name, value, c.terms[key], c)
	}
}

func several(value any) []any {
	if all, ok := value.([]any); ok {
		return all
	}
	return []any{value}
}

// flat returns the values of a property, those of lists and sets each by itself.
func (c ldContext) flat(value any) []any {
	var all []any
	for _, one := range several(value) {
		if object, ok := one.(map[string]any); ok && len(object) == 1 {
			for key, inner := range object {
				if name := c.name(key); name == "@list" || name == "@set" {
					one = inner
				}
			}
		}
		all = append(all, several(one)...)
	}
	return all
}

func (l *linked) values(subject, property string, value any, t jsonTerm, c ldContext) error {
	if languages, ok := value.(map[string]any); ok && t.container == "@language" {
		for _, language := range slices.Sorted(maps.Keys(languages)) {
			for _, one := range several(languages[language]) {
				if text, ok := one.(string); ok {
					literal := term{value: text, literal: true, language: strings.ToLower(strings.TrimPrefix(language, "@none"))}
					if err := l.graph.add(subject, property, literal); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	for _, one := range c.flat(value) {
		object, found, err := l.object(one, t, c)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		from, to := subject, object
		if t.reverse {
			from, to = object.value, term{value: subject}
		}
		if err := l.graph.add(from, property, to); err != nil {
			return err
		}
	}
	return nil
}

// object reads one value; found is false for null.
func (l *linked) object(value any, t jsonTerm, c ldContext) (object term, found bool, err error) {
	switch v := value.(type) {
	case string:
		if t.kind == "@id" || t.kind == "@vocab" {
			return term{value: l.id(v, c)}, true, nil
		}
		language := c.language
		if t.language != "" {
			language = t.language
		}
		return term{value: v, literal: true, language: strings.ToLower(language)}, true, nil
	case bool, float64:
		return term{value: fmt.Sprint(v), literal: true}, true, nil
	case map[string]any:
		for key, inner := range v {
			if c.name(key) == "@value" {
				literal := term{value: fmt.Sprint(inner), literal: true}
				for name, language := range v {
					if text, ok := language.(string); ok && c.name(name) == "@language" {
						literal.language = strings.ToLower(text)
					}
				}
				return literal, true, nil
			}
		}
		node, err := l.node(v, c)
		return term{value: node}, true, err
	}
	return term{}, false, nil
}
