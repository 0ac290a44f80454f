package anchor

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf8"

	"glossator/annotations"
	"glossator/index"
	"glossator/index/importer"
)

// Of so many annotations at least, none may be on a wrong passage, and of those
// whose words are all still there this share must be carried.
const (
	leastAnnotations = 2000
	leastCarried     = 0.98
)

// measured are the texts that are amended.
var measured = []string{
	"cyber/coe-ets185-budapest-convention.en.md", "cyber/eu-gdpr.en.md", "cyber/eu-nis2.en.md",
	"tota/pta_22.xml", "tota/pta_112.xml", "tota/pta_156.xml", "tota/pta_2.xml", "tota/pta_45.xml", "tota/pta_100.xml",
	"tota/pta_200.xml", "tota/pta_250.xml", "tota/pta_300.xml", "tota/pta_428.xml",
}

// annotated is how many annotations of each length every edition gets.
const annotated = 15

// A tally says what became of annotations of one length.
type tally struct {
	placed, wrong  int
	survived, kept int // words all there, side by side; and carried
	states         map[string]int
	faults, losses []string
}

func (t *tally) carried() float64 { return float64(t.kept) / float64(max(1, t.survived)) }

// A measure is what came out of carrying over many amended editions.
type measure struct {
	lengths []int
	tallies map[int]*tally // by length
	took    time.Duration
	words   int // of the new texts
}

// per75000 is how long it took for 75,000 words, in seconds.
func (m *measure) per75000() float64 { return m.took.Seconds() / float64(m.words) * 75000 }

// TestCarryOverRealAmendments holds the floors of carrying.
func TestCarryOverRealAmendments(t *testing.T) {
	placed := 0
	m := measureCarry(t, 6, 40, 120, 300)
	for _, length := range m.lengths {
		c := m.tallies[length]
		t.Logf("%d characters: %d placed, %d on a wrong passage, %d whose words are there, %.2f %% of them carried, %v",
			length, c.placed, c.wrong, c.survived, 100*c.carried(), c.states)
		placed += c.placed
		if c.wrong > 0 {
			t.Errorf("%d characters: %d are on a wrong passage: %s", length, c.wrong, c.faults)
		}
		if c.carried() < leastCarried {
			t.Errorf("%d characters: of %d whose words are all there %d are carried: %.2f %%, not %.0f; lost: %s",
				length, c.survived, c.kept, 100*c.carried(), 100*leastCarried, c.losses)
		}
	}
	t.Logf("%.3f s for 75,000 words", m.per75000())
	if placed < leastAnnotations {
		t.Errorf("only %d annotations", placed)
	}
}

// measureCarry amends every text so many times over and carries annotations of
// these lengths.
func measureCarry(t testing.TB, editions int, lengths ...int) *measure {
	m := &measure{lengths: lengths, tallies: map[int]*tally{}}
	for _, length := range lengths {
		m.tallies[length] = &tally{states: map[string]int{}}
	}
	for n, name := range measured {
		v := realText(t, name)
		for edition := range editions {
			seed := uint64(100*n + edition)
			was := newLaw(v.Text, passageStarts(&v), seed)
			old := was.print()
			now := was.amended(1 + was.IntN(1+len(was.articles)/4)).print()
			m.edition(t, fmt.Sprintf("%s, seed %d", name, seed), old, now, rand.New(rand.NewPCG(seed, 7)))
		}
	}
	return m
}

// edition places annotations at random and carries them.
func (m *measure) edition(t testing.TB, name string, old, now printed, random *rand.Rand) {
	from := NewText(old.text)
	var targets []annotations.Target
	var words [][]place
	var tallies []*tally
	for _, length := range m.lengths {
		for range annotated {
			first := random.IntN(len(old.words))
			start := old.words[first].Start
			end := min(start+length, len(from.runes))
			past := first
			for past < len(old.words) && old.words[past].Start < end {
				past++
			}
			target, err := from.Select(start, end)
			if err != nil {
				t.Fatal(err)
			}
			targets, words, tallies = append(targets, target), append(words, old.words[first:past]), append(tallies, m.tallies[length])
		}
	}
	begun := time.Now()
	placements := Carry(from, NewText(now.text), targets)
	m.took += time.Since(begun)
	m.words += len(now.words)
	for i, got := range placements {
		tallies[i].count(name, words[i], targets[i], got, now)
	}
}

func (c *tally) count(name string, was []place, target annotations.Target, got annotations.Placement, now printed) {
	c.placed++
	c.states[got.State]++
	if wrong := strays(was, target, got, now); wrong != "" {
		c.wrong++
		c.faults = append(c.faults, fmt.Sprintf("\n%s: %q is %s: %s: %q", name, target.Exact, got.State, wrong, got.Target.Exact))
	}
	if !survives(was, now) {
		return
	}
	c.survived++
	if got.State != annotations.Lost {
		c.kept++
	} else {
		c.losses = append(c.losses, fmt.Sprintf("\n%s: %q", name, target.Exact))
	}
}

// strays says what is wrong with a placement, "" if nothing is. What is the
// same or moved has every word that is left where it stood within the target;
// for what changed see misplaced.
func strays(was []place, target annotations.Target, got annotations.Placement, now printed) string {
	if got.State == annotations.Lost || got.State == annotations.Changed {
		return misplaced(was, target, got, now.at)
	}
	left := 0
	for _, w := range was {
		at, there := now.at[w.id]
		if !there {
			continue
		}
		left++
		if at.Start-got.Target.Start != w.Start-target.Start {
			return fmt.Sprintf("one of its words is at %v, not near %d", at, got.Target.Start)
		}
	}
	if left == 0 {
		return "none of its words is left"
	}
	return ""
}

// survives reports whether words stand side by side in the amended text.
func survives(words []place, now printed) bool {
	first, ok := now.nth[words[0].id]
	for i, w := range words {
		nth, there := now.nth[w.id]
		ok = ok && there && nth == first+i
	}
	return ok
}

// BenchmarkCarryOverRealAmendments prints the same figures, a row for each
// length of the annotations.
func BenchmarkCarryOverRealAmendments(b *testing.B) {
	for _, length := range []int{40, 120, 300} {
		b.Run(fmt.Sprintf("characters=%d", length), func(b *testing.B) {
			for b.Loop() {
				m := measureCarry(b, 6, length)
				c := m.tallies[length]
				b.ReportMetric(float64(c.placed), "placed")
				b.ReportMetric(float64(c.wrong), "wrong")
				b.ReportMetric(100*c.carried(), "%carried")
				b.ReportMetric(m.per75000(), "s/75000-words")
			}
		})
	}
}

// realText reads one text of the corpora; it skips without them.
func realText(t testing.TB, name string) index.Version {
	t.Helper()
	folder := os.Getenv("GLOSSATOR_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(folder, "corpus", filepath.FromSlash(name))
	data, err := os.ReadFile(path)
	if err != nil {
		if os.Getenv("GLOSSATOR_REQUIRE_SHARED") == "1" {
			t.Fatal(err)
		}
		t.Skipf("the corpora are not beside the repository: %v", err)
	}
	_, versions, err := importer.Parse(filepath.Base(path), data, importer.Metadata{})
	if err != nil {
		t.Fatal(err)
	}
	if utf8.RuneCountInString(versions[0].Text) < 1000 {
		t.Fatalf("%s: hardly any text", name)
	}
	return versions[0]
}

func passageStarts(v *index.Version) []int {
	var starts []int
	for _, p := range v.Provisions {
		if p.Passage {
			starts = append(starts, p.Start)
		}
	}
	return starts
}
