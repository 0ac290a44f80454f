package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"glossator/annotations"
	"glossator/annotations/anchor"
)

// An Arrival is an annotation that was made elsewhere, on its way in. Concepts
// and creator are ids of this store. If Version is "" or not known here, it is
// for the current version of the document, in Language if there is one.
type Arrival struct {
	annotations.Annotation
	Language string
	Err      error  // why it cannot be taken in, if it is known already
	Label    string // what to call it when it is refused
}

// Outcomes of taking in.
const (
	ArrivalTaken   = "taken"
	ArrivalThere   = "there"
	ArrivalRefused = "refused"
)

// An Intake is what came of taking in annotations.
type Intake struct {
	Operation string // "" if nothing was taken, or in a preview
	Taken     int
	There     int // they were there already, also if they were deleted since
	Refused   int
	Refusals  []Refusal // the first of them
}

// A Refusal is an annotation that was not taken in, and why.
type Refusal struct{ Label, Reason string }

// mostRefusals is how many refusals an Intake lists.
const mostRefusals = 100

// arrivalsAtOnce is how many arrivals are written in one transaction: others
// write in between.
const arrivalsAtOnce = 500

// errPreview rolls back what a preview has written.
var errPreview = errors.New("this was a preview")

// TakeIn adds annotations that were made elsewhere, as one operation of the
// asker's. Each keeps its id, so that nothing is there twice when it is repeated:
// what has the id of an annotation that the asker may not read gets another, but
// always the same. Words are found by their quote where they have moved. Replies
// may come before what they answer. A preview reports what would be done.
func (s *Store) TakeIn(ctx context.Context, asker annotations.Asker, what string, preview bool, arrivals iter.Seq[Arrival]) (Intake, error) {
	if !asker.SignedIn() {
		return Intake{}, refuse(ErrForbidden, "Sign in to annotate.")
	}
	t := &taking{Store: s, asker: asker, what: what, preview: preview, renamed: map[string]string{}, promised: map[string]bool{}}
	var waiting []Arrival
	for a := range arrivals {
		if waiting = append(waiting, a); len(waiting) == arrivalsAtOnce {
			if err := t.some(ctx, waiting); err != nil {
				return t.Intake, because(err, "taking in annotations")
			}
			waiting = waiting[:0]
		}
	}
	if err := t.some(ctx, waiting); err != nil {
		return t.Intake, because(err, "taking in annotations")
	}
	return t.Intake, because(t.orphans(ctx), "taking in annotations")
}

// taking is an intake that goes on.
type taking struct {
	*Store
	Intake
	asker    annotations.Asker
	what     string
	preview  bool
	o        operation
	renamed  map[string]string // ids here by ids there, where they differ
	early    []Arrival         // replies that came before what they answer
	promised map[string]bool   // ids that a preview would have added
}

// orphans takes in the replies that came early, as long as that goes on.
func (t *taking) orphans(ctx context.Context) error {
	for len(t.early) > 0 {
		waiting := t.early
		t.early = nil
		for some := range slices.Chunk(waiting, arrivalsAtOnce) {
			if err := t.some(ctx, some); err != nil {
				return err
			}
		}
		if len(t.early) == len(waiting) {
			for _, a := range waiting {
				t.refuse(a, refuse(ErrNotFound, "It answers the annotation %q, which is not here.", a.ReplyTo))
			}
			return nil
		}
	}
	return nil
}

func (t *taking) refuse(a Arrival, reason error) {
	t.Refused++
	if len(t.Refusals) < mostRefusals {
		t.Refusals = append(t.Refusals, Refusal{cmp.Or(a.Label, a.ID), reason.Error()})
	}
}

func (t *taking) some(ctx context.Context, arrivals []Arrival) error {
	if len(arrivals) == 0 {
		return ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err := t.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if t.o.id == "" {
			if t.o, err = begin(ctx, tx, t.asker, t.what); err != nil {
				return err
			}
		}
		for _, a := range arrivals {
			if err := t.one(ctx, tx, a); err != nil {
				return err
			}
		}
		if t.preview {
			return errPreview
		}
		if t.Taken == 0 {
			err = t.o.forget(ctx, tx)
			t.o = operation{}
		}
		t.Operation = t.o.id
		return err
	})
	if !errors.Is(err, errPreview) {
		return err
	}
	t.o = operation{}
	return nil
}

func (t *taking) one(ctx context.Context, tx *sql.Tx, a Arrival) error {
	if a.Err != nil {
		t.refuse(a, a.Err)
		return nil //nolint:nilerr // the report says it, and the next follow
	}
	id, there, err := t.identify(ctx, tx, a)
	if err != nil {
		return err
	}
	if there {
		t.There++
		return nil
	}
	if t.promised[a.ReplyTo] {
		t.Taken++
		t.promised[id] = true
		return nil
	}
	n, own, err := t.ready(ctx, tx, a, id)
	var refused *refusalError
	switch {
	case errors.Is(err, errEarly):
		t.early = append(t.early, a)
		return nil
	case errors.As(err, &refused):
		t.refuse(a, refused)
		return nil
	case err != nil:
		return err
	}
	t.Taken++
	if t.preview {
		t.promised[n.ID] = true
	}
	return t.insertAnnotation(ctx, tx, t.o, &n, own)
}

// eyes returns whose annotation it will be, as one who asks.
func (t *taking) eyes(a Arrival) annotations.Asker {
	if a.Creator == "" || a.Creator == t.asker.User {
		return t.asker
	}
	return annotations.Asker{User: a.Creator, Groups: t.asker.Groups}
}

// identify returns the id that an annotation has here, and whether it is there.
func (t *taking) identify(ctx context.Context, q querier, a Arrival) (string, bool, error) {
	id, eyes := a.ID, t.eyes(a)
	if id == "" {
		return newID(), false, nil
	}
	audiences := eyes.Audiences()
	for range 2 {
		var readable bool
		err := q.QueryRowContext(ctx, "SELECT audience IN ("+holders(len(audiences))+") OR creator = ? FROM annotations WHERE id = ?",
			append(anys(audiences), eyes.User, id)...).Scan(&readable)
		if errors.Is(err, sql.ErrNoRows) {
			return id, t.promised[id], nil
		}
		if err != nil || readable {
			return id, true, err
		}
		other := derived(id, eyes.User)
		t.renamed[id], id = other, other
	}
	return id, true, nil
}

// derived returns an id that always follows from the same names.
func derived(names ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:26]
}

// errEarly is what ready returns for a reply that came before what it answers.
var errEarly = errors.New("what it answers is not here yet")

// ready returns an arrival as it is to be written, and where it stands.
func (t *taking) ready(ctx context.Context, tx *sql.Tx, a Arrival, id string) (n annotations.Annotation, own annotations.Placement, err error) {
	n = a.Annotation
	n.ID, n.Root = id, id
	if n.Creator == "" {
		n.Creator = t.asker.User
	}
	if n.Created <= 0 || n.Created > t.now() {
		n.Created = t.now()
	}
	n.Modified = min(max(n.Modified, n.Created), t.now())
	if n.ReplyTo != "" {
		n.ReplyTo = cmp.Or(t.renamed[n.ReplyTo], n.ReplyTo)
		answered, err := annotation(ctx, tx, t.eyes(a), n.ReplyTo)
		if errors.Is(err, ErrNotFound) {
			return n, own, errEarly
		}
		n.Root, n.Document, n.Version = answered.Root, answered.Document, answered.Version
		n.Target, n.More, n.Passage = answered.Target, answered.More, answered.Passage
		if err != nil {
			return n, own, err
		}
	} else if own, err = t.stand(ctx, tx, a, &n); err != nil {
		return n, own, err
	}
	if n.Visibility == annotations.Group && !t.asker.MayAddTo(n.Group) {
		n.Visibility, n.Group = annotations.Private, ""
	}
	n, err = checkBodies(ctx, tx, t.eyes(a), n)
	return n, own, err
}

func (t *taking) now() int64 { return cmp.Or(t.o.at, now()) }

// stand gives n its place.
func (t *taking) stand(ctx context.Context, tx *sql.Tx, a Arrival, n *annotations.Annotation) (own annotations.Placement, err error) {
	cached, err := t.versionOf(ctx, tx, a)
	if err != nil {
		return own, err
	}
	wanted := []annotations.Target{}
	if !n.Whole() || n.Target.Exact != "" {
		wanted = append([]annotations.Target{n.Target}, n.More...)
	}
	for i, target := range wanted {
		if wanted[i], err = cached.find(target); err != nil {
			return own, err
		}
	}
	own, err = cached.place(wanted)
	n.Document, n.Version = cached.version.Document, cached.version.ID
	n.Target, n.More, n.Passage = own.Target, own.More, own.Passage
	return own, err
}

// versionOf returns the version that an arrival is for.
func (t *taking) versionOf(ctx context.Context, tx *sql.Tx, a Arrival) (*cachedVersion, error) {
	if a.Version != "" {
		cached, err := t.cachedVersion(ctx, tx, a.Version)
		if err == nil || !errors.Is(err, ErrNotFound) {
			return cached, err
		}
	}
	current, err := currentOf(ctx, tx, a.Document, a.Language)
	if err != nil {
		return nil, err
	}
	return t.cachedVersion(ctx, tx, current)
}

func currentOf(ctx context.Context, q querier, document, language string) (string, error) {
	current, err := list(ctx, q, scanText, "SELECT id FROM current_versions WHERE document = ? ORDER BY language <> ?, number, id LIMIT 1", document, language)
	if err == nil && len(current) == 0 {
		err = refuse(ErrNotFound, "The document %q is not here; import it first.", document)
	}
	return first(current), err
}

// find returns where a target's words stand in the version: at its position, or
// at the one place with its quote.
func (c *cachedVersion) find(target annotations.Target) (annotations.Target, error) {
	if target.Exact == "" {
		return target, nil // place says whether it is within the text
	}
	span, err := c.text().Locate(target)
	if err != nil && target.End > target.Start { // its position is right, and the words around it have changed
		if there, wrong := c.text().Select(target.Start, target.End); wrong == nil && there.Exact == target.Exact {
			return target, nil
		}
	}
	switch {
	case errors.Is(err, anchor.ErrAmbiguous):
		return target, refuse(ErrInvalid, "Its words, “%s”, are in the text several times, and it is not clear which are meant.", shorten(target.Exact))
	case err != nil:
		return target, refuse(ErrInvalid, "Its words, “%s”, are not in the text.", shorten(target.Exact))
	}
	return annotations.Target{Start: span.Start, End: span.End, Exact: target.Exact}, nil
}

// DeriveID returns the id of an annotation from elsewhere that has none here: it
// always follows from the same names.
func DeriveID(names ...string) string { return derived(names...) }

// IDsOn returns the ids of the annotations that were made on a version and that
// the asker may read, with how many stretches each has.
func (s *Store) IDsOn(ctx context.Context, asker annotations.Asker, version string) (map[string]int, error) {
	visible, args := mayRead(asker)
	ids := map[string]int{}
	_, err := list(ctx, s.reader, func(row scanner) (none struct{}, err error) {
		var id string
		var more stretches
		err = row.Scan(&id, &more)
		ids[id] = 1 + len(more)
		return none, err
	}, "SELECT a.id, own.more FROM "+annotationTables+" WHERE a.version = ? AND "+visible, append([]any{version}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("reading the ids of annotations: %w", err)
	}
	return ids, nil
}

// A VersionName is what tells a version from others.
type VersionName struct {
	ID, Document, Language, Title string
	Length                        int // code points
	Current                       bool
}

// VersionNames returns all versions, those that came last first.
func (s *Store) VersionNames(ctx context.Context) ([]VersionName, error) {
	all, err := list(ctx, s.reader, func(row scanner) (v VersionName, err error) {
		var metadata string
		if err := row.Scan(&v.ID, &v.Document, &v.Language, &v.Length, &v.Current, &metadata); err != nil {
			return v, err
		}
		var titled struct {
			Title string `json:"title"`
		}
		err = json.Unmarshal([]byte(metadata), &titled)
		v.Title = titled.Title
		return v, err
	}, `SELECT v.id, v.document, v.language, v.length, v.id IN (SELECT id FROM current_versions), d.metadata
		FROM versions v JOIN documents d ON d.id = v.document WHERE v.corrected = '' ORDER BY v.number DESC, v.id`)
	return all, because(err, "listing versions")
}

// AnnotatedDocuments returns the ids of the documents that have annotations,
// whoever may read them, in order.
func (s *Store) AnnotatedDocuments(ctx context.Context) ([]string, error) {
	all, err := list(ctx, s.reader, scanText, "SELECT DISTINCT document FROM annotations ORDER BY document")
	return all, because(err, "listing annotated documents")
}
