package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

type documentsCommand struct {
	List     documentsListCommand     `cmd:"" default:"withargs" help:"List the documents."`
	Show     documentsShowCommand     `cmd:"" help:"Print what is known of a document."`
	Set      documentsSetCommand      `cmd:"" help:"Change what is known of a document; imports leave it alone from then on."`
	History  documentsHistoryCommand  `cmd:"" help:"Print who changed what is known of a document, and when."`
	Restore  documentsRestoreCommand  `cmd:"" help:"Bring back what was known of a document after an entry of its history."`
	Language documentsLanguageCommand `cmd:"" help:"Say that a version is in another language."`
}

type documentsListCommand struct {
	Text string `arg:"" optional:"" help:"Words of the title, short title, aliases or organisation."`
}

// Run lists the documents, one a line.
func (c documentsListCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		documents, _, err := s.Documents(ctx, annotations.Asker{}, store.DocumentFilter{Text: c.Text})
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		fmt.Fprintln(out, "ID\tYEAR\tKIND\tSTATUS\tLANGUAGES\tTITLE")
		for _, d := range documents {
			year := ""
			if d.Year > 0 {
				year = fmt.Sprint(d.Year)
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", d.ID, year, d.Kind, d.Status, strings.Join(d.Languages, " "), d.Title)
		}
		return out.Flush()
	})
}

type documentsShowCommand struct {
	ID string `arg:"" help:"Of the document."`
}

// Run prints the fields of a document and its versions.
func (c documentsShowCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		m, err := s.Metadata(ctx, annotations.Asker{}, c.ID)
		if err != nil {
			return err
		}
		detail, err := s.Document(ctx, annotations.Asker{}, c.ID)
		if err != nil {
			return err
		}
		printValues(os.Stdout, m.Document)
		for _, v := range detail.Versions {
			state := ""
			if !v.Current {
				state = ", not current"
			}
			fmt.Printf("version %s: %s, number %d, of %s, %s%s\n", v.ID, v.Language, v.Number, day(v.Imported), v.Source, state)
		}
		return nil
	})
}

// printValues prints what is said of a document as documents set takes it.
func printValues(w io.Writer, d index.Document) {
	values := d.Values()
	for _, name := range index.Fields {
		if value := values[name]; len(value) > 0 {
			fmt.Fprintf(w, "%s=%s\n", name, strings.Join(value, listDivider+" "))
		}
	}
}

// listDivider divides the values of a list on the command line: names of parties
// and titles have commas in them.
const listDivider = ";"

type documentsSetCommand struct {
	ID     string   `arg:"" help:"Of the document."`
	Fields []string `arg:"" name:"field=value" help:"Such as status=\"in force\" or parties=\"FRA; Republic of Korea\"; an empty value takes it away. Lists are divided by semicolons."`
}

// Run changes the metadata and brings the index up to date, as an import does.
func (c documentsSetCommand) Run(ctx context.Context, line *commandLine) error {
	values, err := readValues(c.Fields)
	if err != nil {
		return err
	}
	return withStore(ctx, line.Data, func(s *store.Store) error {
		m, err := s.EditMetadata(ctx, "", c.ID, store.MetadataEdit{Values: values})
		if err != nil {
			return err
		}
		printValues(os.Stdout, m.Document)
		for _, party := range m.Document.Parties {
			if _, known := index.FindParty(party); !known {
				fmt.Fprintf(os.Stderr, "the party %q is not on the list of states and organisations; it is kept as it is written\n", party)
			}
		}
		return indexNow(ctx, line.Data, s)
	})
}

// readValues reads "field=value" arguments.
func readValues(fields []string) (index.Values, error) {
	values := index.Values{}
	for _, field := range fields {
		name, value, found := strings.Cut(field, "=")
		if !found {
			return nil, fmt.Errorf("%q is not of the form field=value", field)
		}
		if _, twice := values[name]; twice {
			return nil, fmt.Errorf("the field %q is there twice; divide the values of a list by %q", name, listDivider)
		}
		values[name] = []string{value}
		if index.ListField(name) {
			values[name] = strings.Split(value, listDivider)
		}
	}
	return values, nil
}

type documentsHistoryCommand struct {
	ID string `arg:"" help:"Of the document."`
}

// Run prints the history, the last entry first.
func (c documentsHistoryCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		history, err := s.MetadataHistory(ctx, annotations.Asker{}, c.ID)
		if err != nil {
			return err
		}
		users, err := s.Users(ctx)
		if err != nil {
			return err
		}
		names := map[string]string{}
		for _, user := range users {
			names[user.ID] = " by " + user.Name
		}
		for _, h := range history {
			fmt.Printf("%d  %s  %s%s\n", h.Number, day(h.At), h.Deed, names[h.Who])
			if h.Deed == store.DeedLanguage {
				fmt.Printf("    version %s: %s, was %s\n", h.Version, h.Became, h.Was)
			}
			for _, change := range h.Changes {
				fmt.Printf("    %s: %q, was %q\n", change.Field, strings.Join(change.To, "; "), strings.Join(change.From, "; "))
			}
		}
		return nil
	})
}

type documentsRestoreCommand struct {
	ID     string `arg:"" help:"Of the document."`
	Number int64  `arg:"" help:"Of the entry in its history."`
}

// Run brings an earlier state of the metadata back.
func (c documentsRestoreCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		m, err := s.RestoreMetadata(ctx, "", c.ID, c.Number)
		if err != nil {
			return err
		}
		printValues(os.Stdout, m.Document)
		return indexNow(ctx, line.Data, s)
	})
}

type documentsLanguageCommand struct {
	Version string `arg:"" help:"Id of the version, as documents show prints it."`
	Tag     string `arg:"" help:"The language, such as en, fr or zh-Hant."`
}

// Run corrects the language of a version.
func (c documentsLanguageCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		id, err := s.CorrectLanguage(ctx, "", c.Version, c.Tag)
		if err != nil {
			return err
		}
		fmt.Printf("version %s is now %s\n", c.Version, id)
		return indexNow(ctx, line.Data, s)
	})
}
