package bleve

import (
	"context"
	"fmt"
	"math"
	"slices"

	api "github.com/blevesearch/bleve_index_api"

	"glossator/index"
	"glossator/index/query"
)

// What a query may cost.
const (
	maxExpansion = 2_000  // words that one pattern may stand for
	maxLookups   = 10_000 // terms that all clauses together look up
	checkEvery   = 1 << 12
)

// Parameters of BM25.
const (
	saturation = 1.2  // k1
	dampening  = 0.75 // b
)

// A matching is the passages that match a clause, and how well. Scores count
// only for passages in the set; nil scores are all zero.
type matching struct {
	set    bitset
	scores []float32
}

// An evaluation finds the passages of one view that match a query. Passages are
// scored by BM25 as published (Robertson and Zaragoza, 2009), each word or
// phrase of the query being a term; whole values do not count.
type evaluation struct {
	ctx       context.Context
	view      *view
	lexicon   *lexicon
	audiences []string
	lookups   int
}

// query returns what matches q.
func (e *evaluation) query(q query.Query) (*matching, error) {
	switch q := q.(type) {
	case query.All:
		return &matching{set: slices.Clone(e.view.live)}, nil
	case query.Term:
		return e.term(q)
	case query.Range:
		return e.years(q)
	case query.Not:
		m, err := e.query(q.Query)
		if err != nil {
			return nil, err
		}
		for i := range m.set {
			m.set[i] = e.view.live[i] &^ m.set[i]
		}
		return &matching{set: m.set}, nil
	case query.And:
		return e.join(q, (*matching).and)
	case query.Or:
		return e.join(q, (*matching).or)
	}
	return nil, fmt.Errorf("a query may not be a %T", q)
}

func (e *evaluation) join(clauses []query.Query, with func(m, other *matching)) (*matching, error) {
	if len(clauses) == 0 {
		return nil, fmt.Errorf("a query joins no clauses")
	}
	all, err := e.query(clauses[0])
	for _, clause := range clauses[1:] {
		if err != nil {
			return nil, err
		}
		var m *matching
		if m, err = e.query(clause); err == nil {
			with(all, m)
		}
	}
	return all, err
}

func (m *matching) and(other *matching) {
	for i := range m.set {
		m.set[i] &= other.set[i]
	}
	if other.scores == nil {
		return
	}
	if m.scores == nil {
		m.scores = other.scores
		return
	}
	for i := range m.set.all() {
		m.scores[i] += other.scores[i]
	}
}

func (m *matching) or(other *matching) {
	if m.scores == nil {
		m.scores = make([]float32, len(m.set)*64)
	}
	for i := range other.set.all() {
		var score float32
		if other.scores != nil {
			score = other.scores[i]
		}
		if m.set.has(i) {
			score += m.scores[i]
		}
		m.scores[i] = score
		m.set.set(i)
	}
}

// term returns what matches one word, phrase, pattern or value.
func (e *evaluation) term(t query.Term) (*matching, error) {
	switch t.Field {
	case "":
		return e.words(t, fieldExact, e.inText, []string{noAudience}, dampening)
	case "title":
		return e.words(t, fieldTitleExact, inEnglish("title"), []string{noAudience}, 0)
	case "note":
		return e.words(t, fieldNoteExact, inEnglish("note"), e.seenBy("note"), 0)
	case "art":
		t.Text = articleTerm(t.Text)
	case "in", "kind", "party", "org", "lang", "concept", "by", "has":
	case "year":
		if t.Match != query.Pattern {
			return e.yearNamed(t)
		}
	default:
		return nil, fmt.Errorf("the index has no field %q", t.Field)
	}
	return e.values(t)
}

// noAudience is the prefix of terms in fields that hold no annotations.
const noAudience = ""

// seenBy returns the prefixes of the terms in a field that count in this
// search. It alone decides whose annotations are found.
func (e *evaluation) seenBy(field string) []string {
	switch field {
	case "concept", "note", "by":
	case "has":
		return append(prefixes(e.audiences), forAudience("", ""))
	default:
		return []string{noAudience}
	}
	return prefixes(e.audiences)
}

func prefixes(audiences []string) []string {
	var all []string
	for _, audience := range audiences {
		all = append(all, forAudience(audience, ""))
	}
	return all
}

// A spelling is a field and the grammar of its terms.
type spelling struct {
	field   string
	grammar grammar
}

func (e *evaluation) inText() []spelling {
	var all []spelling
	for _, g := range e.view.grammars {
		all = append(all, spelling{fieldStemmed + string(g), g})
	}
	return all
}

func inEnglish(field string) func() []spelling {
	return func() []spelling { return []spelling{{field, englishGrammar}} }
}

// words returns what matches t in a field that is cut into words: exact holds
// them as they are, stemmed their stems. Prefixes stand before the terms;
// damping is the b of BM25.
func (e *evaluation) words(t query.Term, exact string, stemmed func() []spelling, prefixes []string, damping float64) (*matching, error) {
	m := &matching{set: newBits(len(e.view.rows)), scores: make([]float32, (len(e.view.rows)+63)/64*64)}
	pieces := piecesOf(t)
	if len(pieces) == 0 {
		return m, nil
	}
	spellings := []spelling{{field: exact}}
	if t.Match == query.Word {
		spellings = stemmed()
	}
	for _, prefix := range prefixes {
		for _, s := range spellings {
			sequence := make([][]string, len(pieces))
			for i, p := range pieces {
				terms, err := e.termsOf(t, p, s, prefix)
				if err != nil {
					return nil, err
				}
				sequence[i] = terms
			}
			if err := e.frequencies(m, s.field, sequence); err != nil {
				return nil, err
			}
		}
	}
	e.score(m, damping)
	return m, nil
}

// termsOf returns the terms of a field that are what a piece of t asks for.
func (e *evaluation) termsOf(t query.Term, p piece, s spelling, prefix string) ([]string, error) {
	var terms []string
	switch p.match {
	case query.Pattern:
		return e.expand(t, s.field, prefix, p.glob)
	case query.Word:
		for _, stem := range e.lexicon.of(s.grammar, p.term) {
			terms = append(terms, prefix+stem)
		}
	default:
		terms = []string{prefix + p.term}
	}
	return terms, e.look(t, len(terms))
}

// look counts lookups and fails when there are too many.
func (e *evaluation) look(t query.Query, n int) error {
	if e.lookups += n; e.lookups > maxLookups {
		return fmt.Errorf("%w: with “%s” it looks up more than %d words; make it shorter", index.ErrTooCostly, t, maxLookups)
	}
	return e.ctx.Err()
}

// expand returns the terms of a field that begin with prefix and whose rest
// matches pattern.
func (e *evaluation) expand(t query.Term, field, prefix string, pattern glob) ([]string, error) {
	start := prefix + pattern.fixed()
	dictionary, err := e.view.snapshot.FieldDictPrefix(field, []byte(start))
	if err != nil {
		return nil, err
	}
	defer dictionary.Close()
	var terms []string
	for n := 0; ; n++ {
		entry, err := dictionary.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			return terms, e.look(t, len(terms))
		}
		if n%checkEvery == 0 && e.ctx.Err() != nil {
			return nil, e.ctx.Err()
		}
		if !pattern.matches(entry.Term[len(prefix):]) {
			continue
		}
		if terms = append(terms, entry.Term); len(terms) > maxExpansion {
			return nil, fmt.Errorf("%w: “%s” stands for more than %d words; give more letters", index.ErrTooCostly, t, maxExpansion)
		}
	}
}

// frequencies adds to the scores of m how often a sequence of words, each with
// its alternatives, stands in a field.
func (e *evaluation) frequencies(m *matching, field string, sequence [][]string) error {
	if len(sequence) > 1 {
		return e.phrase(m, field, sequence)
	}
	for _, term := range sequence[0] {
		err := e.postings(field, term, true, func(i int, p *api.TermFieldDoc) {
			m.set.set(i)
			m.scores[i] += float32(p.Freq)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// postings calls found for each passage that has a term in a field.
func (e *evaluation) postings(field, term string, frequency bool, found func(i int, p *api.TermFieldDoc)) error {
	reader, err := e.view.snapshot.TermFieldReader(e.ctx, []byte(term), field, frequency, false, false)
	if err != nil {
		return err
	}
	defer reader.Close()
	var next api.TermFieldDoc
	for n := 1; ; n++ {
		p, err := reader.Next(next.Reset())
		if err != nil {
			return err
		}
		if p == nil {
			return nil
		}
		found(int(p.ID.Value()), p)
		if n%checkEvery == 0 && e.ctx.Err() != nil {
			return e.ctx.Err()
		}
	}
}

// score turns frequencies into scores.
func (e *evaluation) score(m *matching, damping float64) {
	found := float64(m.set.count())
	rarity := math.Log(1 + (float64(e.view.passages)-found+0.5)/(found+0.5))
	for i := range m.set.all() {
		frequency := float64(m.scores[i])
		length := 1 - damping + damping*float64(e.view.rows[i].words)/max(e.view.words, 1)
		m.scores[i] = float32(rarity * frequency * (saturation + 1) / (frequency + saturation*length))
	}
}

// values returns what has a whole value in a field.
func (e *evaluation) values(t query.Term) (*matching, error) {
	m := &matching{set: newBits(len(e.view.rows))}
	value := normalValue(t.Text)
	for _, prefix := range e.seenBy(t.Field) {
		terms := []string{prefix + value}
		if t.Match == query.Pattern {
			var err error
			if terms, err = e.expand(t, t.Field, prefix, glob(value)); err != nil {
				return nil, err
			}
		} else if err := e.look(t, 1); err != nil {
			return nil, err
		}
		if err := e.anyOf(m, t.Field, terms); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// anyOf adds to m what has one of terms in a field.
func (e *evaluation) anyOf(m *matching, field string, terms []string) error {
	for _, term := range terms {
		err := e.postings(field, term, false, func(i int, _ *api.TermFieldDoc) { m.set.set(i) })
		if err != nil {
			return err
		}
	}
	return nil
}
