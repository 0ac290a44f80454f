package importer

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline returns the text of a stretch of Markdown: without marks of emphasis
// and code, targets of links and HTML tags.
func inline(s string) string {
	if !strings.ContainsAny(s, "\\`*_[<&{") {
		return s
	}
	out := inlineText{closing: closingBrackets(s)}
	for at := 0; at < len(s); {
		at += out.take(s[at:], at)
	}
	return html.UnescapeString(out.String())
}

// Bounds on how far the end of a link, a tag or an emphasis is looked for.
const (
	spanLimit    = 4000
	openersTried = 50
)

// An inlineText collects text and the marks of emphasis in it, which go only if
// they pair.
type inlineText struct {
	parts   []string
	openers []emphasis
	before  rune        // the last character taken
	closing map[int]int // where the bracket opened at an offset closes
}

type emphasis struct {
	part  int // index into parts
	marks string
}

func (t *inlineText) String() string { return strings.Join(t.parts, "") }

func (t *inlineText) add(s string) {
	if s == "" {
		return
	}
	t.parts = append(t.parts, s)
	t.before = lastRune(s)
}

// closingBrackets returns where each square bracket that closes within the
// bound is closed.
func closingBrackets(s string) map[int]int {
	closing := map[int]int{}
	var open []int
	for at := 0; at < len(s); at++ {
		switch s[at] {
		case '\\':
			at++
		case '[':
			open = append(open, at)
		case ']':
			if last := len(open) - 1; last >= 0 {
				if at-open[last] < spanLimit {
					closing[open[last]] = at
				}
				open = open[:last]
			}
		}
	}
	return closing
}

// take takes in what stands at the beginning of s, which is at an offset of the
// whole, and returns its length.
func (t *inlineText) take(s string, at int) int {
	switch s[0] {
	case '\\':
		if len(s) > 1 && strings.IndexByte("\\`*_{}[]()#+-.!|<>~&'\"$%,/:;=?@^", s[1]) >= 0 {
			t.add(html.EscapeString(s[1:2]))
			return 2
		}
	case '`':
		marks := leading(s, func(c byte) bool { return c == '`' }, len(s))
		if end := strings.Index(s[len(marks):min(len(s), spanLimit)], marks); end >= 0 {
			t.add(html.EscapeString(s[len(marks) : len(marks)+end]))
			return 2*len(marks) + end
		}
	case '*', '_':
		return t.emphasis(s)
	case '!':
		if strings.HasPrefix(s, "![") {
			if text, length := link(s[1:], t.closing[at+1]-at-1); length > 0 {
				t.add(inline(text))
				return 1 + length
			}
		}
	case '[':
		if text, length := link(s, t.closing[at]-at); length > 0 {
			t.add(inline(text))
			return length
		}
	case '<':
		if length := tag(s); length > 0 {
			if strings.HasPrefix(s, "<http") || strings.HasPrefix(s, "<mailto:") {
				t.add(s[1 : length-1])
			}
			if strings.HasPrefix(s, "<br") {
				t.add(" ")
			}
			return length
		}
	case '{':
		if strings.HasPrefix(s, "{:") {
			if end := strings.IndexByte(s, '}'); end > 0 {
				return end + 1
			}
		}
	}
	end := strings.IndexAny(s[1:], "\\`*_![<{")
	if end < 0 {
		end = len(s) - 1
	}
	t.add(s[:end+1])
	return end + 1
}

// emphasis takes in a run of "*" or "_".
func (t *inlineText) emphasis(s string) int {
	marks := leading(s, func(c byte) bool { return c == s[0] }, len(s))
	next, _ := utf8.DecodeRuneInString(s[len(marks):])
	before := t.before
	opens := next != utf8.RuneError && !blank(next) && (!punctuation(next) || outside(before))
	closes := before != 0 && !blank(before) && (!punctuation(before) || len(s) == len(marks) || outside(next))
	if s[0] == '_' && opens && closes && !punctuation(before) && !punctuation(next) {
		opens, closes = false, false
	}
	t.parts = append(t.parts, marks)
	if closes {
		for at := len(t.openers) - 1; at >= max(0, len(t.openers)-openersTried); at-- {
			if t.openers[at].marks == marks {
				t.parts[t.openers[at].part], t.parts[len(t.parts)-1] = "", ""
				t.openers = t.openers[:at]
				return len(marks)
			}
		}
	}
	if opens {
		t.openers = append(t.openers, emphasis{len(t.parts) - 1, marks})
	}
	t.before = rune(s[0])
	return len(marks)
}

func outside(r rune) bool { return r == 0 || r == utf8.RuneError || blank(r) || punctuation(r) }

func punctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// link returns the text of the link, image or footnote mark at the beginning of
// s, whose bracket closes at end, and the length of the whole, 0 if there is
// none.
func link(s string, end int) (string, int) {
	if end <= 0 {
		return "", 0
	}
	text, rest := s[1:end], s[end+1:min(len(s), end+spanLimit)]
	switch {
	case strings.HasPrefix(text, "^") && len(text) > 1:
		return text[1:], end + 1
	case strings.HasPrefix(rest, "("):
		depth := 0
		for at := 0; at < len(rest); at++ {
			switch rest[at] {
			case '(':
				depth++
			case ')':
				if depth--; depth == 0 {
					return text, end + 1 + at + 1
				}
			}
		}
	case strings.HasPrefix(rest, "["):
		if close := strings.IndexByte(rest, ']'); close > 0 {
			return text, end + 1 + close + 1
		}
	}
	return "", 0
}

// tag returns the length of the HTML tag or comment at the beginning of s, 0 if
// there is none.
func tag(s string) int {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end > 0 {
			return end + 3
		}
		return 0
	}
	if len(s) < 3 || s[1] != '/' && !isLetter(s[1]) {
		return 0
	}
	end := strings.IndexByte(s[:min(len(s), spanLimit)], '>')
	if end < 0 || strings.IndexByte(s[1:end], '<') >= 0 {
		return 0
	}
	return end + 1
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// dropHTMLBlocks removes comments, styles, scripts and embedded frames.
func dropHTMLBlocks(s string) string {
	for _, block := range []struct{ begin, end string }{
		{"<!--", "-->"}, {"<style", "</style>"}, {"<script", "</script>"}, {"<iframe", "</iframe>"},
	} {
		var out strings.Builder
		for {
			before, after, found := strings.Cut(s, block.begin)
			_, rest, closed := strings.Cut(after, block.end)
			if !found || !closed {
				break
			}
			out.WriteString(before)
			s = rest
		}
		out.WriteString(s)
		s = out.String()
	}
	return s
}
