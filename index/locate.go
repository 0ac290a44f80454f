package index

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Place is what the steps of a citation lead to in a version.
type Place struct {
	Provision int    // index into Version.Provisions: the innermost that is there, -1 if none is
	Missing   string // what is not there, in a sentence; "" if the steps lead all the way
	Note      string // what else should be known, in a sentence; often ""
}

// Locate follows the steps of a citation as far as v has the provisions. What is
// missing is told of the document by its name.
func (v *Version) Locate(steps []Step, name string) Place {
	place := Place{Provision: -1}
	for k := 0; k < len(steps); k++ {
		found, rest := v.step(place.Provision, steps[k])
		if len(found) == 0 {
			place.Missing = v.missing(place.Provision, steps[k], name)
			return place
		}
		if len(found) > 1 && v.annexes(place.Provision, found[0]) == v.annexes(place.Provision, found[1]) {
			place.Note = fmt.Sprintf("There is another %s of this number: %s.", v.Provisions[found[0]].Kind, v.Pinpoint(found[1]))
		}
		place.Provision = found[0]
		if strings.Contains(steps[k].Number, "-") && !sameNumber(steps[k].Kind, v.Provisions[found[0]].Number, steps[k].Number) && len(rest) == 0 {
			place.Note = FirstOnly
		}
		if len(rest) > 0 {
			steps = append(rest, steps[k+1:]...)
			k = -1
		}
	}
	return place
}

// FirstOnly is the note on a citation of several provisions.
const FirstOnly = "Several provisions are cited; this is the first."

// step returns the provisions within scope, -1 for all of v, that a step may
// lead to, the likeliest first, and the steps that are left of it: a number such
// as "9.2.a" is several if no provision is numbered so as a whole.
func (v *Version) step(scope int, s Step) (found []int, rest []Step) {
	switch {
	case s.Heading != "":
		return v.under(scope, s.Heading, s.Nth), nil
	case s.Place:
		if found := v.places(scope, s.Kind, s.Number); len(found) > 0 {
			return found, nil
		}
	}
	if found := v.numbered(scope, s.Kind, s.Number); len(found) > 0 {
		return v.repeated(found, s.Nth), nil
	}
	for cut := len(s.Number) - 1; cut > 0; cut-- {
		head, tail := s.Number[:cut], s.Number[cut+1:]
		switch s.Number[cut] {
		case '.':
			if found := v.numbered(scope, s.Kind, head); len(found) > 0 {
				for _, number := range strings.Split(tail, ".") {
					rest = append(rest, Step{Number: number})
				}
				return found, rest
			}
		case '-':
			if found := v.numbered(scope, s.Kind, head); len(found) > 0 {
				return found, nil
			}
		}
	}
	return nil, nil
}

// repeated returns the nth of the provisions that are numbered as the first of
// those found, all of those found if n is 0.
func (v *Version) repeated(found []int, n int) []int {
	if n == 0 {
		return found
	}
	id := v.Provisions[found[0]].ID + "~" + strconv.Itoa(n)
	if i := slices.IndexFunc(v.Provisions, func(p Provision) bool { return p.ID == id }); i >= 0 {
		return []int{i}
	}
	return nil
}

// under returns the sections within scope that are cited by a heading: the nth
// of those beside the first, all if n is 0.
func (v *Version) under(scope int, heading string, n int) []int {
	var found []int
	for i := range v.within(scope) {
		p := v.Provisions[i]
		if !v.headed(i) || n > 0 && len(found) > 0 && p.Parent != v.Provisions[found[0]].Parent {
			continue
		}
		for _, printed := range []string{p.Heading, shorten(p.Heading, openingLength)} {
			if fold(ordinalSigns.Replace(printed)) == fold(heading) {
				found = append(found, i)
				break
			}
		}
	}
	if n > 0 {
		return found[min(n-1, len(found)):min(n, len(found))]
	}
	return found
}

// places returns what stands directly in scope, or in an article there that has
// no number, is of a kind, has no number and is at a place among its like.
func (v *Version) places(scope int, kind, place string) []int {
	var found []int
	for i := range v.within(scope) {
		p := v.Provisions[i]
		around := p.Parent
		if around >= 0 && around != scope && v.Provisions[around].Kind == Article && v.Provisions[around].Number == "" {
			around = v.Provisions[around].Parent
		}
		if around == scope && p.Kind == kind && p.Number == "" && ordinal(p.ID) == place {
			found = append(found, i)
		}
	}
	return found
}

// numbered returns the provisions of a kind and a number within scope. Those of
// the main text go before those of an annex. Where no paragraph in scope has a
// number, that of one is a place.
func (v *Version) numbered(scope int, kind, number string) []int {
	switch kind {
	case AnySection:
		if found := v.among(scope, Article, number); scope < 0 && len(found) > 0 {
			return found
		}
		return v.numbered(scope, Paragraph, number)
	case "", Paragraph, Point:
		if scope >= 0 && v.Provisions[scope].Kind != Annex && kind == "" || v.inPassage(scope) {
			return v.below(scope, kind, number)
		}
		if kind == Paragraph && !v.citer().mixed[scope] {
			if found := v.places(scope, kind, number); len(found) > 0 {
				return found
			}
		}
		if found := v.loose(scope, number); len(found) > 0 {
			return found
		}
		return v.below(scope, kind, number)
	case Recital:
		if found := v.among(scope, Recital, number); len(found) > 0 {
			return found
		}
		if preamble := v.among(scope, Preamble, ""); len(preamble) > 0 {
			return v.below(preamble[0], Paragraph, number)
		}
		return nil
	}
	return v.among(scope, kind, number)
}

// inPassage reports whether scope is a provision that is a passage or within one.
func (v *Version) inPassage(scope int) bool { return scope >= 0 && v.withinPassage(scope) }

// among returns the provisions of a kind and a number anywhere within scope.
func (v *Version) among(scope int, kind, number string) []int {
	var found []int
	for i := range v.within(scope) {
		if p := v.Provisions[i]; p.Kind == kind && sameNumber(kind, p.Number, number) {
			found = append(found, i)
		}
	}
	v.mainFirst(scope, found)
	return found
}

// mainFirst moves what stands in an annex below scope to the end.
func (v *Version) mainFirst(scope int, found []int) {
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(v.annexes(scope, a), v.annexes(scope, b)) })
}

// annexes returns how many annexes are around provision i below scope.
func (v *Version) annexes(scope, i int) int {
	n := 0
	for i = v.Provisions[i].Parent; i >= 0 && i != scope; i = v.Provisions[i].Parent {
		if v.Provisions[i].Kind == Annex {
			n++
		}
	}
	return n
}

// loose returns the numbered paragraphs within scope that are in no article and
// no recital, such as those of a declaration, and the points that are in no
// paragraph.
func (v *Version) loose(scope int, number string) []int {
	var found []int
	for i := range v.within(scope) {
		p := v.Provisions[i]
		if (p.Kind == Paragraph || p.Kind == Point) && sameNumber(p.Kind, p.Number, number) && !v.withinPassage(p.Parent) {
			found = append(found, i)
		}
	}
	v.mainFirst(scope, found)
	return found
}

// below returns the paragraphs and points of a number directly below scope;
// what has no number in between does not count as a step. Where nothing below
// has a number, the number is a place.
func (v *Version) below(scope int, kind, number string) []int {
	var found, places []int
	anyNumber := false
	for i := range v.within(scope) {
		p := v.Provisions[i]
		if p.Kind != Paragraph && p.Kind != Point || !v.direct(scope, i) {
			continue
		}
		switch {
		case p.Number != "":
			anyNumber = true
			if sameNumber(p.Kind, p.Number, number) {
				found = append(found, i)
			}
		case p.Parent == scope && (kind == "" || kind == p.Kind) && ordinal(p.ID) == number:
			places = append(places, i)
		}
	}
	if len(found) == 0 && !anyNumber {
		return places
	}
	// What stands nearest is meant, and of (a) and (A) the one that is written.
	other := func(i int) int {
		if v.Provisions[i].Number == number {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(found, func(a, b int) int {
		return cmp.Or(cmp.Compare(v.depth(a), v.depth(b)), cmp.Compare(other(a), other(b)))
	})
	return found[:min(len(found), 1)]
}

// direct reports whether nothing with a number stands between scope and i.
func (v *Version) direct(scope, i int) bool {
	for i = v.Provisions[i].Parent; i >= 0 && i != scope; i = v.Provisions[i].Parent {
		if v.Provisions[i].Number != "" {
			return false
		}
	}
	return true
}

func (v *Version) depth(i int) int {
	depth := 0
	for i = v.Provisions[i].Parent; i >= 0; i = v.Provisions[i].Parent {
		depth++
	}
	return depth
}

// within yields the provisions below scope, all for -1.
func (v *Version) within(scope int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := scope + 1; i < len(v.Provisions); i++ {
			if scope >= 0 && v.Provisions[i].Start >= v.Provisions[scope].End || !yield(i) {
				return
			}
		}
	}
}

// sameNumber reports whether a provision of a kind, numbered as printed, is what
// is cited by a number: Roman numerals and leading zeros apart.
func sameNumber(kind, printed, cited string) bool {
	return printed != "" && cited != "" && plainest(kind, printed) == plainest(kind, cited) || printed == "" && cited == ""
}

var leadingZeros = regexp.MustCompile(`(^|[^0-9])0+([0-9])`)

func plainest(kind, number string) string {
	plain := plainNumber(kind, strings.ToUpper(fold(number)))
	if plain == "" {
		plain = number
	}
	return leadingZeros.ReplaceAllString(strings.ToLower(plain), "$1$2")
}

// missing says that there is no such provision in scope, and what there is.
func (v *Version) missing(scope int, s Step, name string) string {
	kind := s.Kind
	if kind == AnySection {
		kind = Paragraph
	}
	whole := name
	if scope >= 0 {
		whole = capital(v.Pinpoint(scope))
	}
	if kind == Sentence {
		return fmt.Sprintf("%s is not divided into sentences.", whole)
	}
	wanted := strings.TrimSpace(cmp.Or(kind, "part") + " " + s.Number)
	if kind == "" {
		wanted = "(" + s.Number + ")"
	}
	has := v.contents(scope, kind)
	if has == "" {
		return fmt.Sprintf("%s has no %s.", whole, wanted)
	}
	return fmt.Sprintf("%s has no %s; it has %s.", whole, wanted, has)
}

// contents says which provisions of a kind there are in scope or, if there are
// none, which of other kinds; "" if none has a number.
func (v *Version) contents(scope int, kind string) string {
	if v.inPassage(scope) {
		var numbers []string
		for i := range v.within(scope) {
			if v.Provisions[i].Number != "" && v.direct(scope, i) {
				numbers = append(numbers, "("+v.Provisions[i].Number+")")
			}
		}
		return span(numbers)
	}
	for _, kind := range []string{kind, Article, Regulation, Rule, Principle, Paragraph, Recital, Section} {
		var numbers []string
		for i := range v.within(scope) {
			p := v.Provisions[i]
			if p.Kind == kind && p.Number != "" && v.annexes(scope, i) == 0 && !v.withinPassage(p.Parent) {
				numbers = append(numbers, p.Number)
			}
		}
		switch {
		case len(numbers) == 1:
			return kind + " " + numbers[0]
		case len(numbers) > 1:
			return cmp.Or(plurals[kind], kind+"s") + " " + span(numbers)
		}
	}
	return ""
}

var plurals = map[string]string{Annex: "annexes"}

// span writes numbers shortly: "1 to 48", "(a) and (b)".
func span(numbers []string) string {
	last := len(numbers) - 1
	switch {
	case last < 0:
		return ""
	case last == 0:
		return numbers[0]
	case last == 1:
		return numbers[0] + " and " + numbers[1]
	}
	return numbers[0] + " to " + numbers[last]
}

// capital returns s with its first letter in upper case.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// Opening returns the first words of provision i, without its heading unless it
// has nothing else: at most limit code points, with "…" if the text goes on.
func (v *Version) Opening(i, limit int) string {
	cut := cutter{text: v.Text}
	p := v.Provisions[i]
	var words, headings []string
	length := 0
	for _, block := range v.Blocks {
		if block.Start < p.Start || block.End > p.End {
			continue
		}
		text := cut.span(block.Span)
		if block.Heading {
			headings = append(headings, text)
			continue
		}
		words = append(words, text)
		if length += block.End - block.Start; length > limit {
			break
		}
	}
	if len(words) == 0 {
		words = headings
	}
	return shorten(strings.Join(words, " "), limit)
}
