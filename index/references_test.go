package index_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
)

// plain makes a version in a language of lines, all in one article.
func plain(language string, lines ...string) *index.Version {
	v := &index.Version{Language: language, Text: strings.Join(lines, "\n")}
	at := 0
	for _, line := range lines {
		end := at + utf8.RuneCountInString(line)
		v.Blocks = append(v.Blocks, index.Block{Span: index.Span{Start: at, End: end}})
		at = end + 1
	}
	v.Provisions = []index.Provision{{Span: index.Span{End: at - 1}, ID: "art1", Kind: index.Article, Number: "1", Parent: -1, Passage: true}}
	return v
}

// spoken writes what was found: the words, the steps, and whose they are.
func spoken(v *index.Version) []string {
	runes := []rune(v.Text)
	list := []string{}
	for _, r := range index.FindReferences(v) {
		var steps []string
		for _, s := range r.Steps {
			steps = append(steps, strings.TrimSpace(s.Kind+" "+s.Number))
		}
		path := strings.Join(steps, " > ")
		if r.Last != "" {
			path += " to " + r.Last
		}
		list = append(list, strings.TrimRight(fmt.Sprintf("%s | %s | %s %s%s", string(runes[r.Start:r.End]), path, r.Of, r.Within, r.Name), " |"))
	}
	return list
}

func TestFindReferences(t *testing.T) {
	for text, want := range map[string][]string{
		// One provision.
		"as Article 9 says":                    {"Article 9 | article 9"},
		"see Article 9(2)(a).":                 {"Article 9(2)(a) | article 9 > 2 > a"},
		"(see Article 9)":                      {"Article 9 | article 9"},
		"Article 9, paragraph 2 (a), applies":  {"Article 9, paragraph 2 (a) | article 9 > paragraph 2 > a"},
		"Article 9 - paragraph 2":              {"Article 9 - paragraph 2 | article 9 > paragraph 2"},
		"paragraph 2 of Article 9 applies":     {"paragraph 2 of Article 9 | article 9 > paragraph 2"},
		"in the second paragraph of Article 9": {"second paragraph of Article 9 | article 9 > paragraph 2"},
		"Section 2 of Chapter III":             {"Section 2 of Chapter III | chapter III > section 2"},
		"point (3), of Annex I":                {"point (3), of Annex I | annex I > point 3"},
		"Article 6(1), first subparagraph, point (c)": {
			"Article 6(1), first subparagraph, point (c) | article 6 > 1 > 1 > point c"},

		// Several.
		"Articles 3, 5 and 7 bis apply": {"Articles 3 | article 3", "5 | article 5", "7 bis | article 7 bis"},
		"Articles 2 to 11 apply":        {"Articles 2 to 11 | article 2 to 11"},
		"Articles 14, 20 to 22 and 30":  {"Articles 14 | article 14", "20 to 22 | article 20 to 22", "30 | article 30"},
		"Article 83(4), (5) and (6)":    {"Article 83(4) | article 83 > 4", "(5) | article 83 > 5", "(6) | article 83 > 6"},
		"points (a) and (c) of paragraph 1 of Article 5": {
			"points (a) | article 5 > paragraph 1 > point a", "(c) of paragraph 1 of Article 5 | article 5 > paragraph 1 > point c"},
		"article 2, paragraph 1, subparagraph (a) or (b), committed": {
			"article 2, paragraph 1, subparagraph (a) | article 2 > paragraph 1 > a", "(b) | article 2 > paragraph 1 > b"},
		"paragraph 1 or 2 of this article":          {"paragraph 1 | paragraph 1 | this article", "2 | paragraph 2 | this article"},
		"under Article 5, 10 days after the notice": {"Article 5 | article 5"},
		"within Article 5 and 30 days":              {"Article 5 | article 5"},

		// Of the text itself.
		"paragraph 2 of this Article":           {"paragraph 2 | paragraph 2 | this article"},
		"articles 3 and 5 of this Convention":   {"articles 3 | article 3 | this", "5 | article 5 | this"},
		"Article 4 of the present Protocol":     {"Article 4 | article 4 | this"},
		"Paragraphs 1 and 2 do not apply to it": {"Paragraphs 1 | paragraph 1", "2 | paragraph 2"},
		"Article 7 (Market Access) of this Agreement": {
			"Article 7 | article 7 | this"},
		"this Agreement; Article 7 of the Agreement": {"Article 7 | article 7 | this"},

		// Of another.
		"Article 32 of the Harbour Convention":        {"Article 32 | article 32 | named Harbour Convention"},
		"Art. 5 HHGV":                                 {"Art. 5 | article 5 | named HHGV"},
		"the Harbour Convention, Article 32":          {"Article 32 | article 32 | after the Harbour Convention"},
		"Article 2, point (8), of Directive 2016/680": {"Article 2, point (8) | article 2 > point 8 | named Directive 2016/680"},
		"in Article 20.d. of the Harbour Statute":     {"Article 20.d | article 20.d | named Harbour Statute"},
		"GPTX Article III applies":                    {"Article III | article III | after GPTX"},
		"Article 2 of Directive 2016/680; Article 5 of that Directive": {
			"Article 2 | article 2 | named Directive 2016/680", "Article 5 | article 5 | said Directive 2016/680; Article 5 of that Directive"},
		"The Harbour Convention binds. The said Convention, article 19, paragraph 3": {
			"article 19, paragraph 3 | article 19 > paragraph 3 | said The Harbour Convention binds. The said Convention, article 19, paragraph 3"},
		"The Accord on Tides (hereinafter “the Accord”) and Article 3 of the Accord": {
			"Article 3 | article 3 | as The Accord on Tides"},
		"Article 3 of the Convention":                 {"Article 3 | article 3 | the convention"},
		"Article 9 of X; paragraph 2 of that Article": {"Article 9 | article 9 | named X", "paragraph 2 | article 9 > paragraph 2 | named X"},

		// None.
		"the art of war, part two, point of order": {},
		"a section (b)roken":                       {},
		"Article 29-type working party":            {},
		"par 3 votes":                              {},
		"this Convention, part of it":              {},
		"subsequent Article Annex":                 {},
	} {
		if diff := cmp.Diff(want, spoken(plain("en", text))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// TestFindReferencesOverBlocks finds no reference in the rest of a list that a
// block begins with.
func TestFindReferencesOverBlocks(t *testing.T) {
	v := plain("de", "nach den Artikeln 7, 8 und", "9 Absatz 1 Buchstabe a; Absatz 2 gilt")
	if diff := cmp.Diff([]string{"Artikeln 7 | article 7", "8 | article 8", "Absatz 2 | paragraph 2"}, spoken(v)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestFindReferencesToRegulations finds references in a text that numbers
// regulations: there "this Regulation" is one of them.
func TestFindReferencesToRegulations(t *testing.T) {
	for text, want := range map[string][]string{
		"paragraph (b) of Regulation 6 of this Chapter": {"paragraph (b) of Regulation 6 | regulation 6 > paragraph b | this chapter"},
		"paragraph (b) of this Regulation":              {"paragraph (b) | paragraph b | this regulation"},
		"Regulations 7, 8 and 12 apply":                 {"Regulations 7 | regulation 7", "8 | regulation 8", "12 | regulation 12"},
		"Regulation 3 of Chapter II":                    {"Regulation 3 of Chapter II | chapter II > regulation 3"},
		"Standard A1.1 and Guideline B1.1":              {"Standard A1.1 | standard A1.1", "Guideline B1.1 | guideline B1.1"},
		"Regulation (TU) 2016/7 applies":                {},
	} {
		v := plain("en", text)
		v.Provisions[0].Kind = index.Regulation
		if diff := cmp.Diff(want, spoken(v)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
	v := plain("en", "Article 5 of this Regulation")
	if diff := cmp.Diff([]string{"Article 5 | article 5 | this"}, spoken(v)); diff != "" {
		t.Errorf("in a text without regulations (-want +got):\n%s", diff)
	}
}

func TestFindReferencesInLanguages(t *testing.T) {
	for _, c := range []struct {
		language, text string
		want           []string
	}{
		{"fr", "en application de l'article 6, paragraphe 1, points c) et e), et du présent règlement", []string{
			"article 6, paragraphe 1, points c) | article 6 > paragraph 1 > point c", "e) | article 6 > paragraph 1 > point e"}},
		{"fr", "l'article 12 de la présente Charte", []string{"article 12 | article 12 | this"}},
		{"fr", "du présent article. L'acte", []string{}},
		{"fr", "l'article 3 de la convention des marées", []string{"article 3 | article 3 | named convention des marées"}},
		{"de", "Artikel 6 Absatz 1 Buchstabe a", []string{"Artikel 6 Absatz 1 Buchstabe a | article 6 > paragraph 1 > point a"}},
		{"de", "den Artikeln 3–5 und 7 dieser Verordnung", []string{"Artikeln 3–5 | article 3-5 | this", "7 | article 7 | this"}},
		{"de", "nach Artikel 3 der Verordnung (EU) 2016/679", []string{"Artikel 3 | article 3 | named Verordnung (EU) 2016/679"}},
		{"es", "los artículos 4 y 5 del presente Convenio", []string{"artículos 4 | article 4 | this", "5 | article 5 | this"}},
		{"pt", "o artigo 9.º do Tratado das Marés", []string{"artigo 9.º | article 9 | named Tratado das Marés"}},
		{"nl", "artikel 3 van deze verordening", []string{"artikel 3 | article 3 | this"}},
		{"ru", "в статье 5 настоящей Конвенции", []string{"статье 5 | article 5 | this"}},
	} {
		if diff := cmp.Diff(c.want, spoken(plain(c.language, c.text))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, diff)
		}
	}
}
