package anchor

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCollate(t *testing.T) {
	tests := map[string]struct {
		texts [][]string
		want  [][]int
	}{
		"nothing": {},
		"one text stands alone": {
			[][]string{{"The keeper shall swear.", "(a) by day"}},
			[][]int{{0}, {1}},
		},
		"what is alike stands in one row, what is not alone": {
			[][]string{
				{"1. No keeper may put out the lamp.", "(a) in a storm;", "(b) while a ship is near.", "2. The lamp is lit at dusk."},
				{"1. A keeper may never put out the lamp,", "(a) while any ship is near.", "The harbour pays for the oil.", "2. At dusk the lamp is lit."},
			},
			[][]int{{0, 0}, {1, -1}, {2, 1}, {-1, 2}, {3, 3}},
		},
		"a third text stands beside what the second has and the first has not": {
			[][]string{
				{"The lamp is lit at dusk."},
				{"The lamp is lit at dusk.", "The harbour pays for the oil."},
				{"The harbour shall pay for the oil.", "Nobody else may."},
			},
			[][]int{{0, 0, -1}, {-1, 1, 0}, {-1, -1, 1}},
		},
		"a text without paragraphs": {
			[][]string{{"The lamp is lit."}, {}},
			[][]int{{0, -1}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := Collate(tt.texts)
			if len(got) == 0 && len(tt.want) == 0 {
				return
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}
