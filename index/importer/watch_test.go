package importer

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWatch changes a folder between looks: what has come to rest is taken, once.
func TestWatch(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("old.txt", "The old lamp.")
	var got []string
	w := Watcher{Importer: (&recorder{}).importer(), Folders: []string{folder, filepath.Join(folder, "away")}}
	look := func() {
		t.Helper()
		r, err := w.Look(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range r.Files {
			got = append(got, filepath.Base(file.Name)+" "+file.Outcome+" "+file.Title)
		}
		got = append(got, "|")
	}
	look()
	look()
	write("new.txt", "The lamp.")
	write("~$new.docx", "x")
	write("late.txt.part", "The l")
	look()
	write("new.txt", "The new lamp.") // still being written
	look()
	look()
	write("deep/lamp.txt", "The deep lamp.")
	write("deep/empty.txt", "")
	look()
	look()
	write("deep/manifest.json", `[{"slug": "deep-lamp", "file": "lamp.txt", "title": "On the Deep"}]`)
	look()
	look()
	look()
	want := []string{
		"|", "old.txt taken old", "|", "|", "|", "new.txt taken new", "|", "|", "empty.txt refused ", "lamp.txt taken lamp", "|",
		"|", "empty.txt refused ", "lamp.txt taken On the Deep", "|", "|",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
