package index

import "testing"

func TestStopWord(t *testing.T) {
	for _, test := range []struct {
		language, term string
		want           bool
	}{
		{"en", "the", true}, {"en-GB", "their", true}, {"en", "shall", false}, {"en", "without", false}, {"en", "die", false},
		{"de", "die", true}, {"fr", "l", true}, {"ru", "которые", true}, {"zh-Hant", "的", true}, {"zh", "海", false},
		{"pl", "the", false}, {"pl", "a", true}, {"en", "27", true}, {"en", "g7", false}, {"", "x", true},
	} {
		if got := StopWord(test.language, test.term); got != test.want {
			t.Errorf("%q in %q is a stop word: %v, want %v", test.term, test.language, got, test.want)
		}
	}
}
