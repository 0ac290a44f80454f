package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

func (s *Server) documents(c echo.Context, asker annotations.Asker) error {
	offset, size, err := page(c)
	if err != nil {
		return err
	}
	documents, total, err := s.Store.Documents(c.Request().Context(), asker, store.DocumentFilter{
		Text: c.QueryParam("text"), Kind: c.QueryParam("kind"), Offset: offset, Limit: size,
	})
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"documents": documents, "total": total})
}

func (s *Server) document(c echo.Context, asker annotations.Asker) error {
	document, err := s.Store.Document(c.Request().Context(), asker, c.Param("document"))
	if err != nil {
		return err
	}
	s.serviceLink(c)
	return answerJSON(c, http.StatusOK, document)
}

// page returns what the parameters page and size ask for.
func page(c echo.Context) (offset, size int, err error) {
	nth, err := number(c, "page")
	if err != nil {
		return 0, 0, err
	}
	size, err = number(c, "size")
	return (nth - 1) * size, size, err
}
