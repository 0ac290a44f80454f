package index

import "testing"

func TestParties(t *testing.T) {
	kinds := map[string]int{}
	for _, p := range Parties() {
		kinds[p.Kind]++
		if (p.Kind == Former) != (p.Until > 0) {
			t.Errorf("%s is %s, and was withdrawn in %d", p.Code, p.Kind, p.Until)
		}
		if p.Kind != Organisation && len(p.Code) != 3 {
			t.Errorf("%s is not an alpha-3 code", p.Code)
		}
	}
	if n := kinds[State] + kinds[Territory]; n != 249 {
		t.Errorf("%d entries of ISO 3166-1, the standard has 249", n)
	}
	if kinds[Former] < 29 || kinds[Organisation] < 20 {
		t.Errorf("kinds: %v", kinds)
	}
}

func TestPartyCode(t *testing.T) {
	for name, want := range map[string]string{
		"FRA": "FRA", "fra": "FRA", "France": "FRA", "Republic of Korea": "KOR", "South Korea": "KOR",
		"Korea, Republic of": "KOR", "the Democratic People's Republic of Korea": "PRK", "Democratic People’s Republic of Korea": "PRK",
		"USA": "USA", "U.S.A.": "USA", "United States of America": "USA", "UK": "GBR", "Türkiye": "TUR", "turkey": "TUR",
		"Cote d'Ivoire": "CIV", "Ivory Coast": "CIV", "USSR": "SUN", "Soviet Union": "SUN", "East Germany": "DDR", "Yugoslavia": "YUG",
		"European Union": "EU", "European Community": "EU", "The Netherlands": "NLD", "St. Lucia": "LCA", "Viet Nam": "VNM", "Vietnam": "VNM",
		" Atlantis  Minor ": "Atlantis Minor", "": "", "Bosnia & Herzegovina": "BIH", "Guinea-Bissau": "GNB", "Kosovo": "XKX",
	} {
		if got := PartyCode(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	if got := PartyName("SUN"); got != "Soviet Union" {
		t.Errorf("SUN is %q", got)
	}
	if got := PartyName("QQQ"); got != "QQQ" {
		t.Errorf("QQQ is %q", got)
	}
}

func TestSearchParties(t *testing.T) {
	for text, want := range map[string]string{
		"kor": "KOR", "republic of korea": "KOR", "sov": "SUN", "guinea": "GIN", "us": "USA", "chi": "CHL", "congo dem": "COD", "dutch": "SXM",
	} {
		if got := SearchParties(text, 5); len(got) == 0 || got[0].Code != want {
			t.Errorf("%q finds %v, want %s first", text, got, want)
		}
	}
	if got := SearchParties("", 400); len(got) != len(Parties()) {
		t.Errorf("no words find %d", len(got))
	}
	if got := SearchParties("atlantis", 5); got == nil || len(got) != 0 {
		t.Errorf("nobody is %v", got)
	}
}
