package anchor

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNearest(t *testing.T) {
	const text = `Article 1
Each Party shall tell the others of any grave incident on its territory without delay, and shall keep a record of it.
Article 2
The Parties may agree on a common register of lanterns, which the depositary keeps.
Article 3
Each Party shall bear its own costs.
Article 4
Each Party shall bear its own costs.`
	for _, c := range []struct {
		quote string
		want  []string
	}{
		{"shall tell the other Parties of any serious incident on its territory without delay", []string{
			"shall tell the others of any grave incident on its territory without delay"}},
		{"Each Party shall bear its own costs", []string{"Each Party shall bear its own costs", "Each Party shall bear its own costs", "Each Party shall"}},
		{"a register of ships that the harbour master keeps", nil},
		{"common register of lanterns", []string{"common register of lanterns"}},
		{"xylophone", nil},
		{"", nil},
	} {
		var got []string
		for _, s := range NewFinder(NewText(text)).Nearest(c.quote, 5) {
			got = append(got, string([]rune(text)[s.Start:s.End]))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: -want +got\n%s", c.quote, diff)
		}
	}
}

func TestWording(t *testing.T) {
	const old, new = "ring and shall tell the others of any grave incident", "shall tell the depositary of any serious incident"
	got := marked(Difference{Pieces: Wording(old, new)}, NewText(old), NewText(new))
	want := "0>0\n  [-ring and -]shall tell the[- others-]{+ depositary+} of any[- grave-]{+ serious+} incident"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
