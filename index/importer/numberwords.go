package importer

import "strings"

// ordinals and cardinals are numbers in words, in lower case, as some agreements
// print them: English first, then French, Spanish, Portuguese, Italian, German,
// Dutch, Russian and Arabic.
var (
	ordinals = spelledNumbers(map[int]string{
		1: `first premier première 1er 1ère unique primero primera primer único única primeiro primeira primo prima unico
			erster erste erstes eerste первый первая первое الأول الأولى الحادي الحادية`,
		2:  `second deuxième seconde segundo segunda secondo seconda zweiter zweite zweites tweede второй вторая второе الثاني الثانية`,
		3:  `third troisième tercero tercera tercer terceiro terceira terzo terza dritter dritte drittes derde третий третья третье الثالث الثالثة`,
		4:  `fourth quatrième cuarto cuarta quarto quarta vierter vierte viertes vierde четвертый четвёртый четвертая четвёртая الرابع الرابعة`,
		5:  `fifth cinquième quinto quinta fünfter fünfte fünftes vijfde пятый пятая пятое الخامس الخامسة`,
		6:  `sixth sixième sexto sexta sesto sesta sechster sechste sechstes zesde шестой шестая шестое السادس السادسة`,
		7:  `seventh septième séptimo séptima sétimo sétima settimo settima siebter siebte siebtes siebenter zevende седьмой седьмая السابع السابعة`,
		8:  `eighth huitième octavo octava oitavo oitava ottavo ottava achter achte achtes achtste восьмой восьмая восьмое الثامن الثامنة`,
		9:  `ninth neuvième noveno novena nono nona neunter neunte neuntes negende девятый девятая девятое التاسع التاسعة`,
		10: `tenth dixième décimo décima decimo decima zehnter zehnte zehntes tiende десятый десятая десятое العاشر العاشرة`,
		11: `eleventh onzième undécimo undécima decimoprimero undicesimo undicesima elfter elfte elftes elfde одиннадцатый одиннадцатая`,
		12: `twelfth douzième duodécimo duodécima decimosegundo dodicesimo dodicesima zwölfter zwölfte zwölftes twaalfde двенадцатый двенадцатая`,
		13: `thirteenth treizième decimotercero decimotercera tredicesimo dreizehnter dreizehnte dreizehntes dertiende тринадцатый тринадцатая`,
		14: `fourteenth quatorzième decimocuarto decimocuarta vierzehnter vierzehnte vierzehntes veertiende четырнадцатый четырнадцатая`,
		15: `fifteenth quinzième decimoquinto decimoquinta fünfzehnter fünfzehnte fünfzehntes vijftiende пятнадцатый пятнадцатая`,
		16: `sixteenth seizième decimosexto decimosexta sechzehnter sechzehnte sechzehntes zestiende шестнадцатый шестнадцатая`,
		17: `seventeenth dix-septième decimoséptimo decimoséptima siebzehnter siebzehnte siebzehntes zeventiende семнадцатый семнадцатая`,
		18: `eighteenth dix-huitième decimoctavo decimoctava achtzehnter achtzehnte achtzehntes achttiende восемнадцатый восемнадцатая`,
		19: `nineteenth dix-neuvième decimonoveno decimonovena neunzehnter neunzehnte neunzehntes negentiende девятнадцатый девятнадцатая`,
		20: `twentieth vingtième vigésimo vigésima ventesimo zwanzigster zwanzigste zwanzigstes twintigste двадцатый двадцатая العشرون`,
		30: `thirtieth trentième trigésimo trigésima dreißigster dreißigste dreißigstes тридцатый тридцатая الثلاثون`,
	})
	cardinals = spelledNumbers(map[int]string{
		1: `one un uno eins een один`, 2: `two deux dos dois due zwei twee два`, 3: `three trois tres três tre drei drie три`,
		4: `four quatre cuatro quattro vier четыре`, 5: `five cinq cinco cinque fünf vijf пять`, 6: `six seis sei sechs zes шесть`,
		7: `seven sept siete sete sette sieben zeven семь`, 8: `eight huit ocho oito otto acht восемь`, 9: `nine neuf nueve nove neun negen девять`,
		10: `ten dix diez dez dieci zehn tien десять`, 11: `eleven onze once elf undici`, 12: `twelve douze doce zwölf twaalf dodici`,
		13: `thirteen treize trece dreizehn`, 14: `fourteen quatorze catorce vierzehn`, 15: `fifteen quinze quince fünfzehn`,
		16: `sixteen seize sechzehn`, 17: `seventeen siebzehn`, 18: `eighteen achtzehn`, 19: `nineteen neunzehn`,
		20: `twenty vingt veinte zwanzig twintig двадцать`, 30: `thirty trente treinta dreißig dertig тридцать`, 40: `forty`, 50: `fifty`,
	})
	// secondWords are the words that come second in a number and say the larger part of it.
	secondWords = spelledNumbers(map[int]string{10: `عشر عشرة`, 20: `والعشرون والعشرين`, 30: `والثلاثون والثلاثين`})
)

func spelledNumbers(words map[int]string) map[string]int {
	values := map[string]int{}
	for value, spellings := range words {
		for _, word := range strings.Fields(spellings) {
			values[word] = value
		}
	}
	return values
}

// spelledNumber reads the number in words at the beginning of s, of one word or
// two: "TWENTY-ONE", "décimo segundo". It returns 0 and s if there is none, or
// only a cardinal where an ordinal is asked for.
func spelledNumber(s string, asOrdinal bool) (value int, rest string) {
	word, rest := firstWord(s)
	value, ordinal := wordValue(word)
	if value == 0 {
		return 0, s
	}
	second, tail := firstWord(strings.TrimLeftFunc(rest, blank))
	more := secondWords[second]
	if tens := value%10 == 0 && (value > 10 || ordinal); tens && more == 0 {
		var ones bool
		if more, ones = wordValue(second); more > 9 {
			more = 0
		} else if more > 0 {
			ordinal = ones
		}
	}
	if more > 0 {
		value, rest = value+more, tail
	}
	if asOrdinal && !ordinal {
		return 0, s
	}
	return value, rest
}

// firstWord cuts s before its first blank; what a title is set off by is no part
// of the word.
func firstWord(s string) (word, rest string) {
	word = s
	if end := strings.IndexFunc(s, blank); end >= 0 {
		word = s[:end]
	}
	word = strings.TrimRight(word, ".:,;")
	return word, s[len(word):]
}

// wordValue returns the value of a number in one word, or in two with a hyphen,
// and whether it is an ordinal; 0 if s is no number.
func wordValue(s string) (value int, ordinal bool) {
	s = strings.ToLower(s)
	if value = ordinals[s]; value > 0 {
		return value, true
	}
	if value = cardinals[s]; value > 0 {
		return value, false
	}
	tens, ones, found := strings.Cut(s, "-")
	if value = max(ordinals[ones], cardinals[ones]); !found || cardinals[tens] < 20 || value == 0 || value > 9 {
		return 0, false
	}
	return cardinals[tens] + value, ordinals[ones] > 0
}
