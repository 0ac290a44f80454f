package catalogue

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"glossator/index"
)

func TestDigests(t *testing.T) {
	digests := Digests()
	for _, id := range required {
		if !slices.ContainsFunc(digests, func(d Digest) bool { return d.Name == "digest-"+id+".md" }) {
			t.Errorf("%s has no digest", id)
		}
	}
	for _, digest := range digests {
		t.Run(digest.Name, func(t *testing.T) {
			d, language, body := open(t, digest)
			checkFacts(t, d)
			known := index.Document{ID: d.About}
			Complete(&known)
			if known.Title == "" {
				t.Fatalf("it is about %q, which is not an instrument", d.About)
			}
			if !d.Digest || d.ID != "digest-"+known.ID || digest.Name != d.ID+".md" || d.Kind != known.Kind || language != "en" {
				t.Errorf("metadata: %+v, language %q", d, language)
			}
			if !strings.HasSuffix(d.Title, " (digest)") || !strings.HasSuffix(d.Name(), " (digest)") {
				t.Errorf("the names %q and %q do not say that it is a digest", d.Title, d.ShortTitle)
			}
			checkBody(t, known.ID, body)
		})
	}
}

// open takes a digest apart as its reader will.
func open(t *testing.T, digest Digest) (d index.Document, language, body string) {
	t.Helper()
	parts := strings.SplitN(string(digest.Data), "---\n", 3)
	if len(parts) != 3 || parts[0] != "" {
		t.Fatalf("no front matter in %.80q", digest.Data)
	}
	data, err := yaml.YAMLToJSON([]byte(parts[1]))
	if err != nil {
		t.Fatal(err)
	}
	var matter struct {
		index.Document
		Language string `json:"language"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&matter); err != nil {
		t.Fatal(err)
	}
	return matter.Document, matter.Language, parts[2]
}

// articles is how many articles the digest of a treaty has when it is whole.
var articles = map[string]int{
	"coe-ets185-budapest-convention":         48,
	"coe-cets224-second-additional-protocol": 25,
	"au-malabo-convention-2014":              38,
	"un-cybercrime-convention-2024":          68,
	"coe-ets189-additional-protocol":         16,
}

// short are the instruments that have only a handful of paragraphs.
var short = map[string]bool{
	"nato-wales-summit-declaration-2014": true,
	"nato-cyber-defence-pledge-2016":     true,
}

var (
	article = regexp.MustCompile(`(?m)^### Article \d+ – \S.*$`)
	stray   = regexp.MustCompile(`(?m)[ \t]+$|\t|\*\*|</?[a-z]+|\]\(`)
)

// checkBody holds a digest to the form that importers recognise: one title,
// plain text, a paragraph to a line, and as many of them as the instrument
// deserves.
func checkBody(t *testing.T, id, body string) {
	t.Helper()
	body = strings.TrimSpace(body)
	if !strings.HasPrefix(body, "# ") || strings.Contains(body, "\n# ") {
		t.Error("it must have one title, at the top")
	}
	for _, found := range stray.FindAllString(body, -1) {
		t.Errorf("markup or white space that does not belong: %q", found)
	}
	paragraphs := 0
	for line := range strings.Lines(body) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			paragraphs++
		}
	}
	atLeast, atMost := 20, 600
	if short[id] {
		atLeast, atMost = 4, 30
	}
	if paragraphs < atLeast || paragraphs > atMost {
		t.Errorf("%d paragraphs and points, want %d to %d", paragraphs, atLeast, atMost)
	}
	if want := articles[id]; want > 0 {
		checkArticles(t, article.FindAllString(body, -1), want)
	}
}

func checkArticles(t *testing.T, headings []string, want int) {
	t.Helper()
	if len(headings) != want {
		t.Errorf("%d articles, want %d", len(headings), want)
	}
	number := regexp.MustCompile(`\d+`)
	for i, heading := range headings {
		if got := number.FindString(heading); got != strconv.Itoa(i+1) {
			t.Errorf("%q stands where article %d should", heading, i+1)
		}
	}
}
