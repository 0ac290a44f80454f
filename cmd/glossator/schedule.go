package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"glossator/annotations/store"
)

// A schedule says where, how often and how many backups are kept.
type schedule struct {
	BackupDir   string        `help:"Folder to write backups into, best on another disk; none are written without it." env:"GLOSSATOR_BACKUP_DIR" placeholder:"DIR" type:"path"`
	BackupEvery time.Duration `help:"How often." default:"24h" env:"GLOSSATOR_BACKUP_EVERY"`
	BackupKeep  int           `help:"How many of them to keep; older ones are removed when the next is whole." default:"7" env:"GLOSSATOR_BACKUP_KEEP"`
}

// AfterApply refuses a schedule that would keep nothing; kong calls it.
func (c schedule) AfterApply() error {
	if c.BackupDir != "" && (c.BackupEvery < time.Minute || c.BackupKeep < 1) {
		return errors.New("--backup-every is a minute at least, --backup-keep one")
	}
	return nil
}

// Names of backups are in the order of their times, in UTC.
const (
	backupName     = "glossator-20060102T150405Z.db"
	backupPattern  = "glossator-????????T??????Z.db"
	retryBackupsIn = 10 * time.Minute
)

// keepBackups writes backups until ctx ends. A failure is logged and tried again.
func (c schedule) keepBackups(ctx context.Context, s *store.Store) error {
	return again(ctx, "there is no new backup", retryBackupsIn, func() error {
		rest, err := c.untilDue(time.Now())
		if err != nil {
			return err
		}
		if err := sleep(ctx, rest); err != nil {
			return err
		}
		return c.backUp(ctx, s, time.Now())
	})
}

// untilDue returns how long it is until the next backup is due: at most a whole
// turn, also if the clock has been set back.
func (c schedule) untilDue(now time.Time) (time.Duration, error) {
	files, err := c.kept(backupPattern)
	if err != nil || len(files) == 0 {
		return 0, err
	}
	last, err := time.Parse(backupName, filepath.Base(files[len(files)-1]))
	if err != nil {
		return 0, fmt.Errorf("a backup has no time for a name: %w", err)
	}
	return max(0, min(last.Add(c.BackupEvery).Sub(now), c.BackupEvery)), nil
}

// backUp writes one backup and then removes those that are too many, and what is
// left of one that was not finished.
func (c schedule) backUp(ctx context.Context, s *store.Store, now time.Time) error {
	if err := os.MkdirAll(c.BackupDir, 0o700); err != nil {
		return fmt.Errorf("making the folder of the backups: %w", err)
	}
	file := filepath.Join(c.BackupDir, now.UTC().Format(backupName))
	if err := s.Backup(ctx, file); err != nil {
		return err
	}
	slog.Info("backed up", "file", file)
	files, err := c.kept(backupPattern)
	if err != nil {
		return err
	}
	left, err := c.kept(backupPattern + ".unfinished")
	if err != nil {
		return err
	}
	for _, old := range append(left, files[:max(0, len(files)-c.BackupKeep)]...) {
		if err := os.Remove(old); err != nil {
			return fmt.Errorf("removing an old backup: %w", err)
		}
	}
	return nil
}

// kept returns the files of a pattern in the folder of the backups, the oldest
// first.
func (c schedule) kept(pattern string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(c.BackupDir, pattern))
	slices.Sort(files)
	return files, err
}
