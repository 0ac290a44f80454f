package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"glossator/annotations/store"
)

// killsOnOneFolder is how often a server is killed on a data folder before the
// next begins with an empty one.
const killsOnOneFolder = 40

// TestKill kills the server, an import and a backup at random moments of a mixed
// load, and compares what is there with what was acknowledged, and the index
// with the store. GLOSSATOR_KILLS says how often.
func TestKill(t *testing.T) {
	kills := number(t, "GLOSSATOR_KILLS", 5)
	total := &toll{}
	for total.kills < kills && !t.Failed() {
		killOnOneFolder(t, min(killsOnOneFolder, kills-total.kills), total)
		t.Log(total)
	}
	if total.written == 0 {
		t.Fatal("nothing was acknowledged: the test tested nothing")
	}
}

// A toll sums up what crashes have cost.
type toll struct {
	kills, cuts, written, lost, differences, backups, failedStarts int
}

func (n *toll) String() string {
	return fmt.Sprintf("kills %d, power cuts %d: acknowledged writes %d, lost %d, index differences %d, failed starts %d; backups looked at %d",
		n.kills, n.cuts, n.written, n.lost, n.differences, n.failedStarts, n.backups)
}

// number returns the number in the environment, other if there is none.
func number(t *testing.T, name string, other int) int {
	t.Helper()
	given := os.Getenv(name)
	if given == "" {
		return other
	}
	n, err := strconv.Atoi(given)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

func killOnOneFolder(t *testing.T, kills int, total *toll) {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	token := scribe(t, data, "editor")
	folder := agreements(t, 30)
	random := rand.New(rand.NewPCG(uint64(total.kills), 2))
	authors := []*chronicler{newChronicler(t, "anna", uint64(total.kills)), newChronicler(t, "bo", uint64(total.kills)+1)}
	for i := range kills {
		if random.IntN(8) == 0 {
			killAtStart(t, data, time.Duration(random.IntN(400))*time.Millisecond)
		}
		s, err := startServer(t, data, token, "--no-digests")
		if err != nil {
			total.failedStarts++
			t.Fatal(err)
		}
		for _, w := range authors {
			w.s = s
			total.lost += w.compare(false)
		}
		backup := filepath.Join(t.TempDir(), "backup.db")
		var mark int64
		for _, w := range authors {
			mark = max(mark, w.mark)
		}
		var running sync.WaitGroup
		for _, w := range authors {
			running.Go(w.work)
		}
		other := command(t.Context(), "import", "--data", data, folder)
		if i%2 > 0 {
			other = command(t.Context(), "backup", "--data", data, backup)
		}
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.IntN(900)) * time.Millisecond)
		s.kill()
		if random.IntN(2) == 0 {
			_ = other.Process.Kill()
		}
		_ = other.Wait()
		running.Wait()
		total.kills++
		total.differences += differences(t, data)
		total.backups += lookAtBackup(t, backup, mark)
	}
	s := serveData(t, data, token, "--no-digests")
	for _, w := range authors {
		w.s = s
		total.lost += w.compare(true)
		total.written += w.written
	}
	run(t, "", "import", "--data", data, folder)
	if again := run(t, "", "import", "--data", data, folder); !strings.HasPrefix(again, "0 taken, 0 new versions, 0 with new metadata only, 30 unchanged") {
		t.Errorf("a second import after the kills: %s", again)
	}
	s.kill()
}

// killAtStart starts a server and kills it so soon that it may not be up.
func killAtStart(t *testing.T, data string, after time.Duration) {
	t.Helper()
	cmd := command(t.Context(), "serve", "--data", data, "--listen", "127.0.0.1:0", "--no-digests")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// differences looks at a copy of a data folder whose server was killed, and
// returns how much of it is wrong once the index has caught up.
func differences(t *testing.T, data string) (n int) {
	t.Helper()
	wreck := filepath.Join(t.TempDir(), "wreck")
	if err := os.CopyFS(wreck, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(wreck) }()
	report := func(problem string) {
		n++
		t.Errorf("after the kill: %s", problem)
	}
	if err := checkAll(t.Context(), wreck, io.Discard, report); err != nil {
		t.Errorf("after the kill: %v", err)
	}
	return n
}

// lookAtBackup returns 1 if there is a backup; it is whole, and has what was
// acknowledged before it began.
func lookAtBackup(t *testing.T, file string, mark int64) int {
	t.Helper()
	if _, err := os.Stat(file); err != nil {
		return 0
	}
	dir := filepath.Join(t.TempDir(), "restored")
	defer func() { _ = errors.Join(os.RemoveAll(dir), os.Remove(file)) }()
	if err := store.Restore(t.Context(), file, dir); err != nil {
		t.Error(err)
		return 1
	}
	s, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Error(err)
		return 1
	}
	defer s.Close()
	if _, err := s.Check(t.Context(), func(problem string) { t.Errorf("in a backup: %s", problem) }); err != nil {
		t.Error(err)
	}
	if has, err := s.Mark(t.Context()); err != nil || has < mark {
		t.Errorf("a backup begun after write %d has only those up to %d, %v", mark, has, err)
	}
	return 1
}

// agreements writes n made-up agreements into a folder.
func agreements(t *testing.T, n int) string {
	t.Helper()
	words := strings.Fields("carriage of goods by river shall be free from tolls and each party keeps its banks in repair at its own cost")
	random := rand.New(rand.NewPCG(3, 4))
	folder := t.TempDir()
	for i := range n {
		var text strings.Builder
		fmt.Fprintf(&text, "# River agreement %d\n\n", i)
		for article := range 12 {
			fmt.Fprintf(&text, "## Article %d – Rule\n\n", article+1)
			for paragraph := range 3 {
				fmt.Fprintf(&text, "%d. ", paragraph+1)
				for range 40 {
					text.WriteString(words[random.IntN(len(words))] + " ")
				}
				text.WriteString("\n\n")
			}
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("river-%03d.md", i)), []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
