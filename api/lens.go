package api

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/watch"
	"glossator/index"
	"glossator/index/query"
)

type lensAnswer struct {
	Query       string            `json:"query"`
	Explanation string            `json:"explanation"`
	Synonyms    []string          `json:"synonyms"`
	Term        string            `json:"term"`
	Where       string            `json:"where"`
	A           lensGroup         `json:"a"`
	B           lensGroup         `json:"b"`
	Both        int               `json:"both"`
	Contrast    contrastAnswer    `json:"contrast"`
	Breakdowns  []breakdownAnswer `json:"breakdowns"`
	Window      int               `json:"window"`
	Collocates  []collocateAnswer `json:"collocates"`
	Mark        int64             `json:"mark"`
	Took        float64           `json:"took"`
}

type lensGroup struct {
	Query       string `json:"query"`
	Explanation string `json:"explanation"`
	frequencyAnswer
}

type frequencyAnswer struct {
	Texts      int     `json:"texts"`
	Documents  int     `json:"documents"`
	Passages   int     `json:"passages"`
	Matches    int     `json:"matches"`
	Words      int     `json:"words"`
	PerMillion float64 `json:"perMillion"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
}

type contrastAnswer struct {
	LogLikelihood float64 `json:"logLikelihood"`
	LogRatio      float64 `json:"logRatio"`
}

type breakdownAnswer struct {
	Name  string               `json:"name"`
	Total int                  `json:"total"`
	Rows  []breakdownRowAnswer `json:"rows"`
}

type breakdownRowAnswer struct {
	Value string          `json:"value"`
	Label string          `json:"label"`
	A     frequencyAnswer `json:"a"`
	B     frequencyAnswer `json:"b"`
}

type collocateAnswer struct {
	Word     string           `json:"word"`
	A        attractionAnswer `json:"a"`
	B        attractionAnswer `json:"b"`
	Contrast contrastAnswer   `json:"contrast"`
}

type attractionAnswer struct {
	Near     int     `json:"near"`
	Total    int     `json:"total"`
	Expected float64 `json:"expected"`
	contrastAnswer
}

func (s *Server) lens(c echo.Context, asker annotations.Asker) error {
	rows, err := number(c, "rows")
	if err != nil {
		return err
	}
	words, err := number(c, "collocates")
	if err != nil {
		return err
	}
	answer, err := s.look(c, asker, rows, words)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, answer)
}

// look returns what a term lens shows, with so many rows of each breakdown and
// so many collocates by each of their orders.
func (s *Server) look(c echo.Context, asker annotations.Asker, rows, words int) (*lensAnswer, error) {
	start := time.Now()
	asked, err := s.asked(c, asker)
	if err != nil {
		return nil, err
	}
	o := index.LensOptions{Audiences: asker.Audiences(), Rows: rows, Words: words, StopWords: c.QueryParam("stopwords") == "true"}
	a, b, err := s.lensGroups(c, asker)
	if err != nil {
		return nil, err
	}
	concepts, err := watch.Concepts(c.Request().Context(), s.Store, c.QueryParam("a")+" "+c.QueryParam("b"))
	if err != nil {
		return nil, err
	}
	narrower := c.QueryParam("synonyms") != "false"
	o.A, _ = concepts.Expand(a, narrower)
	o.B, _ = concepts.Expand(b, narrower)
	if o.Window, err = number(c, "window"); err != nil {
		return nil, err
	}
	found, err := bounded(c.Request().Context(), func(ctx context.Context) (*index.Lens, error) {
		return s.Engine.Lens(ctx, asked.Query, o)
	})
	if err != nil {
		return nil, err
	}
	term, where := index.Looked(asked.All)
	answer := &lensAnswer{
		Query: asked.Typed.String(), Explanation: query.Explain(asked.All), Synonyms: some(asked.Synonyms),
		Term: term.String(), Where: where.String(),
		A: groupOf(a, found.A), B: groupOf(b, found.B), Both: found.Both, Contrast: contrastOf(found.Contrast),
		Breakdowns: make([]breakdownAnswer, len(found.Breakdowns)), Window: o.Window,
		Collocates: make([]collocateAnswer, len(found.Collocates)), Mark: found.Mark,
	}
	for i, b := range found.Breakdowns {
		answer.Breakdowns[i] = breakdownOf(b)
	}
	for i, word := range found.Collocates {
		answer.Collocates[i] = collocateAnswer{word.Word, attractionOf(word.A), attractionOf(word.B), contrastOf(word.Contrast)}
	}
	answer.Took = millisecondsSince(start)
	return answer, nil
}

// lensGroups returns the two groups that are asked for.
func (s *Server) lensGroups(c echo.Context, asker annotations.Asker) (a, b query.Query, err error) {
	if a, err = s.lensGroupAsked(c, asker, "a"); err != nil {
		return nil, nil, err
	}
	if c.QueryParam("b") == "" {
		return a, query.Not{Query: a}, nil
	}
	b, err = s.lensGroupAsked(c, asker, "b")
	return a, b, err
}

// lensGroupAsked parses a parameter. Its fault is not one of q, so it does not
// say at which place of a query it is.
func (s *Server) lensGroupAsked(c echo.Context, asker annotations.Asker, name string) (query.Query, error) {
	q, err := query.Parse(c.QueryParam(name))
	if wrong := (*query.Error)(nil); errors.As(err, &wrong) {
		return nil, fmt.Errorf("%w: the query of group %s cannot be read: %s", errRequest, strings.ToUpper(name), wrong.Reason)
	}
	if err != nil {
		return nil, err
	}
	return s.askedAs(c.Request().Context(), asker, q)
}

func groupOf(q query.Query, f index.Frequency) lensGroup {
	if not, ok := q.(query.Not); ok {
		if _, ok := not.Query.(query.All); ok {
			return lensGroup{"", "nothing", frequencyOf(f)} // the query language has no word for it
		}
	}
	return lensGroup{q.String(), query.Explain(q), frequencyOf(f)}
}

func frequencyOf(f index.Frequency) frequencyAnswer {
	rate, low, high := f.PerMillion()
	return frequencyAnswer{f.Texts, f.Documents, f.Passages, f.Matches, f.Words, rounded(rate), rounded(low), rounded(high)}
}

func contrastOf(c index.Contrast) contrastAnswer {
	return contrastAnswer{rounded(c.LogLikelihood), rounded(c.LogRatio)}
}

func attractionOf(a index.Attraction) attractionAnswer {
	return attractionAnswer{a.Near, a.Total, rounded(a.Expected), contrastOf(a.Contrast)}
}

func breakdownOf(b index.Breakdown) breakdownAnswer {
	answer := breakdownAnswer{b.Name, b.Total, make([]breakdownRowAnswer, len(b.Rows))}
	for i, row := range b.Rows {
		answer.Rows[i] = breakdownRowAnswer{row.Value, label(b.Name, row.Value), frequencyOf(row.A), frequencyOf(row.B)}
	}
	return answer
}

// rounded leaves three decimals.
func rounded(n float64) float64 { return math.Round(n*1000) / 1000 }
