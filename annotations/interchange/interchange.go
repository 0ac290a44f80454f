// Package interchange writes and reads annotations in the formats of others:
// JSON-LD as the Web Annotation model has it (written and read), CSV and
// Markdown (written). Everything streams: no format needs all annotations in
// memory.
package interchange

import (
	"encoding/json"
	"errors"
	"time"

	"glossator/annotations"
)

// ErrFormat is returned, wrapped with what is wrong, for input that is not in
// the format it should be in.
var ErrFormat = errors.New("not a Web Annotation")

// A Record is an annotation with what a reader outside Glossator needs to make
// sense of it.
type Record struct {
	annotations.Annotation
	Labels        []string // of Annotation.Concepts, in the same order
	DocumentTitle string
	Pinpoint      string // of the passage: "art. 9(2)(a)"
	Language      string // of the version
	CreatorName   string
	Address       string // permanent address of the annotation, "" if there is none

	// Of a record that was read and did not come from Glossator as it is: what it
	// points at, and all properties as they were given. Settle takes them in.
	Pointers []annotations.Pointer
	Given    map[string]json.RawMessage
}

// Stamp writes milliseconds UTC as ISO 8601.
func Stamp(milliseconds int64) string {
	return time.UnixMilli(milliseconds).UTC().Format("2006-01-02T15:04:05.000Z07:00")
}

// day writes milliseconds UTC as a date.
func day(milliseconds int64) string {
	return time.UnixMilli(milliseconds).UTC().Format(time.DateOnly)
}
