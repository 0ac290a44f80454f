package anchor

import (
	"slices"
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

// carry returns where a stretch of the old text is in the new one, and in which
// state.
func (c *comparison) carry(s Span) (Span, string) {
	first := sort.Search(len(c.old.lines), func(i int) bool { return c.old.lines[i].End > s.Start })
	last := sort.Search(len(c.old.lines), func(i int) bool { return c.old.lines[i].Start >= s.End }) - 1
	state := c.whole(first, last)
	if state != annotations.Lost {
		shift := c.new.lines[c.lines[first].line].Start - c.old.lines[first].Start
		if to := (Span{s.Start + shift, s.End + shift}); c.equal(s, to) {
			return to, state
		}
	}
	to, ok := c.survivors(s, first, last)
	switch {
	case !ok:
		return Span{}, annotations.Lost
	case state == annotations.Same && c.equal(s, to):
		return to, state // only blanks before it changed
	}
	return to, annotations.Changed
}

// equal reports whether a stretch of the old text and one of the new are the
// same.
func (c *comparison) equal(old, new Span) bool {
	return new.Start >= 0 && new.End <= len(c.new.text) &&
		slices.Equal(c.old.text[old.Start:old.End], c.new.text[new.Start:new.End])
}

// whole returns what became of the lines first to last if they stand together
// with the same words in the new text, otherwise Lost.
func (c *comparison) whole(first, last int) string {
	found := c.lines[first].state
	for i := first; i <= last; i++ {
		m := c.lines[i]
		if i > first && m.line != c.lines[i-1].line+1 || m.state == gone || m.state == changed || m.state == reflowed ||
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
		index := -1
		if c.lines[line].state != moved {
			index = c.word(line, c.old.lines[first].first+k)
		}
		there := index >= 0
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
			now := c.new.words[index]
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
