package bleve

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"glossator/index"
	"glossator/index/query"
)

// chapterKinds are the concepts of the measure and the words in the headings of
// their chapters.
var chapterKinds = map[string][]string{
	"dispute settlement":     {"dispute"},
	"electronic commerce":    {"electronic commerce", "digital trade"},
	"environment":            {"environment"},
	"financial services":     {"financial services"},
	"government procurement": {"procurement"},
	"intellectual property":  {"intellectual property"},
	"investment":             {"investment"},
	"sanitary measures":      {"sanitary"},
	"technical barriers":     {"technical barriers"},
	"telecommunications":     {"telecommunication"},
}

const (
	draws   = 3  // of each concept
	tagged  = 20 // passages of each draw
	checked = 20 // suggestions that are accepted or rejected before the second round
	depth   = 100
)

// A trial is a concept of which some passages are tagged.
type trial struct {
	concept  string
	number   int
	truth    map[string]bool // ids of all passages that belong to it
	unwanted []string
}

func (d trial) label() string { return fmt.Sprintf("%s %d", d.concept, d.number) }

func (d trial) query() query.Query { return query.Value("concept", d.label()) }

// precision returns the share of the first n that is right.
func (d trial) precision(ranking []string, n int) float64 {
	right := 0
	for _, id := range ranking[:min(n, len(ranking))] {
		if d.truth[id] {
			right++
		}
	}
	return float64(right) / float64(n)
}

// A tagger keeps passages and what they are tagged with.
type tagger struct {
	documents map[string]index.Document
	passages  map[string]*index.Passage
	number    int64
}

// tag returns the changes that tag passages.
func (g *tagger) tag(label string, ids []string) []index.Change {
	var changes []index.Change
	for _, id := range ids {
		p := g.passages[id]
		var concepts []string
		if len(p.Annotations) > 0 {
			concepts = p.Annotations[0].Concepts
		}
		p.Annotations = []index.Annotations{{Audience: "public", Concepts: append(slices.Clone(concepts), label)}}
		g.number++
		changes = append(changes, index.Change{Number: g.number, Document: g.documents[p.Document], Passages: []index.Passage{*p}})
	}
	return changes
}

// trials tags the trade agreements: for each concept and draw some of the
// articles in English whose chapter is about it.
func trials(tb testing.TB) ([]trial, *tagger, []index.Change) {
	changes := treaties(tb, allTreaties)
	g := &tagger{documents: map[string]index.Document{}, passages: map[string]*index.Passage{}, number: int64(len(changes))}
	truths := map[string]map[string]bool{}
	for _, change := range changes {
		g.documents[change.Document.ID] = change.Document
		for i := range change.Passages {
			p := &change.Passages[i]
			g.passages[p.ID()] = p
			for concept, headings := range chapterKinds {
				if truths[concept] == nil {
					truths[concept] = map[string]bool{}
				}
				about := func(heading string) bool { return strings.Contains(strings.ToLower(p.Path[0].Label), heading) }
				if primary(p.Language) == "en" && slices.ContainsFunc(headings, about) {
					truths[concept][p.ID()] = true
				}
			}
		}
	}
	var all []trial
	for _, concept := range slices.Sorted(maps.Keys(chapterKinds)) {
		belonging := slices.Sorted(maps.Keys(truths[concept]))
		for number := range draws {
			d := trial{concept: concept, number: number, truth: truths[concept]}
			lots := rand.New(rand.NewPCG(uint64(number), 5))
			lots.Shuffle(len(belonging), func(i, j int) { belonging[i], belonging[j] = belonging[j], belonging[i] })
			g.tag(d.label(), belonging[:tagged]) // in the changes, as passages are shared
			all = append(all, d)
		}
	}
	return all, g, changes
}

// suggested returns the passages most like those tagged.
func (x *Index) suggested(tb testing.TB, d trial) []string {
	tb.Helper()
	found, err := x.Alike(tb.Context(), d.query(), index.AlikeOptions{Audiences: []string{"public"}, Unwanted: d.unwanted, Limit: depth})
	if err != nil {
		tb.Fatal(err)
	}
	var ranking []string
	for _, likely := range found.Passages {
		ranking = append(ranking, likely.ID())
	}
	return ranking
}

// moreLikeThis returns what the 25 words of the most tf-idf in the passages
// tagged find, any of them, best first.
func (x *Index) moreLikeThis(tb testing.TB, d trial, g *tagger) []string {
	tb.Helper()
	times := map[string]int{}
	for _, p := range g.passages {
		if len(p.Annotations) > 0 && slices.Contains(p.Annotations[0].Concepts, d.label()) {
			for token := range index.Tokens(p.Text) {
				times[token.Term]++
			}
		}
	}
	weights := map[string]float64{}
	err := x.read(func(snapshot *scorch.IndexSnapshot) error {
		for word, n := range times {
			having, err := passagesWith(tb.Context(), snapshot, word)
			if err != nil {
				return err
			}
			weights[word] = float64(n) * math.Log(1+float64(len(g.passages))/float64(having))
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	words := slices.SortedFunc(maps.Keys(weights), func(a, b string) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), strings.Compare(a, b))
	})
	var clauses []query.Query
	for _, word := range words[:25] {
		clauses = append(clauses, query.Term{Text: word})
	}
	q := query.Join(query.Any(clauses...), query.Not{Query: d.query()})
	for _, id := range d.unwanted {
		q = query.Join(q, query.Not{Query: query.Value("id", id)})
	}
	result, err := x.Search(tb.Context(), q, index.Options{Audiences: []string{"public"}, Limit: depth, PerDocument: depth})
	if err != nil {
		tb.Fatal(err)
	}
	var hits []index.Hit
	for _, group := range result.Groups {
		hits = append(hits, group.Hits...)
	}
	slices.SortStableFunc(hits, func(a, b index.Hit) int { return cmp.Compare(b.Score, a.Score) })
	var ranking []string
	for _, hit := range hits[:min(depth, len(hits))] {
		ranking = append(ranking, hit.ID())
	}
	return ranking
}

// TestSuggestions measures suggestions on the trade agreements: of ten concepts,
// which are the kinds of chapters, 20 articles each are tagged at random, and the
// rest of those chapters is what should be suggested. The index has the texts of the articles
// without any heading. It prints precision at 20 and at 100, beside plain "more like
// this", and again after the first 20 suggestions were accepted or rejected, and
// holds floors.
func TestSuggestions(t *testing.T) {
	all, g, changes := trials(t)
	x := opened(t, t.TempDir(), "suggestions")
	loadAll(t, x, changes)
	const systems = 2
	rankers := [systems]func(d trial) []string{
		func(d trial) []string { return x.moreLikeThis(t, d, g) },
		func(d trial) []string { return x.suggested(t, d) },
	}
	type figures [systems][4]float64 // by system: at 20 and 100, before and after feedback
	sums := map[string]figures{}
	judge := func(d trial, system int, ranking []string, round int) {
		for i, n := range []int{20, depth} {
			for _, name := range []string{d.concept, "all"} {
				sum := sums[name]
				sum[system][2*round+i] += d.precision(ranking, n)
				sums[name] = sum
			}
		}
	}
	var feedback []index.Change
	for system := range rankers {
		for i := range all {
			ranking := rankers[system](all[i])
			judge(all[i], system, ranking, 0)
			if system == 0 {
				continue
			}
			var accepted []string
			for _, id := range ranking[:min(checked, len(ranking))] {
				if all[i].truth[id] {
					accepted = append(accepted, id)
				} else {
					all[i].unwanted = append(all[i].unwanted, id)
				}
			}
			feedback = append(feedback, g.tag(all[i].label(), accepted)...)
		}
	}
	if err := x.Apply(t.Context(), feedback); err != nil {
		t.Fatal(err)
	}
	for system := range rankers {
		for _, d := range all {
			judge(d, system, rankers[system](d), 1)
		}
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\n\tarticles\tmore like this P@20\tP@100\tsuggestions P@20\tP@100\tafter feedback: more like this P@20\tP@100\tsuggestions P@20\tP@100\n")
	for _, concept := range append(slices.Sorted(maps.Keys(chapterKinds)), "all") {
		n, articles := float64(draws), 0
		for _, d := range all {
			if d.concept == concept {
				articles = len(d.truth)
			}
		}
		if concept == "all" {
			n *= float64(len(chapterKinds))
		}
		fmt.Fprintf(w, "%s\t%d", concept, articles)
		for _, column := range [][2]int{{0, 0}, {0, 1}, {1, 0}, {1, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}} {
			fmt.Fprintf(w, "\t%.3f", sums[concept][column[0]][column[1]]/n)
		}
		fmt.Fprintln(w)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Log(table.String())
	mean := func(system, figure int) float64 {
		return sums["all"][system][figure] / float64(draws*len(chapterKinds))
	}
	for figure, floor := range []float64{0.92, 0.90, 0.92, 0.88} {
		if mean(1, figure) < floor {
			t.Errorf("figure %d of the suggestions is %.3f, below %.2f", figure+1, mean(1, figure), floor)
		}
	}
	if ahead := mean(1, 1) - mean(0, 1); ahead < 0.08 {
		t.Errorf("precision at 100 is only %.3f better than that of plain \"more like this\"", ahead)
	}
}

// BenchmarkAlike measures suggestions on the trade agreements.
func BenchmarkAlike(b *testing.B) {
	all, _, changes := trials(b)
	x, err := Open(b.Context(), b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	loadAll(b, x, changes)
	var times []time.Duration
	for n := 0; b.Loop(); n++ {
		start := time.Now()
		x.suggested(b, all[n%len(all)])
		times = append(times, time.Since(start))
	}
	report(b, times)
}
