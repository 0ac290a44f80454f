package transfer

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
)

// project takes in a REFI-QDA project: its codebook, and what is said of the
// texts that are here too. A text is a version of ours if the project says so,
// if their words are the same, or if it is called like the document.
func (im *Importer) project(ctx context.Context, r io.ReaderAt, size int64) error {
	p, err := interchange.OpenQDPX(r, size)
	if err != nil {
		return err
	}
	codes := map[string]string{}
	if p.Codebook != nil {
		in, err := TakeCodebook(ctx, im.Store, im.Asker, "", im.Preview, p.Codebook)
		if err != nil {
			return err
		}
		im.report.Concepts, codes = in.Added, in.IDs
		if im.concepts, err = readVocabulary(ctx, im.Store); err != nil {
			return err
		}
	}
	known, err := im.Store.VersionNames(ctx)
	if err != nil {
		return err
	}
	err = im.take(ctx, im.sourced(ctx, p, known, codes))
	for _, words := range p.Remarks {
		im.remark(words)
	}
	return err
}

// sourced returns what arrives with the sources of a project.
func (im *Importer) sourced(ctx context.Context, p *interchange.ReadProject, known []store.VersionName, codes map[string]string) iter.Seq[store.Arrival] {
	return func(yield func(store.Arrival) bool) {
		for source, err := range p.Sources() {
			if err != nil {
				if !yield(store.Arrival{Err: err, Label: "a text"}) {
					return
				}
				continue
			}
			for _, a := range im.ofSource(ctx, source, known, codes) {
				if im.failed != nil || !yield(a) {
					return
				}
			}
		}
	}
}

func (im *Importer) ofSource(ctx context.Context, source interchange.ReadSource, known []store.VersionName, codes map[string]string) []store.Arrival {
	if len(source.Records) == 0 {
		return nil
	}
	version, document, err := im.versionOf(ctx, source, known)
	if err != nil {
		im.failed = err
		return nil
	}
	ours := map[string]string{} // ids here by those in a project that we wrote
	if version != "" {
		ids, err := im.Store.IDsOn(ctx, im.Asker, version)
		if err != nil {
			im.failed = err
			return nil
		}
		for id, stretches := range ids {
			for _, there := range interchange.IDsIn(id, stretches) {
				ours[there] = id
			}
		}
	}
	var all []store.Arrival
	for _, r := range source.Records {
		r.Version, r.Document = version, document
		for _, id := range []*string{&r.ID, &r.ReplyTo} {
			if here := ours[*id]; here != "" {
				*id = here
			}
		}
		for i, code := range r.Concepts {
			if here := codes[code]; here != "" && im.concepts.meant(here, "", nil) != "" {
				r.Concepts[i] = here
			}
		}
		a := im.arrival(ctx, r)
		a.Label = "annotation in “" + source.Name + "”" + about(r)
		if version == "" && r.ReplyTo == "" {
			a.Err = fmt.Errorf("the text “%s” is not here; import it as a document first", source.Name)
		}
		all = append(all, a)
	}
	return all
}

// versionOf returns the version that is the text of a project, and its document;
// "" if it is not here.
func (im *Importer) versionOf(ctx context.Context, source interchange.ReadSource, known []store.VersionName) (version, document string, err error) {
	length := len([]rune(source.Text))
	for _, v := range known {
		if interchange.VersionGUID(v.ID) == source.GUID {
			return v.ID, v.Document, nil
		}
	}
	for _, v := range known {
		if v.Length != length {
			continue
		}
		there, err := im.Store.Version(ctx, im.Asker, v.ID)
		if err != nil {
			return "", "", err
		}
		if there.Text == source.Text {
			return v.ID, v.Document, nil
		}
	}
	name := annotations.NormalLabel(plainName(source.Name))
	for _, v := range known {
		if v.Current && (annotations.NormalLabel(v.Title) == name || annotations.NormalLabel(v.Title+" ("+v.Language+")") == name || v.Document == name) {
			return v.ID, v.Document, nil
		}
	}
	if im.AddDocument == nil || im.Preview {
		return "", "", nil
	}
	version, err = im.AddDocument(ctx, plainName(source.Name), source.Text)
	if err != nil || version == "" {
		return "", "", err
	}
	added, err := im.Store.Version(ctx, im.Asker, version)
	if err != nil {
		return "", "", err
	}
	im.remark("the text “" + source.Name + "” was added as a document")
	return version, added.Document, nil
}

// plainName returns the name of a text without the ending of a file.
func plainName(name string) string {
	for _, ending := range []string{".txt", ".docx", ".pdf", ".rtf", ".doc", ".md", ".html"} {
		if before, ok := strings.CutSuffix(strings.ToLower(name), ending); ok {
			return name[:len(before)]
		}
	}
	return name
}
