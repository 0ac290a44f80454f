package api

import (
	"context"
	"net/url"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
)

// A recorder adds to annotations what a reader elsewhere needs.
type recorder struct {
	*Server
	asker     annotations.Asker
	site      string
	names     names
	pinpoints pinpoints
	document  store.DocumentSummary // of the record before: they come document by document
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
