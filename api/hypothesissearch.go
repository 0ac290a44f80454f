package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/annotations/transfer"
)

// mostSearched bounds how many annotations a search without an address looks at.
const mostSearched = 5000

// A row is an annotation that a search found, with where it stands.
type row struct {
	store.Placed
	uri        string // of the page that was asked about, "" if none was
	references []string
}

// hypothesisSearch finds the annotations on pages, in a thread, or of anyone.
func (s *Server) hypothesisSearch(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	rows, err := s.rows(c, asker)
	if err != nil {
		return err
	}
	w, err := s.hypothesisWriter(c, asker)
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(r row) bool { return !w.wanted(c, r) })
	order(rows, c.QueryParam("sort"), c.QueryParam("order"))
	total := len(rows)
	rows, err = cut(c, rows)
	if err != nil {
		return err
	}
	found := []hypothesisAnnotation{}
	for _, r := range rows {
		answer, err := w.write(ctx, r.Annotation, r.Placement, r.uri, r.references)
		if err != nil {
			return err
		}
		found = append(found, answer)
	}
	answer := map[string]any{"total": total, "rows": found}
	if c.QueryParam("_separate_replies") == "true" {
		replies := []hypothesisAnnotation{}
		found = slices.DeleteFunc(found, func(a hypothesisAnnotation) bool {
			if len(a.References) > 0 {
				replies = append(replies, a)
			}
			return len(a.References) > 0
		})
		answer = map[string]any{"total": total - len(replies), "rows": found, "replies": replies}
	}
	return answerJSON(c, http.StatusOK, answer)
}

// rows returns what the addresses that were asked about, or else everything,
// have.
func (s *Server) rows(c echo.Context, asker annotations.Asker) ([]row, error) {
	ctx := c.Request().Context()
	addresses := c.QueryParams()["uri"]
	if one := c.QueryParam("url"); one != "" {
		addresses = append(addresses, one)
	}
	if len(addresses) == 0 {
		return s.anywhere(ctx, asker)
	}
	var found []row
	seen := map[string]bool{}
	f := s.finder(c, asker, "")
	for _, address := range addresses {
		versions, err := f.Versions(ctx, address)
		if errors.Is(err, transfer.ErrPlace) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, version := range versions {
			placed, err := s.Store.AnnotationsOf(ctx, asker, version)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			for _, r := range threaded(placed) {
				if !seen[r.ID] {
					seen[r.ID] = true
					r.uri = address
					found = append(found, r)
				}
			}
		}
	}
	return found, nil
}

// threaded returns annotations with those that they answer.
func threaded(placed []store.Placed) []row {
	above := map[string]string{}
	for _, p := range placed {
		above[p.ID] = p.ReplyTo
	}
	var found []row
	for _, p := range placed {
		r := row{Placed: p}
		for id := p.ReplyTo; id != "" && !slices.Contains(r.references, id); id = above[id] {
			r.references = append(r.references, id)
		}
		slices.Reverse(r.references)
		found = append(found, r)
	}
	return found
}

// anywhere returns the annotations that the asker may read, the first ones made
// if they are very many.
func (s *Server) anywhere(ctx context.Context, asker annotations.Asker) ([]row, error) {
	all, err := s.Store.Contained(ctx, asker, store.Container{}, store.Cursor{}, mostSearched)
	if err != nil {
		return nil, err
	}
	var placed []store.Placed
	for _, n := range all {
		placed = append(placed, own(n))
	}
	return threaded(placed), nil
}

// wanted reports whether an annotation is what a search asks for.
func (w *hypothesisWriter) wanted(c echo.Context, r row) bool {
	q := c.QueryParams()
	holds := func(text, words string) bool {
		return strings.Contains(strings.ToLower(text), strings.ToLower(words))
	}
	tags := ""
	for _, ref := range w.names.refs(r.Concepts) {
		tags += "\n" + annotations.NormalLabel(ref.Label) + "\n"
	}
	for _, tag := range slices.Concat(q["tag"], q["tags"]) {
		if !strings.Contains(tags, "\n"+annotations.NormalLabel(tag)+"\n") {
			return false
		}
	}
	if user := q.Get("user"); user != "" && accountName(r.Creator) != user && r.Creator != user {
		return false
	}
	if group := q.Get("group"); group != "" && sharedWith(r.Annotation) != group {
		return false
	}
	if id := q.Get("id"); id != "" && id != r.ID {
		return false
	}
	if above := q.Get("references"); above != "" && !slices.Contains(r.references, above) {
		return false
	}
	return holds(r.Note, q.Get("text")) && holds(r.Target.Exact, q.Get("quote")) &&
		holds(r.Note+"\n"+r.Target.Exact+"\n"+tags+"\n"+w.names.users[r.Creator], q.Get("any"))
}

// order orders rows: by when they were made or changed, the ids breaking ties.
func order(rows []row, by, direction string) {
	slices.SortFunc(rows, func(a, b row) int {
		x, y := a.Modified, b.Modified
		if by == "created" {
			x, y = a.Created, b.Created
		}
		found := cmp.Or(cmp.Compare(x, y), cmp.Compare(a.ID, b.ID))
		if direction != "asc" {
			return -found
		}
		return found
	})
}

// cut returns the part of ordered rows that was asked for: so many from an offset
// on, or after a time that the last of those before had. Those of one moment are
// never divided: the client could not ask for the rest of them.
func cut(c echo.Context, rows []row) ([]row, error) {
	limit, err := number(c, "limit")
	if err != nil {
		return nil, err
	}
	offset, err := number(c, "offset")
	if err != nil {
		return nil, err
	}
	when := func(r row) int64 {
		if c.QueryParam("sort") == "created" {
			return r.Created
		}
		return r.Modified
	}
	if after := c.QueryParam("search_after"); after != "" {
		at, err := millis(after)
		if err != nil {
			return nil, err
		}
		rows = slices.DeleteFunc(slices.Clone(rows), func(r row) bool {
			if c.QueryParam("order") == "asc" {
				return when(r) <= at
			}
			return when(r) >= at
		})
	}
	rows = rows[min(offset, len(rows)):]
	end := min(limit, len(rows))
	for end > 0 && end < len(rows) && when(rows[end]) == when(rows[end-1]) {
		end++
	}
	return rows[:end], nil
}
