package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestPowerCut cuts the power under a mixed load: the data are on an ext4 image
// of their own, of which a copy made while the server is stopped has what was
// flushed and nothing else. The copy is mounted, served and compared, and is
// what the next round goes on with. GLOSSATOR_CUTS says how often. It is skipped
// where nothing can be mounted.
func TestPowerCut(t *testing.T) {
	cuts := number(t, "GLOSSATOR_CUTS", 2)
	d := newDisk(t)
	data := filepath.Join(d.folder, "data")
	token := scribe(t, data, "editor")
	random := rand.New(rand.NewPCG(8, 9))
	authors := []*chronicler{newChronicler(t, "dora", 21), newChronicler(t, "emil", 22)}
	total := &toll{}
	for total.cuts < cuts && !t.Failed() {
		s, err := startServer(t, data, token, "--no-digests")
		if err != nil {
			total.failedStarts++
			t.Fatal(err)
		}
		for _, w := range authors {
			w.s = s
			total.lost += w.compare(total.cuts%10 == 0)
		}
		d.cutDuring(s, authors, random)
		total.cuts++
		total.differences += differences(t, data)
	}
	s := serveData(t, data, token, "--no-digests")
	for _, w := range authors {
		w.s = s
		total.lost += w.compare(true)
		total.written += w.written
	}
	s.kill()
	t.Log(total)
}

// TestPowerCutControl shows that TestPowerCut can fail: of a server that does not
// wait for its disk the same cuts lose what was acknowledged.
func TestPowerCutControl(t *testing.T) {
	cuts := number(t, "GLOSSATOR_CUTS", 1)
	d := newDisk(t)
	data := filepath.Join(d.folder, "data")
	token := scribe(t, data, "editor")
	random := rand.New(rand.NewPCG(8, 10))
	total := &toll{}
	t.Setenv(unflushed, "1")
	for total.cuts < cuts && total.failedStarts == 0 && !t.Failed() {
		authors := []*chronicler{newChronicler(t, fmt.Sprint("ida", total.cuts), 23), newChronicler(t, fmt.Sprint("jon", total.cuts), 24)}
		s := serveData(t, data, token, "--no-digests")
		for _, w := range authors {
			w.s = s
			w.deeds(4)
		}
		d.cutDuring(s, authors, random)
		total.cuts++
		s, err := startServer(t, data, token, "--no-digests")
		if err != nil {
			total.failedStarts++
			continue
		}
		for _, w := range authors {
			w.s = s
			total.written += w.written
			total.lost += len(w.lost(true))
		}
		s.stop()
	}
	t.Log("without waiting for the disk:", total)
	if total.lost+total.failedStarts == 0 {
		t.Error("power cuts cost nothing even so: they are none")
	}
}

// A disk is an ext4 file system in a file, mounted on a folder.
type disk struct {
	t             *testing.T
	image, folder string
}

// newDisk makes a disk, or skips the test.
func newDisk(t *testing.T) *disk {
	t.Helper()
	d := &disk{t: t, image: filepath.Join(t.TempDir(), "image"), folder: t.TempDir()}
	if os.Getuid() != 0 {
		t.Skip("mounting a file system needs root")
	}
	file, err := os.Create(d.image)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Truncate(256 << 20); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "mkfs.ext4", "-q", d.image).CombinedOutput(); err != nil {
		t.Skipf("an ext4 file system cannot be made here: %v %s", err, out)
	}
	if err := d.mount(); err != nil {
		t.Skipf("a file system in a file cannot be mounted here: %v", err)
	}
	t.Cleanup(d.unmount)
	return d
}

// mount mounts the image. Nothing is flushed but what somebody waits for.
func (d *disk) mount() error {
	out, err := exec.Command("mount", "-o", "loop,commit=300", d.image, d.folder).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func (d *disk) unmount() { unmount(d.t, d.folder) }

// cutDuring cuts the power, at a random moment, while authors write to a server
// whose data are on the disk.
func (d *disk) cutDuring(s *server, authors []*chronicler, random *rand.Rand) {
	d.t.Helper()
	var running sync.WaitGroup
	for _, w := range authors {
		running.Go(w.work)
	}
	time.Sleep(time.Duration(100+random.IntN(900)) * time.Millisecond)
	if err := s.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		d.t.Fatal(err)
	}
	d.cut(s.kill)
	running.Wait()
}

// cut copies the image as it is at this moment, lets kill end who uses the
// disk, and mounts the copy in its place.
func (d *disk) cut(kill func()) {
	d.t.Helper()
	copied := d.image + "-copy"
	if out, err := exec.Command("cp", "--sparse=always", d.image, copied).CombinedOutput(); err != nil {
		d.t.Fatalf("cp: %v %s", err, out)
	}
	kill()
	d.unmount()
	if err := os.Rename(copied, d.image); err != nil {
		d.t.Fatal(err)
	}
	if err := d.mount(); err != nil {
		d.t.Fatal(err)
	}
}
