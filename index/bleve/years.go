package bleve

import (
	"fmt"
	"math"
	"strconv"

	"glossator/index/query"
)

// yearNamed returns what is of the year that t names; what is no number is no
// year.
func (e *evaluation) yearNamed(t query.Term) (*matching, error) {
	if year, err := strconv.Atoi(t.Text); err == nil && year > 0 {
		return e.years(query.Range{Field: "year", From: year, To: year})
	}
	return &matching{set: newBits(len(e.view.rows))}, nil
}

// years returns what is of a year between two, both included.
func (e *evaluation) years(r query.Range) (*matching, error) {
	if r.Field != "year" {
		return nil, fmt.Errorf("the index has no numbers in the field %q", r.Field)
	}
	to := r.To
	if to == 0 {
		to = math.MaxInt
	}
	m := &matching{set: newBits(len(e.view.rows))}
	for i := range e.view.live.all() {
		if year := e.view.metadata[e.view.rows[i].document].Year; year > 0 && r.From <= year && year <= to {
			m.set.set(i)
		}
	}
	return m, nil
}
