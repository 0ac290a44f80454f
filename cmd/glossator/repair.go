package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"glossator/annotations/store"
	"glossator/index"
)

type repairCommand struct{}

var errBeyondRepair = errors.New("the rest cannot be mended; restore the last backup into another folder and take from it what is missing here")

// Run mends what check finds and can be mended, prints what it did and what
// remains, and fails if anything does. No server may have the folder open.
func (repairCommand) Run(ctx context.Context, line *commandLine) error {
	if err := repair(ctx, line.Data); err != nil {
		return err
	}
	problems := 0
	err := checkAll(ctx, line.Data, os.Stdout, func(problem string) {
		problems++
		fmt.Println(problem)
	})
	if problems > 0 {
		return fmt.Errorf("%d problems: %w", problems, errBeyondRepair)
	}
	return err
}

func repair(ctx context.Context, data string) error {
	return withStore(ctx, data, func(s *store.Store) (err error) {
		x, err := openIndex(ctx, data, s)
		if errors.Is(err, errIndexInUse) {
			return fmt.Errorf("stop the server first: %w", err)
		}
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, x.Close()) }()
		aside := &asideFile{path: filepath.Join(data, time.Now().UTC().Format("set-aside-20060102T150405Z.jsonl"))}
		err = s.Repair(ctx, aside, func(done string) { fmt.Println(done) })
		if err := errors.Join(err, aside.close()); err != nil {
			return err
		}
		fault, err := x.compare(ctx, s)
		if fault == "" && err == nil {
			return nil
		}
		fmt.Printf("The index is built anew: %s\n", cmp.Or(fault, fmt.Sprint(err)))
		if err := x.renew(ctx, data, s); err != nil {
			return err
		}
		if err := index.Sync(ctx, x, s, nil); err != nil {
			fmt.Printf("The index is not whole: %v\n", err)
		}
		return nil
	})
}

// An asideFile is made when the first row is set aside.
type asideFile struct {
	path string
	file *os.File
}

func (a *asideFile) Write(row []byte) (n int, err error) {
	if a.file == nil {
		if a.file, err = os.OpenFile(a.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err != nil {
			return 0, err
		}
		fmt.Printf("what is set aside goes into %s\n", a.path)
	}
	return a.file.Write(row)
}

func (a *asideFile) close() error {
	if a.file == nil {
		return nil
	}
	return errors.Join(a.file.Sync(), a.file.Close())
}
