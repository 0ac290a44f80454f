// Package index finds passages in documents. It holds the model of an
// agreement or a commentary (Document, Version, Provision, Passage), what a
// search engine must do (Engine) and how an engine catches up with the store
// (Sync). It knows neither HTTP nor SQL, nor any particular engine.
package index

import (
	"reflect"
	"strconv"
	"time"
)

// Kinds of document. A commentary is whatever speaks about an agreement.
const (
	Treaty        = "treaty"
	Declaration   = "declaration"
	Directive     = "directive"
	Resolution    = "resolution"
	CodeOfConduct = "code of conduct"
	Commentary    = "commentary"
)

// Kinds are all of them.
var Kinds = []string{Treaty, Declaration, Directive, Resolution, CodeOfConduct, Commentary}

// How a document stands. Others are possible: a status is what somebody said.
const (
	InForce    = "in force"
	Signed     = "signed" // and not yet in force
	Superseded = "superseded"
	Ended      = "ended"
)

// PartialText begins the remarks on a document of which only a part is here.
const PartialText = "partial text"

// A Document is what is known of an agreement or a commentary apart from its
// text. Dates are "2006", "2006-01" or "2006-01-02"; "" means not known.
type Document struct {
	ID           string   `json:"id"` // a slug, such as "coe-ets185-budapest-convention"
	Title        string   `json:"title"`
	ShortTitle   string   `json:"shortTitle,omitempty"`
	Aliases      []string `json:"aliases,omitempty"` // other names people cite it by: "ETS 185"
	Kind         string   `json:"kind"`
	Organisation string   `json:"organisation,omitempty"`
	Region       string   `json:"region,omitempty"`
	Parties      []string `json:"parties,omitempty"` // codes of Parties; what these do not have, as it was written
	Adopted      string   `json:"adopted,omitempty"`
	Signed       string   `json:"signed,omitempty"`
	InForce      string   `json:"inForce,omitempty"`
	Ended        string   `json:"ended,omitempty"`
	Status       string   `json:"status,omitempty"`       // InForce, Signed, ...; what was said, see Standing
	SupersededBy string   `json:"supersededBy,omitempty"` // the id of the document that took its place
	Remarks      string   `json:"remarks,omitempty"`      // what else there is to know: "parties as of March 2023"
	Licence      string   `json:"licence,omitempty"`
	Address      string   `json:"address,omitempty"` // of the official text
	Digest       bool     `json:"digest,omitempty"`  // our own words about the instrument, not its text
	About        string   `json:"about,omitempty"`   // the id of the document that this one comments on or digests

	// Guessed says which of these nobody has said: they were read off the text
	// and give way to what is known of the document.
	Guessed Guessed `json:"-"`
}

// Guessed is what an importer guesses of a document.
type Guessed struct{ Title, Kind bool }

// Over returns d with what it leaves empty, or only guesses, taken from known.
func (d Document) Over(known Document) Document {
	if d.Guessed.Title && known.Title != "" && !known.Guessed.Title {
		d.Title, d.Guessed.Title = known.Title, false
	}
	if d.Guessed.Kind && known.Kind != "" && !known.Guessed.Kind {
		d.Kind, d.Guessed.Kind = known.Kind, false
	}
	guessed := d.Guessed
	to, from := reflect.ValueOf(&d).Elem(), reflect.ValueOf(known)
	for i := range to.NumField() {
		if to.Field(i).IsZero() {
			to.Field(i).Set(from.Field(i))
		}
	}
	d.Guessed = guessed
	return d
}

// Year returns the year in which the document was signed or, failing that,
// adopted or came into force; 0 if none of these is known.
func (d Document) Year() int {
	for _, date := range []string{d.Signed, d.Adopted, d.InForce} {
		if len(date) >= 4 {
			if year, err := strconv.Atoi(date[:4]); err == nil {
				return year
			}
		}
	}
	return 0
}

// Standing returns how the document stands on a day, "2006-01-02": superseded if
// another took its place, else what was said, else what its dates tell; "" if
// they tell nothing.
func (d Document) Standing(day string) string {
	switch {
	case d.SupersededBy != "":
		return Superseded
	case d.Status != "":
		return d.Status
	case d.Ended != "" && d.Ended <= day:
		return Ended
	case d.InForce != "" && d.InForce <= day:
		return InForce
	}
	return ""
}

// Dates returns the first and the last day on which the document may have been
// signed or, failing that, adopted or come into force, as numbers 20060102: they
// differ if only the year or the month is known. Both are 0 if none is.
func (d Document) Dates() (first, last int) {
	for _, date := range []string{d.Signed, d.Adopted, d.InForce} {
		for layout, end := range map[string]func(t time.Time) time.Time{
			"2006":       func(t time.Time) time.Time { return t.AddDate(1, 0, -1) },
			"2006-01":    func(t time.Time) time.Time { return t.AddDate(0, 1, -1) },
			"2006-01-02": func(t time.Time) time.Time { return t },
		} {
			if t, err := time.Parse(layout, date); err == nil {
				return dayNumber(t), dayNumber(end(t))
			}
		}
	}
	return 0, 0
}

func dayNumber(t time.Time) int { return t.Year()*10000 + int(t.Month())*100 + t.Day() }

// Name returns the short title, or the title if there is none.
func (d Document) Name() string {
	if d.ShortTitle != "" {
		return d.ShortTitle
	}
	return d.Title
}
