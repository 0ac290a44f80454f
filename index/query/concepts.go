package query

import (
	"regexp"
	"slices"
	"strings"
)

// A Concept is what the field concept knows of an entry of a codebook.
type Concept struct {
	ID      string
	Label   string
	Aliases []string
	Broader string // ID of the concept above, "" at the top
}

// Concepts know what the names in the field concept stand for. The index has
// labels alone: what a concept is called besides, and what is narrower than it,
// is looked up when a query is asked, so that a search follows the codebook at
// once. nil knows nothing.
type Concepts struct {
	all   []Concept
	named map[string][]int // by label and alias, folded
	below map[string][]int // by ID
}

// NewConcepts returns what is known by these concepts.
func NewConcepts(all []Concept) *Concepts {
	c := &Concepts{all: all, named: map[string][]int{}, below: map[string][]int{}}
	for i, concept := range all {
		for _, name := range append([]string{concept.Label}, concept.Aliases...) {
			name = strings.ToLower(fold(name))
			c.named[name] = append(c.named[name], i)
		}
		c.below[concept.Broader] = append(c.below[concept.Broader], i)
	}
	return c
}

// Expand puts in the place of each term of the field concept the term or the
// labels of the concepts it is a name of and, if narrower is set, of those that
// are narrower than these. It returns which terms it added, each once, in the
// query language. The query has the same Clauses as before.
func (c *Concepts) Expand(q Query, narrower bool) (expanded Query, added []string) {
	if c == nil {
		return q, nil
	}
	e := conceptExpander{concepts: c, narrower: narrower}
	return e.query(q), e.added
}

type conceptExpander struct {
	concepts *Concepts
	narrower bool
	added    []string
}

func (e *conceptExpander) query(q Query) Query {
	switch q := q.(type) {
	case Term:
		if q.Field == "concept" {
			return e.term(q)
		}
	case And:
		clauses := make(And, len(q))
		for i, clause := range q {
			clauses[i] = e.query(clause)
		}
		return clauses
	case Or:
		clauses := make([]Query, len(q))
		for i, clause := range q {
			clauses[i] = e.query(clause)
		}
		return Any(clauses...)
	case Not:
		return Not{e.query(q.Query)}
	case Boost:
		return Boost{e.query(q.Query), q.Weight}
	}
	return q
}

// term returns a term or what else it stands for.
func (e *conceptExpander) term(t Term) Query {
	finds := func(label string) bool { return label == strings.ToLower(fold(t.Text)) }
	if t.Match == Pattern {
		finds = patternOf(t.Text).MatchString
	}
	meant := e.concepts.meant(finds)
	if e.narrower {
		meant = e.concepts.withNarrower(meant)
	}
	choices, seen := []Query{t}, map[string]bool{}
	for _, i := range meant {
		label := e.concepts.all[i].Label
		normal := strings.ToLower(fold(label))
		if seen[normal] || finds(normal) {
			continue
		}
		seen[normal] = true
		value := Value("concept", label)
		choices = append(choices, value)
		if written := value.String(); !slices.Contains(e.added, written) {
			e.added = append(e.added, written)
		}
	}
	return Any(choices...)
}

// meant returns the concepts of which finds says that it finds a name.
func (c *Concepts) meant(finds func(name string) bool) []int {
	var all []int
	for name, named := range c.named {
		if finds(name) {
			all = append(all, named...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// withNarrower returns the concepts and all below them, each once, those above
// first.
func (c *Concepts) withNarrower(some []int) []int {
	all, seen := []int{}, map[int]bool{}
	for next := some; len(next) > 0; {
		var below []int
		for _, i := range next {
			if !seen[i] {
				seen[i] = true
				all = append(all, i)
				below = append(below, c.below[c.all[i].ID]...)
			}
		}
		next = below
	}
	return all
}

// patternOf returns what matches all of a text that a pattern does: * stands for
// any characters, ? for one. It takes time in proportion to the text.
func patternOf(pattern string) *regexp.Regexp {
	written := regexp.QuoteMeta(strings.ToLower(fold(pattern)))
	return regexp.MustCompile("^" + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(written) + "$")
}
