package query

import "unicode"

// InWord reports whether a character belongs to a word: a letter, a mark or a
// digit. What does not, separates words. A query and the texts that it searches
// are cut by the same rule; index.Tokens cuts texts.
func InWord(r rune) bool {
	if r <= unicode.MaxASCII {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)
}

// Alone reports whether a character is a word by itself, as in scripts that
// write words without spaces.
func Alone(r rune) bool {
	return r > unicode.MaxLatin1 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
