package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
	"glossator/annotations/transfer"
)

// unchanged returns errPrecondition if a request wants to change another state of
// an annotation than the one that there is (5.3, 5.4).
func (s *Server) unchanged(c echo.Context, asker annotations.Asker, n annotations.Annotation) error {
	wanted := strings.Join(c.Request().Header.Values("If-Match"), ",")
	if wanted == "" {
		return nil
	}
	_, content, err := s.represented(c, asker, n)
	if err != nil {
		return err
	}
	for tag := range strings.SplitSeq(wanted, ",") {
		if tag = strings.TrimSpace(tag); tag == "*" || tag == etag(content) {
			return nil
		}
	}
	return fmt.Errorf("%w: the annotation is not as If-Match has it; get it again before you change it", errPrecondition)
}

// replaceByProtocol puts another state in the place of an annotation (5.3).
func (s *Server) replaceByProtocol(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	n, err := s.held(c, asker)
	if err != nil {
		return err
	}
	if err := s.unchanged(c, asker, n); err != nil {
		return err
	}
	content, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return cutOff(err)
	}
	given, err := interchange.ReadItem(content)
	if err != nil {
		return err
	}
	before, current, err := s.represented(c, asker, n)
	if err != nil {
		return err
	}
	if err := settled(given, before.Address, current); err != nil {
		return err
	}
	edit, err := s.editOf(ctx, asker, s.finder(c, asker, n.Version), n, given)
	if err != nil {
		return err
	}
	if n, err = s.Store.UpdateAnnotation(ctx, asker, n.ID, edit); err != nil {
		return err
	}
	if _, content, err = s.represented(c, asker, n); err != nil {
		return err
	}
	return s.answerHeld(c, 200, content)
}

// settled checks that the given state leaves alone what is not for the client to
// change: the IRI, and canonical and via, which it may leave out.
func settled(given interchange.Record, address string, current []byte) error {
	var now map[string]json.RawMessage
	if err := json.Unmarshal(current, &now); err != nil {
		return fmt.Errorf("reading a representation: %w", err)
	}
	if id, ok := given.Given["id"]; ok && !sameJSON(id, now["id"]) {
		return fmt.Errorf("%w: the id of this annotation is %s", errFixed, address)
	}
	for _, name := range []string{"canonical", "via"} {
		was, there := now[name]
		is, ok := given.Given[name]
		switch {
		case there && ok && !sameJSON(is, was):
			return fmt.Errorf("%w: %s is %s and stays so; leave it out or as it is", errFixed, name, was)
		case there && name == "via":
			given.Given[name] = was
		case there && !ok && !strings.HasPrefix(string(was), `"urn:glossator:annotation:`):
			given.Given[name] = was
		}
	}
	return nil
}

func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && string(encoded(x)) == string(encoded(y))
}

// deleteByProtocol deletes an annotation (5.4).
func (s *Server) deleteByProtocol(c echo.Context, asker annotations.Asker) error {
	n, err := s.held(c, asker)
	if err != nil {
		return err
	}
	if err := s.unchanged(c, asker, n); err != nil {
		return err
	}
	if _, err := s.Store.DeleteAnnotation(c.Request().Context(), asker, n.ID); err != nil {
		return err
	}
	return gone(c)
}

// wantedAt returns an annotation that is to stand there.
func wantedAt(at transfer.Standing) store.NewAnnotation {
	return store.NewAnnotation{Version: at.Version, Targets: at.Targets, ReplyTo: at.ReplyTo}
}

// editOf returns the edit that puts a given state in the place of n. What n
// answers, and whether it answers anything, stays.
func (s *Server) editOf(ctx context.Context, asker annotations.Asker, f *transfer.Finder, n annotations.Annotation, r interchange.Record) (store.AnnotationEdit, error) {
	at, err := f.Record(ctx, r)
	if err != nil {
		return store.AnnotationEdit{}, err
	}
	if at.ReplyTo != n.ReplyTo {
		return store.AnnotationEdit{}, fmt.Errorf("%w: what an annotation answers stays; add another one", errFixed)
	}
	if at.ReplyTo == "" && at.Version != n.Version {
		return store.AnnotationEdit{}, fmt.Errorf("%w: this annotation is on version %s for good; add another one", errFixed, n.Version)
	}
	concepts, err := transfer.Concepts(ctx, s.Store, asker, n.Concepts, r.Concepts, r.Labels)
	if err != nil {
		return store.AnnotationEdit{}, err
	}
	if _, said := r.Given["glossator:visibility"]; !said {
		r.Visibility, r.Group = n.Visibility, n.Group
	}
	r.ID, r.Creator, r.Created, r.Concepts = n.ID, n.Creator, n.Created, concepts
	at.Onto(&r)
	r.Settle()
	if len(r.Concepts) == 0 && strings.TrimSpace(r.Note) == "" && len(r.Extra) == 0 {
		r.Extra = highlight
	}
	edit := store.AnnotationEdit{
		Concepts: &r.Concepts, Absent: &r.Absent, Note: &r.Note, Visibility: &r.Visibility, Group: &r.Group, Extra: &r.Extra, Number: n.Number,
	}
	if at.ReplyTo == "" {
		edit.Targets = &at.Targets
	}
	return edit, nil
}
