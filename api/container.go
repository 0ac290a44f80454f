package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
)

// pageSize is how many annotations a page of a container has.
const pageSize = 100

// A container is a container of annotations as an asker sees it. Its pages are
// named by what they follow, so that what is written meanwhile moves nothing from
// one page to another.
type container struct {
	store.Container
	*recorder
	address string // ends in "/"
	allow   string
	label   string
	iris    bool // whether pages hold IRIs instead of whole annotations
}

// Preferences for what a container is shown with (4.2.1).
const (
	preferMinimal      = "http://www.w3.org/ns/ldp#PreferMinimalContainer"
	preferIRIs         = "http://www.w3.org/ns/oa#PreferContainedIRIs"
	preferDescriptions = "http://www.w3.org/ns/oa#PreferContainedDescriptions"
)

// containerOf returns the container that a request names.
func (s *Server) containerOf(c echo.Context, asker annotations.Asker) (*container, error) {
	r, err := s.recorder(c, asker)
	if err != nil {
		return nil, err
	}
	of := &container{recorder: r, address: r.site + protocolPath, allow: allowRoot, label: "All annotations"}
	if document := c.Param("document"); document != "" {
		detail, err := s.Store.Document(c.Request().Context(), asker, document)
		if err != nil {
			return nil, err
		}
		of.Document, of.allow, of.label = document, allowReading, "Annotations on "+detail.Title
		of.address += "documents/" + url.PathEscape(document) + "/"
	}
	return of, nil
}

// containerLinks are the links of a container (4.1).
func containerLinks(h http.Header) {
	h.Add("Link", `<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"`)
	h.Add("Link", `<http://www.w3.org/ns/oa#AnnotationCollection>; rel="type"`)
	h.Add("Link", `<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"`)
}

// headers sets those of all answers of the container.
func (of *container) headers(h http.Header) {
	containerLinks(h)
	h.Set("Allow", of.allow)
	h.Add("Vary", "Accept, Prefer")
	if of.allow == allowRoot {
		h.Set("Accept-Post", interchange.MediaTypeJSONLD)
	}
}

// protocolContainer answers with a container (4.1, 4.2) or a page of it (4.3).
func (s *Server) protocolContainer(c echo.Context, asker annotations.Asker) error {
	of, err := s.containerOf(c, asker)
	if err != nil {
		return err
	}
	form, err := negotiated(c)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	of.iris = c.QueryParam("iris") == "1"
	if page := c.QueryParam("page"); page != "" {
		content, err := of.page(c.Request().Context(), page)
		if err != nil {
			return err
		}
		h.Set("Allow", allowReading)
		h.Add("Vary", "Accept, Prefer")
		return answerTagged(c, form, content)
	}
	minimal, applied := of.preferred(c.Request())
	content, err := of.whole(c.Request().Context(), minimal)
	if err != nil {
		return err
	}
	of.headers(h)
	h.Set("Content-Location", of.iri(""))
	if applied {
		h.Set("Preference-Applied", "return=representation")
	}
	return answerTagged(c, form, content)
}

// containerOptions answers OPTIONS for a container.
func (s *Server) containerOptions(c echo.Context, asker annotations.Asker) error {
	of, err := s.containerOf(c, asker)
	if err != nil {
		return err
	}
	content := []byte("closed")
	if s.may(asker, reader, http.MethodGet) == nil {
		if content, err = of.whole(c.Request().Context(), false); err != nil {
			return err
		}
	}
	of.headers(c.Response().Header())
	c.Response().Header().Set("ETag", "W/"+etag(content))
	return c.NoContent(http.StatusNoContent)
}

// answerTagged sends content with a weak entity tag: it may be gzipped.
func answerTagged(c echo.Context, form string, content []byte) error {
	tag := etag(content)
	c.Response().Header().Set("ETag", "W/"+tag)
	if known(c.Request(), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	return answer(c, http.StatusOK, form, content)
}

// preferred takes in what a request prefers, and returns whether it wants no
// annotations and whether anything it prefers is done.
func (of *container) preferred(r *http.Request) (minimal, applied bool) {
	wanted := preferences(r)
	iris, descriptions := slices.Contains(wanted, preferIRIs), slices.Contains(wanted, preferDescriptions)
	minimal = slices.Contains(wanted, preferMinimal)
	if iris != descriptions { // both at once cannot be had
		of.iris = iris
		applied = true
	}
	return minimal, applied || minimal
}

// preferences returns what "return=representation" should include (RFC 7240).
func preferences(r *http.Request) []string {
	var wanted []string
	for _, preference := range splitQuoted(strings.Join(r.Header.Values("Prefer"), ","), ',') {
		parts := splitQuoted(preference, ';')
		if !strings.EqualFold(strings.ReplaceAll(strings.Trim(parts[0], " "), `"`, ""), "return=representation") {
			continue
		}
		for _, part := range parts[1:] {
			name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
			if strings.EqualFold(strings.TrimSpace(name), "include") {
				wanted = append(wanted, strings.Fields(strings.Trim(strings.TrimSpace(value), `"`))...)
			}
		}
	}
	return wanted
}

// splitQuoted divides a header's value where a separator stands outside quotes.
func splitQuoted(value string, separator rune) []string {
	quoted := false
	var parts []string
	begin := 0
	for i, r := range value {
		switch {
		case r == '"':
			quoted = !quoted
		case r == separator && !quoted:
			parts = append(parts, value[begin:i])
			begin = i + 1
		}
	}
	return append(parts, value[begin:])
}

// iri returns the IRI of the container as its pages are wanted, or of a page.
func (of *container) iri(page string) string {
	iris := "0"
	if of.iris {
		iris = "1"
	}
	if page == "" {
		return of.address + "?iris=" + iris
	}
	return of.address + "?iris=" + iris + "&page=" + page
}

// The first page follows nothing.
const firstPage = "0"

// pageName names the page after a place.
func pageName(at store.Cursor) string {
	if at == (store.Cursor{}) {
		return firstPage
	}
	return strconv.FormatInt(at.Created, 10) + "-" + url.QueryEscape(at.ID)
}

func readPage(name string) (store.Cursor, error) {
	if name == firstPage {
		return store.Cursor{}, nil
	}
	created, id, ok := strings.Cut(name, "-")
	at, err := strconv.ParseInt(created, 10, 64)
	if !ok || err != nil {
		return store.Cursor{}, fmt.Errorf("%w: there is no page %q; the container names its first and last, and each page the next", errNotFound, name)
	}
	return store.Cursor{Created: at, ID: id}, nil
}

// whole returns the representation of the container (4.2), without annotations
// if it is to be minimal.
func (of *container) whole(ctx context.Context, minimal bool) ([]byte, error) {
	total, modified, err := of.Store.ContainedCount(ctx, of.asker, of.Container)
	if err != nil {
		return nil, err
	}
	about := collection{
		Context: []string{"http://www.w3.org/ns/anno.jsonld", "http://www.w3.org/ns/ldp.jsonld"},
		ID:      of.iri(""), Type: []string{"BasicContainer", "AnnotationCollection"}, Label: of.label, Total: total,
	}
	if total > 0 {
		about.Modified = interchange.Stamp(modified)
		if about.Last, err = of.last(ctx, total); err != nil {
			return nil, err
		}
		if minimal {
			about.First = of.iri(firstPage)
		} else if about.First, err = of.collectionPage(ctx, store.Cursor{}); err != nil {
			return nil, err
		}
	}
	return json.Marshal(about)
}

type collection struct {
	Context  []string `json:"@context"`
	ID       string   `json:"id"`
	Type     []string `json:"type"`
	Label    string   `json:"label"`
	Total    int      `json:"total"`
	Modified string   `json:"modified,omitempty"`
	First    any      `json:"first,omitempty"`
	Last     string   `json:"last,omitempty"`
}

// last returns the IRI of the last page.
func (of *container) last(ctx context.Context, total int) (string, error) {
	rest := (total-1)%pageSize + 1
	end := store.Cursor{Created: 1 << 62}
	before, err := of.Store.CursorBack(ctx, of.asker, of.Container, end, rest)
	return of.iri(pageName(before)), err
}

// page returns the representation of a page by its name (4.3).
func (of *container) page(ctx context.Context, name string) ([]byte, error) {
	after, err := readPage(name)
	if err != nil {
		return nil, err
	}
	page, err := of.collectionPage(ctx, after)
	if err != nil {
		return nil, err
	}
	page.Context = []any{"http://www.w3.org/ns/anno.jsonld", map[string]string{"glossator": "urn:glossator:terms:"}}
	total, _, err := of.Store.ContainedCount(ctx, of.asker, of.Container)
	if err != nil {
		return nil, err
	}
	page.PartOf = partOf{of.iri(""), total}
	return json.Marshal(page)
}

type collectionPage struct {
	Context []any  `json:"@context,omitempty"`
	ID      string `json:"id"`
	Type    string `json:"type"`
	PartOf  any    `json:"partOf"`
	Prev    string `json:"prev,omitempty"`
	Next    string `json:"next,omitempty"`
	Items   []any  `json:"items"`
}

type partOf struct {
	ID    string `json:"id"`
	Total int    `json:"total"`
}

// collectionPage returns the page after a place, as it is within its container.
func (of *container) collectionPage(ctx context.Context, after store.Cursor) (*collectionPage, error) {
	page := &collectionPage{ID: of.iri(pageName(after)), Type: "AnnotationPage", PartOf: of.iri(""), Items: []any{}}
	found, err := of.Store.Contained(ctx, of.asker, of.Container, after, pageSize+1)
	if err != nil {
		return nil, err
	}
	if len(found) > pageSize {
		found = found[:pageSize]
		page.Next = of.iri(pageName(store.CursorAfter(found[pageSize-1])))
	}
	if after != (store.Cursor{}) {
		before, err := of.Store.CursorBack(ctx, of.asker, of.Container, after, pageSize)
		if err != nil {
			return nil, err
		}
		page.Prev = of.iri(pageName(before))
	}
	for _, n := range found {
		if of.iris {
			page.Items = append(page.Items, of.site+protocolPath+url.PathEscape(n.ID))
			continue
		}
		record, err := of.contained(ctx, n)
		if err != nil {
			return nil, err
		}
		item, err := interchange.WriteItem(record)
		if err != nil {
			return nil, err
		}
		page.Items = append(page.Items, json.RawMessage(item))
	}
	return page, nil
}
