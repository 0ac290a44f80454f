package anchor

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// target returns the target of the nth (0, 1, ...) place of a quote.
func target(t *testing.T, text, quote string, nth int) annotations.Target {
	t.Helper()
	places := NewText(text).find([]rune(quote))
	if nth >= len(places) {
		t.Fatalf("%q is not in the text %d times", quote, nth+1)
	}
	found, err := NewText(text).Select(places[nth], places[nth]+len([]rune(quote)))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

const before = `Article 1
Definitions
For the purposes of this accord a network is any group of devices that exchange data with one another.
Each Party shall bear its own costs.
Article 2
Duties
Each Party shall protect the networks on its territory against damage and shall tell the other Parties of any serious incident.
Each Party shall bear its own costs.
Article 3
Final clauses
This accord enters into force thirty days after the second Party has told the depositary that it agrees.
The depositary shall keep the 😀 original of this accord and send a true copy to each of the Parties.`

func TestCarry(t *testing.T) {
	for _, c := range []struct {
		name  string
		edit  *strings.Replacer
		quote string
		nth   int
		state string
		now   string
		at    int // which place of now
	}{
		{"nothing changed", strings.NewReplacer(), "exchange data", 0, annotations.Same, "exchange data", 0},
		{"a line before it was added", strings.NewReplacer("Article 1\n", "The Parties agree:\nArticle 1\n"), "exchange data", 0, annotations.Same, "exchange data", 0},
		{"the first of two equal lines", strings.NewReplacer("serious", "grave"), "own costs", 0, annotations.Same, "own costs", 0},
		{"the second of two equal lines", strings.NewReplacer("serious", "grave"), "own costs", 1, annotations.Same, "own costs", 1},
		{"its equal was taken out", strings.NewReplacer("one another.\nEach Party shall bear its own costs.", "one another."), "own costs", 0, annotations.Lost, "", 0},
		{"the equal of its line was taken out", strings.NewReplacer("one another.\nEach Party shall bear its own costs.", "one another."), "own costs", 1, annotations.Same, "own costs", 0},
		{"another word of the line changed", strings.NewReplacer("serious", "grave"), "protect the networks", 0, annotations.Changed, "protect the networks", 0},
		{"a word inside changed", strings.NewReplacer("networks on", "systems on"), "protect the networks on its territory", 0, annotations.Changed, "protect the systems on its territory", 0},
		{"most words inside changed", strings.NewReplacer("networks on its territory", "systems within reach"), "networks on its territory", 0, annotations.Lost, "", 0},
		{"the line was taken out", strings.NewReplacer("Each Party shall protect the networks on its territory against damage and shall tell the other Parties of any serious incident.\n", ""), "serious incident", 0, annotations.Lost, "", 0},
		{"over two lines", strings.NewReplacer("Definitions", "Terms"), "costs.\nArticle 2", 0, annotations.Same, "costs.\nArticle 2", 0},
		{"beyond the basic plane", strings.NewReplacer("Article 1\n", "😀\nArticle 1\n"), "😀 original", 0, annotations.Same, "😀 original", 0},
		{"blanks of the line changed", strings.NewReplacer("a true copy", "a  true  copy"), "send a true copy", 0, annotations.Changed, "send a  true  copy", 0},
		{"blanks before it in the line changed", strings.NewReplacer("The depositary shall", "The  depositary  shall"), "send a true copy", 0, annotations.Same, "send a true copy", 0},
		{"the line was cut in three", strings.NewReplacer("against damage and shall", "against\ndamage and\nshall"), "damage and shall tell", 0, annotations.Changed, "damage and\nshall tell", 0},
		{"lines were joined", strings.NewReplacer("one another.\nEach", "one another. Each", "costs.\nArticle 2\nDuties\nEach", "costs. Article 2 Duties Each"), "exchange data with", 0, annotations.Changed, "exchange data with", 0},
		{"the number of a line went to a line of its own", strings.NewReplacer("Each Party shall protect", "1.\nEach Party shall protect"), "against damage", 0, annotations.Same, "against damage", 0},
		{"the line was rewritten in its place and copied elsewhere", strings.NewReplacer("serious incident.\n", "grave incident.\n",
			"Article 3\n", "Article 3\nEach Party shall protect the networks on its territory against damage and shall tell the other Parties of any serious incident.\n"),
			"against damage", 0, annotations.Lost, "", 0},
		{"another text", strings.NewReplacer(before, "Nothing of it is left."), "own costs", 1, annotations.Lost, "", 0},
		{"no text", strings.NewReplacer(before, ""), "own costs", 1, annotations.Lost, "", 0},
	} {
		after := c.edit.Replace(before)
		want := annotations.Placement{State: c.state}
		if c.state != annotations.Lost {
			want.Target = target(t, after, c.now, c.at)
		}
		got := Carry(NewText(before), NewText(after), []annotations.Target{target(t, before, c.quote, c.nth)})
		if diff := cmp.Diff([]annotations.Placement{want}, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}

func TestCarryMoved(t *testing.T) {
	lines := strings.Split(before, "\n")
	after := strings.Join(slices.Concat(lines[8:], lines[:8]), "\n")
	got := Carry(NewText(before), NewText(after), []annotations.Target{
		target(t, before, "thirty days", 0), target(t, before, "exchange data", 0),
	})
	states := []string{got[0].State, got[1].State}
	slices.Sort(states)
	if diff := cmp.Diff([]string{annotations.Moved, annotations.Same}, states); diff != "" {
		t.Errorf("two halves change places: -want +got\n%s", diff)
	}
	for i, quote := range []string{"thirty days", "exchange data"} {
		if diff := cmp.Diff(target(t, after, quote, 0), got[i].Target); diff != "" {
			t.Errorf("%s: -want +got\n%s", quote, diff)
		}
	}
}

func TestCarryOfATargetThatIsNotInTheText(t *testing.T) {
	got := Carry(NewText(before), NewText(before), []annotations.Target{{Start: 3, End: 8, Exact: "never"}})
	if diff := cmp.Diff([]annotations.Placement{{State: annotations.Lost}}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// An author writes texts like laws and amends them. Every word has an identity
// that it keeps through all amendments, so that the test knows where it is.
type author struct {
	*rand.Rand
	words int
}

type written struct {
	id   int
	text string
}

func (a *author) word(text string) written {
	a.words++
	return written{a.words, text}
}

func (a *author) sentence(text string) []written {
	var found []written
	for _, w := range strings.Fields(text) {
		found = append(found, a.word(w))
	}
	return found
}

func (a *author) pick(of ...string) string { return of[a.IntN(len(of))] }

func (a *author) noun() string {
	return a.pick("network", "system", "service", "record", "key", "device", "register", "signal", "archive", "platform", "account", "provider")
}

func (a *author) verb() string {
	return a.pick("protect", "report", "preserve", "inspect", "disclose", "secure", "review", "restore", "publish", "share")
}

// line writes one line: short ones and repeated ones are as frequent as in laws.
func (a *author) line() []written {
	switch a.IntN(6) {
	case 0:
		return a.sentence(a.pick("Each Party shall bear its own costs under this Article.", "This Article applies without prejudice to national law.",
			"The Parties shall meet when needed.", "General provisions"))
	case 1:
		return a.sentence(fmt.Sprintf("(%s) any %s;", a.pick("a", "b", "c", "d"), a.noun()))
	case 2:
		return a.sentence(fmt.Sprintf("Each Party shall %s every %s in accordance with its law.", a.verb(), a.noun()))
	}
	var said []string
	for range 2 + a.IntN(5) {
		said = append(said, fmt.Sprintf("%s the %s of the %s %s", a.verb(), a.noun(), a.noun(),
			a.pick("without delay", "on request", "at its own cost", "within thirty days", "unless a court forbids it")))
	}
	return a.sentence("Each Party shall " + strings.Join(said, " and shall ") + ".")
}

func (a *author) article(number int) [][]written {
	lines := [][]written{a.sentence(fmt.Sprintf("Article %d", number)), a.sentence(a.pick("Scope", "Duties", "Costs", "Use of the "+a.noun()))}
	for range 1 + a.IntN(6) {
		lines = append(lines, a.line())
	}
	return lines
}

func (a *author) law(articles int) [][][]written {
	var law [][][]written
	for n := range articles {
		law = append(law, a.article(n+1))
	}
	return law
}

// amend changes a copy of a law as legislators do.
func (a *author) amend(law [][][]written, times int) [][][]written {
	var copied [][][]written
	for _, article := range law {
		var lines [][]written
		for _, line := range article {
			lines = append(lines, slices.Clone(line))
		}
		copied = append(copied, lines)
	}
	law = copied
	for range times {
		n := a.IntN(len(law))
		article := law[n]
		k := a.IntN(len(article))
		kind := a.IntN(8)
		if k == 0 && 4 <= kind && kind <= 6 {
			continue // the line with the number changes by numbering alone
		}
		switch kind {
		case 0:
			law = slices.Insert(law, n, a.article(n+1))
		case 1:
			if len(law) > 2 {
				law = slices.Delete(law, n, n+1)
			}
		case 2:
			law[n] = slices.Insert(article, k, a.line())
		case 3:
			if len(article) > 1 {
				law[n] = slices.Delete(article, k, k+1)
			}
		case 4:
			if len(article[k]) > 0 {
				article[k][a.IntN(len(article[k]))] = a.word(a.pick("may", "likewise", "serious", "competent"))
			}
		case 5:
			article[k] = slices.Insert(article[k], a.IntN(len(article[k])+1), a.sentence(a.pick("as far as possible", "or the "+a.noun(), "other"))...)
		case 6:
			if at := a.IntN(len(article[k]) + 1); at < len(article[k]) {
				article[k] = slices.Delete(article[k], at, min(len(article[k]), at+1+a.IntN(3)))
			}
		case 7:
			taken := law[n]
			law = slices.Delete(law, n, n+1)
			law = slices.Insert(law, a.IntN(len(law)+1), taken)
		}
	}
	if a.IntN(2) == 0 {
		for n, article := range law { // the articles are numbered anew
			if len(article[0]) == 2 && article[0][0].text == "Article" && article[0][1].text != fmt.Sprint(n+1) {
				article[0][1] = a.word(fmt.Sprint(n + 1))
			}
		}
	}
	return law
}

type place struct {
	Span
	id int
}

// print writes a law, one line each, and says where every word is.
func print(law [][][]written) (string, []place) {
	var text strings.Builder
	var places []place
	at := 0
	write := func(s string) { text.WriteString(s); at += len([]rune(s)) }
	for _, article := range law {
		for _, line := range article {
			if at > 0 {
				write("\n")
			}
			for i, w := range line {
				if i > 0 {
					write(" ")
				}
				start := at
				write(w.text)
				places = append(places, place{Span{start, at}, w.id})
			}
		}
	}
	return text.String(), places
}

func TestCarryPutsNothingInTheWrongPlace(t *testing.T) {
	counts := map[string]int{}
	untouched, kept := 0, 0
	for seed := range uint64(150) {
		a := &author{Rand: rand.New(rand.NewPCG(seed, 7))}
		law := a.law(3 + a.IntN(25))
		oldText, oldPlaces := print(law)
		newText, newPlaces := print(a.amend(law, 1+a.IntN(12)))
		now := map[int]Span{}
		for _, p := range newPlaces {
			now[p.id] = p.Span
		}
		var targets []annotations.Target
		var ranges [][]place
		for range 100 {
			from := a.IntN(len(oldPlaces))
			to := min(len(oldPlaces), from+1+a.IntN(a.pickInt(3, 12, 40)))
			target, err := NewText(oldText).Select(oldPlaces[from].Start, oldPlaces[to-1].End)
			if err != nil {
				t.Fatal(err)
			}
			targets, ranges = append(targets, target), append(ranges, oldPlaces[from:to])
		}
		for i, got := range Carry(NewText(oldText), NewText(newText), targets) {
			counts[got.State]++
			if wrong := misplaced(ranges[i], targets[i], got, now); wrong != "" {
				t.Errorf("seed %d: %q is %s: %s\n%+v", seed, targets[i].Exact, got.State, wrong, got.Target)
			}
			if whole(ranges[i], targets[i], now, newText) {
				untouched++
				if got.State != annotations.Lost {
					kept++
				}
			}
		}
	}
	t.Logf("%v; of %d whose words are all there, in one place, %d are kept", counts, untouched, kept)
	if kept*100 < untouched*90 {
		t.Errorf("of %d whose words are all there only %d are kept", untouched, kept)
	}
}

func (a *author) pickInt(of ...int) int { return of[a.IntN(len(of))] }

// misplaced says what is wrong with a placement of the words in was, "" if
// nothing is. One that changed must begin or end with a word of the target (of
// two equal words, of which one was taken out, no text tells which is left) and
// hold a good part of those that are left.
func misplaced(was []place, target annotations.Target, got annotations.Placement, now map[int]Span) string {
	if got.State == annotations.Lost {
		return ""
	}
	var left []Span
	for _, p := range was {
		if s, there := now[p.id]; there {
			left = append(left, s)
		}
	}
	if len(left) == 0 {
		return "none of its words is left"
	}
	if got.State != annotations.Changed {
		whole := Span{left[0].Start, left[len(left)-1].End}
		if got.Target.Exact != target.Exact || whole != (Span{got.Target.Start, got.Target.End}) {
			return fmt.Sprintf("it is at %v", whole)
		}
		return ""
	}
	inside, begins, ends := 0, false, false
	for _, s := range left {
		if got.Target.Start < s.End && s.Start < got.Target.End {
			inside++
		}
		begins = begins || s.Start <= got.Target.Start && got.Target.Start < s.End
		ends = ends || s.Start < got.Target.End && got.Target.End <= s.End
	}
	if !begins && !ends || inside*3 < len(left) {
		return fmt.Sprintf("of the %d words left %d are in it; begins with one: %v, ends with one: %v", len(left), inside, begins, ends)
	}
	return ""
}

// whole reports whether the words in was stand in the new text as in the old.
func whole(was []place, target annotations.Target, now map[int]Span, text string) bool {
	first, there := now[was[0].id]
	last, also := now[was[len(was)-1].id]
	return there && also && first.Start < last.End && string([]rune(text)[first.Start:last.End]) == target.Exact
}

func TestCarryIsFast(t *testing.T) {
	a := &author{Rand: rand.New(rand.NewPCG(1, 1))}
	law := a.law(800)
	oldText, places := print(law)
	newText, _ := print(a.amend(law, 300))
	for name, join := range map[string]string{"in lines": "\n", "in one line": " "} {
		old := NewText(strings.ReplaceAll(oldText, "\n", join))
		var targets []annotations.Target
		for range 5000 {
			p := places[a.IntN(len(places))]
			target, err := old.Select(p.Start, p.End)
			if err != nil {
				t.Fatal(err)
			}
			targets = append(targets, target)
		}
		start := time.Now()
		Carry(old, NewText(strings.ReplaceAll(newText, "\n", join)), targets)
		took := time.Since(start)
		t.Logf("%s: %d words, %d targets: %v", name, len(places), len(targets), took)
		if took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}
