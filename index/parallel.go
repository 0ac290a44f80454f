package index

import "sort"

// A Stretch is a run of blocks of one provision.
type Stretch struct {
	Span
	Provision int // index into Version.Provisions
}

// Parts returns the passages of v and, between them, the headings of the
// provisions that are no passages, in the order of the text. Together they are
// all of v.Text.
func (v *Version) Parts() []Stretch {
	return v.stretches(func(provision int) int {
		for at := provision; at >= 0; at = v.Provisions[at].Parent {
			if v.Provisions[at].Passage {
				return at
			}
		}
		return provision
	})
}

// stretches joins blocks that stand together and are of the same provision.
func (v *Version) stretches(of func(provision int) int) []Stretch {
	var found []Stretch
	for _, b := range v.Blocks {
		provision := of(b.Provision)
		if last := len(found) - 1; last >= 0 && found[last].Provision == provision {
			found[last].End = b.End
			continue
		}
		found = append(found, Stretch{b.Span, provision})
	}
	return found
}

// A Pairing sets a stretch of one version beside its counterpart in another;
// one of the two is nil if there is none.
type Pairing struct{ A, B *Stretch }

// Parallel sets two versions side by side, usually of one document in two
// languages: every provision, without those inside of it, beside the one with
// the same canonical id, where that is made of printed numbers. What is left
// between two such pairs is paired by its kinds and lengths. Every stretch of
// either version is in one pairing, and each column reads in the order of its
// text.
func Parallel(a, b *Version) []Pairing {
	innermost := func(provision int) int { return provision }
	p := parallel{a: a, b: b, as: a.stretches(innermost), bs: b.stretches(innermost)}
	p.ratio = float64(max(1, lengthOf(p.bs))) / float64(max(1, lengthOf(p.as)))
	i, j := 0, 0
	for k, at := range ascending(matches(keys(a, p.as), keys(b, p.bs))) {
		if at < 0 {
			continue
		}
		p.gap(i, k, j, at)
		p.rows = append(p.rows, Pairing{&p.as[k], &p.bs[at]})
		i, j = k+1, at+1
	}
	p.gap(i, len(p.as), j, len(p.bs))
	return p.rows
}

type parallel struct {
	a, b   *Version
	as, bs []Stretch
	ratio  float64 // how much longer b is than a
	rows   []Pairing
}

func lengthOf(stretches []Stretch) (n int) {
	for _, s := range stretches {
		n += s.End - s.Start
	}
	return n
}

// A key names a stretch in a way that its counterpart in another language has
// too; the zero key does not.
type key struct {
	provision string
	nth       int // 1, 2, ... of the stretches of the provision
}

func keys(v *Version, stretches []Stretch) []key {
	seen := map[int]int{}
	found := make([]key, len(stretches))
	for i, s := range stretches {
		seen[s.Provision]++
		if v.printed(s.Provision) {
			found[i] = key{v.Provisions[s.Provision].ID, seen[s.Provision]}
		}
	}
	return found
}

// printed reports whether the provision and all that its id names have numbers,
// or are the only ones of their kind, as preambles are.
func (v *Version) printed(provision int) bool {
	for at := provision; at >= 0; at = v.addressed(at) {
		if p := v.Provisions[at]; p.Number == "" && p.Kind != Preamble {
			return false
		}
	}
	return true
}

// matches returns for each key of a where it is in b, -1 if it is not there.
func matches(a, b []key) []int {
	where := make(map[key]int, len(b))
	for j, k := range b {
		where[k] = j
	}
	to := make([]int, len(a))
	for i, k := range a {
		to[i] = -1
		if j, ok := where[k]; ok && k != (key{}) {
			to[i] = j
		}
	}
	return to
}

// ascending returns matches without those that are not in a longest ascending
// run of them; those are -1.
func ascending(to []int) []int {
	var tails []int // tails[n] ends the run of n+1 matches whose end is the least
	before := make([]int, len(to))
	for i, j := range to {
		if j < 0 {
			continue
		}
		n := sort.Search(len(tails), func(k int) bool { return to[tails[k]] >= j })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		tails = append(tails[:n], append([]int{i}, tails[min(n+1, len(tails)):]...)...)
	}
	kept := make([]int, len(to))
	for i := range kept {
		kept[i] = -1
	}
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			kept[i] = to[i]
		}
	}
	return kept
}
