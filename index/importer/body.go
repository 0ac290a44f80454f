package importer

import (
	"slices"
	"strings"

	"glossator/index"
)

// text builds a piece that is no heading: a paragraph, a point, or more text of
// the one before.
func (s *segmenter) text(p piece) {
	s.untitled = false
	if closes(p.text) {
		s.closeBody()
	}
	depth := s.passage()
	if depth >= 0 && index.ArticleLike(s.kindAt(depth)) {
		s.articleText(p)
		return
	}
	if s.beginsPreamble(p.text) {
		s.openPreamble()
	}
	if p.note {
		s.unnumbered(p.text)
		return
	}
	s.containerText(p.text)
}

// foot adds a note to the provision it is printed after, whatever that is, unless
// nothing is open to hold it.
func (s *segmenter) foot(p piece) {
	if s.passage() < 0 {
		s.unnumbered(p.text)
		return
	}
	s.add(p.text, false)
}

// beginsPreamble reports whether a text begins the preamble: it comes before
// the articles, with no heading of the preamble to come, and stands in no
// container, or opens the recitals in one that is neither the preamble nor an
// annex.
func (s *segmenter) beginsPreamble(text string) bool {
	if !s.articles || s.closed || s.reached || s.ahead {
		return false
	}
	if len(s.open) == 0 {
		return true
	}
	return opensRecitals(text) && s.kindAt(0) != index.Preamble && s.kindAt(0) != index.Annex
}

// openPreamble opens the preamble. If it was open before, what stands between
// belongs to it.
func (s *segmenter) openPreamble() {
	s.closePassage()
	s.close(0)
	s.numbered = -1
	first := slices.IndexFunc(s.provisions, func(p index.Provision) bool { return p.Kind == index.Preamble })
	if first < 0 {
		s.pushHeading(index.Preamble, "", "", mark{})
		return
	}
	for i := len(s.provisions) - 1; i > first; i-- {
		for s.provisions[i].Parent >= 0 {
			i = s.provisions[i].Parent
		}
		if i > first {
			s.provisions[i].Parent = first
		}
	}
	s.open, s.marks = append(s.open, first), append(s.marks, mark{})
}

// closeBody leaves the article that the closing formula follows, and the
// chapters around it, but not the annex.
func (s *segmenter) closeBody() {
	s.closePassage()
	if len(s.open) > 0 && s.kindAt(0) == index.Annex {
		s.close(1)
	} else {
		s.close(0)
	}
	s.closed = true
	s.numbered = -1
}

// articleText adds to the open article.
func (s *segmenter) articleText(p piece) {
	if !p.note {
		if l, ok := scanLabel(p.text); ok && s.place(l, p.text) {
			return
		}
	}
	if !s.insideList() {
		s.closePoints()
	}
	s.add(p.text, false)
}

// articleTexts adds the text of an article, a paragraph or point at a time.
func (s *segmenter) articleTexts(texts []string) {
	pieces := make([]piece, len(texts))
	for i, text := range texts {
		pieces[i].text = text
	}
	for i, p := range pieces {
		s.following = pieces[i+1:]
		s.articleText(p)
	}
}

// insideList reports whether text without a label stands between two points of
// one list, as a further paragraph of the first, and closes what is deeper than
// that point.
func (s *segmenter) insideList() bool {
	for _, p := range s.following[:min(len(s.following), 3)] {
		if _, found := recognise(p); found || p.level > 0 {
			return false
		}
		l, ok := scanLabel(p.text)
		if !ok || p.note {
			continue
		}
		for at := len(s.lists) - 1; at >= 0; at-- {
			for _, r := range l.readings {
				if s.alike(at, l, r) && r.style != dash && r.value == s.lists[at].value+1 {
					s.close(s.lists[at].depth + 1)
					return true
				}
			}
		}
		return false
	}
	return false
}

// closePoints closes the open points, so that text without a label belongs to
// the paragraph or article around them.
func (s *segmenter) closePoints() {
	depth := len(s.open)
	for depth > 0 && s.kindAt(depth-1) == index.Point {
		depth--
	}
	s.close(depth)
}

// containerText adds a paragraph, a recital or a point outside articles.
func (s *segmenter) containerText(text string) {
	l, ok := scanLabel(text)
	if !ok && s.insideList() {
		s.add(text, false)
		return
	}
	if !ok || l.weak() && s.closed {
		s.unnumbered(text)
		return
	}
	if s.passage() >= 0 && s.partOfPassage(l) && s.place(l, text) {
		return
	}
	if l.weak() && !s.goesOn(l) {
		s.unnumbered(text)
		return
	}
	s.closePassage()
	kind := index.Paragraph
	if len(s.open) > 0 && s.kindAt(len(s.open)-1) == index.Preamble && l.readings[0].style == digits {
		kind = index.Recital
	}
	s.pushText(kind, l.number)
	s.began = l
	s.add(text, false)
	if l.readings[0].style <= dotted {
		s.numbered = l.shape
	}
}

// goesOn reports whether a label is the first of its kind or follows the one
// that began the open paragraph.
func (s *segmenter) goesOn(l label) bool {
	for _, r := range l.readings {
		if r.value == 1 {
			return true
		}
		for _, before := range s.began.readings {
			if before.style == r.style && s.began.shape == l.shape && r.value == before.value+1 {
				return true
			}
		}
	}
	return false
}

// partOfPassage reports whether a label is of a point in the open paragraph
// rather than of a paragraph of its own.
func (s *segmenter) partOfPassage(l label) bool {
	if l.readings[0].style == dotted || s.unnumberedAlone() && !s.introduces(l) {
		return false
	}
	if l.readings[0].style != digits {
		return len(s.began.readings) == 0 || s.began.shape != l.shape || s.began.readings[0].style != l.readings[0].style
	}
	if s.listOpen(l) {
		return true
	}
	if depth := s.passage(); s.numbered < 0 && depth > 0 && s.kindAt(depth-1) == index.Preamble {
		return false
	}
	if s.numbered >= 0 {
		return l.shape != s.numbered && l.readings[0].value == 1
	}
	return s.kindAt(0) != index.Annex && s.relisted && l.number == "1" && s.unnumberedAlone()
}

// unnumberedAlone reports whether the open passage is a paragraph without a
// number and has no points yet.
func (s *segmenter) unnumberedAlone() bool {
	return len(s.began.readings) == 0 && len(s.lists) == 0
}

// mostPoints is more points than a paragraph without a number may have; a longer
// list is paragraphs of its own.
const mostPoints = 30

// introduces reports whether the list that a label begins belongs to the open
// paragraph: it is counted in letters or not at all, so that its items do not
// read on their own, or the paragraph's sentence goes on; and it is no longer
// than a paragraph may hold.
func (s *segmenter) introduces(l label) bool {
	first := l.readings[0]
	if first.style == digits && !strings.ContainsRune(":;,–—：；，", lastRune(s.blocks[len(s.blocks)-1].text)) {
		return false
	}
	points := 1
	for _, p := range s.following[:min(len(s.following), 10*mostPoints)] {
		if points == mostPoints || p.level > 0 {
			break
		}
		next, labelled := scanLabel(p.text)
		switch {
		case labelled && !p.note && next.follows(l, points):
			points++
		case first.style == dash && !labelled, labelled && next.follows(l, 0):
			return true
		}
	}
	return points < mostPoints
}

// listOpen reports whether a label goes on with a list that is open.
func (s *segmenter) listOpen(l label) bool {
	for _, open := range s.lists {
		for _, r := range l.readings {
			if open.style == r.style && open.shape == l.shape && r.value == open.value+1 {
				return true
			}
		}
	}
	return false
}

// unnumbered adds a paragraph without a number.
func (s *segmenter) unnumbered(text string) {
	s.closePassage()
	s.pushText(index.Paragraph, "")
	s.began = label{}
	s.add(text, false)
}

// place opens the provision of a label in the open passage. It returns false if
// the label is more likely the beginning of a sentence.
func (s *segmenter) place(l label, text string) bool {
	at, value, ok := s.findList(l)
	if !ok {
		return false
	}
	kind := index.Point
	if at == len(s.lists) {
		style := l.readings[0].style
		for _, r := range l.readings {
			if r.value == value {
				style = r.style
			}
		}
		if len(s.lists) > 0 {
			s.close(s.lists[at-1].depth + 1)
		}
		s.lists = append(s.lists, list{style: style, shape: l.shape, depth: len(s.open)})
	}
	open := s.lists[at]
	if passage := s.passage(); at == 0 && index.ArticleLike(s.kindAt(passage)) && open.depth == passage+1 && open.style <= dotted {
		kind = index.Paragraph
	}
	open.value = value
	s.close(open.depth)
	s.lists = append(s.lists[:at], open)
	s.pushText(kind, l.number)
	s.add(text, false)
	return true
}

// findList returns the list that a label belongs to, counted from the outermost
// (a new one if it is len(s.lists)), and the label's value in it. A label that
// follows the last one of a list goes on with it, the innermost first; one that
// counts as first begins a list inside the others; any other goes on with a list
// of its kind, or begins one.
func (s *segmenter) findList(l label) (at, value int, ok bool) {
	for at := len(s.lists) - 1; at >= 0; at-- {
		for _, r := range l.readings {
			if s.alike(at, l, r) && (r.value == s.lists[at].value+1 || r.style == dash) {
				return at, r.value, true
			}
		}
	}
	for _, r := range l.readings {
		if r.value <= 1 {
			for at := range s.lists {
				if s.alike(at, l, r) {
					return at, r.value, !l.weak()
				}
			}
			return len(s.lists), r.value, l.shape != bare || len(s.lists) == 0
		}
	}
	if l.weak() {
		return 0, 0, false
	}
	for at := len(s.lists) - 1; at >= 0; at-- {
		for _, r := range l.readings {
			if s.alike(at, l, r) {
				return at, r.value, true
			}
		}
	}
	return len(s.lists), l.readings[0].value, true
}

func (s *segmenter) alike(at int, l label, r reading) bool {
	return s.lists[at].style == r.style && s.lists[at].shape == l.shape
}
