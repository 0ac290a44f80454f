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
// In annotations that Glossator did not write, Version is "" and Document is the
// IRI of the target; a concept of theirs has a label and no id.
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
	Visibility string          `json:"glossator:visibility"`
	Number     int64           `json:"glossator:number"`
	Body       json.RawMessage `json:"body"`
	BodyValue  string          `json:"bodyValue"`
	Target     json.RawMessage `json:"target"`
	Motivation json.RawMessage `json:"motivation"`
}

type foreignTarget struct {
	Source   json.RawMessage `json:"source"`
	Scope    json.RawMessage `json:"scope"`
	Title    string          `json:"glossator:title"`
	Language string          `json:"glossator:language"`
	Passage  string          `json:"glossator:passage"`
	Pinpoint string          `json:"glossator:pinpoint"`
	Selector json.RawMessage `json:"selector"`
}

func fromWeb(data json.RawMessage) (Record, error) {
	var f foreign
	if err := json.Unmarshal(data, &f); err != nil {
		return Record{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	var r Record
	r.ID = own(annotationURN, f.Canonical)
	if r.ID == "" {
		r.ID = own(annotationURN, f.ID)
	}
	if !strings.HasPrefix(f.ID, annotationURN) {
		r.Address = f.ID
	}
	r.Visibility, r.Number = f.Visibility, f.Number
	if r.Visibility == "" {
		r.Visibility = annotations.Private
	}
	if r.Visibility != annotations.Private && r.Visibility != annotations.Public {
		return Record{}, fmt.Errorf("%w: its visibility is %q; it may be private or public", ErrFormat, r.Visibility)
	}
	if err := r.times(f); err != nil {
		return Record{}, err
	}
	if err := r.creator(f.Creator); err != nil {
		return Record{}, err
	}
	if err := r.bodies(f); err != nil {
		return Record{}, err
	}
	return r, r.target(f.Target)
}

func (r *Record) times(f foreign) error {
	for _, t := range []struct {
		text string
		to   *int64
	}{{f.Created, &r.Created}, {f.Modified, &r.Modified}} {
		if t.text == "" {
			continue
		}
		at, err := time.Parse(time.RFC3339Nano, t.text)
		if err != nil {
			return fmt.Errorf("%w: %q is not a time; write it as 2006-01-02T15:04:05Z", ErrFormat, t.text)
		}
		*t.to = at.UnixMilli()
	}
	if r.Modified == 0 {
		r.Modified = r.Created
	}
	return nil
}

func (r *Record) creator(data json.RawMessage) error {
	creators := list(data)
	if len(creators) == 0 {
		return nil
	}
	var person webPerson
	if text := strs(creators[0]); len(text) == 1 {
		person.ID = text[0]
	} else if err := json.Unmarshal(creators[0], &person); err != nil {
		return fmt.Errorf("%w: its creator: %w", ErrFormat, err)
	}
	r.Creator, r.CreatorName = own(userURN, person.ID), person.Name
	return nil
}

func (r *Record) bodies(f foreign) error {
	r.Concepts, r.Labels = []string{}, []string{}
	notes := []string{}
	if f.BodyValue != "" {
		notes = append(notes, f.BodyValue)
	}
	motivated := strs(f.Motivation)
	for _, one := range list(f.Body) {
		var body webBody
		if text := strs(one); len(text) == 1 {
			notes = append(notes, text[0])
			continue
		}
		if err := json.Unmarshal(one, &body); err != nil {
			return fmt.Errorf("%w: a body: %w", ErrFormat, err)
		}
		tagging := body.Purpose == "tagging" || body.Purpose == "" && len(motivated) == 1 && motivated[0] == "tagging"
		switch {
		case tagging:
			r.Concepts = append(r.Concepts, own(conceptURN, body.ID))
			r.Labels = append(r.Labels, body.Value)
		case body.Value != "":
			notes = append(notes, body.Value)
		}
	}
	r.Note = strings.Join(notes, "\n\n")
	return nil
}

func (r *Record) target(data json.RawMessage) error {
	targets := list(data)
	if len(targets) != 1 {
		return fmt.Errorf("%w: it has %d targets; Glossator reads annotations with one", ErrFormat, len(targets))
	}
	var t foreignTarget
	if err := json.Unmarshal(targets[0], &t); err != nil {
		return fmt.Errorf("%w: its target has no selector: %w", ErrFormat, err)
	}
	r.DocumentTitle, r.Language, r.Passage, r.Pinpoint = t.Title, t.Language, t.Passage, t.Pinpoint
	source := iri(t.Source)
	if strings.HasPrefix(source, versionURN) {
		r.Version, r.Document = own(versionURN, source), own(documentURN, iri(t.Scope))
	} else {
		r.Document = source
	}
	quoted := false
	for _, one := range list(t.Selector) {
		var s webSelector
		if err := json.Unmarshal(one, &s); err != nil {
			return fmt.Errorf("%w: a selector: %w", ErrFormat, err)
		}
		switch s.Type {
		case "TextPositionSelector":
			if s.Start != nil && s.End != nil {
				r.Target.Start, r.Target.End = *s.Start, *s.End
			}
		case "TextQuoteSelector":
			quoted = s.Exact != ""
			r.Target.Exact = s.Exact
			if s.Prefix != nil {
				r.Target.Prefix = *s.Prefix
			}
			if s.Suffix != nil {
				r.Target.Suffix = *s.Suffix
			}
		}
	}
	if !quoted {
		return fmt.Errorf("%w: its target has no TextQuoteSelector, which says what words it is about", ErrFormat)
	}
	return nil
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
