package index

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index/query"
)

// TestLogLikelihood holds the statistic against the table of word pairs that
// Dunning printed, and against what is worked out by hand.
func TestLogLikelihood(t *testing.T) {
	for _, test := range []struct {
		name                   string
		both, one, other, none int // of a pair of words: as Dunning's columns
		want                   float64
	}{
		{"the swiss", 110, 2442, 111, 29114, 270.72},
		{"can be", 29, 13, 123, 31612, 263.90},
		{"previous year", 31, 23, 139, 31584, 256.84},
		{"mineral water", 10, 0, 3, 31764, 167.23},
		{"equally frequent", 10, 90, 20, 180, 0},
		{"all here, none there", 1, 0, 0, 1, 4 * math.Ln2},
	} {
		got := LogLikelihood(test.both, test.both+test.one, test.other, test.other+test.none)
		if math.Abs(got-test.want) > 0.01 {
			t.Errorf("%s: %.3f, want %.3f", test.name, got, test.want)
		}
	}
	if got := LogLikelihood(3, 10, 0, 0); got != 0 {
		t.Errorf("against nothing it is %v, want 0", got)
	}
}

func TestLogRatio(t *testing.T) {
	for _, test := range []struct {
		first, n, second, m int
		want                float64
	}{
		{20, 1000, 10, 1000, 1}, {10, 1000, 20, 1000, -1}, {10, 1000, 10, 1000, 0},
		{8, 100, 1, 100, 3}, {8, 100, 0, 100, 4}, {0, 100, 8, 100, -4},
		{0, 100, 0, 100, 0}, {5, 10, 0, 0, 0},
	} {
		got := LogRatio(test.first, test.n, test.second, test.m)
		if math.Abs(got-test.want) > 1e-9 {
			t.Errorf("%d of %d against %d of %d: %v, want %v", test.first, test.n, test.second, test.m, got, test.want)
		}
	}
}

// TestPerMillion holds the interval against the exact one for a Poisson count
// (F. Garwood, Biometrika 28, 1936), of which it is an approximation.
func TestPerMillion(t *testing.T) {
	for _, test := range []struct {
		matches         int
		rate, low, high float64
	}{
		{0, 0, 0, 3.689}, {1, 1, 0.025, 5.572}, {5, 5, 1.623, 11.668}, {10, 10, 4.795, 18.390}, {100, 100, 81.364, 121.627},
	} {
		rate, low, high := Frequency{Matches: test.matches, Words: 1_000_000}.PerMillion()
		if rate != test.rate || math.Abs(low-test.low) > 0.03 || math.Abs(high-test.high) > 0.03 {
			t.Errorf("%d: %v from %.3f to %.3f, want %v from %.3f to %.3f", test.matches, rate, low, high, test.rate, test.low, test.high)
		}
	}
	if rate, low, high := (Frequency{}).PerMillion(); rate != 0 || low != 0 || high != 0 {
		t.Errorf("without words it is %v from %v to %v", rate, low, high)
	}
}

// TestCollocates has 100 places near matches of A among 10,000 words, and none
// in B.
func TestCollocates(t *testing.T) {
	ground := Ground{Near: [2]int{100, 0}, Words: [2]int{10_000, 5_000}}
	got := Collocates([]Neighbour{
		{Word: "usual", Near: [2]int{2}, Total: [2]int{200, 90}},
		{Word: "once", Near: [2]int{1}, Total: [2]int{1, 0}},
		{Word: "shunned", Near: [2]int{1}, Total: [2]int{900, 1}},
		{Word: "harbour", Near: [2]int{8}, Total: [2]int{40, 3}},
		{Word: "buoy", Near: [2]int{5}, Total: [2]int{5, 0}},
	}, ground, 10)
	if len(got) != 2 || got[0].Word != "buoy" || got[1].Word != "harbour" {
		t.Fatalf("collocates are %+v, want buoy and harbour", got)
	}
	harbour := got[1]
	want := Attraction{Near: 8, Total: 40, Expected: 0.4, Contrast: Compare(8, 100, 32, 9_900)}
	if diff := cmp.Diff(want, harbour.A); diff != "" {
		t.Errorf("harbour in A (-want +got):\n%s", diff)
	}
	// 8 % near and 32 in 9,900 elsewhere: 24.75 times as often.
	if got, want := harbour.A.LogRatio, math.Log2(24.75); math.Abs(got-want) > 1e-9 {
		t.Errorf("the log ratio of harbour is %v, want %v", got, want)
	}
	if diff := cmp.Diff(Attraction{Total: 3}, harbour.B); diff != "" {
		t.Errorf("harbour in B (-want +got):\n%s", diff)
	}
}

// TestCollocatesAreBounded checks that a few by each order are kept, and no
// more.
func TestCollocatesAreBounded(t *testing.T) {
	var neighbours []Neighbour
	for i := range 500 {
		neighbours = append(neighbours, Neighbour{
			Word: fmt.Sprintf("word%03d", i), Near: [2]int{1 + i%7, 1 + i%11}, Total: [2]int{7 + i%7, 11 + i%13},
		})
	}
	ground := Ground{Near: [2]int{5_000, 5_000}, Words: [2]int{1_000_000, 1_000_000}}
	got := Collocates(neighbours, ground, 10)
	if len(got) < 10 || len(got) > 60 {
		t.Errorf("%d collocates are returned for 10 by each of 6 orders", len(got))
	}
	for i := range got[1:] {
		if max(got[i].A.weight(), got[i].B.weight()) < max(got[i+1].A.weight(), got[i+1].B.weight()) {
			t.Errorf("%s comes before %s", got[i].Word, got[i+1].Word)
		}
	}
}

func TestLooked(t *testing.T) {
	for _, test := range []struct{ q, words, where string }{
		{"", "", ""},
		{`"information security"`, `"information security"`, ""},
		{`"information security" kind:treaty year:2010..`, `"information security"`, "kind:treaty year:2010.."},
		{`security NOT has:digest -cyber`, "security NOT cyber", "NOT has:digest"},
		{`(kind:treaty OR org:NATO) (attack OR kind:treaty)`, "attack OR kind:treaty", "kind:treaty OR org:NATO"},
		{`title:convention`, "", "title:convention"},
	} {
		q, err := query.Parse(test.q)
		if err != nil {
			t.Fatal(err)
		}
		words, where := Looked(q)
		if words.String() != test.words || where.String() != test.where {
			t.Errorf("%s is taken apart into %q and %q, want %q and %q", test.q, words, where, test.words, test.where)
		}
	}
}
