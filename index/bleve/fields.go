package bleve

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	api "github.com/blevesearch/bleve_index_api"

	"glossator/index"
)

// Names of fields that are not in query.Fields, which name themselves.
const (
	fieldExact      = "exact"       // words of the text
	fieldStemmed    = "text/"       // and a grammar: their stems
	fieldTitleExact = "title exact" // beside "title", the stems
	fieldNoteExact  = "note exact"  // beside "note", the stems
	fieldVersion    = "version"
	fieldRow        = "row"      // see row
	fieldMetadata   = "metadata" // see metadata
	fieldPassage    = "passage"  // the passage in JSON, stored
)

// forAudience returns the term that stands for a value that only an audience
// may find. What everyone may find has the audience "".
func forAudience(audience, value string) string { return audience + "\x00" + value }

// A written document is what all passages of one document have in common in
// the index.
type written struct {
	digest bool
	fields []*field
}

func writtenDocument(d index.Document, l *lexicon) (*written, error) {
	w := &written{digest: d.Digest}
	add := func(name string, values ...string) {
		var normal []string
		for _, value := range values {
			if value = normalValue(value); value != "" {
				normal = append(normal, value)
			}
		}
		if len(normal) > 0 {
			w.fields = append(w.fields, valueField(name, keptValues, normal...))
		}
	}
	add("in", append([]string{d.ID, d.ShortTitle}, d.Aliases...)...)
	add("kind", d.Kind)
	add("org", d.Organisation)
	add("party", d.Parties...)
	if year := d.Year(); year > 0 {
		add("year", yearTerm(year))
	}
	facts, err := json.Marshal(metadata{
		Title: d.Title, Kind: d.Kind, Organisation: d.Organisation, Region: d.Region, Status: d.Status, Parties: d.Parties, Year: d.Year(),
	})
	if err != nil {
		return nil, fmt.Errorf("metadata of %q: %w", d.ID, err)
	}
	w.fields = append(w.fields, valueField(fieldMetadata, keptColumn, string(facts)))
	titles := &occurrences{}
	for _, title := range append([]string{d.Title, d.ShortTitle}, d.Aliases...) {
		titles.texts = append(titles.texts, told{text: title})
	}
	w.fields = append(w.fields, wordFields(titles, fieldTitleExact, "title", l, englishGrammar)...)
	for _, f := range w.fields {
		f.Analyze()
	}
	return w, nil
}

// yearTerm makes years sort as text.
func yearTerm(year int) string { return fmt.Sprintf("%04d", year) }

// bleveDocument returns p as Bleve is to index it; number is that of the change
// it comes with.
func (w *written) bleveDocument(p index.Passage, number int64, l *lexicon) (*document.Document, error) {
	stored, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("passage %q: %w", p.ID(), err)
	}
	doc := document.NewDocument(p.ID())
	add := func(fields ...*field) {
		for _, f := range fields {
			doc.AddField(f)
		}
	}
	g := grammarOf(p.Language)
	words := &occurrences{texts: []told{{text: p.Text}}}
	add(wordFields(words, fieldExact, fieldStemmed+string(g), l, g)...)
	add(w.fields...)
	add(valueField("lang", keptValues, normalValue(p.Language), primary(p.Language)))
	add(valueField(fieldVersion, keptValues, p.Version))
	if articles := articleNumbers(p); len(articles) > 0 {
		add(valueField("art", keptValues, articles...))
	}
	add(annotationFields(p.Annotations, w.digest, l)...)
	add(rowField(p, number, words))
	add(&field{name: fieldPassage, options: keptPassage, value: stored})
	return doc, nil
}

// annotationFields returns what annotations add to a passage, each audience's
// apart.
func annotationFields(all []index.Annotations, digest bool, l *lexicon) []*field {
	var fields []*field
	var concepts, by, has []string
	notes := &occurrences{}
	if digest {
		has = append(has, forAudience("", "digest"))
	}
	for _, a := range all {
		for _, concept := range a.Concepts {
			concepts = append(concepts, forAudience(a.Audience, normalValue(concept)))
		}
		for _, name := range a.By {
			by = append(by, forAudience(a.Audience, normalValue(name)))
		}
		if len(a.Concepts) > 0 {
			has = append(has, forAudience(a.Audience, "concept"))
		}
		if len(a.Notes) > 0 {
			has = append(has, forAudience(a.Audience, "note"))
		}
		for _, note := range a.Notes {
			notes.texts = append(notes.texts, told{audience: &a.Audience, text: note})
		}
		if len(a.Concepts)+len(a.Notes)+len(a.By) > 0 {
			has = append(has, forAudience(a.Audience, "annotation"))
		}
	}
	if len(notes.texts) > 0 {
		fields = append(fields, wordFields(notes, fieldNoteExact, "note", l, englishGrammar)...)
	}
	for name, values := range map[string][]string{"concept": concepts, "by": by, "has": has} {
		if len(values) > 0 {
			fields = append(fields, valueField(name, keptValues, values...))
		}
	}
	return fields
}

// articleNumbers returns the numbers of the article that p is or is in, as
// printed and as they stand in its id: "xiii" and "13". It is empty if there is
// no article.
func articleNumbers(p index.Passage) []string {
	var numbers []string
	ids := []string{p.Provision}
	for _, crumb := range p.Path {
		ids = append(ids, crumb.Provision)
	}
	for i, id := range ids {
		number, ok := articleNumber(id)
		if !ok {
			continue
		}
		numbers = append(numbers, articleTerm(number))
		if i == 0 && p.Number != "" {
			numbers = append(numbers, articleTerm(p.Number))
		}
	}
	return numbers
}

// articleNumber returns what follows "art" in the id of a provision, such as
// "ch3.art1~2"; index.Identify makes the ids.
func articleNumber(id string) (string, bool) {
	id, _, _ = strings.Cut(id, "~")
	at := strings.LastIndex("."+id, ".art")
	if at < 0 {
		return "", false
	}
	number := id[at+len("art"):]
	return number, number != "" && number[0] != '-'
}

// articleTerm returns the form in which numbers of articles are compared: lower
// case, without spaces.
func articleTerm(number string) string {
	return strings.ReplaceAll(normalValue(number), " ", "")
}

// rowField holds the row of p. Each part is preceded by its length.
func rowField(p index.Passage, number int64, words *occurrences) *field {
	return &field{name: fieldRow, options: keptColumn, analyse: func() (api.TokenFrequencies, int) {
		var row strings.Builder
		put := func(part string) {
			part = strings.ToValidUTF8(part, "\uFFFD")
			row.WriteString(strconv.Itoa(len(part)) + ":" + part)
		}
		count := func(n int64) { put(strconv.FormatInt(n, 10)) }
		put(p.Document)
		put(p.Version)
		put(p.Language)
		count(int64(p.Start))
		count(int64(words.count()))
		count(orElse(p.Changed, number))
		for _, a := range p.Annotations {
			put(a.Audience)
			count(orElse(a.Changed, number))
			count(int64(len(a.Concepts)))
			for _, concept := range a.Concepts {
				put(concept)
			}
		}
		term := row.String()
		return api.TokenFrequencies{term: {Term: []byte(term)}}, 1
	}}
}

func orElse(n, other int64) int64 {
	if n == 0 {
		return other
	}
	return n
}
