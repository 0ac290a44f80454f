package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
	"glossator/annotations/transfer"
)

// The Web Annotation Protocol (https://www.w3.org/TR/annotation-protocol/). The
// root container takes annotations and has all of them; the container of a
// document has those on it and is for reading. Numbers in comments are sections
// of the specification.
const (
	protocolPath = transfer.ContainerPath

	allowAnnotation = "GET, HEAD, OPTIONS, PUT, DELETE"
	allowRoot       = "GET, HEAD, OPTIONS, POST"
	allowReading    = "GET, HEAD, OPTIONS"
)

// Errors of the protocol.
var (
	errGone         = errors.New("deleted")
	errPrecondition = errors.New("changed since")
	errAcceptable   = errors.New("no such form")
	errFixed        = errors.New("not for the client to change")
)

// serviceLink tells of the container in which annotations on what is sent are to
// be made (4.4).
func (s *Server) serviceLink(c echo.Context) {
	c.Response().Header().Add("Link", "<"+s.site(c)+protocolPath+`>; rel="http://www.w3.org/ns/oa#annotationService"`)
}

// represented returns the record of an annotation and its representation.
func (s *Server) represented(c echo.Context, asker annotations.Asker, n annotations.Annotation) (interchange.Record, []byte, error) {
	r, err := s.recorder(c, asker)
	if err != nil {
		return interchange.Record{}, nil, err
	}
	record, err := r.contained(c.Request().Context(), n)
	if err != nil {
		return interchange.Record{}, nil, err
	}
	content, err := interchange.WriteItem(record)
	return record, content, err
}

// recorder returns what makes records of annotations for the asker.
func (s *Server) recorder(c echo.Context, asker annotations.Asker) (*recorder, error) {
	all, err := s.names(c.Request().Context())
	return &recorder{Server: s, asker: asker, site: s.site(c), names: all, pinpoints: pinpoints{}}, err
}

// contained returns the record of an annotation under its address in the
// container.
func (r *recorder) contained(ctx context.Context, n annotations.Annotation) (interchange.Record, error) {
	record, err := r.record(ctx, n)
	record.Address = r.site + protocolPath + url.PathEscape(n.ID)
	return record, err
}

// etag returns the entity tag of a representation.
func etag(content []byte) string {
	sum := sha256.Sum256(content)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// held returns the annotation that a request names; errGone if it was deleted.
func (s *Server) held(c echo.Context, asker annotations.Asker) (annotations.Annotation, error) {
	ctx, id := c.Request().Context(), c.Param("annotation")
	n, err := s.Store.Annotation(ctx, asker, id)
	if !errors.Is(err, store.ErrNotFound) {
		return n, err
	}
	deleted, failure := s.Store.Deleted(ctx, asker, id)
	if failure != nil {
		return n, failure
	}
	if deleted {
		return n, fmt.Errorf("%w: the annotation %q was deleted", errGone, id)
	}
	return n, err
}

// protocolAnnotation answers with an annotation (3).
func (s *Server) protocolAnnotation(c echo.Context, asker annotations.Asker) error {
	n, err := s.held(c, asker)
	if err != nil {
		return err
	}
	if strings.HasPrefix(c.Request().Header.Get("Accept"), "text/html") {
		at := url.Values{"version": {n.Version}, "at": {n.Passage}, "annotation": {n.ID}}
		c.Response().Header().Add("Vary", "Accept")
		return c.Redirect(http.StatusSeeOther, readPath(n.Document, at))
	}
	_, content, err := s.represented(c, asker, n)
	if err != nil {
		return err
	}
	return s.answerHeld(c, http.StatusOK, content)
}

// answerHeld sends the representation of an annotation with its headers.
func (s *Server) answerHeld(c echo.Context, status int, content []byte) error {
	h := c.Response().Header()
	form, err := negotiated(c)
	if err != nil {
		return err
	}
	h.Set("Allow", allowAnnotation)
	h.Add("Vary", "Accept")
	h.Set("ETag", etag(content))
	h.Add("Link", `<http://www.w3.org/ns/ldp#Resource>; rel="type"`)
	h.Add("Link", `<http://www.w3.org/ns/oa#Annotation>; rel="type"`)
	if c.Request().Method == http.MethodGet && known(c.Request(), etag(content)) {
		return c.NoContent(http.StatusNotModified)
	}
	return send(c, status, form, content)
}

// negotiated returns the media type for an answer in JSON-LD: that of the Web
// Annotation profile, or plain JSON for whoever asks for nothing else.
func negotiated(c echo.Context) (string, error) {
	accept := strings.Join(c.Request().Header.Values("Accept"), ",")
	if strings.TrimSpace(accept) == "" {
		return interchange.MediaTypeJSONLD, nil
	}
	json := false
	for one := range strings.SplitSeq(accept, ",") {
		media, parameters, _ := strings.Cut(one, ";")
		if refused(parameters) {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(media)) {
		case "application/ld+json", "application/*", "*/*":
			return interchange.MediaTypeJSONLD, nil
		case "application/json":
			json = true
		}
	}
	if json {
		return "application/json", nil
	}
	return "", fmt.Errorf("%w: annotations come as %s", errAcceptable, interchange.MediaTypeJSONLD)
}

// refused reports whether the parameters of a media range have a quality of 0.
func refused(parameters string) bool {
	for one := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(one), "=")
		if strings.EqualFold(name, "q") {
			return strings.Trim(value, "0.") == ""
		}
	}
	return false
}

// protocolOptions answers OPTIONS for an annotation.
func (s *Server) protocolOptions(c echo.Context, _ annotations.Asker) error {
	h := c.Response().Header()
	h.Set("Allow", allowAnnotation)
	h.Add("Vary", "Accept")
	return c.NoContent(http.StatusNoContent)
}

// createByProtocol takes an annotation into the root container (5.1). A Slug is
// not taken up: whether a name is free would tell of annotations that the asker
// may not read.
func (s *Server) createByProtocol(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	content, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return cutOff(err)
	}
	given, err := interchange.ReadItem(content)
	if err != nil {
		return err
	}
	if err := via(given.Given); err != nil {
		return err
	}
	given.ID, given.Created = "", 0 // those it will have here
	wanted, err := s.wanted(ctx, asker, s.finder(c, asker, ""), given)
	if err != nil {
		return err
	}
	n, err := s.Store.CreateAnnotation(ctx, asker, wanted)
	if err != nil {
		return err
	}
	record, content, err := s.represented(c, asker, n)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Location", record.Address)
	h.Set("Content-Location", record.Address)
	containerLinks(h)
	return s.answerHeld(c, http.StatusCreated, content)
}

// via moves the IRI that an annotation had elsewhere to where it came from.
func via(given map[string]json.RawMessage) error {
	id, ok := given["id"]
	if !ok || string(id) == "null" {
		return nil
	}
	var all []json.RawMessage
	if before, ok := given["via"]; ok && json.Unmarshal(before, &all) != nil {
		all = []json.RawMessage{before}
	}
	all = append(all, id)
	if len(all) == 1 {
		given["via"] = id
		return nil
	}
	text, err := json.Marshal(all)
	given["via"] = text
	return err
}

// finder returns what finds where annotations stand that the asker brings from
// outside: in the version that is preferred, if there is one.
func (s *Server) finder(c echo.Context, asker annotations.Asker, prefer string) *transfer.Finder {
	return &transfer.Finder{Store: s.Store, Asker: asker, Site: s.site(c), Prefer: prefer}
}

// wanted returns what a record from outside wants added: it is placed and
// settled.
func (s *Server) wanted(ctx context.Context, asker annotations.Asker, f *transfer.Finder, r interchange.Record) (store.NewAnnotation, error) {
	at, err := f.Record(ctx, r)
	if err != nil {
		return store.NewAnnotation{}, err
	}
	concepts, err := transfer.Concepts(ctx, s.Store, asker, nil, r.Concepts, r.Labels)
	if err != nil {
		return store.NewAnnotation{}, err
	}
	if _, said := r.Given["glossator:visibility"]; r.ReplyTo != "" && !said {
		r.Visibility = "" // that of what it answers
	}
	r.Concepts, r.Creator = concepts, asker.User
	at.Onto(&r)
	r.Settle()
	wanted := wantedAt(at)
	wanted.Concepts, wanted.Absent, wanted.Note, wanted.Visibility, wanted.Group = r.Concepts, r.Absent, r.Note, r.Visibility, r.Group
	if wanted.Extra = r.Extra; len(r.Concepts) == 0 && strings.TrimSpace(r.Note) == "" && len(r.Extra) == 0 {
		wanted.Extra = highlight
	}
	return wanted, nil
}

// highlight is the Extra of an annotation that says nothing but where it is.
var highlight = json.RawMessage(`{"motivation":["highlighting"]}`)
