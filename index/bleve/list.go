package bleve

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A list says which passages of a segment have a word, ascending, how often and,
// if that has been read, where. Lists are shared and do not change.
type list struct {
	docs   []uint32 // numbers in the segment
	times  times
	places packed
}

func newList(capacity int) *list {
	return &list{docs: make([]uint32, 0, capacity), times: newTimes(capacity)}
}

// emptyList is the list of a word that is nowhere.
var emptyList = &list{places: newPacked(0, 0)}

// size returns about how many bytes l takes.
func (l *list) size() uint32 {
	return uint32(4*len(l.docs) + len(l.times.bytes) + 40*len(l.times.more) + len(l.places.bytes) + 4*len(l.places.starts) + 200)
}

// A cursor reads a list for one passage after the other, ascending ones most
// quickly.
type cursor struct {
	*list
	next int
	walk walk
	read []place // what at has returned
	of   int     // the passage that was of, counted from 1
}

// find returns the index of a passage in the list, if it is there.
func (c *cursor) find(doc uint32) (i int, found bool) {
	if c.next > 0 && c.docs[c.next-1] >= doc {
		c.next = 0
	}
	c.next += seek(c.docs[c.next:], doc)
	return c.next, c.next < len(c.docs) && c.docs[c.next] == doc
}

// at returns the places in a passage, none if the list does not have it. They hold
// until another passage is asked for.
func (c *cursor) at(doc uint32) []place {
	i, found := c.find(doc)
	if !found {
		return nil
	}
	if c.of != i+1 {
		c.read, c.of = c.walk.read(c.list, i, c.read[:0]), i+1
	}
	return c.read
}

// frequency returns how often the word stands in a passage.
func (c *cursor) frequency(doc uint32) uint32 {
	i, found := c.find(doc)
	if !found {
		return 0
	}
	return c.times.at(i)
}

// hyphen joins the two words of a compound; no other term has one.
const hyphen = "-"

// packedPool keeps the memory in which places are packed until it is known how much
// they take.
var packedPool = sync.Pool{New: func() any { return new([]byte) }}

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
	l := newList(int(found.Count()))
	if places {
		l.places = newPacked(int(found.Count()), 0)
		memory := packedPool.Get().(*[]byte)
		defer packedPool.Put(memory)
		l.places.bytes = (*memory)[:0]
		defer func() {
			*memory, l.places.bytes = l.places.bytes, append(make([]byte, 0, len(l.places.bytes)), l.places.bytes...)
		}()
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
		l.times.append(uint32(p.Frequency()))
		if places {
			if uint64(len(p.Locations())) != p.Frequency() {
				return nil, errWords
			}
			l.places.begin(n - 1)
			last := place(0)
			for _, location := range p.Locations() {
				next := newPlace(location.Pos(), compound)
				l.places.append(next, last)
				last = next
			}
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
	docs := 0
	for _, doc := range l.docs {
		if keep(doc) {
			docs++
		}
	}
	switch docs {
	case len(l.docs):
		return l
	case 0:
		return emptyList
	}
	k := newList(docs)
	if l.places.known() {
		k.places = newPacked(docs, len(l.places.bytes)*docs/len(l.docs))
	}
	of := cursor{list: l}
	for i, doc := range l.docs {
		if keep(doc) {
			k.take(&of, i)
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
	m := newList(n)
	if a.places.known() && b.places.known() {
		m.places = newPacked(n, len(a.places.bytes)+len(b.places.bytes))
	}
	x, y := cursor{list: a}, cursor{list: b}
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
			m.take(&x, i)
			i++
		case order > 0:
			m.take(&y, j)
			j++
		default:
			m.takeBoth(&x, i, &y, j)
			i, j = i+1, j+1
		}
	}
	return m
}

// take appends the passage i of another list.
func (l *list) take(of *cursor, i int) {
	if l.places.known() {
		l.places.begin(len(l.docs))
		l.places.bytes = append(l.places.bytes, of.walk.take(of.list, i)...)
	}
	l.docs = append(l.docs, of.docs[i])
	l.times.append(of.times.at(i))
}

// takeBoth appends a passage that two lists have.
func (l *list) takeBoth(a *cursor, i int, b *cursor, j int) {
	if l.places.known() {
		l.places.begin(len(l.docs))
		a.read, b.read = a.walk.read(a.list, i, a.read[:0]), b.walk.read(b.list, j, b.read[:0])
		last := place(0)
		for x, y := a.read, b.read; len(x) > 0 || len(y) > 0; {
			next := &x
			if len(x) == 0 || len(y) > 0 && y[0] < x[0] {
				next = &y
			}
			l.places.append((*next)[0], last)
			last, *next = (*next)[0], (*next)[1:]
		}
	}
	l.docs = append(l.docs, a.docs[i])
	l.times.append(a.times.at(i) + b.times.at(j))
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
