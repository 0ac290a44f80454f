package bleve

import (
	"context"
	"slices"
	"strings"

	"glossator/index"
	"glossator/index/query"
)

// maxNeighbours is how many different words near matches are weighed.
const maxNeighbours = 10_000

// Lens is index.Engine's. Of more than maxNeighbours different words near
// matches it weighs those that are near most often.
func (x *Index) Lens(ctx context.Context, q query.Query, o index.LensOptions) (*index.Lens, error) {
	lens := &index.Lens{}
	older := query.Older(query.Join(q, o.A, o.B))
	for _, group := range []*query.Query{&o.A, &o.B} {
		if older && !query.Older(query.Join(q, *group)) {
			*group = query.Join(*group, query.Value("version", "current"))
		}
	}
	err := x.evaluate(ctx, o.Audiences, older, func(e *evaluation) (err error) {
		if lens.Mark, err = markOf(e.view.snapshot); err != nil {
			return err
		}
		s, err := e.survey(q, o)
		if err != nil {
			return err
		}
		c := s.census(o.Rows)
		lens.A, lens.B, lens.Breakdowns = c.groups[0], c.groups[1], c.breakdowns
		lens.Both = s.overlap()
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
	groups   [2][]bitset       // by part
	matching []bitset          // passages of either group, by part
	matches  map[candidate]int // how many, by passage; none where it matches by its fields alone
	places   [2]int            // words near matches
	inside   [2]int            // words inside matches
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
	s := &survey{evaluation: e, matches: map[candidate]int{}, words: map[string]*standing{}}
	for i, group := range []query.Query{o.A, o.B} {
		f, err := e.ask(query.Join(where, group), 0)
		if err != nil {
			return nil, err
		}
		s.groups[i] = f.sets
	}
	f, err := e.ask(words, 0)
	if err != nil {
		return nil, err
	}
	s.matching = f.sets
	marker := f.marker(f.plan.leaves...)
	for n := range e.view.parts {
		for i := range s.matching[n] {
			s.matching[n][i] &= s.groups[0][n][i] | s.groups[1][n][i]
		}
		if err := s.part(n, marker, o); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// part looks through the passages of a part.
func (s *survey) part(n int, m *marker, o index.LensOptions) error {
	p := s.view.parts[n]
	for _, r := range p.runs {
		language := s.view.names.language(r.place)
		for doc := range s.matching[n].each(r.from, r.to) {
			c := candidate{part: n, doc: doc}
			matches, err := m.merged(c)
			if err != nil {
				return err
			}
			words, err := p.words(s.ctx, doc)
			if err != nil {
				return err
			}
			s.matches[c] = len(matches)
			s.take(s.memberships(c), words, matches, language, o)
		}
		if err := s.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// memberships returns the numbers of the groups that a passage is in.
func (s *survey) memberships(c candidate) []int {
	var groups []int
	for i, group := range s.groups {
		if group[c.part].has(c.doc) {
			groups = append(groups, i)
		}
	}
	return groups
}

// take counts the words of a passage that are near its matches and inside them,
// for the groups it is in.
func (s *survey) take(groups []int, words passageWords, matches []stretch, language string, o index.LensOptions) {
	for i, at := range whereabouts(len(words.of), matches, o.Window) {
		if at == far {
			continue
		}
		term := words.at(i + 1)
		word := s.words[term]
		if word == nil {
			word = &standing{}
			s.words[term] = word
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
		word.stop = word.stop || at == near && !o.StopWords && index.StopWord(language, term)
	}
}

// Where a word stands.
type whereabout byte

const (
	far whereabout = iota
	near
	inside
)

// whereabouts says of each of n words where it stands: inside a match, near one,
// which is at most window words before or after it, or far from all.
func whereabouts(n int, matches []stretch, window int) []whereabout {
	at := make([]whereabout, n)
	for _, match := range matches {
		first, last := int(match.first)-1, int(match.last) // the first word of the match, and the first after it
		for i := first; i < last; i++ {
			at[i] = inside
		}
		for i := max(first-window, 0); i < min(last+window, n); i++ {
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
	for n, p := range s.view.parts {
		l, err := s.term(p, fieldExact, word, false)
		if err != nil {
			return total, err
		}
		for i, doc := range l.docs {
			for group := range s.groups {
				if s.groups[group][n].has(doc) {
					total[group] += int(l.times.at(i))
				}
			}
		}
	}
	return total, s.ctx.Err()
}

// overlap returns how many passages are in both groups.
func (s *survey) overlap() (both int) {
	for n := range s.view.parts {
		in := slices.Clone(s.groups[0][n])
		in.and(s.groups[1][n])
		both += in.count()
	}
	return both
}
