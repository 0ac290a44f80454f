package interchange

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

type webBody struct {
	ID      string `json:"id,omitempty"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Format  string `json:"format"`
	Value   string `json:"value"`
}

// bodies returns the bodies of a record: its concepts and its note.
func bodies(r Record) []webBody {
	found := []webBody{}
	for i := range r.Concepts {
		found = append(found, conceptBody(r, i))
	}
	if r.Note != "" {
		found = append(found, noteBody(r))
	}
	return found
}

// conceptBody is a tag or, of a document that has nothing on the concept, no
// tag.
func conceptBody(r Record, i int) webBody {
	body := webBody{ID: urn(conceptURN, r.Concepts[i]), Type: "TextualBody", Purpose: "tagging", Format: "text/plain"}
	if r.Absent {
		body.Purpose = "assessing"
	}
	if i < len(r.Labels) {
		body.Value = r.Labels[i]
	}
	return body
}

func noteBody(r Record) webBody {
	body := webBody{Type: "TextualBody", Purpose: "commenting", Format: "text/markdown", Value: r.Note}
	if r.ReplyTo != "" {
		body.Purpose = "replying"
	}
	return body
}

// A part is what Glossator takes of a given body.
type part struct {
	raw     json.RawMessage
	concept bool
	id      string // of the concept, "" if only its label is given
	label   string
	note    string // Markdown
	linked  bool   // whether the note is the address of something else
}

// foreignBody is a body as anyone may write it.
type foreignBody struct {
	ID      string          `json:"id"`
	Type    json.RawMessage `json:"type"`
	Purpose json.RawMessage `json:"purpose"`
	Format  json.RawMessage `json:"format"`
	Value   string          `json:"value"`
	Source  json.RawMessage `json:"source"`
	Items   json.RawMessage `json:"items"`
}

// parts reads bodies; motivated is the motivation of the annotation, which is the
// purpose of bodies without any.
func parts(data json.RawMessage, motivated []string, absent bool) ([]part, error) {
	var found []part
	for _, one := range list(data) {
		p, err := readPart(one, motivated, absent, 0)
		if err != nil {
			return nil, err
		}
		p.raw = one
		found = append(found, p)
	}
	return found, nil
}

// deepestBody bounds how deep a choice of bodies may be in others.
const deepestBody = 8

func readPart(data json.RawMessage, motivated []string, absent bool, depth int) (part, error) {
	if words := strs(data); len(words) == 1 {
		return linkOr(words[0]), nil
	}
	var body foreignBody
	if err := json.Unmarshal(data, &body); err != nil {
		return part{}, formatError("a body", err)
	}
	purposes := strs(body.Purpose)
	if len(purposes) == 0 && len(motivated) == 1 {
		purposes = motivated
	}
	id := body.ID
	if source := iri(body.Source); source != "" {
		id = source
	}
	concept := own(conceptURN, id)
	if slices.Contains(purposes, "tagging") && (concept != "" || body.Value != "") || absent && concept != "" {
		return part{concept: true, id: concept, label: body.Value}, nil
	}
	switch {
	case body.Value != "" && isHTML(body.Format):
		return part{note: FromHTML(body.Value)}, nil
	case body.Value != "":
		return part{note: body.Value}, nil
	case len(body.Items) > 0 && depth < deepestBody:
		return readChoice(body, motivated, depth)
	}
	p := linkOr(id)
	if !p.linked {
		p.note = ""
	}
	return p, nil
}

// readChoice reads the first of a choice, and all of another list of bodies.
func readChoice(body foreignBody, motivated []string, depth int) (part, error) {
	var notes []string
	for _, one := range list(body.Items) {
		p, err := readPart(one, motivated, false, depth+1)
		if err != nil {
			return part{}, err
		}
		if p.note != "" {
			notes = append(notes, p.note)
		}
		if slices.Contains(strs(body.Type), "Choice") {
			break
		}
	}
	return part{note: strings.Join(notes, "\n\n")}, nil
}

// linkOr reads the IRI of something on the web as a link, other text as text.
func linkOr(text string) part {
	u, err := url.Parse(text)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(text, " \n\t") {
		return part{note: text, linked: true}
	}
	return part{note: text}
}

func isHTML(format json.RawMessage) bool {
	return slices.ContainsFunc(strs(format), func(f string) bool {
		f, _, _ = strings.Cut(f, ";")
		return f == "text/html" || f == "application/xhtml+xml"
	})
}

// noteOf joins the notes of parts.
func noteOf(all []part) string {
	var notes []string
	for _, p := range all {
		if p.note != "" && !p.concept {
			notes = append(notes, p.note)
		}
	}
	return strings.Join(notes, "\n\n")
}

// keptBodies returns the bodies of a record of which some were given with a
// motivation, and whether they are just those that were given.
func keptBodies(r Record, given json.RawMessage, motivated []string, ids map[string]string) (found []any, unchanged bool) {
	all, err := parts(given, motivated, r.Absent)
	if err != nil {
		return nil, true
	}
	noted := strings.TrimSpace(noteOf(all)) == strings.TrimSpace(r.Note)
	unchanged = true
	covered := map[string]bool{}
	for _, p := range all {
		if p.concept && p.id == "" {
			p.id = ids[p.label]
		}
		gone := p.concept && !slices.Contains(r.Concepts, p.id) || p.note != "" && !p.linked && !noted
		if gone {
			unchanged = false
			continue
		}
		covered[p.id] = true
		found = append(found, p.raw)
	}
	for i, id := range r.Concepts {
		if !covered[id] {
			found, unchanged = append(found, conceptBody(r, i)), false
		}
	}
	if !noted && r.Note != "" {
		found, unchanged = append(found, noteBody(r)), false
	}
	return found, unchanged
}

// taken returns the ids of the concepts of which the record's bodies gave the
// label alone.
func (r *Record) taken() map[string]string {
	all, err := parts(r.Given["body"], strs(r.Given["motivation"]), r.Absent)
	if err != nil {
		return nil
	}
	found := map[string]string{}
	next := 0
	for _, p := range all {
		if !p.concept {
			continue
		}
		if p.id == "" && next < len(r.Concepts) {
			found[p.label] = r.Concepts[next]
		}
		next++
	}
	return found
}

// explained reports whether the motivation that was given tells what bodies are
// that do not say it themselves.
func (r *Record) explained() bool {
	with, _ := parts(r.Given["body"], strs(r.Given["motivation"]), r.Absent)
	without, _ := parts(r.Given["body"], nil, r.Absent)
	return !slices.EqualFunc(with, without, func(a, b part) bool { return a.concept == b.concept })
}
