package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// A knock asks a door of a site as ada, without a network, and holds what is
// answered against the contract.
type knock struct {
	*testing.T
	site *site
}

// ask fails if the answer is a fault of the server or is not as the contract
// says. Headers are names and values in turn.
func (k knock) ask(method, path, body string, headers ...string) *answer {
	k.Helper()
	address, err := url.Parse(path)
	if err != nil {
		k.Fatal(err)
	}
	request := httptest.NewRequestWithContext(k.Context(), method, k.site.URL+address.RequestURI(), strings.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+k.site.tokens["ada"])
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	k.site.Config.Handler.ServeHTTP(recorder, request)
	a := &answer{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
	if a.status >= 500 {
		k.Fatalf("%s %s: status %d: %s\n%s", method, path, a.status, a.body, k.site.log)
	}
	if err := k.site.valid(request, []byte(body), a); err != nil {
		k.Fatalf("%s %s: %v\n%s", method, path, err, a.body)
	}
	return a
}

// there gets what was stored.
func (k knock) there(path string) *answer {
	k.Helper()
	a := k.ask(http.MethodGet, path, "")
	if a.status != http.StatusOK || !json.Valid(a.body) {
		k.Fatalf("what was stored cannot be read at %s: status %d: %s", path, a.status, a.body)
	}
	return a
}

// openDoors returns a site whose store is checked in the end.
func openDoors(f *testing.F) *site {
	f.Helper()
	s := newSite(f)
	f.Cleanup(func() {
		if _, err := s.store.Check(context.Background(), func(problem string) { f.Error(problem) }); err != nil {
			f.Error(err)
		}
	})
	return s
}

// oneLine reports whether a header can be sent at all.
func oneLine(headers ...string) bool {
	return !strings.ContainsFunc(strings.Join(headers, ""), func(r rune) bool { return r < ' ' || r == 0x7f })
}

// FuzzProtocol sends anything to the door of the Web Annotation Protocol: it is
// refused with a reason, or can be read, put again and deleted.
func FuzzProtocol(f *testing.F) {
	s := openDoors(f)
	const quote = `{"source":"urn:glossator:document:harbour-accord","selector":{"type":"TextQuoteSelector","exact":"matter of all harbours"}}`
	for _, body := range []string{
		`{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","target":` + quote + `,"bodyValue":"Mind *this*."}`,
		`{"@context":["http://www.w3.org/ns/anno.jsonld"],"type":["Annotation","x:R"],"motivation":"tagging","target":[` + quote + `],"body":[{"type":"TextualBody","purpose":"tagging","value":"Moorings"},"https://law.example/x"]}`,
		`{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","target":"urn:glossator:document:harbour-accord","glossator:visibility":"public","canonical":"urn:uuid:1"}`,
		`{"type":"Annotation","target":{"source":"urn:glossator:document:harbour-accord","selector":{"type":"TextPositionSelector","start":4,"end":1e9}}}`,
		`{`, `null`, `{"type":"Annotation","target":null,"body":{"id":"` + "\u0000" + `"}}`,
	} {
		for _, prefer := range []string{"", `return=representation;include="http://www.w3.org/ns/oa#PreferContainedIRIs"`, `return=minimal, include=";`} {
			f.Add(prefer, `*`, "application/ld+json", body)
		}
	}
	f.Add("", `"x", W/"y"`, `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`, `{}`)
	f.Fuzz(func(t *testing.T, prefer, match, kind, body string) {
		if !oneLine(prefer, match, kind) {
			return
		}
		k := knock{t, s}
		k.ask(http.MethodGet, "/annotations/", "", "Prefer", prefer, "If-None-Match", match)
		made := k.ask(http.MethodPost, "/annotations/", body, "Content-Type", kind, "Prefer", prefer)
		if made.status != http.StatusCreated {
			return
		}
		address := made.header.Get("Location")
		k.there(address)
		k.ask(http.MethodPut, address, body, "Content-Type", kind, "If-Match", match, "Prefer", prefer)
		k.there(address)
		if gone := k.ask(http.MethodDelete, address, "", "If-Match", match); gone.status >= 400 {
			k.ask(http.MethodDelete, address, "")
		}
		if after := k.ask(http.MethodGet, address, ""); after.status < 400 {
			t.Errorf("it is deleted and is answered with %d", after.status)
		}
	})
}

// FuzzHypothesis is FuzzProtocol for the door of the Hypothesis client.
func FuzzHypothesis(f *testing.F) {
	s := openDoors(f)
	for _, body := range []string{
		`{"uri":"urn:glossator:document:harbour-accord","text":"A *shared* duty.","tags":["Moorings"],"group":"__world__","permissions":{"read":["group:__world__"]},
			"target":[{"source":"urn:glossator:document:harbour-accord","selector":[{"type":"TextPositionSelector","start":5,"end":27},{"type":"TextQuoteSelector","exact":"matter of all harbours"}]}]}`,
		`{"uri":"urn:glossator:document:harbour-accord","text":""}`,
		`{"uri":"https://pages.example/","references":["x"],"document":{"title":[1]},"metadata":{}}`,
		`{"target":[{"selector":[null]}],"tags":["` + "\u0000" + `"]}`, `[]`, ``,
	} {
		f.Add("uri=urn:glossator:document:harbour-accord&limit=5", body)
		f.Add("user=acct:x@glossator&offset=-1&sort=created&tag=%00", body)
	}
	f.Fuzz(func(t *testing.T, search, body string) {
		k := knock{t, s}
		if values, err := url.ParseQuery(search); err == nil {
			k.ask(http.MethodGet, "/hypothesis/api/search?"+values.Encode(), "")
		}
		made := k.ask(http.MethodPost, "/hypothesis/api/annotations", body, "Content-Type", "application/json")
		if made.status != http.StatusOK {
			return
		}
		var named struct{ ID string }
		if err := json.Unmarshal(made.body, &named); err != nil {
			t.Fatal(err)
		}
		path := "/hypothesis/api/annotations/" + url.PathEscape(named.ID)
		k.there(path)
		k.ask(http.MethodPatch, path, body, "Content-Type", "application/json")
		k.there(path)
		if gone := k.ask(http.MethodDelete, path, ""); gone.status != http.StatusOK {
			t.Errorf("it cannot be deleted: %d: %s", gone.status, gone.body)
		}
		if after := k.ask(http.MethodGet, path, ""); after.status < 400 {
			t.Errorf("it is deleted and is answered with %d", after.status)
		}
	})
}
