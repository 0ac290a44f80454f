package interchange

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"glossator/annotations"
)

// Namespaces of a codebook in SKOS (https://www.w3.org/TR/skos-reference/).
const (
	skosNS   = "http://www.w3.org/2004/02/skos/core#"
	skosxlNS = "http://www.w3.org/2008/05/skos-xl#"
	rdfNS    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfsNS   = "http://www.w3.org/2000/01/rdf-schema#"
	owlNS    = "http://www.w3.org/2002/07/owl#"
	dctNS    = "http://purl.org/dc/terms/"
	dcNS     = "http://purl.org/dc/elements/1.1/"
	xsdNS    = "http://www.w3.org/2001/XMLSchema#"

	schemeURN = "urn:glossator:codebook:"
)

// Media types of a codebook in SKOS.
const (
	MediaTypeTurtle  = "text/turtle; charset=utf-8"
	MediaTypeSKOSLD  = "application/ld+json"
	defaultSchemeURN = schemeURN + "main"
)

// A codebook in SKOS is a concept scheme. What to include and to exclude are
// scope notes that begin with "Include: " and "Exclude: "; colour family and
// status, for which SKOS has no name, are under "urn:glossator:terms:". A
// deprecated concept is owl:deprecated, and what took its place
// dcterms:isReplacedBy. The order of concepts, and of aliases and examples of
// one, means nothing in RDF.
//
// statements calls do for each subject with what is said of it.
func (c *Codebook) statements(do func(subject string, s []statement)) {
	scheme := c.scheme()
	below := c.children()
	var about []statement
	about = append(about, statement{"type", "skos:ConceptScheme", objectTerm})
	about = append(about, statement{"dct:title", cmp.Or(c.Title, "Codebook"), objectText})
	for _, k := range below[""] {
		about = append(about, statement{"skos:hasTopConcept", urn(conceptURN, k.ID), objectIRI})
	}
	do(scheme, about)
	top := make(map[string]bool, len(below[""]))
	for _, k := range below[""] {
		top[k.ID] = true
	}
	for _, k := range c.Concepts {
		do(urn(conceptURN, k.ID), k.statements(scheme, top[k.ID], below[k.ID]))
	}
}

type statement struct {
	property, object string
	kind             objectKind
}

type objectKind int

const (
	objectIRI  objectKind = iota
	objectTerm            // an IRI with a prefix
	objectText            // in the language of the codebook
	objectName            // a text that is not for reading
	objectYes             // true
	objectInt
)

func (k Concept) statements(scheme string, top bool, below []Concept) []statement {
	all := []statement{{"type", "skos:Concept", objectTerm}, {"skos:inScheme", scheme, objectIRI}, {"skos:prefLabel", k.Label, objectText}}
	add := func(property, object string, kind objectKind) {
		if object != "" {
			all = append(all, statement{property, object, kind})
		}
	}
	for _, alias := range k.Aliases {
		add("skos:altLabel", alias, objectText)
	}
	add("skos:definition", k.Definition, objectText)
	if k.Include != "" {
		add("skos:scopeNote", includeMark+k.Include, objectText)
	}
	if k.Exclude != "" {
		add("skos:scopeNote", excludeMark+k.Exclude, objectText)
	}
	for _, text := range k.Texts {
		add("skos:example", text, objectText)
	}
	for _, example := range k.Examples {
		add("glossator:example", urn(annotationURN, example), objectIRI)
	}
	if top {
		add("skos:topConceptOf", scheme, objectIRI)
	} else {
		add("skos:broader", urn(conceptURN, k.Broader), objectIRI)
	}
	for _, narrower := range below {
		add("skos:narrower", urn(conceptURN, narrower.ID), objectIRI)
	}
	if k.Status == annotations.Deprecated {
		add("owl:deprecated", "true", objectYes)
	}
	add("dct:isReplacedBy", urn(conceptURN, k.Replaced), objectIRI)
	if k.Family != 0 {
		add("glossator:family", strconv.Itoa(k.Family), objectInt)
	}
	add("glossator:status", k.Status, objectName)
	return all
}

func (c *Codebook) scheme() string {
	if c.ID == "" {
		return defaultSchemeURN
	}
	return urn(schemeURN, c.ID)
}

// codebook makes a codebook of what a graph says in terms of SKOS; language is
// that of the labels wanted if there are several.
func (g *graph) codebook(language string) (*Codebook, error) {
	c := &Codebook{Language: language}
	for _, subject := range g.subjects {
		for _, below := range g.refs(subject, skosNS+"narrower") {
			if err := g.add(below, skosNS+"broader", term{value: subject}); err != nil {
				return nil, err
			}
		}
	}
	for _, subject := range g.subjects {
		if slices.Contains(g.refs(subject, rdfNS+"type"), skosNS+"ConceptScheme") {
			g.describeScheme(c, subject)
		} else if g.isConcept(subject) {
			c.Concepts = append(c.Concepts, g.concept(c, subject, language))
		}
	}
	if len(c.Concepts) == 0 {
		return nil, fmt.Errorf("%w: it has no skos:Concept", ErrFile)
	}
	c.tidy()
	return c, nil
}

func (g *graph) describeScheme(c *Codebook, scheme string) {
	if c.Title != "" {
		c.remark("of several concept schemes, all concepts are taken into one codebook")
		return
	}
	if id := own(schemeURN, scheme); scheme != defaultSchemeURN {
		c.ID = id
	}
	for _, property := range []string{dctNS + "title", skosNS + "prefLabel", dcNS + "title", rdfsNS + "label"} {
		if best, _ := inLanguage(g.texts(scheme, property), c.Language); len(best) > 0 {
			c.Title = best[0].value
			if c.Language == "" {
				c.Language = best[0].language
			}
			return
		}
	}
}

func (g *graph) isConcept(subject string) bool {
	if slices.Contains(g.refs(subject, rdfNS+"type"), skosNS+"Concept") {
		return true
	}
	for _, property := range []string{"broader", "narrower", "inScheme", "topConceptOf"} {
		if len(g.all(subject, skosNS+property)) > 0 {
			return true
		}
	}
	return false
}

// idOf returns the id of a concept: ours, or the IRI of others.
func idOf(iri string) string { return cmp.Or(own(conceptURN, iri), iri) }

func (g *graph) concept(c *Codebook, subject, language string) Concept {
	k := Concept{Concept: annotations.Concept{ID: idOf(subject), Status: annotations.Accepted}}
	labels := g.texts(subject, skosNS+"prefLabel")
	labels = append(labels, g.texts(subject, skosxlNS+"prefLabel")...)
	if len(labels) == 0 {
		labels = g.texts(subject, rdfsNS+"label")
	}
	best, others := inLanguage(labels, language)
	if len(best) > 0 {
		k.Label = best[0].value
		others = append(best[1:], others...)
	} else {
		k.Label = localName(subject)
		c.remark("“" + k.Label + "” has no label; it is called after its address")
	}
	for _, property := range []string{skosNS + "altLabel", skosNS + "hiddenLabel", skosxlNS + "altLabel"} {
		others = append(others, g.texts(subject, property)...)
	}
	for _, alias := range others {
		if alias.value != k.Label && !slices.Contains(k.Aliases, alias.value) {
			k.Aliases = append(k.Aliases, alias.value)
		}
	}
	k.Definition = g.joined(subject, skosNS+"definition", language)
	if k.Definition == "" {
		k.Definition = g.joined(subject, rdfsNS+"comment", language)
	}
	g.scope(&k, subject, language)
	for _, text := range g.texts(subject, skosNS+"example") {
		k.Texts = append(k.Texts, text.value)
	}
	for _, example := range g.refs(subject, namespace+"example") {
		if id := own(annotationURN, example); id != "" {
			k.Examples = append(k.Examples, id)
		}
	}
	g.place(c, &k, subject)
	g.standing(&k, subject)
	for _, property := range []string{"note", "editorialNote", "historyNote", "changeNote", "exactMatch", "closeMatch", "related", "notation"} {
		if len(g.all(subject, skosNS+property)) > 0 {
			c.remark("skos:" + property + " is left out: a codebook here has no place for it")
		}
	}
	return k
}

// joined returns the texts of a property in the language that fits best.
func (g *graph) joined(subject, property, language string) string {
	best, _ := inLanguage(g.texts(subject, property), language)
	var values []string
	for _, t := range best {
		values = append(values, t.value)
	}
	return strings.Join(values, "\n\n")
}

// scope reads scope notes; one that does not say which it is tells what to
// include.
func (g *graph) scope(k *Concept, subject, language string) {
	best, _ := inLanguage(g.texts(subject, skosNS+"scopeNote"), language)
	for _, note := range best {
		into, text := &k.Include, strings.TrimPrefix(note.value, includeMark)
		if rest, excludes := strings.CutPrefix(note.value, excludeMark); excludes {
			into, text = &k.Exclude, rest
		}
		if *into != "" {
			*into += "\n\n"
		}
		*into += text
	}
}

func (g *graph) place(c *Codebook, k *Concept, subject string) {
	above := g.refs(subject, skosNS+"broader")
	if len(above) > 1 {
		c.remark("“" + k.Label + "” stands below several concepts; it is placed below the first")
	}
	if len(above) > 0 {
		k.Broader = idOf(above[0])
	}
}

func (g *graph) standing(k *Concept, subject string) {
	if family := g.texts(subject, namespace+"family"); len(family) > 0 {
		if n, err := strconv.Atoi(family[0].value); err == nil && n >= 1 && n <= annotations.Families {
			k.Family = n
		}
	}
	if status := g.texts(subject, namespace+"status"); len(status) > 0 && status[0].value == annotations.Proposed {
		k.Status = annotations.Proposed
	}
	if deprecated := g.texts(subject, owlNS+"deprecated"); len(deprecated) > 0 && (deprecated[0].value == "true" || deprecated[0].value == "1") {
		k.Status = annotations.Deprecated
	}
	if replaced := g.refs(subject, dctNS+"isReplacedBy"); len(replaced) > 0 {
		k.Replaced = idOf(replaced[0])
	}
}

// localName returns the last part of an IRI, in words.
func localName(iri string) string {
	iri = strings.TrimRight(iri, "/#")
	name := iri[strings.LastIndexAny(iri, "/#:")+1:]
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return cmp.Or(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' }), " "), iri)
}

// resolve makes an IRI absolute.
func resolve(base, iri string) string {
	if base == "" {
		return iri
	}
	from, err := url.Parse(base)
	if err != nil {
		return iri
	}
	to, err := from.Parse(iri)
	if err != nil {
		return iri
	}
	return to.String()
}
