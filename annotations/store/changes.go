package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"glossator/index"
)

// touch takes the next number for a write that changes what can be found: of
// one annotation or, if that is "", of the whole document.
func touch(ctx context.Context, tx *sql.Tx, document, annotation string) (number int64, err error) {
	if err := tx.QueryRowContext(ctx, "UPDATE counter SET last = last + 1 RETURNING last").Scan(&number); err != nil {
		return 0, because(err, "taking a number")
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO changes (number, document, annotation) VALUES (?, ?, ?)", number, document, annotation)
	return number, err
}

// touchAll takes a number for each annotation a that the condition selects.
func touchAll(ctx context.Context, tx *sql.Tx, condition string, args ...any) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO changes (number, document, annotation)
		SELECT (SELECT last FROM counter) + ROW_NUMBER() OVER (ORDER BY a.id), a.document, a.id
		FROM annotations a WHERE a.deleted = 0 AND `+condition, args...)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE counter SET last = COALESCE((SELECT MAX(number) FROM changes), 0)")
	return err
}

// Mark returns the last number given out, 0 if there is none.
func (s *Store) Mark(ctx context.Context) (int64, error) {
	mark, err := mark(ctx, s.reader)
	if err != nil {
		return 0, because(err, "reading the last number")
	}
	return mark, nil
}

func mark(ctx context.Context, q querier) (last int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT last FROM counter").Scan(&last)
	return last, err
}

// lookAgain is how often Wait looks for the writes of other processes.
const lookAgain = time.Second

// Wait returns when a number above after has been given out: at once for a
// write of this process, within a second for one of another. It fails only
// with its context or the database.
func (s *Store) Wait(ctx context.Context, after int64) error {
	ticker := time.NewTicker(lookAgain)
	defer ticker.Stop()
	for {
		written := s.news.wait()
		mark, err := s.Mark(ctx)
		if err != nil {
			return err
		}
		if mark > after {
			return nil
		}
		select {
		case <-written:
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Changes returns what to apply for the writes after a number, in ascending
// order, as index.Source says; the state it shows is the present one. Several
// writes to one document become one Change, in the place of the first of them.
// Its number is that of the last write before the next Change's first, so that
// whoever stops in between has missed nothing up to the number they stop at. It
// stops after the write with which the passages reach limit.
func (s *Store) Changes(ctx context.Context, after int64, whole map[string]int64, limit int) (changes []index.Change, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		all, err := touchedAfter(ctx, tx, after, whole, limit)
		if err != nil {
			return err
		}
		last, err := mark(ctx, tx)
		if err != nil {
			return err
		}
		changes = make([]index.Change, 0, len(all))
		for _, t := range all {
			change, err := s.change(ctx, tx, t)
			if err != nil {
				return because(err, "document %q", t.document)
			}
			if t.whole {
				change.Whole = last
			}
			changes = append(changes, change)
		}
		return nil
	})
	if err != nil {
		return nil, because(err, "reading the changes after %d", after)
	}
	return changes, nil
}

// Findable returns every passage of a document as it is to be found: what an
// index holds of it that has taken in all writes.
func (s *Store) Findable(ctx context.Context, document string) (passages []index.Passage, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		change, err := s.change(ctx, tx, &touched{document: document, whole: true})
		passages = change.Passages
		return err
	})
	return passages, because(err, "reading the passages of %q", document)
}

// A place is a passage of a version.
type place struct{ version, provision string }

// touched is what several writes touched of one document.
type touched struct {
	document string
	number   int64 // of the last write before the next document's first
	whole    bool
	places   map[place]bool // unless whole
}

// rowsAtOnce is how many rows of the table changes are read at once.
const rowsAtOnce = 256

// touchedAfter reads the table changes after a number until the passages
// reach limit. It returns what was touched, in the order of the first writes:
// nothing of a document by writes of which the reader knows, having it whole.
func touchedAfter(ctx context.Context, q querier, after int64, known map[string]int64, limit int) ([]*touched, error) {
	found := map[string]*touched{}
	var all []*touched
	var busy map[string]int
	for passages := 0; passages < limit || len(all) == 0; {
		rows, err := writesAfter(ctx, q, after, known)
		if err != nil {
			return nil, err
		}
		if busy == nil && len(rows) == rowsAtOnce {
			if busy, err = busyAfter(ctx, q, after); err != nil {
				return nil, err
			}
		}
		for _, row := range rows {
			t := found[row.document]
			if t == nil {
				t = &touched{document: row.document, places: map[place]bool{}}
				found[row.document] = t
				all = append(all, t)
			}
			all[len(all)-1].number = row.number
			if n := busy[row.document]; n > 0 && len(row.places) > 0 {
				row.annotation, row.passages = "", n
			}
			passages += t.add(row)
			if passages >= limit {
				break
			}
		}
		if len(rows) < rowsAtOnce {
			break
		}
		after = rows[len(rows)-1].number
	}
	return all, nil
}

// busyWithin is among how many rows of the table changes documents are sought
// that are better given whole.
const busyWithin = 20_000

// busyAfter returns the documents of which so many writes follow that to give
// all passages at once is less than to give those of each write, and how many
// passages that are.
func busyAfter(ctx context.Context, q querier, after int64) (map[string]int, error) {
	type document struct {
		id       string
		passages int
	}
	all, err := list(ctx, q, func(row scanner) (d document, err error) {
		err = row.Scan(&d.id, &d.passages)
		return d, err
	}, `
		SELECT document, passages
		FROM (SELECT document, COUNT(*) AS writes FROM (SELECT document FROM changes WHERE number > ? ORDER BY number LIMIT ?) GROUP BY document)
			JOIN (SELECT document, SUM(passages) AS passages FROM versions WHERE corrected = '' GROUP BY document) USING (document)
		WHERE 2 * writes >= passages`, after, busyWithin)
	busy := make(map[string]int, len(all))
	for _, d := range all {
		busy[d.id] = d.passages
	}
	return busy, err
}

// add takes in one more write and returns how many passages that adds.
func (t *touched) add(w write) int {
	if t.whole || w.known {
		return 0
	}
	if w.annotation == "" {
		t.whole = true
		return w.passages
	}
	before := len(t.places)
	for _, p := range w.places {
		t.places[p] = true
	}
	return len(t.places) - before
}

// write is a row of the table changes with what it means now.
type write struct {
	number               int64
	document, annotation string
	known                bool    // to a reader who has the document whole
	passages             int     // of the versions of the document
	places               []place // of the annotation
}

// writesAfter reads the next rows of the table changes, and what each touches
// unless that is known.
func writesAfter(ctx context.Context, q querier, after int64, known map[string]int64) ([]write, error) {
	rows, err := list(ctx, q, scanWrite, `
		SELECT number, document, annotation,
			CASE WHEN annotation = ''
				THEN (SELECT COALESCE(SUM(passages), 0) FROM versions v WHERE v.document = c.document AND v.corrected = '') ELSE 0 END
		FROM changes c WHERE number > ? ORDER BY number LIMIT ?`, after, rowsAtOnce)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	news := false
	for i := range rows {
		rows[i].known = rows[i].number <= known[rows[i].document]
		news = news || !rows[i].known
	}
	if !news {
		return rows, nil
	}
	_, err = list(ctx, q, func(row scanner) (reach struct{}, err error) {
		var number int64
		var p place
		if err := row.Scan(&number, &p.version, &p.provision); err != nil {
			return reach, err
		}
		at, _ := slices.BinarySearchFunc(rows, number, func(w write, number int64) int { return cmp.Compare(w.number, number) })
		rows[at].places = append(rows[at].places, p)
		return reach, nil
	}, `
		SELECT c.number, r.version, r.passage
		FROM changes c JOIN annotations a ON a.id = c.annotation JOIN reaches r ON r.annotation = a.root JOIN versions v ON v.id = r.version AND v.corrected = ''
		WHERE c.number BETWEEN ? AND ?`, rows[0].number, rows[len(rows)-1].number)
	return rows, err
}

func scanWrite(row scanner) (w write, err error) {
	err = row.Scan(&w.number, &w.document, &w.annotation, &w.passages)
	return w, err
}

// change describes the present state of what was touched.
func (s *Store) change(ctx context.Context, q querier, t *touched) (index.Change, error) {
	document, err := scanDocument(q.QueryRowContext(ctx, "SELECT metadata FROM documents WHERE id = ?", t.document))
	if err != nil {
		return index.Change{}, err
	}
	change := index.Change{Number: t.number, Document: document}
	wanted := map[string][]string{} // passages by version; nil for all
	if t.whole {
		versions, err := list(ctx, q, scanText, "SELECT id FROM versions WHERE document = ? AND corrected = ''", t.document)
		if err != nil {
			return index.Change{}, err
		}
		for _, version := range versions {
			wanted[version] = nil
		}
		change.Drop, err = list(ctx, q, scanText, "SELECT id FROM versions WHERE document = ? AND corrected <> ''", t.document)
		if err != nil {
			return index.Change{}, err
		}
	}
	for p := range t.places {
		if !t.whole {
			wanted[p.version] = append(wanted[p.version], p.provision)
		}
	}
	for version, provisions := range wanted {
		passages, err := s.annotatedPassages(ctx, q, version, provisions)
		if err != nil {
			return index.Change{}, err
		}
		change.Passages = append(change.Passages, passages...)
	}
	slices.SortStableFunc(change.Passages, func(a, b index.Passage) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Start, b.Start))
	})
	return change, nil
}

// annotatedPassages returns passages of a version with their annotations and
// the number of the write that brought the text or the metadata: those with the
// given provisions, or all if that is nil.
func (s *Store) annotatedPassages(ctx context.Context, q querier, version string, provisions []string) ([]index.Passage, error) {
	cached, err := s.cachedVersion(ctx, q, version)
	if err != nil {
		return nil, err
	}
	sums, err := sumUp(ctx, q, version, provisions)
	if err != nil {
		return nil, err
	}
	var text, metadata int64
	var current bool
	err = q.QueryRowContext(ctx, `
		SELECT v.number, d.number, v.id IN (SELECT id FROM current_versions)
		FROM versions v JOIN documents d ON d.id = v.document WHERE v.id = ?`, version).
		Scan(&text, &metadata, &current)
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(provisions))
	for _, provision := range provisions {
		wanted[provision] = true
	}
	var passages []index.Passage
	for _, p := range cached.passages() {
		if provisions == nil || wanted[p.Provision] {
			p.Annotations, p.Changed, p.Superseded = sums[p.Provision], max(text, metadata), !current
			passages = append(passages, p)
		}
	}
	return passages, nil
}
