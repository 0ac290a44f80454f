package indextest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"glossator/index"
	"glossator/index/query"
)

// RunProximity compares an engine with the model as Run does, over documents
// that have headings, paragraphs and words of every sort, and over queries with
// all nodes of the language.
func RunProximity(t *testing.T, open func(t *testing.T) index.Engine) {
	e := open(t)
	defer closing(t, e)
	proximity(t, e)
}

func proximity(t *testing.T, e index.Engine) {
	const seed, rounds, queries = 11, 5, 250
	w := writer{rand.New(rand.NewPCG(seed, seed))}
	m := newModel()
	number := int64(0)
	for range rounds {
		var changes []index.Change
		for range 1 + w.IntN(10) {
			number++
			changes = append(changes, w.richChange(number))
		}
		m.apply(changes...)
		apply(t, e, changes...)
		for range queries {
			agree(t, e, m, w.rich(3), [][]string{nil, everyone, mara, odo}[w.IntN(4)])
			if t.Failed() {
				return
			}
		}
	}
}

var (
	richVocab = append(strings.Fields(`har-bour lan-tern vel‑vet co-or-chid harbor lanetrn ochrid orchidx
		cop`+"\u00ad"+`per thun`+"\u200b"+`der § 5% № €10 l’orchid ﬁg fig ＡＢ ab art. Nos. A/RES/79/243 港口-灯塔 маяк-порт`), vocab...)
	richMarks = append(strings.Split(`. |.|? |: |;X|.X|, (a) |.X(b) |-|X`, "|"), marks...)
	patterns  = strings.Fields("har* *er l?ntern *o*r G-* м*к l'* lan* *rchid co?per *5 har-b* *bour *ntern or*d")
	regions   = []string{"", "Europe", "Asia and the Pacific"}
	statuses  = []string{"", "in force", "signed"}
	dates     = []string{"", "2005", "2005-02", "2005-02-28", "2010-12", "0999-01-01", "soon"}
)

// richText returns lines of words.
func (w writer) richText(words int) string {
	var text strings.Builder
	for range words {
		word := w.one(richVocab)
		switch w.IntN(6) {
		case 0:
			word = strings.ToUpper(word)
		case 1:
			r, size := utf8.DecodeRuneInString(word)
			word = strings.ToUpper(string(r)) + word[size:]
		}
		text.WriteString(word + strings.ReplaceAll(w.one(richMarks), "X", "\n"))
	}
	return strings.TrimSpace(text.String())
}

// richChange is a change of which the documents and passages have all there can
// be.
func (w writer) richChange(number int64) index.Change {
	change := w.change(number)
	d := &change.Document
	d.Title, d.Region, d.Status, d.Signed, d.Adopted = w.richText(4), w.one(regions), w.one(statuses), w.one(dates), w.one(dates)
	start := map[string]int{}
	for i := range change.Passages {
		p := &change.Passages[i]
		p.Heading = w.one([]string{"", w.richText(2)})
		p.Text = w.richText(1 + w.IntN(20))
		p.Start = start[p.Version]
		p.End = p.Start + utf8.RuneCountInString(p.Text)
		start[p.Version] = p.End + 1
		p.Inner = w.inner(*p)
	}
	return change
}

// inner returns provisions for the lines of a passage.
func (w writer) inner(p index.Passage) []index.Inner {
	var all []index.Inner
	add := func(kind string, span index.Span) {
		n := fmt.Sprint(len(all) + 1)
		all = append(all, index.Inner{Span: span, Kind: kind, Provision: p.Provision + "." + n, Pinpoint: p.Pinpoint + "(" + n + ")"})
	}
	at := p.Start
	for _, line := range strings.SplitAfter(p.Text, "\n") {
		span := index.Span{Start: at, End: at + utf8.RuneCountInString(strings.TrimSuffix(line, "\n"))}
		at += utf8.RuneCountInString(line)
		if w.IntN(3) == 0 || span.Start == span.End {
			continue
		}
		add(w.one([]string{index.Paragraph, index.Paragraph, index.Point}), span)
		if half := (span.Start + span.End) / 2; w.IntN(3) == 0 && half > span.Start {
			add(w.one([]string{index.Paragraph, index.Point}), index.Span{Start: half, End: span.End})
		}
	}
	return all
}

// rich returns a query that may have any node.
func (w writer) rich(depth int) query.Query {
	if depth > 0 {
		switch w.IntN(8) {
		case 0:
			return query.Not{Query: w.rich(depth - 1)}
		case 1:
			return query.And{w.rich(depth - 1), w.rich(depth - 1)}
		case 2:
			return query.Or{w.rich(depth - 1), w.rich(depth - 1), w.rich(depth - 1)}
		case 3:
			return query.Boost{Query: w.rich(depth - 1), Weight: []float64{0.1, 0.5, 2, 100}[w.IntN(4)]}
		}
	}
	switch w.IntN(10) {
	case 0:
		return w.query(0)
	case 1:
		return w.richField()
	case 2:
		return in(w.one([]string{"title", "heading", "note"}), w.richTerm(query.Pattern))
	case 3, 4, 5:
		return w.richTerm(query.Regexp)
	}
	return w.near(2)
}

// near returns what may stand beside a connector, and how.
func (w writer) near(depth int) query.Query {
	side := func() query.Query {
		switch {
		case depth > 0 && w.IntN(4) == 0:
			return w.near(depth - 1)
		case depth > 0 && w.IntN(3) == 0:
			return query.Or{w.richTerm(query.Regexp), w.near(depth - 1), w.richTerm(query.Regexp)}
		}
		return w.richTerm(query.Regexp)
	}
	return query.Near{
		Left: side(), Right: side(), Unit: query.Unit(w.IntN(3)), Distance: 1 + w.IntN(6), Ordered: w.IntN(2) == 0,
	}
}

// richTerm returns a term of the text, of any match up to the last.
func (w writer) richTerm(last query.Match) query.Term {
	switch match := query.Match(w.IntN(int(last) + 1)); match {
	case query.Phrase:
		return phrase(w.richText(1 + w.IntN(3)))
	case query.Pattern:
		return pattern(w.one(patterns))
	case query.Fuzzy:
		return query.Term{Match: query.Fuzzy, Text: w.one(strings.Fields("harbor lantern orchid Copper thunder маек fig")), Edits: 1 + w.IntN(2)}
	case query.Regexp:
		return query.Term{Match: query.Regexp, Text: w.one(strings.Fields(`harb.* (lan|ve)[a-z]+t c[op]+er ..rchid \pL*маяк[^x]* har|bour|lant`))}
	}
	return word(w.one(richVocab))
}

func (w writer) richField() query.Query {
	match := func(field string, values ...string) query.Query { return in(field, phrase(w.one(values))) }
	document := fmt.Sprintf("doc-%d", w.IntN(30))
	version := fmt.Sprintf("ver-%s-%d", document[len("doc-"):], w.IntN(2))
	switch w.IntN(6) {
	case 0:
		return match("region", regions[1:]...)
	case 1:
		return match("status", "In Force", "signed", "in")
	case 2:
		return match("coded", "yes", "no")
	case 3:
		from, to := []int{0, 19991231, 20050101, 20050215, 20050301, 20101101}, []int{0, 20050101, 20050214, 20050228, 20101231}
		return query.Range{Field: "date", From: from[w.IntN(len(from))], To: to[w.IntN(len(to))]}
	case 4:
		return match("id", document, strings.ToUpper(document), version, document[:len(document)-1])
	}
	return match("id", document+"/art1", version+"/art2", document+"/art2.1", version+"/art1.2.9", document+"/ch1", version+"/art")
}
