package importer

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A stamp is what tells one state of a file from another.
type stamp struct {
	size     int64
	modified time.Time
}

// A Watcher imports what is in folders and what appears or changes in them. It
// looks at the folders rather than be told by the system, since shared and
// synchronised folders, where others put their files, tell nothing.
type Watcher struct {
	Importer *Importer
	Folders  []string

	before, taken map[string]stamp
}

// Look imports the files that are as they were at the look before, so that
// whoever wrote them has come to rest, and that are not taken as they are. A
// changed manifest brings the files beside it again. What cannot be read, such as
// a folder on a disk that is away, is looked for again at the next look. The
// error is that of Importer.Paths.
func (w *Watcher) Look(ctx context.Context) (Report, error) {
	if w.taken == nil {
		w.taken = map[string]stamp{}
	}
	now := look(w.Folders)
	quiet := ready(now, w.before, w.taken)
	w.before = now
	if len(quiet) == 0 {
		return Report{}, nil
	}
	return w.Importer.Paths(ctx, quiet)
}

// look returns the files in folders, with those manifests that are there.
func look(folders []string) map[string]stamp {
	found := map[string]stamp{}
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return beyond(entry)
			case entry.IsDir() && path != folder && strings.HasPrefix(entry.Name(), "."):
				return fs.SkipDir
			case entry.IsDir() || unfinished(entry.Name()) || passedOver(entry.Name()) && entry.Name() != ManifestName:
				return nil
			}
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
				found[path] = stamp{info.Size(), info.ModTime()}
			}
			return nil
		})
	}
	return found
}

// beyond goes on after what cannot be read, a folder with all that is in it.
func beyond(entry fs.DirEntry) error {
	if entry != nil && entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// unfinished reports whether a name is of a file that another program is about
// to write.
func unfinished(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".part", ".partial", ".crdownload", ".download", ".tmp":
		return true
	}
	return false
}

// ready returns the files that have come to rest and are not taken as they are,
// in order, and remembers them as taken.
func ready(now, before, taken map[string]stamp) []string {
	var quiet []string
	again := map[string]bool{} // folders whose manifest is new
	for path, s := range now {
		if before[path] == s && taken[path] != s && filepath.Base(path) == ManifestName {
			again[filepath.Dir(path)] = true
			taken[path] = s
		}
	}
	for path, s := range now {
		if filepath.Base(path) != ManifestName && before[path] == s && (taken[path] != s || again[filepath.Dir(path)]) {
			quiet = append(quiet, path)
			taken[path] = s
		}
	}
	slices.Sort(quiet)
	return quiet
}
