package importer

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	utf16 "golang.org/x/text/encoding/unicode"

	"glossator/index"
)

// guessUTF16 reads UTF-16 without a byte order mark: an even number of bytes
// with zeros among them, all at even or all at odd places, that give a text in
// which every character is assigned and none is a control character.
func guessUTF16(data []byte) (string, bool) {
	if len(data)%2 != 0 {
		return "", false
	}
	var zeros [2]int
	for i, b := range data {
		if b == 0 {
			zeros[i%2]++
		}
	}
	order := utf16.LittleEndian
	switch {
	case zeros[0] > 0 && zeros[1] > 0, zeros[0]+zeros[1] == 0:
		return "", false
	case zeros[0] > 0:
		order = utf16.BigEndian
	}
	text, err := utf16.UTF16(order, utf16.IgnoreBOM).NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsFunc(text, unprintable) {
		return "", false
	}
	return string(text), true
}

// unprintable reports whether a character does not belong in a text.
func unprintable(r rune) bool {
	if r == '\t' || r == '\n' || r == '\r' || r == '\f' {
		return false
	}
	return r == utf8.RuneError || !unicode.IsGraphic(r) && !unicode.Is(unicode.Cf, r)
}

// declarations are how XML and HTML say in which encoding they are.
var declarations = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{1,200}\bencoding\s*=\s*["']([a-z0-9_:.-]{2,40})["']|<meta[^>]{1,200}\bcharset\s*=\s*["']?([a-z0-9_:.-]{2,40})`)

// declaredCharset returns the encoding that XML or HTML says it is in, "" if it
// does not say.
func declaredCharset(data []byte) string {
	found := declarations.FindSubmatch(data[:min(len(data), 4096)])
	if found == nil {
		return ""
	}
	return string(found[1]) + string(found[2])
}

// inCharset decodes data from an encoding of the WHATWG's list. It returns false
// if the encoding is not known or the data does not fit it.
func inCharset(data []byte, name string) (string, bool) {
	charset, err := htmlindex.Get(name)
	if err != nil {
		return "", false
	}
	text, err := charset.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", false
	}
	return string(text), true
}

// decodeHTML returns a page as text: by its byte order mark, as UTF-8 if it is
// that, in the encoding that its message or the page itself names, or as decode
// does.
func decodeHTML(data []byte, charset string) (text, remark string, err error) {
	if charset != "" && !utf8.Valid(data) {
		if text, ok := inCharset(data, charset); ok {
			return strings.TrimPrefix(text, "\ufeff"), "", nil
		}
	}
	return decode(data)
}

// alphabets are the letters beyond ASCII of languages that are written in
// Windows-1252, in lower case.
var alphabets = []string{
	"àâæçéèêëîïôœùûüÿ", // French
	"äöüßé",            // German
	"áéíóúüñç",         // Spanish, Catalan names
	"àáâãçéêíóôõúü",    // Portuguese
	"àèéìíîòóùú",       // Italian
	"áäéèêëïíóöôúüû",   // Dutch
	"åäöæøé",           // Danish, Norwegian, Swedish, Finnish
}

// rareLetters is the share of letters beyond ASCII, one in so many, up to which
// a text may have those of several alphabets: names in an English text.
const rareLetters = 100

// guessWindows1252 reads Windows-1252, which ISO-8859-1 is a part of. Any bytes
// could be that; they are taken for it only if every one beyond ASCII stands
// where a text of Western Europe has it:
//
//   - none is undefined or a control character;
//   - no three letters beyond ASCII stand together, as in Cyrillic or Greek read
//     wrongly, and no capital among them follows a small letter, as in Mac OS
//     Roman;
//   - no sign but an apostrophe, a dash or a middle dot stands between two
//     letters, as in Polish or the encodings of DOS;
//   - one word in fifty at least is a common one of such a language;
//   - all letters beyond ASCII are of one of the alphabets, or there are few of
//     them, as there are not in Czech, Hungarian or Turkish.
func guessWindows1252(data []byte) (string, bool) {
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsFunc(decoded, unprintable) {
		return "", false
	}
	text := string(decoded)
	letters, high, together := 0, map[rune]int{}, 0
	beyond := 0
	var before rune
	for at, r := range text {
		following, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r):])
		switch {
		case unicode.IsLetter(r) && r < utf8.RuneSelf:
			letters, together = letters+1, 0
		case unicode.IsLetter(r) && r != 'ª' && r != 'º':
			beyond++
			together++
			high[unicode.ToLower(r)]++
			if together == 3 || unicode.IsUpper(r) && unicode.IsLower(before) {
				return "", false
			}
		case r >= utf8.RuneSelf && unicode.IsLetter(before) && unicode.IsLetter(following) && !strings.ContainsRune("’‘–—·\u00a0\u00ad", r):
			return "", false
		default:
			together = 0
		}
		before = r
	}
	return text, (beyond*rareLetters <= letters || oneAlphabet(high)) && western(text)
}

// westernLanguages are those of Windows-1252 whose common words are known.
var westernLanguages = map[string]bool{
	"en": true, "fr": true, "es": true, "pt": true, "it": true, "de": true, "nl": true, "ca": true, "gl": true,
	"da": true, "nb": true, "sv": true, "fi": true,
}

// western reports whether one word in fifty, of the first wordsTried, is a
// common one of a language of Western Europe.
func western(text string) bool {
	words, common := 0, 0
	for token := range index.Tokens(text) {
		if words++; words > wordsTried {
			break
		}
		if len(token.Term) > 1 && slices.ContainsFunc(languagesOf[token.Term], func(l string) bool { return westernLanguages[l] }) {
			common++
		}
	}
	return common*50 >= words && common > 0
}

func oneAlphabet(letters map[rune]int) bool {
	for _, alphabet := range alphabets {
		all := true
		for r := range letters {
			all = all && strings.ContainsRune(alphabet, r)
		}
		if all {
			return true
		}
	}
	return false
}

// misplaced says which byte of data, of which there is one, is the first that is
// zero or not UTF-8.
func misplaced(data []byte) error {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return fmt.Errorf("%w: the byte %#x at offset %d does not belong there; save the file as UTF-8", ErrEncoding, data[at], at)
}
