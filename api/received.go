package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/labstack/echo/v4"

	"glossator/index"
	"glossator/index/importer"
)

// received writes the one file of a request to the disk, however large it is,
// and goes back to its beginning. The caller discards it.
func (s *Server) received(r *http.Request) (*os.File, int64, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, 0, fmt.Errorf("%w: the body is not multipart/form-data: %w", errRequest, err)
	}
	part, err := parts.NextPart()
	if errors.Is(err, io.EOF) || err == nil && part.FormName() != "file" {
		return nil, 0, fmt.Errorf(`%w: there is no file; send it in the field "file"`, errRequest)
	}
	if err != nil {
		return nil, 0, cutOff(err)
	}
	file, err := os.CreateTemp("", "glossator-import-*")
	if err != nil {
		return nil, 0, fmt.Errorf("making room for an import: %w", err)
	}
	size, err := io.Copy(file, part)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		discard(file)
		return nil, 0, cutOff(err)
	}
	return file, size, nil
}

// addText stores a plain text as a document and returns the id of its version.
func (s *Server) addText(ctx context.Context, c echo.Context, name, text string) (string, error) {
	d, versions, err := importer.Parse(name+".txt", []byte(text), importer.Metadata{Document: index.Document{Title: name}})
	if err != nil {
		return "", err
	}
	if _, err := s.put(ctx, c, d, versions); err != nil {
		return "", err
	}
	return versions[0].ID, nil
}
