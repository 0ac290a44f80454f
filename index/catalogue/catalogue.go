// Package catalogue knows the instruments of cyber law: their names, dates,
// parties and official addresses, and a digest of the main ones in our own
// words. Both are data files, part of the program: instruments/*.yaml holds the
// facts, digests/*.md the digests.
package catalogue

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"glossator/index"
)

//go:embed instruments/*.yaml digests/*.md
var files embed.FS

// An instrument is an entry of instruments/*.yaml: the keys are those of
// index.Document in JSON, "slugs" and "texts".
type instrument struct {
	index.Document
	Slugs []string `json:"slugs"` // other ids it is known by
	Texts []Text   `json:"texts"` // where its official texts are
}

// A Text is where the official text of an instrument is: the file itself, and
// not a page about it, which index.Document.Address may be.
type Text struct {
	Document string `json:"-"`        // id of the instrument
	Language string `json:"language"` // BCP 47
	Address  string `json:"address"`
}

// Texts returns where official texts are, sorted by the id of the instrument.
// Those who publish them move them now and then: whoever brings one looks
// whether it is the text.
func Texts() []Text {
	var all []Text
	for _, known := range load().sorted {
		for _, text := range known.Texts {
			text.Document = known.ID
			all = append(all, text)
		}
	}
	return all
}

// Find returns the instrument that is called so, by an id or any of its names,
// case apart; false if there is none.
func Find(name string) (index.Document, bool) {
	if known, ok := load().byID[name]; ok {
		return clone(known.Document), true
	}
	for _, known := range load().sorted {
		for _, called := range append([]string{known.Title, known.ShortTitle}, known.Aliases...) {
			if called != "" && strings.EqualFold(called, strings.TrimSpace(name)) {
				return clone(known.Document), true
			}
		}
	}
	return index.Document{}, false
}

// Instruments returns what is known of each instrument, sorted by id. None of
// them is a digest. The caller owns the result.
func Instruments() []index.Document {
	documents := make([]index.Document, 0, len(load().sorted))
	for _, known := range load().sorted {
		documents = append(documents, clone(known.Document))
	}
	return documents
}

// Complete fills what d leaves empty, or only guesses, from the instrument that
// has the id of d, or is also known by it. It leaves d as it is if there is no
// such instrument.
func Complete(d *index.Document) {
	if known, ok := load().byID[d.ID]; ok {
		*d = d.Over(clone(known.Document))
	}
}

func clone(d index.Document) index.Document {
	d.Aliases = slices.Clone(d.Aliases)
	d.Parties = slices.Clone(d.Parties)
	return d
}

// A register is all instruments, read once.
type register struct {
	sorted []instrument          // by id
	byID   map[string]instrument // also by each of the slugs
}

// load panics if the data files are not well-formed: they are part of the
// program, and the tests read them.
var load = sync.OnceValue(func() register {
	paths, err := fs.Glob(files, "instruments/*.yaml")
	if err != nil {
		panic(err)
	}
	r := register{byID: map[string]instrument{}}
	for _, path := range paths {
		list, err := read(path)
		if err != nil {
			panic(fmt.Sprintf("catalogue: %s: %v", path, err))
		}
		r.sorted = append(r.sorted, list...)
	}
	slices.SortFunc(r.sorted, func(a, b instrument) int { return strings.Compare(a.ID, b.ID) })
	for _, known := range r.sorted {
		for _, id := range append([]string{known.ID}, known.Slugs...) {
			if other, taken := r.byID[id]; taken {
				panic(fmt.Sprintf("catalogue: %q is an id of both %q and %q", id, other.Title, known.Title))
			}
			r.byID[id] = known
		}
	}
	return r
})

// read returns the instruments of one data file. A key that an instrument does
// not have is an error.
func read(path string) ([]instrument, error) {
	data, err := files.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if data, err = yaml.YAMLToJSON(data); err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var list []instrument
	err = decoder.Decode(&list)
	return list, err
}
