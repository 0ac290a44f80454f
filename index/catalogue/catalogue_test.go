package catalogue

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"glossator/index"
)

// required are the instruments that an empty install must know.
var required = []string{
	"au-malabo-convention-2014",
	"cis-2001-computer-information-agreement",
	"coe-cets224-second-additional-protocol",
	"coe-ets185-budapest-convention",
	"coe-ets185-explanatory-report",
	"coe-ets189-additional-protocol",
	"coe-ets189-explanatory-report",
	"ecowas-2011-cybercrime-directive",
	"las-2010-arab-convention",
	"nato-cyber-defence-pledge-2016",
	"nato-wales-summit-declaration-2014",
	"paris-call-2018",
	"rus-chn-2015-information-security-agreement",
	"sco-2009-information-security-agreement",
	"un-code-of-conduct-2011",
	"un-code-of-conduct-2015",
	"un-cybercrime-convention-2024",
	"un-gge-report-2013",
	"un-gge-report-2015",
	"un-gge-report-2021",
}

func TestInstruments(t *testing.T) {
	instruments := Instruments()
	byID := map[string]index.Document{}
	for _, d := range instruments {
		byID[d.ID] = d
	}
	for _, id := range required {
		if _, ok := byID[id]; !ok {
			t.Errorf("%s is missing", id)
		}
	}
	if !slices.IsSortedFunc(instruments, func(a, b index.Document) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the instruments are not sorted by id")
	}
	if len(byID) != len(instruments) {
		t.Errorf("%d instruments share %d ids", len(instruments), len(byID))
	}
	for _, d := range instruments {
		t.Run(d.ID, func(t *testing.T) {
			checkFacts(t, d)
			if _, ok := byID[d.About]; d.About != "" && !ok {
				t.Errorf("it is about %q, which is not an instrument", d.About)
			}
		})
	}
}

var slug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// checkFacts holds for an instrument and for its digest.
func checkFacts(t *testing.T, d index.Document) {
	t.Helper()
	if !slug.MatchString(d.ID) {
		t.Errorf("the id %q is not a slug", d.ID)
	}
	if d.Title == "" {
		t.Error("it has no title")
	}
	kinds := []string{
		index.Treaty, index.Declaration, index.Directive, index.Resolution, index.CodeOfConduct, index.Commentary,
	}
	if !slices.Contains(kinds, d.Kind) {
		t.Errorf("the kind is %q", d.Kind)
	}
	if d.Year() == 0 {
		t.Error("no date is known")
	}
	for _, date := range []string{d.Adopted, d.Signed, d.InForce, d.Ended} {
		if !wellFormed(date) {
			t.Errorf("%q is not a date", date)
		}
	}
	if !slices.IsSorted([]string{d.Adopted, max(d.Adopted, d.Signed), max(d.Adopted, d.Signed, d.InForce)}) ||
		d.InForce != "" && d.InForce < max(d.Adopted, d.Signed) {
		t.Errorf("adopted %q, signed %q, in force %q: out of order", d.Adopted, d.Signed, d.InForce)
	}
	for i, party := range d.Parties {
		region, err := language.ParseRegion(party)
		if err != nil || region.ISO3() != party || !region.IsCountry() {
			t.Errorf("the party %q is not a country in ISO 3166-1 alpha-3", party)
		}
		if slices.Contains(d.Parties[:i], party) {
			t.Errorf("the party %s occurs twice", party)
		}
	}
	if address, err := url.Parse(d.Address); d.Address != "" && (err != nil || address.Scheme != "https" || address.Host == "") {
		t.Errorf("the address is %q", d.Address)
	}
	for i, alias := range d.Aliases {
		if alias == "" || slices.Contains(d.Aliases[:i], alias) {
			t.Errorf("the alias %q is empty or occurs twice", alias)
		}
	}
}

func wellFormed(date string) bool {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(layout, date); err == nil {
			return true
		}
	}
	return date == ""
}

func TestAliasesTellInstrumentsApart(t *testing.T) {
	owner := map[string]string{}
	for _, d := range Instruments() {
		names := append([]string{d.Title}, d.Aliases...)
		if d.ShortTitle != "" && !slices.Contains(names, d.ShortTitle) {
			names = append(names, d.ShortTitle)
		}
		for _, name := range names {
			if other := owner[name]; other != "" && other != d.ID {
				t.Errorf("%q names both %s and %s", name, other, d.ID)
			}
			owner[name] = d.ID
		}
	}
}

func TestComplete(t *testing.T) {
	var malabo index.Document
	for _, d := range Instruments() {
		if d.ID == "au-malabo-convention-2014" {
			malabo = d
		}
	}
	partial := malabo
	partial.ID = "partial-au-malabo-convention-2014"
	own := malabo
	own.Title, own.Kind, own.InForce, own.Parties = "My copy", "commentary", "2001", []string{"FRA"}
	tests := []struct {
		name       string
		have, want index.Document
	}{
		{"all empty", index.Document{ID: malabo.ID}, malabo},
		{"by another id", index.Document{ID: partial.ID}, partial},
		{
			"nothing overwritten",
			index.Document{ID: malabo.ID, Title: "My copy", Kind: "commentary", InForce: "2001", Parties: []string{"FRA"}},
			own,
		},
		{"not known", index.Document{ID: "unheard-of", Title: "T"}, index.Document{ID: "unheard-of", Title: "T"}},
		{"no id", index.Document{}, index.Document{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := test.have
			Complete(&got)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestCompleteGivesNothingAway(t *testing.T) {
	first := index.Document{ID: "coe-ets185-budapest-convention"}
	Complete(&first)
	first.Parties[0], first.Aliases[0] = "ZZZ", "changed"
	second := index.Document{ID: first.ID}
	Complete(&second)
	if second.Parties[0] == "ZZZ" || second.Aliases[0] == "changed" {
		t.Error("changing a completed document changed the catalogue")
	}
}

func TestTexts(t *testing.T) {
	seen := map[string]bool{}
	for _, text := range Texts() {
		address, err := url.Parse(text.Address)
		if err != nil || address.Scheme != "https" || address.Host == "" {
			t.Errorf("%s: the address of its text is %q", text.Document, text.Address)
		}
		if _, err := language.Parse(text.Language); err != nil {
			t.Errorf("%s: a text is in %q", text.Document, text.Language)
		}
		if seen[text.Address] {
			t.Errorf("%s: the address %s is of two texts", text.Document, text.Address)
		}
		seen[text.Address] = true
		if _, ok := Find(text.Document); !ok {
			t.Errorf("there is no instrument %s", text.Document)
		}
	}
	if len(seen) < 30 {
		t.Errorf("%d texts have an address", len(seen))
	}
}

func TestFind(t *testing.T) {
	for name, want := range map[string]string{
		"coe-ets185-budapest-convention": "coe-ets185-budapest-convention", "budapest convention": "coe-ets185-budapest-convention",
		"ETS 185": "coe-ets185-budapest-convention", "partial-au-malabo-convention-2014": "au-malabo-convention-2014", "nothing": "",
	} {
		if d, ok := Find(name); d.ID != want || ok != (want != "") {
			t.Errorf("%q is %q", name, d.ID)
		}
	}
}
