package indextest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index"
	"glossator/index/query"
)

// An oddity is a query for something of which it is not plain whether it is one
// word, and what it marks in a text; nothing if the text is not found.
type oddity struct {
	language, text, query string
	marks                 []string
}

func marked(words ...string) []string { return words }

var oddities = []oddity{
	// Numbers.
	{"en", "A fine of 1,000 pieces, or 3.5 per mast, since 2014.", `1,000`, marked("1,000")},
	{"en", "A fine of 1,000 pieces, or 3.5 per mast, since 2014.", `"1.000" OR 1'000`, marked("1,000")},
	{"en", "A fine of 1,000 pieces, or 3.5 per mast, since 2014.", `1000`, nil},
	{"en", "A fine of 1,000 pieces, or 3.5 per mast, since 2014.", `3.5 2014`, marked("3.5", "2014")},
	{"en", "A fine of 1,000 pieces, or 3.5 per mast, since 2014.", `201`, nil},
	{"en", "A fine of 1,000 pieces, or 3.5 per mast, since 2014.", `201?`, marked("2014")},

	// Hyphens.
	{"en", "The ports seek co-operation.", `cooperation`, marked("co-operation")},
	{"en", "The ports seek co-operation.", `co-operation`, marked("co-operation")},
	{"en", "The ports seek Co‑operation.", `cooperation`, marked("Co‑operation")},
	{"en", "The ports seek co-operation.", `"co operation"`, marked("co-operation")},
	{"en", "The ports seek co-operation.", `"cooperation"`, nil},
	{"en", "The ports seek co-operation.", `=cooperation`, nil},
	{"en", "The ports seek co-operation.", `cooperat*`, marked("co-operation")},
	{"en", "The ports seek co-operation.", `/coop.+/`, marked("co-operation")},
	{"en", "The ports seek co-operation.", `operat*`, marked("operation")},
	{"en", "The ports seek co-operation.", `cooperation~`, nil},
	{"en", "The ports seek cooperation.", `co-operation`, marked("cooperation")},
	{"en", "The ports seek cooperation.", `"co-operation"`, nil},
	{"en", "The ports seek cooperation.", `co operation`, nil},
	{"en", "The ports seek co operation.", `co-operation`, marked("co operation")},
	{"en", "The ports seek co operation.", `cooperation`, nil},
	{"en", "The ports seek co--operation.", `cooperation`, nil},
	{"en", "Cyber-crime and e-mail reach the state-of-the-art pier.", `cybercrime`, marked("Cyber-crime")},
	{"en", "Cyber-crime and e-mail reach the state-of-the-art pier.", `cyber e-mail`, marked("Cyber", "e-mail")},
	{"en", "Cyber-crime and e-mail reach the state-of-the-art pier.", `email`, marked("e-mail")},
	{"en", "Cyber-crime and e-mail reach the state-of-the-art pier.", `cyber*`, marked("Cyber")},
	{"en", "Cyber-crime and e-mail reach the state-of-the-art pier.", `"state of the art"`, marked("state-of-the-art")},
	{"en", "The ports seek co-operation at once.", `cooperation +1 at`, marked("co-operation", "at")},
	{"en", "The ports seek co-operation at once.", `seek +1 cooperation`, marked("seek", "co-operation")},

	// Apostrophes.
	{"en", "The party's lamp and the parties’ bells.", `"party's"`, marked("party's")},
	{"en", "The party's lamp and the parties’ bells.", `party’s`, marked("party's")},
	{"en", "The party's lamp and the parties’ bells.", `"parties"`, marked("parties")},
	{"fr", "L'information est d’accord.", `information`, marked("information")},
	{"fr", "L'information est d’accord.", `l'information`, marked("L'information")},
	{"fr", "L'information est d’accord.", `"d'accord"`, marked("d’accord")},

	// Symbols and the numbers of articles.
	{"en", "See § 5 and §6, or 10% of US$20 and 30 €.", `§`, marked("§", "§")},
	{"en", "See § 5 and §6, or 10% of US$20 and 30 €.", `"§5"`, marked("§ 5")},
	{"en", "See § 5 and §6, or 10% of US$20 and 30 €.", `10% US$20`, marked("10%", "US$20")},
	{"en", "See § 5 and §6, or 10% of US$20 and 30 €.", `"10 percent"`, nil},
	{"en", "See § 5 and §6, or 10% of US$20 and 30 €.", `€ 20`, marked("20", "€")},
	{"en", "Articles G-10, 1 bis, 10.7 and 9(2)(a) of it.", `G-10`, marked("G-10")},
	{"en", "Articles G-10, 1 bis, 10.7 and 9(2)(a) of it.", `G10`, nil},
	{"en", "Articles G-10, 1 bis, 10.7 and 9(2)(a) of it.", `"1 bis" 10.7`, marked("1 bis", "10.7")},
	{"en", "Articles G-10, 1 bis, 10.7 and 9(2)(a) of it.", `"9(2)(a)"`, marked("9(2)(a")},
	{"en", "Articles G-10, 1 bis, 10.7 and 9(2)(a) of it.", `"10"`, marked("10", "10")},
	{"en", "By A/RES/79/243 and 2001/83/EC it is so.", `A/RES/79/243`, marked("A/RES/79/243")},
	{"en", "By A/RES/79/243 and 2001/83/EC it is so.", `"a/res/79/243" 2001/83/EC`, marked("A/RES/79/243", "2001/83/EC")},
	{"en", "By A/RES/79/243 and 2001/83/EC it is so.", `A/RES/79/24`, nil},

	// Capitals and accents.
	{"en", "The US tells us.", `"us"`, marked("US", "us")},
	{"en", "The US tells us.", `=US`, marked("US", "us")},
	{"es", "La cooperación de los puertos.", `cooperacion`, marked("cooperación")},
	{"es", "La cooperación de los puertos.", `COOPERACIÓN`, marked("cooperación")},
	{"es", "La cooperación de los puertos.", `"cooperacion"`, nil},
	{"es", "La cooperación de los puertos.", `"cooperacio\u0301n"`, marked("cooperación")},
	{"es", "La cooperacio\u0301n de los puertos.", `"cooperación"`, marked("cooperacio\u0301n")},
	{"es", "La cooperación de los puertos.", `cooperacion~`, marked("cooperación")},
	{"es", "La cooperación de los puertos.", `cooperaci?n`, marked("cooperación")},
	{"de", "Die Straße am Fluß.", `STRASSE`, marked("Straße")},
	{"de", "Die Straße am Fluß.", `"straße"`, marked("Straße")},
	{"de", "Die Straße am Fluß.", `"strasse"`, nil},
	{"en", "The ﬁsh and the ﬂag.", `"fish"`, marked("ﬁsh")},
	{"en", "The fish and the flag.", `"ﬂag"`, marked("flag")},
	{"en", "The har\u00adbour and the lan\u200btern.", `"harbour lantern" OR harbour`, marked("har\u00adbour")},
	{"en", "The har\u00adbour and the lan\u200btern.", `"lantern"`, marked("lan\u200btern")},
	{"en", "The harbour.", "\"har\u00adbour\"", marked("harbour")},
	{"en", "The har\u00adbour.", "harb*", marked("har\u00adbour")},
	{"en", "The harbour.", "har\u00adb*", marked("harbour")},
	{"ja", "第１２条とＡＢ", `12 AB`, marked("１２", "ＡＢ")},

	// Other scripts.
	{"ru", "Порты сотрудничают, №5.", `"порты"`, marked("Порты")},
	{"ru", "Порты сотрудничают, №5.", `"№ 5"`, marked("№5")},
	{"ru", "Кибер-атака на порт.", `кибератака`, marked("Кибер-атака")},
	{"ar", "تتعاون الموانئ (المادة 5).", `"الموانئ" "5"`, marked("الموانئ", "5")},
	{"ar", "تتعاون الموانئ (المادة 5).", `الموا*`, marked("الموانئ")},
	{"zh", "各港口应当合作。", `港口`, marked("港口")},
	{"zh", "各港口应当合作。", `"口应"`, marked("口应")},
	{"zh", "各港口应当合作。", `口港`, nil},
	{"zh", "各港口应当合作。", `港口 +3 合作`, marked("港口", "合作")},
	{"zh", "各港口应当合作。", `港口 +2 合作`, nil},

	// Nearness in numbers and symbols.
	{"en", "Article 5 applies to 10% of ships.", `article +1 5 /s "10%"`, marked("Article", "5", "10%")},
	{"en", "Ships wait. The lamp, cf. Art. 5, burns.", `wait /s lamp`, nil},
	{"en", "Ships wait. The lamp, cf. Art. 5, burns.", `lamp /s burns`, marked("lamp", "burns")},
}

// RunOdd checks what an engine finds of numbers, hyphens, symbols and the like.
// Open is as for Run.
func RunOdd(t *testing.T, open func(t *testing.T) index.Engine) {
	for _, language := range []string{"en", "fr", "es", "de", "ru", "ar", "zh", "ja"} {
		t.Run(language, func(t *testing.T) {
			e := open(t)
			defer closing(t, e)
			for number, text := range textsIn(language) {
				apply(t, e, odd(int64(number+1), language, text))
			}
			for _, o := range oddities {
				if o.language == language {
					wantOdd(t, e, o)
				}
			}
		})
	}
}

// textsIn returns the texts of a language, each once.
func textsIn(language string) []string {
	var texts []string
	seen := map[string]bool{}
	for _, o := range oddities {
		if o.language == language && !seen[o.text] {
			seen[o.text] = true
			texts = append(texts, o.text)
		}
	}
	return texts
}

func odd(number int64, language, text string) index.Change {
	change := harbour(number, "v", text)
	change.Document.ID = "odd-" + strings.ReplaceAll(text, "/", " ")
	change.Passages[0].Document, change.Passages[0].Language = change.Document.ID, language
	change.Passages[0].Version = change.Document.ID
	return change
}

func (o oddity) parsed(t *testing.T) query.Query {
	t.Helper()
	q, err := query.Parse(strings.ReplaceAll(o.query, `\u0301`, "\u0301"))
	if err != nil {
		t.Fatalf("%q: %v", o.query, err)
	}
	return q
}

// wantOdd checks what is marked in the text of an oddity.
func wantOdd(t *testing.T, e index.Engine, o oddity) {
	t.Helper()
	var marks []string
	for _, group := range search(t, e, o.parsed(t), everything(everyone)).Groups {
		for _, hit := range group.Hits {
			if hit.Text == o.text {
				marks = append(marks, written(hit.Text, hit.Spans)...)
			}
		}
	}
	if diff := cmp.Diff(o.marks, marks, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s marks in %q (-want +got):\n%s", o.query, o.text, diff)
	}
}

// written returns the stretches of a text that begins at 0.
func written(text string, spans []index.Span) []string {
	var all []string
	for _, span := range spans {
		all = append(all, string([]rune(text)[span.Start:span.End]))
	}
	return all
}
