package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The tests below go through the Web Annotation Protocol
// (https://www.w3.org/TR/2017/REC-annotation-protocol-20170223/) section by
// section, on a real server; each says in its name which.

const (
	linkedData = `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`
	include    = `return=representation;include="`
	asIRIs     = include + `http://www.w3.org/ns/oa#PreferContainedIRIs"`
	asWhole    = include + `http://www.w3.org/ns/oa#PreferContainedDescriptions"`
	asMinimal  = include + `http://www.w3.org/ns/ldp#PreferMinimalContainer"`
)

// A reply is an answer with its JSON, if it has any.
type reply struct {
	status int
	header http.Header
	body   string
	json   map[string]any
}

// request makes a request with headers given as name and value.
func (s *site) request(as, method, path, body string, headers ...string) reply {
	s.t.Helper()
	request, err := http.NewRequest(method, s.URL+strings.TrimPrefix(path, s.URL), strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", linkedData)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if token, ok := s.tokens[as]; ok {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	answered := &answer{response.StatusCode, response.Header, content}
	if err := s.valid(request, []byte(body), answered); err != nil {
		s.t.Errorf("%s %s is not as the contract says: %v", method, path, err)
	}
	r := reply{status: response.StatusCode, header: response.Header, body: string(content)}
	_ = json.Unmarshal(content, &r.json) // what is not JSON has none
	return r
}

func (r reply) all(name string) string { return strings.Join(r.header.Values(name), ", ") }

// links returns the targets of the Link header by relation.
func (r reply) links(relation string) []string {
	var found []string
	for _, link := range strings.Split(r.all("Link"), ", <") {
		target, parameters, _ := strings.Cut(strings.TrimPrefix(link, "<"), ">")
		if strings.Contains(parameters, `rel="`+relation+`"`) {
			found = append(found, target)
		}
	}
	return found
}

func (s *site) want(r reply, status int) {
	s.t.Helper()
	if r.status != status {
		s.t.Fatalf("status %d, want %d: %s", r.status, status, r.body)
	}
}

// on writes an annotation on words of the harbour accord; more are further
// properties.
func on(words, more string) string {
	return `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation",` + more + `"target":{"source":"urn:glossator:document:harbour-accord",
		"selector":{"type":"TextQuoteSelector","exact":"` + words + `"}}}`
}

const public = `"glossator:visibility":"public","body":{"type":"TextualBody","value":"Mind this."},`

// post creates an annotation and returns its address.
func (s *site) take(as, item string) string {
	s.t.Helper()
	r := s.request(as, "POST", "/annotations/", item)
	s.want(r, http.StatusCreated)
	return r.header.Get("Location")
}

func TestProtocol3Retrieval(t *testing.T) {
	s := newSite(t)
	address := s.take("ada", on("matter of all harbours", public))
	get := s.request("stranger", "GET", address, "")
	s.want(get, http.StatusOK)
	head := s.request("stranger", "HEAD", address, "")
	s.want(head, http.StatusOK)
	for name, r := range map[string]reply{"GET": get, "HEAD": head} {
		if got := r.header.Get("Content-Type"); got != linkedData {
			t.Errorf("%s: Content-Type %s", name, got)
		}
		if !slices.Contains(r.links("type"), "http://www.w3.org/ns/ldp#Resource") || !slices.Contains(r.links("type"), "http://www.w3.org/ns/oa#Annotation") {
			t.Errorf("%s: Link %s", name, r.all("Link"))
		}
		if tag := r.header.Get("ETag"); !strings.HasPrefix(tag, `"`) {
			t.Errorf("%s: ETag %s", name, tag)
		}
		for _, method := range []string{"GET", "HEAD", "OPTIONS", "PUT", "DELETE"} {
			if !strings.Contains(r.header.Get("Allow"), method) {
				t.Errorf("%s: Allow %s lacks %s", name, r.header.Get("Allow"), method)
			}
		}
		if !strings.Contains(r.all("Vary"), "Accept") {
			t.Errorf("%s: Vary %s", name, r.all("Vary"))
		}
	}
	if head.body != "" {
		t.Error("HEAD has a body")
	}
	if get.json["id"] != address || get.json["type"] != "Annotation" {
		t.Errorf("the annotation is %s", get.body)
	}
	options := s.request("stranger", "OPTIONS", address, "")
	if options.status != http.StatusNoContent || options.header.Get("Allow") != get.header.Get("Allow") {
		t.Errorf("OPTIONS: %d, Allow %s", options.status, options.header.Get("Allow"))
	}
	for accept, want := range map[string]int{
		"": 200, "*/*": 200, "application/ld+json": 200, linkedData: 200, "text/turtle, application/json;q=0.1": 200,
		"application/rdf+xml": 406, "text/turtle": 406, "application/ld+json;q=0": 406, "text/html,*/*": 303,
	} {
		if r := s.request("stranger", "GET", address, "", "Accept", accept); r.status != want {
			t.Errorf("Accept %q: status %d, want %d", accept, r.status, want)
		}
	}
	if r := s.request("stranger", "GET", address, "", "If-None-Match", get.header.Get("ETag")); r.status != http.StatusNotModified {
		t.Errorf("If-None-Match: status %d", r.status)
	}
}

func TestProtocol4Containers(t *testing.T) {
	s := newSite(t)
	s.take("ada", on("matter of all harbours", public))
	for _, path := range []string{"/annotations/", "/annotations/documents/harbour-accord/"} {
		for _, method := range []string{"GET", "HEAD", "OPTIONS"} {
			r := s.request("stranger", method, path, "")
			if r.status != http.StatusOK && (method != "OPTIONS" || r.status != http.StatusNoContent) {
				t.Errorf("%s %s: status %d", method, path, r.status)
			}
			if !slices.Contains(r.links("type"), "http://www.w3.org/ns/ldp#BasicContainer") {
				t.Errorf("%s %s: Link %s", method, path, r.all("Link"))
			}
			if got := r.links("http://www.w3.org/ns/ldp#constrainedBy"); !slices.Contains(got, "http://www.w3.org/TR/annotation-protocol/") {
				t.Errorf("%s %s: constrained by %v", method, path, got)
			}
			if r.header.Get("ETag") == "" || !strings.Contains(r.header.Get("Allow"), "OPTIONS") || !strings.Contains(r.all("Vary"), "Accept") {
				t.Errorf("%s %s: %v", method, path, r.header)
			}
			posts := strings.Contains(r.header.Get("Allow"), "POST")
			if posts != (path == "/annotations/") || posts != (r.header.Get("Accept-Post") == linkedData) {
				t.Errorf("%s %s: Allow %s, Accept-Post %s", method, path, r.header.Get("Allow"), r.header.Get("Accept-Post"))
			}
		}
		r := s.request("stranger", "GET", path, "")
		if r.header.Get("Content-Type") != linkedData || !strings.HasSuffix(strings.Split(r.json["id"].(string), "?")[0], "/") {
			t.Errorf("%s: %s, %v", path, r.header.Get("Content-Type"), r.json["id"])
		}
		if diff := cmp.Diff([]any{"http://www.w3.org/ns/anno.jsonld", "http://www.w3.org/ns/ldp.jsonld"}, r.json["@context"]); diff != "" {
			t.Errorf("%s: the context: %s", path, diff)
		}
	}
	if r := s.request("ada", "POST", "/annotations/documents/harbour-accord/", on("x", "")); r.status != http.StatusMethodNotAllowed || r.header.Get("Allow") == "" {
		t.Errorf("POST where one reads: status %d, Allow %q", r.status, r.header.Get("Allow"))
	}
}

func TestProtocol42Representations(t *testing.T) {
	s := newSite(t)
	if r := s.request("stranger", "GET", "/annotations/", ""); r.json["total"] != 0.0 || r.json["first"] != nil {
		t.Errorf("an empty container is %s", r.body)
	}
	address := s.take("ada", on("matter of all harbours", public))
	for name, test := range map[string]struct {
		prefer, iris, applied string
		first                 string // what first is: an IRI, or a page of IRIs or of annotations
	}{
		"nothing preferred": {"", "0", "", "whole"},
		"descriptions":      {asWhole, "0", "return=representation", "whole"},
		"IRIs":              {asIRIs, "1", "return=representation", "iris"},
		"minimal":           {asMinimal, "0", "return=representation", "link"},
		"minimal, of IRIs":  {include + `http://www.w3.org/ns/ldp#PreferMinimalContainer http://www.w3.org/ns/oa#PreferContainedIRIs"`, "1", "return=representation", "link"},
		"with others":       {`respond-async, return=representation; wait=5; include="http://www.w3.org/ns/oa#PreferContainedIRIs"`, "1", "return=representation", "iris"},
		"both at once":      {include + `http://www.w3.org/ns/oa#PreferContainedDescriptions http://www.w3.org/ns/oa#PreferContainedIRIs"`, "0", "", "whole"},
		"something else":    {`return=minimal;include="http://www.w3.org/ns/oa#PreferContainedIRIs"`, "0", "", "whole"},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.request("stranger", "GET", "/annotations/", "", "Prefer", test.prefer)
			s.want(r, http.StatusOK)
			iri := s.URL + "/annotations/?iris=" + test.iris
			if r.json["id"] != iri || r.header.Get("Content-Location") != iri {
				t.Errorf("id %v, Content-Location %s, want %s", r.json["id"], r.header.Get("Content-Location"), iri)
			}
			if got := r.header.Get("Preference-Applied"); got != test.applied {
				t.Errorf("Preference-Applied %q, want %q", got, test.applied)
			}
			if !strings.Contains(r.all("Vary"), "Prefer") || r.json["total"] != 1.0 || r.json["modified"] == nil || r.json["label"] == "" {
				t.Errorf("Vary %s, %s", r.all("Vary"), r.body)
			}
			if diff := cmp.Diff([]any{"BasicContainer", "AnnotationCollection"}, r.json["type"]); diff != "" {
				t.Error(diff)
			}
			if r.json["last"] != iri+"&page=0" {
				t.Errorf("last is %v", r.json["last"])
			}
			if test.first == "link" {
				if r.json["first"] != iri+"&page=0" || strings.Contains(r.body, "items") || strings.Contains(r.body, "contains") {
					t.Errorf("minimal is %s", r.body)
				}
				return
			}
			first := r.json["first"].(map[string]any)
			item := first["items"].([]any)[0]
			whole, isWhole := item.(map[string]any)
			if first["type"] != "AnnotationPage" || isWhole != (test.first == "whole") || isWhole && whole["id"] != address || !isWhole && item != address {
				t.Errorf("first is %v", first)
			}
		})
	}
}

func TestProtocol43Pages(t *testing.T) {
	s := newSite(t)
	want := map[string]bool{}
	for i := range 230 {
		more := fmt.Sprintf(`"glossator:visibility":"public","bodyValue":"number %d",`, i)
		want[s.take("ada", on("matter of all harbours", more))] = true
	}
	s.take("bo", on("matter of all harbours", `"bodyValue":"private",`))
	container := s.request("stranger", "GET", "/annotations/", "", "Prefer", include+`http://www.w3.org/ns/ldp#PreferMinimalContainer http://www.w3.org/ns/oa#PreferContainedIRIs"`)
	if container.json["total"] != 230.0 {
		t.Errorf("total is %v: what is private counts", container.json["total"])
	}
	var pages []string
	var items []any
	for next := container.json["first"].(string); next != ""; {
		page := s.request("stranger", "GET", next, "")
		s.want(page, http.StatusOK)
		if page.json["id"] != next || page.json["type"] != "AnnotationPage" {
			t.Errorf("%s is %v", next, page.json["id"])
		}
		if part := page.json["partOf"].(map[string]any); part["id"] != container.json["id"] {
			t.Errorf("%s is part of %v", next, part)
		}
		prev, hasPrev := page.json["prev"].(string)
		if len(pages) == 0 && hasPrev || len(pages) > 0 && prev != pages[len(pages)-1] {
			t.Errorf("before %s comes %q, want the last of %v", next, prev, pages)
		}
		pages = append(pages, next)
		items = append(items, page.json["items"].([]any)...)
		next, _ = page.json["next"].(string)
		if len(pages) == 1 {
			// What is written while somebody reads on moves nothing.
			s.request("ada", "DELETE", items[0].(string), "")
			s.request("ada", "DELETE", items[1].(string), "")
			late := s.take("ada", on("matter of all harbours", `"glossator:visibility":"public","bodyValue":"late",`))
			want[late] = true
		}
	}
	if len(pages) != 3 || container.json["last"] != pages[2] {
		t.Errorf("pages %v, the last is %v", pages, container.json["last"])
	}
	seen := map[string]bool{}
	for _, item := range items {
		if seen[item.(string)] {
			t.Errorf("%s is there twice", item)
		}
		seen[item.(string)] = true
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, page := range []string{"x", "1", "-", "9999999999999999999-x"} {
		if r := s.request("stranger", "GET", "/annotations/?page="+page, ""); r.status != http.StatusNotFound {
			t.Errorf("page %q: status %d", page, r.status)
		}
	}
}

func TestProtocol44Discovery(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/api/documents/harbour-accord", s.versionPath("harbour-accord")} {
		r := s.request("stranger", "GET", path, "")
		if got := r.links("http://www.w3.org/ns/oa#annotationService"); !slices.Contains(got, s.URL+"/annotations/") {
			t.Errorf("%s links to %v", path, got)
		}
	}
}

func TestProtocol51Create(t *testing.T) {
	s := newSite(t)
	item := on("matter of all harbours", `"id":"https://notes.example/7","canonical":"urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df",`+
		`"via":"https://notes.example/6","creator":"https://people.example/eve","created":"2015-01-28T12:00:00Z","rights":"https://law.example/licence",`+public)
	r := s.request("ada", "POST", "/annotations/", item)
	s.want(r, http.StatusCreated)
	location := r.header.Get("Location")
	rest, ok := strings.CutPrefix(location, s.URL+"/annotations/")
	if !ok || rest == "" || strings.Contains(rest, "/") || r.json["id"] != location {
		t.Errorf("Location %s, id %v", location, r.json["id"])
	}
	if r.header.Get("ETag") == "" || r.header.Get("Content-Type") != linkedData || !strings.Contains(r.header.Get("Allow"), "PUT") {
		t.Errorf("the headers are %v", r.header)
	}
	if get := s.request("ada", "GET", location, ""); get.body != r.body || get.header.Get("ETag") != r.header.Get("ETag") {
		t.Errorf("created as\n%s\nread as\n%s", r.body, get.body)
	}
	for name, want := range map[string]any{
		"canonical": "urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df", "via": []any{"https://notes.example/6", "https://notes.example/7"},
		"creator": "https://people.example/eve", "created": "2015-01-28T12:00:00Z", "rights": "https://law.example/licence",
	} {
		if diff := cmp.Diff(want, r.json[name]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if r.json["modified"] == nil || r.json["glossator:creator"] == nil {
		t.Errorf("who added it, and when, is not told: %s", r.body)
	}
	again := s.request("ada", "POST", "/annotations/", r.body)
	s.want(again, http.StatusCreated)
	if again.json["id"] == location || again.json["canonical"] != r.json["canonical"] {
		t.Errorf("posted again it is %s", again.body)
	}
}

// 5.2: a server may ignore a Slug. This one does: whether a name is free would
// tell of annotations that the asker may not read.
func TestProtocol52Slug(t *testing.T) {
	s := newSite(t)
	r := s.request("ada", "POST", "/annotations/", on("matter of all harbours", public), "Slug", "my_first_annotation")
	s.want(r, http.StatusCreated)
	if strings.Contains(r.header.Get("Location"), "my_first") {
		t.Errorf("Location %s", r.header.Get("Location"))
	}
}

func TestProtocol53Update(t *testing.T) {
	s := newSite(t)
	created := s.request("ada", "POST", "/annotations/", on("matter of all harbours", `"via":"https://notes.example/6","x:unknown":[1],`+public))
	address, tag := created.header.Get("Location"), created.header.Get("ETag")
	changed := strings.Replace(created.body, "Mind this.", "Mind that.", 1)

	if r := s.request("ada", "PUT", address, changed, "If-Match", `"another"`); r.status != http.StatusPreconditionFailed {
		t.Errorf("If-Match of another state: status %d", r.status)
	}
	updated := s.request("ada", "PUT", address, changed, "If-Match", tag)
	s.want(updated, http.StatusOK)
	if !strings.Contains(updated.body, "Mind that.") || updated.header.Get("ETag") == tag || updated.json["id"] != address {
		t.Errorf("updated it is %s, ETag %s", updated.body, updated.header.Get("ETag"))
	}
	if diff := cmp.Diff(created.json["x:unknown"], updated.json["x:unknown"]); diff != "" {
		t.Error(diff)
	}
	if r := s.request("ada", "PUT", address, changed, "If-Match", tag); r.status != http.StatusPreconditionFailed {
		t.Errorf("If-Match of the state before: status %d", r.status)
	}
	// The body is the whole new state: what it leaves out is gone.
	whole := s.request("ada", "PUT", address, on("matter of all harbours", `"bodyValue":"Other.",`), "If-Match", "*")
	s.want(whole, http.StatusOK)
	if whole.json["x:unknown"] != nil || whole.json["via"] != "https://notes.example/6" || whole.json["bodyValue"] != "Other." {
		t.Errorf("replaced it is %s", whole.body)
	}
	for name, test := range map[string]string{
		"via":       `"via":"https://notes.example/8",`,
		"canonical": `"canonical":"urn:uuid:1",`,
		"id":        `"id":"` + s.URL + `/annotations/other",`,
	} {
		if r := s.request("ada", "PUT", address, on("matter of all harbours", test+`"bodyValue":"x",`)); r.status != http.StatusConflict {
			t.Errorf("another %s: status %d: %s", name, r.status, r.body)
		}
	}
	if r := s.request("bo", "PUT", address, changed); r.status != http.StatusForbidden {
		t.Errorf("somebody else: status %d", r.status)
	}
	if r := s.request("stranger", "PUT", address, changed); r.status != http.StatusUnauthorized || r.header.Get("WWW-Authenticate") == "" {
		t.Errorf("a stranger: status %d", r.status)
	}
}

func TestProtocol54Delete(t *testing.T) {
	s := newSite(t)
	created := s.request("ada", "POST", "/annotations/", on("matter of all harbours", public))
	address := created.header.Get("Location")
	if r := s.request("ada", "DELETE", address, "", "If-Match", `"another"`); r.status != http.StatusPreconditionFailed {
		t.Errorf("If-Match of another state: status %d", r.status)
	}
	s.want(s.request("ada", "DELETE", address, "", "If-Match", created.header.Get("ETag")), http.StatusNoContent)
	for _, method := range []string{"GET", "HEAD", "DELETE"} {
		if r := s.request("ada", method, address, ""); r.status != http.StatusGone {
			t.Errorf("%s of what was deleted: status %d", method, r.status)
		}
	}
	if r := s.request("stranger", "GET", "/annotations/", "", "Prefer", asIRIs); strings.Contains(r.body, address) || r.json["total"] != 0.0 {
		t.Errorf("the container still has it: %s", r.body)
	}
	private := s.take("ada", on("matter of all harbours", `"bodyValue":"mine",`))
	s.request("ada", "DELETE", private, "")
	if r := s.request("bo", "GET", private, ""); r.status != http.StatusNotFound {
		t.Errorf("what was private and deleted, for others: status %d", r.status)
	}
}

func TestProtocol6Errors(t *testing.T) {
	s := newSite(t)
	for name, test := range map[string]struct {
		body, contentType string
		status            int
		reason            string
	}{
		"not JSON":          {`{`, linkedData, 400, "not JSON"},
		"no annotation":     {`{"type":"Person"}`, linkedData, 400, "not Annotation"},
		"no target":         {`{"type":"Annotation"}`, linkedData, 400, "0 targets"},
		"another type":      {on("x", ""), "text/turtle", 415, "application/ld+json"},
		"no such document":  {`{"type":"Annotation","bodyValue":"x","target":"urn:glossator:document:x"}`, linkedData, 422, "no document"},
		"no such version":   {`{"type":"Annotation","bodyValue":"x","target":"urn:glossator:version:x"}`, linkedData, 404, "no version"},
		"nowhere":           {`{"type":"Annotation","bodyValue":"x","target":"https://law.example/x"}`, linkedData, 422, "No text here comes from"},
		"words not there":   {on("matter of all lighthouses", `"bodyValue":"x",`), linkedData, 422, "the nearest words there are"},
		"words twice":       {on("the", `"bodyValue":"x",`), linkedData, 422, "several times"},
		"only an XPath":     {`{"type":"Annotation","bodyValue":"x","target":{"source":"urn:glossator:document:harbour-accord","selector":{"type":"XPathSelector","value":"/p"}}}`, linkedData, 422, "no selector"},
		"of two documents":  {`{"type":"Annotation","bodyValue":"x","target":["urn:glossator:document:harbour-accord","urn:glossator:document:lighthouse-declaration"]}`, linkedData, 422, "several versions"},
		"answers nothing":   {`{"type":"Annotation","bodyValue":"x","target":"` + s.URL + `/annotations/x"}`, linkedData, 404, "no annotation"},
		"no such concept":   {on("matter of all harbours", `"body":{"id":"urn:glossator:concept:x","purpose":"tagging"},`), linkedData, 404, "no concept"},
		"too many nestings": {on("x", `"body":`+strings.Repeat(`{"items":`, 50)+`1`+strings.Repeat(`}`, 50)+`,`), linkedData, 400, "nested"},
	} {
		r := s.request("ada", "POST", "/annotations/", test.body, "Content-Type", test.contentType)
		if r.status != test.status || !strings.Contains(r.body, test.reason) {
			t.Errorf("%s: status %d, want %d and %q: %s", name, r.status, test.status, test.reason, r.body)
		}
	}
	if r := s.request("stranger", "POST", "/annotations/", on("matter of all harbours", public)); r.status != http.StatusUnauthorized {
		t.Errorf("a stranger: status %d", r.status)
	}
	if r := s.request("ada", "PATCH", "/annotations/x", "{}"); r.status != http.StatusMethodNotAllowed {
		t.Errorf("PATCH: status %d", r.status)
	}
}

// Pages of other sites may read what a stranger may, and nothing else.
func TestProtocolCORS(t *testing.T) {
	s := newSite(t)
	address := s.take("ada", on("matter of all harbours", public))
	const other = "https://pages.example"
	for _, path := range []string{"/annotations/", address} {
		r := s.request("stranger", "GET", path, "", "Origin", other)
		if r.header.Get("Access-Control-Allow-Origin") != "*" || r.header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %v", path, r.header)
		}
		if !strings.Contains(r.header.Get("Access-Control-Expose-Headers"), "ETag") {
			t.Errorf("%s exposes %s", path, r.header.Get("Access-Control-Expose-Headers"))
		}
		flight := s.request("stranger", "OPTIONS", path, "", "Origin", other, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization")
		if got := flight.header.Get("Access-Control-Allow-Methods"); got != "GET, HEAD, OPTIONS" {
			t.Errorf("%s allows %s", path, got)
		}
		if got := flight.header.Get("Access-Control-Allow-Headers"); strings.Contains(strings.ToLower(got), "authorization") || !strings.Contains(got, "Prefer") {
			t.Errorf("%s allows the headers %s", path, got)
		}
	}
	// A page of another site cannot make a browser write with its cookie.
	s.post("browser", "/api/session", `{"name": "ada", "password": "`+password+`"}`)
	request, err := http.NewRequest(http.MethodDelete, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", other)
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	response := s.ask("browser", request)
	defer response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("a write by a cookie from elsewhere: status %d", response.StatusCode)
	}
}
