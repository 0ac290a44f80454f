package index

import (
	"strings"
	"testing"
)

func TestCounterparts(t *testing.T) {
	v := versionOf("en", "The keeper lights the lamp at dusk.", "Ships pay a fee for the oil of the lamp.", "Disputes go to the harbour court.")
	tests := map[string]struct {
		text  string
		first string // provision, "" for none
		words string
	}{
		"the one with most of its telling words":          {"At dusk every keeper shall light a lamp.", "art1", "dusk keeper lamp"},
		"a rare word weighs more than one that is in two": {"The lamp and the court.", "art3", "court"},
		"stop words are nothing":                          {"the of a to", "", ""},
		"nothing":                                         {"", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			found := Counterparts(tt.text, "en", v, 2)
			if tt.first == "" {
				if len(found) != 0 {
					t.Errorf("found %v", found)
				}
				return
			}
			if len(found) == 0 || found[0].Provision != tt.first || strings.Join(found[0].Words, " ") != tt.words {
				t.Errorf("found %+v, want %s by %s", found, tt.first, tt.words)
			}
			for i, c := range found {
				if c.Score <= 0 || c.Score > 1 || i > 0 && c.Score > found[i-1].Score {
					t.Errorf("score %v of %s", c.Score, c.Provision)
				}
			}
		})
	}
}

// versionOf returns a version with an article for each line.
func versionOf(language string, lines ...string) *Version {
	v := &Version{ID: "v", Document: "d", Language: language, Text: strings.Join(lines, "\n")}
	at := 0
	for i, line := range lines {
		number := string(rune('1' + i))
		span := Span{at, at + len([]rune(line))}
		v.Provisions = append(v.Provisions, Provision{Span: span, ID: "art" + number, Kind: Article, Number: number, Parent: -1, Passage: true})
		v.Blocks = append(v.Blocks, Block{Span: span, Provision: i})
		at = span.End + 1
	}
	return v
}
