package bleve

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"
)

// A row is what grouping, sorting and counting need of a passage. Rows are kept
// in memory; strings are kept once, as numbers.
type row struct {
	document uint32 // in names.documents
	place    uint32 // in names.places: document and language
	version  uint32 // in names.versions
	start    uint32 // in the version's text
	words    uint32
	metadata uint32 // in names.metadata
	changed  int64
	notes    []noted
}

// noted is what an audience may know of the annotations of a passage.
type noted struct {
	audience string
	changed  int64
	concepts []string
}

// metadata is what sorting and facets need of a document.
type metadata struct {
	Title        string   `json:"title,omitempty"`
	Kind         string   `json:"kind,omitempty"`
	Organisation string   `json:"organisation,omitempty"`
	Region       string   `json:"region,omitempty"`
	Status       string   `json:"status,omitempty"`
	Parties      []string `json:"parties,omitempty"`
	Year         int      `json:"year,omitempty"`
}

// A place is a document in one language.
type place struct {
	document uint32
	language string
}

// names gives numbers to what rows refer to.
type names struct {
	documents, versions interned[string]
	places              interned[place]
	facts               interned[string]
	metadata            []metadata // facts, decoded
}

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

// A view is the rows of one state of the index. It does not change.
type view struct {
	snapshot  *scorch.IndexSnapshot // which state; whoever reads from it holds it open
	rows      []row                 // by Bleve's document number; those not in live are of old passages
	live      bitset
	passages  int
	words     float64 // of a passage, on average
	documents []string
	versions  []string
	places    []place
	metadata  []metadata // by document
	grammars  []grammar  // of the texts there are
}

// A gallery makes views. What it reads of a segment it keeps while the segment
// is in use, for segments do not change.
type gallery struct {
	names    names
	segments map[uint64][]row
	last     *view
}

// view returns the view of a state of the index.
func (g *gallery) view(snapshot *scorch.IndexSnapshot) (*view, error) {
	if g.last != nil && g.last.snapshot == snapshot {
		return g.last, nil
	}
	kept := map[uint64][]row{}
	v := &view{snapshot: snapshot}
	for _, segment := range snapshot.Segments() {
		rows, ok := g.segments[segment.Id()]
		if !ok {
			var err error
			if rows, err = g.read(snapshot, len(v.rows), int(segment.FullSize())); err != nil {
				return nil, fmt.Errorf("reading the rows of the index: %w", err)
			}
		}
		kept[segment.Id()] = rows
		v.rows = append(v.rows, rows...)
	}
	g.segments = kept
	v.live = newBits(len(v.rows))
	at := 0
	for _, segment := range snapshot.Segments() {
		deleted := segment.Deleted()
		for local := range int(segment.FullSize()) {
			if deleted == nil || !deleted.Contains(uint32(local)) {
				v.live.set(at)
			}
			at++
		}
	}
	g.sum(v)
	g.last = v
	return v, nil
}

// sum fills in what a view knows of all its passages together.
func (g *gallery) sum(v *view) {
	v.documents, v.versions, v.places = g.names.documents.values, g.names.versions.values, g.names.places.values
	v.metadata = make([]metadata, len(v.documents))
	newest := make([]int64, len(v.documents))
	seen := make([]bool, len(v.places))
	total := 0
	for i := range v.live.all() {
		r := &v.rows[i]
		v.passages++
		total += int(r.words)
		if r.changed >= newest[r.document] {
			newest[r.document] = r.changed
			v.metadata[r.document] = g.names.metadata[r.metadata]
		}
		if !seen[r.place] {
			seen[r.place] = true
			if grammar := grammarOf(v.places[r.place].language); !slices.Contains(v.grammars, grammar) {
				v.grammars = append(v.grammars, grammar)
			}
		}
	}
	v.words = float64(total) / float64(max(v.passages, 1))
}

// read reads n rows from a document number on.
func (g *gallery) read(snapshot *scorch.IndexSnapshot, from, n int) ([]row, error) {
	values, err := snapshot.DocValueReader([]string{fieldRow, fieldMetadata})
	if err != nil {
		return nil, err
	}
	rows := make([]row, n)
	var id api.IndexInternalID
	for i := range rows {
		var failed error
		id = api.NewIndexInternalID(id, uint64(from+i))
		err := values.VisitDocValues(id, func(field string, value []byte) {
			if field == fieldMetadata {
				rows[i].metadata, err = g.names.fact(value)
			} else {
				err = g.names.parse(value, &rows[i])
			}
			failed = errors.Join(failed, err)
		})
		if err := errors.Join(err, failed); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func (n *names) fact(value []byte) (uint32, error) {
	if number, ok := n.facts.numbers[string(value)]; ok {
		return number, nil
	}
	var m metadata
	if err := json.Unmarshal(value, &m); err != nil {
		return 0, err
	}
	n.metadata = append(n.metadata, m)
	return n.facts.number(string(value)), nil
}

// errRow says that a row in the index is not as rowField writes it.
var errRow = errors.New("a row of the index is damaged")

// parse reads what rowField wrote.
func (n *names) parse(value []byte, r *row) error {
	parts := partsOf{rest: string(value)}
	r.document = n.documents.number(parts.text())
	r.version = n.versions.number(parts.text())
	r.place = n.places.number(place{r.document, parts.text()})
	r.start, r.words, r.changed = uint32(parts.count()), uint32(parts.count()), parts.count()
	for parts.rest != "" && !parts.bad {
		note := noted{audience: parts.text(), changed: parts.count()}
		for range parts.count() {
			if parts.bad {
				break
			}
			note.concepts = append(note.concepts, parts.text())
		}
		r.notes = append(r.notes, note)
	}
	if parts.bad {
		return errRow
	}
	return nil
}

// partsOf reads the parts of a row one by one; bad says that one was not there.
type partsOf struct {
	rest string
	bad  bool
}

func (p *partsOf) text() string {
	length, rest, found := strings.Cut(p.rest, ":")
	n, err := strconv.Atoi(length)
	if !found || err != nil || n < 0 || n > len(rest) {
		p.bad = true
		return ""
	}
	p.rest = rest[n:]
	return rest[:n]
}

func (p *partsOf) count() int64 {
	n, err := strconv.ParseInt(p.text(), 10, 64)
	p.bad = p.bad || err != nil
	return n
}
