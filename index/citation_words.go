package index

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Sentence is what a step leads to that asks for a sentence. There is no such
// provision: the text of a version is not divided so far.
const Sentence = "sentence"

// A unit is what a word before a number says.
type unit struct {
	kind   string // "" if it depends on what is before it
	place  bool   // its number is a place among what has no number: "indent 2"
	inside bool   // only after another step: "Art. 9 Abs. 2 Nr. 1", "artigo 9.º, n.º 2"
}

// units are the words for provisions, folded: those of English first, then of
// French, German, Spanish, Italian, Portuguese, Dutch and Russian.
var units = unitWords(map[string]string{
	Article: `art arts article articles artikel artikels artikeln artikelen articulo articulos articolo articoli artigo artigos
		artt ст статья статьи статье статью статьеи`,
	Paragraph: `para paras par pars paragraph paragraphs ¶ subparagraph subparagraphs subpara
		paragraphe paragraphes alinea alineas al absatz abs absatze unterabsatz uabs parrafo parrafos apartado apartados apdo
		paragrafo paragrafi paragrafos comma commi lid leden п пункт пункта пункте пункты ч часть части абзац абзаца`,
	Point: `point points pt pts subpoint clause indent indents
		lettre litera lit litt tiret tirets punkt buchstabe buchst letra letras lettera lett letter punto punt ponto inciso onder
		подпункт подпункта подп пп`,
	Sentence: `sentence satz phrase volzin frase предложение`,
	Recital: `recital recitals rec recs considerant considerants erwagungsgrund erwagungsgrunde erwagungsgrunden erwgr
		considerando considerandos overweging overwegingen`,
	Annex: `annex annexes annexe anx appendix schedule anhang anlage anexo anexos allegato allegati bijlage bijlagen
		приложение приложения приложении`,
	Section:    `section sections sec sect seccion abschnitt afdeling sezione secao раздел раздела`,
	Chapter:    `chapter chapters chap ch chapitre kapitel kap capitulo cap capo hoofdstuk глава главы гл`,
	Part:       `part parts partie parte teil deel`,
	Title:      `title titre titulo titel titolo`,
	Preamble:   `preamble preambule praambel preambulo preambolo преамбула преамбулы преамбуле`,
	Regulation: `regulation regulations reg regs voorschrift voorschriften`,
	Rule: `rule rules regle regles regla reglas regel regeln regels regola regole regra regras
		правило правила правиле правил`,
	Standard: `standard standards norme normes norma normas norme стандарт стандарта стандарты`,
	Principle: `principle principles principe principes principio principios principi grundsatz grundsatze beginsel beginselen
		принцип принципа принципы`,
	Guideline: `guideline guidelines leitlinie leitlinien directriz directrices diretriz diretrizes richtsnoer richtsnoeren`,
}, `no nr n num numero item номер`)

func unitWords(byKind map[string]string, inside string) map[string]unit {
	all := map[string]unit{"§": {kind: AnySection}}
	for kind, words := range byKind {
		for _, word := range strings.Fields(words) {
			all[word] = unit{kind: kind, place: kind == Point && placed[word]}
		}
	}
	for _, word := range strings.Fields(inside) {
		all[word] = unit{inside: true}
	}
	return all
}

// placed are the words for points without a number.
var placed = wordSet("indent indents tiret tirets")

// ordinalWords are written before their word: "second paragraph", "eerste lid".
var ordinalWords = map[string]string{
	"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
	"premier": "1", "premiere": "1", "deuxieme": "2", "troisieme": "3", "quatrieme": "4", "cinquieme": "5",
	"eerste": "1", "tweede": "2", "derde": "3", "vierde": "4", "vijfde": "5", "zesde": "6",
	"primero": "1", "primer": "1", "segundo": "2", "tercero": "3", "primo": "1", "secondo": "2", "terzo": "3",
}

// connects are the words that join a pinpoint to the rest, and that names are
// compared without.
var connects = wordSet(`of the to in on under from for and a an
	de la le les l du des d et aux au pour sur der die das dem den des zu zum zur uber und von vom
	del el los las y e al sobre della dello dei degli delle dell il lo gli sul sulla do da dos das na
	van het een en op tot inzake`)

// introduces are words before a citation that are no part of it.
var introduces = wordSet("see cf e.g eg voir siehe vgl vergl ver vedi zie also")

// lists are the words between the first and the last number of a range or a
// list.
var lists = wordSet("and to through & - – — et a und bis y e en tot и до")

// latin follow the number of an article that was put in later.
var latin = wordSet("bis ter quater quinquies sexies septies octies nonies novies decies")

// instruments are the words that tell that a name is one of a document.
var instruments = wordSet(`convention treaty charter covenant protocol agreement declaration directive regulation act statute code
	report resolution pledge accord pact constitution communique statement principles commentary framework decision articles law
	traite charte pacte protocole directive reglement statut rapport resolution decision
	konvention ubereinkommen vertrag charta protokoll abkommen erklarung richtlinie verordnung
	convenio convencion tratado carta protocolo acuerdo declaracion directiva reglamento
	convenzione trattato protocollo accordo dichiarazione direttiva regolamento
	convencao acordo declaracao diretiva regulamento verdrag handvest overeenkomst verklaring richtlijn verordening
	конвенция конвенции договор договора протокол протокола соглашение соглашения декларация декларации хартия устав`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// ordinalSigns are left out before a line is read.
var ordinalSigns = strings.NewReplacer(".º", "", "º", "", ".ª", "", "ª", "", "°", "", "№", "No ", "\u00a0", " ", "\u202f", " ", "’", "'")

// fold returns s in lower case without accents; dashes are hyphens.
func fold(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == '–' || r == '—' || r == '‑' || r == '−':
			return '-'
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}
