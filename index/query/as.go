package query

import "strings"

// Me is who asks, as a value of the field by.
const Me = "me"

// AsksMe reports whether q asks for something of whoever asks.
func AsksMe(q Query) (asks bool) {
	walk(q, func(q Query) {
		t, ok := q.(Term)
		asks = asks || ok && isMe(t)
	})
	return asks
}

// As returns q as somebody with this name asks it: by:me is by them.
func As(q Query, name string) Query {
	switch q := q.(type) {
	case Term:
		if isMe(q) {
			return Value("by", name)
		}
	case Not:
		return Not{As(q.Query, name)}
	case Boost:
		return Boost{As(q.Query, name), q.Weight}
	case And:
		return And(asAll(q, name))
	case Or:
		return Or(asAll(q, name))
	}
	return q
}

func asAll(queries []Query, name string) []Query {
	all := make([]Query, len(queries))
	for i, q := range queries {
		all[i] = As(q, name)
	}
	return all
}

func isMe(t Term) bool { return t.Field == "by" && t.Match != Pattern && strings.EqualFold(t.Text, Me) }
