package bleve

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"glossator/index"
)

// A shelf is what is kept in memory of a segment. It does not change, as the
// segment does not.
type shelf struct {
	id       uint64
	rows     []row
	lengths  []uint32 // of each passage, in words; apart, as scoring reads little else
	length   int      // of all, in words
	runs     []run
	runOf    []uint32           // of each passage, the place in runs
	notes    map[string]*column // by audience
	older    []uint32           // the passages of versions that are not current, ascending
	grammars []grammar          // of the texts there are

	once       sync.Once
	vocab      *wordlist
	err        error
	expansions memo[string, []string] // what a slot stands for, by its pattern

	forwardOnce sync.Once
	forward     *forward
	forwardErr  error

	listing  sync.Mutex
	listings map[string][]string // all terms of fields that were asked for; of a small segment alone
}

// few is up to how many passages a segment is small: what changes is first in
// such ones, and most of what is looked up in them is not there.
const few = 500

func (h *shelf) small() bool { return len(h.rows) <= few }

// terms returns the terms of a field that begin with prefix, ascending.
func (h *part) terms(field, prefix string) ([]string, error) {
	if !h.small() {
		return readTerms(h.segment.Segment(), field, prefix)
	}
	all, err := h.listed(field)
	if err != nil {
		return nil, err
	}
	from, _ := slices.BinarySearch(all, prefix)
	to := from
	for to < len(all) && strings.HasPrefix(all[to], prefix) {
		to++
	}
	return all[from:to], nil
}

// listed returns all terms of a field of a small segment.
func (h *part) listed(field string) ([]string, error) {
	h.listing.Lock()
	defer h.listing.Unlock()
	if all, known := h.listings[field]; known {
		return all, nil
	}
	all, err := readTerms(h.segment.Segment(), field, "")
	if err != nil {
		return nil, err
	}
	if h.listings == nil {
		h.listings = map[string][]string{}
	}
	h.listings[field] = all
	return all, nil
}

// A row is what grouping and scoring need of a passage. Strings are kept once,
// as numbers.
type row struct {
	version uint32 // in names.versions
	start   uint32 // in the version's text
	changed int64
}

// A run is passages that follow each other in a segment and have a document,
// its metadata and a language in common.
type run struct {
	from, to uint32 // passages
	document uint32 // in names.documents
	place    uint32 // in names.places
	fact     uint32 // in names.facts
	grammar  grammar
	changed  int64 // the newest of its passages
}

// A locale is a document in one language.
type locale struct {
	document uint32
	language uint32 // in names.values, of the facet
}

// names gives numbers to what rows and runs refer to.
type names struct {
	documents, versions interned[string]
	places              interned[locale]
	facts               interned[string]
	decoded             []*fact // facts, decoded
	values              [facets]interned[string]
}

// A fact is what searching, sorting and facets need of a document.
type fact struct {
	index.Document
	titles  []title          // of Title, ShortTitle and Aliases
	sortKey string           // titleKey of Title
	values  []faceted        // of all facets
	folded  [facets][]string // the same as normalValue gives them
	called  []string         // id, short title and aliases, as normalValue gives them
}

// A faceted is a value of a facet, by its number in names.values.
type faceted struct{ facet, value uint32 }

// interned values have the numbers 0, 1, 2, ...
type interned[T comparable] struct {
	numbers map[T]uint32
	values  []T
}

func (n *interned[T]) number(value T) uint32 {
	if number, ok := n.numbers[value]; ok {
		return number
	}
	if n.numbers == nil {
		n.numbers = map[T]uint32{}
	}
	number := uint32(len(n.values))
	n.numbers[value] = number
	n.values = append(n.values, value)
	return number
}

// language returns the language of a place.
func (n *names) language(place uint32) string {
	return n.values[facetLanguage].values[n.places.values[place].language]
}

// shelve reads the rows of a segment.
func (n *names) shelve(s *scorch.SegmentSnapshot) (*shelf, error) {
	stored, ok := s.Segment().(segment.DocValueVisitable)
	if !ok {
		return nil, errors.New("the segment has no columns")
	}
	size := int(s.FullSize())
	h := &shelf{id: s.Id(), rows: make([]row, size), lengths: make([]uint32, size), runOf: make([]uint32, size)}
	var state segment.DocVisitState
	var entry record
	notes := columns{}
	for i := range size {
		var failed, err error
		state, err = stored.VisitDocValues(uint64(i), []string{fieldRow, fieldMetadata}, func(field string, value []byte) {
			if field == fieldMetadata {
				entry.fact, err = n.fact(value)
			} else {
				err = n.parse(value, &entry)
			}
			failed = errors.Join(failed, err)
		}, state)
		if err := errors.Join(err, failed); err != nil {
			return nil, fmt.Errorf("reading the rows of the index: %w", err)
		}
		h.add(uint32(i), &entry, n)
		for _, note := range entry.notes {
			notes.add(uint32(i), note)
		}
	}
	h.notes = notes.made(size)
	return h, nil
}

// A record is a row as it is read.
type record struct {
	row
	length                uint32 // in words
	superseded            bool
	document, place, fact uint32
	notes                 []noted // each for another audience
}

func (h *shelf) add(i uint32, r *record, n *names) {
	h.rows[i], h.lengths[i] = r.row, r.length
	h.length += int(r.length)
	if r.superseded {
		h.older = append(h.older, i)
	}
	if last := len(h.runs) - 1; last >= 0 && h.runs[last].place == r.place && h.runs[last].fact == r.fact {
		h.runs[last].to = i + 1
		h.runs[last].changed = max(h.runs[last].changed, r.changed)
		h.runOf[i] = uint32(last)
		return
	}
	g := grammarOf(n.language(r.place))
	if !slices.Contains(h.grammars, g) {
		h.grammars = append(h.grammars, g)
	}
	h.runOf[i] = uint32(len(h.runs))
	h.runs = append(h.runs, run{
		from: i, to: i + 1, document: r.document, place: r.place, fact: r.fact, grammar: g, changed: r.changed,
	})
}

// run returns the run that a passage is in.
func (h *shelf) run(doc uint32) *run { return &h.runs[h.runOf[doc]] }

func (n *names) fact(value []byte) (uint32, error) {
	if number, ok := n.facts.numbers[string(value)]; ok {
		return number, nil
	}
	f := &fact{}
	if err := json.Unmarshal(value, &f.Document); err != nil {
		return 0, err
	}
	f.titles, f.sortKey = titlesOf(f.Document), titleKey(f.Title)
	for facet, values := range f.facetValues() {
		for _, value := range values {
			f.values = append(f.values, faceted{uint32(facet), n.values[facet].number(value)})
			f.folded[facet] = append(f.folded[facet], normalValue(value))
		}
	}
	for _, name := range append([]string{f.ID, f.ShortTitle}, f.Aliases...) {
		if name = normalValue(name); name != "" {
			f.called = append(f.called, name)
		}
	}
	n.decoded = append(n.decoded, f)
	return n.facts.number(string(value)), nil
}

// errRow says that a row in the index is not as rowField writes it.
var errRow = errors.New("a row of the index is damaged")

// parse reads what rowField wrote.
func (n *names) parse(value []byte, r *record) error {
	parts := unpacker{rest: string(value)}
	r.document = n.documents.number(parts.text())
	r.version = n.versions.number(parts.text())
	r.place = n.places.number(locale{r.document, n.values[facetLanguage].number(parts.text())})
	r.superseded = parts.count() > 0
	r.start, r.length, r.changed = uint32(parts.count()), uint32(parts.count()), int64(parts.count())
	r.notes = r.notes[:0]
	for parts.rest != "" && !parts.bad {
		note := noted{audience: parts.text(), changed: int64(parts.count())}
		known := func(facet int) func(string) {
			return func(value string) { note.values[facet] = append(note.values[facet], n.values[facet].number(value)) }
		}
		parts.texts(known(facetConcept))
		parts.texts(known(facetBy))
		if group := parts.text(); group != "" {
			known(facetGroup)(group)
		}
		r.notes = append(r.notes, note)
	}
	if parts.bad {
		return errRow
	}
	return nil
}
