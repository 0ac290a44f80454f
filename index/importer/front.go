package importer

import (
	"strconv"
	"strings"

	"glossator/index"
)

// front builds the title of the text, which is its first headings up to the
// first text or the first heading that is recognised, and what stands above it,
// and returns how many pieces that took.
func (s *segmenter) front(pieces []piece) int {
	begin := s.runningHead(pieces)
	n := begin
	for n < len(pieces) && pieces[n].level > 0 && (s.articles || pieces[n].level == 1) {
		if _, found := recognise(pieces[n]); found {
			break
		}
		n++
	}
	if n == begin {
		return 0
	}
	for _, p := range pieces[:begin] {
		s.unnumbered(p.text)
	}
	s.closePassage()
	s.title = squeeze(pieces[begin].text)
	s.pushHeading(index.Section, "", s.title, mark{level: pieces[begin].level, plain: true})
	for _, p := range pieces[begin:n] {
		s.add(p.text, true)
	}
	s.close(0)
	return n
}

// runningHead returns how many pieces stand above the title of a text with
// articles: rows of a table and short lines that are no sentences, before a
// heading of the highest level.
func (s *segmenter) runningHead(pieces []piece) int {
	for i, p := range pieces[:min(len(pieces), 6)] {
		if p.level > 0 {
			if p.level == 1 && s.articles {
				return i
			}
			return 0
		}
		if !p.note && (len(p.text) > 100 || strings.ContainsRune(sentenceEnds, lastRune(p.text))) {
			return 0
		}
	}
	return 0
}

// joinLabels puts labels that stand alone before the text that follows them.
func joinLabels(pieces []piece) []piece {
	joined := make([]piece, 0, len(pieces))
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		if i+1 < len(pieces) && aloneLabel(p) && unlabelled(pieces[i+1]) {
			i++
			p.text += " " + pieces[i].text
		}
		joined = append(joined, p)
	}
	return joined
}

// aloneLabel reports whether a piece is a label with a number and nothing else.
func aloneLabel(p piece) bool {
	if p.level > 0 || p.note {
		return false
	}
	l, ok := scanLabel(p.text)
	return ok && l.length >= len(p.text) && l.number != "" && !l.weak()
}

// unlabelled reports whether a piece may be the text of a label before it.
func unlabelled(p piece) bool {
	if p.level > 0 || p.note {
		return false
	}
	if _, labelled := scanLabel(p.text); labelled {
		return false
	}
	_, found := recognise(p)
	return !found
}

// markAlone marks what looks like the heading of a regulation, a rule and so on
// where all of its kind have one number.
func markAlone(pieces []piece) {
	first, several := map[string]string{}, map[string]bool{}
	found := map[int]string{}
	for i, p := range pieces {
		h, ok := recognise(p)
		if !ok || h.kind == index.Article || !index.ArticleLike(h.kind) {
			continue
		}
		found[i] = h.kind
		if number, known := first[h.kind]; !known {
			first[h.kind] = h.number
		} else if number != h.number {
			several[h.kind] = true
		}
	}
	for i, kind := range found {
		pieces[i].alone = !several[kind]
	}
}

// tableOfContents returns the pieces that look like headings but only announce
// them: a run of three or more that the source does not mark as headings,
// without text between them, all of which come again.
func tableOfContents(pieces []piece) map[int]bool {
	headings := make([]heading, len(pieces))
	last := map[heading]int{}
	for i, p := range pieces {
		if h, ok := recognise(p); ok {
			headings[i] = heading{kind: h.kind, number: h.number}
			last[headings[i]] = i
		}
	}
	found := map[int]bool{}
	begin := 0
	for i := 0; i <= len(pieces); i++ {
		if i < len(pieces) && pieces[i].level == 0 && headings[i].kind != "" && last[headings[i]] > i {
			continue
		}
		if i-begin >= 3 {
			for at := begin; at < i; at++ {
				found[at] = true
			}
		}
		begin = i + 1
	}
	return found
}

// beforePreamble returns how many pieces stand before the heading of the preamble,
// 0 if there is none before the articles, and adds to the contents the headings of
// chapters and their like among these that come again after it: the text may begin
// inside its table of contents.
func beforePreamble(pieces []piece, contents map[int]bool) int {
	numbers := func(i int) (heading, bool) {
		h, ok := recognise(pieces[i])
		if value := articleValue(h.number); value > 0 {
			h.number = strconv.Itoa(value)
		}
		return heading{kind: h.kind, number: h.number}, ok && !contents[i]
	}
	at := 0
	for ; at < len(pieces); at++ {
		h, ok := numbers(at)
		if ok && h.kind == index.Preamble {
			break
		}
		if ok && index.ArticleLike(h.kind) {
			return 0
		}
	}
	if at == len(pieces) {
		return 0
	}
	later := map[heading]bool{}
	for i := at; i < len(pieces); i++ {
		if h, ok := numbers(i); ok && h.kind != index.Annex {
			later[h] = true
		}
	}
	for i := range at {
		if h, ok := numbers(i); ok && later[h] {
			contents[i] = true
		}
	}
	return at
}

// restarts returns the plain headings after which the articles begin again at
// 1: they begin another instrument.
func restarts(pieces []piece) map[int]bool {
	found := map[int]bool{}
	seen, pending := 0, []int(nil)
	for i, p := range pieces {
		h, ok := recognise(p)
		switch {
		case ok && h.kind == index.Article:
			if seen > 1 && (h.number == "1" || h.number == "I") {
				for _, at := range pending {
					found[at] = true
				}
			}
			seen, pending = seen+1, nil
		case ok:
			pending = nil
		case p.level > 0:
			pending = append(pending, i)
		}
	}
	return found
}
