package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/catalogue"
	"glossator/index/fetch"
)

const budapest = "coe-ets185-budapest-convention"

// official is a page as publishers make them, with as many articles as the
// instrument has, in words of the test.
func official(title string, articles int) string {
	var page strings.Builder
	fmt.Fprintf(&page, "<!doctype html><html lang=en><head><title>Full text</title></head><body><nav><a href=/>Home</a></nav><h1>%s</h1>\n", title)
	for n := 1; n <= articles; n++ {
		fmt.Fprintf(&page, "<h3>Article %d – Matter %d</h3>\n<p>1. Each Party shall see to matter %d with the care that it deserves.</p>\n", n, n, n)
	}
	return page.String() + "</body></html>"
}

// A publisher serves what is set, and counts who asked.
type publisher struct {
	*httptest.Server
	handle atomic.Pointer[http.HandlerFunc]
}

func newPublisher(t *testing.T) *publisher {
	t.Helper()
	p := &publisher{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*p.handle.Load())(w, r) }))
	t.Cleanup(p.Close)
	return p
}

func (p *publisher) serve(handle http.HandlerFunc) { p.handle.Store(&handle) }

// publish serves a page with its tag, so that it can be asked for by that.
func (p *publisher) publish(page string) {
	tag := fmt.Sprintf("%q", fmt.Sprint(len(page)))
	p.serve(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(page))
	})
}

func newFetcher(t *testing.T) (*fetcher, []catalogue.Text, *publisher) {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := loadDigests(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	p := newPublisher(t)
	f := &fetcher{store: s, get: &fetch.Fetcher{Agent: agent(), AllowPrivate: true, Pause: time.Millisecond, Timeout: 5 * time.Second}}
	return f, []catalogue.Text{{Document: budapest, Language: "en", Address: p.URL + "/185"}}, p
}

func outcome(t *testing.T, f *fetcher, texts []catalogue.Text) string {
	t.Helper()
	report := f.all(t.Context(), texts, nil)
	if len(report) != len(texts) {
		t.Fatalf("%d of %d texts were reported on", len(report), len(texts))
	}
	if report[0].err != nil {
		t.Fatal(report[0].err)
	}
	return report[0].outcome
}

func document(t *testing.T, s *store.Store, id string) store.DocumentDetail {
	t.Helper()
	d, err := s.Document(t.Context(), annotations.Asker{}, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestFetch follows a text from the first fetch to a corrected one: the digest
// stays and becomes commentary, and asking again changes nothing.
func TestFetch(t *testing.T) {
	f, texts, p := newFetcher(t)
	p.publish(official("Convention on Cybercrime", 48))
	if got := outcome(t, f, texts); got != "taken" {
		t.Errorf("the first time it was %s", got)
	}
	if got := outcome(t, f, texts); got != "unchanged" {
		t.Errorf("asked for by its tag it was %s", got)
	}
	d := document(t, f.store, budapest)
	if d.Title != "Convention on Cybercrime (ETS No. 185)" || d.Digest || d.Kind != index.Treaty || len(d.Versions) != 1 || d.Versions[0].Articles != 48 {
		t.Errorf("the document is %+v", d)
	}
	if v := d.Versions[0]; v.Source != texts[0].Address || !v.Current || time.Since(time.UnixMilli(v.Imported)) > time.Minute {
		t.Errorf("the version is %+v", v)
	}
	if got := document(t, f.store, store.DigestPrefix+budapest); got.Kind != index.Commentary || got.About != budapest || !got.Digest || len(got.Versions) != 1 {
		t.Errorf("the digest is %+v", got.DocumentSummary)
	}
	if err := loadDigests(t.Context(), f.store); err != nil {
		t.Fatal(err)
	}
	if got := document(t, f.store, store.DigestPrefix+budapest); got.Kind != index.Commentary {
		t.Errorf("after a start the digest is %s", got.Kind)
	}
	known, err := f.store.Fetched(t.Context(), texts[0].Address)
	if err != nil || len(known.SHA256) != 64 || known.Version != d.Versions[0].ID || known.Fetched == 0 || known.ETag == "" {
		t.Errorf("what is remembered is %+v, %v", known, err)
	}

	corrected := strings.Replace(official("Convention on Cybercrime", 48), "matter 9 with", "matter 9 at once and with", 1)
	p.serve(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(corrected))
	})
	if got := outcome(t, f, texts); got != "version" {
		t.Errorf("a corrected text was %s", got)
	}
	if got := outcome(t, f, texts); got != "unchanged" {
		t.Errorf("without a tag it was %s", got)
	}
	if got := document(t, f.store, budapest); len(got.Versions) != 2 || !got.Versions[0].Current {
		t.Errorf("the versions are %+v", got.Versions)
	}
}

// TestFetchFailures holds that each failure has its line, and that nothing is
// lost by one.
func TestFetchFailures(t *testing.T) {
	page := official("Convention on Cybercrime", 48)
	html := func(page string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte(page))
		}
	}
	for name, test := range map[string]struct {
		handle http.HandlerFunc
		words  string
	}{
		"not there": {http.NotFound, "look for its new address"},
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(page)))
			_, _ = w.Write([]byte(page[:len(page)/2]))
		}, "broke off"},
		"a picture": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))
		}, "image/png, cannot be read"},
		"nothing":         {html(""), "cannot be read"},
		"a notice":        {html("<p>Convention on Cybercrime: please turn on JavaScript.</p>"), "which is a notice"},
		"a page about it": {html("<h1>Convention on Cybercrime</h1>" + strings.Repeat("<p>States speak of it at length in their meetings and reports.</p>", 60)), "a page about it"},
		"another text":    {html(official("Convention on the Keeping of Bees", 48)), "does not name Budapest Convention"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, texts, p := newFetcher(t)
			p.publish(page)
			outcome(t, f, texts)
			before := document(t, f.store, budapest)
			p.serve(test.handle)
			report := f.all(t.Context(), texts, nil)
			if len(report) != 1 || report[0].err == nil || !strings.Contains(report[0].err.Error(), test.words) {
				t.Errorf("the report is %+v", report)
			}
			if diff := cmp.Diff(before, document(t, f.store, budapest)); diff != "" {
				t.Errorf("something changed (-before +after):\n%s", diff)
			}
			var printed bytes.Buffer
			if failed := printFetched(&printed, report); failed != 1 || !strings.Contains(printed.String(), texts[0].Address) {
				t.Errorf("printed:\n%s", &printed)
			}
			p.publish(page + " ")
			outcome(t, f, texts)
		})
	}
}

func TestFetchRefusesPrivateAddresses(t *testing.T) {
	f, texts, p := newFetcher(t)
	p.publish(official("Convention on Cybercrime", 48))
	f.get.AllowPrivate = false
	if report := f.all(t.Context(), texts, nil); !errors.Is(report[0].err, fetch.ErrPrivate) {
		t.Errorf("the report is %+v", report)
	}
}

// TestFetchInterrupted holds that what was brought before an interruption is kept
// whole.
func TestFetchInterrupted(t *testing.T) {
	f, texts, p := newFetcher(t)
	p.publish(official("Convention on Cybercrime", 48))
	texts = append(texts, catalogue.Text{Document: "coe-ets189-additional-protocol", Language: "en", Address: p.URL + "/189"})
	ctx, cancel := context.WithCancel(t.Context())
	report := f.all(ctx, texts, func(int, int, string) { cancel() })
	if len(report) != 1 || report[0].outcome != "taken" {
		t.Errorf("the report is %+v", report)
	}
	if got := document(t, f.store, budapest); len(got.Versions) != 1 {
		t.Errorf("the document is %+v", got)
	}
}

// TestFetchNames holds that texts are asked for by any name, each once.
func TestFetchNames(t *testing.T) {
	texts, err := textsOf([]string{"ETS 185", "Budapest Convention", "GDPR"})
	if err != nil || len(texts) != 4 {
		t.Errorf("texts: %v, %v", texts, err)
	}
	if all, err := textsOf(nil); err != nil || len(all) != len(catalogue.Texts()) {
		t.Errorf("all: %d, %v", len(all), err)
	}
	for name, words := range map[string]string{"Treaty of Nowhere": ", au-african-charter, ", "Malabo Convention": "only a page about it: https://au.int/"} {
		if _, err := textsOf([]string{name}); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
