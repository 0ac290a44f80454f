package api

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/index"
)

type whyAnswer struct {
	Query    string         `json:"query"`
	Score    float64        `json:"score"`
	Words    int            `json:"words"`
	Average  float64        `json:"average"`
	Passages int            `json:"passages"`
	Reasons  []reasonAnswer `json:"reasons"`
}

type reasonAnswer struct {
	Clause    string   `json:"clause"`
	Words     []string `json:"words"`
	Frequency int      `json:"frequency"`
	Passages  int      `json:"passages"`
	Rarity    float64  `json:"rarity"`
	InHeading bool     `json:"inHeading"`
	InTitle   bool     `json:"inTitle"`
	Score     float64  `json:"score"`
}

// why says where the score of a passage comes from.
func (s *Server) why(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	asked, err := s.asked(c, asker)
	if err != nil {
		return err
	}
	why, err := bounded(ctx, func(ctx context.Context) (*index.Why, error) {
		return s.Engine.Why(ctx, asked.Query, asker.Audiences(), c.Param("version"), c.Param("provision"))
	})
	if err != nil {
		return err
	}
	counts, err := s.Store.Counts(ctx)
	if err != nil {
		return err
	}
	answer := whyAnswer{
		Query: asked.Typed.String(), Score: why.Score, Words: why.Words, Average: why.Average,
		Passages: counts.Passages, Reasons: make([]reasonAnswer, len(why.Reasons)),
	}
	for i, r := range why.Reasons {
		answer.Reasons[i] = reasonAnswer(r)
		answer.Reasons[i].Words = some(r.Words)
	}
	return answerJSON(c, http.StatusOK, answer)
}
