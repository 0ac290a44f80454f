package interchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/annotations"
)

func TestSKOSRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 5))
	for _, f := range []struct {
		name  string
		write func(io.Writer, *Codebook) error
	}{{"Turtle", WriteTurtle}, {"JSON-LD", WriteSKOSLD}} {
		concepts := 0
		for range 300 {
			want := anyCodebook(random)
			concepts += len(want.Concepts)
			var out bytes.Buffer
			if err := f.write(&out, want); err != nil {
				t.Fatal(err)
			}
			text := out.String()
			got, err := ReadSKOS(&out, want.Language)
			if err != nil {
				t.Fatalf("%s: %v\n%s", f.name, err, text)
			}
			if diff := cmp.Diff(inOrder(want), inOrder(got)); diff != "" {
				t.Fatalf("%s: -written +read\n%s\n%s", f.name, diff, text)
			}
		}
		t.Logf("SKOS in %s: %d codebooks with %d concepts are read back the same", f.name, 300, concepts)
	}
}

// inOrder is a codebook with the order that RDF does not keep made the same.
func inOrder(c *Codebook) *Codebook {
	ordered := *c
	ordered.Concepts = slices.Clone(c.Concepts)
	slices.SortFunc(ordered.Concepts, func(a, b Concept) int { return strings.Compare(a.ID, b.ID) })
	for i := range ordered.Concepts {
		k := &ordered.Concepts[i]
		k.Aliases, k.Texts = slices.Sorted(slices.Values(k.Aliases)), slices.Sorted(slices.Values(k.Texts))
	}
	return &ordered
}

var letters = []rune("aZ9 \n\t\"'\\/<>&%:#?=é\u0301\u2028\u202e\u05d0\u0634网😀\u0000\u007f@.;,|-")

func anyText(random *rand.Rand, least int) string {
	var b strings.Builder
	for range least + random.IntN(14) {
		b.WriteRune(letters[random.IntN(len(letters))])
	}
	return b.String()
}

func anyCodebook(random *rand.Rand) *Codebook {
	c := &Codebook{Title: anyText(random, 1), Language: []string{"", "en", "fr-ca"}[random.IntN(3)]}
	if random.IntN(2) == 0 {
		c.ID = anyText(random, 1)
	}
	for i := range 1 + random.IntN(9) {
		k := Concept{Concept: annotations.Concept{
			ID: fmt.Sprint(anyText(random, 0), i), Label: fmt.Sprint(anyText(random, 1), i), Definition: anyText(random, 0), Include: anyText(random, 0),
			Exclude: anyText(random, 0), Family: random.IntN(9), Status: []string{annotations.Proposed, annotations.Accepted, annotations.Deprecated}[random.IntN(3)],
		}}
		if random.IntN(4) == 0 {
			k.Examples = []string{anyText(random, 1)}
		}
		for j := range random.IntN(3) {
			k.Aliases, k.Texts = append(k.Aliases, fmt.Sprint("alias", anyText(random, 1), j)), append(k.Texts, fmt.Sprint(anyText(random, 1), j))
		}
		if i > 0 && random.IntN(3) > 0 {
			k.Broader = c.Concepts[random.IntN(i)].ID
		}
		if i > 0 && k.Status == annotations.Deprecated {
			k.Replaced = c.Concepts[random.IntN(i)].ID
		}
		c.Concepts = append(c.Concepts, k)
	}
	return c
}

func TestQDCRoundTrip(t *testing.T) {
	want := &Codebook{Concepts: []Concept{
		{Concept: annotations.Concept{
			ID: "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294", Label: "tolls & dues", Definition: "What ships pay.\n\nFor <passage> alone.",
			Include: "Tonnage dues.", Exclude: "Fines.\nAnd salvage.", Family: 3, Status: annotations.Accepted, Aliases: []string{"péages", "رسوم"},
		}, Texts: []string{"A due of one coin 🪙", "No toll is taken."}},
		{Concept: annotations.Concept{
			ID: "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55295", Label: "salvage", Broader: "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294", Family: 8, Status: annotations.Deprecated,
			Replaced: "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294",
		}},
		{Concept: annotations.Concept{ID: "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55296", Label: "pilots", Status: annotations.Proposed}},
	}}
	var out bytes.Buffer
	if err := WriteQDC(&out, want); err != nil {
		t.Fatal(err)
	}
	conforms(t, "codebook", out.String())
	got, err := ReadQDC(&out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-written +read\n%s", diff)
	}
	if err := WriteQDC(io.Discard, &Codebook{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("an empty codebook: %v", err)
	}
}

// What is written conforms to the schema whatever is in it.
func TestQDCConforms(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for range 100 {
		var out bytes.Buffer
		if err := WriteQDC(&out, anyCodebook(random)); err != nil {
			t.Fatal(err)
		}
		conforms(t, "codebook", out.String())
	}
}

// Codebooks as other programs write them.
func TestReadCodebooksOfOthers(t *testing.T) {
	accepted := annotations.Accepted
	plain := []Concept{
		{Concept: annotations.Concept{ID: "A", Label: "harbour", Definition: "Where ships lie.", Status: accepted, Aliases: []string{"haven"}}},
		{Concept: annotations.Concept{ID: "B", Label: "quay", Broader: "A", Status: accepted}},
	}
	for _, c := range []struct {
		name, text string
		want       []Concept
		remarks    int
	}{
		{"Turtle with everything it allows", `PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
			@base <urn:glossator:concept:> . # where it is
			prefix : <urn:glossator:concept:>
			:A a skos:Concept ; skos:prefLabel 'harbour'@en , """Hafen"""@de-AT ; skos:altLabel "h\u0061ven"@en ;;
			  skos:definition [ <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "Where ships lie."@en ] ; skos:narrower <urn:glossator:concept:B> .
			[] a skos:Collection ; skos:member ( :A :B ) ; skos:notation 12.5 , true, "x"^^skos:y .
			:B skos:inScheme <s>; skos:prefLabel "quay" .`,
			[]Concept{also(plain[0], "Hafen", "haven"), plain[1]}, 0},
		{"N-Triples", `<urn:glossator:concept:A> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .
<urn:glossator:concept:A> <http://www.w3.org/2004/02/skos/core#prefLabel> "harbour"@en .
<urn:glossator:concept:A> <http://www.w3.org/2004/02/skos/core#altLabel> "haven"@en .
<urn:glossator:concept:A> <http://www.w3.org/2004/02/skos/core#definition> "Where ships lie."@en .
<urn:glossator:concept:B> <http://www.w3.org/2004/02/skos/core#broader> <urn:glossator:concept:A> .
<urn:glossator:concept:B> <http://www.w3.org/2004/02/skos/core#prefLabel> "quay"@en .
`, plain, 0},
		{"JSON-LD with a context elsewhere", `{"@context":"https://vocabularies.example/context.json","graph":[
			{"uri":"urn:glossator:concept:A","type":"skos:Concept","prefLabel":{"lang":"en","value":"harbour"},"altLabel":[{"lang":"en","value":"haven"}],
			 "definition":{"lang":"en","value":"Where ships lie."},"exactMatch":"https://other.example/1"},
			{"uri":"urn:glossator:concept:B","type":["skos:Concept"],"prefLabel":"quay","broader":["urn:glossator:concept:A"]}]}`, plain, 1},
		{"JSON-LD with languages as keys", `{"@context":{"@vocab":"http://www.w3.org/2004/02/skos/core#","@base":"urn:glossator:",
			"prefLabel":{"@container":"@language"},"altLabel":{"@container":"@language"},"broader":{"@type":"@id"},"under":{"@reverse":"broader"}},
			"@id":"urn:glossator:concept:A","@type":"Concept","prefLabel":{"en":"harbour"},"altLabel":{"en":["haven"]},"definition":"Where ships lie.",
			"under":{"@id":"urn:glossator:concept:B","prefLabel":{"fr":"quai","en":"quay"}}}`,
			[]Concept{plain[0], also(plain[1], "quai")}, 0},
		{"expanded JSON-LD", `[{"@id":"urn:glossator:concept:A","@type":["http://www.w3.org/2004/02/skos/core#Concept"],
			"http://www.w3.org/2004/02/skos/core#prefLabel":[{"@value":"harbour","@language":"en"}],
			"http://www.w3.org/2004/02/skos/core#altLabel":{"@set":[{"@value":"haven"}]},
			"http://www.w3.org/2004/02/skos/core#definition":[{"@value":"Where ships lie."}]},
			{"@id":"urn:glossator:concept:B","http://www.w3.org/2004/02/skos/core#broader":[{"@id":"urn:glossator:concept:A"}],
			"http://www.w3.org/2004/02/skos/core#prefLabel":[{"@value":"quay"}]}]`, plain, 0},
		{"a circle", `@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <urn:glossator:concept:> .
			:A skos:broader :B ; skos:prefLabel "harbour" . :B skos:broader :A, :C ; skos:prefLabel "quay" .`,
			[]Concept{{Concept: annotations.Concept{ID: "A", Label: "harbour", Status: accepted}}, plain[1]}, 2},
	} {
		got, err := ReadSKOS(strings.NewReader(c.text), "en")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if diff := cmp.Diff(c.want, got.Concepts, cmpopts.EquateEmpty()); diff != "" || len(got.Remarks) != c.remarks {
			t.Errorf("%s: %q, -want +got\n%s", c.name, got.Remarks, diff)
		}
	}
	for _, namespace := range []string{"urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:1:0", "urn:QDA-XML:codebook:0:4", ""} {
		text := "\ufeff" + `<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="` + namespace + `" origin="Elsewhere 1.2"><Codes>
			<Code guid="{1ff58b12-6f6f-4b0c-8be5-bbdc91f55294}" name="harbour" isCodable="false" color="#06b"><Description>Where ships lie.</Description>
			<Code guid="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55295" name="quay" isCodable="true"/></Code></Codes><Sets><Set name="x" guid="y"/></Sets></CodeBook>`
		want := []Concept{
			{Concept: annotations.Concept{ID: "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294", Label: "harbour", Definition: "Where ships lie.", Family: 1, Status: accepted}},
			{Concept: annotations.Concept{ID: "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55295", Label: "quay", Broader: "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294", Status: accepted}},
		}
		got, err := ReadQDC(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", namespace, err)
			continue
		}
		if diff := cmp.Diff(want, got.Concepts); diff != "" {
			t.Errorf("%s: -want +got\n%s", namespace, diff)
		}
	}
}

func also(k Concept, aliases ...string) Concept {
	k.Aliases = aliases
	return k
}

func TestReadCodebookRefuses(t *testing.T) {
	skos := `@prefix skos: <http://www.w3.org/2004/02/skos/core#> . `
	for text, reason := range map[string]string{
		"":                                             "no skos:Concept",
		"a note":                                       "where a name or a text should be",
		skos + "\n\n<a> skos:prefLabel \"x":            "line 3: a text has no end",
		skos + "<a> skos:prefLabel x:y .":              `the prefix "x:" is not declared`,
		skos + "<a> skos:prefLabel \"\\q\" .":          `\q stands for nothing`,
		skos + "<a> skos:prefLabel \"x\"":              `where "." should be`,
		skos + strings.Repeat("[ <p> ", 10000):         "inside one another too often",
		skos + "<a> <b> " + strings.Repeat("(", 10000): "inside one another too often",
		`{"@graph": [{}`:                               "the JSON cannot be read",
		strings.Repeat(`{"urn:x:y":`, 9000) + "1" + strings.Repeat("}", 9000): "inside one another too often",
		"\xff\xfe": "not in UTF-8",
	} {
		if _, err := ReadSKOS(strings.NewReader(text), "en"); !errors.Is(err, ErrFile) || !strings.Contains(err.Error(), reason) {
			t.Errorf("%.40q: %v, not %q", text, err, reason)
		}
	}
	for _, text := range []string{"", "<CodeBook/>", "<CodeBook><Codes>", "<Project/>", "{}"} {
		if _, err := ReadQDC(strings.NewReader(text)); !errors.Is(err, ErrFile) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzReadSKOS(f *testing.F) {
	f.Add(`@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <a> a skos:Concept ; skos:prefLabel "x"@en .`)
	f.Add(`{"@context":{"@vocab":"http://www.w3.org/2004/02/skos/core#"},"@id":"a","@type":"Concept","prefLabel":"x"}`)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ReadSKOS(strings.NewReader(text), "en")
		if err != nil {
			return
		}
		seen := map[string]bool{"": true}
		for _, k := range c.Concepts {
			if !seen[k.Broader] {
				t.Errorf("%q comes before the concept above it", k.ID)
			}
			seen[k.ID] = true
		}
	})
}
