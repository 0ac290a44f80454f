package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"glossator/annotations"
)

// documentsAtOnce is how many documents are tallied in one transaction: others
// write in between.
const documentsAtOnce = 20

// tallyUp counts anew what has changed since the tallies were counted last.
func (s *Store) tallyUp(ctx context.Context) error {
	s.tallying.Lock()
	defer s.tallying.Unlock()
	behind, err := s.untallied(ctx)
	for err == nil && behind != nil && (len(behind.documents) > 0 || behind.number < behind.mark) {
		err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return behind.pay(ctx, tx) })
	}
	return because(err, "counting what is tagged")
}

// CountAhead does what Concepts, Documents and Matrix do first where much was
// written since they were asked: it counts, and keeps in memory what it has
// counted. The matrix comes last, for it takes longest and is asked for least.
func (s *Store) CountAhead(ctx context.Context) error {
	nobody := annotations.Asker{}
	if err := s.countUses(ctx, nobody, nil); err != nil {
		return because(err, "counting the uses of concepts")
	}
	if _, _, err := s.Documents(ctx, nobody, DocumentFilter{}); err != nil {
		return err
	}
	_, err := s.Matrix(ctx, nobody, OfPassages, false)
	return err
}

// pay counts some of the documents and moves the tallies' number on to before
// the first write that is not counted then: whoever is interrupted goes on from
// there.
func (a *arrears) pay(ctx context.Context, tx *sql.Tx) error {
	some := a.documents[:min(documentsAtOnce, len(a.documents))]
	for _, one := range some {
		if err := tally(ctx, tx, one.document, a.above); err != nil {
			return because(err, "document %q", one.document)
		}
	}
	a.documents = a.documents[len(some):]
	a.number = a.mark
	if len(a.documents) > 0 {
		a.number = a.documents[0].first - 1
	}
	_, err := tx.ExecContext(ctx, "UPDATE tallied SET number = ?, hierarchy = ?", a.number, a.hierarchy)
	return err
}

// An arrears is what is to be counted to bring the tallies up to a mark.
type arrears struct {
	number    int64 // up to which they are counted
	mark      int64
	hierarchy string
	above     map[string]string // broader concepts by narrower ones
	documents []written         // by the first write
}

// written is a document and the first write to it that is not counted.
type written struct {
	document string
	first    int64
}

func scanWritten(row scanner) (w written, err error) {
	err = row.Scan(&w.document, &w.first)
	return w, err
}

// untallied returns what is to be counted, nil if nothing is.
func (s *Store) untallied(ctx context.Context) (behind *arrears, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		a := arrears{above: map[string]string{}}
		if a.mark, err = mark(ctx, tx); err != nil {
			return err
		}
		pairs, err := list(ctx, tx, scanText, "SELECT id || ' ' || broader FROM concepts WHERE broader <> '' ORDER BY id")
		if err != nil {
			return err
		}
		for _, pair := range pairs {
			narrower, broader, _ := strings.Cut(pair, " ")
			a.above[narrower] = broader
		}
		a.hierarchy = strings.Join(pairs, "\n")
		number, hierarchy, err := tallied(ctx, tx)
		if err != nil {
			return err
		}
		a.number = number
		if a.number == a.mark && hierarchy == a.hierarchy {
			return nil
		}
		if hierarchy != a.hierarchy {
			a.number = -1
		}
		a.documents, err = list(ctx, tx, scanWritten, "SELECT document, MIN(number) FROM changes c WHERE number > ? AND number <= ? AND "+
			tells+" GROUP BY document ORDER BY MIN(number)", a.number, a.mark)
		behind = &a
		return err
	})
	return behind, err
}

// tells is the condition that a row c of changes may tell of another count: it is
// not of an annotation that never had concepts, as one that has none and was
// written once.
const tells = `(c.annotation = '' OR EXISTS (SELECT 1 FROM annotation_concepts ac WHERE ac.annotation = c.annotation)
	OR EXISTS (SELECT 1 FROM changes other WHERE other.annotation = c.annotation AND other.number <> c.number))`

// upward yields a concept and those above it, at most as many as there are.
func upward(above map[string]string, concept string) []string {
	line := []string{concept}
	for broader := above[concept]; broader != "" && !slices.Contains(line, broader); broader = above[broader] {
		line = append(line, broader)
	}
	return line
}

// tagged is a passage that an annotation tags with a concept.
type tagged struct {
	annotation, concept, audience, creator string
	place
}

func scanTagged(row scanner) (t tagged, err error) {
	err = row.Scan(&t.annotation, &t.concept, &t.audience, &t.creator, &t.version, &t.provision)
	return t, err
}

// taggedTables are the passages that annotations a tag with the concepts of ac.
// The order of the joins is that of the effort: from the annotations of a document on.
const taggedTables = `annotations a CROSS JOIN annotation_concepts ac ON ac.annotation = a.id
	CROSS JOIN reaches r ON r.annotation = a.root CROSS JOIN placements p ON p.annotation = a.root AND p.version = r.version`

// tagsNow is the condition that they do so in a current version of a document,
// and do not tag the document as a whole.
const tagsNow = "a.absent = 0 AND p.end_at > 0 AND r.version IN (SELECT c.id FROM current_versions c WHERE c.document = ?)"

// A tallyKey names a row of the matrix's figures.
type tallyKey struct {
	concept string
	rolled  bool
}

// A taggerKey names what somebody tagged for an audience.
type taggerKey struct {
	tallyKey
	audience, creator string
}

// tally counts one document anew.
func tally(ctx context.Context, tx *sql.Tx, document string, above map[string]string) error {
	for _, table := range []string{"tallies", "taggers", "stances"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE document = ?", document); err != nil {
			return err
		}
	}
	all, err := list(ctx, tx, scanTagged, `
		SELECT a.id, ac.concept, a.audience, a.creator, r.version, r.passage
		FROM `+taggedTables+`
		WHERE a.document = ? AND a.deleted = 0 AND `+tagsNow,
		document, document)
	if err != nil {
		return err
	}
	audiences := map[tallyKey]map[place]map[string]bool{}
	notes := map[taggerKey]map[string]bool{}
	for _, t := range all {
		add := func(key tallyKey) {
			if audiences[key] == nil {
				audiences[key] = map[place]map[string]bool{}
			}
			in(audiences[key], t.place)[t.audience] = true
			in(notes, taggerKey{key, t.audience, t.creator})[t.annotation] = true
		}
		add(tallyKey{t.concept, false})
		for _, concept := range upward(above, t.concept) {
			add(tallyKey{concept, true})
		}
	}
	if err := insertTallies(ctx, tx, document, audiences); err != nil {
		return err
	}
	for key, by := range notes {
		_, err := tx.ExecContext(ctx, "INSERT INTO taggers (document, concept, rolled, audience, creator, annotations) VALUES (?, ?, ?, ?, ?, ?)",
			document, key.concept, key.rolled, key.audience, key.creator, len(by))
		if err != nil {
			return err
		}
	}
	return insertStances(ctx, tx, document)
}

// in returns the set that a map has for a key, empty if it had none.
func in[K comparable](sets map[K]map[string]bool, key K) map[string]bool {
	if sets[key] == nil {
		sets[key] = map[string]bool{}
	}
	return sets[key]
}

func insertTallies(ctx context.Context, tx *sql.Tx, document string, audiences map[tallyKey]map[place]map[string]bool) error {
	sets := map[string]int{}
	for key, places := range audiences {
		passages := map[int]int{}
		for _, of := range places {
			set, err := audienceSet(ctx, tx, of, sets)
			if err != nil {
				return err
			}
			passages[set]++
		}
		for set, n := range passages {
			_, err := tx.ExecContext(ctx, "INSERT INTO tallies (document, concept, rolled, audience_set, passages) VALUES (?, ?, ?, ?, ?)",
				document, key.concept, key.rolled, set, n)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// audienceSet returns the id of a set of audiences, which it makes if need be.
func audienceSet(ctx context.Context, tx *sql.Tx, of map[string]bool, known map[string]int) (id int, err error) {
	members := make([]string, 0, len(of))
	for audience := range of {
		members = append(members, audience)
	}
	slices.Sort(members)
	name := strings.Join(members, " ")
	if id, ok := known[name]; ok {
		return id, nil
	}
	err = tx.QueryRowContext(ctx, "SELECT id FROM audience_sets WHERE audiences = ? LIMIT 1", name).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		id, err = newAudienceSet(ctx, tx, members, name)
	}
	known[name] = id
	return id, err
}

func newAudienceSet(ctx context.Context, tx *sql.Tx, members []string, name string) (id int, err error) {
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) + 1 FROM audience_sets").Scan(&id); err != nil {
		return 0, err
	}
	for _, audience := range members {
		_, err := tx.ExecContext(ctx, "INSERT INTO audience_sets (id, audience, audiences) VALUES (?, ?, ?)", id, audience, name)
		if err != nil {
			return 0, err
		}
	}
	return id, nil
}

// insertStances counts what is said of a document as a whole.
func insertStances(ctx context.Context, tx *sql.Tx, document string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO stances (document, concept, audience, absent, whole)
		SELECT a.document, ac.concept, a.audience, SUM(a.absent), SUM(1 - a.absent)
		FROM annotations a JOIN annotation_concepts ac ON ac.annotation = a.id `+ofWhole+`
		WHERE a.document = ? AND a.deleted = 0
		GROUP BY a.document, ac.concept, a.audience`, document)
	return err
}

// ofWhole joins the placements of annotations a that are about the document as a
// whole.
const ofWhole = "JOIN placements own ON own.annotation = a.root AND own.version = a.version AND own.end_at = 0"
