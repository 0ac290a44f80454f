package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/api"
	"glossator/index"
	"glossator/index/catalogue"
	"glossator/index/importer"
)

type importCommand struct {
	CommentsAs  string   `help:"Account whose private annotations the comments in Word files become; without it they are left out." placeholder:"NAME"`
	Watch       bool     `help:"Stay and take what appears in the folders, once it is written to its end, until interrupted."`
	Annotations string   `help:"File of annotations to take in: JSON-LD, CSV or a REFI-QDA project." placeholder:"FILE" type:"existingfile" xor:"what"`
	Codebook    string   `help:"File of a codebook to take in: SKOS or REFI-QDA." placeholder:"FILE" type:"existingfile" xor:"what"`
	All         string   `help:"Archive of glossator export --all to take in." placeholder:"FILE" type:"existingfile" xor:"what"`
	As          string   `help:"Account that takes in annotations, a codebook or an archive." placeholder:"NAME"`
	Preview     bool     `help:"Of annotations or a codebook, say what would be done, and do nothing."`
	Paths       []string `arg:"" optional:"" name:"path" help:"Files and folders; a manifest.json in a folder gives the metadata of the files beside it." type:"path"`
}

// Run imports into the store, which a running server follows, and brings the
// index up to date itself if no server has it.
func (c importCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		switch {
		case c.Annotations != "":
			return c.takeAnnotations(ctx, line, s)
		case c.Codebook != "":
			return c.takeCodebook(ctx, s)
		case c.All != "":
			return c.takeArchive(ctx, line, s)
		case len(c.Paths) == 0:
			return errors.New("say which files and folders to import")
		}
		asker, err := c.asker(ctx, s)
		if err != nil {
			return err
		}
		if c.Watch {
			return c.watch(ctx, line.Data, s, asker)
		}
		shown := newProgress(os.Stderr, "files")
		report, err := importPaths(ctx, s, asker, c.Paths, shown.step)
		shown.end()
		printReport(os.Stdout, report)
		if errors.Is(err, context.Canceled) {
			return errors.New("interrupted; run the import again to take the rest")
		}
		if err != nil {
			return err
		}
		if err := indexNow(ctx, line.Data, s); err != nil {
			return err
		}
		if refused := report.Count(importer.Refused); refused > 0 {
			return fmt.Errorf("%d of %d files were refused", refused, len(report.Files))
		}
		return nil
	})
}

// asker returns whose annotations the comments become, a stranger if nobody's.
func (c importCommand) asker(ctx context.Context, s *store.Store) (annotations.Asker, error) {
	if c.CommentsAs == "" {
		return annotations.Asker{}, nil
	}
	return askerNamed(ctx, s, c.CommentsAs)
}

// askerNamed returns the account with this name as one who asks.
func askerNamed(ctx context.Context, s *store.Store, name string) (annotations.Asker, error) {
	if name == "" {
		return annotations.Asker{}, errors.New("say whose they become: --as NAME")
	}
	users, err := s.Users(ctx)
	if err != nil {
		return annotations.Asker{}, err
	}
	for _, user := range users {
		if annotations.NormalLabel(user.Name) == annotations.NormalLabel(name) {
			return s.AskerOf(ctx, user)
		}
	}
	return annotations.Asker{}, fmt.Errorf("there is no account %q; see glossator user list", name)
}

// importPaths imports files and folders into the store, with the comments in
// them unless the asker is a stranger; progress may be nil.
func importPaths(ctx context.Context, s *store.Store, asker annotations.Asker, paths []string, progress func(done, total int, name string)) (importer.Report, error) {
	i := newImporter(s, asker)
	i.Progress = progress
	return i.Paths(ctx, paths)
}

func newImporter(s *store.Store, asker annotations.Asker) *importer.Importer {
	i := &importer.Importer{
		Put: func(ctx context.Context, d index.Document, versions []index.Version) (string, error) {
			known, err := s.Known(ctx, d.ID)
			if err != nil {
				return "", err
			}
			d = d.Over(known)
			catalogue.Complete(&d)
			outcome, err := s.PutDocument(ctx, d, versions)
			return string(outcome), err
		},
	}
	if asker.SignedIn() {
		i.Comment = func(ctx context.Context, version string, comments []importer.Comment) (int, error) {
			return s.TakeNotes(ctx, asker, api.Notes(version, comments))
		}
	}
	return i
}

// loadDigests puts our digests of the known instruments into the store: all of
// them the first time, later those that a new release has changed.
func loadDigests(ctx context.Context, s *store.Store) error {
	for _, digest := range catalogue.Digests() {
		document, versions, err := importer.Parse(digest.Name, digest.Data, importer.Metadata{})
		if err != nil {
			return fmt.Errorf("reading the digest %s: %w", digest.Name, err)
		}
		if _, err := s.PutDocument(ctx, document, versions); err != nil {
			return fmt.Errorf("loading the digest %s: %w", digest.Name, err)
		}
	}
	return nil
}

// indexNow makes the index catch up, and says so if a server does it.
func indexNow(ctx context.Context, data string, s *store.Store) error {
	served, err := catchUp(ctx, data, s)
	if served {
		fmt.Println("the running server takes the new documents into its index")
	}
	return err
}

// catchUp makes the index catch up, unless a server has it open and does so
// itself: served says that it does.
func catchUp(ctx context.Context, data string, s *store.Store) (served bool, err error) {
	engine, err := openIndex(ctx, data, s)
	if errors.Is(err, errIndexInUse) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	last, err := s.Mark(ctx)
	if err != nil {
		return false, errors.Join(err, engine.Close())
	}
	shown := newProgress(os.Stderr, "changes indexed")
	err = index.Sync(ctx, engine, s, func(mark int64) { shown.step(int(mark), int(last), "") })
	shown.end()
	return false, errors.Join(err, engine.Close())
}

// printReport prints the files that were refused and why, what is to be said of
// the others, then the counts.
func printReport(w io.Writer, report importer.Report) {
	for _, file := range report.Files {
		if file.Outcome == importer.Refused {
			fmt.Fprintf(w, "refused  %s: %s\n", file.Name, file.Reason)
		}
		for _, remark := range file.Remarks {
			fmt.Fprintf(w, "remark   %s: %s\n", file.Name, remark)
		}
	}
	passages := 0
	for _, file := range report.Files {
		passages += file.Passages
	}
	fmt.Fprintf(w, "%d taken, %d new versions, %d with new metadata only, %d unchanged, %d refused; %d passages\n",
		report.Count(importer.Taken), report.Count(importer.Version), report.Count(importer.Metadated),
		report.Count(importer.Unchanged), report.Count(importer.Refused), passages)
}

// A progress shows how far a long work has come: a bar on a terminal, a line
// for each tenth elsewhere.
type progress struct {
	w      io.Writer
	what   string
	bar    bool
	tenths int
}

func newProgress(f *os.File, what string) *progress {
	return &progress{w: f, what: what, bar: term.IsTerminal(int(f.Fd()))}
}

func (p *progress) step(done, total int, name string) {
	if p.bar {
		const width = 30
		filled := width * done / max(total, 1)
		fmt.Fprintf(p.w, "\r\x1b[K[%s%s] %d/%d %s %s", strings.Repeat("#", filled), strings.Repeat(".", width-filled),
			done, total, p.what, filepath.Base(name))
		return
	}
	if tenths := 10 * done / max(total, 1); tenths > p.tenths {
		p.tenths = tenths
		fmt.Fprintf(p.w, "%d of %d %s\n", done, total, p.what)
	}
}

// end clears the bar.
func (p *progress) end() {
	if p.bar {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
