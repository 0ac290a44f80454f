package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
	"glossator/annotations/transfer"
)

// hypothesisKept is the property of Annotation.Extra that holds what the client
// sent and Glossator has no other place for.
const hypothesisKept = "glossator:hypothesis"

// A hypothesisAnnotation is an annotation as the client reads and writes it.
type hypothesisAnnotation struct {
	ID          string                `json:"id"`
	Created     string                `json:"created"`
	Updated     string                `json:"updated"`
	User        string                `json:"user"`
	UserInfo    hypothesisName        `json:"user_info"`
	URI         string                `json:"uri"`
	Text        string                `json:"text"`
	Tags        []string              `json:"tags"`
	Group       string                `json:"group"`
	Permissions hypothesisPermissions `json:"permissions"`
	Target      json.RawMessage       `json:"target"`
	Document    json.RawMessage       `json:"document"`
	Links       map[string]string     `json:"links"`
	References  []string              `json:"references,omitempty"`
	Flagged     bool                  `json:"flagged"`
	Hidden      bool                  `json:"hidden"`
	Metadata    json.RawMessage       `json:"metadata,omitempty"`
}

type hypothesisPermissions struct {
	Read   []string `json:"read"`
	Update []string `json:"update"`
	Delete []string `json:"delete"`
}

type hypothesisTarget struct {
	Source   string        `json:"source"`
	Selector []unitsQuoted `json:"selector,omitempty"`
}

// unitsQuoted is one of the two selectors that are written.
type unitsQuoted struct {
	Type   string `json:"type"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	Start  *int   `json:"start,omitempty"` // UTF-16 code units, as is End
	End    *int   `json:"end,omitempty"`
}

// A kept is what came with an annotation, and where it then stood.
type kept struct {
	URI       string          `json:"uri"`
	Target    json.RawMessage `json:"target,omitempty"`
	Document  json.RawMessage `json:"document,omitempty"`
	Metadata  json.RawMessage `json:"metadata,omitempty"`
	Stretches []Stretch       `json:"stretches,omitempty"`
}

// A Stretch is where a target stands, in code points.
type Stretch struct{ Start, End int }

func stretchesOf(targets []annotations.Target) []Stretch {
	var found []Stretch
	for _, t := range targets {
		found = append(found, Stretch{t.Start, t.End})
	}
	return found
}

// keptOf returns what came with an annotation, the zero kept if nothing did.
func keptOf(n annotations.Annotation) (k kept) {
	var extra map[string]json.RawMessage
	if json.Unmarshal(n.Extra, &extra) == nil {
		_ = json.Unmarshal(extra[hypothesisKept], &k) // without it nothing is kept
	}
	return k
}

// A hypothesisWriter puts annotations in the words of the client.
type hypothesisWriter struct {
	*Server
	asker  annotations.Asker
	site   string
	names  names
	titles map[string]string // of documents
}

func (s *Server) hypothesisWriter(c echo.Context, asker annotations.Asker) (*hypothesisWriter, error) {
	all, err := s.names(c.Request().Context())
	return &hypothesisWriter{s, asker, s.site(c), all, map[string]string{}}, err
}

// write returns an annotation as it stands at a placement, on the page with an
// address: "" is its place in the app. references are the annotations that it
// answers, the first of the thread first.
func (w *hypothesisWriter) write(ctx context.Context, n annotations.Annotation, at annotations.Placement, uri string, references []string) (hypothesisAnnotation, error) {
	came := keptOf(n)
	reader := w.site + readPath(n.Document, url.Values{"version": {n.Version}, "at": {n.Passage}, "annotation": {n.ID}})
	if uri == "" {
		uri = w.site + readPath(n.Document, url.Values{})
		uri = strings.TrimSuffix(uri, "?")
		if came.URI != "" {
			uri = came.URI
		}
	}
	answer := hypothesisAnnotation{
		ID: n.ID, Created: interchange.Stamp(n.Created), Updated: interchange.Stamp(n.Modified),
		User: accountName(n.Creator), UserInfo: hypothesisName{w.names.users[n.Creator]},
		URI: uri, Text: n.Note, Tags: []string{}, Group: sharedWith(n), Permissions: w.permissions(n),
		Links:      map[string]string{"html": reader, "incontext": reader, "json": w.site + hypothesisAPI + "annotations/" + n.ID},
		References: references, Document: came.Document, Metadata: came.Metadata,
	}
	for _, ref := range w.names.refs(n.Concepts) {
		answer.Tags = append(answer.Tags, ref.Label)
	}
	if len(answer.Document) == 0 {
		title, err := w.title(ctx, n.Document)
		if err != nil {
			return answer, err
		}
		answer.Document = encoded(map[string][]string{"title": {title}})
	}
	targets := at.Stretches()
	if at.State == annotations.Lost {
		targets = own(n).Placement.Stretches()
	}
	if came.URI == uri && len(came.Target) > 0 && at.Version == n.Version && slices.Equal(came.Stretches, stretchesOf(targets)) {
		answer.Target = came.Target
		return answer, nil
	}
	target, err := w.targets(ctx, n, at.Version, targets, uri)
	answer.Target = encoded(target)
	return answer, err
}

// targets writes stretches of a version, none of a reply or of what is about the
// whole document.
func (w *hypothesisWriter) targets(ctx context.Context, n annotations.Annotation, version string, targets []annotations.Target, uri string) ([]hypothesisTarget, error) {
	if n.ReplyTo != "" || n.Whole() {
		return []hypothesisTarget{{Source: uri}}, nil
	}
	v, err := w.Store.Version(ctx, w.asker, version)
	if err != nil {
		return nil, err
	}
	var found []hypothesisTarget
	for _, t := range targets {
		start := unitsIn(v.Text, t.Start)
		end := start + units(t.Exact)
		found = append(found, hypothesisTarget{Source: uri, Selector: []unitsQuoted{
			{Type: annotations.TextQuote, Exact: t.Exact, Prefix: t.Prefix, Suffix: t.Suffix},
			{Type: annotations.TextPosition, Start: &start, End: &end},
		}})
	}
	return found, nil
}

func (w *hypothesisWriter) title(ctx context.Context, document string) (string, error) {
	if title, ok := w.titles[document]; ok {
		return title, nil
	}
	found, err := w.Store.DocumentsByID(ctx, w.asker, []string{document})
	w.titles[document] = found[document].Title
	return w.titles[document], err
}

// sharedWith returns the group an annotation is in, for the client: that of everyone
// unless it is shared with another.
func sharedWith(n annotations.Annotation) string {
	if n.Visibility == annotations.Group {
		return n.Group
	}
	return publicGroup
}

func (w *hypothesisWriter) permissions(n annotations.Annotation) hypothesisPermissions {
	p := hypothesisPermissions{Read: []string{accountName(n.Creator)}, Update: []string{accountName(n.Creator)}}
	if n.Visibility != annotations.Private {
		p.Read = []string{"group:" + sharedWith(n)}
	}
	if w.asker.MayEdit(n) && w.asker.User != n.Creator {
		p.Update = append(p.Update, accountName(w.asker.User))
	}
	p.Delete = p.Update
	return p
}

// units returns the length of a text in UTF-16 code units.
func units(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// unitsIn returns a place in a text, in code points, in UTF-16 code units.
func unitsIn(text string, point int) int {
	n := 0
	for _, r := range text {
		if point == 0 {
			break
		}
		point--
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// encoded encodes what cannot fail to be.
func encoded(value any) json.RawMessage {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}

// givenAnnotation is what the client sends; what it leaves out stays as it is.
type givenAnnotation struct {
	URI         string                 `json:"uri"`
	Text        *string                `json:"text"`
	Tags        *[]string              `json:"tags"`
	Group       string                 `json:"group"`
	Permissions *hypothesisPermissions `json:"permissions"`
	References  []string               `json:"references"`
	Target      json.RawMessage        `json:"target"`
	Document    json.RawMessage        `json:"document"`
	Metadata    json.RawMessage        `json:"metadata"`
}

// visible returns who may read what the client sends: only its creator unless it
// is shared with a group.
func (g givenAnnotation) visible() (visibility, group string) {
	if g.Permissions == nil {
		return annotations.Private, ""
	}
	for _, reader := range g.Permissions.Read {
		switch id, shared := strings.CutPrefix(reader, "group:"); {
		case shared && id == publicGroup:
			return annotations.Public, ""
		case shared:
			return annotations.Group, id
		}
	}
	return annotations.Private, ""
}

// pointers returns what the targets point at. A Range is a place in the client's
// page and says nothing here.
func (g givenAnnotation) pointers() ([]annotations.Pointer, error) {
	var targets []struct {
		Source   string `json:"source"`
		Selector []struct {
			Type                  string
			Exact, Prefix, Suffix string
			Start, End            int
		} `json:"selector"`
	}
	if len(g.Target) > 0 {
		if err := json.Unmarshal(g.Target, &targets); err != nil {
			return nil, fmt.Errorf("%w: its target: %w", interchange.ErrFormat, err)
		}
	}
	found := []annotations.Pointer{}
	for _, t := range targets {
		p, quoted := annotations.Pointer{Source: g.URI}, false
		if p.Source == "" {
			p.Source = t.Source
		}
		for _, s := range t.Selector {
			switch s.Type {
			case annotations.TextQuote:
				quoted = true
				p.Selectors = append(p.Selectors, annotations.Selector{Kind: s.Type, Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix})
			case annotations.TextPosition:
				p.Selectors = append(p.Selectors, annotations.Selector{Kind: s.Type, Start: s.Start, End: s.End})
			}
		}
		if len(t.Selector) > 0 && !quoted {
			return nil, fmt.Errorf("%w: it does not quote the words it is about", transfer.ErrPlace)
		}
		found = append(found, p)
	}
	if len(found) == 0 {
		found = append(found, annotations.Pointer{Source: g.URI})
	}
	return found, nil
}

// kept returns Extra for what came, beside what was there.
func (g givenAnnotation) kept(at transfer.Standing, before json.RawMessage, bare bool) json.RawMessage {
	extra := map[string]json.RawMessage{}
	_ = json.Unmarshal(before, &extra) // nothing was there
	extra[hypothesisKept] = encoded(kept{g.URI, g.Target, g.Document, g.Metadata, stretchesOf(at.Targets)})
	if bare {
		extra["motivation"] = encoded("highlighting")
	}
	return encoded(extra)
}

func (s *Server) createByHypothesis(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	g, err := body[givenAnnotation](c)
	if err != nil {
		return err
	}
	var at transfer.Standing
	if len(g.References) > 0 {
		at.ReplyTo = g.References[len(g.References)-1]
	} else {
		pointers, err := g.pointers()
		if err != nil {
			return err
		}
		f := s.finder(c, asker, "")
		f.Units = true
		if at, err = f.Pointers(ctx, pointers); err != nil {
			return err
		}
	}
	wanted := wantedAt(at)
	wanted.Visibility, wanted.Group = g.visible()
	if g.Text != nil {
		wanted.Note = *g.Text
	}
	if g.Tags != nil {
		if wanted.Concepts, err = transfer.Concepts(ctx, s.Store, asker, nil, nil, *g.Tags); err != nil {
			return err
		}
	}
	wanted.Extra = g.kept(at, nil, strings.TrimSpace(wanted.Note) == "" && len(wanted.Concepts) == 0)
	n, err := s.Store.CreateAnnotation(ctx, asker, wanted)
	if err != nil {
		return err
	}
	return s.answerHypothesis(c, asker, n)
}

func (s *Server) updateByHypothesis(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	g, err := body[givenAnnotation](c)
	if err != nil {
		return err
	}
	n, err := s.Store.Annotation(ctx, asker, c.Param("annotation"))
	if err != nil {
		return err
	}
	edit := store.AnnotationEdit{Note: g.Text, Number: n.Number}
	if g.Tags != nil {
		concepts, err := transfer.Concepts(ctx, s.Store, asker, n.Concepts, nil, *g.Tags)
		if err != nil {
			return err
		}
		edit.Concepts = &concepts
	}
	if g.Permissions != nil {
		visibility, group := g.visible()
		edit.Visibility, edit.Group = &visibility, &group
	}
	if err := s.moved(c, asker, n, g, &edit); err != nil {
		return err
	}
	if n, err = s.Store.UpdateAnnotation(ctx, asker, n.ID, edit); err != nil {
		return err
	}
	return s.answerHypothesis(c, asker, n)
}

// moved adds to an edit where the given annotation stands, if that is not where n
// is.
func (s *Server) moved(c echo.Context, asker annotations.Asker, n annotations.Annotation, g givenAnnotation, edit *store.AnnotationEdit) error {
	if n.ReplyTo != "" || len(g.Target) == 0 || sameJSON(g.Target, keptOf(n).Target) {
		return nil
	}
	pointers, err := g.pointers()
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	f := s.finder(c, asker, "")
	f.Units = true
	at, err := f.Pointers(ctx, pointers)
	if err != nil {
		return err
	}
	placed, err := s.Store.AnnotationsOf(ctx, asker, at.Version)
	if err != nil {
		return err
	}
	for _, p := range placed {
		if p.ID == n.ID && slices.Equal(at.Targets, p.Placement.Stretches()) {
			return nil
		}
	}
	if at.Version != n.Version {
		return fmt.Errorf("%w: this annotation is on version %s for good; add another one", errFixed, n.Version)
	}
	extra := g.kept(at, n.Extra, false)
	edit.Targets, edit.Extra = &at.Targets, &extra
	return nil
}

func (s *Server) deleteByHypothesis(c echo.Context, asker annotations.Asker) error {
	id := c.Param("annotation")
	if _, err := s.Store.DeleteAnnotation(c.Request().Context(), asker, id); err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"id": id, "deleted": true})
}

func (s *Server) hypothesisAnnotation(c echo.Context, asker annotations.Asker) error {
	n, err := s.Store.Annotation(c.Request().Context(), asker, c.Param("annotation"))
	if err != nil {
		return err
	}
	return s.answerHypothesis(c, asker, n)
}

// answerHypothesis writes an annotation as it stands in the version it was made
// on.
func (s *Server) answerHypothesis(c echo.Context, asker annotations.Asker, n annotations.Annotation) error {
	ctx := c.Request().Context()
	w, err := s.hypothesisWriter(c, asker)
	if err != nil {
		return err
	}
	references, err := s.ancestors(ctx, asker, n)
	if err != nil {
		return err
	}
	answer, err := w.write(ctx, n, own(n).Placement, "", references)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, answer)
}

// ancestors returns the annotations that a reply answers, the first of the thread
// first; of one that the asker may not read the thread begins after it.
func (s *Server) ancestors(ctx context.Context, asker annotations.Asker, n annotations.Annotation) ([]string, error) {
	var found []string
	for n.ReplyTo != "" && !slices.Contains(found, n.ReplyTo) {
		found = append(found, n.ReplyTo)
		above, err := s.Store.Annotation(ctx, asker, n.ReplyTo)
		if problem, _ := problemOf(err); err != nil && problem.Status == http.StatusNotFound {
			break
		}
		if err != nil {
			return nil, err
		}
		n = above
	}
	slices.Reverse(found)
	return found, nil
}

// notDone refuses what the client asks of moderators.
func (s *Server) notDone(_ echo.Context, _ annotations.Asker) error {
	return fmt.Errorf("%w: annotations are not flagged or hidden here; write to whoever made it, or ask an administrator to delete it", errForbidden)
}
