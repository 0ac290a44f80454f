package api

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/query"
)

// maxLines is how many lines of a concordance are taken in.
const maxLines = 2_000

type concordanceAnswer struct {
	Query       string       `json:"query"`
	Explanation string       `json:"explanation"`
	Total       int          `json:"total"`
	Bounded     bool         `json:"bounded"`
	Passages    int          `json:"passages"`
	Documents   int          `json:"documents"`
	Page        int          `json:"page"`
	Size        int          `json:"size"`
	Lines       []lineAnswer `json:"lines"`
	Mark        int64        `json:"mark"`
	Took        float64      `json:"took"`
}

type lineAnswer struct {
	Document store.DocumentSummary `json:"document"`
	index.Line
}

func (s *Server) concordance(c echo.Context, asker annotations.Asker) error {
	start := time.Now()
	ctx := c.Request().Context()
	offset, size, err := page(c)
	if err != nil {
		return err
	}
	typed, q, err := asked(c)
	if err != nil {
		return err
	}
	found, err := bounded(ctx, func(ctx context.Context) (*index.Concordance, error) {
		return s.Engine.Lines(ctx, q, asker.Audiences(), maxLines)
	})
	if err != nil {
		return err
	}
	answer := concordanceAnswer{
		Query: typed.String(), Explanation: query.Explain(q),
		Total: len(found.Lines), Bounded: found.Bounded, Passages: found.Passages, Documents: found.Documents,
		Page: offset/size + 1, Size: size, Mark: found.Mark,
	}
	if answer.Lines, err = s.lines(ctx, asker, found.Lines, c.QueryParam("sort"), offset, size); err != nil {
		return err
	}
	answer.Took = millisecondsSince(start)
	return answerJSON(c, http.StatusOK, answer)
}

// lines returns a page of lines in an order.
func (s *Server) lines(ctx context.Context, asker annotations.Asker, all []index.Line, order string, offset, size int) ([]lineAnswer, error) {
	var ids []string
	seen := map[string]bool{}
	for _, line := range all {
		if !seen[line.Document] {
			seen[line.Document] = true
			ids = append(ids, line.Document)
		}
	}
	documents, err := s.Store.DocumentsByID(ctx, asker, ids)
	if err != nil {
		return nil, err
	}
	index.SortLines(all, order, func(id string) index.Document { return documents[id].Document })
	from := min(offset, len(all))
	shown := all[from:min(from+size, len(all))]
	lines := make([]lineAnswer, len(shown))
	for i, line := range shown {
		lines[i] = lineAnswer{documents[line.Document], line}
	}
	return lines, nil
}
