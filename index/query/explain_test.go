package query

import "testing"

func TestExplainParties(t *testing.T) {
	for text, want := range map[string]string{
		"party:FRA":                    "every passage to which “FRA” is a party",
		"-party:FRA":                   "every passage to which “FRA” is not a party",
		"party:(FRA OR DEU)":           "every passage to which “FRA” or “DEU” is a party",
		"-party:FRA -party:DEU":        "every passage to which “FRA” is not a party, to which “DEU” is not a party",
		"NOT (party:FRA OR party:DEU)": "every passage to which none of “FRA” or “DEU” is a party",
		"party:(DEU OR FR?)":           "every passage to which “DEU” or one like “FR?” is a party",
	} {
		q, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := Explain(q); got != want {
			t.Errorf("%s is explained as %s; want %s", text, got, want)
		}
	}
}
