package index

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Meant returns the document that a reference in a text means by a name, as
// Reference says of Named, Called, Defined and Mentioned, and what else there is of it:
// other editions, then digests. It is false if no document has that name, or
// several have: a name in a text is never guessed.
func (n *Names) Meant(of, name string) (document Document, others []Document, ok bool) {
	var documents []int
	switch of {
	case Named:
		documents = n.leading(name)
	case Called:
		documents = n.trailing(name)
	case Defined:
		if documents = n.trailing(name); len(documents) == 0 {
			documents = n.with(name, lastInstrument(wordsIn(name)))
		}
	case Mentioned:
		documents = n.with(name, firstInstrument(wordsIn(name)))
	}
	return n.one(documents)
}

// About returns the document that another is about, by its id, as Meant does.
// Our digest of an instrument stands for it where its text is not here.
func (n *Names) About(id string) (document Document, others []Document, ok bool) {
	var documents []int
	for i, d := range n.documents {
		if id != "" && (d.ID == id || d.Digest && d.Kind != Commentary && d.About == id) {
			documents = append(documents, i)
		}
	}
	return n.one(documents)
}

func (n *Names) one(documents []int) (document Document, others []Document, ok bool) {
	kept, rest := n.reduce(documents)
	if len(kept) != 1 {
		return Document{}, nil, false
	}
	for _, i := range rest {
		others = append(others, n.documents[i])
	}
	return n.documents[kept[0]], others, true
}

// A nameWord is a word of a text in the way in which names are compared.
type nameWord struct {
	text       string // folded
	start, end int    // bytes
	capital    bool
	connects   bool
}

// wordsIn returns the words of a stretch of text, those that connect included.
func wordsIn(text string) []nameWord {
	var words []nameWord
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		digit := unicode.IsDigit(r)
		if !digit && !unicode.IsLetter(r) {
			at += size
			continue
		}
		end := at
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if unicode.IsDigit(r) != digit || !digit && !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			end += size
		}
		word := nameWord{text: fold(text[at:end]), start: at, end: end, capital: unicode.IsUpper(r)}
		if digit {
			word.text = strings.TrimLeft(word.text, "0")
		}
		word.connects = connects[word.text] && (len(word.text) > 1 || word.text == "a" || word.text == "y" || word.text == "e")
		words = append(words, word)
		at = end
	}
	return words
}

// leading returns the documents with the longest name that a text begins with.
func (n *Names) leading(text string) []int {
	if documents, ok := n.numbered(text); ok {
		return documents
	}
	words := wordsIn(text)
	for end := len(words); end > 0; end-- {
		if documents := n.whole(words[:end]); len(documents) > 0 && !continues(text, words, end) {
			return documents
		}
	}
	return nil
}

// trailing returns the documents with the longest name that a text ends with.
func (n *Names) trailing(text string) []int {
	plain := text
	if open := strings.LastIndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") {
		plain = strings.TrimSpace(text[:open])
	}
	words := wordsIn(plain)
	for start := range words {
		if documents, ok := n.numbered(plain[words[start].start:]); ok {
			return documents
		}
		if documents := n.whole(words[start:]); len(documents) > 0 {
			return documents
		}
	}
	if plain != text {
		return n.leading(strings.Trim(text[len(plain):], " ()"))
	}
	return nil
}

// with returns the documents with a name in a text that has a certain word, -1
// for none.
func (n *Names) with(text string, noun int) []int {
	words := wordsIn(text)
	for start := max(0, noun-6); start <= noun; start++ {
		if words[start].connects {
			continue
		}
		if documents, ok := n.numbered(text[words[start].start:]); ok && start == noun {
			return documents
		}
		for end := len(words); end > noun; end-- {
			if documents := n.whole(words[start:end]); len(documents) > 0 && !continues(text, words, end) {
				return documents
			}
		}
	}
	return nil
}

func firstInstrument(words []nameWord) int {
	return slices.IndexFunc(words, func(w nameWord) bool { return instruments[w.text] && w.capital })
}

func lastInstrument(words []nameWord) int {
	last := -1
	for i, w := range words {
		if instruments[w.text] && w.capital {
			last = i
		}
	}
	return last
}

// numbered returns the documents whose official number a text begins with; ok if
// it begins with one, whether or not a document has it.
func (n *Names) numbered(text string) (documents []int, ok bool) {
	number, act, _, ok := leadingNumber(text)
	if !ok {
		return nil, false
	}
	for _, numbered := range n.numbers[number] {
		if (act == "" || numbered.act == "" || act == numbered.act) && !slices.Contains(documents, numbered.document) {
			documents = append(documents, numbered.document)
		}
	}
	return documents, true
}

// whole returns the documents of which words are a whole name. A word such as
// "Convention" alone is no name.
func (n *Names) whole(words []nameWord) []int {
	if len(words) == 0 || words[0].connects || words[len(words)-1].connects {
		return nil
	}
	var key []string
	for _, word := range words {
		if !word.connects {
			key = append(key, word.text)
		}
	}
	if len(key) == 1 && (instruments[key[0]] || !words[0].capital || utf8.RuneCountInString(key[0]) < 3 || roman(strings.ToUpper(key[0])) > 0) {
		return nil
	}
	return n.exact[strings.Join(key, " ")]
}

// continues reports whether the name that ends before a word goes on: into
// another word with a capital, or by "of" and the like. A year may follow if it
// is that of the document.
func continues(text string, words []nameWord, end int) bool {
	if end >= len(words) {
		return false
	}
	next := words[end]
	between := strings.Trim(text[words[end-1].end:next.start], " \u00a0")
	switch {
	case between == "-" || between == "/" || between == "’" && !next.connects:
		return true
	case between != "":
		return false
	case next.capital:
		return true
	case !nameGoesOn[next.text] || end+1 >= len(words):
		return false
	}
	after := words[end+1]
	if articleWords[after.text] && end+2 < len(words) {
		after = words[end+2]
	}
	year, err := strconv.Atoi(after.text)
	return after.capital || err == nil && year < 1000
}
