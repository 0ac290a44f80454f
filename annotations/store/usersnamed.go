package store

import (
	"context"
	"strings"

	"glossator/annotations"
)

// A Colleague is who may be asked to take part in something.
type Colleague struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// UsersNamed returns the accounts, but for those disabled, in whose name each
// word of text begins a word, in the order of their names; none if there is no
// word in text, and none to strangers.
func (s *Store) UsersNamed(ctx context.Context, asker annotations.Asker, text string, limit int) ([]Colleague, error) {
	condition, args := "disabled = 0", []any{}
	for _, word := range strings.Fields(annotations.NormalLabel(text)) {
		condition += ` AND ' ' || label LIKE ? ESCAPE '\'`
		args = append(args, "% "+escapeLike.Replace(word)+"%")
	}
	if len(args) == 0 || !asker.SignedIn() {
		return []Colleague{}, nil
	}
	people, err := list(ctx, s.reader, scanColleague,
		"SELECT id, name FROM users WHERE "+condition+" ORDER BY label LIMIT ?", append(args, limit)...)
	return people, because(err, "finding people by their names")
}

func scanColleague(row scanner) (c Colleague, err error) {
	err = row.Scan(&c.ID, &c.Name)
	return c, err
}
