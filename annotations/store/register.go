package store

import (
	"context"
	"database/sql"
	"slices"
	"sync"

	"glossator/annotations"
)

// DocumentsByID returns the documents with these ids; those that do not exist
// are left out. What a summary points to is shared: it must not be changed.
func (s *Store) DocumentsByID(ctx context.Context, asker annotations.Asker, ids []string) (map[string]DocumentSummary, error) {
	known, err := s.entriesOf(ctx, ids)
	if err != nil {
		return nil, because(err, "reading documents")
	}
	found := make(map[string]DocumentSummary, len(known))
	for id, e := range known {
		found[id] = e.summary(asker)
	}
	return found, nil
}

// entriesOf returns the entries of documents as they are now; those that do not
// exist are left out.
func (s *Store) entriesOf(ctx context.Context, ids []string) (map[string]*entry, error) {
	known, missing, err := s.registered(ctx, ids)
	if err == nil && len(missing) > 0 {
		err = s.enter(ctx, missing, known)
	}
	return known, err
}

// An entry is what a DocumentDetail says, for every asker. It is immutable.
type entry struct {
	document    DocumentSummary // without annotations
	annotations map[string]int  // by audience
	versions    []VersionSummary
}

// summary returns the document with what the asker may read.
func (e *entry) summary(asker annotations.Asker) DocumentSummary {
	d := e.document
	d.Annotations = readable(asker, e.annotations)
	return d
}

// registerKept is how many documents a register holds at most; each takes about
// a kilobyte.
const registerKept = 20_000

// A register keeps entries of documents in memory, and what is on their passages.
// What it says is true at its moment; whoever asks it moves it on first, so that no
// write that is already there is missed, whatever process it came from. The zero
// value is empty.
type register struct {
	mu      sync.RWMutex
	at      moment
	entries map[string]*entry
	briefs  briefs
}

// registered returns the entries that the register has, brought up to date, and
// the ids of those that it lacks.
func (s *Store) registered(ctx context.Context, ids []string) (known map[string]*entry, missing []string, err error) {
	if err := s.moveOn(ctx); err != nil {
		return nil, nil, err
	}
	r := &s.register
	known = make(map[string]*entry, len(ids))
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, id := range ids {
		if e := r.entries[id]; e != nil {
			known[id] = e
		} else {
			missing = append(missing, id)
		}
	}
	return known, missing, nil
}

// moveOn moves the register on to the present, dropping what was written to since
// its moment.
func (s *Store) moveOn(ctx context.Context) error {
	to, err := s.moment.Get(ctx, s, func(ctx context.Context, _ moment) (moment, error) { return momentOf(ctx, s.reader) })
	if err != nil {
		return err
	}
	r := &s.register
	r.mu.RLock()
	behind := r.at.before(to)
	r.mu.RUnlock()
	if !behind {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if to.mark-r.at.mark > tracesAtOnce { // as at first, when all that was ever written is new
		r.entries, r.briefs, r.at = nil, briefs{}, r.at.or(to)
		return nil
	}
	all, err := traces(ctx, s.reader, r.at, to)
	if err != nil {
		return err
	}
	written := map[string]map[string]bool{} // annotations, by document
	for _, one := range all {
		if written[one.document] == nil {
			written[one.document] = map[string]bool{}
		}
		written[one.document][one.annotation] = true
		r.briefs.remove(one.document, one.passage)
	}
	for document, some := range written {
		delete(r.entries, document)
		r.briefs.drop(document, some)
	}
	r.at = r.at.or(to)
	return nil
}

// tracesAtOnce is after how many writes a register begins anew.
const tracesAtOnce = 1_000

// A trace is what a write touched: a whole document, or an annotation and one of
// the passages on which its thread stands now.
type trace struct {
	document, annotation string // annotation is "" for a whole document
	passage              PassageKey
}

// traces returns what was touched after a moment up to another.
func traces(ctx context.Context, q querier, after, to moment) ([]trace, error) {
	return list(ctx, q, func(row scanner) (one trace, err error) {
		err = row.Scan(&one.document, &one.annotation, &one.passage.Version, &one.passage.Provision)
		return one, err
	}, `
		SELECT c.document, c.annotation, COALESCE(r.version, ''), COALESCE(r.passage, '')
		FROM changes c LEFT JOIN annotations a ON a.id = c.annotation LEFT JOIN reaches r ON r.annotation = a.root
		WHERE c.number > ? AND c.number <= ?
		UNION SELECT v.document, '', '', '' FROM reviews r JOIN versions v ON v.id = r.version WHERE r.number > ? AND r.number <= ?`,
		after.mark, to.mark, after.review, to.review)
}

// enter reads documents, adds them to found and, unless the register has moved
// past what was read, to the register.
func (s *Store) enter(ctx context.Context, ids []string, found map[string]*entry) error {
	var read map[string]*entry
	var at moment
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		if at, err = momentOf(ctx, tx); err != nil {
			return err
		}
		read, err = entries(ctx, tx, ids)
		return err
	})
	if err != nil {
		return err
	}
	r := &s.register
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.entries == nil || len(r.entries)+len(read) > registerKept {
		r.entries = map[string]*entry{}
	}
	for id, e := range read {
		found[id] = e
		if !at.before(r.at) {
			r.entries[id] = e
		}
	}
	return nil
}

// entries reads the documents with these ids; those that do not exist are left
// out.
func entries(ctx context.Context, q querier, ids []string) (map[string]*entry, error) {
	found := make(map[string]*entry, len(ids))
	for some := range slices.Chunk(ids, 500) {
		if err := addEntries(ctx, q, some, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func addEntries(ctx context.Context, q querier, ids []string, found map[string]*entry) error {
	documents, err := list(ctx, q, scanDocument, "SELECT metadata FROM documents WHERE id IN ("+holders(len(ids))+")", anys(ids)...)
	if err != nil {
		return err
	}
	for _, d := range documents {
		found[d.ID] = &entry{document: DocumentSummary{Document: d, Year: d.Year(), Languages: []string{}}, versions: []VersionSummary{}}
	}
	if err := addFigures(ctx, q, ids, found); err != nil {
		return err
	}
	if err := addVersions(ctx, q, ids, found); err != nil {
		return err
	}
	return addCounts(ctx, q, ids, found)
}

// addFigures adds what the current versions say.
func addFigures(ctx context.Context, q querier, ids []string, found map[string]*entry) error {
	current, err := list(ctx, q, scanCurrent, "SELECT document, language, length, passages FROM current_versions WHERE document IN ("+
		holders(len(ids))+") ORDER BY language", anys(ids)...)
	if err != nil {
		return err
	}
	for _, v := range current {
		d := &found[v.Document].document
		if len(d.Languages) == 0 {
			d.Length = v.length
		}
		d.Languages = append(d.Languages, v.Language)
		d.Passages += v.passages
	}
	return nil
}

// addVersions adds all versions.
func addVersions(ctx context.Context, q querier, ids []string, found map[string]*entry) error {
	_, err := list(ctx, q, func(row scanner) (v VersionSummary, err error) {
		var document, remarks string
		err = row.Scan(&v.ID, &v.Number, &v.Language, &v.Source, &v.Format, &v.Imported, &v.Length, &v.Passages, &v.Articles, &v.Current, &v.Corrected,
			&remarks, &document)
		if err == nil {
			v.Remarks = linesOf(remarks)
			found[document].versions = append(found[document].versions, v)
		}
		return v, err
	}, `
		SELECT id, version, language, source, format, imported, length, passages, articles,
			id IN (SELECT c.id FROM current_versions c WHERE c.document = versions.document), corrected, remarks, document
		FROM versions WHERE document IN (`+holders(len(ids))+") ORDER BY document, language, version DESC", anys(ids)...)
	return err
}

// currentVersion is a row of current_versions.
type currentVersion struct {
	Document, Language string
	length, passages   int
}

func scanCurrent(row scanner) (v currentVersion, err error) {
	err = row.Scan(&v.Document, &v.Language, &v.length, &v.passages)
	return v, err
}

// addCounts adds how many annotations there are for each audience.
func addCounts(ctx context.Context, q querier, ids []string, found map[string]*entry) error {
	counts, err := list(ctx, q, scanCount, "SELECT document, audience, COUNT(*) FROM annotations WHERE deleted = 0 AND document IN ("+
		holders(len(ids))+") GROUP BY document, audience", anys(ids)...)
	if err != nil {
		return err
	}
	for _, c := range counts {
		of := found[c.document]
		if of.annotations == nil {
			of.annotations = map[string]int{}
		}
		of.annotations[c.audience] = c.n
	}
	return nil
}

// A count is how many annotations on a document an audience may read.
type count struct {
	document, audience string
	n                  int
}

func scanCount(row scanner) (c count, err error) {
	err = row.Scan(&c.document, &c.audience, &c.n)
	return c, err
}
