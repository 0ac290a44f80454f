package query

// Relax returns the query that asks for at least one of the words of the text
// where q asks for all of them; what q asks of fields, and what must not be
// there, stays required. It is q and false if q asks for fewer than two.
func Relax(q Query) (Query, bool) {
	var words, rest []Query
	for _, clause := range Clauses(q) {
		if ofText(clause) {
			words = append(words, clause)
		} else {
			rest = append(rest, clause)
		}
	}
	if len(words) < 2 {
		return q, false
	}
	return Join(append([]Query{Any(words...)}, rest...)...), true
}

// ofText reports whether q is about words of the text and nothing else.
func ofText(q Query) bool {
	only := true
	walk(q, func(q Query) {
		switch q := q.(type) {
		case Term:
			only = only && q.Field == ""
		case All, Range, Not:
			only = false
		}
	})
	return only
}
