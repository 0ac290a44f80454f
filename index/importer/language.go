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
