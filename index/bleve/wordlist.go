package bleve

import (
	"bytes"
	"fmt"
	"math/bits"
	"regexp"
	"regexp/syntax"
	"slices"
	"sort"
	"strings"

	"glossator/index"
	"glossator/index/query"
)

// A wordlist is the words of the texts and headings of a segment, ascending, one behind the
// other, so that a stretch of letters is found in all of them by one search. A
// compound stands there as it is compared, without its hyphen.
type wordlist struct {
	letters []byte   // each word followed by a line break
	starts  []uint32 // of each word in letters
	hyphens []uint8  // where the hyphen of a compound stands, in bytes; 0 for a word
	signs   []uint64 // the set of letters of each word: see signOf
}

// words returns the list of the words of the segment.
func (h *part) wordlist() (*wordlist, error) {
	h.once.Do(func() {
		var terms []string
		for _, field := range []string{fieldExact, fieldHeading} {
			some, err := readTerms(h.segment.Segment(), field, "")
			if err != nil {
				h.err = err
				return
			}
			terms = append(terms, some...)
		}
		slices.Sort(terms)
		h.vocab = newWordlist(slices.Compact(terms))
	})
	return h.vocab, h.err
}

func newWordlist(terms []string) *wordlist {
	type word struct {
		letters string
		hyphen  uint8
	}
	words := make([]word, 0, len(terms))
	for _, term := range terms {
		at := strings.Index(term, hyphen)
		switch {
		case term[0] == boundaryPrefix:
		case at < 0:
			words = append(words, word{letters: term})
		case at < 1<<8:
			words = append(words, word{letters: term[:at] + term[at+1:], hyphen: uint8(at)})
		}
	}
	slices.SortStableFunc(words, func(a, b word) int { return strings.Compare(a.letters, b.letters) })
	w := &wordlist{}
	for _, word := range words {
		w.starts = append(w.starts, uint32(len(w.letters)))
		w.letters = append(append(w.letters, word.letters...), '\n')
		w.hyphens = append(w.hyphens, word.hyphen)
		w.signs = append(w.signs, signOf(word.letters))
	}
	return w
}

// signOf returns a set of letters: each sets the bit of its code modulo 64.
func signOf(word string) (sign uint64) {
	for _, r := range word {
		sign |= 1 << (r % 64)
	}
	return sign
}

// word returns word i as it is compared.
func (w *wordlist) word(i int) []byte {
	end := len(w.letters)
	if i+1 < len(w.starts) {
		end = int(w.starts[i+1])
	}
	return w.letters[w.starts[i] : end-1]
}

// term returns word i as it is in the index.
func (w *wordlist) term(i int) string {
	word := w.word(i)
	if at := w.hyphens[i]; at > 0 {
		return string(word[:at]) + hyphen + string(word[at:])
	}
	return string(word)
}

// containing calls visit for the words that contain letters, ascending.
func (w *wordlist) containing(letters string, visit func(i int) error) error {
	if letters == "" {
		for i := range w.starts {
			if err := visit(i); err != nil {
				return err
			}
		}
		return nil
	}
	for from := 0; ; {
		at := bytes.Index(w.letters[from:], []byte(letters))
		if at < 0 {
			return nil
		}
		i := sort.Search(len(w.starts), func(i int) bool { return int(w.starts[i]) > from+at }) - 1
		if err := visit(i); err != nil {
			return err
		}
		if i+1 == len(w.starts) {
			return nil
		}
		from = int(w.starts[i+1])
	}
}

// beginning calls visit for the words that begin with letters, ascending.
func (w *wordlist) beginning(letters string, visit func(i int) error) error {
	from := sort.Search(len(w.starts), func(i int) bool { return string(w.word(i)) >= letters })
	for i := from; i < len(w.starts) && bytes.HasPrefix(w.word(i), []byte(letters)); i++ {
		if err := visit(i); err != nil {
			return err
		}
	}
	return nil
}

// like calls visit for the words that match a glob.
func (w *wordlist) like(g glob, visit func(i int) error) error {
	match := w.only(func(word []byte) bool { return g.matches(string(word)) }, visit)
	if fixed := g.fixed(); fixed != "" {
		return w.beginning(fixed, match)
	}
	return w.containing(g.longest(), match)
}

// only calls visit for the words that match, and for the compounds that match
// without their hyphen while neither of their words does: “cooperat*” stands
// for “co-operation”, but of “cyber-attack” it is “cyber” that “cyber*” finds.
func (w *wordlist) only(matches func(word []byte) bool, visit func(i int) error) func(i int) error {
	return func(i int) error {
		word, at := w.word(i), w.hyphens[i]
		if !matches(word) || at > 0 && (matches(word[:at]) || matches(word[at:])) {
			return nil
		}
		return visit(i)
	}
}

// near calls visit for the words that at most so many edits make of a word:
// insertions, deletions, substitutions and exchanges of neighbours (optimal
// string alignment).
func (w *wordlist) near(word string, edits int, visit func(i int) error) error {
	sign, asked := signOf(word), []rune(word)
	var d distances
	for i, other := range w.signs {
		// An edit takes away one letter of the set, brings one, or both.
		if bits.OnesCount64(sign&^other) > edits || bits.OnesCount64(other&^sign) > edits || w.hyphens[i] > 0 {
			continue
		}
		if d.within(asked, w.word(i), edits) {
			if err := visit(i); err != nil {
				return err
			}
		}
	}
	return nil
}

// matching calls visit for the words that an expression matches whole.
func (w *wordlist) matching(expression *regexp.Regexp, visit func(i int) error) error {
	return w.containing(literalOf(expression), w.only(expression.Match, visit))
}

// literalOf returns letters that stand in whatever an expression matches, the
// longest that are easily seen; "" if none are.
func literalOf(expression *regexp.Regexp) string {
	tree, err := syntax.Parse(expression.String(), syntax.Perl)
	if err != nil {
		return ""
	}
	longest := ""
	var look func(r *syntax.Regexp)
	look = func(r *syntax.Regexp) {
		switch r.Op {
		case syntax.OpLiteral:
			if letters := string(r.Rune); r.Flags&syntax.FoldCase == 0 && len(letters) > len(longest) {
				longest = letters
			}
		case syntax.OpConcat, syntax.OpCapture, syntax.OpPlus:
			for _, sub := range r.Sub {
				look(sub)
			}
		}
	}
	look(tree.Simplify())
	return longest
}

// distances computes edit distances, using its memory again.
type distances struct {
	other               []rune
	before, last, given []int
}

// within reports whether at most so many edits make other of word.
func (d *distances) within(word []rune, other []byte, edits int) bool {
	d.other = d.other[:0]
	for _, r := range string(other) {
		d.other = append(d.other, r)
	}
	if difference := len(word) - len(d.other); difference > edits || -difference > edits {
		return false
	}
	width := len(d.other) + 1
	for len(d.given) < width {
		d.before, d.last, d.given = append(d.before, 0), append(d.last, 0), append(d.given, 0)
	}
	for j := range width {
		d.last[j] = j
	}
	for i, letter := range word {
		least := i + 1
		d.given[0] = i + 1
		for j, r := range d.other {
			cost := 1
			if r == letter {
				cost = 0
			}
			d.given[j+1] = min(d.last[j]+cost, d.last[j+1]+1, d.given[j]+1)
			if i > 0 && j > 0 && r == word[i-1] && d.other[j-1] == letter {
				d.given[j+1] = min(d.given[j+1], d.before[j-1]+1)
			}
			least = min(least, d.given[j+1])
		}
		if least > edits {
			return false
		}
		d.before, d.last, d.given = d.last, d.given, d.before
	}
	return d.last[width-1] <= edits
}

// expand returns the words that s stands for in each part. It fails if they
// are too many.
func (e *evaluation) expand(s *slot) ([][]string, error) {
	if s.words != nil {
		return s.words, nil
	}
	words, total := make([][]string, len(e.view.parts)), 0
	for n, p := range e.view.parts {
		var known bool
		if words[n], known = p.expansions.get(s.pattern()); !known {
			var err error
			if words[n], err = e.expanded(s, p); err != nil {
				return nil, err
			}
			p.expansions.put(s.pattern(), words[n])
		}
		total += len(words[n])
	}
	if total > maxExpansion {
		if err := e.tooMany(s.asked, len(distinct(slices.Concat(words...)))); err != nil {
			return nil, err
		}
	}
	s.words = words
	return words, nil
}

// expanded returns the words that s stands for in a part, and fails if these
// alone are too many.
func (e *evaluation) expanded(s *slot, p *part) (words []string, err error) {
	list, err := p.wordlist()
	if err != nil {
		return nil, err
	}
	err = s.walk(list, func(i int) error {
		words = append(words, list.term(i))
		if len(words)%checkEvery == 0 && e.ctx.Err() != nil {
			return e.ctx.Err()
		}
		return e.tooMany(s.asked, len(words))
	})
	if err == nil {
		err = e.ctx.Err()
	}
	return words, err
}

func (e *evaluation) tooMany(asked query.Term, n int) error {
	if n > maxExpansion {
		return fmt.Errorf("%w: “%s” stands for more than %d words; give more letters", index.ErrTooCostly, asked, maxExpansion)
	}
	return nil
}
