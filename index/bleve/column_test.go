package bleve

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestStanding compares what is counted from columns, of values on few passages
// and on many, for one audience and for several, with passages counted one by one.
func TestStanding(t *testing.T) {
	const size, audiences = 3 * many, 3
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		h := &shelf{rows: make([]row, size)}
		for doc := range uint32(size) {
			if doc == 0 || random.IntN(20) == 0 {
				h.runs = append(h.runs, run{from: doc, document: uint32(random.IntN(4))})
			}
			h.runs[len(h.runs)-1].to = doc + 1
			h.runOf = append(h.runOf, uint32(len(h.runs)-1))
		}
		notes, set := columns{}, newBits(size)
		known := make([][audiences][]uint32, size)
		for doc := range uint32(size) {
			if random.IntN(3) > 0 {
				set.set(doc)
			}
			for a := range audiences {
				note := noted{audience: fmt.Sprint(a), changed: 1}
				for value := range uint32(6) { // from on half of the passages to on hardly any
					if random.IntN(2<<(2*value)) == 0 {
						note.values[facetConcept] = append(note.values[facetConcept], value)
					}
				}
				if len(note.values[facetConcept]) > 0 {
					notes.add(doc, note)
				}
				known[doc][a] = note.values[facetConcept]
			}
		}
		h.notes = notes.made(size)
		for _, asking := range [][]int{{0}, {1, 2}, {0, 1, 2}} {
			want, got := map[[2]uint32]int{}, map[[2]uint32]int{}
			e := &evaluation{view: &view{parts: []*part{{shelf: h}}}}
			for _, a := range asking {
				e.audiences = append(e.audiences, fmt.Sprint(a))
			}
			for doc := range set.each(0, size) {
				var on []uint32
				for _, a := range asking {
					on = append(on, known[doc][a]...)
				}
				slices.Sort(on)
				for _, value := range slices.Compact(on) {
					want[[2]uint32{value, h.run(doc).document}]++
				}
			}
			f := &found{evaluation: e, sets: []bitset{set}, inPart: []int{set.count()}}
			for _, c := range f.crossings() {
				c.standing(facetConcept, func(value, document uint32, passages int) { got[[2]uint32{value, document}] += passages })
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("audiences %v (-want +got):\n%s", asking, diff)
			}
		}
	}
}
