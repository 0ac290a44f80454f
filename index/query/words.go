package query

import "unicode"

// InWord reports whether a character belongs to a word: a letter, a mark, a
// digit or a symbol that is searched for, such as §. What does not, separates
// words. A query and the texts that it searches are cut by the same rule;
// index.Tokens cuts texts.
func InWord(r rune) bool {
	if r <= unicode.MaxASCII {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || Symbol(r)
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || Symbol(r)
}

// Alone reports whether a character is a word by itself: a symbol, or one of a
// script that writes words without spaces.
func Alone(r rune) bool { return Unspaced(r) || Symbol(r) }

// firstUnspaced is where the blocks of Han begin; Hiragana and Katakana come
// later.
const firstUnspaced = '\u2E80'

// Unspaced reports whether a character is of a script that writes words without
// spaces: Han, Hiragana or Katakana.
func Unspaced(r rune) bool {
	return r >= firstUnspaced && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// Symbol reports whether a character is a symbol that can be searched for:
// § ¶ % ‰ ° № or the sign of a currency.
func Symbol(r rune) bool {
	switch r {
	case '%', '$', '§', '¶', '‰', '°', '№', '％':
		return true
	}
	return r > unicode.MaxASCII && unicode.Is(unicode.Sc, r)
}

// Invisible reports whether a character is there for typesetting alone: a soft
// hyphen, a zero-width space or joiner, a direction mark. Inside a word it
// counts for nothing.
func Invisible(r rune) bool { return r >= '\u00AD' && unicode.Is(unicode.Cf, r) }
