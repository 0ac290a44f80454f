package importer

import (
	"strconv"
	"strings"
	"unicode"
)

// Numbering as ISO/IEC 29500-1, section 17.9 has it: a paragraph names an
// instance, which counts with an abstract definition. Instances of one
// definition go on counting with each other, unless one overrides the start of
// a level.

const listLevels = 9

// A listLevel says how the paragraphs of a level are numbered.
type listLevel struct {
	start    int
	format   string // of the number: "decimal", "lowerLetter", ...
	text     string // of the label, with %1 for the number of the first level
	restart  int    // the level after which it starts again, from 1; 0 never, -1 after any above it
	legal    bool   // the numbers of all levels are decimal
	joined   bool   // there is nothing between the label and the text
	style    string // of the paragraphs that are on this level
	override bool   // the start is an instance's
}

// A listDefinition is an abstract definition; a link leads to another, by way
// of a style.
type listDefinition struct {
	levels [listLevels]listLevel
	link   string
}

// A listInstance is what paragraphs name.
type listInstance struct {
	definition string
	levels     map[int]listLevel // which it overrides
}

// A listCount is how far a definition has counted.
type listCount struct {
	counts [listLevels]int
	begun  [listLevels]bool
}

func (r *docxReader) readNumbering(p *xmlPart) error {
	r.definitions, r.instances = map[string]*listDefinition{}, map[string]*listInstance{}
	r.counts, r.overridden = map[string]*listCount{}, map[docxList]bool{}
	return p.each(func(xmlStart) error {
		return p.each(func(start xmlStart) error {
			switch start.Name.Local {
			case "abstractNum":
				return r.readDefinition(p, xmlAttribute(start, "abstractNumId"))
			case "num":
				return r.readInstance(p, xmlAttribute(start, "numId"))
			}
			return p.skip()
		})
	})
}

func (r *docxReader) readDefinition(p *xmlPart, id string) error {
	d := &listDefinition{}
	for i := range d.levels {
		d.levels[i] = listLevel{start: 1, format: "decimal", restart: -1}
	}
	r.definitions[id] = d
	return p.each(func(start xmlStart) error {
		switch start.Name.Local {
		case "lvl":
			if at, ok := levelOf(start); ok {
				level, err := readLevel(p, d.levels[at])
				d.levels[at] = level
				return err
			}
		case "numStyleLink":
			d.link = xmlAttribute(start, "val")
		}
		return p.skip()
	})
}

func levelOf(start xmlStart) (int, bool) {
	at, err := strconv.Atoi(xmlAttribute(start, "ilvl"))
	return at, err == nil && at >= 0 && at < listLevels
}

func readLevel(p *xmlPart, level listLevel) (listLevel, error) {
	err := p.each(func(start xmlStart) error {
		value := xmlAttribute(start, "val")
		switch start.Name.Local {
		case "start":
			level.start = listNumber(value)
		case "numFmt":
			level.format = value
		case "lvlText":
			level.text = value
		case "lvlRestart":
			level.restart = listNumber(value)
		case "isLgl":
			level.legal = value != "0" && value != "false"
		case "suff":
			level.joined = value == "nothing"
		case "pStyle":
			level.style = value
		}
		return p.skip()
	})
	return level, err
}

// listNumber reads a number of at most five digits, 0 for what is none.
func listNumber(value string) int {
	if n, err := strconv.Atoi(value); err == nil && n >= 0 && n < 100_000 {
		return n
	}
	return 0
}

func (r *docxReader) readInstance(p *xmlPart, id string) error {
	instance := &listInstance{levels: map[int]listLevel{}}
	r.instances[id] = instance
	return p.each(func(start xmlStart) error {
		switch start.Name.Local {
		case "abstractNumId":
			instance.definition = xmlAttribute(start, "val")
		case "lvlOverride":
			at, ok := levelOf(start)
			if !ok {
				break
			}
			base := listLevel{start: 1, format: "decimal", restart: -1}
			if d := r.definitions[instance.definition]; d != nil {
				base = d.levels[at]
			}
			err := p.each(func(start xmlStart) (err error) {
				switch start.Name.Local {
				case "startOverride":
					base.start, base.override = listNumber(xmlAttribute(start, "val")), true
				case "lvl":
					base, err = readLevel(p, base)
					base.override = true
					return err
				}
				return p.skip()
			})
			instance.levels[at] = base
			return err
		}
		return p.skip()
	})
}

// levels returns the levels of an instance and the definition they count with,
// "" if there is none.
func (r *docxReader) levels(instance *listInstance) (levels [listLevels]listLevel, definition string) {
	definition = instance.definition
	d := r.definitions[definition]
	for n := 0; d != nil && d.link != "" && n < maxBasedOn; n++ {
		linked := r.instances[r.style(d.link).list.numbering]
		if linked == nil || r.definitions[linked.definition] == d {
			break
		}
		definition, d = linked.definition, r.definitions[linked.definition]
	}
	if d == nil {
		return levels, ""
	}
	levels = d.levels
	for at, level := range instance.levels {
		levels[at] = level
	}
	return levels, definition
}

// label counts a paragraph and returns the label that Word prints before it,
// with the space after it; "" if it is in no list.
func (r *docxReader) label(style string, own docxList) string {
	list := own
	inherited := r.style(style).list
	if list.numbering == "" {
		list.numbering = inherited.numbering
	}
	instance := r.instances[list.numbering]
	if instance == nil {
		return ""
	}
	levels, definition := r.levels(instance)
	if definition == "" {
		return ""
	}
	if list.level < 0 {
		list.level = max(0, inherited.level)
		for at, level := range levels {
			if own.numbering == "" && level.style != "" && level.style == style {
				list.level = at
			}
		}
	}
	count := r.counts[definition]
	if count == nil {
		count = &listCount{}
		r.counts[definition] = count
	}
	level := levels[list.level]
	first := level.override && !r.overridden[list]
	r.overridden[list] = true
	count.next(list.level, levels, first)
	return level.label(count, levels)
}

// next counts a paragraph on a level; first says that it must begin anew.
func (c *listCount) next(at int, levels [listLevels]listLevel, first bool) {
	for above := range at {
		if !c.begun[above] {
			c.begun[above], c.counts[above] = true, levels[above].start
		}
	}
	if !c.begun[at] || first {
		c.counts[at] = levels[at].start
	} else {
		c.counts[at]++
	}
	c.begun[at] = true
	for below := at + 1; below < listLevels; below++ {
		if restart := levels[below].restart; restart < 0 || restart > at {
			c.begun[below] = false
		}
	}
}

// label returns the label of the level as it stands.
func (l listLevel) label(c *listCount, levels [listLevels]listLevel) string {
	var out strings.Builder
	for at := 0; at < len(l.text); at++ {
		if l.text[at] != '%' || at+1 == len(l.text) || l.text[at+1] < '1' || l.text[at+1] > '9' {
			out.WriteByte(l.text[at])
			continue
		}
		at++
		named := int(l.text[at] - '1')
		format := levels[named].format
		if l.legal {
			format = "decimal"
		}
		if format != "bullet" {
			out.WriteString(formatNumber(c.counts[named], format))
		}
	}
	label := out.String()
	if l.format == "bullet" && label != "" {
		label = bulletOf(label)
	}
	if label == "" || l.joined {
		return label
	}
	return label + " "
}

// bulletOf returns the bullet that a sign stands for: a dash for a dash, "•" for
// any other, since most are signs of fonts that have no letters.
func bulletOf(sign string) string {
	for _, r := range sign {
		if unicode.Is(unicode.Pd, r) || r == '\uf02d' || r == '−' {
			return "–"
		}
	}
	return "•"
}
