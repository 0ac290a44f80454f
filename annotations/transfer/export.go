// Package transfer takes annotations and codebooks out of the store in the
// formats of others, and back in: package interchange knows the formats, package
// store what is there, and this package what each means to the other.
package transfer

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"net/url"
	"slices"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/query"
)

// A Format is one in which annotations leave.
type Format struct {
	Name        string
	MediaType   string
	Extension   string
	Description string
	write       func(io.Writer, iter.Seq2[interchange.Record, error]) error // nil for a project
}

// Formats are all of them, in the order in which they are offered.
var Formats = []Format{
	{"jsonld", interchange.MediaTypeJSONLD, "jsonld", "Web Annotations in JSON-LD: everything, to read back in", interchange.WriteJSONLD},
	{"csv", interchange.MediaTypeCSV, "csv", "CSV: everything, to read back in", interchange.WriteCSV},
	{"xlsx", interchange.MediaTypeXLSX, "xlsx", "Excel", interchange.WriteXLSX},
	{"markdown", interchange.MediaTypeMarkdown, "md", "Markdown, for reading", interchange.WriteMarkdown},
	{"qdpx", interchange.MediaTypeQDPX, "qdpx", "REFI-QDA project, for ATLAS.ti, MAXQDA, NVivo, QualCoder and others", nil},
}

// FormatNamed returns the format with this name.
func FormatNamed(name string) (Format, bool) {
	at := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if at < 0 {
		return Format{}, false
	}
	return Formats[at], true
}

// An Exporter takes annotations out.
type Exporter struct {
	Store  *store.Store
	Engine index.Engine // for Query; may be nil without
	// Askers are those whose annotations leave: what each may read, each once.
	Askers []annotations.Asker
	Filter store.AnnotationFilter
	Query  query.Query // only what stands on passages that it finds; nil for all
	Site   string      // what addresses begin with; "" for no addresses

	names     names
	document  store.DocumentSummary // of the record before: they come document by document
	version   string                // whose pinpoints are known
	pinpoints map[string]string
	language  string
}

type names struct{ labels, users map[string]string }

// Write writes all annotations in a format.
func (e *Exporter) Write(ctx context.Context, w io.Writer, f Format) error {
	if f.write != nil {
		return f.write(w, e.Records(ctx))
	}
	return e.writeProject(ctx, w)
}

// Records returns all annotations with what a reader elsewhere needs, document
// by document, those made on one version together, in the order of the text. Of
// many askers, or of a query, one document at a time is held in memory;
// otherwise a few hundred annotations are.
func (e *Exporter) Records(ctx context.Context) iter.Seq2[interchange.Record, error] {
	return func(yield func(interchange.Record, error) bool) {
		err := e.name(ctx)
		if err == nil {
			err = e.each(ctx, func(n annotations.Annotation) error {
				r, err := e.record(ctx, n)
				if err == nil && !yield(r, nil) {
					err = errEnough
				}
				return err
			})
		}
		if err != nil && err != errEnough { //nolint:errorlint // it is not wrapped
			yield(interchange.Record{}, err)
		}
	}
}

var errEnough = fmt.Errorf("no more are wanted")

func (e *Exporter) name(ctx context.Context) error {
	if e.names.users != nil {
		return nil
	}
	e.names = names{map[string]string{}, map[string]string{}}
	concepts, err := e.Store.AllConcepts(ctx)
	if err != nil {
		return err
	}
	for _, k := range concepts {
		e.names.labels[k.ID] = k.Label
	}
	users, err := e.Store.Users(ctx)
	if err != nil {
		return err
	}
	for _, user := range users {
		e.names.users[user.ID] = user.Name
	}
	return nil
}

// each visits the annotations.
func (e *Exporter) each(ctx context.Context, visit func(annotations.Annotation) error) error {
	if e.Query != nil {
		return e.found(ctx, visit)
	}
	if len(e.Askers) == 1 {
		for n, err := range e.Store.Annotations(ctx, e.Askers[0], e.Filter) {
			if err == nil {
				err = visit(n)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	documents := []string{e.Filter.Document}
	if e.Filter.Document == "" {
		var err error
		if documents, err = e.Store.AnnotatedDocuments(ctx); err != nil {
			return err
		}
	}
	for _, document := range documents {
		if err := e.ofDocument(ctx, document, visit); err != nil {
			return err
		}
	}
	return nil
}

// ofDocument visits what any of the askers may read on a document.
func (e *Exporter) ofDocument(ctx context.Context, document string, visit func(annotations.Annotation) error) error {
	var all []annotations.Annotation
	seen := map[string]bool{}
	for _, asker := range e.Askers {
		filter := e.Filter
		filter.Document = document
		for n, err := range e.Store.Annotations(ctx, asker, filter) {
			if err != nil {
				return err
			}
			if !seen[n.ID] {
				seen[n.ID] = true
				all = append(all, n)
			}
		}
	}
	return visitInOrder(all, visit)
}

func visitInOrder(all []annotations.Annotation, visit func(annotations.Annotation) error) error {
	slices.SortFunc(all, func(a, b annotations.Annotation) int {
		return cmp.Or(cmp.Compare(a.Version, b.Version), cmp.Compare(a.Target.Start, b.Target.Start), cmp.Compare(a.Target.End, b.Target.End),
			cmp.Compare(a.Created, b.Created), cmp.Compare(a.ID, b.ID))
	})
	for _, n := range all {
		if err := visit(n); err != nil {
			return err
		}
	}
	return nil
}

// hitsAtOnce is how many passages are looked up in the store at once.
const hitsAtOnce = 200

// found visits what stands on the passages that the query finds.
func (e *Exporter) found(ctx context.Context, visit func(annotations.Annotation) error) error {
	var audiences []string
	for _, asker := range e.Askers {
		audiences = append(audiences, asker.Audiences()...)
	}
	slices.Sort(audiences)
	audiences = slices.Compact(audiences)
	var of []annotations.Annotation // the document that hits are of at present
	seen := map[string]bool{}
	document := ""
	var waiting []store.PassageKey
	look := func() error {
		for _, asker := range e.Askers {
			on, err := e.Store.AnnotationsOn(ctx, asker, waiting)
			if err != nil {
				return err
			}
			for _, some := range on {
				for _, n := range some {
					if !seen[n.ID] && e.wanted(n) {
						seen[n.ID] = true
						of = append(of, n)
					}
				}
			}
		}
		waiting = waiting[:0]
		return nil
	}
	flush := func() error {
		if len(waiting) > 0 {
			if err := look(); err != nil {
				return err
			}
		}
		all := of
		of = nil
		clear(seen)
		return visitInOrder(all, visit)
	}
	err := e.Engine.Hits(ctx, e.Query, index.Options{Audiences: audiences}, func(h index.Hit) error {
		if h.Document != document {
			if err := flush(); err != nil {
				return err
			}
			document = h.Document
		}
		if waiting = append(waiting, store.PassageKey{Version: h.Version, Provision: h.Provision}); len(waiting) == hitsAtOnce {
			return look()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// wanted reports whether the filter lets an annotation through.
func (e *Exporter) wanted(n annotations.Annotation) bool {
	f := e.Filter
	return (f.Document == "" || f.Document == n.Document) && (f.Creator == "" || f.Creator == n.Creator) &&
		(f.Group == "" || f.Group == n.Group) && (f.Concept == "" || slices.Contains(n.Concepts, f.Concept))
}

// asker returns one who may read an annotation.
func (e *Exporter) asker() annotations.Asker {
	if len(e.Askers) == 0 {
		return annotations.Asker{}
	}
	return e.Askers[0]
}

func (e *Exporter) record(ctx context.Context, n annotations.Annotation) (interchange.Record, error) {
	if e.document.ID != n.Document {
		documents, err := e.Store.DocumentsByID(ctx, e.asker(), []string{n.Document})
		if err != nil {
			return interchange.Record{}, err
		}
		e.document = documents[n.Document]
	}
	if e.version != n.Version {
		v, err := e.Store.Version(ctx, e.asker(), n.Version)
		if err != nil {
			return interchange.Record{}, err
		}
		e.version, e.language, e.pinpoints = v.ID, v.Language, make(map[string]string, len(v.Provisions))
		for i, pinpoint := range v.Pinpoints() {
			e.pinpoints[v.Provisions[i].ID] = pinpoint
		}
	}
	r := interchange.Record{
		Annotation: n, DocumentTitle: e.document.Title, Language: e.language, CreatorName: e.names.users[n.Creator],
		Pinpoint: e.pinpoints[n.Passage], Labels: []string{},
	}
	if e.Site != "" {
		at := url.Values{"version": {n.Version}, "at": {n.Passage}, "annotation": {n.ID}}
		r.Address = e.Site + "/read/" + url.PathEscape(n.Document) + "?" + at.Encode()
	}
	for _, id := range n.Concepts {
		r.Labels = append(r.Labels, e.names.labels[id])
	}
	return r, nil
}

// writeProject writes a REFI-QDA project.
func (e *Exporter) writeProject(ctx context.Context, w io.Writer) error {
	users, err := e.Store.Users(ctx)
	if err != nil {
		return err
	}
	codebook, err := Codebook(ctx, e.Store, e.asker(), "")
	if err != nil {
		return err
	}
	return interchange.WriteQDPX(w, interchange.Project{
		Name: "Glossator", Users: users, Codebook: codebook, Records: e.Records(ctx),
		Source: func(version string) (interchange.Source, error) { return e.source(ctx, version) },
	})
}

func (e *Exporter) source(ctx context.Context, version string) (interchange.Source, error) {
	v, err := e.Store.Version(ctx, e.asker(), version)
	if err != nil {
		return interchange.Source{}, err
	}
	documents, err := e.Store.DocumentsByID(ctx, e.asker(), []string{v.Document})
	if err != nil {
		return interchange.Source{}, err
	}
	d := documents[v.Document].Document
	source := interchange.Source{Name: d.Title + " (" + v.Language + ")", Text: v.Text}
	values := d.Values()
	for _, field := range []string{"kind", "organisation", "region", "signed", "inForce", "status"} {
		value := ""
		if len(values[field]) > 0 {
			value = values[field][0]
		}
		source.Facts = append(source.Facts, interchange.Fact{Name: field, Value: value})
	}
	year := ""
	if d.Year() > 0 {
		year = fmt.Sprint(d.Year())
	}
	source.Facts = append(source.Facts, interchange.Fact{Name: "year", Value: year, Number: true})
	return source, nil
}
