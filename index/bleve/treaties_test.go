package bleve

import (
	"testing"

	"glossator/index/indextest"
)

// On all of the trade agreements, what is found and what is marked is what a
// slow and obvious reader of the texts finds and marks.
func TestSpansOfTreaties(t *testing.T) {
	const queries = 10
	x := opened(t, t.TempDir(), "treaties")
	stems := func(language, word string) []string { return stemsOf(grammarOf(language), word) }
	indextest.RunCorpus(t, x, treaties(t, allTreaties), stems, queries)
}
