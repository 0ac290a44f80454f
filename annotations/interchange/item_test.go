package interchange

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// taken is what a server makes of a record that was read: its concepts have ids
// and it stands in a version.
func taken(t *testing.T, item string) Record {
	t.Helper()
	r, err := ReadItem([]byte(item))
	if err != nil {
		t.Fatalf("%v: %s", err, item)
	}
	if len(r.Pointers) == 0 {
		r.Settle()
		return r
	}
	for i := range r.Concepts {
		if r.Concepts[i] == "" {
			r.Concepts[i] = "id-of-" + r.Labels[i]
		}
	}
	r.ID, r.Address = "n1", "https://glossator.example/annotations/n1"
	r.Version, r.Document, r.Creator, r.Created = "v1", "accord", "u1", 1_700_000_000_000
	for i := range r.Pointers {
		place := annotations.Target{Start: 9 * i, End: 9*i + 4, Exact: "keys"}
		if i == 0 {
			r.Target = place
		} else {
			r.More = append(r.More, place)
		}
	}
	r.Settle()
	return r
}

func written(t *testing.T, r Record) map[string]any {
	t.Helper()
	item, err := WriteItem(r)
	if err != nil {
		t.Fatal(err)
	}
	var found map[string]any
	if err := json.Unmarshal(item, &found); err != nil {
		t.Fatal(err)
	}
	return found
}

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	var found map[string]any
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return found
}

// An author writes random annotations with what the model allows and what it
// does not know.
type author struct{ *rand.Rand }

func (a author) word() string {
	words := []string{"keys", "harbour", "register", "网络", "😀 light", "a \"quoted\" word", "x<y"}
	return words[a.IntN(len(words))]
}

func (a author) one(of ...string) string { return of[a.IntN(len(of))] }

// some writes up to n things as a list, or one as it is.
func (a author) some(n int, of func() string) string {
	count := 1 + a.IntN(n)
	if count == 1 && a.IntN(2) == 0 {
		return of()
	}
	var all []string
	for range count {
		all = append(all, of())
	}
	return "[" + strings.Join(all, ",") + "]"
}

func (a author) quoted(text string) string { return string(mustEncode(text)) }

// unknown writes properties that no model has, each after a comma.
func (a author) unknown() string {
	found := ""
	for i := range a.IntN(3) {
		value := a.one(`1.50`, `null`, `true`, `{"deep":[1,{"er":null}]}`, a.quoted(a.word()), `[]`, `123456789012345678901234567890`)
		found += fmt.Sprintf(`,"x:%d":%s`, i, value)
	}
	return found
}

func (a author) body() string {
	word := a.quoted(a.word())
	return a.one(
		`{"type":"TextualBody","purpose":"tagging","value":`+word+a.unknown()+`}`,
		`{"id":"urn:glossator:concept:c1","type":"TextualBody","purpose":["tagging","linking"]`+a.unknown()+`}`,
		`{"type":"TextualBody","value":`+word+`,"format":"text/plain","language":["en","fr"]`+a.unknown()+`}`,
		`{"type":["TextualBody","x:Remark"],"value":`+word+`,"purpose":"describing","creator":{"name":`+word+`}`+a.unknown()+`}`,
		`{"type":"SpecificResource","source":"https://law.example/`+a.one("a", "b")+`","purpose":"linking"`+a.unknown()+`}`,
		`"https://law.example/x"`,
		`{"id":"https://law.example/film","type":"Video","format":"video/mp4"`+a.unknown()+`}`,
		`{"type":"Choice","items":[{"type":"TextualBody","value":`+word+a.unknown()+`},{"type":"TextualBody","value":"other"}]}`,
		`{"type":"Composite","items":[`+word+`,{"id":"urn:isbn:1"}]`+a.unknown()+`}`,
	)
}

func (a author) selector(depth int) string {
	word, refined := a.quoted(a.word()), ""
	if depth < 2 && a.IntN(3) == 0 {
		refined = `,"refinedBy":` + a.some(2, func() string { return a.selector(depth + 1) })
	}
	return a.one(
		`{"type":"TextQuoteSelector","exact":`+word+`,"prefix":`+word+refined+a.unknown()+`}`,
		`{"type":"TextPositionSelector","start":3,"end":7`+refined+a.unknown()+`}`,
		`{"type":"FragmentSelector","value":"art2","conformsTo":"http://tools.ietf.org/rfc/rfc3236"`+refined+a.unknown()+`}`,
		`{"type":"XPathSelector","value":"/html/body/p[2]"`+refined+`}`,
	)
}

func (a author) target() string {
	return a.one(
		a.quoted("https://law.example/accord#art2"),
		`{"id":"https://law.example/accord","type":"Text","language":"en"`+a.unknown()+`}`,
		`{"source":"https://law.example/accord","selector":`+a.some(3, func() string { return a.selector(0) })+
			`,"styleClass":"x","state":{"type":"TimeState","sourceDate":"2015-07-20T13:30:00Z"}`+a.unknown()+`}`,
		`{"source":{"id":"urn:glossator:version:v1","x:y":1},"selector":`+a.selector(0)+`}`,
	)
}

func (a author) annotation() string {
	item := `{"@context":` + a.one(`"http://www.w3.org/ns/anno.jsonld"`, `["http://www.w3.org/ns/anno.jsonld",{"x":"https://law.example/terms#"}]`)
	item += `,"type":` + a.one(`"Annotation"`, `["Annotation","x:Remark"]`) + `,"target":` + a.some(3, a.target)
	item += a.one("", `,"body":`+a.some(4, a.body), `,"bodyValue":`+a.quoted(a.word()))
	item += a.one("", `,"motivation":`+a.one(`"tagging"`, `"linking"`, `["highlighting","x:wondering"]`, `"replying"`))
	item += a.one("", `,"creator":`+a.one(`"https://people.example/eve"`, `{"id":"https://people.example/eve","type":"Person","name":["Eve","E."]}`, `[{"name":"Eve"}]`))
	item += a.one("", `,"created":"2015-01-28T12:00:00Z"`) + a.one("", `,"generator":{"id":"https://tool.example","type":"Software"}`)
	item += a.one("", `,"rights":"https://creativecommons.org/licenses/by/4.0/"`) + a.one("", `,"audience":{"type":"x:Lawyers"}`)
	item += a.one("", `,"canonical":"urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df"`) + a.one("", `,"via":"https://notes.example/1"`)
	return item + a.unknown() + "}"
}

// TestItemGoesOutAsItCameIn is a property: whatever is in an annotation is
// written again as it was given, beside what the server adds, and what is
// written reads back as the same record.
func TestItemGoesOutAsItCameIn(t *testing.T) {
	a := author{rand.New(rand.NewPCG(5, 6))}
	for range 300 {
		item := a.annotation()
		r := taken(t, item)
		got := written(t, r)
		for name, want := range decoded(t, item) {
			if name == "@context" {
				continue // ours is added
			}
			if diff := cmp.Diff(want, got[name]); diff != "" {
				t.Fatalf("%s: -given +written\n%s\n%s", name, diff, item)
			}
		}
		text, err := WriteItem(r)
		if err != nil {
			t.Fatal(err)
		}
		back := taken(t, string(text))
		r.Modified = back.Modified
		if diff := cmp.Diff(r, back); diff != "" {
			t.Fatalf("-record +read back\n%s\n%s\n%s", diff, item, text)
		}
	}
}

const givenItem = `{"type":"Annotation","motivation":"describing","x:y":1,
	"body":[{"type":"TextualBody","purpose":"tagging","value":"keys","x:y":2},{"type":"TextualBody","value":"Mind this.","language":"en"},{"id":"https://law.example/film","type":"Video"}],
	"target":{"source":"https://law.example/accord","selector":{"type":"TextQuoteSelector","exact":"keys"}}}`

// What was changed since is written in our words, what was not as it was given.
func TestItemAfterAChange(t *testing.T) {
	generatedNote := map[string]any{"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": "Other."}
	given := decoded(t, givenItem)["body"].([]any)
	for name, test := range map[string]struct {
		change func(r *Record)
		body   []any
		target bool // whether it is as it was given
	}{
		"nothing": {func(*Record) {}, given, true},
		"the note": {func(r *Record) { r.Note = "Other." },
			[]any{given[0], given[2], generatedNote}, true},
		"no note":     {func(r *Record) { r.Note = "" }, []any{given[0], given[2]}, true},
		"the concept": {func(r *Record) { r.Concepts = []string{} }, []any{given[1], given[2]}, true},
		"one more concept": {func(r *Record) { r.Concepts, r.Labels = append(r.Concepts, "c2"), append(r.Labels, "two") },
			append(slices.Clone(given), map[string]any{"id": "urn:glossator:concept:c2", "type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": "two"}), true},
		"the place": {func(r *Record) { r.Target.End++ }, given, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := taken(t, givenItem)
			test.change(&r)
			got := written(t, r)
			if diff := cmp.Diff(test.body, got["body"]); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if asGiven := cmp.Equal(decoded(t, givenItem)["target"], got["target"]); asGiven != test.target {
				t.Errorf("the target as it was given: %v, want %v: %v", asGiven, test.target, got["target"])
			}
			if got["x:y"] != 1.0 {
				t.Errorf("an unknown property is %v", got["x:y"])
			}
		})
	}
}

func TestNoteOfBodies(t *testing.T) {
	for name, test := range map[string]struct{ body, note string }{
		"text":         {`"body":{"type":"TextualBody","value":"Mind this."}`, "Mind this."},
		"bodyValue":    {`"bodyValue":"Mind this."`, "Mind this."},
		"several":      {`"body":[{"value":"One"},{"value":"Two"}]`, "One\n\nTwo"},
		"a link":       {`"body":"https://law.example/a"`, "https://law.example/a"},
		"a choice":     {`"body":{"type":"Choice","items":[{"value":"One"},{"value":"Un"}]}`, "One"},
		"a composite":  {`"body":{"type":"Composite","items":[{"value":"One"},{"value":"Two"}]}`, "One\n\nTwo"},
		"not for eyes": {`"body":{"id":"urn:isbn:1","type":"Text"}`, ""},
		"HTML": {`"body":{"value":"<p>One <b>two</b></p><script>steal()</script><p onclick=x>three<br>four <a href=\"javascript:x\">five</a></p>","format":"text/html"}`,
			"One **two**\n\nthree\nfour five"},
		"a tag alone": {`"body":{"purpose":"tagging","value":"keys"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := taken(t, `{"type":"Annotation","target":"https://law.example/a",`+test.body+`}`)
			if r.Note != test.note {
				t.Errorf("the note is %q, want %q", r.Note, test.note)
			}
			if text, _ := WriteItem(r); strings.Contains(string(text), "<script") || strings.Contains(string(text), "onclick") {
				t.Errorf("HTML goes out: %s", text)
			}
		})
	}
}

func TestFromHTML(t *testing.T) {
	for html, want := range map[string]string{
		"plain":                               "plain",
		"<ul><li>one<li>two</ul>":             "- one\n\n- two",
		"a <em>b</em> <code>c</code>":         "a *b* `c`",
		"<a href='https://law.example'>x</a>": "[x](https://law.example)",
		"<a href='//law.example'>x</a>":       "x",
		"<img src=x onerror=alert(1)>seen":    "seen",
		"  <p>  spaced \n out </p> ":          "spaced out",
		"&lt;b&gt;":                           "<b>",
		strings.Repeat("<i>", 100_000) + "x":  "********x********",
		strings.Repeat("<b>x</b>", 100_000):   strings.Repeat("**x**", 100_000),
	} {
		if got := FromHTML(html); got != want {
			t.Errorf("%.60s: %q, want %q", html, got, want)
		}
	}
}

// A reply's target is what it answers, and a document note's the document.
func TestItemsWithoutAStretch(t *testing.T) {
	reply := Record{Annotation: annotations.Annotation{
		ID: "n2", ReplyTo: "n1", Document: "accord", Version: "v1", Note: "No.", Visibility: annotations.Public, Concepts: []string{}, Creator: "u1", Modified: 1,
	}, Labels: []string{}, Address: "https://glossator.example/annotations/n2"}
	if got := written(t, reply); got["target"] != "https://glossator.example/annotations/n1" || !cmp.Equal(got["motivation"], []any{"replying"}) {
		t.Errorf("a reply is %v", got)
	}
	absent := Record{Annotation: annotations.Annotation{
		ID: "n3", Document: "accord", Version: "v1", Absent: true, Concepts: []string{"c1"}, Visibility: annotations.Public, Creator: "u1", Modified: 1,
	}, Labels: []string{"keys"}}
	if text := string(mustEncode(written(t, absent))); strings.Contains(text, "tagging") || strings.Contains(text, "selector") {
		t.Errorf("what a document has nothing on looks like a tag: %s", text)
	}
	for _, r := range []Record{reply, absent} {
		text, err := WriteItem(r)
		if err != nil {
			t.Fatal(err)
		}
		back := taken(t, string(text))
		r.Document, r.Version = back.Document, back.Version // a reply has those of its root
		if diff := cmp.Diff(r, back); diff != "" {
			t.Errorf("-written +read\n%s", diff)
		}
	}
}
