package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/index/importer"
)

// A word that stands in few passages may be misspelt there, too: where a query
// finds nothing, the common word beside it is offered.
func TestRareSpelling(t *testing.T) {
	s := newSite(t)
	text := "# Rules of the Quay\n" + strings.Repeat("\n## Article\n\nThe lantern is lit.\n", 5) + "\n## Article\n\nA lamtern is bought.\n"
	document, versions, err := importer.Parse("quay.md", []byte(text), importer.Metadata{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.store.PutDocument(t.Context(), document, versions); err != nil {
		t.Fatal(err)
	}
	s.catchUp()
	type suggestion struct {
		Query    string
		Passages int
	}
	for _, test := range []struct {
		query string
		want  []suggestion
	}{
		{"lamtern", nil},
		{"lamtern+AND+lit", []suggestion{{"lantern lit", 5}}},
		{"lantern+AND+bought", nil},
	} {
		_, body := s.get("stranger", "/api/search?q="+test.query)
		var answer struct{ Suggestions []suggestion }
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, answer.Suggestions, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.query, diff)
		}
	}
}
