package interchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"glossator/annotations"
)

// An annotation is written with a target for each stretch, which has a
// TextPositionSelector (code points) and a TextQuoteSelector, a tagging body for
// each concept and a commenting body for the note. A reply's target is the
// annotation it answers; that of a note on a document has no selector. What the
// model has no name for is under "glossator:".
//
// What came in and has no other place is kept in Annotation.Extra, a JSON object
// of properties as they were given, and is written as it was given for as long
// as it still says what the annotation says:
//
//   - a body as long as the annotation has its concept, or its note is still
//     that of the given bodies;
//   - the targets as long as the annotation stands where they led, beside
//     "glossator:target", which says so in our own form;
//   - creator and created, beside "glossator:creator" and "glossator:created";
//   - everything else always.
//
// Two properties of Extra are ours: conceptsTaken maps the labels that bodies
// gave to ids of concepts, stretchesTaken are the stretches that the targets led to.
const (
	conceptsTaken  = "glossator:concepts"
	stretchesTaken = "glossator:stretches"
)

// A property of a JSON object that is written in this order.
type property struct {
	name  string
	value any
}

type object []property

// MarshalJSON writes the properties in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := encode(p.value)
		if err != nil {
			return nil, fmt.Errorf("the property %q: %w", p.name, err)
		}
		name, err := encode(p.name)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// set gives a property another value, or adds it at the end.
func (o *object) set(name string, value any) {
	for i := range *o {
		if (*o)[i].name == name {
			(*o)[i].value = value
			return
		}
	}
	*o = append(*o, property{name, value})
}

// value returns the value of a property, nil if it is not there.
func (o *object) value(name string) any {
	for _, p := range *o {
		if p.name == name {
			return p.value
		}
	}
	return nil
}

func (o *object) remove(name string) {
	*o = slices.DeleteFunc(*o, func(p property) bool { return p.name == name })
}

type webPerson struct {
	ID   string `json:"id"`
	Type string `json:"type"`
	Name string `json:"name"`
}

// WriteItem returns a record as one Web Annotation with its context.
func WriteItem(r Record) ([]byte, error) {
	item := properties(r)
	value := any(json.RawMessage(context))
	for i, p := range item {
		if p.name == "@context" {
			given, _ := p.value.(json.RawMessage)
			value = contexts(given)
			item = slices.Delete(item, i, i+1)
			break
		}
	}
	return encode(append(object{{"@context", value}}, item...))
}

// contexts adds ours to a context that was given.
func contexts(given json.RawMessage) []json.RawMessage {
	all := list(json.RawMessage(context))
	for _, one := range list(given) {
		if !slices.ContainsFunc(all, func(known json.RawMessage) bool { return same(known, one) }) {
			all = append(all, one)
		}
	}
	return all
}

// properties returns what a record is written as.
func properties(r Record) object {
	own := generated(r)
	if len(r.Extra) == 0 {
		return own
	}
	var extra map[string]json.RawMessage
	if json.Unmarshal(r.Extra, &extra) != nil {
		return own
	}
	return withExtra(own, r, extra)
}

// generated returns what a record is written as without its Extra.
func generated(r Record) object {
	item := object{
		{"id", r.Address},
		{"canonical", urn(annotationURN, r.ID)},
		{"type", "Annotation"},
		{"motivation", motivation(r.Annotation)},
		{"created", Stamp(r.Created)},
		{"modified", Stamp(r.Modified)},
		{"creator", webPerson{ID: urn(userURN, r.Creator), Type: "Person", Name: r.CreatorName}},
		{"glossator:visibility", r.Visibility},
		{"glossator:number", r.Number},
		{"body", bodies(r)},
		{"target", target(r)},
	}
	if r.Address == "" {
		item.set("id", urn(annotationURN, r.ID))
	}
	if r.Group != "" {
		item.set("glossator:group", urn(groupURN, r.Group))
	}
	if r.Absent {
		item.set("glossator:absent", true)
	}
	if r.ReplyTo != "" {
		item.set("glossator:replyTo", urn(annotationURN, r.ReplyTo))
	}
	return item
}

// withExtra puts what was given in the place of what is generated, where it
// still says the same.
func withExtra(item object, r Record, extra map[string]json.RawMessage) object {
	bodiesHold := true
	if given, ok := extra["body"]; ok {
		var found []any
		if found, bodiesHold = keptBodies(r, given, strs(extra["motivation"]), labelled(extra[conceptsTaken])); bodiesHold {
			item.set("body", given)
		} else {
			item.set("body", found)
		}
	}
	if value, ok := extra["bodyValue"]; ok {
		if _, bodiesHold = keptBodies(r, value, nil, nil); bodiesHold {
			item.remove("body")
			item.set("bodyValue", value)
		}
	}
	if given, ok := extra["motivation"]; ok {
		if bodiesHold {
			item.set("motivation", given)
		} else {
			item.set("motivation", union(strs(given), motivation(r.Annotation)))
		}
	}
	if given, ok := extra["target"]; ok && same(extra[stretchesTaken], mustEncode(stretches(r))) {
		if r.ReplyTo == "" {
			item.set("glossator:target", target(r))
		}
		item.set("target", given)
	}
	for _, name := range [][2]string{{"canonical", "glossator:id"}, {"created", "glossator:created"}, {"creator", "glossator:creator"}} {
		if given, ok := extra[name[0]]; ok {
			item.set(name[1], item.value(name[0]))
			item.set(name[0], given)
		}
	}
	if concepts := labelled(extra[conceptsTaken]); len(concepts) > 0 && bodiesHold {
		for label, id := range concepts {
			concepts[label] = urn(conceptURN, id)
		}
		item.set(conceptsTaken, concepts)
	}
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		if !slices.Contains(placed, name) {
			item.set(name, extra[name])
		}
	}
	return item
}

// placed are the properties of Extra that withExtra has a rule for.
var placed = []string{"body", "bodyValue", "motivation", "target", "creator", "created", "canonical", conceptsTaken, stretchesTaken}

func motivation(n annotations.Annotation) []string {
	var found []string
	if n.ReplyTo != "" {
		found = append(found, "replying")
	}
	switch {
	case n.Absent:
		found = append(found, "assessing")
	case len(n.Concepts) > 0:
		found = append(found, "tagging")
	}
	if n.Note != "" && n.ReplyTo == "" {
		found = append(found, "commenting")
	}
	if found == nil {
		found = append(found, "highlighting")
	}
	return found
}

// union returns what is in either list, each once.
func union(a, b []string) []string {
	found := slices.Clone(a)
	for _, one := range b {
		if !slices.Contains(found, one) {
			found = append(found, one)
		}
	}
	return found
}

// same reports whether two texts in JSON say the same.
func same(a, b json.RawMessage) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	var values [2]any
	for i, text := range []json.RawMessage{a, b} {
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if decoder.Decode(&values[i]) != nil {
			return false
		}
	}
	return reflect.DeepEqual(values[0], values[1])
}

// mustEncode encodes what cannot fail to be.
func mustEncode(value any) json.RawMessage {
	text, err := encode(value)
	if err != nil {
		panic(err)
	}
	return text
}

// labelled returns the ids of concepts by the labels that bodies gave, those of
// conceptsTaken.
func labelled(data json.RawMessage) map[string]string {
	found := map[string]string{}
	if len(data) > 0 && json.Unmarshal(data, &found) != nil {
		return nil
	}
	return found
}

// Settle puts into Extra what was given and would not be written from the other
// fields. It is for a record that was read, once its concepts are ids and it
// stands where its pointers lead.
func (r *Record) Settle() {
	if r.Given == nil {
		return
	}
	own := map[string]json.RawMessage{}
	for _, p := range generated(*r) {
		own[p.name] = mustEncode(p.value)
	}
	extra := map[string]json.RawMessage{}
	for name, given := range r.Given {
		if !slices.Contains(served, name) && !same(given, own[name]) {
			extra[name] = given
		}
	}
	r.unburden(extra)
	if _, ok := extra["body"]; ok {
		if r.explained() {
			extra["motivation"] = r.Given["motivation"]
		}
		if concepts := r.taken(); len(concepts) > 0 {
			extra[conceptsTaken] = mustEncode(concepts)
		}
	}
	if _, ok := extra["target"]; ok {
		extra[stretchesTaken] = mustEncode(stretches(*r))
	}
	r.Given, r.Pointers, r.Extra = nil, nil, nil
	if len(extra) > 0 {
		r.Extra = mustEncode(extra)
	}
}

// served are the properties that are not kept as they came: the server sets
// them, or reads them for other fields.
var served = []string{"id", "modified", "glossator:visibility", "glossator:number", "glossator:group", "glossator:absent",
	"glossator:replyTo", "glossator:target", "glossator:creator", "glossator:created", "glossator:id", conceptsTaken, stretchesTaken}

// unburden takes out of extra what says the same as the record in other words.
func (r *Record) unburden(extra map[string]json.RawMessage) {
	delete(extra, "@context")
	if more := contexts(r.Given["@context"])[len(contexts(nil)):]; len(more) > 0 {
		extra["@context"] = mustEncode(more)
	}
	if r.ID != "" && word(extra["canonical"]) == urn(annotationURN, r.ID) {
		delete(extra, "canonical")
	}
	if own(userURN, iri(first(extra["creator"]))) == r.Creator && r.Creator != "" {
		delete(extra, "creator")
	}
	if at, err := moment(word(extra["created"])); err == nil && at == r.Created {
		delete(extra, "created")
	}
	if _, ok := plainTargets(extra["target"]); ok {
		delete(extra, "target")
	}
	if same(extra["type"], json.RawMessage(`"Annotation"`)) || same(extra["type"], json.RawMessage(`["Annotation"]`)) {
		delete(extra, "type")
	}
}
