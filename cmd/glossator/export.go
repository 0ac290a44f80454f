package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/annotations/transfer"
	"glossator/annotations/watch"
)

type exportCommand struct {
	File     string `arg:"" optional:"" help:"Where to write; standard output without it." type:"path"`
	Format   string `help:"Of annotations: jsonld, csv, xlsx, markdown or qdpx; of the codebook: skos-ttl, skos-jsonld or qdc." enum:"jsonld,csv,xlsx,markdown,qdpx,skos-ttl,skos-jsonld,qdc" default:"jsonld"`
	As       string `help:"Account whose annotations leave: all that it may read; without it what is public." placeholder:"NAME"`
	Everyone bool   `help:"What anybody has written, private annotations too."`
	Document string `help:"Only on this document." placeholder:"ID"`
	Concept  string `help:"Only with this concept." placeholder:"LABEL"`
	Creator  string `help:"Only those of this account." placeholder:"NAME"`
	Query    string `help:"Only on passages that this query finds; not while a server runs on the folder." placeholder:"QUERY"`
	All      bool   `help:"Everything in one ZIP archive: texts, annotations of everyone, codebooks and saved searches; glossator import --all reads it."`
}

// Run writes annotations or a codebook.
func (c exportCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		recordTaking(ctx, s, c.taking())
		return writeTo(c.File, func(w io.Writer) error {
			if c.All {
				return writeArchive(ctx, s, w)
			}
			if format, ok := transfer.CodebookFormatNamed(c.Format); ok {
				book, err := transfer.Codebook(ctx, s, annotations.Asker{}, "")
				if err != nil {
					return err
				}
				return format.Write(w, book)
			}
			return c.annotations(ctx, line.Data, s, w)
		})
	})
}

// taking says what leaves.
func (c exportCommand) taking() string {
	_, codebook := transfer.CodebookFormatNamed(c.Format)
	switch {
	case c.All:
		return "glossator export --all"
	case c.Everyone && !codebook:
		return "glossator export --everyone --format " + c.Format
	case c.As != "" && !codebook:
		return "glossator export --as " + c.As + " --format " + c.Format
	}
	return "glossator export --format " + c.Format
}

// annotations writes annotations as they come.
func (c exportCommand) annotations(ctx context.Context, data string, s *store.Store, w io.Writer) error {
	format, _ := transfer.FormatNamed(c.Format)
	e := &transfer.Exporter{Store: s, Filter: store.AnnotationFilter{Document: c.Document}}
	var err error
	if e.Askers, err = c.askers(ctx, s); err != nil {
		return err
	}
	if c.Creator != "" {
		creator, err := askerNamed(ctx, s, c.Creator)
		if err != nil {
			return err
		}
		e.Filter.Creator = creator.User
	}
	if c.Concept != "" {
		if e.Filter.Concept, err = conceptNamed(ctx, s, c.Concept); err != nil {
			return err
		}
	}
	if c.Query == "" {
		return e.Write(ctx, w, format)
	}
	concepts, err := watch.Concepts(ctx, s, c.Query)
	if err != nil {
		return err
	}
	asked, err := watch.FromAddress(url.Values{"q": {c.Query}}, nil, concepts)
	if err != nil {
		return err
	}
	engine, err := openIndex(ctx, data, s)
	if err != nil {
		return err
	}
	e.Engine, e.Query = engine, asked.Query
	return errors.Join(e.Write(ctx, w, format), engine.Close())
}

// askers returns those whose annotations leave.
func (c exportCommand) askers(ctx context.Context, s *store.Store) ([]annotations.Asker, error) {
	switch {
	case c.Everyone:
		return everyone(ctx, s)
	case c.As == "":
		return []annotations.Asker{{}}, nil
	}
	asker, err := askerNamed(ctx, s, c.As)
	return []annotations.Asker{asker}, err
}

// everyone returns each account as one who asks: whatever is written, its writer
// may read.
func everyone(ctx context.Context, s *store.Store) ([]annotations.Asker, error) {
	users, err := s.Users(ctx)
	if err != nil {
		return nil, err
	}
	all := []annotations.Asker{{}}
	for _, user := range users {
		asker, err := s.AskerOf(ctx, user)
		if err != nil {
			return nil, err
		}
		all = append(all, asker)
	}
	return all, nil
}

func conceptNamed(ctx context.Context, s *store.Store, label string) (string, error) {
	concepts, err := s.AllConcepts(ctx)
	if err != nil {
		return "", err
	}
	for _, k := range concepts {
		if annotations.NormalLabel(k.Label) == annotations.NormalLabel(label) || k.ID == label {
			return k.ID, nil
		}
	}
	return "", fmt.Errorf("there is no concept %q", label)
}

// writeTo writes to a file, whole or not at all, or to standard output for "".
func writeTo(name string, write func(io.Writer) error) error {
	if name == "" {
		out := bufio.NewWriter(os.Stdout)
		return errors.Join(write(out), out.Flush())
	}
	part, err := os.Create(name + ".part")
	if err != nil {
		return fmt.Errorf("writing an export: %w", err)
	}
	out := bufio.NewWriter(part)
	err = errors.Join(write(out), out.Flush(), part.Sync(), part.Close())
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return os.Rename(part.Name(), name)
}

// takeAnnotations takes in a file of annotations for an account, as the command
// line may: annotations of others are attributed to them.
func (c importCommand) takeAnnotations(ctx context.Context, line *commandLine, s *store.Store) error {
	asker, err := askerNamed(ctx, s, c.As)
	if err != nil {
		return err
	}
	file, err := os.Open(c.Annotations)
	if err != nil {
		return fmt.Errorf("reading annotations: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("reading annotations: %w", err)
	}
	im := &transfer.Importer{Store: s, Asker: asker, AsOthers: true, Preview: c.Preview, AddDocument: addText(s)}
	report, err := im.File(ctx, file, info.Size())
	if err != nil {
		return err
	}
	printIntake(report)
	if c.Preview {
		return nil
	}
	return indexNow(ctx, line.Data, s)
}

func printIntake(report transfer.Report) {
	for _, r := range report.Refusals {
		fmt.Printf("refused  %s: %s\n", r.Label, r.Reason)
	}
	for _, remark := range report.Remarks {
		fmt.Printf("remark   %s\n", remark)
	}
	fmt.Printf("%d taken, %d there already, %d refused; %d concepts added\n", report.Taken, report.There, report.Refused, report.Concepts)
}

// takeCodebook adds the concepts of a file to the starter codebook.
func (c importCommand) takeCodebook(ctx context.Context, s *store.Store) error {
	asker, err := askerNamed(ctx, s, c.As)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(c.Codebook)
	if err != nil {
		return fmt.Errorf("reading a codebook: %w", err)
	}
	book, err := transfer.ReadCodebook(data)
	if err != nil {
		return err
	}
	asker.Role = annotations.Administrator // whoever may write to the folder may do anything
	return printCodebook(transfer.TakeCodebook(ctx, s, asker, "", c.Preview, book))
}

func printCodebook(report transfer.CodebookReport, err error) error {
	if err != nil {
		return err
	}
	for _, r := range report.Refusals {
		fmt.Printf("refused  %s: %s\n", r.Label, r.Reason)
	}
	for _, remark := range report.Remarks {
		fmt.Printf("remark   %s\n", remark)
	}
	fmt.Printf("%d concepts added, %d there already, %d refused\n", report.Added, report.There, len(report.Refusals))
	return nil
}
