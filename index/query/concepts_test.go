package query_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/index/query"
)

func TestConcepts(t *testing.T) {
	concepts := query.NewConcepts([]query.Concept{
		{ID: "o", Label: "offences", Aliases: []string{"crimes"}},
		{ID: "a", Label: "Illegal access", Aliases: []string{"hacking"}, Broader: "o"},
		{ID: "w", Label: "war driving", Broader: "a"},
		{ID: "s", Label: "sovereignty"},
		{ID: "o2", Label: "Offences", Aliases: []string{"wrongs"}},
		{ID: "t", Label: "trespass", Broader: "o2"},
	})
	for _, test := range []struct {
		typed    string
		narrower bool
		want     string
		added    []string
	}{
		{"offences", true, "offences", nil},
		{"concept:sovereignty", true, "concept:sovereignty", nil},
		{"concept:unheard", true, "concept:unheard", nil},
		{"concept:HACKING", false, `concept:(HACKING OR "Illegal access")`, []string{`concept:"Illegal access"`}},
		{"concept:hacking data", true, `concept:(hacking OR "Illegal access" OR "war driving") data`,
			[]string{`concept:"Illegal access"`, `concept:"war driving"`}},
		{"concept:offences", true, `concept:(offences OR "Illegal access" OR "trespass" OR "war driving")`,
			[]string{`concept:"Illegal access"`, `concept:"trespass"`, `concept:"war driving"`}},
		{"concept:crimes", true, `concept:(crimes OR "offences" OR "Illegal access" OR "war driving")`,
			[]string{`concept:"offences"`, `concept:"Illegal access"`, `concept:"war driving"`}},
		{"concept:offences", false, "concept:offences", nil},
		{"concept:cri*", false, `concept:(cri* OR "offences")`, []string{`concept:"offences"`}},
		{"concept:ill*", true, `concept:(ill* OR "war driving")`, []string{`concept:"war driving"`}},
		{"-concept:hacking", false, `-concept:(hacking OR "Illegal access")`, []string{`concept:"Illegal access"`}},
		{"concept:hacking OR note:x", false, `concept:hacking OR concept:"Illegal access" OR note:x`, []string{`concept:"Illegal access"`}},
	} {
		q, err := query.Parse(test.typed)
		if err != nil {
			t.Fatal(err)
		}
		want, err := query.Parse(test.want)
		if err != nil {
			t.Fatal(err)
		}
		got, added := concepts.Expand(q, test.narrower)
		if got.String() != want.String() {
			t.Errorf("%s: %s; want %s", test.typed, got, want)
		}
		if len(query.Clauses(got)) != len(query.Clauses(q)) {
			t.Errorf("%s: %d clauses became %d", test.typed, len(query.Clauses(q)), len(query.Clauses(got)))
		}
		if diff := cmp.Diff(test.added, added); diff != "" {
			t.Errorf("%s: added (-want +got):\n%s", test.typed, diff)
		}
	}
}
