package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

// referenceBytes bounds the answers with references that are kept ready.
const referenceBytes = 16 << 20

type referencesAnswer struct {
	References []referenceAnswer `json:"references"`
	Documents  []targetAnswer    `json:"documents"`
	Cited      []citedAnswer     `json:"cited"`
	Unread     int               `json:"unread"`
}

type referenceAnswer struct {
	index.Span
	Provision string `json:"provision"`
	Last      string `json:"last,omitempty"`
	Pinpoint  string `json:"pinpoint,omitempty"`
	Document  *int   `json:"document,omitempty"`
}

type targetAnswer struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Version  string `json:"version"`
	Language string `json:"language"`
	Named    bool   `json:"named"`
}

type citedAnswer struct {
	Provision  string `json:"provision"`
	Commentary int    `json:"commentary"`
	Citations  int    `json:"citations"`
	Here       int    `json:"here"`
}

// references serves what a version refers to and what refers to it. That changes
// only with what is here, so that an answer is kept until then.
func (s *Server) references(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	id := c.Param("version")
	known, err := s.known.of(ctx, s, asker)
	if err != nil {
		return err
	}
	tag := id + "-" + known.tag()
	if answer, ok := s.referring.get(tag); ok {
		return answer.serve(c)
	}
	a, err := s.answerReferences(ctx, asker, known, id)
	if err != nil {
		return err
	}
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("writing the references of version %s: %w", id, err)
	}
	answer := pack("application/json", "private, no-cache", tag, body, true)
	s.referring.put(tag, answer)
	return answer.serve(c)
}

func (s *Server) answerReferences(ctx context.Context, asker annotations.Asker, known *knownNames, id string) (referencesAnswer, error) {
	a := referencesAnswer{References: []referenceAnswer{}, Documents: []targetAnswer{}, Cited: []citedAnswer{}, Unread: known.reading.Unread}
	found, places, err := s.Store.References(ctx, asker, id)
	if err != nil {
		return a, err
	}
	v := places.Version()
	from := known.documents[v.Document]
	targets := targets{s: s, asker: asker, language: v.Language, known: map[string]int{}, answer: &a}
	tally := newTally(v)
	for _, r := range found {
		if r.Abroad(from.Kind) {
			if document, _, ok := known.names.Whom(from, r); ok {
				if err := targets.add(ctx, r, document); err != nil {
					return a, err
				}
			}
			continue
		}
		reach := places.Own(r)
		if reach.First < 0 || from.Kind == index.Commentary && r.Of == index.Unsaid {
			continue
		}
		one := referenceAnswer{Span: r.Span, Provision: v.Provisions[reach.First].ID}
		if reach.Last != reach.First {
			one.Last = v.Provisions[reach.Last].ID
		}
		a.References = append(a.References, one)
		tally.add(places.Covers(reach), r.Provision, v.Provisions[r.Provision].ID, here)
	}
	incoming, err := s.incoming(ctx, asker, known, v)
	if err != nil {
		return a, err
	}
	for _, m := range incoming {
		tally.add(places.Covers(places.Foreign(m.Reference)), -1, m.Version+"/"+m.Provision, known.sort(m))
	}
	a.Cited = tally.answer()
	return a, nil
}

// targets collects the other documents that the references of a version lead to.
type targets struct {
	s        *Server
	asker    annotations.Asker
	language string
	known    map[string]int // index into answer.Documents, -1 for a document without a text
	places   []*index.Places
	answer   *referencesAnswer
}

// add answers a reference to a document, if it leads to a provision of it.
func (t *targets) add(ctx context.Context, r index.Reference, document index.Document) error {
	at, met := t.known[document.ID]
	if !met {
		var err error
		if at, err = t.meet(ctx, document); err != nil {
			return err
		}
		t.known[document.ID] = at
	}
	if at < 0 {
		return nil
	}
	places := t.places[at]
	reach := places.Foreign(r)
	if reach.First < 0 {
		return nil
	}
	v := places.Version()
	one := referenceAnswer{Span: r.Span, Provision: v.Provisions[reach.First].ID, Pinpoint: v.Pinpoint(reach.First), Document: &at}
	if reach.Last != reach.First {
		one.Last = v.Provisions[reach.Last].ID
	}
	t.answer.References = append(t.answer.References, one)
	return nil
}

func (t *targets) meet(ctx context.Context, document index.Document) (int, error) {
	detail, err := t.s.Store.Document(ctx, t.asker, document.ID)
	if err != nil {
		return -1, err
	}
	summary, ok := versionIn(detail.Versions, t.language)
	if !ok {
		return -1, nil
	}
	_, places, err := t.s.Store.References(ctx, t.asker, summary.ID)
	if err != nil {
		return -1, err
	}
	t.places = append(t.places, places)
	t.answer.Documents = append(t.answer.Documents, targetAnswer{
		ID: document.ID, Name: document.Name(), Version: summary.ID, Language: summary.Language, Named: mustName(detail.Versions, summary.ID),
	})
	return len(t.places) - 1, nil
}

// mustName reports whether a link to a version must name it, because the reader
// would show another.
func mustName(versions []store.VersionSummary, id string) bool {
	shown, ok := versionIn(versions, "")
	return !ok || shown.ID != id
}

// Sorts of places that cite a provision.
const (
	commentary = iota
	citation
	here
)

// A tally counts, for each passage and each provision around passages, the
// places that cite it or a part of it, each once.
type tally struct {
	version *index.Version
	counts  map[int]*[3]int
	seen    map[string]bool
}

func newTally(v *index.Version) *tally {
	return &tally{version: v, counts: map[int]*[3]int{}, seen: map[string]bool{}}
}

// add counts a place for the provisions it cites; not for the passage that it is
// in itself, by the index of its own provision, -1 for one elsewhere.
func (t *tally) add(cited []int, own int, place string, sort int) {
	for _, i := range cited {
		at := t.version.PassageAround(i)
		key := fmt.Sprint(at, " ", place)
		if t.seen[key] || own >= 0 && t.version.PassageAround(own) == at {
			continue
		}
		t.seen[key] = true
		if t.counts[at] == nil {
			t.counts[at] = new([3]int)
		}
		t.counts[at][sort]++
	}
}

func (t *tally) answer() []citedAnswer {
	list := []citedAnswer{}
	for i, p := range t.version.Provisions {
		if n := t.counts[i]; n != nil {
			list = append(list, citedAnswer{p.ID, n[commentary], n[citation], n[here]})
		}
	}
	return list
}

// cardLength is how many code points of a provision a card shows.
const cardLength = 1200

type provisionWords struct {
	Document  string `json:"document"`
	Name      string `json:"name"`
	Digest    bool   `json:"digest"`
	Version   string `json:"version"`
	Language  string `json:"language"`
	Provision string `json:"provision"`
	Pinpoint  string `json:"pinpoint"`
	Label     string `json:"label"`
	Text      string `json:"text"`
	More      bool   `json:"more"`
}

func (s *Server) provision(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	v, i, err := s.provisionOf(ctx, asker, c)
	if err != nil {
		return err
	}
	documents, err := s.Store.DocumentsByID(ctx, asker, []string{v.Document})
	if err != nil {
		return err
	}
	document := documents[v.Document]
	a := provisionWords{
		Document: v.Document, Name: document.Name(), Digest: document.Digest, Version: v.ID, Language: v.Language,
		Provision: v.Provisions[i].ID, Pinpoint: v.Pinpoint(i), Label: v.Label(i),
	}
	a.Text = v.Opening(i, cardLength)
	a.More = strings.HasSuffix(a.Text, "…")
	return answerJSON(c, http.StatusOK, a)
}

// provisionOf returns the version and the provision that the path names.
func (s *Server) provisionOf(ctx context.Context, asker annotations.Asker, c echo.Context) (*index.Version, int, error) {
	v, err := s.Store.Version(ctx, asker, c.Param("version"))
	if err != nil {
		return nil, 0, err
	}
	id := c.Param("provision")
	i := slices.IndexFunc(v.Provisions, func(p index.Provision) bool { return p.ID == id })
	if i < 0 {
		return nil, 0, fmt.Errorf("%w: this version has no provision %q", errNotFound, id)
	}
	return v, i, nil
}
