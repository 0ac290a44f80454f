package index

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// StopWord reports whether a word of a text, as Tokens gives it, says nothing
// of what the text is about: a function word of the text's language (of the
// languages of the United Nations, and German, Italian, Dutch and Portuguese),
// a letter that stands alone and labels a point, or a number. In other
// languages only the last two are.
func StopWord(language, term string) bool {
	primary, _, _ := strings.Cut(strings.ToLower(language), "-")
	if stopWords[primary][term] {
		return true
	}
	if first, size := utf8.DecodeRuneInString(term); size == len(term) && unicode.In(first, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
		return true
	}
	return !strings.ContainsFunc(term, unicode.IsLetter)
}

var stopWords = map[string]map[string]bool{}

func init() {
	for language, words := range functionWords {
		stopWords[language] = map[string]bool{}
		for _, word := range strings.Fields(words) {
			stopWords[language][word] = true
		}
	}
}

// functionWords are articles, pronouns, prepositions, conjunctions, auxiliary
// verbs and their like. Words that carry meaning in law, such as "shall",
// "may", "no", "without" and "against", are not among them.
var functionWords = map[string]string{
	"en": `a an the this that these those such which who whom whose what where when while there here
		i me my we us our you your he him his she her it its they them their one ones itself themselves
		and or but nor if then than so as because whether though although also both each either neither
		of to in on at by for from with into onto upon about between among through during within under over
		after before out up down off
		is are was were be been being am has have had having do does did done will would can could should
		any all some other others same own very more most only just too not et al etc`,
	"fr": `le la les l un une des du de d au aux ce cet cette ces c celui celle ceux celles qui que qu quoi dont où
		je me m moi nous notre nos vous votre vos il ils elle elles on lui leur leurs se s soi son sa ses y en
		et ou mais ni or donc car si comme lorsque lorsqu quand puisque ainsi aussi
		à dans sur par pour avec entre vers chez sous après avant pendant lors ne n pas plus très
		est sont était étaient être été étant a ont avait avaient avoir eu ayant sera seront soit soient fait
		tout toute tous toutes autre autres même mêmes`,
	"es": `el la los las lo un una unos unas de del al este esta esto estos estas ese esa esos esas aquel aquella
		que quien quienes cual cuales cuyo cuya cuyos cuyas donde cuando como
		yo me nos nuestro nuestra nuestros nuestras él ella ellos ellas le les se su sus sí
		y e o u pero ni si sino porque pues también
		a en por para con entre sobre hasta desde tras durante ante bajo
		es son era eran ser sido siendo fue fueron sea sean está están ha han había haber hay
		todo toda todos todas otro otra otros otras mismo misma más muy ya`,
	"pt": `o a os as um uma uns umas de do da dos das no na nos nas ao aos à às pelo pela pelos pelas
		este esta estes estas isto esse essa esses essas aquele aquela que quem qual quais cujo cuja onde quando como
		eu me nós nosso nossa ele ela eles elas lhe lhes se seu sua seus suas
		e ou mas nem se porque pois também em por para com entre sobre até desde após durante
		é são era eram ser sido sendo foi foram seja sejam está estão tem têm há
		todo toda todos todas outro outra outros outras mesmo mesma mais muito já`,
	"it": `il lo la i gli le l un uno una dei degli delle del dello della dell di d al allo alla ai agli alle all
		nel nello nella nei negli nelle nell sul sulla sui sulle sull dal dalla dai dalle dall da in con su per tra fra
		questo questa questi queste quello quella quelli quelle che chi cui quale quali dove quando come
		io mi noi ci nostro nostra egli essa essi esse loro si suo sua suoi sue ne
		e ed o ma né se perché anche a ad è sono era erano essere stato stata stati state sia siano ha hanno aveva avere
		ogni altro altra altri altre stesso stessa più`,
	"de": `der die das den dem des ein eine einen einem einer eines dieser diese dieses diesem diesen jener jene
		welcher welche welches wer was wo wenn als wie ich mich wir uns unser er ihn ihm sie es ihr ihre ihren ihrem ihrer
		sein seine seinen seinem seiner sich und oder aber sondern denn weil ob dass daß auch sowie
		in im an am auf aus bei beim mit nach von vom vor zu zum zur über unter zwischen durch für um bis
		ist sind war waren sei seien wird werden wurde wurden worden hat haben hatte hatten kann können
		alle allen aller andere anderen anderer selbst nur sehr mehr`,
	"nl": `de het een deze dit die dat der den des wie wat waar wanneer als zoals ik wij ons onze hij hem zij ze het haar hun
		zich zijn en of maar want omdat ook in op aan bij met naar van voor uit door over onder tussen tot om te
		is was waren zijn worden wordt werd werden heeft hebben had hadden kan kunnen
		alle andere zelf alleen zeer meer er`,
	"ru": `и а но или да же ли бы что чтобы как если когда где который которая которое которые которых которым которого которой
		я мы нас нам наш он она оно они его её ее ему ей им их них ним себя свой своих своей своего
		этот эта это эти этого этой этих тот та те того той тех такой такие таких
		в во на по с со к ко о об от до из за для при у под над между через после перед
		не ни быть был была было были является являются есть будет будут
		все всех всем весь другой другие других также только более`,
	"ar": `في من إلى الى على عن مع بين حتى منذ و أو او ثم أم بل لكن أن ان إن إذا اذا لو كما لا ما لم لن قد
		هذا هذه ذلك تلك هؤلاء الذي التي الذين اللذين ما هو هي هم أي اي كل بعض غير عند عندما لدى كان كانت يكون تكون`,
	"zh": `的 是 在 和 与 及 或 之 其 此 该 这 那 了 着 所 为 以 于 由 对 从 到 将 被 把 并 且 等 而 则 也 都 就 个 們 们 他 她 它 我 你 者 與 為 於 對 從 這 該`,
}
