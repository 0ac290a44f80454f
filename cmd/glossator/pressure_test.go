package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"glossator/annotations/store"
)

// The load of the tests here: of a hundred requests 80 search, 15 read a
// document, its text or its margin, 5 write.
const (
	searchesOf100 = 80
	readsOf100    = 15
)

// A target is one request, in the format of vegeta's targets in JSON.
type target struct {
	Method string              `json:"method"`
	URL    string              `json:"url"`
	Header map[string][]string `json:"header"`
	Body   string              `json:"body,omitempty"` // base64
}

// A text is what targets need of a version.
type text struct {
	document, version string
	length            int
	words             []string
}

// texts returns up to n of the versions that a server has.
func (s *server) texts(n int) (texts []text) {
	s.t.Helper()
	var page struct{ Documents []struct{ ID string } }
	s.get(fmt.Sprintf("/api/documents?size=%d", min(n, 100)), &page)
	for _, d := range page.Documents {
		var document struct{ Versions []struct{ ID string } }
		s.get("/api/documents/"+d.ID, &document)
		if len(document.Versions) == 0 {
			continue
		}
		var version struct{ Text string }
		s.get("/api/versions/"+document.Versions[0].ID, &version)
		words := strings.FieldsFunc(strings.ToLower(version.Text), func(r rune) bool { return !unicode.IsLetter(r) })
		if len(words) > 20 {
			texts = append(texts, text{d.ID, document.Versions[0].ID, len([]rune(version.Text)), words})
		}
	}
	if len(texts) == 0 {
		s.t.Fatal("there is nothing to read")
	}
	return texts
}

// targets returns n requests, the same for the same seed. They come from many
// people, as a proxy would tell, and take the content codings that browsers take:
// said so, they stay packed where they arrive, for a browser does not unpack on the
// processors of the server.
func (s *server) targets(texts []text, n int, seed uint64) []target {
	random := rand.New(rand.NewPCG(seed, 1))
	targets := make([]target, n)
	for i := range targets {
		of := texts[random.IntN(len(texts))]
		x := target{Method: http.MethodGet, Header: map[string][]string{
			"X-Forwarded-For": {fmt.Sprintf("10.%d.%d.%d", random.IntN(256), random.IntN(256), 1+random.IntN(254))},
			"Accept-Encoding": {"gzip, deflate, br, zstd"},
		}}
		switch kind := random.IntN(100); {
		case kind < searchesOf100:
			x.URL = "/api/search?q=" + url.QueryEscape(aQuery(random, of.words))
		case kind < searchesOf100+readsOf100:
			x.URL = []string{"/api/documents/" + of.document, "/api/versions/" + of.version, "/api/versions/" + of.version + "/annotations"}[random.IntN(3)]
		default:
			x.Method, x.URL = http.MethodPost, "/api/annotations"
			x.Header["Content-Type"] = []string{"application/json"}
			x.Header["Authorization"] = []string{"Bearer " + s.token}
			start := random.IntN(of.length - 10)
			x.Body = base64.StdEncoding.EncodeToString(fmt.Appendf(nil,
				`{"version":%q,"targets":[{"start":%d,"end":%d}],"note":"under load %d","visibility":"public"}`, of.version, start, start+5, i))
		}
		x.URL = s.url + x.URL
		targets[i] = x
	}
	return targets
}

// aQuery is one of the forms that people write, with words of a text.
func aQuery(random *rand.Rand, words []string) string {
	at := random.IntN(len(words) - 3)
	one, other := words[at], words[random.IntN(len(words))]
	switch random.IntN(6) {
	case 0:
		return one
	case 1:
		return one + " " + other
	case 2:
		return `"` + strings.Join(words[at:at+3], " ") + `"`
	case 3:
		return "(" + one + " OR " + other + ") AND " + words[at+1]
	case 4:
		return one + " NEAR/10 " + words[at+2]
	default:
		return one + " " + words[at+1] + " " + other
	}
}

// A pressed is what vegeta reports; times in nanoseconds.
type pressed struct {
	Latencies struct {
		P50 time.Duration `json:"50th"`
		P95 time.Duration `json:"95th"`
		P99 time.Duration `json:"99th"`
		Max time.Duration `json:"max"`
	} `json:"latencies"`
	Requests   int            `json:"requests"`
	Throughput float64        `json:"throughput"`
	Codes      map[string]int `json:"status_codes"`
	Errors     []string       `json:"errors"`
}

func (p pressed) String() string {
	return fmt.Sprintf("%d requests, %.0f/s answered well, p50 %v, p95 %v, p99 %v, slowest %v, statuses %v, errors %.5q", p.Requests, p.Throughput,
		p.Latencies.P50.Round(time.Microsecond), p.Latencies.P95.Round(time.Microsecond), p.Latencies.P99.Round(time.Microsecond),
		p.Latencies.Max.Round(time.Millisecond), p.Codes, p.Errors)
}

// press has vegeta send targets, from a process of its own. It reads answers to
// their end and keeps none.
func press(t *testing.T, targets []target, flags ...string) (report pressed) {
	t.Helper()
	var lines bytes.Buffer
	for _, x := range targets {
		if err := json.NewEncoder(&lines).Encode(x); err != nil {
			t.Fatal(err)
		}
	}
	name := filepath.Join(t.TempDir(), "targets")
	writeFile(t, name, lines.Bytes())
	results, err := exec.CommandContext(t.Context(), "vegeta", append([]string{"attack", "-format=json", "-targets=" + name, "-timeout=60s", "-max-body=0"}, flags...)...).Output()
	if err != nil {
		t.Fatalf("vegeta: %v", err)
	}
	reporting := exec.CommandContext(t.Context(), "vegeta", "report", "-type=json")
	reporting.Stdin = bytes.NewReader(results)
	said, err := reporting.Output()
	if err := errors.Join(err, json.Unmarshal(said, &report)); err != nil {
		t.Fatalf("vegeta: %v\n%s", err, said)
	}
	return report
}

// processor is how long a server has had a processor, in all its threads: what it
// needs for a request is the same on a busy machine and on one that is idle.
func (s *server) processor() time.Duration {
	fields := strings.Fields(firstLine(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid)))
	if len(fields) < 15 {
		return 0
	}
	user, _ := strconv.Atoi(fields[13])
	system, _ := strconv.Atoi(fields[14])
	return time.Duration(user+system) * 10 * time.Millisecond // the kernel counts in hundredths
}

// pressed is press that also says what the server had and needed meanwhile.
func (s *server) pressed(name string, targets []target, flags ...string) pressed {
	s.t.Helper()
	before := s.processor()
	p := press(s.t, targets, flags...)
	s.t.Logf("%s: %v; processor for each %v; memory %s", name, p, (s.processor()-before)/time.Duration(max(p.Requests, 1)), s.memory())
	return p
}

// TestLoad presses a copy of the data folder GLOSSATOR_LOAD for
// GLOSSATOR_LOAD_TIME with GLOSSATOR_LOAD_RATE requests a second, then with as
// many as ten times the usual clients can send, then with few, and prints what
// was held. Fast enough is for a person to judge; what fails, fails the test.
func TestLoad(t *testing.T) {
	folder := os.Getenv("GLOSSATOR_LOAD")
	if folder == "" {
		t.Skip("make load LOAD=FOLDER runs this, over a data folder")
	}
	data := t.TempDir()
	if err := os.CopyFS(data, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	lookedThrough(t, data)
	s := serveData(t, data, scribe(t, data, "member"), "--no-digests", "--trusted-proxy", "127.0.0.1", "--log-level", "error")
	t.Logf("%+v; load of the machine before: %s", s.caughtUp(), firstLine("/proc/loadavg"))
	texts := s.texts(100)
	duration := "-duration=" + orElse(os.Getenv("GLOSSATOR_LOAD_TIME"), "60s")

	press(t, s.targets(texts, 2000, 1), "-rate=100/s", "-duration=20s") // as a server that has been in use
	held := s.pressed("held", s.targets(texts, 20000, 2), "-rate="+orElse(os.Getenv("GLOSSATOR_LOAD_RATE"), "300")+"/s", duration)
	usual := s.pressed("16 clients that wait for their answers", s.targets(texts, 20000, 3), "-rate=0", "-max-workers=16", duration)
	over := s.pressed("overload, 160 clients", s.targets(texts, 20000, 4), "-rate=0", "-max-workers=160", duration)
	after := s.pressed("recovered", s.targets(texts, 2000, 5), "-rate=20/s", "-duration=10s")
	t.Logf("load of the machine after: %s", firstLine("/proc/loadavg"))
	for name, p := range map[string]pressed{"held": held, "usual": usual, "recovered": after} {
		if well := p.Codes["200"] + p.Codes["201"]; well != p.Requests {
			t.Errorf("%s: %d of %d requests failed: %v %.20q", name, p.Requests-well, p.Requests, p.Codes, p.Errors)
		}
	}
	if well := over.Codes["200"] + over.Codes["201"] + over.Codes["429"] + over.Codes["503"]; well != over.Requests {
		t.Errorf("overload: %d requests got no word of it: %v %.20q", over.Requests-well, over.Codes, over.Errors)
	}
	s.stop()
}

// lookedThrough does what a server does once with each text, beside its answers:
// it reads the references.
func lookedThrough(t *testing.T, data string) {
	t.Helper()
	s, err := store.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	for more := true; more && err == nil; {
		more, err = s.ReadReferences(t.Context())
	}
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
}

func orElse(given, otherwise string) string {
	if given == "" {
		return otherwise
	}
	return given
}

func firstLine(name string) string {
	content, err := os.ReadFile(name)
	if err != nil {
		return err.Error()
	}
	line, _, _ := strings.Cut(string(content), "\n")
	return line
}

// memory is what a server has in memory, and the most it had.
func (s *server) memory() string {
	file, err := os.Open(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return err.Error()
	}
	defer file.Close()
	var said []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "VmHWM") || strings.HasPrefix(lines.Text(), "VmRSS") {
			said = append(said, strings.Join(strings.Fields(lines.Text()), " "))
		}
	}
	return strings.Join(said, ", ")
}
