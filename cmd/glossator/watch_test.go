package main

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWatchCommand watches a folder beside a running server: what appears is
// found by the server, and an interrupt ends the watch without a fault.
func TestWatchCommand(t *testing.T) {
	data, folder := filepath.Join(t.TempDir(), "data"), t.TempDir()
	s := serveData(t, data, "")
	cmd := command(t.Context(), "import", "--watch", "--data", data, folder)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	expect := func(want string) {
		t.Helper()
		if line, err := lines.ReadString('\n'); err != nil || !strings.Contains(line, want) {
			t.Fatalf("it says %q (%v), want %q", line, err, want)
		}
	}
	expect("watching")
	if err := os.WriteFile(filepath.Join(folder, "lamp.txt"), []byte("The lighthouse lamp."), 0o666); err != nil {
		t.Fatal(err)
	}
	expect("taken")
	s.caughtUp()
	var found struct{ Passages int }
	if s.get("/api/search?q=lighthouse", &found); found.Passages != 1 {
		t.Error("the server does not find it")
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	expect("stopped")
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
