package bleve

import "strings"

// A glob is a pattern for a whole word or value: * stands for any characters,
// also none, and ? for one.
type glob []rune

// fixed returns what everything that matches begins with.
func (g glob) fixed() string {
	for i, r := range g {
		if r == '*' || r == '?' {
			return string(g[:i])
		}
	}
	return string(g)
}

// matches reports whether all of s matches. It goes back to the last * alone,
// so its time is at most the product of both lengths.
func (g glob) matches(s string) bool {
	text := []rune(s)
	at, star, resume := 0, -1, 0
	for i := 0; i < len(text); {
		switch {
		case at < len(g) && g[at] == '*':
			star, resume = at, i
			at++
		case at < len(g) && (g[at] == '?' || g[at] == text[i]):
			at++
			i++
		case star >= 0:
			resume++
			at, i = star+1, resume
		default:
			return false
		}
	}
	return strings.Trim(string(g[at:]), "*") == ""
}

// longest returns the longest stretch of letters of g, "" if it has none.
func (g glob) longest() string {
	longest := ""
	for _, letters := range strings.FieldsFunc(string(g), func(r rune) bool { return r == '*' || r == '?' }) {
		if len(letters) > len(longest) {
			longest = letters
		}
	}
	return longest
}
