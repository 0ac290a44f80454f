package pdf

import (
	"math"
	"slices"
	"sort"
)

// A Line is a line of text as it is read.
type Line struct {
	Text   string
	Page   int // index of the page
	Left   float64
	Right  float64
	Base   float64
	Size   float64 // of the largest characters
	Bold   bool    // whether all letters are
	Italic bool

	// Gap is how far below the line before it in the same column it stands, from
	// base to base; 0 if it is the first of the column.
	Gap float64
	// From and To are the edges of the column.
	From, To float64
	// Cells is how many stretches of text far from each other are on the line.
	Cells int
	// Text begins at Body if a short label stands before it, set off by more than
	// a space, or else at Left.
	Body float64
	// Note says that the line is part of a footnote or of what stands below the
	// text of the page, and Begins that a new one begins with it.
	Note, Begins bool

	parts []string // the stretches of text that Cells counts
}

// A Layout is the text of a file in the order in which it is read.
type Layout struct {
	Lines []Line
	// Pages are what the pages are called: by the number printed on them, by
	// the file, or by their place.
	Pages []string
	// LeftOut are the lines that are not among Lines because they only repeat,
	// number the page or are rules.
	LeftOut []Line

	Size    float64 // of most of the text
	Spacing float64 // from base to base of most lines, 0 if not known
}

// Lay puts the runs of pages in the order in which they are read.
func Lay(pages []Page) Layout {
	var l Layout
	perPage := make([][]Line, len(pages))
	for i, p := range pages {
		perPage[i] = linesOf(p, i)
	}
	l.Size = commonSize(perPage)
	l.Spacing = commonSpacing(perPage, l.Size)
	furniture := l.furniture(pages, perPage)
	for i, lines := range perPage {
		var text, foot []Line
		for n, line := range lines {
			if n == 0 || furniture[i][n-1] {
				line.Gap = 0
			}
			switch {
			case furniture[i][n]:
				l.LeftOut = append(l.LeftOut, line)
			case line.Note:
				foot = append(foot, line)
			default:
				text = append(text, line)
			}
		}
		body, notes := l.footnotes(text)
		l.Lines = append(l.Lines, body...)
		for _, line := range append(notes, foot...) {
			if isRule(line.Text) {
				l.LeftOut = append(l.LeftOut, line)
			} else {
				l.Lines = append(l.Lines, line)
			}
		}
	}
	l.settle()
	return l
}

// A margin is the edges that the columns at one place of the pages have.
type margin struct {
	lines    []int
	from, to float64
}

// settle gives each line the edges of its column as the text in it has them,
// whatever stands out: where most lines begin, and where few lines end later.
// Columns at one place of several pages have the same edges.
func (l *Layout) settle() {
	var margins []margin
	for begin := 0; begin < len(l.Lines); {
		end := begin + 1
		for end < len(l.Lines) && l.Lines[end].Page == l.Lines[begin].Page && l.Lines[end].From == l.Lines[begin].From && l.Lines[end].To == l.Lines[begin].To {
			end++
		}
		column := margin{}
		for i := begin; i < end; i++ {
			column.lines = append(column.lines, i)
		}
		l.fit(&column)
		begin = end
		same := slices.IndexFunc(margins, func(m margin) bool {
			return math.Abs(m.from-column.from) < l.Size && math.Abs(m.to-column.to) < 0.3*(m.to-m.from)
		})
		if same < 0 {
			margins = append(margins, column)
			continue
		}
		margins[same].lines = append(margins[same].lines, column.lines...)
	}
	for _, m := range margins {
		l.fit(&m)
		for _, i := range m.lines {
			l.Lines[i].From, l.Lines[i].To = m.from, m.to
		}
	}
}

// outstanding is the part of the lines of a column that may end beyond its edge.
const outstanding = 0.12

// fit finds the edges of a column.
func (l *Layout) fit(m *margin) {
	count := map[float64]int{}
	var ends []float64
	for _, i := range m.lines {
		line := l.Lines[i]
		if !line.Note {
			count[math.Round(line.Left)] += len(line.Text)
			ends = append(ends, line.Right)
		}
	}
	if len(ends) == 0 {
		m.from, m.to = l.Lines[m.lines[0]].From, l.Lines[m.lines[0]].To
		return
	}
	sort.Float64s(ends)
	m.from = most(count)
	m.to = math.Max(ends[len(ends)-1-int(outstanding*float64(len(ends)))], m.from)
}

// linesOf returns the lines of a page in the order in which they are read,
// what does not stand upright last, as notes.
func linesOf(p Page, page int) []Line {
	var upright, turned []Run
	for _, r := range p.Runs {
		if r.Turned {
			turned = append(turned, r)
		} else {
			upright = append(upright, r)
		}
	}
	var lines []Line
	for _, column := range columns(upright, 0) {
		lines = append(lines, merge(column)...)
	}
	for _, r := range turned {
		lines = append(lines, Line{Text: r.Text, Left: r.Left, Right: r.Right, Base: r.Base, Size: r.Size, From: r.Left, To: r.Right, Cells: 1, Body: r.Left, Note: true, Begins: true, parts: []string{r.Text}})
	}
	for i := range lines {
		lines[i].Page = page
	}
	return lines
}

// Bounds on what is taken for columns, in times the size of the font or in
// lines.
const (
	gutter      = 0.9 // least width between two columns
	leastLines  = 4   // in each of two columns
	mostNesting = 3   // columns in columns: at most eight side by side
)

// columns cuts runs into what is read one after the other: a stretch across all
// columns, or one column.
func columns(runs []Run, depth int) [][]Run {
	middle, found := findGutter(runs)
	if !found || depth == mostNesting {
		return [][]Run{runs}
	}
	sorted := slices.Clone(runs)
	sort.SliceStable(sorted, func(a, b int) bool { return sorted[a].Base > sorted[b].Base })
	alone := headings(sorted, middle)
	var out [][]Run
	var across, left, right []Run
	flush := func() {
		if beside(left, right, middle) {
			if len(across) > 0 {
				out = append(out, across)
			}
			out = append(out, columns(left, depth+1)...)
			out = append(out, columns(right, depth+1)...)
			across = nil
		} else {
			across = append(across, left...)
			across = append(across, right...)
		}
		left, right = nil, nil
	}
	for i, r := range sorted {
		switch {
		case alone[i]:
			flush()
			across = append(across, r)
		case r.Right <= middle:
			left = append(left, r)
		case r.Left >= middle:
			right = append(right, r)
		default:
			flush()
			across = append(across, r)
		}
	}
	flush()
	if len(across) > 0 {
		out = append(out, across)
	}
	return out
}

// headings returns which of the runs, which are sorted from the top down, are
// headings across both columns though they fill only the left: bold or larger
// than the others, with nothing beside them.
func headings(sorted []Run, middle float64) map[int]bool {
	var right []float64 // where runs of the right column stand, from the top down
	size := 0.0
	for _, r := range sorted {
		size += r.Size / float64(len(sorted))
		if r.Right > middle {
			right = append(right, -r.Base)
		}
	}
	found := map[int]bool{}
	for i, r := range sorted {
		if r.Right > middle || !r.Bold && r.Size < 1.15*size {
			continue
		}
		near, _ := slices.BinarySearch(right, -r.Base-1.5*r.Size)
		found[i] = near > 0 && near < len(right) && right[near] > -r.Base+1.5*r.Size
	}
	return found
}

// findGutter returns where, in the middle of the runs, the fewest of them stand.
func findGutter(runs []Run) (middle float64, found bool) {
	if len(runs) < 2*leastLines {
		return 0, false
	}
	from, to, size := math.Inf(1), math.Inf(-1), 0.0
	for _, r := range runs {
		from, to = math.Min(from, r.Left), math.Max(to, r.Right)
		size += r.Size / float64(len(runs))
	}
	width := to - from
	const steps = 400
	if width < 10*size || width <= 0 {
		return 0, false
	}
	var cover [steps + 2]int
	at := func(x float64) int { return int(steps * (x - from) / width) }
	for _, r := range runs {
		cover[at(r.Left)]++
		cover[at(r.Right)+1]--
	}
	fewest, begin, widest, best := len(runs), 0, 0, 0
	covered, length := 0, 0
	for i := range steps {
		covered += cover[i]
		if i < steps/4 || i > steps*3/4 {
			continue
		}
		switch {
		case covered < fewest:
			fewest, begin, length, widest, best = covered, i, 1, 1, i
		case covered == fewest && begin+length == i:
			length++
		case covered == fewest:
			begin, length = i, 1
		}
		if covered == fewest && length > widest {
			widest, best = length, begin
		}
	}
	middle = from + width*(float64(best)+float64(widest)/2)/steps
	return middle, float64(widest)*width/steps >= gutter*size*0.5 && fewest*2 < len(runs)
}

// beside reports whether runs are two columns of text rather than the cells of a
// table: enough lines on both sides, a gutter between them, and most lines of
// each as wide as it.
func beside(left, right []Run, middle float64) bool {
	if len(left) < leastLines || len(right) == 0 {
		return false
	}
	a, b := merge(left), merge(right)
	if len(a) < leastLines || len(a)+len(b) < 2*leastLines {
		return false
	}
	end, begin := math.Inf(-1), math.Inf(1)
	for _, l := range a {
		end = math.Max(end, l.Right)
	}
	for _, l := range b {
		begin = math.Min(begin, l.Left)
	}
	return begin-end >= gutter*a[0].Size && end <= middle && begin >= middle && full(a) && (len(b) < leastLines || full(b))
}

// full reports whether most lines are nearly as wide as the widest.
func full(lines []Line) bool {
	from, to := edges(lines)
	n := 0
	for _, l := range lines {
		if l.Right-l.Left > 0.75*(to-from) {
			n++
		}
	}
	return n*2 > len(lines)
}

// edges returns where lines begin and end: the outermost places.
func edges(lines []Line) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		from, to = math.Min(from, l.Left), math.Max(to, l.Right)
	}
	return from, to
}

// merge puts the runs of a column together to lines, from the top down.
func merge(runs []Run) []Line {
	sorted := slices.Clone(runs)
	sort.SliceStable(sorted, func(a, b int) bool { return sorted[a].Base > sorted[b].Base })
	var lines []Line
	var open []Run
	base, size := 0.0, 0.0
	flush := func() {
		if len(open) > 0 {
			lines = append(lines, assemble(open, base, size))
		}
		open = open[:0]
	}
	for _, r := range sorted {
		if len(open) > 0 && base-r.Base >= 0.5*math.Max(size, r.Size) {
			flush()
		}
		if len(open) == 0 || r.Size > size {
			base, size = r.Base, r.Size
		}
		open = append(open, r)
	}
	flush()
	from, to := edges(lines)
	for i := range lines {
		lines[i].From, lines[i].To = from, to
		if i > 0 {
			lines[i].Gap = lines[i-1].Base - lines[i].Base
		}
	}
	return lines
}

// commonSize returns the size of most characters.
func commonSize(pages [][]Line) float64 {
	count := map[float64]int{}
	for _, lines := range pages {
		for _, l := range lines {
			count[l.Size] += len(l.Text)
		}
	}
	return most(count)
}

// commonSpacing returns the distance between the lines of a paragraph in a size:
// the smallest that is common.
func commonSpacing(pages [][]Line, size float64) float64 {
	count := map[float64]int{}
	for _, lines := range pages {
		for _, l := range lines {
			if l.Gap > 0.8*size && l.Gap < 3*size && alike(l.Size, size) {
				count[math.Round(l.Gap*2)/2]++
			}
		}
	}
	spacing := most(count)
	for key, n := range count {
		if key < spacing && n*4 >= count[most(count)] {
			spacing = key
		}
	}
	return spacing
}

// most returns the key that is counted most, the smallest of several, 0 if
// there is none.
func most(count map[float64]int) float64 {
	best := 0.0
	for key, n := range count {
		if n > count[best] || n == count[best] && key < best {
			best = key
		}
	}
	return best
}

// alike reports whether two sizes of a font look the same.
func alike(a, b float64) bool { return math.Abs(a-b) <= 0.06*math.Max(a, b) }
