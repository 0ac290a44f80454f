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

type concordanceAnswer struct {
	Query       string       `json:"query"`
	Explanation string       `json:"explanation"`
	Synonyms    []string     `json:"synonyms"`
	Total       int          `json:"total"`
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
	By *index.Span `json:"by,omitempty"` // the word that the lines are sorted by
}

func (s *Server) concordance(c echo.Context, asker annotations.Asker) error {
	start := time.Now()
	ctx := c.Request().Context()
	offset, size, err := page(c)
	if err != nil {
		return err
	}
	asked, err := s.asked(c, asker)
	if err != nil {
		return err
	}
	found, err := bounded(ctx, func(ctx context.Context) (*index.Concordance, error) {
		return s.Engine.Lines(ctx, asked.Query, index.LineOptions{
			Audiences: asker.Audiences(), Sort: c.QueryParam("sort"), Offset: offset, Limit: size,
		})
	})
	if err != nil {
		return err
	}
	answer := concordanceAnswer{
		Query: asked.Typed.String(), Explanation: query.Explain(asked.All), Synonyms: some(asked.Synonyms),
		Total: found.Total, Passages: found.Passages, Documents: found.Documents,
		Page: offset/size + 1, Size: size, Mark: found.Mark,
	}
	if answer.Lines, err = s.lines(ctx, asker, found.Lines, c.QueryParam("sort")); err != nil {
		return err
	}
	answer.Took = millisecondsSince(start)
	return answerJSON(c, http.StatusOK, answer)
}

// lines adds to lines what the store knows of their documents, and the word that
// they are sorted by.
func (s *Server) lines(ctx context.Context, asker annotations.Asker, found []index.Line, order string) ([]lineAnswer, error) {
	documents, err := s.documentsOf(ctx, asker, found)
	if err != nil {
		return nil, err
	}
	lines := make([]lineAnswer, len(found))
	for i, line := range found {
		lines[i] = lineAnswer{documents[line.Document], line, line.SortedBy(order)}
	}
	return lines, nil
}

// documentsOf returns the documents of lines, by id.
func (s *Server) documentsOf(ctx context.Context, asker annotations.Asker, lines []index.Line) (map[string]store.DocumentSummary, error) {
	var ids []string
	seen := map[string]bool{}
	for _, line := range lines {
		if !seen[line.Document] {
			seen[line.Document] = true
			ids = append(ids, line.Document)
		}
	}
	return s.Store.DocumentsByID(ctx, asker, ids)
}
