package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestKill kills the server and an import at random moments while annotations
// are written, and compares what is there at the end with what was acknowledged
// and with an import that nothing disturbed.
func TestKill(t *testing.T) {
	folder := agreements(t, 400)

	undisturbed := t.TempDir()
	run(t, "", "import", "--data", undisturbed, folder)
	calm := serveData(t, undisturbed, "", "--no-digests")
	want := calm.caughtUp()
	wantFound := found(calm, "carriage")

	data := t.TempDir()
	run(t, "a long enough password\n", "user", "add", "--data", data, "--role", "editor", "scribe")
	token := strings.TrimSpace(run(t, "", "token", "add", "--data", data, "scribe", "kill test"))
	acknowledged := map[string]bool{}
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		importing := command(t.Context(), "import", "--data", data, folder)
		if err := importing.Start(); err != nil {
			t.Fatal(err)
		}
		s := serveData(t, data, token, "--no-digests")
		annotateUntil(s, time.Now().Add(time.Duration(200+random.IntN(700))*time.Millisecond), acknowledged)
		_ = importing.Process.Kill()
		s.kill()
		_ = importing.Wait()
	}
	run(t, "", "import", "--data", data, folder)
	s := serveData(t, data, token, "--no-digests")
	got := s.caughtUp()
	if len(acknowledged) == 0 {
		t.Fatal("no annotation was acknowledged: the test tested nothing")
	}
	for id := range acknowledged {
		if _, err := s.call(http.MethodGet, "/api/annotations/"+id, nil, nil); err != nil {
			t.Errorf("an acknowledged annotation is lost: %v", err)
		}
	}
	if got.Annotations < len(acknowledged) {
		t.Errorf("%d annotations, %d were acknowledged", got.Annotations, len(acknowledged))
	}
	if diff := cmp.Diff([]int{want.Documents, want.Passages, wantFound}, []int{got.Documents, got.Passages, found(s, "carriage")}); diff != "" {
		t.Errorf("documents, passages, found (-undisturbed +killed):\n%s", diff)
	}
	// Each is on the heading of the first document it met, which is found with
	// the passage that follows.
	if inIndex := found(s, "has:note"); inIndex != 1 {
		t.Errorf("search finds %d passages with notes, want 1", inIndex)
	}
	t.Logf("%d annotations acknowledged over 5 kills, none lost; %d documents, %d passages", len(acknowledged), got.Documents, got.Passages)
}

// annotateUntil writes annotations one after another and notes each that the
// server acknowledged. Documents come in meanwhile; it takes what is there.
func annotateUntil(s *server, end time.Time, acknowledged map[string]bool) {
	s.t.Helper()
	for time.Now().Before(end) {
		var page struct {
			Documents []struct{ ID string }
		}
		s.get("/api/documents?size=1", &page)
		if len(page.Documents) == 0 {
			continue
		}
		var document struct {
			Versions []struct{ ID string }
		}
		s.get("/api/documents/"+page.Documents[0].ID, &document)
		var made struct{ ID string }
		note := map[string]any{"version": document.Versions[0].ID, "targets": []map[string]int{{"start": 0, "end": 5}}, "note": "seen", "visibility": "public"}
		if _, err := s.call(http.MethodPost, "/api/annotations", note, &made); err != nil {
			s.t.Fatal(err)
		}
		acknowledged[made.ID] = true
	}
}

func found(s *server, query string) int {
	s.t.Helper()
	var result struct{ Passages int }
	s.get("/api/search?q="+query, &result)
	return result.Passages
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
