package importer

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"glossator/index"
)

// An eightBit is an encoding of one byte a letter, and what is written in it.
type eightBit struct {
	name    string
	charmap *charmap.Charmap
	writes  []script
}

// A script is the letters beyond ASCII, in lower case, that some languages have.
type script struct {
	letters   string
	languages []string
}

var (
	cyrillic = []script{{"абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђјљњћџ", []string{"ru", "uk", "bg", "sr", "be"}}}
	central  = []script{
		{"áčďéěíňóřšťúůýž", []string{"cs"}}, {"ąćęłńóśźż", []string{"pl"}}, {"áéíóöőúüű", []string{"hu"}}, {"ăâîşţ", []string{"ro"}},
	}
	eastern = []eightBit{
		{"Windows-1251", charmap.Windows1251, cyrillic}, {"KOI8-R", charmap.KOI8R, cyrillic}, {"ISO-8859-5", charmap.ISO8859_5, cyrillic},
		{"IBM 866", charmap.CodePage866, cyrillic}, {"Windows-1250", charmap.Windows1250, central}, {"ISO-8859-2", charmap.ISO8859_2, central},
	}
)

// judged is by how many bytes of a source its encoding is judged.
const judged = 1 << 16

// guessEastern reads an encoding of Eastern or Central Europe, and returns which.
// Any bytes could be any of them; one is taken only if no other gives a text in
// which every letter beyond ASCII is of the script of one language, none is a
// capital after a small letter, no symbol stands beside a letter and no other sign
// between two, and one word in ten, of the first wordsTried, is a common one of
// that language.
func guessEastern(data []byte) (text, name string, ok bool) {
	var found *eightBit
	beginning := ""
	for i, encoding := range eastern {
		read, ok := encoding.read(data[:min(len(data), judged)])
		if !ok || read == beginning || !slices.ContainsFunc(encoding.writes, func(s script) bool { return s.fits(read) }) {
			continue
		}
		if found != nil {
			return "", "", false
		}
		found, beginning = &eastern[i], read
	}
	if found == nil {
		return "", "", false
	}
	text, ok = found.read(data)
	return text, found.name, ok
}

// read decodes data; false if that gives characters that no text has.
func (e eightBit) read(data []byte) (string, bool) {
	text, err := e.charmap.NewDecoder().Bytes(data)
	return string(text), err == nil && !bytes.ContainsFunc(text, unprintable)
}

// fits reports whether a text is one in the script.
func (s script) fits(text string) bool {
	var before rune
	for at, r := range text {
		following, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r):])
		switch {
		case r < utf8.RuneSelf:
		case unicode.IsLetter(r):
			if !strings.ContainsRune(s.letters, unicode.ToLower(r)) || unicode.IsUpper(r) && unicode.IsLower(before) {
				return false
			}
		case unicode.IsLetter(before) && unicode.IsLetter(following) && !strings.ContainsRune("’‘–—·\u00a0\u00ad", r):
			return false
		case (unicode.IsSymbol(r) || r == '¶') && (unicode.IsLetter(before) || unicode.IsLetter(following)):
			return false
		}
		before = r
	}
	words, common := 0, 0
	for token := range index.Tokens(text) {
		if words++; words > wordsTried {
			break
		}
		if utf8.RuneCountInString(token.Term) > 1 && slices.ContainsFunc(languagesOf[token.Term], func(l string) bool { return slices.Contains(s.languages, l) }) {
			common++
		}
	}
	return common*10 >= words && common > 0
}
