package importer

import (
	"strings"

	"glossator/index"
)

// splitLanguages returns the two texts of a source that has first one language
// and then the other, as "en+nl" says: the second begins where the articles are
// counted from 1 again, with the headings before that. It returns nil if the
// source is not said to be in two languages or does not count again.
func splitLanguages(pieces []piece, languages string) []draft {
	first, second, two := strings.Cut(languages, "+")
	if !two {
		return nil
	}
	at := countsAgain(pieces)
	if at == 0 {
		return nil
	}
	drafts := make([]draft, 2)
	for i, half := range [][]piece{pieces[:at], pieces[at:]} {
		built := segment(half)
		drafts[i] = draft{language: [...]string{first, second}[i], title: built.title, segmenter: built}
	}
	return drafts
}

// countsAgain returns the piece with which a second text begins, 0 if there is
// only one: the first heading without a keyword after the last article of the
// first text and its title, or the first of the headings before article 1.
func countsAgain(pieces []piece) int {
	articles, last := 0, 0
	for i, p := range pieces {
		h, found := recognise(p)
		if !found || h.kind != index.Article {
			continue
		}
		if articles > 1 && (h.number == "1" || h.number == "I") {
			for begin := last + 2; begin < i; begin++ {
				if _, found := recognise(pieces[begin]); found || pieces[begin].level > 0 {
					return begin
				}
			}
			return i
		}
		articles, last = articles+1, i
	}
	return 0
}
