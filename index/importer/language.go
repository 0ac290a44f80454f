package importer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/index"
)

// stopWords are words that are common in one language and rare in the others.
var stopWords = map[string]string{
	"the": "en", "of": "en", "and": "en", "shall": "en", "by": "en", "which": "en", "with": "en",
	"les": "fr", "des": "fr", "du": "fr", "et": "fr", "dans": "fr", "aux": "fr", "est": "fr", "une": "fr",
	"los": "es", "las": "es", "el": "es", "y": "es", "del": "es", "una": "es", "al": "es",
	"der": "de", "die": "de", "und": "de", "das": "de", "dem": "de", "eine": "de", "nicht": "de",
	"het": "nl", "een": "nl", "van": "nl", "voor": "nl", "zijn": "nl", "aan": "nl",
	"os": "pt", "dos": "pt", "pelo": "pt", "uma": "pt", "ao": "pt", "não": "pt", "da": "pt",
	"il": "it", "gli": "it", "della": "it", "che": "it", "nel": "it", "di": "it",
}

// wordsTried bounds how much of a text is read to detect its language.
const wordsTried = 2000

// detectLanguage returns the language of a text by its script and its common
// words, "en" if neither tells.
func detectLanguage(text string) string {
	scripts, words := map[string]int{}, map[string]int{}
	tried := 0
	for token := range index.Tokens(text) {
		if tried++; tried > wordsTried {
			break
		}
		first, _ := utf8.DecodeRuneInString(token.Term)
		switch {
		case unicode.Is(unicode.Han, first):
			scripts["zh"]++
		case unicode.Is(unicode.Cyrillic, first):
			scripts["ru"]++
		case unicode.Is(unicode.Arabic, first):
			scripts["ar"]++
		default:
			scripts["latin"]++
		}
		if language := stopWords[token.Term]; language != "" {
			words[language]++
		}
	}
	script := mostOf(scripts, "latin")
	switch {
	case script == "zh" && strings.ContainsAny(text, "條國會與爲為們這"):
		return "zh-Hant"
	case script != "latin":
		return script
	}
	return mostOf(words, "en")
}

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

// mostOf returns the key with the highest count; otherwise on a tie with it.
func mostOf(counts map[string]int, otherwise string) string {
	best := otherwise
	for key, count := range counts {
		if count > counts[best] || count == counts[best] && best != otherwise && key < best {
			best = key
		}
	}
	return best
}
