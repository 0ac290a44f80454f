package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"glossator/api"
)

// withReader is a build of the app that has a reader.
var withReader = fstest.MapFS{
	"index.html": {Data: []byte(`<!doctype html><html><head><title>Glossator</title><link rel="stylesheet" crossorigin href="/assets/index-1.css"></head>` +
		`<body><div id="root"></div></body></html>`)},
	"manifest.json": {Data: []byte(`{
		"index.html": {"file": "assets/index-1.js", "css": ["assets/index-1.css"]},
		"_card-2.js": {"file": "assets/card-2.js", "css": ["assets/card-2.css"]},
		"src/reader/Reader.tsx": {"file": "assets/Reader-3.js", "css": ["assets/Reader-3.css"], "imports": ["index.html", "_card-2.js"]}
	}`)},
	"assets/index-1.js": {}, "assets/index-1.css": {}, "assets/card-2.js": {}, "assets/card-2.css": {}, "assets/Reader-3.js": {}, "assets/Reader-3.css": {},
}

// The page of the reader holds the text that the address asks for, to those who
// may read it, with what they may see of the annotations.
func TestPrerendered(t *testing.T) {
	s := newSite(t, func(c *api.Config) { c.Frontend = withReader })
	version := s.version("harbour-accord")
	write := func(as, content string) (id string) {
		t.Helper()
		response, said := s.post(as, "/api/annotations", content)
		var n struct{ ID string }
		if err := json.Unmarshal(said, &n); err != nil || response.StatusCode != http.StatusCreated {
			t.Fatalf("status %d: %s", response.StatusCode, said)
		}
		return n.ID
	}
	annotate := func(as, visibility, words string) (id string) {
		t.Helper()
		_, content := s.get(as, "/api/versions/"+version)
		var v struct{ Text string }
		if err := json.Unmarshal(content, &v); err != nil {
			t.Fatal(err)
		}
		before, _, _ := strings.Cut(v.Text, words)
		start := len([]rune(before))
		return write(as, fmt.Sprintf(
			`{"version": %q, "targets": [{"start": %d, "end": %d}], "note": "n", "visibility": %q}`, version, start, start+len([]rune(words)), visibility))
	}
	annotate("ada", "public", "machines that exchange messages")
	annotate("ada", "private", "exchange")
	gone := annotate("ada", "public", "makes punishable") // of which a reply stays
	write("ada", fmt.Sprintf(`{"replyTo": %q, "note": "n"}`, gone))
	if status := s.status("ada", http.MethodDelete, "/api/annotations/"+gone, ""); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}

	whole := []string{"<title>Harbour Accord · Glossator</title>", `href="/assets/index-1.css"><link rel="stylesheet" crossorigin href="/assets/card-2.css" /><link rel="stylesheet" crossorigin href="/assets/Reader-3.css" /></head>`,
		"<h1>Harbour Accord on Shared Networks</h1>", `<div class="sheet" lang="en" dir="auto">`,
		`<h2 class="title chapter">`, `<span class="number">Article 3</span><span class="joint"> </span><span class="name">Help between harbours</span>`,
		`<p class="block in1"`, "makes punishable:"}
	for _, test := range []struct {
		who, path  string
		with, lack []string
		marked     []string
	}{
		{"stranger", "/read/harbour-accord", whole, nil, []string{"machines that exchange messages"}},
		{"ada", "/read/harbour-accord", whole, nil, []string{"machines that ", "exchange", " messages"}},
		{"ada", "/read/harbour-accord?concept=x", whole, nil, nil},
		{"ada", "/read/harbour-accord?at=art3", []string{"Help between harbours"}, []string{"Duties of each harbour", "makes punishable"}, nil},
		{"ada", "/read/harbour-accord?at=nowhere", whole, nil, []string{"machines that ", "exchange", " messages"}},
		{"ada", "/read/harbour-accord?q=help&at=art3", []string{"Help between harbours"}, nil, nil},
		{"ada", "/read/harbour-accord?q=help", nil, []string{"<main"}, nil},
		{"ada", "/read/harbour-accord?annotation=x", nil, []string{"<main"}, nil},
		{"ada", "/read/harbour-accord?round=x", nil, []string{"<main"}, nil},
		{"ada", "/read/lighthouse-declaration?version=" + version, nil, []string{"<main", "punishable"}, nil},
		{"ada", "/read/harbour-accord?version=none", nil, []string{"<main"}, nil},
		{"ada", "/read/none", nil, []string{"<main"}, nil},
		{"ada", "/library", nil, []string{"<main"}, nil},
	} {
		response, content := s.get(test.who, test.path)
		page := string(content)
		if response.StatusCode != http.StatusOK || !strings.HasPrefix(page, "<!doctype html>") {
			t.Errorf("%s, %s: status %d: %.60s", test.who, test.path, response.StatusCode, page)
		}
		for _, want := range test.with {
			if !strings.Contains(page, want) {
				t.Errorf("%s, %s: without %q:\n%s", test.who, test.path, want, page)
			}
		}
		for _, not := range test.lack {
			if strings.Contains(page, not) {
				t.Errorf("%s, %s: has %q:\n%s", test.who, test.path, not, page)
			}
		}
		var marked []string
		for _, found := range regexp.MustCompile(`<mark class="f7">([^<]*)</mark>`).FindAllStringSubmatch(page, -1) {
			marked = append(marked, found[1])
		}
		if strings.Join(marked, "|") != strings.Join(test.marked, "|") {
			t.Errorf("%s, %s: marked %q; want %q", test.who, test.path, marked, test.marked)
		}
	}
}

// Where strangers may not read, the page has nothing of the text in it.
func TestPrerenderedBehindClosedDoors(t *testing.T) {
	s := newSite(t, func(c *api.Config) { c.Frontend, c.Open = withReader, false })
	for who, want := range map[string]bool{"stranger": false, "ada": true} {
		if _, page := s.get(who, "/read/harbour-accord"); strings.Contains(string(page), "Harbour") != want {
			t.Errorf("%s is shown\n%s", who, page)
		}
	}
}

// What a text says does not become markup.
func TestPrerenderedIsEscaped(t *testing.T) {
	s := newSite(t, func(c *api.Config) { c.Frontend = withReader })
	if response, said := s.upload("sly.md", strings.NewReader("---\nid: sly\ntitle: \"A <script>title</script>\"\nlanguage: en\n---\n\n## Article 1 <img src=x>\n\nIt says `<script>alert(1)</script>`.\n")); response.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", response.StatusCode, said)
	}
	_, page := s.get("ada", "/read/sly")
	if got := string(page); !strings.Contains(got, "A &lt;script&gt;title") || strings.Contains(got, "<script>") || strings.Contains(got, "<img") {
		t.Errorf("the page is\n%s", got)
	}
}
