package api

import (
	"maps"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/index"
	"glossator/index/query"
)

// orPartly returns what is to be shown of a search that found something: that;
// and of one that found nothing, if the asker wants it, what has at least one of
// the words asked for, the best first, and the query q that finds it. The
// filters hold all the same. If there is nothing of that sort either, it returns
// found and "".
func (s *Server) orPartly(
	c echo.Context, asker annotations.Asker, typed query.Query, found *index.Result, search func(query.Query) (*index.Result, error),
) (shown *index.Result, q string, err error) {
	relaxed, ok := query.Relax(typed)
	if found.Passages > 0 || !ok || c.QueryParam("partial") != "true" {
		return found, "", nil
	}
	address := maps.Clone(c.QueryParams())
	address.Set("q", relaxed.String())
	asked, err := s.askedBy(c.Request().Context(), asker, address)
	if err != nil {
		return nil, "", err
	}
	some, err := search(asked.Query)
	if err != nil || some.Passages == 0 {
		return found, "", err
	}
	return some, relaxed.String(), nil
}
