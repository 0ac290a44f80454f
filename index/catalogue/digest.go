package catalogue

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"glossator/index"
)

// A Digest tells in our own words what an instrument says, provision by
// provision. It stands in for the official text until somebody imports that.
type Digest struct {
	Name string // of the file: "digest-coe-ets185-budapest-convention.md"
	Data []byte // Markdown with YAML front matter, ready to import
}

// Digests returns all digests, sorted by name. The front matter has the facts
// of the instrument with these differences: the id begins with "digest-", the
// titles end in "(digest)", digest is true, about is the id of the instrument,
// and the instrument's own short title is among the aliases, so that a citation
// of the instrument finds its digest too. The caller owns the result.
func Digests() []Digest {
	digests := make([]Digest, 0, len(loadDigests()))
	for _, digest := range loadDigests() {
		digests = append(digests, Digest{Name: digest.Name, Data: append([]byte(nil), digest.Data...)})
	}
	return digests
}

// loadDigests panics, like load, if a digest has no instrument.
var loadDigests = sync.OnceValue(func() []Digest {
	paths, err := fs.Glob(files, "digests/*.md")
	if err != nil {
		panic(err)
	}
	var digests []Digest
	for _, path := range paths {
		digest, err := readDigest(path)
		if err != nil {
			panic(fmt.Sprintf("catalogue: %s: %v", path, err))
		}
		digests = append(digests, digest)
	}
	return digests
})

// readDigest puts the facts of the instrument before the body of its digest.
// The file is called after the instrument's id.
func readDigest(path string) (Digest, error) {
	id := strings.TrimSuffix(strings.TrimPrefix(path, "digests/"), ".md")
	known, ok := load().byID[id]
	if !ok || known.ID != id {
		return Digest{}, fmt.Errorf("there is no instrument with the id %q", id)
	}
	body, err := files.ReadFile(path)
	if err != nil {
		return Digest{}, err
	}
	matter, err := frontMatter(describe(known.Document))
	if err != nil {
		return Digest{}, err
	}
	return Digest{Name: "digest-" + id + ".md", Data: append(matter, body...)}, nil
}

// describe returns the metadata of the digest of an instrument.
func describe(known index.Document) index.Document {
	d := clone(known)
	d.Digest = true
	d.About = known.ID
	d.ID = "digest-" + known.ID
	d.Title = known.Title + " (digest)"
	if known.ShortTitle != "" {
		d.ShortTitle = known.ShortTitle + " (digest)"
		d.Aliases = append([]string{known.ShortTitle}, d.Aliases...)
	}
	return d
}

func frontMatter(d index.Document) ([]byte, error) {
	data, err := json.Marshal(struct {
		index.Document
		Language string `json:"language"`
	}{d, "en"})
	if err != nil {
		return nil, err
	}
	if data, err = yaml.JSONToYAML(data); err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "---\n%s---\n\n", data), nil
}
