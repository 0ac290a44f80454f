package store

import "context"

// A moment says which writes somebody knows of.
type moment struct {
	mark   int64 // the last number given out
	review int64 // the number of the last review: most of them touch nothing that is found
}

// momentOf returns the moment of the database.
func momentOf(ctx context.Context, q querier) (at moment, err error) {
	err = q.QueryRowContext(ctx, "SELECT last, (SELECT COALESCE(MAX(number), 0) FROM reviews) FROM counter").Scan(&at.mark, &at.review)
	return at, err
}

// before reports whether there are writes that other knows of and m does not.
func (m moment) before(other moment) bool { return m.mark < other.mark || m.review < other.review }

// or returns the moment that knows of all writes that either knows of.
func (m moment) or(other moment) moment {
	return moment{max(m.mark, other.mark), max(m.review, other.review)}
}
