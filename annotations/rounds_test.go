package annotations

import (
	"fmt"
	"slices"
	"testing"
)

func TestSpreadIsEven(t *testing.T) {
	for coders := 1; coders <= 5; coders++ {
		for each := 1; each <= 5; each++ {
			for documents := range 12 {
				var ds, cs []string
				for i := range documents {
					ds = append(ds, fmt.Sprint("d", i))
				}
				for i := range coders {
					cs = append(cs, fmt.Sprint("c", i))
				}
				load := map[string]int{}
				for _, d := range ds {
					chosen := Spread(ds, cs, each)[d]
					if len(chosen) != min(each, coders) || !slices.IsSorted(chosen) || len(slices.Compact(slices.Clone(chosen))) != len(chosen) {
						t.Errorf("%d coders, %d each: %s goes to %v", coders, each, d, chosen)
					}
					for _, c := range chosen {
						load[c]++
					}
				}
				least, most := documents, 0
				for _, c := range cs {
					least, most = min(least, load[c]), max(most, load[c])
				}
				if most-least > 1 {
					t.Errorf("%d documents, %d coders, %d each: %v", documents, coders, each, load)
				}
			}
		}
	}
}

func TestSpreadLetsPairsMeet(t *testing.T) {
	pairs := map[string]bool{}
	for _, chosen := range Spread([]string{"1", "2", "3", "4", "5", "6"}, []string{"a", "b", "c", "d"}, 2) {
		pairs[chosen[0]+chosen[1]] = true
	}
	if len(pairs) != 6 {
		t.Errorf("the pairs are %v; four coders have six", pairs)
	}
}
