package transfer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
	"glossator/index"
)

func open(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func must[T any](t testing.TB) func(value T, err error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

var articles = []string{
	"Each party shall keep the register of keys 🔑 open to all.",
	"تحتفظ الأطراف بسجل المفاتيح. No ship pays twice; no ship pays twice.",
	"Dues follow tonnage\u00a0— naïve “quotes”, \\ back\tslashes; and; semicolons.",
	"各方应保持登记册公开。 Each party shall keep the register of keys 🔑 open to all.",
}

// accord returns a document whose articles are lines.
func accord(id string) (index.Document, index.Version) {
	v := index.Version{Document: id, Language: "en", Source: id + ".txt", Format: "text"}
	var text []string
	at := 0
	for i, line := range articles {
		end := at + utf8.RuneCountInString(line)
		v.Blocks = append(v.Blocks, index.Block{Span: index.Span{Start: at, End: end}, Provision: i})
		v.Provisions = append(v.Provisions, index.Provision{Kind: index.Article, Number: fmt.Sprint(i + 1), Parent: -1, Passage: true, Span: index.Span{Start: at, End: end}})
		text = append(text, line)
		at = end + 1
	}
	index.Identify(v.Provisions)
	v.Text = strings.Join(text, "\n")
	v.SHA256 = fmt.Sprintf("%x", sha256.Sum256([]byte(id)))
	v.ID = index.VersionID(id, "en", v.SHA256)
	return index.Document{ID: id, Title: "Accord " + id, Kind: index.Treaty, Signed: "1921-03-04", Address: "https://law.example/" + id}, v
}

var people = []string{"Anna", "Béla", "علي"}

// peopled returns a store with the accords and people, and no annotations.
func peopled(t testing.TB) (*store.Store, []annotations.Asker) {
	t.Helper()
	s := open(t)
	for _, id := range []string{"harbours", "rivers"} {
		d, v := accord(id)
		must[store.Outcome](t)(s.PutDocument(t.Context(), d, []index.Version{v}))
	}
	var askers []annotations.Asker
	for _, name := range people {
		user := must[annotations.User](t)(s.CreateUser(t.Context(), name, "a long enough password", annotations.Administrator))
		askers = append(askers, annotations.Asker{User: user.ID, Role: user.Role})
	}
	return s, askers
}

var words = []string{"Why?", "# No\n\n- *list*", "=SUM(A1)", "'=x", "لماذا؟", "🪙 gold; \"quoted\"", "a,b;c\td", "line\n\nbreak", "\\e \\; \\", "<b>&amp;"}

// annotate adds random annotations of everyone's: on stretches, several of them,
// whole documents, absences and replies.
func annotate(t testing.TB, s *store.Store, askers []annotations.Asker, random *rand.Rand, n int) {
	t.Helper()
	concepts := must[[]annotations.Concept](t)(s.AllConcepts(t.Context()))
	var ids []string
	for range n {
		asker := askers[random.IntN(len(askers))]
		_, v := accord([]string{"harbours", "rivers"}[random.IntN(2)])
		w := store.NewAnnotation{Version: v.ID, Note: words[random.IntN(len(words))], Visibility: []string{annotations.Private, annotations.Public}[random.IntN(2)]}
		for range random.IntN(3) {
			w.Concepts = append(w.Concepts, concepts[random.IntN(len(concepts))].ID)
		}
		switch kind := random.IntN(6); {
		case kind == 0 && len(ids) > 0:
			answered, err := s.Annotation(t.Context(), asker, ids[random.IntN(len(ids))])
			if err != nil {
				continue // it is not for them to read
			}
			w.ReplyTo, w.Version, w.Visibility = answered.ID, "", answered.Visibility
		case kind == 1:
			w.Absent = len(w.Concepts) > 0
		default:
			length := utf8.RuneCountInString(v.Text)
			at := random.IntN(10)
			for range 1 + random.IntN(2)*random.IntN(3) {
				end := at + 5 + random.IntN(20)
				if end < length {
					w.Targets = append(w.Targets, annotations.Target{Start: at, End: end})
				}
				at = end + random.IntN(40)
			}
		}
		if random.IntN(4) == 0 {
			w.Extra = []byte(`{"rights":"https://licence.example/ 🗝","stylesheet":{"type":"CssStylesheet"}}`)
		}
		added, err := s.CreateAnnotation(t.Context(), asker, w)
		if err != nil {
			t.Fatalf("%+v: %v", w, err)
		}
		ids = append(ids, added.ID)
	}
}

// everything returns all records of a store with what differs between two stores
// that hold the same, numbers, taken away.
func everything(t testing.TB, s *store.Store, askers []annotations.Asker) []interchange.Record {
	t.Helper()
	e := &Exporter{Store: s, Askers: askers}
	var all []interchange.Record
	for r, err := range e.Records(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		r.Number = 0
		r.Creator = ""
		all = append(all, r)
	}
	return all
}

// TestRoundTrip writes everything of generated stores out in each lossless
// format, reads it into empty ones, and finds the same there; and nothing more
// when it is read again.
func TestRoundTrip(t *testing.T) {
	for _, format := range []string{"jsonld", "csv"} {
		total := 0
		for seed := range uint64(3) {
			from, askers := peopled(t)
			annotate(t, from, askers, rand.New(rand.NewPCG(seed, 5)), 50)
			want := everything(t, from, askers)
			f, _ := FormatNamed(format)
			var file bytes.Buffer
			if err := (&Exporter{Store: from, Askers: askers, Site: "https://glossator.example"}).Write(t.Context(), &file, f); err != nil {
				t.Fatal(err)
			}
			to, there := peopled(t)
			im := &Importer{Store: to, Asker: there[0], AsOthers: true}
			preview := *im
			preview.Preview = true
			promised := must[Report](t)(preview.File(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len())))
			report := must[Report](t)(im.File(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len())))
			if report.Taken != len(want) || report.Refused != 0 || promised.Taken != report.Taken || promised.Operation != "" {
				t.Fatalf("%s: %+v of %d; the preview said %+v\n%s", format, report, len(want), promised, file.String())
			}
			if diff := cmp.Diff(want, everything(t, to, there)); diff != "" {
				t.Fatalf("%s: -before +after\n%s", format, diff)
			}
			again := must[Report](t)(im.File(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len())))
			if again.Taken != 0 || again.There != len(want) || again.Operation != "" {
				t.Fatalf("%s: again: %+v", format, again)
			}
			total += len(want)
		}
		t.Logf("%s: %d annotations of 3 stores are the same after a round trip, and repeating it adds nothing", format, total)
	}
}

// What one takes in is theirs, says who made it, and is undone in one go.
func TestOthersBecomeMine(t *testing.T) {
	from, askers := peopled(t)
	annotate(t, from, askers, rand.New(rand.NewPCG(1, 1)), 40)
	f, _ := FormatNamed("jsonld")
	var file bytes.Buffer
	if err := (&Exporter{Store: from, Askers: askers}).Write(t.Context(), &file, f); err != nil {
		t.Fatal(err)
	}
	to, there := peopled(t)
	reader := annotations.Asker{User: there[1].User, Role: annotations.Member}
	im := &Importer{Store: to, Asker: reader}
	report := must[Report](t)(im.File(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len())))
	if report.Taken == 0 || len(report.Remarks) != 1 || !strings.Contains(report.Remarks[0], "are yours here") {
		t.Fatalf("%+v", report)
	}
	said := 0
	for _, r := range everything(t, to, there[1:2]) {
		if r.CreatorName != people[1] {
			t.Errorf("it is of %s", r.CreatorName)
		}
		if bytes.Contains(r.Extra, []byte(`"name":"Anna"`)) {
			said++
		}
	}
	if said == 0 {
		t.Error("none says that Anna made it")
	}
	undone := must[store.Reverted](t)(to.Undo(t.Context(), reader, report.Operation))
	if len(undone.Changed) != report.Taken || len(everything(t, to, there)) != 0 {
		t.Errorf("undone: %d of %d", len(undone.Changed), report.Taken)
	}
}

// A project goes out and comes back to where it was: nothing is added.
func TestProjectComesBack(t *testing.T) {
	s, askers := peopled(t)
	annotate(t, s, askers[:1], rand.New(rand.NewPCG(3, 1)), 60)
	f, _ := FormatNamed("qdpx")
	var file bytes.Buffer
	if err := (&Exporter{Store: s, Askers: askers[:1]}).Write(t.Context(), &file, f); err != nil {
		t.Fatal(err)
	}
	im := &Importer{Store: s, Asker: askers[0], AsOthers: true}
	report := must[Report](t)(im.File(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len())))
	if report.There == 0 || report.Refused != 0 {
		t.Errorf("%+v", report)
	}
	// Codes without a note on a whole text have no identity in a project.
	if report.Taken > 2 {
		t.Errorf("%d annotations are there twice", report.Taken)
	}
	to, there := peopled(t)
	im = &Importer{Store: to, Asker: there[0], AsOthers: true}
	report = must[Report](t)(im.File(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len())))
	quotes := func(records []interchange.Record) []string {
		var all []string
		for _, r := range records {
			for _, target := range append([]annotations.Target{r.Target}, r.More...) {
				if r.ReplyTo == "" && target.Exact != "" {
					all = append(all, target.Exact+": "+r.Note+": "+strings.Join(r.Labels, ", "))
				}
			}
		}
		slices.Sort(all)
		return all
	}
	if diff := cmp.Diff(quotes(everything(t, s, askers)), quotes(everything(t, to, there))); diff != "" || report.Refused != 0 {
		t.Errorf("%+v\n-before +after\n%s", report, diff)
	}
}

func TestCodebookRoundTrip(t *testing.T) {
	from, askers := peopled(t)
	k := must[annotations.Concept](t)(from.CreateConcept(t.Context(), askers[0], annotations.Concept{
		Label: "harbour dues", Aliases: []string{"رسوم الميناء"}, Definition: "What ships pay.", Broader: "sovereignty",
	}))
	for _, format := range []string{"skos-ttl", "skos-jsonld"} {
		f, _ := CodebookFormatNamed(format)
		out := func(s *store.Store) string {
			var b bytes.Buffer
			if err := f.Write(&b, must[*interchange.Codebook](t)(Codebook(t.Context(), s, annotations.Asker{}, annotations.Starter))); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		file := out(from)
		to, there := peopled(t)
		book := must[*interchange.Codebook](t)(ReadCodebook([]byte(file)))
		report := must[CodebookReport](t)(TakeCodebook(t.Context(), to, there[0], "", false, book))
		if report.Added != 1 || len(report.Refusals) > 0 || report.IDs[k.ID] != k.ID {
			t.Errorf("%s: %d added, %v", format, report.Added, report.Refusals)
		}
		if diff := cmp.Diff(file, out(to)); diff != "" {
			t.Errorf("%s: -before +after\n%s", format, diff)
		}
		again := must[CodebookReport](t)(TakeCodebook(t.Context(), to, there[0], "", false, book))
		if again.Added != 0 || again.Operation != "" {
			t.Errorf("%s: again: %+v", format, again)
		}
	}
}

// Annotations that others made, on documents and with tags that are called
// otherwise here.
func TestTakeInFromOthers(t *testing.T) {
	s, askers := peopled(t)
	file := `[{"type":"Annotation","id":"https://notes.example/1","creator":{"name":"Eve"},
		"body":[{"type":"TextualBody","purpose":"tagging","value":"Sovereignty"},{"type":"TextualBody","purpose":"tagging","value":"tonnage"}],
		"target":{"source":"https://law.example/harbours","selector":{"type":"TextQuoteSelector","exact":"Dues follow tonnage"}}},
	 {"type":"Annotation","body":"Twice.","target":{"source":"https://glossator.example/read/rivers","selector":{"type":"TextQuoteSelector","exact":"no ship pays twice."}}},
	 {"type":"Annotation","body":"x","target":{"source":"https://elsewhere.example/","selector":{"type":"TextQuoteSelector","exact":"x"}}},
	 {"type":"Annotation","body":"x","target":{"source":"https://law.example/harbours","selector":{"type":"TextQuoteSelector","exact":"no such words"}}}]`
	im := &Importer{Store: s, Asker: askers[0]}
	report := must[Report](t)(im.File(t.Context(), strings.NewReader(file), int64(len(file))))
	if report.Taken != 2 || report.Refused != 2 || report.Concepts != 1 {
		t.Fatalf("%+v", report)
	}
	again := must[Report](t)(im.File(t.Context(), strings.NewReader(file), int64(len(file))))
	if again.Taken != 0 || again.There != 2 || again.Concepts != 0 {
		t.Errorf("again: %+v", again)
	}
	all := everything(t, s, askers)
	if len(all) != 2 || strings.Join(all[0].Labels, ", ") != "sovereignty, tonnage" || all[1].Target.Exact != "no ship pays twice." {
		t.Errorf("%+v", all)
	}
}

// What others say of texts by our own names has its place as by the address; of
// two documents there is none.
func TestTakeInByNames(t *testing.T) {
	s, askers := peopled(t)
	_, v := accord("harbours")
	target := func(source, exact string) string {
		return `{"source":"` + source + `","selector":{"type":"TextQuoteSelector","exact":"` + exact + `"}}`
	}
	file := `[{"type":"Annotation","body":"a","target":` + target("urn:glossator:document:rivers", "no ship pays twice.") + `},
	 {"type":"Annotation","body":"b","target":[` + target("urn:glossator:version:"+v.ID, "tonnage") + `,` + target("https://law.example/harbours", "Dues follow") + `]},
	 {"type":"Annotation","body":"c","target":[` + target("https://law.example/rivers", "tonnage") + `,` + target("https://law.example/harbours", "Dues follow") + `]}]`
	report := must[Report](t)((&Importer{Store: s, Asker: askers[0]}).File(t.Context(), strings.NewReader(file), int64(len(file))))
	if report.Taken != 2 || len(report.Refusals) != 1 || !strings.Contains(report.Refusals[0].Reason, "in several versions") {
		t.Fatalf("%+v", report)
	}
	all := everything(t, s, askers)
	if len(all) != 2 || all[0].Target.Exact != "Dues follow" || len(all[0].More) != 1 || all[1].Document != "rivers" {
		t.Errorf("%+v", all)
	}
}

// The memory that an export and an import take does not grow with the number of
// annotations but by their ids.
func TestStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes thousands of annotations")
	}
	s, askers := peopled(t)
	_, v := accord("harbours")
	many := func(n int) []store.NewAnnotation {
		all := make([]store.NewAnnotation, n)
		for i := range all {
			all[i] = store.NewAnnotation{Version: v.ID, Targets: []annotations.Target{{Start: i % 50, End: i%50 + 9}}, Note: strings.Repeat(fmt.Sprint("note ", i, " "), 40)}
		}
		return all
	}
	f, _ := FormatNamed("jsonld")
	peaks := map[int]uint64{}
	made := 0
	for _, n := range []int{500, 3000} {
		if _, _, err := s.CreateAnnotations(t.Context(), askers[0], "many", many(n)[made:]); err != nil {
			t.Fatal(err)
		}
		made = n
		var file bytes.Buffer
		file.Grow(16 << 20)
		// What is made while a collection runs counts as live: the least is nearest.
		peak, in := ^uint64(0), ^uint64(0)
		for range 3 {
			file.Reset()
			peak = min(peak, watchHeap(t.Context(), func() {
				if err := (&Exporter{Store: s, Askers: askers[:1]}).Write(t.Context(), &file, f); err != nil {
					t.Error(err)
				}
			}))
			to, there := peopled(t)
			in = min(in, watchHeap(t.Context(), func() {
				im := &Importer{Store: to, Asker: there[0], AsOthers: true}
				if report := must[Report](t)(im.File(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len()))); report.Refused > 0 {
					t.Errorf("%+v", report)
				}
			}))
		}
		peaks[n] = max(peak, in)
		t.Logf("%d annotations, %d kB: at most %d kB more on the heap to write, %d kB to read", n, file.Len()>>10, peak>>10, in>>10)
	}
	if peaks[3000] > 2*peaks[500]+4<<20 {
		t.Errorf("six times the annotations take %d kB, not %d", peaks[3000]>>10, peaks[500]>>10)
	}
}

// watchHeap returns by how much what is live on the heap grows at most while do
// runs: what a collection has marked, not what has been made since.
func watchHeap(ctx context.Context, do func()) uint64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	collect := func() uint64 {
		runtime.GC()
		metrics.Read(live)
		return live[0].Value.Uint64()
	}
	before := collect()
	peak := before
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				peak = max(peak, collect())
			}
		}
	}()
	do()
	stop()
	<-done
	return peak - before
}
