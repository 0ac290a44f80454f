package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"glossator/api"
	"glossator/index"
	"glossator/index/importer"
	"glossator/index/query"
)

// hostile are queries that cost as much as somebody can make them, and words of
// the answer that say what is to blame; none for what can be answered.
var hostile = map[string]struct {
	q    string
	says string
}{
	"ten thousand clauses": {strings.Repeat("a ", 9_999) + "a", "shorten it"},
	"open parentheses":     {strings.Repeat("(", 20_000), "shorten it"},
	"long word":            {strings.Repeat("a", 20_000), "shorten it"},
	"different clauses":    {numbered(400, " "), "may have 100"},
	"alternatives":         {numbered(250, " OR "), "may have 100"},
	"weights":              {strings.Repeat("a^9 ", 490), "may have 100"},
	"wide patterns":        {"a* b* c*", "a*"},
	"pattern of all":       {"*", "*"},
	"many patterns":        {strings.Repeat("*a*b* OR ", 200) + "*", ""},
	"backtracking pattern": {strings.Repeat("*a", 200) + "*z", ""},
	"phrase of patterns":   {`"` + strings.Repeat("a* ", 200) + `"`, ""},
	"hyphened patterns":    {strings.Repeat("a*-", 200) + "a*", ""},
	"nested parentheses":   {strings.Repeat("(", 900) + "a" + strings.Repeat(")", 900), ""},
	"nested negations":     {strings.Repeat("NOT ", 400) + "a", ""},
	"nested alternatives":  {strings.Repeat("(a OR ", 250) + "b" + strings.Repeat(")", 250), ""},
	"negated patterns":     {strings.Repeat("-a* ", 400), ""},
	"backtracking regexp":  {"/(a+)+$/", ""},
	"repeated regexp":      {"/((a{1,100}){1,100}){1,100}/", "((a{1,100}"},
	"wide regexp":          {"/.*/", ".*"},
	"many regexps":         {strings.Repeat("/a.*b.*c/ ", 190), ""},
	"fuzzy letter":         {"a~", "a~"},
	"fuzzy letters":        {"ab~2", "ab~2"},
	"many fuzzy words":     {strings.Repeat("abcdef~2 ", 200), ""},
	"near patterns":        {"a* NEAR/100 b* NEAR/100 c*", "a*"},
	"many near":            {strings.Repeat("word NEAR/1000 ", 130) + "word", ""},
	"the same near":        {"word NEAR/1000 word NEAR/1000 word NEAR/1000 word", ""},
	"phrase of one word":   {`"` + strings.Repeat("word ", 390) + `"`, ""},
	"phrases of one word":  {strings.Repeat(`"word word" `, 160), ""},
}

func numbered(n int, between string) string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprint("w", i)
	}
	return strings.Join(words, between)
}

// mostMemory is how many bytes a search of the site below may allocate: what it
// allocates bounds what it holds and, as memory must be written, its time.
const mostMemory = 256 << 20

// TestHostileQueries sends each to every address that takes a query: it is
// refused in words that name what is to blame, or answered, within bounds.
func TestHostileQueries(t *testing.T) {
	s := newSite(t)
	version := s.wide()
	for _, address := range []string{"/api/search?", "/api/explain?", "/api/concordance?", "/api/versions/" + version + "/matches?"} {
		for name, test := range hostile {
			t.Run(name+" "+address, func(t *testing.T) {
				before := allocated()
				response, body := s.get("stranger", address+url.Values{"q": {test.q}}.Encode())
				if used := allocated() - before; used > mostMemory {
					t.Errorf("it allocates %d MB", used>>20)
				}
				switch response.StatusCode {
				case http.StatusOK:
				case http.StatusBadRequest:
					var problem struct{ Detail string }
					if err := json.Unmarshal(body, &problem); err != nil || problem.Detail == "" {
						t.Fatalf("it is refused without a word: %s", body)
					}
					if !strings.Contains(problem.Detail, test.says) {
						t.Errorf("it does not say what is to blame, %q: %.300s", test.says, problem.Detail)
					}
				default:
					t.Errorf("status %d: %.300s", response.StatusCode, body)
				}
				if test.says != "" && address == "/api/search?" && response.StatusCode == http.StatusOK {
					t.Errorf("it is answered")
				}
			})
		}
	}
	s.get("stranger", "/api/search?q=harbour")
}

func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

// wide imports an agreement of 12,000 different words, which begin with a, b
// and c, and of one that comes again and again; it returns its version.
func (s *site) wide() string {
	var text strings.Builder
	text.WriteString("# Wide agreement\n")
	for article := range 120 {
		fmt.Fprintf(&text, "\n## Article %d\n\n", article+1)
		for i := range 100 {
			fmt.Fprintf(&text, "%c%s word ", 'a'+i%3, letters(article*100+i))
		}
		text.WriteString(".\n")
	}
	document, versions, err := importer.Parse("wide.md", []byte(text.String()), importer.Metadata{})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.store.PutDocument(s.t.Context(), document, versions); err != nil {
		s.t.Fatal(err)
	}
	s.catchUp()
	return index.VersionID(document.ID, versions[0].Language, versions[0].SHA256)
}

// letters writes a number in letters.
func letters(n int) string {
	var b []byte
	for range 5 {
		b, n = append(b, byte('a'+n%26)), n/26
	}
	return string(b)
}

// A waiting engine searches until whoever asks gives up.
type waiting struct {
	index.Engine
	begun chan struct{}
	ended chan error
}

func (w *waiting) Search(ctx context.Context, _ query.Query, _ index.Options) (*index.Result, error) {
	close(w.begun)
	<-ctx.Done()
	w.ended <- ctx.Err()
	return nil, ctx.Err()
}

// TestCancelledRequest breaks a request off while the engine works on it.
func TestCancelledRequest(t *testing.T) {
	w := &waiting{begun: make(chan struct{}), ended: make(chan error, 1)}
	s := newSite(t, func(c *api.Config) { w.Engine, c.Engine = c.Engine, w })
	ctx, cancel := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/api/search?q=harbour", nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-w.begun
		cancel()
	}()
	response, err := http.DefaultClient.Do(request)
	if err == nil {
		_ = response.Body.Close()
		t.Errorf("the request was answered with %d", response.StatusCode)
	}
	select {
	case err := <-w.ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the search ended with %v", err)
		}
	case <-t.Context().Done():
		t.Error("the search goes on")
	}
}

// BenchmarkHostile reports what the most expensive of the hostile queries takes
// of the server's time.
func BenchmarkHostile(b *testing.B) {
	s := newSite(b)
	s.wide()
	for b.Loop() {
		var worst time.Duration
		var of string
		for name, test := range hostile {
			start := time.Now()
			s.get("stranger", "/api/search?"+url.Values{"q": {test.q}}.Encode())
			if took := time.Since(start); took > worst {
				worst, of = took, name
			}
		}
		b.Logf("the worst is %q: %v", of, worst)
		b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
	}
}
