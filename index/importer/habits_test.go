package importer

import "testing"

// TestHabitsInLanguages holds how agreements in each language number what is
// inside their articles, open their recitals, define their terms and list their
// contents.
func TestHabitsInLanguages(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		// Points and what is inside them.
		{"english points in points", `Article 1
1. Lamps are lit:
(a) at dusk:
(i) on boats:
(A) with sails;
(B) with oars;
(ii) on piers;
(b) in fog.
Lamps are never lit twice.
2. Lamps are clean.
Article 2
Bells ring.`, "art1 art1.1 art1.1.a art1.1.a.i art1.1.a.i.A art1.1.a.i.B art1.1.a.ii art1.1.b art1.2 art2"},
		{"english points with stops", `Article 1
Lamps are lit:
a. at dusk;
b. in fog;
c. at noon:
i. in rain, or
ii. in snow.
Article 2
Bells ring.`, "art1 art1.a art1.b art1.c art1.c.i art1.c.ii art2"},
		{"english points under numbers in brackets", `Article 1
Lamps are lit:
(1) at dusk;
(2) in fog:
(a) thin;
(b) thick.
Article 2
Bells ring.`, "art1 art1.1 art1.2 art1.2.a art1.2.b art2"},
		{"english dashes in points", `Article 1
(a) Lamps are lit:
- at dusk;
- in fog.
(b) Lamps are clean.
Article 2
Bells ring.`, "art1 art1.a art1.a.indent1 art1.a.indent2 art1.b art2"},
		{"english dotted points", `Article 1
1. Lamps are lit.
1.1. At dusk.
1.2. In fog.
2. Lamps are clean.
Article 2
Bells ring.`, "art1 art1.1 art1.1.1.1 art1.1.1.2 art1.2 art2"},
		{"french points in points", `Article premier
1. Les lampes brûlent:
a) le soir:
i) sur les bateaux;
ii) sur les quais;
b) dans le brouillard.
2. Elles sont propres.
Article 2
Les cloches sonnent.`, "art1 art1.1 art1.1.a art1.1.a.i art1.1.a.ii art1.1.b art1.2 art2"},
		{"french dashes", `Article 1er
1. Les lampes brûlent:
– le soir,
– dans le brouillard.
2. Elles sont propres.
Article 2
Les cloches sonnent.`, "art1 art1.1 art1.1.indent1 art1.1.indent2 art1.2 art2"},
		{"spanish letters with ñ", `Artículo 1
Las lámparas son:
a) rojas;
b) verdes;
c) altas;
d) bajas;
e) viejas;
f) nuevas;
g) feas;
h) lisas;
i) caras;
j) raras;
k) sucias;
l) limpias;
m) frías;
n) claras;
ñ) negras;
o) blancas;
p) grises.
Artículo 2
Suenan las campanas.`, "art1 art1.a art1.b art1.c art1.d art1.e art1.f art1.g art1.h art1.i art1.j art1.k art1.l art1.m art1.n art1.nn art1.o art1.p art2"},
		{"spanish points in points", `Artículo 1
1. Las lámparas arden:
a) de noche:
i) en los barcos;
ii) en los muelles;
b) en la niebla.
2. Son limpias.
Artículo 2
Suenan las campanas.`, "art1 art1.1 art1.1.a art1.1.a.i art1.1.a.ii art1.1.b art1.2 art2"},
		{"spanish dashes", `Artículo 1
Las lámparas arden:
— de noche;
— en la niebla.
Artículo 2
Suenan las campanas.`, "art1 art1.indent1 art1.indent2 art2"},
		{"german numbers under paragraphs", `Artikel 1
(1) Lampen brennen:
1. abends,
2. bei Nebel:
a) auf Booten,
aa) mit Segeln,
bb) mit Rudern,
b) auf Stegen.
(2) Lampen sind sauber.
Artikel 2
Glocken läuten.`, "art1 art1.1 art1.1.1 art1.1.2 art1.1.2.a art1.1.2.a.aa art1.1.2.a.bb art1.1.2.b art1.2 art2"},
		{"german dashes", `Artikel 1
(1) Lampen brennen:
– abends,
– bei Nebel.
(2) Lampen sind sauber.
Artikel 2
Glocken läuten.`, "art1 art1.1 art1.1.indent1 art1.1.indent2 art1.2 art2"},
		{"russian points in points", `Статья 1
1. Лампы горят:
а) ночью:
i) на лодках;
ii) на пирсах;
б) в тумане;
в) зимой;
г) всегда.
2. Лампы чисты.
Статья 2
Звонят колокола.`, "art1 art1.1 art1.1.a art1.1.a.i art1.1.a.ii art1.1.b art1.1.v art1.1.g art1.2 art2"},
		{"russian numbers with a bracket", `Статья 1
1. Лампы горят:
1) ночью;
2) в тумане:
а) густом;
б) редком.
2. Лампы чисты.
Статья 2
Звонят колокола.`, "art1 art1.1 art1.1.1 art1.1.2 art1.1.2.a art1.1.2.b art1.2 art2"},
		{"russian dashes", `Статья 1
Лампы горят:
– ночью;
– в тумане.
Статья 2
Звонят колокола.`, "art1 art1.indent1 art1.indent2 art2"},
		{"chinese points in points", `第一条
一、灯在下列时间点亮：
（一）黄昏；
（二）有雾时：
1. 浓雾；
2. 薄雾。
二、灯应清洁。
第二条
鸣钟。`, "art1 art1.1 art1.1.1 art1.1.2 art1.1.2.1 art1.1.2.2 art1.2 art2"},
		{"chinese letters", `第一条
一、灯在下列时间点亮：
(a) 黄昏；
(b) 有雾时。
二、灯应清洁。
第二条
鸣钟。`, "art1 art1.1 art1.1.a art1.1.b art1.2 art2"},
		{"chinese circles", `第一条
灯在下列时间点亮：
①黄昏；
②有雾时。
第二条
鸣钟。`, "art1 art1.1 art1.2 art2"},
		{"chinese dashes", `第一条
灯在下列时间点亮：
— 黄昏；
— 有雾时。
第二条
鸣钟。`, "art1 art1.indent1 art1.indent2 art2"},
		{"arabic points in points", `المادة 1
1- تضاء المصابيح:
(أ) عند الغسق:
'1' على القوارب؛
'2' على الأرصفة؛
(ب) في الضباب.
2- المصابيح نظيفة.
المادة 2
تدق الأجراس.`, "art1 art1.1 art1.1.a art1.1.a.1 art1.1.a.2 art1.1.b art1.2 art2"},
		{"arabic letters with dashes", `المادة 1
تضاء المصابيح:
أ- عند الغسق؛
ب- في الضباب؛
ج- ليلا.
المادة 2
تدق الأجراس.`, "art1 art1.a art1.b art1.j art2"},
		{"arabic letters with a bracket", `المادة 1
تضاء المصابيح:
أ) عند الغسق؛
ب) في الضباب.
المادة 2
تدق الأجراس.`, "art1 art1.a art1.b art2"},
		{"arabic dashes", `المادة 1
تضاء المصابيح:
- عند الغسق؛
- في الضباب.
المادة 2
تدق الأجراس.`, "art1 art1.indent1 art1.indent2 art2"},
		// Recitals.
		{"english recitals in square brackets", `The two harbours,
Whereas:
[1] Fog is thick.
[2] Bells carry.
Have agreed as follows:
Article 1
Bells ring.`, "preamble preamble.p1 preamble.p2 rec1 rec2 preamble.p3 art1"},
		{"english recitals in letters", `The two harbours,
Whereas:
(a) Fog is thick.
(b) Bells carry.
Have agreed as follows:
Article 1
Bells ring.`, "preamble preamble.p1 preamble.p2 preamble.p2.a preamble.p2.b preamble.p3 art1"},
		{"french recitals", `Les deux ports,
considérant ce qui suit:
(1) Le brouillard est épais.
(2) Les cloches portent.
sont convenus de ce qui suit:
Article premier
Les cloches sonnent.`, "preamble preamble.p1 preamble.p2 rec1 rec2 preamble.p3 art1"},
		{"french recitals without numbers", `Les deux ports,
Considérant que le brouillard est épais;
Reconnaissant que les cloches portent;
Sont convenus de ce qui suit:
Article premier
Les cloches sonnent.`, "preamble preamble.p1 preamble.p2 preamble.p3 preamble.p4 art1"},
		{"spanish recitals", `Los dos puertos,
Considerando lo siguiente:
(1) La niebla es espesa.
(2) Las campanas se oyen.
Han convenido en lo siguiente:
Artículo 1
Suenan las campanas.`, "preamble preamble.p1 preamble.p2 rec1 rec2 preamble.p3 art1"},
		{"german recitals", `Die zwei Häfen,
in Erwägung nachstehender Gründe:
(1) Nebel ist dicht.
(2) Glocken tragen weit.
sind wie folgt übereingekommen:
Artikel 1
Glocken läuten.`, "preamble preamble.p1 preamble.p2 rec1 rec2 preamble.p3 art1"},
		{"russian recitals", `Две гавани,
учитывая, что туман густ,
признавая, что колокола слышны,
согласились о нижеследующем:
Статья 1
Звонят колокола.`, "preamble preamble.p1 preamble.p2 preamble.p3 preamble.p4 art1"},
		{"chinese recitals", `两港，
考虑到雾浓，
认识到钟声远，
议定如下：
第一条
鸣钟。`, "preamble preamble.p1 preamble.p2 preamble.p3 preamble.p4 art1"},
		{"arabic recitals", `إن المينائين،
إذ يدركان أن الضباب كثيف،
وإذ يدركان أن الأجراس تسمع،
قد اتفقا على ما يلي:
المادة 1
تدق الأجراس.`, "preamble preamble.p1 preamble.p2 preamble.p3 preamble.p4 art1"},
		// Definitions.
		{"english definitions in letters", `Article 1
For this agreement:
(a) "bell" means what rings;
(b) "lamp" means what is lit:
(i) by oil; or
(ii) by gas.
Article 2
Bells ring.`, "art1 art1.a art1.b art1.b.i art1.b.ii art2"},
		{"english definitions with numbers", `Article 1
For this agreement:
(1) ‘bell’ means what rings;
(2) ‘lamp’ means what is lit.
Article 2
Bells ring.`, "art1 art1.1 art1.2 art2"},
		{"french definitions", `Article premier
Aux fins du présent accord:
a) «cloche»: ce qui sonne;
b) «lampe»: ce qui brûle.
Article 2
Les cloches sonnent.`, "art1 art1.a art1.b art2"},
		{"spanish definitions", `Artículo 1
A los efectos del presente acuerdo:
1) «campana»: lo que suena;
2) «lámpara»: lo que arde.
Artículo 2
Suenan las campanas.`, "art1 art1.1 art1.2 art2"},
		{"german definitions", `Artikel 1
Im Sinne dieses Abkommens bezeichnet
1. „Glocke“ was läutet;
2. „Lampe“ was brennt.
Artikel 2
Glocken läuten.`, "art1 art1.1 art1.2 art2"},
		{"russian definitions", `Статья 1
Для целей настоящего соглашения:
а) «колокол» означает то, что звонит;
б) «лампа» означает то, что горит.
Статья 2
Звонят колокола.`, "art1 art1.a art1.b art2"},
		{"chinese definitions", `第一条
为本协定的目的：
（一）“钟”指鸣响之物；
（二）“灯”指点亮之物。
第二条
鸣钟。`, "art1 art1.1 art1.2 art2"},
		{"arabic definitions", `المادة 1
لأغراض هذا الاتفاق:
(أ) يقصد بتعبير «جرس» ما يدق؛
(ب) يقصد بتعبير «مصباح» ما يضاء.
المادة 2
تدق الأجراس.`, "art1 art1.a art1.b art2"},
		// Contents.
		{"french contents", `Sommaire
Article premier Lampes ........ 1
Article 2 Cloches ........ 2
Article 3 Quais ........ 3
Article premier Lampes
Les lampes brûlent.
Article 2 Cloches
Les cloches sonnent.
Article 3 Quais
Les quais sont longs.`, "s1 preamble preamble.p1 preamble.p2 preamble.p3 art1 art2 art3"},
		{"spanish contents", `Índice
Capítulo I Luces 1
Artículo 1 Lámparas 1
Artículo 2 Campanas 2
Capítulo I Luces
Artículo 1 Lámparas
Las lámparas arden.
Artículo 2 Campanas
Suenan las campanas.`, "s1 preamble preamble.p1 preamble.p2 preamble.p3 ch1 art1 art2"},
		{"german contents", `Inhaltsverzeichnis
Artikel 1 Lampen
Artikel 2 Glocken
Artikel 3 Stege
Artikel 1 Lampen
Lampen brennen.
Artikel 2 Glocken
Glocken läuten.
Artikel 3 Stege
Stege sind lang.`, "s1 preamble preamble.p1 preamble.p2 preamble.p3 art1 art2 art3"},
		{"russian contents", `Содержание
Статья 1. Лампы
Статья 2. Колокола
Статья 3. Пирсы
Статья 1. Лампы
Лампы горят.
Статья 2. Колокола
Звонят колокола.
Статья 3. Пирсы
Пирсы длинны.`, "s1 preamble preamble.p1 preamble.p2 preamble.p3 art1 art2 art3"},
		{"chinese contents", `目录
第一条 灯
第二条 钟
第三条 码头
第一条 灯
点灯。
第二条 钟
鸣钟。
第三条 码头
码头长。`, "s1 preamble preamble.p1 preamble.p2 preamble.p3 art1 art2 art3"},
		{"arabic contents", `المحتويات
المادة 1 المصابيح
المادة 2 الأجراس
المادة 3 الأرصفة
المادة 1 المصابيح
تضاء المصابيح.
المادة 2 الأجراس
تدق الأجراس.
المادة 3 الأرصفة
الأرصفة طويلة.`, "s1 preamble preamble.p1 preamble.p2 preamble.p3 art1 art2 art3"},
		// Numbered paragraphs and annexes.
		{"french numbered paragraphs", `1. Les lampes brûlent.
2. Les cloches sonnent:
a) le soir;
b) la nuit.
3. Les quais sont longs.`, "para1 para2 para2.a para2.b para3"},
		{"russian annexes", `Статья 1
Лампы горят.
Приложение I
1. Лампы перечислены.
2. Колокола перечислены.
Приложение II
1. Пирсы перечислены.`, "art1 annex1 annex1.1 annex1.2 annex2 annex2.1"},
		{"chinese annexes", `第一条
点灯。
附件一
1. 灯列于此。
2. 钟列于此。
附件二
1. 码头列于此。`, "art1 annex1 annex1.1 annex1.2 annex2 annex2.1"},
		{"arabic annexes", `المادة 1
تضاء المصابيح.
المرفق الأول
1- المصابيح مدرجة.
2- الأجراس مدرجة.
المرفق الثاني
1- الأرصفة مدرجة.`, "art1 annex1 annex1.1 annex1.2 annex2 annex2.1"},
		{"spanish annexes", `Artículo 1
Arden las lámparas.
ANEXO I
1. Se enumeran las lámparas.
ANEXO II
Parte A
1. Se enumeran los muelles.`, "art1 annex1 annex1.1 annex2 annex2.partA annex2.1"},
		{"german annexes", `Artikel 1
Lampen brennen.
Anhang I
Teil A
1. Lampen sind aufgeführt.
2. Glocken sind aufgeführt.
Anlage 2
1. Stege sind aufgeführt.`, "art1 annex1 annex1.partA annex1.1 annex1.2 annex2 annex2.1"},
		{"french annexes", `Article premier
Les lampes brûlent.
ANNEXE A
1. Les lampes sont énumérées.
ANNEXE B
1. Les cloches sont énumérées.`, "art1 annexA annexA.1 annexB annexB.1"},
	} {
		t.Run(test.name, func(t *testing.T) { checkProvisions(t, test.text, test.want) })
	}
}
