package anchor

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// inParts makes a part of every stretch that begins with "Article"; its name is
// that line.
func inParts(text string) []Part {
	var parts []Part
	at := 0
	for _, line := range strings.Split(text, "\n") {
		end := at + len([]rune(line))
		if strings.HasPrefix(line, "Article") || len(parts) == 0 {
			parts = append(parts, Part{Span: Span{at, end}, Name: line})
		}
		parts[len(parts)-1].End = end
		at = end + 1
	}
	return parts
}

// marked writes a difference: [-deleted-], {+inserted+}, one line each.
func marked(d Difference, old, new *Text) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d>%d", d.Old, d.New)
	if d.Moved {
		b.WriteString(" moved")
	}
	for _, p := range d.Pieces {
		b.WriteString(map[bool]string{true: "\n  "}[p.Line])
		switch p.State {
		case Deleted:
			fmt.Fprintf(&b, "[-%s-]", string(old.runes[p.Start:p.End]))
		case Inserted:
			fmt.Fprintf(&b, "{+%s+}", string(new.runes[p.Start:p.End]))
		default:
			b.WriteString(string(new.runes[p.Start:p.End]))
		}
	}
	return b.String()
}

func TestDifferences(t *testing.T) {
	const law = `Article 1
A network is any group of devices that exchange data with one another by cable.
Each Party shall bear its own costs.
Article 2
Each Party shall protect the networks on its territory against damage and theft.
Article 3
The depositary shall keep the original of this accord in its archive for good.`
	for _, c := range []struct {
		name string
		edit *strings.Replacer
		want string
	}{
		{"nothing", strings.NewReplacer(), `
0>0
  Article 1
  A network is any group of devices that exchange data with one another by cable.
  Each Party shall bear its own costs.
1>1
  Article 2
  Each Party shall protect the networks on its territory against damage and theft.
2>2
  Article 3
  The depositary shall keep the original of this accord in its archive for good.`},
		{"a word in each way", strings.NewReplacer("cable", "wire", "damage and theft", "damage", "for good", "for ever and for good"), `
0>0
  Article 1
  A network is any group of devices that exchange data with one another by[- cable-]{+ wire+}.
  Each Party shall bear its own costs.
1>1
  Article 2
  Each Party shall protect the networks on its territory against damage[- and theft-].
2>2
  Article 3
  The depositary shall keep the original of this accord in its archive for{+ ever and for+} good.`},
		{"repealed and renumbered", strings.NewReplacer("Article 2\nEach Party shall protect the networks on its territory against damage and theft.\n", "", "Article 3", "Article 2"), `
0>0
  Article 1
  A network is any group of devices that exchange data with one another by cable.
  Each Party shall bear its own costs.
1>-1
  [-Article 2-]
  [-Each Party shall protect the networks on its territory against damage and theft.-]
2>1
  Article[- 3-]{+ 2+}
  The depositary shall keep the original of this accord in its archive for good.`},
		{"inserted, and a line taken out", strings.NewReplacer("Article 2", "Article 1 bis\nLanterns burn.\nArticle 2", "Each Party shall bear its own costs.\n", ""), `
0>0
  Article 1
  A network is any group of devices that exchange data with one another by cable.
  [-Each Party shall bear its own costs.-]
-1>1
  {+Article 1 bis+}
  {+Lanterns burn.+}
1>2
  Article 2
  Each Party shall protect the networks on its territory against damage and theft.
2>3
  Article 3
  The depositary shall keep the original of this accord in its archive for good.`},
		{"written anew under its number", strings.NewReplacer("Each Party shall protect the networks on its territory against damage and theft.", "Lanterns burn."), `
0>0
  Article 1
  A network is any group of devices that exchange data with one another by cable.
  Each Party shall bear its own costs.
1>1
  Article 2
  [-Each Party shall protect the networks on its territory against damage and theft-]{+Lanterns burn+}.
2>2
  Article 3
  The depositary shall keep the original of this accord in its archive for good.`},
		{"the number of a line", strings.NewReplacer("Each Party shall bear", "2. Each Party shall bear", "A network", "1. A network"), `
0>0
  Article 1
  {+1.+} A network is any group of devices that exchange data with one another by cable.
  {+2.+} Each Party shall bear its own costs.
1>1
  Article 2
  Each Party shall protect the networks on its territory against damage and theft.
2>2
  Article 3
  The depositary shall keep the original of this accord in its archive for good.`},
	} {
		after := c.edit.Replace(law)
		old, new := NewText(law), NewText(after)
		var got []string
		for _, d := range Differences(old, new, inParts(law), inParts(after)) {
			got = append(got, marked(d, old, new))
		}
		if diff := cmp.Diff(strings.Split(strings.TrimPrefix(c.want, "\n"), "\n"), strings.Split(strings.Join(got, "\n"), "\n")); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}

func TestDifferencesMoved(t *testing.T) {
	lines := strings.Split(before, "\n")
	after := strings.Join(append(append([]string{}, lines[4:8]...), append(append([]string{}, lines[:4]...), lines[8:]...)...), "\n")
	moved := 0
	for _, d := range Differences(NewText(before), NewText(after), inParts(before), inParts(after)) {
		if !d.Same() {
			t.Errorf("%+v: nothing but its place has changed", d)
		}
		if d.Moved {
			moved++
		}
	}
	if moved != 1 {
		t.Errorf("%d parts moved, not one", moved)
	}
}

// Nothing is lost between the two texts, whatever was amended.
func TestDifferencesHoldEveryWord(t *testing.T) {
	for n, name := range measured[:5] {
		v := realText(t, name)
		l := newLaw(v.Text, passageStarts(&v), uint64(n))
		old, now := l.print(), l.amended(20).print()
		from, to := NewText(old.text), NewText(now.text)
		begun := time.Now()
		found := Differences(from, to, inParts(old.text), inParts(now.text))
		t.Logf("%s: %d words, %d parts, %v", name, len(old.words), len(found), time.Since(begun))
		check := func(which string, text *Text, parts []Part, of func(d Difference) int, states ...string) {
			seen := make([]bool, len(parts))
			for _, d := range found {
				if of(d) < 0 {
					continue
				}
				seen[of(d)] = true
				var words strings.Builder
				for _, p := range d.Pieces {
					if p.State == Kept || p.State == states[0] {
						source := text
						if p.State == Kept {
							source = to
						}
						words.WriteString(string(source.runes[p.Start:p.End]))
					}
				}
				want := string(text.runes[parts[of(d)].Start:parts[of(d)].End])
				if bare(words.String()) != bare(want) {
					t.Fatalf("%s: %s part %d reads %q, not %q", name, which, of(d), words.String(), want)
				}
			}
			for i, one := range seen {
				if !one {
					t.Errorf("%s: %s part %d is nowhere", name, which, i)
				}
			}
		}
		check("old", from, inParts(old.text), func(d Difference) int { return d.Old }, Deleted)
		check("new", to, inParts(now.text), func(d Difference) int { return d.New }, Inserted)
	}
}

// bare is a text without blanks.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }
