package index_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index"
)

func TestParseCitation(t *testing.T) {
	type steps = []index.Step
	step := func(kind, number string) index.Step { return index.Step{Kind: kind, Number: number} }
	art, para, point, in := index.Article, index.Paragraph, index.Point, ""
	nine2a := steps{step(art, "9"), step(para, "2"), step(point, "a")}
	for line, want := range map[string]index.Citation{
		// The pinpoint after the name and before it.
		"Harbour Accord":                              {Name: "Harbour Accord"},
		"Harbour art 9(2)(a)":                         {Name: "Harbour", Steps: steps{step(art, "9"), step(in, "2"), step(in, "a")}},
		"Harbour Accord, article 32, paragraph b":     {Name: "Harbour Accord", Steps: steps{step(art, "32"), step(para, "b")}},
		"Article 32 of the Harbour Accord":            {Name: "Harbour Accord", Steps: steps{step(art, "32")}},
		"Article 9, paragraph 2 (a), Harbour":         {Name: "Harbour", Steps: steps{step(art, "9"), step(para, "2"), step(in, "a")}},
		"see Art 5(1) of the Harbour Accord":          {Name: "Harbour Accord", Steps: steps{step(art, "5"), step(in, "1")}},
		"Harbour Accord (ETS No. 185) Article 9":      {Name: "Harbour Accord (ETS No. 185)", Steps: steps{step(art, "9")}},
		"Article 9 of the Harbour Accord, para 2":     {Name: "Harbour Accord", Steps: steps{step(art, "9"), step(para, "2")}},
		"Chapter II, Section 1, Art. 5 Harbour":       {Name: "Harbour", Steps: steps{step(index.Chapter, "II"), step(index.Section, "1"), step(art, "5")}},
		"point (a) of Article 9(2) of the Accord":     {Name: "Accord", Steps: steps{step(art, "9"), step(in, "2"), step(point, "a")}},
		"second paragraph of Article 9 of the Accord": {Name: "Accord", Steps: steps{step(art, "9"), step(para, "2")}},
		"Accord 17(1)":                                {Name: "Accord", Steps: steps{step(index.AnySection, "17"), step(in, "1")}},
		// Numbers.
		"Harbour art. 9.2.a":             {Name: "Harbour", Steps: steps{step(art, "9.2.a")}},
		"Harbour art. 9 § 2":             {Name: "Harbour", Steps: steps{step(art, "9"), step(index.AnySection, "2")}},
		"§ 9 Harbour":                    {Name: "Harbour", Steps: steps{step(index.AnySection, "9")}},
		"Harbour Art. 1 bis":             {Name: "Harbour", Steps: steps{step(art, "1 bis")}},
		"Harbour Article G-10":           {Name: "Harbour", Steps: steps{step(art, "G-10")}},
		"Harbour Art. XIV":               {Name: "Harbour", Steps: steps{step(art, "XIV")}},
		"Harbour art 32A":                {Name: "Harbour", Steps: steps{step(art, "32A")}},
		"Harbour para 72":                {Name: "Harbour", Steps: steps{step(para, "72")}},
		"Harbour paras 72–73":            {Name: "Harbour", Steps: steps{step(para, "72-73")}},
		"Harbour paras 72 to 73":         {Name: "Harbour", Steps: steps{step(para, "72")}, Range: true},
		"arts 2, 3 and 5 of the Harbour": {Name: "Harbour", Steps: steps{step(art, "2")}, Range: true},
		"Art 9(1)(a)-(c) Harbour":        {Name: "Harbour", Steps: steps{step(art, "9"), step(in, "1"), step(in, "a")}, Range: true},
		"Harbour recital 14":             {Name: "Harbour", Steps: steps{step(index.Recital, "14")}},
		"Harbour annex II, point 3":      {Name: "Harbour", Steps: steps{step(index.Annex, "II"), step(point, "3")}},
		"Harbour annex, para 3":          {Name: "Harbour", Steps: steps{step(index.Annex, ""), step(para, "3")}},
		"preamble of the Harbour":        {Name: "Harbour", Steps: steps{step(index.Preamble, "")}},
		// What stands in the place of articles.
		"Harbour ch. II, reg. 5(a)":                {Name: "Harbour", Steps: steps{step(index.Chapter, "II"), step(index.Regulation, "5"), step(in, "a")}},
		"Harbour, regulation 5, of Chapter II":     {Name: "Harbour", Steps: steps{step(index.Chapter, "II"), step(index.Regulation, "5")}},
		"paragraph (a) of Regulation 5 of Harbour": {Name: "Harbour", Steps: steps{step(index.Regulation, "5"), step(para, "a")}},
		"Harbour Standard A1.1(2)":                 {Name: "Harbour", Steps: steps{step(index.Standard, "A1.1"), step(in, "2")}},
		"Harbour guideline B2.3.1":                 {Name: "Harbour", Steps: steps{step(index.Guideline, "B2.3.1")}},
		"Principle 21 of the Harbour Declaration":  {Name: "Harbour Declaration", Steps: steps{step(index.Principle, "21")}},
		"Harbour Rules, rules 3 and 4":             {Name: "Harbour Rules", Steps: steps{step(index.Rule, "3")}, Range: true},
		"règle 7 b) du Port":                       {Name: "Port", Steps: steps{step(index.Rule, "7"), step(in, "b")}},
		// Other languages.
		"Art. 9 Abs. 2 Buchst. a Hafen":                {Name: "Hafen", Steps: nine2a},
		"articolo 9, comma 2, lettera a), del Porto":   {Name: "Porto", Steps: nine2a},
		"artículo 9, apartado 2, letra a), del Puerto": {Name: "Puerto", Steps: nine2a},
		"artigo 9.º, n.º 2, alínea a), do Porto":       {Name: "Porto", Steps: steps{step(art, "9"), step(in, "2"), step(para, "a")}},
		"artikel 9, tweede lid, onder a, van de Haven": {Name: "Haven", Steps: nine2a},
		"l'article 9, paragraphe 2, point a), du Port": {Name: "Port", Steps: nine2a},
		"п. 2 ст. 9 Портовой конвенции":                {Name: "Портовой конвенции", Steps: steps{step(art, "9"), step(para, "2")}},
		"статья 32 Портовой конвенции":                 {Name: "Портовой конвенции", Steps: steps{step(art, "32")}},
		// What only looks like a pinpoint.
		"art of war":               {Name: "art of war"},
		"ETS 185":                  {Name: "ETS 185"},
		"A/RES/79/243":             {Name: "A/RES/79/243"},
		"Regulation (EU) 2016/679": {Name: "Regulation (EU) 2016/679"},
		"Regulation No 9/2016":     {Name: "Regulation No 9/2016"},
		"Regulation 2016/679":      {Name: "Regulation 2016/679"},
		"Harbour Regulation art 5": {Name: "Harbour Regulation", Steps: steps{step(art, "5")}},
		"art 5 2016/679":           {Name: "2016/679", Steps: steps{step(art, "5")}},
		"Partial Accord":           {Name: "Partial Accord"},
		"AP I":                     {Name: "AP I"},
	} {
		got := index.ParseCitation(line)
		if diff := cmp.Diff(want, index.Citation{Name: got.Name, Steps: got.Steps, Range: got.Range}, cmpopts.IgnoreUnexported(want)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", line, diff)
		}
	}
}

func TestCitationLines(t *testing.T) {
	text := "1. Harbour art 2;  Lighthouse para 3.\r\n\n- ETS 185\n• A/RES/79/243,\n [3] 2016/679\n---\n(4) GDPR"
	want := []string{"Harbour art 2", "Lighthouse para 3", "ETS 185", "A/RES/79/243", "2016/679", "GDPR"}
	if diff := cmp.Diff(want, index.CitationLines(text)); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}
