package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// Backup writes everything that Glossator keeps into one file, as it is at one
// moment, while others read and write. The file is a database like the one in
// the data folder; it is there whole, and on the disk, or not at all. It fails
// if the file exists.
func (s *Store) Backup(ctx context.Context, file string) (err error) {
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fmt.Errorf("there is a file %s already", file), err)
	}
	unfinished := file + ".unfinished"
	if err := os.Remove(unfinished); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing what is left of another backup: %w", err)
	}
	if err := touchPrivate(unfinished); err != nil {
		return fmt.Errorf("making a backup: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(unfinished))
		}
	}()
	from, err := connect(s.file, 1, url.Values{"_pragma": {"busy_timeout(10000)"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if _, err := from.ExecContext(ctx, "VACUUM INTO ?", unfinished); err != nil {
		return fmt.Errorf("making a backup: %w", err)
	}
	return settle(unfinished, file)
}

// touchPrivate makes an empty file that only its owner may read: a backup
// holds everybody's private annotations.
func touchPrivate(file string) error {
	f, err := os.OpenFile(filepath.Clean(file), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// settle gives a finished file its name once it is on the disk.
func settle(unfinished, file string) error {
	for _, step := range []func() error{
		func() error { return flush(unfinished) },
		func() error { return os.Rename(unfinished, file) },
		func() error { return flush(filepath.Dir(file)) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("finishing %s: %w", file, err)
		}
	}
	return nil
}

// flush waits until a file or a folder is on the disk.
func flush(path string) error {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Restore makes a data folder of a backup. It fails if the file is not a whole
// backup, or if the folder has a database.
func Restore(ctx context.Context, file, dir string) error {
	to := filepath.Join(dir, File)
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fmt.Errorf("the folder %s holds a database already; give another one, or move it away", dir), err)
	}
	from, err := connect(file, 1, url.Values{"mode": {"ro"}})
	if err != nil {
		return err
	}
	defer from.Close()
	faults, err := list(ctx, from, scanText, "PRAGMA integrity_check")
	if err != nil {
		return fmt.Errorf("%s is not a backup: %w", file, err)
	}
	if len(faults) != 1 || faults[0] != "ok" {
		return fmt.Errorf("%s is damaged: %s", file, faults[0])
	}
	if known, err := exists(ctx, from, "SELECT 1 FROM counter"); err != nil || !known {
		return errors.Join(fmt.Errorf("%s is not a backup of Glossator", file), err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("making the data folder: %w", err)
	}
	unfinished := to + ".unfinished"
	if err := touchPrivate(unfinished); err != nil {
		return fmt.Errorf("restoring into %s: %w", dir, err)
	}
	if _, err := from.ExecContext(ctx, "VACUUM INTO ?", unfinished); err != nil {
		return errors.Join(fmt.Errorf("copying %s: %w", file, err), os.Remove(unfinished))
	}
	return settle(unfinished, to)
}
