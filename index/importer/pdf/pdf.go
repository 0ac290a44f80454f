// Package pdf reads where which characters stand on the pages of a PDF file.
// What they mean is for others to say.
//
// PDF files are hostile until shown otherwise, so that one is never parsed by
// the process that asks: a second process of the same program does, a worker,
// with PDFium in a WebAssembly sandbox that has no file system and bounded
// memory. A worker reads one file and ends. If it crashes, hangs or says too
// much, that file is refused, and nothing else happens.
package pdf

import (
	"errors"
	"math"
)

// Bounds on what is read. A file beyond them is refused.
const (
	MaxPages      = 5_000
	maxCharacters = 10_000_000 // in a file
	maxRuns       = 2_000_000  // in a file
	maxAnswer     = 256 << 20  // bytes of what a worker says
)

// Reasons to refuse a file.
var (
	ErrEncrypted = errors.New("it takes a password to read")
	ErrDamaged   = errors.New("it does not hold together as PDF")
	ErrTooLarge  = errors.New("there is too much in it")
	ErrWorker    = errors.New("reading it failed")
)

// A Page is what stands on a page.
type Page struct {
	Label    string  `json:"label,omitempty"` // what the file calls the page: "iv", "12"; "" if it does not
	Width    float64 `json:"width"`           // in points, as seen: after it was turned
	Height   float64 `json:"height"`
	Broken   bool    `json:"broken,omitempty"`   // whether it could not be read, or not all of it
	Drawn    bool    `json:"drawn,omitempty"`    // whether anything is on it: text, lines or pictures
	Unmapped int     `json:"unmapped,omitempty"` // characters of which the file does not say what they are; U+FFFD in the runs
	Runs     []Run   `json:"runs"`               // in the order of the file
}

// A Run is characters side by side on one line that look the same. Places are
// points from the lower left corner of the page as seen.
type Run struct {
	Text   string  `json:"text"` // without blanks at its ends
	Left   float64 `json:"left"`
	Right  float64 `json:"right"`
	Base   float64 `json:"base"` // the line that the characters stand on
	Size   float64 `json:"size"` // of the font, as seen
	Bold   bool    `json:"bold,omitempty"`
	Italic bool    `json:"italic,omitempty"`
	Turned bool    `json:"turned,omitempty"` // whether the characters do not stand upright
	Space  bool    `json:"space,omitempty"`  // whether a blank follows
}

// round makes the numbers of a run short.
func (r *Run) round() {
	for _, v := range []*float64{&r.Left, &r.Right, &r.Base, &r.Size} {
		*v = math.Round(*v*100) / 100
	}
}

// reckonable reports whether the numbers of a run can be reckoned with.
func (r *Run) reckonable() bool {
	for _, v := range []float64{r.Left, r.Right, r.Base, r.Size} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return r.Size > 0 && r.Left <= r.Right
}
