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
	value   []byte                             // if stored
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

func (f *field) Name() string                      { return f.name }
func (f *field) Value() []byte                     { return f.value }
func (f *field) ArrayPositions() []uint64          { return nil }
func (f *field) EncodedFieldType() byte            { return 't' }
func (f *field) Options() api.FieldIndexingOptions { return f.options }
func (f *field) AnalyzedLength() int               { return f.length }
func (f *field) AnalyzedTokenFrequencies() api.TokenFrequencies {
	return f.terms
}
func (f *field) NumPlainTextBytes() uint64 { return uint64(len(f.value)) }
func (f *field) Analyze() {
	if f.analyse != nil {
		f.terms, f.length = f.analyse()
		f.analyse = nil
	}
}
func (f *field) Size() int { return len(f.name) + len(f.value) }

// valueField holds whole values. Documents may share it.
func valueField(name string, options api.FieldIndexingOptions, values ...string) *field {
	terms := make(api.TokenFrequencies, len(values))
	for _, value := range values {
		terms[value] = &api.TokenFreq{Term: []byte(value)}
	}
	return &field{name: name, options: options, terms: terms, length: len(values)}
}

// wordFields holds the words of some texts as they are in a field, and their
// stems in another.
func wordFields(words *occurrences, exact, stemmed string, l *lexicon, g grammar) []*field {
	return []*field{
		{name: exact, options: keptWords, analyse: func() (api.TokenFrequencies, int) {
			return words.terms(), words.count()
		}},
		{name: stemmed, options: keptWords, analyse: func() (api.TokenFrequencies, int) {
			return words.stems(l, g), words.count()
		}},
	}
}

// betweenTexts is the distance between the last word of a text and the first
// of the next, so that no phrase reaches from one to the other.
const betweenTexts = 10

// occurrences are the words of some texts and where they stand. They are cut
// when first asked for.
type occurrences struct {
	texts []told
	exact api.TokenFrequencies
	words int
}

// A told text is one that only an audience may find; everyone, if that is nil.
type told struct {
	audience *string
	text     string
}

func (o *occurrences) count() int {
	o.terms()
	return o.words
}

func (o *occurrences) terms() api.TokenFrequencies {
	if o.exact != nil {
		return o.exact
	}
	o.exact = api.TokenFrequencies{}
	position := 0
	for _, t := range o.texts {
		for token := range index.Tokens(t.text) {
			position++
			o.words++
			place := &api.TokenLocation{Position: position}
			term := token.Term
			if t.audience != nil {
				term = forAudience(*t.audience, term)
			}
			if known := o.exact[term]; known != nil {
				known.Locations = append(known.Locations, place)
				continue
			}
			o.exact[term] = &api.TokenFreq{Term: []byte(term), Locations: []*api.TokenLocation{place}}
		}
		position += betweenTexts
	}
	for _, at := range o.exact {
		at.SetFrequency(len(at.Locations))
	}
	return o.exact
}

func (o *occurrences) stems(l *lexicon, g grammar) api.TokenFrequencies {
	all := make(api.TokenFrequencies, len(o.terms()))
	for term, at := range o.terms() {
		audience, word := term[:strings.LastIndexByte(term, 0)+1], term[strings.LastIndexByte(term, 0)+1:]
		for _, stem := range l.of(g, word) {
			stem = audience + stem
			known := all[stem]
			if known == nil {
				all[stem] = &api.TokenFreq{Term: []byte(stem), Locations: slices.Clip(at.Locations)}
				continue
			}
			known.Locations = append(known.Locations, at.Locations...)
			slices.SortFunc(known.Locations, func(a, b *api.TokenLocation) int { return a.Position - b.Position })
		}
	}
	for _, at := range all {
		at.SetFrequency(len(at.Locations))
	}
	return all
}
