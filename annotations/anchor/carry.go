package anchor

import (
	"sort"

	"glossator/annotations"
)

// Bounds for the words of a target in a line that changed.
const (
	leastSurvived = 0.6 // share of the letters that must still be there
	around        = 5   // words on either side that are looked at too
	mostGrown     = 1.5 // how much longer the stretch may get, and
	mostAdded     = 40  // so many code points on top
)

// Carry says where targets in the text of one version stand in that of another.
// It compares the two texts as a whole, line by line (a line is a block of the
// version) and then word by word in the lines that changed; it never looks for
// a quote by itself. The result has one placement for each target, in the same
// order, without Version and Passage, which are the caller's to fill:
//
//	Same     the lines it stands in are the same, in the same place
//	Moved    the lines are the same and the only ones like them, elsewhere
//	Changed  something in or around the lines changed, most of the words are there
//	Lost     the words are gone, or there is a doubt; the target is empty
func Carry(old, new *Text, targets []annotations.Target) []annotations.Placement {
	c := compare(old, new)
	placements := make([]annotations.Placement, len(targets))
	for i, target := range targets {
		placements[i] = annotations.Placement{State: annotations.Lost}
		from, err := old.Locate(target)
		if err != nil {
			continue
		}
		if to, state := c.carry(from); state != annotations.Lost {
			if carried, err := new.Select(to.Start, to.End); err == nil {
				placements[i] = annotations.Placement{State: state, Target: carried}
			}
		}
	}
	return placements
}

func (c *comparison) carry(s Span) (Span, string) {
	first := sort.Search(len(c.old.lines), func(i int) bool { return c.old.lines[i].End >= s.Start })
	last := sort.Search(len(c.old.lines), func(i int) bool { return c.old.lines[i].End >= s.End })
	if state := c.whole(first, last); state != annotations.Lost {
		shift := c.new.lines[c.lines[first].line].Start - c.old.lines[first].Start
		return Span{s.Start + shift, s.End + shift}, state
	}
	if to, ok := c.survivors(s, first, last); ok {
		return to, annotations.Changed
	}
	return Span{}, annotations.Lost
}

// whole returns what became of the lines first to last if they stand together
// with the same words in the new text, otherwise Lost.
func (c *comparison) whole(first, last int) string {
	found := c.lines[first].state
	for i := first; i <= last; i++ {
		m := c.lines[i]
		if i > first && m.line != c.lines[i-1].line+1 || m.state == gone || m.state == changed ||
			(m.state == moved) != (found == moved) {
			return annotations.Lost
		}
		if m.state == beside {
			found = beside
		}
	}
	switch found {
	case same:
		return annotations.Same
	case moved:
		return annotations.Moved
	}
	return annotations.Changed
}

// survivors returns the stretch of the new text from the first to the last word
// of s that is still there, and whether enough is there to say so.
func (c *comparison) survivors(s Span, first, last int) (Span, bool) {
	words := c.old.words[c.old.lines[first].first:c.old.lines[last].after]
	from := sort.Search(len(words), func(i int) bool { return words[i].End > s.Start })
	to := sort.Search(len(words), func(i int) bool { return words[i].Start >= s.End })
	if from >= to {
		return Span{}, false
	}
	found := Span{-1, -1}
	all, kept, allAround, keptAround := 0, 0, 0, 0
	line := first
	for k := max(0, from-around); k < min(len(words), to+around); k++ {
		w := words[k]
		for w.Start >= c.old.lines[line].End {
			line++
		}
		now, there := c.word(line, c.old.lines[first].first+k)
		allAround += w.letters
		if there {
			keptAround += w.letters
		}
		if k < from || k >= to {
			continue
		}
		all += w.letters
		if there {
			kept += w.letters
			if found.Start < 0 {
				found.Start = now.Start + max(0, s.Start-w.Start)
			}
			found.End = now.End - max(0, w.End-s.End)
		}
	}
	longest := int(mostGrown*float64(s.End-s.Start)) + mostAdded
	enough := kept > 0 && float64(kept) >= leastSurvived*float64(all) && float64(keptAround) >= leastSurvived*float64(allAround)
	return found, enough && found.Start < found.End && found.End-found.Start <= longest
}

// word returns where a word of a line of the old text, given by its index in
// all, is in the new text.
func (c *comparison) word(line, index int) (Span, bool) {
	m := c.lines[line]
	k := index - c.old.lines[line].first
	switch m.state {
	case gone, moved:
		return Span{}, false
	case changed:
		k = m.words[k]
	}
	if k < 0 {
		return Span{}, false
	}
	return c.new.words[c.new.lines[m.line].first+k].Span, true
}
