package indextest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"glossator/index"
	"glossator/index/query"
)

// A writer makes random documents and queries. Its words are their own stems in
// every language, or differ in all of them.
type writer struct{ *rand.Rand }

var (
	languages = []string{"en", "en-GB", "fr", "de", "es", "pl", "ru", "ar", "zh", "zh-Hant", "ja"}
	vocab     = strings.Fields("harbour lantern velvet orchid copper thunder G-10 l'harbour 9(2)(a) 10 маяк порт قمر 灯塔 港口 海 のり")
	marks     = strings.Split(" |, |. |\n|; |-| — |(", "|")
	concepts  = []string{"Safety at Sea", "safety", "Fog", "海"}
	people    = []string{"Mara", "Odo", "Ann Lee"}
	groups    = map[string]string{"group:reef": "Reef Watch", "group:pier": "Pier"} // their names, by audience
)

func (w writer) one(of []string) string { return of[w.IntN(len(of))] }

func (w writer) some(of []string) []string {
	chosen := []string{}
	for _, value := range of {
		if w.IntN(3) == 0 {
			chosen = append(chosen, value)
		}
	}
	return chosen
}

func (w writer) text(words int) string {
	var text strings.Builder
	for range words {
		word := w.one(vocab)
		switch w.IntN(6) {
		case 0:
			word = strings.ToUpper(word)
		case 1:
			word = strings.ToTitle(word[:1]) + word[1:]
		}
		text.WriteString(word + w.one(marks))
	}
	return strings.ToValidUTF8(text.String(), "")
}

func (w writer) change(number int64) index.Change {
	n := w.IntN(30)
	d := index.Document{
		ID: fmt.Sprintf("doc-%d", n), Title: w.text(3), Kind: w.one([]string{index.Treaty, index.Declaration}),
		Organisation: w.one([]string{"", "Union of Ports", "UP"}), Parties: w.some([]string{"FRA", "CHL", "DEU"}),
		Signed: w.one([]string{"", "1999", "2005-01-01", "2010-12"}), Digest: w.IntN(4) == 0, Aliases: w.some([]string{"Port 1", "P2"}),
	}
	versions := []string{fmt.Sprintf("ver-%d-0", n), fmt.Sprintf("ver-%d-1", n)}
	older := w.IntN(2) // of these are not current
	change := index.Change{Number: number, Document: d, Drop: versions}
	for language := range 1 + w.IntN(2) {
		version, start := versions[language], 0
		for i := range 1 + w.IntN(6) {
			p := passage(d.ID, version, languages[(n+language)%len(languages)], fmt.Sprint(i+1), start, w.text(1+w.IntN(12)))
			start = p.End + 1
			p.Superseded = language < older
			for _, audience := range w.some([]string{"public", "user:mara", "user:odo", "group:reef", "group:pier"}) {
				a := index.Annotations{
					Audience: audience, Group: groups[audience], Concepts: w.some(concepts), Notes: w.some([]string{w.text(4), "harbour"}),
					By: []string{w.one(people)}, Replies: w.IntN(3) == 0,
				}
				if len(a.Concepts) > 0 {
					a.Tagged = [][]int{{20260131}, {20251224, 20260201}, {20260301}}[w.IntN(3)]
				}
				p.Annotations = append(p.Annotations, a)
			}
			change.Passages = append(change.Passages, p)
		}
	}
	return change
}

func (w writer) query(depth int) query.Query {
	if depth > 0 {
		switch w.IntN(4) {
		case 0:
			return query.Not{Query: w.query(depth - 1)}
		case 1:
			return query.And{w.query(depth - 1), w.query(depth - 1)}
		case 2:
			return query.Or{w.query(depth - 1), w.query(depth - 1), w.query(depth - 1)}
		}
	}
	switch w.IntN(9) {
	case 0:
		return query.All{}
	case 1:
		return query.Range{Field: "year", From: w.IntN(2)*1995 + w.IntN(20), To: w.IntN(2) * 2006}
	case 2:
		return w.field()
	}
	field := w.one([]string{"", "", "", "title", "note"})
	switch w.IntN(4) {
	case 0:
		return in(field, phrase(strings.TrimSpace(w.text(2+w.IntN(2)))+"x"[:w.IntN(2)]))
	case 1:
		return in(field, pattern(w.one([]string{"har*", "*er", "l?ntern", "*o*r", "G-*", "м*к", "l'*"})))
	}
	return in(field, word(w.one(vocab)))
}

func (w writer) field() query.Query {
	match := func(field string, values ...string) query.Query { return in(field, phrase(w.one(values))) }
	switch w.IntN(11) {
	case 9:
		return match("group", "reef watch", "pier")
	case 10:
		return query.Range{Field: "tagged", From: []int{0, 20260101, 20260131}[w.IntN(3)], To: []int{0, 20260201, 20260131}[w.IntN(3)]}
	case 0:
		return match("kind", index.Treaty, index.Declaration)
	case 1:
		return match("org", "up", "union of ports")
	case 2:
		return match("party", "fra", "DEU")
	case 3:
		return match("lang", "en", "zh", "zh-hant", "ja")
	case 4:
		return match("concept", concepts...)
	case 5:
		return match("by", people...)
	case 6:
		return match("has", "concept", "note", "reply", "annotation", "digest")
	case 7:
		return match("version", "current", "older", "all")
	}
	return in("concept", pattern(w.one([]string{"saf*", "*sea", "?og"})))
}

// random compares an engine with the model, over random documents that come,
// change and go, and random queries.
func random(t *testing.T, e index.Engine) {
	const seed, rounds, queries = 7, 6, 150
	w := writer{rand.New(rand.NewPCG(seed, seed))}
	m := newModel()
	number := int64(0)
	for range rounds {
		var changes []index.Change
		for range 1 + w.IntN(12) {
			number++
			changes = append(changes, w.change(number))
		}
		m.apply(changes...)
		apply(t, e, changes...)
		for range queries {
			agree(t, e, m, w.query(w.IntN(4)), [][]string{nil, everyone, mara, odo, reef, crew}[w.IntN(6)])
			if t.Failed() {
				return
			}
		}
	}
	wantMark(t, e, number)
}
