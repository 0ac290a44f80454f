package index

import (
	"fmt"
	"sort"
	"strings"
	"sync"
)

// Places finds the provisions of a version that references lead to, in far less
// time than Locate and with less patience: where more than one may be meant,
// there is none. It may be used from many goroutines.
type Places struct {
	mu      sync.Mutex
	version *Version
	by      map[placeKey][]int // in the order of the text
	until   []int              // for each provision, the index after its last descendant
	known   map[string]Reach
}

type placeKey struct{ kind, number string }

// A Reach is the provisions that a reference leads to, by their indexes into
// Version.Provisions: from First to Last and what is in between of the same kind
// and below the same parent. None are meant if First is -1.
type Reach struct{ First, Last int }

var nowhere = Reach{-1, -1}

// NewPlaces prepares a version.
func NewPlaces(v *Version) *Places {
	p := &Places{version: v, by: map[placeKey][]int{}, until: make([]int, len(v.Provisions)), known: map[string]Reach{}}
	for i, provision := range v.Provisions {
		key := placeKey{provision.Kind, ""}
		if provision.Number != "" {
			key.number = plainest(provision.Kind, provision.Number)
		}
		p.by[key] = append(p.by[key], i)
	}
	for i := len(v.Provisions) - 1; i >= 0; i-- {
		p.until[i] = max(p.until[i], i+1)
		if parent := v.Provisions[i].Parent; parent >= 0 {
			p.until[parent] = max(p.until[parent], p.until[i])
		}
	}
	return p
}

// Version returns the version that p was made of.
func (p *Places) Version() *Version { return p.version }

// Foreign returns where a reference in another document leads to.
func (p *Places) Foreign(r Reference) Reach {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := fmt.Sprint(r.Steps, r.Last)
	reach, known := p.known[key]
	if !known {
		reach = nowhere
		if outermost(r.Steps[0].Kind) {
			reach = p.from(-1, r)
		} else if r.Steps[0].Kind == Paragraph || r.Steps[0].Kind == AnySection {
			reach = p.loose(r)
		}
		p.known[key] = reach
	}
	return reach
}

// Own returns where a reference in the version itself leads to: seen from where
// it stands, the provisions nearest around it first.
func (p *Places) Own(r Reference) Reach {
	if r.Heading || r.Of != Unsaid && r.Of != This {
		return nowhere
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	key := fmt.Sprint(p.version.PassageAround(r.Provision), r.Provision, r.Steps, r.Last, r.Of, r.Within)
	reach, known := p.known[key]
	if !known {
		reach = p.own(r)
		p.known[key] = reach
	}
	return reach
}

func (p *Places) own(r Reference) Reach {
	switch {
	case r.Within != "":
		around := p.around(r.Provision, r.Within)
		if around < 0 {
			return nowhere
		}
		return p.from(around, r)
	case outermost(r.Steps[0].Kind):
		for around := r.Provision; around >= 0 && r.Of != This; around = p.version.Provisions[around].Parent {
			if reach := p.from(around, r); reach != nowhere {
				return reach
			}
		}
		return p.from(-1, r)
	case r.Of == This:
		return p.loose(r)
	case r.Steps[0].Kind == Point || r.Steps[0].Kind == "":
		if around := p.around(r.Provision, Paragraph); around >= 0 {
			if reach := p.from(around, r); reach != nowhere {
				return reach
			}
		}
	}
	for around := r.Provision; around >= 0; around = p.version.Provisions[around].Parent {
		if ArticleLike(p.version.Provisions[around].Kind) {
			return p.from(around, r)
		}
	}
	return p.loose(r)
}

// outermost reports whether a provision of the kind is not named by what it is in.
func outermost(kind string) bool {
	switch kind {
	case Chapter, Section, Part, Title, Annex, Recital:
		return true
	}
	return ArticleLike(kind)
}

// around returns the innermost provision of a kind at or around i, -1 if there
// is none.
func (p *Places) around(i int, kind string) int {
	for ; i >= 0 && p.version.Provisions[i].Kind != kind; i = p.version.Provisions[i].Parent {
	}
	return i
}

// from follows the steps of a reference within a provision, or from the top for -1.
func (p *Places) from(scope int, r Reference) Reach {
	reach := nowhere
	for k := 0; k < len(r.Steps); k++ {
		step := r.Steps[k]
		next, rest := p.step(scope, step)
		if next.First < 0 {
			// The article is there and not divided so, or not so finely: that is near enough.
			if reach.First >= 0 && p.version.withinPassage(reach.First) {
				return reach
			}
			return nowhere
		}
		reach, scope = next, next.First
		if len(rest) > 0 {
			return p.from(scope, Reference{Steps: append(rest, r.Steps[k+1:]...), Last: r.Last}).or(reach)
		}
	}
	if r.Last != "" {
		reach.Last = p.last(reach.First, r.Last)
	}
	return reach
}

func (r Reach) or(other Reach) Reach {
	if r.First < 0 {
		return other
	}
	return r
}

// step returns what a step leads to within scope, and what is left of a number
// such as "9.2" if there is only a 9.
func (p *Places) step(scope int, s Step) (Reach, []Step) {
	if i := p.one(scope, s.Kind, s.Number); i >= 0 {
		return Reach{i, i}, nil
	}
	for cut := strings.LastIndexByte(s.Number, '.'); cut > 0; cut = strings.LastIndexByte(s.Number[:cut], '.') {
		if i := p.one(scope, s.Kind, s.Number[:cut]); i >= 0 {
			var rest []Step
			for _, number := range strings.Split(s.Number[cut+1:], ".") {
				rest = append(rest, Step{Number: number})
			}
			return Reach{i, i}, rest
		}
	}
	head, tail, ranged := strings.Cut(s.Number, "-")
	if ranged && isDigits(head) && isDigits(tail) {
		if i := p.one(scope, s.Kind, head); i >= 0 {
			return Reach{i, p.last(i, tail)}, nil
		}
	}
	return nowhere, nil
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// one returns the provision of a kind and a number within scope, -1 if there is
// none or no telling which.
func (p *Places) one(scope int, kind, number string) int {
	if all := p.by[placeKey{kind, plainest(kind, number)}]; outermost(kind) && (kind != Recital || len(all) > 0) {
		return p.nearest(scope, p.within(scope, all))
	}
	if scope < 0 && kind != Recital {
		return -1
	}
	found := p.version.numbered(scope, kind, number)
	if len(found) != 1 {
		return -1
	}
	return found[0]
}

// within returns the part of ascending provisions that is below scope.
func (p *Places) within(scope int, all []int) []int {
	if scope < 0 {
		return all
	}
	return all[sort.SearchInts(all, scope+1):sort.SearchInts(all, p.until[scope])]
}

// nearest returns the one provision that is in the fewest annexes below scope;
// -1 if there are several.
func (p *Places) nearest(scope int, found []int) int {
	best, least, several := -1, 0, false
	for _, i := range found {
		annexes := p.version.annexes(scope, i)
		switch {
		case best < 0 || annexes < least:
			best, least, several = i, annexes, false
		case annexes == least:
			several = true
		}
	}
	if several {
		return -1
	}
	return best
}

// loose follows the steps to a numbered paragraph that is in no article.
func (p *Places) loose(r Reference) Reach {
	step := r.Steps[0]
	if step.Kind != Paragraph && step.Kind != AnySection {
		return nowhere
	}
	var found []int
	for _, i := range p.by[placeKey{Paragraph, plainest(Paragraph, step.Number)}] {
		if !p.version.withinPassage(p.version.Provisions[i].Parent) {
			found = append(found, i)
		}
	}
	i := p.nearest(-1, found)
	if i < 0 {
		return nowhere
	}
	reach := Reach{i, i}
	if len(r.Steps) > 1 {
		return p.from(i, Reference{Steps: r.Steps[1:], Last: r.Last}).or(reach)
	}
	if r.Last != "" {
		reach.Last = p.last(i, r.Last)
	}
	return reach
}

// last returns the provision with which a range ends that begins with first;
// first itself if there is none or it does not come later.
func (p *Places) last(first int, number string) int {
	kind := p.version.Provisions[first].Kind
	for _, i := range p.by[placeKey{kind, plainest(kind, number)}] {
		if i > first && p.version.annexes(-1, i) == p.version.annexes(-1, first) {
			return i
		}
	}
	return first
}

// Covers returns the provisions that a reach leads to.
func (p *Places) Covers(r Reach) []int {
	if r.First < 0 {
		return nil
	}
	all := []int{r.First}
	kind := p.version.Provisions[r.First].Kind
	for i := p.until[r.First]; i <= r.Last && i < len(p.version.Provisions); i++ {
		if p.version.Provisions[i].Kind == kind && (ArticleLike(kind) || p.version.Provisions[i].Parent == p.version.Provisions[r.First].Parent) {
			all = append(all, i)
		}
	}
	return all
}
