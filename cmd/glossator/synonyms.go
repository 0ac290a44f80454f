package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"glossator/annotations/store"
	"glossator/annotations/watch"
	"glossator/index/query"
)

type synonymsCommand struct {
	File  string `arg:"" optional:"" help:"Text to put in their place; without it they are printed." type:"existingfile"`
	Reset bool   `help:"Put our own synonyms back."`
}

// Run prints the synonyms or writes them; a running server searches with what is
// written from then on.
func (c synonymsCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		synonyms := &watch.Synonyms{Store: s}
		switch {
		case c.Reset && c.File != "":
			return errors.New("give either a file or --reset")
		case c.Reset:
			return synonyms.Reset(ctx)
		case c.File != "":
			return writeSynonyms(ctx, synonyms, c.File)
		}
		text, _, err := synonyms.Text(ctx)
		if err != nil {
			return err
		}
		_, err = os.Stdout.WriteString(text)
		return err
	})
}

func writeSynonyms(ctx context.Context, synonyms *watch.Synonyms, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the synonyms: %w", err)
	}
	err = synonyms.Write(ctx, string(text))
	if wrong := (*query.SynonymError)(nil); errors.As(err, &wrong) {
		return fmt.Errorf("%s:%d: %s; nothing was changed", file, wrong.Line, wrong.Reason)
	}
	return err
}
