package importer

import (
	"regexp"
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
	"regulation": index.Regulation, "voorschrift": index.Regulation,
	"rule": index.Rule, "règle": index.Rule, "regla": index.Rule, "regel": index.Rule, "regola": index.Rule, "regra": index.Rule,
	"правило": index.Rule, "القاعدة": index.Rule,
	"standard": index.Standard, "norme": index.Standard, "norma": index.Standard, "стандарт": index.Standard,
	"المعيار":   index.Standard,
	"principle": index.Principle, "principe": index.Principle, "principio": index.Principle, "princípio": index.Principle,
	"grundsatz": index.Principle, "beginsel": index.Principle, "принцип": index.Principle,
	"المبدأ":    index.Principle,
	"guideline": index.Guideline, "leitlinie": index.Guideline, "directriz": index.Guideline, "diretriz": index.Guideline,
	"richtsnoer": index.Guideline,
	"preambule":  index.Preamble, "preambolo": index.Preamble, "преамбула": index.Preamble, "序言": index.Preamble, "recitals": index.Preamble, "considérants": index.Preamble,
}

// cjkFirst come before the number of a Chinese heading: 附件一.
var cjkFirst = []struct{ word, kind string }{
	{"附件", index.Annex}, {"附录", index.Annex}, {"附錄", index.Annex}, {"规则", index.Rule}, {"規則", index.Rule},
	{"标准", index.Standard}, {"標準", index.Standard}, {"原则", index.Principle}, {"原則", index.Principle},
	{"准则", index.Guideline}, {"準則", index.Guideline},
}

// cjkKeywords end the number of a Chinese heading: 第九條.
var cjkKeywords = []struct{ word, kind string }{
	{"條", index.Article}, {"条", index.Article}, {"章", index.Chapter}, {"節", index.Section}, {"节", index.Section},
	{"編", index.Part}, {"编", index.Part}, {"部分", index.Part},
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
	for _, keyword := range cjkFirst {
		if rest, found := strings.CutPrefix(line, keyword.word); found {
			return cjkHeading(keyword.kind, strings.TrimLeftFunc(rest, blank))
		}
	}
	if h, found := parseNumberFirst(line); found {
		return h, true
	}
	if value, rest := spelledNumber(line, true); value > 0 {
		return parseOrdinalHeading(value, strings.TrimLeft(rest, " "))
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
	rest = strings.TrimLeft(rest, " .:-–—")
	if the, found := cutFold(rest, "the "); found {
		rest = the // "PART THE SECOND"
	}
	h.number, rest = scanNumber(rest)
	h.number = arabicDigits.Replace(h.number)
	if h.number == "" && kind != index.Annex {
		return heading{}, false
	}
	if act := strings.HasPrefix(rest, "/") || len(leading(h.number, isDigit, 4)) > 3; act && kind != index.Article && index.ArticleLike(kind) {
		return heading{}, false // "Regulation 2016/679"
	}
	h.title, h.dashed = trimDash(rest)
	return h, true
}

// numberFirst matches a number that is an ordinal by its ending, or in German by
// a stop, and the word after it: "2nd Schedule", "IIe partie", "1. Kapitel".
var numberFirst = regexp.MustCompile(`^(\d{1,2}|[IVXLC]{1,6})(\.|st|nd|rd|th|er|re|ère|e|ème|eme)[ \x{00a0}]+(\pL+)`)

// germanContainers are what a German text numbers before their word.
var germanContainers = map[string]bool{"teil": true, "kapitel": true, "abschnitt": true, "titel": true}

// parseNumberFirst reads a heading of a chapter or its like whose number comes
// first. Its title, if it has one, is set off.
func parseNumberFirst(line string) (heading, bool) {
	if line == "" || !strings.ContainsRune("0123456789IVXLC", rune(line[0])) {
		return heading{}, false // most lines: the expression costs more
	}
	m := numberFirst.FindStringSubmatch(line)
	if m == nil || m[2] == "." && !germanContainers[strings.ToLower(m[3])] {
		return heading{}, false
	}
	h := heading{kind: keywords[strings.ToLower(m[3])], number: m[1]}
	h.title, h.dashed = trimDash(line[len(m[0]):])
	return h, h.kind != "" && h.kind != index.Preamble && !index.ArticleLike(h.kind) && (h.dashed || h.title == "")
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
	number, rest := scanCJKNumber(strings.TrimPrefix(line, "第"))
	for _, keyword := range cjkKeywords {
		if after, found := strings.CutPrefix(rest, keyword.word); found && number != "" {
			title, dashed := trimDash(strings.TrimLeft(after, "　：、 "))
			return heading{kind: keyword.kind, number: number, title: title, dashed: dashed || after == "" || strings.HasPrefix(after, "　")}, true
		}
	}
	return heading{}, false
}

// cjkHeading reads what follows a word before its number: "一：油" of "附件一：油".
func cjkHeading(kind, rest string) (heading, bool) {
	number, after := scanCJKNumber(rest)
	if next, _ := utf8.DecodeRuneInString(after); number == "" && (kind != index.Annex || after != "") ||
		after != "" && !blank(next) && !strings.ContainsRune("：、:.—–-", next) {
		return heading{}, false
	}
	title, dashed := trimDash(strings.TrimLeft(after, "　：、 "))
	return heading{kind: kind, number: number, title: title, dashed: dashed || after != title}, true
}

// scanCJKNumber cuts s after the number it begins with, which comes in digits.
func scanCJKNumber(s string) (number, rest string) {
	end := 0
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if cjkDigit(r) < 0 && r != '百' && (r < '0' || r > '9') {
			break
		}
		end += size
	}
	number = s[:end]
	if value := cjkNumber(number); value > 0 {
		number = strconv.Itoa(value)
	}
	return number, s[end:]
}

// scanNumber reads the number of a provision: "9", "IX", "1 bis", "10.7",
// "G-10", "132-AA", "A", "TWENTY-ONE".
func scanNumber(s string) (number, rest string) {
	if value, rest := spelledNumber(s, false); value > 0 && !goesOnSmall(rest) {
		return strconv.Itoa(value), rest
	}
	if m := romanFirst.FindString(s); m != "" {
		return m[:1], s[len(m):]
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

// romanFirst matches "first" as French acts print it with a numeral: "Ier".
var romanFirst = regexp.MustCompile(`^(?:I(?:er|ER|re|ère|ÈRE))\b`)

// cutFold returns s without a beginning in either case.
func cutFold(s, beginning string) (string, bool) {
	if len(s) < len(beginning) || !strings.EqualFold(s[:len(beginning)], beginning) {
		return s, false
	}
	return s[len(beginning):], true
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
