package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOver(t *testing.T) {
	known := Document{ID: "a", Title: "Agreement on the River", Kind: Treaty, Organisation: "River Commission", Parties: []string{"AUT", "HUN"}, Signed: "1921"}
	for _, test := range []struct {
		name        string
		given, want Document
	}{
		{"nothing said", Document{ID: "a"}, known},
		{"said goes before known",
			Document{ID: "a", Title: "Ferries", Parties: []string{"AUT"}},
			Document{ID: "a", Title: "Ferries", Kind: Treaty, Organisation: "River Commission", Parties: []string{"AUT"}, Signed: "1921"}},
		{"guessed gives way",
			Document{ID: "a", Title: "river", Kind: Commentary, Guessed: Guessed{Title: true, Kind: true}, Signed: "1922"},
			Document{ID: "a", Title: "Agreement on the River", Kind: Treaty, Organisation: "River Commission", Parties: []string{"AUT", "HUN"}, Signed: "1922"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.given.Over(known)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	guess := Document{ID: "b", Title: "b", Guessed: Guessed{Title: true}}
	if got := guess.Over(Document{}); !cmp.Equal(got, guess) {
		t.Errorf("over nothing: %+v", got)
	}
}
