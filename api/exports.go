package api

import (
	"bytes"
	"context"
	"io"
	"iter"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
)

// exports are the formats in which annotations leave, by the names that the
// contract has for them.
var exports = map[string]struct {
	contentType, extension string
	write                  func(io.Writer, iter.Seq2[interchange.Record, error]) error
}{
	"jsonld":   {interchange.MediaTypeJSONLD, "jsonld", interchange.WriteJSONLD},
	"csv":      {interchange.MediaTypeCSV, "csv", interchange.WriteCSV},
	"markdown": {interchange.MediaTypeMarkdown, "md", interchange.WriteMarkdown},
}

// exportAnnotations writes the whole export before it sends any of it: half of
// one must not look like all of it.
func (s *Server) exportAnnotations(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	all, err := s.names(ctx)
	if err != nil {
		return err
	}
	r := &recorder{Server: s, asker: asker, site: s.site(c), names: all, pinpoints: pinpoints{}}
	filter := store.AnnotationFilter{Document: c.QueryParam("document"), Concept: c.QueryParam("concept")}
	export := exports[c.QueryParam("format")]
	var content bytes.Buffer
	if err := export.write(&content, r.records(ctx, filter)); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="glossator-annotations.`+export.extension+`"`)
	return answer(c, http.StatusOK, export.contentType, content.Bytes())
}

// A recorder adds to annotations what a reader elsewhere needs.
type recorder struct {
	*Server
	asker     annotations.Asker
	site      string
	names     names
	pinpoints pinpoints
	document  store.DocumentSummary // of the record before: they come document by document
}

func (r *recorder) records(ctx context.Context, f store.AnnotationFilter) iter.Seq2[interchange.Record, error] {
	return func(yield func(interchange.Record, error) bool) {
		for n, err := range r.Store.Annotations(ctx, r.asker, f) {
			var record interchange.Record
			if err == nil {
				record, err = r.record(ctx, n)
			}
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}

func (r *recorder) record(ctx context.Context, n annotations.Annotation) (interchange.Record, error) {
	if r.document.ID != n.Document {
		documents, err := r.Store.DocumentsByID(ctx, r.asker, []string{n.Document})
		if err != nil {
			return interchange.Record{}, err
		}
		r.document = documents[n.Document]
	}
	v, err := r.Store.Version(ctx, r.asker, n.Version)
	if err != nil {
		return interchange.Record{}, err
	}
	record := interchange.Record{
		Annotation: n, DocumentTitle: r.document.Title, Language: v.Language, CreatorName: r.names.users[n.Creator],
		Pinpoint: r.pinpoints.of(v, n.Passage),
		Address:  r.site + readPath(n.Document, url.Values{"version": {n.Version}, "at": {n.Passage}, "annotation": {n.ID}}),
	}
	for _, ref := range r.names.refs(n.Concepts) {
		record.Labels = append(record.Labels, ref.Label)
	}
	return record, nil
}

// readPath returns the address of a place in the reader.
func readPath(document string, at url.Values) string {
	return "/read/" + url.PathEscape(document) + "?" + at.Encode()
}
