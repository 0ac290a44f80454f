package importer

import (
	"encoding/json"
	"fmt"
	"strings"

	"glossator/index"
)

// ManifestName is the name of the file that gives the metadata of the files
// beside it.
const ManifestName = "manifest.json"

// A Manifest gives the metadata of files by their names. Entries of one slug,
// or of one slug in several languages, are versions of one document and share
// its metadata: those of the first entry in English, or else of the first; the
// titles of the others are aliases.
type Manifest map[string]Metadata

// manifestEntry is what a manifest says of a file.
type manifestEntry struct {
	Slug         string          `json:"slug"`
	File         string          `json:"file"`
	Title        string          `json:"title"`
	ShortTitle   string          `json:"short_title"`
	Aliases      []string        `json:"aliases"`
	Kind         string          `json:"kind"`
	Adopted      string          `json:"adopted"`
	Signed       string          `json:"signed"`
	InForce      string          `json:"in_force"`
	Ended        string          `json:"ended"`
	Organisation string          `json:"organisation"`
	Region       string          `json:"region"`
	Parties      json.RawMessage `json:"parties"`
	Language     string          `json:"language"`
	Status       string          `json:"status"`
	SupersededBy string          `json:"superseded_by"`
	Remarks      string          `json:"remarks"`
	Licence      string          `json:"licence"`
	Address      string          `json:"address"`
	Upstream     string          `json:"upstream"`
	About        string          `json:"about"`
	Digest       bool            `json:"digest"`
	Complete     string          `json:"complete"`
	Checked      string          `json:"checked"`
}

// ParseManifest reads a manifest: an object with the list "entries", or the
// list itself. An entry without a file is refused.
func ParseManifest(data []byte) (Manifest, error) {
	var entries []manifestEntry
	err := json.Unmarshal(data, &entries)
	if err != nil {
		var whole struct {
			Entries []manifestEntry `json:"entries"`
		}
		err = json.Unmarshal(data, &whole)
		entries = whole.Entries
	}
	if err != nil {
		return nil, fmt.Errorf("%w: it must be JSON with a list of entries (%w)", ErrManifest, err)
	}
	documents := map[string]index.Document{}
	languages := map[string]string{}
	for _, entry := range entries {
		if entry.File == "" {
			return nil, fmt.Errorf("%w: the entry %q names no file", ErrManifest, entry.Slug)
		}
		id := entry.document()
		lead, known := documents[id]
		switch {
		case !known:
			documents[id], languages[id] = entry.metadata(id), entry.Language
		case strings.HasPrefix(entry.Language, "en") && !strings.HasPrefix(languages[id], "en"):
			documents[id], languages[id] = withAliases(entry.metadata(id), lead.Title, lead.ShortTitle), entry.Language
		default:
			documents[id] = withAliases(lead, entry.Title, entry.ShortTitle)
		}
	}
	manifest := make(Manifest, len(entries))
	for _, entry := range entries {
		manifest[entry.File] = Metadata{Document: documents[entry.document()], Language: entry.Language}
	}
	return manifest, nil
}

// withAliases adds the names that d does not have yet.
func withAliases(d index.Document, names ...string) index.Document {
	for _, name := range names {
		known := name == "" || name == d.Title || name == d.ShortTitle
		for _, alias := range d.Aliases {
			known = known || alias == name
		}
		if !known {
			d.Aliases = append(d.Aliases[:len(d.Aliases):len(d.Aliases)], name)
		}
	}
	return d
}

// document returns the id of the document of an entry: its slug without its
// language, or the name of the file if it has no slug.
func (e manifestEntry) document() string {
	if e.Slug == "" {
		stem, _, _ := strings.Cut(e.File, ".")
		return Slug(stem)
	}
	return Slug(strings.TrimSuffix(e.Slug, "."+e.Language))
}

func (e manifestEntry) metadata(id string) index.Document {
	d := index.Document{
		ID: id, Title: e.Title, ShortTitle: e.ShortTitle, Aliases: e.Aliases, Kind: e.Kind, Organisation: e.Organisation, Region: e.Region,
		Adopted: e.Adopted, Signed: e.Signed, InForce: e.InForce, Ended: e.Ended, Status: e.Status, SupersededBy: e.SupersededBy, Remarks: e.Remarks,
		Licence: e.Licence, Address: firstNonEmpty(e.Address, celexAddress(e.Upstream)), About: e.About, Digest: e.Digest,
	}
	var list []string
	var text string
	if json.Unmarshal(e.Parties, &list) == nil {
		d.Parties = partyCodes(list)
	} else if json.Unmarshal(e.Parties, &text) == nil {
		d.Parties = partyCodes(splitList(text))
	}
	if e.Complete == "partial" && d.Remarks == "" {
		d.Remarks = index.PartialText
		if e.Checked != "" {
			d.Remarks += ": " + e.Checked
		}
	}
	return d
}

// celexAddress returns the address of an act on EUR-Lex by its CELEX number,
// "" if text names none.
func celexAddress(text string) string {
	_, number, found := strings.Cut(text, "CELEX ")
	if !found {
		return ""
	}
	number, _, _ = strings.Cut(number, " ")
	return "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:" + number
}
