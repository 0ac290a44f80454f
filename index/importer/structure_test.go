package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"glossator/index"
)

// A structureFact says which articles there are in a file, or only how many.
type structureFact struct {
	file    string
	numbers []string
	count   int
}

func structureFacts(t *testing.T) []structureFact {
	t.Helper()
	data, err := os.ReadFile("testdata/structure.txt")
	if err != nil {
		t.Fatal(err)
	}
	var facts []structureFact
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if len(fields) < 3 || fields[0] == "#" {
			continue
		}
		fact := structureFact{file: fields[0]}
		if only, found := strings.CutPrefix(fields[1], "="); found {
			fact.count, err = strconv.Atoi(only)
		} else {
			fact.numbers, err = spelled(fields[1])
			fact.count = len(fact.numbers)
		}
		if err != nil {
			t.Fatalf("%s: %v", fact.file, err)
		}
		facts = append(facts, fact)
	}
	return facts
}

// spelled returns the numbers that "1-3,8.57-8.58,8.61-A" stands for.
func spelled(list string) ([]string, error) {
	var numbers []string
	for _, item := range strings.Split(list, ",") {
		first, last, ranged := strings.Cut(item, "-")
		stem := first[:strings.LastIndexByte(first, '.')+1]
		from, err := strconv.Atoi(first[len(stem):])
		if err != nil {
			return nil, err
		}
		to, err := strconv.Atoi(strings.TrimPrefix(last, stem))
		if !ranged || err != nil || to < from {
			numbers = append(numbers, item) // "8.61-A" and "8.61-1" are numbers themselves
			continue
		}
		for n := from; n <= to; n++ {
			numbers = append(numbers, stem+strconv.Itoa(n))
		}
	}
	return numbers, nil
}

// articlesOf returns how often each article of a version is there; Roman
// numerals are read.
func articlesOf(v index.Version) map[string]int {
	found := map[string]int{}
	for _, p := range v.Provisions {
		if p.Number == "" || p.Kind != index.Article && (p.Kind != index.Section || !p.Passage) {
			continue
		}
		number := p.Number
		if value := romanValue(number); value > 0 && number == strings.ToUpper(number) {
			number = strconv.Itoa(value)
		}
		found[number]++
	}
	return found
}

// TestStructureAccuracy prints, for documents of different make, the articles
// there are and those found: by their number, each once. Articles found beside
// those that there are, or twice, are counted apart.
func TestStructureAccuracy(t *testing.T) {
	there, found, more := 0, 0, 0
	fmt.Printf("%-72s %-9s %6s %6s %6s\n", "document", "format", "there", "found", "more")
	for _, fact := range structureFacts(t) {
		folder, name := filepath.Split(fact.file)
		data, err := os.ReadFile(filepath.Join(corpus(t, filepath.Clean(folder)), name))
		if err != nil {
			t.Fatal(err)
		}
		_, versions, err := Parse(name, data, Metadata{})
		if err != nil {
			t.Errorf("%s: %v", fact.file, err)
			continue
		}
		for _, v := range versions {
			articles, has, all := articlesOf(v), 0, 0
			for _, number := range fact.numbers {
				has += min(1, articles[number])
			}
			for _, n := range articles {
				all += n
			}
			if fact.numbers == nil {
				has = min(all, fact.count)
			}
			fmt.Printf("%-72s %-9s %6d %6d %6d\n", fact.file+" "+v.Language, v.Format, fact.count, has, all-has)
			there, found, more = there+fact.count, found+has, more+all-has
		}
	}
	fmt.Printf("%-72s %-9s %6d %6d %6d\n", "together", "", there, found, more)
	if found*1000 < there*mostArticles {
		t.Errorf("%d of %d articles found, but at least %d in a thousand are to be", found, there, mostArticles)
	}
	if more*1000 > there*fewMore {
		t.Errorf("%d articles found that are not there, but at most %d for a thousand that are may be", more, fewMore)
	}
}

// Floors of TestStructureAccuracy, in a thousand.
const (
	mostArticles = 995
	fewMore      = 30
)
