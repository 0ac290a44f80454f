package api_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An author writes random annotations on the harbour accord.
type author struct {
	*rand.Rand
	site string
}

func (a author) one(of ...string) string { return of[a.IntN(len(of))] }

// some writes one, or a list of up to n.
func (a author) some(n int, of func() string) string {
	var all []string
	for range 1 + a.IntN(n) {
		all = append(all, of())
	}
	if len(all) == 1 && a.IntN(2) == 0 {
		return all[0]
	}
	return "[" + strings.Join(all, ",") + "]"
}

// unknown writes properties that nobody knows, each after a comma.
func (a author) unknown() string {
	found := ""
	for i := range a.IntN(3) {
		found += fmt.Sprintf(`,"x:%d":%s`, i, a.one(`1.5`, `null`, `{"deep":[1,{"er":null}]}`, `"<b>😀</b>"`, `[]`, `false`))
	}
	return found
}

func (a author) body() string {
	tag := a.one("Moorings", "ropes & chains", "港")
	return a.one(
		`{"type":"TextualBody","purpose":"tagging","value":"`+tag+`"`+a.unknown()+`}`,
		`{"type":"TextualBody","value":"Mind *this*.","language":["en","fr"]`+a.unknown()+`}`,
		`{"type":["TextualBody","x:Remark"],"value":"Why?","purpose":"questioning","creator":{"name":"Eve"}`+a.unknown()+`}`,
		`{"type":"SpecificResource","source":"https://law.example/a","purpose":"linking"`+a.unknown()+`}`,
		`"https://law.example/x"`,
		`{"type":"Choice","items":[{"type":"TextualBody","value":"One"`+a.unknown()+`},{"type":"Composite","items":["https://law.example/y"]}]}`,
		`{"id":"https://law.example/film","type":"Video"`+a.unknown()+`}`,
	)
}

func (a author) target() string {
	source := a.one(`"urn:glossator:document:harbour-accord"`, `"`+a.site+`/read/harbour-accord"`, `{"id":"`+a.site+`/read/harbour-accord#art2","x:y":1}`)
	return a.one(
		`"`+a.site+`/read/harbour-accord#`+a.one("art2", "art3")+`"`,
		`{"source":`+source+`,"selector":{"type":"TextQuoteSelector","exact":"matter of all harbours"`+a.unknown()+`}`+a.unknown()+`}`,
		`{"source":`+source+`,"selector":[{"type":"XPathSelector","value":"/p"},{"type":"FragmentSelector","value":"art2"}],"styleClass":"x"}`,
		`{"source":`+source+`,"selector":{"type":"FragmentSelector","value":"art2","refinedBy":{"type":"TextQuoteSelector","exact":"all"}}}`,
		`{"source":`+source+`,"selector":{"type":"TextQuoteSelector","exact":"matter of all harbours","refinedBy":{"type":"TextPositionSelector","start":10,"end":13}}}`,
	)
}

func (a author) annotation() string {
	item := `{"@context":"http://www.w3.org/ns/anno.jsonld","type":` + a.one(`"Annotation"`, `["Annotation","x:Remark"]`)
	item += `,"target":` + a.some(3, a.target) + a.one("", `,"body":`+a.some(4, a.body), `,"bodyValue":"Plain."`)
	item += a.one("", `,"motivation":`+a.one(`"linking"`, `["highlighting","x:wondering"]`, `"describing"`))
	item += a.one("", `,"creator":`+a.one(`"https://people.example/eve"`, `[{"type":"Person","name":["Eve"]}]`)) + a.one("", `,"created":"2015-01-28T12:00:00Z"`)
	item += a.one("", `,"generator":{"type":"Software","name":"x"}`) + a.one("", `,"rights":["https://law.example/licence"]`)
	item += a.one("", `,"canonical":"urn:uuid:1"`) + a.one("", `,"glossator:visibility":"public"`)
	return item + a.unknown() + "}"
}

// TestProtocolGivesBackWhatItTook is a property of the whole door: whatever is
// posted is read back as it was, beside what the server adds, from its address
// and from the container; and putting it there again changes nothing.
func TestProtocolGivesBackWhatItTook(t *testing.T) {
	s := newSite(t)
	a := author{rand.New(rand.NewPCG(7, 8)), s.URL}
	for range 60 {
		item := a.annotation()
		address := s.take("ada", item)
		read := s.request("ada", "GET", address, "")
		s.want(read, http.StatusOK)
		var given map[string]any
		if err := json.Unmarshal([]byte(item), &given); err != nil {
			t.Fatal(err)
		}
		delete(given, "@context")
		for name, want := range given {
			if diff := cmp.Diff(want, read.json[name]); diff != "" {
				t.Fatalf("%s: -posted +read\n%s\n%s", name, diff, item)
			}
		}
		again := s.request("ada", "PUT", address, read.body, "If-Match", read.header.Get("ETag"))
		s.want(again, http.StatusOK)
		for _, set := range []string{"modified", "glossator:number"} {
			delete(again.json, set)
			delete(read.json, set)
		}
		if diff := cmp.Diff(read.json, again.json); diff != "" {
			t.Fatalf("-read +put back\n%s\n%s", diff, item)
		}
	}
	container := s.request("ada", "GET", "/annotations/", "")
	for _, item := range container.json["first"].(map[string]any)["items"].([]any) {
		whole := item.(map[string]any)
		read := s.request("ada", "GET", whole["id"].(string), "")
		if diff := cmp.Diff(read.json, whole); diff != "" {
			t.Fatalf("-by itself +in the container\n%s", diff)
		}
	}
}
