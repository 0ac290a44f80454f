package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// A thing is a note, a saved search or a document: the state that a server
// acknowledged last, and then those that it was asked for without an answer.
type thing struct {
	kind   string // "note", "search" or "document"
	path   string // in the API
	number int64  // of the last write of a note
	states []string
	stale  bool // whether it was written since it was looked at last
}

// gone is the state of what was deleted.
const gone = "gone"

// A chronicler puts a mixed load on a server and remembers what was acknowledged.
// It goes from one server to the next on the same data.
type chronicler struct {
	t       *testing.T
	s       *server
	name    string
	random  *rand.Rand
	things  []*thing
	texts   []string // versions to annotate
	made    int
	written int   // writes that were acknowledged
	mark    int64 // the highest number that was acknowledged
}

func newChronicler(t *testing.T, name string, seed uint64) *chronicler {
	return &chronicler{t: t, name: name, random: rand.New(rand.NewPCG(seed, 7))}
}

// work writes and searches until the server answers no more. A refusal fails
// the test.
func (w *chronicler) work() {
	deeds := []func() error{
		w.annotate, w.annotate, w.annotate, w.edit, w.edit, w.delete, w.importText, w.reimport, w.save, w.rename, w.forget, w.search, w.search,
	}
	for {
		err := deeds[w.random.IntN(len(deeds))]()
		if refused := (*refusedError)(nil); errors.As(err, &refused) {
			w.t.Errorf("%s: %v", w.name, err)
		}
		if err != nil {
			return
		}
	}
}

// fresh returns a word that nobody else writes.
func (w *chronicler) fresh() string {
	w.made++
	return fmt.Sprintf("%s%d", w.name, w.made)
}

// create asks for a new thing and remembers it.
func (w *chronicler) create(kind, path, state string, body any) error {
	var made struct {
		ID     string
		Number int64
	}
	if _, err := w.s.call(http.MethodPost, path, body, &made); err != nil {
		return err
	}
	x := &thing{kind: kind, path: path + "/" + made.ID}
	w.things = append(w.things, x)
	w.acknowledge(x, state, made.Number)
	return nil
}

// put asks for a new state of a thing.
func (w *chronicler) put(x *thing, state, method string, body any) error {
	x.states, x.stale = append(x.states, state), true
	var done struct{ Number int64 }
	if _, err := w.s.call(method, x.path, body, &done); err != nil {
		return err
	}
	w.acknowledge(x, state, done.Number)
	return nil
}

func (w *chronicler) acknowledge(x *thing, state string, number int64) {
	x.states, x.number, x.stale = []string{state}, number, true
	w.written++
	w.mark = max(w.mark, number)
}

// one returns a thing of a kind that is there; nil if there is none.
func (w *chronicler) one(kind string) *thing {
	for range 8 {
		if len(w.things) == 0 {
			return nil
		}
		x := w.things[w.random.IntN(len(w.things))]
		if x.kind == kind && !slices.Contains(x.states, gone) {
			return x
		}
	}
	return nil
}

func (w *chronicler) annotate() error {
	if len(w.texts) == 0 {
		return w.importText()
	}
	note, start := w.fresh(), w.random.IntN(30)
	return w.create("note", "/api/annotations", note, map[string]any{
		"version": w.texts[w.random.IntN(len(w.texts))], "note": note, "visibility": []string{"public", "private"}[w.random.IntN(2)],
		"targets": []map[string]int{{"start": start, "end": start + 6 + w.random.IntN(30)}},
	})
}

func (w *chronicler) edit() error {
	x := w.one("note")
	if x == nil {
		return nil
	}
	note := w.fresh()
	return w.put(x, note, http.MethodPatch, map[string]any{"note": note, "number": x.number})
}

func (w *chronicler) delete() error {
	if x := w.one("note"); x != nil {
		return w.put(x, gone, http.MethodDelete, nil)
	}
	return nil
}

func (w *chronicler) save() error {
	name := w.fresh()
	return w.create("search", "/api/searches", name, map[string]string{"name": name, "address": "q=river"})
}

func (w *chronicler) rename() error {
	x := w.one("search")
	if x == nil {
		return nil
	}
	name := w.fresh()
	return w.put(x, name, http.MethodPut, map[string]string{"name": name, "address": "q=toll"})
}

func (w *chronicler) forget() error {
	if x := w.one("search"); x != nil {
		return w.put(x, gone, http.MethodDelete, nil)
	}
	return nil
}

func (w *chronicler) search() error {
	_, err := w.s.call(http.MethodGet, "/api/search?q=river+"+[]string{"toll", "has:note", "bank*", "lights"}[w.random.IntN(4)], nil, nil)
	return err
}

// importText imports a new document; its state is how many versions it has.
func (w *chronicler) importText() error {
	id := w.fresh()
	if err := w.upload(id); err != nil {
		return err
	}
	x := &thing{kind: "document", path: "/api/documents/" + id}
	w.things = append(w.things, x)
	w.acknowledge(x, "1", 0)
	return w.read(x)
}

// reimport imports a document with another text.
func (w *chronicler) reimport() error {
	x := w.one("document")
	if x == nil {
		return nil
	}
	var versions int
	if _, err := fmt.Sscan(x.states[0], &versions); err != nil {
		return err
	}
	next := fmt.Sprint(versions + 1)
	x.states, x.stale = append(x.states, next), true
	if err := w.upload(strings.TrimPrefix(x.path, "/api/documents/")); err != nil {
		return err
	}
	w.acknowledge(x, next, 0)
	return nil
}

// read learns which version of a document to annotate.
func (w *chronicler) read(x *thing) error {
	var d struct{ Versions []struct{ ID string } }
	if _, err := w.s.call(http.MethodGet, x.path, nil, &d); err != nil {
		return err
	}
	w.texts = append(w.texts, d.Versions[0].ID)
	return nil
}

// upload imports a made-up agreement with this id.
func (w *chronicler) upload(id string) error {
	var text bytes.Buffer
	fmt.Fprintf(&text, "---\nid: %s\ntitle: River agreement %s\nlanguage: en\n---\n\n# River agreement %s\n\n", id, id, id)
	for article := range 1 + w.random.IntN(4) {
		fmt.Fprintf(&text, "## Article %d Rule\n\nThe river %s is free of toll, and its banks and lights are kept.\n\n", article+1, w.fresh())
	}
	var sent bytes.Buffer
	form := multipart.NewWriter(&sent)
	file, err := form.CreateFormFile("files", id+".md")
	if err != nil {
		return err
	}
	if _, err := io.Copy(file, &text); err != nil {
		return err
	}
	if err := form.Close(); err != nil {
		return err
	}
	var report struct {
		Files []struct{ Outcome, Reason string }
	}
	if _, err := w.s.send(http.MethodPost, "/api/imports", form.FormDataContentType(), &sent, &report); err != nil {
		return err
	}
	if outcome := report.Files[0].Outcome; outcome != "taken" && outcome != "version" {
		return &refusedError{http.StatusOK, fmt.Sprintf("%s: %s %s", id, outcome, report.Files[0].Reason)}
	}
	return nil
}

// compare looks at what the server has of the things that were written since it
// looked last, or of all. It returns how many are not in a state that was
// acknowledged, or asked for since; each fails the test.
func (w *chronicler) compare(all bool) int {
	lost := w.lost(all)
	for _, loss := range lost {
		w.t.Error(loss)
	}
	return len(lost)
}

// lost is compare that says in words what is lost, and fails nothing by it.
func (w *chronicler) lost(all bool) (lost []string) {
	for _, x := range w.things {
		if !all && !x.stale {
			continue
		}
		state, err := w.stateOf(x)
		if err != nil {
			w.t.Errorf("%s: %v", w.name, err)
		}
		if !slices.Contains(x.states, state) {
			lost = append(lost, fmt.Sprintf("the %s %s is %q; of %q the first was acknowledged", x.kind, x.path, state, x.states))
		}
		x.states, x.stale = []string{state}, false
	}
	return lost
}

// stateOf asks the server for a thing.
func (w *chronicler) stateOf(x *thing) (string, error) {
	var found struct {
		Note, Name string
		Number     int64
		Versions   []struct{}
	}
	status, err := w.s.call(http.MethodGet, x.path, nil, &found)
	switch {
	case status == http.StatusNotFound || status == http.StatusGone:
		return gone, nil
	case err != nil:
		return "", err
	}
	x.number = found.Number
	return map[string]string{"note": found.Note, "search": found.Name, "document": fmt.Sprint(len(found.Versions))}[x.kind], nil
}
