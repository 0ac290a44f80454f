package index

// A WordCount is a word of the texts, as Tokens gives it, and in how many
// passages it stands in just this form.
type WordCount struct {
	Word     string
	Passages int
}

// SpellingEdits returns how many letters of a word may be wrong for another word
// to be a spelling of it: none of two letters, one of up to five, otherwise two.
func SpellingEdits(word string) int {
	switch n := len([]rune(word)); {
	case n <= 2:
		return 0
	case n <= 5:
		return 1
	}
	return 2
}
