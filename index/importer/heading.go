package importer

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/index"
)

// keywords begin the headings of provisions. They are in lower case.
var keywords = map[string]string{
	"article": index.Article, "art.": index.Article, "artikel": index.Article, "artículo": index.Article,
	"articulo": index.Article, "artigo": index.Article, "articolo": index.Article, "статья": index.Article,
	"part": index.Part, "partie": index.Part, "parte": index.Part, "teil": index.Part, "deel": index.Part, "часть": index.Part,
	"title": index.Title, "titre": index.Title, "título": index.Title, "titulo": index.Title, "titel": index.Title, "titolo": index.Title,
	"chapter": index.Chapter, "chapitre": index.Chapter, "capítulo": index.Chapter, "capitulo": index.Chapter,
	"kapitel": index.Chapter, "hoofdstuk": index.Chapter, "глава": index.Chapter,
	"section": index.Section, "sección": index.Section, "seccion": index.Section, "abschnitt": index.Section,
	"afdeling": index.Section, "seção": index.Section, "sezione": index.Section, "раздел": index.Section,
	"annex": index.Annex, "annexe": index.Annex, "anexo": index.Annex, "anhang": index.Annex, "bijlage": index.Annex,
	"allegato": index.Annex, "appendix": index.Annex, "schedule": index.Annex, "приложение": index.Annex,
	"preamble": index.Preamble, "préambule": index.Preamble, "preámbulo": index.Preamble, "präambel": index.Preamble,
	"anlage": index.Annex, "capo": index.Chapter, "secção": index.Section,
	"المادة": index.Article, "مادة": index.Article, "الجزء": index.Part, "الباب": index.Title, "الفصل": index.Chapter, "القسم": index.Section,
	"المرفق": index.Annex, "الملحق": index.Annex, "الديباجة": index.Preamble,
	"preambule": index.Preamble, "preambolo": index.Preamble, "преамбула": index.Preamble, "序言": index.Preamble, "recitals": index.Preamble, "considérants": index.Preamble,
}

// cjkKeywords end the number of a Chinese heading: 第九條.
var cjkKeywords = []struct{ word, kind string }{
	{"條", index.Article}, {"条", index.Article}, {"章", index.Chapter}, {"節", index.Section}, {"节", index.Section},
	{"編", index.Part}, {"编", index.Part}, {"部分", index.Part},
}

// numberWords are numbers in words, as some agreements print them.
var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"premier": 1, "première": 1, "primero": 1, "primera": 1, "1er": 1, "1ère": 1, "first": 1, "unique": 1, "único": 1, "unico": 1,
	"الأولى": 1, "الأول": 1, "الثانية": 2, "الثاني": 2, "الثالثة": 3, "الثالث": 3, "الرابعة": 4, "الرابع": 4, "الخامسة": 5, "الخامس": 5,
	"السادسة": 6, "السادس": 6, "السابعة": 7, "السابع": 7, "الثامنة": 8, "الثامن": 8, "التاسعة": 9, "التاسع": 9, "العاشرة": 10, "العاشر": 10,
}

// arabicDigits are written as the others that a number is cited by.
var arabicDigits = strings.NewReplacer("٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9")

// A heading is what the line that begins a provision says.
type heading struct {
	kind   string
	number string // as printed; numbers in words and Chinese numerals in digits
	title  string // what follows the number
	// dashed says that the title is set off by a dash, a colon or a stop.
	dashed bool
}

// parseHeading reads a line that begins with a keyword and a number: "Article 9
// – Title". Whether it is a heading at all is for the caller to judge by what
// follows the number.
func parseHeading(line string) (heading, bool) {
	if strings.HasPrefix(line, "第") {
		return parseCJKHeading(line)
	}
	word := leadingWord(line)
	if word == "" {
		return heading{}, false
	}
	kind, rest := keywords[strings.ToLower(word)], line[len(word):]
	if strings.HasPrefix(rest, ".") && kind == "" {
		kind, rest = keywords[strings.ToLower(word)+"."], rest[1:]
	}
	if kind == "" {
		return heading{}, false
	}
	h := heading{kind: kind}
	if kind == index.Preamble {
		h.title = strings.TrimSpace(strings.TrimLeft(rest, ":.* "))
		return h, true
	}
	h.number, rest = scanNumber(strings.TrimLeft(rest, " .:-–—"))
	h.number = arabicDigits.Replace(h.number)
	if h.number == "" && kind != index.Annex {
		return heading{}, false
	}
	h.title, h.dashed = trimDash(rest)
	return h, true
}

// trimDash removes what sets a title off from the number before it.
func trimDash(rest string) (title string, dashed bool) {
	title = strings.TrimLeft(rest, " .:-–—―*_")
	return title, strings.ContainsAny(rest[:len(rest)-len(title)], ".:-–—―")
}

// leadingWord returns the letters at the beginning of s.
func leadingWord(s string) string {
	for at, r := range s {
		if !unicode.IsLetter(r) {
			return s[:at]
		}
		if at > 24 {
			return ""
		}
	}
	return s
}

func parseCJKHeading(line string) (heading, bool) {
	rest := strings.TrimPrefix(line, "第")
	end := 0
	for end < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[end:])
		if cjkDigit(r) < 0 && r != '百' && (r < '0' || r > '9') {
			break
		}
		end += size
	}
	number := rest[:end]
	if value := cjkNumber(number); value > 0 {
		number = strconv.Itoa(value)
	}
	for _, keyword := range cjkKeywords {
		if after, found := strings.CutPrefix(rest[end:], keyword.word); found && number != "" {
			title, dashed := trimDash(strings.TrimLeft(after, "　：、 "))
			return heading{kind: keyword.kind, number: number, title: title, dashed: dashed || after == "" || strings.HasPrefix(after, "　")}, true
		}
	}
	return heading{}, false
}

// scanNumber reads the number of a provision: "9", "IX", "1 bis", "10.7",
// "G-10", "132-AA", "A", "TWENTY-ONE".
func scanNumber(s string) (number, rest string) {
	word := s
	if end := strings.IndexFunc(s, blank); end >= 0 {
		word = s[:end]
	}
	if value := wordValue(strings.TrimRight(word, ".:")); value > 0 {
		return strconv.Itoa(value), s[len(strings.TrimRight(word, ".:")):]
	}
	if s == "l" {
		return "1", "" // the letter, as typewriters have it
	}
	end := 0
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-–", r) {
			break
		}
		end += size
	}
	token := strings.TrimRight(s[:end], ".-–")
	token = cutDashedTitle(token)
	if !validNumber(token) {
		return "", s
	}
	if suffix := latinSuffix(s[len(token):]); suffix != "" {
		token = s[:len(token)+len(suffix)]
	}
	return token, s[len(token):]
}

// cutDashedTitle removes a title glued on by a dash or a stop: "9-Scope".
func cutDashedTitle(token string) string {
	for at, r := range token {
		if strings.ContainsRune(".-–", r) && len(leadingWord(token[at+utf8.RuneLen(r):])) > 2 {
			return token[:at]
		}
	}
	return token
}

// wordValue returns the value of a number in words, 0 if s is none.
func wordValue(s string) int {
	s = strings.ToLower(s)
	if value := numberWords[s]; value > 0 {
		return value
	}
	if tens, ones, found := strings.Cut(s, "-"); found && numberWords[tens] >= 20 && numberWords[ones] < 10 {
		return numberWords[tens] + numberWords[ones]
	}
	return 0
}

// validNumber reports whether a token numbers provisions: it has a digit and at
// most two letters in a row, or is a capital letter or two, or a Roman numeral
// in capitals.
func validNumber(token string) bool {
	if token == "" || len(token) > 12 {
		return false
	}
	letters, hasDigit := 0, false
	for _, r := range token {
		if unicode.IsLetter(r) {
			letters++
			if letters > 2 {
				return romanValue(token) > 0 && token == strings.ToUpper(token) || strings.HasSuffix(strings.ToLower(token), "bis")
			}
			continue
		}
		letters = 0
		hasDigit = hasDigit || unicode.IsDigit(r)
	}
	if hasDigit {
		return true
	}
	if romanValue(token) > 0 {
		return token == strings.ToUpper(token) || len(token) > 1 && romanValue(strings.ToUpper(token[:len(token)-1])) > 0
	}
	return token == strings.ToUpper(token) && len(token) == 1
}

// closes reports whether a text is the formula that ends the body of an
// agreement, which belongs to no article.
func closes(text string) bool {
	text = strings.ToLower(text[:min(len(text), 90)])
	for _, formula := range []string{
		"in witness where", "in witness thereof", "in faith where", "en foi de quoi", "en fe de lo cual", "zu urkund dessen",
		"ten blijke waarvan", "done at ", "done in ", "fait à ", "geschehen zu ", "gedaan te ", "hecho en ",
		"this regulation shall be binding in its entirety", "le présent règlement est obligatoire dans tous ses éléments",
	} {
		if strings.HasPrefix(text, formula) {
			return true
		}
	}
	return false
}

// opensRecitals reports whether a text is no more than the word that the
// recitals of an act follow.
func opensRecitals(text string) bool {
	if len(text) > 40 {
		return false
	}
	switch strings.ToLower(strings.TrimRight(text, " :,")) {
	case "whereas", "considérant", "considérant ce qui suit", "in erwägung nachstehender gründe", "in erwägung folgender gründe",
		"considerando", "considerando lo siguiente", "overwegende", "overwegende hetgeen volgt", "considerando o seguinte",
		"considerando quanto segue":
		return true
	}
	return false
}
