package agreement

import "fmt"

// Krippendorff's own bounds: from reliable on one may rely on the data, from
// tentative on one may draw tentative conclusions (Content Analysis, 2004,
// chapter 11).
const (
	reliable  = 0.800
	tentative = 0.667
)

// few is below how many units a single one weighs much.
const few = 30

// Words say in plain words what the figures mean.
func (f Figures) Words() string {
	switch f.Alpha.Undefined {
	case NoUnits:
		return "No two people have finished the same text, so there is nothing to compare."
	case NoVariation:
		if f.Yes.Value == 0 {
			return "Nobody tagged anything with it. They agree, but how far by chance cannot be told where nothing varies."
		}
		return "Everything is tagged with it. They agree, but how far by chance cannot be told where nothing varies."
	}
	words := "Less agreement than chance would give: it is read in different ways."
	switch {
	case f.Alpha.Value >= reliable:
		words = "Reliable: alpha is 0.800 or more."
	case f.Alpha.Value >= tentative:
		words = "Good enough for tentative conclusions: alpha is between 0.667 and 0.800."
	case f.Alpha.Value >= 0:
		words = "Not to be relied on: alpha is below 0.667. Look at the disagreements and sharpen the definition."
		if f.Percent.Value >= 0.9 {
			words += " The percentage is high only because nearly all units are the same, which chance alone would give."
		}
	}
	if f.Units < few {
		words += fmt.Sprintf(" There are only %d units: a single one changes the figures much.", f.Units)
	}
	return words
}
