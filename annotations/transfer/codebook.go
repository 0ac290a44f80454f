package transfer

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
)

// A CodebookFormat is one in which codebooks leave.
type CodebookFormat struct {
	Name, MediaType, Extension, Description string
	Write                                   func(io.Writer, *interchange.Codebook) error
}

// CodebookFormats are all of them, in the order in which they are offered.
var CodebookFormats = []CodebookFormat{
	{"skos-ttl", interchange.MediaTypeTurtle, "ttl", "SKOS in Turtle: everything, to read back in", interchange.WriteTurtle},
	{"skos-jsonld", interchange.MediaTypeSKOSLD, "skos.jsonld", "SKOS in JSON-LD: everything, to read back in", interchange.WriteSKOSLD},
	{"qdc", interchange.MediaTypeQDC, "qdc", "REFI-QDA codebook, for ATLAS.ti, MAXQDA, NVivo, QualCoder and others", interchange.WriteQDC},
}

// CodebookFormatNamed returns the format with this name.
func CodebookFormatNamed(name string) (CodebookFormat, bool) {
	at := slices.IndexFunc(CodebookFormats, func(f CodebookFormat) bool { return f.Name == name })
	if at < 0 {
		return CodebookFormat{}, false
	}
	return CodebookFormats[at], true
}

// Codebook returns a codebook as it leaves, that with this id or, for "", all
// concepts as one. Its examples are those that the asker may read.
func Codebook(ctx context.Context, s *store.Store, asker annotations.Asker, id string) (*interchange.Codebook, error) {
	book := &interchange.Codebook{Title: "Glossator", Language: "en"}
	if id != "" {
		kept, err := s.Codebook(ctx, id)
		if err != nil {
			return nil, err
		}
		book.ID, book.Title = kept.ID, kept.Name
	}
	concepts, err := s.Concepts(ctx, asker, "", 0)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(concepts, func(a, b annotations.Concept) int {
		return cmp.Or(cmp.Compare(a.Label, b.Label), cmp.Compare(a.ID, b.ID))
	})
	for _, k := range concepts {
		if id != "" && k.Codebook != id {
			continue
		}
		entry := interchange.Concept{Concept: k}
		for _, example := range k.Examples {
			n, err := s.Annotation(ctx, asker, example)
			if err != nil {
				return nil, err
			}
			if n.Target.Exact != "" && !slices.Contains(entry.Texts, n.Target.Exact) {
				entry.Texts = append(entry.Texts, n.Target.Exact)
			}
		}
		book.Concepts = append(book.Concepts, entry)
	}
	return book, nil
}

// A CodebookReport is what came of taking in a codebook.
type CodebookReport struct {
	store.ConceptIntake
	Remarks []string // what a codebook here cannot hold
}

// ReadCodebook reads a codebook in any of the formats; which it is, its first
// character tells.
func ReadCodebook(data []byte) (*interchange.Codebook, error) {
	first := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	if bytes.HasPrefix(first, []byte("<?xml")) || bytes.HasPrefix(first, []byte("<CodeBook")) || bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return interchange.ReadQDC(bytes.NewReader(data))
	}
	return interchange.ReadSKOS(bytes.NewReader(data), "en")
}

// TakeCodebook adds to a codebook, the starter codebook if into is "", the
// concepts of another that it does not have.
func TakeCodebook(ctx context.Context, s *store.Store, asker annotations.Asker, into string, preview bool, book *interchange.Codebook) (CodebookReport, error) {
	report := CodebookReport{Remarks: book.Remarks}
	guids, err := guidsOf(ctx, s)
	if err != nil {
		return report, err
	}
	given := make([]annotations.Concept, len(book.Concepts))
	original := map[string]string{}
	for i, k := range book.Concepts {
		if k.Aliases == nil {
			k.Aliases = []string{}
		}
		for _, id := range []*string{&k.ID, &k.Broader, &k.Replaced} {
			if ours := guids[*id]; ours != "" {
				original[ours] = *id
				*id = ours
			}
		}
		given[i] = k.Concept
		if len(k.Texts) > 0 {
			report.Remarks = appendOnce(report.Remarks, "examples are annotations here: what is only quoted is left out")
		}
	}
	report.ConceptIntake, err = s.TakeConcepts(ctx, asker, into, preview, given)
	for ours, id := range original {
		if kept, ok := report.IDs[ours]; ok {
			report.IDs[id] = kept
		}
	}
	return report, err
}

// guidsOf returns the ids of all concepts by the GUIDs that REFI-QDA has for them.
func guidsOf(ctx context.Context, s *store.Store) (map[string]string, error) {
	concepts, err := s.AllConcepts(ctx)
	guids := make(map[string]string, len(concepts))
	for _, k := range concepts {
		guids[interchange.ConceptGUID(k.ID)] = k.ID
	}
	return guids, err
}

func appendOnce(texts []string, text string) []string {
	if slices.Contains(texts, text) {
		return texts
	}
	return append(texts, text)
}
