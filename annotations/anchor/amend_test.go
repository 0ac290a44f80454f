package anchor

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A law is a real text cut into articles, lines and words. Every word keeps its
// identity through all amendments, so that the truth is known.
type law struct {
	*rand.Rand
	articles []article
	last     int // identity given out last
}

// An article is the lines of a passage, with the headings before it.
type article []sentence

type sentence []wordOf

type wordOf struct {
	id   int
	text string
	gap  string // white space before it
}

// newLaw cuts a text; starts are where its passages begin, ascending.
func newLaw(text string, starts []int, seed uint64) *law {
	l := &law{Rand: rand.New(rand.NewPCG(seed, 4))}
	at := 0
	var open article
	for _, line := range strings.Split(text, "\n") {
		if len(starts) > 0 && at >= starts[0] {
			starts = starts[1:]
			if len(open) > 0 {
				l.articles = append(l.articles, open)
			}
			open = nil
		}
		open = append(open, l.cut(line))
		at += len([]rune(line)) + 1
	}
	l.articles = append(l.articles, open)
	return l
}

func (l *law) cut(line string) sentence {
	var s sentence
	runes := []rune(line)
	for at := 0; at < len(runes); {
		gap := at
		for at < len(runes) && unicode.IsSpace(runes[at]) {
			at++
		}
		if at == len(runes) {
			break
		}
		to := wordEnd(runes, at)
		l.last++
		s = append(s, wordOf{l.last, string(runes[at:to]), string(runes[gap:at])})
		at = to
	}
	return s
}

// amended returns a copy that was amended so many times.
func (l *law) amended(times int) *law {
	n := &law{Rand: l.Rand, last: l.last}
	for _, a := range l.articles {
		n.articles = append(n.articles, copied(a))
	}
	for range times {
		n.amend()
	}
	if n.IntN(3) == 0 {
		n.typeset()
	}
	return n
}

func copied(a article) article {
	var c article
	for _, s := range a {
		c = append(c, slices.Clone(s))
	}
	return c
}

// anew returns a copy with words of its own: what reads the same but is another
// provision.
func (l *law) anew(a article) article {
	c := copied(a)
	for _, s := range c {
		for i := range s {
			l.last++
			s[i].id = l.last
		}
	}
	return c
}

// amend changes the law once, as legislators do.
func (l *law) amend() {
	n := l.IntN(len(l.articles))
	a := l.articles[n]
	k := l.IntN(len(a))
	switch l.IntN(12) {
	case 0: // repealed
		if len(l.articles) > 3 {
			l.articles = slices.Delete(l.articles, n, n+1)
			l.renumber(n, -1)
		}
	case 1: // repealed, its number kept
		kept := copied(a[:min(1, len(a))])
		l.articles[n] = append(kept, l.cut("(repealed)"))
	case 2: // inserted, in words of other provisions
		l.articles = slices.Insert(l.articles, n, l.anew(l.articles[l.IntN(len(l.articles))]))
		l.renumber(n+1, +1)
	case 3: // inserted, in words of its own
		l.articles = slices.Insert(l.articles, n, article{l.cut(fmt.Sprintf("Article %d bis", n)), l.cut(
			"The tribunal of lanterns shall keep a ledger of every vessel that passes the outer mole by night.")})
	case 4: // moved
		l.articles = slices.Delete(l.articles, n, n+1)
		l.articles = slices.Insert(l.articles, l.IntN(len(l.articles)+1), a)
	case 5: // a line more, in words of another
		other := l.articles[l.IntN(len(l.articles))]
		l.articles[n] = slices.Insert(a, k, l.anew(article{other[l.IntN(len(other))]})[0])
	case 6: // a line less
		if len(a) > 1 {
			l.articles[n] = slices.Delete(a, k, k+1)
		}
	case 7: // two lines joined, or one cut in two
		if k+1 < len(a) && l.IntN(2) == 0 && len(a[k+1]) > 0 {
			a[k+1][0].gap = " "
			a[k] = append(a[k], a[k+1]...)
			l.articles[n] = slices.Delete(a, k+1, k+2)
		} else if len(a[k]) > 8 {
			at := 1 + l.IntN(len(a[k])-1)
			first, rest := slices.Clone(a[k][:at]), slices.Clone(a[k][at:])
			l.articles[n] = slices.Replace(a, k, k+1, first, rest)
		}
	default:
		l.reword(a, k)
	}
}

// reword changes, adds and takes out words of a line.
func (l *law) reword(a article, k int) {
	for range 1 + l.IntN(3) {
		if len(a[k]) < 6 {
			return
		}
		at := l.IntN(len(a[k]))
		switch l.IntN(3) {
		case 0:
			l.last++
			a[k][at] = wordOf{l.last, []string{"may", "likewise", "competent", "serious", "without delay"}[l.IntN(5)], a[k][at].gap}
		case 1:
			added := l.cut([]string{" where appropriate", " as far as possible,", " or any other person concerned", " shall"}[l.IntN(4)])
			a[k] = slices.Insert(a[k], at, added...)
		case 2:
			a[k] = slices.Delete(a[k], at, min(len(a[k])-1, at+1+l.IntN(5)))
		}
	}
}

// renumber adds to the numbers in the first lines of the articles from n on.
func (l *law) renumber(n, by int) {
	if l.IntN(2) == 0 {
		return
	}
	for _, a := range l.articles[min(n, len(l.articles)):] {
		for i, w := range a[0][:min(2, len(a[0]))] {
			if number, err := strconv.Atoi(w.text); err == nil {
				l.last++
				a[0][i] = wordOf{l.last, strconv.Itoa(number + by), w.gap}
				break
			}
		}
	}
}

// typeset prints the law with other quotation marks, apostrophes, dashes and
// blanks.
func (l *law) typeset() {
	marks := [][]string{{"“", "«\u00a0"}, {"”", "\u00a0»"}, {"‘", "‹"}, {"’", "'"}, {"–", "—"}, {"…", "..."}, {"\"", "”"}, {"'", "’"}}
	for _, a := range l.articles {
		for _, s := range a {
			for i := range s {
				for _, m := range marks {
					if s[i].text == m[0] {
						s[i].text = m[1]
						break
					}
				}
				if s[i].gap == " " && i > 0 && len(s[i-1].text) <= 2 {
					s[i].gap = "\u00a0"
				}
			}
		}
	}
}

// A printed law is its text and where every word is in it.
type printed struct {
	text  string
	words []place
	at    map[int]Span
	nth   map[int]int // which word of all a word is
}

func (l *law) print() printed {
	p := printed{at: map[int]Span{}, nth: map[int]int{}}
	var text strings.Builder
	at := 0
	write := func(s string) { text.WriteString(s); at += len([]rune(s)) }
	for i, a := range l.articles {
		for k, s := range a {
			if i+k > 0 {
				write("\n")
			}
			for _, w := range s {
				write(w.gap)
				start := at
				write(w.text)
				p.nth[w.id] = len(p.words)
				p.words = append(p.words, place{Span{start, at}, w.id})
				p.at[w.id] = Span{start, at}
			}
		}
	}
	p.text = text.String()
	return p
}
