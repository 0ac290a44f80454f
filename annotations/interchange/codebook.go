package interchange

import (
	"slices"
	"strings"

	"glossator/annotations"
)

// A Concept is an entry of a codebook as it travels. In what others wrote, ID,
// Broader and Replaced are IRIs or GUIDs of theirs.
type Concept struct {
	annotations.Concept
	Texts []string // what shows it, in words
}

// A Codebook is concepts with what they are called together.
type Codebook struct {
	ID       string // "" for the only one
	Title    string
	Language string // of the labels and texts, BCP 47; "" if not known
	Concepts []Concept
	// Remarks say what a reader found that a codebook here cannot hold.
	Remarks []string
}

// tidy orders what was read: concepts above before those below, each broader
// concept one that is there and not below its own.
func (c *Codebook) tidy() {
	byID := make(map[string]int, len(c.Concepts))
	for i, k := range c.Concepts {
		byID[k.ID] = i
	}
	for i := range c.Concepts {
		k := &c.Concepts[i]
		if _, known := byID[k.Broader]; k.Broader != "" && !known {
			c.remark("“" + k.Label + "” is placed at the top: the concept above it is not in the file")
			k.Broader = ""
		}
		seen := map[string]bool{}
		for above := k.Broader; above != ""; above = c.Concepts[byID[above]].Broader {
			if above == k.ID {
				c.remark("“" + k.Label + "” is placed at the top: it was below itself")
				k.Broader = ""
			}
			if seen[above] {
				break
			}
			seen[above] = true
			if _, known := byID[c.Concepts[byID[above]].Broader]; !known {
				break
			}
		}
	}
	depth := func(k Concept) (n int) {
		for above := k.Broader; above != ""; above = c.Concepts[byID[above]].Broader {
			n++
		}
		return n
	}
	depths := make(map[string]int, len(c.Concepts))
	for _, k := range c.Concepts {
		depths[k.ID] = depth(k)
	}
	slices.SortStableFunc(c.Concepts, func(a, b Concept) int { return depths[a.ID] - depths[b.ID] })
}

func (c *Codebook) remark(words string) {
	if !slices.Contains(c.Remarks, words) {
		c.Remarks = append(c.Remarks, words)
	}
}

// children returns the concepts by the id of the one above; those at the top,
// or whose broader concept is not there, under "".
func (c *Codebook) children() map[string][]Concept {
	known := make(map[string]bool, len(c.Concepts))
	for _, k := range c.Concepts {
		known[k.ID] = true
	}
	below := map[string][]Concept{}
	for _, k := range c.Concepts {
		above := k.Broader
		if !known[above] {
			above = ""
		}
		below[above] = append(below[above], k)
	}
	return below
}

// What stands before the parts of a description, so that one text can hold
// them all and be taken apart again.
const (
	includeMark  = "Include: "
	excludeMark  = "Exclude: "
	exampleMark  = "Example: "
	aliasMark    = "Also: "
	statusMark   = "Status: "
	replacedMark = "Use instead: "
)

// described writes what a concept says of itself as one text of paragraphs.
func (k Concept) described(labelOf func(id string) string) string {
	var parts []string
	add := func(mark, text string) {
		if text != "" {
			parts = append(parts, mark+text)
		}
	}
	add("", k.Definition)
	add(includeMark, k.Include)
	add(excludeMark, k.Exclude)
	for _, example := range k.Texts {
		add(exampleMark, example)
	}
	for _, alias := range k.Aliases {
		add(aliasMark, alias)
	}
	if k.Status != "" && k.Status != annotations.Accepted {
		add(statusMark, k.Status)
	}
	if k.Replaced != "" {
		add(replacedMark, labelOf(k.Replaced))
	}
	return strings.Join(parts, "\n\n")
}

// describe takes a text that described wrote, or any other, apart; replacement
// is the label of the concept to use instead.
func (k *Concept) describe(text string) (replacement string) {
	into := &k.Definition
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	for part := range strings.SplitSeq(text, "\n\n") {
		for mark, field := range map[string]*string{includeMark: &k.Include, excludeMark: &k.Exclude, statusMark: &k.Status, replacedMark: &replacement} {
			if rest, ok := strings.CutPrefix(part, mark); ok {
				into, part = field, rest
				break
			}
		}
		if rest, ok := strings.CutPrefix(part, exampleMark); ok {
			k.Texts = append(k.Texts, "")
			into, part = &k.Texts[len(k.Texts)-1], rest
		}
		if rest, ok := strings.CutPrefix(part, aliasMark); ok {
			k.Aliases = append(k.Aliases, "")
			into, part = &k.Aliases[len(k.Aliases)-1], rest
		}
		if *into != "" {
			*into += "\n\n"
		}
		*into += part
	}
	return replacement
}
