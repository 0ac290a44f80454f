package importer

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"glossator/index"
	"glossator/index/catalogue"
)

// judgedCitations are citations as lawyers write them and what each leads to in
// the corpora and the digests: the document and the provision, "?" and the
// documents that may be meant, or "-" if nothing is there.
var judgedCitations = map[string]string{
	"Budapest art 32(b)":                                      "coe-ets185-budapest-convention art32.b",
	"Budapest Convention, article 32, paragraph b":            "coe-ets185-budapest-convention art32.b",
	"Article 32 of the Budapest Convention":                   "coe-ets185-budapest-convention art32",
	"art. 9(2)(a) of the Convention on Cybercrime":            "coe-ets185-budapest-convention art9.2.a",
	"Cybercrime Convention art. 9.2.a":                        "coe-ets185-budapest-convention art9.2.a",
	"Artikel 9 Abs. 2 Buchst. a Budapester Konvention":        "coe-ets185-budapest-convention art9.2.a",
	"l'article 9, paragraphe 2, de la Convention de Budapest": "coe-ets185-budapest-convention art9.2",
	"статья 32 Будапештской конвенции":                        "coe-ets185-budapest-convention art32",
	"ETS 185":                             "coe-ets185-budapest-convention",
	"ETS No. 185, Art. 15 § 1":            "coe-ets185-budapest-convention art15.1",
	"STE n° 185 art 1":                    "coe-ets185-budapest-convention art1",
	"Budapest Convention, recital 3":      "coe-ets185-budapest-convention preamble.p3",
	"Budapest Convention ch. II":          "coe-ets185-budapest-convention ch2",
	"CETS 189 art 3":                      "coe-ets189-additional-protocol art3",
	"First Additional Protocol art. 2(1)": "coe-ets189-additional-protocol art2.1",
	"CETS 224":                            "partial-coe-cets224-second-additional-protocol",
	"Explanatory Report to the Budapest Convention para 3": "partial-coe-ets185-explanatory-report para3",
	"CETS No. 198 art 9(1)(a)":                             "coe-cets198-laundering-terrorism-financing art9.1.a",
	"Convention 108 Art. 6":                                "coe-ets108-convention-108 art6",
	"ECHR Art. 10 § 2":                                     "coe-ets005-echr art10.2",
	"art. 8 CEDH":                                          "coe-ets005-echr art8",
	"A/RES/79/243":                                         "digest-un-cybercrime-convention-2024",
	"res 79/243 art 7(1)":                                  "digest-un-cybercrime-convention-2024 art7.1",
	"Hanoi Convention art. 4(2)":                           "digest-un-cybercrime-convention-2024 art4.2",
	"Wales declaration para 72":                            "partial-nato-wales-summit-2014-para-72 para72",
	"Wales Summit Declaration, paras 72-73":                "partial-nato-wales-summit-2014-para-72 para72",
	"Malabo Convention art 29":                             "digest-au-malabo-convention-2014 art29",
	"UN Charter art 2(4)":                                  "un-charter art2.4",
	"Art. 51 UN Charter":                                   "un-charter art51",
	"UN Charter, preamble":                                 "un-charter preamble",
	"ICCPR art. 19(3)(a)":                                  "un-iccpr art19.3.a",
	"ICCPR article 6(2)":                                   "un-iccpr part3.art6.2",
	"UDHR art 19":                                          "un-udhr art19",
	"VCLT art. 31(1)":                                      "un-vclt-1969 art31.1",
	// This text prints the sources of law without letters.
	"Statute of the International Court of Justice, Art. 38(1)(b)": "un-icj-statute art38.1 but Art. 38(1) has no (b).",
	"ARSIWA art 4(1)":                      "ilc-arsiwa-2001 art4.1",
	"AP I art 51(5)(b)":                    "ihl-gc-additional-protocol-i art51.5.b",
	"Washington Treaty art. 5":             "nato-north-atlantic-treaty art5",
	"GDPR art 17(1)":                       "eu-gdpr art17.1",
	"GDPR 17(1)":                           "eu-gdpr art17.1",
	"art. 17 RGPD":                         "eu-gdpr art17",
	"Art. 6 Abs. 1 Buchst. f DSGVO":        "eu-gdpr art6.1.f",
	"Regulation (EU) 2016/679, recital 14": "eu-gdpr rec14",
	"Directive 2016/680":                   "eu-led",
	"NIS 2 Article 21(2)(d)":               "eu-nis2 art21.2.d",
	"NIS2, annex II":                       "eu-nis2 annex2",
	"Directive (EU) 2022/2555 art. 6(1)":   "eu-nis2 art6.1",
	"AI Act art 5(1)(a)":                   "eu-ai-act art5.1.a",
	"Paris Call para 3":                    "paris-call-2018 p3",
	"Canada - Chile, Article G-10":         "tota-101 artG-10",
	"NAFTA":                                "tota-112",
	"Japan–Thailand art 1":                 "tota-1 art1",
	"Budapest art 32(z)":                   "coe-ets185-budapest-convention art32 but Art. 32 has no (z); it has (a) and (b).",
	"Budapest art 99":                      "coe-ets185-budapest-convention but It has no article 99; it has articles 1 to 48.",
	"Additional Protocol art 3":            "? ihl-gc-additional-protocol-i ihl-gc-additional-protocol-ii ihl-gc-additional-protocol-iii coe-ets181-additional-protocol-108 coe-ets189-additional-protocol",
	"Gulf Cooperation Council (GCC) art 1": "? tota-15 tota-267",
	"ETS 999 art 1":                        "-",
	"Atlantis Convention art 5":            "-",
	"Directive 2016/679":                   "-",
	"A/RES/1/2":                            "-",
	// Searches.
	"art of war":                       "search",
	"child pornography":                "search",
	"article 19 freedom of expression": "search",
	"article 8 privacy":                "search",
	"recital 14 personal data":         "search",
	"article 12 information security":  "search",
	"information security":             "search",
	"mutual legal assistance":          "search",
	"led":                              "search",
	`"Budapest Convention" art 9`:      "search",
	"title:convention art:9":           "search",
	"convention AND cybercrime":        "search",
}

// TestCitations resolves the judged citations among all documents of the corpora
// and the digests.
func TestCitations(t *testing.T) {
	documents := map[string]index.Document{}
	versions := map[string]index.Version{} // the newest, in English if there is one
	take := func(d index.Document, vs ...index.Version) {
		documents[d.ID] = d
		for _, v := range vs {
			if before, known := versions[d.ID]; !known || v.Language == "en" || before.Language != "en" {
				versions[d.ID] = v
			}
		}
	}
	for _, name := range []string{"cyber", "tota"} {
		got := importAll(t, corpus(t, name))
		for _, d := range got.documents {
			take(d)
		}
		for _, v := range got.versions {
			take(documents[v.Document], v)
		}
	}
	for _, digest := range catalogue.Digests() {
		d, vs, err := Parse(digest.Name, digest.Data, Metadata{})
		if err != nil {
			t.Fatal(err)
		}
		take(d, vs...)
	}
	list := slices.SortedFunc(maps.Values(documents), func(a, b index.Document) int { return cmp.Compare(a.ID, b.ID) })
	for i := range list {
		known := index.Document{ID: list[i].ID}
		catalogue.Complete(&known)
		list[i].Aliases = slices.Concat(list[i].Aliases, []string{known.Title, known.ShortTitle}, known.Aliases)
	}
	names := index.NewNames(list)
	for line, want := range judgedCitations {
		if got := judge(names, versions, line); got != want {
			t.Errorf("%s leads to %q, want %q", line, got, want)
		}
	}
}

// judge says what a citation leads to, as judgedCitations does.
func judge(names *index.Names, versions map[string]index.Version, line string) string {
	cited := names.Resolve(line)
	switch {
	case !cited.Written:
		return "search"
	case cited.Status == index.Unknown:
		return "-"
	case cited.Status == index.Ambiguous:
		ids := "?"
		for _, d := range cited.Candidates {
			ids += " " + d.ID
		}
		return ids
	}
	first := ""
	for _, d := range append([]index.Document{cited.Document}, cited.Others...) {
		v := versions[d.ID]
		place := v.Locate(cited.Steps, "It")
		answer := d.ID
		if place.Provision >= 0 {
			answer += " " + v.Provisions[place.Provision].ID
		}
		if place.Missing == "" {
			return answer
		}
		first = cmp.Or(first, answer+" but "+place.Missing)
	}
	return strings.TrimSpace(first)
}
