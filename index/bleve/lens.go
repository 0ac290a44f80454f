package bleve

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	api "github.com/blevesearch/bleve_index_api"

	"glossator/index"
	"glossator/index/query"
)

// maxNeighbours is how many different words near matches are weighed.
const maxNeighbours = 10_000

// Lens is index.Engine's. Of more than maxNeighbours different words near
// matches it weighs those that are near most often.
func (x *Index) Lens(ctx context.Context, q query.Query, o index.LensOptions) (*index.Lens, error) {
	lens := &index.Lens{}
	err := x.evaluate(ctx, o.Audiences, func(e *evaluation) (err error) {
		if lens.Mark, err = markOf(e.view.snapshot); err != nil {
			return err
		}
		s, err := e.survey(q, o)
		if err != nil {
			return err
		}
		c := s.census(o.Rows)
		lens.A, lens.B, lens.Breakdowns = c.groups[0], c.groups[1], c.breakdowns
		lens.Both = overlap(s.groups[0], s.groups[1])
		lens.Contrast = index.Compare(lens.A.Matches, lens.A.Words, lens.B.Matches, lens.B.Words)
		neighbours, err := s.neighbours()
		if err != nil {
			return err
		}
		ground := index.Ground{Near: s.places, Words: [2]int{lens.A.Words - s.inside[0], lens.B.Words - s.inside[1]}}
		lens.Collocates = index.Collocates(neighbours, ground, o.Words)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return lens, nil
}

// A survey is two groups of passages, the matches in them and what is near.
type survey struct {
	*evaluation
	groups   [2]bitset
	matching bitset      // passages of either group
	matches  map[int]int // how many, by passage; none where it matches by its fields alone
	places   [2]int      // words near matches
	inside   [2]int      // words inside matches
	words    map[string]*standing
}

// A standing is how often a word is near matches, and inside of them.
type standing struct {
	near, inside [2]int
	stop         bool // whether it is a stop word somewhere where it is near
}

// survey looks through the passages of two groups that match q.
func (e *evaluation) survey(q query.Query, o index.LensOptions) (*survey, error) {
	words, where := index.Looked(q)
	s := &survey{evaluation: e, matches: map[int]int{}, words: map[string]*standing{}}
	for i, group := range []query.Query{o.A, o.B} {
		m, err := e.query(query.Join(where, group))
		if err != nil {
			return nil, err
		}
		s.groups[i] = m.set
	}
	m, err := e.query(words)
	if err != nil {
		return nil, err
	}
	s.matching = m.set
	for i := range s.matching {
		s.matching[i] &= s.groups[0][i] | s.groups[1][i]
	}
	return s, e.texts(s.matching, newMarker(e.lexicon, words), func(passage int, t text) {
		s.matches[passage] = len(t.matches)
		s.take(s.memberships(passage), t, o)
	})
}

// A text is the words of a passage and the matches in it, offsets being those
// of the passage.
type text struct {
	language string
	words    []index.Token
	matches  []index.Span
}

// texts calls visit with the text of each passage in a set. What visit gets is
// good until it returns.
func (e *evaluation) texts(set bitset, m *marker, visit func(passage int, t text)) error {
	var t text
	for i := range set.all() {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		var p index.Passage
		stored, err := e.stored(i)
		if err == nil {
			err = json.Unmarshal(stored, &p)
		}
		if err != nil {
			return fmt.Errorf("reading a passage of the index: %w", err)
		}
		t.language, t.matches = p.Language, merge(m.marks(p))
		t.words = slices.AppendSeq(t.words[:0], index.Tokens(p.Text))
		visit(i, t)
	}
	return nil
}

// memberships returns the numbers of the groups that a passage is in.
func (s *survey) memberships(passage int) []int {
	var groups []int
	for i, group := range s.groups {
		if group.has(passage) {
			groups = append(groups, i)
		}
	}
	return groups
}

// take counts the words of a text that are near its matches and inside them,
// for the groups it is in.
func (s *survey) take(groups []int, t text, o index.LensOptions) {
	for i, at := range whereabouts(t, o.Window) {
		if at == far {
			continue
		}
		word := s.words[t.words[i].Term]
		if word == nil {
			word = &standing{}
			s.words[strings.Clone(t.words[i].Term)] = word
		}
		for _, group := range groups {
			if at == inside {
				s.inside[group]++
				word.inside[group]++
			} else {
				s.places[group]++
				word.near[group]++
			}
		}
		word.stop = word.stop || at == near && !o.StopWords && index.StopWord(t.language, t.words[i].Term)
	}
}

// Where a word stands.
type whereabout byte

const (
	far whereabout = iota
	near
	inside
)

// whereabouts says of each word of a text where it stands: inside a match, near
// one, which is at most window words before or after it, or far from all.
func whereabouts(t text, window int) []whereabout {
	at := make([]whereabout, len(t.words))
	first := 0
	for _, match := range t.matches {
		for first < len(t.words) && t.words[first].Start < match.Start {
			first++
		}
		last := first // the first word after the match
		for ; last < len(t.words) && t.words[last].End <= match.End; last++ {
			at[last] = inside
		}
		for i := max(first-window, 0); i < min(last+window, len(at)); i++ {
			if at[i] == far {
				at[i] = near
			}
		}
	}
	return at
}

// neighbours returns the words near matches that may be collocates, with how
// often they stand in the groups.
func (s *survey) neighbours() ([]index.Neighbour, error) {
	var all []index.Neighbour
	for word, standing := range s.words {
		if standing.near != [2]int{} && !standing.stop {
			all = append(all, index.Neighbour{Word: word, Near: standing.near})
		}
	}
	if len(all) > maxNeighbours {
		slices.SortFunc(all, func(a, b index.Neighbour) int {
			if by := b.Near[0] + b.Near[1] - a.Near[0] - a.Near[1]; by != 0 {
				return by
			}
			return strings.Compare(a.Word, b.Word)
		})
		all = all[:maxNeighbours]
	}
	for i := range all {
		total, err := s.total(all[i].Word)
		if err != nil {
			return nil, err
		}
		within := s.words[all[i].Word].inside
		all[i].Total = [2]int{total[0] - within[0], total[1] - within[1]}
	}
	return all, nil
}

// total returns how often a word stands in the texts of each group.
func (s *survey) total(word string) (total [2]int, err error) {
	err = s.postings(fieldExact, word, true, func(i int, p *api.TermFieldDoc) {
		for group := range s.groups {
			if s.groups[group].has(i) {
				total[group] += int(p.Freq)
			}
		}
	})
	return total, err
}

// overlap returns how many passages are in both sets.
func overlap(a, b bitset) int {
	both := slices.Clone(a)
	for i := range both {
		both[i] &= b[i]
	}
	return both.count()
}
