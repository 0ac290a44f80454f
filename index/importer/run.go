package importer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sort"
	"strings"

	"glossator/index"
)

// Outcomes of a file. All but Refused are the store's.
const (
	Taken     = "taken"     // a new document
	Version   = "version"   // a new version of a known document
	Metadated = "metadata"  // only the metadata changed
	Unchanged = "unchanged" // known already
	Refused   = "refused"   // see the reason
)

// A FileReport says what became of a file.
type FileReport struct {
	Name     string `json:"name"`
	Outcome  string `json:"outcome"`
	Reason   string `json:"reason,omitempty"`   // why it was refused
	Document string `json:"document,omitempty"` // id
	Title    string `json:"title,omitempty"`
	Passages int    `json:"passages"`
	// Remarks say how the text was taken where the file leaves that open, and
	// what became of the comments in it.
	Remarks []string `json:"remarks,omitempty"`
}

// A Report says what became of each file, in the order in which they were
// handed over.
type Report struct {
	Files []FileReport `json:"files"`
}

// Count returns how many files had an outcome.
func (r Report) Count(outcome string) int {
	n := 0
	for _, file := range r.Files {
		if file.Outcome == outcome {
			n++
		}
	}
	return n
}

// A File is a file in memory.
type File struct {
	Name string
	Data []byte
}

// An Importer reads files and hands over what is in them, one document at a
// time, in the order of the files.
type Importer struct {
	// Put stores a document with one version for each of its languages and
	// returns the outcome. An error refuses the file; the run goes on.
	Put func(ctx context.Context, d index.Document, versions []index.Version) (outcome string, err error)
	// Comment, if not nil, is handed the comments in a version that Put has, also
	// in one that it had before, and returns how many of them are new. Its error
	// is a remark: the text is taken.
	Comment func(ctx context.Context, version string, comments []Comment) (taken int, err error)
	// Progress, if not nil, is called after each file.
	Progress func(done, total int, name string)
}

// A job is a file to read.
type job struct {
	name string
	meta Metadata
	read func() ([]byte, error)
	err  error // why it cannot be read
}

// Paths imports files and folders, with all that is in them. A manifest.json in
// a folder gives the metadata of the files beside it; files called LICENSE or
// README and those whose names begin with a dot are passed over. A cancelled
// context ends the run between two files; the report then says what was done
// until then, and the error is the context's.
func (i *Importer) Paths(ctx context.Context, paths []string) (Report, error) {
	var jobs []job
	for _, path := range paths {
		jobs = append(jobs, walk(path)...)
	}
	return i.run(ctx, jobs)
}

// Files imports files in memory, such as those dropped on a page. A file called
// manifest.json gives the metadata of the others.
func (i *Importer) Files(ctx context.Context, files []File) (Report, error) {
	var jobs []job
	var manifest Manifest
	for _, file := range files {
		if filepath.Base(file.Name) != ManifestName {
			continue
		}
		found, err := ParseManifest(file.Data)
		if err != nil {
			jobs = append(jobs, job{name: file.Name, err: err})
		}
		manifest = found
	}
	for _, file := range files {
		if base := filepath.Base(filepath.ToSlash(file.Name)); !passedOver(base) {
			jobs = append(jobs, job{name: base, meta: manifest[base], read: func() ([]byte, error) { return file.Data, nil }})
		}
	}
	return i.run(ctx, jobs)
}

// walk returns the jobs below a path, sorted by name.
func walk(root string) []job {
	var jobs []job
	manifests := map[string]Manifest{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			jobs = append(jobs, job{name: path, err: explain(err)})
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case path != root && strings.HasPrefix(entry.Name(), ".") && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir() || passedOver(entry.Name()):
			return nil
		}
		folder := filepath.Dir(path)
		manifest, known := manifests[folder]
		if !known {
			manifest, err = readManifest(folder)
			if err != nil {
				jobs = append(jobs, job{name: filepath.Join(folder, ManifestName), err: err})
			}
			manifests[folder] = manifest
		}
		jobs = append(jobs, job{name: path, meta: manifest[entry.Name()], read: func() ([]byte, error) { return readFile(path) }})
		return nil
	})
	if err != nil {
		jobs = append(jobs, job{name: root, err: explain(err)})
	}
	sort.SliceStable(jobs, func(a, b int) bool { return jobs[a].name < jobs[b].name })
	return jobs
}

// readManifest returns the manifest in a folder, an empty one if there is none.
func readManifest(folder string) (Manifest, error) {
	data, err := readFile(filepath.Join(folder, ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, nil
	}
	if err != nil {
		return Manifest{}, err
	}
	return ParseManifest(data)
}

// readFile reads a file unless it is too large or no file.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, explain(err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: it is not a file but something else, such as a device", ErrUnknownFormat)
	}
	if info.Size() > MaxSize {
		return nil, fmt.Errorf("%w: %d MB, but %d MB is the most; split it", ErrTooLarge, info.Size()>>20, MaxSize>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, explain(err)
	}
	return data, nil
}

// explain says how to mend an error of the file system.
func explain(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("it may not be read; give yourself permission to: %w", err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is nothing there; check the path: %w", err)
	}
	return err
}

func passedOver(name string) bool {
	upper := strings.ToUpper(name)
	stem, _, _ := strings.Cut(upper, ".")
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == ManifestName || stem == "LICENSE" || stem == "LICENCE" || stem == "README"
}

// readers is how many files are read and parsed at once.
const readers = 2

// A result is what is in a file.
type result struct {
	Reading
	err      error
	panicked string // why reading it panicked, and where; "" if it did not
}

func (i *Importer) run(ctx context.Context, jobs []job) (Report, error) {
	report := Report{Files: make([]FileReport, 0, len(jobs))}
	ahead := make(chan chan result, readers-1)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer close(ahead)
		for _, j := range jobs {
			done := make(chan result, 1)
			select {
			case ahead <- done:
			case <-ctx.Done():
				return
			}
			go func() { done <- j.parse() }()
		}
	}()
	leads := map[string]index.Document{}
	for n, j := range jobs {
		if ctx.Err() != nil {
			break
		}
		next, more := <-ahead
		if !more {
			break
		}
		read := <-next
		if read.panicked != "" {
			panic(read.panicked) // to whoever asked for the import: nobody sees to the reader's goroutine
		}
		file := i.hand(ctx, j.name, read, leads)
		if file.Outcome == Refused && ctx.Err() != nil {
			break // what is interrupted is not refused
		}
		report.Files = append(report.Files, file)
		if i.Progress != nil {
			i.Progress(n+1, len(jobs), j.name)
		}
	}
	return report, ctx.Err()
}

func (j job) parse() (r result) {
	defer func() {
		if reason := recover(); reason != nil {
			r.panicked = fmt.Sprintf("reading %s: %v\n%s", j.name, reason, debug.Stack())
		}
	}()
	if j.err != nil {
		return result{err: j.err}
	}
	data, err := j.read()
	if err != nil {
		return result{err: err}
	}
	reading, err := Read(filepath.Base(j.name), data, j.meta)
	return result{Reading: reading, err: err}
}

// hand hands over what is in a file. Files of one document share the metadata
// of the first, so that running the import again changes nothing.
func (i *Importer) hand(ctx context.Context, name string, r result, leads map[string]index.Document) FileReport {
	report := FileReport{Name: name, Outcome: Refused}
	if r.err != nil {
		report.Reason = r.err.Error()
		return report
	}
	if lead, known := leads[r.Document.ID]; known {
		r.Document = lead.Over(r.Document)
	}
	leads[r.Document.ID] = r.Document
	report.Document, report.Title = r.Document.ID, r.Document.Title
	for _, v := range r.Versions {
		for _, p := range v.Provisions {
			if p.Passage {
				report.Passages++
			}
		}
	}
	outcome, err := i.Put(ctx, r.Document, r.Versions)
	if err != nil {
		report.Reason = err.Error()
		return report
	}
	report.Outcome = outcome
	report.Remarks = slices.Concat(r.Remarks, i.comment(ctx, r.Reading))
	return report
}

// comment hands over the comments in a file and returns what is to be said of
// them.
func (i *Importer) comment(ctx context.Context, r Reading) []string {
	found, taken := 0, 0
	for _, v := range r.Versions {
		comments := r.Comments[v.ID]
		if found += len(comments); i.Comment == nil || len(comments) == 0 {
			continue
		}
		n, err := i.Comment(ctx, v.ID, comments)
		if taken += n; err != nil {
			return []string{fmt.Sprintf("of its %s %d became annotations: %v", counted(found, "comment"), taken, err)}
		}
	}
	switch {
	case found == 0, i.Comment != nil && taken == 0:
		return nil
	case i.Comment == nil:
		return []string{counted(found, "comment") + " in it were left out; import it in the browser, or with --comments-as, to take them as annotations"}
	}
	return []string{counted(taken, "comment") + " in it became private annotations"}
}
