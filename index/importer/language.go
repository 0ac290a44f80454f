package importer

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/index"
)

// commonWords are, by language, words that make up a large part of any text in
// it, those of the law among them: the seven that are analysed in their own way,
// and neighbours that would else be taken for one of these.
var commonWords = map[string]string{
	"en": `the of and to in that is for on be by or as with this which shall any are not such from it at its an all may other has have
		been was will their they each under these if no where when than only into between who would must more those upon there`,
	"fr": `de la le les des et du en à un une par pour que qui dans au aux sur ou est sont ce cette ces il elle ne pas se son sa ses leur
		leurs avec être été ont tout tous toute toutes lors ainsi aussi mais comme si sans entre sous peut doit d l qu n s c nous`,
	"es": `de la el los las y en a que del se un una por con para al su sus o no es como lo más este esta estos estas ser son ha han sobre
		entre cuando todo todos toda todas si sin también e u otra otro otros otras cada dicho dicha deberá podrá según hasta`,
	"pt": `de a o os as e do da dos das em no na nos nas que um uma por para com se ao aos à às não ou é são ser foi mais como seu sua seus
		suas pelo pela pelos pelas este esta estes estas entre quando também todos todas deve cada sobre sem até qualquer ainda já`,
	"it": `di il la i gli le e che in un una uno per con del della dei delle degli dello al alla ai alle agli allo nel nella nei nelle dal
		dalla dai dalle sul sulla sono è non si o da su come anche se ha hanno essere stato ogni tale tali loro questo questa più qualsiasi`,
	"de": `der die das und in den von zu mit des dem im für auf ist nicht ein eine einer eines einem einen als sich auch an werden wird aus
		oder bei nach wie über durch sind so zum zur nur um vor unter wenn kann dass sie er es haben hat wurde worden jede dieser diese`,
	"nl": `de het een van en in op te dat die is voor met zijn niet aan er om door of als ook bij naar uit tot over worden wordt deze dit
		hun heeft hebben kan kunnen moet indien wordt onder tussen waarin waar geen meer alle elke andere hij zij wij ten ter tegen`,
	"ca": `de la el els les i a en que del dels un una per amb al als no és o es se seva seu seus seves aquest aquesta aquests aquestes com
		més són ha han per a entre sobre tots totes quan també pel pels si sense cada ser estat altres qualsevol ni hi part`,
	"gl": `de a o os as e do da dos das en no na nos nas que un unha por para con se ao aos á ás non ou é son ser foi máis como seu súa seus
		súas polo pola este esta entre cando tamén todos todas cada sobre sen ata calquera unha`,
	"da": `og i at det en den til er som på de med for af ikke der et har om var sig ved efter men kan skal eller fra disse denne dette
		hvis under også samt blive bliver alle enhver deres mellem når være været jeg han`,
	"nb": `og i å det en den til er som på de med for av ikke der et har om var seg ved etter men kan skal eller fra disse denne dette
		dersom under også samt bli blir alle enhver deres mellom når være vært jeg han`,
	"sv": `och i att det en den till är som på de med för av inte där ett har om var sig vid efter men kan ska skall eller från dessa denna
		detta under också samt bli blir alla varje deras mellan när vara varit jag han`,
	"pl": `i w z na do się nie że jest o od za po przez oraz dla lub jak są być ich jego które który która przy ze tym tego może każdy
		wszystkie między pod także`,
	"ro": `de și în a la cu pe că nu se din pentru o un este sunt sau care prin al ale ai lor mai fi fost această acest aceste orice între
		după ori precum dacă`,
	"cs": `a v se na je že o z s do k za po i ve pro jsou nebo by který která které při jako ze od být jeho jejich mezi pod podle také
		každý všechny této tento`,
	"hu": `a az és hogy nem is egy ez azt meg vagy mint de van kell ki csak el minden által között szerint valamint amely amelyek ha
		alatt illetve`,
	"fi": `ja on ei se että joka tai ovat kun sen mutta niin kuin myös jos ole oli sekä hän tämä tämän jotka voi mukaan välillä kaikki
		sopimuksen`,
	"tr": `ve bir bu ile için da de olarak her veya gibi olan daha çok ne kadar sonra en var ki tarafından olup taraf arasında göre
		herhangi tüm`,
	"id": `yang dan di dari untuk dengan pada dalam ini itu tidak akan atau oleh sebagai setiap adalah dapat telah para antara tersebut
		harus kepada semua lain`,
	"ru": `и в не на с по что к из о от для при как или а его их за это до все также быть если является между может которые который которая
		под со об каждый любой ее она он они`,
	"uk": `і в не на з що до та у за від для про як або це його їх при також бути якщо є між може які який яка під зі кожна будь її вона
		він вони й ці цього`,
	"bg": `и в на се за от да е с че не по са като до или който която които което при към през след между също може ако тази този тези
		всяка техните`,
	"sr": `и у на је да се за од са не као или који која које су при до из по о између такође може ако ове овај ова сваки њихове`,
	"be": `і у не на з што да па за ад для аб як або гэта яго іх пры таксама быць калі з'яўляецца паміж можа якія які якая пад кожны`,
	"ar": `في من على إلى أن التي الذي عن مع هذا هذه أو لا ما كل بين ذلك أي و قد بعد كما إذا غير عند لها له أن`,
	"fa": `و در به از که این را با است برای آن یا هر بین می های باید شود تا خود نیز کند شده اند`,
	"ur": `کے کی میں ہے اور سے کا کو اس کہ ہیں پر نے یا ہر بھی یہ ان کیا جو تک`,
}

// tellingLetters are letters of which one alone says more than a common word.
var tellingLetters = map[rune][]string{
	'ß': {"de"}, 'ñ': {"es", "gl"}, '¿': {"es"}, 'ã': {"pt"}, 'õ': {"pt"}, 'œ': {"fr"}, 'ù': {"fr", "it"}, 'ŀ': {"ca"}, 'ø': {"da", "nb"},
	'æ': {"da", "nb"}, 'å': {"da", "nb", "sv"}, 'ł': {"pl"}, 'ą': {"pl"}, 'ę': {"pl"}, 'ż': {"pl"}, 'ț': {"ro"}, 'ș': {"ro"}, 'ă': {"ro"},
	'ě': {"cs"}, 'ř': {"cs"}, 'ů': {"cs"}, 'ő': {"hu"}, 'ű': {"hu"}, 'ğ': {"tr"}, 'ş': {"tr"}, 'ı': {"tr"},
	'ы': {"ru", "be"}, 'э': {"ru", "be"}, 'ї': {"uk"}, 'є': {"uk"}, 'ґ': {"uk"}, 'ў': {"be"}, 'ј': {"sr"}, 'њ': {"sr"}, 'ћ': {"sr"}, 'ђ': {"sr"},
	'ъ': {"bg"}, 'پ': {"fa", "ur"}, 'چ': {"fa", "ur"}, 'گ': {"fa", "ur"}, 'ی': {"fa", "ur"}, 'ک': {"fa", "ur"}, 'ے': {"ur"}, 'ٹ': {"ur"}, 'ں': {"ur"},
	'ة': {"ar"}, 'ي': {"ar"}, 'ك': {"ar"},
}

// byScript are the languages that a script alone tells.
var byScript = []struct {
	script   *unicode.RangeTable
	language string
}{
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Hangul, "ko"}, {unicode.Han, "zh"}, {unicode.Greek, "el"},
	{unicode.Hebrew, "he"}, {unicode.Thai, "th"}, {unicode.Devanagari, "hi"}, {unicode.Armenian, "hy"}, {unicode.Georgian, "ka"},
}

// Characters that Chinese is written with in one way only.
const (
	traditional = "條國會與爲為們這個對於應當經過實現聯後來時間權開關義務際總員責產業點讓認識議東車長門馬書學體發員"
	simplified  = "条国会与为们这个对于应当经过实现联后来时间权开关义务际总员责产业点让认识议东车长门马书学体发员"
)

// wordsTried bounds how much of a text is read to detect its language.
const wordsTried = 3000

// detectLanguage returns the language of a text as a BCP 47 tag, "en" if nothing
// tells, or the usual one of its script. The script tells some languages, common words and letters the others:
// each word counts for the languages in which it is common, the less the more
// these are. Letters that stand alone may be labels of points: Catalan, which
// differs from Spanish in little else, goes without its "i".
func detectLanguage(text string) string {
	scripts, shared, scores := map[string]int{}, map[string]int{}, map[string]float64{}
	tried := 0
	for token := range index.Tokens(text) {
		if tried++; tried > wordsTried {
			break
		}
		first, _ := utf8.DecodeRuneInString(token.Term)
		scripts[scriptOf(first)]++
		shared[usualIn(first)]++
		for _, language := range languagesOf[token.Term] {
			scores[language] += 1 / float64(len(languagesOf[token.Term]))
		}
		for _, letter := range token.Term {
			for _, language := range tellingLetters[letter] {
				scores[language] += 1 / float64(len(tellingLetters[letter]))
			}
		}
	}
	switch script := mostOf(scripts, ""); {
	case scripts["ja"] > 0 && (script == "zh" || script == "ja"):
		return "ja"
	case script == "zh" && inTraditional(text):
		return "zh-Hant"
	case script != "":
		return script
	}
	return likeliest(scores, mostOf(shared, "en"))
}

// analysed are the languages that are searched by their own grammar, the most
// likely ones here.
var analysed = []string{"en", "fr", "es", "ru", "ar", "de", "nl", "pt", "it"}

// likeliest returns the language with the highest score, of several an analysed
// one; otherwise if there is none.
func likeliest(scores map[string]float64, otherwise string) string {
	best := otherwise
	for _, language := range append(analysed[:len(analysed):len(analysed)], slices.Sorted(maps.Keys(scores))...) {
		if scores[language] > scores[best] {
			best = language
		}
	}
	return best
}

// scriptOf returns the language that a letter's script tells, "" if it tells
// none.
func scriptOf(letter rune) string {
	for _, by := range byScript {
		if unicode.Is(by.script, letter) {
			return by.language
		}
	}
	return ""
}

// usualIn returns the language that is most often written in a letter's script.
func usualIn(letter rune) string {
	switch {
	case unicode.Is(unicode.Cyrillic, letter):
		return "ru"
	case unicode.Is(unicode.Arabic, letter):
		return "ar"
	}
	return "en"
}

// inTraditional reports whether Chinese is in traditional characters.
func inTraditional(text string) bool {
	before, after := 0, 0
	for _, r := range text {
		isOld, isNew := strings.ContainsRune(traditional, r), strings.ContainsRune(simplified, r)
		if isOld && !isNew {
			before++
		}
		if isNew && !isOld {
			after++
		}
	}
	return before > after
}

// languagesOf are the languages in which a word is common.
var languagesOf = func() map[string][]string {
	by := map[string][]string{}
	for _, language := range slices.Sorted(maps.Keys(commonWords)) {
		words := strings.Fields(commonWords[language])
		slices.Sort(words)
		for _, word := range slices.Compact(words) {
			by[word] = append(by[word], language)
		}
	}
	return by
}()

// mostOf returns the key with the highest count; otherwise on a tie with it.
func mostOf(counts map[string]int, otherwise string) string {
	best := otherwise
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		if counts[key] > counts[best] {
			best = key
		}
	}
	return best
}
