package anchor

import "sort"

// words matches the words o to oEnd of the old text with n to nEnd of the new,
// in order: for each the index of its match, counted from n, or -1. What the
// comparison knows comes first. In the gaps it would rather match too little;
// here, where the words are known to be each other's counterparts, they are
// filled as far as they can be.
func (d *differ) words(o, oEnd, n, nEnd int) []int {
	to := nothing(oEnd - o)
	var known []pair
	line := d.c.old.lineAt(o)
	for k := o; k < oEnd; k++ {
		for k >= d.c.old.lines[line].after {
			line++
		}
		if at := d.c.word(line, k); n <= at && at < nEnd {
			known = append(known, pair{k - o, at - n, d.c.old.words[k].letters})
		}
	}
	a, b := d.c.old.symbols(o, oEnd), d.c.new.symbols(n, nEnd)
	i, j := 0, 0
	for _, p := range append(heaviest(known), pair{len(a), len(b), 0}) {
		d.fill(a[i:p.i], b[j:p.j], to[i:p.i], j)
		if p.i < len(a) {
			to[p.i] = p.j
		}
		i, j = p.i+1, p.j+1
	}
	return withoutCrumbs(a, to, d.c.weight)
}

// fill matches what is between two matches; shift is where b begins.
func (d *differ) fill(a, b, to []int, shift int) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		to[0] = shift
		a, b, to, shift = a[1:], b[1:], to[1:], shift+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		to[len(a)-1] = shift + len(b) - 1
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return
	}
	if len(a)*len(b) <= mostCells {
		longestCommon(a, b, to, shift)
		return
	}
	i, j := 0, 0
	matched := align(a, b, d.c.weight, 5, 3, 2, 1)
	for k, at := range append(matched, len(b)) {
		if at < 0 {
			continue
		}
		if (i < k || j < at) && (k-i < len(a) || at-j < len(b)) {
			d.fill(a[i:k], b[j:at], to[i:k], shift+j)
		}
		if k < len(a) {
			to[k] = shift + at
		}
		i, j = k+1, at+1
	}
}

// mostCells bounds the table of longestCommon.
const mostCells = 40_000

// longestCommon matches a longest common subsequence, by the table of the
// lengths of those of all ends (Wagner and Fischer).
func longestCommon(a, b, to []int, shift int) {
	width := len(b) + 1
	length := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			to[i] = shift + j
			i, j = i+1, j+1
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			i++
		default:
			j++
		}
	}
}

// withoutCrumbs drops matches of lone short words where words were replaced
// before and after them: they only make the change harder to read.
func withoutCrumbs(a, to []int, weight func(int) int) []int {
	last := -1 // match of the run before
	for k := 0; k < len(to); {
		if to[k] < 0 {
			k++
			continue
		}
		end, letters := k, 0
		for end < len(to) && to[end] == to[k]+end-k {
			letters += weight(a[end])
			end++
		}
		next := end
		for next < len(to) && to[next] < 0 {
			next++
		}
		if k == 0 || next == len(to) || letters >= crumb {
			last, k = to[end-1], end
			continue
		}
		outBefore, inBefore := to[k-1] < 0, to[k] > last+1
		outAfter, inAfter := next > end, to[next] > to[end-1]+1
		if (outBefore || inBefore) && (outAfter || inAfter) && (outBefore || outAfter) && (inBefore || inAfter) {
			for ; k < end; k++ {
				to[k] = -1
			}
			continue
		}
		last, k = to[end-1], end
	}
	return to
}

// crumb is how many letters kept words between changed ones need to be shown as
// kept.
const crumb = 4

// lineAt returns the line that a word is in, the number of lines if it is in none.
func (s *side) lineAt(word int) int {
	return sort.Search(len(s.lines), func(i int) bool { return s.lines[i].after > word })
}
