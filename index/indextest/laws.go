package indextest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
	"glossator/index/query"
)

func empty(t *testing.T, e index.Engine) {
	wantMark(t, e, 0)
	result := search(t, e, query.And{word("harbour"), word("lantern")}, everything(mara))
	if result.Passages != 0 || result.Documents != 0 || len(result.Groups) != 0 {
		t.Errorf("an empty engine finds %+v", result)
	}
	hits, err := e.Matches(t.Context(), query.All{}, "v1", mara)
	if err != nil || len(hits) != 0 {
		t.Errorf("an empty engine matches %v, %v", hits, err)
	}
}

func mark(t *testing.T, e index.Engine) {
	apply(t, e)
	wantMark(t, e, 0)
	apply(t, e, harbour(3, "v1", "One lantern."), harbour(7, "v2", "Two lanterns."))
	wantMark(t, e, 7)
	apply(t, e, index.Change{Number: 9, Document: index.Document{ID: "harbour-v1"}})
	wantMark(t, e, 9)
	if got := search(t, e, query.All{}, everything(everyone)).Mark; got != 9 {
		t.Errorf("a result has the mark %d, want 9", got)
	}
}

func replace(t *testing.T, e index.Engine) {
	first := harbour(1, "v1", "The harbour master keeps a lantern.", "Ships wait outside.")
	apply(t, e, first)
	apply(t, e, first)
	wantFound(t, e, query.All{}, everyone, "v1/art1", "v1/art2")

	second := harbour(2, "v1", "The harbour master keeps a bell.")
	second.Document.Kind = index.Directive
	apply(t, e, second)
	wantFound(t, e, word("lantern"), everyone)
	wantFound(t, e, word("bell"), everyone, "v1/art1")
	// What is known of a document holds for all its passages.
	wantFound(t, e, in("kind", phrase("directive")), everyone, "v1/art1", "v1/art2")
	wantFound(t, e, query.All{}, everyone, "v1/art1", "v1/art2")

	// The last of several forms of a passage in one call counts.
	apply(t, e, harbour(3, "v1", "A bell."), harbour(4, "v1", "A gong."))
	wantFound(t, e, word("bell"), everyone)
	wantFound(t, e, word("gong"), everyone, "v1/art1")
}

func drop(t *testing.T, e index.Engine) {
	apply(t, e, harbour(1, "v1", "A lantern.", "A bell."), harbour(2, "v10", "A lantern."))
	gone := index.Change{Number: 3, Document: index.Document{ID: "harbour-v1"}, Drop: []string{"v1", "never"}}
	apply(t, e, gone)
	wantFound(t, e, query.All{}, everyone, "v10/art1")
	apply(t, e, gone)
	wantFound(t, e, query.All{}, everyone, "v10/art1")

	// A version that comes and goes in one call, and one that comes again.
	again := harbour(6, "v1", "A gong.")
	again.Drop = []string{"v1"}
	apply(t, e,
		harbour(4, "v4", "A whistle."),
		index.Change{Number: 5, Document: index.Document{ID: "harbour-v4"}, Drop: []string{"v4"}},
		harbour(6, "v1", "A lantern.", "A bell."), again)
	wantFound(t, e, query.All{}, everyone, "v10/art1", "v1/art1")
	wantFound(t, e, word("gong"), everyone, "v1/art1")
}

// versions holds an engine to the rule that older versions of a text are found
// when they are asked for, and have no part in anything else.
func versions(t *testing.T, e index.Engine) {
	older := harbour(1, "v1", "The harbour master keeps a lantern.", "A bell.")
	apply(t, e, older)
	want := search(t, e, word("lantern"), everything(everyone))
	for i := range older.Passages {
		older.Passages[i].Superseded = true
	}
	newer := harbour(2, "v2", "The harbour master keeps a lamp.", "A bell.")
	newer.Document.ID = older.Document.ID
	for i := range newer.Passages {
		newer.Passages[i].Document = older.Document.ID
	}
	newer.Passages = append(newer.Passages, older.Passages...)
	apply(t, e, newer)

	of := func(value string) query.Query { return in("version", phrase(value)) }
	wantFound(t, e, word("lantern"), everyone)
	wantFound(t, e, word("bell"), everyone, "v2/art2")
	wantFound(t, e, query.Join(word("bell"), of("current")), everyone, "v2/art2")
	wantFound(t, e, query.Join(word("bell"), of("all")), everyone, "v1/art2", "v2/art2")
	wantFound(t, e, query.Join(word("bell"), of("older")), everyone, "v1/art2")
	wantFound(t, e, query.Join(word("bell"), query.Not{Query: of("older")}), everyone, "v2/art2")
	hits, err := e.Matches(t.Context(), word("lantern"), "v1", everyone)
	if err != nil || len(hits) != 1 || len(hits[0].Spans) != 1 || !hits[0].Superseded {
		t.Errorf("in the older version “lantern” is %+v, %v", hits, err)
	}

	// The older version becomes the current one: nothing is left of the newer.
	again := harbour(3, "v1", "The harbour master keeps a lantern.", "A bell.")
	again.Drop = []string{"v2"}
	apply(t, e, again)
	got := search(t, e, word("lantern"), everything(everyone))
	got.Mark = want.Mark
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after the newer version has gone it finds (-want +got):\n%s", diff)
	}
}

// stems holds each language to a pair of forms of a word that are the same to
// it, and to some that are not.
func stems(t *testing.T, e index.Engine) {
	texts := []struct{ version, language, text string }{
		{"en", "en-GB", "The parties shall cooperate in securing networks."},
		{"fr", "fr", "Les États coopèrent à l'échange d'informations."},
		{"es", "es", "La cooperación entre las autoridades."},
		{"de", "de", "Die Vertragsparteien und ihre Verpflichtungen."},
		{"ru", "ru", "Стороны обеспечивают безопасность сетей."},
		{"pl", "pl", "Żółta łódź i jej załoga."},
		{"zh", "zh-Hant", "各方應保障信息安全。"},
		{"ja", "ja", "灯台の光"},
	}
	for i, text := range texts {
		change := harbour(int64(i+1), text.version, text.text)
		change.Passages[0].Language = text.language
		apply(t, e, change)
	}
	for _, check := range []struct {
		query query.Query
		found string
	}{
		{word("network"), "en"}, {word("PARTY"), "en"}, {word("secure"), "en"},
		{phrase("network"), ""}, {phrase("Networks"), "en"}, {pattern("network?"), "en"}, {pattern("n*ks"), "en"},
		{word("état"), "fr"}, {word("etats"), "fr"}, {word("échanges"), "fr"}, {word("d'information"), "fr"},
		{phrase("échange"), "fr"}, {phrase("echange"), ""}, {phrase("l'échange d'informations"), "fr"},
		{pattern("l'écha*"), "fr"},
		{word("cooperación"), "es"}, {word("cooperacion"), "es"}, {word("cooperaciones"), "es"},
		{phrase("cooperacion"), ""},
		{word("Vertragspartei"), "de"}, {word("Verpflichtung"), "de"},
		{word("сеть"), "ru"}, {word("сторона"), "ru"},
		{word("zolta"), "pl"}, {word("żółta"), "pl"}, {word("załogi"), ""}, {phrase("zolta"), ""},
		{word("信息"), "zh"}, {phrase("信息安全"), "zh"}, {word("息信"), ""}, {pattern("信息*"), "zh"},
		{word("灯台"), "ja"}, {in("lang", phrase("zh")), "zh"}, {in("lang", phrase("en-GB")), "en"},
	} {
		if check.found == "" {
			wantFound(t, e, check.query, everyone)
		} else {
			wantFound(t, e, check.query, everyone, check.found+"/art1")
		}
	}
}

func spans(t *testing.T, e index.Engine) {
	const text = "A lamp, lamps and LAMPS. The lamp oil lamp oil burns. 信息信息"
	change := harbour(1, "v1", text)
	change.Passages[0].Start, change.Passages[0].End = 100, 100+len([]rune(text))
	apply(t, e, change)
	for _, check := range []struct {
		query query.Query
		marks []string
	}{
		{word("lamp"), []string{"lamp", "lamps", "LAMPS", "lamp", "lamp"}},
		{phrase("lamps"), []string{"lamps", "LAMPS"}},
		{phrase("lamp oil"), []string{"lamp oil", "lamp oil"}},
		{phrase("lamp oil lamp"), []string{"lamp oil lamp"}},
		{query.Or{phrase("lamp oil"), phrase("oil lamp")}, []string{"lamp oil lamp oil"}},
		{query.Or{word("oil"), pattern("b*s")}, []string{"oil", "oil", "burns"}},
		{query.And{word("burning"), query.Not{Query: word("wick")}}, []string{"burns"}},
		{word("信息"), []string{"信息", "信息"}},
		{word("信"), []string{"信", "信"}},
		{query.All{}, nil},
		{in("title", word("harbours")), nil},
		{query.And{in("title", word("harbours")), word("oil")}, []string{"oil", "oil"}},
	} {
		result := search(t, e, check.query, everything(everyone))
		if result.Passages != 1 {
			t.Errorf("%q finds %d passages, want 1", check.query, result.Passages)
			continue
		}
		var marks []string
		for _, span := range result.Groups[0].Hits[0].Spans {
			marks = append(marks, string([]rune(text)[span.Start-100:span.End-100]))
		}
		if diff := cmp.Diff(check.marks, marks); diff != "" {
			t.Errorf("%q marks (-want +got):\n%s", check.query, diff)
		}
	}
}

// snippet checks that a snippet prefers the place where the most terms meet.
func snippet(t *testing.T, e index.Engine) {
	filler := strings.Repeat("Nothing of note happens along this coast. ", 40)
	text := "A lantern hangs here. " + filler + "The lantern and the anchor meet here. " + filler + "An anchor."
	apply(t, e, harbour(1, "v1", text))
	hit := search(t, e, query.And{word("lantern"), word("anchor")}, everything(everyone)).Groups[0].Hits[0]
	shown := string([]rune(text)[hit.Snippet.Start:hit.Snippet.End])
	if !strings.Contains(shown, "The lantern and the anchor meet here.") || len(shown) > 400 {
		t.Errorf("the snippet is %q", shown)
	}
	hit = search(t, e, query.All{}, everything(everyone)).Groups[0].Hits[0]
	if hit.Snippet.Start != 0 || hit.Snippet.End < 100 || hit.Snippet.End > 400 {
		t.Errorf("the snippet of a hit without matches is %v", hit.Snippet)
	}
}

func cited(t *testing.T, e index.Engine) {
	const text = "Duties\n1. Keep a lantern.\n2. Keep a bell."
	change := harbour(1, "v1", text)
	change.Passages[0].Inner = []index.Inner{
		{Span: index.Span{Start: 7, End: 25}, Provision: "art1.1", Pinpoint: "art. 1(1)"},
		{Span: index.Span{Start: 26, End: 41}, Provision: "art1.2", Pinpoint: "art. 1(2)"},
	}
	apply(t, e, change)
	for asked, want := range map[string]string{"duties": "art1", "lantern": "art1.1", "bell": "art1.2", "keep": "art1.1"} {
		hit := search(t, e, word(asked), everything(everyone)).Groups[0].Hits[0]
		if hit.CitedProvision != want || want != "art1" && !strings.HasPrefix(hit.CitedPinpoint, "art. 1(") {
			t.Errorf("%q is cited as %s, %s, want %s", asked, hit.CitedProvision, hit.CitedPinpoint, want)
		}
	}
	filler := strings.Repeat("The harbour is open. ", 40)
	change.Number++
	change.Passages[0].Text = "Duties\n1. Keep a lantern. " + filler + "\n2. Keep a bell."
	begins := utf8.RuneCountInString(change.Passages[0].Text) - len("2. Keep a bell.")
	change.Passages[0].End = begins + len("2. Keep a bell.")
	change.Passages[0].Inner[0].End, change.Passages[0].Inner[1].Span = begins-1, index.Span{Start: begins, End: change.Passages[0].End}
	apply(t, e, change)
	hit := search(t, e, query.And{word("keep"), word("bell")}, everything(everyone)).Groups[0].Hits[0]
	if hit.CitedProvision != "art1.2" || len(hit.Spans) != 3 {
		t.Errorf("the snippet %v with the matches %v is cited as %s, want art1.2", hit.Snippet, hit.Spans, hit.CitedProvision)
	}
	hit = search(t, e, query.All{}, everything(everyone)).Groups[0].Hits[0]
	if hit.CitedProvision != "art1" || hit.CitedPinpoint != "art. 1" {
		t.Errorf("a hit without matches is cited as %s, %s", hit.CitedProvision, hit.CitedPinpoint)
	}
}

func fields(t *testing.T, e index.Engine) {
	old := harbour(1, "v1", "One.", "Two.")
	old.Document = index.Document{
		ID: "harbour-v1", Title: "Convention on Lanterns and Bells", ShortTitle: "Lantern Convention",
		Aliases: []string{"LC 12"}, Kind: index.CodeOfConduct, Organisation: "Union of Ports",
		Parties: []string{"FRA", "CHL"}, Signed: "1999-05-01",
	}
	old.Passages[1].Provision, old.Passages[1].Number = "annex2.art13", "XIII"
	digest := harbour(2, "v2", "Three.")
	digest.Document.Digest, digest.Document.Adopted = true, "2012"
	digest.Passages[0].Provision, digest.Passages[0].Number = "art7.2", "2"
	digest.Passages[0].Path = []index.Crumb{{Provision: "art7", Label: "Article 7"}}
	apply(t, e, old, digest)
	one, two, three := "v1/art1", "v1/annex2.art13", "v2/art7.2"
	for _, check := range []struct {
		query query.Query
		found []string
	}{
		{in("title", word("lantern")), []string{one, two}}, {in("title", phrase("lantern convention")), []string{one, two}},
		{in("title", phrase("bells lantern")), nil}, {in("title", pattern("bell*")), []string{one, two}},
		{in("title", word("lc")), []string{one, two}}, {in("title", word("harbours")), []string{three}},
		{in("in", phrase("lc 12")), []string{one, two}}, {in("in", phrase("Lantern Convention")), []string{one, two}},
		{in("in", phrase("lantern")), nil}, {in("in", pattern("harbour*2")), []string{three}},
		{in("kind", phrase("Code of Conduct")), []string{one, two}}, {in("kind", word("treaty")), []string{three}},
		{in("org", phrase("union of ports")), []string{one, two}}, {in("org", pattern("union*")), []string{one, two}},
		{in("party", word("fra")), []string{one, two}}, {in("party", word("DEU")), nil},
		{in("party", word("france")), []string{one, two}}, {in("party", phrase("French Republic")), []string{one, two}},
		{in("year", word("1999")), []string{one, two}}, {in("year", pattern("20*")), []string{three}},
		{query.Range{Field: "year", From: 2000}, []string{three}}, {query.Range{Field: "year", To: 1999}, []string{one, two}},
		{query.Range{Field: "year", From: 1999, To: 2012}, []string{one, two, three}},
		{in("art", word("1")), []string{one}}, {in("art", word("13")), []string{two}},
		{in("art", word("xiii")), []string{two}}, {in("art", word("7")), []string{three}}, {in("art", pattern("1*")), []string{one, two}},
		{in("has", word("digest")), []string{three}}, {in("has", word("concept")), nil},
		{in("lang", word("EN")), []string{one, two, three}}, {query.Not{Query: in("kind", word("treaty"))}, []string{one, two}},
		{phrase("—"), nil}, {query.Not{Query: phrase("—")}, []string{one, two, three}},
	} {
		wantFound(t, e, check.query, everyone, check.found...)
	}
	if _, err := e.Search(t.Context(), in("colour", word("red")), everything(everyone)); err == nil {
		t.Error("a field that does not exist is searched without an error")
	}
}
