package api

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/annotations/watch"
	"glossator/index"
	"glossator/index/export"
	"glossator/index/query"
)

// exportTime is how long making one export may take.
const exportTime = 2 * time.Minute

// hitExports are the formats in which hits leave, by the names that the contract
// has for them.
var hitExports = map[string]struct {
	contentType, extension string
	write                  func(io.Writer, export.Search, export.Records) error
}{
	"csv":      {export.MediaTypeCSV, "csv", export.WriteCSV},
	"xlsx":     {export.MediaTypeXLSX, "xlsx", export.WriteXLSX},
	"json":     {export.MediaTypeJSON, "json", export.WriteJSON},
	"markdown": {export.MediaTypeMarkdown, "md", export.WriteMarkdown},
	"bibtex":   {export.MediaTypeBibTeX, "bib", export.WriteBibTeX},
	"ris":      {export.MediaTypeRIS, "ris", export.WriteRIS},
	"csljson":  {export.MediaTypeCSL, "json", export.WriteCSL},
}

func (s *Server) exportSearch(c echo.Context, asker annotations.Asker) error {
	asked, err := s.asked(c, asker)
	if err != nil {
		return err
	}
	about := s.searchOf(c, asked)
	if c.QueryParam("format") == "methods" {
		return s.exportMethod(c, asker, about, asked.Query)
	}
	format := hitExports[c.QueryParam("format")]
	options := index.Options{Audiences: asker.Audiences(), Sort: c.QueryParam("sort")}
	return s.sendFile(c, format.contentType, "glossator-passages."+format.extension, func(ctx context.Context, w io.Writer) error {
		return format.write(w, about, s.records(ctx, asker, s.site(c), asked.Query, options))
	})
}

// sendFile sends what write writes as a file. It is written whole, to the disk,
// before any of it is sent: half of an export must not look like all of it, and
// an asker with a slow line must not keep the index busy. One export is written
// at a time; others wait. All ends when the asker goes away.
func (s *Server) sendFile(c echo.Context, contentType, name string, write func(context.Context, io.Writer) error) error {
	spool, err := os.CreateTemp("", "glossator-export-*")
	if err != nil {
		return fmt.Errorf("making room for an export: %w", err)
	}
	defer discard(spool)
	ctx := c.Request().Context()
	size, err := s.spool(ctx, spool, write)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	h.Set(echo.HeaderContentLength, strconv.FormatInt(size, 10))
	if err := c.Stream(http.StatusOK, contentType, spool); err != nil {
		return cmp.Or(ctx.Err(), err)
	}
	return nil
}

// spool writes an export to a file, returns its size in bytes and goes back to
// its beginning.
func (s *Server) spool(ctx context.Context, file *os.File, write func(context.Context, io.Writer) error) (int64, error) {
	select {
	case s.exporting <- struct{}{}:
		defer func() { <-s.exporting }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	return within(ctx, exportTime, func(ctx context.Context) (int64, error) {
		buffered := bufio.NewWriter(file)
		if err := write(ctx, buffered); err != nil {
			return 0, err
		}
		if err := buffered.Flush(); err != nil {
			return 0, fmt.Errorf("writing an export: %w", err)
		}
		size, err := file.Seek(0, io.SeekCurrent)
		if err == nil {
			_, err = file.Seek(0, io.SeekStart)
		}
		return size, err
	})
}

// discard closes a file and removes it; what cannot be removed is left to the
// system, whose folder it is in.
func discard(file *os.File) {
	_ = file.Close()
	_ = os.Remove(file.Name())
}

// batch is how many hits are looked up in the store at once.
const batch = 200

// errEnough ends a visit of hits: nobody wants more records.
var errEnough = errors.New("no more records are wanted")

// records returns all hits of q with what the store knows of them.
func (s *Server) records(ctx context.Context, asker annotations.Asker, site string, q query.Query, o index.Options) export.Records {
	return func(yield func(export.Record, error) bool) {
		var waiting []index.Hit
		flush := func() error {
			records, err := s.recordsOf(ctx, asker, site, waiting)
			if err != nil {
				return err
			}
			waiting = waiting[:0]
			for _, r := range records {
				if !yield(r, nil) {
					return errEnough
				}
			}
			return nil
		}
		err := s.Engine.Hits(ctx, q, o, func(h index.Hit) error {
			if waiting = append(waiting, h); len(waiting) < batch {
				return nil
			}
			return flush()
		})
		if err == nil {
			err = flush()
		}
		if err != nil && !errors.Is(err, errEnough) {
			yield(export.Record{}, err)
		}
	}
}

func (s *Server) recordsOf(ctx context.Context, asker annotations.Asker, site string, hits []index.Hit) ([]export.Record, error) {
	passages, in := make([]store.PassageKey, len(hits)), map[string][]store.PassageKey{}
	for i, h := range hits {
		passages[i] = store.PassageKey{Version: h.Version, Provision: h.Provision}
		in[h.Document] = append(in[h.Document], passages[i])
	}
	documents, err := s.Store.DocumentsByID(ctx, asker, slices.Collect(maps.Keys(in)))
	if err != nil {
		return nil, err
	}
	found, err := s.Store.BriefsOn(ctx, asker, in)
	if err != nil {
		return nil, err
	}
	notes, err := hitNotes(found, func() (names, error) { return s.names(ctx) }, uncut)
	if err != nil {
		return nil, err
	}
	paged, err := s.Store.Paged(ctx, asker, versionsOf(hits))
	if err != nil {
		return nil, err
	}
	records := make([]export.Record, len(hits))
	for i, h := range hits {
		records[i] = export.Record{
			Hit: h, About: documents[h.Document].Document, Concepts: conceptsOf(notes[passages[i]]),
			Permalink: site + readPath(h.Document, url.Values{"version": {h.Version}, "at": {cmp.Or(h.CitedProvision, h.Provision)}}),
			Home:      site + readPath(h.Document, url.Values{"version": {h.Version}}),
		}
		if v := paged[h.Version]; v != nil {
			records[i].Page = v.PageAt(firstMatch(h))
		}
	}
	return records, nil
}

// versionsOf returns the versions that hits are in, each once.
func versionsOf(hits []index.Hit) []string {
	var ids []string
	for _, h := range hits {
		if !slices.Contains(ids, h.Version) {
			ids = append(ids, h.Version)
		}
	}
	return ids
}

// firstMatch returns where the first match begins, or the passage if there is none.
func firstMatch(h index.Hit) int {
	if len(h.Spans) > 0 {
		return h.Spans[0].Start
	}
	return h.Start
}

// conceptsOf returns the labels of the concepts of notes, each once.
func conceptsOf(notes []hitNote) []string {
	var labels []string
	for _, note := range notes {
		for _, concept := range note.Concepts {
			if !slices.Contains(labels, concept.Label) {
				labels = append(labels, concept.Label)
			}
		}
	}
	return labels
}

// filterLabels are what the filters are called.
var filterLabels = map[string]string{
	"kind": "Kind", "org": "Organisation", "party": "Party", "region": "Region", "year": "Year", "lang": "Language", "status": "Status",
	"concept": "Concept", "coded": "Coding", "by": "By", "group": "Group", "in": "Document", "version": "Versions",
}

// searchOf returns what was asked, and the address of the page that shows it.
func (s *Server) searchOf(c echo.Context, asked watch.Asked) export.Search {
	values := c.QueryParams()
	about := export.Search{
		Typed: values.Get("q"), Query: asked.Typed.String(), Explanation: query.Explain(asked.All),
		Synonyms: asked.Synonyms, Order: values.Get("sort"),
	}
	address := url.Values{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		some := slices.DeleteFunc(slices.Clone(values[name]), func(value string) bool { return value == "" })
		if len(some) == 0 || name == "format" || name == "synonyms" && some[0] == "true" {
			continue
		}
		address[name] = some
		if name != "q" && name != "sort" && name != "synonyms" {
			about.Filters = append(about.Filters, export.Filter{Name: cmp.Or(filterLabels[name], name), Values: some})
		}
	}
	about.Address = s.site(c) + "/search?" + address.Encode()
	return about
}

// exportMethod sends a note on how the search was made. The figures are those of
// one state of the index.
func (s *Server) exportMethod(c echo.Context, asker annotations.Asker, about export.Search, q query.Query) error {
	method := export.Method{Search: about, Made: time.Now(), Version: s.Version, Annotations: "public ones"}
	if asker.SignedIn() {
		method.Annotations = "public ones, and the private ones of whoever made the search"
	}
	var all, found *index.Result
	for all == nil || all.Mark != found.Mark {
		var err error
		if all, err = s.totals(c.Request().Context(), asker, query.All{}); err != nil {
			return err
		}
		if found, err = s.totals(c.Request().Context(), asker, q); err != nil {
			return err
		}
	}
	method.Mark, method.Passages, method.Documents = found.Mark, found.Passages, found.Documents
	method.Languages = languageCounts(found)
	method.Searched = export.Library{Passages: all.Passages, Documents: all.Documents, Languages: languageCounts(all)}
	return s.sendFile(c, export.MediaTypeMarkdown, "glossator-method.md", func(_ context.Context, w io.Writer) error {
		return export.WriteMethod(w, method)
	})
}

// totals counts what q finds, without any of it.
func (s *Server) totals(ctx context.Context, asker annotations.Asker, q query.Query) (*index.Result, error) {
	return bounded(ctx, func(ctx context.Context) (*index.Result, error) {
		return s.Engine.Search(ctx, q, index.Options{Audiences: asker.Audiences(), Facets: true})
	})
}

func languageCounts(result *index.Result) []export.Count {
	var counts []export.Count
	for _, f := range result.Facets {
		if f.Name != "lang" {
			continue
		}
		for _, v := range f.Values {
			counts = append(counts, export.Count{Name: label("lang", v.Value), Passages: v.Passages, Documents: v.Documents})
		}
	}
	return counts
}

func (s *Server) exportConcordance(c echo.Context, asker annotations.Asker) error {
	asked, err := s.asked(c, asker)
	if err != nil {
		return err
	}
	return s.sendFile(c, export.MediaTypeCSV, "glossator-concordance.csv", func(ctx context.Context, w io.Writer) error {
		found, err := s.Engine.Lines(ctx, asked.Query, index.LineOptions{Audiences: asker.Audiences(), Sort: c.QueryParam("sort"), Limit: mostLines})
		if err != nil {
			return err
		}
		documents, err := s.documentsOf(ctx, asker, found.Lines)
		if err != nil {
			return err
		}
		lines := make([]export.Line, len(found.Lines))
		for i, l := range found.Lines {
			at := s.site(c) + readPath(l.Document, url.Values{"version": {l.Version}, "at": {l.Provision}})
			lines[i] = export.Line{Line: l, About: documents[l.Document].Document, Permalink: at}
		}
		return export.WriteLines(w, lines)
	})
}

// mostLines is more lines than there can be.
const mostLines = 1 << 40
