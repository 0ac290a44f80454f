package index

import (
	"strconv"
	"strings"
)

// Identify gives each provision its ID, from its kind, its number and the
// provisions around it. Provisions come in the order of the text, parents
// before children.
//
// Below a passage an ID goes on from its parent's: "art9.2.a". Above, it is as
// short as it can be: an article, a recital, a numbered paragraph or a
// container goes without the containers around it ("art9", "para72", "ch2"),
// except for its annex ("annex2.3"), unless what is left occurs more than once;
// then its container's ID precedes it ("ch3.art1"). The ID of what stands in the
// place of an article goes on from the outermost container in which its number
// occurs once: "ch2.reg5", also in part B of the chapter. What has no number is
// counted within its parent: "p3", "annex2.p1". Whatever is still not unique
// ends in "~2", "~3", and so on.
func Identify(provisions []Provision) {
	namer := namer{
		provisions: provisions,
		own:        make([]string, len(provisions)),
		count:      make(map[string]int, len(provisions)),
	}
	namer.nameAlone()
	taken := make(map[string]int, len(provisions))
	for i := range provisions {
		id := namer.join(namer.prefix(i), i)
		taken[id]++
		for n := taken[id]; n > 1; n++ {
			if other := id + "~" + strconv.Itoa(n); taken[other] == 0 {
				taken[id], taken[other] = n, 1
				id = other
				break
			}
		}
		provisions[i].ID = id
	}
}

// A namer holds what Identify must know of all provisions to name one.
type namer struct {
	provisions []Provision
	own        []string       // what each provision is called within its prefix
	count      map[string]int // by key: how often a name occurs within its annex and, of what stands for an article, each container
}

// nameAlone fills own and count.
func (n *namer) nameAlone() {
	type sort struct {
		parent int
		kind   string
	}
	ordinals := map[sort]int{}
	for i, p := range n.provisions {
		name := plainNumber(p.Kind, p.Number)
		if name == "" && ordinalWord[p.Kind] != "" {
			ordinals[sort{p.Parent, p.Kind}]++
			name = ordinalWord[p.Kind] + strconv.Itoa(ordinals[sort{p.Parent, p.Kind}])
		} else {
			name = idWord[p.Kind] + name
		}
		n.own[i] = name
		if n.below(i) {
			continue
		}
		annex := n.annex(i)
		n.count[n.key(annex, i)]++
		for at := p.Parent; standsForArticle(p.Kind) && at != annex; at = n.provisions[at].Parent {
			n.count[n.key(at, i)]++
		}
	}
}

// key is the name of a provision within one around it, -1 for all of the text.
func (n *namer) key(around, i int) string {
	return strconv.Itoa(around) + "/" + n.own[i]
}

// below reports whether the provision is part of a passage, but not the whole.
func (n *namer) below(i int) bool {
	parent := n.provisions[i].Parent
	if parent < 0 {
		return false
	}
	switch n.provisions[parent].Kind {
	case Paragraph, Point, Recital:
		return true
	}
	return ArticleLike(n.provisions[parent].Kind) || n.provisions[parent].Passage
}

// annex returns the innermost annex around a provision, -1 if there is none.
func (n *namer) annex(i int) int {
	for i = n.provisions[i].Parent; i >= 0 && n.provisions[i].Kind != Annex; {
		i = n.provisions[i].Parent
	}
	return i
}

// prefix returns the provision whose ID the ID of i goes on from, -1 if there
// is none.
func (n *namer) prefix(i int) int {
	p := n.provisions[i]
	counted := plainNumber(p.Kind, p.Number) == "" && ordinalWord[p.Kind] != ""
	annex := n.annex(i)
	switch {
	case n.below(i) || counted:
		return p.Parent
	case n.count[n.key(annex, i)] == 1:
		return annex
	case standsForArticle(p.Kind):
		return n.outermost(annex, i)
	}
	return p.Parent
}

// outermost returns the outermost provision between an annex and provision i
// within which the name of i occurs once, its parent if there is none.
func (n *namer) outermost(annex, i int) int {
	found := n.provisions[i].Parent
	for at := found; at != annex; at = n.provisions[at].Parent {
		if n.count[n.key(at, i)] == 1 {
			found = at
		}
	}
	return found
}

func (n *namer) join(prefix, i int) string {
	if prefix < 0 {
		return n.own[i]
	}
	own := n.own[i]
	if n.provisions[i].Kind == Paragraph {
		own = strings.TrimPrefix(own, idWord[Paragraph])
	}
	return n.provisions[prefix].ID + "." + own
}

// idWord precedes the number of a provision in its ID.
var idWord = map[string]string{
	Part: "part", Title: "title", Chapter: "ch", Section: "sec", Article: "art", Paragraph: "para",
	Preamble: "preamble", Recital: "rec", Annex: "annex",
	Regulation: "reg", Rule: "rule", Standard: "standard", Principle: "principle", Guideline: "guideline",
}

// ordinalWord precedes the place of a provision that has no number; a preamble
// and an annex need none.
var ordinalWord = map[string]string{
	Part: "part-", Title: "title-", Chapter: "ch-", Section: "s", Article: "art-", Paragraph: "p",
	Recital: "rec-", Point: "indent",
}

// plainNumber returns number as it stands in an ID: letters, digits, dots and
// hyphens alone, the letters of Russian and Arabic lists in Latin ones; Roman numerals in Arabic ones where they are capitals, but for
// points and paragraphs, whose "I" may stand beside a "1".
func plainNumber(kind, number string) string {
	if n := roman(number); n > 0 && kind != Point && kind != Paragraph {
		return strconv.Itoa(n)
	}
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '.', r == '-':
			return r
		case r == '–' || r == '‑':
			return '-'
		}
		return -1
	}, latinLetters.Replace(number))
	return strings.Trim(plain, ".-")
}

// latinLetters writes the letters that Russian, Arabic and Spanish lists are
// counted in so that no two are alike.
var latinLetters = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з", "z", "и", "i", "к", "k", "л", "l", "м", "m", "н", "n",
	"о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "shch",
	"э", "eh", "ю", "yu", "я", "ya",
	"أ", "a", "ب", "b", "ج", "j", "د", "d", "ه", "h", "و", "w", "ز", "z", "ح", "hh", "ط", "tt", "ي", "y", "ك", "k", "ل", "l", "م", "m",
	"ن", "n", "س", "s", "ع", "c", "ف", "f", "ص", "ss", "ق", "q", "ر", "r", "ش", "sh", "ت", "t", "ث", "th", "خ", "kh", "ذ", "dh",
	"ض", "dd", "ظ", "zz", "غ", "gh",
	"ñ", "nn",
)

// romanUnits are the parts a Roman numeral is made of, in the order in which
// they may follow each other.
var romanUnits = []struct {
	letters string
	value   int
}{
	{"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1},
}

// roman returns the value of a Roman numeral in capitals below 400, 0 if s is
// not one. A single C, D, L or M is a letter.
func roman(s string) int {
	if s == "C" || s == "L" {
		return 0
	}
	rest, total := s, 0
	for _, unit := range romanUnits {
		for times := 0; times < 3 && strings.HasPrefix(rest, unit.letters); times++ {
			rest = rest[len(unit.letters):]
			total += unit.value
			if len(unit.letters) == 2 || unit.value == 5 || unit.value == 50 {
				break
			}
		}
	}
	if rest != "" {
		return 0
	}
	return total
}
