package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"slices"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
	"glossator/annotations/transfer"
	"glossator/index"
	"glossator/index/importer"
)

// An archive holds everything in open formats:
//
//	README.txt           what is where
//	documents/ID.json    what is known of a document
//	versions/ID.json     a version: its text, blocks and provisions
//	texts/ID.txt         its text alone, for other programs
//	codebooks/ID.ttl     a codebook in SKOS
//	annotations.jsonld   annotations of everyone, as Web Annotations
//	searches.json        saved searches of everyone
const archiveNote = `Everything in this Glossator, in open formats.

documents/    what is known of each document, in JSON
versions/     each version of a document with its structure, in JSON; offsets are Unicode code points of its text
texts/        the same texts alone, in UTF-8
codebooks/    the codebooks, in SKOS (Turtle)
annotations.jsonld    the annotations of everyone, as Web Annotations in JSON-LD
searches.json         the saved searches of everyone

glossator import --all FILE --as NAME reads it. Accounts and passwords are not in it: make accounts of the
same names first, and what they wrote is theirs again.
`

// A savedEntry is a saved search in an archive.
type savedEntry struct {
	Owner       string `json:"owner"` // name
	Name        string `json:"name"`
	Description string `json:"description"`
	Address     string `json:"address"`
}

// writeArchive writes everything that a store holds.
func writeArchive(ctx context.Context, s *store.Store, w io.Writer) error {
	archive := zip.NewWriter(w)
	if err := inArchive(archive, "README.txt", func(w io.Writer) error {
		_, err := io.WriteString(w, archiveNote)
		return err
	}); err != nil {
		return err
	}
	if err := archiveDocuments(ctx, s, archive); err != nil {
		return err
	}
	if err := archiveCodebooks(ctx, s, archive); err != nil {
		return err
	}
	askers, err := everyone(ctx, s)
	if err != nil {
		return err
	}
	e := &transfer.Exporter{Store: s, Askers: askers}
	format, _ := transfer.FormatNamed("jsonld")
	if err := inArchive(archive, "annotations.jsonld", func(w io.Writer) error { return e.Write(ctx, w, format) }); err != nil {
		return err
	}
	saved, err := savedEntries(ctx, s, askers)
	if err != nil {
		return err
	}
	if err := jsonInArchive(archive, "searches.json", saved); err != nil {
		return err
	}
	return archive.Close()
}

func inArchive(archive *zip.Writer, name string, write func(io.Writer) error) error {
	file, err := archive.Create(name)
	if err != nil {
		return err
	}
	return write(file)
}

func jsonInArchive(archive *zip.Writer, name string, value any) error {
	return inArchive(archive, name, func(w io.Writer) error {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", " ")
		return encoder.Encode(value)
	})
}

func archiveDocuments(ctx context.Context, s *store.Store, archive *zip.Writer) error {
	documents, _, err := s.Documents(ctx, annotations.Asker{}, store.DocumentFilter{})
	if err != nil {
		return err
	}
	for _, d := range documents {
		if err := jsonInArchive(archive, "documents/"+url.PathEscape(d.ID)+".json", d.Document); err != nil {
			return err
		}
	}
	versions, err := s.VersionNames(ctx)
	if err != nil {
		return err
	}
	slices.Reverse(versions) // the first version of a text comes first, as it came
	for _, name := range versions {
		v, err := s.Version(ctx, annotations.Asker{}, name.ID)
		if err != nil {
			return err
		}
		if err := jsonInArchive(archive, "versions/"+v.ID+".json", v); err != nil {
			return err
		}
		if err := inArchive(archive, "texts/"+v.ID+".txt", func(w io.Writer) error {
			_, err := io.WriteString(w, v.Text)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

func archiveCodebooks(ctx context.Context, s *store.Store, archive *zip.Writer) error {
	books, err := s.Codebooks(ctx)
	if err != nil {
		return err
	}
	for _, b := range books {
		book, err := transfer.Codebook(ctx, s, annotations.Asker{}, b.ID)
		if err != nil {
			return err
		}
		if err := inArchive(archive, "codebooks/"+url.PathEscape(b.ID)+".ttl", func(w io.Writer) error { return interchange.WriteTurtle(w, book) }); err != nil {
			return err
		}
	}
	return nil
}

func savedEntries(ctx context.Context, s *store.Store, askers []annotations.Asker) ([]savedEntry, error) {
	all := []savedEntry{}
	for _, asker := range askers {
		if !asker.SignedIn() {
			continue
		}
		user, err := s.User(ctx, asker.User)
		if err != nil {
			return nil, err
		}
		searches, err := s.SavedSearches(ctx, asker)
		if err != nil {
			return nil, err
		}
		slices.Reverse(searches) // the oldest first, as they were saved
		for _, saved := range searches {
			all = append(all, savedEntry{user.Name, saved.Name, saved.Description, saved.Address})
		}
	}
	return all, nil
}

// takeArchive reads everything that writeArchive wrote.
func (c importCommand) takeArchive(ctx context.Context, line *commandLine, s *store.Store) error {
	asker, err := askerNamed(ctx, s, c.As)
	if err != nil {
		return err
	}
	asker.Role = annotations.Administrator // whoever may write to the folder may do anything
	archive, err := zip.OpenReader(c.All)
	if err != nil {
		return fmt.Errorf("reading an archive: %w", err)
	}
	defer archive.Close()
	taken, err := takeVersions(ctx, s, archive)
	if err != nil {
		return err
	}
	fmt.Printf("%d versions taken\n", taken)
	if err := takeCodebooks(ctx, s, asker, archive); err != nil {
		return err
	}
	if err := takeAll(ctx, s, asker, archive); err != nil {
		return err
	}
	if err := takeSearches(ctx, s, asker, archive); err != nil {
		return err
	}
	return indexNow(ctx, line.Data, s)
}

// largestEntry bounds what is read of one entry of an archive into memory.
const largestEntry = 256 << 20

func entry(archive fs.FS, name string) ([]byte, error) {
	file, err := archive.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading an archive: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, largestEntry+1))
	if err == nil && len(data) > largestEntry {
		err = fmt.Errorf("%s has more than %d MB", name, largestEntry>>20)
	}
	return data, err
}

// takeVersions stores the versions that are not there, in the order in which
// they are in the archive, and returns how many these were.
func takeVersions(ctx context.Context, s *store.Store, archive *zip.ReadCloser) (int, error) {
	taken := 0
	for _, file := range archive.File {
		if path.Dir(file.Name) != "versions" {
			continue
		}
		data, err := entry(archive, file.Name)
		if err != nil {
			return taken, err
		}
		var v index.Version
		if err := json.Unmarshal(data, &v); err != nil {
			return taken, fmt.Errorf("%s: %w", file.Name, err)
		}
		data, err = entry(archive, "documents/"+url.PathEscape(v.Document)+".json")
		if err != nil {
			return taken, err
		}
		var d index.Document
		if err := json.Unmarshal(data, &d); err != nil {
			return taken, fmt.Errorf("the document of %s: %w", file.Name, err)
		}
		outcome, err := s.PutDocument(ctx, d, []index.Version{v})
		if err != nil {
			return taken, fmt.Errorf("%s: %w", file.Name, err)
		}
		if outcome == store.Taken || outcome == store.Added {
			taken++
		}
	}
	return taken, nil
}

func takeCodebooks(ctx context.Context, s *store.Store, asker annotations.Asker, archive *zip.ReadCloser) error {
	known, err := s.Codebooks(ctx)
	if err != nil {
		return err
	}
	for _, file := range archive.File {
		if path.Dir(file.Name) != "codebooks" {
			continue
		}
		data, err := entry(archive, file.Name)
		if err != nil {
			return err
		}
		book, err := transfer.ReadCodebook(data)
		if err != nil {
			return fmt.Errorf("%s: %w", file.Name, err)
		}
		into := ""
		for _, b := range known {
			if b.ID == book.ID || annotations.NormalLabel(b.Name) == annotations.NormalLabel(book.Title) {
				into = b.ID
			}
		}
		if into == "" {
			b, err := s.CreateCodebook(ctx, asker, book.Title, "")
			if err != nil {
				return err
			}
			into = b.ID
		}
		if err := printCodebook(transfer.TakeCodebook(ctx, s, asker, into, false, book)); err != nil {
			return err
		}
	}
	return nil
}

// takeAll takes in the annotations of an archive, unpacked to the disk.
func takeAll(ctx context.Context, s *store.Store, asker annotations.Asker, archive *zip.ReadCloser) error {
	packed, err := archive.Open("annotations.jsonld")
	if err != nil {
		return fmt.Errorf("reading an archive: %w", err)
	}
	defer packed.Close()
	file, err := os.CreateTemp("", "glossator-import-*")
	if err != nil {
		return fmt.Errorf("making room for an import: %w", err)
	}
	defer func() { _ = errors.Join(file.Close(), os.Remove(file.Name())) }()
	size, err := io.Copy(file, packed)
	if err != nil {
		return fmt.Errorf("unpacking an archive: %w", err)
	}
	im := &transfer.Importer{Store: s, Asker: asker, AsOthers: true}
	report, err := im.File(ctx, file, size)
	if err != nil {
		return err
	}
	printIntake(report)
	return nil
}

// takeSearches saves the searches that their owners do not have; those of people
// without an account become the asker's.
func takeSearches(ctx context.Context, s *store.Store, asker annotations.Asker, archive *zip.ReadCloser) error {
	data, err := entry(archive, "searches.json")
	if err != nil {
		return err
	}
	var all []savedEntry
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("searches.json: %w", err)
	}
	saved := 0
	for _, one := range all {
		owner, err := askerNamed(ctx, s, one.Owner)
		if err != nil {
			owner = asker
		}
		there, err := s.SavedSearches(ctx, owner)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(there, func(k annotations.SavedSearch) bool { return k.Name == one.Name && k.Address == one.Address }) {
			continue
		}
		if _, err := s.CreateSavedSearch(ctx, owner, one.Name, one.Description, one.Address); err != nil {
			return err
		}
		saved++
	}
	fmt.Printf("%d searches saved\n", saved)
	return nil
}

// addText returns a function that stores a plain text as a document.
func addText(s *store.Store) func(ctx context.Context, name, text string) (string, error) {
	return func(ctx context.Context, name, text string) (string, error) {
		d, versions, err := importer.Parse(name+".txt", []byte(text), importer.Metadata{Document: index.Document{Title: name}})
		if err != nil {
			return "", err
		}
		if _, err := s.PutDocument(ctx, d, versions); err != nil {
			return "", err
		}
		return versions[0].ID, nil
	}
}
