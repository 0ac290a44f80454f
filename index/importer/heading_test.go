package importer

import (
	"testing"

	"glossator/index"
)

// TestHeadings holds how headings begin in each language.
func TestHeadings(t *testing.T) {
	for _, test := range []struct{ line, kind, number, title string }{
		{"Article 9 – Lamps", index.Article, "9", "Lamps"},
		{"ARTICLE G-10: Oil", index.Article, "G-10", "Oil"},
		{"Article 10.7 Oil", index.Article, "10.7", "Oil"},
		{"Art. 1 bis", index.Article, "1 bis", ""},
		{"Article IV", index.Article, "IV", ""},
		{"Part Two Oil", index.Part, "2", "Oil"},
		{"TITLE II – Oil", index.Title, "II", "Oil"},
		{"Chapter 3. Oil", index.Chapter, "3", "Oil"},
		{"Section 1 – Oil", index.Section, "1", "Oil"},
		{"ANNEX II", index.Annex, "II", ""},
		{"Schedule 1 Oil", index.Annex, "1", "Oil"},
		{"Article premier", index.Article, "1", ""},
		{"Titre II – Huile", index.Title, "II", "Huile"},
		{"Chapitre premier", index.Chapter, "1", ""},
		{"Annexe I", index.Annex, "I", ""},
		{"Artículo 5. Aceite", index.Article, "5", "Aceite"},
		{"Capítulo IV", index.Chapter, "IV", ""},
		{"Anexo 2", index.Annex, "2", ""},
		{"Artikel 12 – Öl", index.Article, "12", "Öl"},
		{"Teil I", index.Part, "I", ""},
		{"Abschnitt 2 Öl", index.Section, "2", "Öl"},
		{"Anlage 1", index.Annex, "1", ""},
		{"Статья 7. Масло", index.Article, "7", "Масло"},
		{"Глава II", index.Chapter, "II", ""},
		{"Раздел 3", index.Section, "3", ""},
		{"Приложение 1", index.Annex, "1", ""},
		{"第九條 油", index.Article, "9", "油"},
		{"第十二章", index.Chapter, "12", ""},
		{"المادة ١٢", index.Article, "12", ""},
		{"المادة الأولى", index.Article, "1", ""},
		{"مادة 3 – زيت", index.Article, "3", "زيت"},
		{"الفصل الثاني", index.Chapter, "2", ""},
		{"المرفق ٢", index.Annex, "2", ""},
		{"Artigo 4 Óleo", index.Article, "4", "Óleo"},
		{"Secção 2", index.Section, "2", ""},
		{"Articolo 6", index.Article, "6", ""},
		{"Capo II", index.Chapter, "II", ""},
		{"Hoofdstuk 1 Olie", index.Chapter, "1", "Olie"},
		{"Bijlage A", index.Annex, "A", ""},
		{"Chapitre deuxième", index.Chapter, "2", ""},
		{"Capítulo Segundo – Aceite", index.Chapter, "2", "Aceite"},
		{"Раздел первый", index.Section, "1", ""},
		{"Zweiter Abschnitt", index.Section, "2", ""},
		{"Eerste Afdeling: Olie", index.Section, "1", "Olie"},
		{"SECOND SCHEDULE", index.Annex, "2", ""},
		{"Artigo 4.º", index.Article, "4", ""},
		{"Article 3 Oil ........ 12", index.Article, "3", "Oil"},
		{"PART THE SECOND", index.Part, "2", ""},
		{"Part the Third – Oil", index.Part, "3", "Oil"},
		{"Chapter One", index.Chapter, "1", ""},
		{"Chapter Twenty-First Oil", index.Chapter, "21", "Oil"},
		{"TWENTY-SECOND CHAPTER", index.Chapter, "22", ""},
		{"Première partie", index.Part, "1", ""},
		{"Partie première", index.Part, "1", ""},
		{"Titre Ier – Huile", index.Title, "I", "Huile"},
		{"CHAPITRE IER", index.Chapter, "I", ""},
		{"Chapitre deux", index.Chapter, "2", ""},
		{"Dix-septième partie", index.Part, "17", ""},
		{"IIe partie", index.Part, "II", ""},
		{"2ème chapitre : Huile", index.Chapter, "2", "Huile"},
		{"2nd Schedule", index.Annex, "2", ""},
		{"1. Kapitel", index.Chapter, "1", ""},
		{"III. Abschnitt: Öl", index.Section, "III", "Öl"},
		{"Capítulo primero", index.Chapter, "1", ""},
		{"Capítulo Uno", index.Chapter, "1", ""},
		{"TÍTULO DÉCIMO SEGUNDO: Aceite", index.Title, "12", "Aceite"},
		{"Sección vigésima primera", index.Section, "21", ""},
		{"Capítulo undécimo", index.Chapter, "11", ""},
		{"Parte Seconda", index.Part, "2", ""},
		{"Erster Teil", index.Part, "1", ""},
		{"Zwölftes Kapitel – Öl", index.Chapter, "12", "Öl"},
		{"Kapitel Eins", index.Chapter, "1", ""},
		{"Elfde hoofdstuk", index.Chapter, "11", ""},
		{"Глава одиннадцатая", index.Chapter, "11", ""},
		{"Глава двадцать первая. Масло", index.Chapter, "21", "Масло"},
		{"Часть первая", index.Part, "1", ""},
		{"الفصل الثاني عشر", index.Chapter, "12", ""},
		{"الباب الحادي والعشرون", index.Title, "21", ""},
		{"第二十一章 油", index.Chapter, "21", "油"},
		{"第一部分", index.Part, "1", ""},
		{"附件一", index.Annex, "1", ""},
		{"附件2：油", index.Annex, "2", "油"},
		{"附件", index.Annex, "", ""},
		{"原则一", index.Principle, "1", ""},
		{"第三編 油", index.Part, "3", "油"},
		{"Preamble", index.Preamble, "", ""},
		{"الديباجة", index.Preamble, "", ""},
		{"Articles of clothing", "", "", ""},
		{"Partial eclipse", "", "", ""},
		{"First article of faith", "", "", ""},
		{"First Parties, then guests", "", "", ""},
		{"Two Parts", "", "", ""},
		{"One part of it", "", "", ""},
		{"Un titre", "", "", ""},
		{"1. Title to goods", "", "", ""},
		{"1. Section", "", "", ""},
		{"2. Teil A gilt", "", "", ""},
		{"附件中的油", "", "", ""},
	} {
		h, found := recognise(piece{text: test.line})
		if !found {
			h = heading{}
		}
		if h.kind != test.kind || h.number != test.number || h.title != test.title {
			t.Errorf("%s: %s %q %q, want %s %q %q", test.line, h.kind, h.number, h.title, test.kind, test.number, test.title)
		}
	}
	if h, _ := parseHeading("Annex – Second harbour"); h.number != "" || h.title != "Second harbour" {
		t.Errorf("a title that begins with a number in words is read as %q %q", h.number, h.title)
	}
}
