package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"

	"glossator/annotations"
)

// A figure is how often a concept is counted in a document for somebody: a row
// of a table of the matrix.
type figure struct {
	concept int32 // of symbols
	whom    int32 // who may see it: an audience, of symbols, or in tallies audience_sets.id
	who     int32 // in taggers who has tagged, of symbols
	n       int32 // in stances the sum of saysAbsent and saysWhole, as far as somebody says so
}

// What the figures of stances are made of.
const (
	saysAbsent = 1
	saysWhole  = 2
)

// figures keep a table of the matrix in memory, by document: SQLite takes longer
// to read it than all the rest of an answer does. They are true at their mark;
// whoever asks moves them on first, and then only the documents that were
// counted since are read again. The zero value knows nothing; a figure takes
// about 20 bytes.
type figures struct {
	mu        sync.RWMutex
	mark      int64  // of the tallies when they were read
	hierarchy string // of the tallies then
	symbols   symbols
	documents map[string]*counts
}

// counts are the figures of a document, each kind by concept and by who.
type counts struct{ plain, rolled []figure }

// symbols number texts: 0, 1, 2, ...
type symbols struct {
	numbers map[string]int32
	texts   []string
}

func (s *symbols) of(text string) int32 {
	number, known := s.numbers[text]
	if !known {
		if s.numbers == nil {
			s.numbers = map[string]int32{}
		}
		number = int32(len(s.texts))
		s.numbers[text] = number
		s.texts = append(s.texts, text)
	}
	return number
}

// What is read of the tables: document, concept, whether it is rolled up, a set
// of audiences or an audience, who, and the figure.
const (
	selectTallies = "SELECT document, concept, rolled, audience_set, '', '', passages FROM tallies WHERE rolled IN (0, 1) AND document IN "
	selectTaggers = "SELECT document, concept, rolled, 0, audience, creator, annotations FROM taggers WHERE rolled IN (0, 1) AND document IN "
	selectStances = "SELECT document, concept, 0, 0, audience, '', (absent > 0) + 2 * (whole > 0) FROM stances WHERE document IN "
)

// moveOn moves the figures on to what is tallied. The query is that of their
// table.
func (f *figures) moveOn(ctx context.Context, s *Store, query string) error {
	now, err := f.upToDate(ctx, s.reader)
	if now || err != nil {
		return err
	}
	f.mu.Lock() // before the state that is read is chosen: none may come after a newer one
	defer f.mu.Unlock()
	return s.read(ctx, func(tx *sql.Tx) error {
		mark, hierarchy, err := tallied(ctx, tx)
		if err != nil {
			return err
		}
		after := min(f.mark, mark) // processes that count at the same time may set it back
		if hierarchy != f.hierarchy {
			after = -1
		}
		written, err := list(ctx, tx, scanText, "SELECT DISTINCT document FROM changes c WHERE number > ? AND "+tells, after)
		if err != nil {
			return err
		}
		read := map[string]*counts{}
		for some := range slices.Chunk(written, 500) {
			if err := f.take(ctx, tx, query+"("+holders(len(some))+")", some, read); err != nil {
				return err
			}
		}
		if f.documents == nil {
			f.documents = map[string]*counts{}
		}
		for _, document := range written {
			delete(f.documents, document)
		}
		for document, of := range read {
			of.sort()
			f.documents[document] = of
		}
		f.mark, f.hierarchy = mark, hierarchy
		return nil
	})
}

func (f *figures) upToDate(ctx context.Context, q querier) (bool, error) {
	mark, hierarchy, err := tallied(ctx, q)
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.mark == mark && f.hierarchy == hierarchy, err
}

// tallied returns up to which number and of which hierarchy the tallies are.
func tallied(ctx context.Context, q querier) (number int64, hierarchy string, err error) {
	err = q.QueryRowContext(ctx, "SELECT number, hierarchy FROM tallied").Scan(&number, &hierarchy)
	return number, hierarchy, err
}

// take adds the figures of documents to read.
func (f *figures) take(ctx context.Context, q querier, query string, documents []string, read map[string]*counts) (err error) {
	rows, err := q.QueryContext(ctx, query, anys(documents)...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var document, concept, audience, who sql.RawBytes // a text for each row would be most of the effort
	for rows.Next() {
		var one figure
		var rolled bool
		if err := rows.Scan(&document, &concept, &rolled, &one.whom, &audience, &who, &one.n); err != nil {
			return err
		}
		of := read[string(document)]
		if of == nil {
			of = &counts{}
			read[string(document)] = of
		}
		one.concept, one.who = f.symbols.of(string(concept)), f.symbols.of(string(who))
		if len(audience) > 0 {
			one.whom = f.symbols.of(string(audience))
		}
		if rolled {
			of.rolled = append(of.rolled, one)
		} else {
			of.plain = append(of.plain, one)
		}
	}
	return rows.Err()
}

func (c *counts) sort() {
	for _, some := range [][]figure{c.plain, c.rolled} {
		slices.SortFunc(some, func(a, b figure) int { return cmp.Or(cmp.Compare(a.concept, b.concept), cmp.Compare(a.who, b.who)) })
	}
}

// A ring is some of those whom figures are for, by number: there is one look at
// it for each figure.
type ring []bool

func (r *ring) add(number int32) {
	if more := int(number) + 1 - len(*r); more > 0 {
		*r = append(*r, make([]bool, more)...)
	}
	(*r)[number] = true
}

func (r ring) has(number int32) bool { return int(number) < len(r) && r[number] }

// each gives do the figures of each cell that are for one of those in the ring;
// they are sorted by who, and good until it returns.
func (f *figures) each(rolled bool, of ring, do func(key CellKey, seen []figure)) {
	var seen []figure
	for document, counts := range f.documents {
		all := counts.plain
		if rolled {
			all = counts.rolled
		}
		for i, one := range all {
			if of.has(one.whom) {
				seen = append(seen, one)
			}
			if len(seen) > 0 && (i+1 == len(all) || all[i+1].concept != one.concept) {
				do(CellKey{document, f.symbols.texts[one.concept]}, seen)
				seen = seen[:0]
			}
		}
	}
}

// audiences returns those of the asker's that figures are for.
func (f *figures) audiences(asker annotations.Asker) (may ring) {
	for _, audience := range asker.Audiences() {
		if number, known := f.symbols.numbers[audience]; known {
			may.add(number)
		}
	}
	return may
}

// audienceSets returns the sets of audiences, by their ids, in which one of the
// asker's is.
func audienceSets(ctx context.Context, q querier, asker annotations.Asker) (may ring, err error) {
	audiences := asker.Audiences()
	_, err = list(ctx, q, func(row scanner) (id int32, err error) {
		if err = row.Scan(&id); err == nil {
			may.add(id)
		}
		return id, err
	}, "SELECT id FROM audience_sets WHERE audience IN ("+holders(len(audiences))+")", anys(audiences)...)
	return may, err
}
