package api

import (
	"context"
	"encoding/csv"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index/export"
)

// auditPage is how many entries of the audit log are read at a time.
const auditPage = 1000

func (s *Server) audit(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	size, err := number(c, "size")
	if err != nil {
		return err
	}
	filter, err := auditFilter(c)
	if err != nil {
		return err
	}
	entries, err := s.Store.Audit(ctx, asker, filter, size)
	if err != nil {
		return err
	}
	deeds, err := s.Store.AuditDeeds(ctx, asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"entries": entries, "deeds": deeds})
}

func auditFilter(c echo.Context) (f store.AuditFilter, err error) {
	f = store.AuditFilter{Deed: c.QueryParam("deed"), Who: c.QueryParam("who")}
	if given := c.QueryParam("before"); given != "" {
		f.Before, err = strconv.ParseInt(given, 10, 64)
	}
	return f, err
}

// exportAudit writes all entries that the filter lets through as a table.
func (s *Server) exportAudit(c echo.Context, asker annotations.Asker) error {
	filter, err := auditFilter(c)
	if err != nil {
		return err
	}
	return s.sendFile(c, "text/csv; charset=utf-8", "glossator-audit.csv", func(ctx context.Context, w io.Writer) error {
		return WriteAudit(ctx, w, s.Store, asker, filter)
	})
}

// WriteAudit writes the entries of the audit log that a filter lets through as
// CSV (RFC 4180), newest first, times in UTC (RFC 3339). No cell is a formula.
func WriteAudit(ctx context.Context, w io.Writer, from *store.Store, asker annotations.Asker, f store.AuditFilter) error {
	table := csv.NewWriter(w)
	if err := table.Write([]string{"number", "at", "deed", "who", "address", "subject", "detail"}); err != nil {
		return err
	}
	for {
		entries, err := from.Audit(ctx, asker, f, auditPage)
		if err != nil {
			return err
		}
		for _, e := range entries {
			at := time.UnixMilli(e.At).UTC().Format("2006-01-02T15:04:05.000Z")
			row := []string{strconv.FormatInt(e.Number, 10), at, e.Deed, export.Cell(e.Who), e.Address, export.Cell(e.Subject), export.Cell(e.Detail)}
			if err := table.Write(row); err != nil {
				return err
			}
			f.Before = e.Number
		}
		if len(entries) < auditPage {
			table.Flush()
			return table.Error()
		}
	}
}

// isExport reports whether what a route gives is meant to be taken away.
func isExport(r route) bool {
	return r.method == http.MethodGet && (strings.HasSuffix(r.path, "/export") || r.path == "/api/annotations" || r.path == "/api/codebook")
}

// recordExport writes into the audit log that the asker took something out. It
// has gone by then: where nothing can be written, the log of the server says so.
func (s *Server) recordExport(c echo.Context, asker annotations.Asker, r route) {
	if err := s.Store.RecordExport(c.Request().Context(), asker, r.path); err != nil {
		s.Logger.LogAttrs(c.Request().Context(), slog.LevelError, "an export is not in the audit log", slog.Any("error", err))
	}
}
