package index

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text says how it calls a document from then on in quotes, in brackets or
// after such words as "hereinafter".
var (
	definedName = regexp.MustCompile(`^(?:(?i:the|la|le|die|der|das|el|l['’]) ?)?(\p{Lu}[\p{L}\d -]{1,40})["”“»’']`)
	defining    = regexp.MustCompile(
		`(?i:hereinafter|hereafter|hereunder|referred to as|ci-apr[èe]s|im folgenden|nachfolgend|en adelante|en lo sucesivo|далее|\()[^()"“”„«»]{0,50}$`)
)

const (
	openingQuotes  = "\"“„«‘'"
	definingBytes  = 90
	definedBytes   = 60
	definitionsAll = 400 // a text that defines more is a glossary
)

// definitions returns what stands before each definition of a document's name,
// in the same block, by the folded name. Of two for one name the first counts.
func definitions(text string) map[string]string {
	all := map[string]string{}
	for at := 0; at < len(text) && len(all) < definitionsAll; {
		quote := strings.IndexAny(text[at:], openingQuotes)
		if quote < 0 {
			break
		}
		quote += at
		_, size := utf8.DecodeRuneInString(text[quote:])
		at = quote + size
		before, _ := utf8.DecodeLastRuneInString(text[:quote])
		if before != '(' && !unicode.IsSpace(before) {
			continue
		}
		m := definedName.FindStringSubmatch(text[at:runeStart(text, at+definedBytes)])
		if m == nil {
			continue
		}
		from := runeStart(text, max(0, quote-definingBytes))
		marker := defining.FindStringIndex(text[from:quote])
		name := fold(m[1])
		if marker == nil || !namesDocument(name) {
			continue
		}
		start := runeStart(text, max(0, from+marker[0]-2*nameBytes))
		whole := text[start : from+marker[0]]
		whole = whole[strings.LastIndexByte(whole, '\n')+1:]
		if _, known := all[name]; !known {
			all[name] = strings.TrimRight(whole, " \u00a0,(")
		}
	}
	return all
}

// namesDocument reports whether a defined term is that of a document: it ends
// with a word such as "convention" or, where nobody can tell, is one word.
func namesDocument(name string) bool {
	words := strings.Fields(name)
	if len(words) == 0 || thisWords[words[0]] {
		return false
	}
	return instruments[words[len(words)-1]] || len(words) <= 2
}
