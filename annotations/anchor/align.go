package anchor

import "sort"

// align matches the elements of two sequences of symbols, in order. The result
// has for each element of a the index of its match in b, or -1.
//
// Like the patience diff it starts from runs of size symbols that occur once in
// either sequence, keeps the heaviest set of them that is in order in both, and
// goes on in the gaps between. A match is then widened over equal neighbours.
// Where widening from the left and from the right disagree there is no match:
// align would rather match too little than wrongly.
func align(a, b []int, weight func(symbol int) int, sizes ...int) []int {
	m := &matcher{a: a, b: b, weight: weight, to: make([]int, len(a))}
	for i := range m.to {
		m.to[i] = -1
	}
	m.gap(0, len(a), 0, len(b), sizes)
	return m.to
}

type matcher struct {
	a, b   []int
	to     []int
	weight func(symbol int) int
}

// gap matches a[a0:a1] with b[b0:b1]. What lies around the two is matched, or
// is the end of the sequences.
func (m *matcher) gap(a0, a1, b0, b1 int, sizes []int) {
	n := min(a1-a0, b1-b0)
	left := 0
	for left < n && m.a[a0+left] == m.b[b0+left] {
		left++
	}
	right := 0
	for right < n && m.a[a1-1-right] == m.b[b1-1-right] {
		right++
	}
	contested := max(0, left+right-n)
	if contested > 0 && a1-a0 != b1-b0 {
		left, right = left-contested, right-contested
	} else if contested > 0 {
		right -= contested
	}
	m.match(a0, b0, left)
	m.match(a1-right, b1-right, right)
	if contested > 0 || left == a1-a0 || left == b1-b0 {
		return
	}
	m.anchors(a0+left, a1-right, b0+left, b1-right, sizes)
}

func (m *matcher) match(i, j, n int) {
	for k := range n {
		m.to[i+k] = j + k
	}
}

// anchors finds unique runs in a gap whose ends do not match, and matches what
// is between them.
func (m *matcher) anchors(a0, a1, b0, b1 int, sizes []int) {
	if len(sizes) == 0 || a0 == a1 || b0 == b1 {
		return
	}
	pairs := heaviest(m.uniqueRuns(a0, a1, b0, b1, sizes[0]))
	if len(pairs) == 0 {
		m.anchors(a0, a1, b0, b1, sizes[1:])
		return
	}
	for _, p := range pairs {
		apart, onward := a0 <= p.i && b0 <= p.j, a0-p.i == b0-p.j
		switch {
		case apart:
			m.gap(a0, p.i, b0, p.j, sizes)
		case !onward:
			continue // it overlaps the one before, but not as its continuation
		}
		m.match(p.i, p.j, sizes[0])
		a0, b0 = p.i+sizes[0], p.j+sizes[0]
	}
	m.gap(a0, a1, b0, b1, sizes)
}

// maxRun is the longest run that serves as an anchor.
const maxRun = 5

type run [maxRun]int

func runAt(symbols []int, i, size int) run {
	var r run
	copy(r[:], symbols[i:i+size])
	return r
}

// uniqueRuns returns where runs begin that occur once in either gap, in the
// order of a.
func (m *matcher) uniqueRuns(a0, a1, b0, b1, size int) []pair {
	type count struct{ inA, inB, j int }
	counts := map[run]count{}
	for i := a0; i+size <= a1; i++ {
		r := runAt(m.a, i, size)
		c := counts[r]
		c.inA++
		counts[r] = c
	}
	for j := b0; j+size <= b1; j++ {
		r := runAt(m.b, j, size)
		c := counts[r]
		c.inB, c.j = c.inB+1, j
		counts[r] = c
	}
	var pairs []pair
	for i := a0; i+size <= a1; i++ {
		if c := counts[runAt(m.a, i, size)]; c.inA == 1 && c.inB == 1 {
			weight := 0
			for k := range size {
				weight += m.weight(m.a[i+k])
			}
			pairs = append(pairs, pair{i, c.j, weight})
		}
	}
	return pairs
}

// A pair matches element i of one sequence with element j of the other.
type pair struct{ i, j, weight int }

// heaviest returns the pairs, which must be sorted by i, that are in order also
// by j and weigh most together.
func heaviest(pairs []pair) []pair {
	if len(pairs) == 0 {
		return nil
	}
	js := make([]int, len(pairs))
	for k, p := range pairs {
		js[k] = p.j
	}
	sort.Ints(js)
	// best[r] is, among the pairs seen whose rank by j is in the range that a
	// Fenwick tree keeps at r, the one that ends the heaviest chain.
	best := make([]int, len(js)+1)
	total := make([]int, len(pairs))
	before := make([]int, len(pairs))
	last := -1
	for k, p := range pairs {
		rank := sort.SearchInts(js, p.j) + 1
		before[k] = -1
		for r := rank - 1; r > 0; r -= r & -r {
			if c := best[r] - 1; c >= 0 && (before[k] < 0 || total[c] > total[before[k]]) {
				before[k] = c
			}
		}
		total[k] = max(1, p.weight)
		if before[k] >= 0 {
			total[k] += total[before[k]]
		}
		for r := rank; r < len(best); r += r & -r {
			if best[r] == 0 || total[k] > total[best[r]-1] {
				best[r] = k + 1
			}
		}
		if last < 0 || total[k] > total[last] {
			last = k
		}
	}
	var chain []pair
	for k := last; k >= 0; k = before[k] {
		chain = append(chain, pairs[k])
	}
	for x, y := 0, len(chain)-1; x < y; x, y = x+1, y-1 {
		chain[x], chain[y] = chain[y], chain[x]
	}
	return chain
}
