package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"glossator/annotations/store"
)

type backupCommand struct {
	File string `arg:"" help:"File to write; it must not exist." type:"path"`
}

// Run writes a backup, also while the server runs.
func (c backupCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		recordTaking(ctx, s, "glossator backup")
		if err := s.Backup(ctx, c.File); err != nil {
			return err
		}
		info, err := os.Stat(c.File)
		if err != nil {
			return err
		}
		fmt.Printf("backed up to %s, %d bytes\n", c.File, info.Size())
		return nil
	})
}

type restoreCommand struct {
	File string `arg:"" help:"Backup to restore from." type:"existingfile"`
}

// Run makes a data folder of a backup. The index is built anew at the next start.
func (c restoreCommand) Run(ctx context.Context, line *commandLine) error {
	if err := store.Restore(ctx, c.File, line.Data); err != nil {
		return err
	}
	err := withStore(ctx, line.Data, func(s *store.Store) error { return s.SetSetting(ctx, generationSetting, "") })
	if err != nil {
		return err
	}
	fmt.Printf("restored into %s; search is built anew at the next start\n", line.Data)
	return nil
}

type checkCommand struct{}

var errProblems = errors.New("there are problems")

// Run looks at everything that is kept and, unless a server has it open, at the
// index. It prints what is wrong and fails if there is anything.
func (checkCommand) Run(ctx context.Context, line *commandLine) error {
	problems := 0
	err := checkAll(ctx, line.Data, os.Stdout, func(problem string) {
		problems++
		fmt.Println(problem)
	})
	if err != nil {
		return err
	}
	if problems > 0 {
		return fmt.Errorf("%w: %d", errProblems, problems)
	}
	return nil
}

// checkAll looks at everything in a data folder, reports what is wrong and
// prints how much it looked at.
func checkAll(ctx context.Context, data string, out io.Writer, report func(problem string)) error {
	return withStore(ctx, data, func(s *store.Store) error {
		checked, err := s.Check(ctx, report)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "looked at %d versions, %d annotations and their %d places\n", checked.Versions, checked.Annotations, checked.Placements)
		return checkIndex(ctx, data, s, out, report)
	})
}
