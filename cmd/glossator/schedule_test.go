package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations/store"
)

func TestSchedule(t *testing.T) {
	s, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c := schedule{BackupDir: filepath.Join(t.TempDir(), "backups"), BackupEvery: 24 * time.Hour, BackupKeep: 2}
	day := func(n int) time.Time { return time.Date(2031, 3, n, 4, 0, 0, 0, time.UTC) }
	due := func(now time.Time, want time.Duration) {
		t.Helper()
		if got, err := c.untilDue(now); err != nil || got != want {
			t.Errorf("at %s the next is due in %s, %v; want %s", now, got, err, want)
		}
	}
	due(day(1), 0)
	for n := 1; n <= 4; n++ {
		if n == 3 {
			if err := os.WriteFile(filepath.Join(c.BackupDir, day(2).Format(backupName)+".unfinished"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.backUp(t.Context(), s, day(n)); err != nil {
			t.Fatal(err)
		}
	}
	all, err := filepath.Glob(filepath.Join(c.BackupDir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range all {
		names = append(names, filepath.Base(file))
	}
	if diff := cmp.Diff([]string{"glossator-20310303T040000Z.db", "glossator-20310304T040000Z.db"}, names); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	due(day(4).Add(time.Hour), 23*time.Hour)
	due(day(9), 0)
	due(day(4).AddDate(-1, 0, 0), 24*time.Hour) // the clock was set back
	if err := c.backUp(t.Context(), s, day(4)); err == nil {
		t.Error("a backup was written over")
	}
	if err := store.Restore(t.Context(), filepath.Join(c.BackupDir, names[1]), filepath.Join(t.TempDir(), "again")); err != nil {
		t.Error(err)
	}
}

// TestScheduledBackup: a server that has a folder for backups writes the first
// one when it starts.
func TestScheduledBackup(t *testing.T) {
	data, backups := t.TempDir(), filepath.Join(t.TempDir(), "backups")
	s := serveData(t, data, "", "--no-digests", "--backup-dir", backups)
	deadline := time.Now().Add(time.Minute)
	for {
		files, err := filepath.Glob(filepath.Join(backups, backupPattern))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 1 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("there is no backup")
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.stop()
}
