package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/zstd"

	"glossator/api"
)

// The page of the reader says what the reader will ask for, to those who may
// read it.
func TestReaderIsAnnounced(t *testing.T) {
	files := fstest.MapFS{
		"manifest.json": {Data: []byte(`{
			"index.html": {"file": "assets/index-1.js"},
			"_page-2.js": {"file": "assets/page-2.js", "imports": ["index.html"]},
			"src/reader/Reader.tsx": {"file": "assets/Reader-3.js", "css": ["assets/Reader-4.css"], "imports": ["_page-2.js", "index.html"]}
		}`)},
	}
	for name, file := range built {
		files[name] = file
	}
	for name, size := range map[string]int{"index-1.js": 20, "page-2.js": 40, "Reader-3.js": 30, "Reader-4.css": 10} {
		files["assets/"+name] = &fstest.MapFile{Data: make([]byte, size)}
	}
	theme := "</theme.js>; rel=preload; as=script"
	screen := []string{
		"</assets/page-2.js>; rel=modulepreload",
		"</assets/Reader-3.js>; rel=modulepreload",
		"</assets/index-1.js>; rel=modulepreload",
		"</assets/Reader-4.css>; rel=preload; as=style; crossorigin",
	}
	fetched := func(version string) []string {
		fetch := func(address string) string { return "<" + address + ">; rel=preload; as=fetch; crossorigin" }
		return slices.Concat([]string{theme, fetch(version)}, screen, []string{
			fetch("/api/documents/harbour-accord"),
			fetch("/api/session"),
			fetch(version+"/annotations") + "; fetchpriority=low",
		})
	}
	nothing := append([]string{theme}, screen...)
	for name, open := range map[string]bool{"open": true, "closed": false} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, func(c *api.Config) { c.Frontend, c.Open = files, open })
			whole := fetched("/api/versions/" + s.version("harbour-accord"))
			strangers := nothing
			if open {
				strangers = whole
			}
			for _, test := range []struct {
				who, path string
				want      []string
			}{
				{"ada", "/read/harbour-accord", whole},
				{"stranger", "/read/harbour-accord", strangers},
				{"ada", "/read/harbour-accord?version=other", fetched("/api/versions/other")},
				{"ada", "/read/no-such-document", nothing},
				{"ada", "/search", nil},
			} {
				response, _ := s.get(test.who, test.path)
				if got := response.Header.Values("Link"); strings.Join(got, "\n") != strings.Join(test.want, "\n") {
					t.Errorf("%s, %s: Link:\n%s\nwant\n%s", test.who, test.path, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
				}
			}
		})
	}
}

// What is kept ready is sent in Zstandard to those who take it, and is the same.
func TestZstandard(t *testing.T) {
	s := newSite(t)
	decoder, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer decoder.Close()
	for _, path := range []string{"/", s.versionPath("harbour-accord")} {
		_, want := s.get("stranger", path, "Accept-Encoding", "identity")
		response, packed := s.get("stranger", path, "Accept-Encoding", "gzip, zstd")
		if coding := response.Header.Get("Content-Encoding"); coding != "zstd" {
			t.Errorf("%s: encoding %q", path, coding)
			continue
		}
		got, err := decoder.DecodeAll(packed, nil)
		if err != nil || string(got) != string(want) || len(packed) >= len(want) {
			t.Errorf("%s: error %v, %d bytes that say\n%s\nplain, %d bytes:\n%s", path, err, len(packed), got, len(want), want)
		}
		again, _ := s.get("stranger", path, "If-None-Match", response.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("%s: with its ETag, status %d", path, again.StatusCode)
		}
	}
}

// What the build has compressed beforehand is sent to those who take it.
func TestBrotli(t *testing.T) {
	files := fstest.MapFS{"assets/a.js": {Data: []byte(strings.Repeat("ring(bell);\n", 400))}, "assets/a.js.br": {Data: []byte("the same in Brotli")}}
	for name, file := range built {
		files[name] = file
	}
	s := newSite(t, func(c *api.Config) { c.Frontend = files })
	for takes, want := range map[string]string{"gzip, deflate, br, zstd": "br", "gzip, zstd": "zstd", "gzip": "gzip", "identity": ""} {
		response, sent := s.get("stranger", "/assets/a.js", "Accept-Encoding", takes)
		if coding := response.Header.Get("Content-Encoding"); coding != want || (string(sent) == "the same in Brotli") != (want == "br") {
			t.Errorf("who takes %q is sent %q: %.40q", takes, coding, sent)
		}
	}
	if response, _ := s.get("stranger", "/assets/a.js.br"); response.StatusCode != http.StatusNotFound {
		t.Errorf("the compressed file by itself: status %d", response.StatusCode)
	}
}
