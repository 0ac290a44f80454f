package query

import (
	"fmt"
	"strings"
)

// An Error says what is wrong with a query, where, and how to mend it.
type Error struct {
	Position int    // code point of the query where the fault begins
	Length   int    // code points; 0 if something is missing at Position
	Reason   string // for people
	Repair   string // a query that Parse accepts, "" if there is none to offer
}

func (e *Error) Error() string {
	message := fmt.Sprintf("at character %d of the query: %s", e.Position+1, e.Reason)
	if e.Repair != "" {
		message += "; try: " + e.Repair
	}
	return message
}

// maxRepairs bounds how many faults of one query are mended to offer a repair.
const maxRepairs = 150

// repair mends one fault after the other until the query is right; "" if it
// does not become right.
func repair(text string, f *fault) string {
	for range maxRepairs {
		if !f.mendable {
			return ""
		}
		text = f.mended([]rune(text))
		if _, f = parse(text); f == nil {
			return text
		}
	}
	return ""
}

// A fault is an Error with the change to the query that mends it.
type fault struct {
	start, end int
	reason     string
	mendable   bool
	from, to   int
	with       string
}

func wrong(start, end int, format string, args ...any) *fault {
	return &fault{start: start, end: end, reason: fmt.Sprintf(format, args...)}
}

// mend says that the stretch at fault should read with.
func (f *fault) mend(with string) *fault { return f.replace(f.start, f.end, with) }

func (f *fault) insert(at int, with string) *fault { return f.replace(at, at, with) }

func (f *fault) replace(from, to int, with string) *fault {
	f.mendable, f.from, f.to, f.with = true, from, to, with
	return f
}

// mended returns the query with the change made.
func (f *fault) mended(text []rune) string {
	before, after := string(text[:f.from]), string(text[f.to:])
	if f.with == "" && (before == "" || strings.HasSuffix(before, " ")) {
		after = strings.TrimLeft(after, " ")
	}
	if strings.HasPrefix(after, ")") {
		before = strings.TrimRight(before, " ")
	}
	return strings.TrimSpace(before + f.with + after)
}
