package pdf

import (
	"math"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

// Where a page has its head and its foot, in parts of its height, and how many
// lines may stand there.
const (
	headZone  = 0.86
	footZone  = 0.12
	edgeLines = 5
)

// An edge is a line at the head or the foot of a page, set off from the text.
type edge struct {
	page, line int
	foot       bool
	height     float64 // from the nearer end of the page
	gap        float64 // to the text
}

// keys tell the place and the text of a part of an edge: as it stands, and with
// its numbers counted from that of the page.
func (e edge) keys(part string) [2]string {
	side := "head "
	if e.foot {
		side = "foot "
	}
	side += strconv.Itoa(int(math.Round(e.height/8))) + " "
	return [2]string{side + "= " + solid(part), side + "+ " + counted(part, e.page)}
}

// furniture finds the lines that are no part of the text, and what the pages are
// called. These are, at the head or the foot of a page and set off from the
// text, what numbers the page, what stands there on other pages too, but for numbers
// that count with the pages, and what says in small print what is on the first page. What else
// stands far below the text becomes a note.
func (l *Layout) furniture(pages []Page, lines [][]Line) [][]bool {
	found := make([][]bool, len(lines))
	var edges []edge
	for i := range lines {
		found[i] = make([]bool, len(lines[i]))
		edges = append(edges, l.edges(pages[i], lines[i], i)...)
	}
	times := repetitions(edges, lines)
	first := ""
	if len(lines) > 0 {
		for _, line := range lines[0] {
			first += solid(line.Text)
		}
	}
	for _, e := range edges {
		line := &lines[e.page][e.line]
		all := true
		for _, part := range line.parts {
			needed := least(len(pages))
			if alike(line.Size, l.Size) && !line.Bold {
				needed = max(3, needed)
			}
			_, numbers := pageNumber(part, e.page+1, len(pages))
			keys := e.keys(part)
			repeated := max(times[keys[0]], times[keys[1]])
			numbers = numbers || isNumber(trimNumber(part)) && times[keys[1]] > 1
			said := e.page > 0 && l.small(*line) && len(part) >= 6 && strings.Contains(first, solid(part))
			all = all && (numbers || said || repeated >= needed)
		}
		switch {
		case all:
			found[e.page][e.line] = true
		case e.foot && e.gap > 3*l.spacing() && (l.small(*line) || !line.Centred() && (e.page == 0 || e.page == len(pages)-1)):
			line.Note, line.Begins = true, !l.small(*line) || marked(line.Text)
		}
	}
	l.Pages = names(pages, lines, found)
	return found
}

// least is on how many of so many pages a line must stand to be a running head.
func least(pages int) int { return max(2, min(pages/4, 5)) }

// spacing returns the distance between lines, or what it is like to be.
func (l *Layout) spacing() float64 {
	if l.Spacing > 0 {
		return l.Spacing
	}
	return 1.2 * l.Size
}

// small reports whether a line is set smaller than the text.
func (l *Layout) small(line Line) bool { return line.Size < 0.93*l.Size }

// edges returns the lines at the head and the foot of a page that are set off
// from its text by more than a line, or at the head by their size.
func (l *Layout) edges(p Page, lines []Line, page int) []edge {
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return lines[order[a]].Base > lines[order[b]].Base })
	base := func(n int) float64 { return lines[order[n]].Base }
	heads, feet := 0, 0
	for n := 0; n < min(edgeLines, len(order)-1) && base(n) > headZone*p.Height; n++ {
		if base(n)-base(n+1) > 1.4*l.spacing() || l.small(lines[order[n]]) && !l.small(lines[order[n+1]]) {
			heads = n + 1
		}
	}
	for n := 0; n < min(edgeLines, len(order)-heads) && base(len(order)-1-n) < footZone*p.Height; n++ {
		if at := len(order) - 1 - n; at == 0 || base(at-1)-base(at) > 1.6*l.spacing() {
			feet = n + 1
		}
	}
	if len(order) == 1 && feet == 0 && base(0) > headZone*p.Height {
		heads = 1
	}
	var out []edge
	for n := range heads {
		out = append(out, edge{page: page, line: order[n], height: p.Height - base(n)})
	}
	for n := len(order) - feet; n < len(order); n++ {
		e := edge{page: page, line: order[n], foot: true, height: base(n), gap: math.Inf(1)}
		if top := len(order) - feet; top > 0 {
			e.gap = base(top-1) - base(top)
		}
		out = append(out, e)
	}
	return out
}

// repetitions counts on how many pages each part of the edges stands.
func repetitions(edges []edge, lines [][]Line) map[string]int {
	count, seen := map[string]int{}, map[string]int{}
	for _, e := range edges {
		for _, part := range lines[e.page][e.line].parts {
			for _, key := range e.keys(part) {
				if last, known := seen[key]; !known || last != e.page {
					count[key]++
					seen[key] = e.page
				}
			}
		}
	}
	return count
}

// names returns what the pages are called: by the numbers at their edges if
// these count on from page to page, else by the file, else by their place.
func names(pages []Page, lines [][]Line, furniture [][]bool) []string {
	votes := map[int]int{}
	printed := make([][]string, len(pages))
	for i := range lines {
		for n, line := range lines[i] {
			if !furniture[i][n] {
				continue
			}
			for _, number := range numbersIn(line.parts, len(pages)) {
				printed[i] = append(printed[i], number)
				if value, err := strconv.Atoi(number); err == nil {
					votes[value-i]++
				}
			}
		}
	}
	offset := 0
	for from, n := range votes {
		if n > votes[offset] || n == votes[offset] && from < offset {
			offset = from
		}
	}
	counted := votes[offset] > 1 || votes[offset] == 1 && len(pages) < 3
	called := make([]string, len(pages))
	for i, p := range pages {
		called[i] = strconv.Itoa(i + 1)
		switch {
		case counted && i+offset > 0:
			called[i] = strconv.Itoa(i + offset)
		case p.Label != "":
			called[i] = p.Label
		}
		for _, number := range printed[i] {
			if _, err := strconv.Atoi(number); err != nil && !counted {
				called[i] = number
			}
		}
	}
	return called
}

// numbersIn returns the numbers that begin or end the parts of a line.
func numbersIn(parts []string, pages int) []string {
	var numbers []string
	for _, part := range parts {
		number, ok := pageNumber(part, 0, pages)
		if ok || isNumber(number) {
			numbers = append(numbers, number)
			continue
		}
		words := strings.Fields(part)
		for _, word := range []string{words[0], words[len(words)-1]} {
			if word = trimNumber(word); isNumber(word) {
				numbers = append(numbers, word)
			}
		}
	}
	return numbers
}

// pageNumber returns the number that a text gives a page, and whether it does
// beyond doubt: with how many pages there are, after "page", or alone if it is
// the place of the page.
func pageNumber(text string, place, pages int) (string, bool) {
	trimmed := trimNumber(text)
	named := false
	for _, word := range []string{"page ", "seite ", "página ", "страница ", "pagina ", "p. "} {
		if len(trimmed) > len(word) && strings.EqualFold(trimmed[:len(word)], word) {
			trimmed, named = strings.TrimSpace(trimmed[len(word):]), true
		}
	}
	for _, sign := range []string{"/", " of ", " de ", " von ", " sur "} {
		number, total, found := strings.Cut(trimmed, sign)
		if number = strings.TrimSpace(number); found && strings.TrimSpace(total) == strconv.Itoa(pages) && isNumber(number) {
			return number, true
		}
	}
	return trimmed, isNumber(trimmed) && (named || trimmed == strconv.Itoa(place))
}

// trimNumber removes what is set around the number of a page.
func trimNumber(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return strings.ContainsRune("-–—.[]()| ", r) })
}

// isNumber reports whether s is a number of up to four digits or a Roman one in
// small letters.
func isNumber(s string) bool {
	return s != "" && (len(s) <= 4 && strings.Trim(s, "0123456789") == "" || len(s) <= 7 && strings.Trim(s, "ivxlc") == "")
}

// counted returns a text without blanks, with each number as the distance from
// that of the page.
func counted(s string, page int) string {
	var out strings.Builder
	for len(s) > 0 {
		digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
		if value, err := strconv.Atoi(s[:digits]); err == nil {
			out.WriteString("#" + strconv.Itoa(value-page))
		} else {
			out.WriteString(s[:digits])
		}
		s = s[digits:]
		next := strings.IndexAny(s, "0123456789")
		if next < 0 {
			next = len(s)
		}
		out.WriteString(solid(s[:next]))
		s = s[next:]
	}
	return out.String()
}

// solid returns a text without blanks.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
