package interchange

import (
	"cmp"
	"fmt"
	"slices"
)

// A term is what a statement says of its subject: an IRI, a blank node ("_:n")
// or a literal.
type term struct {
	value    string
	literal  bool
	language string // of a literal, lower case; "" if it has none
}

func (t term) blank() bool { return !t.literal && len(t.value) > 1 && t.value[:2] == "_:" }

// A graph is RDF statements, by subject and property; values in the order they
// came, each once.
type graph struct {
	subjects []string // in the order they came
	of       map[string]map[string][]term
	count    int
	blanks   int
}

// mostStatements bounds a graph: a codebook of 10,000 concepts has about a tenth
// of it.
const mostStatements = 1 << 20

func newGraph() *graph { return &graph{of: map[string]map[string][]term{}} }

func (g *graph) newBlank() string {
	g.blanks++
	return fmt.Sprint("_:gen", g.blanks)
}

func (g *graph) add(subject, property string, object term) error {
	if g.count++; g.count > mostStatements {
		return fmt.Errorf("%w: it has more than %d statements", ErrFile, mostStatements)
	}
	properties := g.of[subject]
	if properties == nil {
		properties = map[string][]term{}
		g.of[subject] = properties
		g.subjects = append(g.subjects, subject)
	}
	if len(properties[property]) < 64 && slices.Contains(properties[property], object) {
		return nil
	}
	properties[property] = append(properties[property], object)
	return nil
}

// all returns the values of a property.
func (g *graph) all(subject, property string) []term { return g.of[subject][property] }

// refs returns the IRIs and blank nodes among the values of a property.
func (g *graph) refs(subject, property string) []string {
	var found []string
	for _, t := range g.all(subject, property) {
		if !t.literal {
			found = append(found, t.value)
		}
	}
	return found
}

// texts returns the literals among the values of a property, and those that a
// value which is a node has as its rdf:value or SKOS-XL literal form.
func (g *graph) texts(subject, property string) []term {
	var found []term
	for _, t := range g.all(subject, property) {
		if t.literal {
			found = append(found, t)
			continue
		}
		for _, inner := range []string{rdfNS + "value", skosxlNS + "literalForm"} {
			for _, value := range g.all(t.value, inner) {
				if value.literal {
					found = append(found, value)
				}
			}
		}
	}
	return found
}

// inLanguage returns the texts in the language that fits best: the one wanted, a
// regional form of it, none stated, and otherwise the first by name. others are
// the rest.
func inLanguage(texts []term, wanted string) (best, others []term) {
	rank := func(t term) int {
		switch {
		case t.language == wanted && wanted != "":
			return 0
		case wanted != "" && len(t.language) > len(wanted) && t.language[:len(wanted)+1] == wanted+"-":
			return 1
		case t.language == "":
			return 2
		}
		return 3
	}
	order := func(a, b term) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.language, b.language)) }
	for _, t := range texts {
		if len(best) == 0 || order(t, best[0]) < 0 {
			best = []term{t}
		} else if order(t, best[0]) == 0 {
			best = append(best, t)
		}
	}
	for _, t := range texts {
		if !slices.Contains(best, t) {
			others = append(others, t)
		}
	}
	return best, others
}
