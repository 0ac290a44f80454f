package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

func TestBackupAndRestore(t *testing.T) {
	s := open(t)
	v := articles("a", "en", "One rule.")
	put(t, s, Taken, agreement("a", "Agreement"), v)
	anna := join(t, s, "Anna", annotations.Member)
	annotate(t, s, anna, v.ID, "One rule", NewAnnotation{Note: "kept"})
	ctx, dir := t.Context(), t.TempDir()
	file := filepath.Join(dir, "backup.db")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	annotate(t, s, anna, v.ID, "rule", NewAnnotation{Note: "written later"})
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := s.Backup(ctx, file); err == nil {
		t.Error("a backup was written over")
	}

	folder := filepath.Join(dir, "data")
	if err := Restore(ctx, file, folder); err != nil {
		t.Fatal(err)
	}
	if err := Restore(ctx, file, folder); err == nil {
		t.Error("a database was written over")
	}
	again, err := Open(ctx, folder)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	var notes []string
	for _, p := range must[[]Placed](t)(again.AnnotationsOf(ctx, anna, v.ID)) {
		notes = append(notes, p.Note)
	}
	if diff := cmp.Diff([]string{"kept"}, notes); diff != "" {
		t.Errorf("restored (-want +got):\n%s", diff)
	}
}

func TestRestoreRefuses(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	other, damaged := filepath.Join(dir, "other.db"), filepath.Join(dir, "damaged.db")
	if err := os.WriteFile(other, []byte("no database at all, but long enough to be looked at"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t)
	put(t, s, Taken, agreement("a", "Agreement"), articles("a", "en", "One rule."))
	if err := s.Backup(ctx, damaged); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(damaged)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(damaged, content[:len(content)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{other, damaged, filepath.Join(dir, "missing.db")} {
		folder := filepath.Join(dir, "data")
		if err := Restore(ctx, file, folder); err == nil {
			t.Errorf("%s was taken", file)
		}
		if _, err := os.Stat(filepath.Join(folder, File)); err == nil {
			t.Errorf("%s left a database behind", file)
		}
	}
}
