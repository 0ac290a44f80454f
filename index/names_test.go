package index_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
)

// library is what TestResolve looks for names in.
var library = []index.Document{
	{ID: "harbour", Title: "Convention on Shared Harbours (ETS No. 985)", ShortTitle: "Brest Convention", Kind: index.Treaty, Organisation: "Port League", Signed: "2012-05-01"},
	{ID: "harbour-protocol", Title: "Additional Protocol to the Convention on Shared Harbours (ETS No. 989)", ShortTitle: "First Additional Protocol", Kind: index.Treaty},
	{ID: "canal-protocol", Title: "Additional Protocol to the Canal Treaty", Kind: index.Treaty},
	{ID: "harbour-report", Title: "Explanatory Report to the Convention on Shared Harbours (ETS No. 985)", Aliases: []string{"Brest Convention Explanatory Report"}, Kind: index.Commentary, About: "harbour"},
	{ID: "digest-harbour", Title: "Convention on Shared Harbours (ETS No. 985) (digest)", ShortTitle: "Brest Convention (digest)", Aliases: []string{"Harbours Convention"}, Kind: index.Treaty, Digest: true, About: "harbour"},
	{ID: "digest-sea", Title: "Convention on the Sea (digest)", Aliases: []string{"A/RES/99/243", "Tides Convention"}, Kind: index.Treaty, Digest: true, About: "sea"},
	{ID: "partial-pier", Title: "Pier Summit Declaration, paragraphs 72–73 (cranes)", Aliases: []string{"Pier Declaration"}, Kind: index.Declaration},
	{ID: "digest-pier", Title: "Pier Summit Declaration (digest)", Aliases: []string{"Pier Declaration"}, Kind: index.Declaration, Digest: true, About: "pier"},
	{ID: "eu-buoy", Title: "Regulation (EU) 2096/679 (General Buoy Regulation)", ShortTitle: "GBR", Kind: index.Resolution},
	{ID: "eu-buoy.consolidated", Title: "Regulation (EU) 2096/679 (General Buoy Regulation)", ShortTitle: "GBR", Kind: index.Resolution},
	{ID: "eu-dock2", Title: "Directive (EU) 2092/2555 amending Directive 2096/1148", ShortTitle: "DOCK 2", Kind: index.Directive},
	{ID: "led", Title: "Lantern Directive (LED)", Kind: index.Directive},
	{ID: "essay", Title: "Privacy at sea (an essay)", Kind: index.Commentary},
	{ID: "a-b", Title: "Atlantis - Lemuria", Kind: index.Treaty},
	{ID: "tide-1", Title: "Tide Table", Kind: index.Treaty},
	{ID: "tide-2", Title: "Tide Table", Kind: index.Treaty},
	{ID: "data", Title: "Data Protection Convention", Kind: index.Treaty},
}

func TestResolve(t *testing.T) {
	names := index.NewNames(library)
	for line, want := range map[string]string{
		// Whole names, in any spelling.
		"Brest Convention":                           "written: harbour, else digest-harbour",
		"brest convention art 2":                     "written: harbour, else digest-harbour",
		"Shared Harbours Convention":                 "written: harbour, else digest-harbour",
		"ETS 985":                                    "written: harbour, else digest-harbour",
		"ETS No. 985":                                "written: harbour, else digest-harbour",
		"CETS985 art 3":                              "written: harbour, else digest-harbour",
		"STE n° 985":                                 "written: harbour, else digest-harbour",
		"Brest Convention (ETS 985), art. 3":         "written: harbour, else digest-harbour",
		"Harbours Convention art 1":                  "written: harbour, else digest-harbour",
		"A/RES/99/243":                               "written: digest-sea",
		"UNGA res. 99/243 para 4":                    "written: digest-sea",
		"Regulation (EU) 2096/679":                   "written: eu-buoy, else eu-buoy.consolidated",
		"2096/679 art 5":                             "written: eu-buoy, else eu-buoy.consolidated",
		"2096/679/EU":                                "written: eu-buoy, else eu-buoy.consolidated",
		"General Buoy Regulation recital 3":          "written: eu-buoy, else eu-buoy.consolidated",
		"GBR 17(1)":                                  "written: eu-buoy, else eu-buoy.consolidated",
		"DOCK2":                                      "written: eu-dock2",
		"Directive 2092/2555":                        "written: eu-dock2",
		"Atlantis–Lemuria art 4":                     "written: a-b",
		"Pier Summit Declaration para 72":            "written: partial-pier, else digest-pier",
		"Brest Convention Explanatory Report para 2": "written: harbour-report",
		"LED":       "written: led",
		"LED art 2": "written: led",
		// The beginning of a name.
		"Brest art 32(b)":             "written: harbour, else digest-harbour",
		"Artikel 32 Brest":            "written: harbour, else digest-harbour",
		"Pier para 72":                "written: partial-pier, else digest-pier",
		"Brest Convention 2012 art 2": "written: harbour, else digest-harbour",
		"Protocol on Shared Harbours": "not written: harbour-protocol",
		"Brest":                       "not written: harbour, else digest-harbour",
		// What several documents may be.
		"Additional Protocol art 3":        "written: ambiguous canal-protocol harbour-protocol",
		"Tide Table art 3":                 "written: ambiguous tide-1 tide-2",
		"Brest Convention (ETS 989) art 3": "written: ambiguous harbour harbour-protocol",
		// What is not there.
		"Brest Treaty art 5":      "written: unknown, near harbour",
		"Directive 2096/679":      "written: unknown, near eu-buoy",
		"Directive 2096/1148":     "written: unknown",
		"ETS 999":                 "written: unknown",
		"Narnia Convention art 5": "written: unknown",
		"NRN art 5":               "written: unknown",
		// Ordinary searches.
		"art of war":                       "not written: unknown",
		"child pornography":                "not written: unknown",
		"article 19 freedom of expression": "not written: unknown",
		"privacy":                          "not written: unknown",
		"article 8 privacy":                "not written: unknown",
		"article 10 data protection":       "not written: data",
		"led":                              "not written: led",
		"article 12":                       "not written: unknown",
		"what article 5 of the treaty says of war": "not written: unknown",
		`"Brest Convention" art 2`:                 "not written: harbour, else digest-harbour",
		"Brest Convention AND art 2":               "not written: harbour, else digest-harbour",
	} {
		if diff := cmp.Diff(want, told(names.Resolve(line))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", line, diff)
		}
	}
}

func told(r index.Cited) string {
	ids := func(documents []index.Document) (list string) {
		for _, d := range documents {
			list += " " + d.ID
		}
		return list
	}
	text := "written: "
	if !r.Written {
		text = "not written: "
	}
	switch {
	case r.Status == index.Resolved && len(r.Others) > 0:
		return text + r.Document.ID + ", else" + ids(r.Others)
	case r.Status == index.Resolved:
		return text + r.Document.ID
	case r.Status == index.Unknown && len(r.Candidates) > 0:
		return text + "unknown, near" + ids(r.Candidates)
	}
	return text + r.Status + ids(r.Candidates)
}

// TestResolveList holds that a pinpoint alone goes on from the line before.
func TestResolveList(t *testing.T) {
	names := index.NewNames(library)
	var got []string
	for _, r := range names.ResolveList([]string{"art 1", "Brest art 2", "art 3", "Narnia art 2", "art 4"}) {
		got = append(got, told(r))
	}
	brest := "written: harbour, else digest-harbour"
	want := []string{"not written: unknown", brest, brest, "not written: unknown", "not written: unknown"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the list (-want +got):\n%s", diff)
	}
}

// TestLocate follows steps in a small text.
func TestLocate(t *testing.T) {
	v := build(
		line{0, index.Preamble, "", "", ""},
		line{1, index.Paragraph, "", "", "Having met,"},
		line{1, index.Paragraph, "", "", "Having spoken,"},
		line{0, index.Chapter, "I", "Ships", "Chapter I Ships"},
		line{1, index.Article, "1", "Terms", "Article 1 Terms"},
		line{2, index.Point, "a", "", "a) a ship;"},
		line{2, index.Point, "b", "", "b) a pier."},
		line{1, index.Article, "1 bis", "", "Article 1 bis"},
		line{1, index.Article, "IV", "", "Article IV"},
		line{2, index.Paragraph, "1", "", "1. First."},
		line{3, index.Point, "i", "", "(i) one"},
		line{2, index.Paragraph, "2", "", "2. Second."},
		line{1, index.Article, "G-01", "", "Article G-01"},
		line{1, index.Article, "8.57", "", "Article 8.57"},
		line{0, index.Annex, "II", "", "Annex II"},
		line{1, index.Paragraph, "3", "", "3. Of the annex."},
		line{1, index.Article, "1", "", "Article 1 of the annex"},
	)
	for cited, want := range map[string]string{
		"art 1":                "art. 1",
		"art 1(b)":             "art. 1(b)",
		"art 1.b":              "art. 1(b)",
		"art 1 bis":            "art. 1 bis",
		"art. 4 § 2":           "art. IV(2)",
		"art IV(1)(i)":         "art. IV(1)(i)",
		"art 4.1.i":            "art. IV(1)(i)",
		"art G-1":              "art. G-01",
		"art 8.57":             "art. 8.57",
		"§ 1 bis":              "art. 1 bis",
		"ch. 1, art. 1":        "art. 1",
		"annex 2, para 3":      "annex II, para. 3",
		"annex II, art 1":      "annex II, art. 1",
		"recital 2":            "preamble, para. 2",
		"preamble, para 1":     "preamble, para. 1",
		"arts 1-4":             "art. 1: Several provisions are cited; this is the first.",
		"art 99":               "none: It has no article 99; it has articles 1 to 8.57.",
		"art 1(z)":             "art. 1: Art. 1 has no (z); it has (a) and (b).",
		"art 1 bis(2)":         "art. 1 bis: Art. 1 bis has no (2).",
		"art 4(1), sentence 2": "art. IV(1): Art. IV(1) is not divided into sentences.",
		"annex V":              "none: It has no annex V; it has annex II.",
		"para 7":               "none: It has no paragraph 7; it has articles 1 to 8.57.",
	} {
		c := index.ParseCitation(cited)
		place := v.Locate(c.Steps, "It")
		got := "none"
		if place.Provision >= 0 {
			got = v.Pinpoint(place.Provision)
		}
		if why := place.Missing + place.Note; why != "" {
			got += ": " + why
		}
		if got != want {
			t.Errorf("%s leads to %q, want %q", cited, got, want)
		}
	}
	if got := v.Opening(slices.IndexFunc(v.Provisions, func(p index.Provision) bool { return p.Number == "IV" }), 12); got == "" {
		t.Error("an article has no opening words")
	}
}

func BenchmarkResolve(b *testing.B) {
	documents := slices.Clone(library)
	for i := range 10_000 {
		documents = append(documents, index.Document{
			ID: fmt.Sprintf("agreement-%d", i), Title: fmt.Sprintf("Agreement no. %d on trade between two states", i), Kind: index.Treaty,
		})
	}
	b.Run("names", func(b *testing.B) {
		for b.Loop() {
			index.NewNames(documents)
		}
	})
	names := index.NewNames(documents)
	for _, line := range []string{"ETS 985 art 3", "Brest art 32(b)", "freedom of expression", "Trade Agreement art 3"} {
		b.Run(line, func(b *testing.B) {
			for b.Loop() {
				names.Resolve(line)
			}
		})
	}
}
