package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/importer"
)

// maxFiles is how many files a request may bring.
const maxFiles = 100

func (s *Server) importFiles(c echo.Context, asker annotations.Asker) error {
	files, err := filesOf(c.Request())
	if err != nil {
		return err
	}
	run := importer.Importer{
		Put: func(ctx context.Context, d index.Document, versions []index.Version) (string, error) {
			return s.put(ctx, c, d, versions)
		},
		Comment: func(ctx context.Context, version string, comments []importer.Comment) (int, error) {
			return s.comment(ctx, c, asker, Notes(version, comments))
		},
	}
	report, err := run.Files(c.Request().Context(), files)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, report)
}

// Notes returns comments in a version as annotations to be made.
func Notes(version string, comments []importer.Comment) []store.NewAnnotation {
	notes := make([]store.NewAnnotation, len(comments))
	for i, c := range comments {
		notes[i] = store.NewAnnotation{Version: version, Targets: []annotations.Target{{Start: c.Start, End: c.End}}, Note: c.Note()}
	}
	return notes
}

// put stores a document with all that is known of it. An error that is not
// about the document is logged here: the report tells the asker no more than
// that there was one.
func (s *Server) put(ctx context.Context, c echo.Context, d index.Document, versions []index.Version) (string, error) {
	var outcome store.Outcome
	known, err := s.Store.Known(ctx, d.ID)
	if err == nil {
		d = d.Over(known)
		s.Complete(&d)
		outcome, err = s.Store.PutDocument(ctx, d, versions)
	}
	if refused := wrapping(err, store.ErrInvalid); refused != nil {
		return "", refused
	}
	if err != nil {
		err = s.logged(ctx, c, err, "storing an imported document", slog.String("document", d.ID))
	}
	return string(outcome), err
}

// comment makes annotations of the asker's from the comments in a file.
func (s *Server) comment(ctx context.Context, c echo.Context, asker annotations.Asker, notes []store.NewAnnotation) (int, error) {
	taken, err := s.Store.TakeNotes(ctx, asker, notes)
	if err != nil {
		err = s.logged(ctx, c, err, "storing comments", slog.String("version", notes[0].Version))
	}
	return taken, err
}

// logged logs an error and returns what the asker may know of it; a request that
// is over is nothing to log.
func (s *Server) logged(ctx context.Context, c echo.Context, err error, doing string, about slog.Attr) error {
	if ctx.Err() != nil {
		return err
	}
	id := c.Response().Header().Get(echo.HeaderXRequestID)
	s.Logger.LogAttrs(ctx, slog.LevelError, doing, about, slog.String("request", id), slog.Any("error", err))
	return fmt.Errorf("internal error; the log has more under %s", id)
}

// filesOf reads the files of a request into memory. The manifest comes last,
// under the name by which an importer knows it.
func filesOf(r *http.Request) ([]importer.File, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fmt.Errorf("%w: the body is not multipart/form-data: %w", errRequest, err)
	}
	var files, manifests []importer.File
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, cutOff(err)
		}
		file, err := fileOf(part)
		if err != nil {
			return nil, err
		}
		switch part.FormName() {
		case "files":
			files = append(files, file)
		case "manifest":
			manifests = append(manifests, importer.File{Name: importer.ManifestName, Data: file.Data})
		default:
			return nil, fmt.Errorf("%w: there is no field %q; there are files and manifest", errRequest, part.FormName())
		}
		if len(files) > maxFiles {
			return nil, fmt.Errorf("%w: there are more than %d files; send them in several requests", errRequest, maxFiles)
		}
		if len(manifests) > 1 {
			return nil, fmt.Errorf("%w: there are several manifests; send one, beside the files it describes", errRequest)
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf(`%w: there are no files; send them in the field "files"`, errRequest)
	}
	return append(files, manifests...), nil
}

func fileOf(part *multipart.Part) (importer.File, error) {
	data, err := io.ReadAll(part)
	if err != nil {
		return importer.File{}, cutOff(err)
	}
	return importer.File{Name: part.FileName(), Data: data}, nil
}
