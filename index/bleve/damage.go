package bleve

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Bleve reads a segment without looking at the checksum at its end, and its list
// of segments, root.bolt, has none. The list gets one when the index is closed,
// in the file sumFile, which is removed before the list is changed again: where
// it is missing the index was not closed.
const (
	listFile = "root.bolt"
	sumFile  = "root.sum"
)

// unsound returns the files of segments in a folder that are not as they were
// written. One that the index has never used may be among them: it was not
// finished when the process died.
func unsound(dir string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.zap"))
	if err != nil {
		return nil, err
	}
	var bad []string
	for _, file := range files {
		sound, err := soundSegment(file)
		if err != nil {
			return nil, err
		}
		if !sound {
			bad = append(bad, file)
		}
	}
	return bad, nil
}

// soundSegment holds a segment against its last four bytes, the CRC-32 (IEEE) of
// all before them.
func soundSegment(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return false, err
	}
	if info.Size() < 4 {
		return false, nil
	}
	sum := crc32.NewIEEE()
	in := bufio.NewReaderSize(file, 1<<20)
	if _, err := io.CopyN(sum, in, info.Size()-4); err != nil {
		return false, err
	}
	var kept [4]byte
	if _, err := io.ReadFull(in, kept[:]); err != nil {
		return false, err
	}
	return binary.BigEndian.Uint32(kept[:]) == sum.Sum32(), nil
}

// use says which of the files a state of the index uses; "" if none.
func use(snapshot *scorch.IndexSnapshot, files []string) string {
	for _, s := range snapshot.Segments() {
		if kept, ok := s.Segment().(segment.PersistedSegment); ok && slices.Contains(files, kept.Path()) {
			return kept.Path()
		}
	}
	return ""
}

// sumOf returns what the file sumFile holds if the list is as it is.
func sumOf(dir string) (string, error) {
	list, err := os.ReadFile(filepath.Join(dir, listFile))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%08x\n", crc32.ChecksumIEEE(list)), nil
}

// unseal holds the list against its checksum, which it removes, and reports
// whether the index was closed at all.
func unseal(dir string) (closed bool, err error) {
	path := filepath.Join(dir, sumFile)
	kept, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	sum, err := sumOf(dir)
	if err != nil {
		return false, err
	}
	if string(kept) != sum {
		return false, fmt.Errorf("the list of segments in %s is not as it was written", dir)
	}
	if err := os.Remove(path); err != nil {
		return false, err
	}
	return true, syncPath(dir)
}

// seal writes the checksum of the list, which nobody changes any more.
func seal(dir string) error {
	sum, err := sumOf(dir)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, sumFile)
	if err := os.WriteFile(path, []byte(sum), 0o600); err != nil {
		return err
	}
	return errors.Join(syncPath(path), syncPath(dir))
}

// syncPath waits until a file or a folder is on the disk.
func syncPath(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
