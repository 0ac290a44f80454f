package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index"
)

// TestRecitalsOpen holds the words that open the recitals, alone in their line.
func TestRecitalsOpen(t *testing.T) {
	for _, test := range []struct {
		line string
		want int
	}{
		{"Whereas:", 2}, {"WHEREAS", 2}, {"considérant ce qui suit:", 2}, {"in Erwägung nachstehender Gründe:", 2},
		{"Considerando lo siguiente:", 2}, {"Overwegende hetgeen volgt:", 2},
		{"Whereas lamps burn:", 0}, {"The reasons:", 0},
	} {
		text := "# Part I\n\n" + test.line + "\n\n(1) Fog is thick.\n\n(2) Bells carry.\n\n## Article 1\n\nBells ring.\n"
		if n := count(parsed(t, text), index.Recital); n != test.want {
			t.Errorf("%s: %d recitals, want %d", test.line, n, test.want)
		}
	}
}

// TestListsOfParagraphs holds which lists are points of the paragraph before
// them, which has no number.
func TestListsOfParagraphs(t *testing.T) {
	numbers := func(count int) []string {
		items := make([]string, count)
		for i := range items {
			items[i] = fmt.Sprintf("%d) lamp", i+1)
		}
		return items
	}
	for _, test := range []struct {
		name, before   string
		items          []string
		passages, rest int // passages, and provisions inside them
	}{
		{"letters", "Lamps are lit.", []string{"(a) at dusk", "(b) in fog"}, 2, 2},
		{"bullets", "Lamps are lit.", []string{"- at dusk", "- in fog"}, 2, 2},
		{"introduced", "Lamps are:", numbers(29), 2, 29},
		{"introduced and long", "Lamps are:", numbers(30), 32, 0},
		{"long and without numbers", "Lamps are:", slices.Repeat([]string{"- a lamp"}, 30), 32, 0},
		{"not introduced", "Lamps are lit.", numbers(3), 5, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := parsed(t, "# Lamps\n\n1. First.\n\n"+test.before+"\n\n"+strings.Join(test.items, "\n\n")+"\n")
			passages, inner := 0, 0
			for _, p := range v.Passages() {
				passages++
				inner += len(p.Inner)
			}
			if diff := cmp.Diff([]int{test.passages, test.rest}, []int{passages, inner}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func parsed(t *testing.T, text string) index.Version {
	t.Helper()
	_, versions, err := Parse("lamps.en.md", []byte(text), Metadata{})
	if err != nil {
		t.Fatal(err)
	}
	return versions[0]
}
