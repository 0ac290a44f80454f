package bleve

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"glossator/index"
	"glossator/index/query"
)

// A plan is a query made ready for a view.
type plan struct {
	clause clause
	leaves []*leaf // of the texts, headings and notes, but for those under Not
}

// plan makes a query ready.
func (e *evaluation) plan(q query.Query) (*plan, error) {
	p := &plan{}
	var err error
	p.clause, err = e.clause(q, p, 1)
	return p, err
}

// unscored is the weight of what is under Not.
const unscored = 0

// clause makes a part of a query ready, and adds its leaves to p unless their
// weight is unscored.
func (e *evaluation) clause(q query.Query, p *plan, weight float64) (clause, error) {
	switch q := q.(type) {
	case query.All:
		return all{}, nil
	case query.Range:
		if q.Field == "tagged" {
			return e.tagged(q), nil
		}
		return dated(q)
	case query.Boost:
		return e.clause(q.Query, p, weight*q.Weight)
	case query.Not:
		inner, err := e.clause(q.Query, p, unscored)
		return not{inner}, err
	case query.And:
		clauses, err := e.clauses(q, p, weight)
		return both(clauses), err
	case query.Or:
		clauses, err := e.clauses(q, p, weight)
		return oneOf(clauses), err
	case query.Near:
		s, err := e.shape(q)
		if err != nil {
			return nil, err
		}
		return e.leaf(p, &leaf{clause: q, shape: s, weight: weight, field: fieldExact})
	case query.Term:
		return e.termClause(q, p, weight)
	}
	return nil, fmt.Errorf("a query may not be a %T", q)
}

func (e *evaluation) clauses(queries []query.Query, p *plan, weight float64) ([]clause, error) {
	if len(queries) == 0 {
		return nil, fmt.Errorf("a query joins no clauses")
	}
	clauses := make([]clause, len(queries))
	for i, q := range queries {
		var err error
		if clauses[i], err = e.clause(q, p, weight); err != nil {
			return nil, err
		}
	}
	return clauses, nil
}

// leaf searches for l.
func (e *evaluation) leaf(p *plan, l *leaf) (clause, error) {
	if w, ok := l.shape.(words); ok && len(w) == 0 {
		return none{}, nil
	}
	// What is scored is marked in the hits of a page, and its order looked at: a list
	// is read with places at once, not twice.
	found, passages, err := e.search(l.shape, l.weight != unscored && l.field == fieldExact)
	if err != nil {
		return nil, err
	}
	l.found, l.passages = found, passages
	if l.weight != unscored {
		p.leaves = append(p.leaves, l)
		if err = e.inHeadings(l); err == nil && l.plain() {
			err = e.asTyped(l)
		}
	}
	return ofText{l}, err
}

// inHeadings searches for a Term of the text in headings.
func (e *evaluation) inHeadings(l *leaf) (err error) {
	t, ok := l.clause.(query.Term)
	if !ok || t.Field != "" {
		return nil
	}
	if l.heading, err = e.words(t, fieldHeading, []string{""}); err != nil {
		return err
	}
	l.headings, _, err = e.search(l.heading, false)
	return err
}

// asTyped searches for a plain word in the form in which it was typed.
func (e *evaluation) asTyped(l *leaf) (err error) {
	l.typed = make([]*list, len(e.view.parts))
	for n, p := range e.view.parts {
		if l.typed[n], err = e.term(p, fieldExact, l.shape.(words)[0][0].term, false); err != nil {
			return err
		}
	}
	return nil
}

// shape returns what a Term of the text, an Or of such or a Near asks for.
func (e *evaluation) shape(q query.Query) (shape, error) {
	switch q := q.(type) {
	case query.Term:
		if q.Field != "" {
			return nil, fmt.Errorf("the field %q cannot be near anything", q.Field)
		}
		return e.words(q, fieldExact, []string{""})
	case query.Boost:
		return e.shape(q.Query)
	case query.Or:
		some := make(either, len(q))
		for i, one := range q {
			var err error
			if some[i], err = e.shape(one); err != nil {
				return nil, err
			}
		}
		return some, nil
	case query.Near:
		left, err := e.shape(q.Left)
		if err != nil {
			return nil, err
		}
		right, err := e.shape(q.Right)
		return beside{q, left, right}, err
	}
	return nil, fmt.Errorf("a %T cannot be near anything", q)
}

// words returns what a Term asks for in a field, whose terms begin with one of
// prefixes.
func (e *evaluation) words(t query.Term, field string, prefixes []string) (words, error) {
	var w words
	for _, prefix := range prefixes {
		sequences, err := sequencesOf(t, field, prefix)
		if err != nil {
			return nil, err
		}
		for _, sequence := range sequences {
			for _, s := range sequence {
				s.number = e.slots
				e.slots++
			}
		}
		w = append(w, sequences...)
	}
	return w, nil
}

// termClause makes a Term ready.
func (e *evaluation) termClause(t query.Term, p *plan, weight float64) (clause, error) {
	switch t.Field {
	case "", "heading", "note":
		field, prefixes := fieldExact, []string{""}
		switch t.Field {
		case "heading":
			field = fieldHeading
		case "note":
			field, prefixes = fieldNote, e.seen()
		}
		w, err := e.words(t, field, prefixes)
		if err != nil {
			return nil, err
		}
		return e.leaf(p, &leaf{clause: t, shape: w, weight: weight, field: field})
	case "title":
		w, err := e.words(t, "", []string{""})
		if err != nil {
			return nil, err
		}
		return ofFact{t, titled(w, e.lexicon)}, nil
	case "year":
		if t.Match != query.Pattern {
			year, err := strconv.Atoi(t.Text)
			return ofFact{t, func(f *fact, _ string) bool { return err == nil && year > 0 && f.Year() == year }}, nil
		}
		return valued(t, func(f *fact, _ string) []string { return f.folded[facetYear] }), nil
	case "in":
		return valued(t, func(f *fact, _ string) []string { return f.called }), nil
	case "party":
		if t.Match != query.Pattern {
			t.Text = index.PartyCode(t.Text)
		}
		return valued(t, func(f *fact, _ string) []string { return f.folded[facetParty] }), nil
	case "kind", "org", "region", "status":
		facet := slices.Index(index.FacetNames, t.Field)
		return valued(t, func(f *fact, _ string) []string { return f.folded[facet] }), nil
	case "lang":
		return valued(t, func(_ *fact, language string) []string { return []string{normalValue(language), primary(language)} }), nil
	case "art":
		t.Text = articleTerm(t.Text)
		return e.fieldClause(t, "art", []string{""}), nil
	case "concept", "by", "group":
		return e.fieldClause(t, t.Field, e.seen()), nil
	case "has":
		return e.has(t), nil
	case "coded", "tagged":
		coded := e.fieldClause(query.Term{Match: query.Phrase, Text: "concept"}, "has", e.seen())
		switch normalValue(t.Text) {
		case codedYes:
			return coded, nil
		case codedNo:
			return not{coded}, nil
		}
		return none{}, nil
	case "id":
		return e.named(t), nil
	case "version":
		return versioned(t), nil
	}
	return nil, fmt.Errorf("the index has no field %q", t.Field)
}

// seen returns the prefixes of terms made of annotations that count in this
// search. It alone decides whose annotations are found.
func (e *evaluation) seen() []string {
	prefixes := []string{}
	for _, audience := range e.audiences {
		prefixes = append(prefixes, forAudience(audience, ""))
	}
	return prefixes
}

// has finds passages by what is on them, and digests.
func (e *evaluation) has(t query.Term) clause {
	digest := ofFact{query.Term{Field: "has", Text: "digest"}, func(f *fact, _ string) bool { return f.Digest }}
	on := e.fieldClause(t, "has", e.seen())
	if value := normalValue(t.Text); t.Match == query.Pattern && glob(value).matches("digest") || value == "digest" {
		return oneOf{on, digest}
	}
	return on
}

// tagged finds passages by the days on which concepts were put there.
func (e *evaluation) tagged(r query.Range) clause {
	to := r.To
	if to == 0 {
		to = math.MaxInt
	}
	return ofTerm{"tagged", func(p *part) ([]string, error) {
		var terms []string
		for _, prefix := range e.seen() {
			known, err := readTerms(p.segment.Segment(), "tagged", prefix)
			if err != nil {
				return nil, err
			}
			for _, term := range known {
				if day, err := strconv.Atoi(term[len(prefix):]); err == nil && r.From <= day && day <= to {
					terms = append(terms, term)
				}
			}
		}
		return terms, e.look(query.Term{Field: r.Field, Text: r.String()}, len(terms))
	}}
}

// fieldClause finds passages by terms in a field of the index that is compared
// whole.
func (e *evaluation) fieldClause(t query.Term, field string, prefixes []string) clause {
	value := normalValue(t.Text)
	return ofTerm{field, func(p *part) ([]string, error) {
		var terms []string
		for _, prefix := range prefixes {
			if t.Match != query.Pattern {
				terms = append(terms, prefix+value)
				continue
			}
			known, err := readTerms(p.segment.Segment(), field, prefix+glob(value).fixed())
			if err != nil {
				return nil, err
			}
			for _, term := range known {
				if glob(value).matches(term[len(prefix):]) {
					terms = append(terms, term)
				}
			}
		}
		if err := e.tooMany(t, len(terms)); err != nil {
			return nil, err
		}
		return terms, e.look(t, len(terms))
	}}
}

// versioned finds passages by whether their version is current. Whether there
// are others in the view at all is query.Older's to say.
func versioned(t query.Term) clause {
	older := ofRows(func(p *part, doc uint32) bool {
		_, older := slices.BinarySearch(p.older, doc)
		return older
	})
	switch normalValue(t.Text) {
	case "all":
		return all{}
	case "older":
		return older
	case "current":
		return not{older}
	}
	return none{}
}

// named finds the passages of a document or a version, or the one that is or has
// a provision, by id.
func (e *evaluation) named(t query.Term) clause {
	owner, provision, one := strings.Cut(t.Text, "/")
	owner = normalValue(owner)
	return ofTerm{fieldID, func(p *part) (ids []string, err error) {
		seen := map[uint32]bool{}
		for _, r := range p.runs {
			for doc := r.from; doc < r.to; doc++ {
				version := p.rows[doc].version
				if seen[version] {
					continue
				}
				seen[version] = true
				name := e.view.names.versions.values[version]
				if owner != name && owner != strings.ToLower(e.view.names.documents.values[r.document]) {
					continue
				}
				if one {
					// An id goes on from that of the provision around it: see index.Identify.
					for around := provision; around != ""; around = around[:max(strings.LastIndexByte(around, '.'), 0)] {
						ids = append(ids, name+"/"+around)
					}
					continue
				}
				terms, err := readTerms(p.segment.Segment(), fieldID, name+"/")
				if err != nil {
					return nil, err
				}
				ids = append(ids, terms...)
			}
		}
		return ids, nil
	}}
}

// valued finds documents of which one value, as normalValue gives it, is what t
// asks for.
func valued(t query.Term, values func(f *fact, language string) []string) ofFact {
	asked := normalValue(t.Text)
	is := func(value string) bool { return value == asked }
	if t.Match == query.Pattern {
		is = glob(asked).matches
	}
	return ofFact{t, func(f *fact, language string) bool { return slices.ContainsFunc(values(f, language), is) }}
}

// dated finds documents by their year or date.
func dated(r query.Range) (clause, error) {
	to := r.To
	if to == 0 {
		to = math.MaxInt
	}
	switch r.Field {
	case "year":
		return ofFact{r, func(f *fact, _ string) bool {
			year := f.Year()
			return year > 0 && r.From <= year && year <= to
		}}, nil
	case "date":
		return ofFact{r, func(f *fact, _ string) bool {
			first, last := f.Dates()
			return first > 0 && r.From <= last && first <= to
		}}, nil
	}
	return nil, fmt.Errorf("the index has no numbers in the field %q", r.Field)
}

// A title is the words of one, as index.Tokens gives them.
type title []index.Token

func titlesOf(d index.Document) []title {
	var titles []title
	for _, text := range append([]string{d.Title, d.ShortTitle}, d.Aliases...) {
		titles = append(titles, slices.Collect(index.Tokens(text)))
	}
	return titles
}

// titled finds documents that have words in a title.
func titled(w words, l *lexicon) func(f *fact, _ string) bool {
	known := map[*slot]map[string]bool{}
	accepts := func(s *slot, word string) bool {
		if known[s] == nil {
			known[s] = map[string]bool{}
		}
		is, ok := known[s][word]
		if !ok {
			is = s.accepts(word, l, englishGrammar)
			known[s][word] = is
		}
		return is
	}
	at := func(t title, i int, sequence []*slot) bool {
		for j, s := range sequence {
			if !accepts(s, t[i+j].Term) {
				return false
			}
		}
		return true
	}
	return func(f *fact, _ string) bool {
		for _, t := range f.titles {
			for _, sequence := range w {
				for i := range len(t) - len(sequence) + 1 {
					if at(t, i, sequence) || len(sequence) == 1 && sequence[0].compounds() && t[i].Joined != "" && accepts(sequence[0], t[i].Joined) {
						return true
					}
				}
			}
		}
		return false
	}
}
