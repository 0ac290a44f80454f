package bleve

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/document"
	api "github.com/blevesearch/bleve_index_api"

	"glossator/index"
)

// Names of the fields of the index that are not fields of the query language.
const (
	fieldExact    = "exact"     // words of the text, compounds, and where sentences and paragraphs begin
	fieldHeading  = "heading"   // words of the heading
	fieldStem     = "stem/"     // and a grammar: stem, "\x00", word, for each word of a text or heading of it
	fieldNote     = "note"      // words of notes, each for its audience
	fieldNoteStem = "stem/note" // stem, "\x00", word, each for its audience
	fieldVersion  = "version"
	fieldID       = "_id"      // Bleve's own: Passage.ID
	fieldRow      = "row"      // see row
	fieldMetadata = "metadata" // the index.Document in JSON
	fieldPassage  = "passage"  // see packPassage; stored
)

// Terms of fieldExact that are no words. A text has none that begin with their
// first byte.
const (
	boundaryPrefix = 0
	termSentence   = "\x00s" // stands where a sentence begins: see index.Sentences
	termParagraph  = "\x00p" // stands where a paragraph begins: see index.Paragraphs
)

// forAudience returns the term that stands for a value that only an audience
// may find. What everyone may find has the audience "".
func forAudience(audience, value string) string { return audience + "\x00" + value }

// bleveDocument returns p as Bleve is to index it, with the field that holds
// its document's metadata; number is that of the change it comes with.
func bleveDocument(p index.Passage, metadata *field, number int64, l *lexicon) *document.Document {
	doc := document.NewDocument(p.ID())
	add := func(fields ...*field) {
		for _, f := range fields {
			doc.AddField(f)
		}
	}
	// Bleve's workers cut the text into words.
	text := sync.OnceValue(func() *occurrences { return wordsOf(p.Text, nil) })
	heading := sync.OnceValue(func() *occurrences { return wordsOf(p.Heading, nil) })
	add(metadata)
	add(&field{name: fieldExact, options: keptWords, analyse: func() (api.TokenFrequencies, int) {
		return text().withBoundaries(p), text().words
	}})
	if p.Heading != "" {
		add(&field{name: fieldHeading, options: keptWords, analyse: func() (api.TokenFrequencies, int) {
			return heading().terms, heading().words
		}})
	}
	g := grammarOf(p.Language)
	add(stemField(fieldStem+string(g), g, l, text, heading))
	add(valueField(fieldVersion, keptValues, p.Version))
	if articles := articleNumbers(p); len(articles) > 0 {
		add(valueField("art", keptValues, articles...))
	}
	add(annotationFields(p.Annotations, l)...)
	add(rowField(p, number, text))
	add(&field{name: fieldPassage, options: keptPassage, value: sync.OnceValue(func() []byte {
		return packPassage(p, text().spans)
	})})
	return doc
}

// metadataField holds what is known of a document.
func metadataField(d index.Document) (*field, error) {
	facts, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("metadata of %q: %w", d.ID, err)
	}
	return valueField(fieldMetadata, keptColumn, string(facts)), nil
}

// annotationFields returns what annotations add to a passage, each audience's
// apart.
func annotationFields(all []index.Annotations, l *lexicon) []*field {
	var fields []*field
	var concepts, tagged, by, groups, has []string
	var notes []*occurrences
	for _, a := range all {
		for _, concept := range a.Concepts {
			concepts = append(concepts, forAudience(a.Audience, normalValue(concept)))
		}
		for _, day := range a.Tagged {
			tagged = append(tagged, forAudience(a.Audience, dayTerm(day)))
		}
		for _, name := range a.By {
			by = append(by, forAudience(a.Audience, normalValue(name)))
		}
		if a.Group != "" {
			groups = append(groups, forAudience(a.Audience, normalValue(a.Group)))
		}
		if len(a.Concepts) > 0 {
			has = append(has, forAudience(a.Audience, "concept"))
		}
		if len(a.Notes) > 0 {
			has = append(has, forAudience(a.Audience, "note"))
		}
		for _, note := range a.Notes {
			notes = append(notes, wordsOf(note, &a.Audience))
		}
		if a.Replies {
			has = append(has, forAudience(a.Audience, "reply"))
		}
		if len(a.Concepts)+len(a.Notes)+len(a.By) > 0 {
			has = append(has, forAudience(a.Audience, "annotation"))
		}
	}
	if len(notes) > 0 {
		together := joinTexts(notes)
		fields = append(fields,
			&field{name: fieldNote, options: keptWords, terms: together.terms, length: together.words},
			stemField(fieldNoteStem, englishGrammar, l, func() *occurrences { return together }))
	}
	for name, values := range map[string][]string{"concept": concepts, "tagged": tagged, "by": by, "group": groups, "has": has} {
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

// rowField holds the row of p, whose words are given: see names.parse.
func rowField(p index.Passage, number int64, text func() *occurrences) *field {
	return &field{name: fieldRow, options: keptColumn, analyse: func() (api.TokenFrequencies, int) {
		var row []byte
		for _, text := range []string{p.Document, p.Version, p.Language} {
			row = packText(row, text)
		}
		superseded := 0
		if p.Superseded {
			superseded = 1
		}
		for _, n := range []int{superseded, p.Start, text().words, int(orElse(p.Changed, number))} {
			row = packCount(row, n)
		}
		for _, a := range p.Annotations {
			row = packCount(packText(row, a.Audience), int(orElse(a.Changed, number)))
			row = packText(packTexts(packTexts(row, a.Concepts), a.By), a.Group)
		}
		return api.TokenFrequencies{string(row): {Term: row}}, 1
	}}
}

// dayTerm returns the term of a day, a number such as 20140327: later days come
// later in the order of terms.
func dayTerm(day int) string { return fmt.Sprintf("%08d", day) }

func orElse(n, other int64) int64 {
	if n == 0 {
		return other
	}
	return n
}
