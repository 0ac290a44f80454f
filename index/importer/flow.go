package importer

import (
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/index/importer/pdf"
)

// A flow is text that was laid out on pages, taken back into paragraphs.
type flow struct {
	layout  pdf.Layout
	indents bool // paragraphs begin indented
	words   *hyphens
	open    []pdf.Line

	pieces  []piece
	starts  []pageStart
	remarks []string
	shown   int // characters of the pieces that are not blank
	page    int // of the last line of the pieces, -1 before the first
}

// A paragraph is lines that belong together.
type paragraph struct {
	lines []pdf.Line
	notes [][]pdf.Line // that stand after it
}

func newFlow(l pdf.Layout) *flow {
	f := &flow{layout: l, page: -1, words: newHyphens(l.Lines)}
	f.indents = f.indented()
	var text, notes []pdf.Line
	for _, line := range l.Lines {
		if line.Note {
			notes = append(notes, line)
		} else {
			text = append(text, line)
		}
	}
	notes, imprint := apart(notes, l.Size)
	paragraphs := placeNotes(f.paragraphs(text), notes)
	levels := f.levels(paragraphs)
	for i, p := range paragraphs {
		if len(p.lines) > 0 {
			f.add(p.lines, piece{level: levels[i], note: p.lines[0].Cells > 1})
		}
		for _, note := range p.notes {
			f.add(note, piece{note: true, foot: true})
		}
	}
	for _, line := range imprint {
		f.add([]pdf.Line{line}, piece{note: true})
	}
	f.remark()
	return f
}

// apart separates footnotes from what else stands below the text of a page, such
// as the number of a document and its bar code, which is no note on anything.
func apart(lines []pdf.Line, size float64) (notes, imprint []pdf.Line) {
	for _, line := range lines {
		if line.Begins && noteMark(line.Text) == "" && line.Size > 0.93*size {
			imprint = append(imprint, line)
		} else {
			notes = append(notes, line)
		}
	}
	return notes, imprint
}

// add appends lines as one piece.
func (f *flow) add(lines []pdf.Line, p piece) {
	var text strings.Builder
	for i, line := range lines {
		if i > 0 {
			before := text.String()
			joined, space := f.words.join(before, line.Text)
			f.shown -= utf8.RuneCountInString(visibleOf(before)) - utf8.RuneCountInString(visibleOf(joined))
			text.Reset()
			text.WriteString(joined)
			if space {
				text.WriteByte(' ')
			}
		}
		if line.Page != f.page {
			f.page = line.Page
			f.starts = append(f.starts, pageStart{name: f.layout.Pages[line.Page], before: f.shown})
		}
		text.WriteString(line.Text)
		f.shown += utf8.RuneCountInString(visibleOf(line.Text))
	}
	p.text = squeeze(text.String())
	if p.text == "" {
		return
	}
	if p.level > 0 || p.note {
		f.pieces = append(f.pieces, p)
		return
	}
	for _, part := range splitHeading(p.text) {
		p.text = part
		f.pieces = append(f.pieces, p)
	}
}

func visibleOf(s string) string {
	return strings.Map(func(r rune) rune {
		if blank(r) {
			return -1
		}
		return r
	}, s)
}

// remark says what was left out.
func (f *flow) remark() {
	kinds := map[string]int{}
	for _, line := range f.layout.LeftOut {
		kinds[line.Text]++
	}
	if n := len(f.layout.LeftOut); n > 0 {
		f.remarks = append(f.remarks, "left out because they only repeat, number the pages or rule off notes: "+
			several(n, "line", "lines")+" at the head and foot of pages, such as “"+mostRepeated(kinds)+"”")
	}
	if n := f.words.mended; n > 0 {
		f.remarks = append(f.remarks, several(n, "word was", "words were")+" put together that the end of a line breaks")
	}
}

func mostRepeated(kinds map[string]int) string {
	texts := make([]string, 0, len(kinds))
	for text := range kinds {
		texts = append(texts, text)
	}
	sort.Slice(texts, func(a, b int) bool {
		if kinds[texts[a]] != kinds[texts[b]] {
			return kinds[texts[a]] > kinds[texts[b]]
		}
		return texts[a] < texts[b]
	})
	return texts[0]
}

// paragraphs puts lines together.
func (f *flow) paragraphs(lines []pdf.Line) []paragraph {
	var out []paragraph
	for _, line := range lines {
		if len(f.open) > 0 && !f.goesOn(line) {
			out = append(out, paragraph{lines: f.open})
			f.open = nil
		}
		f.open = append(f.open, line)
	}
	if len(f.open) > 0 {
		out = append(out, paragraph{lines: f.open})
	}
	return out
}

// goesOn reports whether a line belongs to the open paragraph.
func (f *flow) goesOn(next pdf.Line) bool {
	last := f.open[len(f.open)-1]
	em := math.Max(f.layout.Size, 1)
	if last.Cells > 1 || next.Cells > 1 || leader(last.Text) || differs(last, next) {
		return false
	}
	sameColumn := next.Gap > 0
	if sameColumn && next.Gap > 1.25*math.Max(f.layout.Spacing, 1.2*math.Max(next.Size, last.Size)) {
		return false
	}
	stops := endsSentence(last.Text)
	filled := last.To-last.Right < next.FirstWidth()+0.6*em
	cited := !stops && (cites[lastWord(last.Text)] || danglers[lastWord(last.Text)])
	if h, found := recognise(piece{text: f.openText()}); found && h.title == "" && !cites[lastWord(f.openText())] {
		return false
	}
	if _, found := recognise(piece{text: next.Text}); found && !cited && (stops || !filled || next.Centred()) {
		return false
	}
	l, labelled := scanLabel(next.Text)
	if labelled && !l.weak() && !cited && (stops || !filled || next.Body > next.Left || next.Left > last.Left+0.5*em) {
		return false
	}
	if sameColumn && !labelled && (f.sameAxis(last, next) || !stops && f.setOff(last) && math.Abs(next.Left-last.Body) < em) {
		return true
	}
	if !sameColumn {
		return f.goesOver(next, stops, filled)
	}
	return f.aligned(next, stops, filled)
}

// openText returns the text of the open paragraph, if it is short.
func (f *flow) openText() string {
	if len(f.open) > 2 {
		return ""
	}
	text := f.open[0].Text
	for _, line := range f.open[1:] {
		text += " " + line.Text
	}
	return text
}

// differs reports whether two lines are set so that they cannot be of one
// paragraph.
func differs(a, b pdf.Line) bool {
	return math.Abs(a.Size-b.Size) > 0.08*math.Max(a.Size, b.Size) || a.Bold != b.Bold && letters(a.Text) && letters(b.Text)
}

func letters(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// sameAxis reports whether two short lines stand one below the other around one
// axis, as the lines of a heading do.
func (f *flow) sameAxis(a, b pdf.Line) bool {
	em := b.Size
	short := func(l pdf.Line) bool { return l.Left-l.From > em && l.To-l.Right > em }
	return short(a) && short(b) && a.Italic == b.Italic && math.Abs(a.Left-b.Left) > em/2 &&
		math.Abs((a.Left+a.Right)-(b.Left+b.Right)) < 4*em
}

// setOff reports whether a line is set as a heading.
func (f *flow) setOff(line pdf.Line) bool {
	return line.Bold || line.Size > 1.08*f.layout.Size
}

// goesOver reports whether a line goes on with the paragraph from another column
// or page.
func (f *flow) goesOver(next pdf.Line, stops, filled bool) bool {
	indented := next.Left > next.From+0.7*next.Size && next.Left-next.From < 8*next.Size
	switch {
	case lowerFirst(next.Text):
		return !stops || filled
	case !filled:
		return false
	case !stops:
		return true
	}
	return f.indents && !indented
}

// ragged is the part of a column that a line of a paragraph may leave empty if
// its sentence goes on.
const ragged = 0.25

// aligned reports whether a line in the same column stands where the lines of
// the open paragraph do.
func (f *flow) aligned(next pdf.Line, stops, filled bool) bool {
	last := f.open[len(f.open)-1]
	near := 0.7 * next.Size
	if len(f.open) == 1 {
		hanging := math.Abs(next.Left-last.Body) < near
		if next.Left > last.Left+near && !hanging {
			return false
		}
	} else if next.Left > last.Left+near || next.Left < last.Left-near && (stops || !filled) {
		return false
	}
	return filled || !stops && (lowerFirst(next.Text) || last.To-last.Right < ragged*(last.To-last.From))
}

// indented reports whether most paragraphs begin further right than they go on.
func (f *flow) indented() bool {
	in, flush := 0, 0
	for i := 1; i+1 < len(f.layout.Lines); i++ {
		a, b := f.layout.Lines[i], f.layout.Lines[i+1]
		if a.Note || b.Gap == 0 || a.To-a.Right > 2*a.Size || !endsSentence(f.layout.Lines[i-1].Text) {
			continue
		}
		switch gap := a.Left - b.Left; {
		case gap > 0.7*a.Size:
			in++
		case gap > -0.7*a.Size:
			flush++
		}
	}
	return in > flush
}

// endsSentence reports whether a line ends as a sentence or a clause of its own
// does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "⁰¹²³⁴⁵⁶⁷⁸⁹ ”\"’»)*†")
	if s == "" {
		return true
	}
	return strings.ContainsRune(".;:!?。；：！？", lastRune(s)) || breaks(s)
}

// dots lead from a heading in a table of contents to its page.
var dots = regexp.MustCompile(` *(?:\.{4}|\. \. \. \.|……)[ .…]*`)

// leader reports whether a line leads to a page by dots.
func leader(s string) bool { return dots.MatchString(s) }

// levels ranks the paragraphs that are set as headings: larger than the text, or
// bold if that is not. The largest have level 1; the others 0.
func (f *flow) levels(paragraphs []paragraph) []int {
	bold, all := 0, 0
	for _, line := range f.layout.Lines {
		all += len(line.Text)
		if line.Bold {
			bold += len(line.Text)
		}
	}
	boldText := bold*2 > all
	type look struct {
		size int
		bold bool
	}
	of := make([]look, len(paragraphs))
	var looks []look
	for i, p := range paragraphs {
		if !f.headingLike(p, boldText) {
			continue
		}
		of[i] = look{int(math.Round(p.lines[0].Size * 2)), p.lines[0].Bold}
		if !slices.Contains(looks, of[i]) {
			looks = append(looks, of[i])
		}
	}
	sort.Slice(looks, func(a, b int) bool {
		if looks[a].size != looks[b].size {
			return looks[a].size > looks[b].size
		}
		return looks[a].bold && !looks[b].bold
	})
	levels := make([]int, len(paragraphs))
	for i := range paragraphs {
		if of[i].size > 0 {
			levels[i] = min(6, slices.Index(looks, of[i])+1)
		}
	}
	return levels
}

func (f *flow) headingLike(p paragraph, boldText bool) bool {
	if len(p.lines) == 0 || len(p.lines) > 4 || p.lines[0].Cells > 1 {
		return false
	}
	first, length := p.lines[0], 0
	for _, line := range p.lines {
		length += len(line.Text)
		if leader(line.Text) {
			return false
		}
	}
	larger := first.Size > 1.08*f.layout.Size
	text := p.lines[len(p.lines)-1].Text
	return (larger || first.Bold && !boldText) && letters(first.Text) && length < 250 && !strings.ContainsRune(";,", lastRune(text))
}

// placeNotes puts each note after the paragraph of its page in which its mark
// stands, or else after the last paragraph of its page.
func placeNotes(paragraphs []paragraph, lines []pdf.Line) []paragraph {
	var notes [][]pdf.Line
	for _, line := range lines {
		if n := len(notes); n > 0 && !line.Begins {
			notes[n-1] = append(notes[n-1], line)
			continue
		}
		notes = append(notes, []pdf.Line{line})
	}
	if len(notes) > 0 && len(paragraphs) == 0 {
		paragraphs = []paragraph{{}}
	}
	at := 0 // the first paragraph that ends on the page of the note
	for _, note := range notes {
		page := note[0].Page
		for at < len(paragraphs)-1 && paragraphs[at].last() < page {
			at++
		}
		mark := noteMark(note[0].Text)
		place := at
		for i := at; i < len(paragraphs) && (i == at || paragraphs[i].lines[0].Page <= page); i++ {
			if mark == "" || !paragraphs[place].marks(mark, page) {
				place = i
			}
		}
		paragraphs[place].notes = append(paragraphs[place].notes, note)
	}
	return paragraphs
}

// last returns the page on which a paragraph ends.
func (p paragraph) last() int {
	if len(p.lines) == 0 {
		return 0
	}
	return p.lines[len(p.lines)-1].Page
}

// marks reports whether a note is called for in a paragraph on a page.
func (p paragraph) marks(mark string, page int) bool {
	for _, line := range p.lines {
		for at := 0; line.Page == page; {
			found := strings.Index(line.Text[at:], mark)
			if found < 0 {
				break
			}
			end := at + found + len(mark)
			if !raisedDigit(firstRune(line.Text[end:])) && !raisedDigit(lastRune(line.Text[:at+found])) {
				return true
			}
			at = end
		}
	}
	return false
}

// noteMark returns the raised number that a note begins with, "" if there is
// none.
func noteMark(s string) string {
	end := 0
	for end < len(s) && raisedDigit(firstRune(s[end:])) {
		end += utf8.RuneLen(firstRune(s[end:]))
	}
	return s[:end]
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func raisedDigit(r rune) bool {
	return strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) && r != utf8.RuneError
}

// A hyphens knows how the words of a text are written where they are not broken
// at the end of a line.
type hyphens struct {
	words  map[string]bool
	mended int
}

func newHyphens(lines []pdf.Line) *hyphens {
	h := &hyphens{words: map[string]bool{}}
	for _, line := range lines {
		for _, word := range strings.Fields(line.Text) {
			h.words[bareWord(word)] = true
		}
	}
	return h
}

// bareWord returns a word in small letters without what stands around it.
func bareWord(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}

// join returns a text as it goes on in next, and whether a space stands between
// them. A hyphen that breaks a word at the end of a line goes if the word is
// written without it elsewhere, or if it is soft; it stays if it is part of the
// word or nothing tells.
func (h *hyphens) join(text, next string) (string, bool) {
	text = strings.TrimRight(text, " ")
	last := lastRune(text)
	if last == '\u00ad' {
		h.mended++
		return text[:len(text)-utf8.RuneLen(last)], false
	}
	if last != '-' && last != '\u2010' {
		return text, !seamless(text, next) && last != '—' && last != '–'
	}
	stem := text[:len(text)-utf8.RuneLen(last)]
	before := bareWord(stem[strings.LastIndexAny(stem[:len(strings.TrimRight(stem, " "))], " ")+1:])
	after, _, _ := strings.Cut(next, " ")
	apart := strings.HasSuffix(stem, " ")
	trimmed := strings.TrimRight(stem, " ")
	switch {
	case before == "" || !unicode.IsLetter(lastRune(trimmed)) && !unicode.IsDigit(lastRune(trimmed)):
		return text, true
	case h.words[before+"-"+bareWord(after)]:
		return trimmed + string(last), false
	case h.words[before+bareWord(after)] && lowerFirst(next):
		h.mended++
		return trimmed, false
	}
	return text, apart
}
