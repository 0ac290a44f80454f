package indextest

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"glossator/index"
	"glossator/index/query"
)

// A reading is a text cut into words, and what can be found in it by looking at
// one word after the other.
type reading struct {
	*reader
	language              string
	words                 []place
	sentences, paragraphs []int // in which of them each word is
}

// A reader knows which words are the same, and remembers what it was asked.
type reader struct {
	// stem returns the stems of a word in a language: words that share one are the
	// same. If it is nil every word is its own stem.
	stem  func(language, word string) []string
	asked map[query.Term][][]*wanted
}

// A place is a word of a text.
type place struct {
	index.Span
	word   string
	joined string // with the next word, if a single hyphen is between them and both begin with a letter
}

// A stretch is the words of a reading from first to last, both included.
type stretch struct{ first, last int }

func (r *reader) read(language, text string) *reading {
	words := cut(text, "")
	return &reading{reader: r, language: language, words: words, sentences: parts(words, index.Sentences(text))}
}

// parts returns in which of the parts that begin at starts each word is.
func parts(words []place, starts []int) []int {
	parts := make([]int, len(words))
	part := 0
	for i, w := range words {
		for part < len(starts) && starts[part] <= w.Start {
			part++
		}
		parts[i] = part
	}
	return parts
}

// cut cuts a text into words as index.Tokens says; the characters of also count
// as letters.
func cut(text, also string) []place {
	var words []place
	var open *place
	letters := []rune(text)
	for i, r := range letters {
		letter := alone(r) || unicode.In(r, unicode.L, unicode.M, unicode.N) || strings.ContainsRune(also, r)
		if open != nil && unicode.Is(unicode.Cf, r) {
			continue
		}
		if open != nil && letter && !alone(r) {
			open.word, open.End = open.word+string(r), i+1
			continue
		}
		open = nil
		if letter {
			words = append(words, place{Span: index.Span{Start: i, End: i + 1}, word: string(r)})
			if !alone(r) {
				open = &words[len(words)-1]
			}
		}
	}
	for i := range words {
		words[i].word = strings.ToLower(norm.NFKC.String(words[i].word))
	}
	begins := func(w place) bool { return unicode.IsLetter(letters[w.Start]) && !alone(letters[w.Start]) }
	for i := range max(len(words)-1, 0) {
		a, b := words[i], words[i+1]
		between := string(letters[a.End:b.Start])
		if (between == "-" || between == "‐" || between == "‑") && begins(a) && begins(b) {
			words[i].joined = a.word + b.word
		}
	}
	return words
}

// alone reports whether a character is a word by itself.
func alone(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Sc) || strings.ContainsRune("%§¶‰°№％", r)
}

// A wanted is one word of what a term asks for.
type wanted struct {
	match      query.Match
	word       string
	edits      int
	expression *regexp.Regexp
	known      map[[2]string]bool
}

// sequences returns the words that t asks for, of which one sequence must stand
// side by side.
func (r *reader) sequences(t query.Term) [][]*wanted {
	if known, ok := r.asked[t]; ok {
		return known
	}
	one := func(match query.Match, word string) *wanted {
		w := &wanted{match: match, word: word, edits: t.Edits, known: map[[2]string]bool{}}
		if match == query.Regexp {
			w.expression = regexp.MustCompile("^(?:" + word + ")$")
		}
		return w
	}
	var sequences [][]*wanted
	also := ""
	switch t.Match {
	case query.Regexp:
		sequences = [][]*wanted{{one(query.Regexp, t.Text)}}
	case query.Pattern:
		also = "*?"
	}
	if words := cut(t.Text, also); sequences == nil && len(words) > 0 {
		var sequence []*wanted
		for _, w := range words {
			match := t.Match
			if match == query.Pattern && !strings.ContainsAny(w.word, "*?") {
				match = query.Phrase
			}
			sequence = append(sequence, one(match, w.word))
		}
		sequences = append(sequences, sequence)
		if t.Match == query.Word && len(words) == 2 && words[0].joined != "" {
			sequences = append(sequences, []*wanted{one(query.Word, words[0].joined)})
		}
	}
	r.asked[t] = sequences
	return sequences
}

// is reports whether a word of a text in a language is the one that is wanted.
func (r *reader) is(w *wanted, language, word string) bool {
	key := [2]string{language, word}
	is, ok := w.known[key]
	if !ok {
		is = r.decide(w, language, word)
		w.known[key] = is
	}
	return is
}

func (r *reader) decide(w *wanted, language, word string) bool {
	switch w.match {
	case query.Pattern:
		return like([]rune(w.word), []rune(word))
	case query.Fuzzy:
		return edits([]rune(w.word), []rune(word), w.edits) <= w.edits
	case query.Regexp:
		return w.expression.MatchString(word)
	case query.Word:
		if r.stem == nil || w.word == word {
			return w.word == word
		}
		stems := r.stem(language, word)
		return slices.ContainsFunc(r.stem(language, w.word), func(s string) bool { return slices.Contains(stems, s) })
	}
	return w.word == word
}

// at reports whether the word at i is the one that is wanted, and whether the
// compound that begins there is: a compound of which a part matches a pattern or
// an expression does not.
func (r *reading) at(i int, w *wanted) (word, compound bool) {
	p := r.words[i]
	word = r.is(w, r.language, p.word)
	if p.joined == "" {
		return word, false
	}
	switch w.match {
	case query.Word:
		compound = r.is(w, r.language, p.joined)
	case query.Pattern, query.Regexp:
		compound = !word && r.is(w, r.language, p.joined) && !r.is(w, r.language, r.words[i+1].word)
	}
	return word, compound
}

// occurrences returns where the text has what t asks for.
func (r *reading) occurrences(t query.Term) []stretch {
	var found []stretch
	var follow func(sequence []*wanted, first, next int)
	follow = func(sequence []*wanted, first, next int) {
		if len(sequence) == 0 {
			found = append(found, stretch{first, next - 1})
			return
		}
		if next >= len(r.words) {
			return
		}
		word, compound := r.at(next, sequence[0])
		if word {
			follow(sequence[1:], first, next+1)
		}
		if compound {
			follow(sequence[1:], first, next+2)
		}
	}
	for _, sequence := range r.sequences(t) {
		for i := range r.words {
			follow(sequence, i, i)
		}
	}
	return once(found)
}

func once(all []stretch) []stretch {
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Or(a.first-b.first, a.last-b.last) })
	return slices.Compact(all)
}

// stretches returns where a side of a Near stands, from its first to its last
// word.
func (r *reading) stretches(q query.Query) []stretch {
	var found []stretch
	switch q := q.(type) {
	case query.Term:
		return r.occurrences(q)
	case query.Or:
		for _, clause := range q {
			found = append(found, r.stretches(clause)...)
		}
	case query.Near:
		r.pairs(q, func(left, right stretch) { found = append(found, around(left, right)) })
	}
	return once(found)
}

func around(a, b stretch) stretch { return stretch{min(a.first, b.first), max(a.last, b.last)} }

// pairs tries every stretch of the left side with every one of the right.
func (r *reading) pairs(q query.Near, found func(left, right stretch)) {
	lefts, rights := r.stretches(q.Left), r.stretches(q.Right)
	for _, left := range lefts {
		for _, right := range rights {
			inOrder, apart := left.last < right.first, right.first-left.last
			if right.last < left.first {
				apart = left.first - right.last
			} else if !inOrder {
				continue
			}
			if q.Ordered && !inOrder {
				continue
			}
			whole := around(left, right)
			switch q.Unit {
			case query.Words:
				if apart > q.Distance {
					continue
				}
			case query.Sentence:
				if r.sentences[whole.first] != r.sentences[whole.last] {
					continue
				}
			case query.Paragraph:
				if r.paragraphs[whole.first] != r.paragraphs[whole.last] {
					continue
				}
			}
			found(left, right)
		}
	}
}

// marks returns the words that are to be marked for q; of a side of a Near, those
// that make up a stretch in kept.
func (r *reading) marks(q query.Query, kept map[stretch]bool) []stretch {
	var marks []stretch
	switch q := q.(type) {
	case query.Term:
		if q.Field != "" {
			return nil
		}
		for _, s := range r.occurrences(q) {
			if kept == nil || kept[s] {
				marks = append(marks, s)
			}
		}
	case query.Boost:
		return r.marks(q.Query, kept)
	case query.And:
		for _, clause := range q {
			marks = append(marks, r.marks(clause, kept)...)
		}
	case query.Or:
		for _, clause := range q {
			marks = append(marks, r.marks(clause, kept)...)
		}
	case query.Near:
		lefts, rights := map[stretch]bool{}, map[stretch]bool{}
		r.pairs(q, func(left, right stretch) {
			if kept == nil || kept[around(left, right)] {
				lefts[left], rights[right] = true, true
			}
		})
		marks = append(r.marks(q.Left, lefts), r.marks(q.Right, rights)...)
	}
	return marks
}

// spans returns the marks for q as Hit.Spans has them, from the start of the
// text.
func (r *reading) spans(q query.Query) []index.Span {
	var joined []index.Span
	for _, s := range once(r.marks(q, nil)) {
		span := index.Span{Start: r.words[s.first].Start, End: r.words[s.last].End}
		if last := len(joined) - 1; last >= 0 && span.Start < joined[last].End {
			joined[last].End = max(joined[last].End, span.End)
		} else {
			joined = append(joined, span)
		}
	}
	return joined
}
