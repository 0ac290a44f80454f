package bleve

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"glossator/index"
	"glossator/index/query"
)

// A slot is one word of what a Term asks for: all words of the index that will
// do.
type slot struct {
	asked      query.Term // the term it belongs to
	field      string     // of the index; its words are there as they are in the text
	prefix     string     // before the words of field, for the annotations of an audience
	match      query.Match
	term       string // as index.Tokens gives it
	glob       glob   // of a query.Pattern
	expression *regexp.Regexp
	number     int        // among the slots of an evaluation
	known      string     // key, once it has been asked for
	words      [][]string // that it stands for, by part, once they have been asked for
}

// key tells slots apart that stand for different words.
func (s *slot) key() string {
	if s.known == "" {
		s.known = s.field + "\x00" + s.prefix + "\x00" + s.pattern()
	}
	return s.known
}

// pattern tells slots apart that stand for different words of a wordlist.
func (s *slot) pattern() string {
	return strconv.Itoa(int(s.match)) + strconv.Itoa(s.asked.Edits) + s.term + string(s.glob)
}

// walk calls visit for the words of a list that a slot stands for, a Pattern,
// Fuzzy or Regexp.
func (s *slot) walk(w *wordlist, visit func(i int) error) error {
	switch s.match {
	case query.Fuzzy:
		return w.near(s.term, s.asked.Edits, visit)
	case query.Regexp:
		return w.matching(s.expression, visit)
	}
	return w.like(s.glob, visit)
}

// accepts reports whether a word of a text, in a grammar, is one that s stands
// for.
func (s *slot) accepts(term string, l *lexicon, g grammar) bool {
	switch s.match {
	case query.Pattern:
		return s.glob.matches(term)
	case query.Fuzzy:
		return new(distances).within([]rune(s.term), []byte(term), s.asked.Edits)
	case query.Regexp:
		return s.expression.MatchString(term)
	case query.Phrase:
		return s.term == term
	}
	return s.term == term || share(l.of(g, s.term), l.of(g, term))
}

// compounds reports whether s also stands for words with a hyphen, without it.
func (s *slot) compounds() bool { return s.match != query.Phrase && s.match != query.Fuzzy }

// acceptsTerm is accepts for a term of the index, which may be a compound: see
// wordlist.only.
func (s *slot) acceptsTerm(term string, l *lexicon, g grammar) bool {
	first, second, compound := strings.Cut(term, hyphen)
	if !compound {
		return s.accepts(term, l, g)
	}
	return s.compounds() && s.accepts(first+second, l, g) && !s.accepts(first, l, g) && !s.accepts(second, l, g)
}

func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(one string) bool { return slices.Contains(b, one) })
}

// sequencesOf cuts the text of a Term into words as texts are cut, so that what
// the reader wrote as one word is a sequence wherever the text is one: "G-10",
// "l'information", each character of a Chinese word. A word with one hyphen is
// also looked for without it. It is empty if there is no word in it.
func sequencesOf(t query.Term, field, prefix string) ([][]*slot, error) {
	one := slot{asked: t, field: field, prefix: prefix, match: t.Match}
	switch t.Match {
	case query.Pattern:
		if sequence := patternSlots(t, one); len(sequence) > 0 {
			return [][]*slot{sequence}, nil
		}
		return nil, nil
	case query.Regexp:
		expression, err := regexp.Compile(`\A(?:` + t.Text + `)\z`)
		if err != nil {
			return nil, fmt.Errorf("the expression %q: %w", t.Text, err)
		}
		one.expression, one.term = expression, t.Text
		return [][]*slot{{&one}}, nil
	}
	var sequence []*slot
	var joined []string
	for token := range index.Tokens(t.Text) {
		s := one
		s.term = token.Term
		sequence = append(sequence, &s)
		joined = append(joined, token.Joined)
	}
	if len(sequence) == 0 {
		return nil, nil
	}
	sequences := [][]*slot{sequence}
	if t.Match == query.Word && len(sequence) == 2 && joined[0] != "" {
		s := one
		s.term = joined[0]
		sequences = append(sequences, []*slot{&s})
	}
	return sequences, nil
}

// patternSlots cuts a pattern by the rule of index.Tokens, * and ? being part
// of words.
func patternSlots(t query.Term, one slot) []*slot {
	var sequence []*slot
	for _, part := range patternParts(t.Text) {
		s := one
		if strings.ContainsAny(part, "*?") {
			s.glob = glob(part)
		} else {
			s.match, s.term = query.Phrase, part
		}
		sequence = append(sequence, &s)
	}
	return sequence
}

// patternParts cuts a pattern into its words.
func patternParts(pattern string) []string {
	var parts []string
	var part strings.Builder
	end := func() {
		if part.Len() > 0 {
			parts = append(parts, strings.ToLower(norm.NFKC.String(part.String())))
			part.Reset()
		}
	}
	alone := false // whether part ends in a character that is a word by itself
	for _, r := range pattern {
		switch {
		case r == '*' || r == '?':
			alone = false
		case query.Alone(r):
			if last := part.String(); alone || last != "" && !strings.ContainsAny(last[len(last)-1:], "*?") {
				end()
			}
			alone = true
		case query.InWord(r):
			if alone {
				end()
			}
			alone = false
		case query.Invisible(r):
			continue
		default:
			end()
			alone = false
			continue
		}
		part.WriteRune(r)
	}
	end()
	return parts
}

// normalValue returns the form in which whole values are compared: lower case,
// white space folded.
func normalValue(value string) string {
	return strings.ToLower(norm.NFC.String(strings.Join(strings.Fields(value), " ")))
}

// list returns the list of s in part n, with places if they are wanted.
func (e *evaluation) list(s *slot, n int, places bool) (*list, error) {
	held := &e.held[n]
	for len(*held) <= s.number {
		*held = append(*held, nil)
	}
	if l := (*held)[s.number]; l != nil && (l.places.known() || !places) {
		return l, nil
	}
	l, err := e.find(s, n, places)
	if err != nil {
		return nil, err
	}
	(*held)[s.number] = l
	return l, nil
}

// find returns the list of s in part n.
func (e *evaluation) find(s *slot, n int, places bool) (*list, error) {
	p := e.view.parts[n]
	if s.match == query.Phrase {
		return e.term(p, s.field, s.prefix+s.term, places)
	}
	if s.prefix != "" {
		return e.annotated(s, p, places)
	}
	if s.match != query.Word {
		words, err := e.expand(s)
		if err != nil {
			return nil, err
		}
		if err := e.look(s.asked, len(words[n])/len(e.view.parts)+1); err != nil {
			return nil, err
		}
		return e.joined(s, p, places, func() ([]*list, error) { return e.terms(p, s.field, words[n], places) })
	}
	return e.joined(s, p, places, func() ([]*list, error) { return e.inflected(s, p, places) })
}

// term returns the list of one term.
func (e *evaluation) term(p *part, field, term string, places bool) (*list, error) {
	key := listKey{p.id, field, term, places}
	if l := e.kept(p, key); l != nil {
		return l, nil
	}
	l, err := e.read(p, field, term, places)
	if err == nil {
		e.keep(p, key, l)
	}
	return l, err
}

// terms returns the lists of terms that are joined to one. They are not kept: that
// one is.
func (e *evaluation) terms(p *part, field string, terms []string, places bool) ([]*list, error) {
	lists := make([]*list, len(terms))
	for i, term := range terms {
		l := e.kept(p, listKey{p.id, field, term, places})
		if l == nil {
			var err error
			if l, err = e.read(p, field, term, places); err != nil {
				return nil, err
			}
		}
		lists[i] = l
	}
	return lists, nil
}

// read reads the list of a term. Lists are kept apart from what they are read from, so
// that its pages are given back from time to time.
func (e *evaluation) read(p *part, field, term string, places bool) (*list, error) {
	l, err := readList(e.ctx, p.segment.Segment(), field, term, places)
	if err == nil && e.view.read.add(l) {
		e.view.giveBack()
	}
	return l, err
}

// joined returns the union of the lists of the words that s stands for.
func (e *evaluation) joined(s *slot, p *part, places bool, lists func() ([]*list, error)) (*list, error) {
	key := listKey{p.id, "", s.key(), places}
	if l := e.kept(p, key); l != nil {
		return l, nil
	}
	all, err := lists()
	if err != nil {
		return nil, err
	}
	l := union(all)
	e.keep(p, key, l)
	return l, nil
}

// kept returns a list that is kept, nil if there is none; one with places will do
// where none are wanted.
func (e *evaluation) kept(p *part, key listKey) *list {
	if p.small() {
		return nil
	}
	if l, ok := e.view.lists.GetIfPresent(key); ok || key.places {
		return l
	}
	key.places = true
	l, _ := e.view.lists.GetIfPresent(key)
	return l
}

// keep keeps a list, one with places instead of the same without, unless the part
// is small: its lists are as quickly read, and soon in another segment.
func (e *evaluation) keep(p *part, key listKey, l *list) {
	if p.small() {
		return
	}
	e.view.lists.Set(key, l)
	if key.places {
		key.places = false
		e.view.lists.Invalidate(key)
	}
}

// inflected returns the lists of the words that have a stem in common with s,
// each in the texts of the grammars in which they have.
func (e *evaluation) inflected(s *slot, p *part, places bool) ([]*list, error) {
	var words []string
	in := map[string][]grammar{}
	for _, g := range p.grammars {
		some, err := e.sharing(s, p, fieldStem+string(g), "", g)
		if err != nil {
			return nil, err
		}
		for _, word := range some {
			if in[word] == nil {
				words = append(words, word)
			}
			in[word] = append(in[word], g)
		}
	}
	lists, err := e.terms(p, s.field, words, places)
	if err != nil {
		return nil, err
	}
	for i, word := range words {
		if of := in[word]; len(of) < len(p.grammars) {
			lists[i] = lists[i].kept(func(doc uint32) bool { return slices.Contains(of, p.run(doc).grammar) })
		}
	}
	return lists, nil
}

// sharing returns the words that share a stem with s, by a field of stems.
func (e *evaluation) sharing(s *slot, p *part, field, prefix string, g grammar) ([]string, error) {
	var words []string
	for _, stem := range e.lexicon.of(g, s.term) {
		begin := prefix + stem + "\x00"
		terms, err := p.terms(field, begin)
		if err != nil {
			return nil, err
		}
		for _, term := range terms {
			if word := term[len(begin):]; !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	return words, e.look(s.asked, 1)
}

// annotated returns the list of s in what an audience may see of annotations.
// It is not kept.
func (e *evaluation) annotated(s *slot, p *part, places bool) (*list, error) {
	var words []string
	if s.match == query.Word {
		var err error
		if words, err = e.sharing(s, p, fieldNoteStem, s.prefix, englishGrammar); err != nil {
			return nil, err
		}
	} else {
		terms, err := readTerms(p.segment.Segment(), s.field, s.prefix)
		if err != nil {
			return nil, err
		}
		for _, term := range terms {
			if word := term[len(s.prefix):]; s.acceptsTerm(word, e.lexicon, englishGrammar) {
				words = append(words, word)
			}
		}
		if err := e.tooMany(s.asked, len(words)); err != nil {
			return nil, err
		}
	}
	for i, word := range words {
		words[i] = s.prefix + word
	}
	lists, err := e.terms(p, s.field, words, places)
	if err != nil {
		return nil, err
	}
	return union(lists), nil
}
