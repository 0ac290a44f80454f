package importer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNumberingHabits holds how agreements of different make number their
// provisions: each line of a text is a paragraph of its source. The pinpoint of
// each provision leads back to it.
func TestNumberingHabits(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"paragraphs with stops and letters", `Article 1
1. Lamps are lit:
(a) at dusk;
(b) in fog.
2. Lamps are clean.
Article 2
Bells ring.`, "art1 art1.1 art1.1.a art1.1.b art1.2 art2"},
		{"paragraphs in brackets", `Article 1
(1) Lamps are lit.
(2) Lamps are clean:
(a) inside;
(b) outside.
Article 2
Bells ring.`, "art1 art1.1 art1.2 art1.2.a art1.2.b art2"},
		{"paragraphs with a bracket", `Article 1
1) Lamps are lit:
a) at dusk,
b) in fog.
2) Lamps are clean.
Article 2
Bells ring.`, "art1 art1.1 art1.1.a art1.1.b art1.2 art2"},
		{"sections in line", `Article 1
§ 1 Lamps are lit.
§ 2 Lamps are clean.
Article 2
Bells ring.`, "art1 art1.1 art1.2 art2"},
		{"bare numbers", `Article 1
1 Lamps are lit.
2 Lamps are clean.
Article 2
Bells ring.`, "art1 art1.1 art1.2 art2"},
		{"numerals in letters", `Article 1
1. Lamps are lit:
(a) at dusk:
(i) on boats;
(ii) on piers;
(b) in fog.
Article 2
Bells ring.`, "art1 art1.1 art1.1.a art1.1.a.i art1.1.a.ii art1.1.b art2"},
		{"letters past h", `Article 1
Lamps are:
(a) a; 
(b) b;
(c) c;
(d) d;
(e) e;
(f) f;
(g) g;
(h) h;
(i) i;
(j) j.
Article 2
Bells ring.`, "art1 art1.a art1.b art1.c art1.d art1.e art1.f art1.g art1.h art1.i art1.j art2"},
		{"letters doubled", `Article 1
Lamps are:
a) lit:
aa) at dusk;
bb) in fog;
b) clean.
Article 2
Bells ring.`, "art1 art1.a art1.a.aa art1.a.bb art1.b art2"},
		{"dashes", `Article 1
1. Lamps are lit:
– at dusk,
– in fog.
2. Lamps are clean.
Article 2
Bells ring.`, "art1 art1.1 art1.1.indent1 art1.1.indent2 art1.2 art2"},
		{"dotted", `Article 1
1.1 Lamps are lit.
1.2 Lamps are clean.
Article 2
2.1 Bells ring.`, "art1 art1.1.1 art1.1.2 art2 art2.2.1"},
		{"bis", `Article 1
Lamps are lit.
Article 1 bis
Lamps are clean.
Article 1 ter
1. Lamps are cold.
1 bis. Lamps are warm.
2. Lamps are old.
Article 2
Bells ring.`, "art1 art1bis art1ter art1ter.1 art1ter.1bis art1ter.2 art2"},
		{"letters and hyphens", `Article 10.7
Lamps are lit.
Article 10.8
Lamps are clean.
Article G-10
Bells ring.
Article 132-AA
Bells are cast.`, "art10.7 art10.8 artG-10 art132-AA"},
		{"numbered paragraphs of a declaration", `1. Lamps are lit.
2. Lamps are clean.
3. Bells ring:
(a) at dusk;
(b) in fog.
4. Boats are counted.`, "para1 para2 para3 para3.a para3.b para4"},
		{"declaration under headings", `Lamps
1. Lamps are lit.
2. Lamps are clean.
Bells
3. Bells ring.`, "s1 para1 para2 s2 para3"},
		{"recitals with numbers", `The two harbours,
Whereas:
(1) Fog is thick.
(2) Bells carry.
Have agreed as follows:
Article 1
Bells ring.`, "preamble preamble.p1 preamble.p2 rec1 rec2 preamble.p3 art1"},
		{"recitals without numbers", `The two harbours,
Recalling that fog is thick,
Considering that bells carry,
Have agreed as follows:
Article 1
Bells ring.`, "preamble preamble.p1 preamble.p2 preamble.p3 preamble.p4 art1"},
		{"definitions", `Article 1
Definitions
For this agreement:
"bell" means what rings;
"lamp" means what is lit.
Article 2
Bells ring.`, "art1 art2"},
		{"annexes with their own numbers", `Article 1
Lamps are lit.
Annex I
1. Lamps are listed.
2. Bells are listed.
Annex II
Article 1
Piers are listed.`, "art1 annex1 annex1.1 annex1.2 annex2 annex2.art1"},
		{"parts in order", `PART ONE
Chapter I
Section 1
Article 1
Lamps are lit.
Chapter II
Article 2
Lamps are clean.
PART TWO
Chapter I
Article 3
Bells ring.`, "part1 part1.ch1 sec1 art1 ch2 art2 part2 part2.ch1 art3"},
		{"contents are no text", `CONTENTS
Article 1 Lamps
Article 2 Bells
Article 3 Piers
Article 1 Lamps
Lamps are lit.
Article 2 Bells
Bells ring.
Article 3 Piers
Piers are listed.`, "s1 preamble preamble.p1 preamble.p2 preamble.p3 art1 art2 art3"},
		{"contents cut off, then a preamble", `B. Bells
Part Two. Piers
PREAMBLE
The two harbours,
Have agreed as follows:
Part I. Lamps
Article 1
Lamps are lit.
Part II. Piers
Article 2
Piers are wet.`, "p1 p2 preamble preamble.p1 preamble.p2 part1 art1 part2 art2"},
		{"contents with pages", `Table of contents
Article 1 Lamps ........ 1
Article 2 Bells ........ 2
Article 3 Piers ........ 3
Article 1 Lamps
Lamps are lit.
Article 2 Bells
Bells ring.
Article 3 Piers
Piers are wet.`, "s1 preamble preamble.p1 preamble.p2 preamble.p3 art1 art2 art3"},
		{"a reference begins a line", `Article 1
Lamps are lit.
Article 2 applies to bells.
Article 2
Bells ring.`, "art1 art2"},
		{"regulations after articles", `Article I
The harbours keep the regulations.
REGULATIONS
CHAPTER I
Lamps
Part A
Regulation 1
Oil
(a) Oil is pure.
(b) Oil is kept:
(i) in tins;
(ii) in casks.
Part B
Regulation 2
Wicks are cut.
CHAPTER II
Regulation 1
Bells ring.`, "art1 s1 ch1 partA ch1.reg1 ch1.reg1.a ch1.reg1.b ch1.reg1.b.i ch1.reg1.b.ii partB reg2 ch2 ch2.reg1"},
		{"regulations, standards and guidelines", `Regulation 1.1 – Lamps
1. Lamps are lit.
Standard A1.1 – Lamps
1. Oil is pure.
Guideline B1.1 – Lamps
1. Oil may be blue.
Regulation 1.2 – Bells
1. Bells ring.
Standard A1.2 – Bells
1. Bells are bronze.
Guideline B1.2 – Bells
1. Bells may be large.`, "reg1.1 reg1.1.1 standardA1.1 standardA1.1.1 guidelineB1.1 guidelineB1.1.1 reg1.2 reg1.2.1 standardA1.2 standardA1.2.1 guidelineB1.2 guidelineB1.2.1"},
		{"principles with their text", `The harbours,
Proclaim that:
Principle 1
Fog is thick.
Principle 2
Bells carry.`, "preamble preamble.p1 preamble.p2 principle1 principle2"},
		{"principles in line", `Principle 1. Fog is thick.
Principle 2. Bells carry.`, "principle1 principle2"},
		{"rules in french", `Règle 1
a) Les lampes brûlent.
b) Les cloches sonnent.
Règle 2
Le sel est sec.`, "rule1 rule1.a rule1.b rule2"},
		{"rules in russian", `Правило 1
Лампы горят.
Правило 2
Колокола звонят.`, "rule1 rule2"},
		{"principles in chinese", `原则1
燈火。
原则2
鐘聲。`, "principle1 principle2"},
		{"principles in arabic", `المبدأ 1
المصابيح مضاءة.
المبدأ 2
الأجراس تدق.`, "principle1 principle2"},
		{"a regulation that is named", `Regulation 7 of the Towns
Article 1
Lamps are lit.
Article 2
Bells ring.`, "s1 art1 art2"},
		{"acts that are named", `Regulation 2016/7
Regulation (TU) 2016/8
Regulation No 9/2016
Article 1
Lamps are lit.`, "s1 art1"},
		{"french signs", `Article 2
1° Les lampes brûlent.
2° Les lampes sont propres.`, "art2 art2.1 art2.2"},
		{"portuguese", `Artigo 1.º
1 - As lâmpadas ardem.
2 - As lâmpadas brilham.
Artigo 2.º
Tocam os sinos.`, "art1 art1.1 art1.2 art2"},
		{"spanish dashes", `Artículo 1
1.- Las lámparas arden.
2.- Las lámparas brillan.
Artículo 2
Suenan las campanas.`, "art1 art1.1 art1.2 art2"},
		{"a span of figures", `Article 1
Lamps are lit for hours:
3 – 5 at dusk.
Article 2
Bells ring.`, "art1 art2"},
		{"ordinals before", `First Schedule
1. Lamps are listed.
Second Schedule
1. Bells are listed.`, "annex1 annex1.1 annex2 annex2.1"},
		{"french", `Article premier
1. Les lampes brûlent:
a) la nuit;
b) le soir.
2. Les lampes sont propres.
Article 2
Les cloches sonnent.`, "art1 art1.1 art1.1.a art1.1.b art1.2 art2"},
		{"spanish", `Artículo 1
1. Las lámparas arden.
2. Las lámparas brillan.
Artículo 2
Suenan las campanas.`, "art1 art1.1 art1.2 art2"},
		{"german", `Artikel 1
(1) Die Lampen brennen:
a) nachts,
b) abends.
(2) Die Lampen sind sauber.
Artikel 2
Die Glocken läuten.`, "art1 art1.1 art1.1.a art1.1.b art1.2 art2"},
		{"russian", `Статья 1
1. Лампы горят:
a) ночью;
b) вечером.
2. Лампы чисты.
Статья 2
Колокола звонят.`, "art1 art1.1 art1.1.a art1.1.b art1.2 art2"},
		{"russian letters", `Статья 1
1. Лампы горят:
а) ночью;
б) вечером;
в) днем.
2. Лампы чисты.
Статья 2
Колокола звонят.`, "art1 art1.1 art1.1.a art1.1.b art1.1.v art1.2 art2"},
		{"arabic letters", `المادة 1
1- المصابيح مضاءة:
(أ) ليلا؛
(ب) مساء؛
(ج) صباحا.
2- المصابيح نظيفة.
المادة 2
الأجراس تدق.`, "art1 art1.1 art1.1.a art1.1.b art1.1.j art1.2 art2"},
		{"chinese", `第一條
一、燈火。
二、燈亮。
第二條
鐘聲。`, "art1 art1.1 art1.2 art2"},
		{"chinese brackets", `第一条
（一）灯火。
（二）灯亮。
第二条
钟声。`, "art1 art1.1 art1.2 art2"},
		{"arabic", `المادة 1
1- المصابيح مضاءة.
2- المصابيح نظيفة.
المادة 2
الأجراس تدق.`, "art1 art1.1 art1.2 art2"},
		{"arabic stops", `المادة ١
١. المصابيح مضاءة.
٢. المصابيح نظيفة.
المادة ٢
الأجراس تدق.`, "art1 art1.1 art1.2 art2"},
		{"ordinals", `Chapitre deuxième
Article 4
Les lampes brûlent.
Capítulo Segundo
Article 5
Arden.
Zweiter Abschnitt
Artikel 6
Läuten.
Раздел первый
Статья 7
Горят.
Capo secondo
Articolo 8
Ardono.`, "ch2 art4 ch2~2 art5 sec2 art6 sec1 art7 ch2~3 art8"},
	} {
		t.Run(test.name, func(t *testing.T) { checkProvisions(t, test.text, test.want) })
	}
}

// checkProvisions holds the IDs of the provisions of a text of which each line
// is a paragraph, and that the pinpoint of each leads back to it.
func checkProvisions(t *testing.T, text, want string) {
	t.Helper()
	_, versions, err := Parse("lamps.txt", []byte(strings.ReplaceAll(text, "\n", "\n\n")+"\n"), Metadata{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, p := range versions[0].Provisions {
		ids = append(ids, p.ID)
	}
	if diff := cmp.Diff(want, strings.Join(ids, " ")); diff != "" {
		t.Error(diff)
	}
	for i, pinpoint := range versions[0].Pinpoints() {
		if !leadsBack(versions[0], i, pinpoint) {
			t.Errorf("%s of %s does not lead back", pinpoint, ids[i])
		}
	}
}
