package interchange

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// deepestNode is how many nodes of a graph may be written inside one another.
const deepestNode = 64

// readTurtle reads RDF in Turtle (https://www.w3.org/TR/turtle/), of which
// N-Triples is a part. Errors say the line.
func readTurtle(text string) (*graph, error) {
	t := &turtle{text: text, line: 1, graph: newGraph(), prefixes: map[string]string{}, labels: map[string]string{}}
	for {
		t.space()
		if t.at >= len(t.text) {
			return t.graph, nil
		}
		if err := t.statement(); err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrFile, t.line+strings.Count(t.text[t.counted:min(t.at, len(t.text))], "\n"), err)
		}
	}
}

type turtle struct {
	text     string
	at       int
	line     int // of the byte counted
	counted  int
	base     string
	prefixes map[string]string
	labels   map[string]string // of blank nodes
	graph    *graph
	depth    int
}

func (t *turtle) rest() string { return t.text[t.at:] }

// space passes over white space and comments.
func (t *turtle) space() {
	for t.at < len(t.text) {
		switch t.text[t.at] {
		case ' ', '\t', '\r', '\n':
			t.at++
		case '#':
			if end := strings.IndexByte(t.rest(), '\n'); end >= 0 {
				t.at += end
			} else {
				t.at = len(t.text)
			}
		default:
			return
		}
	}
}

// take passes over a token if it is next.
func (t *turtle) take(token string) bool {
	t.space()
	if !strings.HasPrefix(t.rest(), token) {
		return false
	}
	t.at += len(token)
	return true
}

func (t *turtle) want(token string) error {
	if !t.take(token) {
		return fmt.Errorf("there is %q where %q should be", t.next(), token)
	}
	return nil
}

// next returns what is next, for errors.
func (t *turtle) next() string {
	rest := t.rest()
	if len(rest) > 20 {
		rest = strings.ToValidUTF8(rest[:20], "") + "…"
	}
	return rest
}

// directive takes a keyword, whatever its case, that white space follows.
func (t *turtle) directive(word string) bool {
	rest := t.rest()
	if len(rest) <= len(word) || !strings.EqualFold(rest[:len(word)], word) || !unicode.IsSpace(rune(rest[len(word)])) {
		return false
	}
	t.at += len(word)
	return true
}

func (t *turtle) statement() error {
	t.line += strings.Count(t.text[t.counted:t.at], "\n")
	t.counted = t.at
	for _, word := range []string{"@prefix", "prefix"} {
		if t.directive(word) {
			return t.prefix(word[0] == '@')
		}
	}
	for _, word := range []string{"@base", "base"} {
		if t.directive(word) {
			iri, err := t.iri()
			if err != nil {
				return err
			}
			t.base = iri
			return t.dot(word[0] == '@')
		}
	}
	subject, alone, err := t.subject()
	if err != nil {
		return err
	}
	t.space()
	if !alone || !strings.HasPrefix(t.rest(), ".") {
		if err := t.properties(subject); err != nil {
			return err
		}
	}
	return t.want(".")
}

func (t *turtle) dot(needed bool) error {
	if !needed {
		return nil
	}
	return t.want(".")
}

func (t *turtle) prefix(dot bool) error {
	t.space()
	colon := strings.IndexByte(t.rest(), ':')
	if colon < 0 {
		return fmt.Errorf("there is %q where a prefix should be", t.next())
	}
	name := strings.TrimSpace(t.rest()[:colon])
	t.at += colon + 1
	iri, err := t.iri()
	if err != nil {
		return err
	}
	t.prefixes[name] = iri
	return t.dot(dot)
}

// subject reads a subject; alone is whether it may stand without properties.
func (t *turtle) subject() (node string, alone bool, err error) {
	t.space()
	alone = strings.HasPrefix(t.rest(), "[")
	object, err := t.object()
	if err == nil && object.literal {
		err = fmt.Errorf("a literal is the subject of a statement")
	}
	return object.value, alone, err
}

// properties reads properties and their values up to what ends them.
func (t *turtle) properties(subject string) error {
	for {
		property, err := t.property()
		if err != nil {
			return err
		}
		for {
			object, err := t.object()
			if err != nil {
				return err
			}
			if err := t.graph.add(subject, property, object); err != nil {
				return err
			}
			if !t.take(",") {
				break
			}
		}
		more := false
		for t.take(";") {
			more = true
		}
		t.space()
		if !more || t.at >= len(t.text) || t.text[t.at] == '.' || t.text[t.at] == ']' {
			return nil
		}
	}
}

func (t *turtle) property() (string, error) {
	t.space()
	if t.directive("a") {
		return rdfNS + "type", nil
	}
	object, err := t.object()
	if err == nil && (object.literal || object.blank()) {
		err = fmt.Errorf("a property is not an IRI")
	}
	return object.value, err
}

func (t *turtle) object() (term, error) {
	t.space()
	rest := t.rest()
	if rest == "" {
		return term{}, fmt.Errorf("the text ends in the middle of a statement")
	}
	switch {
	case rest[0] == '<':
		iri, err := t.iri()
		return term{value: iri}, err
	case rest[0] == '[':
		return t.node()
	case rest[0] == '(':
		return t.collection()
	case rest[0] == '"' || rest[0] == '\'':
		return t.literal()
	case strings.HasPrefix(rest, "_:"):
		t.at += 2
		label := t.name()
		if t.labels[label] == "" {
			t.labels[label] = t.graph.newBlank()
		}
		return term{value: t.labels[label]}, nil
	case rest[0] >= '0' && rest[0] <= '9' || strings.ContainsRune("+-.", rune(rest[0])):
		return t.number()
	}
	return t.prefixed()
}

func (t *turtle) node() (term, error) {
	if t.depth++; t.depth > deepestNode {
		return term{}, fmt.Errorf("nodes are inside one another too often")
	}
	defer func() { t.depth-- }()
	t.at++
	node := term{value: t.graph.newBlank()}
	if t.take("]") {
		return node, nil
	}
	if err := t.properties(node.value); err != nil {
		return term{}, err
	}
	return node, t.want("]")
}

func (t *turtle) collection() (term, error) {
	if t.depth++; t.depth > deepestNode {
		return term{}, fmt.Errorf("lists are inside one another too often")
	}
	defer func() { t.depth-- }()
	t.at++
	first, last := rdfNS+"nil", ""
	for !t.take(")") {
		object, err := t.object()
		if err != nil {
			return term{}, err
		}
		cell := t.graph.newBlank()
		if last == "" {
			first = cell
		} else if err := t.graph.add(last, rdfNS+"rest", term{value: cell}); err != nil {
			return term{}, err
		}
		if err := t.graph.add(cell, rdfNS+"first", object); err != nil {
			return term{}, err
		}
		last = cell
	}
	if last == "" {
		return term{value: first}, nil
	}
	return term{value: first}, t.graph.add(last, rdfNS+"rest", term{value: rdfNS + "nil"})
}

func (t *turtle) number() (term, error) {
	start := t.at
	for t.at < len(t.text) && strings.IndexByte("0123456789+-.eE", t.text[t.at]) >= 0 {
		t.at++
	}
	if t.text[t.at-1] == '.' { // it ends the statement
		t.at--
	}
	if _, err := strconv.ParseFloat(t.text[start:t.at], 64); err != nil {
		return term{}, fmt.Errorf("%q is not a number", t.text[start:t.at])
	}
	return term{value: t.text[start:t.at], literal: true}, nil
}

func (t *turtle) iri() (string, error) {
	if err := t.want("<"); err != nil {
		return "", err
	}
	end := strings.IndexByte(t.rest(), '>')
	if end < 0 {
		return "", fmt.Errorf("an IRI has no end")
	}
	iri, err := unescape(t.rest()[:end])
	t.at += end + 1
	return resolve(t.base, iri), err
}

// name reads the rest of a name.
func (t *turtle) name() string {
	start := t.at
	for t.at < len(t.text) {
		r, size := utf8.DecodeRuneInString(t.rest())
		if r == '\\' && t.at+1 < len(t.text) {
			size = 2
		} else if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("_-.:%·", r) {
			break
		}
		t.at += size
	}
	for t.at > start && t.text[t.at-1] == '.' && (t.at < start+2 || t.text[t.at-2] != '\\') {
		t.at--
	}
	return t.text[start:t.at]
}

var localEscapes = strings.NewReplacer(`\`, "")

func (t *turtle) prefixed() (term, error) {
	name := t.name()
	prefix, local, found := strings.Cut(name, ":")
	if !found {
		if name == "true" || name == "false" {
			return term{value: name, literal: true}, nil
		}
		return term{}, fmt.Errorf("there is %q where a name or a text should be", name+t.next())
	}
	namespace, known := t.prefixes[prefix]
	if !known {
		return term{}, fmt.Errorf("the prefix %q is not declared", prefix+":")
	}
	return term{value: namespace + localEscapes.Replace(local)}, nil
}

func (t *turtle) literal() (term, error) {
	quote := t.rest()[:1]
	if strings.HasPrefix(t.rest(), quote+quote+quote) {
		quote = quote + quote + quote
	}
	t.at += len(quote)
	start := t.at
	for !strings.HasPrefix(t.rest(), quote) {
		if t.at >= len(t.text) || len(quote) == 1 && t.text[t.at] == '\n' {
			return term{}, fmt.Errorf("a text has no end")
		}
		if t.text[t.at] == '\\' {
			t.at++
		}
		t.at++
		t.at = min(t.at, len(t.text))
	}
	end := t.at
	t.at += len(quote)
	for len(quote) == 3 && strings.HasPrefix(t.rest(), quote[:1]) { // quotes before the end belong to the text
		t.at++
		end++
	}
	value, err := unescape(t.text[start:end])
	if err != nil {
		return term{}, err
	}
	literal := term{value: value, literal: true}
	switch {
	case strings.HasPrefix(t.rest(), "@"):
		t.at++
		tag := t.at
		for t.at < len(t.text) && (t.text[t.at] == '-' || unicode.IsLetter(rune(t.text[t.at])) || unicode.IsDigit(rune(t.text[t.at]))) {
			t.at++
		}
		literal.language = strings.ToLower(t.text[tag:t.at])
	case t.take("^^"):
		if _, err := t.object(); err != nil {
			return term{}, err
		}
	}
	return literal, nil
}

// unescape replaces the escapes of texts and IRIs.
func unescape(text string) (string, error) {
	if !strings.Contains(text, `\`) {
		return text, nil
	}
	var b strings.Builder
	for text != "" {
		before, after, found := strings.Cut(text, `\`)
		b.WriteString(before)
		if !found {
			break
		}
		if after == "" {
			return "", fmt.Errorf("a text ends in a backslash")
		}
		digits := map[byte]int{'u': 4, 'U': 8}[after[0]]
		if digits == 0 {
			plain, known := map[byte]string{'t': "\t", 'b': "\b", 'n': "\n", 'r': "\r", 'f': "\f", '"': `"`, '\'': "'", '\\': `\`}[after[0]]
			if !known {
				return "", fmt.Errorf(`\%c stands for nothing`, after[0])
			}
			b.WriteString(plain)
			text = after[1:]
			continue
		}
		if len(after) < 1+digits {
			return "", fmt.Errorf("an escape has too few digits")
		}
		code, err := strconv.ParseUint(after[1:1+digits], 16, 32)
		if err != nil || code > unicode.MaxRune {
			return "", fmt.Errorf("%q is not the number of a character", after[1:1+digits])
		}
		b.WriteRune(rune(code))
		text = after[1+digits:]
	}
	return b.String(), nil
}
