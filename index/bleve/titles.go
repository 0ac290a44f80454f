package bleve

import (
	"slices"
	"sync"

	"glossator/index/query"
)

// A titleIndex says in the titles of which documents words stand, ascending.
type titleIndex struct {
	once         sync.Once
	words, stems map[string][]uint32
}

// titleIndex returns the index of the titles of a view.
func (e *evaluation) titleIndex() *titleIndex {
	t := e.view.titles
	t.once.Do(func() {
		t.words, t.stems = map[string][]uint32{}, map[string][]uint32{}
		for document, f := range e.view.facts {
			if f == nil {
				continue
			}
			for _, words := range f.titles {
				for _, token := range words {
					put(t.words, token.Term, uint32(document))
					for _, word := range []string{token.Term, token.Joined} {
						for _, stem := range e.lexicon.of(englishGrammar, word) {
							put(t.stems, stem, uint32(document))
						}
					}
				}
			}
		}
	})
	return t
}

func put(to map[string][]uint32, word string, document uint32) {
	if documents := to[word]; len(documents) == 0 || documents[len(documents)-1] != document {
		to[word] = append(documents, document)
	}
}

// titled returns the documents that have the words of a leaf in their titles,
// ascending; none for what is not words or phrases of the text.
func (e *evaluation) titled(l *leaf) []uint32 {
	w, ok := l.shape.(words)
	if !ok || l.field != fieldExact {
		return nil
	}
	t := e.titleIndex()
	var found []uint32
	for i, s := range w[0] {
		var documents []uint32
		switch s.match {
		case query.Word:
			for _, stem := range e.lexicon.of(englishGrammar, s.term) {
				documents = append(documents, t.stems[stem]...)
			}
			slices.Sort(documents)
			documents = slices.Compact(documents)
		case query.Phrase:
			documents = t.words[s.term]
		}
		if i == 0 {
			found = documents
		} else {
			found = common([]*list{plainList(found), plainList(documents)})
		}
	}
	return found
}
