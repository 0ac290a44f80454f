package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index/importer"
)

// lookEvery is how often a watched folder is looked at: a file is taken when it
// has not changed for so long.
const lookEvery = 2 * time.Second

// watch takes what appears in folders, with a line for each file, until the
// context ends. A server may run beside it, and begin and end while it does.
func (c importCommand) watch(ctx context.Context, data string, s *store.Store, asker annotations.Asker) error {
	for _, path := range c.Paths {
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			return fmt.Errorf("%s is not a folder; name the folder to watch", path)
		}
	}
	w := importer.Watcher{Importer: newImporter(s, asker), Folders: c.Paths}
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	fmt.Println("watching; interrupt to stop")
	for {
		report, err := w.Look(ctx)
		printLines(os.Stdout, report)
		if err == nil && len(report.Files) > report.Count(importer.Refused) {
			_, err = catchUp(ctx, data, s)
		}
		if ctx.Err() != nil {
			fmt.Println("stopped")
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}

// printLines prints what became of each file.
func printLines(w io.Writer, report importer.Report) {
	for _, file := range report.Files {
		if file.Outcome == importer.Refused {
			fmt.Fprintf(w, "%-9s %s: %s\n", file.Outcome, file.Name, file.Reason)
		} else {
			fmt.Fprintf(w, "%-9s %s: %s; %d passages\n", file.Outcome, file.Name, file.Title, file.Passages)
		}
		for _, remark := range file.Remarks {
			fmt.Fprintf(w, "%-9s %s: %s\n", "remark", file.Name, remark)
		}
	}
}
