package index

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// An item is one of the provisions that a unit names: of "points (a) and (c)"
// the (c).
type item struct {
	steps      []Step
	start, end int // bytes of the window
	last       string
}

// parse reads what begins at a byte of a block and adds what it finds. It
// returns where to go on, at if nothing was found.
func (f *finder) parse(text string, at int, inBrackets bool, block Block, count *counter) int {
	window := text[at:runeStart(text, at+windowBytes)]
	p := referenceParser{pinpointParser: pinpointParser{tokens: lexCitation(window)}, window: window, portuguese: f.portuguese}
	first := 0
	if inBrackets { // so that the bracket that closes is not taken for one after a number
		p.tokens = append([]citationToken{{text: "(", fold: "("}}, p.tokens...)
		first = 1
	}
	items, next := p.mention(first)
	if len(items) == 0 {
		return at
	}
	end := at + items[len(items)-1].end
	if at == 0 && !block.Heading && f.column(text[end:]) {
		return end
	}
	if f.listed && at < labelBytes && !outermost(items[0].steps[0].Kind) {
		return end // goes on from what the block before lists: of which provision, it does not say
	}
	r := Reference{Provision: block.Provision, Heading: block.Heading}
	if !f.whose(&r, &p, next, items, text[:at]) {
		return end
	}
	for _, item := range items {
		r := r
		r.Steps = append(slices.Clone(r.Steps), item.steps...)
		r.Start, r.End, r.Last = count.to(at+item.start), count.to(at+item.end), item.last
		f.found = append(f.found, r)
	}
	return end
}

// labelBytes is how long the label of a block may be, before its first words.
const labelBytes = 8

// column reports whether what follows a reference is another, with nothing said
// in between: a row of a table that sets the provisions of two texts side by
// side, of which the first is another.
func (f *finder) column(rest string) bool {
	next := strings.TrimLeft(rest, " \u00a0|\t")
	word := next[:wordLength(next)]
	return len(next) < len(rest) && word != "" && f.mayBegin(fold(word), next[len(word):])
}

type referenceParser struct {
	pinpointParser
	window     string
	portuguese bool
}

// mention reads "Article 9(2), points (a) and (c)", "points (a) and (b) of
// paragraph 1 of Article 5".
func (p *referenceParser) mention(i int) ([]item, int) {
	items, depth, next := p.items(i)
	if len(items) == 0 {
		return nil, i
	}
	outer, inner := depth, depth
	for {
		at := next
		if p.fold(at) == "," || p.fold(at) == "-" {
			at++
		}
		if more, depth, after := p.items(at); len(more) > 0 && (depth > inner || depth == numbered) {
			items, next = within(items, more), after
			inner = max(inner, depth)
			continue
		}
		from := at
		if at = p.of(from); at == from && p.fold(at) != "to" {
			return items, next
		} else if at == from {
			at++
		}
		around, depth, after := p.items(at)
		if len(around) == 0 || depth >= outer {
			return items, next
		}
		if len(around) > 1 || around[0].last != "" {
			return nil, i // it cannot be told which is in which
		}
		for k := range items {
			items[k].steps = append(slices.Clone(around[0].steps), items[k].steps...)
		}
		items[len(items)-1].end = around[0].end
		outer, next = depth, after
	}
}

// within returns items with more below the last of them.
func within(items, more []item) []item {
	last := items[len(items)-1]
	items = items[:len(items)-1]
	for k, one := range more {
		one.steps = append(slices.Clone(last.steps), one.steps...)
		if k == 0 {
			one.start = last.start
		}
		items = append(items, one)
	}
	return items
}

// of steps over what leads from a provision to what it is in: "of the".
func (p *referenceParser) of(i int) int {
	at := i
	for ofWords[p.fold(at)] || p.portuguese && portugueseOf[p.fold(at)] || at > i && (articleWords[p.fold(at)] || p.fold(at) == "'") {
		at++
	}
	return at
}

var (
	ofWords      = wordSet("of du de d des der del della dello van vom zum zur")
	portugueseOf = wordSet("do da dos das") // "do" is English, too
	articleWords = wordSet("the la le les l den dem das die el los las lo il gli het")
)

// numbered is the depth of a unit that goes on from whatever is before it:
// "Art. 9 Abs. 2 Nr. 1".
const numbered = -1

// depthOf returns how deep in a document a unit stands, to compare by.
func depthOf(word string, kind string) int {
	if kind == "" {
		return numbered
	}
	if belowParagraph(word) {
		return 2*rank[Paragraph] + 1
	}
	return 2 * rank[kind]
}

// belowParagraph reports whether a word is for a part of a paragraph that may be
// numbered like a paragraph or like a point.
func belowParagraph(word string) bool {
	return strings.HasPrefix(word, "subpara") || word == "unterabsatz" || word == "uabs" || word == "alinea" || word == "alineas"
}

// items reads a unit and its numbers: "Articles 2 to 11", "paragraphs 1, 3 and
// 5", "second paragraph". depth is what depthOf says of it.
func (p *referenceParser) items(i int) (items []item, depth, next int) {
	if i >= len(p.tokens) {
		return nil, 0, i
	}
	if steps, next := p.ordinal(i); next > i {
		word := p.fold(i + 1)
		if belowParagraph(word) {
			steps[0].Kind = ""
		}
		return []item{{steps: steps, start: p.tokens[i].start, end: p.tokens[next-1].end}}, depthOf(word, Paragraph), next
	}
	word := p.fold(i)
	unit, known := units[word]
	if !known || unit.kind == Sentence || unit.kind == Preamble {
		return nil, 0, i
	}
	kind := unit.kind
	if belowParagraph(word) {
		kind = ""
	}
	at := i + 1
	for p.fold(at) == "." && shortUnits[word] || p.fold(at) == "§" {
		at++
	}
	if inNumber[p.fold(at)] {
		at++
		if p.fold(at) == "." {
			at++
		}
	}
	number, next := p.label(at, unit.kind)
	if number == "" || number == "L" || number == "C" || hyphened.MatchString(number) || p.goesRightOn(next) {
		return nil, 0, i
	}
	steps, next := p.inside([]Step{{Kind: kind, Number: number}}, p.pastSign(next))
	items = []item{{steps: steps, start: p.tokens[i].start, end: p.tokens[next-1].end}}
	items, next = p.more(items, kind, plural(word), next)
	return items, depthOf(word, unit.kind), next
}

// shortUnits are the words for units that a full stop may follow.
var shortUnits = wordSet("art arts artt ст para paras pt abs uabs nr no n al rec recs sec sect chap ch cap kap apdo lit litt lett buchst anx пп п num erwgr")

// hyphened matches what is no number: "Article 29-type".
var hyphened = regexp.MustCompile(`[-–‑][a-z]{2,}$`)

// goesRightOn reports whether a word goes on after what was taken for a number.
func (p *referenceParser) goesRightOn(i int) bool {
	if i == 0 || i >= len(p.tokens) || p.tokens[i].start != p.tokens[i-1].end || p.tokens[i].number {
		return false
	}
	r := firstOf(p.tokens[i].text)
	return unicode.IsLetter(r) && r != 'º' && r != 'ª' ||
		r == '-' && i+1 < len(p.tokens) && !p.tokens[i+1].number && !romanForm.MatchString(p.tokens[i+1].text)
}

// pastSign steps over the sign of an ordinal: "9.º".
func (p *referenceParser) pastSign(i int) int {
	at := i
	if p.fold(at) == "." {
		at++
	}
	if at < len(p.tokens) && strings.ContainsAny(p.tokens[at].text, "ºª°") {
		return at + 1
	}
	return i
}

// inside is inner, but that a number after a comma which is like the one before
// it is the next of a list: "Article 83(4), (5)".
func (p *referenceParser) inside(steps []Step, i int) ([]Step, int) {
	for {
		more, next := p.inner(nil, i)
		if len(more) == 0 || p.fold(i) == "," && (len(steps) == 1 || script(more[0].Number) == script(steps[len(steps)-1].Number)) {
			return steps, i
		}
		steps, i = append(steps, more[0]), p.afterFirst(i, next)
	}
}

// afterFirst returns the token after the first of the numbers that inner read.
func (p *referenceParser) afterFirst(i, next int) int {
	for at := i; at < next; at++ {
		if p.fold(at) == ")" {
			return at + 1
		}
	}
	return next
}

// more reads the rest of a list or a range.
func (p *referenceParser) more(items []item, kind string, plural bool, i int) ([]item, int) {
	for {
		before := items[len(items)-1]
		at := i
		for p.fold(at) == "," || andWords[p.fold(at)] && p.fold(at+1) != ")" {
			at++
		}
		ranged := at == i && rangeWords[p.fold(at)]
		if ranged {
			at++
		}
		if at == i || at >= len(p.tokens) {
			return items, i
		}
		steps, next := p.another(before.steps, kind, at)
		if next == at || !plural && p.tokens[at].text != "(" && !p.ends(next) || !plural && p.fold(i) == "," && p.tokens[at].text != "(" {
			return items, i
		}
		end := p.tokens[next-1].end
		if ranged {
			items[len(items)-1].last, items[len(items)-1].end = steps[len(before.steps)-1].Number, end
			if len(steps) != len(before.steps) {
				return items, next
			}
		} else {
			items = append(items, item{steps: steps, start: p.tokens[at].start, end: end})
		}
		i = next
	}
}

// another reads the next number of a list, which may be as deep as the last one
// or as the first: "Article 9(2), (3) and 12".
func (p *referenceParser) another(before []Step, kind string, i int) ([]Step, int) {
	token := p.tokens[i]
	switch {
	case token.text == "(":
		steps, next := p.inner(nil, i)
		if len(steps) == 0 {
			return nil, i
		}
		if len(before) == 1 {
			steps[0].Kind = kind
		}
		depth := len(before) - 1
		// "(1)(a) and (2)": a number after a letter goes back up.
		for depth > 1 && script(before[depth].Number) != script(steps[0].Number) {
			depth--
		}
		if script(before[depth].Number) != script(steps[0].Number) {
			return nil, i
		}
		steps[0].Kind = before[depth].Kind
		return append(slices.Clone(before[:depth]), steps...), next
	case token.number && len(token.text) <= 6, romanForm.MatchString(token.text), oneLetter(token.text) && script(before[0].Number) == 'a':
		if p.fold(i+1) == "/" || script(before[0].Number) != script(token.text) && !token.number {
			return nil, i
		}
		number, next := p.label(i, kind)
		if number == "" {
			return nil, i
		}
		return p.inside([]Step{{Kind: kind, Number: number}}, next)
	}
	return nil, i
}

// script tells digits, Roman numerals in capitals and letters apart.
func script(number string) rune {
	switch {
	case number == "":
		return 0
	case unicode.IsDigit(firstOf(number)):
		return '1'
	case roman(number) > 0:
		return 'I'
	}
	return 'a'
}

// ends reports whether no noun follows that a number could count: after
// "paragraph 1 or 2" comes "of", a verb or a sign.
func (p *referenceParser) ends(i int) bool {
	if i >= len(p.tokens) {
		return true
	}
	r := firstOf(p.tokens[i].text)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) || connects[p.fold(i)] || verbs[p.fold(i)]
}

var (
	andWords   = wordSet("and or & et ou und oder sowie y o e en of и или as well nor and/or")
	rangeWords = wordSet("to through - bis до по a al tot hasta")
	verbs      = wordSet("shall may must is are has have does do applies apply above below soll kann ist sind ci est sont")
)

// plural reports whether a word for a unit may be that of several.
func plural(word string) bool {
	return strings.HasSuffix(word, "s") && word != "abs" || strings.HasPrefix(word, "стат") || severalWords[word]
}

var severalWords = wordSet("§ art artt artikel artikeln artikelen articoli absatze abs paragrafi punti buchst buchstaben anlagen anhange bijlagen приложениях пунктах пп")

var heads = regexp.MustCompile(`^\s*\((\p{Lu}[^()]{2,90})\)`)
