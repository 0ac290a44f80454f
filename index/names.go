package index

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names is what all documents are called: it finds the one that a citation
// means. It is made once and may then be used from many goroutines.
type Names struct {
	documents []Document
	names     []documentName
	exact     map[string][]int         // documents by the words of a name, joined
	anyOrder  map[string][]int         // by the same words in alphabetical order
	numbers   map[string][]numberedDoc // by official number
	words     []string                 // of all names, sorted
	having    [][]int                  // for each of words, the names that have it
	official  map[int][]int            // documents that a digest gives way to
	digests   map[int][]int            // digests that give way to a document
}

type documentName struct {
	document int
	words    []string
}

type numberedDoc struct {
	document int
	act      string // see officialNumber
}

// NewNames returns the names of documents: titles, short titles, aliases, ids,
// what stands in brackets in them, and official numbers.
func NewNames(documents []Document) *Names {
	n := &Names{
		documents: documents, exact: map[string][]int{}, anyOrder: map[string][]int{}, numbers: map[string][]numberedDoc{},
		official: map[int][]int{}, digests: map[int][]int{},
	}
	postings := map[string][]int{}
	for i, d := range documents {
		for _, name := range append([]string{d.Title, d.ShortTitle}, d.Aliases...) {
			for _, variant := range variants(name) {
				n.add(postings, i, variant)
			}
		}
		add(n.exact, strings.Join(nameWords(d.ID), " "), i)
	}
	for word := range postings {
		n.words = append(n.words, word)
	}
	slices.Sort(n.words)
	n.having = make([][]int, len(n.words))
	for i, word := range n.words {
		n.having[i] = postings[word]
	}
	n.pairDigests()
	return n
}

func (n *Names) add(postings map[string][]int, document int, name string) {
	d := n.documents[document]
	// The number in the title of a commentary is that of what it comments on.
	if number, act, ok := officialNumber(name); ok && d.Kind != Commentary {
		n.numbers[number] = append(n.numbers[number], numberedDoc{document, act})
	}
	words := nameWords(name)
	key := strings.Join(words, " ")
	if len(words) == 0 || slices.Contains(n.exact[key], document) {
		return
	}
	add(n.exact, key, document)
	add(n.anyOrder, inOrder(words), document)
	at := len(n.names)
	n.names = append(n.names, documentName{document, words})
	// Whoever looks for a name may add whose the document is and when it was made.
	more := nameWords(d.Organisation)
	if year := d.Year(); year > 0 {
		more = append(more, strconv.Itoa(year))
	}
	for _, word := range slices.Concat(words, more) {
		if list := postings[word]; len(list) == 0 || list[len(list)-1] != at {
			postings[word] = append(list, at)
		}
	}
}

func add(to map[string][]int, key string, document int) {
	if !slices.Contains(to[key], document) {
		to[key] = append(to[key], document)
	}
}

func inOrder(words []string) string { return strings.Join(slices.Sorted(slices.Values(words)), " ") }

// pairDigests finds what each digest stands in for: the document that it is
// about, or one that has a name in common with it.
func (n *Names) pairDigests() {
	byID := map[string]int{}
	for i, d := range n.documents {
		byID[d.ID] = i
	}
	for _, documents := range n.exact {
		for _, i := range documents {
			if digest := n.documents[i]; digest.Digest {
				n.pairNamesakes(i, digest.Kind == Commentary, documents)
			}
		}
	}
	for i, d := range n.documents {
		if about, known := byID[d.About]; d.Digest && known {
			n.official[i] = nil
			n.pair(i, about)
		}
	}
	for digest, documents := range n.official {
		slices.Sort(documents)
		for _, document := range documents {
			n.digests[document] = append(n.digests[document], digest)
		}
	}
}

// pairNamesakes pairs a digest with the official texts among documents.
func (n *Names) pairNamesakes(digest int, commentary bool, documents []int) {
	for _, i := range documents {
		if d := n.documents[i]; !d.Digest && (d.Kind == Commentary) == commentary {
			n.pair(digest, i)
		}
	}
}

func (n *Names) pair(digest, document int) {
	if !slices.Contains(n.official[digest], document) {
		n.official[digest] = append(n.official[digest], document)
	}
}

var (
	inBrackets   = regexp.MustCompile(`\s*\(([^()]*)\)`)
	abbreviation = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,9}(?: \d+)?$`)
	wholeNumber  = regexp.MustCompile(`^[A-Z]+(?:/[A-Z0-9()]+)+$`)
)

// variants returns the ways in which a document with that name is named: with
// and without what stands in brackets, that alone if it is a name, and without a
// pinpoint in it.
func variants(name string) []string {
	name = strings.TrimSuffix(name, " (digest)")
	list := []string{name}
	if plain := strings.TrimSpace(inBrackets.ReplaceAllString(name, "")); plain != name && strings.Contains(plain, " ") {
		list = append(list, plain)
	}
	for _, m := range inBrackets.FindAllStringSubmatch(name, -1) {
		_, _, number := officialNumber(m[1])
		if number || abbreviation.MatchString(m[1]) || wholeNumber.MatchString(m[1]) || instrument(nameWords(m[1])) {
			list = append(list, m[1])
		}
	}
	for _, variant := range list {
		if !strings.ContainsAny(variant, "0123456789") {
			continue
		}
		if c := ParseCitation(variant); len(c.Steps) > 0 && strings.Contains(c.Name, " ") && !c.bare {
			list = append(list, c.Name)
		}
	}
	return list
}

// nameWords returns the words that names are compared by: folded, numbers apart
// from letters, without those that connect.
func nameWords(name string) []string {
	var words []string
	start, digits := -1, false
	text := fold(numeroSign.Replace(name))
	emit := func(end int) {
		if start < 0 {
			return
		}
		word := text[start:end]
		if digits {
			word = cmp.Or(strings.TrimLeft(word, "0"), "0")
		}
		if !connects[word] || len(word) == 1 && word != "a" && word != "y" && word != "e" {
			words = append(words, word)
		}
		start = -1
	}
	for at, r := range text {
		letter, digit := unicode.IsLetter(r), unicode.IsDigit(r)
		if start >= 0 && (!letter && !digit || digit != digits) {
			emit(at)
		}
		if start < 0 && (letter || digit) {
			start, digits = at, digit
		}
	}
	emit(len(text))
	return words
}

// instrument reports whether one of the words tells that this is the name of a
// document.
func instrument(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return instruments[word] })
}

// standsFor reports whether written stands for word: it is the word or, if it is
// long enough and no number, begins it.
func standsFor(word, written string) bool {
	return word == written || utf8.RuneCountInString(written) >= 3 && !isNumber(written) && strings.HasPrefix(word, written)
}

func isNumber(word string) bool { return word[0] >= '0' && word[0] <= '9' }
