package importer

import (
	"strings"

	"glossator/index"
)

// aknHierarchy are the elements that number or head what is in them.
var aknHierarchy = aknNames(`article part title chapter section subchapter subtitle subpart subsection book tome division subdivision
	paragraph subparagraph clause subclause alinea list sublist point indent level rule subrule proviso transitional hcontainer
	crossHeading tblock`)

// aknContainers are the elements that hold other divisions, and what they are
// here.
var aknContainers = map[string]string{
	"part": index.Part, "title": index.Title, "chapter": index.Chapter, "section": index.Section, "subchapter": index.Section,
	"subtitle": index.Section, "subpart": index.Section, "book": index.Section, "tome": index.Section, "division": index.Section,
	"subdivision": index.Section, "rule": index.Section, "tblock": index.Section, "transitional": index.Section, "hcontainer": index.Section,
	"level": index.Section, "crossHeading": index.Section,
}

// aknDivisions are the elements that no article and no section that stands for
// one has within it.
var aknDivisions = aknNames("article part title chapter section subchapter subtitle subpart book tome division subdivision rule")

// aknUnits are the elements that stand for an article where there is none
// within them.
var aknUnits = aknNames("section rule")

// aknItems are the items of lists.
var aknItems = aknNames("item point indent li")

// aknJoins are the elements whose text goes on with the paragraph before them.
var aknJoins = aknNames("wrapUp listWrapUp signature toc")

func aknNames(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

// aknNumber returns the number in the text of a "num": "9" of "Article 9.", "a"
// of "(a)", "3A" of "§ 3A". It is "" for a dash and for words.
func aknNumber(num string) string {
	num = strings.TrimRight(ordinalMarks.Replace(num), " .:-–—―")
	if h, ok := parseHeading(num); ok && h.number != "" {
		return h.number
	}
	for _, end := range []string{" ", ") "} {
		if l, ok := scanLabel(num + end); ok {
			return l.number
		}
	}
	words := strings.Fields(num)
	if len(words) == 0 || len(words) > 3 {
		return ""
	}
	last := strings.Trim(words[len(words)-1], "()[].§")
	if validNumber(last) || len(words) == 1 && len(last) <= 3 && leadingWord(last) == last {
		return last
	}
	return ""
}

// aknCounted reports whether the text of a "num" counts in figures.
func aknCounted(num string) bool {
	num = strings.TrimLeft(num, "([§ \u00a0")
	return num != "" && isDigit(num[0])
}

// ordinalMarks are left out of numbers: "Artículo 1º".
var ordinalMarks = strings.NewReplacer("º", "", "ª", "", "°", "", "\u00a0", " ")
