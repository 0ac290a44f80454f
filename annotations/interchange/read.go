package interchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"slices"
	"strings"
	"time"

	"glossator/annotations"
)

// ReadJSONLD reads Web Annotations: an AnnotationCollection that holds its
// first page, an AnnotationPage, an array of annotations, or a single one. An
// annotation that cannot be used is an error that wraps ErrFormat and says which
// one it is and why; the next may follow it. Input that is not JSON ends in an
// error.
//
// In annotations that Glossator did not write, Version is "", Document is the
// IRI of the target and Pointers say where it stands; a concept of theirs has a
// label and no id. Such a record is to be placed, and then to be settled.
func ReadJSONLD(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		reader := &reader{decoder: json.NewDecoder(r), yield: yield}
		err := reader.value(0)
		if err == nil {
			err = reader.end()
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(Record{}, err)
		}
	}
}

var errStopped = errors.New("the caller wants no more")

type reader struct {
	decoder *json.Decoder
	yield   func(Record, error) bool
	count   int
}

// deepest is how many objects may be around the annotations: a collection and a
// page.
const deepest = 2

// value reads an array of annotations or an object that holds some or is one.
func (r *reader) value(depth int) error {
	token, err := r.decoder.Token()
	if err != nil {
		return broken(err)
	}
	switch token {
	case json.Delim('['):
		return r.items()
	case json.Delim('{'):
		if depth <= deepest {
			return r.object(depth)
		}
	}
	return fmt.Errorf("%w: there is %v where annotations should be", ErrFormat, token)
}

func broken(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("%w: the JSON cannot be read: %w", ErrFormat, err)
}

// items reads the rest of an array of annotations.
func (r *reader) items() error {
	for r.decoder.More() {
		var item json.RawMessage
		if err := r.decoder.Decode(&item); err != nil {
			return broken(err)
		}
		if err := r.item(item); err != nil {
			return err
		}
	}
	if _, err := r.decoder.Token(); err != nil {
		return broken(err)
	}
	return nil
}

func (r *reader) item(item json.RawMessage) error {
	r.count++
	record, err := fromWeb(item)
	if err != nil {
		record, err = Record{}, fmt.Errorf("annotation %d: %w", r.count, err)
	} else if len(record.Pointers) == 0 && !slices.Contains(record.Concepts, "") {
		record.Settle()
	}
	if !r.yield(record, err) {
		return errStopped
	}
	return nil
}

// object reads the rest of an object: a collection, a page or an annotation.
func (r *reader) object(depth int) error {
	held := false
	own := map[string]json.RawMessage{}
	for r.decoder.More() {
		key, err := r.decoder.Token()
		if err != nil {
			return broken(err)
		}
		if key == "first" || key == "items" {
			held = true
			if err := r.value(depth + 1); err != nil {
				return err
			}
			continue
		}
		var value json.RawMessage
		if err := r.decoder.Decode(&value); err != nil {
			return broken(err)
		}
		own[fmt.Sprint(key)] = value
	}
	if _, err := r.decoder.Token(); err != nil {
		return broken(err)
	}
	if held {
		return nil
	}
	if !slices.Contains(strs(own["type"]), "Annotation") {
		return fmt.Errorf("%w: it has neither items nor the type Annotation", ErrFormat)
	}
	whole, err := json.Marshal(own)
	if err != nil {
		return err
	}
	return r.item(whole)
}

func (r *reader) end() error {
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: something follows the end of the annotations", ErrFormat)
	}
	return nil
}

// foreign is an annotation as anyone may write it: where the model allows one
// or several, or an IRI or an object, it is looked at later.
type foreign struct {
	ID         string          `json:"id"`
	Canonical  string          `json:"canonical"`
	Created    string          `json:"created"`
	Modified   string          `json:"modified"`
	Creator    json.RawMessage `json:"creator"`
	Body       json.RawMessage `json:"body"`
	BodyValue  string          `json:"bodyValue"`
	Target     json.RawMessage `json:"target"`
	Motivation json.RawMessage `json:"motivation"`

	Visibility string            `json:"glossator:visibility"`
	Group      string            `json:"glossator:group"`
	Number     int64             `json:"glossator:number"`
	Absent     bool              `json:"glossator:absent"`
	ReplyTo    string            `json:"glossator:replyTo"`
	OwnID      string            `json:"glossator:id"`
	OwnCreated string            `json:"glossator:created"`
	OwnCreator json.RawMessage   `json:"glossator:creator"`
	OwnTarget  json.RawMessage   `json:"glossator:target"`
	Concepts   map[string]string `json:"glossator:concepts"` // URNs by the labels that bodies give
}

// ReadItem reads one Web Annotation; see ReadJSONLD for what is in it. It is to be
// settled.
func ReadItem(data []byte) (Record, error) {
	var own struct {
		Type json.RawMessage `json:"type"`
	}
	if err := json.Unmarshal(data, &own); err != nil {
		return Record{}, broken(err)
	}
	if !slices.Contains(strs(own.Type), "Annotation") {
		return Record{}, fmt.Errorf("%w: its type is not Annotation", ErrFormat)
	}
	return fromWeb(data)
}

// fromWeb reads an annotation that is yet to be settled.
func fromWeb(data json.RawMessage) (Record, error) {
	var f foreign
	if err := json.Unmarshal(data, &f); err != nil {
		return Record{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	var r Record
	if err := json.Unmarshal(data, &r.Given); err != nil {
		return Record{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if given, ok := r.Given["body"]; ok {
		clean, err := sanitised(given, 0)
		if err != nil {
			return Record{}, err
		}
		r.Given["body"], f.Body = clean, clean
	}
	for _, id := range []string{f.OwnID, f.Canonical, f.ID} {
		if r.ID == "" {
			r.ID = own(annotationURN, id)
		}
	}
	if !strings.HasPrefix(f.ID, annotationURN) {
		r.Address = f.ID
	}
	r.Number, r.Absent, r.Group = f.Number, f.Absent, own(groupURN, f.Group)
	if err := r.visible(f.Visibility); err != nil {
		return Record{}, err
	}
	if err := r.times(f); err != nil {
		return Record{}, err
	}
	if err := r.creator(f); err != nil {
		return Record{}, err
	}
	if err := r.bodies(f); err != nil {
		return Record{}, err
	}
	if err := r.target(f); err != nil {
		return Record{}, err
	}
	return r, nil
}

// visible takes who may read it: only its creator if that is not said.
func (r *Record) visible(visibility string) error {
	switch visibility {
	case "":
		r.Visibility = annotations.Private
	case annotations.Private, annotations.Public, annotations.Group:
		r.Visibility = visibility
	default:
		return fmt.Errorf("%w: its visibility is %q; it may be private, group or public", ErrFormat, visibility)
	}
	return nil
}

func (r *Record) times(f foreign) error {
	if f.OwnCreated != "" {
		f.Created = f.OwnCreated
	}
	for _, t := range []struct {
		text string
		to   *int64
	}{{f.Created, &r.Created}, {f.Modified, &r.Modified}} {
		if t.text == "" {
			continue
		}
		at, err := moment(t.text)
		if err != nil {
			return fmt.Errorf("%w: %q is not a time; write it as 2006-01-02T15:04:05Z", ErrFormat, t.text)
		}
		*t.to = at
	}
	if r.Modified == 0 {
		r.Modified = r.Created
	}
	return nil
}

// moment reads ISO 8601 as milliseconds UTC.
func moment(text string) (int64, error) {
	at, err := time.Parse(time.RFC3339Nano, text)
	return at.UnixMilli(), err
}

func (r *Record) creator(f foreign) error {
	given := f.Creator
	if len(f.OwnCreator) > 0 {
		given = f.OwnCreator
	}
	one := first(given)
	if len(one) == 0 {
		return nil
	}
	var person struct {
		ID   string          `json:"id"`
		Name json.RawMessage `json:"name"`
	}
	if text := strs(one); len(text) == 1 {
		person.ID = text[0]
	} else if err := json.Unmarshal(one, &person); err != nil {
		return formatError("its creator", err)
	}
	r.Creator, r.CreatorName = own(userURN, person.ID), word(person.Name)
	return nil
}

func (r *Record) bodies(f foreign) error {
	r.Concepts, r.Labels = []string{}, []string{}
	all, err := parts(f.Body, strs(f.Motivation), f.Absent)
	if err != nil {
		return err
	}
	for _, p := range all {
		if !p.concept {
			continue
		}
		if p.id == "" {
			p.id = own(conceptURN, f.Concepts[p.label])
		}
		r.Concepts, r.Labels = append(r.Concepts, p.id), append(r.Labels, p.label)
	}
	if f.BodyValue != "" {
		all = append([]part{{note: f.BodyValue}}, all...)
	}
	r.Note = noteOf(all)
	return nil
}

// formatError is an ErrFormat that says in which part of an annotation it is.
func formatError(part string, err error) error {
	return fmt.Errorf("%w: %s: %w", ErrFormat, part, err)
}

// first returns the first element of list(data), nil if there is none.
func first(data json.RawMessage) json.RawMessage {
	if all := list(data); len(all) > 0 {
		return all[0]
	}
	return nil
}

// word returns the first of strs(data), "" if there is none.
func word(data json.RawMessage) string {
	if all := strs(data); len(all) > 0 {
		return all[0]
	}
	return ""
}

// list returns the elements of a JSON array, a value that is not one as the
// only element, and nothing for no value or null.
func list(data json.RawMessage) []json.RawMessage {
	if len(data) == 0 || string(data) == "null" {
		return nil
	}
	var found []json.RawMessage
	if json.Unmarshal(data, &found) == nil {
		return found
	}
	return []json.RawMessage{data}
}

// strs returns the strings among the elements of list(data).
func strs(data json.RawMessage) []string {
	var found []string
	for _, one := range list(data) {
		var text string
		if json.Unmarshal(one, &text) == nil {
			found = append(found, text)
		}
	}
	return found
}

// iri returns an IRI that is given as such or as the id of an object; "" if
// there is none.
func iri(data json.RawMessage) string {
	if found := strs(data); len(found) > 0 {
		return found[0]
	}
	var object struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(data, &object) != nil {
		return ""
	}
	return object.ID
}

// own returns the id in a URN that urn made with the same prefix; "" if it is
// another IRI.
func own(prefix, iri string) string {
	escaped, ok := strings.CutPrefix(iri, prefix)
	if !ok {
		return ""
	}
	id, err := url.PathUnescape(escaped)
	if err != nil {
		return ""
	}
	return id
}
