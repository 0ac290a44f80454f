package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/query"
)

type backupCommand struct {
	File string `arg:"" help:"File to write; it must not exist." type:"path"`
}

// Run writes a backup, also while the server runs.
func (c backupCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
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
	return withStore(ctx, line.Data, func(s *store.Store) error {
		problems := 0
		report := func(problem string) {
			problems++
			fmt.Println(problem)
		}
		checked, err := s.Check(ctx, report)
		if err != nil {
			return err
		}
		fmt.Printf("looked at %d versions, %d annotations and their %d places\n", checked.Versions, checked.Annotations, checked.Placements)
		if err := checkIndex(ctx, line.Data, s, report); err != nil {
			return err
		}
		if problems > 0 {
			return fmt.Errorf("%w: %d", errProblems, problems)
		}
		return nil
	})
}

// checkIndex compares what search knows with what is kept.
func checkIndex(ctx context.Context, data string, s *store.Store, report func(string)) error {
	engine, err := openIndex(ctx, data, s)
	if errors.Is(err, errIndexInUse) {
		fmt.Println("the index is in use and was not looked at")
		return nil
	}
	if err != nil {
		return err
	}
	if err := index.Sync(ctx, engine, s, nil); err != nil {
		return errors.Join(err, engine.Close())
	}
	n, err := compareIndex(ctx, engine, s, report)
	if err == nil {
		fmt.Printf("looked at %d passages in the index\n", n)
	}
	return errors.Join(err, engine.Close())
}

// compareIndex looks at every passage of every version in the index, and
// returns how many there are.
func compareIndex(ctx context.Context, engine index.Engine, s *store.Store, report func(string)) (passages int, err error) {
	everything, err := query.Parse("version:all")
	if err != nil {
		return 0, err
	}
	documents, _, err := s.Documents(ctx, annotations.Asker{}, store.DocumentFilter{})
	if err != nil {
		return 0, err
	}
	for _, d := range documents {
		detail, err := s.Document(ctx, annotations.Asker{}, d.ID)
		if err != nil {
			return passages, err
		}
		for _, of := range detail.Versions {
			if of.Corrected != "" {
				continue
			}
			v, err := s.Version(ctx, annotations.Asker{}, of.ID)
			if err != nil {
				return passages, err
			}
			hits, err := engine.Matches(ctx, everything, v.ID, nil)
			if err != nil {
				return passages, err
			}
			passages += len(hits)
			compareVersion(v, hits, report)
		}
	}
	return passages, nil
}

// compareVersion reports the passages of a version that the index does not have
// as they are.
func compareVersion(v *index.Version, hits []index.Hit, report func(string)) {
	found := map[string]string{}
	for _, h := range hits {
		found[h.Provision] = h.Text
	}
	for _, p := range v.Passages() {
		text, ok := found[p.Provision]
		if !ok || text != p.Text {
			report(fmt.Sprintf("Passage %s of version %s of %s is not in the index as it is; start the server with an empty folder DATA/index.", p.Provision, v.ID, v.Document))
		}
		delete(found, p.Provision)
	}
	for provision := range found {
		report(fmt.Sprintf("The index has a passage %s of version %s of %s that does not exist.", provision, v.ID, v.Document))
	}
}
