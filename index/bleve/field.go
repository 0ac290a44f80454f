package bleve

import (
	"slices"
	"strings"

	api "github.com/blevesearch/bleve_index_api"

	"glossator/index"
)

// A field is one field of a Bleve document. Fields that many documents share
// are analysed when made, the others on Bleve's workers.
type field struct {
	name    string
	options api.FieldIndexingOptions
	value   func() []byte                      // if stored
	analyse func() (api.TokenFrequencies, int) // terms, and how many words they come from; nil if they are known
	terms   api.TokenFrequencies
	length  int
}

// What the fields keep: whole values are only looked up; words also count and
// have places; columns are read back by document.
const (
	keptValues  = api.IndexField | api.SkipFreqNorm
	keptWords   = api.IndexField | api.IncludeTermVectors
	keptColumn  = api.IndexField | api.SkipFreqNorm | api.DocValues
	keptPassage = api.StoreField
)

func (f *field) Name() string { return f.name }
func (f *field) Value() []byte {
	if f.value == nil {
		return nil
	}
	return f.value()
}
func (f *field) ArrayPositions() []uint64          { return nil }
func (f *field) EncodedFieldType() byte            { return 't' }
func (f *field) Options() api.FieldIndexingOptions { return f.options }
func (f *field) AnalyzedLength() int               { return f.length }
func (f *field) AnalyzedTokenFrequencies() api.TokenFrequencies {
	return f.terms
}
func (f *field) NumPlainTextBytes() uint64 { return 0 }
func (f *field) Analyze() {
	if f.analyse != nil {
		f.terms, f.length = f.analyse()
		f.analyse = nil
	}
}
func (f *field) Size() int { return len(f.name) }

// valueField holds whole values. Documents may share it.
func valueField(name string, options api.FieldIndexingOptions, values ...string) *field {
	terms := make(api.TokenFrequencies, len(values))
	for _, value := range values {
		terms[value] = &api.TokenFreq{Term: []byte(value)}
	}
	return &field{name: name, options: options, terms: terms, length: len(values)}
}

// stemField holds, for each word of some texts, its stems and the word.
func stemField(name string, g grammar, l *lexicon, texts ...func() *occurrences) *field {
	return &field{name: name, options: keptValues, analyse: func() (api.TokenFrequencies, int) {
		terms := api.TokenFrequencies{}
		for _, text := range texts {
			for term := range text().terms {
				at := strings.LastIndexByte(term, 0) + 1
				audience, word := term[:at], term[at:]
				for _, stem := range l.of(g, strings.Replace(word, hyphen, "", 1)) {
					key := audience + stem + "\x00" + word
					terms[key] = &api.TokenFreq{Term: []byte(key)}
				}
			}
		}
		return terms, len(terms)
	}}
}

// occurrences are the words of a text and where they stand.
type occurrences struct {
	terms api.TokenFrequencies
	words int
	spans []index.Span // of the words
}

// wordsOf returns the words of a text that only an audience may find; everyone,
// if that is nil. Two words with a hyphen between them are also one compound,
// in the place of the first.
func wordsOf(text string, audience *string) *occurrences {
	o := &occurrences{terms: api.TokenFrequencies{}}
	prefix := ""
	if audience != nil {
		prefix = forAudience(*audience, "")
	}
	first := "" // the word before, if a hyphen follows it
	for token := range index.Tokens(text) {
		o.words++
		o.spans = append(o.spans, token.Span)
		if first != "" {
			o.add(prefix+first+hyphen+token.Term, o.words-1)
		}
		o.add(prefix+token.Term, o.words)
		first = ""
		if token.Joined != "" {
			first = token.Term
		}
	}
	o.count()
	return o
}

// add puts a term at a position.
func (o *occurrences) add(term string, position int) {
	place := &api.TokenLocation{Position: position}
	if known := o.terms[term]; known != nil {
		known.Locations = append(known.Locations, place)
		return
	}
	o.terms[term] = &api.TokenFreq{Term: []byte(term), Locations: []*api.TokenLocation{place}}
}

// count tells Bleve how often each term is there.
func (o *occurrences) count() {
	for _, at := range o.terms {
		at.SetFrequency(len(at.Locations))
	}
}

// withBoundaries returns the words of a passage and where its sentences and
// paragraphs begin.
func (o *occurrences) withBoundaries(p index.Passage) api.TokenFrequencies {
	terms := make(api.TokenFrequencies, len(o.terms)+2)
	for term, at := range o.terms {
		terms[term] = at
	}
	with := &occurrences{terms: terms}
	for term, starts := range map[string][]int{termSentence: index.Sentences(p.Text), termParagraph: index.Paragraphs(p)} {
		last := 0
		for _, start := range starts {
			word, _ := slices.BinarySearchFunc(o.spans, start, func(w index.Span, start int) int { return w.Start - start })
			if position := word + 1; word < len(o.spans) && position != last {
				with.add(term, position)
				last = position
			}
		}
	}
	with.count()
	return terms
}

// betweenTexts is the distance between the last word of a text and the first
// of the next, so that no phrase reaches from one to the other.
const betweenTexts = 10

// joinTexts returns the words of texts one behind the other.
func joinTexts(texts []*occurrences) *occurrences {
	all := &occurrences{terms: api.TokenFrequencies{}}
	from := 0
	for _, text := range texts {
		for term, at := range text.terms {
			for _, location := range at.Locations {
				all.add(term, from+location.Position)
			}
		}
		all.words += text.words
		from += text.words + betweenTexts
	}
	all.count()
	return all
}
