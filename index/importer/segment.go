package importer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/index"
)

// A piece is a stretch of text that stands alone in its source: a heading, a
// paragraph, a point, a row of a table.
type piece struct {
	text string
	// level is how deep the source marks the piece as a heading: 1 for the
	// highest, 0 for text.
	level int
	// subtitle says that the source marks the heading as going on from the one
	// before.
	subtitle bool
	// note says that the piece is a footnote or a row of a table, whose first
	// number is no label.
	note bool
	// alone says that its number is the only one of its kind, and so numbers
	// nothing: the title "Regulation 7 of the Towns".
	alone bool
	// foot says that the note belongs to the text before it, in whatever that is.
	foot bool
}

// A segmenter recognises structure in a sequence of pieces and builds it.
type segmenter struct {
	builder
	marks []mark         // by depth of the open provisions
	lists []list         // the lists open in the passage, outermost first
	ranks map[string]int // kinds of container in the order in which they first came, in this annex
	// numbered is the shape of the numbered paragraphs of the open container,
	// -1 as long as there are none.
	numbered shape
	// began is the label that began the open paragraph.
	began label
	// following are the pieces after the one being built.
	following []piece
	title     string
	untitled  bool // the last piece was the heading of a provision and gave no title
	closed    bool // the closing formula has passed
	articles  bool // there are articles, so what comes before them is a preamble
	reached   bool // the first article has begun
	ahead     bool // the heading of the preamble is still to come
	relisted  bool // lists begin again at 1 outside articles, so they are no numbered paragraphs
}

// A mark says how the source marked the heading of a provision.
type mark struct {
	level int
	plain bool // by a heading alone, without keyword
}

// A list is a series of labels in a passage.
type list struct {
	style style
	shape shape
	value int // of the last label
	depth int // of its provisions
}

func newSegmenter() *segmenter {
	return &segmenter{ranks: map[string]int{}, numbered: -1}
}

// segment builds the structure of a whole text.
func segment(pieces []piece) *segmenter {
	s := newSegmenter()
	pieces = joinLabels(pieces)
	markAlone(pieces)
	s.survey(pieces)
	s.build(pieces[s.front(pieces):])
	return s
}

// build adds pieces to what has been built.
func (s *segmenter) build(pieces []piece) {
	contents := tableOfContents(pieces)
	preamble := beforePreamble(pieces, contents)
	restarts := restarts(pieces)
	for i, p := range pieces {
		s.following, s.ahead = pieces[i+1:], i < preamble
		h, found := recognise(p)
		switch {
		case p.foot:
			s.foot(p)
		case found && contents[i]:
			s.text(piece{text: p.text, note: true})
		case found && index.ArticleLike(h.kind):
			s.article(h, p.level, p.text)
		case found:
			s.container(h, p.level, p.text)
		case p.level > 0:
			s.plainHeading(p, restarts[i])
		case s.untitled && s.last().level == 0 && i+1 < len(pieces) && s.titleLike(p.text, pieces[i+1]):
			s.retitle(p.text)
		case i+1 < len(pieces) && s.standsAsHeading(p, pieces[i+1]):
			s.plainHeading(piece{text: p.text, level: 6}, false)
		default:
			s.text(p)
		}
	}
}

// recognise returns the heading that a piece is. A piece that the source does
// not mark as a heading must look like one: nothing, a dash or a title in
// capitals follows the number, and it does not end as a sentence does.
func recognise(p piece) (heading, bool) {
	if p.note || p.alone || len(p.text) > 400 {
		return heading{}, false
	}
	h, ok := parseHeading(p.text)
	if !ok {
		return h, false
	}
	if at := dots.FindStringIndex(h.title); at != nil {
		h.title = h.title[:at[0]]
	}
	first, _ := utf8.DecodeRuneInString(h.title)
	capital := h.title == "" || !unicode.IsLower(first) && !strings.ContainsRune(",;()", first)
	if p.level > 0 {
		return h, h.dashed || capital
	}
	if h.kind == index.Preamble {
		return h, h.title == ""
	}
	if h.kind == index.Annex && h.number == "" && h.title != "" {
		return h, false
	}
	last := p.text[len(p.text)-1]
	return h, capital && len(h.title) < 200 && !strings.Contains(h.title, ". ") && (h.title == "" || last != '.' && last != ';' && last != ',' && last != ':')
}

// survey finds out what must be known before the first piece is built.
func (s *segmenter) survey(pieces []piece) {
	ones, inArticle := 0, false
	for _, p := range pieces {
		h, found := recognise(p)
		switch {
		case found && h.kind == index.Annex:
			inArticle = true // an annex counts for itself
		case found:
			inArticle = index.ArticleLike(h.kind)
			s.articles = s.articles || inArticle
		case p.level > 0:
			inArticle = inArticle && p.subtitle
		case !inArticle && !p.note:
			if l, ok := scanLabel(p.text); ok && l.number == "1" {
				ones++
			}
		}
	}
	s.relisted = ones > 1
}

// close closes the provisions deeper than depth.
func (s *segmenter) close(depth int) {
	s.closeTo(depth)
	s.marks = s.marks[:len(s.open)]
	for len(s.lists) > 0 && s.lists[len(s.lists)-1].depth >= len(s.open) {
		s.lists = s.lists[:len(s.lists)-1]
	}
}

// closePassage closes the open passage, if there is one.
func (s *segmenter) closePassage() {
	if depth := s.passage(); depth >= 0 {
		s.close(depth)
	}
	s.lists = nil
}

func (s *segmenter) pushHeading(kind, number, title string, m mark) {
	s.push(kind, number)
	s.provisions[s.top()].Heading = title
	s.marks = append(s.marks, m)
}

func (s *segmenter) pushText(kind, number string) {
	s.push(kind, number)
	s.marks = append(s.marks, mark{})
}

// last returns the mark of the innermost open provision.
func (s *segmenter) last() mark { return s.marks[len(s.marks)-1] }

// article opens an article, or what stands in its place.
func (s *segmenter) article(h heading, level int, text string) {
	s.closePassage()
	for len(s.open) > 0 {
		deeper := s.last().plain && level > 0 && s.last().level >= level
		if !deeper && s.provisions[s.top()].Kind != index.Preamble {
			break
		}
		s.close(len(s.open) - 1)
	}
	s.openArticle(h, level, text)
}

// openArticle opens an article where things stand.
func (s *segmenter) openArticle(h heading, level int, text string) {
	s.closePassage()
	s.pushHeading(h.kind, h.number, squeeze(h.title), mark{level: level})
	s.add(text, true)
	s.untitled, s.closed, s.reached = h.title == "", false, true
}

// container opens a part, title, chapter, section, annex or preamble.
func (s *segmenter) container(h heading, level int, text string) {
	s.closePassage()
	switch h.kind {
	case index.Annex, index.Preamble:
		s.close(0)
		s.ranks = map[string]int{}
	default:
		s.closeFor(h.kind, level)
	}
	s.pushHeading(h.kind, h.number, squeeze(h.title), mark{level: level})
	s.add(text, true)
	s.untitled, s.numbered, s.closed = h.title == "" && h.kind != index.Preamble, -1, false
}

// closeFor closes the containers that one of a numbered kind cannot be inside
// of: the same kind, kinds that first came after it, and sections without a
// number that are not above it.
func (s *segmenter) closeFor(kind string, level int) {
	rank, known := s.ranks[kind]
	if !known {
		rank = len(s.ranks)
		s.ranks[kind] = rank
	}
	for len(s.open) > 0 {
		switch top := s.provisions[s.top()].Kind; {
		case top == index.Annex:
			return
		case s.last().plain && level > 0 && s.last().level < level:
			return
		case !s.last().plain && top != index.Preamble && s.ranks[top] < rank:
			return
		}
		s.close(len(s.open) - 1)
	}
}

// plainHeading opens a section that has a heading and no number or keyword, or
// gives the provision opened last its title.
func (s *segmenter) plainHeading(p piece, restart bool) {
	l, labelled := scanLabel(p.text)
	numbered := labelled && l.shape <= bracket && l.length < len(p.text)
	if s.untitled && !numbered && len(s.open) > 0 && s.last().level <= p.level {
		s.retitle(p.text)
		return
	}
	if depth := s.passage(); depth >= 0 && s.marks[depth].level > 0 && p.level > s.marks[depth].level {
		s.close(depth + 1)
		s.add(p.text, true)
		return
	}
	s.closePassage()
	for len(s.open) > 0 {
		beside := s.last().plain && s.last().level >= p.level || s.last().level > p.level
		if !beside && !restart && s.provisions[s.top()].Kind != index.Preamble {
			break
		}
		s.close(len(s.open) - 1)
	}
	number, title := "", p.text
	if numbered {
		number, title = l.number, p.text[l.length:]
	}
	s.pushHeading(index.Section, number, squeeze(title), mark{level: p.level, plain: true})
	s.add(p.text, true)
	s.numbered, s.closed = -1, false
}

// retitle gives the provision opened last its title.
func (s *segmenter) retitle(text string) {
	s.provisions[s.top()].Heading = squeeze(text)
	s.add(text, true)
	s.untitled = false
}

// titleLike reports whether a text that follows a heading without a title is
// its title: a line in its own right, not a sentence, with something after it,
// which may be a heading below that of a chapter or its like.
func (s *segmenter) titleLike(text string, next piece) bool {
	if len(text) > 160 {
		return false
	}
	if _, label := scanLabel(text); label {
		return false
	}
	kind := s.provisions[s.top()].Kind
	if _, found := recognise(next); found && (index.ArticleLike(kind) || kind == index.Annex) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(first) && !strings.ContainsRune(sentenceEnds, lastRune(text))
}

// standsAsHeading reports whether a piece that is not marked as a heading is
// one by what it is and what follows: capitals before the heading of an article
// or a container, or a short line before a numbered paragraph.
func (s *segmenter) standsAsHeading(p, next piece) bool {
	if p.note || s.closed || len(p.text) > 100 || opensRecitals(p.text) || strings.ContainsRune(sentenceEnds, lastRune(p.text)) {
		return false
	}
	letters := 0
	capitals := true
	for _, r := range p.text {
		if unicode.IsDigit(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
			capitals = capitals && unicode.IsUpper(r)
		}
	}
	if letters < 4 {
		return false
	}
	if _, found := recognise(next); found {
		return capitals
	}
	l, ok := scanLabel(next.text)
	if inArticle := s.passage() >= 0 && index.ArticleLike(s.kindAt(s.passage())); inArticle || !ok || len(p.text) > 80 {
		return false
	}
	own, labelled := scanLabel(p.text)
	first, _ := utf8.DecodeRuneInString(p.text)
	return l.readings[0].style == digits && !l.weak() && (labelled && own.readings[0].style == numeral || !labelled && unicode.IsUpper(first))
}

// sentenceEnds are the marks that end a sentence or a part of one, but no title.
const sentenceEnds = ".;:,。；：，،؛"

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
