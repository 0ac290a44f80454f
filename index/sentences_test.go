package index

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each text shows with | where a sentence begins but the first.
func TestSentences(t *testing.T) {
	for _, marked := range []string{
		"",
		"One",
		"The harbour is open. |It closes at night. |Does it? |Yes! |It does",
		"The master said: “The harbour is open.” |Ships came in (all of them.) |They left.",
		"He asked ‘why?’ and left. |Nobody answered...  |Then all spoke.",
		"Depth is 3.5 metres. |2014 was a dry year.",
		"It ends on www.harbour.example or at 10.30 hrs. and not before.",

		// Abbreviations and numbers.
		"See Art. 5, Arts. 6 and 7, No. 12, Nos. 3 to 5 and paras. 2 and 4 of vol. II, ch. IV, sec. A, pp. 3 f. of it. |It is so.",
		"He answered no. |Then he sailed. |It is the state of the art. |The pilot, cf. Article 5, agrees.",
		"Ropes, sails, etc. are kept dry. |Bring oars etc. |The rest is here.",
		"Mr. Odo and Dr. Mara of St. Brin met J. P. Keel, e.g. Monday, i.e. early, in the U.S. Harbour.",
		"1. Each Port keeps a lamp. |It burns.\n|2. Each Port keeps a bell.\n|IV. Gongs are kept. |3.1. No more. |5. Less.\n|(12a. Not this.)",
		"142 4. Each Port keeps a gong.\n|2.\na) A lamp burns.\n|3.\nA bell rings.",
		"Lamp no. (5) and lamp no. [VI] burn. |Section A of it.",
		"The pier of 5 Sept. 2014 stands. |He came in Dec. |The quay is new.",

		// Lines.
		"Duties of ports\n|Each Port keeps a lamp.\n|Each Port keeps a bell.",
		"A Port keeps:\n(a) a lamp;\n(b) a bell; and\n(c) a gong.\n|It may keep more.",
		"A Port keeps a lamp,\nWhich burns, and a bell —\nWhich rings",
		"A Port keeps a lamp\nand a bell\n|Ships wait.",
		"A Port keeps a lamp\n– of iron\n– of brass.\n|– A bell is kept.",
		"A Port keeps a lamp\na) of iron\ni) of brass",
		"A Port keeps a lamp.\n|(a) Where it rains, the lamp burns. |(b) Where it shines, it does not.",
		"A Port keeps\na. a lamp;\nb. a bell.\n|c. a gong.",
		"A Port keeps a lamp.”\n|(a) It burns.",
		"Lamps\n\n|Bells \n  |Gongs",
		"A Port keeps lamps etc.\nand bells.",

		// The other languages.
		"Voir l’art. 5, al. 2, et la p. 3, p. ex. le ch. II de M. Keel. |Le port est ouvert. |« Est-il ouvert ? » |Il l’est.",
		"Véanse el art. 5, los párrs. 3 y 4 y la pág. 7, p. ej. en EE. UU. y del Sr. Keel. |¿Está abierto? |¡Sí! |El puerto está abierto.",
		"Vgl. Art. 5 Abs. 2 Nr. 3 und Ziff. IV, z. B. am 5. Mai oder im 3. Abschnitt des Dr. Kiel. |Der Hafen ist offen.",
		"Si veda l’art. 5, lett. b, cfr. Nota. |Il porto è aperto.",
		"Ver o n. 3 do art. 5, p. ex. o Sr. Quilha. |O porto está aberto.",
		"Zie art. 5, blz. 3, bijv. Kiel. |De haven is open.",
		"См. ст. 5, п. 2 и пп. 3, 4 от 5 мая 2014 г. Порт открыт, т. е. светит и т.д. |Порт закрыт? |Нет.",
		"راجع الفقرة 3. |الميناء مفتوح. |هل هو مفتوح؟ |نعم.",
		"港口开放。|港口关闭吗？|是！|“灯亮着。”|见第5条。",
		"港口有\n（一）灯\n（二）钟。\n|（三）锣。",
		"1. 各港口应当有灯。|灯应当亮着；\n并且有钟。\n|二、钟。",
	} {
		text := strings.ReplaceAll(marked, "|", "")
		want := []int{0}
		for _, part := range strings.SplitAfter(marked, "|") {
			if strings.HasSuffix(part, "|") {
				want = append(want, want[len(want)-1]+len([]rune(part))-1)
			}
		}
		if diff := cmp.Diff(shown(text, want), shown(text, Sentences(text))); diff != "" {
			t.Errorf("Sentences(%q) (-want +got):\n%s", text, diff)
		}
	}
}

// shown cuts a text where its parts begin.
func shown(text string, starts []int) []string {
	var parts []string
	r := []rune(text)
	for i, start := range starts {
		end := len(r)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		parts = append(parts, string(r[start:end]))
	}
	return parts
}

func TestParagraphs(t *testing.T) {
	inner := func(kind string, start, end int) Inner { return Inner{Kind: kind, Span: Span{start, end}} }
	for _, c := range []struct {
		name  string
		inner []Inner
		want  []int
	}{
		{"none", nil, []int{0}},
		{"points alone", []Inner{inner(Point, 120, 130), inner(Point, 131, 140)}, []int{0}},
		{"after a heading", []Inner{inner(Paragraph, 107, 130), inner(Paragraph, 131, 140)}, []int{0, 7, 31}},
		{"from the start", []Inner{inner(Paragraph, 100, 130), inner(Paragraph, 131, 140)}, []int{0, 31}},
		{"with points and paragraphs inside", []Inner{
			inner(Paragraph, 107, 130), inner(Point, 110, 120), inner(Paragraph, 112, 120), inner(Paragraph, 131, 140),
		}, []int{0, 7, 31}},
	} {
		p := Passage{Span: Span{100, 150}, Inner: c.inner}
		if diff := cmp.Diff(c.want, Paragraphs(p)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
