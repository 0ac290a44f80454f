package indextest

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestMeasure(t *testing.T) {
	late := make([]string, 0, 101) // "a" at rank 11, "b" at rank 101
	for i := range 101 {
		late = append(late, map[int]string{10: "a", 100: "b"}[i])
		if late[i] == "" {
			late[i] = fmt.Sprint("other", i)
		}
	}
	tests := []struct {
		name    string
		ranking []string
		grades  map[string]int
		want    Measures
	}{
		{"the best order", []string{"a", "b", "x"}, map[string]int{"a": 2, "b": 1, "x": 0}, Measures{1, 1, 1}},
		{"nothing found", nil, map[string]int{"a": 1}, Measures{}},
		{"nothing to find", []string{"a"}, map[string]int{"a": 0}, Measures{}},
		// The gain is 1/log2(2) + 2/log2(4) = 2, the ideal 2/log2(2) + 1/log2(3) + 1/log2(4) = 3.1309.
		{"an order by hand", []string{"b", "x", "a"}, map[string]int{"a": 2, "b": 1, "c": 1},
			Measures{2 / 3.1309297535714573, (1.0/1 + 2.0/3) / 3, 2.0 / 3}},
		{"late answers", late, map[string]int{"a": 1, "b": 1}, Measures{0, (1.0/11 + 2.0/101) / 2, 0.5}},
		{"grades below 0 are no answers", []string{"x", "a"}, map[string]int{"x": -1, "a": 1}, Measures{1 / math.Log2(3), 0.5, 1}},
	}
	for _, test := range tests {
		got := Measure(test.ranking, test.grades)
		if diff := cmp.Diff(test.want, got, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
