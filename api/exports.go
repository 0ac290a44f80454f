package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/annotations/transfer"
	"glossator/annotations/watch"
)

// exportAnnotations writes the whole export before it sends any of it: half of
// one must not look like all of it.
func (s *Server) exportAnnotations(c echo.Context, asker annotations.Asker) error {
	format, known := transfer.FormatNamed(c.QueryParam("format"))
	if !known {
		return fmt.Errorf("%w: there is no format %q", errRequest, c.QueryParam("format"))
	}
	e := &transfer.Exporter{
		Store: s.Store, Engine: s.Engine, Askers: []annotations.Asker{asker}, Site: s.site(c),
		Filter: store.AnnotationFilter{
			Document: c.QueryParam("document"), Concept: c.QueryParam("concept"), Creator: c.QueryParam("creator"), Group: c.QueryParam("group"),
		},
	}
	asked, err := s.askedFor(c, asker)
	if err != nil {
		return err
	}
	if asked != nil {
		e.Query = asked.Query
	}
	return s.sendFile(c, format.MediaType, "glossator-annotations."+format.Extension, func(ctx context.Context, w io.Writer) error {
		return e.Write(ctx, w, format)
	})
}

// askedFor returns the search whose passages are wanted: the asker's saved one
// that is named, or what the query asks; nil if neither is given.
func (s *Server) askedFor(c echo.Context, asker annotations.Asker) (*watch.Asked, error) {
	address := url.Values{"q": {c.QueryParam("q")}}
	if id := c.QueryParam("search"); id != "" {
		saved, err := s.Store.SavedSearch(c.Request().Context(), asker, id)
		if err != nil {
			return nil, err
		}
		if address, err = url.ParseQuery(saved.Address); err != nil {
			return nil, fmt.Errorf("reading the address of a saved search: %w", err)
		}
	} else if c.QueryParam("q") == "" {
		return nil, nil //nolint:nilnil // there is no search, and that is no error
	}
	asked, err := s.askedBy(c.Request().Context(), asker, address)
	return &asked, err
}

func (s *Server) exportCodebook(c echo.Context, asker annotations.Asker) error {
	format, known := transfer.CodebookFormatNamed(c.QueryParam("format"))
	if !known {
		return fmt.Errorf("%w: there is no format %q", errRequest, c.QueryParam("format"))
	}
	book, err := transfer.Codebook(c.Request().Context(), s.Store, asker, c.QueryParam("codebook"))
	if err != nil {
		return err
	}
	return s.sendFile(c, format.MediaType, "glossator-codebook."+format.Extension, func(_ context.Context, w io.Writer) error {
		return format.Write(w, book)
	})
}

// readPath returns the address of a place in the reader.
func readPath(document string, at url.Values) string {
	return "/read/" + url.PathEscape(document) + "?" + at.Encode()
}

type refusalAnswer struct {
	Label  string `json:"label"`
	Reason string `json:"reason"`
}

func answerRefusals(all []store.Refusal) []refusalAnswer {
	answers := make([]refusalAnswer, len(all))
	for i, r := range all {
		answers[i] = refusalAnswer(r)
	}
	return answers
}

func (s *Server) importAnnotations(c echo.Context, asker annotations.Asker) error {
	file, size, err := s.received(c.Request())
	if err != nil {
		return err
	}
	defer discard(file)
	im := &transfer.Importer{
		Store: s.Store, Asker: asker, AsOthers: asker.Role == annotations.Administrator, Preview: c.QueryParam("preview") == "true",
	}
	if asker.MayImport() {
		im.AddDocument = func(ctx context.Context, name, text string) (string, error) { return s.addText(ctx, c, name, text) }
	}
	report, err := im.File(c.Request().Context(), file, size)
	if err != nil {
		return err
	}
	remarks := report.Remarks
	if remarks == nil {
		remarks = []string{}
	}
	return answerJSON(c, http.StatusOK, map[string]any{
		"format": report.Format, "taken": report.Taken, "there": report.There, "refused": report.Refused, "refusals": answerRefusals(report.Refusals),
		"concepts": report.Concepts, "remarks": remarks, "operation": report.Operation,
	})
}

func (s *Server) importCodebook(c echo.Context, asker annotations.Asker) error {
	file, _, err := s.received(c.Request())
	if err != nil {
		return err
	}
	defer discard(file)
	data, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("reading a codebook: %w", err)
	}
	book, err := transfer.ReadCodebook(data)
	if err != nil {
		return err
	}
	report, err := transfer.TakeCodebook(c.Request().Context(), s.Store, asker, c.QueryParam("codebook"), c.QueryParam("preview") == "true", book)
	if err != nil {
		return err
	}
	remarks := report.Remarks
	if remarks == nil {
		remarks = []string{}
	}
	return answerJSON(c, http.StatusOK, map[string]any{
		"added": report.Added, "there": report.There, "refusals": answerRefusals(report.Refusals), "remarks": remarks, "operation": report.Operation,
	})
}
