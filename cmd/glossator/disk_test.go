package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFullDisk: on a full disk writing is refused with the reason, reading and
// searching go on, and writing does when there is room again. Nothing that was
// acknowledged is lost.
func TestFullDisk(t *testing.T) {
	folder := t.TempDir()
	if os.Getuid() != 0 {
		t.Skip("mounting a file system needs root")
	}
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder).CombinedOutput(); err != nil {
		t.Skipf("a file system in memory cannot be mounted here: %v %s", err, out)
	}
	t.Cleanup(func() { unmount(t, folder) })
	data := filepath.Join(folder, "data")
	s, w := busy(t, data)
	ballast := filepath.Join(folder, "ballast")
	for round := range 3 {
		fill(t, ballast)
		refused := w.untilRefused()
		if refused.status != http.StatusInsufficientStorage || !strings.Contains(refused.words, "/problems/no-room") {
			t.Fatalf("round %d: a write to a full disk: %v", round, refused)
		}
		stillReads(t, s, w)
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		w.deeds(6)
	}
	s.caughtUp()
	s.stop()
	nothingLost(t, data, w)
}

// TestReadOnlyDisk: when the system makes the disk read-only, writing is refused
// with the reason and reading goes on.
func TestReadOnlyDisk(t *testing.T) {
	d := newDisk(t)
	data := filepath.Join(d.folder, "data")
	s, w := busy(t, data)
	if out, err := exec.CommandContext(t.Context(), "mount", "-o", "remount,abort", d.folder).CombinedOutput(); err != nil {
		t.Skipf("a disk cannot be made to fail here: %v %s", err, out)
	}
	refused := w.untilRefused()
	if refused.status != http.StatusServiceUnavailable || !strings.Contains(refused.words, "nothing was written") {
		t.Fatalf("a write to a disk that takes none: %v", refused)
	}
	for range 20 { // the index, too, comes to write meanwhile, and cannot
		stillReads(t, s, w)
	}
	s.kill()
	d.unmount()
	if err := d.mount(); err != nil {
		t.Fatal(err)
	}
	nothingLost(t, data, w)
}

// TestFailingFlush: when the disk says that it could not flush, the write is not
// acknowledged and the reason is told; later writes are.
func TestFailingFlush(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	s, w := busy(t, data)
	tracer := exec.CommandContext(t.Context(), "strace", "-f", "-qq", "-o", "/dev/null", "-p", fmt.Sprint(s.cmd.Process.Pid),
		"-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO")
	if err := tracer.Start(); err != nil {
		t.Skipf("flushing cannot be made to fail here: %v", err)
	}
	refused := w.untilRefused()
	_ = tracer.Process.Signal(os.Interrupt)
	_ = tracer.Wait()
	if refused == nil {
		t.Skip("flushing cannot be made to fail here")
	}
	if refused.status != http.StatusServiceUnavailable || !strings.Contains(refused.words, "/problems/disk") {
		t.Fatalf("a write that is not flushed: %v", refused)
	}
	stillReads(t, s, w)
	w.deeds(6)
	s.kill()
	nothingLost(t, data, w)
}

// busy starts a server on a data folder and writes a little to it.
func busy(t *testing.T, data string) (*server, *chronicler) {
	t.Helper()
	token := scribe(t, data, "editor")
	s := serveData(t, data, token, "--no-digests")
	w := newChronicler(t, "flora", 31)
	w.s = s
	w.deeds(8)
	s.caughtUp()
	return s, w
}

// deeds writes a few times; each is taken.
func (w *chronicler) deeds(n int) {
	w.t.Helper()
	for i := range n {
		if err := []func() error{w.importText, w.annotate, w.edit, w.save}[i%4](); err != nil {
			w.t.Fatal(err)
		}
	}
}

// untilRefused writes until something is refused and returns the refusal; nil
// if nothing is.
func (w *chronicler) untilRefused() *refusedError {
	w.t.Helper()
	for range 300 {
		var refused *refusedError
		if err := w.annotate(); errors.As(err, &refused) {
			return refused
		} else if err != nil {
			w.t.Fatalf("the server does not answer: %v", err)
		}
	}
	return nil
}

// stillReads reads everything that was acknowledged, and searches.
func stillReads(t *testing.T, s *server, w *chronicler) {
	t.Helper()
	w.compare(true)
	if found(s, "river") == 0 {
		t.Error("search finds nothing")
	}
}

// nothingLost compares what a folder holds with what was acknowledged.
func nothingLost(t *testing.T, data string, w *chronicler) {
	t.Helper()
	again := serveData(t, data, w.s.token, "--no-digests")
	w.s = again
	w.compare(true)
	again.caughtUp()
	again.stop()
	differences(t, data)
}

// fill writes a file until the disk is full.
func fill(t *testing.T, path string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for size := 1 << 20; size >= 1; size /= 4 {
		for err = nil; err == nil; {
			_, err = file.Write(make([]byte, size))
		}
	}
}

func unmount(t *testing.T, folder string) {
	t.Helper()
	if out, err := exec.Command("umount", folder).CombinedOutput(); err != nil {
		t.Errorf("umount: %v %s", err, out)
	}
}
