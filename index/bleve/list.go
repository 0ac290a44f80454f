package bleve

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A list says which passages of a segment have a word, ascending, and how
// often. Lists are shared and do not change.
type list struct {
	docs  []uint32 // numbers in the segment
	freqs []uint32
	// places holds where the word stands, ascending: in docs[i] at
	// places[from[i]:from[i+1]]. Both are nil if they have not been read.
	from   []uint32
	places []place
}

// A place is where a word stands in a passage: its position, counted from 1,
// in the upper bits, and in the lowest whether it is a compound of two words.
type place uint32

func newPlace(position uint64, compound bool) place {
	p := place(position << 1)
	if compound {
		p++
	}
	return p
}

func (p place) stretch() stretch { return stretch{uint32(p >> 1), uint32(p>>1 + p&1)} }

// emptyList is the list of a word that is nowhere.
var emptyList = &list{from: []uint32{0}, places: []place{}}

// size returns about how many bytes l takes.
func (l *list) size() uint32 {
	return uint32(4*(len(l.docs)+len(l.freqs)+len(l.from)+len(l.places)) + 160)
}

// A cursor reads a list for one passage after the other, ascending ones most
// quickly.
type cursor struct {
	*list
	next int
}

// find returns the index of a passage in the list, if it is there.
func (c *cursor) find(doc uint32) (i int, found bool) {
	if c.next > 0 && c.docs[c.next-1] >= doc {
		c.next = 0
	}
	c.next += seek(c.docs[c.next:], doc)
	return c.next, c.next < len(c.docs) && c.docs[c.next] == doc
}

// at returns the places in a passage, none if the list does not have it.
func (c *cursor) at(doc uint32) []place {
	i, found := c.find(doc)
	if !found {
		return nil
	}
	return c.places[c.from[i]:c.from[i+1]]
}

// frequency returns how often the word stands in a passage.
func (c *cursor) frequency(doc uint32) uint32 {
	i, found := c.find(doc)
	if !found {
		return 0
	}
	return c.freqs[i]
}

// hyphen joins the two words of a compound; no other term has one.
const hyphen = "-"

// placesPool keeps the memory in which places are gathered until it is known how
// many there are.
var placesPool = sync.Pool{New: func() any { return new([]place) }}

// readList reads the list of a term from a segment.
func readList(ctx context.Context, s segment.Segment, field, term string, places bool) (*list, error) {
	dictionary, err := s.Dictionary(field)
	if err != nil {
		return nil, err
	}
	found, err := dictionary.PostingsList([]byte(term), nil, nil)
	if err != nil || found.Count() == 0 {
		return emptyList, err
	}
	compound := strings.Contains(term, hyphen)
	l := &list{docs: make([]uint32, 0, found.Count()), freqs: make([]uint32, 0, found.Count())}
	if places {
		l.from = make([]uint32, 1, found.Count()+1)
		memory := placesPool.Get().(*[]place)
		defer placesPool.Put(memory)
		l.places = (*memory)[:0]
		defer func() { *memory, l.places = l.places, append(make([]place, 0, len(l.places)), l.places...) }()
	}
	postings := found.Iterator(true, false, places, nil)
	for n := 1; ; n++ {
		p, err := postings.Next()
		if err != nil {
			return nil, err
		}
		if p == nil {
			return l, nil
		}
		l.docs = append(l.docs, uint32(p.Number()))
		l.freqs = append(l.freqs, uint32(p.Frequency()))
		if places {
			for _, location := range p.Locations() {
				l.places = append(l.places, newPlace(location.Pos(), compound))
			}
			l.from = append(l.from, uint32(len(l.places)))
		}
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

// readDocs returns the passages of a segment that have a term.
func readDocs(s segment.Segment, field, term string) ([]uint32, error) {
	dictionary, err := s.Dictionary(field)
	if err != nil {
		return nil, err
	}
	found, err := dictionary.PostingsList([]byte(term), nil, nil)
	if err != nil || found.Count() == 0 {
		return nil, err
	}
	docs := make([]uint32, 0, found.Count())
	postings := found.Iterator(false, false, false, nil)
	for {
		p, err := postings.Next()
		if err != nil || p == nil {
			return docs, err
		}
		docs = append(docs, uint32(p.Number()))
	}
}

// readTerms returns the terms of a field of a segment that begin with prefix,
// ascending.
func readTerms(s segment.Segment, field, prefix string) ([]string, error) {
	dictionary, err := s.Dictionary(field)
	if err != nil {
		return nil, err
	}
	terms := dictionary.AutomatonIterator(nil, []byte(prefix), after(prefix))
	var all []string
	for {
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return all, err
		}
		all = append(all, entry.Term)
	}
}

// after returns the first key behind all that begin with prefix, nil if there
// is none.
func after(prefix string) []byte {
	end := []byte(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

// kept returns the part of l in passages that keep accepts.
func (l *list) kept(keep func(doc uint32) bool) *list {
	docs, places := 0, 0
	for i, doc := range l.docs {
		if keep(doc) {
			docs++
			if l.from != nil {
				places += int(l.from[i+1] - l.from[i])
			}
		}
	}
	switch docs {
	case len(l.docs):
		return l
	case 0:
		return emptyList
	}
	k := &list{docs: make([]uint32, 0, docs), freqs: make([]uint32, 0, docs)}
	if l.from != nil {
		k.from, k.places = make([]uint32, 1, docs+1), make([]place, 0, places)
	}
	for i, doc := range l.docs {
		if !keep(doc) {
			continue
		}
		k.docs, k.freqs = append(k.docs, doc), append(k.freqs, l.freqs[i])
		if l.from != nil {
			k.places = append(k.places, l.places[l.from[i]:l.from[i+1]]...)
			k.from = append(k.from, uint32(len(k.places)))
		}
	}
	return k
}

// union returns the list of a word that stands wherever one of lists does, with
// places if all lists have them.
func union(lists []*list) *list {
	lists = slices.DeleteFunc(lists, func(l *list) bool { return len(l.docs) == 0 })
	for len(lists) > 1 {
		var paired []*list
		for i := 0; i+1 < len(lists); i += 2 {
			paired = append(paired, merged(lists[i], lists[i+1]))
		}
		if len(lists)%2 == 1 {
			paired = append(paired, lists[len(lists)-1])
		}
		lists = paired
	}
	if len(lists) == 0 {
		return emptyList
	}
	return lists[0]
}

// merged is the union of two lists.
func merged(a, b *list) *list {
	n := len(a.docs) + len(b.docs)
	m := &list{docs: make([]uint32, 0, n), freqs: make([]uint32, 0, n)}
	if a.from != nil && b.from != nil {
		m.from, m.places = make([]uint32, 1, n+1), make([]place, 0, len(a.places)+len(b.places))
	}
	for i, j := 0, 0; i < len(a.docs) || j < len(b.docs); {
		var order int
		switch {
		case i == len(a.docs):
			order = 1
		case j == len(b.docs):
			order = -1
		default:
			order = cmp.Compare(a.docs[i], b.docs[j])
		}
		switch {
		case order < 0:
			m.take(a, i)
			i++
		case order > 0:
			m.take(b, j)
			j++
		default:
			m.takeBoth(a, i, b, j)
			i, j = i+1, j+1
		}
	}
	return m
}

// take appends the passage i of another list.
func (l *list) take(of *list, i int) {
	l.docs, l.freqs = append(l.docs, of.docs[i]), append(l.freqs, of.freqs[i])
	if l.from != nil {
		l.places = append(l.places, of.places[of.from[i]:of.from[i+1]]...)
		l.from = append(l.from, uint32(len(l.places)))
	}
}

// takeBoth appends a passage that two lists have.
func (l *list) takeBoth(a *list, i int, b *list, j int) {
	l.docs, l.freqs = append(l.docs, a.docs[i]), append(l.freqs, a.freqs[i]+b.freqs[j])
	if l.from == nil {
		return
	}
	x, y := a.places[a.from[i]:a.from[i+1]], b.places[b.from[j]:b.from[j+1]]
	for len(x) > 0 && len(y) > 0 {
		if x[0] <= y[0] {
			l.places, x = append(l.places, x[0]), x[1:]
		} else {
			l.places, y = append(l.places, y[0]), y[1:]
		}
	}
	l.places = append(append(l.places, x...), y...)
	l.from = append(l.from, uint32(len(l.places)))
}

// common returns the passages that all lists have, ascending.
func common(lists []*list) []uint32 {
	if len(lists) == 1 {
		return lists[0].docs
	}
	sorted := slices.SortedFunc(slices.Values(lists), func(a, b *list) int { return cmp.Compare(len(a.docs), len(b.docs)) })
	found := slices.Clone(sorted[0].docs)
	for _, l := range sorted[1:] {
		rest := l.docs
		n := 0
		for _, doc := range found {
			rest = rest[seek(rest, doc):]
			if len(rest) > 0 && rest[0] == doc {
				found[n] = doc
				n++
			}
		}
		found = found[:n]
	}
	return found
}

// seek returns the index of the first of ascending docs that is not before doc,
// in time logarithmic in that index.
func seek(docs []uint32, doc uint32) int {
	if len(docs) == 0 || docs[0] >= doc {
		return 0
	}
	if len(docs) == 1 || docs[1] >= doc {
		return 1
	}
	reach := 2
	for reach < len(docs) && docs[reach] < doc {
		reach *= 2
	}
	from := reach / 2
	i, _ := slices.BinarySearch(docs[from:min(reach, len(docs))], doc)
	return from + i
}
