package importer

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"glossator/index"
)

// TestPinpointsLeadBack writes the pinpoint of every provision of the corpora, of
// every fortieth of the trade agreements, reads it as a citation and follows it: it
// leads to the same provision. An article without a number is cited as what is
// around it.
func TestPinpointsLeadBack(t *testing.T) {
	all, back := map[string]int{}, map[string]int{}
	for _, name := range []string{"cyber", "akn", "tota"} {
		for n, v := range importAll(t, corpus(t, name)).versions {
			if name == "tota" && n%40 != 0 {
				continue
			}
			for i, pinpoint := range v.Pinpoints() {
				kind := v.Provisions[i].Kind
				all[kind]++
				if leadsBack(v, i, pinpoint) {
					back[kind]++
				} else {
					t.Logf("%s: %s (%s) does not lead back", v.Source, pinpoint, v.Provisions[i].ID)
				}
			}
		}
	}
	total, good := 0, 0
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		fmt.Printf("%-10s %6d of %6d\n", kind, back[kind], all[kind])
		total, good = total+all[kind], good+back[kind]
	}
	if good*10_000 < total*9_999 {
		t.Errorf("%d of %d pinpoints lead back, but all are to, but for one in ten thousand", good, total)
	}
}

func leadsBack(v index.Version, i int, pinpoint string) bool {
	cited := index.ParseCitation(pinpoint)
	if cited.Name != "" || cited.Range || len(cited.Steps) == 0 {
		return false
	}
	place := v.Locate(cited.Steps, "It")
	if p := v.Provisions[i]; p.Kind == index.Article && p.Number == "" {
		i = p.Parent
	}
	return place.Provision == i && place.Missing == ""
}
