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
var numberWords = spelledNumbers(map[int]string{
	1: `one first premier première 1er 1ère unique primero primera primer único primeiro primeira primo prima unico
		erster erste erstes eerste первый первая первое الأول الأولى`,
	2:  `two second deuxième segundo segunda secondo seconda zweiter zweite zweites tweede второй вторая второе الثاني الثانية`,
	3:  `three third troisième tercero tercera tercer terceiro terceira terzo terza dritter dritte drittes derde третий третья третье الثالث الثالثة`,
	4:  `four fourth quatrième cuarto cuarta quarto quarta vierter vierte viertes vierde четвертый четвёртый четвертая четвёртая الرابع الرابعة`,
	5:  `five fifth cinquième quinto quinta fünfter fünfte fünftes vijfde пятый пятая пятое الخامس الخامسة`,
	6:  `six sixth sixième sexto sexta sesto sesta sechster sechste sechstes zesde шестой шестая шестое السادس السادسة`,
	7:  `seven seventh septième séptimo séptima sétimo sétima settimo settima siebter siebte siebtes siebenter zevende седьмой седьмая السابع السابعة`,
	8:  `eight eighth huitième octavo octava oitavo oitava ottavo ottava achter achte achtes achtste восьмой восьмая восьмое الثامن الثامنة`,
	9:  `nine ninth neuvième noveno novena nono nona neunter neunte neuntes negende девятый девятая девятое التاسع التاسعة`,
	10: `ten tenth dixième décimo décima decimo decima zehnter zehnte zehntes tiende десятый десятая десятое العاشر العاشرة`,
	11: `eleven eleventh onzième`, 12: `twelve twelfth douzième`, 13: `thirteen`, 14: `fourteen`, 15: `fifteen`, 16: `sixteen`,
	17: `seventeen`, 18: `eighteen`, 19: `nineteen`, 20: `twenty`, 30: `thirty`, 40: `forty`, 50: `fifty`,
})

func spelledNumbers(words map[int]string) map[string]int {
	values := map[string]int{}
	for value, spellings := range words {
		for _, word := range strings.Fields(spellings) {
			values[word] = value
		}
	}
	return values
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

// parseHeading reads a line that begins with a keyword and a number, "Article 9
// – Title", or with an ordinal and a keyword, "Zweiter Abschnitt". Whether it is a
// heading at all is for the caller to judge by what follows.
func parseHeading(line string) (heading, bool) {
	if strings.HasPrefix(line, "第") {
		return parseCJKHeading(line)
	}
	word := leadingWord(line)
	if word == "" {
		return heading{}, false
	}
	if value := numberWords[strings.ToLower(word)]; value > 0 {
		return parseOrdinalHeading(value, strings.TrimLeft(line[len(word):], " "))
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

// parseOrdinalHeading reads what follows an ordinal: "Schedule – Title".
func parseOrdinalHeading(value int, rest string) (heading, bool) {
	word := leadingWord(rest)
	kind := keywords[strings.ToLower(word)]
	if kind == "" || kind == index.Preamble {
		return heading{}, false
	}
	h := heading{kind: kind, number: strconv.Itoa(value)}
	h.title, h.dashed = trimDash(rest[len(word):])
	return h, true
}

// trimDash removes what sets a title off from the number before it.
func trimDash(rest string) (title string, dashed bool) {
	title = strings.TrimLeft(rest, " .:-–—―*_ºª°")
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
	word = strings.TrimRight(word, ".:")
	if value := wordValue(word); value > 0 && !goesOnSmall(s[len(word):]) {
		return strconv.Itoa(value), s[len(word):]
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
	token := strings.TrimRight(s[:end], ".-–ºª")
	token = cutDashedTitle(token)
	if !validNumber(token) {
		return "", s
	}
	if suffix := latinSuffix(s[len(token):]); suffix != "" {
		token = s[:len(token)+len(suffix)]
	}
	return token, s[len(token):]
}

// goesOnSmall reports whether a small letter comes next: the word before it is
// part of a title, as in "Annex – Second harbour".
func goesOnSmall(s string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, blank))
	return unicode.IsLower(next)
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
