package index

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What became of a citation.
const (
	Resolved  = "resolved"
	Ambiguous = "ambiguous" // several documents may be meant
	Partial   = "partial"   // the document is there, the provision is not
	Unknown   = "unknown"   // no document is there that could be meant
)

// Cited says which document a citation means.
type Cited struct {
	Citation
	Status   string     // Resolved, Ambiguous or Unknown
	Written  bool       // whether the line is written like a citation; an ordinary search is not
	Document Document   // if Resolved
	Others   []Document // if Resolved: other editions of the document, then its digests
	// Candidates are the documents that may be meant, the likeliest first, if
	// Ambiguous; those with a similar name if Unknown.
	Candidates []Document
	Reason     string // why it is not resolved; "" if it is
}

// candidatesShown is how many candidates are told.
const candidatesShown = 10

// Resolve finds the document that a line cites. A name that is wholly written
// goes before the beginning of one, an official text before a digest of the
// same instrument, an instrument before commentary.
func (n *Names) Resolve(line string) Cited {
	r := Cited{Citation: ParseCitation(line)}
	found := n.find(r.Name)
	if len(r.Steps) > 0 && (len(found.documents) == 0 || r.bare && !found.exact) {
		whole := n.find(r.Text)
		if whole.exact || r.bare {
			r.Citation, found = Citation{Text: r.Text, Name: trimName(r.Text)}, whole
		}
	}
	documents, others := n.reduce(found.documents)
	switch {
	case r.Name == "":
		r.Status, r.Reason = Unknown, "No document is named."
	case len(documents) == 0:
		r.Status, r.Candidates = Unknown, n.shown(found.near)
		r.Reason = fmt.Sprintf("No document is called “%s”.", r.Name)
	case len(documents) > 1:
		r.Status, r.Candidates = Ambiguous, n.shown(documents)
		r.Reason = fmt.Sprintf("%s documents may be meant by “%s”.", many(len(documents)), r.Name)
	default:
		r.Status, r.Document, r.Others = Resolved, n.documents[documents[0]], n.shown(others)
	}
	r.Written = !asksMore.MatchString(r.Text) && r.written(found, r.Status)
	return r
}

// ResolveList resolves the lines of a list. A pinpoint alone is one in the
// document of the line before.
func (n *Names) ResolveList(lines []string) []Cited {
	list := make([]Cited, len(lines))
	for i, line := range lines {
		list[i] = n.Resolve(line)
		if i == 0 || list[i].Name != "" || len(list[i].Steps) == 0 || list[i-1].Status != Resolved {
			continue
		}
		before, c := list[i-1], list[i].Citation
		list[i] = Cited{Citation: c, Status: Resolved, Written: before.Written, Document: before.Document, Others: before.Others}
	}
	return list
}

// mostCandidates is how many documents the beginning of a name may find.
const mostCandidates = 100

func many(n int) string {
	if n >= mostCandidates {
		return "Very many"
	}
	return strconv.Itoa(n)
}

func (n *Names) shown(documents []int) []Document {
	var list []Document
	for _, i := range documents[:min(len(documents), candidatesShown)] {
		list = append(list, n.documents[i])
	}
	return list
}

// written reports whether a line whose name was found so is written like a
// citation. The words of an ordinary search are often some of those of a title,
// so that it takes more than that: a whole name, or a pinpoint with the
// beginning of a name where a name would stand, or a word such as "convention".
func (r *Cited) written(f found, status string) bool {
	words := nameWords(r.Name)
	_, _, number := officialNumber(r.Name)
	number = number && (strings.IndexFunc(r.Name, unicode.IsLetter) >= 0 || f.exact)
	switch {
	case r.Name == "":
		return false
	case f.exact || number:
		return len(r.Steps) > 0 && !r.bare || f.exact && r.bare || len(words) > 1 || distinct(r.Name, words)
	case len(r.Steps) == 0 || r.bare && status != Resolved:
		return false
	case status == Resolved:
		return instrument(words) || !r.loose || strings.IndexFunc(r.Name, unicode.IsUpper) == 0
	case status == Ambiguous:
		return instrument(words) && !r.split
	}
	return abbreviation.MatchString(r.Name) || instrument(words) && !r.split && len(words) > 1 && len(words) <= 8
}

// distinct reports whether a name of one word is not also a word of a search:
// it is written in capitals or has at least four letters.
func distinct(name string, words []string) bool {
	return len(words) == 1 && (strings.ToUpper(name) == name || len(words[0]) >= 4)
}

// mostWords is how many words a name may have that is not written out.
const mostWords = 32

// found is what find returns.
type found struct {
	documents []int // that have the name, the likeliest first
	exact     bool  // the name is written out
	near      []int // if there are none: documents that lack one of its words
}

func (n *Names) find(name string) found {
	if f := n.findExact(name); f.exact {
		return f
	}
	plain := strings.TrimSpace(inBrackets.ReplaceAllString(name, ""))
	var among []int
	for _, m := range inBrackets.FindAllStringSubmatch(name, -1) {
		among = append(among, n.findExact(m[1]).documents...)
	}
	if plain == name || plain == "" {
		return n.findBeginning(name)
	}
	f := n.findExact(plain)
	switch {
	case !f.exact && len(among) > 0:
		return found{documents: among, exact: true}
	case !f.exact:
		return n.findBeginning(name)
	case len(among) > 0:
		both := slices.DeleteFunc(slices.Clone(f.documents), func(i int) bool { return !slices.Contains(among, i) })
		if len(both) == 0 {
			both = slices.Concat(f.documents, among) // the two contradict each other
		}
		f.documents = both
	}
	return f
}

// findExact returns the documents whose whole name or number this is.
func (n *Names) findExact(name string) found {
	if number, act, ok := officialNumber(name); ok {
		var documents []int
		for _, numbered := range n.numbers[number] {
			if (act == "" || numbered.act == "" || act == numbered.act) && !slices.Contains(documents, numbered.document) {
				documents = append(documents, numbered.document)
			}
		}
		if resolution := strings.TrimPrefix(number, "eu:"); len(documents) == 0 && act == "" && bareUnited.MatchString(resolution) {
			for _, numbered := range n.numbers["ares:"+resolution] {
				documents = append(documents, numbered.document)
			}
		}
		if len(documents) > 0 {
			return found{documents: documents, exact: true}
		}
	}
	words := nameWords(name)
	documents := n.exact[strings.Join(words, " ")]
	if len(documents) == 0 && len(words) > 1 {
		documents = n.anyOrder[inOrder(words)]
	}
	return found{documents: documents, exact: len(documents) > 0}
}

// findBeginning returns the documents with a name that has all of the words or
// words that begin with them. Names that begin with the first of the words go
// before others. Words that may as well be those of an ordinary search find no
// commentary, and nothing by words in the middle of a name. An official number
// has no beginning: near are then other acts of that number.
func (n *Names) findBeginning(name string) found {
	if number, _, ok := officialNumber(name); ok {
		var near []int
		for _, numbered := range n.numbers[number] {
			near = append(near, numbered.document)
		}
		return found{near: n.instruments(near)}
	}
	words := nameWords(name)
	if len(words) == 0 || len(words) == 1 && utf8.RuneCountInString(words[0]) < 3 || len(words) > mostWords {
		return found{}
	}
	named := instrument(words)
	telling := n.matched(slices.DeleteFunc(slices.Clone(words), func(word string) bool { return instruments[word] }))
	var leading, inside, near []scored
	for i, count := range n.matched(words) {
		name := n.names[i]
		if count < len(words)-1 || n.documents[name.document].Kind == Commentary && !named {
			continue
		}
		s := scored{name.document, len(name.words)}
		switch {
		case count < len(words) && telling[i] == 0:
		case count < len(words):
			near = append(near, s)
		case standsFor(name.words[0], words[0]):
			leading = append(leading, s)
		case named:
			inside = append(inside, s)
		}
	}
	switch {
	case len(leading) > 0:
		return found{documents: ranked(leading)}
	case len(inside) > 0:
		return found{documents: ranked(inside)}
	case len(words) < 2:
		return found{}
	}
	return found{near: n.instruments(ranked(near))}
}

// instruments returns what reduce keeps.
func (n *Names) instruments(documents []int) []int {
	kept, _ := n.reduce(documents)
	return kept
}

// scored is a document with a name that matches: the shorter, the better.
type scored struct{ document, length int }

// ranked returns each document once, mostCandidates at most.
func ranked(list []scored) []int {
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(a.length, b.length) })
	var documents []int
	seen := map[int]bool{}
	for _, s := range list {
		if !seen[s.document] && len(documents) < mostCandidates {
			seen[s.document] = true
			documents = append(documents, s.document)
		}
	}
	return documents
}

// matched returns how many of the words each name has.
func (n *Names) matched(words []string) []int {
	counts := make([]int, len(n.names))
	last := make([]int, len(n.names)) // the number of the word counted last, from 1
	for k, word := range words {
		for at := sort.SearchStrings(n.words, word); at < len(n.words) && standsFor(n.words[at], word); at++ {
			for _, name := range n.having[at] {
				if last[name] <= k {
					last[name] = k + 1
					counts[name]++
				}
			}
		}
	}
	return counts
}

// reduce returns the instruments that documents are of, and what else there is
// of the first: other editions, then digests.
func (n *Names) reduce(documents []int) (kept, others []int) {
	var list []int
	for _, i := range documents {
		if official := n.official[i]; len(official) > 0 {
			list = append(list, official...)
		} else {
			list = append(list, i)
		}
	}
	instruments := slices.DeleteFunc(slices.Clone(list), func(i int) bool { return n.documents[i].Kind == Commentary })
	if len(instruments) > 0 {
		list = instruments
	}
	edition := map[string]int{} // the place in kept of the instrument
	for _, i := range list {
		d := n.documents[i]
		root, _, _ := strings.Cut(d.ID, ".")
		key := root + "\x00" + fold(d.Title)
		at, known := edition[key]
		switch {
		case !known:
			edition[key] = len(kept)
			kept = append(kept, i)
		case kept[at] == i:
		case len(d.ID) < len(n.documents[kept[at]].ID):
			others = append(others, kept[at])
			kept[at] = i
		case !slices.Contains(others, i):
			others = append(others, i)
		}
	}
	if len(kept) != 1 {
		return kept, nil
	}
	return kept, append(others, n.digests[kept[0]]...)
}
