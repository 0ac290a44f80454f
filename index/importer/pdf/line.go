package pdf

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Widths in times the size of the font.
const (
	wordGap  = 0.15 // from which two runs are two words
	labelGap = 0.35 // from which a label is set off from its text
	cellGap  = 4.0  // from which two stretches of a line have nothing to do with each other
)

// assemble makes a line of the runs on it. base and size are those of its
// largest characters.
func assemble(runs []Run, base, size float64) Line {
	sort.SliceStable(runs, func(a, b int) bool { return runs[a].Left < runs[b].Left })
	if rightToLeft(runs) {
		slices.Reverse(runs)
	}
	line := Line{Left: math.Inf(1), Right: math.Inf(-1), Base: base, Size: size, Bold: true, Italic: true}
	var text strings.Builder
	cell := 0          // where the open cell begins
	wasRaised := false // the run before
	for i, r := range runs {
		line.Left, line.Right = math.Min(line.Left, r.Left), math.Max(line.Right, r.Right)
		shown := r.Text
		raised := r.Size < 0.8*size && r.Base-base > 0.15*size
		if raised {
			shown = superscript(shown)
		} else if strings.ContainsFunc(shown, unicode.IsLetter) {
			line.Bold, line.Italic = line.Bold && r.Bold, line.Italic && r.Italic
		}
		if i > 0 {
			before := runs[i-1]
			gap := math.Max(r.Left-before.Right, before.Left-r.Right)
			switch {
			case gap > cellGap*size:
				line.parts = append(line.parts, text.String()[cell:])
				text.WriteByte(' ')
				cell = text.Len()
			case raised && gap < 0.5*size:
				if wordEnds(lastOf(text.String())) {
					text.WriteByte(' ') // so that the number of the note is no part of the word
				}
			case before.Space && gap > 0, gap > wordGap*size, wasRaised && wordEnds(firstOf(shown)):
				text.WriteByte(' ')
			}
			if i == 1 && gap > labelGap*size || i == 3 && line.Body == 0 && gap > labelGap*size && text.Len() <= 6 {
				line.Body = r.Left
			}
		}
		text.WriteString(shown)
		wasRaised = raised
	}
	line.Text = text.String()
	line.parts = append(line.parts, line.Text[cell:])
	line.Cells = len(line.parts)
	if line.Body == 0 || line.Body > line.Left+6*size {
		line.Body = line.Left
	}
	if !strings.ContainsFunc(line.Text, unicode.IsLetter) {
		line.Bold, line.Italic = false, false
	}
	return line
}

// wordEnds reports whether a character is of a word or a number.
func wordEnds(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func firstOf(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastOf(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// rightToLeft reports whether most letters are of a script written from right to
// left.
func rightToLeft(runs []Run) bool {
	n := 0
	for _, r := range runs {
		for _, c := range r.Text {
			switch {
			case unicode.In(c, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana):
				n++
			case unicode.IsLetter(c):
				n--
			}
		}
	}
	return n > 0
}

// raised are the digits as Unicode has them raised.
var raised = map[rune]rune{
	'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
}

// superscript returns the number of a note in raised digits, so that it goes on
// from no word or number, and any other text as it is.
func superscript(s string) string {
	var out strings.Builder
	for _, r := range s {
		up, known := raised[r]
		switch {
		case known:
			out.WriteRune(up)
		case r == ',' || r == ' ' || r == '*' || r == '†' || r == '(' || r == ')':
			out.WriteRune(r)
		default:
			return s
		}
	}
	return out.String()
}

// FirstWidth estimates how wide the first word of the line is.
func (l Line) FirstWidth() float64 {
	word, _, _ := strings.Cut(l.Text, " ")
	n := utf8.RuneCountInString(l.Text)
	if n == 0 {
		return 0
	}
	return (l.Right - l.Left) * float64(utf8.RuneCountInString(word)) / float64(n)
}

// Centred reports whether the line stands in the middle of its column and fills
// it on neither side.
func (l Line) Centred() bool {
	before, after := l.Left-l.From, l.To-l.Right
	return before > 2*l.Size && after > 2*l.Size && math.Abs(before-after) < math.Max(l.Size, 0.12*(before+after))
}

// isRule reports whether a text is a line drawn with characters.
func isRule(s string) bool {
	n := 0
	for _, r := range s {
		switch r {
		case '_', '-', '–', '—', '―', '─', '*', ' ', '=':
			n++
		default:
			return false
		}
	}
	return n >= 5
}
