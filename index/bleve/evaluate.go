package bleve

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"glossator/index"
	"glossator/index/query"
)

// What a query may cost.
const (
	maxExpansion = 2_000  // words that one pattern may stand for
	maxLookups   = 10_000 // words that all clauses together look up
	checkEvery   = 1 << 12
)

// An evaluation finds the passages of one view that match a query.
type evaluation struct {
	memory    *workspace
	ctx       context.Context
	view      *view
	lexicon   *lexicon
	audiences []string
	lookups   int
	slots     int
	held      [][]*list // by part and by the number of the slot
}

// evaluate waits for its turn and calls search with the present state of the
// index, older versions included if they are wanted.
func (x *Index) evaluate(ctx context.Context, audiences []string, older bool, search func(e *evaluation) error) error {
	select {
	case x.turns <- struct{}{}:
		defer func() { <-x.turns }()
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return x.read(func(snapshot *scorch.IndexSnapshot) error {
		x.viewing.Lock()
		v, err := x.gallery.view(snapshot, older)
		x.viewing.Unlock()
		if err != nil {
			return err
		}
		w := workspaces.Get().(*workspace)
		defer w.end()
		e := &evaluation{memory: w, ctx: ctx, view: v, lexicon: x.lexicon, audiences: audiences, held: make([][]*list, len(v.parts))}
		return search(e)
	})
}

// look counts lookups and fails when there are too many.
func (e *evaluation) look(t query.Term, n int) error {
	if e.lookups += n; e.lookups > maxLookups*len(e.view.parts) {
		return fmt.Errorf("%w: with “%s” it looks up more than %d words; make it shorter", index.ErrTooCostly, t, maxLookups)
	}
	return e.ctx.Err()
}

// A clause is a node of a query made ready for a view. It finds the passages of
// a part that match; those that are not live may be among them.
type clause interface {
	find(e *evaluation, part int) (bitset, error)
}

type (
	all    struct{}
	none   struct{}
	both   []clause // all must match
	oneOf  []clause // one must match
	not    struct{ clause }
	ofText struct{ *leaf }
	// ofFact matches documents, and among them languages. What is asked, a Term
	// or a Range, names it.
	ofFact struct {
		asked query.Query
		is    func(f *fact, language string) bool
	}
	// ofRows matches passages by their rows.
	ofRows func(part *part, doc uint32) bool
	// ofTerm matches passages that have one of some terms in a field.
	ofTerm struct {
		field string
		terms func(part *part) ([]string, error)
	}
)

func (all) find(e *evaluation, part int) (bitset, error) {
	return e.memory.clone(e.view.parts[part].live), nil
}

func (none) find(e *evaluation, part int) (bitset, error) {
	return e.memory.newBits(len(e.view.parts[part].rows)), nil
}

func (c both) find(e *evaluation, part int) (bitset, error) {
	var words []*list
	var rest both
	for _, one := range c {
		if text, ok := one.(ofText); ok {
			words = append(words, text.found[part])
		} else {
			rest = append(rest, one)
		}
	}
	if len(words) < 2 {
		return c.join(e, part)
	}
	found := e.bitsOf(common(words), e.view.parts[part])
	if len(rest) == 0 {
		return found, nil
	}
	others, err := rest.join(e, part)
	if err != nil {
		return nil, err
	}
	found.and(others)
	return found, nil
}

func (c oneOf) find(e *evaluation, part int) (bitset, error) {
	found := e.memory.newBits(len(e.view.parts[part].rows))
	for _, one := range c {
		if text, ok := one.(ofText); ok {
			found.setAll(text.found[part].docs)
			continue
		}
		other, err := one.find(e, part)
		if err != nil {
			return nil, err
		}
		found.or(other)
	}
	return found, nil
}

func (c both) join(e *evaluation, part int) (bitset, error) {
	joined, err := c[0].find(e, part)
	for _, one := range c[1:] {
		if err != nil {
			return nil, err
		}
		var found bitset
		if found, err = one.find(e, part); err == nil {
			joined.and(found)
		}
	}
	return joined, err
}

func (c not) find(e *evaluation, part int) (bitset, error) {
	found, err := c.clause.find(e, part)
	if err != nil {
		return nil, err
	}
	live := e.view.parts[part].live
	for i := range found {
		found[i] = live[i] &^ found[i]
	}
	return found, nil
}

func (c ofText) find(e *evaluation, part int) (bitset, error) {
	return e.bitsOf(c.found[part].docs, e.view.parts[part]), nil
}

// bitsOf returns the set of some passages of a part.
func (e *evaluation) bitsOf(docs []uint32, p *part) bitset {
	found := e.memory.newBits(len(p.rows))
	found.setAll(docs)
	return found
}

func (c ofFact) find(e *evaluation, part int) (bitset, error) {
	p := e.view.parts[part]
	return e.memory.clone(e.view.filters.of(filterKey{p.id, c.asked}, func() bitset { return e.filter(c, p) })), nil
}

// filter returns the passages of the documents that c matches in a part.
func (e *evaluation) filter(c ofFact, p *part) bitset {
	set := newBits(len(p.rows))
	known := map[uint32]bool{} // by place
	for i := range p.runs {
		r := &p.runs[i]
		matches, ok := known[r.place]
		if !ok {
			f := e.view.facts[r.document]
			matches = f != nil && c.is(f, e.view.names.language(r.place))
			known[r.place] = matches
		}
		if matches {
			set.fill(r.from, r.to)
		}
	}
	return set
}

func (c ofRows) find(e *evaluation, part int) (bitset, error) {
	p := e.view.parts[part]
	found := e.memory.newBits(len(p.rows))
	for doc := range uint32(len(p.rows)) {
		if c(p, doc) {
			found.set(doc)
		}
	}
	return found, nil
}

func (c ofTerm) find(e *evaluation, part int) (bitset, error) {
	p := e.view.parts[part]
	found := e.memory.newBits(len(p.rows))
	terms, err := c.terms(p)
	if err != nil {
		return nil, err
	}
	for _, term := range terms {
		docs, err := readDocs(p.segment.Segment(), c.field, term)
		if err != nil {
			return nil, err
		}
		found.setAll(docs)
	}
	return found, e.ctx.Err()
}

// A leaf is a clause of words of a text, made ready.
type leaf struct {
	clause query.Query
	shape  shape
	weight float64
	field  string  // of the index
	found  []*list // by part: where the shape is found and how often
	// beside found, where it is found in headings; nil if that does not count
	headings []*list
	heading  words   // what is looked for in headings
	typed    []*list // of a plain word, by part: where it stands as it was typed; nil of others
	passages int     // that are found and live
}

// search returns where a shape is found, by part, and how many passages that
// are live have it. Places says that those of its words will be asked for.
func (e *evaluation) search(s shape, places bool) (found []*list, passages int, err error) {
	found = make([]*list, len(e.view.parts))
	for n, p := range e.view.parts {
		if found[n], err = e.shaped(s, n, places); err != nil {
			return nil, 0, err
		}
		passages += len(found[n].docs) - p.lost(found[n].docs)
	}
	return found, passages, nil
}

// lost counts those of ascending passages that are not live.
func (p *part) lost(docs []uint32) (n int) {
	if len(p.dead)*8 > len(docs) {
		for _, doc := range docs {
			if !p.live.has(doc) {
				n++
			}
		}
		return n
	}
	for _, doc := range p.dead {
		if _, found := slices.BinarySearch(docs, doc); found {
			n++
		}
	}
	return n
}

// shaped returns the passages of a part in which a shape is found.
func (e *evaluation) shaped(s shape, n int, places bool) (*list, error) {
	if w, ok := s.(words); ok && !slices.ContainsFunc(w, func(sequence []*slot) bool { return len(sequence) > 1 }) {
		lists := make([]*list, len(w))
		for i, sequence := range w {
			var err error
			if lists[i], err = e.list(sequence[0], n, places); err != nil {
				return nil, err
			}
		}
		if len(lists) == 1 {
			return lists[0], nil
		}
		return union(withoutPlaces(lists)), nil
	}
	if b, ok := s.(beside); ok {
		if near, done, err := e.nearby(b, n); done || err != nil {
			return near, err
		}
	}
	candidates, err := e.candidates(s, n)
	if err != nil || len(candidates) == 0 {
		return emptyList, err
	}
	r, err := e.reader(s, n)
	if err != nil {
		return nil, err
	}
	found := &list{}
	var stretches []stretch
	for i, doc := range candidates {
		r.doc = doc
		if stretches, err = s.stretches(r, stretches[:0]); err != nil {
			return nil, err
		}
		if len(stretches) > 0 {
			found.docs = append(found.docs, doc)
			found.times.append(uint32(len(stretches)))
		}
		if i%checkEvery == checkEvery-1 && e.ctx.Err() != nil {
			return nil, e.ctx.Err()
		}
	}
	return found, nil
}

// withoutPlaces returns lists that say nothing of places.
func withoutPlaces(lists []*list) []*list {
	plain := make([]*list, len(lists))
	for i, l := range lists {
		plain[i] = &list{docs: l.docs, times: l.times}
	}
	return plain
}

// candidates returns the passages of a part that have the words of a shape,
// ascending.
func (e *evaluation) candidates(s shape, n int) ([]uint32, error) {
	switch s := s.(type) {
	case words:
		var some []*list
		for _, sequence := range s {
			lists := make([]*list, len(sequence))
			for i, one := range sequence {
				var err error
				if lists[i], err = e.list(one, n, false); err != nil {
					return nil, err
				}
			}
			some = append(some, plainList(common(lists)))
		}
		return union(some).docs, nil
	case either:
		var some []*list
		for _, one := range s {
			found, err := e.candidates(one, n)
			if err != nil {
				return nil, err
			}
			some = append(some, plainList(found))
		}
		return union(some).docs, nil
	case beside:
		left, err := e.candidates(s.left, n)
		if err != nil || len(left) == 0 {
			return nil, err
		}
		right, err := e.candidates(s.right, n)
		if err != nil {
			return nil, err
		}
		return common([]*list{plainList(left), plainList(right)}), nil
	}
	return nil, errors.New("a shape that is not known")
}

// plainList is a list of which only the passages count.
func plainList(docs []uint32) *list {
	return &list{docs: docs, times: times{bytes: make([]uint8, len(docs))}}
}

// A listReader reads places from lists.
type listReader struct {
	doc                   uint32
	lists                 []cursor // by the number of the slot
	sentences, paragraphs cursor
}

// reader returns a reader for the words of a shape.
func (e *evaluation) reader(s shape, n int) (*listReader, error) {
	r := &listReader{lists: make([]cursor, e.slots)}
	for _, one := range s.slots(nil) {
		var err error
		if r.lists[one.number].list, err = e.list(one, n, true); err != nil {
			return nil, err
		}
	}
	units := unitsOf(s, nil)
	var err error
	if slices.Contains(units, query.Sentence) {
		if r.sentences.list, err = e.term(e.view.parts[n], fieldExact, termSentence, true); err != nil {
			return nil, err
		}
	}
	if slices.Contains(units, query.Paragraph) {
		r.paragraphs.list, err = e.term(e.view.parts[n], fieldExact, termParagraph, true)
	}
	return r, err
}

func (r *listReader) places(s *slot) []place { return r.lists[s.number].at(r.doc) }

func (r *listReader) begins(unit query.Unit) []place {
	if unit == query.Sentence {
		return r.sentences.at(r.doc)
	}
	return r.paragraphs.at(r.doc)
}
