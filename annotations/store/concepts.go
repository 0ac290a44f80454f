package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"

	"glossator/annotations"
)

// A ConceptEdit is what somebody wants to change of a concept; nil leaves it as
// it is.
type ConceptEdit struct {
	Label, Definition, Include, Exclude *string
	Aliases                             *[]string
	// Broader moves it: "" to the top. It takes the family of its new place, as
	// do those below it that shared its own, unless Family says another.
	Broader  *string
	Family   *int
	Status   *string // Proposed, Accepted or Deprecated: for who maintains the codebook
	Replaced *string // only if it is or becomes Deprecated
	Revision *int    // of the concept when it was read, nil for any
}

// conceptColumns are what scanConcept reads; the last two are what the asker
// may know.
const conceptColumns = `k.id, k.codebook, k.label, k.aliases, k.definition, k.include, k.exclude, k.broader, k.family, k.status,
	k.replaced, k.creator, k.revision`

func scanConcept(row scanner) (k annotations.Concept, err error) {
	var aliases, examples string
	err = row.Scan(&k.ID, &k.Codebook, &k.Label, &aliases, &k.Definition, &k.Include, &k.Exclude, &k.Broader, &k.Family, &k.Status,
		&k.Replaced, &k.Creator, &k.Revision, &examples, &k.Used)
	if err != nil {
		return k, err
	}
	k.Examples = strings.Fields(examples)
	return k, json.Unmarshal([]byte(aliases), &k.Aliases)
}

// Concepts returns the concepts whose label, aliases or definition hold all
// words of text, the most used first; all of them if text is "". limit 0 is no
// limit. Those that are Gone are left out.
func (s *Store) Concepts(ctx context.Context, asker annotations.Asker, text string, limit int) ([]annotations.Concept, error) {
	if limit == 0 {
		limit = math.MaxInt
	}
	condition, words := likeAll("k.words", text)
	query, args := selectConcepts(asker, "k.status <> ? AND "+condition, append([]any{annotations.Gone}, words...)...)
	concepts, err := list(ctx, s.reader, scanConcept, query+" ORDER BY k.normal, k.id", args...)
	if err == nil {
		err = s.countUses(ctx, asker, concepts)
	}
	if err != nil {
		return nil, because(err, "listing concepts")
	}
	slices.SortStableFunc(concepts, func(a, b annotations.Concept) int { return b.Used - a.Used })
	return concepts[:min(limit, len(concepts))], nil
}

// AllConcepts returns the concepts of all codebooks, by label, also those that
// are Gone, which annotations may still have. What depends on who asks is not
// told: there are no Examples, and Used is 0.
func (s *Store) AllConcepts(ctx context.Context) ([]annotations.Concept, error) {
	concepts, err := list(ctx, s.reader, scanConcept, "SELECT "+conceptColumns+", '', 0 FROM concepts k ORDER BY k.normal, k.id")
	return concepts, because(err, "reading all concepts")
}

// selectConcepts returns the query for the concepts k that a condition
// selects, with their examples as far as the asker may know them, and its
// arguments. How often they are used is for countUses to say.
func selectConcepts(asker annotations.Asker, condition string, args ...any) (query string, all []any) {
	visible, readable := mayRead(asker)
	return "SELECT " + conceptColumns + `, COALESCE((
			SELECT STRING_AGG(e.annotation, ' ' ORDER BY e.position) FROM concept_examples e CROSS JOIN annotations a ON a.id = e.annotation
			WHERE e.concept = k.id AND ` + visible + `), ''), 0
		FROM concepts k WHERE ` + condition, append(readable, args...)
}

// Concept returns the concept with this id, ErrNotFound if there is none or it
// is Gone.
func (s *Store) Concept(ctx context.Context, asker annotations.Asker, id string) (annotations.Concept, error) {
	k, err := concept(ctx, s.reader, asker, id)
	if err == nil {
		one := []annotations.Concept{k}
		err = s.countUses(ctx, asker, one)
		k = one[0]
	}
	return k, because(err, "reading a concept")
}

// concept returns a concept as Concept does, but for how often it is used.
func concept(ctx context.Context, q querier, asker annotations.Asker, id string) (annotations.Concept, error) {
	query, args := selectConcepts(asker, "k.id = ?", id)
	k, err := scanConcept(q.QueryRowContext(ctx, query, args...))
	if err != nil {
		return annotations.Concept{}, orNotFound(err, "There is no concept %q.", id)
	}
	return k, present(ctx, q, k)
}

// present is ErrNotFound, saying where it went, if k is Gone.
func present(ctx context.Context, q querier, k annotations.Concept) error {
	if k.Status != annotations.Gone {
		return nil
	}
	if k.Replaced == "" {
		return refuse(ErrNotFound, "The concept “%s” is not in the codebook any more.", k.Label)
	}
	var into string
	if err := q.QueryRowContext(ctx, "SELECT label FROM concepts WHERE id = ?", k.Replaced).Scan(&into); err != nil {
		return err
	}
	return refuse(ErrNotFound, "The concept “%s” was merged into “%s”.", k.Label, into)
}

// currentConcepts returns concepts, each once, with what they were merged into in
// their place. ErrInvalid if one does not exist.
func currentConcepts(ctx context.Context, q querier, ids []string) ([]string, error) {
	current := make([]string, 0, len(ids))
	for _, id := range ids {
		for next := id; next != ""; {
			id = next
			err := q.QueryRowContext(ctx, "SELECT CASE status WHEN ? THEN replaced ELSE '' END FROM concepts WHERE id = ?", annotations.Gone, id).Scan(&next)
			if errors.Is(err, sql.ErrNoRows) {
				return nil, refuse(ErrInvalid, "There is no concept %q; choose one of the codebook or add it first.", id)
			}
			if err != nil {
				return nil, err
			}
		}
		if !slices.Contains(current, id) {
			current = append(current, id)
		}
	}
	return current, nil
}

// conceptState returns a concept with all of its examples, also if it is Gone.
// It is what deeds begin from, and not for showing to anybody.
func conceptState(ctx context.Context, q querier, id string) (annotations.Concept, error) {
	k, err := scanConcept(q.QueryRowContext(ctx, "SELECT "+conceptColumns+`, COALESCE((
			SELECT STRING_AGG(e.annotation, ' ' ORDER BY e.position) FROM concept_examples e WHERE e.concept = k.id), ''), 0
		FROM concepts k WHERE k.id = ?`, id))
	if err != nil {
		return annotations.Concept{}, orNotFound(err, "There is no concept %q.", id)
	}
	return k, nil
}

// CreateConcept adds a concept to its codebook, the starter codebook if that is
// "": accepted if the asker maintains it, otherwise proposed. The family of 0 is
// that of the broader concept or, at the top, one that follows from the label.
// ErrConflict if the label or an alias is taken.
func (s *Store) CreateConcept(ctx context.Context, asker annotations.Asker, k annotations.Concept) (annotations.Concept, error) {
	_, err := s.revise(ctx, asker, "Add the concept “"+k.Label+"”", func(ctx context.Context, r *revision) (err error) {
		k, err = r.create(ctx, k)
		return err
	})
	if err != nil {
		return annotations.Concept{}, because(err, "adding a concept")
	}
	return k, nil
}

// create adds a concept as CreateConcept does.
func (r *revision) create(ctx context.Context, k annotations.Concept) (annotations.Concept, error) {
	if k.Codebook == "" {
		k.Codebook = annotations.Starter
	}
	b, err := codebook(ctx, r.tx, k.Codebook)
	if err != nil {
		return k, err
	}
	k.ID, k.Creator, k.Status, k.Replaced = newID(), r.asker.User, annotations.Proposed, ""
	k.Revision, k.Used, k.Examples = 0, 0, []string{}
	if r.asker.MayMaintain(b) {
		k.Status = annotations.Accepted
	}
	if k, err = checkConcept(ctx, r.tx, k); err != nil {
		return k, err
	}
	return r.put(ctx, ConceptCreated, nil, k)
}

// UpdateConcept changes a concept and returns it as it is then; who maintains
// its codebook may, and its creator while it is proposed. What is tagged with it
// is found by the new label. It fails with ErrConflict if the concept has
// changed since the revision of the edit, or a name is taken.
func (s *Store) UpdateConcept(ctx context.Context, asker annotations.Asker, id string, edit ConceptEdit) (k annotations.Concept, err error) {
	_, err = s.revise(ctx, asker, "Change a concept", func(ctx context.Context, r *revision) error {
		was, err := r.changeable(ctx, id)
		if err != nil {
			return err
		}
		if edit.Revision != nil && *edit.Revision != was.Revision {
			return refuse(ErrConflict, "“%s” has changed since you read it; read it again before you change it.", was.Label)
		}
		if k, err = r.edited(ctx, was, edit); err != nil {
			return err
		}
		if k, err = r.put(ctx, ConceptChanged, &was, k); err != nil {
			return err
		}
		if k.Family != was.Family && k.Broader != was.Broader {
			err = r.recolour(ctx, k, was.Family)
		}
		r.what = whatChanged(was, k)
		return err
	})
	if err != nil {
		return annotations.Concept{}, because(err, "changing a concept")
	}
	return s.Concept(ctx, asker, k.ID)
}

// changeable returns the state of a concept that the asker may change.
func (r *revision) changeable(ctx context.Context, id string) (annotations.Concept, error) {
	k, err := conceptState(ctx, r.tx, id)
	if err != nil {
		return k, err
	}
	if err := present(ctx, r.tx, k); err != nil {
		return k, err
	}
	b, err := codebook(ctx, r.tx, k.Codebook)
	if err == nil && !r.asker.MayDefine(k, b) {
		err = refuse(ErrForbidden, "Editors may change “%s”, those who maintain the codebook and, while it is proposed, whoever added it.", k.Label)
	}
	return k, err
}

// edited returns was with an edit made to it, checked.
func (r *revision) edited(ctx context.Context, was annotations.Concept, edit ConceptEdit) (annotations.Concept, error) {
	k := was
	for _, text := range []struct{ to, from *string }{
		{&k.Label, edit.Label}, {&k.Definition, edit.Definition}, {&k.Include, edit.Include}, {&k.Exclude, edit.Exclude},
		{&k.Broader, edit.Broader}, {&k.Status, edit.Status}, {&k.Replaced, edit.Replaced},
	} {
		if text.from != nil {
			*text.to = *text.from
		}
	}
	if edit.Aliases != nil {
		k.Aliases = *edit.Aliases
	}
	if k.Status != annotations.Deprecated {
		k.Replaced = ""
	}
	switch {
	case edit.Family != nil:
		k.Family = *edit.Family
	case k.Broader != was.Broader && k.Broader != "":
		k.Family = 0
	}
	if k.Status != was.Status || k.Replaced != was.Replaced {
		if _, err := maintained(ctx, r.tx, r.asker, k.Codebook); err != nil {
			return k, err
		}
	}
	return checkConcept(ctx, r.tx, k)
}

// recolour gives the family of k to the concepts below it that have another.
func (r *revision) recolour(ctx context.Context, k annotations.Concept, family int) error {
	below, err := narrower(ctx, r.tx, k.ID)
	if err != nil {
		return err
	}
	for _, id := range below {
		was, err := conceptState(ctx, r.tx, id)
		if err != nil {
			return err
		}
		if was.Family != family {
			continue
		}
		now := was
		now.Family = k.Family
		if now, err = r.put(ctx, ConceptChanged, &was, now); err != nil {
			return err
		}
		if err := r.recolour(ctx, now, family); err != nil {
			return err
		}
	}
	return nil
}

// narrower returns the ids of the concepts right below one.
func narrower(ctx context.Context, q querier, id string) ([]string, error) {
	return list(ctx, q, scanText, "SELECT id FROM concepts WHERE broader = ? AND status <> ? ORDER BY id", id, annotations.Gone)
}

// SetExample makes an annotation that the asker may read an example of a
// concept, or no longer one.
func (s *Store) SetExample(ctx context.Context, asker annotations.Asker, id, example string, shows bool) (annotations.Concept, error) {
	_, err := s.revise(ctx, asker, "Change the examples of a concept", func(ctx context.Context, r *revision) error {
		was, err := r.changeable(ctx, id)
		if err != nil {
			return err
		}
		if _, err := annotation(ctx, r.tx, asker, example); err != nil {
			return err
		}
		k := was
		k.Examples = without(was.Examples, example)
		if shows {
			k.Examples = append(k.Examples, example)
		}
		r.what = "Change the examples of “" + k.Label + "”"
		_, err = r.put(ctx, ConceptChanged, &was, k)
		return err
	})
	if err != nil {
		return annotations.Concept{}, because(err, "changing the examples of a concept")
	}
	return s.Concept(ctx, asker, id)
}

// without returns a new list of the texts that are not this one.
func without(texts []string, text string) []string {
	rest := make([]string, 0, len(texts)+1)
	for _, one := range texts {
		if one != text {
			rest = append(rest, one)
		}
	}
	return rest
}

// putConcept writes the row of a concept and its examples.
func putConcept(ctx context.Context, tx *sql.Tx, k annotations.Concept) error {
	aliases, err := json.Marshal(k.Aliases)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO concepts (id, codebook, label, normal, aliases, words, definition, include, exclude, broader, family, status,
			replaced, creator, revision)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET label = excluded.label, normal = excluded.normal, aliases = excluded.aliases,
			words = excluded.words, definition = excluded.definition, include = excluded.include, exclude = excluded.exclude,
			broader = excluded.broader, family = excluded.family, status = excluded.status, replaced = excluded.replaced,
			revision = excluded.revision`,
		k.ID, k.Codebook, k.Label, annotations.NormalLabel(k.Label), string(aliases), conceptWords(k), k.Definition, k.Include, k.Exclude,
		k.Broader, k.Family, k.Status, k.Replaced, k.Creator, k.Revision)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM concept_examples WHERE concept = ?", k.ID); err != nil {
		return err
	}
	for i, example := range k.Examples {
		_, err := tx.ExecContext(ctx, "INSERT INTO concept_examples (concept, annotation, position) VALUES (?, ?, ?)", k.ID, example, i)
		if err != nil {
			return err
		}
	}
	return nil
}

// conceptWords returns what the words that look a concept up are compared with.
func conceptWords(k annotations.Concept) string {
	return fold(strings.Join(append([]string{k.Label, k.Definition}, k.Aliases...), " "))
}
